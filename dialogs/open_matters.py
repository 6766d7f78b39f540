"""What may be open between a person and us, in the order in which typed words are tried against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dialogs.core.model import Decision, State, Utterance, World
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.quiz import dialog as quiz
from dialogs.readiness import dialog as readiness
from dialogs.reminders import managing, open_draft, waiting
from dialogs.wording import conversation as words

Typed = Callable[[State, Utterance, World], Decision | None]


class OpenMatter(NamedTuple):
    """Something that waits for words: a draft, a quiz question, a step of a check, a reminder received."""

    name: str
    typed: Typed
    """What typed words do to it, before they are tried as a command; None where they mean anything else."""
    otherwise: Typed | None = None
    """What typed words do to it that are no command, before they are tried as a question to the deck."""
    button: Callable[[State, Utterance, World], Choice | None] | None = None
    """The button that says the same and names its object: to ask which, where two matters wait for it."""


OPEN_MATTERS: tuple[OpenMatter, ...] = (
    OpenMatter("draft", open_draft.typed, open_draft.otherwise),
    OpenMatter("received", waiting.typed, button=waiting.button),
    OpenMatter("quiz", quiz.typed, quiz.unclear, quiz.button),
    OpenMatter("readiness", readiness.typed, readiness.otherwise, readiness.button),
    OpenMatter("reminder list", managing.more),
)
"""An open draft comes first, then the question that waits."""


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does to what is open; where two matters could take it, ask which."""
    decisions = {matter.name: matter.typed(state, said, world) for matter in OPEN_MATTERS}
    taking = [name for name, decision in decisions.items() if decision is not None]
    ways = dict(_buttons(state, said, world, taking)) if len(taking) > 1 else {}
    if len(ways) > 1:
        which = (Text(words.WHICH_MATTER), Choices(tuple(ways.values())))
        return Decision(state, (Reply(which, private=world.place.kind != "direct"),))
    return decisions[taking[0]] if taking else None


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said``, which is no command, does to what is open."""
    for matter in OPEN_MATTERS:
        decision = matter.otherwise(state, said, world) if matter.otherwise else None
        if decision is not None:
            return decision
    return None


def _buttons(state: State, said: Utterance, world: World, taking: list[str]) -> Iterator[tuple[str, Choice]]:
    for matter in OPEN_MATTERS:
        way = matter.button(state, said, world) if matter.button and matter.name in taking else None
        if way is not None:
            yield matter.name, way
