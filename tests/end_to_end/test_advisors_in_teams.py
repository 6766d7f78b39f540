"""Advisors whose channel is in Teams: asked in Slack, seen and answered there, through both real adapters."""

from __future__ import annotations

from playground.stage import TEAMS_TENANT
from playground.teams_activities import CHANNEL
from tests.harness.whole import running


async def test_a_question_from_slack_is_answered_in_a_channel_of_teams(redis_url: str) -> None:
    async with running(redis_url, advisors_channel=f"teams:{TEAMS_TENANT}/{CHANNEL}") as whole:
        team = whole.team
        await team.say("cleo", "teams-channel", "@Sharewise hello")
        await team.shows("teams-channel", "Hello")
        await team.say("asha", "slack-direct", "ask an advisor: can we share a mascot")
        shown = await team.shows("slack-direct", "This is what I'd send", "can we share a mascot")
        await team.press("asha", shown, "Send it")
        card = await team.shows("teams-channel", "A question for the advisors", "can we share a mascot")
        await team.press("cleo", card, "Take it")
        await team.shows("teams-channel", "taken by Cleo Grant")
        await team.shows("slack-direct", "Cleo Grant (advisor) is looking at your question")
