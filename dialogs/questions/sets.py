"""Lists of lessons as sets: the side of the deck's line on which they fall, and the list beside a list."""

from __future__ import annotations

import re

from dialogs.core.acts import Aspect, aspect_of
from dialogs.core.model import State
from dialogs.core.text import stems, word_set, words
from knowledge import Knowledge, Lesson

SIDES: dict[Aspect, str] = {"works": "success", "fails": "failure"}
"""The aspects that ask on which side of the deck's line something falls."""

_KIND = r"(?:ones?|lists?|sides?|kinds?|lot|group|set|half|models?|drivers?|factors?|types?|reasons?)"
_AGES = (
    word_set("new newer newest recent modern later latest"),
    word_set("traditional old older oldest usual earlier"),
)
"""What people call the later and the earlier of two lists, whatever their titles."""
_CONTRAST = re.compile(
    rf"(?:(?:is|are|was|were) (?P<it>it|that|this|they|those|these) (?:in |on |one of |among )?)?"
    rf"(?:(?:which|what|whats|who)(?: are| is| were)? |are there (?:any )?)?"
    rf"(?P<the>the |all the )?(?P<which>{'|'.join(word for age in _AGES for word in sorted(age))}|"
    rf"other|opposite|reverse|remaining)(?: (?P<what>{_KIND}))?(?: then| please| again)?"
)
_WHOLE = re.compile(
    r"(?:(?:whats?|who)(?: else)?(?: is| are| was)?|show me|give me|remind me of|back to|"
    r"the (?:rest|others)|(?:the )?(?:whole|full|entire))(?: of)?(?: on| in)? "
    r"(?:the |that |this |your |of )*(?:whole |same )?list"
)
"""The list again, of which one was looked at."""
_INSTEAD = re.compile(
    r"(?:.* )?(?:instead|alternatives?|other (?:options?|ways?|choices?))"
    r"(?: (?:then|to (?:it|that|this)|is there|are there|do we have))?"
)
_DO = re.compile(
    r"(?:which|what|the|those|these)(?: are the)?(?: other)?(?: ones?)?(?: that| which)? "
    r"(?P<do>dont|doesnt|do not|do|does|are|is|arent|isnt|are not|is not)"
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
    here = overview_of(state, kb)
    if here and _WHOLE.fullmatch(core):
        return here
    found = _CONTRAST.fullmatch(core)
    if found is None or found["it"]:
        return None
    alone = found["which"] in {"opposite", "reverse"} or any(found["which"] in age for age in _AGES)
    if not found["what"] and not (found["the"] and alone):
        return None
    if here is None:
        listed = [kb.lessons[lesson] for lesson in state.shown if kb.lessons[lesson].items]
        either = [*listed, *filter(None, (_counterpart(lesson, kb) for lesson in listed))]
        return next((lesson for lesson in either if _is_called(lesson, found["which"])), None)
    one_of_list = state.lesson in state.shown and found["what"] in {"one", "ones"}
    if found["which"] in {"other", "remaining"} and one_of_list:
        return None
    return here if _is_called(here, found["which"]) else _counterpart(here, kb)


def asked_of_list(core: str, state: State, kb: Knowledge) -> tuple[Lesson, Lesson] | None:
    """For "is it one of the new ones?": the lesson last given, and the list that it stands in.

    None where that isn't asked, or it stands in no list that has another beside it.
    """
    found = _CONTRAST.fullmatch(core)
    given = kb.lessons[state.lesson] if found and found["it"] and state.lesson else None
    here = overview_of(state, kb)
    return (given, here) if given and here and _counterpart(here, kb) else None


def _is_called(overview: Lesson, which: str) -> bool:
    """Whether ``which`` ("old", "newer") tells ``overview`` from the list beside it."""
    title = stems(overview.title)
    return which in title or any(which in age and title & age for age in _AGES)


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
    """The side that "which ones do?", "those that don't" or "what else, instead?" asks for, after models."""
    given = kb.lessons[state.lesson] if state.lesson else None
    if given and _INSTEAD.fullmatch(core) and one_sided(given, kb) == "failure":
        return "works"
    found = _DO.fullmatch(core)
    if found is None or given is None or not any(kb.lessons[item].side for item in (given.id, *given.items)):
        return None
    if found["do"] in {"do", "does"}:
        return "works"
    if found["do"] in {"are", "is"}:
        asked = aspect_of(" ".join(words(state.question)))[0]
        return asked if asked in SIDES else None
    return "works" if one_sided(given, kb) == "failure" else "fails"


def _counterpart(here: Lesson, kb: Knowledge) -> Lesson | None:
    """The other list of two: the first related one with the like of its title and none of its lessons."""
    kin = stems(here.title) - word_set("the for that of and to a")
    for other in (kb.lessons[lesson] for lesson in here.related):
        if other.items and kin & stems(other.title) and not set(other.items) & set(here.items):
            return other
    return None
