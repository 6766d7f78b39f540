"""Trust both ways: tokens that prove an activity is Teams', and the token that proves we are the bot."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    ChannelValidation,
    ClaimsIdentity,
    ConnectorFactory,
    JwtTokenExtractor,
    MicrosoftAppCredentials,
    SimpleCredentialProvider,
)
from jwt.algorithms import RSAAlgorithm

from bot.platforms.ports import Unavailable
from bot.platforms.teams.incoming import BadActivity
from bot.settings import is_loopback

OPENID_URL: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
TOKEN_SECONDS = 240
"""How long a token is kept here; the library below hands out none with less than 300 left."""

DRIVES = (
    ".sharepoint.com",
    ".sharepoint.us",
    ".sharepoint-mil.us",
    ".sharepoint.cn",
    ".onedrive.com",
    ".microsoftpersonalcontent.com",
)
"""Where OneDrive takes files, at work and at home."""

_log = structlog.get_logger()


class KeysAway(Exception):
    """The signing keys can't be fetched, so nothing can be verified for now."""


class SigningKey(msgspec.Struct, frozen=True):
    """One key of the Bot Framework, and the channels that it vouches for."""

    public_key: Any
    endorsements: list[str]


class SigningKeys:
    """The keys with which the Bot Framework signs, fetched off its published address.

    In place of the SDK's own, which blocks the loop and, on a key that it doesn't know, fails before it
    looks whether there are new ones.
    """

    KEPT = 24 * 3600.0
    SPACED = 60.0
    """Seconds between refreshes for a key nobody knows: a forged token must not make us fetch each time."""
    AGAIN = 5.0
    """Seconds before a failed refresh is tried again."""

    def __init__(
        self, session: ClientSession, url: str = OPENID_URL, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._session, self._url, self._clock = session, url, clock
        self._keys: dict[str, SigningKey] = {}
        self._stale = self._next = float("-inf")
        self._lock = asyncio.Lock()

    async def get(self, key_id: str | None) -> SigningKey:
        """The key; raises KeysAway without any keys, PermissionError on an unknown one."""
        if key_id not in self._keys or self._clock() >= self._stale:
            async with self._lock:
                if self._clock() >= self._next and (key_id not in self._keys or self._clock() >= self._stale):
                    await self._refresh()
        if not self._keys:
            raise KeysAway
        if key_id is None or key_id not in self._keys:
            raise PermissionError("unknown signing key")
        return self._keys[key_id]

    async def _refresh(self) -> None:
        try:
            where = (await self._fetch(self._url))["jwks_uri"]
            found = [key for key in (await self._fetch(where))["keys"] if key.get("kty") == "RSA"]
            self._keys = {
                key["kid"]: SigningKey(RSAAlgorithm.from_jwk(json.dumps(key)), key.get("endorsements", []))
                for key in found
            }
        except (ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            _log.warning("teams_no_keys", reason=type(error).__name__)
            self._next = self._clock() + self.AGAIN
            return
        self._stale, self._next = self._clock() + self.KEPT, self._clock() + self.SPACED

    async def _fetch(self, url: str) -> dict[str, Any]:
        async with self._session.get(url, timeout=ClientTimeout(total=10)) as response:
            response.raise_for_status()
            return msgspec.json.decode(await response.read(), type=dict[str, Any])


class _Connectors(ConnectorFactory):  # type: ignore[misc]  # the SDK has no types
    """The adapter wants a connector client each turn; ours never uses it, so none is built."""

    async def create(self, service_url: str, audience: str) -> object:
        return self


class Gate(BotFrameworkAuthentication):  # type: ignore[misc]  # the SDK has no types
    """Lets activities in: those that carry a token of the Bot Framework for this bot.

    Without an app id nothing is authenticated, and only a service on this machine is answered.
    """

    def __init__(self, app_id: str | None, keys: SigningKeys) -> None:
        self._app_id = app_id
        self._credentials = SimpleCredentialProvider(app_id, "")
        self._connectors = _Connectors()
        self._tokens = JwtTokenExtractor(
            ChannelValidation.TO_BOT_FROM_CHANNEL_TOKEN_VALIDATION_PARAMETERS,
            OPENID_URL,
            AuthenticationConstants.ALLOWED_SIGNING_ALGORITHMS,
        )
        self._tokens.open_id_metadata = keys

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Raises PermissionError, KeysAway, or BadActivity on a foreign service URL."""
        result = AuthenticateRequestResult()
        result.connector_factory = self._connectors
        result.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        if self._app_id is None:
            if not _is_local(activity.service_url):
                raise BadActivity("Without credentials, only a serviceUrl on this machine is answered.", 403)
            result.claims_identity = ClaimsIdentity({}, True, AuthenticationConstants.ANONYMOUS_AUTH_TYPE)
            return result
        try:
            result.claims_identity = await self._identity(activity, auth_header)
        except (KeysAway, PermissionError):
            raise
        except Exception as error:
            # The SDK and the token library below raise anything, down to KeyError, on a bad token.
            raise PermissionError(type(error).__name__) from None
        return result

    async def _identity(self, activity: Activity, auth_header: str) -> ClaimsIdentity:
        identity = await self._tokens.get_identity_from_auth_header(auth_header, activity.channel_id)
        await ChannelValidation.validate_identity(identity, self._credentials)
        if identity.get_claim_value(ChannelValidation.SERVICE_URL_CLAIM) != activity.service_url:
            raise PermissionError("service url")
        return identity

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Teams doesn't stream to bots."""
        raise PermissionError("streaming")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """The same for every identity."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Nobody signs in through the bot, so there is no client for it."""


class AppToken:
    """The bot's own token, from credentials that are kept; fetched off the loop, once for all senders."""

    def __init__(
        self,
        app_id: str,
        password: str,
        tenant: str,
        *,
        fetch: Callable[[], str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials = MicrosoftAppCredentials(app_id, password, tenant)
        self._fetch = fetch or self._credentials.get_access_token
        self._clock = clock
        self._token, self._until = "", float("-inf")
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        """The token; raises Unavailable where none is to be had."""
        if self._clock() < self._until:
            return self._token
        async with self._lock:
            if self._clock() >= self._until:
                try:
                    self._token = await asyncio.to_thread(self._fetch)
                except Exception as error:
                    # Which exception depends on the network, the tenant and the secret; none is ours to mend.
                    _log.error("teams_no_token", reason=str(error).partition(",")[0])
                    raise Unavailable("no_token") from None
                self._until = self._clock() + TOKEN_SECONDS
        return self._token

    def refused(self) -> None:
        """The connector didn't take it: fetch a new one next time."""
        self._until = float("-inf")
        self._credentials.app = None


def may_upload(url: str, *, authenticated: bool) -> bool:
    """Whether a file may be put at ``url``, which a client told: only where OneDrive keeps files.

    While nothing is authenticated, only a service on this machine.
    """
    if not authenticated:
        return _is_local(url)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return parts.scheme == "https" and parts.port in (None, 443) and host.endswith(DRIVES)
    except ValueError:
        return False


def _is_local(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and is_loopback(parts.hostname or "")
    except ValueError:
        return False
