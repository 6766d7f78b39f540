"""How the web server answers what is no HTTP, or too much of it: in words that quote nothing of it."""

from __future__ import annotations

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

UNREADABLE = "This request can't be read.\n"


class PlainHandler(RequestHandler):
    """One connection. aiohttp's own answer to a header that is too long quotes it, a token among it."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what can't be handled at all."""
        return super().handle_error(request, status, exc, UNREADABLE)


class _Connections(web.Server):
    def __call__(self) -> RequestHandler:
        return PlainHandler(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """An application's server, with a ``PlainHandler`` for each connection."""

    async def _make_server(self) -> web.Server:
        server = await super()._make_server()
        server.__class__ = _Connections  # aiohttp has no other way to say so
        return server
