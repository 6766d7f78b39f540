"""Makes a schedule of what was said, or asks for what is missing. Nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Literal, NamedTuple

from msgspec.structs import replace

from dialogs.recurrence.asking import Ask, as_date
from dialogs.recurrence.days import DAY_NAMES, Named, later, nth
from dialogs.recurrence.excepting import excepting
from dialogs.recurrence.grammar import clock as clocks
from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.grammar.reading import Use
from dialogs.recurrence.lines import line_of
from dialogs.recurrence.meaning import Strand, TimeMeaning
from dialogs.recurrence.rule import CODES, QUIET, Line, OffDays, Recurrence, fault, parts
from dialogs.recurrence.working_days import days_to_work
from dialogs.wording import dates as words

About = Literal["audience", "what", "day", "time", "when"]


class Offer(NamedTuple):
    """An answer to choose."""

    label: str
    when: str
    """The words about when as they then stand, whole."""


class Question(NamedTuple):
    """Something to ask, in a plain sentence."""

    about: About
    """What an answer would tell; "when" for what has to be said differently."""
    text: str
    offers: tuple[Offer, ...] = ()


class Wanted(NamedTuple):
    """A question before it is known how the whole would be said."""

    about: About
    text: str
    offers: tuple[str, ...] = ()
    use: Use | None = None
    """Whose words an offer takes the place of; None where it is added behind all."""


class Made(NamedTuple):
    """A schedule, or why there is none yet."""

    schedule: Recurrence | None
    missing: tuple[Wanted, ...] = ()
    problems: tuple[Wanted, ...] = ()
    notes: tuple[str, ...] = ()
    """How something was taken that could be taken otherwise, to be shown before it is confirmed."""


def make(meaning: TimeMeaning, zone: str) -> Made:
    """The schedule. ``zone``: the asker's IANA zone, which ``meaning.now`` is in."""
    unique = {found.text: (found, use) for found, use in meaning.faults}
    problems = tuple(Wanted("when", found.text, found.offers, use) for found, use in unique.values())
    if problems:
        return Made(None, (), problems)
    missing: list[Wanted] = []
    try:
        timed = [times_of(strand, meaning) for strand in meaning.strands]
        if not all(timed):
            offer = meaning.vague.offer if meaning.vague else _usual(meaning)
            use = meaning.use_of(meaning.vague) if meaning.vague else None
            missing.append(Wanted("time", words.WHAT_TIME, (f"at {offer:%H:%M}",), use))
        elif meaning.vague:
            raise Ask(words.TWO_TIMES)
        schedule = _scheduled(meaning, [at or (time(12),) for at in timed], zone)
    except Ask as ask:
        wanted = Wanted("day" if ask.missing else "when", ask.text, ask.offers, ask.use)
        if not ask.missing:
            return Made(None, (), (wanted,), tuple(meaning.notes))
        return Made(None, (wanted, *_without_time(meaning)), (), tuple(meaning.notes))
    wrong = fault(schedule) if schedule.repeats or not missing else None
    if wrong:
        return Made(None, tuple(missing), (Wanted("when", wrong),), tuple(meaning.notes))
    if missing:
        return Made(None, tuple(missing), (), tuple(meaning.notes))
    return Made(schedule, (), (), (*meaning.notes, *notes(schedule)))


# --- Times ------------------------------------------------------------------------------------------


def times_of(strand: Strand, meaning: TimeMeaning) -> tuple[time, ...]:
    """The times of a strand; empty where none was said. Raises Ask."""
    if strand.moment:
        return (strand.moment.time(),)
    if strand.every and strand.every.unit in ("minute", "hour") and not strand.clocks:
        return (time(0),)
    return tuple(dict.fromkeys(_time(clock, strand.half, meaning) for clock in strand.clocks))


def _time(said: p.ClockPart, half: p.Half | None, meaning: TimeMeaning) -> time:
    if said.hour > 23 or said.minute > 59:
        raise Ask(words.NO_SUCH_TIME.format(said=said.said))
    if half:
        meant = clocks.in_half(half, said)
        if meant is None:
            raise Ask(words.NOT_IN_HALF.format(said=said.said, half=half))
        return time(meant.hour, meant.minute)
    if not said.exact and 1 <= said.hour < 7:
        early, late = (f"{hour:02}:{said.minute:02}" for hour in (said.hour, said.hour + 12))
        use = next(
            (use for use in meaning.uses if isinstance(use.part, p.Times) and said in use.part.clocks), None
        )
        offers = tuple(_said_again(use.part, said, at) for at in (late, early)) if use else ()  # type: ignore[arg-type]
        text = words.MORNING_OR_AFTERNOON.format(said=said.said, early=early, late=late)
        raise Ask(text, offers=offers, use=use)
    return time(said.hour, said.minute)


def _said_again(times: p.Times, part: p.ClockPart, at: str) -> str:
    """Times in words, with one of them said clearly."""
    return "at " + " and ".join(at if clock == part else clock.said for clock in times.clocks)


def _usual(meaning: TimeMeaning) -> time:
    halves = [strand.half for strand in meaning.strands if strand.half]
    return {"afternoon": time(14), "evening": time(18), "night": time(19)}.get(
        halves[0] if halves else "", time(9)
    )


def _without_time(meaning: TimeMeaning) -> Iterator[Wanted]:
    said = any(strand.clocks or strand.moment for strand in meaning.strands)
    often = any(strand.every and strand.every.unit in ("minute", "hour") for strand in meaning.strands)
    if not said and not often:
        yield Wanted("time", words.WHAT_TIME, (f"at {_usual(meaning):%H:%M}",))


# --- The schedule -----------------------------------------------------------------------------------


def _scheduled(meaning: TimeMeaning, timed: list[tuple[time, ...]], zone: str) -> Recurrence:
    _within_weeks(meaning)
    first = first_day(meaning)
    _plain_weekdays(meaning)
    lines = list[Line]()
    for strand, times in zip(meaning.strands, timed, strict=True):
        for at in times:
            for line in line_of(strand, meaning, first, at):
                if line not in lines:
                    lines.append(line)
    until = last_day(meaning, min(line.start for line in lines).date())
    repeats = any(line.rule for line in lines)
    if not repeats and (until or meaning.endless or meaning.count > 1 or meaning.excepts):
        raise Ask(words.ONCE_NEEDS_NO_END)
    base = meaning.off_days or lines[0].off_days or "next"
    quiet: tuple[time, time] | None = QUIET if meaning.quiet is None else None
    if isinstance(meaning.quiet, tuple):
        quiet = meaning.quiet
    elif meaning.quiet is None and any(at_night(line) for line in lines):
        # A time that somebody named outranks the quiet hours; one that merely comes round doesn't.
        quiet = None
    moment = any(strand.moment for strand in meaning.strands)
    head, *more = (_against(line, base, meaning.off_days) for line in lines)
    schedule = Recurrence(
        start=head.start, rule=head.rule, shift=head.shift, offset=head.offset, more=tuple(more),
        zone=meaning.zone if meaning.zone is not None else zone if moment else "",
        nation=meaning.nation or "england", off_days=base, until=until,
        count=meaning.count if repeats else 0, quiet=quiet,
    )  # fmt: skip
    return excepting(schedule, meaning) if meaning.excepts else schedule


def _against(line: Line, base: OffDays, said: OffDays | None) -> Line:
    """A line beside those that treat days off as ``base``."""
    own = None if said or line.off_days in (None, base) else line.off_days
    if line.off_days is None and not said and base != "next":
        own = "next"
    return replace(line, off_days=own)


def at_night(line: Line) -> bool:
    """Whether a time that was named is in the quiet hours."""
    at = line.start.time()
    return not line.rule.startswith(("FREQ=MINUTELY", "FREQ=HOURLY")) and (at >= QUIET[0] or at < QUIET[1])


def first_day(meaning: TimeMeaning) -> date | None:
    """The first day that was said. Raises Ask."""
    if meaning.within:
        return meaning.within.first
    if meaning.start:
        return as_date(meaning.start.day, meaning, meaning.use_of(meaning.start), "from ")
    return None


def last_day(meaning: TimeMeaning, start: date) -> date | None:
    """The last day that was said, for what starts on ``start``. Raises Ask."""
    if meaning.within:
        return meaning.within.last
    if meaning.lasts:
        try:
            return later(later(start, *meaning.lasts), -1, "day")
        except (OverflowError, ValueError):
            raise Ask(words.FAR_END) from None
    end = meaning.end
    if end is None:
        return None
    meaning.notes += [end.note] if end.note else []
    if isinstance(end.day, date):
        return end.day
    if isinstance(end.day, Named):
        last = end.day.on_or_after(start)
        last += timedelta(days=days_to_work(last, meaning.nation or "england", -1))
        meaning.notes.append(words.UNTIL_NAMED.format(name=end.day.name.title(), last=words.full_date(last)))
        return last
    return as_date(end.day, meaning, meaning.use_of(end), "until ", start)


def _within_weeks(meaning: TimeMeaning) -> None:
    """ "Every day next week" is on its working days, "every Monday next month" in that month only."""
    for strand in meaning.strands:
        if strand.year and strand.repeats and strand.months:
            if len(meaning.strands) > 1 or meaning.start or meaning.end or len(strand.months) > 1:
                raise Ask(words.TWO_ENDS)
            first = date(strand.year, strand.months[0], 1)
            meaning.within = p.Within(first, later(later(first, 1, "month"), -1, "day"))
            strand.months, strand.year = (), 0
            strand.every = None if strand.every == p.Every(1, "year") else strand.every
        if strand.week is None or not strand.repeats:
            continue
        daily = strand.every == p.Every(1, "day") and not strand.weekdays
        if len(meaning.strands) > 1 or meaning.start or meaning.end or not (daily or strand.weekdays):
            raise Ask(words.WHICH_WEEKDAY, missing=True)
        if daily:
            strand.every, strand.weekdays, strand.recurs = None, (0, 1, 2, 3, 4), True
        meaning.within = p.Within(strand.week, strand.week + timedelta(days=6))
        strand.week = None


def _plain_weekdays(meaning: TimeMeaning) -> None:
    """ "Monday and Thursday at 9" may mean each of them, or one Monday and one Thursday."""
    plain = [
        strand for strand in meaning.strands if strand.weekdays and not strand.repeats and not strand.week
    ]
    days = [day for strand in plain for day in strand.weekdays]
    if len(days) > 1:
        use = plain[0].uses[0] if len(plain) == 1 else None
        names = " and ".join(DAY_NAMES[day] for day in days)
        raise Ask(words.EACH_OR_ONE, offers=(f"every {names}",) if use else (), use=use)


# --- How it was taken -----------------------------------------------------------------------------------


def notes(schedule: Recurrence) -> Iterator[str]:
    """What a schedule does that its reader might not expect."""
    for line in schedule.lines:
        named = parts(line.rule)
        monthdays = [int(day) for day in named.get("BYMONTHDAY", "1").split(",")]
        months = [int(month) for month in named.get("BYMONTH", "0").split(",")]
        if named.get("FREQ") == "YEARLY" and months == [2] and monthdays == [29]:
            yield words.LEAP_YEARS
        elif named.get("FREQ") in ("MONTHLY", "YEARLY") and max(monthdays) > 28:
            lengths = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
            if any(month == 0 or max(monthdays) > lengths.get(month, 31) for month in months):
                yield words.SHORT_MONTHS.format(day=nth(max(monthdays)))
        fifth = next((day for day in named.get("BYDAY", "").split(",") if day.startswith("5")), None)
        if fifth:
            yield words.FOUR_ONLY.format(day=DAY_NAMES[CODES.index(fifth[1:])])
        if schedule.quiet is None and at_night(line):
            yield words.AT_NIGHT.format(at=f"{line.start:%H:%M}")
        weekend = {"SA", "SU"} & set(named.get("BYDAY", "").split(","))
        if weekend and schedule.off_days in ("next", "previous"):
            yield words.WEEKEND_MOVES
        if weekend and schedule.off_days == "skip":
            yield words.WEEKEND_SKIPPED
