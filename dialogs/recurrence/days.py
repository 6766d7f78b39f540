"""Days of the calendar: as said, by name, and so many weeks later."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from dialogs.wording import dates as words

DAY_NAMES = tuple(calendar.day_name)
MONTH_NAMES = tuple(calendar.month_name)[1:]


def nth(number: int) -> str:
    """1st, 2nd, 3rd …"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


class Day(NamedTuple):
    """A date as said, which may lack its year."""

    day: int
    month: int
    year: int = 0
    """0 where it wasn't said."""
    weekday: int = -1
    """The weekday that was said with it, or -1."""

    def fault(self) -> str | None:
        """What is wrong with it whatever the year, or in its year."""
        if not 1 <= self.month <= 12:
            return words.NO_SUCH_MONTH.format(month=self.month)
        if self.year and not 2000 <= self.year < 2200:
            return words.NO_SUCH_YEAR.format(year=self.year)
        longest = calendar.monthrange(self.year or 2024, self.month)[1]
        if not 1 <= self.day <= longest:
            year, at_most = (f" {self.year}", "") if self.year else ("", " at most" * (self.month == 2))
            return words.NO_SUCH_DAY.format(
                day=self.day, month=MONTH_NAMES[self.month - 1], year=year, last=longest, at_most=at_most
            )
        return None

    def on_or_after(self, first: date) -> date:
        """The date, in the first year from ``first`` on in which it exists, whatever its weekday."""
        for year in [self.year] if self.year else range(first.year, first.year + 9):
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if self.year or found >= first:
                return found
        raise ValueError("no such date; ask fault() first")


def later(day: date, number: int, unit: str) -> date:
    """The day so many days, weeks, fortnights, months, quarters or years after ``day``."""
    if unit in ("month", "quarter", "year"):
        months = number * {"month": 1, "quarter": 3, "year": 12}[unit]
        return day + relativedelta(months=months)
    return day + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def apart(days: int) -> str:
    """In front of a day: "7 days before the "; empty for the day itself."""
    number = abs(days)
    side = "before" if days < 0 else "after"
    return f"{number} day{'s' if number > 1 else ''} {side} the " if days else ""


def coming(today: date, weekday: int) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def ranked(year: int, month: int, rank: int, weekday: int) -> date | None:
    """The first (1), second … or last (-1) such weekday of a month; None where it has too few."""
    length = calendar.monthrange(year, month)[1]
    found = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    place = rank - 1 if rank > 0 else rank
    return date(year, month, found[place]) if -len(found) <= place < len(found) else None


# --- Days with a name of their own ----------------------------------------------------------------------


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, rank: int, weekday: int) -> Callable[[int], date]:
    return lambda year: ranked(year, month, rank, weekday) or date(year, month, 1)


def _easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


_CHRISTMAS, _NEW_YEAR, _EASTER = _fixed(12, 25), _fixed(1, 1), _easter(0)
_NAMED: Mapping[str, Callable[[int], date]] = {
    "christmas": _CHRISTMAS, "christmas day": _CHRISTMAS, "xmas": _CHRISTMAS, "xmas day": _CHRISTMAS,
    "christmas eve": _fixed(12, 24), "xmas eve": _fixed(12, 24), "boxing day": _fixed(12, 26),
    "new year": _NEW_YEAR, "new years day": _NEW_YEAR, "new years eve": _fixed(12, 31),
    "new years": _NEW_YEAR, "hogmanay": _fixed(12, 31), "valentines day": _fixed(2, 14),
    "burns night": _fixed(1, 25), "st davids day": _fixed(3, 1), "st patricks day": _fixed(3, 17),
    "st georges day": _fixed(4, 23), "st andrews day": _fixed(11, 30), "halloween": _fixed(10, 31),
    "bonfire night": _fixed(11, 5), "guy fawkes night": _fixed(11, 5), "armistice day": _fixed(11, 11),
    "remembrance day": _fixed(11, 11), "remembrance sunday": _nth(11, 2, 6),
    "may day": _nth(5, 1, 0),
    **{
        f"{name} bank holiday{monday}": _nth(month, rank, 0) for monday in ("", " monday")
        for name, month, rank in (
            ("may day", 5, 1), ("early may", 5, 1), ("late may", 5, -1), ("spring", 5, -1),
            ("whitsun", 5, -1), ("august", 8, -1), ("summer", 8, -1),
        )
    },
    "fathers day": _nth(6, 3, 6), "mothers day": _easter(-21), "mothering sunday": _easter(-21),
    "easter": _EASTER, "easter sunday": _EASTER, "easter day": _EASTER, "easter monday": _easter(1),
    "easter tuesday": _easter(2), "easter saturday": _easter(-1), "good friday": _easter(-2),
    "maundy thursday": _easter(-3), "palm sunday": _easter(-7), "ash wednesday": _easter(-46),
    "shrove tuesday": _easter(-47), "pancake day": _easter(-47),
}  # fmt: skip
NAMES = tuple(sorted(_NAMED, key=len, reverse=True))
"""What such days are called, without apostrophes; longer names before those that begin them."""


class Named(NamedTuple):
    """A day that has a name."""

    name: str

    def in_year(self, year: int) -> date:
        """The day in that year (1900 to 2199)."""
        return _NAMED[self.name](year)

    def on_or_after(self, first: date) -> date:
        """The first such day from ``first`` on."""
        this = self.in_year(first.year)
        return this if this >= first else self.in_year(first.year + 1)

    def every_year(self) -> dict[str, str] | None:
        """What an RFC 5545 rule says of it; None where no rule can, as for Easter."""
        here, after = self.in_year(2026), self.in_year(2027)
        if here.replace(year=2027) == after:
            return {"BYMONTH": str(here.month), "BYMONTHDAY": str(here.day)}
        if "easter" in self.name or not _is_ranked(self.name):
            return None
        rank = (
            -1
            if self.name.startswith(("spring", "late", "whitsun", "august", "summer"))
            else (here.day - 1) // 7 + 1
        )
        return {
            "BYMONTH": str(here.month),
            "BYDAY": f"{rank}{('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[here.weekday()]}",
        }


def _is_ranked(name: str) -> bool:
    return "bank holiday" in name or name in ("may day", "remembrance sunday", "fathers day")
