"""What a running Sharewise writes: ids enough to follow a turn, and nothing of what people said or are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import aiohttp

from playground.slack_courier import signed
from playground.stage import PEOPLE
from tests.harness.http import free_port
from tests.harness.outside import SECRET, TOKEN, slack_beside
from tests.harness.process import Process
from tests.harness.waiting import until

SAID = ("zebra", "marmalade", "quokka")
"""Words that stand in what people type below, and nowhere else."""
PRIVATE = (
    *SAID,
    *(part for person in PEOPLE for part in (person.name, person.name.split()[0], person.email)),
    TOKEN,
    SECRET,
)


def check(output: str, turns: int) -> list[dict[str, Any]]:
    """The lines logged, of which ``turns`` or more tell of turns; none of it says anything private."""
    told = [word for word in PRIVATE if word.lower() in output.lower()]
    assert told == []
    assert "Traceback" not in output
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    ids = [line["turn"] for line in lines if line["event"] == "turn"]
    assert len(ids) >= turns
    assert all(re.fullmatch("[0-9a-f]{16}", id) for id in ids)
    return lines


async def test_nothing_that_people_say_or_are_is_logged_on_either_platform(tmp_path: Path) -> None:
    places = ("slack-direct", "slack-channel", "teams-personal", "teams-channel")
    talk = (
        "@Sharewise how many partners should we have, zebra?",
        "@Sharewise how does TUPE work for marmalade",
        "@Sharewise why this answer",
        "@Sharewise my data",
    )
    async with (
        Process(DATA_DIR=str(tmp_path), LOG_LEVEL="DEBUG") as bot,
        aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session,
    ):
        await bot.ready()
        for place in places:
            for text in talk:
                said = {"person": "asha", "place": place, "text": text}
                async with session.post(f"{bot.url}/playground/say", json=said) as response:
                    assert response.status == 200
        for path in ("/slack/events", "/api/messages", "/playground/say"):
            for body in ('{"text": "quokka', '{"text": "quokka", "type": "quokka"}', '["quokka"]'):
                async with session.post(bot.url + path, data=body) as response:
                    assert 400 <= response.status < 500
        assert await bot.interrupt() == 0
    lines = check(bot.output, turns=len(places) * len(talk))
    turns = [line for line in lines if line["event"] == "turn"]
    assert {turn["platform"] for turn in turns} == {"slack", "teams"}
    assert {turn["band"] for turn in turns} >= {"answer", "none", "talk"}


async def test_neither_tokens_nor_addresses_are_logged_when_slack_makes_trouble(tmp_path: Path) -> None:
    async with slack_beside(free_port()) as (slack, settings):
        advisors = "cleo.grant@northshire.example,marmalade@northshire.example"
        slack.fail("users.lookupByEmail", status=500)
        slack.fail("chat.postMessage", status=500)
        slack.fail("chat.postMessage", error="channel_not_found")
        more = {"DATA_DIR": str(tmp_path), "LOG_LEVEL": "DEBUG", "ADVISORS": advisors}
        async with Process(**settings, **more) as bot:
            await bot.ready()
            for _ in range(3):
                await slack.say("asha", "slack-direct", "how many partners should we have, zebra?")
            await until(lambda: len(slack.messages("slack-direct", "asha")) == 5, "two answers left")
            slack.fail("chat.postMessage", error="token_revoked")
            tried = slack.calls.count("chat.postMessage")
            await slack.say("asha", "slack-direct", "how many partners should we have, zebra?")
            await until(lambda: slack.calls.count("chat.postMessage") > tried, "the token is refused")
            await until(lambda: slack.calls.count("users.lookupByEmail") == 3, "one was looked up again")
            body = b'{"text": "quokka"}'
            forged = {"Content-Type": "application/json", **signed(body, "quokka")}
            assert await slack.courier.post(body, forged) == 401
            assert await bot.interrupt() == 0
    lines = check(bot.output, turns=4)
    reasons = [line.get("reason") for line in lines]
    assert {"token_revoked", "channel_not_found", "users_not_found"} <= set(reasons)
