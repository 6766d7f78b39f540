"""An advisor who makes reminders, the lists that there are, and series that run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dialogs.core.events import Place, Speaker
from dialogs.core.reminder_model import AdvisorSettings, Draft, Series, Summary, Target
from dialogs.core.session_model import Actor, ChannelReference
from dialogs.recurrence.rule import Recurrence
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person
from tests.harness.small import NOW

ASHA = Target("person", "slack:T1/UASHA", "Asha Patel", "slack:T1")
BRYN = Target("person", "slack:T1/UBRYN", "Bryn Hughes", "slack:T1")
CHANNEL = Target("channel", "slack:CBOARD", "#partnership-board", "slack:T1")
STEERING = Target("list", "steering group", "Steering group")
LISTS = AdvisorSettings(
    lists={"steering group": (ASHA,), "finance and it": (BRYN,)},
    titles={"steering group": "Steering group", "finance and it": "Finance and IT"},
)
REFERENCE = ChannelReference("slack:T1", "CHERE", "slack", {"channel": "CHERE"})
WHOLE = "remind the steering group first Monday of the month at 9.30 to brief members"
MONDAYS = Recurrence(datetime.fromisoformat("2026-11-30T09:30"), "FREQ=WEEKLY;BYDAY=MO")


def advisor(**changes: object) -> Person:
    """Cleo, an advisor, in a direct chat unless told otherwise."""
    given = {
        "speaker": Speaker("slack:T1/UCLEO", "advisor"), "name": "Cleo Grant", "tenant": "slack:T1",
        "private_to": {"channel": "DCLEO"}, "advisor_settings": LISTS, "knowledge": own_knowledge(),
    }  # fmt: skip
    return Person(**{**given, **changes})


def in_channel(**changes: object) -> Person:
    """The same in a channel's thread."""
    return advisor(place=Place("slack", "channel"), reference=REFERENCE, **changes)


def running(number: int = 1, **changes: object) -> Summary:
    """A series that runs, as the list has it."""
    id = f"CCCCCCCCCC{number:02d}"
    draft = Draft(
        id,
        "remind",
        f"Brief members, part {number}",
        targets=(STEERING,),
        when="Mondays at 9:30",
        schedule=MONDAYS,
    )
    owner = Actor("slack:T1/UCLEO", "Cleo Grant", True)
    series = Series(id, draft, owner, "slack:T1", {}, "Europe/London", NOW - timedelta(days=30))
    given = {"series": series, "next": datetime(2026, 11, 30, 9, 30, tzinfo=UTC)}
    return Summary(**{**given, **changes})


def draft(person: Person) -> Draft:
    """What is being made."""
    assert person.work.draft
    return person.work.draft


def schedule(person: Person) -> Recurrence:
    """When it is sent."""
    found = draft(person).schedule
    assert found
    return found


def labels(person: Person) -> list[str]:
    """The buttons that can be pressed."""
    return [choice.label for choice in person.offered]
