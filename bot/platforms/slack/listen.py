"""What we listen to of Slack, by Bolt, as one table; listeners only translate and hand over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.observability.logs import where
from bot.platforms.accounts import arrived
from bot.platforms.ports import (
    InboundEvent,
    InboundHandler,
    Result,
    Revoked,
    Unavailable,
    Undeliverable,
    at_once,
)
from bot.platforms.slack import inbound as arrivals
from bot.platforms.slack.calls import quiet_logger
from bot.platforms.slack.endings import Endings
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.shapes import Json, inside, text
from bot.platforms.slack.workspace import Workspace
from bot.platforms.slack.workspaces import Workspaces

log = structlog.get_logger()

PATIENCE = 1.0
"""Seconds for opening a direct conversation: a shortcut's trigger lasts three."""
Translate = Callable[[Json, Identity], InboundEvent | None]
Answer = Callable[[Workspace, Json, InboundEvent, Result], Awaitable[BoltResponse]]


def _nothing(body: Json, me: Identity) -> InboundEvent | None:
    """Of what is only acknowledged."""
    return None


EVENTS: dict[str, Translate] = {
    "app_uninstalled": _nothing,
    "tokens_revoked": _nothing,
    "message": arrivals.message,
    "app_mention": arrivals.message,
    "app_home_opened": arrivals.home_opened,
    "assistant_thread_started": arrivals.thread_started,
    "assistant_thread_context_changed": _nothing,
    "member_joined_channel": arrivals.joined,
}
ASSISTANT_EVENTS = ("assistant_thread_started", "assistant_thread_context_changed")
"""Those that only an assistant of the older kind is told."""


class _Unasked(AsyncAuthorize):
    """Nothing is asked of Slack for a request: whose token is used, ``Workspaces`` knows."""

    def __init__(self) -> None:
        """It has nothing to begin with."""

    async def __call__(self, **_: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None)


def build(
    client: AsyncWebClient, signing_secret: str, handler: InboundHandler, workspaces: Workspaces
) -> AsyncApp:
    """A bolt app that hands every inbound event to ``handler`` and acknowledges when that returns."""
    return AsyncApp(
        name="sharewise",
        logger=quiet_logger(),
        client=client,
        signing_secret=signing_secret,
        # Given outright: with SLACK_CLIENT_ID in the environment bolt would take a file of tokens instead.
        authorize=_Unasked(),
        # Once the signature is verified; acknowledged when it returns, which is after the commit.
        before_authorize=_Taking(handler, workspaces),
        ssl_check_enabled=False,
    )


class _Taking(AsyncMiddleware):
    """In the place of bolt's listeners, which fail on payloads of shapes that they don't expect."""

    def __init__(self, handler: InboundHandler, workspaces: Workspaces) -> None:
        self._handler, self._workspaces = handler, workspaces
        self._endings = Endings(handler, workspaces)
        self._kinds: Mapping[str, tuple[Translate, Answer]] = {
            "event_callback": (_event, _acknowledged),
            "block_actions": (arrivals.press, _pressed),
            "command": (arrivals.command, _pressed),
            "view_submission": (arrivals.submitted, _submitted),
            "shortcut": (arrivals.shortcut, _pressed),
            "message_action": (arrivals.message_shortcut, _pressed),
        }

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
            workspace = await self._workspaces.for_request(req.body, req.context)
            if workspace is None:
                log.info("slack: from where we aren't installed", kind=kind)
                return BoltResponse(status=200)
            if await self._endings.ended(workspace, req.body):
                return BoltResponse(status=200)
            return await self._taken(workspace, req.body, *self._kinds.get(kind, (_nothing, _acknowledged)))
        except Revoked as shut:
            log.error("slack installation can't be used", reason=shut.reason, todo=shut.todo)
            return BoltResponse(status=200)
        except Unavailable as away:
            log.warning("slack: later", reason=away.reason)
            return BoltResponse(status=503)
        except Exception as error:
            # A fault of ours: said by its kind and place alone, since an error's words may quote a message.
            log.error("slack listener failed", error=where(error))
            return BoltResponse(status=500)

    async def _taken(
        self, workspace: Workspace, body: Json, translate: Translate, answer: Answer
    ) -> BoltResponse:
        me = workspace.me
        me.learn(body)
        inbound = translate(body, me)
        if inbound is None:
            return BoltResponse(status=200)
        if kind_of(body) == "shortcut":
            body = await _placed(workspace, body)
            inbound = translate(body, me) or inbound
        if await workspace.actors.settle(body):
            inbound = translate(body, me) or inbound
        inbound = arrived(workspace.account, inbound)
        thinking = workspace.pane.thinking(inbound)
        result = await self._handler.run(inbound)
        workspace.pane.answered(inbound, result, thinking)
        if result.outcome == "busy":
            # Slack delivers an event again, and tells the person who pressed or submitted to do so.
            return BoltResponse(status=503)
        return await answer(workspace, body, inbound, result)


async def _placed(workspace: Workspace, body: Json) -> Json:
    """A shortcut with the direct conversation in which it is answered; Slack tells no place of it. As it
    came, where that isn't told in time."""
    with suppress(Undeliverable, Unavailable, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            opened = await workspace.direct(text(inside(body, "user"), "id"), at_once)
            return {**body, "channel": {"id": opened["channel"]}}
    return body


def kind_of(body: Json) -> str:
    """Slack's word for a payload's kind; a slash command has none of its own."""
    return text(body, "type") or ("command" if text(body, "command") else "")


def _event(body: Json, me: Identity) -> InboundEvent | None:
    """Any event by the table; one that isn't there is acknowledged, or it would come back."""
    translate = EVENTS.get(text(inside(body, "event"), "type"))
    return translate(body, me) if translate else None


async def _acknowledged(
    workspace: Workspace, body: Json, inbound: InboundEvent, result: Result
) -> BoltResponse:
    return BoltResponse(status=200)


async def _pressed(workspace: Workspace, body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    """A form is opened before the acknowledgement: the trigger for it is good for three seconds."""
    if result.form and inbound.can_open:
        await workspace.forms.show(body, inbound, result.form)
    return BoltResponse(status=200)


async def _submitted(workspace: Workspace, body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    return BoltResponse(status=200, body=workspace.forms.answer(body, result))
