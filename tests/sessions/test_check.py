"""A readiness check between partners: everybody's own form, the one result, and what is erased."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.core.forms import SelectField
from dialogs.core.plain import plain
from dialogs.core.replies import File, Text
from dialogs.wording import sessions as words
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.small import SMALL
from tests.sessions.checks import COUNTY, DISTRICT, fill, forms_kept
from tests.sessions.live import COLLEAGUE, HOST, PARTNER, TEAMS, Sharewise


async def test_a_whole_check_over_two_platforms(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.check()
    session = await sharewise.session("readiness")
    state = (await sharewise.store.load(session)).state
    assert state is not None
    await sharewise.say(PARTNER, f"join {state.code}", **TEAMS)
    await platform.shows("19:x", "Nobody has begun yet")
    for who in COUNTY:
        assert (await fill(sharewise, who, session, "5")).title == words.SAVED_TITLE
    for who in DISTRICT:
        await fill(sharewise, who, session, "1", pages=2)
    await platform.shows("C1", "8 have begun", "4 finished")
    await platform.shows("19:x", "8 have begun", "4 finished")
    assert all("100" not in text and "0 " not in text[:2] for text in platform.texts("C1")), (
        "nothing while it grows"
    )
    assert (await sharewise.press(HOST, platform.newest("C1"), "Close and show")).note == words.ENDED_NOTE
    for place in ("C1", "19:x"):
        await platform.shows(place, "This check is closed")
        result = plain(await platform.shows(place, "County", "District"))
        assert "50" in result, "each organisation counts the same"
    await sharewise.settled()
    assert await forms_kept(sharewise.connection) == []
    assert (await sharewise.here()).readiness is None
    await sharewise.say(COLLEAGUE, "readiness history")
    await platform.shows("C1", "50")


async def test_a_form_comes_back_as_it_was_left_and_may_be_changed(sharewise: Sharewise) -> None:
    await sharewise.check()
    session = await sharewise.session("readiness")
    await fill(sharewise, COLLEAGUE, session, "2", pages=1)
    form = (await sharewise.press_saying(COLLEAGUE, f"readiness part {session}")).form
    assert form is not None
    assert {field.value for field in form.fields if isinstance(field, SelectField)} == {"2"}
    await sharewise.submit(COLLEAGUE, form.says, {"compost-autumn": "4"})
    kept = await sharewise.store.answers.form(session, COLLEAGUE)
    assert {name: value for name, value in kept.items() if name in ("compost-autumn", "compost-heap")} == {
        "compost-autumn": "4"
    }
    tally = (await sharewise.store.load(session)).tally
    assert (tally.answered, tally.finished) == (1, 0), "a re-answer never counts twice"


async def test_nobody_sees_anothers_answers(sharewise: Sharewise) -> None:
    await sharewise.check()
    session = await sharewise.session("readiness")
    await fill(sharewise, COLLEAGUE, session, "2")
    form = (await sharewise.press_saying(HOST, f"readiness part {session}")).form
    assert form is not None
    assert {field.value for field in form.fields if isinstance(field, SelectField)} == {""}
    for key in await sharewise.connection.call("KEYS", "*:form:*"):
        assert b"UCOL" not in key
        if key.endswith(b":all"):
            continue
        assert all(b"UCOL" not in part for part in await sharewise.connection.call("HVALS", key))


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, "Nobody answered"), (1, "three"), (2, "three")],
)
async def test_however_few_take_part(
    sharewise: Sharewise, platform: FakePlatform, people: int, shown: str
) -> None:
    card = await sharewise.check()
    session = await sharewise.session("readiness")
    for who in COUNTY[:people]:
        await fill(sharewise, who, session, "4")
    await sharewise.press(HOST, card, "Close and show")
    await platform.shows("C1", "This check is closed")
    await platform.shows("C1", shown)
    assert all("75" not in text for text in platform.texts("C1"))


async def test_everyone_does_not_know(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.check()
    session = await sharewise.session("readiness")
    for who in COUNTY:
        await fill(sharewise, who, session, "0")
    await sharewise.press(HOST, card, "Close and show")
    result = await platform.shows("C1", "don't know")
    assert "We feed the soil every autumn" in plain(result), "it is a finding"


async def test_a_page_after_closing_is_not_taken(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.check()
    session = await sharewise.session("readiness")
    await sharewise.press(HOST, card, "Close and show")
    await platform.shows("C1", "This check is closed")
    late = await sharewise.submit(COLLEAGUE, f"readiness page {session} 1", {"compost-heap": "5"})
    assert late.note == words.OVER_NOTE
    assert late.form is not None
    assert not late.form.submit
    said = "\n".join(text.md for text in late.form.fields if isinstance(text, Text))
    assert "You had answered:" in said
    heap = next(each for each in SMALL.checks["plot"].statements if each.id == "compost-heap")
    assert f"{heap.text} **" in said.replace("\\", "")
    assert all("You had answered" not in text for text in platform.texts(COLLEAGUE.rpartition("/")[2]))
    empty = await sharewise.submit(COLLEAGUE, f"readiness page {session} 1", {"compost-heap": ""})
    assert (empty.note, empty.form) == (words.OVER_NOTE, None)
    assert (await sharewise.press_saying(COLLEAGUE, f"readiness part {session}")).note == words.OVER_NOTE
    assert await forms_kept(sharewise.connection) == []


async def test_what_the_host_typed_too_late_is_given_back(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.check()
    says = f"readiness setup {await sharewise.session('readiness')}"
    typed = {"purpose": "One team for compost", "names": "County\nDistrict", "model": "none"}
    await sharewise.submit(HOST, says, typed)
    await sharewise.settled()
    assert all("You wrote" not in text for text in platform.texts("Uhost")), "it was kept"
    await sharewise.press(HOST, card, "Close and show")
    await platform.shows("C1", "This check is closed")
    await sharewise.submit(HOST, says, typed)
    await platform.tells(HOST, "You wrote", "One team for compost", "District")


@pytest.mark.parametrize("page", [4, 99, 999])
async def test_a_page_that_there_is_not_counts_nobody(sharewise: Sharewise, page: int) -> None:
    await sharewise.check()
    session = await sharewise.session("readiness")
    forged = await sharewise.submit(COLLEAGUE, f"readiness page {session} {page}", {"compost-heap": "5"})
    assert forged.form is None
    assert forged.note == words.NO_CHOICE
    assert (await sharewise.store.load(session)).tally.answered == 0


# --- The host -----------------------------------------------------------------------------------------


async def test_the_host_sets_it_up_and_a_long_purpose_is_refused_with_nothing_lost(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.check()
    form = (await sharewise.press(HOST, card, "Set up")).form
    assert form is not None
    long = await sharewise.submit(HOST, form.says, {"purpose": "x" * 2000, "partners": "3"})
    assert "2,000 characters" in long.errors["purpose"]
    assert long.form is not None
    done = await sharewise.submit(
        HOST, form.says, {"purpose": "To grow *more*.", "partners": "3", "model": "bed-flat"}
    )
    assert done.note == words.SET_UP_DONE
    await platform.shows("C1", "For: To grow *more*.")


@pytest.mark.parametrize("label", ["Set up", "Close and show"])
async def test_only_the_host_and_advisors_may(sharewise: Sharewise, label: str) -> None:
    card = await sharewise.check()
    refused = await sharewise.press(COLLEAGUE, card, label)
    assert refused.note == words.NOT_HOST.format(host="Uhost")
    assert refused.form is None
    says = f"readiness setup {await sharewise.session('readiness')}"
    forged = await sharewise.submit(COLLEAGUE, says, {"purpose": "Mine"})
    assert forged.note == words.NOT_HOST.format(host="Uhost")
    allowed = await sharewise.press(ADVISOR, card, label)
    assert allowed.form is not None or allowed.note == words.ENDED_NOTE


async def test_an_export_is_the_hosts_and_an_advisors(sharewise: Sharewise, platform: FakePlatform) -> None:
    card = await sharewise.check()
    session = await sharewise.session("readiness")
    export = f"readiness export {session}"
    assert (await sharewise.press_saying(HOST, export)).note == words.NO_EXPORT
    for who in COUNTY:
        await fill(sharewise, who, session, "4")
    await sharewise.press(HOST, card, "Close and show")
    await platform.shows("C1", "This check is closed")
    assert "Only Uhost" in (await sharewise.press_saying(COLLEAGUE, export)).note
    await sharewise.press_saying(ADVISOR, export)
    sent = await platform.tells(ADVISOR, "the same figures as on the card")
    (file,) = (block for block in sent.blocks if isinstance(block, File))
    assert file.name.endswith(".csv")
    assert "75" in file.content


async def test_a_check_closes_by_itself_after_a_week(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.check()
    session = await sharewise.session("readiness")
    for who in COUNTY:
        await fill(sharewise, who, session, "4")
    await sharewise.settled()
    await sharewise.forward(days=6)
    assert (await sharewise.here()).readiness is not None
    await sharewise.forward(days=2)
    await platform.shows("C1", "75")
    await sharewise.settled()
    assert (await sharewise.here()).readiness is None
    assert await forms_kept(sharewise.connection) == []


# --- Leaving and being forgotten ------------------------------------------------------------------------


@pytest.mark.parametrize("words_said", [("leave {code}",), ("forget me", "yes, forget me")])
async def test_who_leaves_or_is_forgotten_takes_their_answers_along(
    sharewise: Sharewise, platform: FakePlatform, words_said: tuple[str, ...]
) -> None:
    await sharewise.check()
    session = await sharewise.session("readiness")
    state = (await sharewise.store.load(session)).state
    assert state is not None
    for who in (*COUNTY, COLLEAGUE):
        await fill(sharewise, who, session, "4")
    await platform.shows("C1", "5 finished")
    for said in words_said:
        await sharewise.say(COLLEAGUE, said.format(code=state.code))
    await platform.shows("C1", "4 finished")
    assert await sharewise.store.answers.form(session, COLLEAGUE) == {}
    assert len(await forms_kept(sharewise.connection)) == 5, "four forms and their list"


# --- At the last moment -----------------------------------------------------------------------------------


async def test_what_was_saved_at_the_last_moment_counts_or_is_refused(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    card = await sharewise.check()
    session = await sharewise.session("readiness")
    people = [f"slack:T1/v{n}" for n in range(60)]

    async def answer(who: str) -> bool:
        taken = await sharewise.submit(who, f"readiness page {session} 1", {"compost-heap": "4"})
        return taken.note != words.OVER_NOTE

    saving = [asyncio.create_task(answer(who)) for who in people[:30]]
    await asyncio.wait(saving, return_when=asyncio.FIRST_COMPLETED)
    closing = asyncio.create_task(sharewise.press(HOST, card, "Close and show"))
    saving += [asyncio.create_task(answer(who)) for who in people[30:]]
    saved = sum(await asyncio.gather(*saving))
    await closing
    await platform.shows("C1", "This check is closed")
    state = (await sharewise.store.load(session)).state
    assert state is not None
    assert state.result is not None
    assert state.result.participants == saved
    assert await forms_kept(sharewise.connection) == [], "no form is left behind"
