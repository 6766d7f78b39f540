"""Whether a Redis or Valkey keeps what it is given, for the start and for ``python -m bot doctor``."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from msgspec.structs import replace
from redis.exceptions import ResponseError

from bot.findings import Finding, clocks
from bot.setting_values import is_loopback
from bot.storage.connection import Connection, MemoryAway
from bot.storage.exports import worked_on
from bot.storage.pools import is_cluster
from bot.storage.server_connection import ServerConnection

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
    "RedisClusterException": (
        "it is no cluster",
        "write redis:// (or rediss://) in REDIS_URL in place of redis+cluster://",
    ),
    "SSLCertVerificationError": (
        "its certificate isn't trusted here, or is for another name",
        "name the authority's file by ?ssl_ca_certs= in REDIS_URL or by SSL_CERT_FILE, or correct the host",
    ),
    "TimeoutError": ("no answer in time", "let this machine out to it, or correct REDIS_URL"),
}
_SEVERITY = ("good", "off", "warning", "bad")
_NO_ANSWER = ("can't be reached", "start it, or correct REDIS_URL")

ServerFacts = Mapping[str, str]
"""What the server's INFO says, by name."""


async def examine(url: str) -> list[Finding]:
    """All that can be seen of the server at ``url``, which is never shown: it may hold a password. Of a
    cluster's servers, whatever is worst of each thing."""
    connection = Connection(url)
    try:
        found = [(server, await _examined(server, url)) for server in await connection.servers()]
        slots = [await _slots(connection)] if connection.cluster else []
        return [*slots, *_worst(found), await _worker(connection)]
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
        told = [await _facts(server) for server in await connection.servers()]
    except (MemoryAway, ResponseError):
        return None
    finally:
        await connection.close()
    found = (finding for facts in told for finding in (*alone(facts, url), role(facts), eviction(facts)))
    return next((finding for finding in found if finding.outcome == "bad"), None)


async def _examined(server: ServerConnection, url: str) -> list[Finding]:
    facts = await _facts(server)
    return [
        _version(facts, url),
        *alone(facts, url),
        role(facts),
        eviction(facts),
        *_room(facts),
        await _persistence(facts, server),
        await _latency(server),
        await _clock(server),
    ]


def _worst(found: Sequence[tuple[ServerConnection, list[Finding]]]) -> list[Finding]:
    """Of each thing, what is worst among the servers, and of which one where that is worth a word."""
    worst = dict[str, Finding]()
    for server, findings in found:
        for finding in findings:
            known = worst.get(finding.about)
            if known is None or _SEVERITY.index(finding.outcome) > _SEVERITY.index(known.outcome):
                named = finding.outcome != "good" and server.name
                seen = f"{finding.seen} (at {server.name})" if named else finding.seen
                worst[finding.about] = replace(finding, seen=seen)
    return list(worst.values())


async def _facts(server: ServerConnection) -> ServerFacts:
    """Raises MemoryAway, or ResponseError where we may not ask."""
    return _lines(await server.call("INFO"))


def _lines(told: bytes) -> ServerFacts:
    lines = told.decode().splitlines()
    return {name: value for name, _, value in (line.partition(":") for line in lines) if name[:1] != "#"}


async def _slots(connection: Connection) -> Finding:
    """Whether each key has a server."""
    servers = await connection.servers()
    told = _lines(await servers[0].call("CLUSTER", "INFO"))
    if told.get("cluster_state") == "ok":
        return Finding("good", "Redis: cluster", f"{len(servers)} primaries have all keys between them")
    way_out = "start the server that is missing, or let a replica take its place"
    return Finding(
        "bad", "Redis: cluster", f"{told.get('cluster_slots_fail', 'some')} of its slots fail", way_out
    )


async def _worker(connection: Connection) -> Finding:
    """Whether anybody does what falls due."""
    about = "Redis: worker"
    if await worked_on(connection):
        return Finding("good", about, "one is at work")
    way_out = "start run or worker; if one runs, its user lacks a right (docs/deploy.md)"
    return Finding("off", about, "none is at work, and nothing falls due", way_out)


def alone(facts: ServerFacts, url: str) -> list[Finding]:
    """That it has only some of the keys, where nobody is known to have the others."""
    if facts.get("cluster_enabled") != "1" or is_cluster(url):
        return []
    seen = "one server of a cluster, which has only some of the keys"
    return [Finding("bad", "Redis: keys", seen, "write redis+cluster:// (or rediss+cluster://) in REDIS_URL")]


def role(facts: ServerFacts) -> Finding:
    """Whether it takes writes, and keeps them."""
    if facts.get("role", "master") == "master":
        return Finding("good", "Redis: role", "primary")
    return Finding(
        "bad",
        "Redis: role",
        "a replica, which keeps nothing that is written to it",
        "set REDIS_URL to its primary",
    )


def eviction(facts: ServerFacts) -> Finding:
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


def _version(facts: ServerFacts, url: str) -> Finding:
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


def _room(facts: ServerFacts) -> list[Finding]:
    limit, used = int(facts.get("maxmemory", 0)), int(facts.get("used_memory", 0))
    if not limit:
        return []
    share = used / limit
    seen = f"{share:.0%} of {limit / 2**20:.0f} MiB used"
    if share < FULL:
        return [Finding("good", "Redis: room", seen)]
    return [Finding("warning", "Redis: room", seen, "raise maxmemory: when it is full, nothing is kept")]


async def _persistence(facts: ServerFacts, server: ServerConnection) -> Finding:
    about = "Redis: on disk"
    failing = [
        name for name in ("aof_last_write_status", "rdb_last_bgsave_status") if facts.get(name, "ok") != "ok"
    ]
    if failing:
        return Finding("bad", about, f"the last write failed ({failing[0]})", "look at its disk and its log")
    if facts.get("aof_enabled") == "1":
        return Finding("good", about, "every write, by an append-only file")
    try:
        told = await server.call("CONFIG", "GET", "save")
    except ResponseError:
        way_out = "make sure that it writes to disk: appendonly yes"
        return Finding("warning", about, "it doesn't tell whether it takes snapshots", way_out)
    if any(told.values() if isinstance(told, dict) else told[1::2]):
        way_out = "set appendonly yes, unless you can do without the last minutes"
        return Finding("warning", about, "by snapshots: a crash loses what came after the last", way_out)
    way_out = "set appendonly yes on the server"
    return Finding("bad", about, "nothing: a restart forgets every reminder and conversation", way_out)


async def _latency(server: ServerConnection) -> Finding:
    took = []
    for _ in range(PINGS):
        began = time.perf_counter()
        await server.call("PING")
        took.append((time.perf_counter() - began) * 1000)
    middle = statistics.median(took)
    seen = f"{middle:.1f} ms a call, the median of {PINGS}"
    if middle <= SLOW_MS:
        return Finding("good", "Redis: latency", seen)
    return Finding("warning", "Redis: latency", seen, "run it nearer; a turn makes two calls or three")


async def _clock(server: ServerConnection) -> Finding:
    asked = time.time()
    seconds, micros = await server.call("TIME")
    ours = (asked + time.time()) / 2
    return clocks("Redis: clock", int(seconds) + int(micros) / 1e6 - ours)
