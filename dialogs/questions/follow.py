"""Recognise a follow-up: which of the lessons in view is meant, and what is wanted of it.

A follow-up says little of its own: "why?", "the second one", "and with the NHS?". What is left of it,
once pronouns, ordinals and the words that name an aspect are taken away, decides: nothing left is a
pure follow-up; something left is looked for among the lessons in view before it counts as fresh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dialogs.core.acts import (
    CERTAIN,
    OF_LISTS,
    OF_SIDES,
    OF_SUBJECTS,
    OF_WHAT_IS_SAID,
    Aspect,
    Meant,
    meant_by,
)
from dialogs.core.model import State
from dialogs.core.replies import Frozen
from dialogs.core.text import NUMBER_WORDS, is_question, normal, word_set, words
from dialogs.questions.naming import FILLER, POINTERS, closest
from dialogs.questions.places import ALONE, KIND, NUMBER, SEVERAL, listed_at, next_to, places_in, several_of
from dialogs.questions.sets import beside, elliptic, list_in_view, list_named, overview_of, stands_in
from knowledge import Knowledge, Lesson

_JOIN = re.compile(
    r"^(?:(?:and|but|so|or|ok|okay|well|also|then|hmm|right)\s+)*"
    r"(?:(?:what|how) about|what if|what when|even if|and if|if|same for|same with|"
    r"(?:is|does|would|will|can) (?:it|that|this) (?:be )?(?:the same|true|different|apply|work|hold|go)"
    r" (?:for|to|with))?\s*"
)
_AMOUNT = re.compile(
    rf"(?:just |only |about |say |with |for |there are |we are |we have |weve got |were |would |is |are )*"
    rf"(?P<n>{NUMBER}|\d+)"
    r"(?: (?:of us|partners?|councils?|organisations?|authorities|members|people))?"
    r"(?: (?:then|now|please|ok|okay|enough|too many|work|be|is|the|best|better|ideal|limit|fine|alright|"
    r"instead|also|at a push|at most|at least|max|maximum|or so|or more|tops|even))*"
)
"""A bare number, as after "how many"."""
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
OF_THE_TWO = re.compile(r"\bof the (?:two|three|four|six|lot|pair|ones)\b", re.IGNORECASE)
"""What asks it of the list in view: "the worst of the two"."""
_OF_IT = re.compile(
    r"(?:its|thats|theyre)\b|"
    r"(?:is|are|was|were|isnt|arent|do|does|did|doesnt|can|could|should|would|will|has|have|had|must|might) "
    r"(?:(?:it|that|this|they|those|these|he|she)\b|(?:\w+ ){1,3}(?:it|that|this|them|those|these)$)"
)
"""How a question about the last thing said begins, or ends: "would they mind?", "does sharing fix it?"."""
_IT = re.compile(r"\bI\.?T\b")
"""Capitals part the field from the pronoun."""
_ALL = re.compile(
    r"\b(?:all|each|both) (?:of (?:them|those|these)|two|three|four|five|six)\b|\bboth\b|"
    r"\bcompare (?:them|those|these)\b"
)
_THE_ONE = re.compile(
    r"\bthe (?P<a>[a-z0-9 ]{2,40}?) ones?\b|\bthe ones? (?:about|with|on|for|where) (?P<b>.{2,60})"
)

_FURTHER = word_set("other another further extra else")
_ASKS = word_set(
    "who whos whom what whats when where why how is isnt are arent was were do does did can could should "
    "would will has have had must might it its that thats this they he she we you i"
)
_BRIEF = 4
"""Words of a question that hardly says more than its aspect."""
_KINDS = re.compile(rf"\b{KIND}\b")
_ONE = re.compile(r"\bones?\b")
_LIST = re.compile(r"\b(?:the|that|this|your|whole|full|same|complete) (?:\w+ )?list\b")
_BRIEF_COUNT = 3
_PHRASED: frozenset[Aspect] = frozenset({"short", "report"})
"""Aspects that ask for other words."""
_FOR_WHOM = re.compile(r"\b(?:for|to) (?:(?:my|our|the|a|an|some|your) )?[a-z]+$")
_PARTNERS = re.compile(r"(?:partners?|councils?|districts?|organisations?|authorities)")
"""Who is counted, where nothing else is named."""


class FollowUp(Frozen, frozen=True):
    """What a follow-up asks for."""

    aspect: Aspect | None
    """None where a lesson is picked, or nothing particular is asked of it."""
    act: str = ""
    """What the words do, as learnt; empty where that isn't sure."""
    chance: float = 0.0
    """How likely it is that they do."""
    lessons: tuple[str, ...] = ()
    """The lessons that it points at; empty for the one last given."""
    beyond: bool = False
    """It points past the end of the list."""
    of_list: str = ""
    """The list in which the lesson stands that it asks about: "is it one of the new ones?"."""
    core: str = ""
    """Its words without what joins them to the talk before."""
    rest: str = ""
    """What it says of its own, besides pronouns, ordinals and the words of its act."""
    joined: bool = False
    """It leans on what was said before: "and …", "what about …", or a bare noun."""
    points: bool = False
    """It says "it", "those", "that one", "which"…"""
    of_it: bool = False
    """It asks something of "it": "is that a lot?"."""
    brief: bool = False
    """It names an aspect and hardly more: "why so low?"."""
    asks: bool = False
    """It is a question of its own, and no name of a thing."""
    amount: str = ""
    """The number that it puts up for discussion: "so 3?" after "how many"."""


def recognise(text: str, state: State, kb: Knowledge) -> FollowUp | None:
    """Read ``text`` as a follow-up; None where it can't be one."""
    if text != text.upper():
        text = _IT.sub("information technology", text)
    said = normal(text)
    core = _JOIN.sub("", said, count=1)
    joined = core != said
    found = _counted_or_picked(core, joined, state, kb)
    if found:
        return found
    if len(core) == 1 and core.isalpha():
        return None  # a letter alone is no words: nothing can be read into it
    side = elliptic(core, state, kb)
    if side:
        return FollowUp(side, side)
    unplaced, places = places_in(said)
    meant = meant_by(OF_THE_TWO.sub(" ", unplaced), _impossible(state, kb))
    few = core.split()
    if meant.aspect == "us" and NUMBER_WORDS.keys() & set(few):
        meant = Meant("about", meant.chance, core)  # "For two councils?" names how many, not who asks
    points = bool(POINTERS.intersection(few)) or few[:1] == ["which"]
    aspect = meant.aspect
    # "How about AI?" names a thing, though "are you AI?" is asked of us.
    surely = meant.act in OF_WHAT_IS_SAID or meant.chance >= CERTAIN or not joined
    own = meant.act not in {"", "question"} and aspect not in OF_SUBJECTS and surely
    rest = _JOIN.sub("", meant.rest, count=1) if own else places_in(core)[0]
    if points or places or (joined and aspect):
        rest = _KINDS.sub(" ", rest)
    dropped = FILLER | _FURTHER if aspect else FILLER
    rest = " ".join(word for word in rest.split() if word not in dropped)
    numbers = () if state.shown else NUMBER_WORDS
    if aspect and not any(word.isalpha() and word not in numbers for word in rest.split()):
        rest = ""  # "newer than 2009", "three things to do": a year or a number names no lesson
    if aspect in _PHRASED and _FOR_WHOM.search(core):
        rest = ""  # "in words for residents": who reads it is no subject
    listed = None if places else _of_list(meant, core, rest, state, kb)
    if listed:
        return listed
    of_named = list_named(core, places, kb) if places else None
    if of_named:
        return _pointed(listed_at(places, of_named.items))
    if places and (not rest or (state.shown and aspect is None)):
        return _pointed(listed_at(places, state.shown) or _left(places, state, kb), aspect)
    named = _THE_ONE.search(core)
    if named and state.shown and not places:
        lesson = closest((named["a"] or named["b"]), state.shown, kb)
        if lesson:
            return FollowUp(aspect, meant.act, lessons=(lesson,))
    bare = (len(few) <= 3 and not is_question(core)) or (len(few) == 2 and few[0] in {"which", "what"})
    joined = joined or bare or meant.act == "about"
    if rest or meant.act in {"about", "case", "meaning", "question"}:
        return FollowUp(
            aspect, meant.act, meant.chance, core=core, rest=rest, joined=joined, points=points,
            of_it=_OF_IT.match(core) is not None, brief=own and aspect is not None and len(few) <= _BRIEF,
            asks=bool(few) and few[0] in _ASKS,
        )  # fmt: skip
    if aspect is None and not (is_question(text) or joined):
        return None
    return FollowUp(aspect, meant.act, meant.chance, joined=joined, points=points)


def _counted_or_picked(core: str, joined: bool, state: State, kb: Knowledge) -> FollowUp | None:
    """A number after "how many", or places in the list in view."""
    list_in_view = len(state.shown) > 1
    amount, alone = _AMOUNT.fullmatch(core), ALONE.fullmatch(core)
    counted = state.lesson is not None and _counts(kb.lessons[state.lesson])
    if amount and counted and (joined or not list_in_view or not alone):
        return FollowUp(None, amount=amount["n"])
    if alone and (state.shown or not amount) and (not joined or core.isdecimal()):
        picked = _pointed(listed_at([alone["n"]], state.shown))
        # "And 7?" of a list of three, where how many was spoken of.
        counting = next((lesson for lesson in state.shown if _counts(kb.lessons[lesson])), None)
        if picked.beyond and counting:
            return FollowUp(None, lessons=(counting,), amount=alone["n"])
        return picked
    several = SEVERAL.search(core) if list_in_view else None
    return _pointed(several_of(several, state.shown)) if several else None


def _left(places: Sequence[str], state: State, kb: Knowledge) -> tuple[str, ...]:
    """What stands at ``places`` of the list that was talked of, where a decline offered a lesson since."""
    before = kb.lessons.get(state.before) if state.lesson is None else None
    here = overview_of(State(before.id), kb) if before else None
    return listed_at(places, here.items) if here else ()


def _impossible(state: State, kb: Knowledge) -> frozenset[str]:
    """The acts that nothing in view allows."""
    here = list_in_view(state, kb)
    listed = len(state.shown) > 1 or here is not None
    return (frozenset() if listed else OF_LISTS - {"previous"}) | (
        frozenset() if here or any(kb.lessons[shown].items for shown in state.shown) else OF_SIDES
    )


def _of_list(meant: Meant, core: str, rest: str, state: State, kb: Knowledge) -> FollowUp | None:
    """What is done to a list: counted, stepped through, shown again, or left for the one beside it."""
    act, here = meant.act, overview_of(state, kb)
    others = tuple(lesson for lesson in state.shown if lesson != state.lesson)
    if _ALL.search(core) and state.shown and not rest:
        return _all(core, meant.aspect if act != "list" else None, state, kb)
    # "How many partners?" may be of what is in view; "how many partners should we have?" is a question.
    bare = act == "count" and len(core.split()) <= _BRIEF_COUNT and _PARTNERS.fullmatch(rest)
    if rest and not bare:
        return None
    if act == "count" and (state.lesson or len(state.shown) > 1):
        return _counted(state, kb)
    if act == "next" and (state.shown or here):
        return _pointed(next_to(1, state.lesson, state.shown or (here.items if here else ())))
    if act == "previous":
        above = next_to(-1, state.lesson, state.shown) if state.lesson in state.shown else ()
        return _pointed(above or tuple(filter(None, [state.before])))
    if act in OF_SIDES:
        there = stands_in(core, state, kb)
        if there:
            return FollowUp(None, act, lessons=(there[0].id,), of_list=there[1].id)
        if act == "other" and state.lesson in state.shown and _ONE.search(core):
            return FollowUp(None, act, lessons=others)
    if act in {*OF_SIDES, "rest"}:
        looked_at = act == "rest" and state.lesson in state.shown
        aside = None if looked_at else beside("other" if act == "rest" else act, state, kb)
        picked = (aside.id,) if aside else others
        return FollowUp(None, act, lessons=picked) if picked else None
    if act == "list" and here and _LIST.search(core):
        return FollowUp(None, act, lessons=(here.id,))
    return None


def pick(text: str, listed: tuple[str, ...]) -> str | None:
    """The entry of ``listed`` that an ordinal in ``text`` names ("2", "the last one")."""
    core = _JOIN.sub("", " ".join(words(text)), count=1)
    alone = ALONE.fullmatch(core)
    places = [alone["n"]] if alone else places_in(core)[1]
    return next((lesson for place in places for lesson in listed_at([place], listed)), None)


def _pointed(lessons: tuple[str, ...], aspect: Aspect | None = None) -> FollowUp:
    """Lessons of the list in view; () for a place beyond its end."""
    return FollowUp(aspect, lessons=lessons, beyond=not lessons)


def _counted(state: State, kb: Knowledge) -> FollowUp:
    """What "how many?" asks: of the list in view, or of partners where that lesson lies beside the last."""
    if len(state.shown) > 1:
        return FollowUp(None, beyond=True)
    near = (state.lesson, *kb.lessons[state.lesson].related) if state.lesson else ()
    counting = next((lesson for lesson in near if _counts(kb.lessons[lesson])), None)
    return FollowUp(None, lessons=(counting,)) if counting else FollowUp("deck", points=True)


def _all(core: str, aspect: Aspect | None, state: State, kb: Knowledge) -> FollowUp:
    """All of the list in view, or what is asked of it as a whole; "both" of a longer one, its first two."""
    here = overview_of(state, kb)
    if aspect and here and here.items == state.shown:
        return FollowUp(aspect, lessons=(here.id,))
    return FollowUp(None, lessons=state.shown[:2] if re.search(r"\bboth\b", core) else state.shown)


@lru_cache(maxsize=256)
def _counts(lesson: Lesson) -> bool:
    """Whether the lesson answers how many there should be of something."""
    return not lesson.items and (
        _HOW_MANY.search(lesson.title) is not None
        or sum(_HOW_MANY.search(question) is not None for question in lesson.questions) > 1
    )
