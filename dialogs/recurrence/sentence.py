"""Reads an advisor's sentence: who is reminded (or asked), when, and of what.

    remind #board every second Tuesday at 9:30 to send in their figures
    pulse the board first Monday of each month at 10 on progress

Libraries were looked at: recurrent drops what it doesn't understand ("first Monday of the month" became one
day, 30 February became now, 25:00 a time), dateparser has no recurrence; a grammar for lark was not tried:
phrases that compose in a declared order were enough. Here every word about when is used, or asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from dialogs.manners import ASKED, LEAD
from dialogs.recurrence.dividing import NO_TEXT, Divided, all_when, divided
from dialogs.recurrence.grammar import parts as p
from dialogs.recurrence.grammar.reading import ReadText, Use
from dialogs.recurrence.making import Made, Offer, Question, Wanted, make
from dialogs.recurrence.rule import Recurrence
from dialogs.recurrence.strands import gather
from dialogs.recurrence.zones import zone as zone_of
from dialogs.wording import dates as words

SentenceKind = Literal["remind", "pulse"]
UseRole = Literal[
    "verb", "who", "days", "how often", "time", "start", "end", "exception", "condition", "link", "text",
    "joining", "answers", "not understood",
]  # fmt: skip

LONGEST_TEXT = 3000
"""Characters of what is sent."""

_VERB = re.compile(
    rf"{LEAD}(?P<asked>{ASKED}){LEAD}"
    r"(?P<verb>remind|reminder(?: for| to)?|pulse|poll|check in with|nudge)(?:\s+|$)",
    re.IGNORECASE,
)
_APART = re.compile(r"(?:,|;|\band\b|&|\bplus\b)(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", re.IGNORECASE)
_ROLES: dict[type, UseRole] = {
    p.Every: "how often", p.Several: "how often", p.Of: "how often", p.Times: "time",
    p.PartOfDay: "time", p.Vague: "time",
    p.Later: "time", p.Start: "start", p.Within: "start", p.End: "end", p.Endless: "end", p.Lasts: "end",
    p.Count: "end",
    p.Except: "exception", p.Conditions: "condition", p.JoinPart: "joining", p.Polite: "joining",
    p.Fault: "not understood",
}  # fmt: skip
_ANSWERS = re.compile(
    r"[, ]+(?:(?P<named>with names|not anonymous(?:ly)?)|with(?:out| no) names"
    r"|(?:(?P<named_last>named|by name)|anonymous(?:ly)?)(?=[.!]?\s*$))\b",
    re.IGNORECASE,
)
"""Whether a pulse's answers have names."""
_NAMES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december|easter|good)\b"
)


_UNTO = frozenset(("until", "before", "after", "from", "on"))
"""Words before what is to tell a date."""
_LEFT_OUT = frozenset(
    ("unless", "if", "when", "except", "excluding", "not", "skip", "pause", "during", "without",
     "term", "holiday", "holidays")
)  # fmt: skip
"""Words of what may be meant as an exception."""


class Used(NamedTuple):
    """Words of a sentence, as typed, and what they were used for."""

    words: str
    role: UseRole


class Understood(NamedTuple):
    """What a sentence says, and what it leaves open. Ready when ``missing`` and ``problems`` are empty."""

    kind: SentenceKind
    audience: tuple[str, ...]
    """Who, in the sentence's own words: "#board", "the board", "@asha"."""
    audience_text: str
    """The same undivided, for names that hold an "and"."""
    when: str
    """The words about when, as typed."""
    what: str
    """What to send, beginning with a capital; for a pulse its topic, as typed. Empty where it isn't said."""
    schedule: Recurrence | None
    missing: tuple[Question, ...]
    """What to ask for."""
    problems: tuple[Question, ...]
    """What can't be done, each a sentence that says what to change."""
    notes: tuple[str, ...]
    """How something was taken that could be taken otherwise: to be shown before it is confirmed."""
    anonymous: bool | None = None
    """Whether a pulse's answers are to have no names; None where it isn't said."""
    used: tuple[Used, ...] = ()
    """Every word of the sentence, in order, and what it was used for."""
    tail: str = ""
    """What stands behind the text and was taken as part of when, with the signs in front of it, as typed."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """Words about when that weren't understood."""
        return tuple(use.words for use in self.used if use.role == "not understood")


def understand(text: str, now: datetime, zone: str, *, when_only: bool = False) -> Understood:
    """Read a sentence. ``now``: an aware moment; ``zone``: the asker's IANA zone, in which days are meant.

    ``when_only``: the sentence may name nobody and nothing. Raises ValueError for an unknown zone.
    """
    local, text = wall_clock(now, zone), text.strip()
    verb = _VERB.match(text)
    kind: SentenceKind = "pulse" if verb and verb["verb"].lower()[:2] in ("pu", "po", "ch") else "remind"
    answers = _ANSWERS.search(text) if kind == "pulse" else None
    if answers:
        text = text[: answers.start()] + text[answers.end() :]
    asked = bool(verb and verb["asked"])
    said = ReadText(text[verb.end() if verb else 0 :].rstrip(" ?" if asked else " "), local)
    parted = all_when(said) if when_only and not verb else divided(said, kind, begun=bool(verb))
    made = make(gather(parted.cover, local), zone) if parted.ranges else _NOTHING_SAID
    missing = [asked_of(key, said, parted) for key in made.missing]
    problems = [asked_of(problem, said, parted) for problem in made.problems]
    who, what = said.between(*parted.who), said.between(*parted.what)
    text_unsaid = not when_only and not what
    if parted.cover.unknown:
        # What else is wrong may come of the very words that weren't understood.
        text = _perhaps_text(said, parted) if text_unsaid and kind == "remind" else ""
        missing, problems = [], [Question("when", text or not_understood(said, parted))]
        text_unsaid = text_unsaid and not text
    if when_only and not parted.cover.strong and not problems:
        missing = [Question("day", words.NOTHING_SAID)]
    elif when_only and not parted.cover.strong and parted.cover.unknown:
        problems.append(Question("day", words.NOTHING_SAID))
    if not when_only:
        missing += [] if who else [Question("audience", words.WHO)]
        missing += [Question("what", words.WHAT[kind])] if text_unsaid else []
    if len(what) > LONGEST_TEXT:
        long = words.LONG_TEXT.format(length=f"{len(what):,}", most=f"{LONGEST_TEXT:,}")
        problems.append(Question("what", long))
    return Understood(
        kind, _people(who), who, parted.when(said), what if kind == "pulse" else what[:1].upper() + what[1:],
        None if problems else made.schedule, tuple(missing), tuple(problems),
        (*_mended(said, parted), *_tails(said, parted), *made.notes),
        None if answers is None else not (answers["named"] or answers["named_last"]),
        (*used(said, parted, verb[0] if verb else ""), *_about_answers(answers)),
        said.behind(parted.what[1]) if len(parted.ranges) > 1 else "",
    )  # fmt: skip


def _about_answers(said: re.Match[str] | None) -> Iterator[Used]:
    if said:
        yield Used(said[0].strip(" ,"), "answers")


_NOTHING_SAID = Made(None, (Wanted("day", words.WHICH_DAY), Wanted("time", words.WHAT_TIME, ("at 09:00",))))


def wall_clock(now: datetime, zone: str) -> datetime:
    """The moment on the wall clock of ``zone``, without a zone. Raises ValueError for an unknown one."""
    at = zone_of(zone)
    if at is None:
        raise ValueError(f"unknown time zone: {zone[:40]}")
    return now.astimezone(at).replace(tzinfo=None)


# --- What is said about it -----------------------------------------------------------------------------


def not_understood(said: ReadText, parted: Divided) -> str:
    """That words weren't understood, with the words as typed."""
    runs = list[list[int]]()
    for place in parted.cover.unknown:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    shown = ", ".join(f"“{said.between(run[0], run[-1] + 1)}”" for run in runs[:5])
    event = _unknown_event(said, runs[0]) if len(runs) == 1 else ""
    if event:
        return event
    text = words.NOT_UNDERSTOOD.format(words=shown)
    left_out = any(said.tokens[place].form in _LEFT_OUT for place in parted.cover.unknown)
    return f"{text} {words.SKIP_OR_PAUSE}" if left_out else text


def _perhaps_text(said: ReadText, parted: Divided) -> str:
    """That words behind the when may be the text, which nothing leads to; else empty."""
    first, last = parted.cover.unknown[0], len(said.tokens)
    behind = all(use.end <= first for use in parted.cover.uses)
    begins = said.tokens[first].form
    if not behind or not parted.cover.uses or not begins.isalpha() or begins in NO_TEXT:
        return ""
    return words.PERHAPS_TEXT.format(said=said.between(first, last))


def _unknown_event(said: ReadText, run: list[int]) -> str:
    """What to write for a date or rhythm that only the council's own calendar has; else empty."""
    first, whole = said.tokens[run[0]].form, said.between(run[0], run[-1] + 1)
    if (first == "every" and len(run) > 1) or (len(run) == 1 and first in ("termly", "seasonally")):
        return words.NO_RHYTHM.format(said=whole)
    if first in _UNTO and len(run) > 1 and said.tokens[run[1]].form != "or":
        event = said.between(run[0] + 1, run[-1] + 1)
        return words.NO_DATE.format(event=event, word=said.tokens[run[0]].text.lower())
    return ""


def asked_of(wanted: Wanted, said: ReadText, parted: Divided) -> Question:
    """A question, with the words as a whole for each answer that it offers."""
    offers = []
    for offer in wanted.offers:
        offers.append(Offer(_label(offer), _with(offer, wanted.use, said, parted)))
    return Question(wanted.about, wanted.text, tuple(offers))


def _label(offer: str) -> str:
    """An answer as its button says it: "Mon 7 Dec", "16:00"."""
    date = re.fullmatch(
        r"(?:from |until )?([a-z]{3})[a-z]*day (\d+) ([a-z]{3})[a-z]* \d{4}(?: including .*)?",
        offer,
        re.IGNORECASE,
    )
    if date:
        return f"{date[1].title()} {date[2]} {date[3].title()}"
    label = _NAMES.sub(lambda found: found[0].title(), offer.removeprefix("at "))
    return label[:1].upper() + label[1:]


def _with(offer: str, use: Use | None, said: ReadText, parted: Divided) -> str:
    if use is None:
        return f"{parted.when(said)} {offer}".strip()
    pieces = []
    for begin, end in parted.ranges:
        if begin <= use.begin < end:
            pieces += [said.between(begin, use.begin), offer, said.between(use.end, end)]
        else:
            pieces.append(said.between(begin, end))
    return " ".join(filter(None, pieces))


def _mended(said: ReadText, parted: Divided) -> list[str]:
    slips = [said.tokens[place] for use in parted.cover.uses for place in range(use.begin, use.end)]
    return [
        words.MENDED.format(typed=token.text, read=_shown(token.mended)) for token in slips if token.mended
    ]


def _shown(word: str) -> str:
    return _NAMES.sub(lambda found: found[0].title(), word)


def _tails(said: ReadText, parted: Divided) -> list[str]:
    return [words.TAIL.format(said=said.between(*span)) for span in parted.ranges[1:]]


def used(said: ReadText, parted: Divided, verb: str) -> tuple[Used, ...]:
    """Every word, in order, and what it was used for. ``verb``: the words in front of those read."""
    roles: list[tuple[int, int, UseRole]] = [(*parted.who, "who"), (*parted.what, "text")]
    roles += [(use.begin, use.end, _ROLES.get(type(use.part), "days")) for use in parted.cover.uses]
    roles += [(place, place + 1, "not understood") for place in parted.cover.unknown]
    roles += [(place, place + 1, "link") for place in parted.links]
    found = [Used(verb.strip(), "verb")] if verb else []
    return (
        *found,
        *(Used(said.between(begin, end), role) for begin, end, role in sorted(roles) if begin < end),
    )


def _people(who: str) -> tuple[str, ...]:
    parts = (
        part.strip().strip('"“”').strip() for part in _APART.split(who.replace("“", '"').replace("”", '"'))
    )
    return tuple(part for part in parts if part)
