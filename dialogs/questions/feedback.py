"""A thumb up or down: kept with what it was about, and thanked for in a few words."""

from __future__ import annotations

from dialogs.core.effects import KeepFeedback
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Asked, Choices, Reply, Text
from dialogs.questions.blocks import ask_advisor
from dialogs.questions.recalled import recalled
from dialogs.wording import conversation as words


def rate(state: State, up: bool, lesson: str | None, world: World, pressed: bool) -> Decision:
    """Keep the rating; a press is confirmed by a note, typed words by a reply."""
    thanks = (words.THANKS_UP if up else words.THANKS_DOWN) if world.remembers else words.FEEDBACK_NOT_KEPT
    effects = (KeepFeedback(up, _about(state, lesson, world)),)
    about = effects[0].about
    ways = () if up or about is None else ask_advisor(about.question, "down", about.lesson, world)
    if pressed and not ways:
        return Decision(state, note=thanks, effects=effects)
    further = (Choices(ways),) if ways else ()
    reply = Reply((Text(thanks), *further), private=pressed and world.place.kind != "direct")
    return recalled(state, Decision(state, (reply,), effects=effects), world)


def _about(state: State, lesson: str | None, world: World) -> Asked | None:
    """What the thumb is about: the pressed message, else the last answer, else the lesson it names."""
    if world.about:
        return world.about
    if state.band and (lesson is None or lesson == state.lesson):
        return Asked(state.question, state.lesson if state.band == "answer" else None, state.band)
    return Asked("", lesson, "answer") if lesson else None
