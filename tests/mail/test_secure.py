"""Mail by STARTTLS: nothing is said to a server that can't be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.findings import Finding
from bot.platforms import ports
from bot.platforms.mail import relay
from bot.platforms.mail.examine import examine
from bot.settings import Settings
from tests.harness.certificates import Authority
from tests.harness.http import free_port
from tests.harness.platform import FakePlatform
from tests.mail.mailbox import Mailbox
from tests.mail.post import LEADER, by_mail, posting, settings

SECRET = "let me in"


@pytest.fixture(autouse=True)
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail server counts as another machine, to which TLS is a must."""
    monkeypatch.setattr(relay, "is_loopback", lambda host: False)


def by_starttls(port: int, scheme: str = "smtp") -> str:
    """The address of a server that wants a login."""
    return f"{scheme}://sharewise:let%20me%20in@localhost:{port}"


async def seen(port: int, scheme: str = "smtp") -> Finding:
    """What the doctor sees of the server at ``port`` first."""
    given = settings(port, "http://127.0.0.1:1")
    return (await examine(Settings(**{**given, "smtp_url": by_starttls(port, scheme)})))[0]


async def test_mails_go_by_starttls_and_a_certificate_that_isnt_trusted_holds_them(
    redis_url: str, platform: FakePlatform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "REVOKED_SECONDS", 0.2)
    authority = Authority(tmp_path)
    async with Mailbox(free_port(), SECRET, authority.context("localhost")) as mailbox:
        given = {"smtp_url": by_starttls(mailbox.port)}
        async with posting(redis_url, platform, **given) as post:
            await post.sharewise.begin(by_mail(LEADER))
            await post.sharewise.forward(hours=1.2)
            await platform.shows("UADVISOR", "the mail server's certificate can't be trusted")
            assert mailbox.mails == []
            monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca))
            await mailbox.newest(LEADER)
            assert mailbox.by_tls == [True], "what waited goes out by itself"
        assert await seen(mailbox.port) == Finding("good", "Mail: server", "it takes us by TLS")


@pytest.mark.parametrize(
    ("host", "days", "trusted", "why"),
    [
        ("localhost", 1, False, "unable to get local issuer certificate"),
        ("mail.elsewhere.example", 1, True, "certificate is not valid for 'localhost'"),
        ("localhost", -1, True, "certificate has expired"),
    ],
)
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_a_wrong_certificate_is_refused_with_what_is_wrong_with_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    days: int,
    trusted: bool,
    why: str,
    scheme: str,
) -> None:
    authority = Authority(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca))
    shown = authority.context(host, days=days)
    async with Mailbox(free_port(), SECRET, shown, at_once=scheme == "smtps") as mailbox:
        found = await seen(mailbox.port, scheme)
        assert (found.outcome, found.seen) == ("bad", "no mail goes by it (bad_certificate)")
        assert why in found.way_out
        assert "SSL_CERT_FILE" in found.way_out
    assert mailbox.logins == 0, "it wasn't told the password"


async def test_a_server_without_tls_or_login_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Mailbox(free_port(), SECRET) as mailbox:
        found = await seen(mailbox.port)
        assert found.seen == "no mail goes by it (no_tls)"
        assert "no STARTTLS" in found.way_out
    assert mailbox.logins == 0, "it wasn't told the password"
    monkeypatch.setattr(relay, "is_loopback", lambda host: True)
    async with Mailbox(free_port()) as mailbox:
        found = await seen(mailbox.port)
        assert found.seen == "no mail goes by it (no_login)"
        assert "SMTP_URL" in found.way_out
