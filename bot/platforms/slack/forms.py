"""Shows forms: opens a modal, puts another page in its place, or says what came of a submission."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from bot.platforms.ports import InboundEvent, OutboxMessage, Result, Unavailable, Undeliverable
from bot.platforms.slack.address import of
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.render_form import modal, notice, placed
from bot.platforms.slack.send import SlackSender
from bot.platforms.slack.shapes import Json, inside, text
from dialogs.core.forms import Form
from dialogs.core.replies import Reply, Text

NOT_OPENED = "I couldn't open the form just now. Please press the button once more."
SEEN_TITLE, SEEN = "Saved", "I have this already. You can close this page."
WRONG_TITLE = "One moment"

SECONDS = 2.2
"""For opening: Slack's trigger, and its patience for our acknowledgement, last three seconds."""
_TRIES = 3
_CLOSED = frozenset(("not_found", "hash_conflict"))
"""What is said of a modal that the person has closed, or that has moved on meanwhile."""
_OPEN = "exchanged_trigger_id"
"""What is said of a trigger that has opened its modal: the answer to the first try was lost."""

_log = structlog.get_logger()


class Forms:
    """The modals of one workspace."""

    def __init__(self, calls: Calls, sender: SlackSender) -> None:
        self._calls, self._sender = calls, sender
        self._notes: set[asyncio.Task[None]] = set()

    async def show(self, body: Json, inbound: InboundEvent, form: Form) -> None:
        """Open ``form`` after a press, or put it in the place of the modal in which that was made.

        Where Slack refuses, the person is told.
        """
        view, drawn = inside(body, "view"), modal(form, of(body))
        method, payload = "views.open", {"trigger_id": text(body, "trigger_id"), "view": drawn}
        if view.get("type") == "modal":
            method = "views.update"
            payload = {"view_id": text(view, "id"), "hash": text(view, "hash"), "view": drawn}
        try:
            async with asyncio.timeout(SECONDS):
                await self._calls.json(method, payload, asyncio.sleep, _TRIES)
            return
        except TimeoutError:
            reason = "timeout"
        except (Undeliverable, Unavailable) as error:
            reason = error.reason
        if reason != _OPEN:
            _log.warning(
                "form not shown",
                method=method,
                reason=reason,
                idempotency_key=next(iter(inbound.idempotency_keys), ""),
            )
        if reason != _OPEN and reason not in _CLOSED:
            self._tell(inbound)

    def answer(self, body: Json, result: Result) -> Json:
        """What a submission is acknowledged with."""
        view, reference = inside(body, "view"), of(body)
        if result.outcome == "seen":
            return _update(notice(SEEN_TITLE, [SEEN], reference))
        if result.errors and (errors := placed(result.errors, view)):
            return {"response_action": "errors", "errors": errors}
        if result.form:
            return _update(modal(result.form, reference))
        sentences = [*result.errors.values(), *([result.note] if result.note else [])]
        return (
            _update(notice(WRONG_TITLE, sentences, reference)) if sentences else {"response_action": "clear"}
        )

    async def stop(self) -> None:
        """Tell no more."""
        for task in self._notes:
            task.cancel()
        await asyncio.gather(*self._notes, return_exceptions=True)

    def _tell(self, inbound: InboundEvent) -> None:
        """Say that nothing opened, beside the acknowledgement, which can't wait."""
        to = inbound.note_to or inbound.private_to
        message = OutboxMessage("form-not-shown", "slack", to, Reply((Text(NOT_OPENED),), private=True))

        async def tell() -> None:
            with suppress(Undeliverable, Unavailable):
                await self._sender.send(message, asyncio.sleep)

        task = asyncio.create_task(tell())
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}
