"""Pictures of charts for Slack: drawn, uploaded, and remembered by their file's id."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from bot import charts
from bot.ports import Unavailable, Undeliverable, Wait
from dialogs.model import Chart, Reply

KEPT = 200
"""Uploads remembered: a message that is drawn again with the same chart uploads nothing."""

Json = dict[str, Any]
Form = Callable[[str, Json, Wait], Awaitable[Json]]
"""Call a method with a form: those for files take no JSON."""
Put = Callable[[str, bytes, Wait], Awaitable[None]]
"""Post bytes to the address that Slack gave for them."""


class Pictures:
    """The pictures that were uploaded to one workspace."""

    def __init__(self, form: Form, put: Put) -> None:
        self._form, self._put = form, put
        self._ids: OrderedDict[Chart, str] = OrderedDict()

    async def of(self, reply: Reply, wait: Wait) -> dict[Chart, str]:
        """The id of a file for each chart in ``reply``; none for those that Slack doesn't take.

        The figures stand beside a picture, so that trouble with one is no reason to hold a message back.
        """
        ids: dict[Chart, str] = {}
        for block in reply.blocks:
            if isinstance(block, Chart) and block not in ids:
                try:
                    ids[block] = await self._id(block, wait)
                except (Undeliverable, Unavailable):
                    break
        return ids

    def forget(self) -> None:
        """Upload anew from now on: what was uploaded is refused, and may be gone."""
        self._ids.clear()

    async def _id(self, chart: Chart, wait: Wait) -> str:
        if chart not in self._ids:
            self._ids[chart] = await self._upload(await charts.picture(chart), wait)
            if len(self._ids) > KEPT:
                self._ids.popitem(last=False)
        self._ids.move_to_end(chart)
        return self._ids[chart]

    async def _upload(self, png: bytes, wait: Wait) -> str:
        """Upload a picture that belongs to no conversation yet. Raises Undeliverable or Unavailable."""
        place = await self._form(
            "files.getUploadURLExternal", {"filename": "chart.png", "length": len(png)}, wait
        )
        url, file = place.get("upload_url"), place.get("file_id")
        if not (isinstance(url, str) and isinstance(file, str)):
            raise Undeliverable("no_upload_url")
        await self._put(url, png, wait)
        files = json.dumps([{"id": file, "title": "Chart"}])
        await self._form("files.completeUploadExternal", {"files": files}, wait)
        return file
