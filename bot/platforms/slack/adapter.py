"""Slack as the web server sees it: its endpoint, its sender, and who we are there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot.platforms.adapters import Directory
from bot.platforms.ports import InboundHandler, OnRetry, Revoked, Sender, Undeliverable
from bot.platforms.slack.actors import ActorResolver
from bot.platforms.slack.calls import Calls, quiet_logger, told, web_client
from bot.platforms.slack.directory import SlackDirectory
from bot.platforms.slack.files import SlackFiles
from bot.platforms.slack.forms import Forms
from bot.platforms.slack.identity import OUTSIDE, Identity, home_of
from bot.platforms.slack.listen import build
from bot.platforms.slack.pane import AgentPane
from bot.platforms.slack.send import SlackSender
from bot.platforms.slack.shapes import Json, inside, text
from bot.platforms.slack.socket_mode import MALFORMED, SocketMode
from bot.settings import Settings

Attempt = Callable[[], Awaitable[None]]

log = structlog.get_logger()

BODY_LIMIT = 1024 * 1024
BODY_SECONDS = 10.0
_AGAIN_SECONDS = (0.2, 1.0, 5.0, 15.0, 30.0, 60.0)


class SlackAdapter:
    """One Slack workspace: listeners over HTTP (and Socket Mode where configured) and one sender."""

    def __init__(
        self,
        settings: Settings,
        dispatcher: InboundHandler,
        session: aiohttp.ClientSession,
        on_retry: OnRetry | None,
    ) -> None:
        if settings.slack_bot_token is None:
            raise ValueError("SLACK_BOT_TOKEN is missing")
        token = settings.slack_bot_token.get_secret_value()
        secret = settings.slack_signing_secret
        self._client = web_client(session, token, settings.slack_api_url)
        self._app_token = settings.slack_app_token
        self._by_http = secret is not None
        self._emails = tuple(advisor for advisor in settings.advisors if "@" in advisor)
        self._me = Identity()
        calls = Calls(self._client, session, on_retry)
        sender = SlackSender(calls)
        self.sender: Sender = sender
        self.directory: Directory = SlackDirectory(calls, self._me)
        self._forms = Forms(calls, sender)
        self._actors = ActorResolver(self._me, calls, dispatcher)
        self._pane = AgentPane(calls)
        signing = secret.get_secret_value() if secret else ""
        direct = SlackFiles(calls).direct
        self._app = build(
            self._client, token, signing, dispatcher, self._me, self._forms, self._actors, direct, self._pane
        )
        self._socket: SocketMode | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.advisors: set[str] = set()
        """Speaker ids learnt from the e-mail addresses in ADVISORS."""

    @property
    def tenant(self) -> str:
        """See ``ports.Adapter``; Slack tells it once it has taken our token."""
        return f"slack:{self._me.team}" if self._me.team else ""

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """POST /slack/events, where a signing secret is set."""
        return [web.post("/slack/events", self._receive)] if self._by_http else []

    async def start(self) -> None:
        """Learn in the background who we are and who advises; open Socket Mode where configured."""
        todo: list[tuple[str, Attempt]] = [("who we are", self._hello)]
        todo += [("an advisor's address", partial(self._advisor, email)) for email in self._emails]
        if self._app_token:
            self._socket = SocketMode(
                self._app_token.get_secret_value(), self._app.async_dispatch, self._client, quiet_logger()
            )
            todo.append(("socket mode", self._socket.start))
        self._tasks = [asyncio.create_task(self._until_done(what, attempt)) for what, attempt in todo]

    async def stop(self) -> None:
        """Stop learning and telling, and close Socket Mode."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._forms.stop()
        await self._pane.stop()
        if self._socket:
            await self._socket.stop()

    async def _until_done(self, what: str, attempt: Attempt) -> None:
        """Repeat ``attempt`` while Slack is away; give up, with a line in the log, when it says no."""
        tried = 0
        while True:
            try:
                async with asyncio.timeout(30):
                    return await attempt()
            except SlackApiError as error:
                meaning = told(error.response)
                if isinstance(meaning, Revoked) and tried == 0:
                    log.warning("slack refused", what=what, reason=meaning.reason, todo=meaning.todo)
                if isinstance(meaning, Undeliverable):
                    log.warning("slack refused", what=what, reason=meaning.reason)
                    return
            except (aiohttp.ClientError, OSError, AttributeError):
                pass
            if tried == 0:
                log.info("slack is away; trying again", what=what)
            await asyncio.sleep(_AGAIN_SECONDS[min(tried, len(_AGAIN_SECONDS) - 1)])
            tried += 1

    async def _hello(self) -> None:
        data = (await self._client.api_call("auth.test")).data
        if isinstance(data, dict):
            self._me.team = str(data.get("team_id") or self._me.team)
            self._me.user = str(data.get("user_id") or self._me.user)
            await self._actors.belongs(self._me.team, str(data.get("enterprise_id") or self._me.team))

    async def _advisor(self, email: str) -> None:
        data = (await self._client.api_call("users.lookupByEmail", data={"email": email})).data
        user = inside(data, "user") if isinstance(data, dict) else {}
        if not text(user, "id"):
            return
        if not await self._own(user):
            log.warning("advisor not taken: a guest, or from elsewhere", user=text(user, "id"))
            return
        self.advisors.add(self._me.person(text(user, "id"), {}, home_of(user)[1] or home_of(user)[0]))

    async def _own(self, user: Json) -> bool:
        """Whether a user is a full member of our own organisation: others can be advisors by id alone."""
        if self._me.team not in self._me.organisations:
            await self._hello()
        if any(user.get(flag) for flag in OUTSIDE):
            return False
        workspace, enterprise = home_of(user)
        ours = self._me.organisation(self._me.team)
        return (enterprise or self._me.organisation(workspace or self._me.team)) == ours

    async def _receive(self, request: web.Request) -> web.Response:
        """Take a bounded body, then let bolt verify and dispatch it."""
        if (request.content_length or 0) > BODY_LIMIT:
            return _refuse(413, "The request is larger than 1 MiB.")
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read(request)
        except TimeoutError:
            return _refuse(408, "The request took too long to arrive.")
        if body is None:
            return _refuse(413, "The request is larger than 1 MiB.")
        try:
            asked = AsyncBoltRequest(
                body=body.decode("utf-8"),
                query=request.query_string,
                headers=request.headers,  # type: ignore[arg-type]
            )
            if not isinstance(asked.body, dict):
                raise TypeError
        except MALFORMED:
            return _refuse(400, "The request is not a Slack payload.")
        if asked.body.get("ssl_check") == "1":
            return web.Response()  # from time to time Slack looks at our certificate, and signs nothing
        if not _stamped(request):
            return _refuse(401, "The signature or its timestamp is missing.")
        return await to_aiohttp_response(await self._app.async_dispatch(asked))


async def _read(request: web.Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _stamped(request: web.Request) -> bool:
    """Whether there is a signature to check: the SDK stumbles over a timestamp that is no number."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    return stamp.isascii() and stamp.isdigit() and len(stamp) < 20 and signature.isascii()


def _refuse(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)
