"""``python -m tools.public_sets FOLDER``: the public question sets as ``tools.bench_matching`` reads them.

FOLDER holds what their authors publish (docs/figures.md says where): ``data_full.json`` of CLINC150, and
``train.csv`` and ``test.csv`` of BANKING77. Beside them are written, for 5 and for 10 examples a lesson drawn
by chance (always the same), ``NAME-5shot-phrases.tsv``, ``NAME-10shot-phrases.tsv`` and ``NAME-test.tsv``.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

SHOTS = (5, 10)
SEED = 13
Row = tuple[str, str]
"""A lesson, "" for a question that none answers, and the question."""


def clinc150(folder: Path) -> tuple[list[Row], list[Row]]:
    """Examples and questions; with the questions outside of all its lessons."""
    whole = json.loads((folder / "data_full.json").read_text(encoding="utf-8"))
    examples = [(lesson, _line(question)) for question, lesson in whole["train"]]
    inside = [(lesson, _line(question)) for question, lesson in whole["test"]]
    return examples, [*inside, *(("", _line(question)) for question, _ in whole["oos_test"])]


def banking77(folder: Path) -> tuple[list[Row], list[Row]]:
    """Examples and questions; each belongs to a lesson."""
    examples, questions = (
        [
            (row["category"], _line(row["text"]))
            for row in csv.DictReader((folder / name).open(encoding="utf-8"))
        ]
        for name in ("train.csv", "test.csv")
    )
    return examples, questions


def _line(question: str) -> str:
    """A question as one line."""
    return " ".join(question.split())


def drawn(examples: Iterable[Row], shots: int) -> list[Row]:
    """So many different examples of each lesson; a smaller draw is part of a larger one."""
    by_lesson = defaultdict[str, list[str]](list)
    for lesson, question in sorted(set(examples)):
        by_lesson[lesson].append(question)
    chance, found = random.Random(SEED), list[Row]()
    for lesson, questions in by_lesson.items():
        chance.shuffle(questions)
        found += [(lesson, question) for question in questions[:shots]]
    return found


def write(path: Path, rows: Iterable[Row]) -> None:
    """A row a line: lesson, tab, question."""
    path.write_text("".join(f"{lesson}\t{question}\n" for lesson, question in rows), "utf-8")


def main(folder: Path) -> None:
    """Write all that can be made of what is there."""
    for name, read in (("clinc150", clinc150), ("banking77", banking77)):
        try:
            examples, questions = read(folder)
        except FileNotFoundError as missing:
            print(f"{name}: {missing.filename} isn't there; docs/figures.md says where it is to be had")
            continue
        write(folder / f"{name}-test.tsv", questions)
        for shots in SHOTS:
            write(folder / f"{name}-{shots}shot-phrases.tsv", drawn(examples, shots))
        print(f"{name}: {len(questions)} questions, {SHOTS[0]} and {SHOTS[1]} examples a lesson")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
