"""A series of quizzes: each date puts one in its channel, and what came of it comes back."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from dialogs.core.codes import new_id
from dialogs.core.jobs import Job, PutQuiz
from dialogs.core.reminder_events import QuizAgain, QuizTold
from dialogs.core.reminder_model import PARTITION, EntryState, QuizAsk, Recipient, Series
from dialogs.core.session_model import ChannelReference
from dialogs.reminders.due import next_for, schedule_of
from dialogs.reminders.steering import steer

TRY_AGAIN = timedelta(minutes=10)
"""Where another quiz is open in the channel when one is due."""
BEFORE_NEXT = timedelta(minutes=5)
"""A quiz closes so long before the next one is due, at the latest."""
SHORTEST = timedelta(minutes=5)
UNANSWERED = 3
"""After so many in a row that nobody answered, whoever looks after the series is asked whether to go on."""
KEPT = 60


class ToldOf(NamedTuple):
    """What a word from the channel comes to for the series."""

    series: Series
    line: tuple[EntryState, str] | None = None
    """The state of the channel's line in the ledger now, and why."""
    jobs: tuple[Job, ...] = ()
    asks: bool = False
    """Whether to ask if it is to go on: it is paused until somebody says so."""


def ask_of(series: Series) -> QuizAsk:
    """What each of its quizzes is to be."""
    assert series.draft.quiz is not None
    return series.draft.quiz


def put_job(series: Series, key: str, at: datetime, channel: Recipient, now: datetime, salt: str) -> Job:
    """Puts the quiz of an occurrence that was due ``at`` in its channel; ``salt``: another, another quiz."""
    token = hashlib.sha256(f"{series.id} {key} {salt}".encode()).hexdigest()
    platform, _, id = channel.id.partition(":")
    put = PutQuiz(
        session=new_id(token),
        token=token,
        series=series.id,
        occurrence=key,
        ask=ask_of(series),
        minutes=int(_open_for(series, at, now).total_seconds() // 60),
        zone=schedule_of(series).zone or series.owner_zone,
        by=series.owner,
        reference=ChannelReference(channel.tenant, id, platform, channel.to),
    )
    return Job(channel.tenant, put, key=f"{series.id} quiz {key} {salt}")


def too_late(series: Series, at: datetime, now: datetime) -> bool:
    """Whether a quiz that was due ``at`` would have closed by now."""
    return now - at >= min(timedelta(minutes=ask_of(series).minutes), _until_next(series, at, at))


def told(event: QuizTold, series: Series, at: datetime, now: datetime) -> ToldOf:
    """What becomes of the series; ``at``: when that occurrence was due."""
    match event.became:
        case "opened":
            return ToldOf(series, ("sent", ""))
        case "another open":
            again = QuizAgain(event.key, at)
            name = f"{series.id} quiz {event.key} {now.isoformat()}"
            return ToldOf(series, jobs=(Job(PARTITION + series.id, again, now + TRY_AGAIN, name),))
        case "no questions":
            return ToldOf(series, ("failed", "no_questions"))
        case "not shown":
            return ToldOf(series, ("failed", "channel_gone"))
        case "closed":
            return _closed(event, series, now)


def _closed(event: QuizTold, series: Series, now: datetime) -> ToldOf:
    came = event.outcome
    if came is None or any(known.key == came.key for known in series.quizzes):
        return ToldOf(series)
    series = replace(series, quizzes=(*series.quizzes, came)[-KEPT:])
    line: tuple[EntryState, str] = ("answered" if came.people else "sent", "")
    last = series.quizzes[-UNANSWERED:]
    silent = len(last) == UNANSWERED and not any(quiz.people for quiz in last)
    if silent and series.step == "on" and schedule_of(series).repeats:
        return ToldOf(steer(series, "pause", now).series, line, asks=True)
    return ToldOf(series, line)


def _open_for(series: Series, at: datetime, now: datetime) -> timedelta:
    wanted = timedelta(minutes=ask_of(series).minutes)
    return max(min(wanted, _until_next(series, at, now) - BEFORE_NEXT), SHORTEST)


def _until_next(series: Series, at: datetime, now: datetime) -> timedelta:
    """From ``now`` to the occurrence after the one at ``at``."""
    found = (next_for(series, group, at) for group in series.groups)
    return min((following.at - now for following in found if following), default=timedelta.max)
