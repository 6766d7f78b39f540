"""What we listen to of Slack, by Bolt, as one table; listeners only translate and hand over."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from functools import partial

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.observability.logs import where
from bot.platforms.ports import InboundEvent, InboundHandler, Result
from bot.platforms.slack import inbound as arrivals
from bot.platforms.slack.actors import ActorResolver
from bot.platforms.slack.forms import Forms
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.shapes import Json

log = structlog.get_logger()

Translate = Callable[[Json, Identity], InboundEvent | None]
Answer = Callable[[Json, InboundEvent, Result], Awaitable[BoltResponse]]
Listener = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

ANYTHING = re.compile(".*", re.DOTALL)

EVENTS: dict[str, Translate] = {
    "message": arrivals.message,
    "app_mention": arrivals.message,
    "app_home_opened": arrivals.home_opened,
    "member_joined_channel": arrivals.joined,
}


def quiet_logger() -> logging.Logger:
    """The SDKs' logger: errors only, since below that they log whole messages."""
    logger = logging.getLogger("slack_bolt.sharewise")
    logger.setLevel(logging.ERROR)
    return logger


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
) -> AsyncApp:
    """A bolt app that hands every inbound event to ``dispatcher`` and acknowledges when that returns."""
    app = AsyncApp(
        name="sharewise",
        logger=quiet_logger(),
        client=client,
        signing_secret=signing_secret,
        # Given outright: with SLACK_CLIENT_ID in the environment bolt would take a file of tokens instead.
        authorize=_Installed(token),
        # Acknowledge when the listener returns, which is after the commit.
        process_before_response=True,
        # Translation looks at these itself, and knows us before Slack has told bolt.
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    listener = partial(_listener, dispatcher, me, actors)
    # One listener each, since bolt tries them in turn for every request.
    app.event(ANYTHING)(listener(_event, _acknowledged))
    app.action(ANYTHING)(listener(arrivals.press, partial(_pressed, forms)))
    app.command(ANYTHING)(listener(arrivals.command, partial(_pressed, forms)))
    app.view(ANYTHING)(listener(arrivals.submitted, partial(_submitted, forms)))
    app.error(_failed)
    return app


def _event(body: Json, me: Identity) -> InboundEvent | None:
    """Any event by the table; one that isn't there is acknowledged, or it would come back."""
    translate = EVENTS.get(body["event"].get("type"))
    return translate(body, me) if translate else None


def _listener(
    dispatcher: InboundHandler,
    me: Identity,
    actors: ActorResolver,
    translate: Translate,
    answer: Answer,
) -> Listener:
    async def listen(request: AsyncBoltRequest) -> BoltResponse:
        me.learn(request.body)
        inbound = translate(request.body, me)
        if inbound is None:
            return BoltResponse(status=200)
        if await actors.settle(request.body):
            inbound = translate(request.body, me) or inbound
        result = await dispatcher.run(inbound)
        if result.outcome == "busy":
            # Slack delivers an event again, and tells the person who pressed or submitted to do so.
            return BoltResponse(status=503)
        return await answer(request.body, inbound, result)

    return listen


async def _acknowledged(body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    return BoltResponse(status=200)


async def _pressed(forms: Forms, body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    """A form is opened before the acknowledgement: the trigger for it is good for three seconds."""
    if result.form and inbound.can_open:
        await forms.show(body, inbound, result.form)
    return BoltResponse(status=200)


async def _submitted(forms: Forms, body: Json, inbound: InboundEvent, result: Result) -> BoltResponse:
    return BoltResponse(status=200, body=forms.answer(body, result))


async def _failed(error: Exception) -> BoltResponse:
    """A fault of ours: said by its kind and place alone, since an error's words may quote a message."""
    log.error("slack listener failed", error=where(error))
    return BoltResponse(status=500)
