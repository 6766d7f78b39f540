"""What may be open between a person and us, and which of it typed words are for.

The table of commands has its order, and which commands go before it (``Row.yields_to``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dialogs import offered
from dialogs.core.commands import Command
from dialogs.core.commands.table import MATTERS
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.router import allows, row_of
from dialogs.enquiries import asking
from dialogs.privacy import dialog as privacy
from dialogs.questions import share
from dialogs.quiz import typed as quiz
from dialogs.readiness import typed as readiness
from dialogs.reminders import managing, managing_named, open_draft, waiting
from dialogs.wording import conversation as words

Typed = Callable[[State, Utterance, World], Decision | None]


def shown_here(state: State, said: Utterance, world: World) -> float:
    """When what is open here was shown."""
    return state.since


def _no_buttons(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    return ()


def _never(state: State, said: Utterance, world: World) -> bool:
    return False


class OpenMatter(NamedTuple):
    """Something that waits for words: a draft, a quiz question, a step of a check, a reminder received."""

    typed: Typed
    """What typed words do to it, before they are tried as a command; None where they mean anything else."""
    text: Typed | None = None
    """The same of words that may be a text it asks for; not of a command that doesn't yield to it."""
    otherwise: Typed | None = None
    """What typed words do to it that are no command, before they are tried as a question to the deck."""
    buttons: Callable[[State, Utterance, World], tuple[Choice, ...]] = _no_buttons
    """The buttons that say the same and name its object: to ask which, where two matters wait for it."""
    asked: Callable[[State, Utterance, World], float] = shown_here
    """When it asked for such words last, in seconds since 1970."""
    yields: Callable[[State, Utterance, World], bool] = _never
    """Whether it takes them only where nothing else does: it is done with, or they are no answer to it."""


OPEN_MATTERS = {
    "draft": OpenMatter(
        open_draft.typed, open_draft.text, open_draft.otherwise, open_draft.buttons_for, open_draft.asked
    ),
    "received": OpenMatter(
        waiting.typed, None, waiting.mended, waiting.buttons, waiting.asked, waiting.yields
    ),
    "quiz": OpenMatter(quiz.typed, None, quiz.unclear, quiz.buttons, quiz.asked),
    "readiness": OpenMatter(
        readiness.typed, readiness.purpose, readiness.otherwise, readiness.buttons, readiness.asked
    ),
    "reminder list": OpenMatter(managing.more, otherwise=managing_named.otherwise),
    "enquiry": OpenMatter(asking.typed, asking.text, asking.otherwise),
    "share": OpenMatter(share.typed),
    "forgetting": OpenMatter(privacy.typed),
    "numbered": OpenMatter(offered.numbered, buttons=offered.for_number),
}


class _Taking(NamedTuple):
    """A matter that would take what was said."""

    name: str
    matter: OpenMatter
    decision: Decision


def typed(state: State, said: Utterance, world: World, command: Command | None) -> Decision | None:
    """What ``said`` does to what is open; where another matter could take it too, ask which.

    ``command``: the one that it is else.
    """
    matters, taking = _open(world), list[_Taking]()
    for name, matter in matters:
        decision = matter.typed(state, said, world)
        if decision is None and matter.text is not None:
            decision = matter.text(state, said, world)
            decision = decision if command is None or name in row_of(command).yields_to else None
        if decision is not None:
            taking.append(_Taking(name, matter, decision))
    if taking and command is None:
        named = {each.name for each in taking}
        others = [(name, matter) for name, matter in matters if name not in named]
        taking += [each for name, matter in others if (each := _corrected(name, matter, state, said, world))]
    return _which(taking, state, said, world) if taking else None


def _corrected(name: str, matter: OpenMatter, state: State, said: Utterance, world: World) -> _Taking | None:
    """``matter``, where ``said`` corrects it, though another takes it for a button."""
    if matter.otherwise is None or not matter.buttons(state, said, world):
        return None
    decision = matter.otherwise(state, said, world)
    return _Taking(name, matter, decision) if decision and (decision.effects or decision.needs) else None


def _which(taking: list[_Taking], state: State, said: Utterance, world: World) -> Decision:
    """What the one comes to that is meant; where that isn't clear, asks: a draft first, then the newest."""
    taking = [each for each in taking if not each.matter.yields(state, said, world)] or taking
    taking.sort(key=lambda each: (each.name != "draft", -each.matter.asked(state, said, world)))
    last = max(taking, key=lambda each: each.matter.asked(state, said, world))
    ways = [each.matter.buttons(state, said, world) for each in taking]
    shown_last = state.doing and last.matter.asked(state, said, world) == state.since
    if len(taking) == 1 or not all(ways) or shown_last:
        return last.decision
    which = (Text(words.WHICH_MATTER), Choices(tuple(way for some in ways for way in some)))
    return Decision(state, (Reply(which, private=world.place.kind != "direct"),))


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said``, which is no command, does to what is open."""
    ways = (managing_named.in_full, *(matter.otherwise for _, matter in _open(world) if matter.otherwise))
    tried = (way(state, said, world) for way in ways)
    return next((decision for decision in tried if decision is not None), None)


def _open(world: World) -> list[tuple[str, OpenMatter]]:
    return [(name, matter) for name, who, matter in _IN_ORDER if who == "everybody" or allows(who, world)]


_IN_ORDER = tuple((name, who, OPEN_MATTERS[name]) for name, who in MATTERS)
