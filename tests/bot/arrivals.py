"""Inbound events and a sender for tests that need no platform."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.platforms.ports import InboundEvent, OutboxMessage, Unavailable, Undeliverable, Wait
from dialogs.core.events import Place, Utterance
from dialogs.core.plain import plain


def said(
    text: str,
    *,
    message: str = "1",
    conversation: str = "D1",
    speaker: str = "slack:T1/U1",
    kind: str = "direct",
    about: str | None = None,
    pressed: bool = False,
    addressed: bool = True,
) -> InboundEvent:
    """Somebody says ``text`` in Slack."""
    to = {"channel": conversation}
    return InboundEvent(
        event=Utterance(text, addressed=addressed, pressed=pressed),
        speaker=speaker,
        place=Place("slack", kind),  # type: ignore[arg-type]
        tenant="slack:T1",
        conversation=conversation,
        idempotency_keys=(f"m:{conversation}:{message}",),
        about=about,
        to=to,
        private_to={"channel": speaker},
        note_to=to,
    )


class Recorder:
    """A sender that keeps what it was given; each fault given is raised once, in order."""

    def __init__(self, *faults: Unavailable | Undeliverable) -> None:
        self.messages: list[OutboxMessage] = []
        self.faults = list(faults)
        self.before: Callable[[OutboxMessage, Wait], Awaitable[None]] | None = None
        self._changed = asyncio.Condition()

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        if self.before is not None:
            await self.before(message, wait)
        if self.faults:
            raise self.faults.pop(0)
        async with self._changed:
            self.messages.append(message)
            self._changed.notify_all()
        return f"{message.to['channel']}:{message.id}"

    async def sent(self, count: int) -> list[str]:
        """The texts sent, once there are ``count``."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.messages) >= count)
        return [plain(message.reply) for message in self.messages]
