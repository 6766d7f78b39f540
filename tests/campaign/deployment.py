"""Two web and two worker processes on one Redis, between stand-ins of Slack and the Bot Connector."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.storage.connection import Connection
from bot.storage.embedded import Embedded
from playground.connector import TeamsStandIn
from playground.slack_api import SlackStandIn
from playground.stage import TEAMS_TENANT
from tests.harness.outside import SECRET, TOKEN, served
from tests.harness.process import Process, free_port
from tests.teams.test_trust import APP, Publisher, signed

START_SECONDS = 120.0
"""On a machine that has other things to do, too."""
ROLES = ("web", "web", "worker", "worker")
_COUNTED = {"queue taken over": "taken over", "sends cut off": "cut off"}
_DOUBTFUL = re.compile(r'"event": "(queue taken over|sends cut off)"')


class Member(Process):
    """One process of the deployment; what it logs is kept."""

    def __init__(self, role: str, settings: dict[str, str]) -> None:
        super().__init__(role, **settings)
        self.role = role
        self._reader: asyncio.Task[None] | None = None

    async def up(self) -> None:
        """Start it, and wait until it works."""
        await self.launch()
        try:
            await self.line("ready at" if self.role == "web" else "running", START_SECONDS)
        except TimeoutError:
            raise AssertionError(f"{self.role} didn't start: {self.output}") from None
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.output += line.decode()

    async def down(self, number: signal.Signals) -> None:
        """Send it a signal, by its id, and wait until it is gone."""
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.send_signal(number)
        await self._process.wait()
        if self._reader is not None:
            await self._reader


class Redis:
    """The one Redis, on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._server = Embedded(folder)
        self.url = self._server.url

    async def up(self) -> None:
        """Start it."""
        await self._server.start()

    async def kill(self) -> None:
        """kill -9."""
        connection = Connection(self.url)
        told = (await connection.call("INFO", "server")).decode()
        await connection.close()
        os.kill(int(told.partition("process_id:")[2].split()[0]), signal.SIGKILL)
        while await self._server.answers():  # noqa: ASYNC110 (it is another process)
            await asyncio.sleep(0.02)
        assert self._server._lock is not None
        self._server._lock.close()

    async def down(self) -> None:
        """Stop it."""
        await self._server.stop()


class Balancer:
    """What stands before the web processes: each request to one that takes it."""

    def __init__(self, ports: list[int]) -> None:
        self._turns = itertools.cycle(ports)
        self._count = len(ports)
        self._session: aiohttp.ClientSession | None = None

    def routes(self) -> list[web.RouteDef]:
        """The endpoints of both platforms."""
        return [web.post(path, self._pass_on) for path in ("/slack/events", "/api/messages")]

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {
            name: value for name, value in request.headers.items() if name not in ("Host", "Content-Length")
        }
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20))
        for _ in range(self._count):
            url = f"http://127.0.0.1:{next(self._turns)}{request.path}"
            try:
                async with self._session.post(url, data=body, headers=headers) as answer:
                    if answer.status == 503 and answer.headers.get("Connection") == "close":
                        continue  # it stops, and has not looked at it
                    content = answer.headers.get("Content-Type", "application/json")
                    return web.Response(
                        status=answer.status, body=await answer.read(), headers={"Content-Type": content}
                    )
            except aiohttp.ClientConnectorError:
                continue  # nobody listens there
            except (aiohttp.ClientError, TimeoutError):
                break  # it may have been acted on
        return web.Response(status=502)

    async def close(self) -> None:
        """Close the client."""
        if self._session is not None:
            await self._session.close()


class Deployment:
    """All of it."""

    def __init__(self, slack: SlackStandIn, teams: TeamsStandIn, url: str, redis: Redis) -> None:
        self.slack, self.teams, self.url, self.redis = slack, teams, url, redis
        self.members: list[Member] = []
        self.slowest = 0.0
        """Seconds that the slowest restart took."""
        self.remarks: list[str] = []
        self.faults: list[str] = []
        self._gone: list[str] = []

    async def replace(self, number: int, how: signal.Signals) -> None:
        """End one process, by its id, and start another in its place."""
        old = self.members[number]
        await old.down(how)
        self._gone.append(old.output)
        self.members[number] = Member(old.role, old.settings)
        await self.members[number].up()

    async def doubtful(self) -> dict[str, int]:
        """How often something was counted (in metrics, and in the log) that may have been sent twice."""
        forgetful = 0
        async with aiohttp.ClientSession() as session:
            for member in self.members:
                if member.role == "web":
                    async with session.get(f"{member.url}/metrics") as answer:
                        found = re.search(
                            r"^sharewise_forgetful_turns_total (\d+)", await answer.text(), re.M
                        )
                        forgetful += int(found[1]) if found else 0
        said = "".join([*self._gone, *(member.output for member in self.members)])
        logged = [_COUNTED[doubt] for doubt in _DOUBTFUL.findall(said)]
        counts = {name: logged.count(name) for name in _COUNTED.values()}
        return {**counts, "without memory": forgetful}

    def tracebacks(self) -> int:
        """How many raw tracebacks were printed."""
        return sum(
            text.count("Traceback") for text in [*self._gone, *(member.output for member in self.members)]
        )


@asynccontextmanager
async def deployed() -> AsyncIterator[Deployment]:
    """A deployment that runs."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaign-")))
        redis = Redis(folder)
        await redis.up()
        stack.push_async_callback(redis.down)
        ports = {name: free_port() for name in ("front", "slack", "teams", "login", "web 0", "web 1")}
        url = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        balancer, publisher = Balancer([ports["web 0"], ports["web 1"]]), Publisher()
        publisher.url = url["login"]
        slack = SlackStandIn(
            url["front"], signing_secret=SECRET, token=TOKEN, url=url["slack"], limits=False, pause=0.0
        )
        teams = TeamsStandIn(url["teams"], token=lambda service: signed(serviceurl=service), pause=0.0)
        teams.book.too_fast = lambda conversation: 0.0  # type: ignore[method-assign]
        login = [
            web.get("/openid", publisher.metadata),
            web.get("/keys", publisher.published),
            web.post("/{tenant}/oauth2/v2.0/token", publisher.token),
        ]
        for routes, name in (
            (balancer.routes(), "front"),
            (slack.routes(), "slack"),
            (teams.routes(), "teams"),
            (login, "login"),
        ):
            await stack.enter_async_context(served(routes, ports[name]))
        stack.push_async_callback(balancer.close)
        stack.push_async_callback(slack.close)
        stack.push_async_callback(teams.close)
        settings = {
            "REDIS_URL": redis.url,
            "DATA_DIR": str(folder / "data"),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{slack.address}/api/",
            "MICROSOFT_APP_ID": APP,
            "MICROSOFT_APP_PASSWORD": "secret",
            "MICROSOFT_APP_TENANT_ID": TEAMS_TENANT,
            "TEAMS_OPENID_URL": f"{url['login']}/openid",
            "TEAMS_LOGIN_URL": url["login"],
            "QUESTIONS_PER_MINUTE": "1000000",
        }
        deployment = Deployment(slack, teams, url["front"], redis)
        for number, role in enumerate(ROLES):
            port = str(ports[f"web {number}"] if role == "web" else free_port())
            deployment.members.append(Member(role, {**settings, "PORT": port}))
        try:
            first, *others = deployment.members
            await first.up()  # which prepares the lessons for all
            await asyncio.gather(*(member.up() for member in others))
            yield deployment
        finally:
            await asyncio.gather(*(member.down(signal.SIGKILL) for member in deployment.members))
