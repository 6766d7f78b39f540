"""What is there and can't be read: nothing of it is lost, and it goes on once it can."""

from __future__ import annotations

from datetime import timedelta

from bot.storage.keys import Keys
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import KeepList
from dialogs.core.reminder_model import ADVISORS_PARTITION, PARTITION
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.leaving import ADA
from tests.reminders.series import ID, Sharewise, people, person


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
    assert failed.reason.startswith("UnreadableState")
    await call("HSET", state, "s", kept)
    assert [series.id for series in await reminders.listing.shared()] == [ID]
    await reminders.failures.retry(failed.id, "", "again")
    await sharewise.settled()
    await sharewise.comes_to({"sent": 2})


async def test_a_series_that_cannot_be_read_is_named_where_it_is_listed_and_to_who_presses(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2))
    state = Keys(PARTITION + ID).key("series", "state")
    kept = await sharewise.service.reminders.store.connection.call("HGET", state, "s")
    await sharewise.service.reminders.store.connection.call("HSET", state, "s", b"damaged")
    await sharewise.say(ADVISOR, "reminders")
    await platform.shows("UADVISOR", "that I can't read just now", "goes on once I can read it")
    await sharewise.press_saying(ADVISOR, f"reminder pause {ID}")
    await platform.shows("UADVISOR", "so I have left it as it is. Nothing of it is lost")
    await sharewise.service.reminders.store.connection.call("HSET", state, "s", kept)
    await sharewise.press_saying(ADVISOR, f"reminder pause {ID}")
    await platform.shows("UADVISOR", "Paused")


async def test_settings_that_cannot_be_read_are_not_written_over(sharewise: Sharewise) -> None:
    await sharewise.reminders.hand("board", KeepList("Steering", (person(1),), ADA), "first")
    reminders = sharewise.service.reminders
    call, state = reminders.store.connection.call, Keys(ADVISORS_PARTITION).key("board", "state")
    kept = await call("HGET", state, "s")
    await call("HSET", state, "s", b"damaged")
    assert set((await reminders.advisor_settings_handler.read()).lists) == {"steering"}, "as they were last"
    soon = sharewise.now() + timedelta(minutes=30)
    second = Job(ADVISORS_PARTITION, KeepList("Board", (person(2),), ADA), soon, "second")
    await sharewise.service.schedule.add(second)
    await sharewise.forward(hours=1)
    assert await call("HGET", state, "s") == b"damaged"
    (failed,) = {job.id: job for job in await reminders.failed_jobs.all()}.values()
    assert failed.reason.startswith("UnreadableState")
    await call("HSET", state, "s", kept)
    await reminders.failures.retry(failed.id, "", "again")
    await sharewise.settled()
    assert set((await reminders.advisor_settings_handler.read()).lists) == {"steering", "board"}
