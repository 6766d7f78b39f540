"""Jobs that failed every time: kept with the reason, told to whom they concern, and run again when asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence, Set
from datetime import datetime, timedelta
from functools import partial

import msgspec
import structlog

from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.transaction import Change, TransactionRunner, Turn, turn_of
from bot.observability.logs import where
from bot.observability.metrics import Metrics
from bot.platforms.ports import Address, OutboxMessage, platform_of
from bot.storage.failed_jobs import FailedJob, FailedJobStore, LoadedFailedJob, failed_id
from bot.storage.keys import LIVE
from bot.storage.migrations import where_readable
from bot.storage.records import pack
from bot.storage.reminders import SeriesStore
from bot.storage.sessions import SessionStore
from bot.storage.transactions import Write
from dialogs.core.enquiry_model import AskAdvisors
from dialogs.core.jobs import Job, SendReply
from dialogs.core.reminder_events import BeginSeries, Digest, Due, SeriesEvent, SteerSeries
from dialogs.core.reminder_model import ADVISORS_PARTITION, PARTITION, Series
from dialogs.core.replies import Reply
from dialogs.core.session_model import Actor, LiveSession
from dialogs.core.teaching_model import TryOut
from dialogs.reminders.due import next_of_all
from dialogs.reminders.failures import failed_card, failed_cards, failed_part_card, part_in_words
from dialogs.wording import failures as words

REFUSED = "refused as it looked, in words too"
"""Why a reply is kept."""

TOGETHER = timedelta(days=1)
"""What fails by one cause within so long is told in one message."""
MOST_NAMED = 5
"""Of them, by what they are."""

_log = structlog.get_logger()


class FailureHandler:
    """Keeps failed jobs, and lets them run again. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        store: FailedJobStore,
        series: SeriesStore,
        sessions: SessionStore,
        transaction: TransactionRunner,
        reach: AdvisorReach,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._series, self._sessions = store, series, sessions
        self._transaction, self._reach = transaction, reach
        self._metrics, self._clock = metrics, clock
        self._keeping = asyncio.Lock()

    async def keep(self, packed: bytes, reason: str, key: str) -> None:
        """A job, packed, has failed every time; ``reason``: the kind of error and where it arose."""
        failed = FailedJob(failed_id(key), packed, reason, self._clock())
        job = failed.job
        # The same failure of the same try is kept and told once, whichever process hears of it.
        turn = turn_of(ADVISORS_PARTITION, f"failed {failed.id} {job.at if job else ''}")

        async def decide(loaded: LoadedFailedJob) -> Change[bool]:
            told = await self._whom(failed)
            kept = msgspec.structs.replace(failed, told=tuple(told))
            messages = await self._telling(turn, kept, told, await self._alike(kept))
            return Change(True, self._store.keep(kept, loaded.version), messages=messages)

        load = partial(self._store.load, failed.id, turn.idempotency_keys[0])
        async with self._keeping:  # many may fail at once, and one message tells of them
            new = await self._transaction.run(turn, load, decide, seen=False)
        if new:
            what = type(job.event).__name__ if job else "unknown"
            self._metrics.failed_jobs.labels(what).inc()
            _log.error("job failed", id=failed.id, key=key[:120], what=what, reason=reason)

    async def tell_again(self, partitions: Set[str]) -> None:
        """Those concerned are told of what has failed of ``partitions``, since they couldn't be before."""
        for failed in await self._store.all() if partitions else ():
            if failed.job is not None and failed.job.partition in partitions:
                turn = turn_of(ADVISORS_PARTITION, f"failed {failed.id} {failed.at} again")
                load = partial(self._store.load, failed.id, turn.idempotency_keys[0])
                await self._transaction.run(turn, load, partial(self._told, turn), seen=None)

    async def _told(self, turn: Turn, loaded: LoadedFailedJob) -> Change[None]:
        failed = loaded.failed
        if failed is None:
            return Change(None, Write())
        messages = await self._telling(turn, failed, await self._whom(failed), [failed])
        return Change(None, Write(), messages=messages)

    async def _alike(self, failed: FailedJob) -> list[FailedJob]:
        """Those that failed by the same cause within a day, the first to fail first, and this one."""
        before = [
            other
            for other in await self._store.all()
            if other.reason == failed.reason and other.id != failed.id and failed.at - other.at < TOGETHER
        ]
        return [*sorted(before, key=lambda other: (other.at, other.id)), failed]

    async def refused(self, job: Job, idempotency_key: str) -> None:
        """A reply was refused for its looks: it is kept, and told; asked for again, it is sent again."""
        event = job.event
        assert isinstance(event, SendReply)
        if not event.whenever:
            await self.keep(pack(job), REFUSED, job.key)
            return
        turn = turn_of(ADVISORS_PARTITION, idempotency_key)
        message = OutboxMessage(
            turn.names("again"), event.platform, event.to, event.reply, speaker=event.speaker,
            at=self._clock().timestamp(),
        )  # fmt: skip

        async def decide(_: LoadedFailedJob) -> Change[None]:
            return Change(None, Write(), messages={event.queue: [message]})

        load = partial(self._store.load, "", turn.idempotency_keys[0])
        await self._transaction.run(turn, load, decide, seen=None)

    async def concerns(self, id: str, person: str) -> bool:
        """Whether a failed job concerns ``person`` more than others."""
        failed = (await self._store.load(id, "")).failed
        return bool(failed and failed.job and person in await self._concerned(failed.job))

    async def retry(self, id: str, person: str, idempotency_key: str) -> str:
        """Let a failed job run again, now, and those of which ``person`` was told with it; a sentence for
        them."""
        failed = (await self._store.load(id, "")).failed
        alike = await self._alike(failed) if failed else []
        said = await retry_failed(self._store, self._transaction, id, idempotency_key)
        for other in alike:
            if other.id != id and person in other.told:
                key = f"{idempotency_key} {other.id}"
                await retry_failed(self._store, self._transaction, other.id, key)
        return said

    async def _whom(self, failed: FailedJob) -> dict[str, Address]:
        """Those whom a failed job concerns; where that is nobody who can be told, all advisors."""
        told = await self._concerned(failed.job) if failed.job else {}
        own = await self._own(failed.job) if failed.job else ""
        return told if told or own else await self._reach.all()

    async def _telling(
        self, turn: Turn, failed: FailedJob, told: dict[str, Address], alike: Sequence[FailedJob]
    ) -> dict[str, list[OutboxMessage]]:
        """What each of those ``told`` reads: one message for all that failed ``alike``, which grows where it
        stands."""
        own, messages = await self._own(failed.job) if failed.job else "", dict[str, list[OutboxMessage]]()
        for who, to in told.items():
            theirs = [other for other in alike if who in other.told] or [failed]
            first = theirs[0]
            card = await self._cards(theirs) if len(theirs) > 1 else await self._card(failed)
            message = OutboxMessage(
                turn.names(f"told {who}"), platform_of(who), to, card, speaker=who, failure=True,
                at=self._clock().timestamp(), tenant=own,
                card=("failures", f"{who} {first.id}{first.at.isoformat()}"),
            )  # fmt: skip
            messages[f"told {who}"] = [message]
        return messages

    async def _card(self, failed: FailedJob) -> Reply:
        job = failed.job
        event = job.event if job else None
        if job is None or not isinstance(event, SeriesEvent):
            return failed_part_card(event, await self._session(job), failed.id)
        series = await self._of(job)
        return failed_card(series, event, failed.id, self._coming(series) if series else None)

    async def _cards(self, alike: Sequence[FailedJob]) -> Reply:
        parts = list[str]()
        for job in (failed.job for failed in alike[:MOST_NAMED]):
            series = await self._of(job) if job else None
            parts.append(part_in_words(series, job.event if job else None, await self._session(job)))
        return failed_cards(parts, len(alike), alike[0].id)

    async def _session(self, job: Job | None) -> LiveSession | None:
        """The session that a job is of, where it is of one that can be read."""
        if job is None or not job.partition.startswith(LIVE):
            return None
        loaded = await where_readable(self._sessions.load(job.partition.removeprefix(LIVE)))
        return loaded.state if loaded else None

    async def _of(self, job: Job) -> Series | None:
        """The series that a job is of, where it is of one that can be read: else that is why it failed."""
        if not job.partition.startswith(PARTITION):
            return None
        loaded = await where_readable(self._series.load(job.partition.removeprefix(PARTITION)))
        return loaded.series if loaded else None

    async def _own(self, job: Job) -> str:
        """The tenant of its owner, where it is of a reminder of which only they may know; else empty."""
        if isinstance(job.event, BeginSeries):
            return job.event.tenant if job.event.draft.to_self(job.event.by.id) else ""
        series = await self._of(job)
        return series.owner_tenant if series is not None and series.own else ""

    async def _concerned(self, job: Job) -> dict[str, Address]:
        """Whoever asked for it, else whose it is: the advisor of a series, the host of a session."""
        event = job.event
        to: Address = event.to if isinstance(event, BeginSeries | SteerSeries) else {}
        by: Actor | None = getattr(event, "by", None)
        who = by.id if by is not None else ""
        if isinstance(event, Digest):
            who = event.advisor
        elif isinstance(event, AskAdvisors):
            who, to = event.asker.id, event.to
        elif isinstance(event, SendReply):
            who, to = event.speaker, event.to
        elif isinstance(event, TryOut):
            who, to = event.draft.by.id, event.draft.to
        elif job.partition.startswith(PARTITION) and not to:
            series = await self._of(job)
            who, to = (series.owner.id, series.owner_to) if series else (who, {})
        elif job.partition.startswith(LIVE) and not who:
            session = await self._session(job)
            who = session.host.id if session else ""
        to = to or (await self._reach.of(who) if who else {})
        return {who: to} if who and to else {}

    def _coming(self, series: Series) -> datetime | None:
        try:
            coming = next_of_all(series, self._clock()) if series.step == "on" else None
        except Exception as error:
            # It may be the very thing that made the job fail.
            _log.error("next occurrence unknown", series=series.id, error=where(error))
            return None
        return coming.at if coming else None


async def retry_failed(
    store: FailedJobStore, transaction: TransactionRunner, id: str, idempotency_key: str
) -> str:
    """Let a failed job run again as soon as it is delivered. May raise MemoryAway, or Busy."""

    async def decide(loaded: LoadedFailedJob) -> Change[str]:
        job = loaded.failed.job if loaded.failed else None
        if job is None:
            return Change(words.NOTHING_FAILED)
        event = job.event
        if isinstance(event, Due | SendReply):
            event = msgspec.structs.replace(event, whenever=True)
        again = msgspec.structs.replace(job, event=event, at=None)
        return Change(words.TRYING_AGAIN, store.drop(id), jobs=[again])

    load, turn = partial(store.load, id, idempotency_key), turn_of(ADVISORS_PARTITION, idempotency_key)
    return await transaction.run(turn, load, decide, seen=words.TRYING_AGAIN)
