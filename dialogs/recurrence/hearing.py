"""Hears all that a text tells about when, phrase by phrase.

A phrase must explain all its words. What no phrase explains is kept as unknown, so that it can be asked for.
"""

from __future__ import annotations

import re
from datetime import datetime

from dialogs.recurrence.conditions import CONDITIONS
from dialogs.recurrence.english import read_clock
from dialogs.recurrence.heard import Heard
from dialogs.recurrence.rhythm import RHYTHM
from dialogs.recurrence.span import SPAN

_PHRASES = (*SPAN, *CONDITIONS, *RHYTHM)
_BETWEEN = re.compile(r"[,;.&]|(?:and|on|at|the|then|please|but|with)(?!\w)")
_AT = re.compile(r"(?:at|by|@) ?")
_WORD = re.compile(r"\S+")


def hear(text: str, now: datetime) -> Heard:
    """What ``text`` (as ``english.plain`` makes it) tells. ``now``: the asker's wall clock, zoneless."""
    heard = Heard(now)
    place = 0
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        place = _phrase(heard, text, place) or _clock(heard, text, place) or _other(heard, text, place)
    return heard


def _phrase(heard: Heard, text: str, place: int) -> int | None:
    for pattern, read in _PHRASES:
        found = pattern.match(text, place)
        end = read(heard, found) if found else None
        if end is not None:
            return end
    return None


def _clock(heard: Heard, text: str, place: int) -> int | None:
    at = _AT.match(text, place)
    read = read_clock(text, at.end() if at else place)
    # Without "at", a bare number is no time.
    if read is None or not (at or read.sure):
        return None
    if read.at is None:
        heard.faults.append(read.fault)
    else:
        heard.timed(read.at)
        heard.notes += [read.note] if read.note else []
    return read.end


def _other(heard: Heard, text: str, place: int) -> int:
    between = _BETWEEN.match(text, place)
    if between:
        return between.end()
    word = _WORD.match(text, place)
    assert word, "spaces were skipped"
    heard.unknown.append(word[0].strip(",.;"))
    return word.end()
