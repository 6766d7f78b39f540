"""Out to the platforms by a proxy, with a certificate authority of the council's own, or around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from playground import teams_activities
from playground.connector import TeamsStandIn
from playground.slack_api import SlackStandIn
from playground.stage import PEOPLE, TEAMS_TENANT, StandIn, person
from tests.harness.certificates import Authority
from tests.harness.http import free_port, served
from tests.harness.process import Process
from tests.harness.proxy import ForwardProxy, proxied
from tests.harness.reading import words
from tests.harness.waiting import until
from tests.slack.served import APP_TOKEN, SECRET, TOKEN
from tests.teams.test_trust import OURS, Publisher, other_side, signed

SLACK, MICROSOFT = "slack.example", "microsoft.example"
"""Names that lead nowhere but for the proxy."""


class Outside:
    """Both platforms behind TLS, as ``names`` are reached, and the settings that lead there."""

    def __init__(self, slack_host: str, microsoft_host: str, authority: Authority) -> None:
        self.slack = SlackStandIn(
            "http://127.0.0.1:9", signing_secret=SECRET, token=TOKEN, app_token=APP_TOKEN,
            url=f"https://{slack_host}", pause=0,
        )  # fmt: skip
        self.teams, self.publisher = TeamsStandIn(f"https://{microsoft_host}", pause=0.0), Publisher()
        self.publisher.url = f"https://{microsoft_host}"
        microsoft = OURS | other_side(self.publisher) | {"microsoft_app_tenant_id": TEAMS_TENANT}
        self.settings = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": f"{self.slack.address}/api/",
            "ADVISORS": PEOPLE[2].email,
            "SSL_CERT_FILE": str(authority.ca),
            **{name.upper(): value for name, value in microsoft.items()},
        }

    async def answers(self, bot: Process) -> None:
        """Both have their questions answered: Slack by its socket, Teams at the address that it told."""
        await until(lambda: self.slack.courier.connected, "the socket is open")
        await self.slack.say("asha", "slack-direct", "why share services?")
        asked = teams_activities.base(
            "message",
            self.teams.book.next_id(),
            person("kezia"),
            teams_activities.personal_chat(person("kezia")),
            self.teams.service_url,
        )
        token = signed(serviceurl=self.teams.service_url)
        async with (
            aiohttp.ClientSession(headers={"Authorization": token}) as session,
            session.post(
                f"{bot.url}/api/messages", json=teams_activities.typed(asked, "why share services?")
            ) as response,
        ):
            assert response.status == 200
        await until(lambda: _answered(self.slack, "slack-direct", "asha"), "Slack has its answer")
        await until(lambda: _answered(self.teams, "teams-personal", "kezia"), "Teams has its answer")


def _answered(stand_in: StandIn, place: str, who: str) -> bool:
    said = [message for message in stand_in.messages(place, who) if message.author == "bot"]
    return "What the deck says" in words(said)


@pytest.fixture(params=["by the proxy", "around it"])
async def way(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Outside, ForwardProxy]]:
    """Platforms that are reached by a proxy alone, or at addresses that it has nothing to do with."""
    through, authority = request.param == "by the proxy", Authority(tmp_path)
    ports = {SLACK: free_port(), MICROSOFT: free_port()}
    hosts = list(ports) if through else [f"127.0.0.1:{port}" for port in ports.values()]
    outside = Outside(hosts[0], hosts[1], authority)
    context = authority.context(*ports, "127.0.0.1")
    microsoft = [*outside.teams.routes(), *outside.publisher.routes()]
    async with AsyncExitStack() as ending:
        for routes, port in zip((outside.slack.routes(), microsoft), ports.values(), strict=True):
            await ending.enter_async_context(served(routes, port, context))
        proxy = await ending.enter_async_context(proxied(ports))
        outside.settings |= {"HTTPS_PROXY": proxy.url, "NO_PROXY": "" if through else "localhost,127.0.0.1"}
        yield outside, proxy
        await outside.slack.close()
        await outside.teams.close()


async def test_both_platforms_and_the_doctor(
    way: tuple[Outside, ForwardProxy], redis_url: str, tmp_path: Path
) -> None:
    outside, proxy = way
    hosts = set() if outside.settings["NO_PROXY"] else {SLACK, MICROSOFT}
    async with Process("run", REDIS_URL=redis_url, **outside.settings) as bot:
        await bot.ready()
        await outside.answers(bot)
        assert await bot.interrupt() == 0
    assert proxy.asked == hosts
    proxy.asked.clear()
    async with Process("doctor", REDIS_URL=redis_url, **outside.settings) as doctor:
        await doctor.ended()
    platforms = [line for line in doctor.output.splitlines() if line[6:].startswith(("Slack", "Teams"))]
    assert platforms
    assert not [line for line in platforms if line.startswith("BAD")], doctor.output
    assert proxy.asked == hosts
    assert "way-out" not in bot.output + doctor.output
