"""``python -m bot doctor`` on a good installation and on broken ones, each with real servers beside it."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from email.utils import formatdate
from pathlib import Path

import pytest
from aiohttp import web

from bot.storage.examine import examine
from playground.slack_api import SlackStandIn
from playground.stage import PEOPLE
from tests.conftest import emptied
from tests.harness.certificates import Authority
from tests.harness.http import free_port, served
from tests.harness.process import Process
from tests.harness.servers import NO_PRIMARY, ordered, own_server
from tests.slack.served import APP_TOKEN, SECRET, TOKEN
from tests.teams.test_trust import OURS, Publisher, other_side, publisher

__all__ = ("publisher",)

pytestmark = pytest.mark.servers

PASSWORD = "redis-password-never-shown"
CLIENT_SECRET = "client-secret-never-shown"
MICROSOFT = OURS | {"microsoft_app_password": CLIENT_SECRET}
ADVISOR = PEOPLE[2]
ADVISORS = f"nobody@elsewhere.example, T0NORTH/U0NOBODY, slack:T0NORTH/{PEOPLE[0].slack_id}"


SAID = (Path(__file__).parent / "doctor.txt").read_text(encoding="utf-8")
EXPECTED = {of: lines.strip() for of, lines in re.findall(r"^== (.*)\n\n((?:.+\n)+)", SAID, re.MULTILINE)}
"""What the doctor says of each installation, whole."""
SAME = (
    (r"(Valkey|Redis) \d[\d.]*", r"\1 N"),
    (r"\d+\.\d ms", "N ms"),
    (r"\d+ lessons", "N lessons"),
    (r"known are .*? \(and \d+ more\)", "known are …"),
)
"""What differs from machine to machine, and from day to day."""


class Installation:
    """A good one, on servers of this machine; tests break it and ask the doctor."""

    def __init__(self, redis: str, folder: Path, slack: SlackStandIn, microsoft: Publisher) -> None:
        self.redis, self.folder, self.slack, self.microsoft = redis, folder, slack, microsoft
        self.settings = {
            "REDIS_URL": redis,
            "DATA_DIR": str(folder / "data"),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": f"{slack.address}/api/",
            "ADVISORS": ADVISOR.email,
            **{name.upper(): value for name, value in (MICROSOFT | other_side(microsoft)).items()},
        }

    async def examined(self, **changed: str) -> tuple[int, str]:
        """The doctor's exit status and what it says."""
        async with Process("doctor", **(self.settings | changed)) as doctor:
            status = await doctor.ended()
        assert "Traceback" not in doctor.output
        for secret in (TOKEN, SECRET, APP_TOKEN, CLIENT_SECRET, PASSWORD):
            assert secret not in doctor.output
        return status, doctor.output

    async def says(self, of: str, **changed: str) -> int:
        """Compare all that the doctor says with what tests/bot/doctor.txt has of an installation; its exit
        status."""
        status, said = await self.examined(**changed)
        for way, changes in SAME:
            said = re.sub(way, changes, said)
        assert said.strip() == EXPECTED[of]
        return status

    async def bad(self, *expected: str, **changed: str) -> str:
        """The lines that are bad: one for each of what is ``expected``, and no other."""
        status, said = await self.examined(**changed)
        assert status == 1
        lines = [line for line in said.splitlines() if line.startswith("BAD")]
        assert all(" -> " in line for line in lines), "each says the way out"
        missing = [words for words in expected if not any(words in line for line in lines)]
        assert (missing, len(lines)) == ([], len(expected)), said
        return "\n".join(lines)


@pytest.fixture
async def installation(tmp_path: Path, publisher: Publisher) -> AsyncIterator[Installation]:
    """A good installation."""
    port = free_port()
    slack = SlackStandIn(
        "http://127.0.0.1:9",
        signing_secret=SECRET,
        token=TOKEN,
        app_token=APP_TOKEN,
        url=f"http://127.0.0.1:{port}",
        pause=0,
    )
    async with own_server(tmp_path, "--appendonly", "yes") as redis, served(slack.routes(), port):
        yield Installation(redis, tmp_path, slack, publisher)
        await slack.close()


async def test_a_good_installation(installation: Installation) -> None:
    address = f"{installation.microsoft.url}/openid"
    assert await installation.says("good", PUBLIC_URL=address, ADVISORS_CHANNEL="slack:T0NORTH/C0ADVICE") == 0


async def test_an_advisors_channel_that_is_not_there(installation: Installation) -> None:
    await installation.bad(
        "advisors' channel: C0NOWHERE not found", ADVISORS_CHANNEL="slack:T0NORTH/C0NOWHERE"
    )


async def test_who_and_what_is_named_and_nowhere(installation: Installation) -> None:
    """An advisor whom nobody knows, one of a workspace that isn't ours, and channels of neither platform."""
    gone = "gone@northshire.example,slack:T0OTHER/U0CLEO"
    _, said = await installation.examined(ADVISORS=f"{ADVISOR.email},{gone}")
    assert "warn  Slack: advisor gone@northshire.example: not found" in said
    assert "3 named in ADVISORS, 1 found, 1 known once they write; not found: slack:T0OTHER/U0CLEO" in said
    _, said = await installation.examined(ADVISORS_CHANNEL="slack:T0OTHER/C0ADVICE")
    assert "advisors' channel: slack:T0OTHER/C0ADVICE is in no workspace that could be looked at" in said
    off = {"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": "", "SLACK_APP_TOKEN": ""}
    _, said = await installation.examined(ADVISORS_CHANNEL="slack:T0NORTH/C0ADVICE", **off)
    assert "BAD   advisors' channel: is in Slack, which isn't connected" in said


async def test_redis_that_cannot_be_reached_and_knowledge_that_cannot_be_read(
    installation: Installation,
) -> None:
    folder = installation.folder / "knowledge"
    (folder / "lessons").mkdir(parents=True)
    (folder / "deck.yaml").write_text("title: A deck\nauthour: Nobody\n")
    nowhere = f"redis://:{PASSWORD}@127.0.0.1:9/0"
    of = "no Redis, and knowledge with a slip"
    assert await installation.says(of, REDIS_URL=nowhere, KNOWLEDGE_DIR=str(folder)) == 1


async def test_redis_that_would_lose_what_it_is_given(installation: Installation) -> None:
    for order in (("maxmemory-policy", "allkeys-lru"), ("appendonly", "no")):
        await ordered(installation.redis, "CONFIG", "SET", *order)
    await ordered(installation.redis, *NO_PRIMARY)
    assert await installation.says("Redis would lose what it is given") == 1


async def test_credentials_that_are_refused(installation: Installation) -> None:
    await ordered(installation.redis, "CONFIG", "SET", "requirepass", PASSWORD)
    installation.microsoft.refuses = "invalid_client"
    assert await installation.says("credentials are refused", SLACK_BOT_TOKEN="xoxb-old") == 1


async def test_addresses_that_lead_nowhere(installation: Installation) -> None:
    nowhere = "http://127.0.0.1:9"
    changed = {"SLACK_API_URL": f"{nowhere}/api/", "TEAMS_LOGIN_URL": nowhere, "PUBLIC_URL": nowhere}
    assert await installation.says("addresses lead nowhere", **changed) == 1


async def test_what_is_missing_beside_a_token_that_is_taken(
    installation: Installation,
) -> None:
    installation.slack.granted.remove("team:read")
    changed = {
        "SLACK_APP_TOKEN": "xapp-0",
        "TEAMS_OPENID_URL": f"{installation.microsoft.url}/elsewhere",
    }
    assert await installation.says("a scope, a socket and keys are missing", **changed) == 1


async def test_a_certificate_that_nobody_here_trusts(installation: Installation) -> None:
    context = Authority(installation.folder).context("127.0.0.1")
    async with served([], context=context) as url:
        await installation.bad(
            "our own address: the certificate of 127.0.0.1 isn't trusted here", PUBLIC_URL=url
        )


@pytest.mark.parametrize(("seconds", "outcome"), [(-600, "BAD "), (20, "warn")])
async def test_clocks_that_differ(installation: Installation, seconds: int, outcome: str) -> None:
    async def elsewhen(request: web.Request) -> web.Response:
        return web.Response(headers={"Date": formatdate(time.time() + seconds, usegmt=True)})

    async with served([web.get("/healthz", elsewhen)]) as url:
        _, said = await installation.examined(PUBLIC_URL=url)
    (line,) = [line for line in said.splitlines() if "our own address: clock" in line]
    assert line.startswith(outcome)
    assert "behind" in line if seconds < 0 else "ahead of" in line


async def test_what_only_deserves_a_look_ends_well(installation: Installation) -> None:
    await ordered(installation.redis, "CONFIG", "SET", "appendonly", "no")
    await ordered(installation.redis, "CONFIG", "SET", "save", "60 1")
    status, said = await installation.examined(ADVISORS=ADVISORS, PLATFORM_LIMITS="false")
    assert f"ok    Slack: advisor slack:T0NORTH/{PEOPLE[0].slack_id}: is T0NORTH/" in said
    assert status == 0
    warned = [line for line in said.splitlines() if line.startswith("warn")]
    for line, words in zip(
        warned,
        ("limits are not kept", "by snapshots", "users_not_found", "user_not_found", "not found: T0NORTH"),
        strict=True,
    ):
        assert words in line
        assert " -> " in line


async def test_an_authority_of_which_the_worker_would_not_hear(installation: Installation) -> None:
    address = "rediss+cluster://127.0.0.1:9?ssl_ca_certs=/own/ca.pem"
    await installation.bad("can't be reached", "nothing falls due -> name the", REDIS_URL=address)
    await installation.bad(
        "can't be reached",
        REDIS_URL=address,
        SSL_CERT_FILE=str(Authority(installation.folder).ca),
    )


async def test_settings_that_cannot_be_read(installation: Installation) -> None:
    status, said = await installation.examined(RETENTION_DAYS="soon")
    assert status == 1
    assert said.startswith("sharewise: bad settings: RETENTION_DAYS")


async def test_both_servers_are_seen_as_they_are(any_server: str) -> None:
    async with emptied(any_server):
        found = {finding.about: finding for finding in await examine(any_server)}
    assert found["Redis"].outcome == "good"
    assert found["Redis"].seen.startswith(("Valkey ", "Redis "))
    assert found["Redis: eviction"].outcome == "good"


@pytest.mark.parametrize("command", ["run", "web", "worker"])
@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (("CONFIG", "SET", "maxmemory-policy", "volatile-lru"), "volatile-lru"),
        (NO_PRIMARY, "a replica"),
    ],
    ids=["drops keys", "replica"],
)
async def test_what_would_lose_data_is_refused_at_start(
    tmp_path: Path, command: str, order: tuple[str, ...], reason: str
) -> None:
    async with own_server(tmp_path) as redis:
        await ordered(redis, *order)
        async with Process(command, REDIS_URL=redis, DATA_DIR=str(tmp_path / "data")) as bot:
            assert await bot.ended() == 1
    assert bot.output.startswith("sharewise: ")
    assert reason in bot.output
    assert bot.output.count("\n") == 1
