"""Bad days of the platforms and of Redis, through everything: what people get to see of them.

Each of a platform's error words is tested in ``tests/slack`` and ``tests/teams``.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.platforms import ports
from bot.platforms.ports import OutboxMessage
from bot.storage.embedded import Embedded
from dialogs.core.model import Decision
from dialogs.wording.conversation import NOT_SENT, SENT_DIRECTLY, WENT_WRONG
from playground.stage import SLACK_TEAM
from playground.wiring import AWAY
from tests.harness.outside import undelivered
from tests.harness.reading import buttons, lesson, words
from tests.harness.servers import NO_PRIMARY, ordered, own_server
from tests.harness.waiting import until
from tests.harness.whole import CHANNELS, DIRECT, LESSON, QUESTION, Whole, running

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


def break_down(*_: object) -> None:
    """What a fault of ours does, with what it may quote."""
    raise RuntimeError("zebra crossing")


@pytest.mark.parametrize("place", [*DIRECT, *CHANNELS.values()])
async def test_a_fault_of_ours_is_told_and_the_next_words_are_answered(
    whole: Whole, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = "" if place in DIRECT else "@Sharewise "
    asked = await whole.say("cleo", place, f"{called}remind @asha")
    labels = {label: (message, element) for label, message, element in buttons(asked)}
    with monkeypatch.context() as broken, capture_logs() as logs:
        broken.setattr("bot.app.handlers.conversations.decide", break_down)
        told = await whole.say("asha", place, f"{called}is zebra 7 allowed?")
        sorry = WENT_WRONG.replace("*", "")
        said = [words([message]).replace("*", "").replace("_", "") for message in told]
        assert [each for each in said if sorry not in each] == ([] if place in DIRECT else [SENT_DIRECTLY])
        assert len([each for each in said if sorry in each]) == 1
        shown, _ = await whole.press("cleo", place, *labels["Fill in a form"])
        assert "Something went wrong at my end" in words(shown)
    assert [entry for entry in logs if entry["event"] == "turn failed"]
    assert "zebra" not in str(logs)
    assert lesson((await whole.say("asha", place, f"{called}{QUESTION}"))[0]) == LESSON


@pytest.mark.parametrize("place", DIRECT)
async def test_a_dialog_that_never_has_what_it_needs_is_such_a_fault(
    whole: Whole, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.app.handlers.conversations.decide", lambda state, *_: Decision(state, needs="records")
    )
    (told,) = await whole.say("asha", place, QUESTION)
    assert "Something went wrong at my end" in words([told])


@pytest.mark.parametrize("place", DIRECT)
async def test_a_fault_of_ours_keeps_a_slack_form_open_and_is_told_in_teams(
    whole: Whole, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await whole.say("cleo", place, "remind @asha")
    labels = {label: (message, element) for label, message, element in buttons(asked)}
    await whole.press("cleo", place, *labels["Fill in a form"])
    filled = {"what": "Brief members", "when": "every Monday at 9:30"}
    filled |= {"off_days": "skip", "nation": "wales", "catch_up": "24"}
    if place.startswith("slack"):
        filled |= {"people": ["U0ASHA"]}
    with monkeypatch.context() as broken:
        broken.setattr("bot.app.handlers.conversations.decide", break_down)
        await whole.platform(place).submit("cleo", filled)
    assert "Something went wrong at my end" in str(whole.platform(place).modal("cleo"))


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


@pytest.mark.parametrize(
    ("place", "trouble", "todo", "tenant"),
    [
        ("slack-direct", {"error": "token_revoked"}, "SLACK_BOT_TOKEN", f"slack:{SLACK_TEAM}"),
        ("teams-personal", {"status": 401}, "MICROSOFT_APP_PASSWORD", "teams"),
    ],
)
async def test_a_refused_token_holds_what_is_to_be_said_until_it_works(
    whole: Whole, place: str, trouble: Json, todo: str, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = place.partition("-")[0]
    other = next(direct for direct in DIRECT if direct != place)
    await whole.say("cleo", other, "digest on")  # an advisor, whom the other platform reaches
    settings = whole.server.service.reminders.advisor_settings_handler
    async with asyncio.timeout(20):
        while not any(known.startswith(other.partition("-")[0]) for known in (await settings.read()).reach):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    monkeypatch.setattr(ports, "REVOKED_SECONDS", 0.2)
    fail(whole, place, times=1000, **trouble)
    with capture_logs() as logs:
        for question in (QUESTION, "does outsourcing work"):
            await whole.platform(place).say("asha", place, question)
        await until(lambda: whole.server.service.credentials.refused, "it is refused")
        await until(
            lambda: any("credentials" in message.text for message in whole.replies(other, "cleo")),
            "she is told",
        )
        async with aiohttp.ClientSession() as session, session.get(f"{whole.server.url}/readyz") as ready:
            assert ready.status == 200
            assert todo in (said := await ready.text())
            assert f"{tenant} refuses our credentials" in said
        refused = whole.server.service.metrics.registry.get_sample_value
        assert refused("sharewise_credentials_refused", {"platform": platform}) == 1
        whole.platform(place).book.faults.clear()
        await until(lambda: len(whole.replies(place, "asha")) == 2, "all is said by itself")
    given = [lesson(message) for message in whole.replies(place, "asha")]
    assert given == [LESSON, "model-outsourcing"]
    assert [line["todo"] for line in logs if line["event"] == "credentials refused"]
    assert len([line for line in logs if line["event"] == "credentials refused"]) == 1
    assert len([message for message in whole.replies(other, "cleo") if "credentials" in message.text]) == 1
    assert refused("sharewise_credentials_refused", {"platform": platform}) == 0
    assert not whole.server.service.credentials.refused
    assert not [line for line in logs if line["event"] == "reply refused"]


async def test_where_we_were_uninstalled_nothing_waits(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "REVOKED_SECONDS", 0.2)
    whole.slack.fail("chat.postMessage", times=1000, error="token_revoked")
    await whole.slack.say("asha", "slack-direct", QUESTION)
    await until(lambda: whole.server.service.credentials.refused, "it is refused")
    await whole.slack.event({"type": "app_uninstalled"})
    async with asyncio.timeout(20):
        while await waiting(whole):  # noqa: ASYNC110 (in Redis)
            await asyncio.sleep(0.05)
    assert not whole.server.service.credentials.refused
    await whole.still_answers("teams-personal")


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


async def test_while_redis_is_away_the_playgrounds_time_stands_still_and_says_why(tmp_path: Path) -> None:
    redis = Embedded(tmp_path)
    async with running(await redis.start()) as whole, AsyncExitStack() as ending:
        ending.push_async_callback(redis.stop)
        web = await ending.enter_async_context(aiohttp.ClientSession(whole.server.url))
        await redis.stop()
        async with web.post("/playground/clock", json={"days": 1}) as answer:
            said = await answer.json()
        assert (answer.status, said) == (409, {"error": AWAY})


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
    assert [words([message]) for message in told] == [NOT_SENT]


@pytest.mark.parametrize("place", ["slack-channel", "teams-channel"])
async def test_somebody_who_is_written_to_alone_is_told_so_afterwards(whole: Whole, place: str) -> None:
    *data, told = await whole.say("asha", place, "@Sharewise my data")
    assert len(data) == 1
    assert words([told]) == SENT_DIRECTLY


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
