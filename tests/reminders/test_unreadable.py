"""A series that is there and can't be read: nothing of it is lost, and it goes on once it can."""

from __future__ import annotations

from bot.storage.keys import Keys
from dialogs.core.reminder_model import PARTITION
from tests.reminders.series import ID, Sharewise, people


async def test_a_series_that_cannot_be_read_keeps_its_place_and_what_falls_due_of_it(
    sharewise: Sharewise,
) -> None:
    await sharewise.begin(*people(2))
    reminders = sharewise.service.reminders
    call, state = reminders.store.connection.call, Keys(PARTITION + ID).key("series", "state")
    kept = await call("HGET", state, "s")
    await call("HSET", state, "s", b"damaged")
    assert await reminders.listing.shared() == []
    await sharewise.forward(hours=1.2)
    (failed,) = {job.id: job for job in await reminders.failed_jobs.all()}.values()
    assert failed.reason.startswith("UnreadableSeries")
    await call("HSET", state, "s", kept)
    assert [series.id for series in await reminders.listing.shared()] == [ID]
    await reminders.failures.retry(failed.id, "again")
    await sharewise.settled()
    await sharewise.comes_to({"sent": 2})
