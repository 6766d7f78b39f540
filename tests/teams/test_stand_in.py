"""The stand-in for Teams: as strict as the Bot Connector where it matters to us."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import ClientSession

from bot.platforms.ports import OutboxMessage, Result
from dialogs.core.events import Opened, Utterance
from dialogs.core.replies import Choice, Choices, Citation, Feedback, Reply, Text
from playground.stage import EVERYBODY, ORGANISATIONS, TEAMS_TENANT, Refused
from playground.teams_activities import CHANNEL, GROUP
from playground.teams_book import HISTORY
from playground.teams_dialogs import WENT_WRONG
from tests.teams.conftest import Served
from tests.teams.test_send import Pauses

ANSWER = Reply(
    (
        Text("**It matters most of all.**"),
        Citation(
            "Critical Success Factors", "A deck", "Somebody", "18 November 2009", "2009 deck", "Buy-in."
        ),
        Choices((Choice("Why?", "why"),)),
        Feedback("helpful", "not helpful"),
    )
)


async def answered(bot: Served, place: str = "teams-personal", text: str = "does it matter?") -> Any:
    """Ask, and answer with everything that a message can carry; the message as Teams holds it."""
    await bot.teams.say("asha", place, text)
    await bot.adapter.sender.send(
        OutboxMessage("turn:0", "teams", bot.turn.arrivals[-1].to, ANSWER), Pauses()
    )
    return bot.teams.messages(place, "asha")[-1]


def button(message: Any) -> dict[str, Any]:
    """The first button of a message's card."""
    found: dict[str, Any] = message.payload["attachments"][0]["content"]["body"][-1]["actions"][0]
    return found


async def test_a_question_is_delivered_as_teams_does_and_the_answer_arrives_whole(bot: Served) -> None:
    changed: list[str] = []
    bot.teams.changed = changed.append
    message = await answered(bot)
    assert changed == ["teams-personal", "teams-personal"]
    assert bot.turn.arrivals[0].event == Utterance("does it matter?")
    assert (message.author, message.only_for, message.thread) == ("bot", "asha", None)
    [root] = message.payload["entities"]
    assert root["citation"][0]["appearance"]["abstract"] == "Buy-in."
    assert message.payload["text"].endswith("[1]")


async def test_each_person_has_a_personal_chat_and_all_share_the_channel(bot: Served) -> None:
    await bot.teams.say("asha", "teams-personal", "mine")
    await bot.teams.say("asha", "teams-channel", "ours")
    assert bot.teams.messages("teams-personal", "bryn") == []
    assert [message.text for message in bot.teams.messages("teams-channel", "bryn")] == ["ours"]


async def test_in_a_channel_only_mentions_reach_the_bot(bot: Served) -> None:
    await bot.teams.say("asha", "teams-channel", "what do you all think?")
    await bot.teams.say("asha", "teams-channel", "@sharewise what do you think?")
    assert [inbound.event for inbound in bot.turn.arrivals] == [Utterance("what do you think?")]


async def test_in_a_group_chat_all_see_and_only_mentions_reach_the_bot(bot: Served) -> None:
    await bot.teams.say("asha", "teams-group", "hello all")
    await bot.teams.say("rosa", "teams-group", "@Sharewise what do you think?")
    await bot.adapter.sender.send(
        OutboxMessage("turn:0", "teams", bot.turn.arrivals[-1].to, ANSWER), Pauses()
    )
    [inbound] = bot.turn.arrivals
    assert (inbound.place.kind, inbound.channel, inbound.conversation) == ("group", GROUP, GROUP)
    assert [message.only_for for message in bot.teams.messages("teams-group", "bryn")] == [None] * 3


async def test_everybody_can_press_and_comes_from_their_own_tenant(bot: Served) -> None:
    message = await answered(bot, "teams-channel", "@Sharewise why?")
    for person in EVERYBODY:
        await bot.teams.press(person.key, message.id, button(message))
    pressed = bot.turn.arrivals[1:]
    assert {inbound.speaker.partition("/")[0] for inbound in pressed} == {
        f"teams:{tenant}" for _, tenant in ORGANISATIONS.values()
    }
    assert len({inbound.speaker for inbound in pressed}) == len(EVERYBODY)
    assert {inbound.tenant for inbound in pressed} == {f"teams:{TEAMS_TENANT}"}


async def test_people_and_the_channel_can_be_mentioned(bot: Served) -> None:
    await bot.teams.say("cleo", "teams-channel", "@Sharewise remind @asha, @Bryn Hughes and @General today")
    [inbound] = bot.turn.arrivals
    event = inbound.event
    asha, bryn = (next(person for person in EVERYBODY if person.key == key) for key in ("asha", "bryn"))
    assert isinstance(event, Utterance)
    assert event.text == "remind Asha Patel, Bryn Hughes and General today"
    assert event.exact == "remind @mention1, @mention2 and #mention3 today"
    assert [mention.id for mention in event.named] == [
        *(f"teams:{ORGANISATIONS[person.organisation][1]}/{person.teams_id}" for person in (asha, bryn)),
        f"teams:{CHANNEL}",
    ]


async def test_a_follow_up_by_mention_stays_in_its_conversation(bot: Served) -> None:
    message = await answered(bot, "teams-channel", "@Sharewise does it matter?")
    await bot.teams.say("bryn", "teams-channel", "@Sharewise why?", thread=message.thread)
    first, second = bot.turn.arrivals
    assert first.conversation == second.conversation
    assert first.speaker != second.speaker


@pytest.mark.parametrize("place", ["teams-personal", "teams-channel"])
async def test_a_press_is_delivered_and_its_note_shown(bot: Served, place: str) -> None:
    message = await answered(bot, place, "@Sharewise does it matter?")
    bot.turn.result = Result("done", note="Noted.")
    assert await bot.teams.press("bryn", message.id, button(message)) == "Noted."
    pressed = bot.turn.arrivals[-1]
    assert pressed.event == Utterance("why", pressed=True)
    assert pressed.conversation == bot.turn.arrivals[0].conversation


async def test_an_older_clients_press_is_delivered_as_a_message(bot: Served) -> None:
    message = await answered(bot)
    assert await bot.teams.press("asha", message.id, button(message)["fallback"]) == ""
    assert bot.turn.arrivals[-1].event == Utterance("why", pressed=True)


async def test_a_thumb_is_delivered_and_stays_pressed(bot: Served) -> None:
    message = await answered(bot)
    assert await bot.teams.press("asha", message.id, {"reaction": "dislike"})
    assert bot.turn.arrivals[-1].event == Utterance("not helpful", pressed=True)
    assert bot.teams.messages("teams-personal", "asha")[-1].reaction == "down"


async def test_a_press_that_fails_says_so(bot: Served) -> None:
    message = await answered(bot)
    bot.turn.result = Result("busy")
    assert await bot.teams.press("asha", message.id, {"reaction": "like"}) == WENT_WRONG
    assert bot.teams.messages("teams-personal", "asha")[-1].reaction is None


async def test_what_cant_be_pressed_is_refused_with_a_sentence(bot: Served) -> None:
    message = await answered(bot)
    question = bot.teams.messages("teams-personal", "asha")[0]
    for pressed, element in (
        (message.id, {"type": "Action.Nothing"}),
        ("1", {}),
        (question.id, {"reaction": "like"}),
    ):
        with pytest.raises(Refused, match=r"\.$"):
            await bot.teams.press("asha", pressed, element)


async def test_opening_the_personal_chat_installs_the_bot_once(bot: Served) -> None:
    assert await bot.teams.open_home("asha") == []
    assert await bot.teams.open_home("asha") == []
    assert [inbound.event for inbound in bot.turn.arrivals] == [Opened(), Opened()]
    assert len({inbound.idempotency_keys for inbound in bot.turn.arrivals}) == 1


async def test_a_bot_that_is_away_is_reported(bot: Served) -> None:
    bot.teams.line.bot_url = "http://127.0.0.1:1"
    with pytest.raises(Refused, match="doesn't answer"):
        await bot.teams.say("asha", "teams-personal", "hello")


async def test_history_is_bounded(bot: Served) -> None:
    for number in range(HISTORY + 5):
        bot.teams.book.add("a:asha", "asha", str(number), {}, str(number))
    messages = bot.teams.messages("teams-personal", "asha")
    assert (len(messages), messages[0].text) == (HISTORY, "5")


ROOT = {"type": "https://schema.org/Message", "@type": "Message", "@context": "https://schema.org"}
CLAIM = {"@type": "Claim", "position": 1, "appearance": {"@type": "DigitalDocument", "name": "x"}}
WORD = {"type": "message", "text": "x"}
REFUSED = [
    ("too large", {"type": "message", "text": "x" * 60_000}, 413),
    ("without words or card", {"type": "message"}, 400),
    ("without a type", {"text": "x"}, 400),
    ("with two root entities", {**WORD, "entities": [ROOT, ROOT]}, 400),
    ("with 21 citations", {**WORD, "entities": [{**ROOT, "citation": [CLAIM] * 21}]}, 400),
    ("with an empty citation", {**WORD, "entities": [{**ROOT, "citation": [{}]}]}, 400),
    ("to nowhere", {"conversation": "a:nobody", "type": "message", "text": "x"}, 404),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
async def test_a_message_that_teams_would_refuse(bot: Served, body: dict[str, Any], status: int) -> None:
    chat = body.pop("conversation", "a:asha")
    url = f"{bot.teams.service_url}v3/conversations/{chat}/activities"
    async with ClientSession() as client, client.post(url, json=body) as response:
        assert response.status == status
        assert set((await response.json())["error"]) == {"code", "message"}


async def test_only_the_bots_own_messages_can_be_changed_or_deleted(bot: Served) -> None:
    await bot.teams.say("asha", "teams-personal", "hello")
    [mine] = bot.teams.messages("teams-personal", "asha")
    url = f"{bot.teams.service_url}v3/conversations/a:asha/activities/{mine.id}"
    async with ClientSession() as client:
        for method in ("PUT", "DELETE"):
            async with client.request(method, url, json={"type": "message", "text": "x"}) as response:
                assert response.status == 404


async def test_the_roster_tells_who_is_there(bot: Served) -> None:
    url = f"{bot.teams.service_url}v3/conversations"
    async with ClientSession() as client:
        async with client.get(f"{url}/{CHANNEL}/members") as response:
            assert len(await response.json()) == len(EVERYBODY)
        async with client.get(f"{url}/{CHANNEL}/pagedmembers?pageSize=2") as response:
            assert len((await response.json())["members"]) == 2
        async with client.get(f"{url}/a:asha/members") as response:
            assert [member["name"] for member in await response.json()] == ["Asha Patel"]
        async with client.get(f"{url}/a:asha/members/29:asha") as response:
            assert (await response.json())["userPrincipalName"] == "asha.patel@northshire.example"
        for stranger in ("29:nobody", "29:bryn"):
            async with client.get(f"{url}/a:asha/members/{stranger}") as response:
                assert response.status == 404
