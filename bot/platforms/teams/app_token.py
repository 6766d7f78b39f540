"""The token that proves to the Bot Connector that we are the bot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import msgspec
import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from botframework.connector.auth import AuthenticationConstants

from bot.platforms.ports import Revoked, Unavailable
from bot.platforms.teams.trust import SigningKeys
from bot.settings import Settings
from bot.teams_app import TeamsApp

LOGIN_URL = "https://login.microsoftonline.com"
PUBLIC: str = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
"""The service of the public cloud."""
MANY = "botframework.com"
"""The tenant in which apps for several tenants get their tokens."""
SPARE_SECONDS = 300.0
"""A token of our own is fetched anew so long before it ends."""
_REVOKED = frozenset(("invalid_client", "unauthorized_client"))
REMEDY = (
    "Check MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID, and that MICROSOFT_APP_PASSWORD hasn't expired; or "
    "the same of the app in TEAMS_APPS."
)
"""What to do where Microsoft refuses our credentials."""

_log = structlog.get_logger()


def token_of(app: TeamsApp, settings: Settings, session: ClientSession, keys: SigningKeys) -> AppToken:
    """The token of an app, where the settings say that tokens are to be had."""
    return AppToken(
        session,
        app.id,
        app.secret.get_secret_value(),
        app.tenant or MANY,
        login_url=settings.teams_login_url,
        whose=keys.whose,
    )


class AppToken:
    """The bot's own token, fetched when it is needed and kept while it lasts, once for all senders."""

    def __init__(
        self,
        session: ClientSession,
        app_id: str,
        password: str,
        tenant: str,
        *,
        login_url: str = LOGIN_URL,
        whose: Callable[[], Awaitable[str]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``whose`` gives the service that the token is for, which each cloud names for itself."""
        self._session, self._url = session, f"{login_url.rstrip('/')}/{tenant}/oauth2/v2.0/token"
        self._asked = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": password,
        }
        self._whose = whose
        self._clock = clock
        self._token, self._until = "", float("-inf")
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        """The token; raises Unavailable where none is to be had."""
        if self._clock() < self._until:
            return self._token
        async with self._lock:
            if self._clock() >= self._until:
                self._token, seconds = await self._fetch()
                self._until = self._clock() + max(0.0, seconds - SPARE_SECONDS)
        return self._token

    def refused(self) -> None:
        """The connector didn't take it: fetch a new one next time."""
        self._until = float("-inf")

    async def _fetch(self) -> tuple[str, float]:
        """A new token, and for how many seconds it is good."""
        whose = (await self._whose() if self._whose else "") or PUBLIC
        try:
            async with self._session.post(
                self._url,
                data={**self._asked, "scope": f"{whose}/.default"},
                timeout=ClientTimeout(total=15),
                allow_redirects=False,
            ) as response:
                answer = msgspec.json.decode(await response.read(), type=_TokenAnswer)
        except (ClientError, TimeoutError, OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            answer = _TokenAnswer(error=type(error).__name__)
        if not answer.access_token:
            # Only Microsoft's word for it ("invalid_client"): its description may name what is secret.
            _log.error("teams_no_token", reason=answer.error[:60])
            raise Revoked(answer.error, REMEDY) if answer.error in _REVOKED else Unavailable("no_token")
        return answer.access_token, answer.expires_in


class _TokenAnswer(msgspec.Struct, frozen=True):
    access_token: str = ""
    expires_in: float = 0.0
    error: str = ""
