"""Whether a Redis or Valkey keeps what it is given, for the start and for ``python -m bot doctor``."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from redis.exceptions import ResponseError

from bot.findings import Finding, clocks
from bot.settings import is_loopback
from bot.storage.connection import Connection, MemoryAway

LEAST_VERSION = 7
FULL = 0.8
"""The share of ``maxmemory`` from which on there is a warning."""
SLOW_MS = 10.0
PINGS = 15
_REASONS = {
    "AuthenticationError": ("the password or user is refused", "correct user and password in REDIS_URL"),
    "MasterNotFoundError": (
        "the sentinels can't be reached, or know no primary of that name",
        "correct hosts and name in REDIS_URL: redis+sentinel://host:26379,host:26379/name",
    ),
    "TimeoutError": ("no answer in time", "let this machine out to it, or correct REDIS_URL"),
}
_NO_ANSWER = ("can't be reached", "start it, or correct REDIS_URL")

Facts = Mapping[str, str]
"""What the server's INFO says, by name."""


async def examine(url: str) -> list[Finding]:
    """All that can be seen of the server at ``url``, which is never shown: it may hold a password."""
    connection = Connection(url)
    try:
        facts = await server_facts(connection)
        return [
            _version(facts, url),
            role(facts),
            eviction(facts),
            *_room(facts),
            await _persistence(facts, connection),
            await _latency(connection),
            await _clock(connection),
        ]
    except MemoryAway as away:
        seen, way_out = _REASONS.get(str(away), (f"{_NO_ANSWER[0]} ({away})", _NO_ANSWER[1]))
        return [Finding("bad", "Redis", seen, way_out)]
    except ResponseError as refused:
        word = str(refused).partition(" ")[0]
        return [
            Finding("bad", "Redis", f"refuses to tell about itself ({word})", "allow its user INFO and TIME")
        ]
    finally:
        await connection.close()


async def would_lose(url: str) -> Finding | None:
    """Why nothing should be entrusted to the server; None also where it can't be asked just now."""
    connection = Connection(url)
    try:
        facts = await server_facts(connection)
    except (MemoryAway, ResponseError):
        return None
    finally:
        await connection.close()
    return next((found for found in (role(facts), eviction(facts)) if found.outcome == "bad"), None)


async def server_facts(connection: Connection) -> Facts:
    """Raises MemoryAway, or ResponseError where we may not ask."""
    lines = (await connection.call("INFO")).decode().splitlines()
    return {name: value for name, _, value in (line.partition(":") for line in lines) if name[:1] != "#"}


def role(facts: Facts) -> Finding:
    """Whether it takes writes, and keeps them."""
    if facts.get("role", "master") == "master":
        return Finding("good", "Redis: role", "primary")
    return Finding(
        "bad",
        "Redis: role",
        "a replica, which keeps nothing that is written to it",
        "set REDIS_URL to its primary",
    )


def eviction(facts: Facts) -> Finding:
    """Whether it drops what it was given when it is full."""
    about, policy = "Redis: eviction", facts.get("maxmemory_policy", "")
    if policy == "noeviction":
        return Finding("good", about, "noeviction: nothing is dropped")
    if not policy:
        return Finding("warning", about, "it doesn't tell", "make sure that maxmemory-policy is noeviction")
    return Finding(
        "bad",
        about,
        f"{policy}: when memory is full, reminders and conversations are dropped",
        "set maxmemory-policy noeviction on the server",
    )


def _version(facts: Facts, url: str) -> Finding:
    valkey = facts.get("valkey_version", "")
    version = valkey or facts.get("redis_version", "0")
    name = f"{'Valkey' if valkey else 'Redis'} {version}"
    if not valkey and int(version.partition(".")[0]) < LEAST_VERSION:
        way_out = f"run Redis {LEAST_VERSION} or newer, or Valkey"
        return Finding("bad", "Redis", f"{name} is too old", way_out)
    parts = urlsplit(url)
    secured = parts.scheme.startswith("rediss")
    if not secured and parts.scheme != "unix" and not is_loopback(parts.hostname or "localhost"):
        way_out = "use rediss:// where the network between isn't yours alone"
        return Finding("warning", "Redis", f"{name}, reached without TLS", way_out)
    return Finding("good", "Redis", name + (", reached by TLS" if secured else ""))


def _room(facts: Facts) -> list[Finding]:
    limit, used = int(facts.get("maxmemory", 0)), int(facts.get("used_memory", 0))
    if not limit:
        return []
    share = used / limit
    seen = f"{share:.0%} of {limit / 2**20:.0f} MiB used"
    if share < FULL:
        return [Finding("good", "Redis: room", seen)]
    return [Finding("warning", "Redis: room", seen, "raise maxmemory: when it is full, nothing is kept")]


async def _persistence(facts: Facts, connection: Connection) -> Finding:
    about = "Redis: on disk"
    failing = [
        name for name in ("aof_last_write_status", "rdb_last_bgsave_status") if facts.get(name, "ok") != "ok"
    ]
    if failing:
        return Finding("bad", about, f"the last write failed ({failing[0]})", "look at its disk and its log")
    if facts.get("aof_enabled") == "1":
        return Finding("good", about, "every write, by an append-only file")
    try:
        told = await connection.call("CONFIG", "GET", "save")
    except ResponseError:
        way_out = "make sure that it writes to disk: appendonly yes"
        return Finding("warning", about, "it doesn't tell whether it takes snapshots", way_out)
    if any(told.values() if isinstance(told, dict) else told[1::2]):
        way_out = "set appendonly yes, unless you can do without the last minutes"
        return Finding("warning", about, "by snapshots: a crash loses what came after the last", way_out)
    way_out = "set appendonly yes on the server"
    return Finding("bad", about, "nothing: a restart forgets every reminder and conversation", way_out)


async def _latency(connection: Connection) -> Finding:
    took = []
    for _ in range(PINGS):
        began = time.perf_counter()
        await connection.call("PING")
        took.append((time.perf_counter() - began) * 1000)
    middle = statistics.median(took)
    seen = f"{middle:.1f} ms a call, the median of {PINGS}"
    if middle <= SLOW_MS:
        return Finding("good", "Redis: latency", seen)
    return Finding("warning", "Redis: latency", seen, "run it nearer; a turn makes two calls or three")


async def _clock(connection: Connection) -> Finding:
    asked = time.time()
    seconds, micros = await connection.call("TIME")
    ours = (asked + time.time()) / 2
    return clocks("Redis: clock", int(seconds) + int(micros) / 1e6 - ours)
