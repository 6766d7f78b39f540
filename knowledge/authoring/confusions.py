"""Which lessons the matcher mistakes for which, and what its authors can do about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rapidfuzz import fuzz

from knowledge.fields import collector, read_fields, read_text
from knowledge.matching.match import Phrase
from knowledge.matching.text import Reader
from knowledge.problems import Problem

LEVEL_FILE = "level.yaml"
SLACK = 0.01
"""How far the level may fall before it counts: a few examples more or less move it as much."""
_OFTEN = 2
"""Examples that one lesson loses to another before the two count as mistaken for each other."""
_FEW = 0.5
"""Of the usual number of examples; a lesson with fewer is found less often than the others."""
_SAME = 90
"""Of 100, by rapidfuzz's ratio over sorted words: from here on two examples teach no more than one."""


class Confusions(NamedTuple):
    """What examples find when they are left out of the examples."""

    found: Mapping[Phrase, str]

    @property
    def level(self) -> float:
        """The share that find their own lesson, 0 to 1."""
        return sum(phrase.lesson == lesson for phrase, lesson in self.found.items()) / max(len(self.found), 1)

    def pairs(self) -> list[tuple[str, str, list[str]]]:
        """(lesson, lesson found instead, the examples), the most frequent first."""
        mistaken: dict[tuple[str, str], list[str]] = defaultdict(list)
        for phrase, lesson in self.found.items():
            if phrase.lesson != lesson:
                mistaken[phrase.lesson, lesson].append(phrase.text)
        ranked = sorted(mistaken.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return [(lesson, instead, texts) for (lesson, instead), texts in ranked]


def advice(confusions: Confusions, reader: Reader) -> Iterator[str]:
    """What to add, move or take out, a line each."""
    for lesson, instead, texts in confusions.pairs():
        if len(texts) < _OFTEN:
            break
        quoted = ", ".join(f"'{text}'" for text in texts[:3])
        more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
        yield (
            f"{lesson} is mistaken for {instead} {len(texts)} times: {quoted}{more}. "
            f"Add examples like these to {lesson}, or move those that {instead} answers."
        )
    examples: dict[str, list[str]] = defaultdict(list)
    for phrase in confusions.found:
        examples[phrase.lesson].append(phrase.text)
    usual = median(map(len, examples.values())) if examples else 0
    for lesson, texts in examples.items():
        if len(texts) < _FEW * usual:
            yield f"{lesson} has {len(texts)} examples where {usual:g} are usual. Add some in other words."
        for first, second in _same(texts, reader):
            yield f"{lesson}: '{first}' and '{second}' say nearly the same. Put one in other words."


def _same(texts: list[str], reader: Reader) -> Iterator[tuple[str, str]]:
    plain = [" ".join(sorted(reader.stems(text))) for text in texts]
    for row, text in enumerate(texts):
        for other in range(row):
            if fuzz.ratio(plain[row], plain[other]) >= _SAME:
                yield texts[other], text
                break


def picture(confusions: Confusions, lessons: Iterable[str]) -> str:
    """An SVG: a row for each lesson, a column for each lesson found; the darker, the more often."""
    ids, cell, room = list(lessons), 16, 190
    counts = Counter((phrase.lesson, lesson) for phrase, lesson in confusions.found.items())
    asked = Counter(phrase.lesson for phrase in confusions.found)
    side = room + cell * len(ids) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" '
        'font-family="sans-serif" font-size="10"><rect width="100%" height="100%" fill="#fff"/>'
        '<text x="8" y="16">Down: the lesson meant.</text><text x="8" y="30">Across: the lesson found.</text>'
    ]
    for index, id in enumerate(ids):
        at = room + cell * index
        parts.append(f'<text x="{room - 6}" y="{at + 12}" text-anchor="end">{id}</text>')
        parts.append(f'<text transform="translate({at + 12} {room - 6}) rotate(-90)">{id}</text>')
        parts.append(f'<path d="M{room} {at}H{side - 10}M{at} {room}V{side - 10}" stroke="#e4e4e4"/>')
    for (lesson, found), count in counts.items():
        x, y = room + cell * ids.index(found), room + cell * ids.index(lesson)
        colour = "#1f6f54" if lesson == found else "#b3261e"
        told = f"{lesson} found as {found}: {count} of {asked[lesson]}"
        shade = max(0.15, min(1.0, count / asked[lesson] * (1 if lesson == found else 3)))
        parts.append(
            f'<rect x="{x + 1}" y="{y + 1}" width="{cell - 2}" height="{cell - 2}" fill="{colour}" '
            f'fill-opacity="{shade:.2f}"><title>{told}</title></rect>'
        )
    return "\n".join([*parts, "</svg>\n"])


def record(folder: Path, level: float) -> None:
    """Write down the level that ``fallen`` holds the folder to from now on."""
    (folder / LEVEL_FILE).write_text(
        "# Of a thousand example questions, how many find their lesson when they are left out.\n"
        f"# Written by: python -m knowledge check --record\nfound: {round(1000 * level)}\n",
        encoding="utf-8",
    )


def fallen(folder: Path, level: float) -> list[Problem]:
    """The problem, if any, with a folder whose level was recorded: it has fallen, or can't be read."""
    problems: list[Problem] = []
    source = read_text(folder, LEVEL_FILE, problems)
    fields = source is not None and read_fields(source, collector(LEVEL_FILE, problems))
    if fields:
        fields.only(("found",))
        before = fields.number("found") / 1000
        if not problems and level < before - SLACK:
            message = (
                f"{level:.1%} of the example questions find their lesson when left out; it was {before:.1%}. "
                "See: python -m knowledge check --confusions"
            )
            problems.append(Problem(LEVEL_FILE, fields.line_of("found"), message))
    return problems
