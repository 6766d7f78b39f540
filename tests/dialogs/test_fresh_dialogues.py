"""Dialogues written before the follow-ups were rebuilt, as officers may talk: judged by band and lesson.

A line is what is said, and what must come of it: the bands that are right, parted by "/" ("null" for no
question), and the lessons, parted by "|" ("*" for any). They measure, so not every turn has to be right.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from bot.cli.chat import Conversation, turn
from tests.harness.knowledge import own_knowledge

FILE = Path(__file__).with_name("fresh_dialogues.txt")
LEAST = 0.92
"""Share of the turns that must be right."""


class Turn(NamedTuple):
    said: str
    bands: tuple[str, ...]
    lessons: tuple[str, ...]


def dialogues() -> dict[str, list[Turn]]:
    """The title of each dialogue, and its turns."""
    told = dict[str, list[Turn]]()
    for block in re.split(r"\n(?=# )", FILE.read_text(encoding="utf-8")):
        title, *lines = block.strip().splitlines()
        rows = (line.rsplit(" => ", 1) for line in lines if line)
        told[title] = [_turn(said, *wanted.split()) for said, wanted in rows]
    return told


def _turn(said: str, bands: str, lessons: str = "*") -> Turn:
    return Turn(said, tuple(bands.split("/")), tuple(lessons.split("|")))


def wrong(turns: list[Turn]) -> list[str]:
    """The turns of a dialogue that went another way than they should."""
    talk = Conversation(own_knowledge())
    missed = []
    for said, bands, lessons in turns:
        got = turn(talk.say(said))
        band, given = got["band"] or "null", got["lessons"] or ["null"]
        assert isinstance(given, list)
        if not ({"*", band} & set(bands) and {"*", *given} & set(lessons)):
            missed.append(
                f"{said!r}: {'/'.join(bands)} {'|'.join(lessons)}, but was {band} {given} {got['replies']}"[
                    :330
                ]
            )
    return missed


def test_most_turns_of_fresh_dialogues_are_right() -> None:
    told = dialogues()
    assert len(told) >= 40
    missed = {title: wrong(turns) for title, turns in told.items()}
    count, misses = sum(map(len, told.values())), sum(map(len, missed.values()))
    shown = "\n".join(f"{title}\n    " + "\n    ".join(lines) for title, lines in missed.items() if lines)
    print(f"{count - misses} of {count} turns right\n{shown}")
    assert (count - misses) / count >= LEAST, shown
