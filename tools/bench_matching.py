"""``python -m tools.bench_matching FOLDER``: our matcher beside raw rapidfuzz, for quality and for time.

FOLDER holds public question sets as lines ``lesson<TAB>question`` in files such as
``clinc150-5shot-phrases.tsv`` and ``clinc150-test.tsv``; an empty lesson marks a question that no lesson
answers. Missing sets are left out.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import statistics
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.progress import track
from rich.table import Table

from knowledge import Matcher, Phrase, Vocabulary
from knowledge.base import fitted

SETS = ("clinc150-5shot", "clinc150-10shot", "banking77-5shot", "banking77-10shot", "near77-10shot")
SIZES = (100, 1_000, 1_500, 10_000, 100_000)
HOSTILE = {
    "40,000 characters": "is my card on its way to me " * 1430,
    "one word repeated": "card " * 8_000,
    "one endless word": "w" * 40_000,
    "right to left": "כמה מים " * 5_000,
    "gibberish": " ".join(
        f"{a}{b}qx{c}zvkw" for a, b, c in itertools.product("abcdefg", "mnopqrs", "jklhwvxz")
    ),
}

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


def fit(phrases: Sequence[Phrase]) -> Matcher:
    """Our matcher, as ``python -m knowledge match --phrases`` fits it."""
    names = {one.lesson: re.sub(r"[\W_]+", " ", one.lesson) for one in phrases}
    return fitted(phrases, Vocabulary(), names)


def ours(matcher: Matcher) -> Method:
    """Our matcher as a method."""

    def method(question: str) -> Answer:
        found = matcher.match(question).candidates
        return [one.lesson for one in found], found[0].score if found else 0.0

    return method


def raw(phrases: Sequence[Phrase], scorer: Callable[..., float]) -> Method:
    """What anyone would write first: the phrases that rapidfuzz finds most alike as a whole."""
    texts = [one.text for one in phrases]

    def method(question: str) -> Answer:
        found = process.extract(question, texts, scorer=scorer, limit=20)
        lessons = list(dict.fromkeys(phrases[row].lesson for _, _, row in found))
        return lessons[:3], found[0][1] if found else 0.0

    return method


def quality(method: Method, questions: Sequence[Phrase]) -> Quality:
    """Ask all questions."""
    answers = [method(one.text) for one in questions]
    inside = [(one.lesson, *answer) for one, answer in zip(questions, answers, strict=True) if one.lesson]
    outside = sorted(score for one, (_, score) in zip(questions, answers, strict=True) if not one.lesson)
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
    for one in questions:
        found = matcher.match(one.text).candidates
        if one.lesson and found:
            scored.append((found[0].score, found[0].lesson == one.lesson))
    parts = np.array_split(np.array(sorted(scored), float), groups)
    gaps = (len(part) * abs(float(part[:, 0].mean() - part[:, 1].mean())) for part in parts)
    return sum(gaps) / len(scored)


def mistyped(questions: Iterable[Phrase], share: float = 0.15) -> Iterator[Phrase]:
    """The questions with one slip in ``share`` of the words of four letters or more; the same each time."""
    chance = random.Random(5)
    for one in questions:
        typed = []
        for word in one.text.split():
            slip = len(word) > 3 and chance.random() < share
            typed.append(_slip(word, chance) if slip else word)
        yield one._replace(text=" ".join(typed))


def _slip(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
    before, here, after, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    swapped, dropped = before + after + here + rest, before + after + rest
    added, changed = before + letter + here + after + rest, before + letter + after + rest
    return chance.choice((swapped, dropped, added, changed))


def many(phrases: Sequence[Phrase], count: int) -> list[Phrase]:
    """``count`` different phrases: first the given ones, then mixtures of the parts of three of a lesson."""
    lessons: dict[str, list[list[str]]] = {}
    for one in phrases:
        words = one.text.split()
        third = len(words) // 3
        parts = [" ".join(words[:third]), " ".join(words[third : 2 * third]), " ".join(words[2 * third :])]
        lessons.setdefault(one.lesson, []).append(parts)
    made = dict.fromkeys(phrases[:count])
    mixtures = [_mixtures(lesson, parts) for lesson, parts in lessons.items()]
    for row in itertools.zip_longest(*mixtures):
        if len(made) >= count:
            break
        made.update(dict.fromkeys(one for one in row if one))
    return list(made)[:count]


def _mixtures(lesson: str, parts: list[list[str]]) -> Iterator[Phrase]:
    for first, second, third in itertools.product(parts, repeat=3):
        yield Phrase(lesson, " ".join([first[0], second[1], third[2]]).strip())


def milliseconds(method: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """The time of each question."""
    times = []
    for question in questions:
        begun = perf_counter()
        method(question)
        times.append((perf_counter() - begun) * 1000)
    return times


def _share(found: Iterable[bool]) -> float:
    return statistics.fmean(map(float, found))


def _auroc(inside: list[float], outside: list[float]) -> float:
    below = np.searchsorted(outside, inside, side="left") + np.searchsorted(outside, inside, side="right")
    return float(below.mean()) / 2 / len(outside)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"


def quality_table(folder: Path, sample: int) -> Table:
    """Accuracy on the sets that ``folder`` holds. Raw rapidfuzz is slow: it is asked every nth question."""
    table = Table("set", "method", "top-1", "recall@3", "AUROC", "at 90 % rejected", title="Quality, %")
    for name in track([one for one in SETS if (folder / f"{one}-phrases.tsv").exists()], "Quality"):
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
        table.add_row(name, f"Sharewise, calibration error {calibration_error(matcher, questions):.3f}")
    return table


def time_table(phrases: Sequence[Phrase], questions: Sequence[str]) -> Table:
    """Time a question by the number of phrases, beside extractOne with token_set_ratio in the same run."""
    table = Table("phrases", "fit, s", "p50, ms", "p99, ms", "rapidfuzz p50, ms", "ratio", title="Time")
    for size in track(SIZES, "Time"):
        known = many(phrases, size)
        texts = [one.text for one in known]
        begun = perf_counter()
        matcher = fit(known)
        fitting = perf_counter() - begun
        matcher.match("once, to warm up")
        mine = milliseconds(matcher.match, questions)
        other = milliseconds(
            lambda question, texts=texts: process.extractOne(question, texts, scorer=fuzz.token_set_ratio),  # type: ignore[misc]
            questions[: 300 if size < 50_000 else 20],
        )
        p50, reference = statistics.median(mine), statistics.median(other)
        figures = (f"{fitting:.2f}", f"{p50:.3f}", f"{np.percentile(mine, 99):.3f}", f"{reference:.2f}")
        table.add_row(f"{len(known):,}", *figures, f"{p50 / reference:.4f}")
        if size == 1_500:
            for name, text in HOSTILE.items():
                p99 = float(np.percentile(milliseconds(matcher.match, [text] * 50), 99))
                table.add_row(f"  {name}", "", "", f"{p99:.3f}", "", f"{p99 / p50:.1f} x p50")
    return table


def officers_table(path: Path) -> Table:
    """The deck's own lessons on officers' questions: columns lessons (a | b, or empty) and question."""
    from knowledge import load
    from knowledge.base import OWN_FOLDER

    knowledge = load(OWN_FOLDER)
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    asked = [
        (set(line.split("\t")[0].split("|")) - {""}, line.split("\t")[1]) for line in lines if "\t" in line
    ]
    inside = [(right, knowledge.match(text)) for right, text in asked if right]
    outside = [knowledge.match(text) for right, text in asked if not right]
    table = Table("officers' questions", "%")
    rank_one = _share(match.candidates[0].lesson in right for right, match in inside if match.candidates)
    table.add_row("right at rank one", _percent(rank_one))
    helped = (
        match.lesson in right
        or (match.band == "suggest" and any(one.lesson in right for one in match.candidates))
        for right, match in inside
    )
    table.add_row("helped", _percent(_share(helped)))
    wrong = (match.band == "answer" and match.lesson not in right for right, match in inside)
    table.add_row("answered wrongly", _percent(_share(wrong)))
    if outside:
        table.add_row("out of scope, answered", _percent(_share(one.band == "answer" for one in outside)))
        table.add_row("out of scope, declined", _percent(_share(one.band == "none" for one in outside)))
    return table


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the public question sets")
    parser.add_argument(
        "--officers", type=Path, help="officers' questions: lessons<TAB>question with a heading"
    )
    parser.add_argument("--sample", type=int, default=10, help="raw rapidfuzz is asked every nth question")
    chosen = parser.parse_args()
    console = Console(width=max(100, Console().width))
    phrases = chosen.folder / "clinc150-10shot-phrases.tsv"
    if not phrases.exists():
        parser.error(f"{chosen.folder} has no {phrases.name}; the module's heading says what is expected")
    console.print(quality_table(chosen.folder, chosen.sample))
    if chosen.officers:
        console.print(officers_table(chosen.officers))
    questions = [one.text for one in read_pairs(chosen.folder / "clinc150-test.tsv")][:1000]
    console.print(time_table(read_pairs(phrases), questions))


if __name__ == "__main__":
    main()
