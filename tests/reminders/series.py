"""Reminders of a process: what advisors begin and steer, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from dialogs.core.reminder_events import BeginSeries, SteerAct, SteerSeries
from dialogs.core.reminder_model import Draft, LedgerEntry, Series, Target
from dialogs.core.session_model import Actor
from dialogs.recurrence.rule import Recurrence
from tests.harness import sharewise as harness
from tests.harness.platform import ADVISOR
from tests.harness.sharewise import numbers

OFFICER = "slack:T1/U1"
ID = "CDFGHJKMNPQR"
"""The id of the series that most tests are about."""
SLACK, TEAMS = "slack:T1", "teams:t1"


class Sharewise(harness.Sharewise):
    """One with series."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.reminders, self.store = self.service.reminders, self.service.reminders.store

    # --- What advisors do ---

    async def begin(
        self,
        *targets: Target,
        id: str = ID,
        by: str = ADVISOR,
        to: str = "UADVISOR",
        changes: str = "",
        schedule: Recurrence | None = None,
        **draft: Any,
    ) -> None:
        """A series begins, with its first date in an hour unless ``schedule`` says otherwise; ``to``: the
        chat of whoever begins it."""
        draft.setdefault("kind", "remind")
        draft.setdefault("what", "Brief your members")
        whole = Draft(id, targets=targets, schedule=schedule or self.daily(), changes=changes, **draft)
        event = BeginSeries(whole, Actor(by, "Ada", True), SLACK, {"channel": to}, "Europe/London")
        await self.reminders.hand(f"series:{changes or id}", event, f"{id} begin {next(numbers)}")
        await self.settled()

    def daily(self, **more: Any) -> Recurrence:
        """Every day, from an hour from now on, whatever day it is."""
        start = (self.now() + timedelta(hours=1)).replace(tzinfo=None, second=0, microsecond=0)
        more = {"rule": "FREQ=DAILY", "zone": "Etc/UTC", "off_days": "ignore", "quiet": None, **more}
        return Recurrence(start, **more)

    async def steer(self, act: SteerAct, id: str = ID, key: str = "") -> str:
        """An advisor steers; what they are told."""
        event = SteerSeries(act, Actor(ADVISOR, "Ada", True), key=key)
        return await self.reminders.runner.run(id, event, f"steer {next(numbers)}")

    # --- What there is ---

    async def series(self, id: str = ID) -> Series:
        """The series as it is kept."""
        found = (await self.store.load(id)).series
        assert found is not None
        return found

    async def key(self, number: int = -1, id: str = ID) -> str:
        """The key of one of its occurrences."""
        return (await self.series(id)).sent[number].key

    async def ledger(self, number: int = -1, id: str = ID) -> dict[str, LedgerEntry]:
        """What became of an occurrence, by recipient."""
        return {entry.recipient: entry for entry in await self.store.ledger(id, await self.key(number, id))}

    async def states(self, number: int = -1, id: str = ID) -> dict[str, str]:
        """Only the states."""
        return {recipient: entry.state for recipient, entry in (await self.ledger(number, id)).items()}

    async def counts(self, number: int = -1, id: str = ID) -> dict[str, int]:
        """How many are in which state."""
        return await self.store.census(id, await self.key(number, id))

    async def comes_to(self, counts: dict[str, int], number: int = -1, seconds: float = 20) -> None:
        """Wait until the ledger has these counts."""
        found: dict[str, int] = {}
        try:
            async with asyncio.timeout(seconds):
                while (found := await self.counts(number)) != counts:  # noqa: ASYNC110 (it is in Redis)
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"expected {counts}, found {found}") from None


def person(number: int | str, tenant: str = SLACK) -> Target:
    """Somebody."""
    platform, _, team = tenant.partition(":")
    who = f"U{number}" if isinstance(number, int) else number
    return Target("person", f"{platform}:{team}/{who}", tenant=tenant)


def channel(id: str, tenant: str = SLACK, name: str | None = None) -> Target:
    """A channel, called by its id unless it has another ``name``."""
    return Target("channel", f"{tenant.partition(':')[0]}:{id}", id if name is None else name, tenant)


def people(count: int) -> Iterable[Target]:
    """So many people in Slack."""
    return (person(number) for number in range(1, count + 1))
