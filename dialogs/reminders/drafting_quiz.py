"""A series of quizzes is made from a sentence."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.codes import new_id
from dialogs.core.commands.quiz_sentence import ReadQuiz
from dialogs.core.events import Mention
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Draft, QuizAsk
from dialogs.reminders.drafting import begun, unready
from dialogs.reminders.drafting_audience import find, here
from dialogs.reminders.drafting_cards import OpenQuestion
from dialogs.reminders.drafting_when import read as read_when
from dialogs.reminders.quiz_asks import asking_about, limited

CATCH_UP_HOURS = 6
"""A quiz that fell due while the service was away still comes so late."""


def make(state: State, said: ReadQuiz, named: tuple[Mention, ...], world: World) -> Decision:
    """A draft of what a sentence says; what it leaves open is asked for."""
    no = unready(state, world)
    if no:
        return no
    read, there = said.read, here(world)
    found = find(read.audience_text, named, world)
    targets = found.targets or ((there,) if there and not read.audience_text else ())
    draft = Draft(new_id(world.token), "quiz", targets=targets, catch_up_hours=CATCH_UP_HOURS)
    when = kept(read.when, named)
    draft = replace(draft, when=when, schedule=read.schedule or read_when(read.when, world).schedule)
    ask, notes = limited(said.said.over(QuizAsk()), said.said)
    draft = asking_about(replace(draft, quiz=ask), kept(read.what, named), world.knowledge)
    problem = OpenQuestion("audience", found.problem, problem=True) if found.problem else None
    return begun(state, draft, world, problem, notes=notes)
