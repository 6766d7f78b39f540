"""Our own lessons: each is whole, and says once and in its own words what the deck leaves open."""

from __future__ import annotations

import re

from knowledge import Knowledge

NOTHING_FOUND = {"formation", "origins", "origin-central-government", "stages-of-development"}
"""The lessons for which no later evidence was found: better none than a guess."""


def test_every_lesson_has_a_short_line_and_our_view(ours: Knowledge) -> None:
    assert [lesson.id for lesson in ours.lessons.values() if not (lesson.short and lesson.our_why)] == []


def test_our_lessons_say_what_came_after_the_deck_unless_nothing_was_found(ours: Knowledge) -> None:
    assert {lesson.id for lesson in ours.lessons.values() if not lesson.since} == NOTHING_FOUND


def test_what_came_after_the_deck_is_given_with_its_year(ours: Knowledge) -> None:
    for lesson in ours.lessons.values():
        for sourced in re.findall(r"\(([^)]*)\)", lesson.since):
            # "(LGA, 2012)"; and names of bodies that date what stands before them.
            assert re.search(r"\d{4}|undated|London Councils|House of Commons Library|LGA|LGSS", sourced), (
                sourced
            )


def test_no_lesson_names_what_the_deck_does_not(ours: Knowledge) -> None:
    """The deck speaks of the NHS alone; bodies and laws that came later belong under Since then."""
    for lesson in ours.lessons.values():
        said = f"{lesson.lead} {lesson.deck}"
        assert not re.search(r"primary care|PCT|Clyde|Act \d|£(?!376m)", said), lesson.id


def test_the_lines_for_those_who_ask_for_less_differ(ours: Knowledge) -> None:
    lines = [lesson.short for lesson in ours.lessons.values()]
    assert len(set(lines)) == len(lines)
    assert all(len(line.split()) <= 18 for line in lines)
