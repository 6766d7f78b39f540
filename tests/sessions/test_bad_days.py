"""Live sessions while memory is away, and somebody who can't stop pressing."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.app.press_limit import PRESSES_A_MINUTE, PressLimit
from bot.platforms.ports import Result
from bot.storage.embedded import Embedded
from dialogs.core.model import Utterance
from dialogs.core.plain import choices
from dialogs.core.replies import Reply
from dialogs.wording import sessions as words
from dialogs.wording.conversation import MEMORY_AWAY
from tests.dialogs.small import SMALL
from tests.sessions.quizzes import SOIL, right_and_wrong
from tests.sessions.rig import COLLEAGUE, PARTNER, Sharewise, Team, Wall, at


async def press_in_slack(team: Team, who: str, card: Reply, label: str) -> Result:
    """A press whose note is a message of its own, as in Slack."""
    (says,) = [one.says for one in choices(card) if one.label == label]
    inbound = at(Utterance(says, pressed=True), who, press=True)
    note = {"channel": f"private {who}"}
    return await team.process.dispatcher.run(msgspec.structs.replace(inbound, note_to=note))


async def test_a_voter_is_told_once_that_memory_is_away(tmp_path: Path, wall: Wall) -> None:
    redis = Embedded(tmp_path)
    process = Sharewise(await redis.start(), SMALL, wall)
    await process.start()
    team = Team(process)
    card = await team.quiz(SOIL)
    right, _ = right_and_wrong(card)
    for outage in (1, 2):
        await redis.stop()
        for _ in range(5):
            await press_in_slack(team, COLLEAGUE, card, right)
            await press_in_slack(team, PARTNER, card, right)
        assert (await team.press(COLLEAGUE, card, right)).note == MEMORY_AWAY, (
            "where it is the acknowledgement"
        )
        await process.service.delivery.settled()
        for who in (COLLEAGUE, PARTNER):
            said = wall.texts(f"private {who}")
            assert sum(MEMORY_AWAY in one for one in said) == outage
        await redis.start()
        await press_in_slack(team, COLLEAGUE, card, right)
    await process.stop()
    await redis.stop()


async def test_three_hundred_presses_get_a_few_notices(team: Team, wall: Wall) -> None:
    card = await team.quiz(SOIL)
    right, _ = right_and_wrong(card)
    for _ in range(300):
        await press_in_slack(team, COLLEAGUE, card, right)
    await team.process.service.delivery.settled()
    said = wall.texts(f"private {COLLEAGUE}")
    assert len(said) <= PRESSES_A_MINUTE + 1 + 1  # the minute may turn meanwhile
    assert any(words.PRESSED_TOO_OFTEN in one for one in said)
    assert (await team.press(COLLEAGUE, card, right)).note == words.PRESSED_TOO_OFTEN
    assert (await team.press(PARTNER, card, right)).note != words.PRESSED_TOO_OFTEN


def test_a_new_minute_begins_at_nothing() -> None:
    now = 0.0
    limit = PressLimit(lambda: now)
    assert [limit.over("a") for _ in range(PRESSES_A_MINUTE + 2)][-3:] == [0, 1, 2]
    assert limit.over("b") == 0
    now = 61.0
    assert limit.over("a") == 0
