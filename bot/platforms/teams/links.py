"""Links that open the personal chat with us, with words already typed there."""

from __future__ import annotations

from urllib.parse import quote


def deep_link(bot: str, words: str) -> str:
    """A link to the chat with ``bot`` (``28:…``) with ``words`` in its box, to be sent or not.

    https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
    """
    return f"https://teams.microsoft.com/l/chat/0/0?users={quote(bot, safe=':')}&message={quote(words)}"
