"""Redis as a council's IT runs it: TLS alone, their own authority, and a user who may do what we need."""

from __future__ import annotations

import random
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.storage.examine import examine
from tests.components import need
from tests.end_to_end.load import Load, OnSlack
from tests.harness.certificates import Authority
from tests.harness.http import free_port
from tests.harness.outside import slack_beside
from tests.harness.process import Process
from tests.harness.waiting import until

PASSWORD = "p@ss/word:with#all?of%it"
DEPLOY = Path(__file__).parents[2] / "docs" / "deploy.md"
RULES = (
    DEPLOY.read_text(encoding="utf-8").partition("ACL SETUSER sharewise on >PASSWORD ")[2].partition("\n")[0]
)
"""What its user may do, as docs/deploy.md has it."""


class Guarded:
    """Where it is, and whom to trust."""

    def __init__(self, port: int, authority: Authority) -> None:
        self.ca = authority.ca
        self.plain = f"redis://sharewise:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/0"
        self.secured = self.plain.replace("redis:", "rediss:")
        self.url = f"{self.secured}?ssl_ca_certs={self.ca}"


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[Guarded]:
    """Debian's server: the embedded one knows no TLS."""
    port, authority = free_port(), Authority(tmp_path)
    own = str(authority.issued("127.0.0.1"))
    users = tmp_path / "users.acl"
    users.write_text(f"user default off\nuser sharewise on >{PASSWORD} {RULES}\n", encoding="utf-8")
    arguments = {
        "--port": "0", "--tls-port": str(port), "--tls-cert-file": own, "--tls-key-file": own,
        "--tls-ca-cert-file": str(authority.ca), "--tls-auth-clients": "no",
        "--dir": str(tmp_path), "--appendonly": "yes", "--save": "", "--aclfile": str(users),
    }  # fmt: skip
    command = [need("redis-server"), *(word for pair in arguments.items() for word in pair)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: ASYNC220
    guarded = Guarded(port, authority)
    await until(lambda: answers(guarded.url), "it runs")
    yield guarded
    server.terminate()
    server.wait()


async def answers(url: str) -> bool:
    """Whether it can be examined."""
    return len(await examine(url)) > 1


async def at_work(url: str) -> bool:
    """Whether the doctor sees a worker."""
    return "one is at work" in {finding.seen for finding in await examine(url)}


async def test_it_is_worked_with(guarded: Guarded, tmp_path: Path) -> None:
    found = {finding.about: finding for finding in await examine(guarded.url)}
    assert found["Redis"].seen.endswith("reached by TLS")
    assert found.pop("Redis: worker").outcome == "off"
    assert {finding.outcome for finding in found.values()} == {"good"}
    async with slack_beside(free_port()) as (slack, settings):
        load = Load(OnSlack(slack), random.Random(5), threads=3, questions=4)
        # The authority by the other way that there is.
        settings |= {"REDIS_URL": guarded.secured, "SSL_CERT_FILE": str(guarded.ca)}
        async with Process("run", **settings) as bot:
            await bot.ready()
            await load.run()
            await until(lambda: not load.unanswered(), "every question has its answer")
            await until(lambda: at_work(guarded.url), "docket works there too")
            assert await bot.interrupt() == 0
        assert "Traceback" not in bot.output
        assert "NoPermission" not in bot.output
        assert "away" not in bot.output
        assert "files until they are replaced" not in bot.output, "it may write the file anew"
        async with Process("export", str(tmp_path / "copy"), REDIS_URL=guarded.url) as export:
            assert await export.ended() == 0, export.output
        assert PASSWORD not in bot.output + export.output


async def test_what_is_wrong_is_told_apart(guarded: Guarded) -> None:
    wrong = guarded.url.replace(quote(PASSWORD, safe=""), "zebra")
    (refused,) = await examine(wrong)
    assert refused.seen == "the password or user is refused"
    (stranger,) = await examine(guarded.secured)
    assert stranger.seen.startswith("its certificate isn't trusted here")
    (unsecured,) = await examine(guarded.plain)
    assert unsecured.outcome == "bad"
