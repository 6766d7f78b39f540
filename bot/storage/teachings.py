"""What advisors have taught, and what the matcher has learnt from it. May raise MemoryAway throughout."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from bot.storage.connection import Connection
from bot.storage.hashed_people import HashedPeople
from bot.storage.keys import Keys
from bot.storage.migrations import ShapeReader, versioned
from bot.storage.transactions import Write, versioned_write
from dialogs.core.teaching_model import TAUGHT_PARTITION, TeachingDraft, Teachings
from knowledge.authoring.teaching import Fit

_keys = Keys(TAUGHT_PARTITION)
_state = _keys.key("taught", "all")
read_teachings = ShapeReader(Teachings, Teachings(readable=False))
read_draft = ShapeReader(TeachingDraft, None)


class LoadedTeachings(msgspec.Struct, frozen=True):
    """All of it as loaded."""

    teachings: Teachings
    version: str
    seen: bool = False
    asker: str = ""
    """Whoever it was loaded for, as a keyed hash; empty for nobody."""
    forgotten: str = ""
    """When they were forgotten, where that is fresh."""
    guards: Mapping[str, str] = {}


class LoadedDraft(msgspec.Struct, frozen=True):
    """What an advisor is about to teach or to change, as loaded."""

    draft: TeachingDraft | None
    version: str
    seen: bool = False


class TeachingStore:
    """What is taught in one deployment."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        """``seconds``: how long each kind of key is kept."""
        self._connection, self._seconds = connection, seconds
        self._hashed = HashedPeople(connection)

    async def version(self) -> str:
        """Which version there is; "" for none."""
        return (await self._connection.call("HGET", _state, "v") or b"").decode()

    async def load(self, idempotency_key: str = "", asker: str = "") -> LoadedTeachings:
        """All of it, and whether what ``idempotency_key`` names has happened already; ``asker``: from whose
        question (as ``events.Speaker.id``) something is taught, which isn't kept once they are forgotten."""
        version, stored = await self._connection.call("HMGET", _state, "v", "s")
        seen = bool(idempotency_key) and await self._connection.call(
            "EXISTS", _keys.hashed("mark", idempotency_key)
        )
        notice = self._connection.unreadable
        kept = read_teachings.or_missing(stored, _state, notice) if stored is not None else Teachings()
        loaded = LoadedTeachings(kept, (version or b"").decode(), bool(seen))
        if not asker:
            return loaded
        key, hashed = _keys.hashed("forgotten", asker), await self.hashed(asker)
        forgotten = (await self._connection.call("HGET", key, "v") or b"").decode()
        return replace(loaded, asker=hashed, forgotten=forgotten, guards={key: forgotten})

    async def hashed(self, person: str) -> str:
        """A person as ``AskersQuestion.by`` has them."""
        return (await self._hashed.of([person]))[person].hex()

    def write(self, teachings: Teachings, loaded: LoadedTeachings) -> Write:
        """Keeps it, as long as it is still the one that was loaded; what couldn't be read stays."""
        if teachings == loaded.teachings or not loaded.teachings.readable:
            return Write({_state: loaded.version})
        after, guards = int(loaded.version or 0) + 1, {_state: loaded.version, **loaded.guards}
        return Write(guards, [("HSET", _state, "v", after, "s", versioned(teachings))])

    async def draft(self, advisor: str, idempotency_key: str = "") -> LoadedDraft:
        """What ``advisor`` is about to teach or to change, beside what comes from enquiries."""
        key = _keys.key("teaching", advisor)
        version, stored = await self._connection.call("HMGET", key, "v", "s")
        seen = bool(idempotency_key) and await self._connection.call(
            "EXISTS", _keys.hashed("mark", idempotency_key)
        )
        draft = read_draft(stored, key, self._connection.unreadable)
        return LoadedDraft(draft, (version or b"").decode(), bool(seen))

    def write_draft(self, advisor: str, draft: TeachingDraft | None, loaded: LoadedDraft) -> Write:
        """Keeps it in the place of what was there, or nothing."""
        key = _keys.key("teaching", advisor)
        kept = versioned_write(key, loaded.version, versioned(draft), self._seconds["teaching"])
        return Write({key: loaded.version}, list(kept) if draft else [("DEL", key)])

    async def fit(self, digest: str) -> Fit | None:
        """What a matcher has learnt from lessons of that digest; None where none has, or it was long ago."""
        key = _keys.key("matcher", digest)
        name, content = await self._connection.call("HMGET", key, "name", "content")
        if name is None or content is None:
            return None
        await self._connection.call("EXPIRE", key, self._seconds["matcher"])
        return Fit(name.decode(), content)

    async def keep_alive(self, digest: str) -> None:
        """A fit is in use: it is kept on."""
        await self._connection.call("EXPIRE", _keys.key("matcher", digest), self._seconds["matcher"])

    async def keep_fit(self, digest: str, fit: Fit) -> None:
        """Let every process have it."""
        key = _keys.key("matcher", digest)
        await self._connection.call("HSET", key, "name", fit.name, "content", fit.content)
        await self._connection.call("EXPIRE", key, self._seconds["matcher"])

    async def claim(self, digest: str, token: str) -> bool:
        """Whether the caller is to fit to lessons of that digest; another may a while later."""
        key, seconds = _keys.key("fitting", digest), self._seconds["fitting"]
        return bool(await self._connection.call("SET", key, token, "NX", "EX", seconds))
