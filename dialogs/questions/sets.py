"""Lists of lessons as sets: the side of the deck's line on which they fall, and the list beside a list."""

from __future__ import annotations

import re

from dialogs.core.aspects import Aspect
from dialogs.core.model import State
from dialogs.core.text import stems, word_set
from knowledge import Knowledge, Lesson

SIDES: dict[Aspect, str] = {"works": "success", "fails": "failure"}
"""The aspects that ask on which side of the deck's line something falls."""

_KIND = r"(?:ones?|lists?|sides?|kinds?|lot|group|set|half|models?|drivers?|factors?|types?|reasons?)"
_CONTRAST = re.compile(
    rf"(?:the |all the )?(?P<which>new(?:er|est)?|old(?:er|est)?|other|opposite|recent|modern|traditional|"
    rf"usual|earlier|later|remaining) (?P<what>{_KIND})(?: then| please| again)?"
)
_DO = re.compile(
    r"(?:which|what|the|those|these)(?: are the)?(?: other)?(?: ones?)?(?: that| which)? "
    r"(?P<do>dont|doesnt|do not|do|does)"
)


def overview_of(state: State, kb: Knowledge) -> Lesson | None:
    """The overview that the talk is about: the one last given, or one that lists the lesson last given."""
    given = kb.lessons[state.lesson] if state.lesson else None
    if given and given.items:
        return given
    lists = [
        lesson
        for lesson in kb.lessons.values()
        if lesson.items and (given is None or given.id in lesson.items)
    ]
    shown = next((lesson for lesson in lists if lesson.items == state.shown), None)
    return shown or (next(iter(lists), None) if given else None)


def beside(core: str, state: State, kb: Knowledge) -> Lesson | None:
    """The overview that ``core`` names against the one in view: "the newer ones", "the other list"."""
    found = _CONTRAST.fullmatch(core)
    if found is None:
        return None
    which = re.sub(r"(?<=new|old)e(?:r|st)$", "", found["which"])
    here = overview_of(state, kb)
    if here is None:
        listed = [kb.lessons[lesson] for lesson in state.shown if kb.lessons[lesson].items]
        either = [*listed, *filter(None, (_counterpart(lesson, kb) for lesson in listed))]
        return next((lesson for lesson in either if which in stems(lesson.title)), None)
    one_of_list = state.lesson in state.shown and found["what"] in {"one", "ones"}
    if found["which"] in {"other", "remaining"} and one_of_list:
        return None
    return here if which in stems(here.title) else _counterpart(here, kb)


def one_sided(lesson: Lesson, kb: Knowledge) -> str | None:
    """The side on which a model falls, or all the models of an overview do."""
    sides = {kb.lessons[item].side for item in lesson.items} if lesson.items else {lesson.side}
    return next(iter(sides)) if len(sides) == 1 else None


def overview_on(side: str, kb: Knowledge) -> Lesson | None:
    """The overview that lists one side alone."""
    return next(
        (lesson for lesson in kb.lessons.values() if lesson.items and one_sided(lesson, kb) == side), None
    )


def elliptic(core: str, state: State, kb: Knowledge) -> Aspect | None:
    """The side that "which ones do?" or "those that don't" asks for, after a list of models."""
    found = _DO.fullmatch(core)
    given = kb.lessons[state.lesson] if found and state.lesson else None
    if found is None or given is None or not any(kb.lessons[item].side for item in (given.id, *given.items)):
        return None
    if found["do"] in {"do", "does"}:
        return "works"
    return "works" if one_sided(given, kb) == "failure" else "fails"


def _counterpart(here: Lesson, kb: Knowledge) -> Lesson | None:
    """The other list of two: the first related one with the like of its title and none of its lessons."""
    kin = stems(here.title) - word_set("the for that of and to a")
    for other in (kb.lessons[lesson] for lesson in here.related):
        if other.items and kin & stems(other.title) and not set(other.items) & set(here.items):
            return other
    return None
