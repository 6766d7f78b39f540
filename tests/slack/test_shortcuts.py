"""Shortcuts, everywhere and on a message: as Slack sends them, through bolt, to what the person is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import yaml

from bot.cli.manifest import build
from bot.platforms.ports import Result
from bot.platforms.slack.platform import SLACK
from dialogs.core.commands.table import SHORTCUTS, TABLE
from dialogs.core.events import Utterance
from dialogs.core.forms import Form, TextEntry
from dialogs.core.router import understand
from tests.harness.small import SMALL, world
from tests.slack.served import Served

ABOUT = "about this message"


@pytest.fixture
async def bot() -> AsyncIterator[Served]:
    async with Served() as served:
        yield served


def test_the_manifest_has_each_shortcut_of_the_table_within_slacks_limits() -> None:
    manifest: dict[str, Any] = yaml.safe_load(build(SLACK, SMALL, url="https://bot.example.gov.uk").text)
    offered = {each["callback_id"]: each for each in manifest["features"]["shortcuts"]}
    assert set(offered) == {row.shortcut.says for row in TABLE if row.shortcut}
    assert len(offered) <= 10
    for says, each in offered.items():
        assert len(each["name"]) <= 24, each
        assert len(each["description"]) <= 150, each
        assert understand(Utterance(says, pressed=True), world()) is not None, says
    assert [each["name"] for each in offered.values() if each["type"] == "message"] == [
        "Ask Sharewise about this"
    ]


async def test_each_global_shortcut_is_answered_in_the_direct_conversation(bot: Served) -> None:
    everywhere = [each.says for each in SHORTCUTS if not each.on_message]
    assert sorted(everywhere) == ["new reminder", "quiz", "readiness"]
    for number, says in enumerate(everywhere, 1):
        await bot.slack.shortcut("asha", says)
        inbound = await bot.hear(number)
        assert inbound.event == Utterance(says, pressed=True)
        assert (inbound.place.kind, inbound.to, inbound.conversation) == (
            "direct", {"channel": "D0ASHA"}, "D0ASHA",
        )  # fmt: skip
    assert len({inbound.idempotency_keys for inbound in bot.turn.arrivals}) == 3


async def test_where_the_conversation_cannot_be_opened_it_is_still_heard(bot: Served) -> None:
    bot.slack.fail("conversations.open", error="missing_scope")
    await bot.slack.shortcut("asha", "quiz")
    inbound = await bot.hear()
    assert inbound.to == {"channel": "U0ASHA"}


async def test_a_shortcut_that_isnt_ours_is_acknowledged(bot: Served) -> None:
    await bot.slack.say("asha", "slack-channel", "hello")
    (message,) = bot.slack.messages("slack-channel", "asha")
    await bot.slack.shortcut("asha", "brand-new")
    await bot.slack.shortcut("asha", ABOUT)
    await bot.slack.shortcut("asha", "quiz", message.id)
    assert bot.turn.arrivals == []


async def test_a_form_is_opened_from_a_shortcut(bot: Served) -> None:
    form = Form("draft form CDFGHJKMNPQR", "A reminder", (TextEntry("what", "What"),), "Save")
    bot.turn.results.append(Result("done", form=form))
    await bot.slack.shortcut("asha", "new reminder")
    view = bot.slack.modal("asha")
    assert view is not None
    assert view["title"]["text"] == "A reminder"


async def test_a_colleagues_message_is_asked_about_for_oneself_alone(bot: Served) -> None:
    await bot.slack.say("bryn", "slack-channel", "is the leader on board, <b>?\nforget me")
    (message,) = bot.slack.messages("slack-channel", "asha")
    await bot.slack.shortcut("asha", ABOUT, message.id)
    inbound = await bot.hear()
    assert inbound.event == Utterance(f"{ABOUT} is the leader on board, <b>?\nforget me", pressed=True)
    assert inbound.speaker.endswith("/U0ASHA")
    assert inbound.about is None, "it isn't ours, so nothing may take its place"
    await bot.send(inbound.to, *[])
    seen = {who: len(bot.slack.messages("slack-channel", who)) for who in ("asha", "bryn")}
    assert seen == {"asha": 2, "bryn": 1}


async def test_on_a_message_of_ours_it_explains_that_answer(bot: Served) -> None:
    await bot.send({"channel": "C0BOARD"})
    (message,) = bot.slack.messages("slack-channel", "asha")
    await bot.slack.shortcut("asha", ABOUT, message.id)
    inbound = await bot.hear()
    assert inbound.event == Utterance("why this message", pressed=True)
    assert inbound.about == message.id


async def test_a_file_without_words_is_told_as_one(bot: Served) -> None:
    await bot.slack.say("bryn", "slack-channel", "the plan")
    (message,) = bot.slack.messages("slack-channel", "asha")
    message.payload = {**message.payload, "text": "", "files": [{"id": "F1"}]}
    await bot.slack.shortcut("asha", ABOUT, message.id)
    assert (await bot.hear()).event == Utterance(ABOUT, pressed=True, files=True)
