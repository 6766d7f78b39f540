"""``python -m bot preview``, as a person or a script meets it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, datetime, time

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli.commands import app
from tests.recurrence import walk

ISO = re.compile(r"\d{4}-\d\d-\d\d")


def preview(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(app, ["preview", *arguments])


def test_a_line_a_send_with_its_local_date_time_and_offset() -> None:
    arguments = ("every second Tuesday at 9:30", "--days", "40", "--from", "2027-03-10T12:00")
    result = subprocess.run(
        [sys.executable, "-m", "bot", "preview", *arguments],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 0
    assert result.stdout.splitlines() == [
        "2027-03-16T09:30:00+00:00  Tue",
        "2027-03-30T09:30:00+01:00  Tue",
        "2027-04-13T09:30:00+01:00  Tue",
    ]
    assert result.stderr.startswith("Every second Tuesday at 09:30, each person's own time")
    assert not ISO.search(result.stderr)


def test_what_moved_says_so_without_a_second_date_for_a_machine_to_trip_over() -> None:
    result = preview("first Monday of each month at 9", "--days", "30", "--from", "2027-04-20")
    (line,) = result.stdout.splitlines()
    assert line == "2027-05-04T09:00:00+01:00  Tue  Mon 3 May is a bank holiday (May Day) → Tue 4 May"
    assert len(ISO.findall(line)) == 1


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern-ireland"])
def test_four_hundred_days_are_those_of_the_walk(zone: str, nation: str) -> None:
    result = preview(
        "last Friday of each month at 9:30", "--zone", zone, "--nation", nation, "--from", "2026-11-24"
    )
    found = [datetime.fromisoformat(line.split()[0]) for line in result.stdout.splitlines()]

    def falls(day: date) -> bool:
        return day.weekday() == 4 and walk.last_week(day)

    assert found == walk.sends(falls, time(9, 30), zone, nation, date(2026, 11, 24), 400)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["every 10 minutes"], "leave at least 15 minutes"),
        (["every Monday"], "At what time?"),
        (["monthly at 9"], "On which day of the month?"),
        (["on 30 February at 9"], "There is no 30 February"),
        (["every Monday at 9 sharpish"], "I didn't understand “sharpish”"),
        (["whatever"], "Say when"),
        ([""], "Say when"),
        (["every Monday at 9", "--zone", "Narnia"], "there is no time zone “Narnia”"),
        (["every Monday at 9", "--nation", "france"], "there is no nation “france”"),
        (["every Monday at 9", "--days", "0"], "choose between 1 and"),
        (["every Monday at 9", "--from", "soon"], "--from takes a date and time"),
    ],
)
def test_an_error_ends_badly_and_says_what_to_change(arguments: list[str], expected: str) -> None:
    result = preview(*arguments)
    assert result.exit_code != 0
    assert expected in result.stderr
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit), "no error of ours"


def test_the_words_name_the_nation_that_was_asked_for() -> None:
    result = preview("every monday at 9:30", "--days", "30", "--nation", "scotland")
    assert "bank holidays (Scotland)" in result.stderr
