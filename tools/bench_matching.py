"""``python -m tools.bench_matching FOLDER``: our matcher beside raw rapidfuzz, for quality and for time.

FOLDER holds public question sets as lines ``lesson<TAB>question`` in files such as
``clinc150-5shot-phrases.tsv`` and ``clinc150-test.tsv``; an empty lesson marks a question that no lesson
answers. Missing sets are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.progress import track
from rich.table import Table

from knowledge import Matcher, Phrase
from tools.bench_growth import PREFIX, Row, fit, memory_row, row, time_table

SETS = ("clinc150-5shot", "clinc150-10shot", "banking77-5shot", "banking77-10shot", "near77-10shot")
NEAR, DRAWS = "banking77-10shot", 5
"""The set whose lessons are so alike that some of them, held out, are near the subject of the others."""
Answer = tuple[list[str], float]
"""Lessons, likeliest first, and a score."""
Method = Callable[[str], Answer]


class Quality(NamedTuple):
    """How well a method does on a set; None where the set has no questions that nothing answers."""

    top: float
    among_three: float
    parted: float | None
    """AUROC: how well the score parts what a lesson answers from what none does."""
    kept: float | None
    """Right at rank one, when nine in ten of the unanswerable are turned away."""


def read_pairs(path: Path) -> list[Phrase]:
    """The lines of a file as (lesson, question)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Phrase(*line.split("\t", 1)) for line in lines if "\t" in line]


def ours(matcher: Matcher) -> Method:
    """Our matcher as a method."""

    def method(question: str) -> Answer:
        found = matcher.match(question).candidates
        return [candidate.lesson for candidate in found], found[0].score if found else 0.0

    return method


def raw(phrases: Sequence[Phrase], scorer: Callable[..., float]) -> Method:
    """What anyone would write first: the phrases that rapidfuzz finds most alike as a whole."""
    texts = [phrase.text for phrase in phrases]

    def method(question: str) -> Answer:
        found = process.extract(question, texts, scorer=scorer, limit=20)
        lessons = list(dict.fromkeys(phrases[row].lesson for _, _, row in found))
        return lessons[:3], found[0][1] if found else 0.0

    return method


def quality(method: Method, questions: Sequence[Phrase]) -> Quality:
    """Ask all questions."""
    answers = [method(question.text) for question in questions]
    inside = [
        (question.lesson, *answer)
        for question, answer in zip(questions, answers, strict=True)
        if question.lesson
    ]
    outside = sorted(
        score for question, (_, score) in zip(questions, answers, strict=True) if not question.lesson
    )
    top = _share(found[:1] == [lesson] for lesson, found, _ in inside)
    three = _share(lesson in found for lesson, found, _ in inside)
    if not outside:
        return Quality(top, three, None, None)
    limit = outside[int(0.9 * len(outside))]
    kept = _share(found[:1] == [lesson] and score > limit for lesson, found, score in inside)
    return Quality(top, three, _auroc([score for _, _, score in inside], outside), kept)


def calibration_error(matcher: Matcher, questions: Sequence[Phrase], groups: int = 15) -> float:
    """How far scores are from the share that is right, on questions that some lesson answers."""
    scored = []
    for question in questions:
        found = matcher.match(question.text).candidates
        if question.lesson and found:
            scored.append((found[0].score, found[0].lesson == question.lesson))
    parts = np.array_split(np.array(sorted(scored), float), groups)
    gaps = (len(part) * abs(float(part[:, 0].mean() - part[:, 1].mean())) for part in parts)
    return sum(gaps) / len(scored)


def mistyped(questions: Iterable[Phrase], share: float = 0.15) -> Iterator[Phrase]:
    """The questions with one slip in ``share`` of the words of four letters or more; the same each time."""
    chance = random.Random(5)
    for question in questions:
        typed = []
        for word in question.text.split():
            slip = len(word) > 3 and chance.random() < share
            typed.append(_slip(word, chance) if slip else word)
        yield question._replace(text=" ".join(typed))


def near(
    phrases: Sequence[Phrase], questions: Sequence[Phrase], draw: int
) -> tuple[list[Phrase], list[Phrase]]:
    """The set without a quarter of its lessons, whose questions then come near but have no answer."""
    lessons = sorted({phrase.lesson for phrase in phrases})
    out = set(random.Random(draw).sample(lessons, len(lessons) // 4))
    known = [phrase for phrase in phrases if phrase.lesson not in out]
    return known, [
        question._replace(lesson="") if question.lesson in out else question for question in questions
    ]


def _slip(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
    before, here, after, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    swapped, dropped = before + after + here + rest, before + after + rest
    added, changed = before + letter + here + after + rest, before + letter + after + rest
    return chance.choice((swapped, dropped, added, changed))


def _share(found: Iterable[bool]) -> float:
    return statistics.fmean(map(float, found))


def _auroc(inside: list[float], outside: list[float]) -> float:
    below = np.searchsorted(outside, inside, side="left") + np.searchsorted(outside, inside, side="right")
    return float(below.mean()) / 2 / len(outside)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"


def quality_table(folder: Path, sample: int) -> tuple[Table, list[Row]]:
    """Accuracy on the sets that ``folder`` holds. Raw rapidfuzz is slow: it is asked every nth question."""
    table = Table("set", "method", "top-1", "recall@3", "AUROC", "at 90 % rejected", title="Quality, %")
    measured = []
    for name in track([name for name in SETS if (folder / f"{name}-phrases.tsv").exists()], "Quality"):
        phrases = read_pairs(folder / f"{name}-phrases.tsv")
        questions = read_pairs(folder / f"{name.split('-')[0]}-test.tsv")
        matcher = fit(phrases)
        typos = list(mistyped(questions))
        rows = {
            "rapidfuzz WRatio": quality(raw(phrases, fuzz.WRatio), questions[::sample]),
            "rapidfuzz token_set_ratio": quality(raw(phrases, fuzz.token_set_ratio), questions[::sample]),
            "Sharewise": quality(ours(matcher), questions),
            "Sharewise, 15 % of words mistyped": quality(ours(matcher), typos),
        }
        for method, found in rows.items():
            table.add_row(name, method, *map(_percent, found))
        error = calibration_error(matcher, questions)
        table.add_row(name, f"Sharewise, calibration error {error:.3f}")
        measured += [row(f"{name}, calibration error", error, "")]
        peer = rows["rapidfuzz token_set_ratio"]
        for figure, title in (("top", "top-1"), ("among_three", "recall@3"), ("parted", "AUROC")):
            mine, theirs = getattr(rows["Sharewise"], figure), getattr(peer, figure)
            if mine is not None:
                measured.append(
                    row(f"{name}, {title}", 100 * mine, "%", "rapidfuzz token_set_ratio", mine / theirs)
                )
        if name == NEAR:
            for draw in range(1, DRAWS + 1):
                known, asked = near(phrases, questions, draw)
                found = quality(ours(fit(known)), asked)
                table.add_row(f"{name}, a quarter held out, {draw}", "Sharewise", *map(_percent, found))
                measured.append(
                    row(f"{name}, a quarter held out, {draw}, AUROC", 100 * (found.parted or 0), "%")
                )
        loss = 100 * (rows["Sharewise"].top - rows["Sharewise, 15 % of words mistyped"].top)
        measured.append(row(f"{name}, top-1 lost by typos", loss, "points"))
    return table, measured


def officers_table(path: Path) -> Table:
    """The deck's own lessons on officers' questions: columns named lessons (a | b, or empty) and question."""
    from knowledge import load
    from knowledge.base import OWN_FOLDER

    knowledge = load(OWN_FOLDER)
    with path.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    asked = [(set(line["lessons"].split("|")) - {""}, line["question"]) for line in lines]
    inside = [(right, knowledge.match(text)) for right, text in asked if right]
    outside = [knowledge.match(text) for right, text in asked if not right]
    table = Table("officers' questions", "%")
    rank_one = _share(match.candidates[0].lesson in right for right, match in inside if match.candidates)
    table.add_row("right at rank one", _percent(rank_one))
    answered = _share(match.lesson in right for right, match in inside)
    table.add_row("answered right", _percent(answered))
    helped = (
        match.lesson in right
        or (match.band == "suggest" and any(candidate.lesson in right for candidate in match.candidates))
        for right, match in inside
    )
    table.add_row("helped", _percent(_share(helped)))
    wrong = (match.band == "answer" and match.lesson not in right for right, match in inside)
    table.add_row("answered wrongly", _percent(_share(wrong)))
    if outside:
        table.add_row("out of scope, answered", _percent(_share(match.band == "answer" for match in outside)))
        table.add_row("out of scope, declined", _percent(_share(match.band == "none" for match in outside)))
    return table


def main() -> None:
    """Print the tables; put their figures into ``bench.json`` beside those of ``make bench``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the public question sets")
    parser.add_argument(
        "--officers", type=Path, help="officers' questions, with a heading that names the columns"
    )
    parser.add_argument("--sample", type=int, default=10, help="raw rapidfuzz is asked every nth question")
    chosen = parser.parse_args()
    console = Console(width=max(100, Console().width))
    phrases = chosen.folder / "clinc150-10shot-phrases.tsv"
    if not phrases.exists():
        parser.error(f"{chosen.folder} has no {phrases.name}; the module's heading says what is expected")
    table, measured = quality_table(chosen.folder, chosen.sample)
    console.print(table)
    if chosen.officers:
        console.print(officers_table(chosen.officers))
    questions = [phrase.text for phrase in read_pairs(chosen.folder / "clinc150-test.tsv")][:1000]
    times, grown = time_table(read_pairs(phrases), questions)
    console.print(times)
    grown.append(memory_row())
    console.print(f"resident growth: {grown[-1]['value']:.0f} MiB")
    _keep([*measured, *grown])


def _keep(rows: list[Row]) -> None:
    path = Path("bench.json")
    others = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    others = [other for other in others if not other["name"].startswith(PREFIX)]
    path.write_text(json.dumps([*others, *rows], indent=1) + "\n", encoding="utf-8")
    print(f"written: {path}")


if __name__ == "__main__":
    main()
