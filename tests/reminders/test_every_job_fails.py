"""Whatever falls due may fail: a job of each kind is kept, told, counted and run again."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import pytest

from bot.storage.transactions import Transactions
from dialogs.core.enquiry_model import ComeUpAgain
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import Digest, Due, DueAgain, Gather, Wrap
from dialogs.core.session_model import Elapsed
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.leaving import (
    play_advising,
    play_asking,
    play_receiving,
    play_together,
)
from tests.reminders.series import OFFICER, Sharewise

DUE = (Due, DueAgain, Gather, Wrap, Digest, Elapsed, ComeUpAgain)
_handed: ContextVar[Any] = ContextVar("handed", default=None)


async def test_every_kind_that_falls_due_is_kept_told_counted_and_run_again(
    sharewise: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    for play in (play_asking, play_receiving, play_advising, play_together):
        await play(sharewise, platform)
    await sharewise.say(OFFICER, "remind me to water the beds every day at 9")
    await sharewise.say(OFFICER, "start")
    await sharewise.say(OFFICER, "ask an advisor: who keeps bees?")
    await sharewise.press(OFFICER, await platform.tells(OFFICER, "This is what I'd send to"), "Send it")
    await sharewise.settled()
    schedule, hand, commit = sharewise.service.schedule, sharewise.service.schedule._hand, Transactions.commit

    async def handed(job: Job, key: str) -> None:
        _handed.set(job.event)
        try:
            await hand(job, key)
        finally:
            _handed.set(None)

    async def broken(self: Transactions, *args: Any, **more: Any) -> Any:
        if isinstance(_handed.get(), DUE):
            raise RuntimeError
        return await commit(self, *args, **more)

    monkeypatch.setattr(schedule, "_hand", handed)
    with monkeypatch.context() as patch:
        patch.setattr(Transactions, "commit", broken)
        await sharewise.forward(days=8)
    await sharewise.settled()
    failed = await sharewise.service.reminders.failed_jobs.all()
    kinds = {type(job.event) for job in (kept.job for kept in failed) if job}
    assert kinds >= set(DUE)
    count = sharewise.service.metrics.failed_jobs
    assert all(count.labels(kind.__name__)._value.get() for kind in DUE)
    assert all(kept.told for kept in failed)
    for kept in failed:
        await sharewise.press_saying(ADVISOR, f"reminder retry {kept.id}")
    await sharewise.settled()
    assert await sharewise.service.reminders.failed_jobs.all() == []
