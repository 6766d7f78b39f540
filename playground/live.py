"""Live events for the page: which places changed, as server-sent events."""

from __future__ import annotations

import asyncio

from aiohttp import web

HEARTBEAT = 15.0
"""Seconds between signs of life on a quiet stream; a write is how we learn that a tab has gone."""


class _Tab:
    """One open stream and the places that changed since it last heard."""

    def __init__(self) -> None:
        self.changed: dict[str, None] = {}
        self.wake = asyncio.Event()


class EventStreams:
    """Tells every open tab which places changed; what changed there, the tab asks for itself."""

    def __init__(self) -> None:
        self._tabs: set[_Tab] = set()
        self._stopped = False

    def publish(self, place: str) -> None:
        """Something changed in ``place``. Several changes before a tab has heard become one."""
        for tab in self._tabs:
            tab.changed[place] = None
            tab.wake.set()

    def stop(self) -> None:
        """End every stream, so that the server need not wait for open tabs."""
        self._stopped = True
        for tab in self._tabs:
            tab.wake.set()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Serve one tab until it leaves or the server stops."""
        tab = _Tab()
        self._tabs.add(tab)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            while not self._stopped:
                await response.write(await self._next(tab))
        except ConnectionResetError:
            pass  # the tab was closed
        finally:
            self._tabs.discard(tab)
        return response

    async def _next(self, tab: _Tab) -> bytes:
        try:
            async with asyncio.timeout(HEARTBEAT):
                await tab.wake.wait()
        except TimeoutError:
            return b": quiet\n\n"
        tab.wake.clear()
        places, tab.changed = tab.changed, {}
        return b"".join(b"event: changed\ndata: %s\n\n" % place.encode() for place in places)
