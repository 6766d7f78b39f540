"""Files to save: put into the conversation after their message, and a refusal said in their place."""

from __future__ import annotations

import pytest

from bot.platforms.ports import Undeliverable
from bot.platforms.slack.files import REFUSED
from dialogs.core.replies import File, Text
from playground.slack_book import SlackReach
from playground.stage import Message, person
from tests.slack.served import Served

BOARD = {"channel": "C0BOARD"}
TABLE = File("readiness_2026.csv", "factor,score\nBuy-in,82\nÖl,3\n")
NAMED = "📎 readiness_2026.csv"


def messages(bot: Served, place: str = "slack-channel", reader: str = "asha") -> list[Message]:
    return bot.slack.messages(place, reader)


async def saved(bot: Served, message: Message) -> str:
    """The one file of a message, downloaded."""
    (file,) = message.payload["files"]
    assert (file["name"], file["title"], file["mimetype"]) == (TABLE.name, TABLE.name, "text/csv")
    async with bot.session.get(f"{bot.slack.address}/files/{file['id']}") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")
        return (await response.read()).decode()


async def test_a_file_follows_the_message_that_names_it(bot: Served) -> None:
    sent = await bot.send(BOARD, Text("Here you are."), TABLE)
    message, file = messages(bot)
    assert sent == message.id
    assert message.text == f"Here you are.\n{NAMED}"
    assert await saved(bot, file) == TABLE.content


async def test_a_file_stays_in_the_thread(bot: Served) -> None:
    root = await bot.send(BOARD, Text("Root."))
    assert root is not None
    await bot.send({**BOARD, "thread_ts": root.partition(":")[2]}, TABLE)
    assert [message.thread for message in messages(bot)] == [None, root, root]


async def test_a_private_reply_s_file_is_private(bot: Served) -> None:
    await bot.send({"channel": "U0ASHA"}, TABLE)
    assert await saved(bot, messages(bot, "slack-direct")[-1]) == TABLE.content
    assert messages(bot) == messages(bot, "slack-direct", "bryn") == []


@pytest.mark.parametrize("by_url", [True, False])
async def test_beside_a_whisper_the_file_goes_to_direct_messages_and_the_whisper_says_so(
    bot: Served, by_url: bool
) -> None:
    to = {"channel": "C0BOARD", "user": "U0ASHA"}
    if by_url:
        to["response_url"] = bot.slack.book.response_url(
            bot.slack.address, SlackReach("C0BOARD", person("asha"))
        )
    await bot.send(to, Text("Here you are."), TABLE)
    assert messages(bot)[-1].text == f"Here you are.\n📎 *{TABLE.name}* follows in our direct messages."
    assert await saved(bot, messages(bot, "slack-direct")[-1]) == TABLE.content
    assert messages(bot, reader="bryn") == []


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize(("error", "status"), [("missing_scope", 200), ("", 500)])
async def test_a_file_that_is_refused_is_said_in_its_place_and_nothing_else_is_lost(
    bot: Served, method: str, error: str, status: int
) -> None:
    bot.slack.fail(method, times=5, error=error, status=status)
    sent = await bot.send(BOARD, Text("Here you are."), TABLE)
    message, told = messages(bot)
    assert (sent, message.text) == (message.id, f"Here you are.\n{NAMED}")
    assert told.text == REFUSED.format(name=TABLE.name).replace("**", "*")


async def test_passing_trouble_with_a_file_is_tried_again(bot: Served) -> None:
    bot.slack.fail("files.completeUploadExternal", retry_after=3)
    await bot.send(BOARD, TABLE)
    assert await saved(bot, messages(bot)[-1]) == TABLE.content
    assert bot.retries == [("slack", "ratelimited")]


async def test_a_message_that_is_refused_brings_no_file(bot: Served) -> None:
    bot.slack.gone("C0BOARD", "is_archived")
    with pytest.raises(Undeliverable, match="is_archived"):
        await bot.send(BOARD, TABLE)
    assert messages(bot) == []


async def test_several_files_follow_each_other(bot: Served) -> None:
    await bot.send(BOARD, TABLE, File("notes.txt", "Well."))
    assert [message.payload["files"][0]["name"] for message in messages(bot)[1:]] == [TABLE.name, "notes.txt"]
