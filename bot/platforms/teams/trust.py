"""Tokens that prove that an activity is Teams', and the keys by which they are checked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import jwt
import msgspec
import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticationConstants,
    ChannelValidation,
    ClaimsIdentity,
    SimpleCredentialProvider,
)
from jwt.algorithms import RSAAlgorithm

from bot.platforms.teams.incoming import BadActivity
from bot.setting_values import is_loopback

OPENID_URL: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
LONGEST_TOKEN = 8_000
"""Characters of an authorisation header; Microsoft's are below 3,000."""
BOT = "28:"
"""What Teams puts before an app's id, to name its bot."""
CLOCKS_APART = 300
"""Seconds by which our clock and Microsoft's may differ."""

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
        self.issuer = ""
        """Who signs, as the published metadata names them; empty until they were fetched."""
        self._refreshing: asyncio.Task[None] | None = None
        self._stale = self._next = float("-inf")
        self._lock = asyncio.Lock()

    async def get(self, key_id: str | None) -> SigningKey:
        """The key.

        Raises KeysAway where there are none, or where an unknown one may be new and it is too soon to
        look; PermissionError on one that isn't among keys just fetched.
        """
        if key_id is None:
            raise PermissionError("no signing key")
        if key_id in self._keys:
            if self._clock() >= max(self._stale, self._next):
                self._refresh_beside()
            return self._keys[key_id]
        async with self._lock:
            looked = self._clock() >= self._next and key_id not in self._keys
            if looked:
                await self._refresh()
        if key_id in self._keys:
            return self._keys[key_id]
        if not looked or not self._keys or self._clock() >= self._stale:
            raise KeysAway
        raise PermissionError("unknown signing key")

    async def whose(self) -> str:
        """Who signs, as published; "" while that can't be fetched."""
        if not self.issuer:
            async with self._lock:
                if not self.issuer and self._clock() >= self._next:
                    await self._refresh()
        return self.issuer

    async def settled(self) -> None:
        """Wait for a refresh that goes on beside."""
        if self._refreshing is not None:
            await self._refreshing

    def _refresh_beside(self) -> None:
        """Fetch anew what is old, while it goes on to serve."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh_once())

    async def _refresh_once(self) -> None:
        async with self._lock:
            if self._clock() >= max(self._stale, self._next):
                await self._refresh()

    async def _refresh(self) -> None:
        try:
            published = await self._fetch(self._url)
            found = _usable((await self._fetch(published["jwks_uri"]))["keys"])
            if not found:
                raise ValueError("an empty list")
            self.issuer, self._keys = str(published["issuer"]), found
        except (ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            _log.warning("teams_no_keys", reason=type(error).__name__)
            self._next = self._clock() + self.AGAIN
            return
        self._stale, self._next = self._clock() + self.KEPT, self._clock() + self.SPACED

    async def _fetch(self, url: str) -> dict[str, Any]:
        async with self._session.get(url, timeout=ClientTimeout(total=10)) as response:
            response.raise_for_status()
            return msgspec.json.decode(await response.read(), type=dict[str, Any])


def _usable(listed: Iterable[Any]) -> dict[str, SigningKey]:
    """The keys of a published list, by id. One that can't be used is no reason to do without the others."""
    found: dict[str, SigningKey] = {}
    for key in listed:
        try:
            if key["kty"] == "RSA":
                found[key["kid"]] = SigningKey(RSAAlgorithm.from_jwk(key), [*key.get("endorsements", ())])
        except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError) as error:
            _log.warning("teams_odd_key", reason=type(error).__name__)
    return found


class Gate:
    """Lets activities in: those that carry a token of the Bot Framework for one of our apps.

    Without any, nothing is authenticated, and only a service on this machine is answered.
    """

    def __init__(self, apps: Mapping[str, frozenset[str]], keys: SigningKeys) -> None:
        """``apps``: the tenants from which each app's activities are taken; empty for anywhere."""
        self._apps, self._keys = dict(apps), keys

    async def admit(self, activity: Activity, auth_header: str) -> str:
        """The id of the app that it is for, "" where nothing is authenticated. Raises PermissionError,
        KeysAway, or BadActivity on a foreign service URL."""
        if not self._apps:
            if not is_local(activity.service_url):
                raise BadActivity("Without credentials, only a serviceUrl on this machine is answered.", 403)
            return ""
        try:
            app = await self._check(activity, auth_header)
            there, tenants = activity.conversation.tenant_id, self._apps[app]
            if tenants and there and there not in tenants:
                raise PermissionError("another tenant")
            if another_s(activity.recipient.id or "", app, self._apps):
                raise PermissionError("another app")
        except (KeysAway, PermissionError):
            raise
        except Exception as error:
            # The SDK and the token library below raise anything, down to KeyError, on a bad token.
            raise PermissionError(type(error).__name__) from None
        return app

    async def _check(self, activity: Activity, auth_header: str) -> str:
        """Whose token it is: the app's that its audience names."""
        scheme, _, token = auth_header.partition(" ")
        if scheme.casefold() != "bearer" or len(auth_header) > LONGEST_TOKEN:
            raise PermissionError("no token")
        key = await self._keys.get(jwt.get_unverified_header(token).get("kid"))
        if activity.channel_id not in key.endorsements:
            raise PermissionError("a key without endorsement")
        claims = jwt.decode(
            token,
            key.public_key,
            algorithms=["RS256"],
            audience=list(self._apps),
            issuer=self._keys.issuer,
            leeway=CLOCKS_APART,
            options={"require": ["exp", "iss", "aud"]},
        )
        app = claims["aud"]
        if not isinstance(app, str):
            raise PermissionError("several audiences")
        identity = ClaimsIdentity(claims, True)
        await ChannelValidation.validate_identity(identity, SimpleCredentialProvider(app, ""))
        if identity.get_claim_value(ChannelValidation.SERVICE_URL_CLAIM) != activity.service_url:
            raise PermissionError("service url")
        return app


def another_s(bot: str, app: str, known: Container[str]) -> bool:
    """Whether an activity is for the ``bot`` of another of the ``known`` apps than that which lets it in."""
    id = bot.removeprefix(BOT)
    return id in known and id != app


def is_local(url: str) -> bool:
    """Whether ``url`` leads to a service on this machine."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and is_loopback(parts.hostname or "")
    except ValueError:
        return False
