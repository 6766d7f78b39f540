"""Carries activities to the bot over HTTP as Teams does: patient for 15 seconds, and not put off at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
from aiohttp import ClientError, ClientSession, ClientTimeout

PATIENCE = 15.0
"""Seconds that Teams waits for the bot."""
TRIES = 3


class TeamsCourier:
    """One client for all deliveries; opened at the first."""

    def __init__(self, token: Callable[[str], str] | None, pause: float) -> None:
        """``token`` signs a delivery, given its service URL; ``pause``: seconds before a repetition."""
        self._token, self._pause = token, pause
        self._session: ClientSession | None = None

    async def carry(self, activity: dict[str, Any], url: str) -> tuple[int, Any]:
        """Post ``activity`` to ``url``; repeated on no answer and on a server's error.

        Returns the last status and JSON body; status 0 where nothing answered.
        """
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE))
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token(activity['serviceUrl'])}"
        status, answer = 0, b""
        for tried in range(TRIES):
            if tried:
                await asyncio.sleep(self._pause * tried)
            try:
                async with self._session.post(
                    url, data=msgspec.json.encode(activity), headers=headers
                ) as response:
                    status, answer = response.status, await response.read()
            except (ClientError, TimeoutError):
                status, answer = 0, b""
            if 0 < status < 500:
                break
        try:
            return status, msgspec.json.decode(answer) if answer else None
        except msgspec.DecodeError:
            return status, None

    async def close(self) -> None:
        """Close the client."""
        if self._session is not None:
            await self._session.close()
            self._session = None
