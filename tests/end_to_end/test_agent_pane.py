"""Slack's agent pane, through bolt and the stand-in: first words, a status, and what a chat is called."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from bot.cli.manifest import build
from bot.platforms.slack.platform import SLACK
from dialogs.core.events import PaneOpened, Speaker
from dialogs.core.model import State
from dialogs.core.replies import Choices
from dialogs.decide import decide
from playground.slack_panes import PaneView
from playground.stage import Message
from tests.harness.small import SMALL, world
from tests.harness.waiting import until
from tests.harness.whole import Whole

URL = "https://bot.example.gov.uk"


def features(**options: Any) -> dict[str, Any]:
    """What the manifest declares, and the events that it subscribes to."""
    manifest = yaml.safe_load(build(SLACK, SMALL, url=URL, **options).text)
    assert "assistant:write" in manifest["oauth_config"]["scopes"]["bot"]
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    return {**manifest["features"], "events": events}


def test_the_manifest_declares_an_agent_or_where_asked_for_an_assistant() -> None:
    agent, assistant = features(), features(assistant=True)
    assert "agent_view" in agent
    assert "assistant_view" not in agent
    assert not any(event.startswith("assistant_") for event in agent["events"])
    assert "agent_view" not in assistant
    assert {"assistant_thread_started", "app_home_opened", "message.im"} <= set(assistant["events"])
    for view in (agent["agent_view"], assistant["assistant_view"]):
        (description,) = (value for name, value in view.items() if name.endswith("_description"))
        assert "allotments" in description
        assert 0 < len(view["suggested_prompts"]) <= 4
        assert all(prompt["title"] and prompt["message"] for prompt in view["suggested_prompts"])


@pytest.mark.parametrize(("role", "says"), [("officer", "quiz"), ("advisor", "queue")])
def test_first_words_are_those_of_a_role_and_few(role: Any, says: str) -> None:
    (reply,) = decide(State(), PaneOpened(), world(speaker=Speaker("slack:T1/U1", role))).replies
    (offered,) = (block for block in reply.blocks if isinstance(block, Choices))
    assert says in [choice.says for choice in offered.options]
    assert len(offered.options) <= 4


async def test_from_first_words_to_an_answer_in_a_named_chat(whole: Whole) -> None:
    slack = whole.slack

    def pane() -> PaneView:
        shown = slack.pane("asha")
        assert shown is not None
        return shown

    await slack.open_pane("asha")
    await until(lambda: pane().prompts, "prompts are offered", 20)
    assert pane().thread is None

    await slack.open_pane("asha", new=True)
    await until(lambda: pane().thread, "prompts are offered in the new chat", 20)
    root = pane().thread
    assert root is not None
    asked = pane().prompts[0]["message"]
    await slack.say("asha", "slack-direct", asked, root)
    await until(lambda: pane().titles, "the chat has a name", 20)
    assert list(pane().titles.values()) == [asked]

    def answers() -> list[Message]:
        said = slack.messages("slack-direct", "asha")
        return [message for message in said if message.author == "bot" and message.thread == root]

    await until(answers, "it is answered there", 20)
    await until(lambda: not pane().status, "we no longer think", 20)
    assert "assistant.threads.setStatus" in slack.calls
    await slack.say("asha", "slack-direct", "why?", root)
    await until(lambda: slack.calls.count("assistant.threads.setStatus") >= 2, "we think again", 20)
    assert list(pane().titles.values()) == [asked], "a chat keeps its name"


async def test_an_app_without_the_pane_is_asked_once(whole: Whole) -> None:
    whole.slack.fail("assistant.threads.setStatus", times=10, error="missing_scope")

    def answers() -> int:
        return sum(message.author == "bot" for message in whole.slack.messages("slack-direct", "asha"))

    await whole.slack.say("asha", "slack-direct", "hello")
    root = whole.slack.messages("slack-direct", "asha")[0].id
    for _ in range(3):
        before = answers()
        await whole.slack.say("asha", "slack-direct", "hello again", root)
        await until(lambda before=before: answers() > before, "an answer", 20)  # type: ignore[misc]
    assert whole.slack.calls.count("assistant.threads.setStatus") <= 2
