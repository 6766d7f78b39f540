"""Sending: what is posted where, what is tried again, and what is given up, by Slack's own words."""

from __future__ import annotations

import asyncio

import pytest

from bot.platforms.ports import Revoked, Unavailable, Undeliverable
from bot.platforms.slack.send import SlackSender
from dialogs.core.replies import Choice, Choices, File, Text, Title
from dialogs.wording.conversation import ELSEWHERE
from playground.slack_book import SlackReach, person
from tests.slack.rig import Rig, eventually

BOARD = {"channel": "C0BOARD"}


def whisper(rig: Rig) -> dict[str, str]:
    """Asha alone, in the channel."""
    url = rig.slack.book.response_url(rig.slack.address, SlackReach("C0BOARD", person("asha")))
    return {"response_url": url, "channel": "C0BOARD", "user": "U0ASHA"}


def texts(rig: Rig, place: str = "slack-channel", reader: str = "asha") -> list[str]:
    """What a person reads in a place."""
    return [one.text for one in rig.slack.messages(place, reader)]


async def test_the_id_of_a_sent_message_is_what_a_press_on_it_is_about(rig: Rig) -> None:
    sent = await rig.send(BOARD, Choices((Choice("Why?", "why x"),)))
    (message,) = rig.slack.messages("slack-channel", "asha")
    assert sent == message.id
    await rig.slack.press("asha", message.id, message.payload["blocks"][0]["elements"][0])
    assert (await rig.hear()).about == sent


async def test_a_private_reply_reaches_one_person_and_names_the_real_conversation(rig: Rig) -> None:
    sent = await rig.send({"channel": "U0ASHA"}, Text("For you."))
    assert sent is not None
    assert sent.startswith("D0ASHA:")
    assert texts(rig, "slack-direct") == ["For you."]
    assert texts(rig, "slack-direct", "bryn") == []


async def test_a_reply_in_a_thread_stays_in_it_and_unfurls_nothing(rig: Rig) -> None:
    root = await rig.send(BOARD, Text("Root."))
    assert root is not None
    await rig.send({**BOARD, "thread_ts": root.partition(":")[2]}, Text("Answer."))
    answer = rig.slack.messages("slack-channel", "asha")[-1]
    assert answer.thread == root
    assert answer.payload["unfurl_links"] is answer.payload["unfurl_media"] is False


async def test_a_reply_takes_the_place_of_the_message_that_was_pressed(rig: Rig) -> None:
    shown = await rig.send(BOARD, Text("Question 1"))
    assert shown is not None
    assert await rig.send(BOARD, Text("Question 2"), instead=shown) == shown
    (card,) = rig.slack.messages("slack-channel", "asha")
    assert (card.text, card.edited) == ("Question 2", True)


async def test_what_can_no_longer_be_replaced_is_posted_anew(rig: Rig) -> None:
    await rig.send(BOARD, Text("Question 2"), instead="C0BOARD:1.000001")
    assert texts(rig) == ["Question 2"]


async def test_a_whisper_replaces_the_whisper_that_was_pressed(rig: Rig) -> None:
    to = whisper(rig)
    await rig.send(to, Text("Question 1"))
    (first,) = rig.slack.messages("slack-channel", "asha")
    again = {**to, "response_url": rig.slack.book.response_url(
        rig.slack.address, SlackReach("C0BOARD", person("asha"), shown=first.id))}  # fmt: skip
    await rig.send(again, Text("Question 2"), instead=first.id)
    assert texts(rig) == ["Question 2"]


async def test_a_live_card_keeps_its_id_however_often_it_is_drawn(rig: Rig) -> None:
    card = await rig.send(BOARD, Text("0 have answered"))
    assert card is not None
    for count in range(1, 4):
        assert await rig.send(BOARD, Text(f"{count} have answered"), instead=card) == card
    assert texts(rig) == ["3 have answered"]


async def test_how_long_an_update_must_wait_is_handed_back(rig: Rig) -> None:
    card = await rig.send(BOARD, Text("0 have answered"))
    rig.slack.fail("chat.update", retry_after=75)
    with pytest.raises(Unavailable) as refusal:
        await rig.send(BOARD, Text("1 has answered"), instead=card or "")
    assert (refusal.value.reason, refusal.value.after) == ("ratelimited", 75.0)


@pytest.mark.parametrize("instead", ["", "C0BOARD:1.000001"])
async def test_a_whisper_without_a_response_url_is_an_ephemeral_message(rig: Rig, instead: str) -> None:
    assert await rig.send({**BOARD, "user": "U0ASHA"}, Text("Only you."), instead=instead) is None
    assert texts(rig) == ["Only you."]
    assert texts(rig, reader="bryn") == []
    assert rig.slack.calls[-1] == "chat.postEphemeral"


async def test_home_is_published(rig: Rig) -> None:
    await rig.send({"view": "home", "user": "U0ASHA", "channel": "D0ASHA"}, Title("Welcome"))
    view = rig.slack.book.homes["asha"]
    assert (view["blocks"][0]["text"]["text"], view["private_metadata"]) == ("Welcome", "D0ASHA")


async def test_a_whisper_is_seen_by_one_person(rig: Rig) -> None:
    assert await rig.send(whisper(rig), Text("Only you.")) is None
    assert texts(rig) == ["Only you."]
    assert texts(rig, reader="bryn") == []


async def test_a_used_up_response_url_is_replaced_by_an_ephemeral_message(rig: Rig) -> None:
    to = whisper(rig)
    for number in range(6):
        await rig.send(to, Text(f"Note {number}."))
    assert texts(rig) == [f"Note {number}." for number in range(6)]
    assert rig.slack.calls[-1] == "chat.postEphemeral"
    assert texts(rig, reader="bryn") == []


async def test_where_the_bot_is_no_member_a_whisper_becomes_a_direct_message(rig: Rig) -> None:
    to = {**whisper(rig), "response_url": f"{rig.slack.address}/response/unknown", "channel": "C0ELSE"}
    await rig.send(to, Text("Only you."))
    assert texts(rig, "slack-direct") == ["Only you."]


# --- Trouble ---------------------------------------------------------------------------------------


async def test_retry_after_is_waited_out_through_the_lanes_own_wait(rig: Rig) -> None:
    rig.slack.fail("chat.postMessage", times=2, retry_after=7)
    assert await rig.send(BOARD, Text("At last."))
    assert [7 <= one < 8 for one in rig.waits] == [True, True]
    assert rig.retries == [("slack", "ratelimited")] * 2
    assert texts(rig) == ["At last."]


async def test_a_long_retry_after_is_handed_back_to_the_outbox(rig: Rig) -> None:
    rig.slack.fail("chat.postMessage", retry_after=600)
    with pytest.raises(Unavailable) as refusal:
        await rig.send(BOARD)
    assert (refusal.value.reason, refusal.value.after, rig.waits) == ("ratelimited", 600.0, [])


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [(500, "", "500"), (503, "", "503"), (200, "fatal_error", "fatal_error")],
)
async def test_slacks_own_trouble_is_tried_again(rig: Rig, status: int, error: str, reason: str) -> None:
    rig.slack.fail("chat.postMessage", times=2, status=status, error=error)
    assert await rig.send(BOARD)
    assert rig.retries == [("slack", reason)] * 2
    assert rig.waits[0] < rig.waits[1]


async def test_a_web_page_in_the_place_of_an_answer_is_tried_again(rig: Rig) -> None:
    rig.slack.fail("chat.postMessage", page=True)
    assert await rig.send(BOARD, Text("Once."))
    rig.slack.fail("response_url", page=True)
    await rig.send(whisper(rig), Text("Only you."))
    assert rig.retries == [("slack", "unreadable")] * 2
    assert texts(rig) == ["Once.", "Only you."]


@pytest.mark.parametrize(
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
async def test_what_cannot_be_said_where_it_was_asked_is_said_to_whoever_asked(rig: Rig, error: str) -> None:
    rig.slack.fail("chat.postMessage", error=error)
    thread = {**BOARD, "thread_ts": "1.000001"}
    file = File("figures.csv", "a,b")
    sent = await rig.send(thread, Text("The answer."), file, speaker="slack:T0NORTH/U0ASHA")
    assert sent is not None
    assert sent.startswith("D0ASHA:")
    answer, shared = rig.slack.messages("slack-direct", "asha")
    assert "The answer." in answer.text
    assert ELSEWHERE in answer.text
    assert shared.thread is None
    assert texts(rig) == []


async def test_a_reminder_that_cannot_be_written_to_a_channel_goes_to_nobody_else(rig: Rig) -> None:
    rig.slack.fail("chat.postMessage", error="not_in_channel")
    with pytest.raises(Undeliverable, match="not_in_channel"):
        await rig.send(BOARD, speaker="slack:T0NORTH/U0ASHA", paced=True)
    assert texts(rig, "slack-direct") == []


@pytest.mark.parametrize("error", ["msg_too_long", "msg_blocks_too_long"])
async def test_what_is_too_long_is_shortened_and_keeps_its_ways_on(rig: Rig, error: str) -> None:
    rig.slack.fail("chat.postMessage", times=2, error=error)
    parts = [Text(f"Part {number}.") for number in range(8)]
    assert await rig.send(BOARD, *parts, Choices((Choice("More", "tell me more"),)))
    (message,) = rig.slack.messages("slack-channel", "asha")
    *said, more, ways = message.payload["blocks"]
    assert [one["text"]["text"] for one in said] == ["Part 0.", "Part 1."]
    assert "left out" in more["elements"][0]["text"]
    assert ways["elements"][0]["value"] == "tell me more"
    rig.slack.fail("chat.postMessage", times=5, error=error)
    assert await rig.send(BOARD, *parts), "at last the bare words"


async def test_trouble_without_end_is_unavailable(rig: Rig) -> None:
    rig.slack.fail("chat.postMessage", times=99, status=500)
    with pytest.raises(Unavailable, match="500"):
        await rig.send(BOARD)
    assert len(rig.waits) == rig.slack.calls.count("chat.postMessage") - 1 == 4


async def test_a_lost_answer_is_tried_again_and_may_double(rig: Rig) -> None:
    rig.slack.fail("chat.postMessage", silent=True)
    assert await rig.send(BOARD, Text("Once, or twice."))
    assert rig.retries == [("slack", "connection")]
    assert texts(rig) == ["Once, or twice."] * 2


async def test_slack_that_never_answers_is_unavailable(rig: Rig) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(deaf, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sender = rig.adapter.sender
    assert isinstance(sender, SlackSender)
    sender._calls.patience = 0.01
    sender._calls._client.base_url = f"http://127.0.0.1:{port}/api/"
    with pytest.raises(Unavailable, match="timeout"):
        await rig.send(BOARD)
    server.close()
    await server.wait_closed()
    with pytest.raises(Unavailable, match=r"connection|timeout"):
        await rig.send(BOARD)


@pytest.mark.parametrize(
    "error",
    ["account_inactive", "is_archived", "not_in_channel", "some_new_word"],
)
async def test_a_refusal_for_good_is_not_tried_again(rig: Rig, error: str) -> None:
    rig.slack.fail("chat.postMessage", error=error)
    with pytest.raises(Undeliverable) as refusal:
        await rig.send(BOARD)
    assert (refusal.value.reason, rig.waits) == (error, [])


@pytest.mark.parametrize("error", ["token_revoked", "invalid_auth", "account_inactive", "not_authed"])
async def test_a_refused_token_is_no_refusal_of_the_message(rig: Rig, error: str) -> None:
    await eventually(lambda: rig.slack.calls == ["auth.test"])
    rig.slack.fail("chat.postMessage", error=error)
    rig.slack.fail("auth.test", error=error)
    with pytest.raises(Revoked, match=error) as refusal:
        await rig.send(BOARD)
    assert "SLACK_BOT_TOKEN" in refusal.value.todo
    assert rig.waits == []


async def test_an_unknown_channel_is_undeliverable(rig: Rig) -> None:
    with pytest.raises(Undeliverable, match="channel_not_found"):
        await rig.send({"channel": "C0NOWHERE"})


async def test_blocks_that_a_workspace_does_not_take_leave_the_words(rig: Rig) -> None:
    rig.slack.fail("chat.postMessage", error="invalid_blocks")
    assert await rig.send(BOARD, Text("The words."))
    (message,) = rig.slack.messages("slack-channel", "asha")
    assert (message.text, message.payload["blocks"]) == ("The words.", [])


async def test_trouble_with_a_response_url_is_tried_again(rig: Rig) -> None:
    rig.slack.fail("response_url", status=500)
    rig.slack.fail("response_url", retry_after=3)
    await rig.send(whisper(rig), Text("Only you."))
    assert rig.retries == [("slack", "500"), ("slack", "ratelimited")]
    assert texts(rig) == ["Only you."]
