"""``python -m bot doctor``: sees whether an installation works, thing by thing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from redis.exceptions import ResponseError

from bot.app.processes import Stopped, server_address
from bot.findings import Finding
from bot.platforms import way_out
from bot.platforms.known import PLATFORMS
from bot.platforms.ports import platform_of
from bot.platforms.reach import reach
from bot.platforms.registry import Platforms
from bot.settings import BadSettings, Settings
from bot.storage import examine as storage
from bot.storage.connection import Connection, MemoryAway
from bot.storage.keys import kind_of
from bot.storage.shapes import unreadable
from bot.storage.vault import EncryptedVault
from knowledge import BadKnowledge
from knowledge.base import read


async def examination(
    settings: Settings, url: str | None = None, platforms: Platforms = PLATFORMS
) -> AsyncIterator[Finding]:
    """Each finding as it is made. ``url``: the address at which the platforms reach us, if it is known."""
    yield _settings(settings, platforms)
    yield _knowledge(settings)
    found: list[Finding] = []
    async with AsyncExitStack() as opened:
        vault = None
        try:
            redis = await opened.enter_async_context(server_address(settings, adopt=True))
            for finding in await storage.examine(redis):
                yield finding
            if unheard := _authority(redis):
                yield unheard
            connection = Connection(redis)
            opened.push_async_callback(connection.close)
            if illegible := await _illegible(connection):
                yield illegible
            vault = EncryptedVault.of(settings, connection)
        except Stopped as stopped:
            yield Finding("bad", "Redis", str(stopped))
        session = await opened.enter_async_context(way_out.session())
        for platform in platforms:
            if not platform.configured(settings):
                yield Finding(
                    "off", platform.label, "no credentials are set", "see docs/README.md to connect it"
                )
            elif platform.examine is not None:
                for finding in await platform.examine(settings, session, vault):
                    found.append(finding)
                    yield finding
        if url is not None:
            for finding in await reach(session, "our own address", f"{url.rstrip('/')}/healthz"):
                yield finding
    yield _playground(settings)
    if unseen := _channel(settings, platforms, found):
        yield unseen
    yield _advisors(settings, found)


def _settings(settings: Settings, platforms: Platforms) -> Finding:
    try:
        platforms.check(settings)
        platforms.named(settings)
    except BadSettings as error:
        return Finding("bad", "settings", str(error))
    if not settings.platform_limits and not settings.playground:
        way_out = "unset PLATFORM_LIMITS: the platforms block who sends too much"
        return Finding("warning", "settings", "the platforms' limits are not kept to", way_out)
    return Finding("good", "settings", "can be read")


def _knowledge(settings: Settings) -> Finding:
    try:
        _, found = read(settings.knowledge_dir)
    except BadKnowledge as error:
        first, *more = str(error).splitlines()
        seen = first + (f" (and {len(more)} more)" if more else "")
        return Finding("bad", "knowledge", seen, "python -m knowledge check names file and line of each")
    return Finding("good", "knowledge", f"{len(found.lessons)} lesson{'s' * (len(found.lessons) != 1)}")


def _authority(redis: str) -> Finding | None:
    """docket listens to a cluster by a connection of its own, for which it takes nothing of an address but
    host and login."""
    named = redis.startswith("rediss+cluster:") and "ssl_ca_certs=" in urlsplit(redis).query
    if not named or "SSL_CERT_FILE" in os.environ:
        return None
    seen = "in a cluster it doesn't read ssl_ca_certs of REDIS_URL, and nothing falls due"
    return Finding("bad", "Redis: worker's authority", seen, "name the authority's file by SSL_CERT_FILE")


async def _illegible(connection: Connection) -> Finding | None:
    """What is kept and can't be read, by kind; None for nothing."""
    try:
        kinds = Counter([kind_of(value.key) async for value in unreadable(connection)])
    except (MemoryAway, ResponseError):
        return None  # that was found out before
    if not kinds:
        return None
    told = ", ".join(f"{count} of {kind}" for kind, count in sorted(kinds.items()))
    way_out = "run the newest version again, or put a backup back; it is kept as it is"
    return Finding("bad", "what is kept", f"can't be read: {told}", way_out)


def _playground(settings: Settings) -> Finding:
    if settings.playground:
        return Finding("good", "playground", "on, for this machine alone: no platform is connected")
    return Finding("off", "playground", "a platform is connected")


def _channel(settings: Settings, platforms: Platforms, found: Sequence[Finding]) -> Finding | None:
    """The advisors' channel, where no platform has ``found`` anything to say of it."""
    try:
        channel = platforms.channel(settings)
    except BadSettings:
        return None  # that was found out before
    if not channel or any(finding.about.endswith("advisors' channel") for finding in found):
        return None
    platform = platforms.get(platform_of(channel))
    if not platform.configured(settings):
        seen = f"is in {platform.label}, which isn't connected: each advisor gets questions alone"
        way_out = f"connect {platform.label}, or correct ADVISORS_CHANNEL"
        return Finding("bad", "advisors' channel", seen, way_out)
    seen = f"{channel} is in no workspace that could be looked at"
    return Finding(
        "warning", "advisors' channel", seen, "set ADVISORS_CHANNEL to team/channel of one of ours"
    )


def _advisors(settings: Settings, found: Sequence[Finding]) -> Finding:
    """How many of those named were ``found`` by a platform."""
    if not settings.advisors:
        nobody = "nobody: no reminder or pulse can be set"
        return Finding("warning", "advisors", nobody, "set ADVISORS to ids or e-mail addresses")
    good, seen = [each for each in found if each.outcome == "good"], dict[str, bool]()
    for advisor in settings.advisors:
        if told := [each.pending for each in good if each.about.endswith(f"advisor {advisor}")]:
            seen[advisor] = all(told)
    later, lost = sum(seen.values()), [each for each in settings.advisors if each not in seen]
    counted = f"{len(settings.advisors)} named in ADVISORS, {len(seen) - later} found"
    counted += f", {later} known once they write" if later else ""
    if not lost:
        return Finding("good", "advisors", counted)
    way_out = "correct ADVISORS, or what is said above of the platform where they are"
    return Finding("warning", "advisors", f"{counted}; not found: {', '.join(lost)}", way_out)
