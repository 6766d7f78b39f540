"""The Slack stand-in's endpoints: the Web API, response_urls, uploads and Socket Mode."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence

from aiohttp import web

from bot.platforms.slack.manifest import SCOPES
from playground.slack_book import Refusal, SlackBook
from playground.slack_courier import SlackCourier
from playground.slack_files import StoredFiles
from playground.slack_methods import Methods
from playground.stage import PAGE, Json

URL_USES = 5
FORMS_ONLY = frozenset(
    (
        "conversations.info",
        "conversations.members",
        "files.getUploadURLExternal",
        "team.info",
        "usergroups.users.list",
        "users.info",
        "users.lookupByEmail",
    )
)
"""Methods that take no JSON."""


class SlackService:
    """Serves one workspace's endpoints under ``prefix``."""

    def __init__(
        self,
        prefix: str,
        address: str,
        book: SlackBook,
        files: StoredFiles,
        methods: Methods,
        courier: SlackCourier,
        tokens: Mapping[str, str],
    ) -> None:
        """``address``: where ``prefix`` is reached; ``tokens``: "token" and "app_token"."""
        self._prefix, self._address, self._book, self._files = prefix, address, book, files
        self._methods, self._courier, self._tokens = methods, courier, tokens
        self.calls: list[str] = []
        """Every method called, in order."""
        self.granted = list(SCOPES)
        """The scopes that the app was installed with: those that its manifest asks for."""

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The endpoints."""
        return [
            web.route("*", self._prefix + "/api/{method}", self._api),
            web.post(self._prefix + "/response/{token}", self._respond),
            web.get(self._prefix + "/socket", self._socket),
            web.post(self._prefix + "/upload/{file}", self._files.upload),
            web.get(self._prefix + "/files/{file}", self._files.show),
        ]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)

        def carried_out() -> Json:
            wanted = "app_token" if method == "apps.connections.open" else "token"
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if not token and "token" not in arguments:
                raise Refusal("not_authed")
            if (token or arguments.pop("token")) != self._tokens[wanted] or not self._tokens[wanted]:
                raise Refusal("invalid_auth")
            if wanted == "app_token":
                return {
                    "url": f"{self._address.replace('http', 'ws', 1)}/socket?ticket={self._tokens[wanted]}"
                }
            if method in FORMS_ONLY and request.content_type == "application/json":
                raise Refusal("invalid_arguments")
            return self._methods.call(method, arguments)

        return self._answer(request, method, carried_out)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        arguments = await _arguments(request)

        def carried_out() -> Json:
            reach = self._book.urls.get(token)
            used = self._book.uses[token] = self._book.uses.get(token, 0) + 1
            if reach is None or used > URL_USES:
                raise Refusal("expired_url" if reach is None else "used_url")
            thread = arguments.get("thread_ts") or reach.thread
            if arguments.get("replace_original") and reach.shown:
                self._methods.replace(reach.shown, arguments)
                return {}
            if arguments.get("response_type", "ephemeral") == "in_channel":
                return self._methods.call("chat.postMessage", {**arguments, "channel": reach.channel})
            self._methods.ephemeral(reach.channel, reach.person, arguments, thread)
            return {}

        return self._answer(request, "response_url", carried_out)

    def _answer(
        self, request: web.Request, method: str, carried_out: Callable[[], Json]
    ) -> web.StreamResponse:
        """What ``carried_out`` gives, in Slack's form, unless trouble is due."""
        self.calls.append(method)
        fault = self._book.fault(method)
        if fault is not None and not fault.silent:
            if fault.page:
                return web.Response(text=PAGE, content_type="text/html", status=fault.status)
            headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
            status = 429 if fault.retry_after is not None else fault.status
            error = fault.error or ("ratelimited" if status == 429 else "internal_error")
            return web.json_response({"ok": False, "error": error}, status=status, headers=headers)
        after = 0
        try:
            answer = {"ok": True, **carried_out()}
        except Refusal as refusal:
            answer = {"ok": False, "error": refusal.error, **refusal.more}
            after = math.ceil(refusal.after)
        if fault is not None and request.transport is not None:
            request.transport.abort()
        if after:
            return web.json_response(answer, status=429, headers={"Retry-After": str(after)})
        if method == "response_url":
            status = 200 if answer["ok"] else 404
            return web.Response(text="ok" if answer["ok"] else str(answer["error"]), status=status)
        return web.json_response(answer, headers={"X-OAuth-Scopes": ",".join(self.granted)})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        if request.query.get("ticket") != self._tokens["app_token"] or not self._tokens["app_token"]:
            return web.Response(status=401)
        await socket.prepare(request)
        await self._courier.serve(socket)
        return socket


async def _arguments(request: web.Request) -> Json:
    """A method's arguments, as JSON, as a form, or in the address."""
    if request.content_type == "application/json":
        try:
            given = await request.json()
        except (ValueError, RecursionError):
            given = None
        return given if isinstance(given, dict) else {}
    form: Json = {**request.query, **(await request.post())}
    for name in ("blocks", "view"):
        if isinstance(form.get(name), str):
            try:
                form[name] = json.loads(form[name])
            except (ValueError, RecursionError):
                form[name] = None
    return form
