"""What can be wrong with a knowledge folder, said with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to put right."""

    file: str
    """Relative to the knowledge folder: "lessons/factor-people.md"."""
    line: int
    """Counted from 1."""
    message: str
    """What is wrong and what is expected, in one plain sentence."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class BadKnowledge(Exception):
    """A knowledge folder can't be used; ``problems`` says where and why, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
