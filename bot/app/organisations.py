"""Which organisation a workspace belongs to: known at once, kept and seen to beside the turns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import msgspec
import structlog

from bot.observability.logs import where
from bot.storage.connection import MemoryAway
from bot.storage.organisations import OrganisationStore
from bot.storage.renaming import Renaming
from dialogs.core.jobs import Job

AGAIN_SECONDS = 2.0
"""Until what memory didn't take is tried again."""

_log = structlog.get_logger()
_pack = msgspec.msgpack.Encoder().encode
_plain = msgspec.msgpack.Decoder().decode
_job = msgspec.msgpack.Decoder(Job).decode


class Organisations:
    """The organisations that one process knows."""

    def __init__(self, store: OrganisationStore) -> None:
        self._store = store
        self._known: dict[str, str] = {}
        self._renamings: dict[str, Renaming] = {}
        self._todo: asyncio.Queue[str] = asyncio.Queue()

    async def of(self, team: str, told: str = "") -> str:
        """See ``ports.InboundHandler.organisation``."""
        if told and self._known.get(team) != told:
            with suppress(MemoryAway):  # then nothing is answered either, until it is seen to
                if told != team and await self._store.of(team) != told:
                    await self._store.tell(team, told)
            self._learn(team, told)
            self._todo.put_nowait(team)
        if team not in self._known:
            try:
                kept = await self._store.of(team)
            except MemoryAway:
                return ""
            if kept:
                self._learn(team, kept)
        return self._known.get(team, "")

    def of_team(self, team: str) -> str:
        """The organisation of a workspace as far as this process knows it; itself where it doesn't."""
        return self._known.get(team, team)

    def person(self, id: str) -> str:
        """The id of a person who may have been named by their workspace."""
        team, slash, user = id.partition("/")
        return f"{self.of_team(team)}{slash}{user}"

    def names(self, person: str) -> tuple[str, ...]:
        """All ids under which something of a person may have been kept: theirs, and by their workspaces."""
        team, slash, user = person.partition("/")
        return person, *(
            f"{workspace}{slash}{user}" for workspace in self._renamings if self._known[workspace] == team
        )

    def job(self, job: Job, idempotency_key: str) -> tuple[Job, str]:
        """A job that may have been made when its people were named by their workspace, and what names it: it
        may have been made once more since."""
        if not self._renamings:
            return job, idempotency_key
        value = before = [_plain(_pack(job)), idempotency_key]
        for renaming in self._renamings.values():
            value = renaming.value(value)
        return (job, idempotency_key) if value == before else (_job(_pack(value[0])), value[1])

    def _learn(self, team: str, organisation: str) -> None:
        self._known[team] = organisation
        if team != organisation:
            self._renamings[team] = Renaming(team, organisation)

    async def work(self) -> None:
        """Keep what is told, and move what is stored under the name of a workspace, for as long as the
        process lives; what is left undone is done by the next."""
        await self._until_taken(self._recall)
        while True:
            team = await self._todo.get()
            await self._until_taken(partial(self._see_to, team))

    async def _until_taken(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                return await work()
            except MemoryAway:
                await asyncio.sleep(AGAIN_SECONDS)
            except Exception as error:
                # Its stored ids stay as they are until the next start; nobody's turn must wait for it.
                _log.error("organisation not seen to", error=where(error))
                return

    async def _recall(self) -> None:
        for team, organisation in (await self._store.known()).items():
            if team not in self._known:
                self._learn(team, organisation)
                self._todo.put_nowait(team)

    async def _see_to(self, team: str) -> None:
        organisation = self._known[team]
        await self._store.keep(team, organisation)
        if organisation != team and await self._store.moved(team) != organisation:
            _log.info("people are moved to their organisation", workspace=team, organisation=organisation)
            count = await self._store.move(team, organisation)
            _log.info("people were moved", workspace=team, organisation=organisation, keys=count)
