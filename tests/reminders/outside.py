"""Slack in the test's own process, so that it outlives workers that are killed; and the workers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.storage.connection import Connection
from bot.storage.keys import Keys, kind_of
from tests.harness.http import free_port, served
from tests.harness.process import Process


class Slack:
    """Takes any message, counts them by address, and refuses as it is told to."""

    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()
        self.refuses: dict[str, str] = {}
        """Address -> Slack's word for why not."""
        self.status = 200
        """With which every post is answered."""
        self.tried = 0
        self._changed = asyncio.Condition()

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/{method}", self._call)]

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["method"] != "chat.postMessage":
            return web.json_response({"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "B"})
        body: dict[str, Any] = await request.json()
        address = body["channel"]
        async with self._changed:
            self.tried += 1
            if self.status == 200 and address not in self.refuses:
                self.posts[address] += 1
            self._changed.notify_all()
        if self.status != 200:
            return web.json_response({"ok": False}, status=self.status, headers={"Retry-After": "1"})
        if address in self.refuses:
            return web.json_response({"ok": False, "error": self.refuses[address]})
        return web.json_response({"ok": True, "channel": address, "ts": f"{self.tried}.0"})

    async def after(self, count: int) -> None:
        """Wait until so many more posts have come."""
        wanted = self.tried + count
        async with asyncio.timeout(40), self._changed:
            await self._changed.wait_for(lambda: self.tried >= wanted)


@asynccontextmanager
async def slack_outside(data_dir: Path, redis_url: str) -> AsyncIterator[tuple[Slack, dict[str, str]]]:
    """Slack, and the settings of workers that are connected to it."""
    slack, port = Slack(), free_port()
    async with served(slack.routes(), port):
        yield (
            slack,
            {
                "REDIS_URL": redis_url,
                "DATA_DIR": str(data_dir),
                "SLACK_BOT_TOKEN": "xoxb-17-never-in-a-log",
                "SLACK_SIGNING_SECRET": "9d0f7c-signing-never-in-a-log",
                "SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
                "PLATFORM_LIMITS": "false",
                "LOG_LEVEL": "WARNING",
            },
        )


def worker(settings: dict[str, str]) -> Process:
    """A worker, not started yet."""
    return Process("worker", **settings)


async def expire_leases(connection: Connection, tenant: str) -> None:
    """What time does to the leases of a process that died."""
    keys = Keys(tenant)
    for key in await connection.call("KEYS", "*"):
        if kind_of(key.decode()) == "lease":
            await connection.call("DEL", key)
    for queue in await connection.call("ZRANGE", keys.due, 0, -1):
        await connection.call("ZADD", keys.due, 0, queue)
