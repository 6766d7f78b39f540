"""A pulse: one question on a scale of 1 to 5, asked again and again; its figures, and when it cools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from dialogs.core.replies import Block, Chart, DataSeries, Facts, Text
from dialogs.core.result_model import PulseResult
from dialogs.core.text import literal
from dialogs.readiness.outcome import day_of
from dialogs.readiness.scoring import mean
from dialogs.results.disclosures import Disclosing, group
from dialogs.results.disclosures import asked as about
from dialogs.results.small_groups import FEWEST
from dialogs.wording import results as words
from knowledge.readiness import STEPS


class Limits(msgspec.Struct, frozen=True):
    """From where on a pulse counts as cooling; of fewer than three answers, or people asked, nothing does."""

    fall: float = 0.8
    low: float = 3.0
    rate: float = 0.5
    """Of those asked."""


class Fell(msgspec.Struct, frozen=True, tag="fell"):
    """It fell by the limit or more since the last one that was shown."""

    before: PulseResult
    now: PulseResult


class Low(msgspec.Struct, frozen=True, tag="low"):
    """It is under the limit."""

    now: PulseResult


class Quiet(msgspec.Struct, frozen=True, tag="quiet"):
    """A smaller part of those asked answered than the limit."""

    now: PulseResult


Reason = Fell | Low | Quiet


def topics(question: str, series: str) -> tuple[str, str]:
    """What a pulse is about: its question, wherever else it is put, and whatever else its series asks."""
    return about(question), f"series {series}"


def pulse(
    at: datetime,
    answers: Mapping[str, int],
    asked: int,
    topics: Sequence[str],
    people: Sequence[bytes],
    disclosing: Disclosing,
    *,
    anonymous: bool = True,
) -> PulseResult:
    """What ``answers`` (whoever's -> 1 to 5; others are ignored) come to.

    ``people``: who answered, as keyed hashes. What is asked for by name counts as known to everybody.
    """
    given = [value for value in answers.values() if 1 <= value <= STEPS]
    count, value = len(given), mean(given)
    if count < FEWEST or value is None:
        return PulseResult(at, asked, count)
    shown = round(value, 1)
    if anonymous:
        allowed = disclosing.allows({topic: [group(people, shown)] for topic in topics})
    else:
        allowed = disclosing.allows_names(topics, people)
    mean_shown = shown if allowed else None
    return PulseResult(at, asked, count, mean_shown, withheld=not allowed, unknown=disclosing.unknown)


def cooling(pulses: Sequence[PulseResult], limits: Limits) -> tuple[Reason, ...]:
    """Why the last of ``pulses`` (oldest first, at least one) is cooling; empty where it isn't, or where it
    rests on fewer than three people.

    Figures are compared as shown, so that an alert gives away nothing else.
    """
    now = pulses[-1]
    reasons: list[Reason] = []
    if now.answered < FEWEST:
        return ()
    before = next((pulse for pulse in reversed(pulses[:-1]) if pulse.mean is not None), None)
    if now.mean is not None:
        if before and before.mean is not None and round(before.mean - now.mean, 6) >= limits.fall:
            reasons.append(Fell(before, now))
        if now.mean < limits.low:
            reasons.append(Low(now))
    if now.answered < limits.rate * now.asked:
        reasons.append(Quiet(now))
    return tuple(reasons)


def in_words(reasons: Sequence[Reason], topic: str, limits: Limits, *, counted: bool = False) -> str:
    """All of ``reasons`` (of one pulse, at least one) as one sentence of Markdown, each figure once.

    ``topic``: what was asked about, in plain text. ``counted``: how many answered is said beside it.
    """
    now, stands = reasons[0].now, ""
    if now.mean is not None:
        stands = words.PULSE_STANDS.format(topic=literal(topic), mean=figure(now.mean))
    aside = "" if counted else answered(now)
    for reason in reasons:
        match reason:
            case Fell(before):
                stands = words.PULSE_FELL.format(
                    topic=literal(topic), since=day_of(before.day),
                    before=figure(before.mean), after=figure(now.mean),
                )  # fmt: skip
            case Low():
                stands += words.PULSE_LOW.format(limit=f"{limits.low:g}")
            case Quiet():
                aside = words.PULSE_QUIET[counted].format(limit=limits.rate, answered=answered(now))
    if not stands:
        return f"**{aside[:1].upper()}{aside[1:]}.**"
    return f"{stands} ({aside})." if aside else f"{stands}."


def trend_blocks(pulses: Sequence[PulseResult], topic: str) -> list[Block]:
    """A pulse over time, oldest first: a picture, and each occurrence's mean and number of answers."""
    days = tuple(day_of(pulse.day) for pulse in pulses)
    series = DataSeries(words.PULSE_MEAN, tuple(pulse.mean for pulse in pulses))
    title, dates = (
        words.PULSE_CHART.format(topic=topic),
        tuple(pulse.day.date().isoformat() for pulse in pulses),
    )
    chart = Chart(title, "lines", days, (series,), float(STEPS), dates, told=True)
    pairs = tuple(zip(days, map(_counted, pulses), strict=True))
    drawn = [chart] if any(pulse.mean is not None for pulse in pulses) else []
    return [*drawn, Facts(pairs), Text(words.PULSE_GROUPS)]


def figure(mean: float | None) -> str:
    """A mean as people read it, always with its decimal."""
    return "" if mean is None else f"{mean:.1f}"


def answered(pulse: PulseResult) -> str:
    """How many answered, of how many where that is known: "9 of 13 answered"."""
    return words.PULSE_ANSWERED[bool(pulse.asked)].format(answered=pulse.answered, asked=pulse.asked)


def _counted(pulse: PulseResult) -> str:
    if pulse.withheld:
        said = words.PULSE_UNKNOWN_THEN if pulse.unknown else words.PULSE_WITHHELD_THEN
        return said.format(answered=answered(pulse))
    if pulse.mean is None:
        return words.PULSE_HIDDEN
    return words.PULSE_COUNT.format(mean=figure(pulse.mean), answered=answered(pulse))
