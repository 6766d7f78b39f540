"""Conversations as files that a stranger can read, and what each of their lines demands.

::

    # A title
    officer: do we need the leader on board      said to the bot
    bot [answer factor-buy-in]: must … outset    band, lessons in order, phrases that the reply contains
      buttons: People, culture and change        labels that it offers, parted by " | "
    officer presses: Why this answer?            a button of the last reply
    colleague (aside): makes sense to me         a remark in the thread that doesn't mention the bot
    bot says nothing
    bot [-]: Any time.                           no question, so no band
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

SCENES = ("sessions", "advisors", "places")
"""How the files begin in which several people talk in several places (``tests/scenes.py``)."""
FOLDER = Path(__file__).parent / "transcripts"
_SAID = re.compile(r"(?P<who>\w+)(?P<aside> \(aside\))?(?P<presses> presses)?: ?(?P<words>.*)")
_BOT = re.compile(r"bot \[(?P<band>answer|suggest|none|-)(?P<lessons>(?: [a-z0-9-]+)*)\]:(?P<phrases>.*)")


class Said(NamedTuple):
    """What a person does."""

    who: str
    words: str
    """What they type, or the label of the button that they press."""
    presses: bool = False
    aside: bool = False
    """It doesn't mention the bot."""


class Expected(NamedTuple):
    """What the bot must reply."""

    silent: bool = False
    band: Literal["answer", "suggest", "none"] | None = None
    lessons: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


class Exchange(NamedTuple):
    """One turn: what was said, and what must come of it."""

    said: Said
    expected: Expected
    line: int


class Dialogue(NamedTuple):
    """One conversation, from its beginning."""

    name: str
    exchanges: tuple[Exchange, ...]


def parse(text: str, file: str = "transcript") -> list[Dialogue]:
    """Read the dialogues of one file; raises ValueError with file and line at what it can't read."""
    dialogues: list[Dialogue] = []
    said: Said | None = None
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{file}:{number}"
        if not line.strip():
            continue
        if line.startswith("# "):
            dialogues.append(Dialogue(f"{Path(file).stem}: {line[2:].strip()}", ()))
        elif not dialogues:
            raise ValueError(f'{where}: expected a title, "# …", first')
        elif line.startswith("  buttons:"):
            _amend(dialogues, tuple(part.strip() for part in line.partition(":")[2].split("|")), where)
        elif line.startswith("bot"):
            if said is None:
                raise ValueError(f"{where}: the bot speaks without having been spoken to")
            _add(dialogues, Exchange(said, _expected(line, where), number))
            said = None
        else:
            found = _SAID.fullmatch(line)
            if not found:
                raise ValueError(f'{where}: expected "name: words"')
            said = Said(found["who"], found["words"], bool(found["presses"]), bool(found["aside"]))
    return dialogues


def read(folder: Path = FOLDER) -> list[Dialogue]:
    """All dialogues of the transcripts' folder; sessions are told as scenes (``tests/scenes.py``)."""
    files = sorted(path for path in folder.glob("*.txt") if not path.name.startswith(SCENES))
    return [dialogue for file in files for dialogue in parse(file.read_text(encoding="utf-8"), file.name)]


def missing(expected: Expected, text: str, labels: list[str]) -> list[str]:
    """What ``expected`` demands and a reply's plain text and buttons lack; empty where all is there."""
    flat = " ".join(text.split()).casefold()
    lacks = [f"the words “{phrase}”" for phrase in expected.phrases if phrase.casefold() not in flat]
    return lacks + [f"the button “{button}”" for button in expected.buttons if button not in labels]


def _expected(line: str, where: str) -> Expected:
    if line.strip() == "bot says nothing":
        return Expected(silent=True)
    found = _BOT.fullmatch(line)
    if not found:
        raise ValueError(f'{where}: expected "bot [band lessons]: phrases" or "bot says nothing"')
    band = None if found["band"] == "-" else found["band"]
    phrases = tuple(phrase.strip() for phrase in found["phrases"].split("…") if phrase.strip())
    return Expected(band=band, lessons=tuple(found["lessons"].split()), phrases=phrases)


def _add(dialogues: list[Dialogue], exchange: Exchange) -> None:
    last = dialogues[-1]
    dialogues[-1] = last._replace(exchanges=(*last.exchanges, exchange))


def _amend(dialogues: list[Dialogue], buttons: tuple[str, ...], where: str) -> None:
    if not dialogues[-1].exchanges:
        raise ValueError(f"{where}: buttons without a reply above them")
    *before, last = dialogues[-1].exchanges
    amended = last._replace(expected=last.expected._replace(buttons=buttons))
    dialogues[-1] = dialogues[-1]._replace(exchanges=(*before, amended))
