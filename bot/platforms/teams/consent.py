"""What a person decides about a file that was offered to them."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.platforms.ports import Unavailable, Undeliverable
from bot.platforms.teams.connector import BotConnector
from bot.platforms.teams.files import LARGEST, NAME, saved
from bot.platforms.teams.incoming import Incoming, Talk

DECLINED = "No problem, nothing was saved. Ask for it again whenever you like."
FAILED = "I couldn't save the file just now. Please ask for it again in a while."
SHOW_SECONDS = 5.0
"""Together with the upload this stays within the 15 seconds that Teams waits for an invoke."""


class Consents:
    """Saves what is accepted, beside the turn: the file is in the offer, and nothing is kept of it."""

    def __init__(self, connector: BotConnector) -> None:
        self._connector = connector

    async def answer(self, incoming: Incoming) -> None:
        """Do as the person says, and show it in the offer's place. What is no offer of ours is ignored."""
        value = incoming.value if isinstance(incoming.value, dict) else {}
        context, upload = value.get("context"), value.get("uploadInfo")
        name = context.get("name") if isinstance(context, dict) else None
        if not isinstance(name, str) or not name:
            return
        if value.get("action") == "decline":
            await self._show(incoming, _line(DECLINED))
        elif value.get("action") == "accept" and isinstance(upload, dict):
            content = context.get("content") if isinstance(context, dict) else None
            if isinstance(content, str) and len(content) <= LARGEST:
                await self._save(incoming, name[:NAME], content, upload)

    async def _save(self, incoming: Incoming, name: str, content: str, upload: dict[str, Any]) -> None:
        try:
            await self._connector.upload(str(upload.get("uploadUrl", "")), content.encode("utf-8", "replace"))
        except (Unavailable, Undeliverable):
            await self._show(incoming, _line(FAILED))
            return
        await self._show(incoming, saved(name, upload))

    async def _show(self, incoming: Incoming, body: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(SHOW_SECONDS):
                await self._put(incoming, body)
        except (Unavailable, Undeliverable, TimeoutError):
            return  # the invoke is waiting for its answer: what was done is done

    async def _put(self, incoming: Incoming, body: dict[str, Any]) -> None:
        chat, service_url = (incoming.conversation or Talk()).id or "", incoming.service_url or ""
        offer = incoming.reply_to_id
        if offer:
            try:
                await self._connector.update(service_url, chat, offer, {**body, "id": offer}, asyncio.sleep)
                return
            except Undeliverable:
                pass  # the offer is gone; what became of it is still worth telling
        await self._connector.post(service_url, chat, body, asyncio.sleep)


def _line(text: str) -> dict[str, Any]:
    return {"type": "message", "textFormat": "markdown", "text": text}
