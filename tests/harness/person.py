"""One person who talks to the bot, with all that is kept between turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from dialogs import choices, decide, plain
from dialogs.core.effects import KeepMissed, KeepResult, KeepWork
from dialogs.core.enquiry_model import Advising
from dialogs.core.events import Mention, Submitted, Utterance
from dialogs.core.insight_model import Insights
from dialogs.core.jobs import Job
from dialogs.core.model import Decision, State
from dialogs.core.reminder_model import ADVISORS_PARTITION, AdvisorSettings
from dialogs.core.replies import Choice, Choices, Reply
from dialogs.core.teaching_model import Teachings
from dialogs.core.work import CheckResult, Work
from dialogs.reminders.advisor_settings import kept as settings_after
from tests.harness.small import world

CALLED = {
    "@asha": Mention("", "person", "slack:T1/UASHA", "Asha Patel"),
    "@bryn": Mention("", "person", "slack:T1/UBRYN", "Bryn Hughes"),
    "@unnamed": Mention("", "person", "slack:T1/UNONAME"),
    "@partners": Mention("", "group", "slack:SPARTNERS", "@partners"),
    "#partnership-board": Mention("", "channel", "slack:CBOARD", "#partnership-board"),
}
"""Who can be mentioned, as platforms tell of them."""
_CALLED = re.compile("|".join(re.escape(name) for name in CALLED))


def mentioning(text: str, addressed: bool = True) -> Utterance:
    """What a platform tells of typed words: mentions as tokens, and whom they name."""
    named = dict[str, Mention]()

    def token(found: re.Match[str]) -> str:
        mention = CALLED[found[0]]
        token = f"{found[0][0]}mention{len(named) + 1}"
        known = next((given for given, kept in named.items() if kept.id == mention.id), token)
        named.setdefault(known, Mention(known, mention.kind, mention.id, mention.label))
        return known

    exact = _CALLED.sub(token, text)
    return Utterance(text, addressed, exact=exact if named else "", named=tuple(named.values()))


class Person:
    """Says and presses things, in one place unless told otherwise."""

    def __init__(self, **changes: object) -> None:
        self.advisor_settings = changes.pop("advisor_settings", AdvisorSettings())
        self.changes = changes
        self.state, self.work = State(), Work()
        self.missed: tuple[str, ...] = ()
        self.results: tuple[CheckResult, ...] = ()
        self.offered: list[Choice] = []
        self.jobs: list[Job] = []
        self.turns = 0

    def say(self, text: str, pressed: bool = False, addressed: bool = True, **changes: object) -> Decision:
        """One turn; what it keeps is there in the next one."""
        event = Utterance(text, addressed, pressed) if pressed else mentioning(text, addressed)
        return self.hears(event, changes)

    def fill_in(self, says: str, values: Mapping[str, str], **changes: object) -> Decision:
        """Submit a form."""
        return self.hears(Submitted(says, dict(values)), changes)

    def press(self, label: str, **changes: object) -> Decision:
        """Press the button whose label ends so."""
        says = next(choice.says for choice in self.offered if choice.label.endswith(label))
        return self.say(says, pressed=True, **changes)

    def hears(self, event: Utterance | Submitted, changes: Mapping[str, object] | None = None) -> Decision:
        """One turn of any event."""
        self.turns += 1
        kept = {
            "work": self.work, "missed": self.missed, "results": self.results, "records": (),
            "advisor_settings": self.advisor_settings, "series": (), "enquiries": (),
            "teachings": Teachings(), "audit": (), "insights": Insights(), "earlier": None,
            "advising": Advising(people=2),
            "token": sha256(b"%d" % self.turns).hexdigest(),
        }  # fmt: skip
        given = world(seed=f"turn {self.turns}", **{**kept, **self.changes, **(changes or {})})
        decision = decide(self.state, event, given)
        for reply in decision.replies:
            assert not alike(reply), f"buttons that can't be told apart: {alike(reply)}"
        self.state = decision.state
        self.offered = [choice for reply in decision.replies for choice in choices(reply)] or self.offered
        self.jobs += decision.jobs
        for job in decision.jobs:
            if job.partition == ADVISORS_PARTITION and isinstance(self.advisor_settings, AdvisorSettings):
                self.advisor_settings, _ = settings_after(self.advisor_settings, job.event)
        for effect in decision.effects:
            match effect:
                case KeepWork(work):
                    self.work = work
                case KeepMissed(questions):
                    self.missed = questions
                case KeepResult(result):
                    self.results = (*self.results, result)
        return decision


def alike(reply: Reply) -> list[str]:
    """The labels of buttons of one row that do different things under one name."""
    rows = [block.options for block in reply.blocks if isinstance(block, Choices)]
    named = [Counter((choice.label, choice.about) for choice in set(row)) for row in rows]
    return [label for each in named for (label, _), count in each.items() if count > 1]


def read(decision: Decision) -> str:
    """All that was said, and the note."""
    return "\n".join((*map(plain, decision.replies), decision.note, decision.arrived))
