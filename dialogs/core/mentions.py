"""Mentions inside a text: kept with whom they name, so that each platform can write its own.

In a text that is stored, a mention is a run of characters of Unicode's private use area, which nobody can
type (``text.clean`` drops them) and which no escaping, markup or line breaking touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from dialogs.core.events import Mention
from dialogs.core.replies import Reply
from dialogs.wording import drafts as words

_OPEN, _PART, _CLOSE = "\ue000", "\ue001", "\ue002"
_SHIFT = 0xE100
_HIDDEN = {code: code + _SHIFT for code in range(32, 127)}
_SHOWN = {code + _SHIFT: code for code in range(32, 127)}
_KEPT = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*)(?:{_CLOSE}|(?=…)|$)")
"""The end may have been cut off."""
TOKEN = re.compile(r"[@#]mention\d+\b")
"""What stands for a mention in exact words."""
_ID = re.compile(r"\b[a-z]+:[^\s/]+/[^\s/]+")
_KINDS = ("person", "channel", "group")
Value = TypeVar("Value")


def kept(text: str, named: Iterable[Mention]) -> str:
    """``text`` (mentions as ``Utterance.exact`` writes them) with each mention kept in it."""
    by_token = {mention.token: mention for mention in named}

    def keep(found: re.Match[str]) -> str:
        mention = by_token.get(found[0])
        return _kept(mention) if mention else found[0]

    return TOKEN.sub(keep, text)


def shown(text: str, show: Callable[[Mention], str]) -> str:
    """``text`` with each mention that is kept in it as ``show`` writes it."""

    def read(found: re.Match[str]) -> str:
        kind, id, label = ([part.translate(_SHOWN) for part in found[1].split(_PART)] + ["", "", ""])[:3]
        if kind not in _KINDS:
            return ""
        return show(Mention("", kind, id, label))  # type: ignore[arg-type]

    return _KEPT.sub(read, text) if _OPEN in text else text


def within(text: str) -> str:
    """``text`` as it stands within a mention that is kept."""
    return text.translate(_HIDDEN)


def spoken(text: str) -> str:
    """``text`` as people read it where nothing can be mentioned: by name."""
    return shown(text, name_of)


def name_of(mention: Mention) -> str:
    """The name of whom or what is mentioned, with its sign; words for one whose name we don't know."""
    sign = "#" if mention.kind == "channel" else "@"
    return f"{sign}{mention.label.lstrip('@#')}" if mention.label else words.UNNAMED[mention.kind]


def same_person(id: str, person: str) -> bool:
    """Whether both ids are of one person: a mention may name the workspace in which it was written."""
    return id.partition(":")[0] == person.partition(":")[0] and local_id(id) == local_id(person)


def local_id(id: str) -> str:
    """The platform's own id of a person, without the workspace or tenant."""
    return id.rpartition("/")[2]


def names(value: object, person: str) -> bool:
    """Whether the id of ``person`` stands anywhere in ``value``; one that begins so is another's."""
    match value:
        case str():
            return person in value and _whole(person).search(value) is not None
        case bytes() | None | int() | float():
            return False
        case dict():
            return any(names(part, person) for pair in value.items() for part in pair)
        case list() | tuple():
            return any(names(part, person) for part in value)
    return names(msgspec.to_builtins(value), person)


def people_in(value: object) -> set[str]:
    """All that may be a person's id in ``value``."""
    match value:
        case str():
            return set(_ID.findall(value))
        case bytes() | None | int() | float():
            return set()
        case dict():
            return {id for pair in value.items() for part in pair for id in people_in(part)}
        case list() | tuple():
            return {id for part in value for id in people_in(part)}
    return people_in(msgspec.to_builtins(value))


def called(text: str, person: str, name: str) -> str:
    """``text`` with ``name`` in the place of the id of ``person``."""
    return _whole(person).sub(lambda found: name, text) if person in text else text


def _whole(person: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:/@+~=-]){re.escape(person)}(?![\w:/@+~=!#$%&'*?^`{{|}}-]|\.\w)")


def unnamed(value: Value, person: str) -> Value:
    """``value``, in all of whose texts nobody can tell any more that ``person`` was mentioned."""

    def nobody(found: re.Match[str]) -> str:
        kind, _, rest = found[1].translate(_SHOWN).partition(_PART)
        theirs = kind == "person" and same_person(rest.partition(_PART)[0], person)
        return words.UNNAMED["person"] if theirs else found[0]

    return in_texts(value, lambda text: _KEPT.sub(nobody, text) if _OPEN in text else text)


def unspoken(text: str, name: str) -> str:
    """``text`` (``spoken``) without the ``name`` of somebody mentioned; it may be cut off within the name."""
    nobody = words.UNNAMED["person"]
    text = text.replace(f"@{name}", nobody)
    start, cut, _ = text.rpartition("@")
    ends = text.endswith("…") and name.startswith(text[len(start) + 1 : -1].rstrip())
    return f"{start}{nobody}…" if cut and ends else text


def in_texts(value: Value, change: Callable[[str], str]) -> Value:
    """``value`` (a struct, or what structs hold) with each of its texts as ``change`` has it."""
    changed: Any = value
    match value:
        case str():
            changed = change(value)
        case tuple() | list():
            changed = type(value)(in_texts(part, change) for part in value)
        case dict():
            changed = {name: in_texts(part, change) for name, part in value.items()}
        case msgspec.Struct():
            parts = {name: in_texts(getattr(value, name), change) for name in value.__struct_fields__}
            changed = msgspec.structs.replace(value, **parts)
        case _:
            return value
    return changed if changed != value else value


def restored(text: str, before: str) -> str:
    """``text``, filled in where ``spoken(before)`` stood, with those mentions of ``before`` that it names."""
    for found in _KEPT.finditer(before):
        text = text.replace(spoken(found[0]), found[0], 1)
    return text


def holds(text: str) -> bool:
    """Whether a mention is kept in ``text``."""
    return _OPEN in text


def held(reply: Reply) -> bool:
    """Whether a mention is kept in any of a reply's texts, of whatever block."""
    return _OPEN.encode() in msgspec.json.encode(reply.blocks)


def unforged(text: str) -> str:
    """A person's own ``text`` without what could pass for a mention that we kept."""
    return text.replace(_OPEN, "") if _OPEN in text else text


def _kept(mention: Mention) -> str:
    parts = (part.translate(_HIDDEN) for part in (mention.kind, mention.id, mention.label))
    return f"{_OPEN}{_PART.join(parts)}{_CLOSE}"
