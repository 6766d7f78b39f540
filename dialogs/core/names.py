"""What people call the things of the knowledge base: lessons, headings and checks by id or title."""

from __future__ import annotations

from functools import lru_cache

from dialogs.core.text import words
from knowledge import Knowledge


def find_lesson(name: str, kb: Knowledge) -> str | None:
    """The id of the lesson whose id or title ``name`` is."""
    if name in kb.lessons:
        return name
    return _titles(kb).get(words(name))


def name_taken(title: str, kb: Knowledge, id: str = "") -> bool:
    """Whether a lesson other than ``id`` has that name, by which one of the two then couldn't be found."""
    return find_lesson(title, kb) not in (None, id)


def find_heading(name: str, kb: Knowledge) -> str | None:
    """The deck's heading that ``name`` is."""
    return _headings(kb).get(words(name))


def find_check(name: str, kb: Knowledge) -> str | None:
    """The id of the readiness check whose id or title ``name`` is."""
    said = words(name)
    return next(
        (check.id for check in kb.checks.values() if said in (words(check.id), words(check.title))),
        None,
    )


@lru_cache(maxsize=4)
def _titles(kb: Knowledge) -> dict[tuple[str, ...], str]:
    return {words(lesson.title): lesson.id for lesson in kb.lessons.values()}


@lru_cache(maxsize=4)
def _headings(kb: Knowledge) -> dict[tuple[str, ...], str]:
    return {words(heading): heading for heading in kb.deck.headings}
