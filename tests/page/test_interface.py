"""The JSON interface behind the page: what it takes, what it gives, and how it says no."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from playground.app import SHOWN
from tests.page.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def web(stage: Stage) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(stage.url) as session:
        yield session


async def test_the_page_allows_nothing_from_elsewhere(web: aiohttp.ClientSession) -> None:
    async with web.get("/") as answer:
        page = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize(
    "path", ["/playground/static/app.py", "/playground/static/..%2fapp.py", "/playground/static/none.js"]
)
async def test_only_the_pages_own_files_are_served(web: aiohttp.ClientSession, path: str) -> None:
    async with web.get(path) as answer:
        assert answer.status == 404


async def test_the_stage_names_people_places_and_first_questions(web: aiohttp.ClientSession) -> None:
    async with web.get("/playground/stage") as answer:
        stage = await answer.json()
    assert [person["key"] for person in stage["people"]] == ["asha", "bryn", "cleo"]
    assert len(stage["colleagues"]) == 20
    assert [place["platform"] for place in stage["places"]] == [*("slack",) * 3, *("teams",) * 3]
    assert {"id": "C0BOARD", "kind": "channel", "name": "#joint-board"} in stage["conversations"]
    assert stage["starters"]


async def test_messages_are_what_the_person_sees(stage: Stage, web: aiohttp.ClientSession) -> None:
    stage.slack.put("slack-channel", {"text": "for all"})
    stage.slack.put("slack-channel", {"text": "for Bryn"}, only_for="bryn")

    async def seen(person: str) -> list[str]:
        async with web.get(
            "/playground/messages", params={"person": person, "place": "slack-channel"}
        ) as answer:
            return [message["payload"]["text"] for message in (await answer.json())["messages"]]

    assert await seen("bryn") == ["for all", "for Bryn"]
    assert await seen("asha") == ["for all"]


async def test_only_the_newest_messages_are_given(stage: Stage, web: aiohttp.ClientSession) -> None:
    for number in range(SHOWN + 3):
        stage.teams.put("teams-personal", {"text": str(number)})
    async with web.get(
        "/playground/messages", params={"person": "asha", "place": "teams-personal"}
    ) as answer:
        given = await answer.json()
    assert given["earlier"] == 3
    assert given["messages"][0]["text"] == "3"


SAY = {"person": "asha", "place": "slack-direct", "text": "hello"}
PRESS = {"person": "asha", "place": "slack-direct", "message": "m1", "element": {"type": "button"}}
HERE = {"person": "asha", "place": "slack-channel"}
BAD = [
    ("say", SAY | {"person": "zoe"}, 404, "asha, bryn or cleo"),
    ("say", SAY | {"place": "attic"}, 404, "slack-direct"),
    ("say", SAY | {"text": " \n "}, 400, "type something"),
    ("say", SAY | {"text": 5}, 400, "person, place, text and thread"),
    ("say", SAY | {"thread": "gone"}, 404, "no longer there"),
    ("say", ["hello"], 400, "JSON object"),
    ("press", PRESS | {"element": "button"}, 400, "person, place, message and element"),
    ("press", PRESS | {"extra": 1}, 400, "person, place, message and element"),
    ("home", {"person": "asha"}, 400, "person and place"),
    ("shortcut", HERE, 400, "person, place, callback and message"),
    ("submit", HERE | {"values": [1]}, 400, "person, place and values"),
    ("submit", HERE | {"values": {}, "person": "uma"}, 404, "asha, bryn or cleo"),
    ("modal-press", HERE | {"element": "Back"}, 400, "person, place and element"),
    ("modal-close", HERE | {"extra": 1}, 400, "person and place"),
    ("crowd", HERE, 409, "Nothing here waits for answers"),
    ("crowd", HERE | {"count": 21}, 400, "person, place and count"),
    ("crowd", HERE | {"count": 0}, 400, "person, place and count"),
    ("crowd", HERE | {"place": "attic"}, 404, "slack-direct"),
]


@pytest.mark.parametrize(("path", "body", "status", "words"), BAD)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    web: aiohttp.ClientSession, stage: Stage, path: str, body: Any, status: int, words: str
) -> None:
    async with web.post(f"/playground/{path}", json=body) as answer:
        assert answer.status == status
        assert words in (await answer.json())["error"]
    assert stage.slack.said == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"null"])
async def test_malformed_json_is_refused(web: aiohttp.ClientSession, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with web.post("/playground/say", data=body, headers=headers) as answer:
        assert answer.status == 400
        assert "JSON object" in (await answer.json())["error"]


async def test_json_too_deep_to_read_is_refused(web: aiohttp.ClientSession) -> None:
    deep = b'{"person": "asha", "place": "slack-direct", "message": "m1", "element": ' + b'{"a": ' * 50_000
    headers = {"Content-Type": "application/json"}
    async with web.post("/playground/press", data=deep, headers=headers) as answer:
        assert answer.status == 400
        assert "JSON object" in (await answer.json())["error"]


async def test_too_large_a_body_is_refused(web: aiohttp.ClientSession) -> None:
    async with web.post("/playground/say", json=SAY | {"text": "x" * 2_000_000}) as answer:
        assert answer.status == 413
        assert "more than the playground can carry" in (await answer.json())["error"]


async def test_a_refusal_of_the_stand_in_is_passed_on(stage: Stage, web: aiohttp.ClientSession) -> None:
    stage.slack.refusal = "Slack takes 40,000 characters at most."
    async with web.post("/playground/say", json=SAY) as answer:
        assert answer.status == 409
        assert await answer.json() == {"error": "Slack takes 40,000 characters at most."}


async def test_live_events_name_each_changed_place_once(stage: Stage, web: aiohttp.ClientSession) -> None:
    async with web.get("/playground/live") as stream:
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readuntil(b"\n\n") == b"retry: 1000\n\n"
        stage.slack.put("slack-direct", {"text": "one"})
        stage.slack.put("slack-direct", {"text": "two"})
        stage.teams.put("teams-channel", {"text": "three"})
        assert await stream.content.readuntil(b"\n\n") == b"event: changed\ndata: slack-direct\n\n"
        assert await stream.content.readuntil(b"\n\n") == b"event: changed\ndata: teams-channel\n\n"


async def test_stopping_ends_open_streams(web: aiohttp.ClientSession, stage: Stage) -> None:
    async with web.get("/playground/live") as stream:
        await stream.content.readuntil(b"\n\n")
        await stage.stop()
        async with asyncio.timeout(5):
            assert await stream.content.read() == b""
