"""Sentences built from the grammar's parts read back to their rule; every word is used or asked about."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dialogs.recurrence.days import DAY_NAMES, MONTH_NAMES, nth
from dialogs.recurrence.describe import in_words
from dialogs.recurrence.rule import Recurrence
from dialogs.recurrence.sentence import Understood, understand

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
LONDON = "Europe/London"
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RANKS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def when(text: str) -> Understood:
    return understand(text, NOW, LONDON, when_only=True)


# --- Sentences with the rule that they mean ------------------------------------------------------------


class Said(NamedTuple):
    words: str
    rule: str
    offset: int = 0


def _clock(at: time) -> st.SearchStrategy[str]:
    hour = at.hour % 12 or 12
    half = "am" if at.hour < 12 else "pm"
    ways = [
        f"at {at:%H:%M}",
        f"at {at:%H.%M}",
        f"at {hour}.{at.minute:02}{half}",
        f"@ {hour}:{at.minute:02} {half}",
    ]
    if at.minute == 30:
        ways.append(f"at half past {hour} {half}")
    if at.minute == 0:
        ways += [f"at {hour}{half}", f"at {hour} {half}"]
    return st.sampled_from(ways)


times = st.builds(time, st.integers(7, 19), st.sampled_from([0, 5, 15, 30, 45]))
weekday = st.integers(0, 4)
weekdays = st.lists(weekday, min_size=1, max_size=4, unique=True).map(sorted)


def listed(names: list[str], way: int) -> str:
    if len(names) == 1:
        return names[0]
    if way == 0:
        return "/".join(names)
    return f"{', '.join(names[:-1])}{' &' if way == 1 else ' and'} {names[-1]}"


@st.composite
def weekly(draw: st.DrawFn) -> Said:
    days, number = draw(weekdays), draw(st.integers(1, 6))
    short = draw(st.booleans())
    names = listed([DAY_NAMES[day][:3] if short else DAY_NAMES[day] for day in days], draw(st.integers(0, 2)))
    every = f"INTERVAL={number};" if number > 1 else ""
    rule = f"FREQ=WEEKLY;{every}BYDAY={','.join(CODES[day] for day in days)}"
    if number == 1:
        return Said(draw(st.sampled_from([f"every {names}", f"weekly on {names}", f"each {names}"])), rule)
    if number == 2 and draw(st.booleans()):
        return Said(draw(st.sampled_from([f"fortnightly on {names}", f"every other {names}"])), rule)
    return Said(f"every {number} weeks on {names}", rule)


@st.composite
def monthly(draw: st.DrawFn) -> Said:
    rank, day = draw(st.sampled_from(sorted(RANKS))), draw(weekday)
    name = f"{draw(st.sampled_from(['', 'the ']))}{RANKS[rank]} {DAY_NAMES[day]}"
    number = draw(st.integers(1, 6))
    if number == 1:
        of = draw(st.sampled_from(["of the month", "of each month", "in every month"]))
        return Said(f"{name} {of}", f"FREQ=MONTHLY;BYDAY={rank}{CODES[day]}")
    return Said(
        f"{name} of every {number} months", f"FREQ=MONTHLY;INTERVAL={number};BYDAY={rank}{CODES[day]}"
    )


@st.composite
def beside(draw: st.DrawFn) -> Said:
    """So many days before or after a day of each month."""
    base, days = draw(monthly()), draw(st.integers(1, 14))
    side = draw(st.sampled_from(["before", "after"]))
    count = draw(
        st.sampled_from([f"{days} days" if days > 1 else "the day", *(["a week"] if days == 7 else [])])
    )
    name = f"{count} {side} {base.words}"
    return Said(name, base.rule, -days if side == "before" else days)


@st.composite
def monthdays(draw: st.DrawFn) -> Said:
    days = sorted(draw(st.lists(st.integers(1, 28), min_size=1, max_size=3, unique=True)))
    names = listed([nth(day) for day in days], 2)
    rule = f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}"
    return Said(
        draw(st.sampled_from([f"{names} of each month", f"monthly on the {names}", f"every {names}"])), rule
    )


@st.composite
def yearly(draw: st.DrawFn) -> Said:
    day, month = draw(st.integers(1, 28)), draw(st.integers(1, 12))
    name = MONTH_NAMES[month - 1]
    words = draw(
        st.sampled_from([f"every {day} {name}", f"annually on {day} {name}", f"{nth(day)} {name} each year"])
    )
    return Said(words, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")


rhythms = weekly() | monthly() | beside() | monthdays() | yearly()


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, Said, time, date | None]:
    said, at = draw(rhythms), draw(times)
    assume(said.words != "every 2nd")
    clock = draw(_clock(at))
    words = draw(
        st.sampled_from([f"{said.words} {clock}", f"{clock} {said.words}", f"{said.words}, {clock}"])
    )
    until = draw(st.none() | st.dates(date(2028, 1, 1), date(2030, 12, 31)))
    if until:
        words += f" until {until.day} {MONTH_NAMES[until.month - 1]} {until.year}"
    return words, said, at, until


@settings(max_examples=400)
@given(sentences())
def test_a_sentence_reads_back_to_the_rule_that_made_it(made: tuple[str, Said, time, date | None]) -> None:
    words, said, at, until = made
    found = when(words)
    assert found.schedule, (words, found)
    assert (found.schedule.rule, found.schedule.offset) == (said.rule, said.offset)
    assert (found.schedule.start.time(), found.schedule.until) == (at, until)
    assert not found.schedule.more


@settings(max_examples=200)
@given(rhythms, rhythms, times, times)
@example(
    Said("every other Monday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    Said("every Tuesday", "FREQ=WEEKLY;BYDAY=TU"),
    time(7),
    time(7),
)
def test_two_rhythms_are_both_kept_or_asked_about(one: Said, other: Said, first: time, second: time) -> None:
    found = when(f"{one.words} at {first:%H:%M} and {other.words} at {second:%H:%M}")
    assert found.schedule or found.problems or found.missing
    if found.schedule:
        lines = {(line.rule, line.start.time()) for line in found.schedule.lines}
        assert lines == {(one.rule, first), (other.rule, second)}


@settings(max_examples=200)
@given(sentences())
def test_what_was_read_is_said_in_words_that_read_the_same(made: tuple[str, Said, time, date | None]) -> None:
    schedule = when(made[0]).schedule
    assert schedule
    again = when(in_words(schedule)).schedule
    assert again
    assert (again.rule, again.start.time(), again.until) == (
        schedule.rule,
        schedule.start.time(),
        schedule.until,
    )


# --- Every word is used, or asked about -----------------------------------------------------------------

STRANGE = [
    "purple", "quorate", "whenever", "raining", "council", "sometimes", "roughly", "maybe", "budget",
    "unless", "sharpish", "swiftly", "mostly", "leader", "allegedly", "ideally", "if", "or", "ish",
    "hopefully", "never-ending", "ever", "early", "money", "later", "members", "77777", "$", "%", "=",
    "§",
]  # fmt: skip


def letters(text: str) -> str:
    """What was typed, without spaces and signs between words."""
    return re.sub(r"[\s?.]", "", text)


@settings(max_examples=500)
@given(sentences(), st.sampled_from(STRANGE), st.integers(0, 12))
def test_a_strange_word_is_asked_about_and_never_dropped(
    made: tuple[str, Said, time, date | None], strange: str, place: int
) -> None:
    words = made[0].split()
    place = min(place, len(words))
    found = when(" ".join([*words[:place], strange, *words[place:]]))
    assert found.schedule is None
    assert found.problems or found.missing
    assert strange in " ".join(found.unknown) or found.problems


WORDS = [
    "every", "each", "on", "at", "the", "and", "of", "to", "9", "9:30", "14:00", "half", "past",
    "monday", "tuesday", "fridays", "first", "last", "1st", "15th", "working", "day", "month",
    "quarter", "week", "fortnightly", "monthly", "until", "from", "except", "in", "august", "december",
    "7", "2027", "christmas", "morning", "tomorrow", "next", "two", "weeks", "other", "not", ",",
    "board", "members", "remind", "@asha", "brief", "@mention1",
]  # fmt: skip


@settings(max_examples=500)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join), st.booleans())
def test_every_word_was_used_for_something(text: str, when_only: bool) -> None:
    found = understand(text, NOW, LONDON, when_only=when_only)
    assert letters("".join(use.words for use in found.used)) == letters(text)
    assert found.schedule is None or not found.unknown


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_any_text_ends_in_a_schedule_or_a_question(text: str) -> None:
    found = when(text)
    assert isinstance(found.schedule, Recurrence) or found.missing or found.problems


@pytest.mark.parametrize("said", ["other week tomorrow at 9", "other weeks on Friday at 9"])
def test_another_than_which_week_is_asked_about(said: str) -> None:
    understood = understand(said, NOW, "Europe/London", when_only=True)
    assert understood.schedule is None
    assert understood.problems
