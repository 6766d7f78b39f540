"""Everything that touches the world; the conversations are in ``dialogs``, the subject in ``knowledge``."""

__version__ = "0.2.0"
