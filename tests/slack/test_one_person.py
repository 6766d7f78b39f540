"""One person is one person, whichever field of Slack's tells of them; two of one id are two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.platforms.slack.identity import actor, memberships
from tests.harness.small import SMALL
from tests.harness.waiting import until
from tests.slack.grid import Grid, chosen, opened_home, told

PEOPLE = {
    "ours": ("U1", "T1", "E1", "slack:E1/U1"),
    "of another workspace of our Enterprise": ("U2", "T2", "E1", "slack:E1/U2"),
    "of a partner's Enterprise": ("U9", "T9", "E9", "slack:E9/U9"),
    "of a partner without one": ("U8", "T8", "", "slack:T8/U8"),
}


@pytest.fixture
async def grid(redis_url: str) -> AsyncIterator[Grid]:
    """A Sharewise in workspace T1 of Enterprise E1."""
    async with Grid(redis_url, SMALL) as grid:
        yield grid


def seen(grid: Grid, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The speakers of all that arrives from now on."""
    speakers: list[str] = []
    met = grid.service.people.met

    def note(inbound: Any, since: float) -> None:
        speakers.append(inbound.speaker)
        met(inbound, since)

    monkeypatch.setattr(grid.service.people, "met", note)
    return speakers


@pytest.mark.parametrize("who", PEOPLE)
async def test_every_way_leads_to_the_same_person(
    grid: Grid, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Each beside nothing else: what another payload told before is no help."""
    user, team, enterprise, person = PEOPLE[who]
    speakers = seen(grid, monkeypatch)
    ways = {**told(user, team, enterprise), **chosen(user, team, enterprise)}
    for way, payload in ways.items():
        await grid.unlearn()
        await grid.deliver(*payload)
        assert speakers.pop() == person, way
    await grid.unlearn()
    await grid.deliver(*opened_home(user))
    assert speakers == [person]


@pytest.mark.parametrize("who", PEOPLE)
async def test_all_ways_after_one_another_are_one_person_at_the_cost_of_two_questions(
    grid: Grid, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    user, team, enterprise, person = PEOPLE[who]
    monkeypatch.setattr("bot.app.people.PAUSE_SECONDS", 1000.0)  # names are looked up beside it
    speakers = seen(grid, monkeypatch)
    ways = told(user, team, enterprise)
    for payload in ways.values():
        await grid.deliver(*payload)
    assert speakers == [person] * len(ways)
    assert sum(method == "users.info" for method, _ in grid.calls) <= 3


async def test_the_same_id_in_two_organisations_is_two_people(
    grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    speakers = seen(grid, monkeypatch)
    for team, enterprise in (("T1", "E1"), ("T9", "E9"), ("T8", "")):
        await grid.deliver(*told("U1", team, enterprise)["message with user_team"])
        if enterprise:
            await grid.deliver(*told("U1", team, enterprise)["mention with the Enterprise"])
    assert list(dict.fromkeys(speakers)) == ["slack:E1/U1", "slack:T9/U1", "slack:E9/U1", "slack:T8/U1"]


async def test_what_was_learnt_is_kept_for_all_processes(redis_url: str, grid: Grid) -> None:
    await grid.deliver(*told("U9", "T9", "E9")["press"])
    async with Grid(redis_url, SMALL) as other:
        other.refuses["users.info"] = "missing_scope"
        speakers: list[str] = []
        other.service.people.met = lambda inbound, since: speakers.append(inbound.speaker)  # type: ignore[method-assign]
        await other.deliver(*told("U9", "T9", "E9")["press"])
        assert speakers == ["slack:E9/U9"]


async def test_where_slack_does_not_tell_it_is_the_workspace_and_asked_once(
    grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid.refuses["users.info"] = "user_not_visible"
    monkeypatch.setattr("bot.app.people.PAUSE_SECONDS", 1000.0)
    speakers = seen(grid, monkeypatch)
    for _ in range(3):
        await grid.deliver(*told("U9", "T9", "E9")["message with user_team"])
    assert speakers == ["slack:T9/U9"] * 3
    assert sum(method == "users.info" for method, _ in grid.calls) <= 2


async def test_whoever_is_mentioned_is_who_they_are_when_they_speak(
    grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a list would hold them under an id by which nobody can take them out."""
    said: list[Any] = []
    run = grid.service.turn.run

    async def note(inbound: Any) -> Any:
        said.append(inbound.event)
        return await run(inbound)

    monkeypatch.setattr(grid.service.turn, "run", note)
    await grid.deliver(*told("U1", "T1", "E1", text="remind <@U9>, <@U2> and <@U8> to water")["command"])
    assert [mention.id for mention in said[0].named] == ["slack:E9/U9", "slack:E1/U2", "slack:T8/U8"]


def test_the_app_s_own_enterprise_is_not_the_partner_s() -> None:
    """``enterprise`` of an interaction is where the app is, ``team`` may be a partner's."""
    body = {"team": {"id": "T8"}, "enterprise": {"id": "E1"}, "user": {"id": "U8", "team_id": "T8"}}
    assert (actor(body), list(memberships(body))) == (("U8", "T8"), [])


# --- What people do, each time by another way ---------------------------------------------------------------


@pytest.mark.parametrize("who", ["ours", "of a partner's Enterprise"])
async def test_what_one_asks_is_found_and_forgotten_by_every_way(grid: Grid, who: str) -> None:
    user, team, enterprise, _ = PEOPLE[who]
    asked = "What about purple elephants?"
    await grid.deliver(*told(user, team, enterprise, text=asked)["message with team"])
    for way in told(user, team, enterprise):
        before = len(grid.calls)
        await grid.deliver(*told(user, team, enterprise, text="my data", value="my data")[way])
        assert "purple elephants" in str(grid.calls[before:]), way
    last = "press with the Enterprise"
    await grid.deliver(*told(user, team, enterprise, value="forget me")[last])
    await grid.deliver(*told(user, team, enterprise, value=grid.words("yes, forget"))[last])
    before = len(grid.calls)
    await grid.deliver(*told(user, team, enterprise, text="my data")["message with user_team"])
    assert "purple elephants" not in str(grid.calls[before:])


@pytest.mark.parametrize("who", PEOPLE)
async def test_one_votes_once_and_steers_what_one_started(grid: Grid, who: str) -> None:
    user, team, enterprise, person = PEOPLE[who]
    ways = [way for way in told(user, team, enterprise) if way.startswith("press")]
    here = {"channel": "C1"}
    await grid.deliver(
        *told(user, team, enterprise, text="<@UBOT> quiz here", **here)["message with user_team"]
    )
    await until(lambda: "quiz answer" in grid.said())
    answer = grid.words("quiz answer")
    for way in ways:
        await grid.deliver(*told(user, team, enterprise, value=answer, **here)[way])
    session = answer.split()[2]
    loaded = await grid.service.sessions.store.load(session)
    assert loaded.state is not None
    assert loaded.state.host.id == person
    assert loaded.tally.answered == 1
    for way in ways:
        await grid.deliver(*told(user, team, enterprise, value=grid.words("quiz close"), **here)[way])
        assert "who started this" not in grid.said(), way
    after = (await grid.service.sessions.store.load(session)).state
    assert after is not None
    assert after.step != "open"


async def test_a_mistyped_code_is_suggested_to_the_enterprise_s_own_people_alone(grid: Grid) -> None:
    here = told("U1", "T1", "E1", text="<@UBOT> quiz here", channel="C1")
    await grid.deliver(*here["message with user_team"])
    await until(lambda: "quiz answer" in grid.said())
    loaded = await grid.service.sessions.store.load(grid.words("quiz answer").split()[2])
    assert loaded.state is not None
    code = loaded.state.code
    others = (("of another workspace of our Enterprise", True), ("of a partner's Enterprise", False))
    for who, own in others:
        user, team, enterprise, _ = PEOPLE[who]
        before = len(grid.calls)
        join = told(user, team, enterprise, text=f"join {code[:3]}")
        await grid.deliver(*join["message with user_team"])
        said = str(grid.calls[before:])
        assert ("Did you mean this one?" in said) == own
        assert (f"join {code}" in said) == own


@pytest.mark.parametrize("named", ["T1/U1", "slack:T1/U1", "E1/U1", "slack:E1/U1"])
async def test_an_advisor_is_one_by_every_way_however_the_setting_names_them(
    redis_url: str, named: str
) -> None:
    async with Grid(redis_url, SMALL, advisors=(named,)) as grid:
        for way in told("U1", "T1", "E1"):
            before = len(grid.calls)
            await grid.deliver(*told("U1", "T1", "E1", text="lists", value="lists")[way])
            said = str(grid.calls[before:])
            assert "list" in said, way
            assert "dvisors only" not in said, way
            assert grid.service.advisors.include("slack:E1/U1")


@pytest.mark.parametrize("named", ["slack:T8/U1", "T2/U2", "E9/U1"])
async def test_nobody_else_of_that_id_is_an_advisor(redis_url: str, named: str) -> None:
    async with Grid(redis_url, SMALL, advisors=(named,)) as grid:
        await grid.deliver(*told("U1", "T1", "E1")["press"])
        assert not grid.service.advisors.include("slack:E1/U1")


@pytest.mark.parametrize(
    ("of_theirs", "advises"),
    [
        ({}, True),
        ({"team_id": "T2"}, True),
        ({"team_id": "E1"}, True),
        ({"team_id": "T8", "enterprise_user": {}}, False),
        ({"team_id": "T9", "enterprise_user": {"enterprise_id": "E9"}}, False),
        ({"is_restricted": True}, False),
        ({"is_ultra_restricted": True}, False),
        ({"is_stranger": True}, False),
        ({"deleted": True}, False),
    ],
)
async def test_only_an_address_of_our_own_organisation_makes_an_advisor(
    redis_url: str, of_theirs: dict[str, Any], advises: bool
) -> None:
    grid = Grid(redis_url, SMALL, advisors=("u1@councils.example",))
    grid.users["U1"] = {**grid.users["U1"], **of_theirs}
    async with grid:
        await until(lambda: any(method == "users.lookupByEmail" for method, _ in grid.calls))
        (adapter,) = grid.service.adapters
        await asyncio.gather(*adapter._tasks)  # type: ignore[attr-defined]
        assert grid.service.advisors.include("slack:E1/U1") == advises


async def test_another_workspace_s_uninstalling_is_not_ours(redis_url: str) -> None:
    async with Grid(redis_url, SMALL) as grid:
        for team in ("T2", "T9"):
            gone = {"type": "event_callback", "event_id": f"Ev{team}", "team_id": team, "api_app_id": "A1"}
            await grid.deliver("events_api", {**gone, "event": {"type": "app_uninstalled"}})
        await grid.service.credentials.check("slack")
