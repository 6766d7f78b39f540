"""A message's words: as people read them, and with each mention as a token that tells who it is."""

from __future__ import annotations

import html
import itertools
import re
from typing import Any, Literal

from bot.platforms.teams.incoming import Incoming
from dialogs.core.events import Mention, Utterance
from dialogs.core.mentions import unforged

MENTIONS = 50
"""The most that are named; further ones stay words."""
LABEL = 200

_TAG = re.compile(r"<(/?)(quoted|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_QUOTES = re.compile(
    r"<quoted\b[^<>]{0,500}?\bmessageId=[\"']?(\d{1,20})"
    r"|<blockquote\b[^<>]{0,500}?\bitemid=[\"']?(\d{1,20})",
    re.IGNORECASE,
)
_FILES = ("image/", "audio/", "video/", "application/vnd.microsoft.teams.file.")
"""How the types of attachments begin that a person added."""
_AT = re.compile(r"</?at\b[^>]*>", re.IGNORECASE)
_AGAIN = re.compile(r"([@#]mention\d+\b)(?:\s+\1)+")
"""Teams writes one mention of a first and a last name as two."""
_ID = re.compile(r"[^\s,]{1,300}")
"""Ids are written in lists parted by commas and spaces (``forms.Audience``)."""


def said(incoming: Incoming, tenant: str) -> Utterance:
    """What was typed; ``tenant`` is where mentioned people are taken to be who bring none of their own."""
    named = _named(incoming, tenant)
    text = _without_us(incoming)
    if not named:
        return Utterance(_clean(text))
    exact = text
    for shown, mention in named:
        exact = exact.replace(shown, mention.token, 1)
    once = {mention.token: mention for _, mention in named}
    return Utterance(_clean(text), exact=_AGAIN.sub(r"\1", _clean(exact)), named=tuple(once.values()))


def calls_us(incoming: Incoming) -> bool:
    """Whether a message mentions us."""
    us = incoming.recipient.id if incoming.recipient else None
    return us is not None and any(mentioned.get("id") == us for _, mentioned in _mentions(incoming))


def for_another(incoming: Incoming) -> bool:
    """Whether a message begins by calling somebody else, and nowhere calls us."""
    words = without_quotes(incoming.text or "").lstrip()
    return not calls_us(incoming) and any(words.startswith(shown) for shown, _ in _mentions(incoming))


def without_quotes(text: str) -> str:
    """``text`` without what a reply quotes in it: somebody else's words, or only the message's number.

    By hand and once through: patterns that look for an end from every beginning take seconds where somebody
    sends thousands of beginnings. A beginning without an end is a mark alone, and so is such an end.
    """
    kept, begin = list[str](), 0
    begun: dict[str, list[int]] = {"quoted": [], "blockquote": []}
    for tag in _TAG.finditer(text):
        kept += [text[begin : tag.start()], " "]
        begin, named = tag.end(), begun[tag[2].casefold()]
        if not tag[1] and not tag[0].endswith("/>"):
            named.append(len(kept))
        elif tag[1] and named:
            del kept[named.pop() :]
            for each in begun.values():
                while each and each[-1] > len(kept):
                    each.pop()
    return "".join((*kept, text[begin:]))


def quoted(incoming: Incoming) -> str | None:
    """The id of the message that a reply quotes: Teams tells it in a note, in the text or in its HTML."""
    for entity in incoming.entities or ():
        told = entity.quoted_reply
        if entity.type == "quotedReply" and isinstance(told, dict) and isinstance(told.get("messageId"), str):
            return str(told["messageId"])[:20]
    html = (part.content for part in incoming.attachments or () if part.content_type == "text/html")
    for text in (incoming.text, *html):
        found = _QUOTES.search(text) if isinstance(text, str) else None
        if found:
            return found[1] or found[2]
    return None


def brings_files(incoming: Incoming) -> bool:
    """Whether a file or picture came with a message; some pictures stand in its HTML alone, as do smiles."""
    brought = [part for part in incoming.attachments or () if isinstance(part.content_type, str)]
    if any(part.content_type.startswith(_FILES) for part in brought):
        return True
    html = (part.content for part in brought if part.content_type == "text/html")
    return not (incoming.text or "").strip() and any(
        isinstance(content, str) and "<img" in content for content in html
    )


def _without_us(incoming: Incoming) -> str:
    """The text without our own mention.

    ``TurnContext.remove_recipient_mention`` would take the bot's name out of the question itself too,
    and fails on a mention without a name.
    """
    text = without_quotes(incoming.text or "")
    us = incoming.recipient.id if incoming.recipient else None
    for shown, mentioned in _mentions(incoming):
        if us is not None and mentioned.get("id") == us:
            text = text.replace(shown, " ", 1)
    return text


def _clean(text: str) -> str:
    """The words alone: mentions as the names that they show, entities as characters."""
    return unforged(html.unescape(_AT.sub("", text)).replace("\xa0", " ").strip())


def _named(incoming: Incoming, tenant: str) -> list[tuple[str, Mention]]:
    """Whom and what the message mentions besides bots, each with how the text shows it."""
    numbers = (n for n in itertools.count(1) if f"mention{n}" not in (incoming.text or ""))
    known: dict[str, Mention] = {}
    found = []
    for shown, mentioned in _mentions(incoming)[:MENTIONS]:
        id = mentioned.get("id")
        if not isinstance(id, str) or not _ID.fullmatch(id) or id.startswith("28:"):
            continue
        if id not in known:
            kind = _kind(mentioned, id)
            label = mentioned.get("name")
            known[id] = Mention(
                f"{'#' if kind == 'channel' else '@'}mention{next(numbers)}",
                kind,
                f"teams:{_person(mentioned, id, tenant) if kind == 'person' else id}",
                label[:LABEL] if isinstance(label, str) else "",
            )
        found.append((shown, known[id]))
    return found


def _kind(mentioned: dict[str, Any], id: str) -> Literal["person", "channel", "group"]:
    match mentioned.get("type"):
        case "tag":
            return "group"
        case "channel" | "team":
            return "channel"
    return "channel" if id.startswith("19:") else "person"


def _person(mentioned: dict[str, Any], id: str, tenant: str) -> str:
    """A person as a speaker's id has it; the directory id is often not told, and then it is Teams' own."""
    entra, own = mentioned.get("aadObjectId"), mentioned.get("tenantId")
    return (
        f"{own if isinstance(own, str) and _ID.fullmatch(own) else tenant}/"
        f"{entra if isinstance(entra, str) and _ID.fullmatch(entra) else id}"
    )


def _mentions(incoming: Incoming) -> list[tuple[str, dict[str, Any]]]:
    return [
        (entity.text, entity.mentioned)
        for entity in incoming.entities or ()
        if entity.type == "mention"
        and isinstance(entity.mentioned, dict)
        and isinstance(entity.text, str)
        and entity.text
    ]
