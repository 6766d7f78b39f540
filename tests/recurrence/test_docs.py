"""Every example of ``docs/dates.md`` is run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest

from dialogs.recurrence.changing import change
from dialogs.recurrence.describe import in_words, next_dates
from dialogs.recurrence.making import Question
from dialogs.recurrence.sentence import understand

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
LONDON = "Europe/London"
PAGE = Path(__file__).parents[2] / "docs" / "dates.md"


def tables() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The rows of the page's tables, by their heads."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for is_table, group in groupby(lines, lambda line: line.startswith("|")):
        if is_table:
            head, _, *body = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in group]
            found.setdefault(head, []).extend(body)
    return found


TABLES = tables()


def shown(question: Question) -> str:
    buttons = "".join(f" `{offer.label}`" for offer in question.offers)
    return f"asked: {question.text}{buttons}"


def test_the_page_has_examples_of_everything() -> None:
    assert {head: len(rows) >= 9 for head, rows in TABLES.items() if head[0] != "step"} == {
        ("typed", "comes to"): True,
        ("typed", "who", "when", "what"): True,
        ("there is", "typed", "then"): True,
    }


@pytest.mark.parametrize(("typed", "expected"), TABLES["typed", "comes to"])
def test_what_is_typed_comes_to_what_the_page_says(typed: str, expected: str) -> None:
    found = understand(typed, NOW, LONDON, when_only=True)
    if found.schedule is None:
        assert shown((*found.problems, *found.missing)[0]) == expected
        return
    sends = next_dates(found.schedule, LONDON, NOW, 3)
    assert (
        ", ".join(
            f"{occurrence.local:%a} {occurrence.local.day} {occurrence.local:%b %Y %H:%M}"
            for occurrence in sends
        )
        == expected
    )


@pytest.mark.parametrize(("typed", "who", "when", "what"), TABLES["typed", "who", "when", "what"])
def test_who_when_and_what_are_those_of_the_page(typed: str, who: str, when: str, what: str) -> None:
    found = understand(typed, NOW, LONDON)
    assert (found.audience_text, found.when, found.what) == (who, when, what)
    assert found.schedule


@pytest.mark.parametrize(("before", "typed", "then"), TABLES["there is", "typed", "then"])
def test_a_correction_does_what_the_page_says(before: str, typed: str, then: str) -> None:
    schedule = understand(before, NOW, LONDON, when_only=True).schedule
    assert schedule
    found = change(schedule, typed, NOW, LONDON)
    if found.schedule is None:
        assert shown(found.problems[0]) == then
        return
    said = in_words(found.schedule)
    assert all(part in said for part in re.split(", ", then))
