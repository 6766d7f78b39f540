"""A "200" that isn't the platform's own, such as a proxy's: nothing was delivered, so it goes again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import ClientSession, web
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.ports import OutboxMessage, Unavailable
from bot.platforms.retry_after import seconds
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.send import SlackSender
from bot.platforms.teams.connector import BotConnector
from bot.platforms.teams.send import TeamsSender
from dialogs.core.replies import Reply, Text
from tests.harness.http import served

ODD = {
    "a page": (b"<html>Back soon</html>", "text/html"),
    "a page called JSON": (b"<html>Back soon</html>", "application/json"),
    "a page after a byte order mark": (b"\xef\xbb\xbf<html>Back soon</html>", "text/html"),
    "plain words": (b"Back soon", "text/plain"),
    "plain words after a byte order mark": (b"\xef\xbb\xbfBack soon", "text/plain; charset=utf-8"),
    "plain words called JSON": (b"\xef\xbb\xbfBack soon", "application/json"),
    "bytes": (b"\xff\xfe\x00", "application/json"),
    "bytes called words": (b"\xff\xfe\x00", "text/plain; charset=utf-8"),
    "an alphabet that there is not": (b"{}", "application/json; charset=klingon"),
    "a packed file": (b"\x1f\x8b", "application/gzip"),
    "nothing": (b"", "application/json"),
    "nothing at all": (b"", "text/plain"),
    "an empty object": (b"{}", "application/json"),
    "a list": (b"[1]", "application/json"),
    "an empty list": (b"[]", "application/json"),
    "null": (b"null", "application/json"),
    "a number": (b"7", "application/json"),
    "a string": (b'"ok"', "application/json"),
    "somebody else's object": (b'{"status": "maintenance"}', "application/json"),
}
CASES = [pytest.param(*odd, id=name) for name, odd in ODD.items()]


class Desk:
    """A platform's server that gives an odd answer first, and then its own."""

    def __init__(self, body: bytes, kind: str, good: object) -> None:
        self._odd, self._good, self.asked = (body, kind), good, 0
        self.retries: list[tuple[str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        """One request's."""
        self.asked += 1
        if self.asked == 1:
            return web.Response(body=self._odd[0], headers={"Content-Type": self._odd[1]})
        return web.Response(text=self._good) if isinstance(self._good, str) else web.json_response(self._good)

    def noted(self, platform: str, reason: str) -> None:
        """A call is repeated."""
        self.retries.append((platform, reason))


async def no_wait(seconds: float) -> None:
    """The sender's pauses, left out."""


def message(platform: str, to: dict[str, str], **more: str) -> OutboxMessage:
    return OutboxMessage("turn:0", platform, to, Reply((Text("Hello."),)), **more)


@pytest.mark.parametrize(("body", "kind"), CASES)
@pytest.mark.parametrize("instead", ["", "C1:9.1"], ids=["posted", "replaced"])
async def test_slack_s_api_gives_an_odd_answer(body: bytes, kind: str, instead: str) -> None:
    desk = Desk(body, kind, {"ok": True, "channel": "C1", "ts": "9.1"})
    async with served([web.post("/{method:.*}", desk.answer)]) as url, ClientSession() as session:
        client = AsyncWebClient(token="x", base_url=f"{url}/api/", session=session, retry_handlers=[])
        sender = SlackSender(Calls(client, session, desk.noted))
        sent = await sender.send(message("slack", {"channel": "C1"}, instead=instead), no_wait)
    assert (sent, desk.asked, desk.retries) == ("C1:9.1", 2, [("slack", "unreadable")])


@pytest.mark.parametrize(("body", "kind"), CASES)
@pytest.mark.parametrize("good", ["ok", {"ok": True}], ids=["as words", "as JSON"])
async def test_slack_s_own_address_for_an_answer_gives_an_odd_one(
    body: bytes, kind: str, good: object
) -> None:
    desk = Desk(body, kind, good)
    async with served([web.post("/{method:.*}", desk.answer)]) as url, ClientSession() as session:
        client = AsyncWebClient(token="x", base_url=f"{url}/api/", session=session, retry_handlers=[])
        sender = SlackSender(Calls(client, session, desk.noted))
        to = {"response_url": f"{url}/response/1", "channel": "C1", "user": "U1"}
        await sender.send(message("slack", to), no_wait)
    assert (desk.asked, desk.retries) == (2, [("slack", "unreadable")])


@pytest.mark.parametrize(("body", "kind"), CASES)
@pytest.mark.parametrize("instead", ["", "a:chat:7"], ids=["posted", "replaced"])
async def test_the_bot_connector_gives_an_odd_answer(body: bytes, kind: str, instead: str) -> None:
    desk = Desk(body, kind, {"id": "7"})
    async with served([web.route("*", "/{path:.*}", desk.answer)]) as url, ClientSession() as session:
        sender = TeamsSender(BotConnector(session, None, desk.noted))
        to = {"service_url": url, "conversation": "a:chat", "bot": "28:bot"}
        sent = await sender.send(message("teams", to, instead=instead), no_wait)
    assert (sent, desk.asked, desk.retries) == ("a:chat:7", 2, [("teams", "unreadable")])


@pytest.mark.parametrize("odd", ["nan", "inf", "-3", "soon", "Fri, 99 Nov 2026", "1e400", "٣", "", None])
def test_a_wait_that_nobody_can_wait_is_none(odd: str | None) -> None:
    assert seconds(odd) in (0.0, 3.0)


def test_a_wait_is_told_in_seconds_or_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < seconds(soon) <= 90
    assert seconds("7.5") == 7.5
    assert seconds(format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)) == 0.0


@pytest.mark.parametrize("after", ["inf", "nan", "soon"])
async def test_slack_asks_too_often_for_no_time_that_there_is(after: str) -> None:
    async def refuse(request: web.Request) -> web.Response:
        refused = {"ok": False, "error": "ratelimited"}
        return web.json_response(refused, status=429, headers={"Retry-After": after})

    async with served([web.post("/{method:.*}", refuse)]) as url, ClientSession() as session:
        client = AsyncWebClient(token="x", base_url=f"{url}/api/", session=session, retry_handlers=[])
        with pytest.raises(Unavailable) as raised:
            await SlackSender(Calls(client, session)).send(message("slack", {"channel": "C1"}), no_wait)
    assert (raised.value.reason, raised.value.after) == ("ratelimited", 1.0)
