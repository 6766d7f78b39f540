"""One list of platforms: each draws every kind of block, and nothing is sent on a guess."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr

from bot.app.processes import greeting
from bot.app.wiring import Application
from bot.delivery.outbox import Outbox
from bot.platforms.known import PLATFORMS
from bot.platforms.ports import OutboxMessage, Undeliverable, at_once
from bot.platforms.registry import Platform, Platforms, UnknownPlatform
from bot.settings import BadSettings, Settings
from dialogs.core.events import Mention
from dialogs.core.mentions import in_texts, kept
from dialogs.core.replies import (
    Block,
    Chart,
    Choice,
    Choices,
    Citation,
    DataSeries,
    Facts,
    Feedback,
    File,
    Frozen,
    Part,
    Progress,
    Quote,
    Reply,
    Text,
    Title,
)
from tests.harness.knowledge import own_knowledge
from tests.platforms.plain_text import plain_text

GUID = "7e0a0000-0000-4000-8000-000000000009"
EVERY_BLOCK: tuple[Block, ...] = (
    Title("Titled"),
    Text("Textual"),
    Part("Labelled", "parted", "deck"),
    Quote("Quoted"),
    Citation("Headed", "Source", "Author", "18 November 2009", "2009 deck", "Abstract"),
    Choices((Choice("Pressed", "help"),)),
    Facts((("Name", "Valued"),)),
    Feedback("helpful", "not helpful"),
    Progress(1, 3),
    Chart("Charted", "bars", ("a", "b"), (DataSeries("s", (1.0, 2.0)),), 5.0),
    File("table.csv", "a,b\n1,2\n"),
)
ALL = (*PLATFORMS, plain_text("http://127.0.0.1:9/out"))


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        ("T1/U1", {"slack:T1/U1"}),
        ("slack:T1/U1", {"slack:T1/U1"}),
        (f"{GUID}/{GUID}", {f"teams:{GUID}/{GUID}"}),
        (f"teams:{GUID}/{GUID}", {f"teams:{GUID}/{GUID}"}),
        ("cleo@northshire.example", set()),
    ],
)
def test_whom_the_settings_name_as_advisors(named: str, ids: set[str]) -> None:
    assert PLATFORMS.named(Settings(advisors=(named,))) == ids


@pytest.mark.parametrize(
    "named",
    ["slack:U1/T1", "slack:t1/u1", "teams:T1/U1", "irc:T1/U1", "T1/", "/U1", "T1/U1/x", f"slack:{GUID}/U1"],
)
def test_an_id_that_nobody_has_is_refused_in_words(named: str) -> None:
    said = f"ADVISORS: nobody has the id {named}; expected an id such as slack:"
    with pytest.raises(BadSettings, match=re.escape(said)):
        PLATFORMS.named(Settings(advisors=(named,)))


def test_the_sample_has_every_kind_of_block() -> None:
    assert {type(block) for block in EVERY_BLOCK} == set(get_args(Block))


@pytest.mark.parametrize("block", EVERY_BLOCK, ids=lambda block: type(block).__name__)
@pytest.mark.parametrize("platform", ALL, ids=lambda platform: platform.name)
def test_every_platform_draws_every_block(platform: Platform, block: Block) -> None:
    alone = str(platform.render(Reply((block,))))
    assert alone != str(platform.render(Reply(()))) or isinstance(block, Feedback), alone


@pytest.mark.parametrize(
    "block",
    [block for block in EVERY_BLOCK if not isinstance(block, Citation)],  # the deck mentions nobody
    ids=lambda block: type(block).__name__,
)
@pytest.mark.parametrize("platform", ALL, ids=lambda platform: platform.name)
def test_a_mention_in_any_text_of_a_block_is_written_as_the_platform_does(
    platform: Platform, block: Block
) -> None:
    bryn = kept("@mention1", (Mention("@mention1", "person", "slack:T1/UBRYN", "Bryn Hughes"),))
    mentioning = in_texts(block, lambda text: f"{text} {bryn}" if text.endswith(("ed", "ual")) else text)
    drawn = json.dumps(platform.render(Reply((Title("t"), mentioning))), ensure_ascii=False, default=str)
    assert "\ue000" not in drawn


@pytest.mark.parametrize("platform", list(PLATFORMS), ids=lambda platform: platform.name)
def test_a_new_kind_of_block_is_an_error_until_it_is_drawn(platform: Platform) -> None:
    class Table(Frozen, frozen=True, tag="table"):
        """A kind of block that no renderer knows yet."""

    with pytest.raises(AssertionError):
        platform.render(Reply((Title("t"), Table())))  # type: ignore[arg-type]


def test_every_platform_is_told_of_at_the_start() -> None:
    joined = Platforms(ALL)
    off = "off (no credentials; see README)"
    told = greeting(Settings(data_dir=Path("data")), "http://127.0.0.1:9", joined)
    assert told[1] == (
        f"playground: on, this machine only (no platform credentials set) · Slack: {off} · Teams: {off}"
        f" · Mail: {off} · Plain text: on · memory: embedded, in data/"
    )
    by_socket = Settings(slack_bot_token=SecretStr("xoxb-1"), slack_app_token=SecretStr("xapp-1"))
    assert "Slack: on by Socket Mode ·" in greeting(by_socket, "http://127.0.0.1:9", joined)[1]


def test_an_unknown_platform_is_an_error() -> None:
    with pytest.raises(UnknownPlatform):
        PLATFORMS.get("pigeon")


def test_an_organisation_on_an_unknown_platform_is_a_bad_setting() -> None:
    with pytest.raises(BadSettings, match="pigeon:T1 is on no platform"):
        Application(Settings(organisations=("pigeon:T1=Loft",)), own_knowledge(), "redis://127.0.0.1:9")


async def test_a_message_for_an_unknown_platform_goes_nowhere(outbox: Outbox) -> None:
    with pytest.raises(Undeliverable, match="platform_off"):
        await outbox.send(OutboxMessage("x", "pigeon", {}, Reply((Text("coo"),))), at_once)


@pytest.fixture
def outbox(redis_url: str) -> Outbox:
    """An outbox with the platforms that are connected: none."""
    return Application(Settings(), own_knowledge(), redis_url).delivery
