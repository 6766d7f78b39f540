"""``python -m bot preview``: a sentence about when, and the sends that it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dialogs.recurrence import zones
from dialogs.recurrence.describe import in_words, moved_in_words
from dialogs.recurrence.occurrences import Occurrence, occurrences
from dialogs.recurrence.rule import NATIONS, Recurrence
from dialogs.recurrence.sentence import understand

MOST_DAYS = 36_600


class BadPreview(Exception):
    """Nothing can be shown; the message says what to change."""


class Preview(NamedTuple):
    """What a sentence comes to."""

    schedule: Recurrence
    words: str
    """The schedule in words, and below it how something was taken."""
    sends: tuple[Occurrence, ...]


def preview(
    sentence: str, days: int, zone: str, nation: str | None, begin: str | None, now: datetime
) -> Preview:
    """The sends to somebody in ``zone`` over so many days from ``begin`` (ISO, local unless it has an offset;
    else from ``now``). Raises BadPreview."""
    at = zones.zone(zone)
    if at is None:
        raise BadPreview(f"there is no time zone “{zone[:40]}”; name one such as Europe/London")
    known = next((name for name in NATIONS if name == nation), None)
    if nation is not None and known is None:
        raise BadPreview(f"there is no nation “{nation[:40]}”; choose {', '.join(NATIONS)}")
    if not 0 < days <= MOST_DAYS:
        raise BadPreview(f"choose between 1 and {MOST_DAYS:,} days")
    first = _moment(begin, at) if begin else now
    understood = understand(sentence, first, zone, when_only=True)
    wrong = [question.text for question in (*understood.problems, *understood.missing)]
    if wrong or understood.schedule is None:
        raise BadPreview("\n".join(wrong))
    last = zones.instant(first.astimezone(at).replace(tzinfo=None) + timedelta(days=days), at)
    schedule = replace(understood.schedule, nation=known or understood.schedule.nation)
    sends = tuple(_within(schedule, zone, first, last))
    return Preview(schedule, "\n".join((in_words(schedule), *understood.notes)), sends)


def line(occurrence: Occurrence) -> str:
    """A send: its local date and time with the offset, and whence it moved."""
    local = occurrence.local
    moved = moved_in_words(occurrence, local.year)
    return f"{local.isoformat(timespec='seconds')}  {local:%a}  {moved}".rstrip()


def _within(schedule: Recurrence, zone: str, first: datetime, last: datetime) -> Iterator[Occurrence]:
    for occurrence in occurrences(schedule, zone, first):
        if occurrence.at > last:
            return
        yield occurrence


def _moment(begin: str, at: ZoneInfo) -> datetime:
    try:
        read = datetime.fromisoformat(begin)
    except ValueError:
        raise BadPreview("--from takes a date and time such as 2026-12-07T09:00") from None
    if not 1970 <= read.year <= 2150:
        raise BadPreview("--from takes a date from 1970 to 2150")
    return read if read.tzinfo else zones.instant(read, at)
