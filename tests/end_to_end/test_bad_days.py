"""Bad days of the platforms and of Redis, through everything: what people get to see of them.

Each of a platform's error words is tested in ``tests/slack`` and ``tests/teams``.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.platforms.ports import OutboxMessage
from bot.storage.embedded import Embedded
from tests.end_to_end.outside import undelivered
from tests.end_to_end.reading import lesson, words
from tests.end_to_end.whole import DIRECT, LESSON, QUESTION, Whole, running

Json = dict[str, Any]


def fail(whole: Whole, place: str, **trouble: Any) -> None:
    """Let the platform refuse the next message, or as many as ``times`` says."""
    if place == "slack-direct":
        whole.slack.fail("chat.postMessage", **trouble)
    else:
        whole.teams.fail("send", **trouble)


async def waiting(whole: Whole) -> list[OutboxMessage]:
    """What stands in the outbox."""
    return await undelivered(whole.redis_url)


@pytest.mark.parametrize(
    ("place", "trouble"),
    [
        pytest.param("slack-direct", {"retry_after": 1}, id="slack is asked too often"),
        pytest.param("slack-direct", {"status": 500}, id="slack breaks down"),
        pytest.param("teams-personal", {"status": 429, "retry_after": 1}, id="teams is asked too often"),
        pytest.param("teams-personal", {"status": 502}, id="teams breaks down"),
    ],
)
async def test_a_platform_in_passing_trouble_gets_every_answer_in_order(
    whole: Whole, place: str, trouble: Json
) -> None:
    fail(whole, place, **trouble)
    platform = whole.platform(place)
    await platform.say("asha", place, QUESTION)
    await platform.say("asha", place, "does outsourcing work")
    await whole.settled()
    given = [lesson(one) for one in whole.replies(place, "asha")]
    assert given == [LESSON, "model-outsourcing"]
    assert await waiting(whole) == []


@pytest.mark.parametrize("place", DIRECT)
async def test_a_platform_that_never_says_yes_may_show_an_answer_twice(whole: Whole, place: str) -> None:
    fail(whole, place, silent=True)
    given = [lesson(one) for one in await whole.say("asha", place, QUESTION)]
    assert given == [LESSON, LESSON]
    assert await waiting(whole) == []
    await whole.still_answers(place)


@pytest.mark.parametrize(
    ("place", "trouble", "reason"),
    [
        ("slack-direct", {"error": "channel_not_found"}, "channel_not_found"),
        ("slack-direct", {"error": "token_revoked"}, "token_revoked"),
        ("teams-personal", {"status": 403}, "ServiceError"),
        ("teams-personal", {"status": 404}, "ServiceError"),
    ],
)
async def test_a_refusal_for_good_is_logged_and_holds_nothing_up(
    whole: Whole, place: str, trouble: Json, reason: str
) -> None:
    fail(whole, place, **trouble)
    with capture_logs() as logs:
        assert await whole.say("asha", place, QUESTION) == []
    (refused,) = [one for one in logs if one["event"] == "reply refused"]
    assert refused["reason"] == reason
    assert await waiting(whole) == []
    await whole.still_answers(place)


@pytest.mark.parametrize("place", DIRECT)
async def test_without_redis_people_are_answered_and_told_and_all_comes_back(
    tmp_path: Path, place: str
) -> None:
    redis = Embedded(tmp_path)
    async with running(await redis.start()) as whole, AsyncExitStack() as ending:
        ending.push_async_callback(redis.stop)
        await whole.still_answers(place)
        await redis.stop()
        (answer,) = await whole.say("asha", place, "does outsourcing work")
        assert lesson(answer) == "model-outsourcing"
        assert "can't remember our conversation just now" in words([answer])
        await redis.start()
        follow_up = await whole.say("asha", place, "why?")
        assert "About How many partners" in words(follow_up), "what was remembered before is still there"


async def test_without_redis_a_mention_is_answered_once_though_slack_tells_of_it_twice(
    tmp_path: Path,
) -> None:
    redis = Embedded(tmp_path)
    async with running(await redis.start()) as whole, AsyncExitStack() as ending:
        ending.push_async_callback(redis.stop)
        await whole.say("asha", "slack-channel", "@Sharewise help")
        await redis.stop()
        (answer,) = await whole.say("asha", "slack-channel", f"@Sharewise {QUESTION}")
        for thread in (None, answer.thread, answer.thread):
            assert len(await whole.say("asha", "slack-channel", f"@Sharewise {QUESTION}", thread)) == 1
