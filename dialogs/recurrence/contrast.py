"""What stands around a correction: manners, and what it is said in the place of ("9.30, not 9")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MANNERS = (
    r"(?:no|nope|sorry|actually|ok|okay|please|rather|better|oh|h?m+|er+m*|um|wait|oops|well|right|yes|so|"
    r"i (?:meant|mean)|meant|i'd (?:like|prefer)|prefer(?:ably)?|it should be|should be|that should be|"
    r"(?:how|what) about|maybe|perhaps)"
)
_ASKED = r"(?:can|could|would|will|should|may|might) (?:you|we|i|it|this|that|they) (?:please )?|let's |lets "
_DONE = (
    r"(?:(?:please )?(?:make|change|move|set|put|do|have|send|say|go|be|come)\b(?: out)? ?"
    r"(?:it|that|this|them|the time|the day|the date)?\s*(?:to |be |for |go out )?)"
)
_BEFORE = re.compile(
    rf"^(?:{_MANNERS}\b[,.… –—-]*)*(?:{_ASKED})?(?:{_DONE})?(?:\b(?:just|only)\b[, ]*)?", re.I
)
_BEHIND = re.compile(
    r"(?:[ ,.!?–—-]*\b(?:instead|rather|please|then|sorry|i mean|i meant|actually|maybe|perhaps|i think|"
    r"(?:would be|is|works) (?:better|best)|"
    r"if (?:possible|poss|you can|that's ok|that works)|thanks|thank you|cheers|ta)\b[ ,.!?]*)+$",
    re.IGNORECASE,
)
_ONLY_BEHIND = re.compile(r"[ ,]*\bonly[ ,.!?]*$", re.IGNORECASE)
_ONLY_BEFORE = re.compile(r"(?:\b(?:just|only)\b[, ]*)$", re.IGNORECASE)
_LONGEST = 300

_LEAD = r"(?:the |at )?"
_NOT = r"(?:not|rather than|instead of|in place of|as opposed to)"
_TOO = (
    r"(?:'s| is| are| was|'re)? (?:far |much |way |a bit |a little |rather )*(?:too|a bit|a little|rather) "
    r"(?:much|often|many|early|late|soon|few|rare|seldom|little|frequent(?:ly)?)(?: (?:on|for) \w+)?"
)
_THEN = r"(?:[,;:.]+ ?| ?[–—-] ?|,? but | ?, ?(?:so|make it) )"
_CONTRASTS = tuple(
    re.compile(way, re.IGNORECASE)
    for way in (
        rf"{_LEAD}(?P<new>.+?),? (?:and |but )?{_NOT} {_LEAD}(?P<old>.+)",
        rf"{_NOT} (?P<old>.+?)(?:{_THEN}| but )(?P<new>.+)",
        rf"(?P<old>.+?){_TOO}{_THEN}(?P<new>.+)",
    )
)


def without_manners(text: str, *, only: bool = False) -> str:
    """A correction without "no, make it …" and "… instead, please". ``only``: whether "just" and "only" at
    its ends are left in."""
    plain = text.strip()
    before = _BEFORE.match(plain)
    assert before, "it may be empty"
    end = before.end()
    if only and (said := _ONLY_BEFORE.search(before[0])):
        end = said.start()
    bare = _BEHIND.sub("", plain[end:])
    return (bare if only else _ONLY_BEHIND.sub("", bare)).strip(" .!?,")


def contrasts(text: str) -> Iterator[tuple[str, str]]:
    """What is to be, and what it is said in the place of, as often as ``text`` can be parted so."""
    plain = without_manners(text, only=True)
    for way in _CONTRASTS if len(plain) <= _LONGEST else ():
        found = way.fullmatch(plain)
        if found:
            yield found["new"], found["old"]
