"""Files to save: put into the conversation after their message, and a refusal said in their place."""

from __future__ import annotations

import pytest

from bot.platforms.ports import Undeliverable
from bot.platforms.slack.files import REFUSED
from dialogs.core.replies import File, Text
from playground.slack_book import SlackReach, person
from playground.stage import Message
from tests.slack.rig import Rig

BOARD = {"channel": "C0BOARD"}
TABLE = File("readiness_2026.csv", "factor,score\nBuy-in,82\nÖl,3\n")
NAMED = "📎 readiness_2026.csv"


def messages(rig: Rig, place: str = "slack-channel", reader: str = "asha") -> list[Message]:
    return rig.slack.messages(place, reader)


async def saved(rig: Rig, message: Message) -> str:
    """The one file of a message, downloaded."""
    (file,) = message.payload["files"]
    assert (file["name"], file["title"], file["mimetype"]) == (TABLE.name, TABLE.name, "text/csv")
    async with rig.session.get(f"{rig.slack.address}/files/{file['id']}") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        return (await response.read()).decode()


async def test_a_file_follows_the_message_that_names_it(rig: Rig) -> None:
    sent = await rig.send(BOARD, Text("Here you are."), TABLE)
    message, file = messages(rig)
    assert sent == message.id
    assert message.text == f"Here you are.\n{NAMED}"
    assert await saved(rig, file) == TABLE.content


async def test_a_file_stays_in_the_thread(rig: Rig) -> None:
    root = await rig.send(BOARD, Text("Root."))
    assert root is not None
    await rig.send({**BOARD, "thread_ts": root.partition(":")[2]}, TABLE)
    assert [one.thread for one in messages(rig)] == [None, root, root]


async def test_a_private_reply_s_file_is_private(rig: Rig) -> None:
    await rig.send({"channel": "U0ASHA"}, TABLE)
    assert await saved(rig, messages(rig, "slack-direct")[-1]) == TABLE.content
    assert messages(rig) == messages(rig, "slack-direct", "bryn") == []


@pytest.mark.parametrize("by_url", [True, False])
async def test_beside_a_whisper_the_file_goes_to_direct_messages_and_the_whisper_says_so(
    rig: Rig, by_url: bool
) -> None:
    to = {"channel": "C0BOARD", "user": "U0ASHA"}
    if by_url:
        to["response_url"] = rig.slack.book.response_url(
            rig.slack.address, SlackReach("C0BOARD", person("asha"))
        )
    await rig.send(to, Text("Here you are."), TABLE)
    assert messages(rig)[-1].text == f"Here you are.\n📎 *{TABLE.name}* follows in our direct messages."
    assert await saved(rig, messages(rig, "slack-direct")[-1]) == TABLE.content
    assert messages(rig, reader="bryn") == []


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize(("error", "status"), [("missing_scope", 200), ("", 500)])
async def test_a_file_that_is_refused_is_said_in_its_place_and_nothing_else_is_lost(
    rig: Rig, method: str, error: str, status: int
) -> None:
    rig.slack.fail(method, times=5, error=error, status=status)
    sent = await rig.send(BOARD, Text("Here you are."), TABLE)
    message, told = messages(rig)
    assert (sent, message.text) == (message.id, f"Here you are.\n{NAMED}")
    assert told.text == REFUSED.format(name=TABLE.name).replace("**", "*")


async def test_passing_trouble_with_a_file_is_tried_again(rig: Rig) -> None:
    rig.slack.fail("files.completeUploadExternal", retry_after=3)
    await rig.send(BOARD, TABLE)
    assert await saved(rig, messages(rig)[-1]) == TABLE.content
    assert rig.retries == [("slack", "ratelimited")]


async def test_a_message_that_is_refused_brings_no_file(rig: Rig) -> None:
    rig.slack.gone("C0BOARD", "is_archived")
    with pytest.raises(Undeliverable, match="is_archived"):
        await rig.send(BOARD, TABLE)
    assert messages(rig) == []


async def test_several_files_follow_each_other(rig: Rig) -> None:
    await rig.send(BOARD, TABLE, File("notes.txt", "Well."))
    assert [one.payload["files"][0]["name"] for one in messages(rig)[1:]] == [TABLE.name, "notes.txt"]
