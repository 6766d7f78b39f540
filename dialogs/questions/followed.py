"""What a follow-up leads to: a lesson of the list, an aspect of the last one, or what it says of a thing."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.acts import Aspect, meant_by
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Reply, Text
from dialogs.core.text import word_set
from dialogs.core.text import words as words_of
from dialogs.questions.ask import after, answer, declined, offered
from dialogs.questions.blocks import show
from dialogs.questions.browse import which_one
from dialogs.questions.follow import OF_THE_TWO, FollowUp, recognise
from dialogs.questions.given import asks_another, given_lesson, told_of
from dialogs.questions.guide import about_what
from dialogs.questions.leaning import OF_ANY, leaning, of_given
from dialogs.questions.naming import in_view, named, of_the_deck
from dialogs.questions.recalled import recalled
from dialogs.questions.said_of import meaning, of_it, of_thing
from dialogs.questions.sets import SIDES, one_sided, overview_on
from dialogs.questions.tell import leads, sided, stands_in, unranked
from dialogs.wording import conversation as words

_MANY = word_set("which those these")
_RANKED = frozenset({"best", "worst"})
"""Acts that ask which of several is the most so."""
_OF_THEM = word_set("those these them they")
_OF_THE_DECK: tuple[Aspect, ...] = ("source", "proof", "since", "when", "report")
"""Aspects that can be asked of all that is said here, before anything was."""
_SAID_BESIDE: tuple[Aspect, ...] = ("when", "who", "time", "cost")
"""Aspects that a lesson beside the one last given may be about."""
_IT = re.compile(r"\bit\b", re.IGNORECASE)
_THE_SOURCE = "what is the {source} behind these answers"


def follow_up(state: State, text: str, follow: FollowUp, addressed: bool, world: World) -> Decision | None:
    """What ``follow`` leads to; None where the words are better taken as a fresh question."""
    decision = _follow(state, text, follow, addressed, world)
    return following(state, decision, world) if decision else None


def following(state: State, decision: Decision, world: World) -> Decision:
    """``decision`` as one that follows on what ``state`` had given."""
    decision = recalled(state, decision, world)
    before = state.lesson or (state.shown[0] if state.shown else "")
    if not before:
        return decision
    replies = tuple(
        replace(reply, asked=replace(reply.asked, follows=before)) if reply.asked else reply
        for reply in decision.replies
    )
    asked = any(reply.asked for reply in replies)
    then = replace(decision.state, follows=before) if asked else decision.state
    return replace(decision, state=then, replies=replies)


def of_one(state: State, text: str, lesson: str, asked: str, world: World) -> Decision:
    """The lesson that was named, or what ``asked`` asks of it."""
    there = replace(after(state, world.knowledge, lesson, text), told=())
    follow = recognise(asked, there, world.knowledge) if asked else None
    decision = _follow(there, asked, follow, True, world) if follow else None
    return decision or given_lesson(state, text, lesson, meant_by(asked).aspect, world)


def _follow(state: State, text: str, follow: FollowUp, addressed: bool, world: World) -> Decision | None:
    kb = world.knowledge
    if follow.act == "meaning" and follow.rest and state.lesson:
        return _meaning(state, text, follow.rest, world)
    counting = follow.lessons[0] if follow.lessons else state.lesson
    if follow.amount and counting:
        return told_of(state, counting, text, of_thing(kb, kb.lessons[counting], follow.amount, text), world)
    if follow.beyond and not state.shown:
        return about_what(state, world) if addressed and state.lesson is None else None
    if follow.beyond:
        count = len(state.shown)
        blocks = (Text(words.LIST_IS_SHORTER[count != 1].format(count=count)), show(kb, state.shown))
        return Decision(state, (Reply(blocks),))
    if follow.of_list:
        return told_of(
            state, follow.lessons[0], text, stands_in(kb, follow.lessons[0], follow.of_list, text), world
        )
    if len(follow.lessons) > 1:
        return told_of(state, follow.lessons[0], text, leads(kb, follow.lessons, text), world)
    if follow.lessons:
        return given_lesson(state, text, follow.lessons[0], follow.aspect, world)
    if follow.rest:
        return leaning(state, text, follow, world)
    if follow.act == "honestly" and state.lesson:
        return of_given(state, text, state.lesson, follow, world, sure=False)
    if state.band == "none" and follow.aspect == "why":
        return declined(state, world)
    if follow.aspect in SIDES:
        taken = _side(state, text, follow, world)
        if taken:
            return taken
    leans = follow.points or (follow.joined and follow.aspect not in SIDES)
    new = not leans and follow.aspect not in OF_ANY and len(words_of(text)) > 2
    if new and asks_another(state, text, world):
        return None
    if state.lesson is None and not offered(state):
        if state.shown:
            return which_one(state, world)
        clear = len(words_of(text)) > 2 and world.knowledge.match(text).band == "answer"
        if clear or not addressed:
            return None
        of_all = follow.aspect in _OF_THE_DECK or kb.deck.words.source in words_of(text)
        itself = kb.match(phrased(_THE_SOURCE, kb)).lesson if of_all else None
        return given_lesson(state, text, itself, follow.aspect, world) if itself else about_what(state, world)
    if follow.aspect == "items" and state.shown and not (state.lesson and kb.lessons[state.lesson].items):
        return told_of(state, state.shown[0], text, leads(kb, state.shown, text), world)
    aspect: Aspect = follow.aspect or ("more" if follow.joined else "deck")
    other = _beside_it(state, text, world) if aspect in _SAID_BESIDE else None
    if other:
        there = given_lesson(state, text, other, "deck", world)
        return replace(there, state=replace(there.state, lesson=state.lesson, told=state.told))
    return given_lesson(state, text, state.lesson or state.shown[0], aspect, world)


def _beside_it(state: State, text: str, world: World) -> str | None:
    """The lesson in view that answers ``text`` once "it" is named: "when was it set up?"; None for none."""
    kb = world.knowledge
    if state.lesson is None or "it" not in words_of(text):
        return None
    match = kb.match(_IT.sub(kb.lessons[state.lesson].title, text))
    there = match.lesson if match.band == "answer" and match.lesson != state.lesson else None
    return there if there in kb.lessons[state.lesson].related else None


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
        return told_of(state, state.lesson, text, unranked(kb, state.shown, text), world)
    if ranked and follow.points and given and not (given.items or given.side or any(listed)):
        return told_of(state, given.id, text, of_it(kb, given, follow.rest, text, read=state.told), world)
    all_there_are = overview_on(side, kb)
    if all_there_are and here and side not in listed and not (among or said & _OF_THEM):
        return answer(state, text, world, (all_there_are.id,))
    overview = given is None or bool(given.items)
    if any(listed) and (which or ranked or (overview and not here)):
        if side not in listed and not which and asks_another(state, text, world):
            return None
        reply = sided(kb, state.shown, follow.aspect, text, ranked)
        if reply.asked is None:
            return None
        # "The second one" is the second of those that stand there now.
        return told_of(
            replace(state, shown=reply.asked.also or state.shown), reply.asked.lesson, text, reply, world
        )
    return answer(state, text, world, (all_there_are.id,)) if all_there_are else None


def aspect_of_named(state: State, text: str, follow: FollowUp, world: World) -> Decision | None:
    """What is asked of a lesson by name, in words that no example question has: "any tips on buy-in?"."""
    lesson = named(follow.rest, world.knowledge) if follow.aspect in OF_ANY else None
    return given_lesson(state, text, lesson, follow.aspect, world) if lesson else None


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
        return told_of(state, given.id, text, reply, world)
    lesson = named(meant, kb)
    return answer(state, text, world, (lesson,)) if lesson else None
