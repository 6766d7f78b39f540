"""What was under way when somebody was forgotten, and ends afterwards, writes nothing of them again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.delivery import scheduler
from bot.platforms.adapters import Someone
from bot.platforms.ports import Address, OutboxMessage, Unavailable, Undeliverable, Unreachable, Wait
from dialogs.core.jobs import ForgetEverywhere, Job
from dialogs.core.reminder_events import BeginSeries
from dialogs.core.reminder_model import Draft
from tests.harness.platform import FakePlatform
from tests.harness.waiting import until
from tests.reading_keys import mentions
from tests.reminders.leaving import ADA, ADDRESS, BRYN, CONFIRMED, WORD
from tests.reminders.series import ID, OFFICER, SLACK, Sharewise, person

ENDS: dict[str, Callable[[], Exception | None]] = {
    "well": lambda: None,
    "blocked": lambda: Unreachable("ConversationBlockedByUser"),
    "refused": lambda: Undeliverable("no"),
    "away": lambda: Unavailable("503"),
    "with a fault of ours": lambda: RuntimeError("ours"),
}
ended = pytest.mark.parametrize("end", ENDS)


class Held:
    """Something that is asked of the platform for Bryn, and not answered until it may be."""

    def __init__(self, end: str) -> None:
        self.reached, self.may_end, self._end = asyncio.Event(), asyncio.Event(), ENDS[end]

    async def __call__(self) -> None:
        self.reached.set()
        async with asyncio.timeout(20):
            await self.may_end.wait()
        error = self._end()
        if error is not None:
            raise error


async def is_forgotten(sharewise: Sharewise) -> None:
    """Bryn asks for it while something is held, and it is done."""
    forgetting, done = sharewise.service.turn._forgetting, asyncio.Event()
    run = forgetting.run

    async def told(tenant: str, event: ForgetEverywhere, key: str) -> None:
        await run(tenant, event, key)
        done.set()

    forgetting.run = told  # type: ignore[method-assign]
    await sharewise.say(BRYN, "forget me")
    await sharewise.say(BRYN, CONFIRMED)
    async with asyncio.timeout(20):
        await done.wait()


async def set_up(sharewise: Sharewise, platform: FakePlatform, held: Held, **in_time: float) -> None:
    """A reminder to Bryn and somebody else is to begin; the first look-up of Bryn is held."""
    look_up = platform.person

    async def held_look_up(id: str, known: Address) -> Someone:
        if id == BRYN and not held.may_end.is_set():
            await held()
        return await look_up(id, known)

    await sharewise.say(BRYN, f"is {WORD} weedkiller allowed")
    await sharewise.settled()
    platform.person = held_look_up  # type: ignore[method-assign]
    draft = Draft(ID, "remind", "Water", targets=(person(ADDRESS), person(1)), schedule=sharewise.daily())
    begins = BeginSeries(draft, ADA, SLACK, {"channel": "UADVISOR"}, "Europe/London")
    at = sharewise.now() + timedelta(**in_time)
    await sharewise.service.schedule.add(Job(f"series:{ID}", begins, at, "begins"))


async def nothing_is_left(sharewise: Sharewise, redis_url: str) -> None:
    await sharewise.settled()
    assert await mentions(redis_url, BRYN, ADDRESS, WORD) == []
    for _ in range(2):
        await sharewise.service.mending.sweep_once()
    await sharewise.forward(hours=30)
    assert await mentions(redis_url, BRYN, ADDRESS, WORD) == []


@ended
async def test_a_send_that_ends(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str, end: str
) -> None:
    held, send = Held(end), platform.send

    async def held_send(message: OutboxMessage, wait: Wait) -> str | None:
        if message.paced and message.entry[1] == BRYN:
            await held()
        return await send(message, wait)

    platform.send = held_send  # type: ignore[method-assign]
    await sharewise.say(BRYN, f"is {WORD} weedkiller allowed")
    await sharewise.begin(person(ADDRESS), person(1), kind="pulse", what="How firm?", topic="buy-in")
    going = asyncio.create_task(sharewise.forward(hours=1.2))
    await held.reached.wait()
    await is_forgotten(sharewise)
    held.may_end.set()
    await going
    await nothing_is_left(sharewise, redis_url)
    assert (await sharewise.states(0))[OFFICER] == "sent"


@ended
async def test_a_reply_that_ends(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str, end: str
) -> None:
    """To what was asked elsewhere, with buttons whose labels may be typed."""
    held, send = Held(end), platform.send

    async def held_send(message: OutboxMessage, wait: Wait) -> str | None:
        if not held.may_end.is_set() and not held.reached.is_set():
            await held()
        return await send(message, wait)

    await sharewise.say(BRYN, f"is {WORD} weedkiller allowed")
    await sharewise.settled()
    platform.send = held_send  # type: ignore[method-assign]
    await sharewise.say(BRYN, "quiz", channel="C9")
    await held.reached.wait()
    await is_forgotten(sharewise)
    held.may_end.set()
    await nothing_is_left(sharewise, redis_url)


@ended
async def test_a_job_that_ends(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str, end: str
) -> None:
    """A reminder begins, for which those who get it are looked up."""
    held = Held(end)
    await set_up(sharewise, platform, held, minutes=5)
    going = asyncio.create_task(sharewise.forward(minutes=6))
    await held.reached.wait()
    await is_forgotten(sharewise)
    held.may_end.set()
    await going
    for failed in await sharewise.reminders.failed_jobs.all():
        await sharewise.press_saying("slack:T1/UADVISOR", f"reminder retry {failed.id}")
    await nothing_is_left(sharewise, redis_url)
    assert [target.id for target in (await sharewise.series()).draft.targets] == [OFFICER]


async def test_a_job_that_fails_meanwhile_is_tried_again_by_itself_without_them(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "FIRST_WAIT", timedelta(milliseconds=20))
    held = Held("with a fault of ours")
    await set_up(sharewise, platform, held)
    await held.reached.wait()
    await is_forgotten(sharewise)
    held.may_end.set()

    async def begun() -> bool:
        return (await sharewise.store.load(ID)).series is not None

    await until(begun, "it begins")
    assert await sharewise.reminders.failed_jobs.all() == []
    assert [target.id for target in (await sharewise.series()).draft.targets] == [OFFICER]
    await nothing_is_left(sharewise, redis_url)
