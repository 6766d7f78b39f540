"""Quizzes and readiness checks across both platforms at once, through both real adapters."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.delivery import live_cards
from bot.storage.sessions import SessionStore
from playground.stage import ORGANISATIONS, SLACK_TEAM, TEAMS_TENANT
from tests.harness.reading import words
from tests.harness.team import PERSON, Team, code, options
from tests.harness.waiting import until
from tests.harness.whole import Whole

SLACK, TEAMS = "slack-channel", "teams-channel"
COUNTY = ("dev", "elin", "femi", "grace")
DISTRICT = ("kezia", "liam", "mina", "nia")
GUEST = "rosa"
"""Somebody of a third organisation, in the Slack channel by Slack Connect."""
GUESTS = (GUEST, "sam", "tariq")


@pytest.fixture
def team(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> Team:
    """People around a Sharewise whose cards are drawn as soon as something happens."""
    monkeypatch.setattr(live_cards, "PACE_SECONDS", 0.1)
    return whole.team


async def open_session(whole: Whole, tenant: str) -> str:
    """The id of the session that was last shown in a partition."""
    store: SessionStore = whole.server.service.sessions.store
    found = await store.codes.listed_in(tenant)
    return found[-1][0]


@pytest.mark.parametrize(("here", "there"), [(SLACK, TEAMS), (TEAMS, SLACK), (SLACK, "teams-group")])
async def test_a_quiz_that_people_of_both_platforms_answer(team: Team, here: str, there: str) -> None:
    await team.say("asha", here, "quiz here 2 on models")
    card = await team.shows(here, "Question 1 of 2", "Nobody has answered yet")
    await team.say("bryn", there, f"join {code(card)}")
    theirs = await team.shows(there, "Question 1 of 2")
    assert code(theirs) == code(card)
    # One for each, so that somebody had it right and is named.
    spread = {person: at % len(options(card)) for at, person in enumerate(COUNTY)}
    chosen = Counter((0, *spread.values(), 1, *(1 for _ in DISTRICT)))
    told = await asyncio.gather(
        team.answer("asha", card, 0),
        *(team.answer(person, card, at) for person, at in spread.items()),
        team.answer(GUEST, card, 1),
        *(team.answer(person, theirs, 1) for person in DISTRICT),
    )
    for place, answers in ((here, told[:6]), (there, told[6:])):
        assert {bool(answer) for answer in answers} == {place.startswith("teams")}, (
            "in Slack by a message of ours"
        )
    for place in (here, there):
        await team.shows(place, "10 answered")
    assert "the first press counts" in await team.answer("dev", card, 1) or here.startswith("slack")
    await team.press("asha", card, "Close question")
    for place in (here, there):
        await team.shows(place, "Right:", *map(str, chosen.values()))
    await team.press("asha", await team.shows(here, "Right:"), "Next question")
    await team.answer("bryn", await team.shows(there, "Question 2 of 2", "Nobody has answered yet"), 0)
    await team.shows(here, "1 answered")
    await team.press("asha", await team.shows(here, "Question 2 of 2"), "End quiz")
    for place in (here, there):
        over = words([await team.shows(place, "11 people took part")])
        assert "/2" in over
        assert len([message for message in team.said(place) if "took part" in words([message])]) == 1
    assert any(PERSON[person].name in words(team.said(here)) for person in (*COUNTY, *DISTRICT)), (
        "by name, not by handle"
    )


async def test_who_is_not_the_host_is_told_so_on_either_platform(team: Team) -> None:
    await team.say("asha", SLACK, "quiz here 2 on models")
    card = await team.shows(SLACK, "Question 1 of 2")
    await team.say("bryn", TEAMS, f"join {code(card)}")
    theirs = await team.shows(TEAMS, "Question 1 of 2")
    assert "Only Asha Patel" in await team.press("bryn", theirs, "Close question")
    await team.press("dev", card, "Close question")
    await team.shows(SLACK, "Only Asha Patel", person="dev")
    await team.press("cleo", theirs, "Close question")  # an advisor
    await team.shows(SLACK, "Nobody answered this one")


async def test_a_readiness_check_between_partners(team: Team, whole: Whole) -> None:
    await team.say("asha", SLACK, "readiness here")
    card = await team.shows(SLACK, "Nobody has begun yet")
    await team.say("bryn", TEAMS, f"join {code(card)}")
    theirs = await team.shows(TEAMS, "Nobody has begun yet")
    pages = await asyncio.gather(
        *(team.take_part(person, card) for person in (*COUNTY, *GUESTS)),
        *(team.take_part(person, theirs) for person in DISTRICT),
    )
    assert set(pages) == {5}, "one page a factor"
    for place in (SLACK, TEAMS):
        await team.shows(place, "11 finished")

    session = await open_session(whole, f"slack:{SLACK_TEAM}")
    forms = await whole.server.service.sessions.store.answers.forms(session, ())
    belong = sorted(answered.organisation for answered in forms.values())
    county, district = f"slack:{SLACK_TEAM}", f"teams:{TEAMS_TENANT}"
    connected = f"slack:{ORGANISATIONS['Westmoor District'][0]}"
    assert belong == sorted([*[county] * 4, *[district] * 4, *[connected] * 3]), "each to their own"

    await team.press("asha", card, "Close and show")
    for place in (SLACK, TEAMS):
        await team.shows(place, "This check is closed")
        result = words([await team.shows(place, "Overall")])
        assert "Northshire County" in result
        assert "Eastvale District" in result or "An organisation in Teams" in result
        assert "Westmoor District" in result or "An organisation in Slack" in result
    line = whole.server.service.connection
    await until(lambda: not whole.server.service.delivery._tasks, "all has been carried out")
    assert await line.call("KEYS", "*:form:*") == []
    await team.say("asha", SLACK, "readiness history")
    await team.shows(SLACK, "Readiness checks here", "11 people")


async def test_partners_choose_their_organisation_in_both_platforms_forms(team: Team, whole: Whole) -> None:
    await team.say(
        "asha", SLACK, "readiness here with Northshire County, Eastvale District and Westmoor District"
    )
    card = await team.shows(SLACK, "Nobody has begun yet")
    await team.say("bryn", TEAMS, f"join {code(card)}")
    theirs = await team.shows(TEAMS, "Nobody has begun yet")
    pages = [await team.take_part(GUEST, theirs), await team.take_part("dev", card)]
    assert pages == [6, 6]
    session = await open_session(whole, f"slack:{SLACK_TEAM}")
    listed = ("Northshire County", "Eastvale District", "Westmoor District")
    forms = await whole.server.service.sessions.store.answers.forms(session, listed)
    assert {answered.organisation for answered in forms.values()} == {
        "Westmoor District",
        "Northshire County",
    }


@pytest.mark.parametrize("place", [SLACK, TEAMS])
async def test_the_hosts_form_says_what_is_too_long(team: Team, whole: Whole, place: str) -> None:
    await team.say("asha", place, "readiness here")
    card = await team.shows(place, "Nobody has begun yet")
    await team.press("asha", card, "Set up")
    platform = team.platform(place)
    assert platform.modal("asha") is not None
    await platform.submit("asha", {"partners": "1", "purpose": "To keep one good service."})
    shown = platform.modal("asha")
    assert shown is not None
    assert "from 2 to 99" in str(shown)
    await platform.submit("asha", {"partners": "3", "purpose": "To keep one good service."})
    await team.shows(place, "For: To keep one good service.")
    assert len(team.cards(place)) == 1


@pytest.mark.parametrize("place", [SLACK, TEAMS])
async def test_a_picture_that_is_refused_leaves_the_figures(team: Team, whole: Whole, place: str) -> None:
    await team.say("asha", place, "quiz here 1 on models")
    card = await team.shows(place, "Question 1 of 1")
    await team.answer("dev", card, 0)
    if place == SLACK:
        whole.slack.fail("files.getUploadURLExternal", times=9, error="not_allowed_token_type")
    else:
        whole.teams.fail("update", times=1, status=400)
    await team.press("asha", card, "Close question")
    await team.shows(place, "Right:", "Who chose what")


@pytest.mark.parametrize("place", [SLACK, TEAMS])
async def test_a_result_whose_picture_is_refused_is_told_in_figures(
    team: Team, whole: Whole, place: str
) -> None:
    await team.say("asha", place, "readiness here")
    card = await team.shows(place, "Nobody has begun yet")
    for person in COUNTY:
        await team.take_part(person, card)
    if place == SLACK:
        whole.slack.fail("files.getUploadURLExternal", times=9, error="not_allowed_token_type")
    else:
        whole.teams.fail("send", times=1, status=400)
    await team.press("asha", card, "Close and show")
    await team.shows(place, "Overall", "How ready, factor by factor")
