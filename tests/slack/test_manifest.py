"""The app's manifest asks for what the adapter listens to, within Slack's limits."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from bot.cli.manifest import build
from bot.platforms.registry import BadManifest, Manifest
from bot.platforms.slack.listen import ASSISTANT_EVENTS, EVENTS
from bot.platforms.slack.manifest import REDIRECT
from bot.platforms.slack.platform import SLACK
from dialogs.core.commands import TABLE
from playground.slack_api import COMMAND
from tests.harness.small import SMALL

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


def test_every_kind_of_conversation_is_read(manifest: dict[str, Any]) -> None:
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert {f"{kind}:history" for kind in ("channels", "groups", "im", "mpim")} < scopes
    assert {"app_mentions:read", "chat:write", "commands", "files:write"} < scopes
    assert {"im:write", "users:read.email"} < scopes


def test_every_look_up_is_allowed(manifest: dict[str, Any]) -> None:
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    wanted = {"users:read", "channels:read", "groups:read", "mpim:read", "usergroups:read", "team:read"}
    assert wanted < scopes


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
