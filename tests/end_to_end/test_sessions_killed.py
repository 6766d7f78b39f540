"""kill -9 in the middle of a quiz: what was acknowledged counts, once, and the card catches up."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot.storage.connection import Connection
from bot.storage.embedded import Embedded
from playground.connector import TeamsStandIn
from playground.slack_api import SlackStandIn
from playground.stage import Message
from tests.end_to_end.test_killed import Moment, data_dir
from tests.end_to_end.test_sessions import SLACK
from tests.end_to_end.voters import press_in_slack
from tests.harness.http import free_port
from tests.harness.outside import slack_beside
from tests.harness.process import Process
from tests.harness.reading import words
from tests.harness.team import Team

pytestmark = pytest.mark.servers

__all__ = ["data_dir"]

AT_ONCE = 8


class Voters:
    """So many people, a few at a time, who press while the bot is up; each presses once."""

    def __init__(self, slack: SlackStandIn, card: Message, chance: random.Random, count: int) -> None:
        self.chosen = {number: chance.randrange(2) for number in range(count)}
        self.acknowledged: set[int] = set()
        self.up, self.moment = asyncio.Event(), Moment()
        self._slack, self._card, self._left = slack, card, iter(self.chosen)

    async def run(self) -> None:
        """Let everybody press."""
        await asyncio.gather(*(self._some() for _ in range(AT_ONCE)))

    async def _some(self) -> None:
        for number in self._left:
            await self.up.wait()
            if await press_in_slack(self._slack, number, self._card, self.chosen[number]):
                self.acknowledged.add(number)
                self.moment.happened()


async def counted(url: str) -> dict[int, str]:
    """Who has chosen which letter, as it is kept."""
    connection = Connection(url)
    (key,) = await connection.call("KEYS", "*:votes:1")
    kept = await connection.call("HGETALL", key)
    await connection.close()
    pairs = kept.items() if isinstance(kept, dict) else zip(kept[::2], kept[1::2], strict=True)
    return {int(who.decode().rpartition("/U")[2]): letter.decode() for who, letter in pairs}


async def test_a_quiz_survives_two_kills(data_dir: Path) -> None:
    chance = random.Random(7)
    async with slack_beside(free_port()) as (slack, settings):
        team = Team(slack, TeamsStandIn(""))
        async with Process("run", DATA_DIR=str(data_dir), **settings) as bot:
            await bot.ready()
            await team.say("asha", SLACK, "quiz here 1 on models")
            card = await team.shows(SLACK, "Question 1 of 1")
            voters = Voters(slack, card, chance, 150)
            voting = asyncio.create_task(voters.run())
            voters.up.set()
            await voters.moment.after(chance.randrange(20, 40))
            voters.up.clear()
            await bot.kill()
        async with Process("run", DATA_DIR=str(data_dir), **settings) as bot:
            await bot.ready()
            voters.up.set()
            await voters.moment.after(chance.randrange(20, 40))
            voters.up.clear()
            await bot.kill()
        assert not voting.done(), "the last kill came after the answers"
        async with Process("run", DATA_DIR=str(data_dir), **settings) as bot:
            await bot.ready()
            voters.up.set()
            await voting
            kept = await counted(Embedded(data_dir).url)
            await team.shows(SLACK, f"{len(kept)} answered")
            assert voters.acknowledged <= kept.keys(), "none is lost that was acknowledged"
            assert all(kept[count] == "ab"[voters.chosen[count]] for count in kept), "each as they pressed"
            assert len(voters.acknowledged) >= 150 - 2 * AT_ONCE
            assert await press_in_slack(slack, min(kept), card, 1)
            assert await counted(Embedded(data_dir).url) == kept, "pressed again it changes nothing"
            await team.press("asha", await team.shows(SLACK, "answered"), "Close question")
            await team.shows(SLACK, "Right:")
            await team.press("asha", await team.shows(SLACK, "Right:"), "Show the scores")
            over = await team.shows(SLACK, f"{len(kept)} people took part")
            assert len([message for message in team.said(SLACK) if "Quiz: models" in words([message])]) == 1
            assert over.id == card.id, "it is the same card from beginning to end"


async def test_a_worker_takes_over_the_card_and_the_clock_of_a_killed_web_process(redis_url: str) -> None:
    async with slack_beside(free_port()) as (slack, settings):
        team = Team(slack, TeamsStandIn(""))
        async with (
            Process("worker", REDIS_URL=redis_url, **{**settings, "PORT": str(free_port())}),
            Process("web", REDIS_URL=redis_url, **settings) as web,
        ):
            await web.ready()
            await team.say("asha", SLACK, "quiz here 1 on models 8 seconds each")
            card = await team.shows(SLACK, "Question 1 of 1")
            assert all(
                await asyncio.gather(*(press_in_slack(slack, number, card, 0) for number in range(12)))
            )
            await web.kill()
            await team.shows(SLACK, "12 answered")
            await team.shows(SLACK, "Right:")
            assert len(await counted(redis_url)) == 12
