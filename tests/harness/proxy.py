"""A council's proxy: the only way out, which knows where the names lead."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from tests.harness.http import free_port

LOGIN = "sharewise:way-out"


class ForwardProxy:
    """Passes on what asks for a tunnel, with ``LOGIN``, to a host that it knows."""

    def __init__(self, leads: Mapping[str, int]) -> None:
        """``leads``: by a host's name, the port of this machine behind it."""
        self._leads, self.asked = leads, set[str]()
        """The hosts that were asked for."""
        self.url = ""

    async def tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        asked = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = asked.split(" ", 2)
        host = target.rpartition(":")[0]
        self.asked.add(host)
        login = f"Proxy-Authorization: Basic {base64.b64encode(LOGIN.encode()).decode()}"
        if method != "CONNECT" or host not in self._leads or login not in asked:
            writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            writer.close()
            return
        behind, to = await asyncio.open_connection("127.0.0.1", self._leads[host])
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_passed(reader, to), _passed(behind, writer), return_exceptions=True)


@asynccontextmanager
async def proxied(leads: Mapping[str, int]) -> AsyncIterator[ForwardProxy]:
    """A running proxy."""
    proxy, port = ForwardProxy(leads), free_port()
    proxy.url = f"http://{LOGIN}@127.0.0.1:{port}"
    server = await asyncio.start_server(proxy.tunnel, "127.0.0.1", port)
    yield proxy
    server.close()


async def _passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(65536):
        writer.write(part)
        await writer.drain()
    writer.close()
