"""Slack's agent pane: that we are thinking, and what a chat is about.

Both are a courtesy: they cost no turn any time, and where Slack doesn't take them (an app without the pane
isn't allowed to) the talk goes on without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from bot.platforms.ports import InboundEvent, Result, Unavailable, Undeliverable
from bot.platforms.slack.calls import Calls
from dialogs.core.events import Utterance
from dialogs.wording.pane import THINKING

LONGEST_TITLE = 60
PATIENCE_SECONDS = 0.5
"""Outside a thread, where no answer of ours takes a status away, only what lasts longer has one."""
_WITHOUT = frozenset(
    ("missing_scope", "not_allowed", "unknown_method", "not_allowed_token_type", "feature_not_enabled")
)
"""What Slack says to an app that has no pane."""

_log = structlog.get_logger()


class Thinking:
    """A status that shows once something has lasted a while: most turns are over before, and need no task."""

    def __init__(self, show: Callable[[], asyncio.Task[None] | None], after: float) -> None:
        self._show, self._shown = show, None if after else show()
        self._timer = asyncio.get_running_loop().call_later(after, self._begin) if after else None

    def cancel(self) -> bool:
        """Whether it is in time for it not to show."""
        if self._timer is not None:
            self._timer.cancel()
        return self._shown is None or self._shown.cancel()

    def _begin(self) -> None:
        self._shown = self._show()


class AgentPane:
    """The pane of one app; once it has turned out that there is none, nothing more is tried."""

    def __init__(self, calls: Calls) -> None:
        self._calls, self._there = calls, True
        self._beside: set[asyncio.Task[None]] = set()

    def thinking(self, inbound: InboundEvent) -> Thinking | None:
        """Somebody wrote to us alone: show that we are at it. In a thread, until our answer stands there."""
        if not (self._there and _typed(inbound)):
            return None
        show = partial(self._set, inbound, "setStatus", status=THINKING)
        return Thinking(show, 0.0 if inbound.under else PATIENCE_SECONDS)

    def answered(self, inbound: InboundEvent, result: Result, thinking: Thinking | None) -> None:
        """It was dealt with: name a new thread after what it begins with, and let go of the status where no
        answer of ours in the thread does."""
        if thinking is None:
            return
        late = inbound.under and result.outcome == "done"
        if not late and not thinking.cancel():
            self._set(inbound, "setStatus", status="")
        if inbound.under and result.begun and isinstance(inbound.event, Utterance):
            title = " ".join(inbound.event.text.split())
            short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
            self._set(inbound, "setTitle", title=short)

    async def stop(self) -> None:
        """Leave what is under way, and begin nothing more."""
        self._there = False
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)

    def _set(self, inbound: InboundEvent, method: str, **what: str) -> asyncio.Task[None] | None:
        if not self._there:
            return None
        channel, _, ts = (inbound.under or inbound.message).rpartition(":")
        where = {"channel_id": channel, "thread_ts": ts, **what}
        task = asyncio.create_task(self._call(f"assistant.threads.{method}", where))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
        return task

    async def _call(self, method: str, what: dict[str, str]) -> None:
        try:
            await self._calls.json(method, what, asyncio.sleep, tries=1)
        except Undeliverable as refusal:
            self._there = self._there and refusal.reason not in _WITHOUT
            _log.info("pane refused", method=method, reason=refusal.reason)
        except Unavailable:
            pass


def _typed(inbound: InboundEvent) -> bool:
    """Whether somebody has written to us alone."""
    return inbound.place.kind == "direct" and isinstance(inbound.event, Utterance) and bool(inbound.message)
