"""A Slack with several workspaces, each with a token of its own, and a Sharewise that they install."""

from __future__ import annotations

import itertools
import time
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
from aiohttp import web
from cryptography.fernet import Fernet
from pydantic import SecretStr

from tests.harness.small import SMALL
from tests.slack.beside import BesideSlack
from tests.slack.served import TOKEN

Json = dict[str, Any]
CLIENT, CLIENT_SECRET = "111.222", "client-secret-1"
OWN = "T1"
"""The workspace of the settings' token, where there is one."""
ENTERPRISES = {"T51": "E5", "T52": "E5"}
"""Whose workspaces they are; the others are of none."""
_numbers = itertools.count(1)


class SeveralSlacks:
    """Slack's side: exchanges codes and tokens, and keeps what it is asked, by whose token that was."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, Json]] = []
        """(account, method, arguments), in order; a message's with the time stamp that it was given."""
        self.tokens: dict[str, str] = {TOKEN: OWN}
        """Those that are good -> whose."""
        self.refreshes: dict[str, str] = {}
        """What can be exchanged for another token, once -> whose."""
        self.expires: int | None = None
        """For how many seconds tokens are good that are given from now on; None: for ever."""
        self.away = False

    def give(self, account: str) -> Json:
        """A new token."""
        token = f"xoxb-{account}-{next(_numbers)}"
        self.tokens[token] = account
        answer: Json = {"access_token": token, "token_type": "bot", "scope": "chat:write"}
        if self.expires is not None:
            refresh = f"xoxe-{account}-{next(_numbers)}"
            self.refreshes[refresh] = account
            answer |= {"refresh_token": refresh, "expires_in": self.expires}
        return answer

    def revoke(self, account: str) -> None:
        """None of its tokens is good any more."""
        self.tokens = {token: whose for token, whose in self.tokens.items() if whose != account}

    async def answer(self, request: web.Request) -> web.Response:
        """One call of the Web API."""
        method = request.match_info["method"]
        given = dict(await (request.json() if request.content_type == "application/json" else request.post()))
        if self.away:
            return web.Response(status=503)
        if method == "oauth.v2.access":
            return web.json_response(self._exchanged(given, request.headers.get("Authorization", "")))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        account = self.tokens.get(token)
        self.calls.append((account or "?", method, given))
        if account is None:
            return web.json_response({"ok": False, "error": "token_revoked"})
        answer: Json = {"channel": given.get("channel", "C1"), "ts": f"9.{next(_numbers)}"}
        if method == "chat.postMessage":
            given["ts"] = answer["ts"]
        if method == "auth.test":
            answer = {
                "team": f"Council of {account}",
                "team_id": account,
                "user_id": f"UBOT{account}",
                "bot_id": f"B{account}",
            }
        if method == "users.info":
            user = str(given["user"])
            answer = {"user": {"id": user, "team_id": account, "profile": {"display_name": user.title()}}}
        return web.json_response({"ok": True, **answer})

    def _exchanged(self, given: Json, authorization: str) -> Json:
        """What a code or a refresh token is exchanged for."""
        basic = aiohttp.BasicAuth.decode(authorization) if authorization.startswith("Basic") else None
        client = (basic.login, basic.password) if basic else (given["client_id"], given["client_secret"])
        assert client == (CLIENT, CLIENT_SECRET)
        self.calls.append(("", "oauth.v2.access", given))
        if given.get("grant_type") == "refresh_token":
            account = self.refreshes.pop(str(given["refresh_token"]), None)
            return {"ok": True, **self.give(account)} if account else {"ok": False, "error": "invalid_grant"}
        account = str(given["code"]).removeprefix("code-")
        if not account.startswith(("T", "E")):
            return {"ok": False, "error": "invalid_code"}
        whole = account.startswith("E")
        enterprise = account if whole else ENTERPRISES.get(account)
        return {
            "ok": True, "app_id": "A1", "bot_user_id": f"UBOT{account}", "is_enterprise_install": whole,
            "team": None if whole else {"id": account, "name": f"Council of {account}"},
            "enterprise": {"id": enterprise, "name": f"County {enterprise}"} if enterprise else None,
            "authed_user": {"id": "UINSTALLER"}, **self.give(account),
        }  # fmt: skip

    def made(self, account: str, method: str) -> list[Json]:
        """The arguments of an account's calls of a method."""
        return [given for whose, called, given in self.calls if (whose, called) == (account, method)]

    def said(self, account: str) -> list[Json]:
        """What was posted by an account's token."""
        return self.made(account, "chat.postMessage")


class Installed(BesideSlack):
    """One that workspaces install."""

    def __init__(self, slack: SeveralSlacks, redis_url: str, *, own: bool = True, **settings: Any) -> None:
        """``own``: whether the settings have a workspace's token, beside the installations."""
        self.slack = slack
        usual = {
            "slack_client_id": CLIENT,
            "slack_client_secret": SecretStr(CLIENT_SECRET),
            "encryption_keys": (KEY,),
            **({} if own else {"slack_bot_token": None}),
        }
        super().__init__(redis_url, SMALL, slack.answer, **{**usual, **settings})

    async def __aenter__(self) -> Installed:
        await super().__aenter__()
        self.web = await self._open.enter_async_context(aiohttp.ClientSession(self.url))
        return self

    async def begin(self) -> tuple[dict[str, str], str]:
        """Somebody follows the link to install; what Slack is told by their browser, and its cookie."""
        async with self.web.get("/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            to, cookie = urlsplit(answer.headers["Location"]), SimpleCookie(answer.headers["Set-Cookie"])
        assert to.path == "/oauth/v2/authorize"
        (kept,) = cookie.values()
        assert kept["secure"]
        assert kept["httponly"]
        return {name: value for name, (value,) in parse_qs(to.query).items()}, f"{kept.key}={kept.value}"

    async def back(self, cookie: str = "", **query: str) -> tuple[int, str]:
        """Slack sends the browser back; the answer's status and page."""
        headers = {"Cookie": cookie} if cookie else {}
        async with self.web.get("/slack/oauth_redirect", params=query, headers=headers) as answer:
            return answer.status, await answer.text()

    async def install(self, account: str) -> str:
        """The whole way, to its page."""
        asked, cookie = await self.begin()
        status, page = await self.back(cookie, code=f"code-{account}", state=asked["state"])
        assert status == 200, page
        return page

    async def event(
        self, team: str, event: Json, *, whole: str = "", at: float | None = None, through: str = ""
    ) -> None:
        """Slack tells of something in a workspace; ``whole``: the Enterprise that installed us as a whole;
        ``through``: in a channel of Slack Connect, the installation by which it is told, whoever's it is."""
        ours = through or team
        us = {
            "enterprise_id": ENTERPRISES.get(ours), "team_id": None if whole else ours,
            "user_id": f"UBOT{whole or ours}", "is_bot": True, "is_enterprise_install": bool(whole),
        }  # fmt: skip
        payload = {
            "type": "event_callback", "team_id": team, "event_id": f"Ev{next(_numbers)}", "event": event,
            "enterprise_id": ENTERPRISES.get(team), "authorizations": [us],
            "event_time": int(time.time() if at is None else at), "is_ext_shared_channel": bool(through),
        }  # fmt: skip
        await self.deliver("events_api", payload)

    async def press(self, team: str, user: str, words: str, card: Json | None = None, by: str = "") -> None:
        """Somebody presses a button in their chat with us; or on ``card``, as the bot of ``by`` posted it."""
        channel, ts = (card["channel"], card["ts"]) if card else (f"D{user}{team}", "9.1")
        ours = {"bot_profile": {"team_id": by}, "team": by, "user": f"UBOT{by}"} if by else {}
        payload = {
            "type": "block_actions", "trigger_id": f"{next(_numbers)}.1.a",
            "user": {"id": user, "team_id": team}, "team": {"id": team},
            "channel": {"id": channel, "name": "shared" if card else "directmessage"},
            "container": {"type": "message", "message_ts": ts, "channel_id": channel},
            "message": {"ts": ts, "text": "", **ours},
            "actions": [{"type": "button", "action_id": "a", "block_id": "b", "value": words}],
        }  # fmt: skip
        await self.deliver("interactive", payload)

    async def say(self, team: str, user: str, words: str, *, whole: str = "", channel: str = "") -> None:
        """Somebody writes to us alone, or in a channel."""
        event = {
            "type": "message", "channel_type": "channel" if channel else "im",
            "channel": channel or f"D{user}{team}", "user": user, "team": team,
            "text": words, "ts": f"{next(_numbers)}.000100",
        }  # fmt: skip
        await self.event(team, event, whole=whole)


KEY, NEXT_KEY = (SecretStr(Fernet.generate_key().decode()) for _ in range(2))
