"""Conversations of several people in several places, as files that a stranger can read.

::

    # A title
    asha in slack-channel: quiz here 1 on models   said to the bot; {code} stands for the last card's code
    slack-channel shows: Question 1 of 1 … models  phrases of one message there, in any order
    dev in slack-channel presses: True             a button of the newest message there that has it
    dev in slack-channel fills in: Take part       opens a form by it and fills it in to its end
    slack-channel tells dev: You chose A           said there to one person alone
    cleo in slack-advisors writes: Answer | text: Yes    opens a page by a button, and fills in its fields
    teams toasts: You chose B                      what Teams showed at the last press
    asha in slack-direct replies: 2009 deck | why?   in the thread of the newest message with these words;
                                                   Teams' chats have no threads: there it is quoted
    time passes: 31 minutes
    time passes: until the next date               of any series
    everybody has learnt: Staff parking            a lesson of that name, within seconds
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

from tests.transcript import FOLDER, SCENES

Act = Literal[
    "says", "presses", "fills in", "writes", "replies", "shows", "tells", "toasts", "passes", "learnt"
]
_LINES: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("presses", re.compile(r"(?P<who>\w+) in (?P<place>[a-z-]+) presses: (?P<words>.+)")),
    ("fills in", re.compile(r"(?P<who>\w+) in (?P<place>[a-z-]+) fills in: (?P<words>.+)")),
    ("writes", re.compile(r"(?P<who>\w+) in (?P<place>[a-z-]+) writes: (?P<words>.+)")),
    ("replies", re.compile(r"(?P<who>\w+) in (?P<place>[a-z-]+) replies: (?P<words>.+)")),
    ("says", re.compile(r"(?P<who>\w+) in (?P<place>[a-z-]+): (?P<words>.+)")),
    ("shows", re.compile(r"(?P<place>[a-z-]+) shows: (?P<words>.+)")),
    ("tells", re.compile(r"(?P<place>[a-z-]+) tells (?P<who>\w+): (?P<words>.+)")),
    ("toasts", re.compile(r"(?P<place>teams) toasts: (?P<words>.+)")),
    ("learnt", re.compile(r"everybody has learnt: (?P<words>.+)")),
    ("passes", re.compile(r"time passes: (?P<words>\d+ (?:minutes|days)|until the next date)")),
)


class Line(NamedTuple):
    """One thing that somebody does, or that must be seen."""

    act: Act
    words: str
    who: str
    place: str
    number: int

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words that must be there, where they are parted by "…"."""
        return tuple(phrase.strip() for phrase in self.words.split("…") if phrase.strip())


class Scene(NamedTuple):
    """A conversation from its beginning."""

    name: str
    lines: tuple[Line, ...]


def parse(text: str, file: str = "scene") -> list[Scene]:
    """Read the scenes of one file; raises ValueError with file and line at what it can't read."""
    scenes: list[Scene] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            scenes.append(Scene(f"{Path(file).stem}: {line[2:].strip()}", ()))
        elif line.strip():
            if not scenes:
                raise ValueError(f'{file}:{number}: expected a title, "# …", first')
            scenes[-1] = scenes[-1]._replace(lines=(*scenes[-1].lines, _line(line, number, file)))
    return scenes


def read(folder: Path = FOLDER) -> list[Scene]:
    """All scenes of the transcripts' folder."""
    files = sorted(path for path in folder.glob("*.txt") if path.name.startswith(SCENES))
    return [scene for file in files for scene in parse(file.read_text(encoding="utf-8"), file.name)]


def _line(line: str, number: int, file: str) -> Line:
    for act, pattern in _LINES:
        if found := pattern.fullmatch(line):
            named = found.groupdict()
            return Line(act, named["words"], named.get("who") or "", named.get("place") or "", number)
    raise ValueError(f"{file}:{number}: nobody does anything, and nothing is shown")
