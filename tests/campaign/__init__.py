"""A campaign against a whole deployment: see ``python -m tests.campaign``."""
