"""The processes: what each starts, how it ends on a signal, and what it says on the terminal."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from bot.app.handlers.advisor_settings import audit_list
from bot.app.handlers.failures import retry_failed
from bot.app.local_platforms import NothingConnected
from bot.app.transaction import TransactionRunner
from bot.app.web import PortInUse, Server
from bot.app.wiring import Application
from bot.observability import logs, service_manager
from bot.observability.metrics import Metrics
from bot.platforms.known import PLATFORMS
from bot.platforms.ports import Unavailable
from bot.platforms.registry import Platform, Platforms
from bot.settings import Settings
from bot.storage.connection import Connection, MemoryAway
from bot.storage.conversations import ConversationStore
from bot.storage.embedded import Embedded, FolderInUse, ServerFailed
from bot.storage.examine import would_lose
from bot.storage.failed_jobs import FailedJob, FailedJobStore
from bot.storage.teachings import TeachingStore
from bot.storage.vault import EncryptedVault
from dialogs.core.insight_model import Insights
from dialogs.core.reminder_events import Audited
from dialogs.core.teaching_model import Teachings
from knowledge import BadKnowledge, Knowledge, load
from knowledge.talk.reading import talk

_AWAY = "Redis can't be reached: start it, or set REDIS_URL to one that runs"


class Stopped(Exception):
    """The process can't go on, for a foreseen reason; the message says the way out."""


async def everything(settings: Settings) -> None:
    """Web server and worker until a signal. Raises Stopped."""
    # First, so that a folder which can't be used leaves no data store behind.
    knowledge = _knowledge(settings)
    async with server_address(settings) as url:
        await _serve(settings, knowledge, url, sweep=True)


async def web(settings: Settings, redis_url: str) -> None:
    """The web server until a signal. Raises Stopped."""
    await _serve(settings, _knowledge(settings), redis_url, sweep=False)


async def worker(settings: Settings, redis_url: str) -> None:
    """The worker until a signal. Raises Stopped."""
    ended = _on_signal()
    logs.set_up(settings.log_level)
    await _refuse_what_would_lose(redis_url)
    service = Application(settings, _knowledge(settings), redis_url)
    await service.start(sweep=True)
    print("Sharewise's worker is running.", flush=True)
    await _until(ended)
    await service.stop()


async def insights(settings: Settings) -> tuple[Insights, Knowledge]:
    """What advisors see of what people ask, and what is known with what is taught. Raises Stopped."""
    knowledge = _knowledge(settings)
    logs.set_up(settings.log_level)  # on standard error, beside what is asked for
    async with server_address(settings, adopt=True) as url:
        service = Application(settings, knowledge, url)
        try:
            await service.knowledge_keeper.refresh(fits=False)
            return await service.enquiries.insights.read(), service.knowledge_keeper.current
        except MemoryAway:
            raise Stopped(_AWAY) from None
        finally:
            await service.connection.close()


async def audit(settings: Settings) -> list[Audited]:
    """See ``bot.app.handlers.advisor_settings.audit_list``. Raises Stopped."""
    async with store(settings) as memory:
        return await audit_list(memory.connection)


async def teachings(settings: Settings) -> Teachings:
    """What advisors have taught. Raises Stopped."""
    async with store(settings) as memory:
        return (await TeachingStore(memory.connection, memory.seconds).load()).teachings


async def failed_jobs(settings: Settings) -> list[FailedJob]:
    """The jobs that failed every time, the last first. Raises Stopped."""
    async with store(settings) as memory:
        return await FailedJobStore(memory.connection, memory.seconds).all()


async def retry_job(settings: Settings, id: str) -> str:
    """Let a failed job run again, by the worker that runs or starts next; what came of it. Raises Stopped."""
    async with store(settings) as memory:
        transaction = TransactionRunner(memory.commits, lambda *_: None, Metrics())
        return await retry_failed(
            FailedJobStore(memory.connection, memory.seconds), transaction, id, uuid4().hex
        )


async def encrypted_anew(settings: Settings) -> tuple[int, list[str]]:
    """See ``EncryptedVault.rotate``. Raises Stopped."""
    async with store(settings) as memory:
        vault = EncryptedVault.of(settings, memory.connection)
        try:
            return await vault.rotate() if vault else (0, [])
        except Unavailable:
            raise Stopped(_AWAY) from None


@asynccontextmanager
async def store(settings: Settings, *, adopt: bool = True) -> AsyncIterator[ConversationStore]:
    """What is kept; with ``adopt``, beside a bot that may be running. Raises Stopped."""
    async with server_address(settings, adopt=adopt) as url:
        connection = Connection(url)
        try:
            yield ConversationStore(connection, settings.retention_days)
        except MemoryAway:
            raise Stopped(_AWAY) from None
        finally:
            await connection.close()


async def _serve(settings: Settings, knowledge: Knowledge, redis_url: str, *, sweep: bool) -> None:
    ended = _on_signal()
    logs.set_up(settings.log_level)
    await _refuse_what_would_lose(redis_url)
    try:
        server = Server(settings, knowledge, redis_url)
    except NothingConnected as error:
        raise Stopped(str(error)) from None
    try:
        await server.start(sweep=sweep)
    except PortInUse as error:
        raise Stopped(str(error)) from None
    except OSError as error:
        raise Stopped(
            f"can't listen on {settings.host}: {error.strerror}; set HOST to an address of this machine"
        ) from None
    for connection in greeting(settings, server.url):
        print(connection, flush=True)
    await _until(ended)
    await server.stop()


async def _refuse_what_would_lose(redis_url: str) -> None:
    """Raises Stopped where Redis would lose what it is given; one that is away may still come."""
    if (found := await would_lose(redis_url)) is not None:
        raise Stopped(f"{found.about} is {found.seen}; {found.way_out}")


def greeting(settings: Settings, url: str, platforms: Platforms = PLATFORMS) -> list[str]:
    """What is said once it runs: where, and what is on."""
    memory = "at REDIS_URL" if settings.redis_url else f"embedded, in {settings.data_dir}/"
    playground = "on, this machine only (no platform credentials set)" if settings.playground else "off"
    joined = [_joined(platform, settings) for platform in platforms]
    return [
        f"Sharewise is ready at {url}" + ("/  (open it in a browser)" if settings.playground else ""),
        " · ".join([f"playground: {playground}", *joined, f"memory: {memory}"]),
    ]


def _joined(platform: Platform, settings: Settings) -> str:
    if not platform.configured(settings):
        return f"{platform.label}: off (no credentials; see README)"
    return f"{platform.label}: on {platform.arrives(settings)}".rstrip()


def _knowledge(settings: Settings) -> Knowledge:
    cache = settings.data_dir / "matcher"
    try:
        knowledge = load(settings.knowledge_dir, cache)
    except BadKnowledge as error:
        where = f"the knowledge folder {settings.knowledge_dir} (KNOWLEDGE_DIR) can't be used:"
        raise Stopped(f"{where}\n{error}") from None
    talk(cache)  # At the start, so that nobody's first message waits for it.
    return knowledge


@asynccontextmanager
async def server_address(settings: Settings, *, adopt: bool = False) -> AsyncIterator[str]:
    """The address of Redis; the embedded one is stopped last. ``adopt``: use it while a bot runs on it.

    Raises Stopped.
    """
    if settings.redis_url is not None:
        yield settings.redis_url
        return
    embedded = Embedded(settings.data_dir)
    try:
        if adopt and await embedded.answers():
            yield embedded.url
            return
        url = await embedded.start()
    except (FolderInUse, ServerFailed) as error:
        raise Stopped(str(error)) from None
    except OSError as error:
        raise Stopped(
            f"can't use the data folder {settings.data_dir}: {error.strerror}; set DATA_DIR to another"
        ) from None
    reviving = asyncio.create_task(embedded.revive())
    try:
        yield url
    finally:
        reviving.cancel()
        await asyncio.gather(reviving, return_exceptions=True)
        await embedded.stop()


async def _until(ended: asyncio.Event) -> None:
    """All is there: serve until it ends."""
    service_manager.tell("READY=1")
    await ended.wait()
    service_manager.tell("STOPPING=1")


def _on_signal() -> asyncio.Event:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    return ended
