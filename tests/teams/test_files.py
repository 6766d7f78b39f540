"""Files: offered in the personal chat, saved when accepted, and never doubled or lost in between."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession

from bot.platforms.ports import Address, OutboxMessage, Unavailable
from bot.platforms.teams.consent import DECLINED, FAILED
from bot.platforms.teams.files import CONSENT, INFO, LARGEST
from dialogs.core.replies import Choice, Choices, File, Reply, Text
from playground.stage import EVERYBODY, ORGANISATIONS, Refused
from tests.teams.conftest import Served, press
from tests.teams.test_render import PROMISED
from tests.teams.test_send import Pauses

CSV = "factor,score\nBuy-in,82\nKosten für Löhne,31\n"
ASHA = EVERYBODY[0]
SPEAKER = f"teams:{ORGANISATIONS[ASHA.organisation][1]}/{ASHA.teams_id}"


def row(to: Address, *blocks: Any, speaker: str = SPEAKER) -> OutboxMessage:
    """A line of the outbox with a file."""
    return OutboxMessage(
        "turn:0", "teams", to, Reply(blocks or (File("readiness.csv", CSV),)), speaker=speaker
    )


def to(bot: Served, conversation: str = "a:asha") -> Address:
    """Where a reply goes."""
    return {"service_url": bot.teams.service_url, "conversation": conversation, "bot": "28:sharewise"}


def seen(bot: Served, place: str = "teams-personal") -> list[Any]:
    """What Asha sees."""
    return bot.teams.messages(place, "asha")


async def offered(bot: Served, *blocks: Any) -> Any:
    """The message that offers Asha a file in her personal chat."""
    await bot.adapter.sender.send(row(to(bot), *blocks), Pauses())
    return seen(bot)[-1]


async def test_a_file_is_offered_and_saved_where_the_person_accepts(bot: Served) -> None:
    message = await offered(bot)
    [card] = message.payload["attachments"]
    assert (card["contentType"], card["name"]) == (CONSENT, "readiness.csv")
    assert card["content"]["sizeInBytes"] == len(CSV.encode())
    assert await bot.teams.press("asha", message.id, {"fileConsent": "accept"}) == ""
    [shown] = seen(bot)
    assert shown.id == message.id
    [info] = shown.payload["attachments"]
    assert (info["contentType"], info["name"], info["content"]["fileType"]) == (INFO, "readiness.csv", "csv")
    async with ClientSession() as client, client.get(info["contentUrl"]) as response:
        assert (await response.read()).decode() == CSV
        assert "attachment" in response.headers["Content-Disposition"]
    assert bot.turn.arrivals == []


async def test_a_file_that_is_declined_is_gone_politely(bot: Served) -> None:
    message = await offered(bot)
    await bot.teams.press("asha", message.id, {"fileConsent": "decline"})
    assert [message.text for message in seen(bot)] == [DECLINED]
    with pytest.raises(Refused, match="no file"):
        await bot.teams.press("asha", message.id, {"fileConsent": "accept"})


async def test_an_upload_that_fails_is_told(bot: Served) -> None:
    message = await offered(bot)
    bot.teams.fail("upload", status=507)
    await bot.teams.press("asha", message.id, {"fileConsent": "accept"})
    assert [message.text for message in seen(bot)] == [FAILED]


async def test_words_come_first_and_the_file_after_them(bot: Served) -> None:
    key = await bot.adapter.sender.send(
        row(to(bot), Text("Here it is."), File("r.csv", CSV), Choices((Choice("More", "more"),))), Pauses()
    )
    words, file = seen(bot)
    assert (words.text, file.payload["attachments"][0]["contentType"]) == ("Here it is.", CONSENT)
    assert key == f"a:asha:{words.id}"


@pytest.mark.parametrize("place", ["teams-channel", "teams-group"])
async def test_in_a_channel_the_file_goes_to_whoever_asked(bot: Served, place: str) -> None:
    await bot.teams.say("asha", place, "@Sharewise export")
    inbound = bot.turn.arrivals[-1]
    await bot.adapter.sender.send(
        row(inbound.to, Text("Exported."), File("r*.csv", CSV), speaker=inbound.speaker), Pauses()
    )
    [offer] = seen(bot)
    assert offer.payload["attachments"][0]["contentType"] == CONSENT
    assert seen(bot, place)[-1].text == (
        "Exported.\n\nI've put **r\\*.csv** into your personal chat with me."
    )


@pytest.mark.parametrize("speaker", [SPEAKER, ""], ids=["who hasn't installed us", "whom we don't know"])
async def test_where_there_is_no_personal_chat_the_content_is_shown(bot: Served, speaker: str) -> None:
    bot.teams.gone("asha")
    await bot.teams.say("asha", "teams-channel", "@Sharewise export")
    channel = bot.turn.arrivals[-1].to
    await bot.adapter.sender.send(row(channel, Text("x"), File("r.csv", CSV), speaker=speaker), Pauses())
    body = seen(bot, "teams-channel")[-1].payload["attachments"][0]["content"]["body"]
    assert body[-1]["inlines"][0]["text"] == CSV
    assert seen(bot) == []


async def test_a_file_too_large_to_travel_in_its_offer_is_told(bot: Served) -> None:
    message = await offered(bot, File("big.csv", "x" * 40_000))
    assert message.text == "**big.csv** is too large for me to hand over in Teams (40 KB)."


@pytest.mark.parametrize("content", ["x", '"' * 4000, "😀" * 3000, "\x00" * 2000])
async def test_an_offer_stays_within_what_teams_takes(bot: Served, content: str) -> None:
    message = await offered(bot, File("n" * 500, content))
    assert len(msgspec.json.encode(message.payload)) <= PROMISED


async def test_a_part_that_was_sent_is_not_sent_again_when_the_next_one_failed(bot: Served) -> None:
    whole, pauses = row(to(bot), Text("Here it is."), File("r.csv", CSV)), Pauses()
    bot.teams.changed = lambda place: bot.teams.fail("send", status=503)  # once the words are there
    with pytest.raises(Unavailable):
        await bot.adapter.sender.send(whole, pauses)
    bot.teams.changed = lambda place: None
    key = await bot.adapter.sender.send(whole, pauses)
    words, file = seen(bot)
    assert (words.text, key) == ("Here it is.", f"a:asha:{words.id}")
    assert file.payload["attachments"][0]["contentType"] == CONSENT


def consent(value: Any) -> dict[str, Any]:
    """A consent as anybody could post it."""
    return press(name="fileConsent/invoke", value=value)


CONTEXT = {"name": "r.csv", "content": CSV}
FORGED = [
    None,
    "accept",
    {},
    {"action": "accept"},
    {"action": "accept", "context": CONTEXT},
    {"action": "accept", "context": CONTEXT, "uploadInfo": "x"},
    {"action": "accept", "context": {"name": 5, "content": CSV}, "uploadInfo": {}},
    {"action": "accept", "context": {"name": "r.csv", "content": 5}, "uploadInfo": {}},
    {"action": "accept", "context": {**CONTEXT, "content": "x" * (LARGEST + 1)}, "uploadInfo": {}},
    {"action": "accept", "context": CONTEXT, "uploadInfo": {"uploadUrl": ["x"]}},
    {"action": "accept", "context": CONTEXT, "uploadInfo": {"uploadUrl": "https://evil.example/"}},
    {"action": "explode", "context": CONTEXT, "uploadInfo": {}},
]


@pytest.mark.parametrize("value", FORGED)
async def test_a_forged_consent_is_acknowledged_and_saves_nothing(bot: Served, value: Any) -> None:
    status, _ = await bot.post(consent(value) | {"serviceUrl": bot.teams.service_url})
    assert status == 200
    assert bot.turn.arrivals == []


async def test_only_the_bearer_of_an_address_may_put_a_file_there(bot: Served) -> None:
    drive = f"{bot.teams.service_url}uploads/0123?ticket=x"
    async with ClientSession() as client:
        async with client.put(drive, data=b"x") as response:
            assert response.status == 404
        async with client.get(f"{bot.teams.service_url}files/0123") as response:
            assert response.status == 404
