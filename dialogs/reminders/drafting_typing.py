"""All that people say about reminders and pulses, taken to what it is for."""

from __future__ import annotations

from dialogs.core.model import Decision, State, Utterance, World
from dialogs.core.parse import parse
from dialogs.core.text import clean
from dialogs.reminders import drafting, managing
from dialogs.reminders import managing_lists as managing_board
from dialogs.reminders.drafting_acts import (
    Again,
    CheckIn,
    DraftAct,
    HowTo,
    UseTemplate,
    drafting_act,
    sentence,
)
from dialogs.reminders.drafting_when import zone_of
from dialogs.reminders.managing_acts import (
    ChangeAdvisor,
    ChangeList,
    ChangeSeries,
    DropList,
    ListReminders,
    SetList,
    managing_act,
)


def heard(state: State, said: Utterance, text: str, world: World) -> Decision | None:
    """What ``said`` (to us; ``text``: its words, cleaned) does; None where it means anything else."""
    done = _act(state, said, text, world)
    if done is not None or said.pressed:
        return done
    command = parse(text, world.knowledge)
    # "Can you set a reminder for @asha on Monday at 9?" is no question about how.
    if command is not None and not isinstance(command, HowTo):
        return None
    read = sentence(clean(said.exact) or text, world.now, zone_of(world))
    return drafting.make(state, read, said.named, world) if read is not None else None


def _act(state: State, said: Utterance, text: str, world: World) -> Decision | None:
    """The words of a button, or a command that names its object."""
    done = drafting_act(text)
    match done:
        case DraftAct():
            return drafting.act(state, done, world, said.pressed)
        case UseTemplate():
            return drafting.use(state, done, world)
        case CheckIn():
            return drafting.check_in(state, done, world)
        case Again():
            return drafting.again(state, done, world)
    managed = managing.more(state, text) or managing_act(clean(said.exact) or text)
    match managed:
        case ListReminders():
            return managing.reminders(state, managed, world, said.pressed)
        case ChangeSeries():
            return managing.change(state, managed, world)
        case SetList():
            return managing_board.set_list(state, managed, said.named, world)
        case ChangeList():
            return managing_board.change_list(state, managed, said.named, world)
        case DropList():
            return managing_board.drop_list(state, managed, world)
        case ChangeAdvisor():
            return managing_board.change_advisor(state, managed, said.named, world)
        case None:
            return None
