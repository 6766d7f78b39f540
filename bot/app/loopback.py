"""What may speak to us while nothing is authenticated.

Any web page can post to a loopback address. So the unauthenticated endpoints require a loopback Host
header, the same origin where an Origin is given, and a JSON body, which a foreign page can't send
without asking first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.platforms.mail.links import PATH as MAIL
from bot.setting_values import is_loopback

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SIGNED = ("/slack/", "/playground/slack/", "/playground/teams/uploads/", MAIL)
"""Paths whose requests are signed or carry a token of their own, in forms besides JSON."""


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse, with 403 or 415, what a stranger's page could have sent."""
    host = request.headers.get("Host", "")
    if not is_loopback(_name(host)):
        raise web.HTTPForbidden(text="This address only answers on this machine itself.\n")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        raise web.HTTPForbidden(text="Requests from other web sites are refused.\n")
    needs_json = request.method not in ("GET", "HEAD") and not request.path.startswith(SIGNED)
    if needs_json and request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON, as application/json.\n")
    return await handler(request)


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host.partition("]")[0].removeprefix("[")
    return host.partition(":")[0]
