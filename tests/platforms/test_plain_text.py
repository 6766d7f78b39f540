"""The transcripts on a third platform, over HTTP, with nothing of Slack or Teams in the process."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import aiohttp
import msgspec
import pytest
import pytest_asyncio
from aiohttp import web

from bot.app.wiring import Application
from bot.platforms.registry import Platforms
from bot.settings import Settings
from bot.storage.keys import Keys
from bot.storage.records import Receipt
from dialogs.core.replies import Asked
from tests import transcript
from tests.harness.http import routes_of, served
from tests.harness.knowledge import own_knowledge
from tests.harness.waiting import until
from tests.platforms.plain_text import TENANT, plain_text
from tests.transcript import Dialogue, Exchange

pytestmark = pytest.mark.asyncio(loop_scope="module")

ADVISORS = ("town/advisor",)
ROOM = "board room"


class Town:
    """The other side of both webhooks, and the bot between them."""

    def __init__(self, application: Application, bot: str, session: aiohttp.ClientSession) -> None:
        self.application, self._bot, self._session = application, bot, session
        self.sent: list[dict[str, Any]] = []
        self._numbers = itertools.count(1)

    async def take(self, request: web.Request) -> web.Response:
        """The webhook out: a message has come."""
        message = {"id": f"m{next(self._numbers)}", **await request.json()}
        self.sent.append(message)
        return web.json_response({"id": message["id"]})

    async def say(self, **said: Any) -> tuple[list[dict[str, Any]], str]:
        """The webhook in; what came of it, and what was told in the acknowledgement."""
        before = len(self.sent)
        body = {"id": f"e{next(self._numbers)}", "pressed": False, "addressed": False, "about": "", **said}
        async with self._session.post(f"{self._bot}/plain", json=body) as answer:
            assert answer.status == 200
            told = await answer.json()
        await self.application.delivery.settled()
        return self.sent[before:], told["note"]

    async def reaches(self, people: Sequence[str], text: str) -> dict[str, dict[str, Any]]:
        """The messages that say ``text``, by whom of ``people`` they went to, once they have come."""
        came: dict[str, dict[str, Any]] = {}

        def all_there() -> bool:
            came.update({each["to"]: each for each in self.sent if text in each["text"]})
            return came.keys() >= set(people)

        await until(all_there, f"“{text}” reaches {people}")
        return came

    async def asked(self, messages: list[dict[str, Any]]) -> Asked | None:
        """What the first of ``messages`` that answers a question answers."""
        for message in messages:
            kept = await self.application.connection.call("GET", Keys(TENANT).key("receipt", message["id"]))
            if kept:
                return msgspec.msgpack.decode(kept, type=Receipt).asked
        return None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(valkey: str) -> AsyncIterator[Town]:
    """A bot whose only platform is the plain-text one."""
    towns: list[Town] = []

    async def out(request: web.Request) -> web.Response:
        return await towns[0].take(request)

    settings = Settings(advisors=ADVISORS, questions_per_minute=100_000)
    async with served([web.post("/out", out)]) as url, aiohttp.ClientSession() as session:
        platforms = Platforms((plain_text(f"{url}/out"),))
        application = Application(settings, own_knowledge(), valkey, platforms=platforms)
        await application.start(sweep=True)
        async with served(routes_of(application)) as bot:
            towns.append(Town(application, bot, session))
            yield towns[0]
        await application.stop()


DIALOGUES = transcript.read()


def room_of(dialogue: Dialogue) -> str:
    """A room of several people where the dialogue needs others, else a direct chat."""
    said = [exchange.said for exchange in dialogue.exchanges]
    return ROOM if any(each.aside for each in said) or len({each.who for each in said}) > 1 else ""


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue.name for dialogue in DIALOGUES])
async def test_the_bot_replies_as_written(town: Town, redis_url: str, dialogue: Dialogue) -> None:
    room, offered = room_of(dialogue), list[dict[str, Any]]()
    for exchange in dialogue.exchanges:
        where = f"{dialogue.name}, line {exchange.line}"
        replies, note = await _do(town, exchange, room, offered)
        offered = replies or offered
        expected = exchange.expected
        if expected.silent:
            assert not replies, where
            continue
        assert replies, f"{where}: no reply"
        asked = await town.asked(replies)
        lessons = (asked.lesson, *asked.also) if asked and asked.lesson else ()
        text = "\n".join([*(message["text"] for message in replies), note])
        assert (asked and asked.band, lessons) == (expected.band, expected.lessons), f"{where}\n{text}"
        labels = [label for message in replies for label, _ in message["buttons"]]
        assert not transcript.missing(expected, text, labels), f"{where}\n{text}\n{labels}"


@pytest.mark.parametrize(
    ("sets_up", "names", "replies", "thanked", "reports"),
    [
        (
            "remind @asha and @bryn every Monday at 9 to brief members",
            "Brief members",
            "Done",
            "Done. Thank you.",
            "silent: 1\ndone: 1",
        ),
        (
            "pulse @asha and @bryn every Monday at 9 asking are you sure? with names",
            "Are you sure?",
            "4",
            "4 it is",
            "silent: 1\nanswered: 1",
        ),
    ],
)
async def test_what_is_shared_is_started_sent_replied_to_and_reported(
    town: Town, redis_url: str, sets_up: str, names: str, replies: str, thanked: str, reports: str
) -> None:
    drafted, _ = await town.say(person="advisor", room="", words=sets_up)
    started, _ = await town.say(person="advisor", room="", words="start")
    text = "\n".join(message["text"] for message in started)
    assert "2 people in Plain text" in text, (drafted, text)
    await town.application.schedule.forward(timedelta(days=7, hours=12), town.application.delivery.settled)
    came = await town.reaches(("asha", "bryn"), names)
    labels = dict(came["asha"]["buttons"])
    _, note = await town.say(
        person="asha", room="", words=labels[replies], pressed=True, about=came["asha"]["id"]
    )
    assert thanked in note
    listed, _ = await town.say(person="advisor", room="", words="reminders")
    (report,) = (says for message in listed for label, says in message["buttons"] if label == "Report")
    reported, _ = await town.say(
        person="advisor", room="", words=report, pressed=True, about=listed[-1]["id"]
    )
    assert reports in reported[0]["text"]


async def test_my_data_calls_the_platform_by_its_own_name(town: Town, redis_url: str) -> None:
    await town.say(person="asha", room="", words="hello")
    profile = f"{TENANT}/asha"
    await town.application.connection.call("HSET", Keys(TENANT).key("profile", profile), "to", "{}")
    told, _ = await town.say(person="asha", room="", words="my data profile")
    assert "your direct chat in Plain text" in "\n".join(message["text"] for message in told)


async def _do(
    town: Town, exchange: Exchange, room: str, offered: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], str]:
    said = exchange.said
    if not said.presses:
        return await town.say(person=said.who, room=room, words=said.words, addressed=not said.aside)
    buttons = {label: (message["id"], says) for message in offered for label, says in message["buttons"]}
    assert said.words in buttons, f"no such button among {list(buttons)}"
    about, words = buttons[said.words]
    return await town.say(person=said.who, room=room, words=words, pressed=True, about=about)
