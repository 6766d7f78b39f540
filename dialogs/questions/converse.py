"""Typed words that are no command: a follow-up, or a fresh question."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.aspects import Aspect
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Reply, Text
from dialogs.core.text import is_question, stems, word_set
from dialogs.core.text import words as words_of
from dialogs.questions.ask import answer, ask, declined, knows_a_word, pending, several
from dialogs.questions.blocks import show
from dialogs.questions.browse import lessons, listed_headings, which_one
from dialogs.questions.follow import FollowUp, closest, in_view, pick, recognise
from dialogs.questions.guide import about_what
from dialogs.questions.tell import SIDES, again, leads, sided, tell
from dialogs.wording import conversation as words
from knowledge import Match

_MANY = word_set("which those these")
_OF_ANY: tuple[Aspect, ...] = ("ask", "practice", "source", "since", "example")
"""Aspects that no lesson is about: asked for and nothing else, they are asked of the lesson last given."""
_IN_VIEW = 2.0
"""How much likelier a follow-up means a lesson in view than one that isn't."""


def converse(state: State, text: str, addressed: bool, world: World) -> Decision:
    """Answer ``text``; a remark in a thread that isn't for us is not heard."""
    takes_part = addressed or world.speaker.id in state.asked_by
    if not takes_part and not is_question(text):
        return unheard(state)
    if state.headings_shown:
        heading = pick(text, listed_headings(world.knowledge))
        if heading:
            return lessons(state, heading, world)
    match = world.knowledge.match(text)
    # Two questions that are clear of themselves are no follow-up, whatever pronouns they use.
    if addressed and not match.outside and len(several(text, world.knowledge)) > 1:
        return ask(state, text, world, match)
    follow = recognise(text, state, world.knowledge)
    if follow and not addressed and _says_nothing(follow):
        return unheard(state)
    # Somebody else's half-sentence is a guess too many.
    clear = follow is not None and (takes_part or not follow.rest)
    decision = _follow(state, text, follow, addressed, world) if follow and clear else None
    if decision:
        return decision
    if not addressed and not _speaks_up(match, is_question(text), takes_part):
        return unheard(state)
    return ask(state, text, world, match)


def unheard(state: State) -> Decision:
    """Nothing was said to us."""
    return Decision(state, heard=False)


def _speaks_up(match: Match, question: bool, takes_part: bool) -> bool:
    """Whether a remark that doesn't address us deserves a word: not if that would be chatter."""
    return match.band == "answer" or (takes_part and question)


def _says_nothing(follow: FollowUp) -> bool:
    """Whether the words could as well be meant for a colleague: "what do you think?"."""
    return not (follow.aspect or follow.lessons or follow.rest or follow.joined or follow.beyond)


def _follow(state: State, text: str, follow: FollowUp, addressed: bool, world: World) -> Decision | None:
    """What ``follow`` leads to; None where the words are better taken as a fresh question."""
    kb = world.knowledge
    if follow.beyond and not state.shown:
        return about_what(state, world) if addressed else None
    if follow.beyond:
        count = len(state.shown)
        blocks = (Text(words.LIST_IS_SHORTER.format(count=count)), show(kb, state.shown))
        return Decision(state, (Reply(blocks),))
    if len(follow.lessons) > 1:
        return _told(state, follow.lessons[0], text, leads(kb, follow.lessons, text))
    if follow.lessons:
        return _one(state, text, follow.lessons[0], follow.aspect, world)
    if follow.rest:
        return _leaning(state, text, follow, world)
    if state.band == "none" and follow.aspect == "why":
        return declined(state, world)
    if follow.aspect in SIDES and _of_several(state, text, world):
        if not any(kb.lessons[one].side == SIDES[follow.aspect] for one in state.shown) and _fresh(
            state, text, world
        ):
            return None
        reply = sided(kb, state.shown, follow.aspect, text)
        return _told(state, reply.asked.lesson, text, reply) if reply and reply.asked else None
    leans = follow.points or (follow.joined and follow.aspect not in SIDES)
    if not leans and follow.aspect not in _OF_ANY and len(words_of(text)) > 2 and _fresh(state, text, world):
        return None
    if state.lesson is None and not pending(state):
        if state.shown:
            return which_one(state, world)
        clear = len(words_of(text)) > 2 and world.knowledge.match(text).band == "answer"
        return None if clear or not addressed else about_what(state, world)
    if follow.aspect == "items" and state.shown and not (state.lesson and kb.lessons[state.lesson].items):
        return _told(state, state.shown[0], text, leads(kb, state.shown, text))
    aspect: Aspect = follow.aspect or ("more" if follow.joined else "deck")
    return _one(state, text, state.lesson or state.shown[0], aspect, world)


def _of_several(state: State, text: str, world: World) -> bool:
    """Whether ``text`` asks which of a list: it says "those", or "they" right after an overview."""
    said = set(words_of(text))
    overview = state.lesson is None or bool(world.knowledge.lessons[state.lesson].items)
    return bool(said & _MANY) or (overview and bool(said & {"they", "them"}))


def _fresh(state: State, text: str, world: World) -> bool:
    """Whether ``text`` clearly asks for another lesson than the one last given."""
    match = world.knowledge.match(text)
    return match.band == "answer" and match.lesson != state.lesson


def _one(state: State, text: str, lesson: str, aspect: Aspect | None, world: World) -> Decision:
    """One lesson that was pointed at: in full, or the aspect asked for."""
    kb = world.knowledge
    if aspect is None:
        return answer(state, text, world, (lesson,))
    opening = words.LIKELIEST if pending(state) and not state.lesson else words.ABOUT
    return _told(state, lesson, text, tell(kb, kb.lessons[lesson], aspect, text, opening))


def _leaning(state: State, text: str, follow: FollowUp, world: World) -> Decision | None:
    """Words that lean on what was said before, with something of their own: "and with the NHS?"."""
    kb = world.knowledge
    near = in_view(state, kb)
    if not near or not (follow.joined or follow.points or follow.brief):
        return None
    match = kb.match(follow.core)
    if match.outside:
        return None
    found = match.lesson if match.band == "answer" else None
    if found is None and state.lesson and _of_last(state.lesson, follow, match, world):
        return _one(state, text, state.lesson, follow.aspect or "deck", world)
    if found is None and match.band == "suggest" and knows_a_word(follow.rest, match, kb):
        found = _likeliest(match, near if follow.joined else ())
        found = found if found in near else None
    if found is None and follow.joined and match.band != "suggest":
        found = closest(follow.rest, near, kb) or _titled(follow.rest, match, world)
    if found is None:
        return None
    if found == state.lesson:
        if follow.aspect:
            return _one(state, text, found, follow.aspect, world)
        return _told(state, found, text, again(kb, kb.lessons[found], text))
    decision = answer(state, text, world, (found,))
    # Looking beside a list doesn't put it away: "the second one" still means the list that was asked for.
    listed = any(one.items == state.shown for one in kb.lessons.values())
    if listed and not kb.lessons[found].items:
        return replace(decision, state=replace(decision.state, shown=state.shown))
    return decision


def _of_last(lesson: str, follow: FollowUp, match: Match, world: World) -> bool:
    """Whether ``follow`` is about ``lesson``, the last one given, where no lesson answers it for certain."""
    if follow.brief or follow.of_it:
        return True
    likely = any(one.lesson == lesson for one in match.candidates) and match.band == "suggest"
    return follow.points and (likely or closest(follow.rest, (lesson,), world.knowledge) is not None)


def _likeliest(match: Match, near: tuple[str, ...]) -> str:
    """The candidate to take, where those in ``near`` have the better odds."""
    return max(match.candidates, key=lambda one: one.score * (_IN_VIEW if one.lesson in near else 1)).lesson


def _titled(rest: str, match: Match, world: World) -> str | None:
    """The likeliest lesson, where its title has every word of ``rest``."""
    likeliest = match.candidates[0].lesson if match.candidates else None
    if likeliest is None:
        return None
    return likeliest if stems(rest) <= stems(world.knowledge.lessons[likeliest].title) else None


def _told(state: State, lesson: str | None, text: str, reply: Reply) -> Decision:
    """``reply`` is about ``lesson``, and the list in view stays as it was."""
    then = replace(state, lesson=lesson, headings_shown=False, question=text, band="answer")
    return Decision(then, (reply,))
