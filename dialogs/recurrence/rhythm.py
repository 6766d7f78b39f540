"""Phrases that tell how often, and on which days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from dialogs.recurrence import words
from dialogs.recurrence.english import (  # fmt: skip
    ALSO,
    DAY,
    DAY_NAMES,
    MONTH,
    NTH,
    UNIT,
    later,
    month,
    nth,
    read_date,
    weekday,
)
from dialogs.recurrence.heard import Heard
from dialogs.recurrence.phrases import Found, Phrases, phrase
from dialogs.recurrence.rule import SHORTEST

_E = r"(?:every|each|all)"
_ON = r"(?:(?:on|at|for|by) )?(?:the )?"
_DAYS = rf"{DAY}(?:{ALSO}{DAY})*"
_RANK = rf"(?:{NTH}|last|penultimate|final)"
_RANKS = rf"{_RANK}(?:{ALSO}(?:the )?{_RANK})*"
_WORKING = r"(?:weekday|week day|working day|work day|workday|business day|working-day)"
_UNITS = {"min": "minute", "hr": "hour"}
_ADVERBS = {
    "hourly": (1, "hour"), "daily": (1, "day"), "weekly": (1, "week"), "fortnightly": (2, "week"),
    "monthly": (1, "month"), "quarterly": (1, "quarter"), "yearly": (1, "year"), "annually": (1, "year"),
    "two-weekly": (2, "week"), "half-yearly": (6, "month"), "six-monthly": (6, "month"),
    "6-monthly": (6, "month"), "three-monthly": (3, "month"), "every half year": (6, "month"),
    "two-monthly": (2, "month"), "2-weekly": (2, "week"), "2-monthly": (2, "month"),
    "3-monthly": (3, "month"), "half yearly": (6, "month"), "6 monthly": (6, "month"),
}  # fmt: skip


def _ranks(said: str) -> Iterator[int]:
    for one in re.findall(_RANK, said):
        yield {"last": -1, "final": -1, "penultimate": -2}.get(one) or int(one[:-2])


def _weekdays(said: str) -> list[int]:
    return [weekday(name) for name in re.findall(rf"{DAY}(?!\w)", said)]


def _every_nth_day(heard: Heard, found: Found) -> int:
    rank, days = found["n"] or "2", _weekdays(found["days"])
    number = int(re.sub(r"\D", "", rank))
    if number == 1:
        heard.numbered += [(1, day) for day in days]
        heard.often(1, "month")
        return found.end()
    heard.weekdays += days
    heard.often(number, "week")
    if number > 2:
        day = DAY_NAMES[days[0]]
        heard.notes.append(words.EVERY_NTH.format(number=number, nth=nth(number), day=day))
    return found.end()


def _numbered(heard: Heard, found: Found) -> int:
    every = found["every"]
    ranks, days = list(_ranks(found["ranks"])), _weekdays(found["days"])
    if any(not -3 < rank < 6 for rank in ranks):
        heard.faults.append(words.NO_SUCH_RANK.format(said=found["ranks"]))
        return found.end()
    heard.numbered += [(rank, day) for rank in ranks for day in days]
    heard.recurs = heard.recurs or bool(every)
    return found.end()


def _working_day(heard: Heard, found: Found) -> int:
    ranks = list(_ranks(found["ranks"]))
    if ranks not in ([1], [-1]):
        heard.faults.append(words.WORKING_DAY_RANK)
    else:
        heard.working = ranks[0]
        heard.recurs = heard.recurs or bool(found["every"])
    return found.end()


def _monthdays(heard: Heard, found: Found) -> int:
    days = [int(number) for number in re.findall(r"\d+", found["days"])]
    if found["every"] and days == [2] and not re.match(" (?:day|of|in)", found.string[found.end() :]):
        heard.faults.append(words.EVERY_SECOND)
        return found.end()
    if any(not 1 <= day <= 31 for day in days):
        wrong = next(day for day in days if not 1 <= day <= 31)
        heard.faults.append(words.NO_SUCH_MONTHDAY.format(day=nth(wrong)))
        return found.end()
    heard.monthdays += days
    heard.recurs = heard.recurs or bool(found["every"])
    return found.end()


def _day_of_months(heard: Heard, found: Found) -> int:
    heard.months += [month(name) for name in re.findall(MONTH, found["months"])]
    return _monthdays(heard, found)


def _last_day(heard: Heard, found: Found) -> int:
    heard.monthdays.append(-1)
    heard.recurs = heard.recurs or found[0].startswith(("every", "each"))
    return found.end()


def _month_end(heard: Heard, found: Found) -> int:
    heard.monthdays.append(-1)
    heard.often(1, "month")
    return found.end()


def _every_units(heard: Heard, found: Found) -> int | None:
    said = found["n"] or "1"
    number = 2 if said in ("other", "alternate") else int(re.sub(r"\D", "", said)[:6])
    unit = found["unit"].rstrip("s")
    if number > 9999:
        heard.faults.append(words.LONG_INTERVAL)
    elif re.fullmatch(_WORKING, unit) and number == 1:
        heard.weekdays += [0, 1, 2, 3, 4]
        heard.recurs = True
    elif re.fullmatch(_WORKING, unit):
        heard.faults.append(words.EVERY_OTHER_WORKING_DAY)
    else:
        heard.often(number, _UNITS.get(unit, unit))
    return found.end()


def _every_seconds(heard: Heard, found: Found) -> int:
    heard.faults.append(words.TOO_OFTEN.format(limit=words.minutes(SHORTEST)))
    return found.end()


def _every_months(heard: Heard, found: Found) -> int:
    heard.months += [month(name) for name in re.findall(MONTH, found["months"])]
    heard.often(1, "year")
    return found.end()


def _workdays(heard: Heard, found: Found) -> int:
    heard.weekdays += [0, 1, 2, 3, 4]
    heard.recurs = True
    return found.end()


def _weekends(heard: Heard, found: Found) -> int:
    heard.weekdays += [5, 6]
    heard.recurs = True
    return found.end()


def _adverb(heard: Heard, found: Found) -> int:
    heard.often(*_ADVERBS[found[0]])
    return found.end()


def _once_a(heard: Heard, found: Found) -> int:
    heard.often(1, found["unit"])
    return found.end()


def _several_a(heard: Heard, found: Found) -> int:
    heard.faults.append(words.SEVERAL_A.format(said=found[0]))
    return found.end()


def _two_meanings(heard: Heard, found: Found) -> int:
    unit = "week" if "week" in found[0] else "month" if "month" in found[0] else "year"
    heard.faults.append(words.TWO_MEANINGS.format(said=found[0], unit=unit))
    return found.end()


def _range_of_days(heard: Heard, found: Found) -> int:
    first, last = weekday(found["a"]), weekday(found["b"])
    heard.weekdays += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    heard.recurs = True
    return found.end()


def _days(heard: Heard, found: Found) -> int:
    heard.weekdays += _weekdays(found["days"])
    heard.recurs = heard.recurs or bool(found["every"]) or found["days"].endswith("days")
    return found.end()


def _of_period(heard: Heard, found: Found) -> int:
    number = found["n"]
    heard.often(
        2 if number in ("other", "2nd") else int(re.sub(r"\D", "", number or "1")), found["unit"].rstrip("s")
    )
    return found.end()


def _of_months(heard: Heard, found: Found) -> int:
    heard.months += [month(name) for name in re.findall(MONTH, found["months"])]
    heard.recurs = heard.recurs or bool(found["every"])
    return found.end()


def _this_day(heard: Heard, found: Found) -> int:
    day = weekday(found["day"])
    first = heard.coming(day)
    if found["which"] == "next" and day > heard.now.weekday():
        # Some mean the one a week on: what was taken is said, with the way to say the other.
        heard.notes.append(words.NEXT_DAY.format(day=DAY_NAMES[day], date=words.short_date(first)))
    heard.on_day(first)
    return found.end()


def _day_week(heard: Heard, found: Found) -> int:
    said = found["a"] or found["b"]
    first = heard.now.date() if said == "today" else heard.now.date() + timedelta(days=1)
    if said not in ("today", "tomorrow"):
        first = heard.coming(weekday(said))
    heard.on_day(first + timedelta(days=7))
    return found.end()


def _from_today(heard: Heard, found: Found) -> int:
    days = {"today": 0, "tonight": 0, "tomorrow": 1}.get(found[0], 2)
    heard.on_day(heard.now.date() + timedelta(days=days))
    return found.end()


def _in_units(heard: Heard, found: Found) -> int:
    said = found["n"] or found["m"]
    number, unit = 1 if said in ("a", "an") else int(said), (found["unit"] or found["unit2"])
    unit = _UNITS.get(unit, unit)
    if number > 5000:
        heard.faults.append(words.START_FAR)
    elif unit in ("minute", "hour"):
        span = timedelta(minutes=number * (60 if unit == "hour" else 1))
        moment: datetime = heard.now.replace(second=0, microsecond=0) + span
        heard.moment = moment
    else:
        heard.on_day(later(heard.now.date(), number, unit))
    return found.end()


def _date(heard: Heard, found: Found) -> int | None:
    read = read_date(found.string, found.end())
    if read is None:
        return None
    day, end = read
    fault = day.fault()
    if fault:
        heard.faults.append(fault)
    else:
        heard.dates.append(day)
        if found["every"]:
            heard.often(1, "year")
    return end


_OF = r"(?:of|in|per|on)"
RHYTHM: Phrases = (
    (phrase(r"bi-?(?:weekly|monthly|annually|annual|yearly)"), _two_meanings),
    (
        phrase(r"(?:twice|\d+ times|two times) (?:a|an|per|each|every) (?:day|week|month|quarter|year)"),
        _several_a,
    ),
    (phrase(r"once (?:a|an|per|each|every) (?P<unit>hour|day|week|fortnight|month|quarter|year)"), _once_a),
    (
        phrase(rf"{_ON}(?P<a>{DAY}|today|tomorrow) week|a week (?:on |from )?(?P<b>{DAY}|today|tomorrow)"),
        _day_week,
    ),
    (phrase(r"today|tonight|tomorrow|(?:the )?day after tomorrow"), _from_today),
    (
        phrase(
            rf"in (?P<n>an?|\d+) (?P<unit>{UNIT})s?(?: time|' time|'s time)?"
            rf"|(?P<m>an?|\d+) (?P<unit2>{UNIT})s? (?:from (?:now|today)|hence)"
        ),
        _in_units,
    ),
    (
        phrase(rf"(?:(?P<every>{_E}) )?{_ON}(?P<days>{NTH}) of (?P<months>{MONTH}(?:{ALSO}{MONTH})+)"),
        _day_of_months,
    ),
    (re.compile(rf"(?:(?P<every>{_E}) )?(?:on )?(?:the )?(?=\d|{MONTH}\b|{DAY}\b)"), _date),
    (
        phrase(
            rf"(?:{_E} (?:(?P<n>{NTH}|\d+)|other|alternate)|alternate) (?P<days>{_DAYS})"
            rf"(?! (?:of|in) (?:the|each|every|a|{MONTH})\b)"
        ),
        _every_nth_day,
    ),
    (phrase(rf"(?:(?P<every>{_E}) )?{_ON}(?P<ranks>{_RANKS}) {_WORKING}"), _working_day),
    (phrase(rf"(?:(?P<every>{_E}) )?{_ON}(?P<ranks>{_RANKS}) (?P<days>{_DAYS})"), _numbered),
    (phrase(rf"(?:{_E} )?{_ON}(?:very )?last day"), _last_day),
    (phrase(rf"{_ON}(?:end of (?:the|each|every) month|(?:each |every )?month[- ]end)"), _month_end),
    (
        phrase(rf"{_E} (?:(?P<n>other|alternate|\d+(?:st|nd|rd|th)?) )?(?P<unit>(?:{UNIT}|{_WORKING})s?)"),
        _every_units,
    ),
    (phrase(rf"{_E} (?:\d+ )?(?:seconds|secs)"), _every_seconds),
    (phrase(rf"{_E} (?P<months>{MONTH}(?:{ALSO}{MONTH})*)"), _every_months),
    (phrase(rf"{_ON}(?:{_WORKING}s)"), _workdays),
    (phrase(rf"(?:{_E} )?{_ON}weekends?"), _weekends),
    (phrase("|".join(map(re.escape, sorted(_ADVERBS, key=len, reverse=True)))), _adverb),
    (phrase(rf"(?:{_E} )?(?:on |from )?(?P<a>{DAY}) ?(?:to|-|through) ?(?P<b>{DAY})"), _range_of_days),
    (phrase(rf"(?:on )?(?P<which>this|next|this coming|the coming|coming) (?P<day>{DAY})"), _this_day),
    (phrase(rf"(?:(?P<every>{_E}) )?(?:on )?(?P<days>{_DAYS})"), _days),
    (
        phrase(
            rf"(?:(?P<every>{_E}) )?{_ON}(?:day )?(?P<days>{NTH}(?:{ALSO}(?:the )?{NTH})*)(?: days?)?"
            rf"(?!(?: of)? {MONTH}\b)"
        ),
        _monthdays,
    ),
    (phrase(rf"{_ON}day (?P<days>\d+)(?P<every>)"), _monthdays),
    (
        phrase(rf"{_OF} (?:the|each|every|a) (?:(?P<n>other|{NTH}|\d+) )?(?P<unit>months?|quarters?|years?)"),
        _of_period,
    ),
    (
        phrase(rf"{_OF} (?P<every>{_E} )?(?P<months>{MONTH}(?:{ALSO}{MONTH})*)"),
        _of_months,
    ),
)
