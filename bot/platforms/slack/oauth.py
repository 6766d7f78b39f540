"""Installing the app into a workspace or a whole Enterprise: bolt's OAuth flow, with pages of ours."""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.ports import Unavailable
from bot.platforms.slack.calls import quiet_logger
from bot.platforms.slack.installations import STATE_SECONDS, Installations, States
from bot.platforms.slack.manifest import INSTALL, REDIRECT, SCOPES
from bot.platforms.strict_pages import HEADERS, page
from bot.platforms.vault import Vault
from dialogs.wording import installing as words

_COOKIE = "sharewise-slack-install"

_log = structlog.get_logger()


def authorize_url(api_url: str) -> str:
    """Where Slack asks whoever installs, beside its API."""
    return f"{api_url.removesuffix('api/')}oauth/v2/authorize"


class OAuth:
    """The two endpoints."""

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        public_url: str,
        client: AsyncWebClient,
        installations: Installations,
        vault: Vault,
    ) -> None:
        self._flow = AsyncOAuthFlow(
            client=client,
            logger=quiet_logger(),
            settings=AsyncOAuthSettings(
                client_id=client_id,
                client_secret=client_secret,
                scopes=list(SCOPES),
                user_scopes=[],
                redirect_uri=f"{public_url}{REDIRECT}",
                install_path=INSTALL,
                redirect_uri_path=REDIRECT,
                install_page_rendering_enabled=False,
                callback_options=AsyncCallbackOptions(success=_installed, failure=_failed),
                authorization_url=authorize_url(client.base_url),
                installation_store=installations,
                installation_store_bot_only=True,
                state_store=States(vault),
                state_cookie_name=_COOKIE,
                state_expiration_seconds=STATE_SECONDS,
                logger=quiet_logger(),
            ),
        )

    def routes(self) -> list[web.RouteDef]:
        """GET /slack/install and /slack/oauth_redirect."""
        return [web.get(INSTALL, self._begin), web.get(REDIRECT, self._back)]

    async def _begin(self, request: web.Request) -> web.Response:
        """To Slack, with a state that this browser alone knows."""
        try:
            return await to_aiohttp_response(
                await self._flow.handle_installation(await to_bolt_request(request))
            )
        except Unavailable:
            return await to_aiohttp_response(_page("away", 503))

    async def _back(self, request: web.Request) -> web.Response:
        """From Slack, with a code to be exchanged for a token."""
        try:
            answer = await self._flow.handle_callback(await to_bolt_request(request))
        except (Unavailable, aiohttp.ClientError, OSError, TimeoutError, AttributeError, KeyError) as trouble:
            _log.warning("slack installation failed", error=type(trouble).__name__)
            answer = _page("away", 503)
        return await to_aiohttp_response(answer)


async def _installed(done: AsyncSuccessArgs) -> BoltResponse:
    made = done.installation
    name = (made.enterprise_name if made.is_enterprise_install else made.team_name) or words.DONE_UNNAMED
    there = made.team_id or ""
    ways = [(words.OPEN, f"https://slack.com/app_redirect?app={made.app_id}&team={there}")]
    body = page(words.DONE_TITLE, words.DONE.format(place=name), ways if made.app_id and there else [])
    return BoltResponse(status=200, body=body, headers=_headers(done.settings))


async def _failed(failed: AsyncFailureArgs) -> BoltResponse:
    _log.info("slack installation refused", reason=failed.reason[:60])
    return _page(failed.reason, failed.suggested_status_code, failed.settings)


def _page(reason: str, status: int, settings: AsyncOAuthSettings | None = None) -> BoltResponse:
    said = words.WHY.get(reason, words.WHY_ELSE)
    body = page(words.FAILED_TITLE, said, [(words.AGAIN, INSTALL)])
    return BoltResponse(status=status, body=body, headers=_headers(settings))


def _headers(settings: AsyncOAuthSettings | None) -> dict[str, str | Sequence[str]]:
    """A page's, and that the browser need not know the state any longer."""
    spent = {"Set-Cookie": settings.state_utils.build_set_cookie_for_deletion()} if settings else {}
    return {**HEADERS, "Content-Type": "text/html; charset=utf-8", **spent}
