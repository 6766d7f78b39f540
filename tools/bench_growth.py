"""How time and memory grow with the number of phrases, beside rapidfuzz over whole phrases."""

from __future__ import annotations

import itertools
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from rich.progress import track
from rich.table import Table

from knowledge import Matcher, Phrase, Vocabulary
from knowledge.base import fitted

Row = dict[str, Any]
PEER = "rapidfuzz extractOne token_set_ratio"
PREFIX = "bench-matching: "
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


def fit(phrases: Sequence[Phrase]) -> Matcher:
    """Our matcher, as ``python -m knowledge match --phrases`` fits it."""
    lessons = dict.fromkeys(phrase.lesson for phrase in phrases)
    names = [Phrase(lesson, re.sub(r"[\W_]+", " ", lesson)) for lesson in lessons]
    return fitted(phrases, Vocabulary(), names)


def many(phrases: Sequence[Phrase], count: int) -> list[Phrase]:
    """``count`` different phrases: first the given ones, then mixtures of the parts of three of a lesson."""
    lessons: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = phrase.text.split()
        third = len(words) // 3
        parts = [" ".join(words[:third]), " ".join(words[third : 2 * third]), " ".join(words[2 * third :])]
        lessons.setdefault(phrase.lesson, []).append(parts)
    made = dict.fromkeys(phrases[:count])
    mixtures = [_mixtures(lesson, parts) for lesson, parts in lessons.items()]
    for row in itertools.zip_longest(*mixtures):
        if len(made) >= count:
            break
        made.update(dict.fromkeys(element for element in row if element))
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


def time_table(phrases: Sequence[Phrase], questions: Sequence[str]) -> tuple[Table, list[Row]]:
    """Time a question by the number of phrases, beside extractOne with token_set_ratio in the same run."""
    table = Table("phrases", "fit, s", "p50, ms", "p99, ms", "rapidfuzz p50, ms", "ratio", title="Time")
    rows = []
    for size in track(SIZES, "Time"):
        known = many(phrases, size)
        texts = [phrase.text for phrase in known]
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
        rows.append(row(f"a question among {len(known)} phrases", p50, "ms", PEER, p50 / reference))
        rows.append(row(f"fit of {len(known)} phrases", fitting, "s"))
        if size == 1_500:
            for name, text in HOSTILE.items():
                p99 = float(np.percentile(milliseconds(matcher.match, [text] * 300), 99))
                table.add_row(f"  {name}", "", "", f"{p99:.3f}", "", f"{p99 / p50:.1f} x p50")
                rows.append(row(f"p99, {name}", p99, "ms", "p50 of ordinary questions", p99 / p50))
    return table, rows


def memory_row() -> Row:
    """How much a process grows by loading our own knowledge base and asking it, measured in a fresh one."""
    script = "import tools.bench_growth as growth; print(growth.grown())"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return row("resident growth", float(told.stdout), "MiB")


def grown() -> float:
    """MiB by which this process grows with our own knowledge base; for a fresh process."""
    from knowledge import load
    from knowledge.base import OWN_FOLDER

    before = _resident()
    knowledge = load(OWN_FOLDER)
    for lesson in knowledge.lessons.values():
        for question in lesson.questions:
            knowledge.match(question)
    return _resident() - before


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def row(name: str, value: float, unit: str, against: str = "", ratio: float | None = None) -> Row:
    """One line of ``bench.json``."""
    return {"name": f"{PREFIX}{name}", "value": value, "unit": unit, "against": against, "ratio": ratio}
