"""The parts of reminders and pulses, put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery import Delivery
from bot.live.store import Store as Sessions
from bot.memory import Memory
from bot.people import People
from bot.series.board import Boards
from bot.series.door import Door
from bot.series.forgetting import kept_of
from bot.series.listing import Listing
from bot.series.resolve import Resolver
from bot.series.runner import Runner
from bot.series.store import Store
from dialogs.series.model import HOME, Board, BoardEvent, ForgetPerson, SeriesEvent, Summary
from knowledge import Knowledge


class Reminders:
    """Reminders and pulses of one process. What reaches Redis may raise MemoryAway."""

    def __init__(
        self,
        memory: Memory,
        sessions: Sessions,
        delivery: Delivery,
        people: People,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
        is_advisor: Callable[[str], bool],
    ) -> None:
        self._clock = clock
        self.store = Store(memory.line, memory.commits, memory.seconds)
        self.listing = Listing(self.store)
        self.boards = Boards(
            memory.line, memory.commits, self.listing, delivery, people, clock, is_advisor,
            memory.seconds["audit"],
        )  # fmt: skip
        resolver = Resolver(people, sessions)
        self.runner = Runner(
            self.store, self.listing, resolver, self.boards.read, delivery, knowledge, clock, is_advisor
        )
        self.door = Door(self.store, self.runner, people, clock)

    def advises(self, speaker: str) -> bool:
        """Whether ``speaker`` was made an advisor in chat, as this process knows it."""
        return speaker in self.boards.copy.advisors

    async def board(self) -> Board:
        """What the advisors share, as it is now."""
        return await self.boards.read()

    async def check_ins(self, home: str, channel: str) -> tuple[Summary, ...]:
        """See ``Listing.check_ins``."""
        return await self.listing.check_ins(home, channel)

    async def summaries(self, person: str, *, advisor: bool) -> tuple[Summary, ...]:
        """The series that run, as far as they concern ``person``; all of them, for an advisor."""
        return await self.listing.summaries(person, advisor=advisor, now=self._clock())

    async def hand(self, home: str, event: SeriesEvent | BoardEvent, mark: str) -> None:
        """Let an event happen to a series, or on the board. May raise Unavailable."""
        if isinstance(event, SeriesEvent):
            await self.runner.run(home.removeprefix(HOME), event, mark)
        else:
            await self.boards.run(event, mark)

    async def forget(self, person: str, mark: str) -> None:
        """Forget somebody on the board and in all series. May raise Unavailable."""
        await self.boards.run(ForgetPerson(person), f"{mark} board")

    async def kept_of(self, person: str) -> list[str]:
        """What is kept of a person, in words."""
        return await kept_of(self.store, await self.listing.all(), await self.board(), person)
