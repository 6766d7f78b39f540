"""What an advisor is told where something failed every time that it was tried."""

from __future__ import annotations

from datetime import datetime

from dialogs.core.commands import SeriesAct, encode
from dialogs.core.jobs import JobEvent
from dialogs.core.reminder_events import BeginSeries, Due, DueAgain, SeriesEvent, Wrap
from dialogs.core.reminder_model import Series
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.recurrence import zones
from dialogs.recurrence.words import short_date
from dialogs.reminders.cards import called
from dialogs.reminders.steering import moment_in_words
from dialogs.wording import reminders as words
from dialogs.wording import reports


def failed_card(series: Series | None, event: SeriesEvent, id: str, coming: datetime | None) -> Reply:
    """What failed, what goes on all the same, and what to do.

    ``id``: by which the job is run again; ``coming``: the next occurrence of all, where it is known.
    """
    draft = event.draft if isinstance(event, BeginSeries) else series.draft if series else None
    goes_on = (
        reports.NEXT.format(when=moment_in_words(coming, series.owner_zone)) if coming and series else ""
    )
    part = words.FAILED_PARTS[type(event).__name__]
    if isinstance(event, Due | DueAgain | Wrap):
        part = part.format(date=short_date(_fell(series, event)))
    said = words.FAILED.format(
        what=called(draft) if draft else words.FAILED_START, part=part, next=goes_on, id=id
    )
    return _card(said, id)


def failed_part_card(event: JobEvent, id: str) -> Reply:
    """The same of what belongs to no series: a digest, a session's timer, what an advisor asked for."""
    part = words.FAILED_PARTS.get(type(event).__name__, words.FAILED_PART)
    return _card(words.FAILED_ASIDE.format(part=part, id=id), id)


def _fell(series: Series | None, event: Due | DueAgain | Wrap) -> datetime:
    """When the occurrence fell due, without working out dates: that may be what failed."""
    clock = zones.zone(series.owner_zone if series else "") or zones.zone("Europe/London")
    if isinstance(event, Due):
        return event.at.astimezone(clock)
    begun = next((sent.at for sent in series.sent if sent.key == event.key), None) if series else None
    return begun.astimezone(clock) if begun else datetime.fromisoformat(event.key)


def _card(said: str, id: str) -> Reply:
    again = Choice(words.TRY_AGAIN, encode(SeriesAct("retry", id)), primary=True)
    return Reply((Text(" ".join(said.split())), Choices((again,))), private=True)
