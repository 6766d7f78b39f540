"""Bad input, through everything: a clear answer, and nothing lost by it.

What is refused on arrival and each shape of payload are tested in ``tests/slack``, ``tests/teams`` and
``tests/bot``; here it is what a person gets to see in the end.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from dialogs.wording.conversation import FILES, FILES_SAY
from playground import slack_events, teams_activities
from playground.slack_courier import signed
from playground.stage import Message, person
from tests.harness.reading import buttons, lesson, words
from tests.harness.waiting import until
from tests.harness.whole import DIRECT, LESSON, QUESTION, Whole
from tests.slack.fuzz import encoded, malformed

Json = dict[str, Any]


# --- Odd words -------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", DIRECT)
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("", "Yes? Ask me about", id="nothing"),
        pytest.param(" \n\t ", "Yes? Ask me about", id="space"),
        pytest.param("x" * 40_000, "more than I can take in at once", id="40,000 letters"),
        pytest.param("payroll? " * 4_000, "more than I can take in at once", id="4,000 questions"),
        pytest.param("\u200b\u200d\ufeff\u2060", "Yes? Ask me about", id="zero-width characters"),
        pytest.param("👩🏽‍💻🇬🇧🎉", "I can only read words", id="emoji"),
        pytest.param("כמה שותפים צריך?", "I understand English", id="right to left"),
        pytest.param("\u202ehow many partners\u202c should we have\u200b?", "2 to 3", id="turned round"),
        pytest.param("h\u200bow many part\u200bners should we have?", "2 to 3", id="with zero-width spaces"),
        pytest.param("how many partners \x00should we have\x07?", "2 to 3", id="control characters"),
    ],
)
async def test_odd_words_get_a_plain_answer(whole: Whole, place: str, text: str, answer: str) -> None:
    replies = await whole.say("asha", place, text)
    assert len(replies) == 1
    assert answer in " ".join(words(replies).split())
    await whole.still_answers(place)


HOSTILE = (
    "how many partners should we have <!channel> <@U0BRYN> @everyone @here <https://evil.example|click> "
    "[click](https://evil.example) ![x](https://evil.example/x.png) <at>everyone</at> "
    "<script>alert(1)</script> *bold* `code` {{date}} ${1+1}"
)


async def echoes(whole: Whole, place: str) -> list[Message]:
    """All that the bot says of a hostile question: the answer, why, and what it keeps."""
    return [
        reply
        for text in (HOSTILE, "why this answer", "my data")
        for reply in await whole.say("asha", place, text)
    ]


def strings(node: Any, kind: str = "") -> Iterator[str]:
    """All strings below ``node`` but what buttons say to us, and text runs of Teams, which read no markup;
    with ``kind``, only of elements of that type."""
    if isinstance(node, str):
        if not kind:
            yield node
    elif isinstance(node, list):
        for child in node:
            yield from strings(child, kind)
    elif isinstance(node, dict) and node.get("type") != "TextRun":
        for key, child in node.items():
            if key != "data":
                yield from strings(child, "" if node.get("type") == kind else kind)


def harmless_in_slack(messages: list[Message]) -> None:
    """Nothing in ``messages`` calls anybody, or leads anywhere."""
    for message in messages:
        for text in (message.payload["text"], *strings(message.payload["blocks"], "mrkdwn")):
            for live in ("<!", "<@", "<#", "<http", "@here", "@everyone", "@channel"):
                assert live not in text


def harmless_in_teams(messages: list[Message]) -> None:
    """The same, and no markup is read as such."""
    for message in messages:
        assert "<" not in message.payload["text"], "Teams reads HTML there"
        for text in (message.payload["text"], *strings(message.payload.get("attachments", []))):
            unescaped = re.sub(r"\\.", "", text)
            for live in ("](", "*bold*", "`code`", "{{"):
                assert live not in unescaped
        assert "mention" not in [entity["type"] for entity in message.payload.get("entities", [])]


async def test_no_words_of_a_person_ping_or_link_in_slack(whole: Whole) -> None:
    replies = await echoes(whole, "slack-direct")
    assert "evil.example" in words(replies), "the question is shown to its author"
    harmless_in_slack(replies)


async def test_no_words_of_a_person_mention_or_link_in_teams(whole: Whole) -> None:
    replies = await echoes(whole, "teams-personal")
    assert "evil.example" in words(replies), "the question is shown to its author"
    harmless_in_teams(replies)


@pytest.mark.parametrize("place", DIRECT)
async def test_no_words_of_an_advisor_do_so_either(whole: Whole, place: str) -> None:
    """Neither in the answer, nor in what is taught from it, nor on the advisors' card."""
    team = whole.team
    await team.say("asha", place, "ask an advisor: may we share a mascot")
    await team.press("asha", await team.shows(place, "This is what I'd send"), "Send it")
    card = await team.shows("slack-advisors", "A question for the advisors", "mascot", person="cleo")
    await team.press("cleo", card, "Answer and teach")
    await whole.slack.submit("cleo", {"answer": HOSTILE, "title": "Mascots <!here> [x](y)", "of": "own"})
    assert whole.slack.modal("cleo") is None
    tried = await team.shows("slack-direct", "would be taught from this question", person="cleo")
    await team.press("cleo", tried, "Send and teach")
    answered = await team.shows(place, "Cleo Grant (advisor), an advisor, answers", "evil.example")
    shown = await team.shows("slack-advisors", "Answered", "evil.example", person="cleo")
    harmless_in_slack([tried, shown])

    keeper = whole.server.service.knowledge_keeper
    await until(lambda: any(each.advice for each in keeper.current.lessons.values()), "it is known", 60)
    (told,) = await whole.say("asha", place, "may we share a mascot")
    assert "our own, not the deck's" in words([told])
    (harmless_in_slack if place == "slack-direct" else harmless_in_teams)([answered, told])


# --- Odd buttons -----------------------------------------------------------------------------------


async def forged(whole: Whole, place: str, message: str, says: str) -> int:
    """Press a button that says ``says`` and that no message of ours has; the bot's status."""
    who = person("asha")
    if place == "slack-direct":
        action = {"type": "button", "action_id": "say-0", "block_id": "b", "value": says}
        found = whole.slack.book.find(message)
        assert found is not None
        pressed = slack_events.press(who, whole.slack.book.trigger(), action, whole.slack.book.ts())
        pressed |= slack_events.in_message(*found, "")
        return await whole.slack.courier.once("interactive", pressed)
    chat = teams_activities.personal_chat(who)
    base = teams_activities.base("invoke", "f:forged", who, chat, whole.teams.service_url)
    execute = {"type": "Action.Execute", "verb": "say", "data": {"says": says}}
    return (await whole.teams.line.deliver(teams_activities.executed(base, execute, message)))[0]


@pytest.mark.parametrize("place", DIRECT)
@pytest.mark.parametrize(
    "says", ["show no-such-lesson", "why this answer ../../etc/passwd", "show " + "x" * 1_900, "pick 99 zz"]
)
async def test_a_forged_button_is_answered_kindly(whole: Whole, place: str, says: str) -> None:
    (answer,) = await whole.say("asha", place, QUESTION)
    before = {message.id for message in whole.replies(place, "asha")}
    assert await forged(whole, place, answer.id, says) == 200
    await whole.settled()
    (reply,) = [message for message in whole.replies(place, "asha") if message.id not in before]
    assert words([reply]).strip()
    assert lesson(reply) is None
    await whole.still_answers(place)


@pytest.mark.parametrize("place", DIRECT)
async def test_a_button_speaks_of_its_own_message_however_old(whole: Whole, place: str) -> None:
    await whole.say("asha", place, QUESTION)
    (full,) = await whole.say("asha", place, "tell me more")
    await whole.say("asha", place, "does outsourcing work")
    why = next(button for label, _, button in buttons([full]) if label == "Why this answer?")
    replies, _ = await whole.press("asha", place, full.id, why)
    assert "tell me more" in words(replies)


@pytest.mark.parametrize("place", DIRECT)
async def test_a_button_of_a_conversation_long_forgotten_still_works(whole: Whole, place: str) -> None:
    await whole.say("asha", place, QUESTION)
    (full,) = await whole.say("asha", place, "tell me more")
    await whole.server.service.connection.call("FLUSHALL")
    offered = {label: button for label, _, button in buttons([full])}
    replies, _ = await whole.press("asha", place, full.id, offered["Two organisations sharing"])
    assert [lesson(message) for message in replies] == ["model-two-organisations"]
    replies, _ = await whole.press("asha", place, full.id, offered["Why this answer?"])
    assert words(replies).strip()


# --- Odd requests ----------------------------------------------------------------------------------


async def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that raw bytes get."""
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status


async def test_slack_goes_on_after_each_odd_request(whole: Whole) -> None:
    url = f"{whole.server.url}/slack/events"
    secret = whole.server.service.settings.slack_signing_secret
    assert secret is not None
    message = slack_events.message(person("asha"), "D0ASHA", "9.000001", QUESTION, None)
    for body, expected in [
        (b'{"type": "event_callback", "event": {', 400),
        (json.dumps(slack_events.event(1, {**message, "type": "brand_new"})).encode(), 200),
        (json.dumps(slack_events.event(2, {**message, "user": None})).encode(), 200),
        (json.dumps({"type": "brand_new"}).encode(), 200),
    ]:
        headers = {"Content-Type": "application/json", **signed(body, secret.get_secret_value())}
        assert await post(url, body, headers) == expected, body[:60]
    await whole.settled()
    assert whole.replies("slack-direct", "asha") == []
    await whole.still_answers("slack-direct")


async def test_malformed_slack_payloads_at_once_hold_up_nobody(whole: Whole) -> None:
    """They share their trips to Redis with a colleague's question."""
    secret = whole.server.service.settings.slack_signing_secret
    assert secret is not None
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(20)) as session:

        async def status(kind: str, payload: Json) -> int:
            body, content = encoded(kind, payload)
            headers = {"Content-Type": content, **signed(body, secret.get_secret_value())}
            url = f"{whole.server.url}/slack/events"
            async with session.post(url, data=body, headers=headers) as response:
                return response.status

        half = slack_events.message(person("asha"), "D0\ud800", "9.1\ud800", "help", None) | {
            "user": "U\ud800"
        }
        odd = [("events_api", slack_events.event(n, {**half, "ts": f"9.{n}\ud800"})) for n in range(20)]
        odd += malformed(seed=3, count=150)
        *statuses, answers = await asyncio.gather(
            *(status(*request) for request in odd), whole.say("cleo", "slack-direct", QUESTION)
        )
    # 503: to come again later, which Slack does, where too many crowd into one conversation.
    assert set(statuses) <= {200, 400, 503}
    assert LESSON in [lesson(answer) for answer in answers]


async def test_teams_goes_on_after_each_odd_activity(whole: Whole) -> None:
    who = person("asha")
    chat = teams_activities.personal_chat(who)
    base = teams_activities.base("message", "m1", who, chat, whole.teams.service_url)
    odd: list[tuple[Json, int]] = [
        ({"from": None}, 400),
        ({"serviceUrl": "https://foreign.example/"}, 403),
        ({"type": "brandNew"}, 200),
        ({"type": "invoke", "name": "brand/new"}, 501),
        ({"conversation": "a:asha"}, 400),
    ]
    for changes, expected in odd:
        assert (await whole.teams.line.deliver({**base, "text": QUESTION, **changes}))[0] == expected, changes
    await whole.settled()
    assert whole.replies("teams-personal", "asha") == []
    await whole.still_answers("teams-personal")


async def test_a_picture_without_words_is_said_to_be_unread(whole: Whole) -> None:
    who = person("asha")
    chat = teams_activities.personal_chat(who)
    picture = {"contentType": "image/png", "contentUrl": "https://pictures.example/1.png"}
    base = teams_activities.base("message", "m1", who, chat, whole.teams.service_url)
    assert (await whole.teams.line.deliver({**base, "attachments": [picture]}))[0] == 200
    await whole.settled()
    assert words(whole.replies("teams-personal", "asha")).split("\n\n") == [FILES, FILES_SAY]


async def test_a_header_that_is_too_long_is_not_quoted(whole: Whole) -> None:
    url = f"{whole.server.url}/api/messages"
    for header in ({"Authorization": f"Bearer {'zebra' * 2_000}"}, {"zebra" * 2_000: "x"}):
        async with aiohttp.ClientSession() as client, client.post(url, headers=header) as response:
            assert response.status == 400
            assert "zebra" not in await response.text()
