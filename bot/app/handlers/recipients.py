"""Whom an advisor's choice means today: people and channels, each with where it is reached, or why not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Literal

import msgspec

from bot.app.people import PeopleDirectory
from bot.platforms.adapters import Directory
from bot.platforms.ports import Address, Unavailable, Undeliverable, platform_of
from bot.storage.sessions import SessionStore as Sessions
from dialogs.core.reminder_model import AdvisorSettings, Recipient, Target
from dialogs.core.text import literal
from dialogs.recurrence import zones
from dialogs.reminders.ledger import reason_of
from dialogs.wording import reminders as words

DEEPEST = 5
"""Lists within lists."""
MOST = 20_000
"""Recipients of one series."""
MOST_ASKED = 200
"""People who are looked up one by one; of a larger audience, the others are taken as their profiles tell,
since a platform answers only about a hundred such questions a minute."""
AT_ONCE = 8


class Resolved(msgspec.Struct, frozen=True):
    """Who the recipients are."""

    recipients: tuple[Recipient, ...]
    notes: tuple[str, ...] = ()
    """What the advisor is to know beside it, as Markdown."""


class RecipientResolver:
    """Looks recipients up. May raise MemoryAway, or Unavailable where a platform is away."""

    def __init__(self, people: PeopleDirectory, sessions: Sessions) -> None:
        self._people, self._sessions = people, sessions

    def names_of(self, person: str) -> tuple[str, ...]:
        """All ids under which somebody may have been forgotten."""
        return self._people.names_of(person)

    def where_reached(self) -> dict[str, str]:
        """How people say that somebody is reached on a platform, by its name."""
        return self._people.where_reached()

    async def resolve(
        self, targets: Sequence[Target], advisor_settings: AdvisorSettings, own: Address, own_tenant: str
    ) -> Resolved:
        """``own``: where the advisor is reached, in ``own_tenant``."""
        notes: list[str] = []
        flat = await self._flat(targets, advisor_settings, notes, frozenset())
        asked = asyncio.Semaphore(AT_ONCE)

        async def one(number: int, target: Target) -> Recipient:
            async with asked:
                if target.kind == "channel":
                    return await self._channel(target, own if target.tenant == own_tenant else {})
                return await self.person(target, look_up=number < MOST_ASKED)

        found = await asyncio.gather(*(one(*each) for each in enumerate(flat[:MOST])))
        once = {each.id: each for each in found}  # named twice, sent once
        if len(flat) > MOST:
            notes.append(words.WHAT_TO_DO["too_many"])
        return Resolved(tuple(once.values()), tuple(dict.fromkeys(notes)))

    async def _flat(
        self,
        targets: Sequence[Target],
        advisor_settings: AdvisorSettings,
        notes: list[str],
        within: frozenset[str],
    ) -> list[Target]:
        """``targets`` as people and channels alone."""
        flat: list[Target] = []
        for target in targets:
            match target.kind:
                case "list":
                    name = target.id.casefold()
                    if name not in advisor_settings.lists:
                        notes.append(words.LIST_GONE.format(name=literal(target.name or target.id)))
                    elif name not in within and len(within) < DEEPEST:
                        flat += await self._flat(
                            advisor_settings.lists[name], advisor_settings, notes, within | {name}
                        )
                case "group":
                    flat += await self._group(target, notes)
                case "check":
                    flat += await self._check(target, notes)
                case _:
                    flat.append(target)
        return list({(target.kind, target.id): target for target in flat}.values())

    async def _group(self, target: Target, notes: list[str]) -> list[Target]:
        directory = self._directory(target)
        try:
            near = await self._people.near(target.tenant)
            members = await directory.group(target.id, near) if directory else ()
        except Undeliverable as refusal:
            name = literal(target.name or words.GROUP_UNNAMED)
            notes.append(words.GROUP_FAILED.format(name=name, why=reason_of(refusal.reason)))
            return []
        return [Target("person", member, tenant=target.tenant) for member in members]

    async def _check(self, target: Target, notes: list[str]) -> list[Target]:
        """Those who took part, for as long as that is kept; nothing tells what each of them answered."""
        took = await self._sessions.answers.took(target.id)
        if not took:
            notes.append(words.CHECK_GONE)
        return [Target("person", person, tenant=tenant) for person, tenant in took.items()]

    async def person(self, target: Target, *, look_up: bool = True) -> Recipient:
        """Somebody, with where they are reached, or why not. May raise Unavailable."""
        known = await self._people.known(target.tenant, target.id)
        directory = self._directory(target)
        if directory is None:
            return _recipient(target, "person", why_not="platform_off")
        if known is not None and not look_up:
            return _recipient(target, "person", known.name, known.to, known.zone)
        if not look_up and (address := directory.address_of(target.id)):
            return _recipient(target, "person", "", address)
        try:
            near = known.to if known else await self._people.near(target.tenant)
            found = await directory.person(target.id, near)
        except Undeliverable as refusal:
            return _recipient(target, "person", known.name if known else "", why_not=refusal.reason)
        except Unavailable:
            if known is None:
                raise
            return _recipient(target, "person", known.name, known.to, known.zone)
        zone = found.zone or (known.zone if known else "")
        who = Target("person", found.id, found.name or target.name, target.tenant)
        return _recipient(who, "person", found.name, found.to, zone, "" if found.to else "not_installed")

    async def _channel(self, target: Target, own: Address) -> Recipient:
        directory = self._directory(target)
        if directory is None:
            return _recipient(target, "channel", why_not="platform_off")
        try:
            name, to = await directory.channel(target.id, own or await self._people.near(target.tenant))
        except Undeliverable as refusal:
            return _recipient(target, "channel", why_not=refusal.reason)
        return _recipient(target, "channel", f"#{name}" if name else "", to)

    def _directory(self, target: Target) -> Directory | None:
        return self._people.directory(target.id.partition(":")[0])


def _recipient(
    target: Target,
    kind: Literal["person", "channel"],
    name: str = "",
    to: Address | None = None,
    zone: str = "",
    why_not: str = "",
) -> Recipient:
    return Recipient(
        id=target.id,
        kind=kind,
        name=" ".join((name or target.name).split()),
        platform=platform_of(target.id),
        tenant=target.tenant,
        to=to or {},
        zone=zone if zones.zone(zone) else "",
        why_not=why_not,
    )
