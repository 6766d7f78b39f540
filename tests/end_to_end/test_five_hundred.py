"""500 people answer the same question within five seconds, half of them on either platform."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from playground.slack_book import Refusal
from tests.end_to_end.test_sessions import SLACK, TEAMS, open_session
from tests.end_to_end.voters import press_in_slack, press_in_teams
from tests.harness.reading import words
from tests.harness.team import code, options
from tests.harness.waiting import until
from tests.harness.whole import SLACK_TEAM, Whole

PEOPLE, SECONDS = 500, 4.0
TWICE = 60
"""So many press a second time, another answer."""


@contextmanager
def limits(whole: Whole) -> Iterator[list[str]]:
    """Both stand-ins refuse what their platforms would; gives the refusals."""
    refused: list[str] = []
    whole.slack.book.limits = whole.teams.book.strict = True
    update, too_fast = whole.slack.book.update, whole.teams.book.too_fast

    def counted_update() -> None:
        try:
            update()
        except Refusal:
            refused.append("slack")
            raise

    def counted(conversation: str) -> float:
        wait = too_fast(conversation)
        if wait:
            refused.append("teams")
        return wait

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole.slack.book, "update", counted_update)
        patch.setattr(whole.teams.book, "too_fast", counted)
        yield refused


async def test_none_is_lost_and_none_counted_twice(whole: Whole) -> None:
    team, chance = whole.team, random.Random(500)
    await team.say("asha", SLACK, "quiz here 1 on models")
    here = await team.shows(SLACK, "Question 1 of 1")
    await team.say("bryn", TEAMS, f"join {code(here)}")
    there = await team.shows(TEAMS, "Question 1 of 1")
    session = await open_session(whole, f"slack:{SLACK_TEAM}")
    choices = len(options(here))
    chosen = [chance.randrange(choices) for _ in range(PEOPLE)]
    expected = Counter("abcde"[at] for at in chosen)

    async def press(number: int, at: int) -> bool | str:
        if number % 2:
            return await press_in_teams(whole.teams, number, there, at)
        return await press_in_slack(whole.slack, number, here, at)

    async def answer(number: int, at: int, after: float) -> bool | str:
        """What is told at the first press; whoever is told nothing in three seconds presses again."""
        await asyncio.sleep(after)
        told = await press(number, at)
        tries = 1
        while not told and tries < 5:
            told, tries = bool(await press(number, at)), tries + 1
        return told

    with limits(whole) as refused:
        # Each platform once asks for patience.
        whole.slack.fail("chat.update", times=1, retry_after=2)
        whole.teams.fail("update", times=1, status=429, retry_after=2)
        before = len(whole.slack.calls)
        times = [SECONDS * number / PEOPLE for number in range(PEOPLE)]
        told = await asyncio.gather(*(answer(n, chosen[n], times[n]) for n in range(PEOPLE)))
        again = await asyncio.gather(*(answer(n, (chosen[n] + 1) % choices, 0) for n in range(TWICE)))
        assert all(told), "each was acknowledged"
        assert all("You chose" in note for note in told if isinstance(note, str))
        assert all("the first press counts" in note for note in again if isinstance(note, str))
        for place in (SLACK, TEAMS):
            await team.shows(place, f"{PEOPLE} answered")
        assert whole.slack.calls[before:].count("chat.update") <= 10, "a drawing holds many answers"

        await team.press("asha", here, "Close question")
        for place in (SLACK, TEAMS):
            await team.shows(place, "Right:")
        assert refused == [], "no platform was asked for more than it takes"

    store = whole.server.service.sessions.store
    sheets = {sheet.id: sheet.letters for sheet in await store.answers.sheets(session, range(1, 2))}
    letters = Counter(letters[1] for letters in sheets.values())
    assert len(sheets) == PEOPLE
    assert letters == expected
    assert (await store.load(session)).tally.votes == dict(expected)

    await team.press("asha", await team.shows(SLACK, "Right:"), "Show the scores")
    for place in (SLACK, TEAMS):
        assert f"{PEOPLE} people took part" in words([await team.shows(place, "took part")])
    await until(lambda: not whole.server.service.delivery._tasks, "everybody has been told", 20)
