"""kill -9 while a mail server takes a mail: it comes, maybe twice, and then as one and the same."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.harness.http import free_port, routes_of, served
from tests.harness.platform import FakePlatform
from tests.mail.mailbox import Mailbox, links
from tests.mail.post import LEADER, Post, settings
from tests.reminders.series import Sharewise

pytestmark = pytest.mark.servers


async def test_a_mail_outlives_who_sends_it_and_its_links_work(
    redis_url: str, platform: FakePlatform
) -> None:
    web = free_port()
    url = f"http://127.0.0.1:{web}"
    async with Mailbox(free_port()) as mailbox, aiohttp.ClientSession() as session:
        mailbox.hold = asyncio.Event()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.mail.dying", redis_url, str(mailbox.port), url),
            cwd=Path(__file__).parents[2],
        )
        first = await mailbox.newest(LEADER)
        process.kill()
        await process.wait()
        mailbox.hold.set()

        sharewise = Sharewise(redis_url, platform, **settings(mailbox.port, url))
        await sharewise.start()
        second = await mailbox.newest(LEADER, 2)
        assert second["Message-ID"] == first["Message-ID"]
        assert links(second) == links(first)
        async with served(routes_of(sharewise.service), web):
            post = Post(sharewise, mailbox, session)
            assert "Thank you" in (await post.press(links(first)["Done"])).words
            assert "done already" in (await post.press(links(second)["Done"])).words
        (entry,) = (await sharewise.ledger()).values()
        assert (entry.state, entry.twice) == ("acknowledged", True)
        await sharewise.stop()
