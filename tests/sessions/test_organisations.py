"""To which organisation each person of a readiness check belongs, and what that is called."""

from __future__ import annotations

from bot.storage.organisations import OrganisationStore
from dialogs.core.forms import SelectField
from dialogs.core.plain import plain
from dialogs.wording import sessions as words
from tests.harness.details import in_full
from tests.harness.fixtures import Launch
from tests.harness.platform import FakePlatform
from tests.sessions.checks import COUNTY, DISTRICT, PLOT, fill
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, Sharewise
from tests.sessions.quizzes import code_of, right_and_wrong


async def test_people_choose_from_the_hosts_list(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.check("readiness here with Allotments and Council")
    session = await sharewise.session("readiness")
    opened = (await sharewise.press(COLLEAGUE, card, "Take part")).form
    assert opened is not None
    missing = await sharewise.submit(COLLEAGUE, opened.says, {"organisation": ""})
    assert missing.errors == {"organisation": words.CHOOSE_ORGANISATION}
    forged = await sharewise.submit(COLLEAGUE, opened.says, {"organisation": "Elsewhere"})
    assert forged.errors == {"organisation": words.NOT_LISTED}
    for number, who in enumerate((*COUNTY, *DISTRICT)):
        name = "Allotments" if number % 2 else "Council"
        await sharewise.submit(who, opened.says, {"organisation": name})
        for page in range(1, 4):
            statements = PLOT.on_factor(PLOT.factors[page - 1])
            value = "5" if number % 2 else "2"
            await sharewise.submit(
                who, f"readiness page {session} {page}", {statement.id: value for statement in statements}
            )
    await sharewise.press(HOST, card, "Close and show")
    result = plain(await platform.shows("C1", "Allotments", "Council"))
    assert "County" not in result
    assert "District" not in result


async def test_a_partner_in_a_shared_channel_counts_for_their_own_organisation(sharewise: Sharewise) -> None:
    await sharewise.check()
    session = await sharewise.session("readiness")
    await fill(sharewise, "slack:T9/UGUEST", session, "3", pages=1)
    kept = await sharewise.store.answers.form(session, "slack:T9/UGUEST")
    assert kept["own"] == "slack:T9"


async def test_a_list_that_changes_under_an_open_form_loses_no_answer(sharewise: Sharewise) -> None:
    card = await sharewise.check("readiness here with Allotments and Council")
    session = await sharewise.session("readiness")
    setup = (await sharewise.press(HOST, card, "Set up")).form
    assert setup is not None
    page = (await sharewise.press_saying(COLLEAGUE, f"readiness part {session} 2")).form
    choosing = (await sharewise.press_saying(PARTNER, f"readiness part {session}")).form
    assert page is not None
    assert choosing is not None
    await sharewise.submit(HOST, setup.says, {"names": ""})
    on = await sharewise.submit(COLLEAGUE, page.says, {"water-butts": "5"})
    assert on.form is not None
    assert [field.id for field in on.form.fields if isinstance(field, SelectField)] == ["shared-rules"]
    assert (await sharewise.store.answers.form(session, COLLEAGUE))["water-butts"] == "5"
    on = await sharewise.submit(PARTNER, choosing.says, {"organisation": "Council"})
    assert on.form is not None
    assert [field.id for field in on.form.fields if isinstance(field, SelectField)] == [
        "compost-autumn",
        "compost-heap",
    ]
    assert await sharewise.store.answers.form(session, PARTNER) == {}


async def test_an_organisation_that_is_no_longer_listed_gives_way_to_ones_own(sharewise: Sharewise) -> None:
    card = await sharewise.check("readiness here with Allotments and Council")
    session = await sharewise.session("readiness")
    await sharewise.submit(COLLEAGUE, f"readiness page {session} 0", {"organisation": "Council"})
    await sharewise.submit(COLLEAGUE, f"readiness page {session} 1", {"compost-heap": "5"})
    setup = (await sharewise.press(HOST, card, "Set up")).form
    assert setup is not None
    for names, belongs in (
        ("Allotments\nCouncil", "Council"),
        ("Allotments\nSchool", "slack:T1"),
        ("", "slack:T1"),
    ):
        await sharewise.submit(HOST, setup.says, {"names": names})
        state = (await sharewise.store.load(session)).state
        assert state is not None
        assert state.check is not None
        forms = await sharewise.store.answers.forms(session, state.check.organisations)
        assert [answered.organisation for answered in forms.values()] == [belongs]


async def test_organisations_go_by_their_names_whichever_process_closes(
    launch: Launch, platform: FakePlatform
) -> None:
    sharewise, other = await launch(), await launch()
    platform.organisations = {"slack:T7": "Water Board"}
    card = await sharewise.check()
    session = await sharewise.session("readiness")
    for number in range(3):
        await fill(sharewise, f"slack:T7/u{number}", session, "4")
        await fill(sharewise, f"slack:T8/u{number}", session, "2")
    await other.press(HOST, card, "Close and show")
    result = plain(await platform.shows("C1", "Water Board"))
    assert "An organisation in Slack" in result, "where nobody tells"


async def test_an_organisation_on_the_list_and_a_workspace_of_that_name_are_one(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.check("readiness here with County and Council")
    session = await sharewise.session("readiness")
    for who, chosen in zip(
        (*COUNTY[:3], *DISTRICT[:3]), ("County", "", "", "Council", "Council", ""), strict=True
    ):
        if chosen:
            await sharewise.submit(who, f"readiness page {session} 0", {"organisation": chosen})
        await sharewise.submit(
            who, f"readiness page {session} 1", {"compost-heap": "4", "compost-autumn": "4"}
        )
    await sharewise.press(HOST, card, "Close and show")
    result = in_full(await platform.shows("C1", "Result: "))
    assert "6 people of 3 organisations" in plain(result), "County, Council, and one from the District"


async def test_who_is_moved_while_something_without_names_is_open_is_one_person_there(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    """Even if they took part under both names before all was moved."""
    grid = "slack:E1"
    card = await sharewise.quiz("quiz here on soil without names")
    quiz = await sharewise.session()
    right, wrong = right_and_wrong(card)
    for who in ("slack:T1/U1", "slack:T1/U2"):
        await sharewise.press(who, card, right)
    await sharewise.say(HOST, "readiness here", channel="C2")
    await sharewise.service.delivery.settled()
    check = await sharewise.session("readiness", channel="C2")
    for number, who in enumerate(("slack:T1/U1", "slack:T1/U2", "slack:T1/U3", f"{grid}/U1")):
        await fill(sharewise, who, check, str(number + 1))
    await sharewise.press(f"{grid}/U1", card, wrong)
    assert await OrganisationStore(sharewise.connection).move("slack:T1", grid) > 0
    assert "already" in (await sharewise.press(f"{grid}/U2", card, wrong)).note
    tally = (await sharewise.store.load(quiz)).tally
    assert (tally.answered, sum(tally.votes.values())) == (2, 2)
    tally = (await sharewise.store.load(check)).tally
    assert (tally.answered, tally.finished) == (3, 3)
    assert set(await sharewise.store.answers.took(check)) == {f"{grid}/U{number}" for number in (1, 2, 3)}
    forms = (await sharewise.store.answers.forms(check, ())).values()
    assert {form.organisation for form in forms} == {grid}
    assert len(forms) == 3
    await sharewise.say(f"{grid}/U2", f"leave {await code_of(sharewise)}")
    await sharewise.settled()
    assert (await sharewise.store.load(quiz)).tally.answered == 1
    for said in ("forget me", "yes, forget me"):
        await sharewise.say(f"{grid}/U3", said)
    await sharewise.settled()
    assert set(await sharewise.store.answers.took(check)) == {f"{grid}/U{number}" for number in (1, 2)}


async def test_a_process_that_has_not_heard_of_it_lets_nobody_take_part_twice_or_leave_by_half(
    launch: Launch, platform: FakePlatform
) -> None:
    """Neither before what is stored was moved nor afterwards."""
    grid = "slack:E1"
    hears, hears_not = await launch(), await launch()
    card = await hears.quiz("quiz here on soil without names")
    quiz = await hears.session()
    right, wrong = right_and_wrong(card)
    await hears.say(HOST, "readiness here", channel="C2")
    await hears.settled()
    check = await hears.session("readiness", channel="C2")
    for number in (1, 2):
        await hears_not.press(f"slack:T1/U{number}", card, right)
        await fill(hears_not, f"slack:T1/U{number}", check, "3")
    await hears.service.turn.organisation("slack:T1", grid)
    await hears_not.press("slack:T1/U3", card, right)
    assert "already" in (await hears.press(f"{grid}/U3", card, wrong)).note
    await fill(hears_not, "slack:T1/U3", check, "3")
    await hears.say(f"{grid}/U1", f"leave {await code_of(hears)}")
    await hears.say(f"{grid}/U1", "leave", channel="C2")
    await hears.settled()
    assert (await hears.store.load(quiz)).tally.answered == 2
    assert (await hears.store.load(check)).tally.answered == 3
    await OrganisationStore(hears.connection).move("slack:T1", grid)
    assert "left" in (await hears_not.press("slack:T1/U1", card, right)).note
    for number in (2, 3):
        assert "already" in (await hears_not.press(f"slack:T1/U{number}", card, wrong)).note
        await fill(hears_not, f"slack:T1/U{number}", check, "5")
    assert set(await hears.store.answers.took(check)) == {f"{grid}/U{number}" for number in (1, 2, 3)}
    await hears_not.say("slack:T1/U2", f"leave {await code_of(hears)}")
    await hears.settled()
    assert (await hears.store.load(quiz)).tally.answered == 1
