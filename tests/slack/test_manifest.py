"""The app's manifest asks for what the adapter listens to, within Slack's limits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.platforms.slack
from bot.cli.manifest import build
from bot.platforms.registry import BadManifest, Manifest
from bot.platforms.slack.listen import ASSISTANT_EVENTS, EVENTS
from bot.platforms.slack.manifest import REDIRECT
from bot.platforms.slack.platform import SLACK
from dialogs.core.commands import TABLE
from dialogs.core.events import Utterance
from dialogs.core.router import understand
from playground.slack_hands import COMMAND
from tests.harness.small import SMALL, world

SOURCES = Path(bot.platforms.slack.__file__).parent
METHOD = re.compile(
    r'"((?:assistant|auth|bots|chat|conversations|files|reactions|team|usergroups|users|views)'
    r"(?:\.(?!read)[a-zA-Z]+)+\.?)(?=[\"{])"
)
READ = {"channels:read", "groups:read", "mpim:read"}
CALLS: dict[str, set[str]] = {
    "assistant.threads.": {"assistant:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    "auth.test": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.info": READ,
    "conversations.members": READ,
    "conversations.open": {"im:write"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "team.info": {"team:read"},
    "usergroups.users.list": {"usergroups:read"},
    "users.info": {"users:read"},
    "users.lookupByEmail": {"users:read.email", "users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.update": set(),
}
"""What each method that we call needs: https://docs.slack.dev/reference/methods"""
HEARD: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "assistant_thread_context_changed": {"assistant:write"},
    "assistant_thread_started": {"assistant:write"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message": {f"{kind}:history" for kind in ("channels", "groups", "im", "mpim")},
    "tokens_revoked": set(),
}
"""And each event that we hear: https://docs.slack.dev/reference/events"""
URL = "https://bot.example.gov.uk"


@pytest.fixture(scope="module")
def made() -> Manifest:
    """The manifest for a bot with an address of its own."""
    return build(SLACK, SMALL, url=f"{URL}/")


@pytest.fixture(scope="module")
def manifest(made: Manifest) -> dict[str, Any]:
    """The manifest, read."""
    read: dict[str, Any] = yaml.safe_load(made.text)
    return read


def test_every_event_is_subscribed_and_none_in_vain(manifest: dict[str, Any]) -> None:
    subscribed = {
        event.partition(".")[0] for event in manifest["settings"]["event_subscriptions"]["bot_events"]
    }
    assert subscribed == set(EVENTS) - set(ASSISTANT_EVENTS)


def test_what_is_called_and_heard_needs_each_scope_and_no_other(manifest: dict[str, Any]) -> None:
    called = {found for file in SOURCES.glob("*.py") for found in METHOD.findall(file.read_text("utf-8"))}
    assert called == set(CALLS), "each method that stands in the code has its line in the table"
    features = manifest["features"]
    assert features["slash_commands"]
    assert features["shortcuts"]
    needed = {"commands"}.union(*CALLS.values(), *(HEARD[event] for event in EVENTS))
    assert needed == set(manifest["oauth_config"]["scopes"]["bot"])
    assert set(HEARD) == set(EVENTS)


def test_each_shortcut_is_one_and_each_is_declared(manifest: dict[str, Any]) -> None:
    declared = {each["callback_id"]: each["type"] for each in manifest["features"]["shortcuts"]}
    assert declared == {
        row.shortcut.says: "message" if row.shortcut.on_message else "global" for row in TABLE if row.shortcut
    }
    for says in declared:
        assert understand(Utterance(says, pressed=True), world()) is not None, says


def test_forms_need_interactions(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_command_home_and_addresses(made: Manifest, manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == COMMAND
    hint = command["usage_hint"]
    assert all(item.says in hint for row in TABLE for item in row.menu)
    assert hint.startswith("[your question, or help, lessons, ")
    tenant = manifest["features"]["app_home"]
    assert tenant["home_tab_enabled"]
    assert not tenant["messages_tab_read_only_enabled"]
    settings = manifest["settings"]
    urls = {command["url"], settings["interactivity"]["request_url"]}
    urls.add(settings["event_subscriptions"]["request_url"])
    assert urls == {f"{URL}/slack/events"}
    assert settings["socket_mode_enabled"] is False
    assert not made.missing


def test_an_app_for_many_says_where_slack_sends_back_to_and_that_a_whole_enterprise_may_have_it() -> None:
    many = yaml.safe_load(build(SLACK, SMALL, url=URL, installable=True).text)
    assert many["oauth_config"]["redirect_urls"] == [f"{URL}{REDIRECT}"]
    assert many["settings"]["org_deploy_enabled"] is True
    assert "--url" in build(SLACK, SMALL, installable=True, socket_mode=True).missing
    one = yaml.safe_load(build(SLACK, SMALL, url=URL).text)
    assert "redirect_urls" not in one["oauth_config"]
    assert one["settings"]["org_deploy_enabled"] is False


def test_without_an_address_it_says_what_to_tell_or_uses_the_socket() -> None:
    assert "--url" in build(SLACK, SMALL).missing
    socket = build(SLACK, SMALL, socket_mode=True)
    assert not socket.missing
    assert yaml.safe_load(socket.text)["settings"]["socket_mode_enabled"] is True
    with pytest.raises(BadManifest, match="https://"):
        build(SLACK, SMALL, url="bot.example.gov.uk")


def test_descriptions_have_the_lengths_that_slack_wants(manifest: dict[str, Any]) -> None:
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4_000
