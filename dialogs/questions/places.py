"""Places in a list, as people point at them: "the second one", "number 3", "the first two", "1 and 3"."""

from __future__ import annotations

import re
from collections.abc import Sequence

KIND = r"(?:models?|factors?|drivers?|types?|kinds?|options?|points?|items?|lessons?|reasons?|arrangements?)"
_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "1": 0, "former": 0, "top": 0,
    "second": 1, "2nd": 1, "two": 1, "2": 1, "third": 2, "3rd": 2, "three": 2, "3": 2,
    "fourth": 3, "4th": 3, "four": 3, "4": 3, "fifth": 4, "5th": 4, "five": 4, "5": 4,
    "sixth": 5, "6th": 5, "six": 5, "6": 5, "seventh": 6, "7th": 6, "seven": 6, "7": 6,
    "eighth": 7, "8th": 7, "eight": 7, "8": 7, "ninth": 8, "9th": 8, "nine": 8, "9": 8,
    "tenth": 9, "10th": 9, "ten": 9, "10": 9, "last": -1, "final": -1, "latter": -1, "bottom": -1,
    "penultimate": -2,
}  # fmt: skip
_PLACE = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d\d?(?:st|nd|rd|th)|last|final|"
    r"penultimate|"
    r"middle)"
)
NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d\d?)"
_OF_ELSE = (
    r"(?! (?:years?|months?|weeks?|days?|times?|place|phase|stage|meeting|half|quarter|thing|line|tips?)\b)"
)
_ORDINAL = re.compile(
    rf"\bthe (?P<a>{_PLACE}|former|latter|top|bottom)\b{_OF_ELSE}"
    rf"(?: (?:ones?|{KIND}|of (?:them|those|these)))?"
    rf"|\b(?P<b>{_PLACE}) (?:one|{KIND})\b"
    rf"|\b(?:number|no|option|item|point) (?P<c>{NUMBER})\b"
    rf"|\bwhich (?:is|was|comes) (?P<d>{_PLACE})\b"
)
ALONE = re.compile(
    rf"(?:no |number |option |item |point )?(?P<n>{_PLACE}|{NUMBER})(?: (?:please|then|again))*"
)
SEVERAL = re.compile(
    rf"\bthe (?P<end>first|last|top|bottom) (?P<many>{NUMBER})\b(?: ones?| {KIND})?"
    rf"|\b(?:between |numbers? |no |both |compare )?(?P<one>{NUMBER}) (?:and|or|with|versus|vs) "
    rf"(?P<other>{NUMBER})$"
)
"""Several of a list: "the first two", "1 and 3"."""


def places_in(core: str) -> tuple[str, list[str]]:
    """``core`` without its ordinals, and the ordinals."""
    found = [next(group for group in match.groups() if group) for match in _ORDINAL.finditer(core)]
    return _ORDINAL.sub(" ", core), found


def listed_at(places: Sequence[str], listed: tuple[str, ...]) -> tuple[str, ...]:
    """What stands at ``places`` of ``listed``; () where there is none, or one lies beyond the end."""
    count = len(listed)
    ordinals = _ORDINALS | {"middle": count // 2} if count % 2 else _ORDINALS
    at = [ordinals[place] for place in dict.fromkeys(places) if place in ordinals]
    there = all(-count <= index < count for index in at)
    return tuple(dict.fromkeys(listed[index] for index in at)) if there else ()


def several_of(found: re.Match[str], listed: tuple[str, ...]) -> tuple[str, ...]:
    """What ``SEVERAL`` has found to be meant of ``listed``; () where that goes beyond the end."""
    if not found["end"]:
        return listed_at([found["one"], found["other"]], listed)
    many = _ORDINALS.get(found["many"], len(listed)) + 1
    if many > len(listed):
        return ()
    return listed[:many] if found["end"] in ("first", "top") else listed[-many:]


def next_to(by: int, of: str | None, listed: tuple[str, ...]) -> tuple[str, ...]:
    """What stands ``by`` places after ``of``, or first where it isn't listed; () beyond either end."""
    at = listed.index(of) + by if of in listed else 0
    return listed[at : at + 1] if at >= 0 else ()
