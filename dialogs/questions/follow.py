"""Recognise a follow-up: which of the lessons in view is meant, and what is wanted of it.

A follow-up says little of its own: "why?", "the second one", "and with the NHS?". What is left of it,
once pronouns, ordinals and the words that name an aspect are taken away, decides: nothing left is a
pure follow-up; something left is looked for among the lessons in view before it counts as fresh.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.acts import OF_LISTS, OF_SIDES, OF_SUBJECTS, Aspect, Meant, meant_by
from dialogs.core.model import State
from dialogs.core.replies import Frozen
from dialogs.core.text import NUMBER_WORDS, is_question, word_set, words
from dialogs.questions.naming import FILLER, POINTERS, closest
from dialogs.questions.sets import beside, elliptic, list_in_view, overview_of, stands_in
from knowledge import Knowledge, Lesson

_KIND = r"(?:models?|factors?|drivers?|types?|kinds?|options?|points?|items?|lessons?|reasons?|arrangements?)"
_JOIN = re.compile(
    r"^(?:(?:and|but|so|or|ok|okay|well|also|then|hmm|right)\s+)*"
    r"(?:(?:what|how) about|what if|what when|even if|and if|if|same for|same with|"
    r"(?:is|does|would|will|can) (?:it|that|this) (?:be )?(?:the same|true|different|apply|work|hold|go)"
    r" (?:for|to|with))?\s*"
)
_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "1": 0, "former": 0, "top": 0,
    "second": 1, "2nd": 1, "two": 1, "2": 1, "third": 2, "3rd": 2, "three": 2, "3": 2,
    "fourth": 3, "4th": 3, "four": 3, "4": 3, "fifth": 4, "5th": 4, "five": 4, "5": 4,
    "sixth": 5, "6th": 5, "six": 5, "6": 5, "seventh": 6, "7th": 6, "seven": 6, "7": 6,
    "eighth": 7, "8th": 7, "eight": 7, "8": 7, "ninth": 8, "9th": 8, "nine": 8, "9": 8,
    "tenth": 9, "10th": 9, "ten": 9, "10": 9, "last": -1, "final": -1, "latter": -1, "bottom": -1,
    "penultimate": -2,
}  # fmt: skip
_PLACE = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d\d?(?:st|nd|rd|th)|last|final|"
    r"penultimate|"
    r"middle)"
)
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d\d?)"
_OF_TIME = r"(?! (?:years?|months?|weeks?|days?|times?|place|phase|stage|meeting|half|quarter|thing)\b)"
_ORDINAL = re.compile(
    rf"\bthe (?P<a>{_PLACE}|former|latter|top|bottom)\b{_OF_TIME}"
    rf"(?: (?:ones?|{_KIND}|of (?:them|those|these)))?"
    rf"|\b(?P<b>{_PLACE}) (?:one|{_KIND})\b"
    rf"|\b(?:number|no|option|item|point) (?P<c>{_NUMBER})\b"
    rf"|\bwhich (?:is|was|comes) (?P<d>{_PLACE})\b"
)
_ALONE = re.compile(rf"(?:no |number |option |item |point )?(?P<n>{_PLACE}|{_NUMBER})(?: (?:please|then))?")
_AMOUNT = re.compile(
    rf"(?:just |only |about |say |with |there are |we are |we have |weve got |were |would |is |are )*"
    rf"(?P<n>{_NUMBER}|\d+)"
    r"(?: (?:of us|partners?|councils?|organisations?|authorities|members|people))?"
    r"(?: (?:then|now|please|ok|okay|enough|too many|work|be|is|the|best|better|ideal|limit|fine|alright|"
    r"instead|also|at a push|at most|at least|max|maximum|or so|or more|tops|even))*"
)
"""A bare number, as after "how many"."""
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"\bthe (?P<end>first|last|top|bottom) (?P<many>{_NUMBER})\b(?: ones?| {_KIND})?"
    rf"|\b(?:between |numbers? |no |both |compare )?(?P<one>{_NUMBER}) (?:and|or|with|versus|vs) "
    rf"(?P<other>{_NUMBER})$"
)
"""Several of a list: "the first two", "1 and 3"."""
OF_THE_TWO = re.compile(r"\bof the (?:two|three|four|six|lot|pair|ones)\b", re.IGNORECASE)
"""What asks it of the list in view: "the worst of the two"."""
_OF_IT = re.compile(
    r"(?:is|are|was|were|isnt|arent|do|does|did|doesnt|can|could|should|would|will|has|have|had|must|might) "
    r"(?:it|that|this|they|those|these|he|she)\b"
)
"""How a question about the last thing said begins: "is that a lot?", "would they mind?"."""
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
_KINDS = re.compile(rf"\b{_KIND}\b")
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
    said = " ".join(words(text)).replace("'", "")
    core = _JOIN.sub("", said, count=1)
    joined = core != said
    found = _counted_or_picked(core, joined, state, kb)
    if found:
        return found
    side = elliptic(core, state, kb)
    if side:
        return FollowUp(side, side)
    unplaced, places = _places(said)
    meant = meant_by(OF_THE_TWO.sub(" ", unplaced), _impossible(state, kb))
    few = core.split()
    points = bool(POINTERS.intersection(few)) or few[:1] == ["which"]
    aspect = meant.aspect
    own = meant.act not in {"", "question"} and aspect not in OF_SUBJECTS
    rest = _JOIN.sub("", meant.rest, count=1) if own else _places(core)[0]
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
    if places and (not rest or (state.shown and aspect is None)):
        return _picked(aspect, places, state)
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
    amount, alone = _AMOUNT.fullmatch(core), _ALONE.fullmatch(core)
    counted = state.lesson is not None and _counts(kb.lessons[state.lesson])
    if amount and counted and (joined or not list_in_view or not alone):
        return FollowUp(None, amount=amount["n"])
    if alone and (state.shown or not amount) and (not joined or core.isdecimal()):
        picked = _picked(None, [alone["n"]], state)
        # "And 7?" of a list of three, where how many was spoken of.
        counting = next((lesson for lesson in state.shown if _counts(kb.lessons[lesson])), None)
        if picked.beyond and counting:
            return FollowUp(None, lessons=(counting,), amount=alone["n"])
        return picked
    several = _SEVERAL.search(core) if list_in_view else None
    return _several(several, state) if several else None


def _impossible(state: State, kb: Knowledge) -> frozenset[str]:
    """The acts that nothing in view allows."""
    here = list_in_view(state, kb)
    listed = len(state.shown) > 1 or here is not None
    return (frozenset() if listed else OF_LISTS) | (
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
    if act in {"next", "previous"} and (state.shown or here):
        listed = state.shown or (here.items if here else ())
        return _step(-1 if act == "previous" else 1, replace(state, shown=listed))
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
    alone = _ALONE.fullmatch(core)
    places = [alone["n"]] if alone else _places(core)[1]
    at = [_ORDINALS[place] for place in places if place in _ORDINALS]
    return listed[at[0]] if at and listed and at[0] < len(listed) else None


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


def _places(core: str) -> tuple[str, list[str]]:
    """``core`` without its ordinals, and the ordinals."""
    found = [next(group for group in match.groups() if group) for match in _ORDINAL.finditer(core)]
    return _ORDINAL.sub(" ", core), found


def _counts(lesson: Lesson) -> bool:
    """Whether the lesson answers how many there should be of something."""
    return not lesson.items and (
        _HOW_MANY.search(lesson.title) is not None
        or sum(_HOW_MANY.search(question) is not None for question in lesson.questions) > 1
    )


def _picked(aspect: Aspect | None, places: list[str], state: State) -> FollowUp:
    middle = len(state.shown) // 2
    ordinals = _ORDINALS | {"middle": middle} if len(state.shown) % 2 else _ORDINALS
    at = [ordinals[place] for place in dict.fromkeys(places) if place in ordinals]
    if not at or not state.shown or max(at) >= len(state.shown):
        return FollowUp(aspect, beyond=True)
    return FollowUp(aspect, lessons=tuple(dict.fromkeys(state.shown[index] for index in at)))


def _several(found: re.Match[str], state: State) -> FollowUp:
    if found["end"]:
        many = _ORDINALS.get(found["many"], len(state.shown)) + 1
        listed = state.shown[:many] if found["end"] in ("first", "top") else state.shown[-many:]
        return FollowUp(None, lessons=listed) if many <= len(state.shown) else FollowUp(None, beyond=True)
    return _picked(None, [found["one"], found["other"]], state)


def _step(by: int, state: State) -> FollowUp:
    at = state.shown.index(state.lesson) + by if state.lesson in state.shown else 0
    return (
        FollowUp(None, lessons=(state.shown[at],))
        if 0 <= at < len(state.shown)
        else FollowUp(None, beyond=True)
    )
