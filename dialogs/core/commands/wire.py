"""The words of a command that names its object: one template both reads and writes them.

"quiz answer {run:run} {number:number} {letters:letters?}" has three arguments: the field of the command,
what its words look like (a name in ``KINDS``, or the choices themselves), and "?" where it may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from dialogs.core.codes import CODE, ID, SYMBOLS
from dialogs.core.names import find_check, find_heading, find_lesson
from dialogs.core.replies import Frozen
from knowledge import Knowledge

ArgumentValue = str | int


class ArgumentKind(NamedTuple):
    """What the words of an argument look like."""

    pattern: str
    read: Callable[[str], ArgumentValue] = str
    write: Callable[[ArgumentValue], str] = str
    found: Callable[[str, Knowledge], str | None] | None = None
    """The id that the words stand for in the knowledge base; None where it has none."""


KINDS = {
    "id": ArgumentKind(rf"[0-9A-Z]{{{ID}}}", str.upper),
    "session": ArgumentKind(rf"[{SYMBOLS}]{{{ID}}}|[{SYMBOLS}]{{{CODE}}}", str.upper),
    "code": ArgumentKind(rf"[{SYMBOLS}]{{{CODE}}}", str.upper),
    "all": ArgumentKind("all", str.upper, lambda value: str(value).lower()),
    "key": ArgumentKind(r"\d{4}-\d\d-\d\dT\d\d:\d\d", str.upper),
    "run": ArgumentKind(r"\w{1,40}"),
    "number": ArgumentKind(r"-?\d{1,4}", int),
    "count": ArgumentKind(r"\d{1,3}", int),
    "place": ArgumentKind(r"\d{1,4}", lambda said: max(int(said) - 1, 0), lambda value: str(int(value) + 1)),
    "digit": ArgumentKind(r"\d"),
    "digest": ArgumentKind(r"[0-9a-f]{24}", str.lower),
    "letters": ArgumentKind(r".{1,20}", str.lower),
    "rest": ArgumentKind(r"\S.{0,60}", str.lower),
    "word": ArgumentKind(r"[\w-]{1,60}", str.lower),
    "name": ArgumentKind(r"\S.{0,99}"),
    "words": ArgumentKind(r"\S.*"),
    "who": ArgumentKind(r"\S.*"),
    "lesson": ArgumentKind(r"\S.*", found=find_lesson),
    "heading": ArgumentKind(r"\S.*", found=find_heading),
    "check": ArgumentKind(r"\S.*", found=find_check),
}
_ARGUMENT = re.compile(r"\{(?P<field>\w+):(?P<kind>[^?}]+)(?P<optional>\?)?\}")


class Argument(NamedTuple):
    """A place in a template that is filled in."""

    field: str
    kind: ArgumentKind
    optional: bool


class Wire:
    """One template of a command; ``always`` are fields that all its words have."""

    def __init__(self, makes: type[Frozen], template: str, *, reads: bool = True, **always: object) -> None:
        """``reads`` is False where these words are read by a freer reader of the row."""
        self.makes, self.template, self.reads, self._always = makes, template, reads, always
        self.parts = _parts(template)
        self._pattern = re.compile("".join(map(_pattern, self.parts)), re.IGNORECASE)
        fields = msgspec.structs.fields(makes)
        self._defaults = {
            field.name: field.default for field in fields if field.default is not msgspec.NODEFAULT
        }
        head = self.parts[0]
        self.firsts = (head if isinstance(head, str) else head.kind.pattern).casefold().split("|")
        """The words with which it may begin."""
        act = next((part for part in self.parts if isinstance(part, Argument) and part.field == "act"), None)
        self.acts = frozenset(act.kind.pattern.split("|") if act else (str(always.get("act", "")),))
        """What it may do of all that the command can (its ``act``); "" where it does one thing."""

    def read(self, text: str, kb: Knowledge | None) -> Frozen | None:
        """The command that ``text`` (cleaned) is; None where it is another's."""
        found = self._pattern.fullmatch(f" {text}")
        if found is None:
            return None
        values = dict(self._always)
        for part in self.parts:
            if isinstance(part, str) or found[part.field] is None:
                continue
            value: ArgumentValue | None = part.kind.read(found[part.field])
            if part.kind.found is not None:
                value = part.kind.found(found[part.field], kb) if kb is not None else None
            if value is None:
                return None
            values[part.field] = value
        return self.makes(**values)

    def write(self, command: Frozen) -> str | None:
        """The words of ``command``; None where this template can't say all of it."""
        if type(command) is not self.makes:
            return None
        named = {part.field for part in self.parts if not isinstance(part, str)}
        left = {**self._defaults, **self._always}
        if any(getattr(command, field) != value for field, value in left.items() if field not in named):
            return None
        words = []
        for part in self.parts:
            if isinstance(part, str):
                words.append(part)
                continue
            value = getattr(command, part.field)
            if part.optional and value == self._defaults.get(part.field):
                continue
            said = "" if value is None else part.kind.write(value)
            if not re.fullmatch(part.kind.pattern, said, re.IGNORECASE):
                return None
            words.append(said)
        return " ".join(words)


def _parts(template: str) -> tuple[str | Argument, ...]:
    parts: list[str | Argument] = []
    at = 0
    for found in _ARGUMENT.finditer(template):
        parts += template[at : found.start()].split()
        kind = KINDS.get(found["kind"]) or ArgumentKind(found["kind"], str.lower)
        parts.append(Argument(found["field"], kind, bool(found["optional"])))
        at = found.end()
    return (*parts, *template[at:].split())


def _pattern(part: str | Argument) -> str:
    if isinstance(part, str):
        return f" {re.escape(part)}"
    argument = f" (?P<{part.field}>{part.kind.pattern})"
    return f"(?:{argument})?" if part.optional else argument
