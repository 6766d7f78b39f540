"""What we listen to of Slack, by Bolt, as one table; listeners only translate and hand over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.observability.logs import where
from bot.platforms.ports import (
    Address,
    InboundEvent,
    InboundHandler,
    Result,
    Unavailable,
    Undeliverable,
    Wait,
    at_once,
)
from bot.platforms.slack import inbound as arrivals
from bot.platforms.slack.actors import ActorResolver
from bot.platforms.slack.calls import quiet_logger
from bot.platforms.slack.forms import Forms
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.pane import AgentPane
from bot.platforms.slack.shapes import Json, inside, text

log = structlog.get_logger()

PATIENCE = 1.0
"""Seconds for opening a direct conversation: a shortcut's trigger lasts three."""
Direct = Callable[[str, Wait], Awaitable[Address]]
"""Opens the direct conversation with a user."""
Translate = Callable[[Json, Identity], InboundEvent | None]
Answer = Callable[[Json, InboundEvent, Result], Awaitable[BoltResponse]]


def _nothing(body: Json, me: Identity) -> InboundEvent | None:
    """Of what is only acknowledged."""
    return None


EVENTS: dict[str, Translate] = {
    "app_uninstalled": _nothing,
    "message": arrivals.message,
    "app_mention": arrivals.message,
    "app_home_opened": arrivals.home_opened,
    "assistant_thread_started": arrivals.thread_started,
    "assistant_thread_context_changed": _nothing,
    "member_joined_channel": arrivals.joined,
}
ASSISTANT_EVENTS = ("assistant_thread_started", "assistant_thread_context_changed")
"""Those that only an assistant of the older kind is told."""


class _Installed(AsyncAuthorize):
    """The one workspace that we serve; nothing is asked of Slack for a request."""

    def __init__(self, token: str) -> None:
        self._result = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    async def __call__(self, **_: object) -> AuthorizeResult:
        return self._result


def build(
    client: AsyncWebClient,
    token: str,
    signing_secret: str,
    dispatcher: InboundHandler,
    me: Identity,
    forms: Forms,
    actors: ActorResolver,
    direct: Direct,
    pane: AgentPane,
) -> AsyncApp:
    """A bolt app that hands every inbound event to ``dispatcher`` and acknowledges when that returns."""
    kinds: dict[str, tuple[Translate, Answer]] = {
        "event_callback": (_event, _acknowledged),
        "block_actions": (arrivals.press, partial(_pressed, forms)),
        "command": (arrivals.command, partial(_pressed, forms)),
        "view_submission": (arrivals.submitted, partial(_submitted, forms)),
        "shortcut": (arrivals.shortcut, partial(_pressed, forms)),
        "message_action": (arrivals.message_shortcut, partial(_pressed, forms)),
    }
    return AsyncApp(
        name="sharewise",
        logger=quiet_logger(),
        client=client,
        signing_secret=signing_secret,
        # Given outright: with SLACK_CLIENT_ID in the environment bolt would take a file of tokens instead.
        authorize=_Installed(token),
        # Once the signature is verified; acknowledged when it returns, which is after the commit.
        before_authorize=_Taking(kinds, dispatcher, me, actors, direct, pane),
        ssl_check_enabled=False,
    )


class _Taking(AsyncMiddleware):
    """In the place of bolt's listeners, which fail on payloads of shapes that they don't expect."""

    def __init__(
        self,
        kinds: Mapping[str, tuple[Translate, Answer]],
        dispatcher: InboundHandler,
        me: Identity,
        actors: ActorResolver,
        direct: Direct,
        pane: AgentPane,
    ) -> None:
        self._kinds, self._dispatcher, self._me, self._actors = kinds, dispatcher, me, actors
        self._direct, self._pane = direct, pane

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        """Answer a request; what has no row is acknowledged, or Slack would bring it again."""
        kind = kind_of(req.body)
        if kind == "url_verification":
            return await next()
        if kind == "app_rate_limited":
            log.warning("slack holds events back")
        try:
            return await self._taken(req.body, *self._kinds.get(kind, (_nothing, _acknowledged)))
        except Exception as error:
            # A fault of ours: said by its kind and place alone, since an error's words may quote a message.
            log.error("slack listener failed", error=where(error))
            return BoltResponse(status=500)

    async def _taken(self, body: Json, translate: Translate, answer: Answer) -> BoltResponse:
        self._me.learn(body)
        ours = text(body, "team_id") in ("", self._me.team) or not self._me.team
        if text(inside(body, "event"), "type") == "app_uninstalled" and ours:
            await self._dispatcher.uninstalled("slack")
        inbound = translate(body, self._me)
        if inbound is None:
            return BoltResponse(status=200)
        if kind_of(body) == "shortcut":
            body = await self._placed(body)
            inbound = translate(body, self._me) or inbound
        if await self._actors.settle(body):
            inbound = translate(body, self._me) or inbound
        thinking = self._pane.thinking(inbound)
        result = await self._dispatcher.run(inbound)
        self._pane.answered(inbound, result, thinking)
        if result.outcome == "busy":
            # Slack delivers an event again, and tells the person who pressed or submitted to do so.
            return BoltResponse(status=503)
        return await answer(body, inbound, result)

    async def _placed(self, body: Json) -> Json:
        """A shortcut with the direct conversation in which it is answered; Slack tells no place of it. As it
        came, where that isn't told in time."""
        with suppress(Undeliverable, Unavailable, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                opened = await self._direct(text(inside(body, "user"), "id"), at_once)
                return {**body, "channel": {"id": opened["channel"]}}
        return body


def kind_of(body: Json) -> str:
    """Slack's word for a payload's kind; a slash command has none of its own."""
    return text(body, "type") or ("command" if text(body, "command") else "")


def _event(body: Json, me: Identity) -> InboundEvent | None:
    """Any event by the table; one that isn't there is acknowledged, or it would come back."""
    translate = EVENTS.get(text(inside(body, "event"), "type"))
    return translate(body, me) if translate else None


async def _acknowledged(body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    return BoltResponse(status=200)


async def _pressed(forms: Forms, body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    """A form is opened before the acknowledgement: the trigger for it is good for three seconds."""
    if result.form and inbound.can_open:
        await forms.show(body, inbound, result.form)
    return BoltResponse(status=200)


async def _submitted(forms: Forms, body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    return BoltResponse(status=200, body=forms.answer(body, result))
