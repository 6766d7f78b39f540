"""A day said of what repeats may mean another rhythm, or just that once: both are offered as answers."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.recurrence.asking import Ask
from dialogs.recurrence.days import DAY_NAMES, nth
from dialogs.recurrence.grammar.dates import full
from dialogs.recurrence.grammar.reading import ReadText, Use
from dialogs.recurrence.meaning import Strand, TimeMeaning
from dialogs.recurrence.rule import Recurrence, parts
from dialogs.wording import dates as words

_OFTEN = {"MINUTELY": "minute", "HOURLY": "hour"}


def ask_which(
    schedule: Recurrence, made: Recurrence, strand: Strand, meaning: TimeMeaning, said: ReadText
) -> None:
    """Raise Ask where ``strand``, said of the repeating ``schedule``, came to one date (``made``) without
    telling that once is meant."""
    one_date = not made.repeats and len({line.start.date() for line in made.lines}) == 1
    if not schedule.repeats or not one_date or meaning.count == 1 or not strand.uses:
        return
    use = Use(strand.uses[0].part, strand.uses[0].begin, strand.uses[-1].end)
    date = made.start.date()
    spoken = [token.form for token in said.tokens[use.begin : use.end]]
    of_week = bool(strand.weekdays) or (bool(strand.near) and DAY_NAMES[date.weekday()].lower() in spoken)
    day = DAY_NAMES[date.weekday()]
    rhythms = _on_day(schedule, day) if of_week else iter((_from_date(schedule, day, full(date)),))
    text = words.RHYTHM_OR_ONCE.format(said=said.between(use.begin, use.end))
    raise Ask(text, offers=(*rhythms, f"once on {full(date)}"), use=use)


def _on_day(schedule: Recurrence, day: str) -> Iterator[str]:
    """How a day of the week would repeat, the likeliest first."""
    rule = parts(schedule.rule)
    monthday = rule.get("BYMONTHDAY", "")
    plain = rule.keys() <= {"FREQ", "BYMONTHDAY"} and not schedule.more
    if rule["FREQ"] == "MONTHLY" and plain and monthday.lstrip("-").isdecimal():
        rank = "last" if monthday.startswith("-") else nth((int(monthday) + 6) // 7)
        yield f"{rank} {day} of each month"
    often, interval = _OFTEN.get(rule["FREQ"], ""), rule.get("INTERVAL", "")
    within = f"every {interval} {often}s" if interval else f"every {often}"
    yield f"{within} every {day}" if often else f"every {day}"


def _from_date(schedule: Recurrence, day: str, date: str) -> str:
    """How the rhythm would go on from a date."""
    weekly = parts(schedule.rule) == {"FREQ": "WEEKLY", "BYDAY": parts(schedule.rule).get("BYDAY")}
    return f"every {day} from {date}" if weekly and not schedule.more else f"starting {date}"
