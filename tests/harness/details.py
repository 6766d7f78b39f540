"""What stands behind the buttons of a reply."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.plain import choices
from dialogs.core.replies import Details, Reply


def in_full(reply: Reply) -> Reply:
    """``reply``, followed by the details that its buttons unfold."""
    unfolded = (choice.unfolds for choice in choices(reply))
    details = (block for found in unfolded if isinstance(found, Details) for block in found.blocks)
    return replace(reply, blocks=(*reply.blocks, *details))
