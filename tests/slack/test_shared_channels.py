"""A channel of Slack Connect that two workspaces share, each with an installation of its own and a bot there.

Slack tells of a message through one of them, the one that joined last, whoever is mentioned; here it is also
told through both. Whoever is meant answers, once.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.harness.waiting import until
from tests.slack.installed import Installed, SeveralSlacks

CHANNEL = "CSHARED"
ASHA, BRYN = ("UASHA", "T2"), ("UBRYN", "T3")
"""A person of each workspace."""
TOLD = [("T2",), ("T3",), ("T2", "T3"), ("T3", "T2")]
"""Through which installations an event may be told, and in what order."""
_stamps = itertools.count(100)


@pytest.fixture
async def bot(slack: SeveralSlacks, redis_url: str) -> AsyncIterator[Installed]:
    async with Installed(slack, redis_url) as bot:
        for account in ("T2", "T3"):
            await bot.install(account)
        yield bot


@pytest.fixture
def slack() -> SeveralSlacks:
    return SeveralSlacks()


async def said(
    bot: Installed, who: tuple[str, str], words: str, told: tuple[str, ...], thread: str = ""
) -> str:
    """Somebody writes in the channel, of which Slack tells as a mention too; the message's time stamp."""
    (user, team), ts = who, f"{next(_stamps)}.000100"
    event = {
        "type": "message", "channel_type": "channel", "channel": CHANNEL, "user": user, "text": words,
        "ts": ts, "team": team, "user_team": team, "source_team": team,
        **({"thread_ts": thread} if thread else {}),
    }  # fmt: skip
    kinds = ("message", "app_mention") if "<@UBOT" in words else ("message",)
    for kind, account in itertools.product(kinds, told):
        await bot.event("T2", {**event, "type": kind}, through=account)
    return ts


def in_channel(slack: SeveralSlacks, account: str) -> list[dict[str, Any]]:
    return [given for given in slack.said(account) if given["channel"] == CHANNEL]


@pytest.mark.parametrize("told", TOLD, ids=" and ".join)
async def test_whoever_is_mentioned_answers_once_and_goes_on_in_the_thread(
    bot: Installed, slack: SeveralSlacks, told: tuple[str, ...]
) -> None:
    for who, meant in ((ASHA, "T2"), (BRYN, "T3"), (ASHA, "T3"), (BRYN, "T2")):
        other = {"T2": "T3", "T3": "T2"}[meant]
        before = len(in_channel(slack, meant)), len(in_channel(slack, other))
        ts = await said(bot, who, f"<@UBOT{meant}> how many partners?", told)
        (answer,) = in_channel(slack, meant)[before[0] :]
        assert answer["thread_ts"] == ts
        assert "mention" not in str(answer)
        await said(bot, who, "why?", told, thread=ts)
        _, further = in_channel(slack, meant)[before[0] :]
        assert further["thread_ts"] == ts
        assert len(in_channel(slack, other)) == before[1]
    assert not slack.said("T1")


@pytest.mark.parametrize("told", TOLD, ids=" and ".join)
async def test_a_live_quiz_is_one_card_on_which_both_sides_answer(
    bot: Installed, slack: SeveralSlacks, told: tuple[str, ...]
) -> None:
    await said(bot, ASHA, "<@UBOTT2> quiz here", told)
    await until(lambda: in_channel(slack, "T2"), "the card")
    (card,) = in_channel(slack, "T2")
    answers = re.findall(r'"(quiz answer [^"]+)"', json.dumps(card["blocks"]))
    for user, team in (ASHA, BRYN, ASHA, BRYN):
        await bot.press(team, user, answers[0], card, by="T2")
    await until(lambda: "2 answered" in str(slack.made("T2", "chat.update")), "each once")
    await said(bot, ASHA, "<@UBOTT2> close question", told, thread=card["ts"])
    await until(lambda: "Right:" in str(slack.made("T2", "chat.update")))
    assert len([given for given in in_channel(slack, "T2") if "quiz" in str(given["blocks"])]) == 1
    assert not in_channel(slack, "T3")
    assert not slack.made("T3", "chat.update")
    everybody = await bot.service.connection.call("KEYS", "sw:*:profile:*")
    people = {key.decode().partition(":profile:")[2] for key in everybody}
    assert people >= {"slack:T2/UASHA", "slack:T3/UBRYN"}
