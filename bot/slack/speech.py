"""From Slack's message text to what the person typed: tokens and escapes become plain words."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<([^<>]*)>")
_UNESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain(text: str, bot: str = "") -> str:
    """The words of a Slack message: no mention of ``bot`` (a user id), no tokens, no escapes."""
    if "<" in text:
        if bot:
            text = re.sub(rf"\s*<@{re.escape(bot)}(?:\|[^<>]*)?>[,:]?\s*", " ", text)
        text = _TOKEN.sub(_words, text)
    if "&" in text:
        for escaped, character in _UNESCAPED:
            text = text.replace(escaped, character)
    return whole(text).strip()


def whole(text: str) -> str:
    """``text`` without half characters (lone surrogates), which no store or network takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def mentions(text: str, user: str) -> bool:
    """Whether ``user`` (an id) is mentioned in a Slack message."""
    return bool(user) and (f"<@{user}>" in text or f"<@{user}|" in text)


def for_another(text: str, bot: str) -> bool:
    """Whether a message begins by calling somebody else, and nowhere calls ``bot``."""
    return text.lstrip().startswith(("<@U", "<@W")) and not mentions(text, bot)


def _words(token: re.Match[str]) -> str:
    target, _, label = token[1].partition("|")
    if target.startswith("@"):
        return f"@{label.lstrip('@')}" if label else "someone"
    if target.startswith("#"):
        return f"#{label.lstrip('#')}" if label else "a channel"
    if target.startswith("!"):
        return label or "@" + target[1:].partition("^")[0]
    return label or target.removeprefix("mailto:")
