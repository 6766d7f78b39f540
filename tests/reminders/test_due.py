"""When occurrences fall due, by group; what was missed; and to when things are put off."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from dialogs.core.plain import plain
from dialogs.core.reminder_model import Draft, Recipient, Sent, Series, Target
from dialogs.core.session_model import Actor
from dialogs.recurrence.rule import Recurrence
from dialogs.reminders.due import (
    ONE_BY_ONE,
    date_of,
    group_of,
    grouped,
    missed_after,
    next_for,
    next_of_all,
    put_off,
    wrap_at,
)
from dialogs.reminders.report import SendReport, wrap_card
from dialogs.reminders.weekly import digest_card
from tests.harness.small import SMALL

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")


def series(**schedule: object) -> Series:
    """A series that begins on Monday 1 March 2027 at 9:30."""
    start = datetime(2027, 3, 1, 9, 30)  # noqa: DTZ001 (a platform-clock time)
    whole = Recurrence(start, **{"rule": "FREQ=WEEKLY;BYDAY=MO", **schedule})  # type: ignore[arg-type]
    draft = Draft("CDFGHJKMNPQR", "remind", "Brief", schedule=whole)
    groups = ("Europe/London|", "America/New_York|", "Europe/London|scotland")
    made = datetime(2027, 2, 1, tzinfo=UTC)
    return Series(draft.id, draft, Actor("a"), "slack:T1", {}, "Europe/London", made, groups=groups)


def at(*when: int, zone: ZoneInfo = LONDON) -> datetime:
    """A platform-clock time as an instant."""
    return datetime(*when, tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type]


def test_wall_clock_time_holds_when_the_clocks_change() -> None:
    """The clocks go forward on 28 March 2027 in London, and on 14 March in New York."""
    for group, zone in (("Europe/London|", LONDON), ("America/New_York|", NEW_YORK)):
        after = datetime(2027, 3, 1, tzinfo=UTC)
        for day in (1, 8, 15, 22):
            occurrence = next_for(series(), group, after)
            assert occurrence is not None
            assert occurrence.at == at(2027, 3, day, 9, 30, zone=zone)
            after = occurrence.at
        moved = next_for(series(), group, after)
        assert moved is not None, "29 March is Easter Monday"
        assert moved.at == at(2027, 3, 30, 9, 30, zone=zone)


def test_a_report_names_the_day_to_which_an_occurrence_was_moved() -> None:
    key, moved = "2027-03-29T09:30", at(2027, 3, 30, 9, 30)  # Easter Monday, and the day after
    assert date_of(series(), key) == moved, "it never began"
    begun = replace(series(), sent=(Sent(key, moved),))
    assert date_of(begun, key) == moved
    assert "Tue 30 Mar" in plain(wrap_card(SendReport(begun, key, ()), SMALL))


def test_the_week_tells_series_apart_by_where_they_go_as_each_platform_is_called() -> None:
    places = (Target("channel", "plain:board", ""), Target("channel", "slack:C1", ""))
    alike = [replace(series(), draft=replace(series().draft, targets=(place,))) for place in places]
    where = {"plain": "in Plain text", "slack": "in Slack"}
    told = plain(digest_card([(each, {"sent": 1}) for each in alike], where))
    assert "a channel in Plain text" in told
    assert "a channel in Slack" in told


def test_groups_share_their_instants() -> None:
    people = [
        Recipient("a", "person", "", "slack", "slack:T1", {}, "Europe/London"),
        Recipient("b", "person", "", "slack", "slack:T1", {}, "America/New_York"),
        Recipient("c", "person", "", "slack", "slack:T1", {}, "Nowhere/Land"),
        Recipient("d", "channel", "", "slack", "slack:T1", {}),
        Recipient("e", "person", "", "slack", "slack:T1", {}, "Europe/London", "scotland"),
    ]
    assert {group: len(some) for group, some in grouped(people, "Europe/London").items()} == {
        "Europe/London|": 3, "America/New_York|": 1, "Europe/London|scotland": 1,
    }  # fmt: skip
    assert group_of(people[1], "Europe/London") == "America/New_York|"


def test_the_first_of_all_groups_counts() -> None:
    coming = next_of_all(series(), at(2027, 3, 2, 0, 0))
    assert coming is not None
    assert coming.at == at(2027, 3, 8, 9, 30)


def test_a_few_missed_ones_are_recorded_one_by_one() -> None:
    missed = missed_after(series(), "Europe/London|", at(2027, 3, 1, 9, 30), at(2027, 3, 24, 9, 0))
    assert missed.lapse is None
    assert missed.next is not None
    assert missed.next.key == "2027-03-08T09:30"


def test_many_missed_ones_are_a_lapse_and_the_last_few() -> None:
    missed = missed_after(series(), "Europe/London|", at(2027, 3, 1, 9, 30), at(2028, 3, 1, 9, 0))
    assert missed.lapse is not None
    assert missed.next is not None
    assert missed.lapse.first == "2027-03-08T09:30"
    rest, one = 0, missed.next
    while one is not None and one.at < at(2028, 2, 29, 9, 0):
        rest += 1
        one = next_for(series(), "Europe/London|", one.at)  # type: ignore[assignment]
    assert rest == ONE_BY_ONE
    assert missed.lapse.count + rest == 52


def test_it_is_wrapped_up_after_a_week_or_before_the_next() -> None:
    began = at(2027, 3, 1, 9, 30)
    assert wrap_at(began, None) == began + timedelta(days=7)
    following = next_for(series(), "Europe/London|", began)
    assert wrap_at(began, following) == at(2027, 3, 8, 9, 29)


@pytest.mark.parametrize(
    ("until", "now", "comes"),
    [
        ("tomorrow", at(2027, 3, 1, 15, 0), at(2027, 3, 2, 9, 0)),
        ("tomorrow", at(2027, 3, 5, 15, 0), at(2027, 3, 8, 9, 0)),  # a Friday
        ("tomorrow", at(2027, 3, 25, 15, 0), at(2027, 3, 30, 9, 0)),  # before Easter
        ("week", at(2027, 3, 1, 15, 0), at(2027, 3, 8, 9, 0)),
        ("week", at(2027, 3, 22, 15, 0), at(2027, 3, 30, 9, 0)),  # over the change of the clocks
        ("hour", at(2027, 3, 1, 15, 0), at(2027, 3, 1, 16, 1)),
        ("hour", at(2027, 3, 1, 19, 30), at(2027, 3, 2, 7, 30)),  # quiet hours
        ("hour", at(2027, 3, 5, 19, 30), at(2027, 3, 8, 7, 30)),  # and then a weekend
    ],
)
def test_what_is_put_off_keeps_out_of_quiet_hours_and_off_days(
    until: str, now: datetime, comes: datetime
) -> None:
    quiet = (time(20), time(7, 30))
    assert put_off(series(quiet=quiet), until, now, "Europe/London") == comes  # type: ignore[arg-type]
