"""Matching one question beside rapidfuzz over whole phrases, which is what one would write first."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from knowledge import Phrase, load
from tools.bench_matching import fit, many, milliseconds

QUESTIONS = 60
FLOORS = {1_500: 0.5}


def measure(console: Console) -> list[dict[str, Any]]:
    """Print the table; rows for ``bench.json`` (milliseconds a question, medians)."""
    lessons = load(Path("knowledge")).lessons.values()
    phrases = [Phrase(one.id, text) for one in lessons for text in one.questions]
    questions = [one.text for one in many(phrases, len(phrases) + QUESTIONS)[-QUESTIONS:]]
    rows = []
    table = Table("matching one question", "phrases", "ours ms", "token_set_ratio ms", "ratio", "floor")
    for count, floor in FLOORS.items():
        known = many(phrases, count)
        texts = [one.text for one in known]
        ours = statistics.median(milliseconds(fit(known).match, questions))
        theirs = statistics.median(
            milliseconds(lambda asked: process.extractOne(asked, texts, scorer=fuzz.token_set_ratio), questions)
        )
        rows.append(
            {
                "name": f"matching, {count} phrases",
                "value": ours,
                "unit": "ms",
                "against": "rapidfuzz extractOne token_set_ratio",
                "ratio": ours / theirs,
            }
        )
        cells = (f"{count:,}", f"{ours:.3f}", f"{theirs:.3f}", f"{ours / theirs:.2f}", f"{floor:g}")
        table.add_row("a mixture of the lessons' questions", *cells)
    console.print(table)
    return rows
