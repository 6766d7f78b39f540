"""Every platform, once: what the rest of the bot may know of it, and how it is joined.

To add one: a folder with a ``platform.py`` that makes a ``Platform``, and a place in ``known.PLATFORMS``.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import Any

import aiohttp
import msgspec

from bot.findings import Finding
from bot.platforms.adapters import Adapter
from bot.platforms.ports import InboundHandler, OnRetry, OutboxMessage, RateLimit
from bot.platforms.vault import Vault
from bot.settings import BadSettings, Settings
from dialogs.core.commands.row import MenuItem
from dialogs.core.events import PlaceKind
from dialogs.core.replies import Reply
from knowledge import Deck

Cost = tuple[str, RateLimit]
"""What a send takes from: the name of an allowance, unique in its tenant, and how it fills again."""


class ManifestFacts(msgspec.Struct, frozen=True):
    """What a platform's manifest is made from."""

    url: str
    """The bot's own address, "https://…" without a slash at its end."""
    own_url: bool
    """False where that is only an example."""
    deck: Deck
    menus: dict[PlaceKind, tuple[MenuItem, ...]]
    """The commands that can be said in each kind of place."""
    app_id: str | None = None
    """Teams: the bot's application id."""
    examples: tuple[str, ...] = ()
    """Questions that show what can be asked."""
    assistant: bool = False
    """Slack: whether it is an assistant of the older kind, rather than an agent."""
    socket_mode: bool = False
    """Slack: whether it connects by a socket, without an address."""
    website: str = ""
    """Teams: the site of whoever runs the bot, with their privacy notice and terms of use."""
    follow_ups: bool = False
    """Teams: whether the owners of teams are asked to let it read all that is said in their channels."""
    installable: bool = False
    """Slack: whether workspaces may install it through OAuth."""


class Manifest(msgspec.Struct, frozen=True):
    """What a platform wants to know of the app."""

    text: str
    missing: str = ""
    """What has to be told before it can be used as it is; empty where nothing has."""
    files: Callable[[], dict[str, bytes]] | None = None
    """Makes the files of the package that is uploaded, by name; None where the text alone is."""


class BadManifest(Exception):
    """The manifest can't be made; the message says what to change."""


class Platform(msgspec.Struct, frozen=True):
    """One platform. What needs its SDK is imported when it is called."""

    name: str
    """What every id of it begins with: "slack" in ``slack:T1/U1``."""
    label: str
    """How people call it."""
    configured: Callable[[Settings], bool]
    """Whether the settings connect it."""
    connect: Callable[[Settings, InboundHandler, aiohttp.ClientSession, OnRetry, Vault | None], Adapter]
    """Join it: what arrives is handed to the handler; in the vault, where there is one, it keeps what it is
    trusted with."""
    costs: Callable[[OutboxMessage], Sequence[Cost]]
    """What sending a message of our own accord takes."""
    render: Callable[[Reply], Any]
    """A reply in its own form, as plain data."""
    person: re.Pattern[str] = re.compile(r"(?!)")
    """What follows the name in a person's id, as a setting may give it, by which its platform is told; none,
    unless a platform says otherwise."""
    channel: re.Pattern[str] = re.compile(r"(?!)")
    """The same of a channel's."""
    example: str = ""
    """Such an id."""
    manifest: Callable[[ManifestFacts], Manifest] | None = None
    """Makes what the platform wants to know of the app, where it wants that. May raise BadManifest."""
    examine: Callable[[Settings, aiohttp.ClientSession, Vault | None], Awaitable[list[Finding]]] | None = None
    """Sees whether the platform, connected, takes what the settings say; where that can be seen."""
    unauthenticated: bool = False
    """Whether it can be joined without any credential, as the playground does."""
    advises: bool = True
    """Whether somebody there may be an advisor."""
    arrives: Callable[[Settings], str] = lambda settings: ""
    """How what happens there reaches us, told at the start: "at /slack/events"."""
    way: str = ""
    """How people say that somebody is reached there; without it, "in" and the label."""

    @property
    def reached(self) -> str:
        """How people say that somebody is reached there: "in Slack", "by mail"."""
        return self.way or f"in {self.label}"


class Platforms:
    """The platforms of a deployment, by name."""

    def __init__(self, platforms: Iterable[Platform]) -> None:
        self._by_name = {platform.name: platform for platform in platforms}

    def __iter__(self) -> Iterator[Platform]:
        return iter(self._by_name.values())

    def get(self, name: str) -> Platform:
        """The platform called ``name``. Raises UnknownPlatform."""
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownPlatform(name) from None

    def named(self, settings: Settings) -> set[str]:
        """The advisors whom the settings name by id, as they speak; who stands there without a platform is
        one on each that has such ids. Raises BadSettings where that is none."""
        found: set[str] = set()
        for advisor in settings.advisors:
            if "@" in advisor and "/" not in advisor:
                continue
            prefix, colon, rest = advisor.partition(":")
            own = self._by_name.get(prefix) if colon else None
            id, asked = (rest, [own]) if own else (advisor, list(self))
            there = {f"{each.name}:{id}" for each in asked if each.person.fullmatch(id)}
            if not there:
                forms = " or ".join(f"{each.name}:{each.example}" for each in self if each.example)
                raise BadSettings(f"ADVISORS: nobody has the id {advisor}; expected an id such as {forms}")
            found |= there
        return found

    def channel(self, settings: Settings) -> str:
        """The advisors' channel, as ``platform:team/channel``; "" where the settings name none. Raises
        BadSettings where no platform has such channels, or several have."""
        given = settings.advisors_channel
        prefix, colon, rest = given.partition(":")
        if not given:
            return ""
        if colon and prefix in self._by_name:
            return f"{prefix}:{rest}"
        there = [each.name for each in self if each.channel.fullmatch(given)]
        if len(there) != 1:
            known = " or ".join(f"{each.name}:" for each in self)
            raise BadSettings(f"ADVISORS_CHANNEL: {given} could be anywhere; put {known} before it")
        return f"{there[0]}:{given}"

    def check(self, settings: Settings) -> None:
        """Raises BadSettings where an organisation or a channel is named on a platform that there is not."""
        self.channel(settings)
        for tenant in settings.called:
            name = tenant.partition(":")[0]
            if name not in self._by_name:
                known = " or ".join(f"{name}:" for name in self._by_name)
                raise BadSettings(f"ORGANISATIONS: {tenant} is on no platform that I know; expected {known}")


class UnknownPlatform(LookupError):
    """No platform has that name; nothing may be sent on a guess."""
