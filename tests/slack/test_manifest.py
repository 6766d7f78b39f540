"""The app's manifest asks for what the adapter listens to, within Slack's limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.platforms.slack.listen import EVENTS
from playground.slack_api import COMMAND


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The manifest, read."""
    path = Path(__file__).parents[2] / "slack-manifest.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def test_every_event_is_subscribed_and_none_in_vain(manifest: dict[str, Any]) -> None:
    subscribed = {one.partition(".")[0] for one in manifest["settings"]["event_subscriptions"]["bot_events"]}
    assert subscribed == set(EVENTS)


def test_every_kind_of_conversation_is_read(manifest: dict[str, Any]) -> None:
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert {f"{kind}:history" for kind in ("channels", "groups", "im", "mpim")} < scopes
    assert {"app_mentions:read", "chat:write", "commands", "files:write"} < scopes
    assert {"im:write", "users:read.email"} < scopes


def test_every_look_up_is_allowed(manifest: dict[str, Any]) -> None:
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert {"users:read", "channels:read", "groups:read", "usergroups:read", "team:read"} < scopes


def test_forms_need_interactions(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_command_home_and_addresses(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == COMMAND
    tenant = manifest["features"]["app_home"]
    assert tenant["home_tab_enabled"]
    assert not tenant["messages_tab_read_only_enabled"]
    settings = manifest["settings"]
    urls = {command["url"], settings["interactivity"]["request_url"]}
    urls.add(settings["event_subscriptions"]["request_url"])
    assert [url.removeprefix("https://sharewise.example") for url in urls] == ["/slack/events"]
    assert settings["socket_mode_enabled"] is False


def test_descriptions_have_the_lengths_that_slack_wants(manifest: dict[str, Any]) -> None:
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4_000
