"""How the platforms are reached: straight on, or by the proxy of ``HTTPS_PROXY``, but for ``NO_PROXY``.

All of ours goes through one session, which knows of both. Slack's SDK knows of the proxy alone.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

_AS = {"wss": "https", "ws": "http"}


def session(**options: Any) -> aiohttp.ClientSession:
    """What all calls to platforms are made through; ``options`` are aiohttp's own."""
    # Where no proxy is set, nothing is looked up for each call. No platform's API has cookies for a bot.
    return aiohttp.ClientSession(trust_env=bool(getproxies()), cookie_jar=aiohttp.DummyCookieJar(), **options)


def proxy_for(url: str) -> str | None:
    """The proxy by which ``url`` is reached, None for straight on: for a socket, for which aiohttp looks
    elsewhere."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.netloc):
        return None
    return getproxies().get(_AS.get(parts.scheme, parts.scheme))
