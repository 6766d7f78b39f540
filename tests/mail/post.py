"""A Sharewise that sends mails, the people who get them, and the pages that their links lead to."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiohttp

from dialogs.core.addresses import address_of, person_of
from dialogs.core.reminder_model import Target
from tests.harness.http import free_port, routes_of, served
from tests.harness.platform import FakePlatform
from tests.mail.mailbox import Mailbox, links
from tests.reminders.series import Sharewise

LEADER, BRYN, CHIEF, PA = (
    f"{name}@anyshire.gov.uk" for name in ("leader", "bryn.hughes", "chief.exec", "pa")
)
DOMAINS = ("anyshire.gov.uk", ".police.uk")
KEY = "a key for tests alone, of 32 characters or more"

_FORM = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
_BUTTON = re.compile(r"<button[^>]*>(.*?)</button>", re.DOTALL)
_WAY = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.DOTALL)
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)


class Page(NamedTuple):
    """A page as a browser without scripts has it."""

    status: int
    source: str
    url: str
    headers: dict[str, str]

    @property
    def words(self) -> str:
        """What it says, buttons and all."""
        body = _BODY.search(self.source)
        assert body is not None, self.source
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body[1])).split())

    @property
    def buttons(self) -> dict[str, str]:
        """Where its buttons send what is filled in, by what stands on them."""
        found = {}
        for where, inner in _FORM.findall(self.source):
            for label in _BUTTON.findall(inner):
                found[html.unescape(label)] = self._at(where)
        return found

    @property
    def ways(self) -> dict[str, str]:
        """Its links."""
        return {html.unescape(label): self._at(where) for where, label in _WAY.findall(self.source)}

    def _at(self, where: str) -> str:
        return f"{self.url.rpartition('/')[0]}/{where}"


class Post:
    """The postman: brings mails to Sharewise's people, and opens and presses what they do."""

    def __init__(self, sharewise: Sharewise, mailbox: Mailbox, session: aiohttp.ClientSession) -> None:
        self.sharewise, self.mailbox, self._session = sharewise, mailbox, session

    async def open(self, url: str, method: str = "GET") -> Page:
        """Open a link, and nothing more."""
        async with self._session.request(method, url, allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), url, dict(answer.headers))

    async def press(self, url: str, **filled: str) -> Page:
        """Press a page's button; ``filled``: what stands in the fields of its form."""
        async with self._session.post(url, data={"form": "1", **filled} if filled else {}) as answer:
            return Page(answer.status, await answer.text(), url, dict(answer.headers))

    async def follow(self, address: str, label: str, count: int = 1) -> Page:
        """Open the link of somebody's newest mail (of ``count``) and press the button of its page."""
        page = await self.open(links(await self.mailbox.newest(address, count))[label])
        assert label in page.buttons, page.words
        return await self.press(page.buttons[label])


def settings(port: int, url: str) -> dict[str, Any]:
    """What connects mail to a mailbox at ``port``; ``url``: where pages are."""
    return {
        "smtp_url": f"smtp://127.0.0.1:{port}",
        "mail_from": "Sharewise <sharewise@yourshire.gov.uk>",
        "mail_domains": DOMAINS,
        "mail_link_key": KEY,
        "public_url": url,
    }


@asynccontextmanager
async def posting(redis_url: str, platform: FakePlatform, **more: Any) -> AsyncIterator[Post]:
    """A Sharewise on a real server, between fake chats and a real mail server."""
    web = free_port()
    async with Mailbox(free_port()) as mailbox, aiohttp.ClientSession() as session:
        given = {**settings(mailbox.port, f"http://127.0.0.1:{web}"), **more}
        sharewise = Sharewise(redis_url, platform, **given)
        await sharewise.start()
        async with served(routes_of(sharewise.service), web):
            yield Post(sharewise, mailbox, session)
        await sharewise.stop()


def by_mail(address: str) -> Target:
    """Somebody as an advisor's words name them."""
    person = person_of(address)
    return Target("person", person, address_of(person), person.partition("/")[0])
