"""Whom a message mentions, by the ids as which they speak: mentions have ids of their own (``29:…``)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from msgspec.structs import replace

from bot.platforms.accounts import arrived
from bot.platforms.ports import Address, InboundEvent, InboundHandler, Result
from bot.platforms.teams.directory import TeamsDirectory
from dialogs.core.events import Mention, Utterance

PATIENCE = 3.0
"""Seconds that a message waits for the roster; whom it doesn't tell keeps the id of the mention."""
OWN = "/29:"
"""What follows the tenant in Teams' own id of a person."""


class MentionResolver:
    """Hands on what arrives (``ports.InboundHandler``), once it is known whom it mentions."""

    def __init__(self, handler: InboundHandler, directory: TeamsDirectory, account: str = "") -> None:
        """``account``: of the app that it arrives at."""
        self._handler, self._directory, self._account = handler, directory, account

    async def run(self, inbound: InboundEvent) -> Result:
        """See ``ports.InboundHandler``."""
        said = inbound.event
        if isinstance(said, Utterance) and any(_unresolved(mention) for mention in said.named):
            named = await asyncio.gather(*(self._resolved(mention, inbound.to) for mention in said.named))
            inbound = replace(inbound, event=replace(said, named=tuple(named)))
        return await self._handler.run(arrived(self._account, inbound))

    async def installed(self, account: str) -> None:
        """See ``ports.InboundHandler``."""
        await self._handler.installed(account)

    async def uninstalled(self, account: str) -> None:
        """See ``ports.InboundHandler``."""
        await self._handler.uninstalled(account)

    async def organisation(self, team: str, told: str = "") -> str:
        """See ``ports.InboundHandler``."""
        return await self._handler.organisation(team, told)

    async def talked_in(self, conversation: str, tenants: Sequence[str]) -> str:
        """See ``ports.InboundHandler``."""
        return await self._handler.talked_in(conversation, tenants)

    async def _resolved(self, mention: Mention, there: Address) -> Mention:
        if not _unresolved(mention):
            return mention
        try:
            async with asyncio.timeout(PATIENCE):
                return replace(mention, id=await self._directory.speaker(mention.id, there))
        except TimeoutError:
            return mention


def _unresolved(mention: Mention) -> bool:
    return mention.kind == "person" and OWN in mention.id
