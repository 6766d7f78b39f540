"""The two round trips of a conversation's turn: load, and commit all or nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from bot.platforms.ports import InboundEvent
from bot.storage.connection import Connection, Script, texts
from bot.storage.hashed_people import HashedPeople
from bot.storage.keys import Keys, retention
from bot.storage.migrations import versioned
from bot.storage.offered import read_offered
from bot.storage.person_eraser import erased
from bot.storage.records import (
    RecordWriter,
    RedisCommand,
    read_receipt,
    read_state,
)
from bot.storage.set_aside import READINGS, AsRead, afresh, written
from bot.storage.transactions import Transactions, Write, versioned_write
from bot.storage.waiting import MOST, read_waiting
from dialogs.core.effects import Forget, KeepHere
from dialogs.core.events import Mention
from dialogs.core.model import Decision, OfferedButton, State
from dialogs.core.reminder_model import Waiting
from dialogs.core.replies import Asked
from dialogs.core.work import OpenSessions, Work

LEASE_SECONDS = 5.0
"""How long a conversation of a process that died stays undelivered, at most."""


class LoadedConversation(msgspec.Struct, frozen=True):
    """What a turn starts from."""

    state: State = State()
    version: str = ""
    """The state's version in Redis; empty where there is none."""
    stood: State | None = None
    """See ``World.stood``."""
    profile: dict[str, str] = {}
    recent: int = 0
    """Turns that the person took in the current minute."""
    about: Asked | None = None
    work: Work = Work()
    work_version: str = ""
    missed: tuple[str, ...] = ()
    here: OpenSessions = OpenSessions()
    here_version: str = ""
    forgotten: str = ""
    """When the speaker was last forgotten, where that is fresh: a turn that began before must begin again."""
    waiting: tuple[Waiting, ...] = ()
    offered: tuple[OfferedButton, ...] = ()
    seen: bool = False
    refused: bool = False
    """Whether the speaker couldn't be written to until now."""
    aside: dict[str, AsRead[Any]] = {}
    """The state, work and so on by kind, with what could not be read of each."""

    @property
    def lost(self) -> bool:
        """Whether there is a state that can't be read."""
        return "conversation" in self.aside and self.aside["conversation"].unreadable is not None


class ConversationStore:
    """The memory of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, retention_days: int, lease: float = LEASE_SECONDS) -> None:
        self.connection, self.lease = connection, lease
        self.seconds = {
            kind: kept.seconds for kind, kept in retention(retention_days).items() if kept.seconds is not None
        }
        self._load = Script("load")
        self.commits = Transactions(connection, self.seconds, lease)
        self._hashed = HashedPeople(connection)

    async def load(self, inbound: InboundEvent) -> LoadedConversation:
        """Read all that the turn needs: the first of its two round trips."""
        keys = Keys(inbound.tenant)
        loaded = await self.connection.run(
            self._load,
            [
                keys.key("conversation", inbound.conversation),
                keys.key("profile", inbound.speaker),
                keys.hashed("rate", inbound.speaker),
                keys.key("receipt", inbound.about or inbound.quoted or inbound.under or "-"),
                keys.key("work", inbound.speaker),
                keys.key("missed", inbound.speaker),
                keys.key("here", inbound.channel or "-"),
                keys.hashed("forgotten", inbound.speaker),
                keys.key("waiting", _asked_in_chat(inbound) or "-"),
                keys.key("waiting", _under(inbound) or "-"),
                keys.key("offered", inbound.speaker if inbound.place.kind == "direct" else "-"),
                keys.key("standing", "-" if inbound.place.kind == "direct" else _under(inbound) or "-"),
                keys.key("thread", _under(inbound) or "-"),
                keys.key("refused", inbound.speaker),
                *(keys.key("unreadable", f"{kind} {name}") for kind, name in _aside(inbound).items()),
                *(keys.hashed("mark", idempotency_key) for idempotency_key in inbound.idempotency_keys),
            ],
            [],
        )
        version, raw, profile, recent, receipt, seen, work_version, work, missed, *further = loaded
        here_version, here, forgotten, direct, thread, offered, card, stood, refused, *asides = further
        unreadable, stored = self.connection.unreadable, (raw, work, here, missed)
        parts: dict[str, AsRead[Any]] = {
            kind: READINGS[kind].of(value, aside, keys.key(kind, name), unreadable)
            for (kind, name), value, aside in zip(_aside(inbound).items(), stored, asides, strict=True)
        }
        receipt = read_receipt.or_missing(receipt, keys.key("receipt", inbound.speaker), unreadable)
        # What a thread hangs on is what it is about until it has gone on from there.
        meant = inbound.about or inbound.quoted or raw is None
        begun = None
        if stood and meant and not inbound.about:
            begun = read_state.or_missing(stood, keys.key("thread", _under(inbound)), unreadable)
        return LoadedConversation(
            state=begun if raw is None and begun is not None else parts["conversation"].value,
            stood=begun,
            version=(version or b"").decode(),
            profile=texts(profile),
            recent=int(recent or 0),
            about=receipt.asked if receipt and meant else None,
            work=parts["work"].value,
            work_version=(work_version or b"").decode(),
            missed=parts["missed"].value,
            here=parts["here"].value,
            here_version=(here_version or b"").decode(),
            forgotten=(forgotten or b"").decode(),
            waiting=read_waiting(
                direct,
                thread,
                _under(inbound),
                keys.key("waiting", inbound.speaker),
                unreadable,
                MOST if inbound.place.kind == "direct" else 1,
            ),
            offered=read_offered(
                [*offered, *await self._elsewhere(inbound)],
                card,
                time.time() - self.seconds["offered"],
                keys.key("offered", inbound.speaker),
                unreadable,
            ),
            seen=bool(seen),
            refused=bool(refused),
            aside=parts,
        )

    async def member(self, person: str) -> bytes:
        """Somebody as a keyed hash; only a process's first asks Redis."""
        return (await self._hashed.of([person]))[person]

    async def _elsewhere(self, inbound: InboundEvent) -> list[bytes]:
        """The buttons kept where a person belongs who writes from another workspace or tenant: what no turn
        of theirs sent them doesn't know from which (``OfferedStore.offer``)."""
        own = inbound.speaker.partition("/")[0]
        if own == inbound.tenant or inbound.place.kind != "direct":
            return []
        found: list[bytes] = await self.connection.call(
            "LRANGE", Keys(own).key("offered", inbound.speaker), 0, -1
        )
        return found

    def write(
        self,
        turn: str,
        inbound: InboundEvent,
        loaded: LoadedConversation,
        decision: Decision,
        now: datetime,
        member: bytes = b"",
        stands: State | None = None,
    ) -> Write:
        """Keeps what the turn of that id came to; its commit is the second round trip. ``member``: see
        ``ConversationStore.member``; ``stands``: how the talk stands after what was typed."""
        keys, queue = Keys(inbound.tenant), inbound.conversation
        keeper = RecordWriter(keys, inbound.speaker, now, self.seconds, member)
        forget = any(isinstance(effect, Forget) for effect in decision.effects)
        kept = (
            self._forget(keys, inbound, now)
            if forget
            else self._keep(keys, keeper, turn, inbound, loaded, decision, stands)
        )
        return Write(
            {
                keys.key("conversation", queue): loaded.version,
                keys.key("work", inbound.speaker): loaded.work_version,
                keys.key("here", inbound.channel or "-"): loaded.here_version,
                keys.hashed("forgotten", inbound.speaker): loaded.forgotten,
            },
            (*_counted(keys, inbound.speaker), *kept),
            keeper.traces if forget else "",
        )

    def _keep(
        self,
        keys: Keys,
        keeper: RecordWriter,
        turn: str,
        inbound: InboundEvent,
        loaded: LoadedConversation,
        decision: Decision,
        stands: State | None,
    ) -> Iterable[RedisCommand]:
        conversation = keys.key("conversation", inbound.conversation)
        effects = [*afresh(loaded.aside), *decision.effects]
        writes = written(effects)
        if decision.state != loaded.state or loaded.lost:
            version = int(loaded.version or 0) + 1
            yield "HSET", conversation, "v", version, "s", versioned(decision.state)
            writes.add("conversation")
        for kind, name in _aside(inbound).items():
            if kind in writes and kind in loaded.aside:
                aside = keys.key("unreadable", f"{kind} {name}")
                yield from loaded.aside[kind].kept(aside, self.seconds["unreadable"])
                yield from keeper.trace(aside, "unreadable")
        yield "EXPIRE", conversation, self.seconds["conversation"]
        if stands is not None and inbound.message:
            yield from keeper.record("thread", inbound.message, versioned(stands))
        told = dict(inbound.profile)
        if "name" in loaded.profile:
            told.pop("name", None)  # what was looked up stands: Slack's events tell handles
        yield from keeper.profile(told)
        yield from keeper.trace(conversation, "conversation")
        for number, effect in enumerate(effects):
            if isinstance(effect, KeepHere):
                here = keys.key("here", inbound.channel)
                value, seconds = versioned(effect.here), self.seconds["here"]
                yield from versioned_write(here, loaded.here_version, value, seconds)
            else:
                yield from keeper.effect(effect, f"{turn}-{number}", loaded.work_version)

    def _forget(self, keys: Keys, inbound: InboundEvent, now: datetime) -> Iterable[RedisCommand]:
        yield "DEL", keys.key("conversation", inbound.conversation)
        yield from erased(keys, inbound.speaker, now.timestamp(), self.seconds["forgotten"])

    async def labelled(self, tenant: str, mentioned: Sequence[Mention]) -> tuple[Mention, ...]:
        """Those ``mentioned`` with their names, where the platform gave none and we know them."""
        keys, named = Keys(tenant), list(mentioned)
        for at, mention in enumerate(named):
            if mention.kind == "person" and not mention.label:
                name = await self.connection.call("HGET", keys.key("profile", mention.id), "name")
                named[at] = msgspec.structs.replace(mention, label=(name or b"").decode())
        return tuple(named)

    async def talked_in(self, conversation: str, tenants: Sequence[str]) -> str:
        """In which of the tenants a conversation went on last; "" for none that still knows it."""
        left = await asyncio.gather(
            *(
                self.connection.call("PTTL", Keys(tenant).key("conversation", conversation))
                for tenant in tenants
            )
        )
        latest, tenant = max(zip(left, tenants, strict=True), default=(0, ""))
        return tenant if latest > 0 else ""

    async def reachable(self) -> bool:
        """Whether Redis answers now."""
        return bool(await self.connection.call("PING"))


def _aside(inbound: InboundEvent) -> dict[str, str]:
    """What a turn goes on with where it can't be read: the kinds of key, each with its name."""
    speaker, channel = inbound.speaker, inbound.channel or "-"
    return {"conversation": inbound.conversation, "work": speaker, "here": channel, "missed": speaker}


def _under(inbound: InboundEvent) -> str:
    """The message to which something is said: that of its thread, or one that it quotes."""
    return inbound.under or inbound.quoted or ""


def _asked_in_chat(inbound: InboundEvent) -> str:
    """Whose chat it is in which something is said that may reply to what was sent there: the speaker's, or
    that of a group or channel, where it is said to us and in no thread; "" elsewhere."""
    if inbound.place.kind == "direct":
        return inbound.speaker
    threaded = inbound.place.kind == "channel" and inbound.under
    to_us = getattr(inbound.event, "addressed", False) and not threaded
    return f"{inbound.place.platform}:{inbound.channel}" if to_us else ""


def _counted(keys: Keys, speaker: str) -> Iterable[RedisCommand]:
    rate = keys.hashed("rate", speaker)
    yield "INCR", rate
    yield "EXPIRE", rate, 60, "NX"
