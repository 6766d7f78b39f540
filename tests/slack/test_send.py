"""Sending: what is posted where, what is tried again, and what is given up, by Slack's own words."""

from __future__ import annotations

import asyncio

import pytest

from bot.platforms.ports import Revoked, Unavailable, Undeliverable
from dialogs.core.replies import Choice, Choices, File, Text, Title
from dialogs.wording.conversation import ELSEWHERE
from playground.slack_book import SlackReach
from playground.stage import person
from tests.harness.waiting import until
from tests.slack.served import Served

BOARD = {"channel": "C0BOARD"}


def whisper(bot: Served) -> dict[str, str]:
    """Asha alone, in the channel."""
    url = bot.slack.book.response_url(bot.slack.address, SlackReach("C0BOARD", person("asha")))
    return {"response_url": url, "channel": "C0BOARD", "user": "U0ASHA"}


def texts(bot: Served, place: str = "slack-channel", reader: str = "asha") -> list[str]:
    """What a person reads in a place."""
    return [message.text for message in bot.slack.messages(place, reader)]


async def test_the_id_of_a_sent_message_is_what_a_press_on_it_is_about(bot: Served) -> None:
    sent = await bot.send(BOARD, Choices((Choice("Why?", "why x"),)))
    (message,) = bot.slack.messages("slack-channel", "asha")
    assert sent == message.id
    await bot.slack.press("asha", message.id, message.payload["blocks"][0]["elements"][0])
    assert (await bot.hear()).about == sent


async def test_a_private_reply_reaches_one_person_and_names_the_real_conversation(bot: Served) -> None:
    sent = await bot.send({"channel": "U0ASHA"}, Text("For you."))
    assert sent is not None
    assert sent.startswith("D0ASHA:")
    assert texts(bot, "slack-direct") == ["For you."]
    assert texts(bot, "slack-direct", "bryn") == []


async def test_a_reply_in_a_thread_stays_in_it_and_unfurls_nothing(bot: Served) -> None:
    root = await bot.send(BOARD, Text("Root."))
    assert root is not None
    await bot.send({**BOARD, "thread_ts": root.partition(":")[2]}, Text("Answer."))
    answer = bot.slack.messages("slack-channel", "asha")[-1]
    assert answer.thread == root
    assert answer.payload["unfurl_links"] is answer.payload["unfurl_media"] is False


async def test_a_reply_takes_the_place_of_the_message_that_was_pressed(bot: Served) -> None:
    shown = await bot.send(BOARD, Text("Question 1"))
    assert shown is not None
    assert await bot.send(BOARD, Text("Question 2"), instead=shown) == shown
    (card,) = bot.slack.messages("slack-channel", "asha")
    assert (card.text, card.edited) == ("Question 2", True)


async def test_what_can_no_longer_be_replaced_is_posted_anew(bot: Served) -> None:
    await bot.send(BOARD, Text("Question 2"), instead="C0BOARD:1.000001")
    assert texts(bot) == ["Question 2"]


async def test_a_whisper_replaces_the_whisper_that_was_pressed(bot: Served) -> None:
    to = whisper(bot)
    await bot.send(to, Text("Question 1"))
    (first,) = bot.slack.messages("slack-channel", "asha")
    again = {**to, "response_url": bot.slack.book.response_url(
        bot.slack.address, SlackReach("C0BOARD", person("asha"), shown=first.id))}  # fmt: skip
    await bot.send(again, Text("Question 2"), instead=first.id)
    assert texts(bot) == ["Question 2"]


async def test_a_live_card_keeps_its_id_however_often_it_is_drawn(bot: Served) -> None:
    card = await bot.send(BOARD, Text("0 have answered"))
    assert card is not None
    for count in range(1, 4):
        assert await bot.send(BOARD, Text(f"{count} have answered"), instead=card) == card
    assert texts(bot) == ["3 have answered"]


async def test_how_long_an_update_must_wait_is_handed_back(bot: Served) -> None:
    card = await bot.send(BOARD, Text("0 have answered"))
    bot.slack.fail("chat.update", retry_after=75)
    with pytest.raises(Unavailable) as refusal:
        await bot.send(BOARD, Text("1 has answered"), instead=card or "")
    assert (refusal.value.reason, refusal.value.after) == ("ratelimited", 75.0)


@pytest.mark.parametrize("instead", ["", "C0BOARD:1.000001"])
async def test_a_whisper_without_a_response_url_is_an_ephemeral_message(bot: Served, instead: str) -> None:
    assert await bot.send({**BOARD, "user": "U0ASHA"}, Text("Only you."), instead=instead) is None
    assert texts(bot) == ["Only you."]
    assert texts(bot, reader="bryn") == []
    assert bot.slack.calls[-1] == "chat.postEphemeral"


async def test_home_is_published(bot: Served) -> None:
    await bot.send({"view": "home", "user": "U0ASHA", "channel": "D0ASHA"}, Title("Welcome"))
    view = bot.slack.book.homes["asha"]
    assert (view["blocks"][0]["text"]["text"], view["private_metadata"]) == ("Welcome", "D0ASHA")


async def test_a_whisper_is_seen_by_one_person(bot: Served) -> None:
    assert await bot.send(whisper(bot), Text("Only you.")) is None
    assert texts(bot) == ["Only you."]
    assert texts(bot, reader="bryn") == []


async def test_a_used_up_response_url_is_replaced_by_an_ephemeral_message(bot: Served) -> None:
    to = whisper(bot)
    for number in range(6):
        await bot.send(to, Text(f"Note {number}."))
    assert texts(bot) == [f"Note {number}." for number in range(6)]
    assert bot.slack.calls[-1] == "chat.postEphemeral"
    assert texts(bot, reader="bryn") == []


async def test_where_the_bot_is_no_member_a_whisper_becomes_a_direct_message(bot: Served) -> None:
    to = {**whisper(bot), "response_url": f"{bot.slack.address}/response/unknown", "channel": "C0ELSE"}
    await bot.send(to, Text("Only you."))
    assert texts(bot, "slack-direct") == ["Only you."]


# --- Trouble ---------------------------------------------------------------------------------------


async def test_retry_after_is_waited_out_through_the_lanes_own_wait(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", times=2, retry_after=7)
    assert await bot.send(BOARD, Text("At last."))
    assert [7 <= wait < 8 for wait in bot.waits] == [True, True]
    assert bot.retries == [("slack", "ratelimited")] * 2
    assert texts(bot) == ["At last."]


async def test_a_long_retry_after_is_handed_back_to_the_outbox(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", retry_after=600)
    with pytest.raises(Unavailable) as refusal:
        await bot.send(BOARD)
    assert (refusal.value.reason, refusal.value.after, bot.waits) == ("ratelimited", 600.0, [])


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [(500, "", "500"), (503, "", "503"), (200, "fatal_error", "fatal_error")],
)
async def test_slacks_own_trouble_is_tried_again(bot: Served, status: int, error: str, reason: str) -> None:
    bot.slack.fail("chat.postMessage", times=2, status=status, error=error)
    assert await bot.send(BOARD)
    assert bot.retries == [("slack", reason)] * 2
    assert bot.waits[0] < bot.waits[1]


async def test_a_web_page_in_the_place_of_an_answer_is_tried_again(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", page=True)
    assert await bot.send(BOARD, Text("Once."))
    bot.slack.fail("response_url", page=True)
    await bot.send(whisper(bot), Text("Only you."))
    assert bot.retries == [("slack", "unreadable")] * 2
    assert texts(bot) == ["Once.", "Only you."]


not_taken = pytest.mark.parametrize(
    "error",
    [
        "cannot_reply_to_message",
        "not_in_channel",
        "thread_locked",
        "restricted_action_thread_only_channel",
        "restricted_action_read_only_channel",
        "is_archived",
    ],
)


@not_taken
async def test_what_cannot_be_said_where_it_was_asked_is_said_to_the_asker(bot: Served, error: str) -> None:
    bot.slack.fail("chat.postMessage", error=error)
    thread = {**BOARD, "thread_ts": "1.000001"}
    file = File("figures.csv", "a,b")
    sent = await bot.send(thread, Text("The answer."), file, speaker="slack:T0NORTH/U0ASHA")
    assert sent is not None
    assert sent.startswith("D0ASHA:")
    answer, shared = bot.slack.messages("slack-direct", "asha")
    assert "The answer." in answer.text
    assert ELSEWHERE in answer.text
    assert shared.thread is None
    assert texts(bot) == []


@not_taken
async def test_a_whisper_that_is_not_taken_there_becomes_a_direct_message(bot: Served, error: str) -> None:
    bot.slack.fail("chat.postEphemeral", error=error)
    to = {**whisper(bot), "response_url": f"{bot.slack.address}/response/unknown", "thread_ts": "1.000001"}
    await bot.send(to, Text("Only you."))
    assert texts(bot, "slack-direct") == ["Only you."]


async def test_a_reminder_that_cannot_be_written_to_a_channel_goes_to_nobody_else(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", error="not_in_channel")
    with pytest.raises(Undeliverable, match="not_in_channel"):
        await bot.send(BOARD, speaker="slack:T0NORTH/U0ASHA", paced=True)
    assert texts(bot, "slack-direct") == []


@pytest.mark.parametrize("error", ["msg_too_long", "msg_blocks_too_long"])
async def test_what_is_too_long_is_shortened_and_keeps_its_ways_on(bot: Served, error: str) -> None:
    bot.slack.fail("chat.postMessage", times=2, error=error)
    parts = [Text(f"Part {number}.") for number in range(8)]
    assert await bot.send(BOARD, *parts, Choices((Choice("More", "tell me more"),)))
    (message,) = bot.slack.messages("slack-channel", "asha")
    *said, more, ways = message.payload["blocks"]
    assert [block["text"]["text"] for block in said] == ["Part 0.", "Part 1."]
    assert "left out" in more["elements"][0]["text"]
    assert ways["elements"][0]["value"] == "tell me more"
    bot.slack.fail("chat.postMessage", times=5, error=error)
    assert await bot.send(BOARD, *parts), "at last the bare words"


async def test_trouble_without_end_is_unavailable(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", times=99, status=500)
    with pytest.raises(Unavailable, match="500"):
        await bot.send(BOARD)
    assert len(bot.waits) == bot.slack.calls.count("chat.postMessage") - 1 == 4


async def test_a_lost_answer_is_tried_again_and_may_double(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", silent=True)
    assert await bot.send(BOARD, Text("Once, or twice."))
    assert bot.retries == [("slack", "connection")]
    assert texts(bot) == ["Once, or twice."] * 2


async def test_slack_that_never_answers_is_unavailable(bot: Served) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(deaf, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bot.calls.patience = 0.01
    bot.calls._client.base_url = f"http://127.0.0.1:{port}/api/"
    with pytest.raises(Unavailable, match="timeout"):
        await bot.send(BOARD)
    server.close()
    await server.wait_closed()
    with pytest.raises(Unavailable, match=r"connection|timeout"):
        await bot.send(BOARD)


@pytest.mark.parametrize(
    "error",
    ["account_inactive", "is_archived", "not_in_channel", "some_new_word"],
)
async def test_a_refusal_for_good_is_not_tried_again(bot: Served, error: str) -> None:
    bot.slack.fail("chat.postMessage", error=error)
    with pytest.raises(Undeliverable) as refusal:
        await bot.send(BOARD)
    assert (refusal.value.reason, bot.waits) == (error, [])


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive", "not_authed"])
async def test_a_refused_token_is_no_refusal_of_the_message(bot: Served, error: str) -> None:
    await until(lambda: bot.slack.calls == ["auth.test"])
    bot.slack.fail("chat.postMessage", error=error)
    bot.slack.fail("auth.test", error=error)
    with pytest.raises(Revoked, match=error) as refusal:
        await bot.send(BOARD)
    assert "SLACK_BOT_TOKEN" in refusal.value.todo
    assert bot.waits == []


async def test_an_unknown_channel_is_undeliverable(bot: Served) -> None:
    with pytest.raises(Undeliverable, match="channel_not_found"):
        await bot.send({"channel": "C0NOWHERE"})


async def test_blocks_that_a_workspace_does_not_take_leave_the_words(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", error="invalid_blocks")
    assert await bot.send(BOARD, Text("The words."))
    (message,) = bot.slack.messages("slack-channel", "asha")
    assert (message.text, message.payload["blocks"]) == ("The words.", [])


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long"])
async def test_a_live_card_that_is_refused_keeps_its_buttons(bot: Served, error: str) -> None:
    parts = (Text("0 answered"), Choices((Choice("A", "answer a"),)))
    card = await bot.send(BOARD, *parts)
    bot.slack.fail("chat.update", times=9, error=error)
    with pytest.raises(Undeliverable, match=error):
        await bot.send(BOARD, *parts, instead=card or "", redrawn=True)
    (message,) = bot.slack.messages("slack-channel", "asha")
    assert (message.edited, bool(message.payload["blocks"])) == (False, True)


async def test_trouble_with_a_response_url_is_tried_again(bot: Served) -> None:
    bot.slack.fail("response_url", status=500)
    bot.slack.fail("response_url", retry_after=3)
    await bot.send(whisper(bot), Text("Only you."))
    assert bot.retries == [("slack", "500"), ("slack", "ratelimited")]
    assert texts(bot) == ["Only you."]
