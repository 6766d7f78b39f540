"""An answer put before a channel, through both real adapters and the playground's stand-ins."""

from __future__ import annotations

from playground.stage import Message
from tests.harness.reading import words
from tests.harness.team import Team
from tests.harness.waiting import until
from tests.harness.whole import QUESTION, Whole


def posted(team: Team) -> list[Message]:
    """What everybody in Slack's channel sees as shared."""
    said = team.said("slack-channel", "bryn")
    return [message for message in said if "Shared by Asha" in words([message])]


async def test_in_slack_from_the_slash_command(whole: Whole) -> None:
    team = whole.team
    await whole.say("asha", "slack-channel", f"/sharewise {QUESTION}")
    answer = await team.shows("slack-channel", "2009 deck", person="asha")
    assert answer.only_for == "asha"
    await team.press("asha", answer, "Share here")
    preview = await team.shows("slack-channel", "what I'd post in", "#joint-board", person="asha")
    assert preview.only_for == "asha"
    await team.press("asha", preview, "Post it")
    await until(lambda: posted(team), "it is posted", 20)
    (shared,) = posted(team)
    assert "2009 deck" in words([shared])
    assert QUESTION not in words([shared])
    await whole.say("asha", "slack-channel", "/sharewise share here")
    await team.shows("slack-channel", "You have shared that", person="asha")
    assert posted(team) == [shared], "once"


async def test_in_slack_to_a_channel_that_is_named(whole: Whole) -> None:
    await whole.say("asha", "slack-direct", QUESTION)
    (refused,) = await whole.say("asha", "slack-direct", "share it in #joint-board")
    assert "people of other organisations are in it" in str(refused.payload)


async def test_in_teams_from_the_chat_to_the_channel_where_it_is_said(whole: Whole) -> None:
    team = whole.team
    await whole.say("asha", "teams-personal", QUESTION)
    (where,) = await whole.say("asha", "teams-personal", "share it")
    assert "Where?" in str(where.payload)
    await whole.say("asha", "teams-channel", "@Sharewise share here")
    preview = await team.shows("teams-personal", "what I'd post in", person="asha")
    await team.press("asha", preview, "Post it")
    shared = await team.shows("teams-channel", "Shared by Asha")
    assert QUESTION not in words([shared])
