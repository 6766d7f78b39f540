"""The sender against the stand-in: what is tried again, what is given up, and what is never awaited."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession, web

from bot.platforms.ports import Address, OutboxMessage, Unavailable, Undeliverable, Unreachable
from bot.platforms.teams.app_token import AppToken
from bot.platforms.teams.connector import LONGEST_PAUSE, TRIES, BotConnector
from bot.platforms.teams.elements import fitted
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.reminders.ledger import reason_of
from dialogs.wording.reminders import OTHER_REASON
from tests.teams.conftest import Served


class Pauses:
    """Takes the place of waiting, and notes how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def row(to: Address, *blocks: Any) -> OutboxMessage:
    """A line of the outbox."""
    return OutboxMessage(id="turn:0", platform="teams", to=to, reply=Reply(blocks or (Text("hello"),)))


def chat(bot: Served, **changes: str) -> Address:
    """Asha's personal chat."""
    return {"service_url": bot.teams.service_url, "conversation": "a:asha", "bot": "28:sharewise", **changes}


def texts(bot: Served, place: str = "teams-personal", person: str = "asha") -> list[str]:
    """What a person sees."""
    return [message.text for message in bot.teams.messages(place, person)]


async def test_a_message_is_posted_and_its_key_is_what_a_press_will_name(bot: Served) -> None:
    key = await bot.adapter.sender.send(
        row(chat(bot), Text("hello"), Choices((Choice("More", "more"),))), Pauses()
    )
    [message] = bot.teams.messages("teams-personal", "asha")
    assert key == f"a:asha:{message.id}"
    button = message.payload["attachments"][0]["content"]["body"][0]["actions"][0]
    await bot.teams.press("asha", message.id, button)
    assert bot.turn.arrivals[0].about == key


async def test_a_reply_takes_the_place_of_the_message_that_was_pressed(bot: Served) -> None:
    key = await bot.adapter.sender.send(row(chat(bot), Text("Question 1")), Pauses())
    assert key is not None
    then = msgspec.structs.replace(row(chat(bot), Text("Question 2")), instead=key)
    assert await bot.adapter.sender.send(then, Pauses()) == key
    [card] = bot.teams.messages("teams-personal", "asha")
    assert (card.text, card.edited) == ("Question 2", True)


async def test_what_can_no_longer_be_replaced_is_posted_anew(bot: Served) -> None:
    then = msgspec.structs.replace(row(chat(bot), Text("Question 2")), instead="a:asha:gone")
    await bot.adapter.sender.send(then, Pauses())
    assert texts(bot) == ["Question 2"]


async def test_a_reply_in_a_channel_stands_in_its_thread(bot: Served) -> None:
    await bot.teams.say("asha", "teams-channel", "@Sharewise why?")
    [inbound] = bot.turn.arrivals
    key = await bot.adapter.sender.send(row(inbound.to), Pauses())
    question, answer = bot.teams.messages("teams-channel", "bryn")
    assert answer.thread == question.id
    assert key == f"19:partnership-general@thread.tacv2:{answer.id}"


async def test_a_private_reply_goes_to_the_personal_chat_which_is_created_once(bot: Served) -> None:
    await bot.teams.say("asha", "teams-channel", "@Sharewise my data")
    private = bot.turn.arrivals[0].private_to
    await bot.adapter.sender.send(row(private), Pauses())
    bot.teams.fail("create", status=403)
    await bot.adapter.sender.send(row(private), Pauses())
    assert texts(bot) == ["hello", "hello"]
    assert texts(bot, person="bryn") == []


@pytest.mark.parametrize("status", [412, 429, 502, 504])
async def test_what_teams_asks_to_be_repeated_is_repeated(bot: Served, status: int) -> None:
    bot.teams.fail("send", times=2, status=status)
    pauses = Pauses()
    await bot.adapter.sender.send(row(chat(bot)), pauses)
    assert texts(bot) == ["hello"]
    assert bot.retries == [f"teams {status}"] * 2
    first, second = pauses.seconds
    assert 0.4 <= first <= 0.6
    assert 0.8 <= second <= 1.2


async def test_a_web_page_in_the_place_of_an_answer_is_no_answer(bot: Served) -> None:
    bot.teams.fail("send", status=200)
    key = await bot.adapter.sender.send(row(chat(bot)), Pauses())
    [message] = bot.teams.messages("teams-personal", "asha")
    assert key == f"a:asha:{message.id}"
    assert bot.retries == ["teams unreadable"]


async def test_retry_after_is_honoured(bot: Served) -> None:
    bot.teams.fail("send", status=429, retry_after=7)
    pauses = Pauses()
    await bot.adapter.sender.send(row(chat(bot)), pauses)
    assert pauses.seconds == [7.0]


async def test_a_long_retry_after_is_left_to_later_with_its_seconds(bot: Served) -> None:
    bot.teams.fail("send", status=429, retry_after=LONGEST_PAUSE + 1)
    pauses = Pauses()
    with pytest.raises(Unavailable) as raised:
        await bot.adapter.sender.send(row(chat(bot)), pauses)
    assert (raised.value.reason, raised.value.after, pauses.seconds) == ("429", LONGEST_PAUSE + 1, [])


@pytest.mark.parametrize("status", [400, 413])
async def test_a_message_that_is_refused_for_its_looks_goes_as_plain_text(bot: Served, status: int) -> None:
    bot.teams.fail("send", status=status)
    await bot.adapter.sender.send(row(chat(bot), Text("hello"), Choices((Choice("More", "more"),))), Pauses())
    [message] = bot.teams.messages("teams-personal", "asha")
    assert "hello" in message.text
    assert "More: “more”" in message.text
    assert "attachments" not in message.payload


@pytest.mark.parametrize("status", [400, 403, 409, 413])
async def test_a_live_card_that_is_refused_once_keeps_its_buttons(bot: Served, status: int) -> None:
    first = row(chat(bot), Text("0 answered"), Choices((Choice("A", "answer a"),)))
    key = await bot.adapter.sender.send(first, Pauses())
    again = msgspec.structs.replace(first, instead=key or "", redrawn=True)
    bot.teams.fail("update", times=2, status=status)
    for _ in range(2):
        with pytest.raises(Undeliverable):
            await bot.adapter.sender.send(again, Pauses())
    [card] = bot.teams.messages("teams-personal", "asha")
    assert (card.edited, bool(card.payload["attachments"])) == (False, True)
    assert await bot.adapter.sender.send(again, Pauses()) == key


@pytest.mark.parametrize("text", ["“" * 17_000, "a" * 17_000, "short"])
def test_a_text_is_cut_by_bytes_and_no_more_than_it_must(text: str) -> None:
    cut = fitted(text, 1_000)
    size = len(msgspec.json.encode(cut))
    assert size <= 1_000
    assert size > 990 or cut == text


async def test_retries_are_bounded(bot: Served) -> None:
    bot.teams.fail("send", times=TRIES, status=502)
    pauses = Pauses()
    with pytest.raises(Unavailable, match="502"):
        await bot.adapter.sender.send(row(chat(bot)), pauses)
    assert len(pauses.seconds) == TRIES - 1
    assert texts(bot) == []


@pytest.mark.parametrize("status", [500, 503])
async def test_a_servers_other_errors_are_left_to_later(bot: Served, status: int) -> None:
    bot.teams.fail("send", status=status)
    pauses = Pauses()
    with pytest.raises(Unavailable):
        await bot.adapter.sender.send(row(chat(bot)), pauses)
    assert pauses.seconds == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"conversation": "a:nobody"}, "ConversationNotFound"), ({"conversation": "", "person": "29:nobody",
      "tenant": "t1"}, "ForbiddenOperationException")],
)  # fmt: skip
async def test_a_refusal_for_good_is_never_repeated(bot: Served, changes: Address, reason: str) -> None:
    pauses = Pauses()
    with pytest.raises(Undeliverable, match=reason):
        await bot.adapter.sender.send(row(chat(bot, **changes)), pauses)
    assert pauses.seconds == []


@pytest.mark.parametrize(
    "code",
    [
        "BotDisabledByAdmin",
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ForbiddenOperationException",
        "MessageWritesBlocked",
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["in a known chat", "in a new chat"])
async def test_a_person_who_cant_be_written_to_is_refused_by_teams_word(
    bot: Served, code: str, known: bool
) -> None:
    to = chat(bot) if known else chat(bot, conversation="", person="29:asha", tenant="t1")
    bot.teams.gone("asha", code)
    with pytest.raises(Unreachable) as raised:
        await bot.adapter.sender.send(row(to), Pauses())
    assert raised.value.reason == code
    assert reason_of(code) not in (OTHER_REASON, code), "an advisor reads it in plain words"
    assert await bot.adapter.sender.send(row(chat(bot, conversation="a:bryn")), Pauses())


async def test_a_channel_that_we_are_not_in_is_refused_by_teams_word(bot: Served) -> None:
    with pytest.raises(Undeliverable, match="BotNotInConversationRoster"):
        await bot.adapter.sender.send(row(chat(bot, conversation="19:other@thread.tacv2")), Pauses())


@pytest.mark.parametrize("status", [429, 503])
async def test_how_long_to_wait_is_told_whatever_the_trouble(bot: Served, status: int) -> None:
    bot.teams.fail("send", status=status, retry_after=600)
    with pytest.raises(Unavailable) as raised:
        await bot.adapter.sender.send(row(chat(bot)), Pauses())
    assert (raised.value.reason.isascii(), raised.value.after) == (True, 600.0)


async def test_something_new_for_a_channel_begins_a_thread(bot: Served) -> None:
    await bot.teams.say("asha", "teams-channel", "@Sharewise quiz here")
    [inbound] = bot.turn.arrivals
    await bot.adapter.sender.send(row(inbound.channel_to), Pauses())
    message = bot.teams.messages("teams-channel", "bryn")[-1]
    assert (message.text, message.thread) == ("hello", None)


async def test_an_address_that_is_none_is_never_repeated(bot: Served) -> None:
    with pytest.raises(Undeliverable, match="bad_address"):
        await bot.adapter.sender.send(row(chat(bot, service_url="http://127.0.0.1:99999/")), Pauses())


async def test_a_yes_that_never_reached_us_leads_to_a_doubled_send(bot: Served) -> None:
    """Delivery is at least once; this is where the second one comes from."""
    bot.teams.fail("send", silent=True)
    await bot.adapter.sender.send(row(chat(bot)), Pauses())
    assert texts(bot) == ["hello", "hello"]
    assert bot.retries == ["teams connection"]


async def test_a_service_that_is_away_is_unavailable(bot: Served) -> None:
    with pytest.raises(Unavailable, match="connection"):
        await bot.adapter.sender.send(row(chat(bot, service_url="http://127.0.0.1:1/")), Pauses())


async def test_teams_own_rates_are_met_by_waiting(bot: Served) -> None:
    bot.teams.book.strict = True
    pauses = Pauses()
    for _ in range(7):
        await bot.adapter.sender.send(row(chat(bot)), pauses)
    with pytest.raises(Unavailable, match="429"):
        await bot.adapter.sender.send(row(chat(bot)), pauses)
    assert pauses.seconds == [1.0] * (TRIES - 1)


class Guarded:
    """A connector that takes one token, and notes what it was sent."""

    def __init__(self, good: str) -> None:
        self.good, self.seen = good, list[str]()

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one post."""
        self.seen.append(request.headers.get("Authorization", ""))
        if self.seen[-1] != f"Bearer {self.good}":
            return web.Response(status=401)
        return web.Response(status=307, headers={"Location": "/elsewhere"})


async def test_a_refused_token_is_renewed_once_and_no_redirect_takes_it_elsewhere() -> None:
    guarded, tokens = Guarded("second"), iter(["first", "second"])

    async def token(request: web.Request) -> web.Response:
        return web.json_response({"access_token": next(tokens), "expires_in": 3599})

    app = web.Application()
    app.router.add_post("/t1/oauth2/v2.0/token", token)
    app.router.add_route("*", "/{path:.*}", guarded.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        connector = BotConnector(
            session, AppToken(session, "app", "secret", "t1", login_url=url), lambda platform, reason: None
        )
        with pytest.raises(Undeliverable, match="307"):
            await connector.post(url, "a:chat", {}, Pauses())
    await runner.cleanup()
    assert guarded.seen == ["Bearer first", "Bearer second"]
