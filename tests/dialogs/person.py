"""One person who talks to the bot, with all that is kept of their quizzes and checks between turns."""

from __future__ import annotations

from dialogs import choices, decide, plain
from dialogs.model import Choice, Decision, KeepMissed, KeepResult, KeepWork, Said, State
from dialogs.work import CheckResult, Work
from tests.dialogs.small import world


class Person:
    """Says and presses things, in one place unless told otherwise."""

    def __init__(self, **changes: object) -> None:
        self.changes = changes
        self.state, self.work = State(), Work()
        self.missed: tuple[str, ...] = ()
        self.results: tuple[CheckResult, ...] = ()
        self.offered: list[Choice] = []
        self.turns = 0

    def say(self, text: str, pressed: bool = False, addressed: bool = True, **changes: object) -> Decision:
        """One turn; what it keeps is there in the next one."""
        self.turns += 1
        kept = {"work": self.work, "missed": self.missed, "results": self.results, "records": ()}
        given = world(seed=f"turn {self.turns}", **{**kept, **self.changes, **changes})
        decision = decide(self.state, Said(text, addressed, pressed), given)
        self.state = decision.state
        self.offered = [one for reply in decision.replies for one in choices(reply)] or self.offered
        for effect in decision.effects:
            match effect:
                case KeepWork(work):
                    self.work = work
                case KeepMissed(questions):
                    self.missed = questions
                case KeepResult(result):
                    self.results = (*self.results, result)
        return decision

    def press(self, label: str) -> Decision:
        """Press the button whose label ends so."""
        return self.say(next(one.says for one in self.offered if one.label.endswith(label)), pressed=True)


def read(decision: Decision) -> str:
    """All that was said, and the note."""
    return "\n".join((*map(plain, decision.replies), decision.note))
