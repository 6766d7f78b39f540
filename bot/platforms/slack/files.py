"""Files in Slack: uploaded in three steps; pictures belong to no conversation, others are shared in one."""

from __future__ import annotations

import json

import msgspec

from bot.platforms.ports import Address, Undeliverable, Wait
from bot.platforms.slack.calls import Calls
from dialogs.core.replies import File, Reply, Text
from dialogs.core.text import literal

APART = "📎 **{name}** follows in our direct messages."
"""Stands in a message that one person sees alone, beside which Slack shows no file."""
REFUSED = "I'm sorry: Slack didn't take the file **{name}**. Please ask me for it once more."


def apart(reply: Reply) -> Reply:
    """A reply that one person sees alone, whose files go to their direct messages."""
    blocks = (
        Text(APART.format(name=literal(block.name))) if isinstance(block, File) else block
        for block in reply.blocks
    )
    return msgspec.structs.replace(reply, blocks=tuple(blocks))


class SlackFiles:
    """Uploads to one workspace."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def upload(
        self, name: str, title: str, content: bytes, wait: Wait, to: Address | None = None
    ) -> str:
        """Upload a file and, with ``to`` (a conversation's own id, a thread), share it there.

        Returns its id. Raises Undeliverable or Unavailable.
        """
        asked = {"filename": name, "length": len(content)}
        place = await self._calls.form("files.getUploadURLExternal", asked, wait)
        url, file = place.get("upload_url"), place.get("file_id")
        if not (isinstance(url, str) and isinstance(file, str)):
            raise Undeliverable("no_upload_url")
        await self._calls.post(url, "upload", wait, data=content)
        done = {"files": json.dumps([{"id": file, "title": title}])}
        if to is not None:
            done["channel_id"] = to["channel"]
            if "thread_ts" in to:
                done["thread_ts"] = to["thread_ts"]
        await self._calls.form("files.completeUploadExternal", done, wait)
        return file

    async def direct(self, user: str, wait: Wait) -> Address:
        """The direct conversation with a person, by its own id. Raises Undeliverable or Unavailable."""
        opened = await self._calls.json("conversations.open", {"users": user}, wait)
        channel = opened.get("channel")
        return {"channel": str(channel.get("id", "")) if isinstance(channel, dict) else ""}
