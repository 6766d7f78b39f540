"""Who and what there is in Slack: names, zones, members, and each refusal by Slack's own word."""

from __future__ import annotations

import pytest

from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Unavailable, Undeliverable
from bot.platforms.slack import directory
from bot.platforms.slack.directory import FRESH, SlackDirectory
from bot.platforms.slack.inbound import Identity
from tests.harness.waiting import until
from tests.slack.served import Served

BRYN = Someone(
    "slack:T0EASTV/U0BRYN",
    "Bryn Hughes",
    "Europe/London",
    "bryn.hughes@eastvale.example",
    {"channel": "U0BRYN"},
)


async def test_a_person_is_known_by_name_zone_and_their_own_workspace(bot: Served) -> None:
    assert await bot.adapter.directory.person("slack:T0NORTH/U0BRYN", {}) == BRYN
    assert await bot.adapter.directory.person("slack:T0EASTV/U0BRYN", {"channel": "C1"}) == BRYN
    assert await bot.send(BRYN.to) is not None


async def test_a_colleague_is_known_too(bot: Served) -> None:
    assert (await bot.adapter.directory.person("slack:T0WESTM/U0ROSA", {})).name == "Rosa Silva"


async def test_a_channel_is_known_by_name(bot: Served) -> None:
    assert await bot.adapter.directory.channel("slack:C0BOARD", {}) == (
        "joint-board",
        {"channel": "C0BOARD"},
    )
    assert await bot.adapter.directory.channel("slack:D0ASHA", {}) == ("", {"channel": "D0ASHA"})


async def test_a_channel_is_open_to_those_in_it(bot: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "PAGE", 2)
    board = OpenPlace("joint-board", {"channel": "C0BOARD"}, external=True)
    for who in ("slack:T0NORTH/U0ASHA", "slack:T0WESTM/U0ROSA", ""):
        assert await bot.adapter.directory.open_to("slack:C0BOARD", who, {}) == board
    assert bot.slack.calls.count("conversations.members") > 2, "it is turned page by page"
    with pytest.raises(Undeliverable, match="not_theirs"):
        await bot.adapter.directory.open_to("slack:C0BOARD", "slack:T0NORTH/U0NOBODY", {})
    for error, reason in (
        ("restricted_action_read_only_channel", "read_only"),
        ("not_in_channel", "not_in_channel"),
        ("is_archived", "is_archived"),
    ):
        bot.slack.gone("C0BOARD", error)
        with pytest.raises(Undeliverable, match=reason):  # though it was open a moment ago
            await bot.adapter.directory.open_to("slack:C0BOARD", "slack:T0NORTH/U0ASHA", {})


async def test_a_user_group_is_its_members(bot: Served) -> None:
    await until(lambda: "auth.test" in bot.slack.calls)
    members = await bot.adapter.directory.group("slack:S0STEER", {})
    assert members == ("slack:T0NORTH/U0ASHA", "slack:T0NORTH/U0BRYN", "slack:T0NORTH/U0CLEO")


async def test_a_user_group_waits_until_we_know_whose_it_is(bot: Served) -> None:
    with pytest.raises(Unavailable):
        await SlackDirectory(bot.calls, Identity()).group("slack:S0STEER", {})


async def test_a_workspace_is_called_what_it_calls_itself(bot: Served) -> None:
    assert await bot.adapter.directory.organisation("slack:T0EASTV") == "Eastvale District"
    bot.slack.fail("team.info", error="missing_scope")
    assert await bot.adapter.directory.organisation("slack:T0WESTM") == ""


@pytest.mark.parametrize(
    ("id", "reason"),
    [("slack:T1/U9", "user_not_found"), ("slack:T1/", "user_not_found"), ("slack:T0NORTH/U0SHARE", "is_bot")],
)
async def test_whom_we_cannot_write_to(bot: Served, id: str, reason: str) -> None:
    with pytest.raises(Undeliverable, match=reason):
        await bot.adapter.directory.person(id, {})


@pytest.mark.parametrize("reason", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_where_we_cannot_write(bot: Served, reason: str) -> None:
    bot.slack.gone("C0BOARD", reason)
    with pytest.raises(Undeliverable, match=reason):
        await bot.adapter.directory.channel("slack:C0BOARD", {})
    with pytest.raises(Undeliverable, match=reason):
        await bot.send({"channel": "C0BOARD"})


async def test_somebody_who_left_is_inactive_until_they_come_back(bot: Served) -> None:
    bot.slack.gone("asha", "account_inactive")
    with pytest.raises(Undeliverable, match="account_inactive"):
        await bot.adapter.directory.person("slack:T0NORTH/U0ASHA", {})
    with pytest.raises(Undeliverable, match="account_inactive"):
        await bot.send({"channel": "U0ASHA"})
    bot.slack.gone("asha", "")
    assert (await bot.adapter.directory.person("slack:T0NORTH/U0ASHA", {})).name == "Asha Patel"


async def test_an_unknown_group_and_trouble_that_lasts(bot: Served) -> None:
    await until(lambda: "auth.test" in bot.slack.calls)
    with pytest.raises(Undeliverable, match="no_such_subteam"):
        await bot.adapter.directory.group("slack:S9", {})
    bot.slack.fail("users.info", retry_after=600)
    with pytest.raises(Unavailable) as trouble:
        await bot.adapter.directory.person("slack:T0NORTH/U0ASHA", {})
    assert trouble.value.after == 600


async def test_answers_are_kept_for_some_minutes_and_not_without_bound(
    bot: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    looking = SlackDirectory(bot.calls, Identity(team="T0NORTH"), lambda: now)

    async def calls(*people: str) -> int:
        before = bot.slack.calls.count("users.info")
        for person in people:
            await looking.person(f"slack:T0NORTH/{person}", {})
        return bot.slack.calls.count("users.info") - before

    assert await calls("U0ASHA", "U0ASHA", "U0BRYN") == 2
    now = FRESH - 1
    assert await calls("U0ASHA") == 0
    now = FRESH
    assert await calls("U0ASHA") == 1
    monkeypatch.setattr(directory, "KEPT", 2)
    assert await calls("U0CLEO", "U0CLEO", "U0ASHA", "U0BRYN") == 2
