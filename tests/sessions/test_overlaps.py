"""Checks with groups that overlap: what is shown of all of them together tells of nobody.

The adversary reads every card, export and history, and knows who took part and what each could say.
"""

from __future__ import annotations

import csv
import io
import random
import re
from fractions import Fraction

import pytest

from dialogs.core.forms import SelectField
from dialogs.core.plain import plain
from dialogs.core.replies import File
from tests.harness.details import in_full
from tests.harness.platform import FakePlatform
from tests.results.adversary import Row, told_of
from tests.sessions.live import HOST, Sharewise, idle

ADDRESS = HOST.rpartition("/")[2]
"""Where the host is written to alone."""
NAMES = {"slack:T1": "County", "teams:t1": "District"}
PEOPLE = {
    **{letter: f"slack:T1/{letter}" for letter in "ABCDEF"},
    **{letter: f"teams:t1/{letter}" for letter in "GHIJK"},
}
ANSWERS = {letter: 2 + at % 3 for at, letter in enumerate(PEOPLE)}
"""What each person answers throughout, whenever they are asked; nobody at the ends of the scale."""
FACTORS = {"Compost": ("compost-autumn", "compost-heap"), "Watering": ("water-evening", "water-butts")}

Unsure = dict[str, str]
"""Person -> the factor about which they say that they don't know."""


class Told:
    """What the adversary has gathered."""

    def __init__(self, sharewise: Sharewise, platform: FakePlatform) -> None:
        self.sharewise, self.platform = sharewise, platform
        self.rows: list[Row] = []
        self.tables: list[list[dict[str, str]]] = []

    async def check(self, who: str, channel: str = "C1", unsure: Unsure | None = None) -> str:
        """A check in which ``who`` take part; its card."""
        unsure, sharewise = unsure or {}, self.sharewise
        where = {"channel": channel}
        await sharewise.say(HOST, "readiness here", **where)
        await idle(sharewise)
        session = await sharewise.session("readiness", **where)
        for letter in who:
            await fill(sharewise, letter, session, unsure.get(letter, ""))
        before = len(self.platform.shown[channel])
        await sharewise.say(HOST, "end readiness", **where)
        await self.platform.until(lambda: len(self.platform.shown[channel]) > before)
        await idle(sharewise)
        card = plain(in_full(self.platform.newest(channel)))
        await self.export(session, who, unsure, card)
        return card

    async def export(self, session: str, who: str, unsure: Unsure, card: str) -> None:
        """The figures of a check, as its export tells them; the card has no others."""
        before = len(self.platform.shown.get(ADDRESS, {}))
        await self.sharewise.press_saying(HOST, f"readiness export {session}")
        await self.sharewise.service.delivery.settled()
        replies = list(self.platform.shown.get(ADDRESS, {}).values())[before:]
        files = [block for reply in replies for block in reply.blocks if isinstance(block, File)]
        table = list(csv.DictReader(io.StringIO(files[0].content))) if files else []
        self.tables.append(table)
        for line in table:
            title, organisation = line["Factor"], line["Organisation"]
            assert line["Score (0 to 100)"] in ("", *re.findall(r"\d+", card))
            if title in FACTORS and line["Score (0 to 100)"]:
                self.rows.append(row(title, organisation, who, unsure))
                true = float(
                    sum(Fraction(weight) * score(letter) for (letter, _), weight in self.rows[-1].items())
                )
                assert abs(true - float(line["Score (0 to 100)"])) <= 0.5 + 1e-9, "a row is what was shown"

    def solved(self) -> set[tuple[str, ...]]:
        """Those of whom the adversary finds something out."""
        return told_of(self.rows)


def score(letter: str) -> int:
    """What somebody's answer counts."""
    return (ANSWERS[letter] - 1) * 25


def row(title: str, organisation: str, who: str, unsure: Unsure) -> Row:
    """What a figure is of: everybody who can say something, each organisation counting the same."""
    known = [letter for letter in who if unsure.get(letter) != title]
    groups = {
        name: [letter for letter in known if PEOPLE[letter].startswith(tenant)]
        for tenant, name in NAMES.items()
    }
    if organisation in groups:
        groups = {organisation: groups[organisation]}
    groups = {name: some for name, some in groups.items() if some}
    return {(letter, title): 1 / len(some) / len(groups) for some in groups.values() for letter in some}


async def fill(sharewise: Sharewise, letter: str, session: str, unsure: str) -> None:
    """Somebody answers everything, and doesn't know about one factor."""
    who = PEOPLE[letter]
    form = (await sharewise.press_saying(who, f"readiness part {session}")).form
    for _ in range(3):
        assert form is not None
        picks = [field.id for field in form.fields if isinstance(field, SelectField)]
        values = {id: "0" if id in FACTORS.get(unsure, ()) else str(ANSWERS[letter]) for id in picks}
        form = (await sharewise.submit(who, form.says, values)).form


@pytest.fixture
def told(sharewise: Sharewise, platform: FakePlatform) -> Told:
    """Nothing yet."""
    return Told(sharewise, platform)


@pytest.mark.parametrize("days", [0, 13, 15, 200])
async def test_a_check_again_with_one_more(told: Told, days: int) -> None:
    await told.check("ABCDE")
    await told.sharewise.forward(days=days)
    card = await told.check("ABCDEF")
    assert told.solved() == set()
    assert "I show no figures this time" in card
    assert "25" not in card


async def test_another_channel_is_no_other_matter(told: Told) -> None:
    await told.check("ABCDE")
    assert "I show no figures this time" in await told.check("ABCDEF", "C2")
    assert told.solved() == set()


async def test_the_same_people_or_three_others_are_shown(told: Told) -> None:
    await told.check("ABCD")
    assert "Overall" in await told.check("ABCD", "C2")
    assert "Overall" in await told.check("ABEFG", "C2")
    assert told.solved() == set()
    assert len(told.rows) == 6


async def test_somebody_who_can_say_nothing_of_one_factor(told: Told) -> None:
    await told.check("ABCDE")
    card = await told.check("ABCDE", unsure={"E": "Watering"})
    assert told.solved() == set()
    assert re.search(r"Not shown beside earlier results[^:]*: Watering", card)
    assert "Some figures are left out" in card
    assert re.search(r"Answered by all[^:]*: Compost", card)
    assert told.tables[1][-2]["People with a score"] == "not shown beside earlier results"


async def test_an_organisation_with_and_without_one_person(told: Told) -> None:
    await told.check("ABCDGHIJ")
    await told.sharewise.forward(days=15)
    await told.check("ABCDEFGHIJK")
    assert told.solved() == set()


async def test_the_history_shows_what_was_shown(told: Told) -> None:
    await told.check("ABCDE")
    await told.check("ABCDEF")
    await told.sharewise.say(HOST, "readiness history")
    history = plain(await told.platform.shows("C1", "Readiness checks here"))
    assert "not shown beside earlier results (6 people)" in history
    assert "Overall 45, 5 people" in history


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
async def test_random_checks(told: Told, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(5):
        who = "".join(chance.sample(list(PEOPLE), chance.randint(6, 11)))
        unsure = {letter: chance.choice(list(FACTORS)) for letter in who if chance.random() < 0.15}
        await told.check(who, chance.choice(("C1", "C2")), unsure)
        if number % 2:
            await told.sharewise.forward(days=chance.choice((1, 15, 40)))
    assert told.solved() == set()
    assert told.rows
