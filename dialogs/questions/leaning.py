"""Words that lean on what was said before, with something of their own: "and with the NHS?"."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.acts import OF_SUBJECTS, VERY_SURE, Aspect
from dialogs.core.model import Decision, State, World
from dialogs.core.text import words as words_of
from dialogs.questions.ask import answer, knows_a_word, offered, stands
from dialogs.questions.follow import FollowUp
from dialogs.questions.given import asks_another, given_lesson, told_of
from dialogs.questions.haste import written_out
from dialogs.questions.naming import closest, in_view, mostly_of, named, of_the_deck, speaks_of, tells_of
from dialogs.questions.said_of import of_it, of_thing
from dialogs.questions.sets import beside
from knowledge import Match

OF_ANY: tuple[Aspect, ...] = (
    "ask", "practice", "source", "proof", "since", "example", "short", "when", "verdict", "report", "us",
    "why", "more", "time", "deck",
)  # fmt: skip
"""Aspects that no lesson is about: asked for and nothing else, they are asked of the lesson last given."""
_CLEAR = 0.8
"""How likely a lesson must be to be the one on a thing that it doesn't name."""
_IN_VIEW = 2.0
"""How much likelier a follow-up means a lesson in view than one that isn't."""
_LEADING = re.compile(
    r"^(?:(?:a|an|the|our|my|your|their|of|for|with|to|in|about|on|by|from|just|only|(?:we|i|they) "
    r"(?:have|had|get|got)|theres|there is|there are) )+"
)
_HOW = re.compile(r"\bhow (?:do|can|could|should|would|might) (?:i|we|you|they|one)\b", re.IGNORECASE)
"""What asks for the way to do something."""
_BRIEF = 3
"""Words of a question that is too short to change the subject."""
_LONGEST_NAME = 5
"""Words of what is taken for the name of a thing; more are a sentence."""


def leaning(state: State, text: str, follow: FollowUp, world: World) -> Decision | None:
    """Words that lean on what was said before, with something of their own: "and with the NHS?"."""
    kb = world.knowledge
    near = in_view(state, kb)
    if not near or not _leans(follow):
        return None
    if state.lesson and kb.lessons[state.lesson].items:
        other = beside("other", state, kb)
        near += other.items if other else ()
    told = any(word.isalpha() for word in follow.rest.split())
    named_else = named(follow.rest, kb) if _asks_of_any(follow) and told else None
    if named_else and named_else != state.lesson:
        if not follow.joined and asks_another(state, text, world):
            return None  # "Does outsourcing work?" is a question of its own, whatever was said before.
        return given_lesson(state, text, named_else, follow.aspect, world)
    match = kb.match(follow.core)
    thing = follow.act == "about" and _joined_on(follow, text)
    # "What about" is like many questions: of a thing, its name alone tells which lesson is on it.
    match = match if match.band != "none" or thing else kb.match(text)
    if match.outside and match.band == "none" and stands(match.outside, follow.core):
        return None
    found = match.lesson if match.band == "answer" else None
    if found and state.lesson and _stays(state.lesson, found, follow, world):
        found = None
    given = state.lesson or (state.shown[0] if offered(state) else None)
    if found and given and follow.points and follow.aspect in OF_SUBJECTS:
        # "Any saving in it?" is asked of what was spoken of, whichever lesson is about savings.
        found = found if found in near else given
    elif (
        found
        and given
        and (follow.act == "about" or follow.aspect in OF_SUBJECTS)
        and _joined_on(follow, text)
    ):
        # One word that is like a lesson's doesn't make it the lesson on that: "and pay?".
        rest = written_out(follow.rest, dict(match.corrected))
        meant = (found, closest(rest, near, kb))
        # After a list, it is the one of the list: "and money?" is a driver, once they were named.
        clear = match.candidates[0].score > _CLEAR or found in kb.lessons[given].items
        found = (
            found
            if clear
            else next((lesson for lesson in meant if lesson and tells_of(rest, lesson, kb)), given)
        )
    if found is None and state.lesson and _of_last(state.lesson, follow, match, world):
        return of_given(state, text, state.lesson, follow, world, sure=False)
    of_one = state.lesson and not kb.lessons[state.lesson].items
    if found is None and of_one and follow.aspect in OF_SUBJECTS and follow.chance > VERY_SURE:
        found = state.lesson
    if found is None and match.band == "suggest" and knows_a_word(follow.rest, match, kb):
        found = _likeliest(match, near if follow.joined else ())
        found = found if found in near else None
    if found is None and follow.joined and match.band != "suggest":
        found = closest(follow.rest, near, kb)
    if found is None and follow.joined and state.lesson and speaks_of(follow.rest, state.lesson, kb):
        found = state.lesson
    if found is None and state.lesson and follow.aspect in OF_SUBJECTS and follow.chance > VERY_SURE:
        found = state.lesson
    if found is None and follow.joined:
        found = named(follow.rest, kb)
    if found is None and thing and state.lesson and len(follow.rest.split()) < _BRIEF:
        found = state.lesson
    if found is None:
        return None
    if found == given:
        sure = match.band == "answer" and match.lesson == found
        return of_given(state, text, found, follow, world, sure)
    decision = answer(state, text, world, (found,))
    # Looking beside a list doesn't put it away: "the second one" still means the list that was asked for.
    listed = any(lesson.items == state.shown for lesson in kb.lessons.values())
    if listed and not kb.lessons[found].items:
        return replace(decision, state=replace(decision.state, shown=state.shown))
    return decision


def _joined_on(follow: FollowUp, text: str) -> bool:
    """Whether it begins with what joins it to the talk before: "and", "what about"."""
    return follow.chance > VERY_SURE and len(follow.core.split()) < len(words_of(text))


def _leans(follow: FollowUp) -> bool:
    """Whether ``follow`` leans on what was said before at all."""
    acts = follow.aspect is not None or follow.act in {"about", "case", "meaning", "honestly"}
    return follow.joined or follow.points or follow.brief or (acts and follow.chance > VERY_SURE)


def _asks_of_any(follow: FollowUp) -> bool:
    """Whether it surely asks what can be asked of any lesson."""
    return follow.aspect in OF_ANY and follow.chance > VERY_SURE


def of_given(state: State, text: str, lesson: str, follow: FollowUp, world: World, sure: bool) -> Decision:
    """What is asked of ``lesson``, the one last given: an aspect, a case, a thing, or something else."""
    kb = world.knowledge
    given, read = kb.lessons[lesson], state.told if state.lesson == lesson else ()
    if follow.aspect:
        return given_lesson(state, text, lesson, follow.aspect, world)
    if follow.act in {"case", "honestly", "question"} or follow.of_it or follow.asks:
        sure = sure and follow.act != "honestly"
        in_case = follow.act == "case"
        reply = of_it(kb, given, follow.rest, text, sure, in_case, read)
        return told_of(state, lesson, text, reply, world)
    return told_of(state, lesson, text, of_thing(kb, given, _thing(follow, text), text, read), world)


def of_same(
    state: State, text: str, follow: FollowUp | None, match: Match, world: World
) -> Decision | None:  # fmt: skip
    """What else the lesson last given says to a further question that it answers; None for any other.

    Nobody reads a lesson twice in a row who hasn't asked for it: the same words again bring it again.
    """
    again = match.band == "answer" and match.lesson == state.lesson and "deck" in state.told
    if follow is None or not again or words_of(text) == words_of(state.question):
        return None
    given = world.knowledge.lessons[state.lesson or ""]
    if given.items or len(words_of(text)) <= _BRIEF:
        return None
    if _HOW.search(text) and not follow.aspect:
        return given_lesson(state, text, given.id, "practice", world)
    return of_given(state, text, given.id, replace(follow, asks=True), world, sure=True)


def _stays(lesson: str, found: str, follow: FollowUp, world: World) -> bool:
    """Whether a few words mean the lesson last given, though alone they would match ``found``."""
    kb = world.knowledge
    if lesson == found or kb.lessons[lesson].items or not _leans(follow):
        return False
    if follow.brief and not speaks_of(follow.rest, found, kb):
        return True
    # "Is that a hard limit?" isn't of recruitment because that is hard too.
    if (follow.of_it or follow.act == "case") and not mostly_of(follow.rest, found, kb):
        return True
    return len(follow.core.split()) <= _BRIEF and bool(of_the_deck(follow.rest, kb.lessons[lesson], kb))


def _thing(follow: FollowUp, text: str) -> str:
    """What a follow-up names: its own words from the first that tells something, or those that do."""
    name = _LEADING.sub("", follow.core)
    name = name if len(name.split()) <= _LONGEST_NAME else follow.rest
    at = text.casefold().find(name)
    if at < 0:
        return name
    # A word is named with what is joined to it: "in-house".
    begin = text.rfind(" ", 0, at) + 1 if text[at - 1 : at] == "-" else at
    return text[begin : at + len(name)]


def _of_last(lesson: str, follow: FollowUp, match: Match, world: World) -> bool:
    """Whether ``follow`` is about ``lesson``, the last one given, where no lesson answers it for certain."""
    if follow.brief or follow.of_it or follow.act in {"case", "honestly"} or _asks_of_any(follow):
        return True
    likely = any(candidate.lesson == lesson for candidate in match.candidates) and match.band == "suggest"
    return follow.points and (likely or closest(follow.rest, (lesson,), world.knowledge) is not None)


def _likeliest(match: Match, near: tuple[str, ...]) -> str:
    """The candidate to take, where those in ``near`` have the better odds."""
    return max(
        match.candidates,
        key=lambda candidate: candidate.score * (_IN_VIEW if candidate.lesson in near else 1),
    ).lesson
