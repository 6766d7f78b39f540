"""Join codes: which session each leads to, and which sessions the channels of a partition have shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from bot.storage.connection import Connection, Script
from bot.storage.keys import CODES, Keys

MOST_WRONG_CODES, WRONG_CODE_SECONDS = 5, 600


class SessionCodes:
    """Those of one deployment. Every method may raise MemoryAway."""

    def __init__(self, connection: Connection, seconds: Mapping[str, int]) -> None:
        self.connection, self.seconds, self._code = connection, seconds, Script("code")

    async def claim(self, code: str, id: str) -> bool:
        """Point ``code`` to session ``id``; False where it points to another already."""
        key = Keys(CODES).key("code", code)
        await self.connection.call("SET", key, id, "NX", "EX", self.seconds["code"])
        holder = await self.connection.call("GET", key)
        return bool(holder == id.encode())

    async def list_in(self, tenant: str, id: str, code: str, now: datetime) -> None:
        """List the session in a partition, for those who mistype its code or want to be forgotten."""
        index, seconds = Keys(tenant).index("sessions"), self.seconds["session"]
        await self.connection.call("ZREMRANGEBYSCORE", index, "-inf", int(now.timestamp()))
        await self.connection.call("ZADD", index, int(now.timestamp()) + seconds, f"{id} {code}")
        await self.connection.call("EXPIRE", index, seconds)

    async def listed_in(self, tenant: str) -> list[tuple[str, str]]:
        """The sessions that channels of a workspace or tenant have shown lately: (id, code)."""
        found = await self.connection.call("ZRANGE", Keys(tenant).index("sessions"), 0, -1)
        return [(id, code) for id, _, code in (name.decode().partition(" ") for name in found)]

    async def find(self, code: str, speaker: str) -> tuple[Literal["found", "unknown", "often"], str]:
        """The session that ``code`` points to; wrong tries of a person are counted and limited."""
        keys = Keys(CODES)
        answer = await self.connection.run(
            self._code,
            [keys.key("code", code), keys.hashed("guesses", speaker)],
            [MOST_WRONG_CODES, WRONG_CODE_SECONDS],
        )
        return answer[0].decode(), answer[1].decode() if len(answer) > 1 else ""
