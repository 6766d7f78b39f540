"""Files that a bot offered and people accepted, as the stand-in for their OneDrive keeps them."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec
from aiohttp import web

from playground.keeping import FILE_BYTES, newest
from playground.teams_book import TeamsBook

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
KEPT = 50
"""Files; older ones go."""
LARGEST = 1_000_000
"""Bytes."""


class KeptFile(msgspec.Struct):
    """One file, and the secret in the address where it may be put."""

    name: str
    ticket: str
    content: bytes | None = None


class Drive:
    """Takes uploads and gives them back, under ``prefix``."""

    def __init__(self, book: TeamsBook, prefix: str) -> None:
        self._book, self._prefix = book, prefix
        self._files: OrderedDict[str, KeptFile] = OrderedDict()

    def kept(self) -> dict[str, KeptFile]:
        """What ``restore`` takes: the newest files."""
        return dict(newest(self._files.items(), lambda item: len(item[1].content or b""), FILE_BYTES))

    def restore(self, files: dict[str, KeptFile]) -> None:
        """Go on with ``files``."""
        self._files.update(files)

    def clear(self) -> None:
        """Forget all files."""
        self._files.clear()

    def begin(self, name: str, base: str) -> dict[str, Any]:
        """Make room for a file; what Teams tells the bot of it. ``base``: where this server is."""
        key, ticket = secrets.token_hex(8), secrets.token_urlsafe(16)
        self._files[key] = KeptFile(name, ticket)
        if len(self._files) > KEPT:
            self._files.popitem(last=False)
        return {
            "name": name,
            "uploadUrl": f"{base}{self._prefix}/uploads/{key}?ticket={ticket}",
            "contentUrl": f"{base}{self._prefix}/files/{key}",
            "uniqueId": key,
            "fileType": name.rpartition(".")[2],
        }

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Where files are put and fetched."""
        return [
            web.put(f"{self._prefix}/uploads/{{key}}", self._put),
            web.get(f"{self._prefix}/files/{{key}}", self._get),
        ]

    async def _put(self, request: web.Request) -> web.Response:
        kept = self._files.get(request.match_info["key"])
        if kept is None or not secrets.compare_digest(kept.ticket, request.query.get("ticket", "")):
            return web.Response(status=404)
        fault = self._book.fault("upload")
        if fault is not None:
            return web.Response(status=fault.status)
        content = await request.read()
        whole = f"bytes 0-{len(content) - 1}/{len(content)}"
        if request.headers.get("Content-Range") != whole or len(content) > LARGEST:
            return web.Response(status=416)
        kept.content = content
        return web.Response(status=201)

    async def _get(self, request: web.Request) -> web.Response:
        kept = self._files.get(request.match_info["key"])
        if kept is None or kept.content is None:
            return web.Response(status=404)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(kept.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=kept.content, content_type="application/octet-stream", headers=headers)
