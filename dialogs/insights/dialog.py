"""``insights``: what people ask, for an advisor alone."""

from __future__ import annotations

from dialogs.core.alone import card, kindly, sent
from dialogs.core.commands import Insight
from dialogs.core.model import Decision, State, World
from dialogs.insights.cards import blocks
from dialogs.wording import insights as words


def insights(state: State, command: Insight, world: World) -> Decision:
    """One view of it."""
    if not world.remembers:
        return kindly(state, words.NO_MEMORY, world, pressed=False)
    if world.insights is None:
        return Decision(state, needs="insights")
    reply = card(blocks(command.view, world.insights, world.knowledge), world, instead=False)
    return Decision(state, (reply,), arrived=sent(world))
