"""What is told where something failed every time that it was tried: to an advisor, or to whose own it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.core.commands import ListReminders, SeriesAct, encode
from dialogs.core.jobs import JobEvent
from dialogs.core.reminder_events import BeginSeries, Due, DueAgain, SeriesEvent, Wrap
from dialogs.core.reminder_model import LedgerEntry, Series
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.session_model import LiveSession
from dialogs.recurrence import zones
from dialogs.reminders.cards import called
from dialogs.reminders.due import day_of
from dialogs.reminders.steering import moment_in_words
from dialogs.wording import drafts, reports
from dialogs.wording import failures as words
from dialogs.wording import reminders as reminder_words
from dialogs.wording.dates import short_date


def failed_cards(parts: Sequence[str], count: int, id: str) -> Reply:
    """Several that failed by one cause: ``parts`` of them in words, ``count`` of all."""
    lines = [f"- {part}" for part in parts]
    lines += [words.FAILED_MORE.format(count=count - len(parts))] if count > len(parts) else []
    said = words.FAILED_ALIKE.format(count=count, parts="\n".join(lines), id=id)
    return Reply((Text(said), Choices((_again(id),))), private=True)


def part_in_words(series: Series | None, event: JobEvent | None, session: LiveSession | None) -> str:
    """What failed, as one of several."""
    part = words.FAILED_PARTS.get(type(event).__name__, words.FAILED_PART)
    if isinstance(event, Due | DueAgain | Wrap):
        part = part.format(date=short_date(_fell(series, event)))
    draft = event.draft if isinstance(event, BeginSeries) else series.draft if series else None
    part = part.replace(words.SESSION, _which(session))
    return words.FAILED_OF.format(what=called(draft), part=part) if draft else part


def _which(session: LiveSession | None) -> str:
    """A session as its host knows it."""
    if session is None:
        return words.SESSION
    topic = session.quiz.topic if session.quiz else ""
    said = words.SESSIONS["on"] if topic else words.SESSIONS[session.kind]
    return said.format(topic=topic, code=session.code)


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


def failed_part_card(event: JobEvent | None, session: LiveSession | None, id: str) -> Reply:
    """The same of what belongs to no series: a digest, a ``session``'s timer, what an advisor asked for."""
    part = part_in_words(None, event, session)
    return _card(words.FAILED_ASIDE.format(part=part, id=id), id)


def own_failed_card(series: Series, entry: LedgerEntry, before: int, coming: datetime | None) -> Reply:
    """For whose own it is: the last one has not reached them, nor have the ``before`` before it."""
    key = series.sent[-1].key
    goes_on = words.OWN_FAILED_ENDED if series.step == "ended" and before else ""
    if coming:
        goes_on = reports.NEXT.format(when=moment_in_words(coming, series.owner_zone))
    said = words.OWN_FAILED.format(
        what=called(series.draft), date=day_of(series, key), next=goes_on,
        before=words.OWN_FAILED_BEFORE.format(count=before) if before else "",
        reason=words.OWN_FAILED_WHY[entry.detail not in reminder_words.BLOCKING],
    )  # fmt: skip
    again = Choice(words.TRY_AGAIN, encode(SeriesAct("again", series.id, key)), primary=True)
    mine = Choice(drafts.OWN_LIST, encode(ListReminders(mine=True)))
    return Reply((Text(said.rstrip()), Choices((again, mine))), private=True)


def _fell(series: Series | None, event: Due | DueAgain | Wrap) -> datetime:
    """When the occurrence fell due, without working out dates: that may be what failed."""
    clock = zones.clock(series.owner_zone if series else "")
    if isinstance(event, Due):
        return event.at.astimezone(clock)
    begun = next((sent.at for sent in series.sent if sent.key == event.key), None) if series else None
    return begun.astimezone(clock) if begun else datetime.fromisoformat(event.key)


def _card(said: str, id: str) -> Reply:
    return Reply((Text(" ".join(said.split())), Choices((_again(id),))), private=True)


def _again(id: str) -> Choice:
    return Choice(words.TRY_AGAIN, encode(SeriesAct("retry", id)), primary=True)
