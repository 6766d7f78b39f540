"""Pulses: answered in one press, closed with their figures, and what an advisor is told when one cools."""

from __future__ import annotations

from bot.storage.keys import Keys
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_model import PARTITION
from dialogs.readiness.outcome import day_of
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, OFFICER, Sharewise, channel, people

QUESTION = "How firmly is the leadership behind this today?"
PULSE = {"kind": "pulse", "what": QUESTION, "topic": "buy-in", "low": "Not at all", "high": "Fully"}


async def ask(sharewise: Sharewise, count: int = 4, **draft: object) -> None:
    """A daily pulse for so many people, whose first occurrence has gone out."""
    await sharewise.begin(*people(count), **{**PULSE, **draft})
    await sharewise.forward(hours=1.2)


async def answer(sharewise: Sharewise, person: int, value: int) -> str:
    """Somebody answers the last occurrence; what they are told."""
    words = f"pulse answer {ID} {await sharewise.key()} {value}"
    return (await sharewise.press_saying(f"slack:T1/U{person}", words)).note


async def test_who_starts_an_anonymous_pulse_to_too_few_hears_so_at_once(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(*people(2), **PULSE)
    told = await platform.shows("UADVISOR", "Fewer than three people are asked", "have the answers named")
    assert [way.label for way in choices(told)] == ["Change"]
    await sharewise.begin(*people(3), **PULSE, id="CDFGHJKMNPQS")
    told = await platform.shows("UADVISOR", "3 people")
    assert "Fewer than three" not in plain(told)


async def test_of_anonymous_answers_the_first_counts_and_nothing_tells_whose_it_is(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await ask(sharewise)
    card = await platform.shows("U1", QUESTION, "anonymous")
    message = next(iter(platform.shown["U1"]))
    assert [choice.label for choice in choices(card)] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "Add a comment",
        "Stop these",
    ]
    told = await sharewise.press(OFFICER, card, "4", about=f"U1:{message}")
    assert "Nobody learns" in told.note
    await sharewise.settled()
    assert "your answer is in" in platform.texts("U1")[0]
    assert "first one counts" in await answer(sharewise, 1, 1)
    series, key = await sharewise.series(), await sharewise.key()
    assert await sharewise.store.answers(series, key) == {"0": 4}
    assert (await sharewise.states())[OFFICER] == "answered"
    stored = await sharewise.store.connection.call("HGETALL", Keys(PARTITION + ID).key("answers", key))
    assert b"U1" not in b"".join(stored)


async def test_of_named_answers_the_last_counts(sharewise: Sharewise, platform: FakePlatform) -> None:
    await ask(sharewise, anonymous=False)
    await platform.shows("U1", "our advisors see who answered what")
    assert "4 it is" in await answer(sharewise, 1, 4)
    assert "2 it is now" in await answer(sharewise, 1, 2)
    assert await sharewise.store.answers(await sharewise.series(), await sharewise.key()) == {OFFICER: 2}


async def test_answers_out_of_range_and_of_strangers_change_nothing(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await ask(sharewise)
    assert "1 to 5" in await answer(sharewise, 1, 7)
    assert "1 to 5" in await answer(sharewise, 1, 0)
    assert "wasn't sent to you" in await answer(sharewise, 9, 4)
    assert await sharewise.store.answers(await sharewise.series(), await sharewise.key()) == {}


async def test_everybody_in_a_channel_answers_once(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(channel("C1"), **PULSE)
    await sharewise.forward(hours=1.2)
    card = await platform.shows("C1", QUESTION)
    for number in (1, 2, 3, 3):
        await sharewise.press(f"slack:T1/U{number}", card, str(number), channel="C1")
    answers = await sharewise.store.answers(await sharewise.series(), await sharewise.key())
    assert sorted(answers.values()) == [1, 2, 3]
    await sharewise.forward(hours=23.9)
    await platform.shows("UADVISOR", "stands at 2.0, under 3 (3 answered)")


async def test_figures_are_shown_when_it_is_closed_and_not_while_they_grow(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await ask(sharewise)
    for number, value in ((1, 4), (2, 5), (3, 3)):
        await answer(sharewise, number, value)
    await sharewise.press_saying(ADVISOR, f"reminder report {ID}")
    report = await platform.shows("UADVISOR", "Report: buy-in")
    assert "4.0" not in plain(report)
    await sharewise.forward(hours=23.9)
    await platform.shows("UADVISOR", "What became of “buy-in”", "3 answered", "On average 4.0 of 5")


async def test_fewer_than_three_answers_have_no_figure(sharewise: Sharewise, platform: FakePlatform) -> None:
    await ask(sharewise)
    await answer(sharewise, 1, 4)
    await answer(sharewise, 2, 5)
    await sharewise.submit(OFFICER, f"pulse comment {ID} {await sharewise.key()}", {"comment": "Not for you"})
    await sharewise.forward(hours=23.9)
    wrap = await platform.shows("UADVISOR", "What became of", "Fewer than three answered")
    assert "Not for you" not in plain(wrap)


async def test_a_cooling_pulse_tells_which_lesson_applies_and_what_to_do(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    lesson = next(iter(sharewise.service.knowledge.lessons))
    await ask(sharewise, lesson=lesson)
    for value in (5, 2):
        for number in (1, 2, 3, 4):
            await answer(sharewise, number, value)
        await sharewise.forward(hours=24)
    asked = (await sharewise.series()).sent[0].at
    wrap = await platform.shows("UADVISOR", "fell from 5.0 to 2.0", f"since {day_of(asked)}")
    assert plain(wrap).count("2.0") == 1, "with why it cools, and not once more beside it"
    assert sharewise.service.knowledge.lessons[lesson].lead in plain(wrap)
    labels = [choice.label for choice in choices(wrap)]
    assert {"See the trend", "Readiness check in the channel", "Leave it as it is"} <= set(labels)
    await sharewise.press(ADVISOR, wrap, "See the trend")
    await platform.shows("UADVISOR", "5.0", "2.0")
    assert "stays as it is" in (await sharewise.press(ADVISOR, wrap, "Leave it as it is")).note


async def test_comments_by_form(sharewise: Sharewise, platform: FakePlatform) -> None:
    await ask(sharewise)
    says = f"pulse comment {ID} {await sharewise.key()}"
    form = (await sharewise.press_saying(OFFICER, says)).form
    assert form is not None
    too_long = await sharewise.submit(OFFICER, form.says, {"comment": "x" * 4_000})
    assert "4,000 characters" in too_long.errors["comment"]
    assert too_long.form is not None
    assert too_long.form.fields[0].value == "x" * 4_000, "nothing is lost"  # type: ignore[union-attr]
    assert "Write something" in (await sharewise.submit(OFFICER, says, {"comment": " "})).errors["comment"]
    words = "*Ask* <!channel> again"
    await sharewise.submit(OFFICER, says, {"comment": words})
    again = await sharewise.submit(OFFICER, says, {"comment": "Twice"})
    assert again.errors == {}
    await platform.shows("U1", "You wrote", "Twice")
    assert not any("You wrote" in text and words in text for text in platform.texts("U1")), "it was kept"
    for number in (1, 2, 3):
        await answer(sharewise, number, 4)
    await sharewise.forward(hours=23.9)
    wrap = await platform.shows("UADVISOR", "in no order and without names", words)
    assert "Twice" not in plain(wrap)
    assert "U1" not in plain(wrap)


async def test_who_of_an_anonymous_pulse_is_who_took_part(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await ask(sharewise)
    await answer(sharewise, 1, 4)
    await sharewise.press_saying(ADVISOR, f"reminder who {ID}")
    card = await platform.shows("UADVISOR", "Who: buy-in", "U1: answered", "U2: silent")
    assert "4" not in plain(card).partition("U1")[2].partition("\n")[0]
