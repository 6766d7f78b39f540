"""Files in Teams: offered in a personal chat, where Teams asks the person first, and saved in their OneDrive.

We have no memory of a file that was offered: what is to be saved travels in the offer itself, and comes
back when it is accepted.
"""

from __future__ import annotations

from typing import Any

import msgspec

from bot.platforms.teams.elements import cut
from bot.platforms.teams.escape import in_message
from dialogs.core.replies import Block, File, Reply, Text

LARGEST = 15_000
"""Bytes of JSON that an offer carries; a message of Teams takes 28 KB for sure."""
NAME = 200
"""Characters."""

SHARED = "19:"
"""How the ids of group chats and channels begin, in which a bot can't offer files."""

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


def parted(reply: Reply) -> tuple[list[File], Reply]:
    """The files of a reply, and the reply without them."""
    files = [block for block in reply.blocks if isinstance(block, File)]
    rest = tuple(block for block in reply.blocks if not isinstance(block, File))
    return files, msgspec.structs.replace(reply, blocks=rest)


def sent_apart(reply: Reply) -> Reply:
    """A reply for all to see, whose files went to one person's personal chat."""
    blocks: tuple[Block, ...] = tuple(
        Text(f"I've put **{in_message(cut(block.name, NAME))}** into your personal chat with me.")
        if isinstance(block, File)
        else block
        for block in reply.blocks
    )
    return msgspec.structs.replace(reply, blocks=blocks)


def offer(file: File) -> dict[str, Any]:
    """The message that offers a file; a sentence where it is too large."""
    name = cut(file.name, NAME)
    size = len(file.content.encode("utf-8", "replace"))
    context = {"name": name, "content": file.content}
    if len(msgspec.json.encode(context)) > LARGEST:
        kilobytes = f"{size / 1000:,.0f} KB"
        text = f"**{in_message(name)}** is too large for me to hand over in Teams ({kilobytes})."
        return {"type": "message", "textFormat": "markdown", "text": text}
    card = {
        "description": "I'd like to save this in your OneDrive.",
        "sizeInBytes": size,
        "acceptContext": context,
        "declineContext": {"name": name},
    }
    return {
        "type": "message",
        "summary": name,
        "attachments": [{"contentType": CONSENT, "name": name, "content": card}],
    }


def saved(name: str, upload: dict[str, Any]) -> dict[str, Any]:
    """The message that shows a file which was saved; ``upload`` is what Teams told of its place."""
    content = {key: upload[key] for key in ("uniqueId", "fileType") if isinstance(upload.get(key), str)}
    return {
        "type": "message",
        "summary": name,
        "attachments": [
            {"contentType": INFO, "name": name, "contentUrl": upload.get("contentUrl"), "content": content}
        ],
    }
