"""Browsing: the deck's headings, the lessons under one, and a lesson picked from a list."""

from __future__ import annotations

from dialogs.core.alone import pending
from dialogs.core.commands import Lessons, encode
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Asked, Choice, Choices, Reply, Text
from dialogs.core.text import literal
from dialogs.questions.ask import after
from dialogs.questions.blocks import lesson_reply, show
from dialogs.wording import conversation as words
from knowledge import Knowledge


def lessons(state: State, heading: str | None, world: World) -> Decision:
    """List the headings, or the lessons under ``heading``."""
    kb = world.knowledge
    if heading is None:
        then = State(headings_shown=True, asked_by=state.asked_by)
        return Decision(then, (Reply((Text(phrased(words.HEADINGS, kb)), headings(kb))),))
    ids = tuple(lesson.id for lesson in kb.under(heading))
    blocks = (Text(words.UNDER_HEADING.format(heading=literal(heading))), show(kb, ids))
    return Decision(State(shown=ids, asked_by=state.asked_by), (Reply(blocks),))


def headings(kb: Knowledge) -> Choices:
    """A button for each heading that has lessons."""
    return Choices(tuple(Choice(heading, encode(Lessons(heading))) for heading in listed_headings(kb)))


def listed_headings(kb: Knowledge) -> tuple[str, ...]:
    """The headings that have lessons, in the deck's order."""
    return tuple(heading for heading in kb.deck.headings if kb.under(heading))


def show_lesson(state: State, lesson: str, world: World) -> Decision:
    """Give the lesson that was picked; picked from a suggestion, it answers the question that led to it."""
    kb = world.knowledge
    about = world.about
    question = ""
    if about and about.band == "suggest":
        question = about.question
    elif pending(state) and lesson in state.shown:
        question = state.question
    reply = lesson_reply(kb, kb.lessons[lesson], Asked(question, lesson, "answer"))
    return Decision(after(state, kb, lesson, question), (reply,))


def unknown(state: State, world: World, pressed: bool) -> Decision:
    """Words about a lesson or heading that isn't there: an old or forged button, or a slip."""
    said = words.STALE if pressed else words.NO_SUCH_LESSON
    listed = lessons(state, None, world)
    return Decision(listed.state, (Reply((Text(said), headings(world.knowledge))),))


def which_one(state: State, world: World) -> Decision:
    """A "yes" to several suggestions: ask which."""
    blocks = (Text(words.WHICH_ONE), show(world.knowledge, state.shown))
    return Decision(state, (Reply(blocks),))
