"""Gathers the parts of a sentence into strands: each on some days, at some times, and so often.

"Every Monday at 9 and on 25 December" has two. A part that fits no strand is a fault, never left out.
"""

from __future__ import annotations

from datetime import datetime

from dialogs.recurrence.days import DAY_NAMES
from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.grammar.reading import Cover, Use
from dialogs.recurrence.meaning import Strand, TimeMeaning, share_rhythm
from dialogs.recurrence.strand_days import EDGES, place, ranked_anew, same_day, week_of, weekday_of
from dialogs.wording import dates as words


def gather(cover: Cover, now: datetime) -> TimeMeaning:
    """What the parts of ``cover`` come to together."""
    gathered = _Gathering(now, cover)
    for use in cover.uses:
        gathered.take(use)
    return gathered.done()


_Bound = p.Start | p.Within | p.End | p.Endless | p.Lasts | p.Count
_BESIDE_NO = {
    "start": ("start", "within"), "within": ("start", "within", "end", "endless"),
    "end": ("end", "lasts", "within", "endless"), "endless": ("end", "lasts", "count", "within"),
    "lasts": ("end", "lasts", "count", "endless"), "count": ("count", "lasts", "endless"),
}  # fmt: skip
"""What each bound of a schedule can't stand beside."""


class _Gathering:
    """Goes through the parts in their order."""

    def __init__(self, now: datetime, cover: Cover) -> None:
        self.meaning = TimeMeaning(now, [Strand()], uses=cover.uses)
        self._joined = ""
        self._before: object = None
        self._prefix: p.Every | None = None
        self._several: tuple[p.Several, Use] | None = None

    @property
    def _strand(self) -> Strand:
        return self.meaning.strands[-1]

    def take(self, use: Use) -> None:
        """One more part."""
        part, meaning = use.part, self.meaning
        match part:
            case p.JoinPart():
                meaning.adds = meaning.adds or (
                    use is meaning.uses[0] and part.word not in (",", "-", "then", "but")
                )
                self._joined = f"{self._joined} {part.word}".strip()
                return
            case p.Polite():
                return
            case p.Fault():
                meaning.faults.append((part, use))
            case p.Times():
                self._times(part, use)
            case p.PartOfDay():
                self._half(part, use)
            case p.Vague():
                self._once("vague", part, meaning.vague, words.TWO_TIMES, use)
            case p.Every():
                self._every(part, use)
            case p.Several():
                self._several = (part, use)
                self._every(p.Every(1, part.unit), use)
            case p.Of():
                self._of(part, use)
            case p.Months():
                self._months(part, use)
            case p.Week():
                self._strand.week = part.monday
                self._strand.uses.append(use)
            case p.Start() | p.Within() | p.End() | p.Endless() | p.Lasts() | p.Count():
                self._bound(part, use)
            case p.Except():
                meaning.excepts.append((part, use))
            case p.Conditions():
                self._conditions(part, use)
            case p.Later():
                meaning.later += part.minutes
            case _:
                self._days(part, use)
        self._joined, self._before = "", part

    def done(self) -> TimeMeaning:
        """What it all comes to: strands share what was said once for all of them."""
        meaning = self.meaning
        if self._joined and self._joined.split()[-1] not in (",", "-"):
            meaning.faults.append((p.Fault(words.DANGLING.format(word=self._joined)), None))
        strands = meaning.strands
        for strand in strands:
            if strand.commencing and strand.every:
                week_of(strand, strand.dates, meaning.now)
        for number, strand in enumerate(strands):
            if not strand.has_days and not strand.every and len(strands) > 1:
                if strand.months:
                    meaning.faults.append((p.Fault(words.TWO_DATES), None))
                elif strand.clocks:
                    meaning.faults.append((p.Fault(words.TWO_TIMES), None))
            if not strand.clocks and not strand.moment:
                after = next((strand for strand in strands[number + 1 :] if strand.clocks), None)
                others = (
                    [after] if after else [strand for strand in reversed(strands[:number]) if strand.clocks]
                )
                if others:
                    strand.clocks = others[0].clocks
                    strand.half = strand.half or others[0].half
        share_rhythm(strands)
        if self._several:
            part, use = self._several
            named = sum(len(strand.clocks) if part.unit == "day" else strand.days for strand in strands)
            if named != part.number:
                said = words.SEVERAL.get(part.unit, words.SEVERAL_OF_MONTH)
                meaning.faults.append((p.Fault(said.format(said=part.said)), use))
        return meaning

    # --- What holds for the whole ---------------------------------------------------------------------

    def _once(self, name: str, value: object, before: object, twice: str, use: Use) -> None:
        if before:
            self.meaning.faults.append((p.Fault(twice), use))
        setattr(self.meaning, name, value)

    def _bound(self, part: _Bound, use: Use) -> None:
        name = type(part).__name__.lower()
        value = part.number if isinstance(part, p.Count) else isinstance(part, p.Endless) or part
        twice = words.TWO_STARTS if name == "start" else words.TWO_ENDS
        self._once(name, value, any(getattr(self.meaning, other) for other in _BESIDE_NO[name]), twice, use)

    def _conditions(self, part: p.Conditions, use: Use) -> None:
        for name, value in zip(part._fields, part, strict=True):
            before = getattr(self.meaning, name)
            if value is not None and before not in (None, value):
                self.meaning.faults.append((p.Fault(words.TWO_CONDITIONS), use))
            if value is not None:
                setattr(self.meaning, name, value)

    # --- Times ----------------------------------------------------------------------------------------

    def _times(self, part: p.Times, use: Use) -> None:
        strand = self._strand
        if strand.clocks and self._joined and not isinstance(self._before, p.Times):
            strand = self._new()
        elif strand.clocks and not self._joined:
            self.meaning.faults.append((p.Fault(words.TWO_TIMES), use))
        strand.clocks += part.clocks

    def _half(self, part: p.PartOfDay, use: Use) -> None:
        strand = self._strand
        if self._joined and (
            (part.this_day and strand.has_days) or (part.every and strand.half and strand.clocks)
        ):
            strand = self._new()
        if strand.half not in (None, part.half):
            self.meaning.faults.append((p.Fault(words.TWO_TIMES), use))
        strand.half = part.half
        if part.this_day:
            today = self.meaning.now.date()
            if strand.has_days and strand.near != (today,):
                self.meaning.faults.append((p.Fault(words.TWO_DATES), use))
            strand.near = (today,)
            strand.uses.append(use)
        strand.each_half = strand.each_half or part.every
        if part.every and strand.weekdays:
            strand.recurs = True
        elif part.every and not strand.has_days and not strand.every:
            strand.every = p.Every(1, "day")

    # --- Rhythm and days --------------------------------------------------------------------------------

    def _new(self) -> Strand:
        self.meaning.strands.append(Strand())
        if self._prefix:
            self._strand.every = self._prefix
        return self._strand

    def _every(self, part: p.Every, use: Use) -> None:
        strand = self._strand
        if strand.every in (None, part) and not (strand.weeks == 1 and part.number > 1):
            if not strand.has_days and not self._prefix:
                self._prefix = part
            if "then" in self._joined and len(self.meaning.strands) > 1:
                self.meaning.faults.append((p.Fault(words.TWO_INTERVALS), use))
            strand.every, strand.definite = part, None
        elif strand.every == p.Every(1, "day") and strand.each_half:
            strand.every = part
        elif self._joined and strand.has_days:
            self._prefix = None
            self._new().every = part
        else:
            self.meaning.faults.append((p.Fault(words.TWO_INTERVALS), use))

    def _of(self, part: p.Of, use: Use) -> None:
        strand = self._strand
        if not (
            strand.ranked
            or strand.monthdays
            or strand.working
            or strand.before
            or strand.weeks
            or strand.every
        ):
            if not self.meaning.faults:
                self.meaning.faults.append((p.Fault(words.WHICH_DAY_OF.format(unit=part.unit)), use))
            return
        if strand.other:
            # "Every other Friday of the month".
            day = DAY_NAMES[strand.weekdays[0]]
            offers = (f"every 2 weeks on {day}", f"first and third {day} of every {part.unit}")
            text = words.EVERY_NTH.format(said=f"every other {day} of the {part.unit}")
            self.meaning.faults.append((p.Fault(text, offers), Use(part, strand.uses[0].begin, use.end)))
            return
        if strand.weeks:
            ranked_anew(strand, strand.weeks, strand.weekdays)
            strand.recurs = False
        every = p.Every(part.number, part.unit)
        if part.unit == "financial year":
            every = p.Every(part.number, "year")
            ranks = (*strand.monthdays, *strand.working, *(rank for rank, _ in strand.ranked))
            strand.months = strand.months or EDGES[part.unit][any(rank < 0 for rank in ranks)]
        elif part.unit == "calendar year":
            every = p.Every(part.number, "year")
            ranks = (*strand.monthdays, *strand.working)
            strand.months = strand.months or EDGES[part.unit][any(rank < 0 for rank in ranks)]
        elif part.unit == "year" and (strand.monthdays or strand.working) and not strand.months:
            offers = ("of every financial year", "of every calendar year")
            self.meaning.faults.append((p.Fault(words.WHICH_YEAR, offers), use))
        elif part.unit not in ("month", "quarter", "year"):
            self.meaning.faults.append((p.Fault(words.WHICH_WEEKDAY), use))
        if strand.every not in (None, every):
            self.meaning.faults.append((p.Fault(words.TWO_INTERVALS), use))
        strand.every = every

    def _months(self, part: p.Months, use: Use) -> None:
        strand = self._strand
        if strand.months or strand.dates:
            self.meaning.faults.append((p.Fault(words.TWO_DATES), use))
        if strand.weeks and strand.weeks != 1 and not strand.other:
            ranked_anew(strand, strand.weeks, strand.weekdays)
        strand.months, strand.year = part.months, part.year
        if part.every:
            strand.every = strand.every or p.Every(1, "year")
        strand.uses.append(use)

    def _days(self, part: p.TimePart, use: Use) -> None:
        strand = self._strand
        if isinstance(part, p.Weekdays) and strand.commencing:
            week_of(strand, strand.dates, self.meaning.now)
        elif isinstance(part, p.Dates) and part.commencing and (strand.weekdays or strand.every):
            week_of(strand, part.days, self.meaning.now)
            if strand.week:
                strand.uses.append(use)
                return
        if strand.has_days and not (strand.week and not strand.weekdays and isinstance(part, p.Weekdays)):
            if same_day(strand, part):
                return
            if self._joined == "," and weekday_of(strand, part):
                return
            if (
                self._joined
                and isinstance(part, p.Dates)
                and strand.dates
                and not strand.clocks
                and not part.every
            ):
                strand.dates += part.days
                strand.uses.append(use)
                return
            if not self._joined or "but" in self._joined:
                self.meaning.faults.append((p.Fault(words.TWO_DATES), use))
            else:
                own = getattr(part, "every", False) or isinstance(part, p.Edge)
                recurs = (
                    strand.repeats and not own and not self._prefix
                    and isinstance(part, p.Weekdays) and strand.weekdays
                )  # fmt: skip
                weeks = strand.weeks
                strand = self._new()
                if own:
                    # "Monthly on the 1st and every other Monday": the second says itself how often.
                    strand.every = None
                if recurs:
                    # "Every Monday at 9 and Thursday at 10": every Thursday too.
                    strand.recurs, strand.weeks = True, max(weeks, 0)
        if isinstance(part, p.Weekdays) and part.times:
            self._bound(p.Count(part.times * len(part.days)), use)
        if isinstance(part, p.Moment) and part.note:
            self.meaning.notes.append(part.note)
        if strand.months and isinstance(part, p.Dates):
            self.meaning.faults.append((p.Fault(words.TWO_DATES), use))
        strand.uses.append(use)
        if not place(strand, part):
            self.meaning.faults.append((p.Fault(words.TWO_INTERVALS), use))
