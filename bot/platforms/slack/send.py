"""Sends messages to Slack: what is posted, updated, whispered or published, and what is then left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

import structlog

from bot.platforms.ports import Address, OutboxMessage, Unavailable, Undeliverable, Wait
from bot.platforms.slack import render
from bot.platforms.slack.calls import MALFORMED, TOO_LONG, Calls
from bot.platforms.slack.files import REFUSED, SlackFiles, apart
from bot.platforms.slack.pictures import Pictures
from bot.platforms.slack.shapes import Json
from dialogs.core.replies import File, Reply, Text
from dialogs.core.text import literal
from dialogs.wording.conversation import ELSEWHERE

_GONE = frozenset(("message_not_found", "cant_update_message", "edit_window_closed"))
"""Why a message can't be replaced: what takes its place is then posted anew."""
_NOT_TAKEN = frozenset(
    (
        "channel_not_found",
        "not_in_channel",
        "user_not_in_channel",
        "is_archived",
        "cannot_reply_to_message",
        "thread_locked",
        "restricted_action",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
    )
)
"""Why a channel or thread doesn't take what whoever asked there would get in a direct message."""
_UNREADY = (0.5, 1.0, 2.0)
"""Seconds before each further try with a picture: Slack may need a moment with a fresh file."""

_log = structlog.get_logger()


class SlackSender:
    """Carries messages to Slack."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._files = SlackFiles(calls)
        self._pictures = Pictures(self._files)

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Deliver ``message``; return ``channel:ts``, or None where Slack gives the message no lasting id.

        Raises Undeliverable or Unavailable.
        """
        to = message.to
        if to.get("view") == "home":
            view = render.home(message.reply, to.get("channel", ""))
            await self._calls.json("views.publish", {"user_id": to["user"], "view": view}, wait)
            return None
        if to.get("view") == "pane":
            where = {"channel_id": to["channel"]}
            where |= {"thread_ts": to["thread_ts"]} if "thread_ts" in to else {}
            offered = {**where, **render.prompts(message.reply)}
            await self._calls.json("assistant.threads.setSuggestedPrompts", offered, wait)
            return None
        files = [block for block in message.reply.blocks if isinstance(block, File)]
        if "user" in to:
            sent = await self._whisper(to, apart(message.reply), wait, replace=bool(message.instead))
        else:
            sent = await self._said(message, wait)
        if files:
            await self._share(to, sent, files, wait)
        return sent

    async def _said(self, message: OutboxMessage, wait: Wait) -> str:
        """Say it where it belongs; where that isn't taken, to whoever it answers."""
        try:
            return await self._say(message, wait)
        except Undeliverable as refusal:
            asker = message.speaker.rpartition("/")[2]
            alone = message.to["channel"].startswith(("D", asker)) and "thread_ts" not in message.to
            if refusal.reason not in _NOT_TAKEN or message.paced or not asker or alone:
                raise
            _log.info("said in a direct message instead", id=message.id, reason=refusal.reason)
        aside = Reply((Text(ELSEWHERE), *message.reply.blocks))
        return await self._post("chat.postMessage", {"channel": asker}, await self._drawn(aside, wait), wait)

    async def _say(self, message: OutboxMessage, wait: Wait) -> str:
        """Post a message for all who are there, or put it in the place of another."""
        content = await self._drawn(message.reply, wait)
        if message.instead:
            channel, _, ts = message.instead.rpartition(":")
            try:
                place = {"channel": channel, "ts": ts}
                return await self._post("chat.update", place, content, wait, bare=not message.redrawn)
            except Undeliverable as refusal:
                if refusal.reason not in _GONE:
                    raise
        return await self._post("chat.postMessage", _address(message.to), content, wait)

    async def _whisper(self, to: Address, reply: Reply, wait: Wait, *, replace: bool) -> str | None:
        """Tell one person where they stand; a response_url serves five times in half an hour."""
        url = to.get("response_url")
        # Slack takes no files of ours at such an address: the figures alone where something is replaced.
        content = render.message(reply) if url and replace else await self._drawn(reply, wait)
        if url and not _pictured(content["blocks"]):
            payload = {**content, "response_type": "ephemeral", "replace_original": replace}
            if thread := to.get("thread_ts"):
                payload["thread_ts"] = thread
            try:
                await self._calls.post(url, "response_url", wait, json=payload)
                return None
            except Undeliverable:
                pass
        address = {**_address(to), "user": to["user"]}
        try:
            await self._post("chat.postEphemeral", address, content, wait)
            return None
        except Undeliverable as refusal:
            if refusal.reason not in _NOT_TAKEN:
                raise
        return await self._post("chat.postMessage", {"channel": to["user"]}, content, wait)

    async def _drawn(self, reply: Reply, wait: Wait) -> Json:
        return render.message(reply, await self._pictures.of(reply, wait))

    async def _share(self, to: Address, sent: str | None, files: Sequence[File], wait: Wait) -> None:
        """Put files into the conversation after their message; what is refused is said there instead."""
        where = {"channel": to["user"]} if "user" in to else _address(to)
        if "user" not in to and sent and not sent.startswith(f"{where['channel']}:"):
            where = {"channel": sent.partition(":")[0]}  # our conversation with somebody
        for file in files:
            try:
                there = await self._files.direct(to["user"], wait) if "user" in to else where
                await self._files.upload(file.name, file.name, file.content.encode(), wait, there)
            except (Undeliverable, Unavailable) as error:
                _log.warning("file refused", reason=error.reason)
                told = Reply((Text(REFUSED.format(name=literal(file.name))),))
                with suppress(Undeliverable, Unavailable):
                    await self._post("chat.postMessage", where, render.message(told), wait)

    async def _post(
        self, method: str, address: Address, content: Json, wait: Wait, *, bare: bool = True
    ) -> str:
        payload = {**address, **content}
        if method != "chat.update":
            payload |= {"unfurl_links": False, "unfurl_media": False}
        sent = await self._as_taken(method, payload, wait, bare=bare)
        return f"{sent.get('channel', '')}:{sent.get('ts') or sent.get('message_ts', '')}"

    async def _as_taken(self, method: str, payload: Json, wait: Wait, *, bare: bool) -> Json:
        """Send as much of ``payload`` as Slack takes: without a picture, shorter, or bare, before silence.

        ``bare`` False: not without its buttons.
        """
        for blocks, pause in _versions(payload["blocks"]):
            if pause:
                await wait(pause)
            try:
                return await self._calls.json(method, {**payload, "blocks": blocks}, wait)
            except Undeliverable as refusal:
                last = refusal
                if refusal.reason in TOO_LONG and blocks:
                    shorter = render.shortened(blocks)
                    if not (shorter or bare):
                        raise
                    return await self._as_taken(method, {**payload, "blocks": shorter}, wait, bare=bare)
                if refusal.reason not in MALFORMED:
                    raise
                if pause == _UNREADY[-1]:
                    self._pictures.forget()
        if not bare:
            raise last
        return await self._calls.json(method, {**payload, "blocks": []}, wait)


def _pictured(blocks: list[Json]) -> bool:
    return any(block["type"] == "image" for block in blocks)


def _versions(blocks: list[Json]) -> Iterator[tuple[list[Json], float]]:
    """What to try in turn before the bare words, and after how many seconds."""
    yield blocks, 0.0
    if _pictured(blocks):
        yield from ((blocks, pause) for pause in _UNREADY)
        yield render.unpictured(blocks), 0.0


def _address(to: Address) -> Address:
    return {name: to[name] for name in ("channel", "thread_ts") if name in to}
