"""Who is written to by mail (``adapters.Directory``): whoever has an address at a domain that is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Address, Undeliverable
from dialogs.core.addresses import address_of, allowed, domain_of


class MailDirectory:
    """Nobody is asked: an address is all that there is to know of somebody."""

    def __init__(self, domains: Sequence[str]) -> None:
        self._domains = tuple(domains)

    def address_of(self, id: str) -> Address:
        """The address that the id is made of; empty where we may not write there."""
        return {"address": address_of(id)} if address_of(id) and allowed(id, self._domains) else {}

    async def person(self, id: str, known: Address) -> Someone:
        """Somebody, called by their address. Undeliverable where we may not write there."""
        to = self.address_of(id)
        if not to:
            raise Undeliverable("mail_domain")
        return Someone(id, to["address"], email=to["address"], to=to)

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        """There are none."""
        raise Undeliverable("channel_not_found")

    async def open_to(self, id: str, who: str, near: Address) -> OpenPlace:
        """There are none."""
        raise Undeliverable("channel_not_found")

    async def group(self, id: str, near: Address) -> tuple[str, ...]:
        """There are none."""
        raise Undeliverable("no_such_subteam")

    async def organisation(self, id: str) -> str:
        """The domain."""
        return domain_of(id)

    def without_person(self, to: Address) -> Address:
        """An address is a person's, all of it."""
        return {}

    def near(self, tenant: str) -> Address:
        """Mail needs none."""
        return {}
