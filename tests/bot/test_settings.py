"""Bad settings are named, with what is expected."""

from __future__ import annotations

import re

import pytest

from bot.setting_values import is_loopback
from bot.settings import BadSettings, read_settings


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PORT": "seventy"}, "PORT: .*integer"),
        ({"PORT": "70000"}, "PORT: .*65535"),
        (
            {"REDIS_URL": "redis+sentinel://one:26379,two:26379"},
            "REDIS_URL: expected the sentinels and the name",
        ),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL: expected an address beginning with redis://"),
        ({"RETENTION_DAYS": "0"}, "RETENTION_DAYS: "),
        ({"ADVISORS": "cleo"}, "ADVISORS: expected team/user ids or e-mail addresses"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL: expected a base address ending in /api/"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET .* is missing"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN .* is missing"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s"}, "SLACK_CLIENT_ID needs ENCRYPTION_KEYS"),
        ({"ENCRYPTION_KEYS": "short"}, "ENCRYPTION_KEYS: expected keys of 32 bytes in base64"),
        ({"MICROSOFT_APP_ID": "a"}, "MICROSOFT_APP_ID, .* go together"),
        ({"MICROSOFT_APP_TENANT_ID": "eastvale.gov.uk"}, "MICROSOFT_APP_TENANT_ID: expected the tenant's id"),
        ({"MICROSOFT_APP_TENANT_ID": "common"}, "MICROSOFT_APP_TENANT_ID: expected the tenant's id"),
        ({"HOST": "0.0.0.0"}, "HOST must be a loopback address"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL: "),
    ],
)
def test_a_bad_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=said) as caught:
        read_settings()
    assert "\n" not in str(caught.value)


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "also-secret")
    assert not re.search("(?:very|also)-secret", repr(read_settings()))


def test_with_any_credential_the_playground_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().playground
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert not read_settings().playground


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True), ("[::1]", True),
     ("0.0.0.0", False), ("198.51.100.7", False), ("evil.example", False), ("localhost.evil.example", False)],
)  # fmt: skip
def test_what_counts_as_this_machine(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
