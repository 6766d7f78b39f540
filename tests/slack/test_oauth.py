"""Any number of workspaces install the app by bolt's OAuth flow, and each is served by its own token."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator

import pytest

from bot.app.doctor import examination
from bot.delivery import credentials
from bot.platforms import ports
from bot.platforms.ports import OutboxMessage, Undeliverable, at_once
from bot.platforms.slack.manifest import SCOPES
from bot.storage.keys import INSTALLATIONS, Keys
from bot.storage.vault import EncryptedVault
from dialogs.core.replies import Reply, Text
from tests.harness.process import Process
from tests.harness.waiting import until
from tests.reading_keys import mentions
from tests.slack.installed import CLIENT, CLIENT_SECRET, KEY, NEXT_KEY, Installed, SeveralSlacks


@pytest.fixture
def slack() -> SeveralSlacks:
    return SeveralSlacks()


@pytest.fixture
async def bot(slack: SeveralSlacks, redis_url: str) -> AsyncIterator[Installed]:
    async with Installed(slack, redis_url) as bot:
        yield bot


def message(account: str, words: str = "Hello.") -> OutboxMessage:
    to = {"channel": "C1", **({"account": account} if account else {})}
    return OutboxMessage(f"turn-{words}", "slack", to, Reply((Text(words),)))


CODE = re.compile(r"\*join ([A-Z0-9]{4})\*")


async def sent(bot: Installed, account: str, words: str = "Hello.") -> None:
    (adapter,) = bot.service.adapters
    await adapter.sender.send(message(account, words), at_once)


async def test_it_is_installed_by_the_browser_that_began_it_once_and_in_time(
    bot: Installed, slack: SeveralSlacks
) -> None:
    asked, cookie = await bot.begin()
    assert asked["client_id"] == CLIENT
    assert set(asked["scope"].split(",")) == set(SCOPES)
    assert asked["redirect_uri"] == f"{bot.url}/slack/oauth_redirect"
    wrong = {
        "nobody's": await bot.back(code="code-T2", state=asked["state"]),
        "another's": await bot.back((await bot.begin())[1], code="code-T2", state=asked["state"]),
        "no state": await bot.back(cookie, code="code-T2"),
        "a no": await bot.back(cookie, error="access_denied", state=asked["state"]),
        "a strange no": await bot.back(cookie, error="<b>odd</b>", state=asked["state"]),
    }
    assert {way: status for way, (status, _) in wrong.items()} == {
        "nobody's": 400, "another's": 400, "no state": 400, "a no": 200, "a strange no": 200,
    }  # fmt: skip
    for status_and_page in wrong.values():
        assert "isn&#x27;t installed yet" in status_and_page[1]
        assert 'href="/slack/install"' in status_and_page[1]
        assert "<b>odd" not in status_and_page[1]
    assert not [call for call in slack.calls if call[1] == "oauth.v2.access"], "nothing was exchanged"
    status, page = await bot.back(cookie, code="code-T2", state=asked["state"])
    assert (status, "Council of T2 has Sharewise now" in page) == (200, True)
    status, page = await bot.back(cookie, code="code-T3", state=asked["state"])
    assert (status, "Please begin again" in page) == (401, True), "a state serves once"
    asked, cookie = await bot.begin()
    assert (await bot.back(cookie, code="junk", state=asked["state"]))[0] == 401
    slack.away = True
    asked, cookie = await bot.begin()
    status, page = await bot.back(cookie, code="code-T3", state=asked["state"])
    assert status in (401, 503)
    assert "isn&#x27;t installed yet" in page


async def test_each_workspace_is_answered_by_its_own_token_and_the_rest_by_none(
    bot: Installed, slack: SeveralSlacks, redis_url: str
) -> None:
    await until(lambda: bot.service.adapters[0].tenant)
    for account in ("T2", "T3"):
        await bot.install(account)
    for team in ("T1", "T2", "T3", "T4"):
        await bot.say(team, "U1", "help")
    for account in ("T1", "T2", "T3"):
        (answer,) = slack.said(account)
        assert answer["channel"] == f"DU1{account}", "the same id in another workspace is somebody else"
    assert not slack.said("T4")
    assert not slack.said("?")
    async with Installed(slack, redis_url) as other:
        await sent(other, "T3", "From another process.")
        await sent(other, "", "By the settings' token.")
        with pytest.raises(Undeliverable, match="not_installed"):
            await sent(other, "T4")
    assert [json.loads(json.dumps(answer))["channel"] for answer in slack.said("T3")] == ["DU1T3", "C1"]
    assert slack.said("T1")[-1]["channel"] == "C1"


async def test_without_a_token_in_the_settings_it_serves_those_that_installed_it(
    slack: SeveralSlacks, redis_url: str
) -> None:
    async with Installed(slack, redis_url, own=False) as bot:
        await bot.say("T2", "U1", "help")
        assert not slack.calls
        await bot.install("T2")
        await bot.say("T2", "U1", "help")
        assert len(slack.said("T2")) == 1
        with pytest.raises(Undeliverable, match="not_installed"):
            await sent(bot, "")


async def test_an_enterprise_that_installs_it_as_a_whole_is_one_tenant(
    bot: Installed, slack: SeveralSlacks
) -> None:
    page = await bot.install("E5")
    assert "County E5 has Sharewise now" in page
    for team in ("T51", "T52"):
        await bot.say(team, "U1", "quiz", whole="E5")
    first, second = slack.said("E5")
    assert "1 of" in str(first)
    assert first != second, "one person in both workspaces: the quiz that was begun is met again"
    kept = [name async for name in bot.service.connection.scan("sw:{slack:*")]
    assert {name.partition("}")[0] for name in kept if ":work:" in name} == {"sw:{slack:E5"}
    assert {name.rpartition(":")[2] for name in kept if ":work:" in name} == {"E5/U1"}


async def everything(bot: Installed) -> dict[str, bytes]:
    """All that Redis keeps of installations."""
    stored = await bot.service.connection.call("HGETALL", Keys(INSTALLATIONS).key("installation", "all"))
    pairs = stored.items() if isinstance(stored, dict) else zip(stored[::2], stored[1::2], strict=True)
    return {name.decode(): value for name, value in pairs}


async def test_tokens_are_encrypted_and_can_be_encrypted_anew(slack: SeveralSlacks, redis_url: str) -> None:
    async with Installed(slack, redis_url) as bot:
        await bot.install("T2")
        (token,) = [token for token, account in slack.tokens.items() if account == "T2"]
        before = await everything(bot)
        assert await mentions(redis_url, "UBOTT2", token, CLIENT_SECRET, "UINSTALLER") == []
        assert await mentions(redis_url, "T2"), "what it goes by can be read"
        vault = EncryptedVault(
            bot.service.connection,
            [key.get_secret_value() for key in (NEXT_KEY, KEY)],
            bot.service.memory.seconds,
        )
        assert b"UINSTALLER" not in (await vault.get("T2") or b""), "who installed it is nobody's business"
        assert await vault.rotate() == (1, [])
        assert before != await everything(bot)
    async with Installed(slack, redis_url, encryption_keys=(NEXT_KEY,)) as later:
        await later.say("T2", "U1", "help")
        assert len(slack.said("T2")) == 1
    async with Installed(slack, redis_url) as lost:
        await lost.say("T2", "U1", "help")
        assert len(slack.said("T2")) == 1, "without the key nothing is said"
        await lost.install("T2")
        await lost.say("T2", "U1", "help")
        assert len(slack.said("T2")) == 2, "installing once more mends it"


async def test_a_token_that_ends_is_renewed_by_one_process_for_all(
    bot: Installed, slack: SeveralSlacks, redis_url: str
) -> None:
    slack.expires = 60
    await bot.install("T2")
    slack.expires = 12 * 3600
    async with Installed(slack, redis_url) as other:
        bots = [bot, other, bot, other]
        await asyncio.gather(*(sent(each, "T2", f"{at}") for at, each in enumerate(bots)))
    renewals = [given for _, method, given in slack.calls if given.get("grant_type") == "refresh_token"]
    assert len(renewals) == 1
    assert len(slack.said("T2")) == 4
    assert len([token for token, account in slack.tokens.items() if account == "T2"]) == 2


async def waiting(bot: Installed) -> list[str]:
    """Queues in which something waits."""
    return [name async for name in bot.service.connection.scan("sw:*:outbox:*")]


async def test_a_workspace_that_uninstalls_it_is_sent_nothing_and_can_come_back(
    bot: Installed, slack: SeveralSlacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "REVOKED_SECONDS", 0.1)
    for account in ("T2", "T3"):
        await bot.install(account)
    slack.revoke("T2")
    task = asyncio.create_task(bot.say("T2", "U1", "help"))
    await until(lambda: "slack:T2" in bot.service.credentials.refused, "its token is refused")
    assert "slack:T3" not in bot.service.credentials.refused
    async with asyncio.timeout(20):
        await bot.event("T2", {"type": "app_uninstalled"})
        await task
        while await waiting(bot):  # noqa: ASYNC110 (in Redis)
            await asyncio.sleep(0.05)
    assert not bot.service.credentials.refused
    assert list(await everything(bot)) == ["T3"], "its token is forgotten at once"
    await bot.say("T2", "U1", "help")
    await bot.say("T3", "U1", "help")
    assert (len(slack.said("T2")), len(slack.said("T3"))) == (0, 1)
    await bot.install("T2")
    await bot.event("T2", {"type": "app_uninstalled"}, at=time.time() - 60)
    await bot.say("T2", "U1", "help")
    assert len(slack.said("T2")) == 1, "an end that is told late is of what was before"


@pytest.mark.parametrize(
    ("revoked", "left"),
    [
        ({"bot": ["UBOTT2"]}, []),
        ({"oauth": ["U1"]}, ["T2"]),
        ({"bot": ["UELSE"]}, ["T2"]),
        ({"bot": 7}, ["T2"]),
    ],
)
async def test_whose_bot_token_is_revoked_has_ended_it(
    bot: Installed, revoked: dict[str, object], left: list[str]
) -> None:
    await bot.install("T2")
    await bot.event("T2", {"type": "tokens_revoked", "tokens": revoked})
    assert list(await everything(bot)) == left


async def test_a_process_that_wasnt_told_sends_again_once_it_is_installed_again(
    bot: Installed, slack: SeveralSlacks, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.install("T2")
    async with Installed(slack, redis_url) as other:
        await other.service.delivery.send(message("T2", "One."), at_once)
        slack.revoke("T2")
        await bot.event("T2", {"type": "app_uninstalled"})
        with pytest.raises(Undeliverable, match="app_uninstalled"):
            await other.service.delivery.send(message("T2", "Two."), at_once)
        await bot.install("T2")
        monkeypatch.setattr(credentials, "AGAIN_SECONDS", 0.0)
        await other.service.delivery.send(message("T2", "Three."), at_once)
    assert [given["text"] for given in slack.said("T2")] == ["One.", "Three."]


@pytest.mark.parametrize(("team", "gone"), [("T1", True), ("T4", False), ("", True)])
async def test_an_uninstalling_before_slack_has_said_who_we_are_is_ours_only_where_it_is(
    slack: SeveralSlacks, redis_url: str, team: str, gone: bool
) -> None:
    slack.away = True
    bare = {"slack_client_id": None, "slack_client_secret": None, "encryption_keys": ()}
    async with Installed(slack, redis_url, **bare) as bot:
        slack.away = False
        assert not bot.service.adapters[0].tenant, "auth.test isn't answered yet"
        await bot.event(team, {"type": "app_uninstalled"})
        if gone:
            with pytest.raises(Undeliverable, match="app_uninstalled"):
                await bot.service.credentials.check("slack")
        else:
            await bot.service.credentials.check("slack")


async def test_an_uninstalling_of_a_token_that_is_no_longer_good_is_ours(
    slack: SeveralSlacks, redis_url: str
) -> None:
    slack.revoke("T1")
    bare = {"slack_client_id": None, "slack_client_secret": None, "encryption_keys": ()}
    async with Installed(slack, redis_url, **bare) as bot:
        await bot.event("T1", {"type": "app_uninstalled"})
        with pytest.raises(Undeliverable, match="app_uninstalled"):
            await bot.service.credentials.check("slack")


async def test_the_doctor_and_the_key_s_rotation_name_what_is_to_be_seen_to(
    slack: SeveralSlacks, redis_url: str
) -> None:
    async with Installed(slack, redis_url, own=False, advisors=("cleo@council.example",)) as bot:
        for account in ("T2", "T3", "E5"):
            await bot.install(account)
        slack.revoke("T3")
        settings = bot.service.settings.model_copy(update={"redis_url": redis_url})
        found = {finding.about: finding async for finding in examination(settings)}
        assert "2: Council of E5 (E5), Council of T2 (T2)" in found["Slack: installations"].seen
        assert "token_revoked" in found["Slack: installations: T3"].seen
        assert f"{bot.url}/slack/install" in found["Slack: installations: T3"].way_out
        assert "by id" in found["Slack: advisors"].way_out
        lost = settings.model_copy(update={"encryption_keys": (NEXT_KEY,)})
        found = {finding.about: finding async for finding in examination(lost)}
        assert {about for about, finding in found.items() if "undecipherable" in finding.seen} == {
            f"Slack: installations: {account}" for account in ("T2", "T3", "E5")
        }
        keys = {"SLACK_CLIENT_ID": "", "REDIS_URL": redis_url}
        both = ",".join(key.get_secret_value() for key in (NEXT_KEY, KEY))
        async with Process("encryption", "rotate", ENCRYPTION_KEYS=both, **keys) as rotation:
            assert await rotation.ended() == 0
        assert rotation.output == "3 under the first key.\n"
        former = KEY.get_secret_value()
        async with Process("encryption", "rotate", ENCRYPTION_KEYS=former, **keys) as rotation:
            assert await rotation.ended() == 1
        assert "none of the keys opens what is kept of E5, T2, T3" in rotation.output


async def test_what_spans_workspaces_goes_to_each_by_its_own_token(
    slack: SeveralSlacks, redis_url: str
) -> None:
    async with Installed(slack, redis_url, advisors=("slack:T2/UADA",)) as bot:
        for account in ("T2", "T3"):
            await bot.install(account)
        await bot.say("T2", "UHOST", "<@UBOTT2> quiz here", channel="C2")
        await until(lambda: [given for given in slack.said("T2") if given["channel"] == "C2"], "the card")
        code = next(found[1] for given in slack.said("T2") if (found := CODE.search(str(given))))
        await bot.say("T3", "UGUEST", f"join {code}")
        await until(lambda: slack.said("T3"), "the guest is told that they are in")
        await bot.say("T3", "UGUEST", f"{code} a")
        await until(
            lambda: [
                given for given in slack.made("T2", "chat.update") if "1 answered" in str(given["blocks"])
            ],
            "the card is drawn anew where it stands",
        )
        home = {"type": "app_home_opened", "user": "UGUEST", "channel": "DUGUESTT3", "tab": "home"}
        await bot.event("T3", home)
        await until(lambda: slack.made("T3", "views.publish"))
        await bot.press("T2", "UADA", "remind")
        await until(lambda: slack.made("T2", "views.open"))
        assert {account for account, *_ in slack.calls} <= {"", "T1", "T2", "T3"}
        assert not slack.said("T1")
