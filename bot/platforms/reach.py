"""Whether an address on the web can be reached from here, by TLS, and what time it is there."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from bot.findings import Finding, clocks
from bot.setting_values import is_loopback

PATIENCE = aiohttp.ClientTimeout(total=10)


async def reach(session: aiohttp.ClientSession, about: str, url: str) -> list[Finding]:
    """Ask ``url`` for anything; whatever the status, it was reached. The clock's finding is the last."""
    parts, asked = urlsplit(url), time.time()
    host = parts.hostname or ""
    try:
        async with session.get(url, timeout=PATIENCE, allow_redirects=False) as response:
            date, answered = response.headers.get("Date", ""), time.time()
    except aiohttp.ClientSSLError as error:
        return [
            Finding(
                "bad",
                about,
                f"the certificate of {host} isn't trusted here ({type(error).__name__})",
                "install the certificate authority that signed it on this machine, or renew it there",
            )
        ]
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return [
            Finding(
                "bad",
                about,
                f"{host} can't be reached ({type(error).__name__})",
                f"let this machine out to {host} (name service, firewall), or correct the address",
            )
        ]
    if parts.scheme == "https" or is_loopback(host):
        found = Finding("good", about, f"{host} is reached" + (" by TLS" if parts.scheme == "https" else ""))
    else:
        found = Finding("warning", about, f"{host} is reached without TLS", "use its https:// address")
    try:
        there = parsedate_to_datetime(date).timestamp() + 0.5  # cut off to whole seconds
    except (TypeError, ValueError):
        return [found]
    return [found, clocks(f"{about}: clock", there - (asked + answered) / 2)]
