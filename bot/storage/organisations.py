"""Which organisation a workspace belongs to, and what is stored of its people under the workspace's name.

A person is an organisation and a user id. Where it is learnt late that a workspace is of an organisation (or
an earlier version kept people by workspace), everything that is stored of them is moved, key by key, beside
the turns: each key only as long as it is as it was seen. Doing it again is harmless.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

from bot.storage.connection import Connection, Script, texts
from bot.storage.keys import DAY, LIVE, ORGANISATIONS, Keys, kind_of
from bot.storage.partitions import partitions
from bot.storage.person_data import REGISTRY
from bot.storage.records import RedisCommand, flat
from bot.storage.renaming import Renaming, Resealing, moved_in, reaching_in
from bot.storage.session_answers import form_name
from dialogs.core.reminder_model import PARTITION
from dialogs.sessions.gate import CHECK_TALLY

MOST_CONFLICTS = 20
FOLLOWED_SECONDS = 30 * DAY
"""As long as something without names may be open."""
_KNOWN, _MOVED = (Keys(ORGANISATIONS).key("organisation", name) for name in ("known", "moved"))


class OrganisationStore:
    """The organisations of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._peek, self._rename = Script("peek"), Script("rename")

    async def known(self) -> dict[str, str]:
        """Workspace -> organisation, both as ``platform:team``."""
        return texts(await self._connection.call("HGETALL", _KNOWN))

    async def of(self, workspace: str) -> str:
        """The organisation of one workspace; "" where it isn't known."""
        return (await self._connection.call("HGET", _KNOWN, workspace) or b"").decode()

    async def keep(self, workspace: str, organisation: str) -> None:
        """Remember it for good."""
        await self._connection.call("HSET", _KNOWN, workspace, organisation)

    async def tell(self, workspace: str, organisation: str) -> None:
        """Whatever is answered in sessions and series from now on is answered under the organisation's name,
        also through processes that haven't heard of it."""
        ours = (name for name in await partitions(self._connection) if name.startswith((LIVE, PARTITION)))
        await asyncio.gather(*(self._tell(moved_in(Keys(name)), workspace, organisation) for name in ours))

    async def _tell(self, key: str, workspace: str, organisation: str) -> None:
        await self._connection.call("HSET", key, workspace, organisation)
        await self._connection.call("EXPIRE", key, FOLLOWED_SECONDS)

    async def moved(self, workspace: str) -> str:
        """Under which organisation's name everything of a workspace's people has been put."""
        return (await self._connection.call("HGET", _MOVED, workspace) or b"").decode()

    async def move(self, workspace: str, organisation: str) -> int:
        """Put everything that is stored of a workspace's people under their organisation; how many keys.

        What changed too often meanwhile is left for the next time.
        """
        await self.tell(workspace, organisation)
        renaming, changed, whole = Renaming(workspace, organisation), 0, True
        async for key in self._keys():
            for _ in range(MOST_CONFLICTS):
                done = await self._one(key, renaming)
                if done is not None:
                    changed += done
                    break
            else:
                whole = False
        if whole:
            await self._connection.call("HSET", _MOVED, workspace, organisation)
        return changed

    async def _keys(self) -> AsyncIterator[str]:
        async for name in self._connection.scan("sw:{*"):
            row = REGISTRY.get(kind_of(name) or "")
            if row is not None and row.holds:
                yield name

    async def _one(self, key: str, renaming: Renaming) -> bool | None:
        """Whether a key was changed; None where something else happened to it meanwhile."""
        type, digest, held = await self._connection.run(self._peek, [key], [])
        renaming = await reaching_in(self._connection, key, renaming)
        if type == b"none":
            return False
        head, brace, name = key.partition("}:")
        kind, colon, about = name.partition(":")
        if kind == "form" and isinstance(renaming, Resealing):
            return await self._form(Keys(head.partition("{")[2]), about, renaming.text(about), renaming)
        # A queue keeps its name, by which others know it.
        target = key if kind == "outbox" else head + brace + kind + colon + renaming.text(about)
        commands = list(_edits(type.decode(), key, kind, held, renaming))
        changed = bool(commands) or target != key
        # What was sealed anew since it was seen couldn't be read, and has changed.
        sealed = isinstance(renaming, Resealing)
        if not changed and not sealed:
            return False
        if not await self._connection.run(self._rename, [key, target], [digest, *flat(commands)]):
            return None
        if kind == "took":
            await self._forms(key, held, renaming)
        return changed

    async def _forms(self, key: str, took: Sequence[bytes], renaming: Renaming) -> None:
        """A check's forms are found by a digest of who filled them in."""
        partition = key.partition("{")[2].partition("}:")[0]
        keys, id = Keys(partition), partition.removeprefix(LIVE)
        for speaker in (packed.decode() for packed in took[::2]):
            await self._form(keys, form_name(id, speaker), form_name(id, renaming.text(speaker)), renaming)

    async def _form(self, keys: Keys, before: str, after: str, renaming: Renaming) -> bool | None:
        """A form goes by another name, and is listed by it; of two that are one person's, one counts."""
        if before == after:
            return False
        old, new = keys.key("form", before), keys.key("form", after)
        type, digest, held = await self._connection.run(self._peek, [old], [])
        forms, tally = keys.key("form", "all"), keys.key("tally", CHECK_TALLY)
        commands: list[RedisCommand] = [("SREM", forms, before), ("SADD", forms, after)]
        commands += _edits(type.decode(), old, "form", held, renaming)
        if await self._connection.call("EXISTS", new):
            both = await self._connection.call("HEXISTS", new, "done") and b"done" in held[::2]
            commands += [("HINCRBY", tally, name, -1) for name in ("answered", *["finished"][: bool(both)])]
        return (
            True if await self._connection.run(self._rename, [old, new], [digest, *flat(commands)]) else None
        )


def _edits(
    type: str, key: str, kind: str, held: Sequence[bytes], renaming: Renaming
) -> Iterable[RedisCommand]:
    """The commands that rename people within one key."""
    match type:
        case "string":
            after = renaming.stored(held[0], kind)
            if after != held[0]:
                yield "SET", key, after, "KEEPTTL"
        case "list":
            for at, item in enumerate(held):
                if (after := renaming.stored(item, kind)) != item:
                    yield "LSET", key, at, after
        case "set":
            for member in held:
                if (after := renaming.stored(member, kind)) != member:
                    yield from (("SREM", key, member), ("SADD", key, after))
        case "zset":
            for member, score in _pairs(held):
                if (after := renaming.stored(member, kind)) != member:
                    yield from (("ZREM", key, member), ("ZADD", key, "GT", score, after))
        case "hash":
            yield from _fields(key, kind, dict(_pairs(held)), renaming)


def _fields(key: str, kind: str, held: dict[bytes, bytes], renaming: Renaming) -> Iterable[RedisCommand]:
    for field, value in held.items():
        name, after = renaming.stored(field, kind), renaming.stored(value, kind)
        if kind == "form" and field == b"own" and value.decode() == renaming.workspace:
            after = renaming.organisation.encode()
        if name != field:
            yield "HDEL", key, field
            if name not in held:
                yield "HSET", key, name, after
            elif kind == "votes":  # one person has answered as two: it counts once
                tally = key.replace("}:votes:", "}:tally:")
                yield from (("HINCRBY", tally, value, -1), ("HINCRBY", tally, "answered", -1))
        elif after != value:
            yield "HSET", key, field, after
            if field == b"s" and b"v" in held:
                yield "HINCRBY", key, "v", 1


def _pairs(flat: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]:
    return zip(flat[::2], flat[1::2], strict=True)
