"""Real bolt on a real port: what is taken, what is refused, and what Slack delivers again."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.platforms.ports import Result
from dialogs.core.events import HomeOpened, Utterance
from dialogs.core.replies import Choice, Choices, Feedback, Title
from playground import slack_events as events
from playground.slack_courier import RETRIES, signed
from playground.stage import Refused, person
from tests.harness.waiting import until
from tests.slack.fuzz import encoded, kinds, malformed
from tests.slack.served import SECRET, Served

JSON = {"Content-Type": "application/json"}


async def post(bot: Served, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """What the endpoint answers to raw bytes; signed, unless ``headers`` are given."""
    headers = {**JSON, **signed(body, SECRET)} if headers is None else headers
    async with bot.session.post(f"{bot.url}/slack/events", data=body, headers=headers) as response:
        return response.status, await response.text()


def event(**more: Any) -> bytes:
    """A direct message in its envelope; ``more`` replaces fields of the event."""
    said = events.message(person("asha"), "D0ASHA", "9.000001", "hello", None)
    return json.dumps(events.event(1, {**said, **more})).encode()


async def interact(bot: Served, payload: dict[str, Any]) -> int:
    """The status that an interaction gets."""
    body, kind = events.encode("interactive", payload)
    return (await post(bot, body, {"Content-Type": kind, **signed(body, SECRET)}))[0]


# --- What arrives ----------------------------------------------------------------------------------


async def test_a_direct_message_arrives(bot: Served) -> None:
    await bot.slack.say("asha", "slack-direct", "do we need <buy-in> & trust?")
    inbound = await bot.hear()
    assert inbound.event == Utterance("do we need <buy-in> & trust?")
    assert inbound.speaker == "slack:T0NORTH/U0ASHA"


async def test_a_mention_arrives_twice_with_one_mark(bot: Served) -> None:
    await bot.slack.say("bryn", "slack-channel", "@Sharewise how many partners?")
    first, second = await bot.turn.until(2)
    assert first.event == second.event == Utterance("how many partners?")
    assert first.idempotency_keys[0] == second.idempotency_keys[0]
    assert first.speaker == "slack:T0EASTV/U0BRYN"
    assert first.tenant == "slack:T0NORTH"


async def test_a_follow_up_in_the_thread_needs_no_mention(bot: Served) -> None:
    await bot.slack.say("asha", "slack-channel", "@Sharewise how many partners?")
    root = bot.slack.messages("slack-channel", "asha")[0].id
    await bot.slack.say("asha", "slack-channel", "and with the NHS?", thread=root)
    first, _, follow_up = await bot.turn.until(3)
    assert follow_up.event == Utterance("and with the NHS?", addressed=False)
    assert follow_up.conversation == first.conversation


async def test_a_command_arrives_and_its_answer_is_seen_by_one_person(bot: Served) -> None:
    await bot.slack.say("asha", "slack-channel", "/sharewise how many & why?")
    inbound = await bot.hear()
    assert inbound.event == Utterance("how many & why?")
    await bot.send(inbound.to, Title("Two"))
    assert len(bot.slack.messages("slack-channel", "asha")) == 1
    assert bot.slack.messages("slack-channel", "bryn") == []


async def test_a_press_and_native_feedback_arrive(bot: Served) -> None:
    await bot.send({"channel": "C0BOARD"}, Choices((Choice("Why?", "why x"),)), Feedback("good x", "bad x"))
    (message,) = bot.slack.messages("slack-channel", "asha")
    row, thumbs = (block["elements"][0] for block in message.payload["blocks"])
    await bot.slack.press("asha", message.id, row)
    await bot.slack.press("bryn", message.id, {**thumbs, "value": "bad x"})
    pressed, feedback = await bot.turn.until(2)
    assert pressed.event == Utterance("why x", pressed=True)
    assert feedback.event == Utterance("bad x", pressed=True)
    assert feedback.about == pressed.about == message.id
    assert message.reaction == "down"


async def test_app_home_is_opened_drawn_and_pressed(bot: Served) -> None:
    opening = asyncio.create_task(bot.slack.open_home("asha"))
    inbound = await bot.hear()
    assert inbound.event == HomeOpened()
    await bot.send(inbound.to, Title("Welcome"), Choices((Choice("Lessons", "all lessons"),)))
    header, row = await opening
    assert header["text"]["text"] == "Welcome"
    await bot.slack.press("asha", "home", row["elements"][0])
    pressed = await bot.hear(2)
    assert (pressed.event, pressed.to) == (Utterance("all lessons", pressed=True), {"channel": "D0ASHA"})


async def test_deletions_and_bots_are_left_alone_and_an_edit_is_told_as_one(bot: Served) -> None:
    await bot.slack.say("asha", "slack-direct", "helo")
    message = bot.slack.messages("slack-direct", "asha")[0]
    await bot.slack.edit("asha", message.id, "hello")
    await bot.slack.remove("asha", message.id)
    for more in ({"bot_id": "B1"}, {"user": "U0SHARE"}, {"subtype": "channel_join"}):
        assert await post(bot, event(**more)) == (200, "")
    said, edited = bot.turn.arrivals
    assert edited.event == Utterance("hello", edited=True)
    assert edited.message == said.message
    assert not set(edited.idempotency_keys) & set(said.idempotency_keys)


async def test_an_unknown_event_and_an_unknown_action_are_acknowledged(bot: Served) -> None:
    assert await post(bot, event(type="brand_new_event")) == (200, "")
    odd = events.press(person("asha"), "1", {"type": "odd", "action_id": "odd"}, "1")
    assert await interact(bot, odd) == 200
    assert await interact(bot, {**odd, "type": "brand_new_interaction"}) == 200
    for body in (b"{}", b'{"event": "text"}', b'{"event": ["a"], "type": "event_callback"}'):
        assert await post(bot, body) == (200, ""), body
    assert bot.turn.arrivals == []


@pytest.mark.parametrize(
    ("kind", "payload"), list(kinds()), ids=lambda sent: sent if isinstance(sent, str) else ""
)
async def test_every_kind_of_payload_is_acknowledged(bot: Served, kind: str, payload: dict[str, Any]) -> None:
    body, content = encoded(kind, payload)
    assert (await post(bot, body, {"Content-Type": content, **signed(body, SECRET)}))[0] == 200


async def test_malformed_payloads_are_acknowledged_or_refused_and_never_a_fault_of_ours(bot: Served) -> None:
    for kind, payload in malformed(seed=1, count=400):
        body, content = encoded(kind, payload)
        status, _ = await post(bot, body, {"Content-Type": content, **signed(body, SECRET)})
        assert status in (200, 400), payload
    before = len(bot.turn.arrivals)
    await bot.slack.say("asha", "slack-direct", "hello")
    assert (await bot.hear(before + 1)).event == Utterance("hello")


async def test_slacks_check_of_the_certificate_is_answered_and_opens_no_door(bot: Served) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await post(bot, b"ssl_check=1&token=x", form))[0] == 200
    stamped = {**JSON, "X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=0"}
    for headers in (JSON, stamped):
        forged = json.dumps({**json.loads(event()), "ssl_check": "1"}).encode()
        assert (await post(bot, forged, headers))[0] in (200, 401)
    command = b"ssl_check=1&command=/sharewise&text=hello&user_id=U0ASHA&channel_id=D0ASHA&team_id=T0NORTH"
    for stamp in ("1", "yesterday"):
        await post(bot, command, {**form, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=0"})
    assert bot.turn.arrivals == []


async def test_slack_s_first_question_is_answered(bot: Served) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c1", "token": "x"}).encode()
    status, answer = await post(bot, body)
    assert (status, json.loads(answer)) == (200, {"challenge": "c1"})


# --- Delivered again -------------------------------------------------------------------------------


async def test_a_busy_turn_is_delivered_again_with_the_same_marks(bot: Served) -> None:
    bot.turn.results = [Result("busy"), Result("busy")]
    await bot.slack.say("asha", "slack-direct", "hello")
    await bot.slack.courier.settle()
    arrivals = await bot.turn.until(3)
    assert len({inbound.idempotency_keys for inbound in arrivals}) == 1
    assert len(arrivals) == 3


async def test_a_failing_turn_is_delivered_again_and_its_words_are_not_logged(
    bot: Served, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    bot.turn.trouble = RuntimeError("secret words")
    with caplog.at_level(logging.DEBUG):
        await bot.slack.say("asha", "slack-direct", "secret words")
        await bot.slack.courier.settle()
    assert len(bot.turn.arrivals) == 1 + RETRIES
    captured = capsys.readouterr()
    assert "secret words" not in caplog.text + captured.out + captured.err
    assert "RuntimeError" in captured.out + captured.err


async def test_a_press_that_the_bot_does_not_take_is_said_to_the_person(bot: Served) -> None:
    bot.turn.results = [Result("busy")]
    with pytest.raises(Refused, match="did not respond"):
        await bot.slack.say("asha", "slack-direct", "/sharewise hello")


# --- Refused ---------------------------------------------------------------------------------------


async def test_a_wrong_signature_is_refused_and_not_logged(
    bot: Served, caplog: pytest.LogCaptureFixture
) -> None:
    body = event(text="secret words")
    with caplog.at_level(logging.DEBUG):
        status, _ = await post(bot, body, {**JSON, **signed(body, "another secret")})
    assert status == 401
    assert "secret words" not in caplog.text
    assert bot.turn.arrivals == []


async def test_a_signature_older_than_five_minutes_is_refused(bot: Served) -> None:
    body = event()
    long_ago = signed(body, SECRET, at=1_000_000_000)
    assert (await post(bot, body, {**JSON, **long_ago}))[0] == 401


@pytest.mark.parametrize("stamp", ["", "yesterday", "١٢٣", "9" * 40, "-5"])
async def test_a_timestamp_that_is_none_is_refused(bot: Served, stamp: str) -> None:
    body = event()
    headers = {**JSON, **signed(body, SECRET), "X-Slack-Request-Timestamp": stamp}
    assert (await post(bot, body, headers))[0] == 401


async def test_an_unsigned_request_is_refused(bot: Served) -> None:
    assert (await post(bot, event(), JSON))[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        b'{"type": "event_callback"',
        b"[]",
        b'"text"',
        b"17",
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"type": "block_actions", "team": 5, "user": []}',
    ],
)
async def test_what_is_no_payload_is_refused_with_a_sentence(bot: Served, body: bytes) -> None:
    status, answer = await post(bot, body)
    assert status == 400
    assert json.loads(answer) == {"error": "The request is not a Slack payload."}


async def test_a_huge_request_is_refused(bot: Served) -> None:
    status, answer = await post(bot, b"x" * (1024 * 1024 + 1))
    assert status == 413
    assert "1 MiB" in answer


async def test_40_000_characters_arrive(bot: Served) -> None:
    await bot.slack.say("asha", "slack-direct", "x" * 40_000)
    assert (await bot.hear()).event == Utterance("x" * 40_000)


# --- Who we are ------------------------------------------------------------------------------------


async def test_credentials_of_a_distributed_app_do_not_replace_the_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    monkeypatch.setenv("ENCRYPTION_KEYS", Fernet.generate_key().decode())
    monkeypatch.setenv("PUBLIC_URL", "https://sharewise.example")
    async with Served() as bot:
        await bot.slack.say("asha", "slack-direct", "hello")
        assert (await bot.hear()).event == Utterance("hello")
        assert await bot.send({"channel": "C0BOARD"})


async def test_advisors_are_found_by_their_addresses_even_if_slack_is_away_at_first() -> None:
    bot = Served(advisors=("cleo.grant@northshire.example", "nobody@northshire.example", "T1/U1"))
    bot.slack.fail("users.lookupByEmail", status=503)
    async with bot:
        await until(lambda: bot.adapter.advisors)
        assert bot.adapter.advisors == {"slack:T0NORTH/U0CLEO"}


async def test_a_request_costs_no_call_to_slack(bot: Served) -> None:
    await until(lambda: bot.slack.calls == ["auth.test"])
    for _ in range(3):
        await bot.slack.say("asha", "slack-direct", "hello")
    assert bot.slack.calls == ["auth.test"]


async def test_socket_mode_takes_the_same_and_opens_no_endpoint() -> None:
    async with Served(socket_mode=True) as bot:
        assert bot.adapter.routes() == []
        await until(lambda: bot.slack.courier.connected)
        await bot.slack.say("asha", "slack-direct", "hello")
        await bot.slack.say("asha", "slack-channel", "/sharewise help")
        message, command = await bot.turn.until(2)
        assert (message.event, command.event) == (Utterance("hello"), Utterance("help"))


async def test_socket_mode_leaves_nothing_unacknowledged_but_what_is_to_come_again() -> None:
    async with Served(socket_mode=True) as bot:
        await until(lambda: bot.slack.courier.connected)
        junk: list[tuple[str, Any]] = [
            ("events_api", []),
            ("interactive", None),
            ("brand_new", {}),
            ("", "x"),
        ]
        for kind, payload in [*kinds(), *junk, *malformed(seed=2, count=200)]:
            assert await bot.slack.courier.once(kind, payload) == 200, payload
        bot.turn.results = [Result("busy")]
        await bot.slack.say("asha", "slack-direct", "once more")
        await bot.slack.courier.settle()
        assert [arrival.event for arrival in bot.turn.arrivals[-2:]] == [Utterance("once more")] * 2
