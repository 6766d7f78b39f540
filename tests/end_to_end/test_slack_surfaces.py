"""Slack's App Home and shortcuts, through the real adapter and the playground's Slack; "home" in Teams."""

from __future__ import annotations

import json

from tests.harness.reading import words
from tests.harness.waiting import until
from tests.harness.whole import QUESTION, Whole


async def test_app_home_follows_what_its_owner_does(whole: Whole) -> None:
    slack, team = whole.slack, whole.team

    def home() -> str:
        return json.dumps(slack.home("asha"))

    blocks = await slack.open_home("asha")
    assert "Nothing is waiting for you." in home()
    buttons = [element for block in blocks for element in block.get("elements", []) if "value" in element]
    (quiz,) = [element for element in buttons if element["text"]["text"] == "Quiz"]
    await slack.press("asha", "home", quiz)
    await team.shows("slack-direct", "Question 1 of 5", person="asha")
    await until(lambda: "question 1 of 5 is next" in home(), "the page tells of it", 20)
    await whole.say("asha", "slack-direct", "stop the quiz")
    await until(lambda: "Nothing is waiting for you." in home(), "and that it is over", 20)
    assert "Nothing is waiting for you." in words(await whole.say("asha", "teams-personal", "home"))


async def test_shortcuts_answer_whoever_chose_them_alone(whole: Whole) -> None:
    slack, team = whole.slack, whole.team
    await slack.say("bryn", "slack-channel", QUESTION)
    (asked,) = slack.messages("slack-channel", "asha")
    await slack.shortcut("asha", "about this message", asked.id)
    answer = await team.shows("slack-channel", "2009 deck", person="asha")
    assert answer.only_for == "asha"
    assert slack.messages("slack-channel", "bryn") == [asked]
    await slack.shortcut("asha", "quiz")
    await team.shows("slack-direct", "Question 1 of 5", person="asha")
    (reply,) = await whole.say("asha", "slack-direct", "a")
    assert "Question 1 of 5" in words([reply]), "a letter typed there answers it"
    await slack.shortcut("cleo", "new reminder")
    await until(lambda: slack.modal("cleo"), "the form is open", 20)
    await slack.shortcut("bryn", "new reminder")
    await until(lambda: slack.modal("bryn"), "the form is open for oneself", 20)
    filled = {"what": "Ring the leader", "when": "tomorrow at 9:30"}
    await slack.submit("bryn", {**filled, "off_days": "next", "nation": "england", "catch_up": "24"})
    await team.shows("slack-direct", "Ring the leader", "you alone", person="bryn")
