"""Whoever connects and doesn't come to the point."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import web
from tests.harness.whole import Whole, running


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "HEADER_SECONDS", 0.1)
    monkeypatch.setattr(web, "LOOK_SECONDS", 0.05)


@pytest.mark.parametrize("said", [b"", b"POST /slack/events HTTP/1.1\r\nHost: a\r\nX-Slow: "])
async def test_headers_that_never_end_end_the_connection(redis_url: str, said: bytes) -> None:
    async with running(redis_url) as whole:
        reader, writer = await _connected(whole)
        writer.write(said)
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()


async def test_a_connection_that_has_asked_something_stays(redis_url: str) -> None:
    async with running(redis_url) as whole:
        asked, slow = await _connected(whole), await _connected(whole)
        asked[1].write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await asked[0].readuntil(b"alive\n")
        async with asyncio.timeout(10):
            await slow[0].read()  # by now others are closed
        asked[1].write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await asked[0].readuntil(b"alive\n")
        for _, writer in (asked, slow):
            writer.close()


async def _connected(whole: Whole) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    settings = whole.server.service.settings
    return await asyncio.open_connection(settings.host, settings.port)
