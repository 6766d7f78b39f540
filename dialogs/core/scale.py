"""An answer from 1 to 5 as people type it: "4", "5/5", "I'd say four", "3 or 4", "4 - new leader"."""

from __future__ import annotations

import re
from typing import NamedTuple

from dialogs.core.text import NUMBER_WORDS
from dialogs.manners import CLOSERS, FILLERS, LINKS, YES_OR_NO, before, behind
from knowledge.readiness import STEPS

NUMBERS = {word: str(number) for word, number in NUMBER_WORDS.items() if number <= STEPS}
SCALE = tuple(str(step) for step in range(1, STEPS + 1))
_LEAD = before(
    FILLERS,
    LINKS,
    YES_OR_NO,
    r"i'd say|i would say|i'd give (?:it|that)|i would give it|i'll say|i say|say|it's|its|it is|an?|"
    r"my answer is|answer|i meant|i mean|(?:can|could|may) (?:i|you|we)|make (?:it|that|mine)|"
    r"change (?:it|that|mine|my answer) to|change to|about|i reckon|i'd guess|probably|for me|mine is",
)
NUMBER = rf"{_LEAD}(?P<number>\d{{1,3}}(?:[.,]\d+)?|{'|'.join(NUMBERS)})(?: ?(?:/|out of|of) ?(?:5|five))?"
"""A number with what may stand around it, as a regular expression."""
_ANSWER = re.compile(
    NUMBER
    + behind(
        CLOSERS,
        r"then|instead|from me|i(?: am|'?m) afraid|i think|i guess|i reckon|i'd say|for me|too|as well|"
        r"probably|actually|overall|again",
    )
    + r" ?[.!?]*",
    re.IGNORECASE,
)
_NOTED = re.compile(
    rf"{NUMBER}(?: ?[-–—:;,.(] ?| (?=(?:because|as|since|but|and|though|although)\b))"
    r"(?P<comment>[^\W\d].*)",
    re.IGNORECASE,
)
_ONE = rf"[1-5]|{'|'.join(NUMBERS)}"
_BETWEEN = re.compile(
    before(FILLERS, LINKS, YES_OR_NO, "i'd say|i would say|say|about|around|somewhere|it's|either|between")
    + rf"(?P<first>{_ONE})(?: ?ish| ?(?:or|and|to|-|–|/) ?(?P<last>{_ONE}))"
    + behind(CLOSERS, "maybe|perhaps|i think")
    + "[.!?]?",
    re.IGNORECASE,
)


class ScaleAnswer(NamedTuple):
    """What was answered."""

    number: str = ""
    """As typed, in digits; it may be none of the scale. "" where it isn't sure."""
    comment: str = ""
    """What was said besides."""
    between: tuple[str, ...] = ()
    """Those that it may be, where it isn't sure."""


def scale_answer(text: str) -> ScaleAnswer | None:
    """What ``text`` (cleaned, apostrophes straightened) answers; None where it is no such answer."""
    plain = text.strip()
    answered = _ANSWER.fullmatch(plain)
    if answered:
        return ScaleAnswer(number_of(answered))
    between = _BETWEEN.fullmatch(plain)
    if between:
        first = _digits(between["first"])
        low, high = sorted((int(first), int(_digits(between["last"] or first))))
        return ScaleAnswer(between=tuple(map(str, range(low, high + 1))))
    noted = _NOTED.fullmatch(plain)
    if noted and number_of(noted) in SCALE:
        return ScaleAnswer(number_of(noted), noted["comment"].rstrip(" )"))
    return None


def number_of(found: re.Match[str]) -> str:
    """The number that ``NUMBER`` has found, in digits."""
    return _digits(found["number"])


def _digits(said: str) -> str:
    return NUMBERS.get(said.lower(), said)
