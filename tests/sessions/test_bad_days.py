"""Live sessions while memory is away, and somebody who can't stop pressing."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.app.press_limit import PRESSES_A_MINUTE, PressLimit
from bot.platforms.ports import Result
from bot.storage.embedded import Embedded
from dialogs.core.events import Utterance
from dialogs.core.plain import choices
from dialogs.core.replies import Reply
from dialogs.wording import sessions as words
from dialogs.wording.conversation import MEMORY_AWAY
from tests.harness.platform import FakePlatform, private_to
from tests.harness.sharewise import at
from tests.sessions.live import COLLEAGUE, HOST, SLACK, Sharewise
from tests.sessions.quizzes import SOIL, right_and_wrong


async def press_in_slack(process: Sharewise, who: str, card: Reply, label: str) -> Result:
    """A press whose note is a message of its own, as in Slack."""
    (says,) = [choice.says for choice in choices(card) if choice.label == label]
    inbound = at(Utterance(says, pressed=True), who, press=True, **SLACK)
    return await process.service.turn.run(msgspec.structs.replace(inbound, note_to=private_to(who)))


def notices(platform: FakePlatform, who: str) -> list[str]:
    """What somebody was told alone."""
    return platform.texts(who.rpartition("/")[2])


async def test_a_voter_is_told_once_that_memory_is_away(tmp_path: Path, platform: FakePlatform) -> None:
    redis = Embedded(tmp_path)
    process = Sharewise(await redis.start(), platform)
    await process.start()
    card = await process.quiz(SOIL)
    right, _ = right_and_wrong(card)
    for outage in (1, 2):
        await redis.stop()
        for _ in range(5):
            await press_in_slack(process, COLLEAGUE, card, right)
            await press_in_slack(process, HOST, card, right)
        assert (await process.press(COLLEAGUE, card, right)).note == MEMORY_AWAY, "in the acknowledgement"
        await process.settled()
        for who in (COLLEAGUE, HOST):
            assert sum(MEMORY_AWAY in text for text in notices(platform, who)) == outage
        await redis.start()
        await press_in_slack(process, COLLEAGUE, card, right)
    await process.stop()
    await redis.stop()


async def test_three_hundred_presses_get_a_few_notices(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.quiz(SOIL)
    right, _ = right_and_wrong(card)
    for _ in range(300):
        await press_in_slack(sharewise, COLLEAGUE, card, right)
    await sharewise.settled()
    assert len(notices(platform, COLLEAGUE)) <= 2 * (PRESSES_A_MINUTE + 1), "the minute may turn meanwhile"
    assert any(words.PRESSED_TOO_OFTEN in text for text in notices(platform, COLLEAGUE))
    assert (await sharewise.press(HOST, card, right)).note != words.PRESSED_TOO_OFTEN


def test_a_new_minute_begins_at_nothing() -> None:
    now = 0.0
    limit = PressLimit(lambda: now)
    assert [limit.over("a") for _ in range(PRESSES_A_MINUTE + 2)][-3:] == [0, 1, 2]
    assert limit.over("b") == 0
    now = 61.0
    assert limit.over("a") == 0
