"""Real servers for every test that remembers: the embedded Valkey, and Debian's redis-server."""

from __future__ import annotations

import asyncio
import functools
import subprocess
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
import redis.utils
from redis.exceptions import RedisError

from bot.settings import SURROUNDINGS, Settings
from bot.storage.connection import Connection
from bot.storage.embedded import Embedded
from bot.storage.keys import kind_of, retention
from tests.components import need
from tests.harness.fixtures import kind, launch, platform, quick, sharewise
from tests.harness.servers import in_cluster, operator

# What is found by trying is a fault; how long a busy machine takes to try is none.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

# The client reads its own version from its package's metadata for each connection, which takes it longer than
# to connect; each test makes several.
redis.utils.get_lib_version = functools.cache(redis.utils.get_lib_version)

__all__ = ("kind", "launch", "platform", "quick", "sharewise")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """For `-n auto`, one worker more than there are processors: a third of the time, a test waits.
    The pure parts never do (`-n logical`)."""
    processors = yield
    return processors + (config.option.numprocesses == "auto")


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """The address of an embedded Valkey that the whole run shares."""
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        server = Embedded(Path(folder))
        url = asyncio.run(server.start())
        yield url
        asyncio.run(server.stop())


@pytest.fixture(scope="session")
def debian_redis() -> Iterator[str]:
    """The address of Debian's redis-server, started for this run."""
    program = need("redis-server")
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        socket = Path(folder) / "redis.sock"
        arguments = ["--port", "0", "--unixsocket", str(socket), "--dir", folder, "--save", ""]
        process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
        yield f"unix://{socket}"
        process.terminate()
        process.wait()


@pytest.fixture(params=["valkey", "debian_redis"])
def any_server(request: pytest.FixtureRequest) -> str:
    """Each server in turn, for what must hold on both."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a cluster of three servers that the whole run shares."""
    with tempfile.TemporaryDirectory(prefix="sharewise-") as folder:
        started = in_cluster(Path(folder))
        loop = asyncio.new_event_loop()
        yield loop.run_until_complete(anext(started.gen))
        loop.run_until_complete(anext(started.gen, None))
        loop.close()


@pytest.fixture(params=["valkey", "debian_redis", pytest.param("cluster", marks=pytest.mark.servers)])
def every_server(request: pytest.FixtureRequest) -> str:
    """The same, and a cluster of three (make test-servers)."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def redis_url(valkey: str) -> AsyncIterator[str]:
    """An empty embedded Valkey; afterwards every key left must be in the retention table and must end."""
    async with emptied(valkey) as url:
        yield url


class emptied:
    """Empties a server, and checks afterwards that each key written is kept no longer than promised."""

    def __init__(self, url: str, days: int = 90) -> None:
        self.url, self.days = url, days

    async def __aenter__(self) -> str:
        client = operator(self.url)
        for _ in range(250):  # a server that has just been started
            try:
                await client.flushall()
                break
            except (RedisError, OSError):
                await asyncio.sleep(0.02)
        await client.aclose()
        return self.url

    async def __aexit__(self, *error: object) -> None:
        client = operator(self.url)
        table = retention(self.days)
        try:
            keys, ask = await client.keys("*"), client.pipeline(transaction=False)
            for key in keys:
                ask.pttl(key)
            for key, left in zip(keys, await ask.execute(), strict=True):
                kept = table.get(kind_of(key.decode()) or "")
                assert kept is not None, f"{key!r} is not in the retention table"
                limit = kept.seconds
                if kind_of(key.decode()) == "schedule" or left == -2:
                    continue  # as docket keeps them; or gone meanwhile
                assert left == -1 if limit is None else 0 <= left <= limit * 1000, f"{key!r}: {left} ms"
        finally:
            await client.aclose()


@pytest.fixture
async def connection(redis_url: str) -> AsyncIterator[Connection]:
    """A connection to the emptied server."""
    connection = Connection(redis_url)
    yield connection
    await connection.close()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the machine that runs the tests don't reach them."""
    for name in (*Settings.model_fields, *SURROUNDINGS):
        monkeypatch.delenv(name.upper(), raising=False)
