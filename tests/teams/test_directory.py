"""The directory against the stand-in: who is found, by which id, and what a refusal is called."""

from __future__ import annotations

import pytest

from bot.platforms.ports import Address, Unavailable, Undeliverable
from bot.platforms.teams import directory
from bot.platforms.teams.directory import TeamsDirectory
from playground.stage import EVERYBODY, ORGANISATIONS, TEAMS_TENANT
from playground.teams_activities import CHANNEL, TEAM
from tests.teams.conftest import Served

BRYN = EVERYBODY[1]
SPEAKER = f"teams:{ORGANISATIONS[BRYN.organisation][1]}/{BRYN.teams_id}"


def near(bot: Served, **more: str) -> Address:
    """An address here."""
    return {"service_url": bot.teams.service_url, "bot": "28:sharewise", **more}


@pytest.mark.parametrize(
    "known",
    [
        {"conversation": f"{CHANNEL};messageid=1"},
        {"conversation": "a:bryn"},
        {"conversation": "a:asha"},
        {"person": "29:bryn", "tenant": TEAMS_TENANT},
        {},
    ],
    ids=["a channel", "their own chat", "a chat without them", "a person", "only the service"],
)
@pytest.mark.parametrize("id", [SPEAKER, f"teams:{TEAMS_TENANT}/29:bryn"], ids=["speaker", "mention"])
async def test_a_person_is_found_by_either_id(bot: Served, id: str, known: Address) -> None:
    found = await bot.adapter.directory.person(id, near(bot, **known))
    assert (found.id, found.name, found.email, found.zone) == (SPEAKER, BRYN.name, BRYN.email, "")
    assert found.to == near(bot, person="29:bryn", tenant=ORGANISATIONS[BRYN.organisation][1])


async def test_what_is_found_is_where_a_message_goes_and_who_speaks(bot: Served) -> None:
    await bot.teams.say("bryn", "teams-personal", "hello")
    found = await bot.adapter.directory.person(SPEAKER, bot.turn.arrivals[0].to)
    assert found.id == bot.turn.arrivals[0].speaker


async def test_somebody_who_hasnt_installed_us_is_known_but_cant_be_written_to(bot: Served) -> None:
    bot.teams.gone("bryn")
    found = await bot.adapter.directory.person(SPEAKER, near(bot, conversation=CHANNEL))
    assert (found.name, found.to) == (BRYN.name, {})
    with pytest.raises(Undeliverable, match="ForbiddenOperationException"):
        await bot.adapter.directory.person(SPEAKER, near(bot))


@pytest.mark.parametrize(
    ("id", "known", "reason"),
    [
        ("teams:t1/29:nobody", {"conversation": CHANNEL}, "ForbiddenOperationException"),
        ("teams:t1/29:bryn", {"service_url": ""}, "not_met"),
        ("teams:t1/", {}, "not_met"),
        ("nonsense", {}, "not_met"),
        ("teams:t1/29:bryn", {"service_url": "http://127.0.0.1:99999/"}, "bad_address"),
    ],
)
async def test_somebody_who_isnt_there_is_refused_with_a_word(
    bot: Served, id: str, known: Address, reason: str
) -> None:
    with pytest.raises(Undeliverable) as raised:
        await bot.adapter.directory.person(id, {**near(bot), **known})
    assert raised.value.reason == reason


async def test_people_are_kept_for_an_hour(bot: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    people = TeamsDirectory(bot.connector, lambda: now)
    first = await people.person(SPEAKER, near(bot, conversation=CHANNEL))
    bot.teams.fail("members", status=500, times=2)
    assert await people.person(SPEAKER, near(bot, conversation=CHANNEL)) is first
    now = directory.FRESH
    with pytest.raises(Unavailable):
        await people.person(SPEAKER, near(bot, conversation=CHANNEL))
    monkeypatch.setattr(directory, "KEPT", 1)
    bot.teams.book.faults.clear()
    for person in EVERYBODY[:3]:
        await people.person(f"teams:t1/{person.teams_id}", near(bot, conversation=CHANNEL))
    assert len(people._people) == 1


async def test_a_channel_is_found_where_we_are_in_it(bot: Served) -> None:
    for id in (f"teams:{CHANNEL}", CHANNEL, f"{CHANNEL};messageid=5"):
        name, to = await bot.adapter.directory.channel(id, near(bot, conversation="a:asha"))
        assert (name, to) == ("", near(bot, conversation=CHANNEL))
    with pytest.raises(Undeliverable, match="BotNotInConversationRoster"):
        await bot.adapter.directory.channel("teams:19:other@thread.tacv2", near(bot))
    with pytest.raises(Undeliverable, match="not_met"):
        await bot.adapter.directory.channel(f"teams:{CHANNEL}", {})


async def test_a_refusal_without_a_word_says_what_it_means(bot: Served) -> None:
    with pytest.raises(Undeliverable, match="not_installed"):
        await bot.adapter.directory.channel(CHANNEL, near(bot) | {"service_url": f"{bot.url}/nowhere"})


async def test_a_teams_name_is_told_where_the_id_is_its_own(bot: Served) -> None:
    sender = bot.connector

    async def wait(seconds: float) -> None:
        raise AssertionError(seconds)

    assert await sender.team_name(bot.teams.service_url, TEAM, wait) == "Joint work"


async def test_what_teams_doesnt_tell(bot: Served) -> None:
    assert await bot.adapter.directory.organisation(TEAMS_TENANT) == ""
    with pytest.raises(Undeliverable, match="no_groups_in_teams"):
        await bot.adapter.directory.group("teams:MTMx", {})


async def test_a_channel_is_open_to_those_in_it(bot: Served) -> None:
    found = await bot.adapter.directory.open_to(f"teams:{CHANNEL}", SPEAKER, near(bot))
    assert (found.to, found.external) == (near(bot, conversation=CHANNEL), True)
    chat = await bot.adapter.directory.open_to("teams:a:bryn", "", near(bot))
    assert not chat.external, "a chat of one tenant's people"
    with pytest.raises(Undeliverable, match="not_theirs"):
        await bot.adapter.directory.open_to("teams:a:asha", SPEAKER, near(bot))
