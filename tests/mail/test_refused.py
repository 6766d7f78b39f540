"""Addresses that bounce, domains that aren't allowed, a server that refuses us; links that don't work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.findings import Finding
from bot.platforms import ports
from bot.platforms.mail.examine import examine
from bot.platforms.mail.links import Link, Links
from bot.settings import BadSettings, Settings, read_settings
from dialogs.core.plain import choices
from tests.harness.http import free_port
from tests.harness.platform import ADVISOR, FakePlatform
from tests.mail.mailbox import Mailbox, links
from tests.mail.post import BRYN, CHIEF, KEY, LEADER, PA, Post, by_mail, posting, settings
from tests.reminders.series import person

LEADERS, BRYNS = "mail:anyshire.gov.uk/leader", "mail:anyshire.gov.uk/bryn.hughes"


async def test_an_address_that_bounces_is_named_once_and_left_out(post: Post, platform: FakePlatform) -> None:
    sharewise = post.sharewise
    post.mailbox.refuses = {
        LEADER: "550 5.1.1 no such user here",
        BRYN: "550 5.7.1 we don't take this",
        CHIEF: "451 4.7.1 greylisted, come again",
    }
    await sharewise.begin(by_mail(LEADER), by_mail(BRYN), by_mail(CHIEF), by_mail(PA), person(1))
    await sharewise.forward(hours=1.2)
    await post.mailbox.newest(PA)
    await sharewise.comes_to({"sent": 2, "failed": 2, "scheduled": 1})
    del post.mailbox.refuses[CHIEF]
    await post.mailbox.newest(CHIEF)
    await sharewise.forward(hours=0.6)
    card = await platform.shows("UADVISOR", "2 of 5 could not be reached", "takes no mail for that address")
    assert "leave out such an address until you send again" in "\n".join(platform.texts("UADVISOR"))
    assert "their mail server refused it" in "\n".join(platform.texts("UADVISOR"))

    await sharewise.forward(hours=23.5)
    states = await sharewise.states()
    assert states[LEADERS] == "suspended", "it isn't tried again by itself"
    assert states[BRYNS] == "failed", "what a rule refuses today it may take tomorrow"
    post.mailbox.refuses = {}
    again = next(choice for choice in choices(card) if choice.label == "Send again to those who failed")
    await sharewise.press_saying(ADVISOR, again.says)
    await post.mailbox.newest(LEADER)
    await sharewise.forward(hours=24)
    assert (await sharewise.states())[LEADERS] == "sent", "from then on it is tried as any other"


async def test_a_server_that_refuses_us_holds_what_waits(
    post: Post, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "REVOKED_SECONDS", 0.2)
    post.mailbox.sender_refused = "530 5.7.0 who are you?"
    await post.sharewise.begin(by_mail(LEADER))
    await post.sharewise.forward(hours=1.2)
    await platform.shows("UADVISOR", "Mail: nobody there hears from me", "no mail from my address")
    assert post.sharewise.service.credentials.refused["mail"].todo.startswith("check SMTP_URL and MAIL_FROM")
    assert post.mailbox.mails == []
    post.mailbox.sender_refused = ""
    await post.mailbox.newest(LEADER)


async def test_what_the_settings_dont_allow_is_never_written_to(
    redis_url: str, platform: FakePlatform
) -> None:
    """What was allowed when a series began, too."""
    async with posting(redis_url, platform) as post:
        await post.sharewise.begin(by_mail(LEADER), by_mail("chief@west.police.uk"), person(1))
        await platform.shows("UADVISOR", "2 people by mail")
    async with posting(redis_url, platform, mail_domains=(".police.uk",)) as post:
        await post.sharewise.forward(hours=1.2)
        await post.mailbox.newest("chief@west.police.uk")
        await post.sharewise.comes_to({"sent": 2, "failed": 1})
        assert (await post.sharewise.ledger())[LEADERS].detail == "mail_domain"
        assert len(post.mailbox.mails) == 1
        await post.sharewise.begin(by_mail("a@evil.example"), person(1), id="CDFGHJKMNPQS")
        await platform.shows("UADVISOR", "I can't write to 1", "a@evil.example", "MAIL_DOMAINS")


async def test_links_that_dont_work_say_so_and_change_nothing(post: Post) -> None:
    await post.sharewise.begin(by_mail(LEADER), by_mail(BRYN))
    await post.sharewise.forward(hours=1.2)
    done = links(await post.mailbox.newest(LEADER))["Done"]
    key = await post.sharewise.key()
    url, says = done.rpartition("/mail/")[0], f"reminder done CDFGHJKMNPQR {key}"
    soon = int((datetime.now(UTC) + timedelta(hours=1)).timestamp())
    for other, status, said in [
        (done[:-5], 404, "I can't read this link"),
        (done[:-9] + ("A" if done[-9] != "A" else "B") + done[-8:], 404, "I can't read this link"),
        (Links("x" * 40, url).url(Link(LEADERS, says, "Done", soon)), 404, "I can't read this link"),
        (f"{url}/mail/{'A' * 5000}", 404, "I can't read this link"),
        (f"{url}/mail/%00%ff", 404, "I can't read this link"),
        (Links(KEY, url).url(Link(LEADERS, says, "Done", 1_700_000_000)), 410, "14 November 2023"),
    ]:
        for page in (await post.open(other), await post.press(other)):
            assert (page.status, said in page.words) == (status, True), page.words
            assert page.buttons == {}
    expired = await post.open(Links(KEY, url).url(Link(LEADERS, says, "Done", 1_700_000_000)))
    assert "No more mails from Sharewise" in expired.ways, "and a way on"
    assert await post.sharewise.states() == {LEADERS: "sent", BRYNS: "sent"}

    stranger = Links(KEY, url).url(Link("mail:anyshire.gov.uk/nobody", says, "Done", soon))
    assert "wasn't sent to you" in (await post.open(stranger)).words
    assert "wasn't sent to you" in (await post.press(stranger)).words
    gone = Links(KEY, url).url(Link(LEADERS, says.replace("CDF", "ZZZ"), "Done", soon))
    assert "it ended long ago, or never was" in (await post.open(gone)).words
    assert "it ended long ago, or never was" in (await post.press(gone)).words


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
async def test_the_doctor_tries_the_server() -> None:
    async with Mailbox(free_port(), password="let me in") as mailbox:
        url = f"smtp://sharewise:let%20me%20in@127.0.0.1:{mailbox.port}"
        given = settings(mailbox.port, "http://127.0.0.1:1")
        assert await examine(Settings(**{**given, "smtp_url": url})) == [
            Finding("good", "Mail: server", "it takes us, on this machine"),
            Finding("good", "Mail: domains", "mails go to anyshire.gov.uk, .police.uk alone"),
        ]
        (bad,) = await examine(Settings(**{**given, "smtp_url": url.replace("let", "don't%20let")}))
        assert (bad.outcome, bad.seen) == ("bad", "no mail goes by it (login_refused)")
    (away,) = await examine(Settings(**given))
    assert away.seen.startswith("it can't be reached")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"MAIL_FROM": ""}, "SMTP_URL needs MAIL_FROM, MAIL_DOMAINS, MAIL_LINK_KEY and PUBLIC_URL"),
        ({"MAIL_LINK_KEY": ""}, "SMTP_URL needs MAIL_FROM"),
        ({"MAIL_LINK_KEY": "short"}, "MAIL_LINK_KEY: expected at least 32 characters"),
        ({"MAIL_DOMAINS": "*"}, "MAIL_DOMAINS: expected domains"),
        ({"MAIL_DOMAINS": "gov.uk,leader@anyshire.gov.uk"}, "MAIL_DOMAINS: expected domains"),
        ({"MAIL_FROM": "Sharewise"}, "MAIL_FROM: expected an e-mail address"),
        ({"SMTP_URL": "mail.anyshire.gov.uk"}, "SMTP_URL: expected an address such as smtp://"),
        ({"PUBLIC_URL": "http://sharewise.anyshire.gov.uk"}, "PUBLIC_URL: expected an address beginning"),
    ],
)
def test_bad_settings_are_named(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], said: str) -> None:
    good = {
        "SMTP_URL": "smtps://u:p@mail.anyshire.gov.uk",
        "MAIL_FROM": "Sharewise <sharewise@anyshire.gov.uk>",
        "MAIL_DOMAINS": "anyshire.gov.uk, .police.uk",
        "MAIL_LINK_KEY": KEY,
        "PUBLIC_URL": "https://sharewise.anyshire.gov.uk",
    }
    for name, value in {**good, **changed}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=said):
        read_settings()
