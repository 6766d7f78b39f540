"""Lists of lessons as sets: the side of the deck's line on which they fall, and the list beside a list."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from dialogs.core.acts import Aspect, meant_by
from dialogs.core.model import State
from dialogs.core.text import stems, word_set, words
from dialogs.questions.naming import FILLER
from knowledge import Knowledge, Lesson

SIDES: dict[Aspect, str] = {"works": "success", "fails": "failure"}
"""The aspects that ask on which side of the deck's line something falls."""

_AGES = {
    "new": word_set("new newer newest recent modern later latest"),
    "old": word_set("traditional old older oldest usual earlier"),
}
"""What the later and the earlier of two lists may be called in their titles."""
_POINTED = re.compile(
    r"^(?:is|are|was|were) (?:it|that|this|they|those|these) (?:in |on |one of |among )?(?:the|all)\b"
)
"""How a question about the lesson last given begins."""
_DO = re.compile(
    r"(?:which|what|the|those|these|(?:(?:is|are) there )?(?:any|some)(?:thing)?)"
    r"(?: are the)?(?: other)?(?: ones?)?(?: that| which)? "
    r"(?P<do>dont|doesnt|do not|do|does|are|is|arent|isnt|are not|is not)"
)


def overview_of(state: State, kb: Knowledge) -> Lesson | None:
    """The overview that the talk is about: the one last given, or one that lists the lesson last given."""
    given = kb.lessons[state.lesson] if state.lesson else None
    if given and given.items:
        return given
    lists = [lesson for lesson in _overviews(kb) if given is None or given.id in lesson.items]
    shown = next((lesson for lesson in lists if lesson.items == state.shown), None)
    return shown or (next(iter(lists), None) if given else None)


def list_in_view(state: State, kb: Knowledge) -> Lesson | None:
    """The overview that the talk is about, where it has another beside it."""
    here = overview_of(state, kb)
    return here if here and _counterpart(here.id, kb) else None


def beside(act: str, state: State, kb: Knowledge) -> Lesson | None:
    """The overview that is asked for against the one in view: the "new" ones, the "old" ones, the "other"."""
    here = overview_of(state, kb)
    if here is None:
        listed = [kb.lessons[lesson] for lesson in state.shown if kb.lessons[lesson].items]
        either = [*listed, *filter(None, (_counterpart(lesson.id, kb) for lesson in listed))]
        return next((lesson for lesson in either if _is_called(lesson, act)), None)
    sided = one_sided_of(state, kb)
    if act == "other" and sided:
        return overview_on("failure" if sided == "success" else "success", kb)
    return here if _is_called(here, act) else _counterpart(here.id, kb)


def one_sided_of(state: State, kb: Knowledge) -> str | None:
    """The side on which all of the list in view falls, where the deck lists more on the other."""
    sides = {kb.lessons[shown].side for shown in state.shown}
    side = next(iter(sides)) if len(sides) == 1 and len(state.shown) > 1 else None
    return side if side in SIDES.values() else None


def list_named(said: str, places: Collection[str], kb: Knowledge) -> Lesson | None:
    """The one overview whose title has every telling word of ``said`` beside the ``places`` in it.

    "What's the third success factor?" is of that list, whatever is in view.
    """
    wanted = stems(" ".join(word for word in words(said) if word not in FILLER and word not in places))
    lists = [lesson for lesson in _overviews(kb) if wanted and wanted <= stems(lesson.title)]
    return lists[0] if len(lists) == 1 else None


def stands_in(core: str, state: State, kb: Knowledge) -> tuple[Lesson, Lesson] | None:
    """For "is it one of the new ones?": the lesson last given, and the list that it stands in.

    None where that isn't asked, or it stands in no list that has another beside it.
    """
    given = kb.lessons[state.lesson] if _POINTED.match(core) and state.lesson else None
    here = list_in_view(state, kb)
    return (given, here) if given and here else None


def _is_called(overview: Lesson, age: str) -> bool:
    """Whether ``age`` ("new", "old") tells ``overview`` from the list beside it."""
    return bool(stems(overview.title) & _AGES.get(age, frozenset()))


def one_sided(lesson: Lesson, kb: Knowledge) -> str | None:
    """The side on which a model falls, or all the models of an overview do."""
    sides = {kb.lessons[item].side for item in lesson.items} if lesson.items else {lesson.side}
    return next(iter(sides)) if len(sides) == 1 else None


def overview_on(side: str, kb: Knowledge) -> Lesson | None:
    """The overview that lists one side alone."""
    return next((lesson for lesson in _overviews(kb) if one_sided(lesson, kb) == side), None)


@lru_cache(maxsize=4)
def _overviews(kb: Knowledge) -> tuple[Lesson, ...]:
    return tuple(lesson for lesson in kb.lessons.values() if lesson.items)


def elliptic(core: str, state: State, kb: Knowledge) -> Aspect | None:
    """The side that "which ones do?" or "those that don't" asks for, after models."""
    given = kb.lessons[state.lesson] if state.lesson else None
    found = _DO.fullmatch(core)
    if found is None or given is None or not any(kb.lessons[item].side for item in (given.id, *given.items)):
        return None
    if found["do"] in {"do", "does"}:
        return "works"
    if found["do"] in {"are", "is"}:
        asked = meant_by(" ".join(words(state.question))).aspect
        return "works" if asked == "verdict" else asked if asked in SIDES else None
    return "works" if one_sided(given, kb) == "failure" else "fails"


@lru_cache(maxsize=256)
def _counterpart(list_id: str, kb: Knowledge) -> Lesson | None:
    """The other list of two: the first related one with the like of its title and none of its lessons."""
    here = kb.lessons[list_id]
    kin = stems(here.title) - word_set("the for that of and to a")
    for other in (kb.lessons[lesson] for lesson in here.related):
        if other.items and kin & stems(other.title) and not set(other.items) & set(here.items):
            return other
    return None
