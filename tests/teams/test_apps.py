"""Several Teams apps in one deployment: told apart by their tokens, each for its tenants and by its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.platforms.accounts import NoAccount, account_of
from bot.platforms.ports import OutboxMessage, at_once
from bot.settings import BadSettings, read_settings
from dialogs.core.replies import Reply, Text
from tests.harness.http import served
from tests.teams.conftest import Served, activity
from tests.teams.test_trust import APP, OURS, TENANT, Publisher, other_side, publisher, signed

__all__ = ("publisher",)

DISTRICT, MANY = "22222222-0000-0000-0000-000000000002", "33333333-0000-0000-0000-000000000003"
THERE, NORTH, SOUTH = (f"{digit * 8}-0000-0000-0000-000000000000" for digit in "789")
APPS = [
    {"id": DISTRICT, "secret": "district's secret", "tenant": THERE},
    {"id": MANY, "secret": "older secret", "tenants": [NORTH, SOUTH]},
]


class Service:
    """Teams' own side, which keeps what it is posted and by whom."""

    def __init__(self) -> None:
        self.url = ""
        self.posted: list[tuple[str, str]] = []
        """(whose token, conversation)."""

    async def post(self, request: web.Request) -> web.Response:
        """Somebody posts."""
        self.posted.append((request.headers["Authorization"], request.match_info["conversation"]))
        return web.json_response({"id": "1"})


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    async with served([web.post("/v3/conversations/{conversation}/activities", service.post)]) as url:
        service.url = f"{url}/"
        yield service


@pytest.fixture
async def bot(serve: Any, publisher: Publisher) -> Served:
    bot: Served = await serve(**other_side(publisher), **OURS, teams_apps=APPS)
    return bot


async def arrives(bot: Served, aud: str, tenant: str, url: str, bot_id: str = "") -> int:
    """A message from ``tenant``, with a token for the app ``aud``; the HTTP status."""
    talk = {"id": f"a:{tenant}", "conversationType": "personal", "tenantId": tenant}
    said = activity(
        conversation=talk, channelData={"tenant": {"id": tenant}}, serviceUrl=url,
        recipient={"id": f"28:{bot_id or aud}", "name": "Sharewise"},
    )  # fmt: skip
    return (await bot.post(said, Authorization=signed(aud=aud, serviceurl=url)))[0]


async def test_each_app_is_reached_from_its_tenants_and_answers_by_its_own_token(
    bot: Served, service: Service, publisher: Publisher
) -> None:
    reached = {(APP, TENANT): "teams", (DISTRICT, THERE): f"teams:{DISTRICT}"}
    reached |= {(MANY, tenant): f"teams:{MANY}" for tenant in (NORTH, SOUTH)}
    for app in (APP, DISTRICT, MANY):
        for tenant in (TENANT, THERE, NORTH, SOUTH, "7" * 8):
            there = await arrives(bot, app, tenant, service.url)
            assert there == (200 if (app, tenant) in reached else 401), (app, tenant)
    arrivals = bot.turn.arrivals
    assert {(account_of("teams", inbound.to), inbound.tenant) for inbound in arrivals} == {
        (account, f"teams:{tenant}") for (_, tenant), account in reached.items()
    }
    for number, inbound in enumerate(arrivals):
        for to in (inbound.private_to, inbound.channel_to, inbound.note_to or {}):
            assert account_of("teams", to) == account_of("teams", inbound.to)
        message = OutboxMessage(f"{number}", "teams", inbound.to, Reply((Text("Hello."),)))
        await bot.adapter.sender.send(message, at_once)
    by = {f"Bearer token {at}": asked for at, asked in enumerate(publisher.tokens, 1)}
    assert {(by[token]["client_id"], conversation) for token, conversation in service.posted} == {
        (app, f"a:{tenant}") for app, tenant in reached
    }
    got = {(asked["client_id"], asked["path"].split("/")[1], asked["client_secret"]) for asked in by.values()}
    assert got == {
        (APP, TENANT, "secret"),
        (DISTRICT, THERE, "district's secret"),
        (MANY, "botframework.com", "older secret"),
    }


async def test_a_token_for_one_app_brings_nothing_to_another_s_bot(bot: Served, service: Service) -> None:
    assert await arrives(bot, DISTRICT, THERE, service.url, bot_id=APP) == 401
    assert await arrives(bot, APP, TENANT, service.url, bot_id=DISTRICT) == 401
    assert bot.turn.arrivals == []


async def test_what_was_kept_before_there_were_several_goes_on_by_the_bot_that_it_names(
    bot: Served, serve: Any, service: Service, publisher: Publisher
) -> None:
    """An app of the three settings that is now one of the list."""
    listed = [{"id": APP, "secret": "secret", "tenant": TENANT}, *APPS]
    moved = await serve(**other_side(publisher), teams_apps=listed)
    to = {"service_url": service.url, "conversation": "a:old", "bot": f"28:{APP}"}
    message = OutboxMessage("1", "teams", to, Reply((Text("Hello."),)))
    for each in (bot, moved):
        await each.adapter.sender.send(message, at_once)
    assert {asked["client_id"] for asked in publisher.tokens} == {APP}
    gone = OutboxMessage("2", "teams", {**to, "account": "gone"}, Reply((Text("Hello."),)))
    with pytest.raises(NoAccount):
        await moved.adapter.sender.send(gone, at_once)


async def test_an_advisor_s_address_counts_in_our_own_tenant_alone(
    bot: Served, service: Service, serve: Any
) -> None:
    """Each tenant's administrator gives addresses at will."""
    asked = []

    async def member(*given: Any) -> dict[str, str]:
        asked.append(given)
        return {"email": "cleo@council.example", "tenantId": given[1].removeprefix("a:"), "userRole": "user"}

    bot.adapter._addresses = frozenset(("cleo@council.example",))
    for app in bot.adapter.apps:
        app.connector.member = member  # type: ignore[method-assign]
    for app, tenant in ((APP, TENANT), (DISTRICT, THERE), (MANY, NORTH)):
        assert await arrives(bot, app, tenant, service.url) == 200
    await asyncio.gather(*bot.adapter.looking)
    assert len(asked) == 1
    assert {advisor.partition("/")[0] for advisor in bot.adapter.advisors} == {f"teams:{TENANT}"}


@pytest.mark.parametrize(
    ("apps", "said"),
    [
        ("nonsense", "TEAMS_APPS: expected JSON"),
        ("7", "TEAMS_APPS: "),
        ('[{"id": "a", "secret": "s"}]', 'TEAMS_APPS: expected "tenant" .* or "tenants"'),
        ('[{"id": "a", "secret": "s", "tenant": "common"}]', "TEAMS_APPS: expected the tenant's id"),
        (
            f'[{{"id": "a", "secret": "s", "tenants": ["{NORTH}", "x.gov.uk"]}}]',
            "TEAMS_APPS: expected the tenant's",
        ),
        (f'[{{"id": "a", "secret": "", "tenant": "{NORTH}"}}]', "TEAMS_APPS: "),
        (f'[{{"id": "{APP}", "secret": "s", "tenant": "{NORTH}"}}]', "TEAMS_APPS: each app has an id"),
    ],
)
def test_a_bad_list_is_named_without_its_secrets(
    monkeypatch: pytest.MonkeyPatch, apps: str, said: str
) -> None:
    for name, value in OURS.items():
        monkeypatch.setenv(name.upper(), value)
    monkeypatch.setenv("TEAMS_APPS", apps.replace('"s"', '"never-shown"'))
    with pytest.raises(BadSettings, match=said) as caught:
        read_settings()
    assert "never-shown" not in str(caught.value)
