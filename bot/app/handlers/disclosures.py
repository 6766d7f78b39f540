"""Drawing up a result under the disclosure record: two at the same moment never miss each other.

What is told is recorded before it is shown. Where the process dies in between, the result is drawn up again,
and takes the place of its own earlier record.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from bot.app.transaction import Change, TransactionRunner, turn_of
from bot.storage.disclosures import DisclosureStore, LoadedDisclosures
from bot.storage.hashed_people import PARTITION
from dialogs.core.result_model import Disclosures

Outcome = TypeVar("Outcome")
DrawUp = Callable[[Disclosures], Awaitable[tuple[Outcome, Disclosures]]]
"""From what was told so far of some topics: a result, and by topic all that is told with it."""


class DisclosureHandler:
    """Runs the turns of the disclosure record. May raise MemoryAway, or Busy."""

    def __init__(self, store: DisclosureStore, transaction: TransactionRunner) -> None:
        self.store, self._transaction = store, transaction

    async def draw_up(self, topics: Sequence[str], draw_up: DrawUp[Outcome]) -> Outcome:
        """The result that ``draw_up`` comes to, once what it tells is recorded."""

        async def decide(loaded: LoadedDisclosures) -> Change[tuple[Outcome, ...]]:
            outcome, told = await draw_up(loaded.told)
            return Change((outcome,), self.store.write(loaded, told) if told else None)

        load = partial(self.store.load, topics)
        nothing: tuple[Outcome, ...] = ()
        return (await self._transaction.run(turn_of(PARTITION), load, decide, seen=nothing))[0]
