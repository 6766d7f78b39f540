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
from dialogs.wording.conversation import NOT_SENT, SENT_DIRECTLY
from tests.end_to_end.outside import undelivered
from tests.end_to_end.reading import lesson, words
from tests.end_to_end.whole import DIRECT, LESSON, QUESTION, Whole, running
from tests.harness.servers import NO_PRIMARY, ordered, own_server

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
    given = [lesson(message) for message in whole.replies(place, "asha")]
    assert given == [LESSON, "model-outsourcing"]
    assert await waiting(whole) == []


@pytest.mark.parametrize("place", DIRECT)
async def test_a_platform_that_never_says_yes_may_show_an_answer_twice(whole: Whole, place: str) -> None:
    fail(whole, place, silent=True)
    given = [lesson(message) for message in await whole.say("asha", place, QUESTION)]
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
    (refused,) = [entry for entry in logs if entry["event"] == "reply refused"]
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


@pytest.mark.parametrize("place", DIRECT)
async def test_a_primary_that_is_made_a_replica_in_mid_run_counts_as_away_until_it_is_one_again(
    tmp_path: Path, place: str
) -> None:
    async with own_server(tmp_path) as url, running(url) as whole:
        await whole.still_answers(place)
        await ordered(url, *NO_PRIMARY)
        (answer,) = await whole.say("asha", place, "does outsourcing work")
        assert lesson(answer) == "model-outsourcing"
        assert "can't remember our conversation just now" in words([answer])
        await ordered(url, "REPLICAOF", "NO", "ONE")
        follow_up = await whole.say("asha", place, "why?")
        assert "About How many partners" in words(follow_up), "what was remembered before is still there"


@pytest.mark.parametrize("asked", ["my data", "forget me", "quiz", "readiness", "reminders"])
@pytest.mark.parametrize("place", ["slack-channel", "teams-channel"])
async def test_somebody_who_cant_be_written_to_alone_is_told_so_where_they_asked(
    whole: Whole, place: str, asked: str
) -> None:
    if place == "slack-channel":
        whole.slack.fail("chat.postMessage", error="messages_tab_disabled")
    else:
        whole.teams.gone("asha", "ForbiddenOperationException")
    told = await whole.say("asha", place, f"@Sharewise {asked}")
    assert [words([one]) for one in told] == [NOT_SENT]


@pytest.mark.parametrize("place", ["slack-channel", "teams-channel"])
async def test_somebody_who_is_written_to_alone_is_told_so_afterwards(whole: Whole, place: str) -> None:
    *data, told = await whole.say("asha", place, "@Sharewise my data")
    assert len(data) == 1
    assert words([told]) == SENT_DIRECTLY
