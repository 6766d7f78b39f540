"""A platform as the rest of the bot knows it: its endpoints, who sends, and who is asked for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import msgspec
from aiohttp import web

from bot.platforms.ports import Address, Sender


class Someone(msgspec.Struct, frozen=True):
    """What a platform tells of a person."""

    id: str
    """As ``InboundEvent.speaker``."""
    name: str
    zone: str = ""
    """IANA name of the time zone; empty where the platform doesn't say."""
    email: str = ""
    to: Address = {}
    """Where a message to them alone goes; empty where we can't write to them (yet)."""


class OpenPlace(NamedTuple):
    """A channel in which something may be posted."""

    name: str
    to: Address
    external: bool = False
    """Whether people of other organisations are in it."""


class Directory(Protocol):
    """Who and what there is on one platform; asked beside turns, never inside one.

    Each method raises Undeliverable with the platform's word for "no such thing" or "not allowed", or
    Unavailable.
    """

    def address_of(self, id: str) -> Address:
        """Where a person is reached, from their id alone; empty where that doesn't tell."""

    async def person(self, id: str, known: Address) -> Someone:
        """Look a person up by their id as a speaker; ``known``: where they were last reached, if ever."""

    async def channel(self, id: str, near: Address) -> tuple[str, Address]:
        """A channel's name and address, by its id there; ``near``: an address in the same workspace or
        tenant. Undeliverable where we are not in it."""

    async def open_to(self, id: str, who: str, near: Address) -> OpenPlace:
        """A channel in which somebody wants something posted, asked afresh.

        ``who``: whoever wants it, by their id as a speaker; "" where it is known that they are in it.
        Undeliverable as "not_theirs" where they aren't, and as "read_only" where not everybody may write.
        """

    async def group(self, id: str, near: Address) -> tuple[str, ...]:
        """The speakers' ids of a user group's members; ``near`` as for a channel."""

    async def organisation(self, id: str) -> str:
        """What a workspace or tenant calls itself; "" where the platform doesn't tell."""

    def without_person(self, to: Address) -> Address:
        """What of an address is the workspace's or tenant's own, and tells of nobody."""

    def near(self, tenant: str) -> Address:
        """The same from a workspace's or tenant's id alone; empty where that doesn't tell."""


class Adapter(Protocol):
    """A platform as the web server sees it."""

    sender: Sender
    directory: Directory
    advisors: set[str]
    """Speakers whose address in ``ADVISORS`` has been resolved to them."""

    @property
    def tenant(self) -> str:
        """The workspace or tenant of the settings' credentials, as ``platform:team``; "" where not known."""

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The endpoints on which the platform reaches us."""

    async def start(self) -> None:
        """Open connections and learn who we are; must not fail because the platform is away."""

    async def stop(self) -> None:
        """Close what ``start`` opened."""
