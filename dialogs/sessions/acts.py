"""The words that concern a live session by name: those of its buttons, and the same typed with its code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from rapidfuzz.distance import OSA

from dialogs.core.replies import Frozen

SessionActName = Literal[
    "answer", "mine", "leave", "back", "close", "next", "end", "part", "page", "setup", "export"
]

SYMBOLS = "CDFGHJKMNPQRTVWXY34679"
"""What codes are made of: no vowels, hence no words, and nothing that is read as something else."""
CODE, ID = 4, 12
"""How many symbols a code has, and an id."""
_LOOKS_LIKE = str.maketrans("08BSZIL5", "QR9QXTTF")
"""What people may read a symbol as -> a symbol that looks like it; only for suggestions."""

# A word ("quiz next week") is no session, since it has vowels.
_WORDS = re.compile(
    rf"(?:quiz|readiness) (?P<act>answer|mine|leave|close|next|end|part|page|setup|export) "
    rf"(?P<session>[{SYMBOLS}]{{{ID}}}|[{SYMBOLS}]{{{CODE}}})"
    r"(?: (?P<n>\d{1,3}))?(?: (?P<rest>\S.{0,60}))?",
    re.IGNORECASE,
)
_SHORT = re.compile(rf"(?P<code>[0-9A-Z]{{{CODE}}})(?: (?P<n>\d{{1,2}}))? (?P<letter>[a-e])", re.IGNORECASE)
_JOIN = re.compile(
    r"(?P<act>join|rejoin|leave) (?:the )?(?:quiz |readiness |check |code )?(?P<code>\S{1,12})", re.I
)


class SessionAct(Frozen, frozen=True):
    """Something done to a session that is named."""

    act: SessionActName
    session: str
    """Its id, or its code where somebody typed it."""
    number: int = 0
    """The question, from 1, or a form's page, from 0."""
    rest: str = ""
    """The letter of an answer."""


class Join(Frozen, frozen=True):
    """A code was typed, to take part or to be left alone."""

    code: str
    """As typed, in capitals; it may be no code at all."""
    leave: bool = False


def live_act(text: str) -> SessionAct | None:
    """What ``text`` does to a session that it names by id or code; None where it names none."""
    found = _WORDS.fullmatch(text)
    if found:
        session = found["session"].upper()
        act = found["act"].lower()
        return SessionAct(act, session, int(found["n"] or 0), (found["rest"] or "").lower())  # type: ignore[arg-type]
    short = _SHORT.fullmatch(text)
    if short and is_code(short["code"].upper()):
        return SessionAct("answer", short["code"].upper(), int(short["n"] or 0), short["letter"].lower())
    return None


def join(text: str) -> Join | None:
    """A code typed with "join" or "leave"."""
    found = _JOIN.fullmatch(text.strip(" .!"))
    if found is None:
        return None
    code = found["code"].upper()
    # "join us", "leave it": something else is meant, unless it at least has a code's length or a digit.
    said = found["code"]
    if not CODE - 1 <= len(code) <= CODE + 1 or not (is_code(code) or said.isupper() or not said.isalpha()):
        return None
    return Join(code, found["act"].lower() == "leave")


def is_code(text: str) -> bool:
    """Whether ``text`` could be a session's code."""
    return len(text) == CODE and all(one in SYMBOLS for one in text)


def meant(typed: str) -> str:
    """``typed`` with each sign that no code has as the one that it looks like."""
    return typed.translate(_LOOKS_LIKE)


def new_id(token: str) -> str:
    """A session's id out of fresh randomness (hexadecimal, at least 24 digits)."""
    return _symbols(int(token[:24], 16), ID)


def new_code(token: str, attempt: int) -> str:
    """A session's code, another at each attempt; one may be taken already."""
    return _symbols(int(token[-16:], 16) + 7919 * attempt, CODE)


def _symbols(number: int, count: int) -> str:
    out = ""
    for _ in range(count):
        number, at = divmod(number, len(SYMBOLS))
        out += SYMBOLS[at]
    return out


def near(typed: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Those of ``codes`` that somebody who typed ``typed`` probably meant: a sign apart, or looking alike."""
    alike = meant(typed)
    return tuple(sorted(one for one in set(codes) if alike == one or OSA.distance(typed, one) == 1))
