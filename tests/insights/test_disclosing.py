"""What insights show tells of nobody, however often one looks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dialogs.core.insight_model import GatheredInsights, SharePart, WeekAsked
from dialogs.core.result_model import Disclosures
from dialogs.core.session_model import Scoreboard
from dialogs.insights.disclosing import shown
from tests.harness.small import NOW

WEEK = date(2026, 11, 16)


def people(count: int) -> list[bytes]:
    return [b"person%d" % number for number in range(count)]


def rated(*ups: bool) -> GatheredInsights:
    return GatheredInsights(ratings={"compost": dict(zip(people(len(ups)), ups, strict=True))})


def look(gathered: GatheredInsights, told: dict[str, object], day: int = 0) -> SharePart | None:
    insights, record = shown(gathered, told, NOW + timedelta(days=day))  # type: ignore[arg-type]
    told.update(record)
    return insights.helpful.get("compost")


def test_a_lesson_shows_once_three_have_rated_it_and_anew_once_three_more_have() -> None:
    told: dict[str, object] = {}
    assert look(rated(True, False), told) is None
    first = look(rated(True, False, True), told, 1)
    assert first is not None
    assert (first.part, first.people) == (0.67, 3)
    for ups in ((True,) * 4, (True, False, True, True, False), (False, False, False), (True, False)):
        assert look(rated(*ups), told, 2) == first, "two looks beside each other would tell of one or two"
    later = look(rated(True, False, True, True, True, True), told, 3)
    assert later is not None
    assert (later.part, later.people, later.at) == (0.83, 6, NOW + timedelta(days=3))


def test_a_week_shows_where_three_asked_and_stays() -> None:
    weeks = {WEEK: WeekAsked(WEEK, 5, 1, 2)}
    told: dict[str, object] = {}
    for askers, there in ((2, False), (3, True), (2, True)):
        gathered = GatheredInsights(weeks, {WEEK: frozenset(people(askers))})
        insights, record = shown(gathered, told, NOW)  # type: ignore[arg-type]
        told.update(record)
        assert bool(insights.weeks) == there
        assert insights.hidden_weeks == (not there)


def test_quiz_questions_tell_how_many_missed_them() -> None:
    tries = {"q1": dict.fromkeys(people(4), False), "q2": dict.fromkeys(people(2), True)}
    boards = [
        Scoreboard(people, 2, (), (), missed)
        for people, missed in ((4, ("q1", "q1")), (3, ("q1",)), (2, ("q2",)))
    ]
    insights, _ = shown(GatheredInsights(tries=tries, scoreboards=boards), {}, NOW)
    assert {id: (part.part, part.people) for id, part in insights.missed.items()} == {"q1": (1.0, 4)}
    assert insights.missed_together == (("q1", 2),)


@given(st.lists(st.sets(st.integers(0, 12)), max_size=12))
def test_whatever_groups_are_looked_at_no_two_differ_by_one_or_two_people(groups: list[set[int]]) -> None:
    told: dict[str, object] = {}
    for day, group in enumerate(groups):
        ratings = {"compost": {b"person%d" % number: number % 2 == 0 for number in group}}
        look(GatheredInsights(ratings=ratings), told, day)
    record: Disclosures = told  # type: ignore[assignment]
    seen = [set(of.parts[0][1]) for each in record.get("helped compost", ()) for of in each.groups or ()]
    assert all(len(group) >= 3 for group in seen)
    for group in seen:
        for other in seen:
            assert not (group < other and len(other - group) < 3)
