"""Any number of people who press the answers of one live card, over real HTTP, as their platform tells it."""

from __future__ import annotations

from msgspec.structs import replace

from playground import slack_events, teams_activities
from playground.connector import TeamsStandIn
from playground.slack_api import SlackStandIn
from playground.slack_book import SlackReach
from playground.stage import ORGANISATIONS, Message, Person
from tests.harness.outside import officer
from tests.harness.team import options


def voter(number: int) -> Person:
    """One of any number of people, of each organisation in turn."""
    names = list(ORGANISATIONS)
    return replace(officer(number), organisation=names[number % len(names)])


async def press_in_slack(slack: SlackStandIn, number: int, card: Message, at: int) -> bool:
    """Press the ``at``-th answer; whether the bot acknowledged it. Slack delivers a press once."""
    who, channel = voter(number), card.id.partition(":")[0]
    reach = SlackReach(channel, who, None, card.id)
    action, _ = slack_events.action(card.payload["blocks"], options(card)[at].element)
    payload = slack_events.press(who, slack.book.trigger(reach), action, slack.book.ts())
    payload |= slack_events.in_message(channel, card, slack.book.response_url(slack.address, reach))
    return await slack.courier.once("interactive", payload) == 200


async def press_in_teams(teams: TeamsStandIn, number: int, card: Message, at: int) -> str:
    """Press the ``at``-th answer; what the person is told at once, "" where nothing answered."""
    chat = f"{teams_activities.CHANNEL};messageid={card.id}"
    key = f"f:{teams.book.next_id()}"
    invoke = teams_activities.base("invoke", key, voter(number), chat, teams.service_url)
    pressed = teams_activities.executed(invoke, options(card)[at].element, card.id)
    status, answer = await teams.line.deliver(pressed)
    return str(answer.get("value", "")) if status == 200 and isinstance(answer, dict) else ""
