"""Jobs that failed every time: kept with the reason, told to whom they concern, and run again when asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec
import structlog

from bot.app.transaction import Change, TransactionRunner, Turn, turn_of
from bot.observability.logs import where
from bot.observability.metrics import Metrics
from bot.platforms.ports import Address, OutboxMessage, platform_of
from bot.storage.failed_jobs import FailedJob, FailedJobStore, LoadedFailedJob, failed_id
from bot.storage.reminders import SeriesStore
from dialogs.core.reminder_events import BeginSeries, Due, SeriesEvent, SteerSeries
from dialogs.core.reminder_model import ADVISORS_PARTITION, PARTITION, Series
from dialogs.reminders.due import next_of_all
from dialogs.reminders.failures import failed_card
from dialogs.wording import reminders as words

_log = structlog.get_logger()


class FailureHandler:
    """Keeps failed jobs, and lets them run again. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        store: FailedJobStore,
        series: SeriesStore,
        transaction: TransactionRunner,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._series, self._transaction = store, series, transaction
        self._metrics, self._clock = metrics, clock

    async def keep(self, packed: bytes, reason: str) -> None:
        """A job, packed, has failed every time; ``reason``: the kind of error and where it arose."""
        failed = FailedJob("", packed, reason, self._clock())
        job = failed.job
        key = job.key if job else packed.hex()
        failed = msgspec.structs.replace(failed, id=failed_id(key))
        # The same failure of the same try is kept and told once, whichever process hears of it.
        turn = turn_of(ADVISORS_PARTITION, f"failed {failed.id} {job.at if job else ''}")

        async def decide(loaded: LoadedFailedJob) -> Change[bool]:
            return Change(True, self._store.keep(failed), messages=await self._telling(turn, failed))

        load = partial(self._store.load, failed.id, turn.idempotency_keys[0])
        if await self._transaction.run(turn, load, decide, seen=False):
            what = type(job.event).__name__ if job else "unknown"
            self._metrics.failed_jobs.labels(what).inc()
            _log.error("job failed", id=failed.id, key=key[:120], what=what, reason=reason)

    async def retry(self, id: str, idempotency_key: str) -> str:
        """Let a failed job run again, now; a sentence for whoever asked."""
        return await retry_failed(self._store, self._transaction, id, idempotency_key)

    async def _telling(self, turn: Turn, failed: FailedJob) -> dict[str, list[OutboxMessage]]:
        """What the advisor of the series is told, where a series is concerned whose advisor is known."""
        job = failed.job
        if job is None or not isinstance(job.event, SeriesEvent):
            return {}
        event = job.event
        series = (await self._series.load(job.partition.removeprefix(PARTITION))).series
        to: Address = event.to if isinstance(event, BeginSeries | SteerSeries) else {}
        by = event.by.id if to and isinstance(event, BeginSeries | SteerSeries) else ""
        if not to and series is not None:
            to, by = series.owner_to, series.owner.id
        if not to:
            return {}
        card = failed_card(series, event, failed.id, self._coming(series) if series else None)
        return {f"told {by}": [OutboxMessage(turn.names("told"), platform_of(by), to, card, speaker=by)]}

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
        if isinstance(event, Due):
            event = msgspec.structs.replace(event, whenever=True)
        again = msgspec.structs.replace(job, event=event, at=None)
        return Change(words.TRYING_AGAIN, store.drop(id), jobs=[again])

    load, turn = partial(store.load, id, idempotency_key), turn_of(ADVISORS_PARTITION, idempotency_key)
    return await transaction.run(turn, load, decide, seen=words.TRYING_AGAIN)
