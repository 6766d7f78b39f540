"""The linter of quiz, readiness and template texts: what doesn't fit on a card, and what is asked twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from knowledge.fields import Written
from knowledge.matching.text import Reader
from knowledge.problems import Problem

LONGEST = {
    "the question": 200, "an option": 70, "the reason": 300,
    "the statement": 140, "the advice": 200, "a name on the scale": 20, "'unknown'": 20,
    "'title'": 60, "'intro'": 300,
    "'model_question'": 140, "'partners_question'": 140, "'purpose_question'": 140,
    "the reminder": 300, "'when'": 80, "'season'": 80, "'why'": 140, "the pulse question": 120,
    "an end of the scale": 20,
}  # fmt: skip
"""The most characters a part may have, so that it fits on a button or a telephone's screen."""
_TOO_ALIKE = 85
"""Of 100, by rapidfuzz's ratio over sorted words: from here on people feel asked the same thing again."""


def overlong(written: Sequence[Written]) -> Iterator[Problem]:
    """Texts with more characters than fit."""
    for text in written:
        if len(text.text) > LONGEST[text.part]:
            message = f"{text.part} has {len(text.text)} characters; at most {LONGEST[text.part]} fit"
            yield Problem(text.file, text.line, message)


def alike(written: Sequence[Written], reader: Reader) -> Iterator[Problem]:
    """Questions of the bank, and statements of one check, that are the same or nearly; synonyms count."""
    groups: dict[tuple[str, str], list[Written]] = {}
    for text in written:
        if text.text and text.part in ("the question", "the statement"):
            group = (text.part, "" if text.part == "the question" else text.file)
            groups.setdefault(group, []).append(text)
    for texts in groups.values():
        plain = [" ".join(sorted(reader.stems(text.text))) for text in texts]
        for row, text in enumerate(texts):
            hit = process.extractOne(plain[row], plain[:row], scorer=fuzz.ratio, score_cutoff=_TOO_ALIKE)
            if hit:
                first = texts[hit[2]]
                message = f"'{text.text}' is too like '{first.text}' ({first.file}:{first.line})"
                yield Problem(text.file, text.line, message)
