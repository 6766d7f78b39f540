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
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.platforms.adapters import Directory
from bot.platforms.ports import InboundHandler, OnRetry, Revoked, Sender, Undeliverable
from bot.platforms.slack.calls import quiet_client, quiet_logger, told
from bot.platforms.slack.identity import OUTSIDE, home_of
from bot.platforms.slack.installations import Installations
from bot.platforms.slack.listen import build
from bot.platforms.slack.oauth import OAuth
from bot.platforms.slack.routed import WorkspaceDirectory, WorkspaceSender
from bot.platforms.slack.shapes import Json, inside, text
from bot.platforms.slack.socket_mode import MALFORMED, SocketMode
from bot.platforms.slack.workspace import Workspace
from bot.platforms.slack.workspaces import Workspaces
from bot.platforms.vault import Vault
from bot.settings import Settings

Attempt = Callable[[], Awaitable[None]]

log = structlog.get_logger()

BODY_LIMIT = 1024 * 1024
BODY_SECONDS = 10.0
_AGAIN_SECONDS = (0.2, 1.0, 5.0, 15.0, 30.0, 60.0)


class SlackAdapter:
    """Slack, with the workspace of the settings' token, those that installed us, or both: listeners over HTTP
    (and Socket Mode where configured) and one sender."""

    def __init__(
        self,
        settings: Settings,
        handler: InboundHandler,
        session: aiohttp.ClientSession,
        on_retry: OnRetry | None = None,
        vault: Vault | None = None,
    ) -> None:
        """``session`` carries every call to Slack, and stays the caller's to close; ``on_retry`` is called
        with ("slack", reason) before each repeated call; ``vault``: where installations are kept; none where
        there is the one token alone. Raises ValueError without any token."""
        url, token = settings.slack_api_url, settings.slack_bot_token
        make = partial(Workspace, url=url, session=session, handler=handler, on_retry=on_retry)
        own = make("", token.get_secret_value()) if token else None
        # Of no workspace: for the socket, and for what is asked before there is a token.
        self._client = quiet_client(url, session)
        installations, self._oauth = None, None
        if vault and settings.slack_client_id and settings.slack_client_secret:
            secret = settings.slack_client_secret.get_secret_value()
            rotator = AsyncTokenRotator(
                client_id=settings.slack_client_id, client_secret=secret, client=self._client
            )
            installations = Installations(vault, rotator, self._installed)
            self._oauth = OAuth(
                settings.slack_client_id, secret, settings.public_url, self._client, installations, vault
            )
        if own is None and installations is None:
            raise ValueError("SLACK_BOT_TOKEN is missing")
        self._own, self._handler = own, handler
        self._workspaces = Workspaces(own, installations, lambda *of: make(of[0], of[1], me=of[2]), handler)
        self.sender: Sender = WorkspaceSender(self._workspaces)
        self.directory: Directory = WorkspaceDirectory(self._workspaces)
        self._app_token = settings.slack_app_token
        self._emails = tuple(advisor for advisor in settings.advisors if "@" in advisor)
        signing = settings.slack_signing_secret
        self._by_http = signing is not None
        self._app = build(
            self._client, signing.get_secret_value() if signing else "", handler, self._workspaces
        )
        self._socket: SocketMode | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.advisors: set[str] = set()
        """Speaker ids learnt from the e-mail addresses in ADVISORS."""

    @property
    def tenant(self) -> str:
        """See ``ports.Adapter``; Slack tells it once it has taken our token."""
        return f"slack:{self._own.me.team}" if self._own and self._own.me.team else ""

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """POST /slack/events, where a signing secret is set; and where workspaces install us."""
        events = [web.post("/slack/events", self._receive)] if self._by_http else []
        return [*events, *(self._oauth.routes() if self._oauth else ())]

    async def start(self) -> None:
        """Learn in the background who we are and who advises; open Socket Mode where configured."""
        todo: list[tuple[str, Attempt]] = []
        if self._own:
            todo.append(("who we are", self._own.hello))
            todo += [
                ("an advisor's address", partial(self._advisor, self._own, email)) for email in self._emails
            ]
        elif self._emails:
            # Whoever administers a workspace can give anybody any address, and any workspace may install us.
            log.warning("advisors named by e-mail address are not looked for in Slack: name them by id")
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
        for workspace in self._workspaces:
            await workspace.stop()
        if self._socket:
            await self._socket.stop()

    async def _installed(self, account: str) -> None:
        """A workspace has installed us: it has a new token, and nothing is dropped for it any more."""
        self._workspaces.doubt(account)
        await self._handler.installed(f"slack:{account}")
        log.info("slack installed", account=account)

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

    async def _advisor(self, own: Workspace, email: str) -> None:
        data = (await own.client.api_call("users.lookupByEmail", data={"email": email})).data
        user = inside(data, "user") if isinstance(data, dict) else {}
        if not text(user, "id"):
            return
        if not await _of_ours(own, user):
            log.warning("advisor not taken: a guest, or from elsewhere", user=text(user, "id"))
            return
        self.advisors.add(own.me.person(text(user, "id"), {}, home_of(user)[1] or home_of(user)[0]))

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


async def _of_ours(own: Workspace, user: Json) -> bool:
    """Whether a user is a full member of our own organisation: others can be advisors by id alone."""
    if own.me.team not in own.me.organisations:
        await own.hello()
    if any(user.get(flag) for flag in OUTSIDE):
        return False
    workspace, enterprise = home_of(user)
    ours = own.me.organisation(own.me.team)
    return (enterprise or own.me.organisation(workspace or own.me.team)) == ours


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
