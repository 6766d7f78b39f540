"""Pulses on one question to groups that overlap: what is shown of all of them together tells of nobody.

The adversary is an advisor: they know who answered, and read every wrap-up, report, trend and digest.
"""

from __future__ import annotations

import asyncio
import random
import re

import pytest

from bot.storage.keys import Keys
from dialogs.core.plain import plain
from dialogs.core.reminder_events import Wrap
from dialogs.core.replies import Facts
from dialogs.wording.reminders import ANSWERED_ALREADY
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, Sharewise, channel, person
from tests.results.adversary import pinned, told_of

QUESTION = "How firmly is the leadership behind this today?"
PULSE = {"kind": "pulse", "what": QUESTION, "topic": "buy-in", "low": "Not at all", "high": "Fully"}
IDS = (ID, "DFGHJKMNPQRS", "FGHJKMNPQRST")
LETTERS = "ABCDEFG"
TRUTH = dict(zip(LETTERS, (4, 2, 3, 4, 2, 3, 2), strict=True))
"""What each person answers, whenever they are asked; nobody at the ends of the scale."""


async def begin(sharewise: Sharewise, id: str, audience: str, **draft: object) -> None:
    """A daily pulse to people named by letters."""
    await sharewise.begin(*(person(f"U{letter}") for letter in audience), id=id, **{**PULSE, **draft})


async def answer(sharewise: Sharewise, id: str, people: str) -> None:
    """So many answer the last occurrence."""
    key = await sharewise.key(id=id)
    for letter in people:
        await sharewise.press_saying(f"slack:T1/U{letter}", f"pulse answer {id} {key} {TRUTH[letter]}")


async def trend(sharewise: Sharewise, platform: FakePlatform, id: str) -> list[float | None]:
    """The figures of a series, as its trend tells them."""
    before = len(platform.shown.get("UADVISOR", {}))
    await sharewise.press_saying(ADVISOR, f"reminder trend {id}")
    await sharewise.settled()
    cards = list(platform.shown["UADVISOR"].values())[before:]
    (facts,) = (block for block in cards[-1].blocks if isinstance(block, Facts))
    figures = (re.match(r"\d\.\d", said) for _, said in facts.pairs)
    return [float(figure[0]) if figure else None for figure in figures]


async def collect(
    sharewise: Sharewise, platform: FakePlatform, answered: dict[str, list[str]]
) -> list[tuple[frozenset[str], float]]:
    """All figures that can be read anywhere, with those who answered. ``answered``: by series, by day."""
    figures = []
    for id, days in answered.items():
        shown = await trend(sharewise, platform, id)
        assert len(shown) == len(days)
        figures += [(frozenset(who), mean) for who, mean in zip(days, shown, strict=True) if mean is not None]
    said = "\n".join(platform.texts("UADVISOR"))
    elsewhere = {float(figure) for figure in re.findall(r"\b[1-5]\.\d\b", said)}
    assert elsewhere <= {mean for _, mean in figures}, "wrap-ups and reports show no other figures"
    return figures


def solved(figures: list[tuple[frozenset[str], float]]) -> object:
    """What the adversary makes of them."""
    rows = [{(letter, "answer"): 1.0 for letter in who} for who, _ in figures]
    return (told_of(rows), pinned(figures)) if figures else (set(), {})


NOTHING: object = (set(), {})


async def test_two_series_to_overlapping_groups_on_one_day(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await begin(sharewise, IDS[0], "ABCD")
    await begin(sharewise, IDS[1], "ABCDE", what=f"  {QUESTION.upper()} ")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, IDS[0], "ABCD")
    await answer(sharewise, IDS[1], "ABCDE")
    await sharewise.forward(hours=23.9)
    figures = await collect(sharewise, platform, {IDS[0]: ["ABCD"], IDS[1]: ["ABCDE"]})
    assert solved(figures) == NOTHING
    assert len(figures) == 1, "one of them is shown"
    await platform.shows("UADVISOR", "What became of", "with earlier results")


async def test_one_series_with_one_person_swapped(sharewise: Sharewise, platform: FakePlatform) -> None:
    await begin(sharewise, ID, "ABCDE")
    await sharewise.forward(hours=1.2)
    for who in ("ABCD", "ABCE", "ABCD"):
        await answer(sharewise, ID, who)
        await sharewise.forward(hours=24)
    figures = await collect(sharewise, platform, {ID: ["ABCD", "ABCE", "ABCD"]})
    assert solved(figures) == NOTHING
    assert await trend(sharewise, platform, ID) == [3.2, None, 3.2], "the same people again tell nothing new"


async def test_another_question_is_another_matter(sharewise: Sharewise, platform: FakePlatform) -> None:
    await begin(sharewise, IDS[0], "ABCD")
    await begin(sharewise, IDS[1], "ABCDE", what="How clear is your own part in it?")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, IDS[0], "ABCD")
    await answer(sharewise, IDS[1], "ABCDE")
    await sharewise.forward(hours=23.9)
    assert len(await collect(sharewise, platform, {IDS[0]: ["ABCD"], IDS[1]: ["ABCDE"]})) == 2


async def test_a_channel_and_a_list_with_the_same_people(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(channel("C1"), id=IDS[0], **PULSE)
    await begin(sharewise, IDS[1], "ABCDE")
    await sharewise.forward(hours=1.2)
    key = await sharewise.key(id=IDS[0])
    for letter in "ABCD":
        says = f"pulse answer {IDS[0]} {key} {TRUTH[letter]}"
        await sharewise.press_saying(f"slack:T1/U{letter}", says, channel="C1")
    await answer(sharewise, IDS[1], "ABCDE")
    await sharewise.forward(hours=23.9)
    assert solved(await collect(sharewise, platform, {IDS[0]: ["ABCD"], IDS[1]: ["ABCDE"]})) == NOTHING


async def test_what_was_shown_to_two_processes_at_once(launch: Launch, platform: FakePlatform) -> None:
    """Both close at the same moment, and neither misses the other."""
    one, other = await launch(), await launch()
    await begin(one, IDS[0], "ABCD")
    await begin(one, IDS[1], "ABCDE")
    await asyncio.gather(one.forward(hours=1.2), other.forward(hours=1.2))
    await answer(one, IDS[0], "ABCD")
    await answer(one, IDS[1], "ABCDE")
    wraps = [Wrap(await one.key(id=id)) for id in IDS[:2]]
    await asyncio.gather(
        one.reminders.runner.run(IDS[0], wraps[0], "now"), other.reminders.runner.run(IDS[1], wraps[1], "now")
    )
    figures = await collect(one, platform, {IDS[0]: ["ABCD"], IDS[1]: ["ABCDE"]})
    assert solved(figures) == NOTHING
    assert len(figures) == 1


async def test_a_result_that_was_recorded_and_never_shown_is_drawn_up_again(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await begin(sharewise, ID, "ABCDE")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, ID, "ABCD")
    series = await sharewise.series()
    pulses = sharewise.reminders.runner._wraps._pulses
    assert (await pulses.draw_up(series, series.sent[-1], sharewise.now())).mean == 3.2, (
        "then the process dies"
    )
    await answer(sharewise, ID, "E")
    await sharewise.forward(hours=23.9)
    assert await trend(sharewise, platform, ID) == [3.0]


async def test_who_is_forgotten_stays_in_what_was_shown(sharewise: Sharewise, platform: FakePlatform) -> None:
    await begin(sharewise, ID, "ABCDE")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, ID, "ABCD")
    await sharewise.forward(hours=24)
    for said in ("forget me", "yes, forget me"):
        await sharewise.say("slack:T1/UD", said)
    await sharewise.settled()
    for key in await sharewise.store.connection.call("KEYS", "sw:{disclosed}:*"):
        stored = await sharewise.store.connection.call("DUMP", key)
        assert b"T1/U" not in stored, "nobody's id is on record"
    await answer(sharewise, ID, "ABC")
    await sharewise.forward(hours=24)
    assert await trend(sharewise, platform, ID) == [3.2, None], "or D's answer would be the difference"


async def test_who_is_forgotten_before_the_close_still_counts_once_and_is_known_to_be_in_the_group(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(channel("C1"), id=ID, **PULSE)
    await sharewise.forward(hours=1.2)
    key = await sharewise.key()
    for letter in "ABCDE":
        await sharewise.press_saying(
            f"slack:T1/U{letter}", f"pulse answer {ID} {key} {TRUTH[letter]}", channel="C1"
        )
    for said in ("forget me", "yes, forget me"):
        await sharewise.say("slack:T1/UD", said)
    await sharewise.settled()
    again = await sharewise.press_saying("slack:T1/UD", f"pulse answer {ID} {key} 1", channel="C1")
    assert again.note == ANSWERED_ALREADY
    await sharewise.forward(hours=24)
    assert await trend(sharewise, platform, ID) == [3.0]
    key = await sharewise.key()
    for letter in "ABCE":
        await sharewise.press_saying(
            f"slack:T1/U{letter}", f"pulse answer {ID} {key} {TRUTH[letter]}", channel="C1"
        )
    await sharewise.forward(hours=24)
    assert await trend(sharewise, platform, ID) == [3.0, None], "or D's answer would be the difference"


async def test_where_it_is_not_known_who_answered_that_is_the_reason_said(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await begin(sharewise, ID, "ABCDE")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, ID, "ABCD")
    key = await sharewise.key()
    answers = Keys(f"series:{ID}").key("answers", key)
    await sharewise.store.connection.call("HINCRBY", answers, "3", 1)  # as an earlier version left it
    await sharewise.forward(hours=24)
    wrap = plain(await platform.shows("UADVISOR", "What became of", "I show no average"))
    assert "I no longer know whose all the answers are" in wrap
    assert "with earlier results" not in wrap


async def test_what_an_earlier_version_has_shown_counts_by_its_ledgers(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await begin(sharewise, ID, "ABCDE")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, ID, "ABCD")
    await sharewise.forward(hours=24)
    connection = sharewise.store.connection
    await connection.call("DEL", *await connection.call("KEYS", "sw:{disclosed}:*"))
    await answer(sharewise, ID, "ABCE")
    await sharewise.forward(hours=24)
    await answer(sharewise, ID, "ABCD")
    await sharewise.forward(hours=24)
    assert await trend(sharewise, platform, ID) == [3.2, None, 3.2]


async def test_fewer_than_three_answers_cool_nothing(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Two of five are as few as three of seven; but only of the three is it said."""
    for id, audience in zip(IDS, ("ABCDE", "ABCDEFG"), strict=False):
        await begin(sharewise, id, audience)
    await sharewise.forward(hours=1.2)
    await answer(sharewise, IDS[0], "AB")
    await answer(sharewise, IDS[1], "ABC")
    await sharewise.forward(hours=24)
    two = plain(await platform.shows("UADVISOR", "What became of", "Too few to say", "5 recipients"))
    three = plain(await platform.shows("UADVISOR", "What became of", "stands at 3.0", "3 answered"))
    assert ("fewer than 50%" in two, "fewer than 50%" in three) == (False, True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
async def test_random_series_and_days(sharewise: Sharewise, platform: FakePlatform, seed: int) -> None:
    chance = random.Random(seed)
    audiences = {id: chance.sample(LETTERS, chance.randint(4, 7)) for id in IDS}
    for id, audience in audiences.items():
        await begin(sharewise, id, "".join(audience))
    await sharewise.forward(hours=1.2)
    answered: dict[str, list[str]] = {id: [] for id in IDS}
    for _ in range(3):
        for id, audience in audiences.items():
            who = "".join(chance.sample(audience, chance.randint(max(3, len(audience) - 1), len(audience))))
            await answer(sharewise, id, who)
            answered[id].append(who)
        await sharewise.forward(hours=24)
    assert solved(await collect(sharewise, platform, answered)) == NOTHING
