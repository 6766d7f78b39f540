"""The English of dates and times: numbers, weekdays, months, times of day, and days of the calendar."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, time, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from dialogs.recurrence import words

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
)  # fmt: skip
_TENS = {20: ("twenty", "twentieth"), 30: ("thirty", "thirtieth"), 40: ("forty", ""), 50: ("fifty", "")}

DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs|r|day|sday|nesday|rsday|urday)?s?"
DAY_NAMES = tuple(calendar.day_name)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTH_NAMES = tuple(calendar.month_name)[1:]
NTH = r"(?:\d{1,2}(?:st|nd|rd|th))"
UNIT = r"(?:minute|min|hour|hr|day|week|fortnight|month|quarter|year)"
ALSO = r"(?:, and |,? ?& ?| and |, ?)"
"""Between the members of a list."""


def _number_words() -> dict[str, str]:
    found = {word: str(number) for number, word in enumerate(_UNITS)}
    found |= {word: nth(number) for number, word in enumerate(_ORDINALS)}
    for ten, (whole, ordinal) in _TENS.items():
        found |= {whole: str(ten)} | ({ordinal: nth(ten)} if ordinal else {})
        for unit in range(1, 10):
            found |= {f"{whole}-{_UNITS[unit]}": str(ten + unit)}
            found |= {f"{whole}-{_ORDINALS[unit]}": nth(ten + unit)}
    return found


def nth(number: int) -> str:
    """1st, 2nd, 3rd …"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


_NUMBERS = _number_words()
_TEN = re.compile(r"\b(twenty|thirty|forty|fifty) (?=(?:one|two|three|four|five|six|seven|eight|nine|first|"
                  r"second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)")  # fmt: skip
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")


def plain(text: str) -> str:
    """``text`` in small letters, single spaces, straight quotes and dashes, and numbers as digits."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub("[‘’`]", "'", re.sub("[‐-―]", "-", text))
    text = _TEN.sub(r"\1-", " ".join(text.split()))
    return _WORD.sub(lambda found: _NUMBERS.get(found[0], found[0]), text)


def weekday(name: str) -> int:
    """0 for any way to write Monday, to 6 for Sunday."""
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3])


def month(name: str) -> int:
    """1 for any way to write January, to 12."""
    return next(n for n, full in enumerate(MONTH_NAMES, 1) if full.lower().startswith(name[:3]))


# --- Times of day ---------------------------------------------------------------------------------

_FOUR_DIGITS = re.compile(r"([0-2]\d)([0-5]\d)(?: ?(?:hrs|hours))?(?![\d:./-])")
_CLOCK = re.compile(
    r"(?P<noon>noon|midday)\b|(?P<midnight>midnight)\b"
    r"|(?P<part>half past|quarter past|quarter to) (?P<of>\d{1,2})\b(?P<late> ?[ap]\.?m\b\.?)?"
    r"|(?P<hour>\d{1,2})(?:(?P<sep>[:.h])(?P<minute>\d{2})(?::00)?(?![\d/.]\d))?"
    r"(?P<half> ?(?:[ap]\.?m\b\.?|o'?clock\b))?(?P<day> in the (?:morning|afternoon|evening)\b)?"
)


class Clock(NamedTuple):
    """A time of day as read: the time or what is wrong with it, where it ends, and what to remark."""

    at: time | None
    end: int
    fault: str = ""
    note: str = ""
    sure: bool = True
    """Whether it can only be a time: a bare "9" can be other things."""


def read_clock(text: str, begin: int) -> Clock | None:
    """The time of day that is written at this place, on the 24-hour clock unless it says otherwise."""
    four = _FOUR_DIGITS.match(text, begin)
    if four:
        read = _clock(int(four[1]), int(four[2]), four[0], four.end(), "", exact=True)
        return read._replace(sure=four[0].endswith("s"))
    found = _CLOCK.match(text, begin)
    if not found:
        return None
    given, end = found.groupdict(), found.end()
    if given["noon"] or given["midnight"]:
        return Clock(time(12 if given["noon"] else 0), end)
    if given["part"]:
        hour = int(given["of"])
        minute = {"half past": 30, "quarter past": 15, "quarter to": -15}[given["part"]]
        if not 1 <= hour <= 12:
            return Clock(None, end, words.NO_SUCH_TIME.format(said=found[0]))
        hour, minute = (hour - 1 or 12, 45) if minute < 0 else (hour, minute)
        return _clock(hour, minute, found[0], end, given["late"] or "", exact=False)
    half = (given["half"] or "") + (given["day"] or "")
    exact = given["minute"] is not None
    sure = bool(exact or half)
    read = _clock(int(given["hour"]), int(given["minute"] or 0), found[0], end, half, exact=exact)
    if exact and not half and given["hour"][0] != "0" and read.at and 1 <= read.at.hour < 7:
        read = read._replace(note=words.TAKEN_AS_MORNING.format(said=found[0], at=f"{read.at:%H:%M}"))
    return read._replace(sure=sure)


def _clock(hour: int, minute: int, said: str, end: int, half: str, *, exact: bool) -> Clock:
    letters = half.replace(".", "")
    late = "pm" in letters or "afternoon" in letters or "evening" in letters
    early = "am" in letters or "morning" in letters
    if (
        hour > 23
        or minute > 59
        or ((late and not (1 <= hour <= 12 or exact)) or (early and not 1 <= hour <= 12))
    ):
        return Clock(None, end, words.NO_SUCH_TIME.format(said=said.strip()))
    if (late and hour < 12) or (early and hour == 12):
        hour = (hour + 12) % 24
    elif not (late or early or exact) and 1 <= hour < 7:
        shown = f"{hour:02}:{minute:02}", f"{hour + 12}:{minute:02}"
        return Clock(
            None, end, words.MORNING_OR_AFTERNOON.format(said=said.strip(), early=shown[0], late=shown[1])
        )
    return Clock(time(hour, minute), end)


# --- Days of the calendar -------------------------------------------------------------------------


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
        if self.year and self.weekday >= 0:
            real = date(self.year, self.month, self.day).weekday()
            if real != self.weekday:
                said = f"{self.day} {MONTH_NAMES[self.month - 1]} {self.year}"
                return words.OTHER_WEEKDAY.format(
                    date=said, real=DAY_NAMES[real], said=DAY_NAMES[self.weekday]
                )
        return None

    def on_or_after(self, first: date) -> date:
        """The date, in the first year from ``first`` on in which it exists (and has its weekday)."""
        for year in [self.year] if self.year else range(first.year, first.year + 41):
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if self.year or (found >= first and self.weekday in (-1, found.weekday())):
                return found
        raise ValueError("no such date; ask fault() first")


_DATES = tuple(
    re.compile(rf"(?:(?P<wd>{DAY}),? )?(?:the )?{form}\b")
    for form in (
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<m>{MONTH})(?:,?[ -](?P<y>\d{{4}}))?",
        rf"(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![:.]?\d)(?:,? (?P<y>\d{{4}}))?",
        r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)",
        r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4}|\d\d)",
        r"(?P<d>\d\d?)/(?P<m>\d\d?)(?!/)",
    )
)


def read_date(text: str, begin: int) -> tuple[Day, int] | None:
    """The date that is written at this place, and where it ends. 3/4 is 3 April."""
    for form in _DATES:
        found = form.match(text, begin)
        if found:
            named = found.groupdict()
            of = named["m"]
            year = int(named.get("y") or 0)
            day = Day(
                int(named["d"]), int(of) if of.isdecimal() else month(of), year + 2000 * (0 < year < 100),
                weekday(named["wd"]) if named["wd"] else -1,
            )  # fmt: skip
            return day, found.end()
    return None


def later(day: date, number: int, unit: str) -> date:
    """The day so many days, weeks, fortnights, months, quarters or years after ``day``."""
    if unit in ("month", "quarter", "year"):
        months = number * {"month": 1, "quarter": 3, "year": 12}[unit]
        return day + relativedelta(months=months)
    return day + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])
