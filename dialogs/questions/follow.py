"""Recognise a follow-up: which of the lessons in view is meant, and what is wanted of it.

A follow-up says little of its own: "why?", "the second one", "and with the NHS?". What is left of it,
once pronouns, ordinals and the words that name an aspect are taken away, decides: nothing left is a
pure follow-up; something left is looked for among the lessons in view before it counts as fresh.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.acts import Aspect, aspect_of
from dialogs.core.model import State
from dialogs.core.replies import Frozen
from dialogs.core.text import is_question, word_set, words
from dialogs.questions.naming import FILLER, POINTERS, closest
from dialogs.questions.sets import asked_of_list, beside, elliptic, overview_of
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
}  # fmt: skip
_PLACE = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d\d?(?:st|nd|rd|th)|last|final|"
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
_MEANS = re.compile(
    r"(?:and |but |so |sorry )*(?:(?:what|whats|who)(?: do| does| did| is| are)? "
    r"(?:(?:you|it|they|the deck) )?(?:mean|means|meant) by (?P<a>.+)|"
    r"what (?:does|do|is|are) (?P<b>.+) mean(?: here)?|"
    r"(?:define|the meaning of|whats the meaning of|what is the meaning of|what counts as) (?P<c>.+))"
)
_OTHER = re.compile(
    r"(?:(?:what|which|who) are )?(?:the )?(?:others?|rest|remaining)(?: ones?| of (?:them|those|these))?"
)
_STEP = re.compile(
    r"(?:(?:whats|what is|what comes|give me|show me) )?(?:the )?"
    r"(?P<where>next|previous|after (?:that|this|it)|before (?:that|this|it))(?: one)?"
    r"(?: (?:on|in) (?:the|that|your) list)?(?: please)?"
)
_SEVERAL = re.compile(
    rf"\bthe (?P<end>first|last|top|bottom) (?P<many>{_NUMBER})\b(?: ones?| {_KIND})?"
    rf"|\b(?:between |numbers? |no |both |compare )?(?P<one>{_NUMBER}) (?:and|or|with|versus|vs) "
    rf"(?P<other>{_NUMBER})$"
)
"""Several of a list: "the first two", "1 and 3"."""
OF_THE_TWO = re.compile(r"\bof the (?:two|three|four|six|lot|pair|ones)\b", re.IGNORECASE)
"""What asks it of the list in view: "the worst of the two"."""
_COUNT = re.compile(
    r"how many(?: (?:are there|are they|is that|(?:are|is) (?:there )?(?:in|on) (?:it|that|this)(?: list)?|"
    r"of (?:them|those|these|us)(?: are there)?|partners?|"
    r"councils?|districts?|organisations?|authorities|(?:should|can|could) (?:we|you|there) (?:be|have)))?"
)
_OF_IT = re.compile(
    r"(?:is|are|was|were|isnt|arent|do|does|did|doesnt|can|could|should|would|will|has|have|had|must|might) "
    r"(?:it|that|this|they|those|these|he|she)\b"
)
"""How a question about the last thing said begins: "is that a lot?", "would they mind?"."""
_ITSELF = frozenset(
    {"it", "that", "this", "these", "those", "them", "all this", "all that", "you", "he", "they"}
)
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
_ASKING = word_set("who whom when where which how what")
_HOW_TO = re.compile(r"how (?:do|can|could|should|would|shall|might|to)\b(?: (?:i|we|you|they|one)\b)?")
"""How a question begins that asks what to do."""
_IN_CASE = re.compile(r"(?:(?:and|but|so|ok|well) )*(?:what|even|and|but) (?:if|when) ")
"""How a question begins that asks what holds in a case."""
_ASKS = word_set(
    "who whos whom what whats when where why how is isnt are arent was were do does did can could should "
    "would will has have had must might it its that thats this they he she we you i"
)
_WHICH_OF = re.compile(r"(?:(?:in|for|of|on|under|to|by) )?(?:which|what) (?!if\b|when\b|about\b)")
_BRIEF = 4
"""Words of a question that hardly says more than its aspect."""
_KINDS = re.compile(rf"\b{_KIND}\b")


class FollowUp(Frozen, frozen=True):
    """What a follow-up asks for."""

    aspect: Aspect | None
    """None where a lesson is picked, or nothing particular is asked of it."""
    lessons: tuple[str, ...] = ()
    """The lessons that it points at; empty for the one last given."""
    beyond: bool = False
    """It points past the end of the list."""
    of_list: str = ""
    """The list in which the lesson stands that it asks about: "is it one of the new ones?"."""
    core: str = ""
    """Its words without what joins them to the talk before."""
    rest: str = ""
    """What it says of its own, besides pronouns, ordinals and the aspect."""
    joined: bool = False
    """It leans on what was said before: "and …", "what about …", or a bare noun."""
    points: bool = False
    """It says "it", "those", "that one", "which"…"""
    of_it: bool = False
    """It asks something of "it": "is that a lot?"."""
    brief: bool = False
    """It names an aspect and hardly more: "why so low?"."""
    in_case: bool = False
    """It asks what holds in a case: "what if …"."""
    asks: bool = False
    """It is a question of its own, and no name of a thing."""
    which_of: bool = False
    """It asks which of something: "what legislation?"."""
    how_to: bool = False
    """It asks how something is done."""
    means: str = ""
    """The words of ours whose meaning it asks for."""
    amount: str = ""
    """The number that it puts up for discussion: "so 3?" after "how many"."""


def recognise(text: str, state: State, kb: Knowledge) -> FollowUp | None:
    """Read ``text`` as a follow-up; None where it can't be one."""
    if text != text.upper():
        text = _IT.sub("information technology", text)
    said = " ".join(words(text)).replace("'", "")
    core = _JOIN.sub("", said, count=1)
    joined = core != said
    few = core.split()
    points = bool(POINTERS.intersection(few)) or few[:1] == ["which"]
    means = _MEANS.fullmatch(said)
    if means and state.lesson:
        meant = means["a"] or means["b"] or means["c"]
        if meant not in _ITSELF:
            return FollowUp(None, means=meant)
    list_in_view = len(state.shown) > 1
    amount = _AMOUNT.fullmatch(core)
    alone = _ALONE.fullmatch(core)
    counted = state.lesson is not None and _counts(kb.lessons[state.lesson])
    if amount and counted and (joined or not list_in_view or not alone):
        return FollowUp(None, amount=amount["n"])
    if alone and (state.shown or not amount) and (not joined or core.isdecimal()):
        picked = _picked(None, [alone["n"]], state)
        # "And 7?" of a list of three, where how many was spoken of.
        counting = next((lesson for lesson in state.shown if _counts(kb.lessons[lesson])), None)
        return FollowUp(None, (counting,), amount=alone["n"]) if picked.beyond and counting else picked
    if _COUNT.fullmatch(core):
        return _counted(state, kb) if state.lesson or list_in_view else None
    member = asked_of_list(core, state, kb)
    if member:
        return FollowUp(None, (member[0].id,), of_list=member[1].id)
    several = _SEVERAL.search(core) if list_in_view else None
    if several:
        return _several(several, state)
    there = beside(core, state, kb)
    if there:
        return FollowUp(None, (there.id,))
    unplaced, places = _places(core)
    aspect, rest_text = aspect_of(OF_THE_TWO.sub(" ", unplaced))
    side = elliptic(core, state, kb)
    if side:
        return FollowUp(side)
    if points or places or (joined and aspect):
        rest_text = _KINDS.sub(" ", rest_text)
    dropped = FILLER | _FURTHER if aspect else FILLER
    rest = " ".join(word for word in rest_text.split() if word not in dropped)
    if places and (not rest or (state.shown and aspect is None)):
        return _picked(aspect, places, state)
    others = tuple(lesson for lesson in state.shown if lesson != state.lesson)
    if others and _OTHER.fullmatch(core):
        return FollowUp(None, others)
    step = _STEP.fullmatch(core)
    overview = overview_of(state, kb) if step else None
    if step and (state.shown or overview):
        listed = state.shown or (overview.items if overview else ())
        return _step(
            -1 if step["where"].startswith(("previous", "before")) else 1, replace(state, shown=listed)
        )
    if (
        _ALL.search(core)
        and state.shown
        and not [w for w in _ALL.sub("", rest_text).split() if w not in FILLER]
    ):
        return _all(core, aspect, state, kb)
    named = _THE_ONE.search(core)
    if named and state.shown and not places:
        lesson = closest((named["a"] or named["b"]), state.shown, kb)
        if lesson:
            return FollowUp(aspect, (lesson,))
    bare = (len(few) <= 3 and not is_question(core)) or (len(few) == 2 and few[0] in {"which", "what"})
    brief = aspect is not None and len(few) <= _BRIEF
    if rest:
        asks_of_it = _OF_IT.match(core) is not None
        return FollowUp(
            aspect, core=core, rest=rest, joined=joined or bare, points=points, of_it=asks_of_it, brief=brief,
            in_case=_IN_CASE.match(said) is not None, asks=core.split()[0] in _ASKS,
            which_of=_WHICH_OF.match(core) is not None, how_to=_HOW_TO.match(core) is not None,
        )  # fmt: skip
    if aspect is None and not (is_question(text) or joined or _ASKING.intersection(few)):
        return None
    return FollowUp(aspect, joined=joined, points=points)


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
    near = kb.lessons[state.lesson].related if state.lesson else ()
    counting = next((lesson for lesson in near if _counts(kb.lessons[lesson])), None)
    return FollowUp(None, (counting,)) if counting else FollowUp("deck", points=True)


def _all(core: str, aspect: Aspect | None, state: State, kb: Knowledge) -> FollowUp:
    """All of the list in view, or what is asked of it as a whole; "both" of a longer one, its first two."""
    here = overview_of(state, kb)
    if aspect and here and here.items == state.shown:
        return FollowUp(aspect, (here.id,))
    return FollowUp(None, state.shown[:2] if re.search(r"\bboth\b", core) else state.shown)


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
    return FollowUp(aspect, tuple(dict.fromkeys(state.shown[index] for index in at)))


def _several(found: re.Match[str], state: State) -> FollowUp:
    if found["end"]:
        many = _ORDINALS.get(found["many"], len(state.shown)) + 1
        listed = state.shown[:many] if found["end"] in ("first", "top") else state.shown[-many:]
        return FollowUp(None, listed) if many <= len(state.shown) else FollowUp(None, beyond=True)
    return _picked(None, [found["one"], found["other"]], state)


def _step(by: int, state: State) -> FollowUp:
    at = state.shown.index(state.lesson) + by if state.lesson in state.shown else 0
    return FollowUp(None, (state.shown[at],)) if 0 <= at < len(state.shown) else FollowUp(None, beyond=True)
