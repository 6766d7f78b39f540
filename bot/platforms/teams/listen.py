"""What becomes of each kind of activity: the Bot Framework's handler, one table of kinds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import structlog
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext

from bot.platforms.ports import InboundEvent, InboundHandler, Result
from bot.platforms.teams import extension
from bot.platforms.teams import inbound as arrivals
from bot.platforms.teams.consent import Consents
from bot.platforms.teams.elements import CARD
from bot.platforms.teams.forms import dialog, filled
from bot.platforms.teams.incoming import Incoming
from bot.platforms.teams.render import message
from dialogs.core.events import Submitted

PRESSED = "Got it."
"""Where there is no note: what comes of it is shown, on the card or below."""
AGAIN = "I'm busy just now. Please press it once more."
UNKNOWN = "I don't know this button. It may be from an older message; please type your question."
IN_CHAT = "I've answered in the chat."
OPENED = "I've had this press already. If nothing opened, please press it once more."
SAVED = "That's saved already."
DONE = "Done. You'll find it in your chat with me."


_log = structlog.get_logger()


class TryAgain(Exception):
    """The turn could not be committed; Teams should deliver the activity again."""


class Listener(ActivityHandler):  # type: ignore[misc]  # the SDK has no types
    """Takes one activity to the turn. Kinds that it doesn't name are acknowledged and ignored."""

    def __init__(
        self,
        dispatcher: InboundHandler,
        incoming: Incoming,
        met: Callable[[InboundEvent, Incoming], None],
        consents: Consents,
        left: Callable[[str, str], None],
        chat: Callable[[Incoming], Awaitable[str]],
    ) -> None:
        """``left`` is told a service's address and a person, where the app was removed; ``chat`` gives the id
        of somebody's chat with us, "" where they have none."""
        self._chat = chat
        self._dispatcher, self._incoming, self._met, self._consents = dispatcher, incoming, met, consents
        self._left = left

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Typed words, or a button pressed in an older client."""
        await self._tell(arrivals.typed_or_submitted(self._incoming))

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        """Words changed by whoever said them."""
        await self._tell(arrivals.edited(self._incoming))

    async def on_members_added_activity(self, members_added: list[Any], turn_context: TurnContext) -> None:
        """Somebody joined; only our own coming is greeted."""
        if arrivals.names_us(self._incoming):
            await self._tell(arrivals.installed(self._incoming))

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """The app was installed. A new version of it is no news to anybody."""
        if self._incoming.action == "add-upgrade":
            return
        await self._tell(arrivals.installed(self._incoming))

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        """Somebody removed the app: a chat that we had with them is gone."""
        sender = self._incoming.sender
        self._left(self._incoming.service_url or "", (sender and sender.id) or "")
        _log.info("teams_removed", tenant=arrivals.own_tenant(self._incoming))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """A button, a dialog, a thumb or a file; the response is what the person sees at once.

        The SDK's own version fails on most of them: it loses ``trigger``, answers 501 to feedback, and
        raises on an action that is no ``Action.Execute``.
        """
        match self._incoming.name:
            case "adaptiveCard/action":
                looked = arrivals.looked_at(self._incoming)
                body = await self._refreshed(looked) if looked else _message(await self._press())
                return InvokeResponse(status=200, body=body)
            case "task/fetch":
                return InvokeResponse(status=200, body=await self._open())
            case "task/submit":
                return InvokeResponse(status=200, body=await self._submit())
            case "composeExtension/query":
                return InvokeResponse(status=200, body=await self._search())
            case "composeExtension/fetchTask":
                asked = extension.asked_about(self._incoming, await self._chat(self._incoming))
                return InvokeResponse(status=200, body=await self._answered(asked))
            case "composeExtension/submitAction":
                asked = extension.pressed(self._incoming, await self._chat(self._incoming))
                return InvokeResponse(status=200, body=await self._answered(asked))
            case "message/submitAction":
                await self._tell(arrivals.thumbed(self._incoming))
                return InvokeResponse(status=200, body={})
            case "fileConsent/invoke":
                await self._consents.answer(self._incoming)
                return InvokeResponse(status=200)
        return InvokeResponse(status=501, body={"error": "This kind of invoke is not answered here."})

    async def _press(self) -> str:
        try:
            inbound = arrivals.pressed(self._incoming)
            if inbound is None:
                return UNKNOWN
            return (await self._tell(inbound)).note or PRESSED
        except TryAgain:
            return AGAIN

    async def _refreshed(self, inbound: InboundEvent) -> dict[str, Any]:
        """Somebody's own page as it is now, in the place of the card that they look at."""
        (reply,) = (await self._tell(inbound)).replies
        [card] = message(reply)["attachments"]
        return {"statusCode": 200, "type": CARD, "value": card["content"]}

    async def _open(self) -> dict[str, Any]:
        """What a dialog opens with; never nothing, which Teams would take for a failure."""
        try:
            inbound = arrivals.opening(self._incoming)
            if inbound is None:
                return _told(UNKNOWN)
            result = await self._tell(inbound)
        except TryAgain:
            return _told(AGAIN)
        if result.form is None:
            return _told(result.note or (OPENED if result.outcome == "seen" else IN_CHAT))
        return self._page(result)

    async def _submit(self) -> dict[str, Any] | None:
        """What becomes of an open dialog: its next page, a sentence, or None where it closes.

        TryAgain goes through: Teams then says so itself, and leaves open what was filled in.
        """
        inbound = arrivals.submitted(self._incoming)
        if inbound is None:
            return _told(UNKNOWN)
        result = await self._tell(inbound)
        if result.form is not None and result.errors and isinstance(inbound.event, Submitted):
            return self._page(msgspec.structs.replace(result, form=filled(result.form, inbound.event.values)))
        if result.form is not None:
            return self._page(result)
        if result.errors:
            return _told("\n\n".join(result.errors.values()))
        if result.note or result.outcome == "seen":
            return _told(result.note or SAVED)
        return None

    async def _search(self) -> dict[str, Any]:
        """What there is to put into a message; asked for anew with each few letters."""
        inbound = extension.searched(self._incoming)
        if inbound is None:
            return extension.results(Result("ignored", UNKNOWN), "")
        if extension.further(self._incoming):
            return extension.results(Result("done"), "")
        return extension.results(await self._dispatcher.run(inbound), inbound.to["bot"])

    async def _answered(self, inbound: InboundEvent | None) -> dict[str, Any]:
        """An answer in a dialog, for whoever asked alone."""
        if inbound is None:
            return _told(UNKNOWN)
        try:
            result = await self._tell(inbound)
        except TryAgain:
            return _told(AGAIN)
        if result.form is not None:
            return self._page(result)
        if result.replies:
            return {"task": {"type": "continue", "value": extension.answer(result.replies)}}
        sentences = [*result.errors.values(), result.note or (SAVED if result.outcome == "seen" else DONE)]
        return _told("\n\n".join(sentences[:1]))

    def _page(self, result: Result) -> dict[str, Any]:
        assert result.form is not None
        page = dialog(result.form, arrivals.own_tenant(self._incoming), result.errors)
        return {"task": {"type": "continue", "value": page}}

    async def _tell(self, inbound: InboundEvent | None) -> Result:
        if inbound is None:
            return Result("ignored")
        result = await self._dispatcher.run(inbound)
        if result.outcome == "busy":
            raise TryAgain
        self._met(inbound, self._incoming)
        return result


def _message(text: str) -> dict[str, Any]:
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


def _told(sentence: str) -> dict[str, Any]:
    """A sentence in the place of a dialog."""
    return {"task": {"type": "message", "value": sentence}}
