"""Says a schedule in words that ``sentence`` understands again, and its next dates, with why they moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from dialogs.recurrence import zones
from dialogs.recurrence.days import DAY_NAMES, MONTH_NAMES, apart, nth
from dialogs.recurrence.occurrences import Occurrence, occurrences
from dialogs.recurrence.rule import CODES, QUIET, Line, OffDays, Recurrence, parts
from dialogs.wording import dates as words

_RANKS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "penultimate"}
_WORKDAYS = [0, 1, 2, 3, 4]
_SOON = timedelta(days=400)


def in_words(schedule: Recurrence) -> str:
    """For example "Every second Tuesday at 09:30, each person's own time, moved to the next working day on
    bank holidays (England)"."""
    often = any(_is_often(line) for line in schedule.lines)
    said = [_first(" and ".join(_rhythms(schedule)))]
    said.append(_clock(schedule.zone))
    said.append(_off_days(schedule))
    night = any(line.start.time() >= QUIET[0] or line.start.time() < QUIET[1] for line in schedule.lines)
    if schedule.quiet and (often or schedule.zone or night or schedule.quiet != QUIET):
        said.append(
            words.QUIET_FROM.format(begin=f"{schedule.quiet[0]:%H:%M}", end=f"{schedule.quiet[1]:%H:%M}")
        )
    elif schedule.quiet is None and (often or not night):
        said.append(words.NO_QUIET)
    said += _exceptions(schedule)
    if schedule.until:
        said.append(words.UNTIL.format(date=words.long_date(schedule.until)))
    if schedule.count:
        said.append(words.ONCE if schedule.count == 1 else words.TIMES.format(count=f"{schedule.count:,}"))
    return ", ".join(said)


def next_dates(schedule: Recurrence, zone: str, now: datetime, count: int = 5) -> tuple[Occurrence, ...]:
    """The next sends to a recipient in ``zone``."""
    return tuple(islice(occurrences(schedule, zone, now), count))


def next_moved(schedule: Recurrence, zone: str, now: datetime) -> Occurrence | None:
    """The next send within 400 days that a weekend, a bank holiday or a change of the clocks moves."""
    for occurrence in occurrences(schedule, zone, now):
        if occurrence.why or occurrence.at > now + _SOON:
            return occurrence if occurrence.why else None
    return None


def dates_in_words(schedule: Recurrence, zone: str, now: datetime) -> str:
    """The next dates: "Mon 7 Dec, Mon 4 Jan", with the time where that isn't always the same."""
    here = next_dates(schedule, zone, now)
    year, often = now.year, len({line.start.time() for line in schedule.lines}) > 1
    often = often or any(_is_often(line) for line in schedule.lines)
    shown = []
    for occurrence in here:
        date = (
            words.short_date(occurrence.local)
            if occurrence.local.year <= year + 1
            else words.full_date(occurrence.local)
        )
        if often:
            date += f" {occurrence.local:%H:%M}"
        shown.append(date)
    return ", ".join(shown)


def moved_in_words(occurrence: Occurrence, year: int) -> str:
    """Why a send moved, and where to: "Mon 3 May is a bank holiday (May Day) → Tue 4 May"; else empty.

    Dates of another year than ``year`` are said with it.
    """
    if occurrence.moved_from is None:
        return ""
    this_year = occurrence.moved_from.year == occurrence.local.year == year
    in_words = words.short_date if this_year else words.full_date
    before, after = in_words(occurrence.moved_from), in_words(occurrence.local)
    if occurrence.why in (words.QUIET, words.CLOCKS_FORWARD):
        said = words.MOVED_FOR[occurrence.why].format(date=before, at=f"{occurrence.moved_from:%H:%M}")
        return f"{said} → {after if after != before else ''} {occurrence.local:%H:%M}".replace("  ", " ")
    if occurrence.why in DAY_NAMES:
        return f"{before} → {after}"
    return f"{words.BANK_HOLIDAY.format(date=before, name=occurrence.why)} → {after}"


# --- Pieces -----------------------------------------------------------------------------------------


def _is_often(line: Line) -> bool:
    return line.rule.startswith(("FREQ=MINUTELY", "FREQ=HOURLY"))


def _rhythms(schedule: Recurrence) -> Iterator[str]:
    """Each rhythm with its times: "Every Monday at 09:00 and 10:30"."""
    times: dict[tuple[str, str], list[str]] = {}
    for line in schedule.lines:
        day = "" if line.rule else _single(line)
        policy = line.off_days or schedule.off_days
        rhythm = _rhythm(line, parts(line.rule), policy) if line.rule else words.ON_DATE.format(date=day)
        if times:
            rhythm = rhythm if rhythm.startswith("On ") and line.rule else rhythm[:1].lower() + rhythm[1:]
        same = next((key for key in times if key[0].lower() == rhythm.lower()), (rhythm, ""))
        times.setdefault(same, []).append(f"{line.start:%H:%M}")
    for (rhythm, _), at in times.items():
        often = any(_is_often(line) for line in schedule.lines)
        yield rhythm + (words.FROM_TIME if often else words.AT_TIME).format(at=_list(at))


def _single(line: Line) -> str:
    """A date; where working days are counted from it, which of its month is meant."""
    if not line.shift:
        return words.full_date(line.start)
    counted = _shifted(line, {"BYMONTHDAY": str(1 if line.shift > 0 else -1)}, "next")
    return f"the {counted} of {line.start:%B %Y}"


def _exceptions(schedule: Recurrence) -> Iterator[str]:
    found = schedule.exceptions
    if found is None:
        return
    if found.weekdays:
        yield words.EXCEPT_WEEKDAYS.format(days=_list([f"{DAY_NAMES[day]}s" for day in found.weekdays]))
    if found.months:
        yield words.EXCEPT_MONTHS.format(months=_list([MONTH_NAMES[month - 1] for month in found.months]))
    for first, last in found.spans:
        if first == last:
            yield words.EXCEPT_DATE.format(date=words.long_date(first))
        else:
            yield words.EXCEPT_SPAN.format(first=words.long_date(first), last=words.long_date(last))


def _rhythm(line: Line, named: dict[str, str], policy: OffDays) -> str:
    number = int(named.get("INTERVAL", 1))
    days = list(_days(named))
    months = [MONTH_NAMES[int(month) - 1] for month in named.get("BYMONTH", "").split(",") if month]
    freq = named["FREQ"]
    if freq in ("MINUTELY", "HOURLY", "DAILY"):
        unit = {"MINUTELY": "minute", "HOURLY": "hour", "DAILY": "day"}[freq]
        every = f"Every {number} {unit}s" if number > 1 else f"Every {unit}"
        return every + _on_weekdays(days) + (f" in {_list(months)}" if months else "")
    if freq == "WEEKLY":
        return _weekly(line, number, [day for _, day in days]) + (f" in {_list(months)}" if months else "")
    on = _shifted(line, named, policy) or _in_month(days, named) or nth(line.start.day)
    on = on if line.shift else apart(line.offset) + on
    quarter = {"1,4,7,10": "first", "3,6,9,12": "last"}.get(named.get("BYMONTH", ""), "")
    if quarter == "last" and "-" not in named.get("BYMONTHDAY", "") + named.get("BYDAY", "")[:1]:
        quarter = ""
    if quarter == "first" and "-" in named.get("BYMONTHDAY", "") + named.get("BYDAY", "")[:1]:
        quarter = ""
    if freq == "MONTHLY" and quarter and number == 1:
        return _first(f"{on} of each quarter")
    if freq == "MONTHLY" and not months:
        return _first(f"{on} of each month" if number == 1 else f"{on} of every {number} months")
    monthdays = named.get("BYMONTHDAY", "" if days else str(line.start.day))
    if not days and not line.shift and not line.offset and len(months) <= 1 and monthdays.isdecimal():
        date = f"{monthdays} {months[0] if months else MONTH_NAMES[line.start.month - 1]}"
        return f"Every {number} years on {date}" if number > 1 else f"Every {date}"
    within = f" of {_list(months)}" if months else ""
    if number > 1:
        return f"Every {number} years on the {on}{within}"
    return _first(f"{on}{within} each year" if within else f"{on} of each year")


def _shifted(line: Line, named: dict[str, str], policy: OffDays) -> str:
    """Working days that are counted: "Second working day"; empty for days that aren't."""
    monthday = int(named.get("BYMONTHDAY", "0").split(",")[0])
    if not line.shift:
        own = line.off_days == "previous" and monthday == -1 and not line.offset
        return "last working day" if own else ""
    if monthday in (1, -1):
        rank = line.shift
        return f"{_RANKS.get(rank) or (nth(rank) if rank > 0 else nth(-rank) + ' to last')} working day"
    count = "" if line.shift == -1 else f"{-line.shift} "
    return f"{count}working day{'s' if count else ''} before the {nth(monthday + 1)}"


def _weekly(line: Line, number: int, days: list[int]) -> str:
    days = sorted(days) or [line.start.weekday()]
    if days == _WORKDAYS:
        return "Every weekday" if number == 1 else f"Every {number} weeks on weekdays"
    named = _list([DAY_NAMES[day] for day in days])
    if number == 1:
        return f"Every {named}"
    return f"Every second {named}" if number == 2 and len(days) == 1 else f"Every {number} weeks on {named}"


def _on_weekdays(days: list[tuple[int, int]]) -> str:
    plain = sorted(day for _, day in days)
    return (
        ""
        if not plain
        else " on weekdays"
        if plain == _WORKDAYS
        else f" on {_list([DAY_NAMES[day] + 's' for day in plain])}"
    )


def _days(named: dict[str, str]) -> Iterator[tuple[int, int]]:
    """(rank or 0, weekday) for each of BYDAY; a BYSETPOS counts as a rank."""
    for code in filter(None, named.get("BYDAY", "").split(",")):
        yield int(code[:-2] or named.get("BYSETPOS", "0")), CODES.index(code[-2:])


def _rank(rank: int) -> str:
    return _RANKS.get(rank) or (f"{nth(-rank)} last" if rank else "each")


def _in_month(days: list[tuple[int, int]], named: dict[str, str]) -> str:
    if days:
        by_day: dict[int, list[str]] = {}
        for rank, day in days:
            by_day.setdefault(day, []).append(_rank(rank))
        return _list([f"{_list(ranks)} {DAY_NAMES[day]}" for day, ranks in by_day.items()])
    monthdays = [int(day) for day in named.get("BYMONTHDAY", "").split(",") if day]
    return _list(
        ["last day" if day == -1 else f"{nth(-day)} last day" if day < 0 else nth(day) for day in monthdays]
    )


def _clock(zone: str) -> str:
    if not zone:
        return words.OWN_TIME
    city = zones.city(zone)
    return words.ZONE_TIME.format(zone=city if zones.named(city) == zone else zone)


def _off_days(schedule: Recurrence) -> str:
    only_working = all(_on_working_days(line) for line in schedule.lines)
    on = words.BANK_HOLIDAYS if only_working else words.WEEKENDS_AND_BANK_HOLIDAYS
    return words.OFF_DAYS[schedule.off_days].format(on=on, nation=words.NATION[schedule.nation])


def _on_working_days(line: Line) -> bool:
    """Whether it falls on no weekend."""
    days = [day for _, day in _days(parts(line.rule))]
    days = [(day + line.offset) % 7 for day in days]
    return max(days) < 5 if days else not line.rule and line.start.weekday() < 5


def _list(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
