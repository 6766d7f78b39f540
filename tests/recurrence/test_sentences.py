"""What an advisor types, and what is made of it. "Now" is Tuesday 24 November 2026, 08:00, in London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.recurrence.describe import in_words
from dialogs.recurrence.occurrences import occurrences
from dialogs.recurrence.rule import QUIET, Recurrence
from dialogs.recurrence.sentence import LONGEST_TEXT, Understood, understand

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def read(text: str) -> Understood:
    return understand(text, NOW, "Europe/London")


def when(text: str) -> Understood:
    return understand(text, NOW, "Europe/London", when_only=True)


# --- Whole sentences: who, when and what ------------------------------------------------------------

WHOLE = [
    (
        "remind #partnership-board every second Tuesday at 9:30 to brief members on progress",
        "remind", ["#partnership-board"], "Brief members on progress",
    ),
    (
        "remind the steering group first monday of the month 9.30 to brief members",
        "remind", ["the steering group"], "Brief members",
    ),
    ("pulse the steering group monthly on the first Monday at 9 on buy-in", "pulse",
     ["the steering group"], "buy-in"),
    ("Pulse #board every 3 months on the 15th at 10 about trust", "pulse", ["#board"], "trust"),
    ("remind @asha and the steering group tomorrow at 4pm to call the leader", "remind",
     ["@asha", "the steering group"], "Call the leader"),
    ("remind @asha, @bo & #board tomorrow at 4pm that interest must be maintained", "remind",
     ["@asha", "@bo", "#board"], "Interest must be maintained"),
    ("remind @asha to call the leader every Monday at 9", "remind", ["@asha"], "Call the leader"),
    ("remind the monday group every weekday at 9am to read the news", "remind", ["the monday group"],
     "Read the news"),
    ("remind <@U024BE7LH> and <!subteam^SAZ94GDB8> on Friday at noon to vote", "remind",
     ["<@U024BE7LH>", "<!subteam^SAZ94GDB8>"], "Vote"),
    ('remind "Health and Care board" and @bo Mondays at 9 to meet', "remind",
     ["Health and Care board", "@bo"], "Meet"),
    ("remind #board monday to friday at 9 to prepare", "remind", ["#board"], "Prepare"),
    ("remind #board every Monday at 9 to talk every Tuesday to staff", "remind", ["#board"],
     "Talk every Tuesday to staff"),
    ("please remind us in two weeks at 9 to look again", "remind", ["us"], "Look again"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "audience", "what"), WHOLE)
def test_a_sentence_says_who_when_and_what(text: str, kind: str, audience: list[str], what: str) -> None:
    found = read(text)
    assert (found.kind, list(found.audience), found.what) == (kind, audience, what)
    assert found.schedule
    assert (found.missing, found.problems) == ((), ())


# --- When -------------------------------------------------------------------------------------------

DATES = [
    ("every second Tuesday at 9:30", "24 Nov 09:30, 8 Dec 09:30, 22 Dec 09:30"),
    ("every other Friday at 11am", "27 Nov 11:00, 11 Dec 11:00, 29 Dec 11:00"),
    ("fortnightly on Wednesdays at 14:00", "25 Nov 14:00, 9 Dec 14:00, 23 Dec 14:00"),
    ("every 2 weeks on Monday and Thursday at 9", "26 Nov 09:00, 7 Dec 09:00, 10 Dec 09:00"),
    ("every weekday at nine o'clock", "24 Nov 09:00, 25 Nov 09:00, 26 Nov 09:00"),
    ("Tuesdays 9.30am", "24 Nov 09:30, 1 Dec 09:30, 8 Dec 09:30"),
    ("alternate Thursdays at 9", "26 Nov 09:00, 10 Dec 09:00, 24 Dec 09:00"),
    ("every May on the first Monday at 9", "4 May 09:00, 2 May 09:00, 8 May 09:00"),
    ("every Monday at 9 and on bank holidays move to the previous working day",
     "30 Nov 09:00, 7 Dec 09:00, 14 Dec 09:00"),
    ("weekdays at 07:45", "25 Nov 07:45, 26 Nov 07:45, 27 Nov 07:45"),
    ("every Mon, Wed and Fri at 9", "25 Nov 09:00, 27 Nov 09:00, 30 Nov 09:00"),
    ("daily at 9", "24 Nov 09:00, 25 Nov 09:00, 26 Nov 09:00"),
    ("every 3 days at 9", "24 Nov 09:00, 27 Nov 09:00, 30 Nov 09:00"),
    ("first Monday of the month 9.30", "7 Dec 09:30, 4 Jan 09:30, 1 Feb 09:30"),
    ("monthly on the first Monday at 9:30", "7 Dec 09:30, 4 Jan 09:30, 1 Feb 09:30"),
    ("second Tuesday of every month at 9:30", "8 Dec 09:30, 12 Jan 09:30, 9 Feb 09:30"),
    ("every second Tuesday of the month at 9:30", "8 Dec 09:30, 12 Jan 09:30, 9 Feb 09:30"),
    ("first and third Tuesday of each month at 9", "1 Dec 09:00, 15 Dec 09:00, 5 Jan 09:00"),
    ("last Friday of each month at 4pm", "27 Nov 16:00, 29 Dec 16:00, 29 Jan 16:00"),
    ("last day of the month at 9", "30 Nov 09:00, 31 Dec 09:00, 29 Jan 09:00"),
    ("last working day of each month at 9", "30 Nov 09:00, 31 Dec 09:00, 29 Jan 09:00"),
    ("first working day of each month at 9", "1 Dec 09:00, 4 Jan 09:00, 1 Feb 09:00"),
    ("on the 15th of each month at 9", "15 Dec 09:00, 15 Jan 09:00, 15 Feb 09:00"),
    ("1st and 15th of every month at 9", "1 Dec 09:00, 15 Dec 09:00, 4 Jan 09:00"),
    ("every 31st at 9", "31 Dec 09:00, 1 Feb 09:00, 31 Mar 09:00"),
    ("every 2 months on the last Friday at 9", "27 Nov 09:00, 29 Jan 09:00, 30 Mar 09:00"),
    ("quarterly on the first Monday at 9", "4 Jan 09:00, 5 Apr 09:00, 5 Jul 09:00"),
    ("quarterly from 1 December at 9", "1 Dec 09:00, 1 Mar 09:00, 1 Jun 09:00"),
    ("on 1 April each year at 9", "1 Apr 09:00, 3 Apr 09:00, 3 Apr 09:00"),
    ("every 29 February at 10", "29 Feb 10:00, 1 Mar 10:00, 29 Feb 10:00"),
    ("yearly on 29 February at 10", "29 Feb 10:00, 1 Mar 10:00, 29 Feb 10:00"),
    ("first Monday of March each year at 9", "1 Mar 09:00, 6 Mar 09:00, 5 Mar 09:00"),
    ("every 2 hours on weekdays", "24 Nov 10:00, 24 Nov 12:00, 24 Nov 14:00"),
    ("every 45 minutes", "24 Nov 08:15, 24 Nov 09:00, 24 Nov 09:45"),
    ("tomorrow at 4pm", "25 Nov 16:00"),
    ("today at 17:00", "24 Nov 17:00"),
    ("next Tuesday at 9", "1 Dec 09:00"),
    ("on Friday at half past nine", "27 Nov 09:30"),
    ("Friday week at quarter to ten", "4 Dec 09:45"),
    ("in two weeks at noon", "8 Dec 12:00"),
    ("in 90 minutes", "24 Nov 09:30"),
    ("on 3 March 2027 at half past nine", "3 Mar 09:30"),
    ("Wednesday 3 March 2027 at 0930", "3 Mar 09:30"),
    ("3/3/2027 at 9", "3 Mar 09:00"),
    ("3/12 at 9", "3 Dec 09:00"),
    ("2027-03-03 at 9", "3 Mar 09:00"),
    ("the 15th at 9", "15 Dec 09:00"),
    ("first Monday in March at 9", "1 Mar 09:00"),
    ("every Monday at 9 until 14 December", "30 Nov 09:00, 7 Dec 09:00, 14 Dec 09:00"),
    ("every Monday at 9 until December", "30 Nov 09:00"),
    ("every Monday at 9 for two weeks", "30 Nov 09:00, 7 Dec 09:00"),
    ("every Monday at 9, 2 times", "30 Nov 09:00, 7 Dec 09:00"),
    ("every Monday at 9 from 1 March 2027", "1 Mar 09:00, 8 Mar 09:00, 15 Mar 09:00"),
    ("at 9:30 every Tuesday starting next week", "1 Dec 09:30, 8 Dec 09:30, 15 Dec 09:30"),
    ("every Monday at 9, Scottish holidays", "1 Dec 09:00, 7 Dec 09:00, 14 Dec 09:00"),
    ("every Monday at 9 in Scotland, skip bank holidays", "7 Dec 09:00, 14 Dec 09:00, 21 Dec 09:00"),
    ("every Monday at 9 in Scotland, the working day before", "27 Nov 09:00, 7 Dec 09:00, 14 Dec 09:00"),
    ("every Saturday at 9", "30 Nov 09:00, 7 Dec 09:00, 14 Dec 09:00"),
    ("every Saturday at 9 including weekends", "28 Nov 09:00, 5 Dec 09:00, 12 Dec 09:00"),
    ("every Monday at 10 Europe/Paris time", "30 Nov 09:00, 7 Dec 09:00, 14 Dec 09:00"),
    ("every Monday at 10 New York time", "30 Nov 15:00, 7 Dec 15:00, 14 Dec 15:00"),
    ("every Monday at 23:30", "30 Nov 23:30, 7 Dec 23:30, 14 Dec 23:30"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_words_come_to_these_dates(text: str, expected: str) -> None:
    found = when(text)
    assert found.schedule, found
    sends = islice(occurrences(found.schedule, "Europe/London", NOW), 3)
    assert (
        ", ".join(f"{occurrence.local.day} {occurrence.local:%b %H:%M}" for occurrence in sends) == expected
    )


def test_all_that_can_be_said_stands_in_the_schedule() -> None:
    found = when("every 2 weeks on Monday at 9 London time, Welsh holidays, or the working day before, "
                 "quiet hours 18:00 to 8:30, from 7 December 2026 until 30 June 2027")  # fmt: skip
    assert found.schedule == Recurrence(
        start=datetime.fromisoformat("2026-12-07T09:00"), rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
        zone="Europe/London", nation="wales", off_days="previous", until=date(2027, 6, 30),
        quiet=(time(18), time(8, 30)),
    )  # fmt: skip


# --- What is asked for ------------------------------------------------------------------------------

ASKED = [
    ("remind #board every Monday to meet", ["time"]),
    ("pulse the steering group monthly on buy-in", ["day", "time"]),
    ("remind #board monthly at 9 to meet", ["day"]),
    ("remind #board monthly on Tuesday at 9 to meet", ["day"]),
    ("remind #board weekly at 9 to meet", ["day"]),
    ("remind #board quarterly at 9 to meet", ["day"]),
    ("remind #board every year at 9 to meet", ["day"]),
    ("remind #board first Monday at 9 to meet", ["day"]),
    ("remind #board to meet", ["day", "time"]),
    ("remind #board", ["day", "time", "what"]),
    ("remind", ["day", "time", "audience", "what"]),
    ("remind every Monday at 9 to meet", ["audience"]),
    ("remind #board every Monday at 9", ["what"]),
]


@pytest.mark.parametrize(("text", "about"), ASKED)
def test_what_is_not_said_is_asked_for(text: str, about: list[str]) -> None:
    found = read(text)
    assert [question.about for question in found.missing] == about
    assert all(question.text.endswith((".", "?", "”.", "year.")) for question in found.missing)


def test_a_day_before_its_rhythm() -> None:
    done = read("pulse the steering group first Monday monthly at 9:30 on buy-in")
    assert done.schedule
    assert (done.schedule.rule, done.missing, done.what) == ("FREQ=MONTHLY;BYDAY=1MO", (), "buy-in")


# --- Bad input: each a sentence that says what to change ----------------------------------------------

BAD = [
    ("on 30 February at 9", "There is no 30 February: that month has 29 days at most. Choose another day."),
    ("every 30 February at 9", "There is no 30 February"),
    ("29 February 2027 at 9", "There is no 29 February 2027: that month has 28 days. Choose another day."),
    ("on 31 June at 9", "There is no 31 June: that month has 30 days. Choose another day."),
    ("every 32nd at 9", "No month has a 32nd. Choose a day from the 1st to the 31st."),
    ("3/13/2027 at 9", "There is no month 13. Dates go day, month, year"),
    ("Tuesday 3 March 2027 at 9", "3 March 2027 is a Wednesday, not a Tuesday."),
    ("every Monday at 25:00", "“25:00” isn't a time of day."),
    ("every Monday at 9:75", "“9:75” isn't a time of day."),
    ("every Monday at 4", "“4”: morning or afternoon? Say 04:00 or 16:00."),
    ("today at 07:00", "07:00 on 24 November 2026 has passed. Choose a later time or day."),
    ("on 3 March 2020 at 9", "09:00 on 3 March 2020 has passed."),
    ("every 10 minutes", "That is too often: leave at least 15 minutes between two sends"),
    ("every minute", "That is too often"),
    ("every 30 seconds", "That is too often"),
    ("every second at 9", "“Every second” what?"),
    ("every Monday morning at 15:00", "“15:00” isn't in the morning."),
    ("every Monday at 4:30", "“4:30”: morning or afternoon? Say 04:30 or 16:30."),
    ("every third Tuesday at 9", "“every 3rd Tuesday” can mean two things."),
    ("next Friday at 9", "“next Friday” could be Fri 27 Nov or Fri 4 Dec."),
    ("every 0 days at 9", "I can't repeat every 0."),
    ("every day at 9 1000000 times", "That would be 1,000,000 sends, and I take at most 10,000."),
    ("every 15 minutes until 1 January 2050", "sends, and I take at most 10,000. Choose an earlier end"),
    ("every Monday at 9 until 3 March 2020", "That ends before it starts."),
    ("every Monday at 9 Narnia time", "I don't know the time zone “Narnia”."),
    ("every Monday at 9 Mars/Olympus time", "I don't know the time zone “Mars/Olympus”."),
    ("every Monday at 9 GMT", "GMT doesn't change with the clocks. Say “London time”, or “UTC”"),
    ("every Monday at 9 with French holidays", "I don't know the holidays of “French”."),
    ("every Monday at 9 sharpish", "I didn't understand “sharpish”."),
    ("twice a month at 9", "“twice a month” doesn't say on which days."),
    ("biweekly on Monday at 9", "“biweekly” can mean two things."),
    ("at 9 every Monday at 14:00", "I heard two times of day."),
    ("every day every month at 9", "I heard two different ways to repeat."),
    ("twentieth working day of the month at 9", "I count working days up to the fifteenth."),
    ("Monday and Thursday at 9", "Do you mean every one of those days? Then say “every”"),
    ("tomorrow at 9 for six months", "That names one day only, so it needs no end."),
    ("", "Say when. For example:"),
    ("   ", "Say when. For example:"),
    ("to", "Say when. For example:"),
]


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_what_cannot_be_is_refused_in_a_sentence(text: str, expected: str) -> None:
    found = when(text)
    assert found.schedule is None
    said = " ".join(question.text for question in (*found.problems, *found.missing))
    assert expected in said


def test_a_text_of_four_thousand_characters_is_kept_and_refused() -> None:
    long = "talk to every member on Monday at 9 about the " * 90
    found = read(f"remind #board every Monday at 9 to {long}")
    assert found.what == "T" + long.strip()[1:]
    assert len(found.what) > LONGEST_TEXT
    assert "Shorten it" in found.problems[0].text
    assert (found.audience, found.when) == (("#board",), "every Monday at 9")


NOTES = [
    ("every 31st at 9", "Months without a 31st are left out. For every month, say “last day of each month”."),
    ("every 29 February at 9", "Only leap years have a 29 February."),
    ("fifth Monday of each month at 9", "Months with only four Mondays are left out."),
    ("every Monday at 9 until June", "The last day is 31 May 2027. To include June, say “until the end of"),
    ("every Monday at 23:30", "23:30 is at night."),
    ("every Saturday at 9", "Weekend days move to a working day."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NOTES)
def test_how_it_was_taken_is_said_where_it_could_be_taken_otherwise(text: str, expected: str) -> None:
    found = when(text)
    assert found.schedule
    assert any(expected in note for note in found.notes)


# --- Holding for everything ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", [row[0] for row in DATES])
def test_a_schedule_in_words_is_understood_again(text: str) -> None:
    schedule = when(text).schedule
    assert schedule
    again = when(in_words(schedule)).schedule
    assert again, in_words(schedule)
    first, second = (
        list(islice(occurrences(recurrence, "Asia/Kolkata", NOW), 5)) for recurrence in (schedule, again)
    )
    if "from" not in text:
        assert [occurrence.at for occurrence in first] == [occurrence.at for occurrence in second]


@pytest.mark.parametrize("text", [row[0] for row in DATES])
def test_a_schedule_can_be_kept(text: str) -> None:
    schedule = when(text).schedule
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(schedule), type=Recurrence) == schedule


def test_an_old_schedule_without_later_fields_can_still_be_read() -> None:
    kept = msgspec.json.decode(b'{"start":"2026-12-07T09:30:00","rule":"FREQ=DAILY"}', type=Recurrence)
    assert (kept.zone, kept.nation, kept.off_days, kept.quiet) == ("", "england", "next", QUIET)


WORDS = sorted({word for text, *_ in (*DATES, *BAD, *WHOLE) for word in text.split()})


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=200))
def test_any_words_in_any_order_end_in_a_schedule_or_a_question(text: str) -> None:
    found = read(text)
    assert found.schedule or found.missing or found.problems
    if found.schedule and not found.problems:
        next(occurrences(found.schedule, "Europe/London", NOW), None)
