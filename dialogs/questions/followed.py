"""What a follow-up leads to: a lesson of the list, an aspect of the last one, or what it says of a thing."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.acts import OF_SUBJECTS, VERY_SURE, Aspect, meant_by
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Reply, Text
from dialogs.core.text import word_set
from dialogs.core.text import words as words_of
from dialogs.questions.ask import answer, declined, knows_a_word, offered, stands
from dialogs.questions.blocks import show
from dialogs.questions.browse import which_one
from dialogs.questions.follow import OF_THE_TWO, FollowUp
from dialogs.questions.guide import about_what
from dialogs.questions.haste import written_out
from dialogs.questions.naming import closest, in_view, mostly_of, named, of_the_deck, speaks_of, tells_of
from dialogs.questions.said_of import meaning, of_it, of_thing, told
from dialogs.questions.sets import SIDES, one_sided, overview_on
from dialogs.questions.tell import leads, sided, stands_in, tell, unranked
from dialogs.wording import conversation as words
from knowledge import Match

_MANY = word_set("which those these")
_RANKED = frozenset({"best", "worst"})
"""Acts that ask which of several is the most so."""
_OF_THEM = word_set("those these them they")
_OF_ANY: tuple[Aspect, ...] = (
    "ask", "practice", "source", "proof", "since", "example", "short", "when", "verdict", "report", "us",
    "why", "more", "time",
)  # fmt: skip
"""Aspects that no lesson is about: asked for and nothing else, they are asked of the lesson last given."""
_OF_THE_DECK: tuple[Aspect, ...] = ("source", "proof", "since", "when", "report")
"""Aspects that can be asked of all that is said here, before anything was."""
_THE_SOURCE = "what is the {source} behind these answers"
_CLEAR = 0.8
"""How likely a lesson must be to be the one on a thing that it doesn't name."""
_IN_VIEW = 2.0
"""How much likelier a follow-up means a lesson in view than one that isn't."""
_LEADING = re.compile(
    r"^(?:(?:a|an|the|our|my|your|their|of|for|with|to|in|about|on|by|from|just|only|(?:we|i|they) "
    r"(?:have|had|get|got)|theres|there is|there are) )+"
)
_BRIEF = 3
"""Words of a question that is too short to change the subject."""
_LONGEST_NAME = 5
"""Words of what is taken for the name of a thing; more are a sentence."""


def follow_up(state: State, text: str, follow: FollowUp, addressed: bool, world: World) -> Decision | None:
    """What ``follow`` leads to; None where the words are better taken as a fresh question."""
    decision = _follow(state, text, follow, addressed, world)
    before = state.lesson or (state.shown[0] if state.shown else "")
    if decision is None or not before:
        return decision
    replies = tuple(
        replace(reply, asked=replace(reply.asked, follows=before)) if reply.asked else reply
        for reply in decision.replies
    )
    asked = any(reply.asked for reply in replies)
    then = replace(decision.state, follows=before) if asked else decision.state
    return replace(decision, state=then, replies=replies)


def of_one(state: State, text: str, lesson: str, asked: str, world: World) -> Decision:
    """The lesson that was named, or the aspect of it that ``asked`` asks for."""
    return _one(state, text, lesson, meant_by(asked).aspect, world)


def _follow(state: State, text: str, follow: FollowUp, addressed: bool, world: World) -> Decision | None:
    kb = world.knowledge
    if follow.act == "meaning" and follow.rest and state.lesson:
        return _meaning(state, text, follow.rest, world)
    counting = follow.lessons[0] if follow.lessons else state.lesson
    if follow.amount and counting:
        return _told(state, counting, text, of_thing(kb, kb.lessons[counting], follow.amount, text), world)
    if follow.beyond and not state.shown:
        return about_what(state, world) if addressed and state.lesson is None else None
    if follow.beyond:
        count = len(state.shown)
        blocks = (Text(words.LIST_IS_SHORTER.format(count=count)), show(kb, state.shown))
        return Decision(state, (Reply(blocks),))
    if follow.of_list:
        return _told(
            state, follow.lessons[0], text, stands_in(kb, follow.lessons[0], follow.of_list, text), world
        )
    if len(follow.lessons) > 1:
        return _told(state, follow.lessons[0], text, leads(kb, follow.lessons, text), world)
    if follow.lessons:
        return _one(state, text, follow.lessons[0], follow.aspect, world)
    if follow.rest:
        return _leaning(state, text, follow, world)
    if follow.act == "honestly" and state.lesson:
        return _of_given(state, text, state.lesson, follow, world, sure=False)
    if state.band == "none" and follow.aspect == "why":
        return declined(state, world)
    if follow.aspect in SIDES:
        taken = _side(state, text, follow, world)
        if taken:
            return taken
    leans = follow.points or (follow.joined and follow.aspect not in SIDES)
    if not leans and follow.aspect not in _OF_ANY and len(words_of(text)) > 2 and _fresh(state, text, world):
        return None
    if state.lesson is None and not offered(state):
        if state.shown:
            return which_one(state, world)
        clear = len(words_of(text)) > 2 and world.knowledge.match(text).band == "answer"
        if clear or not addressed:
            return None
        of_all = follow.aspect in _OF_THE_DECK or kb.deck.words.source in words_of(text)
        itself = kb.match(phrased(_THE_SOURCE, kb)).lesson if of_all else None
        return _one(state, text, itself, follow.aspect, world) if itself else about_what(state, world)
    if follow.aspect == "items" and state.shown and not (state.lesson and kb.lessons[state.lesson].items):
        return _told(state, state.shown[0], text, leads(kb, state.shown, text), world)
    aspect: Aspect = follow.aspect or ("more" if follow.joined else "deck")
    return _one(state, text, state.lesson or state.shown[0], aspect, world)


def _side(state: State, text: str, follow: FollowUp, world: World) -> Decision | None:
    """Which succeed or fail: of the list in view, of the lesson last given, or of all that there are."""
    assert follow.aspect is not None
    kb, side, ranked = world.knowledge, SIDES[follow.aspect], follow.act in _RANKED
    said = set(words_of(text))
    given = kb.lessons[state.lesson] if state.lesson else None
    here = one_sided(given, kb) if given else None
    # Two that were compared are a list of their own.
    listed_by_deck = any(overview.items == state.shown for overview in kb.lessons.values())
    compared = state.lesson in state.shown and len(state.shown) == 2 and not listed_by_deck
    among = compared or OF_THE_TWO.search(text) is not None
    which = among or bool(said & _MANY)
    listed = [kb.lessons[lesson].side for lesson in state.shown]
    if ranked and len(state.shown) > 1 and not any(listed):
        return _told(state, state.lesson, text, unranked(kb, state.shown, text), world)
    all_there_are = overview_on(side, kb)
    if all_there_are and here and side not in listed and not (among or said & _OF_THEM):
        return answer(state, text, world, (all_there_are.id,))
    overview = given is None or bool(given.items)
    if any(listed) and (which or ranked or (overview and not here)):
        if side not in listed and not which and _fresh(state, text, world):
            return None
        reply = sided(kb, state.shown, follow.aspect, text, ranked)
        if reply.asked is None:
            return None
        # "The second one" is the second of those that stand there now.
        return _told(
            replace(state, shown=reply.asked.also or state.shown), reply.asked.lesson, text, reply, world
        )
    return answer(state, text, world, (all_there_are.id,)) if all_there_are else None


def _fresh(state: State, text: str, world: World) -> bool:
    """Whether ``text`` clearly asks for another lesson than the one last given."""
    match = world.knowledge.match(text)
    return match.band == "answer" and match.lesson != state.lesson


def _one(state: State, text: str, lesson: str, aspect: Aspect | None, world: World) -> Decision:
    """One lesson that was pointed at: in full, or the aspect asked for."""
    kb = world.knowledge
    if aspect is None:
        return answer(state, text, world, (lesson,))
    opening = words.LIKELIEST if offered(state) else words.ABOUT
    read = state.told if state.lesson == lesson else ()
    return _told(state, lesson, text, tell(kb, kb.lessons[lesson], aspect, text, opening, read), world)


def aspect_of_named(state: State, text: str, follow: FollowUp, world: World) -> Decision | None:
    """What is asked of a lesson by name, in words that no example question has: "any tips on buy-in?"."""
    lesson = named(follow.rest, world.knowledge) if follow.aspect in _OF_ANY else None
    return _one(state, text, lesson, follow.aspect, world) if lesson else None


def _meaning(state: State, text: str, meant: str, world: World) -> Decision | None:
    """What words of ours mean: what the deck says of them where they were used, or the lesson they name."""
    kb = world.knowledge
    # A word that the deck only uses is quoted from where it stands, the lesson last given first.
    using = [state.lesson] if state.lesson else []
    using += [id for id in in_view(state, kb) if id != state.lesson]
    given = next((kb.lessons[id] for id in using if of_the_deck(meant, kb.lessons[id], kb)), None)
    given = given or (kb.lessons[state.lesson] if state.lesson else None)
    reply = meaning(kb, given, meant, text) if given else None
    if given and reply:
        return _told(state, given.id, text, reply, world)
    lesson = named(meant, kb)
    return answer(state, text, world, (lesson,)) if lesson else None


def _leaning(state: State, text: str, follow: FollowUp, world: World) -> Decision | None:
    """Words that lean on what was said before, with something of their own: "and with the NHS?"."""
    kb = world.knowledge
    near = in_view(state, kb)
    if not near or not _leans(follow):
        return None
    told = any(word.isalpha() for word in follow.rest.split())
    named_else = named(follow.rest, kb) if _asks_of_any(follow) and told else None
    if named_else and named_else != state.lesson:
        if not follow.joined and _fresh(state, text, world):
            return None  # "Does outsourcing work?" is a question of its own, whatever was said before.
        return _one(state, text, named_else, follow.aspect, world)
    match = kb.match(follow.core)
    match = match if match.band != "none" else kb.match(text)
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
        clear = match.candidates[0].score > _CLEAR
        found = (
            found
            if clear
            else next((lesson for lesson in meant if lesson and tells_of(rest, lesson, kb)), given)
        )
    if found is None and state.lesson and _of_last(state.lesson, follow, match, world):
        return _of_given(state, text, state.lesson, follow, world, sure=False)
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
    if found is None:
        return None
    if found == given:
        sure = match.band == "answer" and match.lesson == found
        return _of_given(state, text, found, follow, world, sure)
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
    return follow.aspect in _OF_ANY and follow.chance > VERY_SURE


def _of_given(
    state: State, text: str, lesson: str, follow: FollowUp, world: World, sure: bool
) -> Decision:  # fmt: skip
    """What is asked of ``lesson``, the one last given: an aspect, a case, a thing, or something else."""
    kb = world.knowledge
    given, read = kb.lessons[lesson], state.told if state.lesson == lesson else ()
    if follow.aspect:
        return _one(state, text, lesson, follow.aspect, world)
    if follow.act in {"case", "honestly", "question"} or follow.of_it or follow.asks:
        sure = sure and follow.act != "honestly"
        in_case = follow.act == "case"
        reply = of_it(kb, given, follow.rest, text, sure, in_case, read)
        return _told(state, lesson, text, reply, world)
    return _told(state, lesson, text, of_thing(kb, given, _thing(follow, text), text, read), world)


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
    return text[at : at + len(name)] if at >= 0 else name


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


def _told(state: State, lesson: str | None, text: str, reply: Reply, world: World) -> Decision:
    """``reply`` is about ``lesson``, and the list in view stays as it was."""
    read = told(state, world.knowledge.lessons[lesson], reply) if lesson else ()
    then = replace(state, lesson=lesson, headings_shown=False, question=text, band="answer", told=read)
    return Decision(then, (reply,))
