"""Matching one question beside rapidfuzz over whole phrases, which is what one would write first."""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from knowledge import Phrase, load
from tools.bench.size import SHORT
from tools.bench_growth import fit, many, milliseconds

PHRASES = 1_500
QUESTIONS = 5 if SHORT else 60
FLOOR = 0.1


def measure(console: Console) -> list[dict[str, Any]]:
    """Print the table; rows for ``bench.json`` (milliseconds a question, medians)."""
    lessons = load(Path("knowledge")).lessons.values()
    mixed = many(
        [Phrase(lesson.id, text) for lesson in lessons for text in lesson.questions], PHRASES + QUESTIONS
    )
    known, questions = mixed[:PHRASES], [phrase.text for phrase in mixed[PHRASES:]]
    whole = partial(
        process.extractOne, choices=[phrase.text for phrase in known], scorer=fuzz.token_set_ratio
    )
    ours = statistics.median(milliseconds(fit(known).match, questions))
    theirs = statistics.median(milliseconds(whole, questions))

    table = Table("matching one question", "ours ms", "token_set_ratio ms", "ratio", "floor")
    table.add_row(
        f"{PHRASES:,} phrases", f"{ours:.3f}", f"{theirs:.3f}", f"{ours / theirs:.2f}", f"{FLOOR:g}"
    )
    console.print(table)
    peer = "rapidfuzz extractOne token_set_ratio"
    return [
        {
            "name": f"matching, {PHRASES} phrases",
            "value": ours,
            "unit": "ms",
            "against": peer,
            "ratio": ours / theirs,
        }
    ]
