"""From Slack's message text to what the person typed: tokens and escapes become plain words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Literal

from dialogs.core.events import Mention
from dialogs.core.mentions import unforged

MENTIONS = 50
"""The most that are named; further ones stay words."""

_TOKEN = re.compile(r"<([^<>]*)>")
_MENTION = re.compile(r"(@|#|!subteam\^)([A-Z0-9]{2,30})")
_KINDS: dict[str, Literal["person", "channel", "group"]] = {"@": "person", "#": "channel"}
_LABEL = 200
_UNESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain(text: str, bot: str = "") -> str:
    """The words of a Slack message: no mention of ``bot`` (a user id), no tokens, no escapes."""
    return _read(text, bot, _words)


def exact(text: str, bot: str, person: Callable[[str], str]) -> tuple[str, tuple[Mention, ...]]:
    """The same with each mention as a token, and whom the tokens name; "" where nobody is mentioned.

    ``person``: the speaker's id of a user id, since Slack doesn't say of which workspace it is.
    """
    known: dict[str, Mention] = {}
    numbers = (n for n in itertools.count(1) if f"mention{n}" not in text)

    def named(token: re.Match[str]) -> str:
        target, _, label = token[1].partition("|")
        mention = _MENTION.fullmatch(target)
        if mention is None or (target not in known and len(known) == MENTIONS):
            return _words(token)
        if target not in known:
            sign, id = mention.groups()
            kind = _KINDS.get(sign, "group")
            known[target] = Mention(
                f"{'#' if kind == 'channel' else '@'}mention{next(numbers)}",
                kind,
                person(id) if kind == "person" else f"slack:{id}",
                whole(_unescaped(label.lstrip("@#")))[:_LABEL],
            )
        return known[target].token

    words = _read(text, bot, named)
    return (words, tuple(known.values())) if known else ("", ())


def whole(text: str) -> str:
    """``text`` without half characters (lone surrogates), which no store or network takes, nor forgeries."""
    return text if text.isascii() else unforged(text.encode("utf-8", "replace").decode("utf-8"))


def mentions(text: str, user: str) -> bool:
    """Whether ``user`` (an id) is mentioned in a Slack message."""
    return bool(user) and (f"<@{user}>" in text or f"<@{user}|" in text)


def for_another(text: str, bot: str) -> bool:
    """Whether a message begins by calling somebody else, and nowhere calls ``bot``."""
    return text.lstrip().startswith(("<@U", "<@W")) and not mentions(text, bot)


def _read(text: str, bot: str, words: Callable[[re.Match[str]], str]) -> str:
    if "<" in text:
        if bot:
            text = re.sub(rf"\s*<@{re.escape(bot)}(?:\|[^<>]*)?>[,:]?\s*", " ", text)
        text = _TOKEN.sub(words, text)
    return whole(_unescaped(text)).strip()


def _unescaped(text: str) -> str:
    if "&" in text:
        for escaped, character in _UNESCAPED:
            text = text.replace(escaped, character)
    return text


def _words(token: re.Match[str]) -> str:
    target, _, label = token[1].partition("|")
    if target.startswith("@"):
        return f"@{label.lstrip('@')}" if label else "someone"
    if target.startswith("#"):
        return f"#{label.lstrip('#')}" if label else "a channel"
    if target.startswith("!"):
        return label or "@" + target[1:].partition("^")[0]
    return label or target.removeprefix("mailto:")
