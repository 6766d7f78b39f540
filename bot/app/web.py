"""The web server: the platforms' endpoints, health, metrics, and the playground where it is on."""

from __future__ import annotations

import asyncio
import errno
import gc

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.app.listening import Runner
from bot.app.local_platforms import LocalPlatforms, with_playground
from bot.app.loopback import Handler, loopback_only
from bot.app.wiring import Application
from bot.observability.logs import where
from bot.platforms.ports import platform_of
from bot.settings import Settings
from bot.storage.connection import MemoryAway
from knowledge import Knowledge
from knowledge.matching import memory

HEADER_SECONDS, LOOK_SECONDS = 10.0, 1.0
"""How long the first request of a connection may take to say what it wants, and how often we look."""
IDLE_SECONDS = 75.0
"""After so long without a request a connection is closed."""
ANSWER_SECONDS = 1.0
"""How long a stopping process waits for its answers to requests in hand."""
_YOUNG = 10_000
"""New objects from which on Python looks for garbage: a turn leaves hardly any, but has many meanwhile."""

_log = structlog.get_logger()


class PortInUse(Exception):
    """Something else listens on the port; the message names it and the way out."""


class Server:
    """One web process: its service and its listening socket."""

    def __init__(self, settings: Settings, knowledge: Knowledge, redis_url: str) -> None:
        """Raises NothingConnected where there is no platform to serve."""
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        self.url = f"http://{host}:{settings.port}"
        self._playground: LocalPlatforms | None = None
        if settings.playground:
            self.service, self._playground = with_playground(settings, knowledge, redis_url, self.url)
        else:
            self.service = Application(settings, knowledge, redis_url)
        self._runner: web.AppRunner | None = None
        self._watching: asyncio.Task[None] | None = None
        self._doors: set[str] = set()
        """The paths on which platforms reach us."""
        self._stopping = False
        self._in_hand: set[asyncio.Future[None]] = set()
        """What is being answered to a platform just now."""

    async def start(self, *, sweep: bool) -> None:
        """Listen. Raises PortInUse, or OSError where the address can't be used at all."""
        settings = self.service.settings
        if self._playground is not None:
            self._playground.restore()
        await self.service.start(sweep=sweep)
        self._runner = Runner(
            self._application(), access_log=None, shutdown_timeout=1.0, keepalive_timeout=IDLE_SECONDS
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, settings.host, settings.port).start()
        except OSError as error:
            await self.stop()
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(
                    f"port {settings.port} is in use: stop what listens there, or set PORT to another number"
                ) from None
            raise
        self._watching = asyncio.create_task(self._watch(self._runner))
        for adapter in self.service.adapters:
            await adapter.start()
        gc.collect()
        memory.give_back()
        gc.freeze()  # what exists now lives as long as the process: no need to look at it again
        gc.set_threshold(_YOUNG)

    async def stop(self) -> None:
        """Within five seconds: refuse what comes, finish what is in hand and under way, close."""
        self._stopping = True
        if self._runner is not None and self._playground is None:  # whose stand-ins are reached through it
            for site in list(self._runner.sites):
                await site.stop()
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=ANSWER_SECONDS)
        await self.service.finish()
        if self._watching is not None:
            self._watching.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
        await self.service.stop()

    def _application(self) -> web.Application:
        guards = [plain_errors, self._door]
        if self._playground is not None:
            guards.append(loopback_only)
        app = web.Application(middlewares=guards)
        app.add_routes(
            [
                web.get("/healthz", self._alive),
                web.get("/readyz", self._ready),
                web.get("/metrics", self._metrics),
            ]
        )
        for adapter in self.service.adapters:
            doors = adapter.routes()
            self._doors.update(door.path for door in doors if isinstance(door, web.RouteDef))
            app.add_routes(doors)
        if self.service.screens is not None:
            app.add_routes(self.service.screens.routes())
        if self._playground is not None:
            self._playground.mount(app)
        return app

    @web.middleware
    async def _door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a platform in; once we stop, it is told to come again, to another process."""
        resource = request.match_info.route.resource
        if resource is None or resource.canonical not in self._doors:
            return await handler(request)
        if self._stopping:
            return web.Response(status=503, headers={"Connection": "close", "Retry-After": "1"})
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._in_hand.add(answered)
        try:
            return await handler(request)
        finally:
            self._in_hand.discard(answered)
            answered.set_result(None)

    async def _watch(self, runner: web.AppRunner) -> None:
        """Close connections that never come to the end of their first headers: aiohttp would wait."""
        met: dict[RequestHandler, float] = {}
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = asyncio.get_running_loop().time()
            there = runner.server.connections if runner.server is not None else []
            # aiohttp counts a connection's requests once their headers are there.
            met = {peer: met.get(peer, now) for peer in there if not peer._request_count}
            for peer, since in met.items():
                if now - since > HEADER_SECONDS:
                    peer.force_close()

    async def _alive(self, request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(2):
                await self.service.memory.reachable()
        except (MemoryAway, TimeoutError):
            return web.Response(status=503, text="memory is away: questions are answered without it\n")
        tenants = {platform_of(adapter.tenant): adapter.tenant for adapter in self.service.adapters}
        refused = (
            f"{tenants.get(account, account)} refuses our credentials ({error.reason}): {error.todo}\n"
            for account, error in self.service.credentials.refused.items()
        )
        return web.Response(text="".join(("ready\n", *refused)))

    async def _metrics(self, request: web.Request) -> web.Response:
        body = generate_latest(self.service.metrics.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer an unforeseen error with a plain sentence; its kind and place go to the log alone."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception as error:
        _log.error("request failed", path=request.path, error=where(error))
        return web.Response(status=500, text="Something went wrong here. Please try again.\n")
