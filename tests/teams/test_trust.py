"""Tokens: which activities are let in, how signing keys are kept, and how our own token is."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import jwt
import pytest
from aiohttp import ClientSession, web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.platforms.ports import Revoked, Unavailable
from bot.platforms.teams.app_token import SPARE_SECONDS, AppToken
from bot.platforms.teams.connector import may_upload
from bot.platforms.teams.trust import LONGEST_TOKEN, KeysAway, SigningKeys
from playground.stage import TEAMS_TENANT
from tests.teams.conftest import Served
from tests.teams.conftest import activity as any_activity

APP = "11111111-2222-3333-4444-555555555555"
ISSUER = "https://api.botframework.com"
TENANT = "5d1b1e0c-7a52-4a0e-9a43-c1f0b8d2e6aa"
OURS = {
    "microsoft_app_id": APP,
    "microsoft_app_password": "secret",
    "microsoft_app_tenant_id": TENANT.upper(),
}
"""The tenant as somebody may have written it; in activities its letters are small."""
activity = partial(
    any_activity,
    conversation={"id": "a:chat", "conversationType": "personal", "tenantId": TENANT},
    channelData={"tenant": {"id": TENANT}},
)
OLD, NEW, FORGED = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3))


class Publisher:
    """The Bot Framework's published keys, served on this machine."""

    def __init__(self) -> None:
        self.issuer = ISSUER
        self.keys: dict[str, Any] = {"old": OLD}
        self.asked = 0
        self.broken = False
        self.url = ""
        self.endorsements = ["msteams"]
        self.others: list[Any] = [{"kty": "EC", "kid": "other"}]
        """What else stands in the list."""
        self.tokens: list[dict[str, str]] = []
        """What was sent for a token of the bot's own."""
        self.refuses = ""

    def routes(self) -> list[web.RouteDef]:
        """Its endpoints."""
        return [
            web.get("/openid", self.metadata),
            web.get("/keys", self.published),
            web.post("/{tenant}/oauth2/v2.0/token", self.token),
        ]

    async def metadata(self, request: web.Request) -> web.Response:
        """The OpenID metadata."""
        self.asked += 1
        if self.broken:
            return web.Response(status=500)
        return web.json_response({"issuer": self.issuer, "jwks_uri": f"{self.url}/keys"})

    async def token(self, request: web.Request) -> web.Response:
        """A token of the bot's own, as the login service hands it out."""
        self.tokens.append({"path": request.path, **{k: str(v) for k, v in (await request.post()).items()}})
        if self.refuses:
            told = {"error": self.refuses, "error_description": "AADSTS7000215: Invalid client secret"}
            return web.json_response(told, status=401)
        return web.json_response({"access_token": f"token {len(self.tokens)}", "expires_in": 3599})

    async def published(self, request: web.Request) -> web.Response:
        """The keys."""
        listed = [
            {
                **json.loads(RSAAlgorithm.to_jwk(key.public_key())),
                "kid": name,
                "endorsements": self.endorsements,
            }
            for name, key in self.keys.items()
        ]
        return web.json_response({"keys": [*self.others, *listed]})


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    """The publisher, served."""
    made = Publisher()
    app = web.Application()
    app.add_routes(made.routes())
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


def other_side(publisher: Publisher) -> dict[str, str]:
    """The settings that put ``publisher`` in Microsoft's place."""
    return {"teams_openid_url": f"{publisher.url}/openid", "teams_login_url": publisher.url}


@pytest.fixture
async def connected(serve: Any, publisher: Publisher) -> Served:
    """A bot with credentials, which knows the publisher's keys."""
    served: Served = await serve(**other_side(publisher), **OURS)
    return served


def signed(key: Any = OLD, kid: str | None = "old", algorithm: str = "RS256", **claims: Any) -> str:
    """An authorisation header with a token; claims that are None are left out.

    ``exp`` and ``nbf`` are seconds from now.
    """
    now = int(time.time())
    exp = claims.pop("exp", 3600)
    times = {"exp": None if exp is None else now + exp, "nbf": now + claims.pop("nbf", -60)}
    whole = {"iss": ISSUER, "aud": APP, "serviceurl": "http://127.0.0.1:9/", **times, **claims}
    kept = {name: value for name, value in whole.items() if value is not None}
    return "Bearer " + jwt.encode(kept, key, algorithm=algorithm, headers={"kid": kid} if kid else None)


LETTERS = "x" * 32
# Made when they are used: what has just expired must not have expired long ago by then.
TOKENS: list[tuple[str, Callable[[], str], int]] = [
    ("valid", signed, 200),
    ("for another bot", partial(signed, aud="99999999-0000-0000-0000-000000000000"), 401),
    ("for nobody", partial(signed, aud=None), 401),
    ("expired", partial(signed, exp=-3600), 401),
    ("just expired, within the clocks' tolerance", partial(signed, exp=-60), 200),
    ("not yet valid", partial(signed, nbf=3600), 401),
    ("from another issuer", partial(signed, iss="https://sts.windows.net/x/"), 401),
    ("without an issuer", partial(signed, iss=None), 401),
    (
        "of the emulator's issuer",
        partial(
            signed, iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", appid=APP, ver="1.0"
        ),
        401,
    ),
    ("for another service", partial(signed, serviceurl="https://evil.example/"), 401),
    ("without a service", partial(signed, serviceurl=None), 401),
    ("signed with another key", partial(signed, FORGED), 401),
    ("with a key nobody knows", partial(signed, NEW, kid="new"), 401),
    ("without a key id", partial(signed, kid=None), 401),
    ("signed with a shared word", partial(signed, LETTERS, algorithm="HS256"), 401),
    ("unsigned", partial(signed, "", algorithm="none"), 401),
    ("no token", str, 401),
    ("no JWT", lambda: "Bearer abc", 401),
    ("without an end", partial(signed, exp=None), 401),
    ("of a scheme in small letters", lambda: signed().replace("Bearer", "bearer"), 200),
    ("longer than any", lambda: f"Bearer {'x' * LONGEST_TOKEN}", 401),
    ("of another scheme", lambda: "Basic YTpi", 401),
    ("three words", lambda: "Bearer a b", 401),
]


@pytest.mark.parametrize(("header", "expected"), [row[1:] for row in TOKENS], ids=[row[0] for row in TOKENS])
async def test_who_is_let_in(connected: Served, header: Callable[[], str], expected: int) -> None:
    status, _ = await connected.post(activity(), Authorization=header())
    assert status == expected
    assert len(connected.turn.arrivals) == (expected == 200)


async def test_new_keys_are_fetched_when_a_token_names_one(
    connected: Served, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SDK's own look-up raises IndexError here, until its keys are a day old."""
    monkeypatch.setattr(SigningKeys, "SPACED", 0.0)
    assert (await connected.post(activity(), Authorization=signed()))[0] == 200
    publisher.keys = {"new": NEW}
    assert (await connected.post(activity(), Authorization=signed(NEW, kid="new")))[0] == 200
    assert publisher.asked == 2


async def test_keys_that_cant_be_fetched_ask_teams_to_come_again(
    connected: Served, publisher: Publisher
) -> None:
    publisher.broken = True
    assert (await connected.post(activity(), Authorization=signed()))[0] == 503


async def test_the_stand_in_can_sign_like_teams(serve: Any, publisher: Publisher) -> None:
    served = await serve(
        **other_side(publisher),
        token=lambda service_url: signed(serviceurl=service_url).removeprefix("Bearer "),
        **{**OURS, "microsoft_app_tenant_id": TEAMS_TENANT},
    )
    await served.teams.say("asha", "teams-personal", "hello")
    assert len(served.turn.arrivals) == 1


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def keys(publisher: Publisher) -> AsyncIterator[tuple[SigningKeys, Clock]]:
    """Signing keys fetched from the publisher, and the clock they go by."""
    clock = Clock()
    async with ClientSession() as session:
        yield SigningKeys(session, f"{publisher.url}/openid", clock), clock


Keys = tuple[SigningKeys, Clock]


async def test_a_key_is_fetched_once(keys: Keys, publisher: Publisher) -> None:
    known, _ = keys
    first, second = await known.get("old"), await known.get("old")
    assert first is second
    assert first.endorsements == ["msteams"]
    assert publisher.asked == 1


async def test_a_rolled_key_is_found_a_minute_after_the_last_refresh(
    keys: Keys, publisher: Publisher
) -> None:
    known, clock = keys
    await known.get("old")
    publisher.keys = {"new": NEW}
    clock.now += SigningKeys.SPACED
    assert (await known.get("new")).endorsements == ["msteams"]


async def test_unknown_keys_cause_one_refresh_a_minute(keys: Keys, publisher: Publisher) -> None:
    known, clock = keys
    for _ in range(5):
        with pytest.raises((PermissionError, KeysAway)):
            await known.get("forged")
    assert publisher.asked == 1
    clock.now += SigningKeys.SPACED
    with pytest.raises(PermissionError):
        await known.get("forged")
    assert publisher.asked == 2


async def test_keys_a_day_old_are_refreshed_and_kept_where_that_fails(
    keys: Keys, publisher: Publisher
) -> None:
    known, clock = keys
    await known.get("old")
    publisher.broken = True
    clock.now += SigningKeys.KEPT
    await known.get("old")
    await known.settled()
    assert publisher.asked == 2
    publisher.broken, publisher.keys = False, {"new": NEW}
    clock.now += SigningKeys.AGAIN
    await known.get("old")
    await known.settled()
    with pytest.raises(KeysAway):
        await known.get("old")


async def test_without_any_key_nothing_can_be_verified(keys: Keys, publisher: Publisher) -> None:
    known, clock = keys
    publisher.broken = True
    for _ in range(3):
        with pytest.raises(KeysAway):
            await known.get("old")
    assert publisher.asked == 1
    publisher.broken = False
    clock.now += SigningKeys.AGAIN
    await known.get("old")


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    """A client."""
    async with ClientSession() as session:
        yield session


async def test_our_own_token_is_fetched_once_and_kept(publisher: Publisher, session: ClientSession) -> None:
    clock = Clock()
    token = AppToken(session, APP, "secret", "t1", login_url=publisher.url, clock=clock)
    assert [await token.get(), await token.get()] == ["token 1", "token 1"]
    [asked] = publisher.tokens
    assert (asked["path"], asked["client_id"]) == ("/t1/oauth2/v2.0/token", APP)
    assert asked["scope"] == "https://api.botframework.com/.default"
    clock.now += 3599 - SPARE_SECONDS
    assert await token.get() == "token 2"
    token.refused()
    assert await token.get() == "token 3"


async def test_our_own_token_is_for_the_service_that_the_clouds_metadata_names(
    keys: Keys, publisher: Publisher, session: ClientSession
) -> None:
    known, _ = keys
    publisher.issuer = "https://api.botframework.us"
    token = AppToken(session, APP, "secret", "t1", login_url=publisher.url, whose=known.whose)
    await token.get()
    assert publisher.tokens[0]["scope"] == "https://api.botframework.us/.default"
    assert publisher.asked == 1


@pytest.mark.parametrize("refusal", ["invalid_client", ""])
async def test_without_a_token_the_message_waits(
    publisher: Publisher, session: ClientSession, refusal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.refuses = refusal
    url = publisher.url if refusal else "http://127.0.0.1:9"
    with pytest.raises(Unavailable, match=refusal or "no_token") as trouble:
        await AppToken(session, APP, "secret", "t1", login_url=url).get()
    assert isinstance(trouble.value, Revoked) == bool(refusal), "a refusal is mended by somebody, not by time"
    logged = capsys.readouterr().out
    assert "secret" not in logged
    assert (refusal or "Error") in logged


async def test_a_key_without_an_endorsement_vouches_for_nobody(
    connected: Served, publisher: Publisher
) -> None:
    publisher.endorsements = []
    assert (await connected.post(activity(), Authorization=signed()))[0] == 401


async def test_another_tenant_is_refused_in_a_set_up_for_one(connected: Served) -> None:
    there = {"id": "a:chat", "conversationType": "personal", "tenantId": "t2"}
    assert (await connected.post(activity(conversation=there), Authorization=signed()))[0] == 401
    elsewhere = activity(conversation={"id": "a:chat"}, channelData={"tenant": {"id": "t2"}})
    assert (await connected.post(elsewhere, Authorization=signed()))[0] == 401
    assert connected.turn.arrivals == []


async def test_a_new_key_soon_after_a_forged_one_is_asked_to_come_again(
    keys: Keys, publisher: Publisher
) -> None:
    """Refused for good it would be lost: Teams sends it again after a 503."""
    known, clock = keys
    with pytest.raises(PermissionError):
        await known.get("forged")
    publisher.keys = {"new": NEW}
    with pytest.raises(KeysAway):
        await known.get("new")
    clock.now += SigningKeys.SPACED
    assert (await known.get("new")).endorsements == ["msteams"]


@pytest.mark.parametrize(
    "other",
    [
        {"kty": "RSA", "kid": "odd"},
        {"kty": "RSA", "kid": "odd", "n": "!", "e": "AQAB"},
        {**json.loads(RSAAlgorithm.to_jwk(NEW.public_key())), "endorsements": ["msteams"]},
        "odd",
    ],
    ids=["without its numbers", "with numbers that are none", "without a name", "no key at all"],
)
async def test_one_key_that_cant_be_used_spoils_no_other(
    keys: Keys, publisher: Publisher, other: object
) -> None:
    known, _ = keys
    publisher.others = [other]
    assert (await known.get("old")).endorsements == ["msteams"]


async def test_an_empty_list_of_keys_drops_none(keys: Keys, publisher: Publisher) -> None:
    known, clock = keys
    first = await known.get("old")
    publisher.keys = {}
    clock.now += SigningKeys.KEPT
    assert await known.get("old") is first
    await known.settled()
    assert await known.get("old") is first


UPLOADS = [
    (
        "https://contoso-my.sharepoint.com/personal/x/_api/v2.0/drive/items/1/uploadSession?g=1",
        True,
        False,
    ),
    ("https://api.onedrive.com/rup/1", True, False),
    ("http://contoso-my.sharepoint.com/", False, False),
    ("https://contoso-my.sharepoint.com:8443/", False, False),
    ("https://sharepoint.com.evil.example/", False, False),
    ("https://evilsharepoint.com/", False, False),
    ("https://x.sharepoint.com@evil.example/", False, False),
    ("https://169.254.169.254/latest/", False, False),
    ("http://127.0.0.1:3978/playground/teams/uploads/1", False, True),
    ("https://127.0.0.1/", False, True),
    ("file:///etc/passwd", False, False),
    ("https://[::1", False, False),
    ("https://x.sharepoint.com:99999/", False, False),
    ("", False, False),
]


@pytest.mark.parametrize(("url", "connected", "alone"), UPLOADS)
def test_where_a_file_may_be_put(url: str, connected: bool, alone: bool) -> None:
    assert may_upload(url, authenticated=True) is connected
    assert may_upload(url, authenticated=False) is alone
