"""Files of the Slack stand-in: uploaded in three steps, and shown to the page."""

from __future__ import annotations

import json
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import msgspec
from aiohttp import web

from playground.keeping import FILE_BYTES, newest
from playground.slack_book import Refusal
from playground.stage import Json

KEPT = 200
"""Files remembered."""

_KINDS = {"png": "image/png", "csv": "text/csv", "txt": "text/plain"}


class StoredFile(msgspec.Struct):
    """One file."""

    length: int
    """How many bytes were announced."""
    ticket: str
    """What the upload's address carries, since nothing else there tells who uploads."""
    name: str = ""
    title: str = ""
    content: bytes = b""
    complete: bool = False


class StoredFiles:
    """The files of one workspace, by their ids."""

    def __init__(self, address: str, number: Callable[[], int]) -> None:
        """``address``: under which the upload addresses stand; ``number`` gives each file one of its own."""
        self._address, self._number = address, number
        self._files: OrderedDict[str, StoredFile] = OrderedDict()

    def kept(self) -> dict[str, StoredFile]:
        """What ``restore`` takes: the files that are whole, and of those the newest."""
        whole = [(key, file) for key, file in self._files.items() if file.complete]
        return dict(newest(whole, lambda item: len(item[1].content), FILE_BYTES))

    def restore(self, files: dict[str, StoredFile]) -> None:
        """Go on with ``files``."""
        self._files.update(files)

    def clear(self) -> None:
        """Forget all files."""
        self._files.clear()

    def begin(self, arguments: Json) -> Json:
        """``files.getUploadURLExternal``. Raises Refusal."""
        length = str(arguments.get("length", ""))
        if not arguments.get("filename") or not length.isdecimal() or int(length) == 0:
            raise Refusal("invalid_arguments")
        key = f"F{self._number():09d}"
        file = self._files[key] = StoredFile(int(length), secrets.token_hex(16), str(arguments["filename"]))
        if len(self._files) > KEPT:
            self._files.popitem(last=False)
        return {"upload_url": f"{self._address}/upload/{key}?ticket={file.ticket}", "file_id": key}

    def complete(self, arguments: Json) -> list[Json]:
        """The files of ``files.completeUploadExternal``, as messages list them. Raises Refusal."""
        given = arguments.get("files")
        try:
            listed: Any = json.loads(given) if isinstance(given, str) else given
            named = {str(file["id"]): file for file in listed}
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Refusal("invalid_arguments") from None
        for key in named:
            if key not in self._files or not self._files[key].content:
                raise Refusal("file_not_found")
        for key, mention in named.items():
            file = self._files[key]
            file.title, file.complete = str(mention.get("title") or file.name), True
        return [self._shape(key) for key in named]

    def _shape(self, key: str) -> Json:
        file = self._files[key]
        kind = _kind(file.name)
        return {"id": key, "name": file.name, "title": file.title, "mimetype": kind, "size": file.length}

    def problems(self, blocks: object) -> list[str]:
        """What Slack would say against the files that ``blocks`` show."""
        shown = [
            (number, (block.get("slack_file") or {}).get("id"))
            for number, block in enumerate(blocks if isinstance(blocks, list) else ())
            if isinstance(block, dict) and block.get("type") == "image" and "slack_file" in block
        ]
        return [
            f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"
            for number, key in shown
            if not (isinstance(key, str) and key in self._files and self._files[key].complete)
        ]

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file's bytes, as many as were announced."""
        file = self._files.get(request.match_info["file"])
        content = await request.read()
        if file is None or request.query.get("ticket") != file.ticket or len(content) != file.length:
            return web.Response(status=400, text="failed")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def show(self, request: web.Request) -> web.StreamResponse:
        """A picture for the page, or another file to save."""
        file = self._files.get(request.match_info["file"])
        if file is None or not file.complete:
            return web.Response(status=404, text="There is no such file here.")
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        kind = _kind(file.name)
        if kind != "image/png":
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return web.Response(body=file.content, content_type=kind, headers=headers)


def _kind(name: str) -> str:
    return _KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")
