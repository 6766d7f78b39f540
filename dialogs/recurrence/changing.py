"""A correction to a schedule, read by the same grammar: "make it 10", "not in August", "until Easter"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from dialogs.recurrence.asking import Ask
from dialogs.recurrence.contrast import as_until, contrasts, without_manners
from dialogs.recurrence.describe import in_words
from dialogs.recurrence.dividing import Divided
from dialogs.recurrence.excepting import begun_anew, excepting, only_first
from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.grammar.reading import ReadText
from dialogs.recurrence.making import Question, Wanted, at_night, first_day, last_day, make, times_of
from dialogs.recurrence.meaning import Strand, TimeMeaning
from dialogs.recurrence.rhythm_or_once import ask_which
from dialogs.recurrence.rule import CODES, QUIET, Line, Recurrence, fault, joined, nominals, parts
from dialogs.recurrence.sentence import Used, asked_of, not_understood, used, wall_clock
from dialogs.recurrence.strands import gather
from dialogs.wording import dates as words

_NO_HOUR = re.compile(
    r"\b(?:quarter|half|five|ten|twenty(?:[ -]five)?|\d{1,2}) (?P<side>past|to)"
    r"(?=\W*$|[,.;?!]|\W+(?:instead|please|then)\b)",
    re.IGNORECASE,
)
_TOO = re.compile(r"\b(?:too|as well|also)\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:just|only)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|each)\b", re.IGNORECASE)


_DAY = 24 * 60
"""Minutes."""


class ChangedRecurrence(NamedTuple):
    """What a correction comes to."""

    schedule: Recurrence | None
    """The schedule as changed; None where nothing changes."""
    used: tuple[Used, ...]
    """Every word of the correction, in order, and what it was used for."""
    missing: tuple[Question, ...] = ()
    """What is still to be said for the change."""
    problems: tuple[Question, ...] = ()
    """What can't be done, or wasn't understood."""
    notes: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words that weren't understood."""
        return tuple(use.words for use in self.used if use.role == "not understood")

    @property
    def says_nothing(self) -> bool:
        """Whether none of it is about when."""
        return all(use.role in ("not understood", "verb", "joining") for use in self.used)


def change(schedule: Recurrence, text: str, now: datetime, zone: str) -> ChangedRecurrence:
    """``schedule`` with what ``text`` says in the place of what it said, or beside it ("and Thursdays").

    ``now``: an aware moment; ``zone``: the asker's IANA zone. Nothing changes where a word isn't understood.
    Raises ValueError for an unknown zone.
    """
    for new, old in contrasts(text):
        before = _change(schedule, old, now, zone).schedule
        if before and (in_words(before) == in_words(schedule) or _on_one_weekday(before, schedule)):
            changed = _change(schedule, new, now, zone)
            return changed._replace(used=(*changed.used, Used(f"not {old}", "joining")))
    return _change(schedule, text, now, zone)


def _on_one_weekday(one: Recurrence, other: Recurrence) -> bool:
    """Whether each is a single date, on the same day of the week: "not Friday", of one further off."""
    return not (one.repeats or other.repeats) and one.start.weekday() == other.start.weekday()


def _change(schedule: Recurrence, text: str, now: datetime, zone: str) -> ChangedRecurrence:
    local, text = wall_clock(now, zone), _with_hour(schedule, as_until(text))
    # Manners, unless the grammar knows the words: "no end date", "just next week".
    for bare in dict.fromkeys((text.strip(" .!"), without_manners(text, only=True), without_manners(text))):
        said = ReadText(bare, local, bare=True)
        count = len(said.tokens)
        cover = said.cover(0, count)
        meaning = gather(cover, local)
        if not cover.unknown and not meaning.faults:  # "Friday then" is no unfinished "Friday, then …"
            break
    parted = Divided((0, 0), (count, count), ((0, count),) if count else (), cover)
    words_used = used(said, parted, text.strip()[: text.strip().find(bare)] if bare else text.strip())
    if cover.unknown:
        problem = Question("when", not_understood(said, parted))
        return ChangedRecurrence(None, words_used, (), (problem,))
    meaning.adds = meaning.adds or bool(_TOO.search(bare))
    if _ONLY.search(text.replace(bare, "")) and any(each.near or each.dates for each in meaning.strands):
        meaning.count = meaning.count or 1  # "just tomorrow"
    try:
        changed, asked = _changed(schedule, meaning, said, bare, zone)
    except Ask as ask:
        changed, asked = None, (Wanted("when", ask.text, ask.offers, ask.use),)
    questions = tuple(asked_of(wanted, said, parted) for wanted in asked)
    missing = tuple(question for question in questions if question.about in ("day", "time"))
    problems = tuple(question for question in questions if question not in missing)
    wrong = fault(changed) if changed and not questions else None
    if wrong:
        problems = (Question("when", wrong),)
    return ChangedRecurrence(
        None if questions or wrong else changed, words_used, missing, problems, tuple(meaning.notes)
    )


def _with_hour(schedule: Recurrence, text: str) -> str:
    """``text`` with the hour that "quarter past" leaves to what it corrects, where that has one time."""
    times = {line.start.time() for line in schedule.lines}
    if len(times) != 1:
        return text
    (at,) = times

    def whole(found: re.Match[str]) -> str:
        hour = at.hour + (at.minute > 0 and found["side"].lower() == "to")
        return f"{found[0]} {(hour - 1) % 12 + 1}{'am' if hour % 24 < 12 else 'pm'}"

    return _NO_HOUR.sub(whole, text)


def tells_when(text: str, now: datetime, zone: str) -> bool:
    """Whether all of ``text`` is about when. Raises ValueError for an unknown zone."""
    said = ReadText(without_manners(text), wall_clock(now, zone))
    cover = said.cover(0, len(said.tokens))
    return cover.strong and not cover.unknown


def conditions(text: str, now: datetime, zone: str) -> p.Conditions:
    """What ``text`` says of whose clock and holidays count. Raises ValueError for an unknown zone."""
    said = ReadText(text, wall_clock(now, zone))
    meaning = gather(said.cover(0, len(said.tokens)), said.now)
    return p.Conditions(meaning.zone, meaning.nation, meaning.off_days)


def _changed(
    schedule: Recurrence, meaning: TimeMeaning, said: ReadText, bare: str, zone: str
) -> tuple[Recurrence | None, tuple[Wanted, ...]]:
    if meaning.faults:
        return None, tuple(Wanted("when", found.text, found.offers, use) for found, use in meaning.faults)
    named = [strand for strand in meaning.strands if strand.has_days or strand.every or strand.months]
    if not named:
        return _under(schedule, meaning), ()
    other = _same_rhythm(schedule, meaning, named, anew=bool(_EVERY.search(bare)))
    if other is not None:
        return _under(other, meaning), ()
    bounded = meaning.start or meaning.end or meaning.lasts or meaning.count > 1
    if schedule.repeats and bounded and len(named) == 1 and named[0].weekdays:
        named[0].recurs = True  # "on Friday until Easter"
    _with_times(schedule, meaning)
    made = make(meaning, zone)
    if made.schedule is None:
        return None, (*made.missing, *made.problems)
    ask_which(schedule, made.schedule, named[0], meaning, said)
    if meaning.adds:
        lines = tuple(line for line in made.schedule.lines if line not in schedule.lines)
        return replace(schedule, more=(*schedule.more, *lines)), ()
    return _carried(made.schedule, schedule, meaning), ()


def _with_times(schedule: Recurrence, meaning: TimeMeaning) -> None:
    """Days that come without a time are sent when the others were."""
    before = tuple(dict.fromkeys(line.start.time() for line in schedule.lines))
    clocks = tuple(p.ClockPart(f"{at:%H:%M}", at.hour, at.minute, exact=True) for at in before)
    for strand in meaning.strands:
        often = strand.every and strand.every.unit in ("minute", "hour")
        if not strand.clocks and not strand.moment and not often:
            strand.clocks = clocks


# --- The same rhythm, in part ------------------------------------------------------------------------


def _same_rhythm(
    schedule: Recurrence, meaning: TimeMeaning, named: list[Strand], *, anew: bool
) -> Recurrence | None:
    """The schedule on other weekdays or at another interval; None where that isn't all that was said."""
    strand = named[0]
    if len(named) > 1 or meaning.count == 1 or len({line.rule for line in schedule.lines}) > 1:
        return None
    rule = parts(schedule.rule)
    plain = not (
        strand.ranked or strand.monthdays or strand.dates or strand.months or strand.near or strand.either
    )
    if (
        strand.weekdays
        and plain
        and not anew
        and not strand.every
        and strand.weeks in (0, 1)
        and strand.week is None
    ):
        return _other_days(schedule, rule, strand.weekdays, meaning)
    if strand.every and not strand.has_days and not strand.months and not meaning.adds:
        number, unit = strand.every
        units = {"WEEKLY": "week", "MONTHLY": "month", "DAILY": "day", "YEARLY": "year"}
        if units.get(rule.get("FREQ", "")) == unit:
            rule["INTERVAL"] = str(number) if number > 1 else ""
            return _with_rule(schedule, rule)
    return None


def _other_days(
    schedule: Recurrence, rule: dict[str, str], weekdays: tuple[int, ...], meaning: TimeMeaning
) -> Recurrence | None:
    days = [day for day in rule.get("BYDAY", "").split(",") if day]
    if rule.get("FREQ") == "WEEKLY":
        kept = {CODES.index(day) for day in days} if meaning.adds else set()
        rule["BYDAY"] = ",".join(CODES[day] for day in sorted(kept | set(weekdays)))
    elif (
        rule.get("FREQ") in ("MONTHLY", "YEARLY")
        and len(days) == 1
        and len(weekdays) == 1
        and not meaning.adds
        and not schedule.offset
    ):
        rule["BYDAY"] = days[0][:-2] + CODES[weekdays[0]]
    else:
        return None
    changed = _with_rule(schedule, rule)
    return changed if "INTERVAL" in rule else _from_now(changed, schedule, meaning.now)


def _from_now(changed: Recurrence, schedule: Recurrence, now: datetime) -> Recurrence:
    """The changed rule from now on, unless the old one was to begin later than it could."""
    soonest = replace(schedule, start=datetime.combine(now.date(), schedule.start.time()))
    first = next((nominal.at for nominal in nominals(soonest, now) if nominal.at > now), None)
    if first is None or schedule.start > first:
        return changed
    lines = [replace(line, start=datetime.combine(now.date(), line.start.time())) for line in changed.lines]
    return _of_lines(changed, lines)


def _with_rule(schedule: Recurrence, rule: dict[str, str]) -> Recurrence:
    """All the lines of a schedule under one rule, each at its own time."""
    freq = rule.pop("FREQ")
    interval = int(rule.pop("INTERVAL", "") or 1)
    said = joined(freq, interval, **rule)
    return replace(schedule, rule=said, more=tuple(replace(line, rule=said) for line in schedule.more))


# --- Another time, start, end or condition ----------------------------------------------------------------


def _under(schedule: Recurrence, meaning: TimeMeaning) -> Recurrence:
    """``schedule`` at another time, or under other conditions, where those were said; it begins anew."""
    lines = _at_times(schedule, meaning)
    first = first_day(meaning)
    if first:
        lines = [replace(line, start=datetime.combine(first, line.start.time())) for line in lines]
    changed = _carried(_of_lines(schedule, lines), schedule, meaning)
    begun = begun_anew(changed, meaning.now, first)
    until = last_day(meaning, min(line.start for line in begun.lines).date())
    if (until or meaning.count > 1 or meaning.endless) and not begun.repeats:
        raise Ask(words.ONCE_NEEDS_NO_END)
    bounded = until or meaning.endless
    begun = replace(
        begun, until=until or (None if meaning.count or meaning.endless else begun.until),
        count=meaning.count or (0 if bounded else begun.count),
    )  # fmt: skip
    changed = excepting(begun, meaning) if meaning.excepts else begun
    return only_first(changed, meaning.now) if changed.count == 1 else changed


def _of_lines(schedule: Recurrence, lines: list[Line]) -> Recurrence:
    head, *more = lines
    return replace(
        schedule, start=head.start, rule=head.rule, shift=head.shift, offset=head.offset, more=tuple(more)
    )


def _at_times(schedule: Recurrence, meaning: TimeMeaning) -> list[Line]:
    lines = list(schedule.lines)
    times = [at for strand in meaning.strands for at in times_of(strand, meaning)]
    if meaning.later:
        return [replace(line, start=_later(line, meaning.later)) for line in lines]
    half = next((strand.half for strand in meaning.strands if strand.half), None)
    if not times:
        if meaning.vague:
            offer = (f"at {meaning.vague.offer:%H:%M}",)
            raise Ask(words.WHAT_TIME, offers=offer, use=meaning.use_of(meaning.vague))
        if half:
            raise Ask(words.WHAT_TIME)
        return lines
    if meaning.adds:
        times = [*(line.start.time() for line in lines), *times]
    # Each rhythm at each of the times.
    found = dict.fromkeys(
        replace(line, start=datetime.combine(line.start.date(), at)) for at in times for line in lines
    )
    return list(found)


def _later(line: Line, minutes: int) -> datetime:
    at = line.start + timedelta(minutes=minutes)
    if at.date() != line.start.date() and (line.rule or minutes % _DAY):
        raise Ask(words.OTHER_DAY_THEN)
    return at


def _carried(new: Recurrence, old: Recurrence, meaning: TimeMeaning) -> Recurrence:
    """``new`` with the conditions of ``old`` that were not said anew."""
    moment = any(strand.moment for strand in meaning.strands)
    zone = meaning.zone
    if zone is None:
        zone = new.zone if moment else old.zone
    off_days = meaning.off_days or (old.off_days if new.off_days == "next" else new.off_days)
    quiet = _quiet(new, old, meaning)
    kept: dict[str, object] = {}
    if new.repeats:
        bounded = meaning.end or meaning.lasts or meaning.count or meaning.within or meaning.endless
        kept["exceptions"] = new.exceptions or old.exceptions
        first = min(line.start for line in new.lines).date()
        if not bounded and not (old.until and old.until < first):
            kept |= {"until": old.until, "count": old.count}
    return replace(
        new, zone=zone, nation=meaning.nation or old.nation, off_days=off_days, quiet=quiet, **kept
    )


def _quiet(new: Recurrence, old: Recurrence, meaning: TimeMeaning) -> tuple[time, time] | None:
    if meaning.quiet is not None:
        return None if meaning.quiet == "none" else meaning.quiet
    if [line.start.time() for line in old.lines] == [line.start.time() for line in new.lines]:
        return old.quiet
    # A time that somebody named outranks the quiet hours.
    if any(map(at_night, new.lines)):
        return None
    return QUIET if old.quiet is None and at_night(old.lines[0]) else old.quiet
