"""A pulse: one question on a scale of 1 to 5, asked again and again; its figures, and when it cools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from dialogs.core.replies import Block, Chart, DataSeries, Facts, Text
from dialogs.core.result_model import FINE, Pulse
from dialogs.core.text import literal
from dialogs.readiness.outcome import day_of
from dialogs.readiness.scoring import mean
from dialogs.results.small_groups import FEWEST
from dialogs.wording import results as words
from knowledge.readiness import STEPS

_HALVES, _WHOLE = 0.5, 1.0
_ENOUGH_FOR_HALVES = 5


class Limits(msgspec.Struct, frozen=True):
    """From where on a pulse counts as cooling."""

    fall: float = 0.8
    low: float = 3.0
    rate: float = 0.5
    """Of those asked."""


class Fell(msgspec.Struct, frozen=True, tag="fell"):
    """It fell by the limit or more since the last one that was shown."""

    before: Pulse
    now: Pulse


class Low(msgspec.Struct, frozen=True, tag="low"):
    """It is under the limit."""

    now: Pulse


class Quiet(msgspec.Struct, frozen=True, tag="quiet"):
    """A smaller part of those asked answered than the limit."""

    now: Pulse


Reason = Fell | Low | Quiet


def pulse(
    at: datetime,
    answers: Mapping[str, int],
    asked: int,
    earlier: Sequence[Pulse],
    *,
    anonymous: bool = True,
) -> Pulse:
    """What ``answers`` (person -> 1 to 5; others are ignored) come to.

    ``earlier``: the series' occurrences so far. A mean to one decimal often gives away the sum of the
    answers, so where one or two more or fewer answered than at an earlier one, that of an anonymous pulse is
    coarser: each mean then fits more than one sum.
    """
    given = [answer for answer in answers.values() if 1 <= answer <= STEPS]
    count = len(given)
    value = mean(given)
    if count < FEWEST or value is None:
        return Pulse(at, asked, count)
    near = (
        0 < abs(pulse.answered - count) < FEWEST for pulse in earlier if pulse.mean and pulse.step == FINE
    )
    step = FINE
    if anonymous and any(near):
        step = _HALVES if count >= _ENOUGH_FOR_HALVES else _WHOLE
    return Pulse(at, asked, count, round(round(value / step) * step, 1), step)


def cooling(pulses: Sequence[Pulse], limits: Limits) -> tuple[Reason, ...]:
    """Why the last of ``pulses`` (oldest first, at least one) is cooling; empty where it isn't.

    Figures are compared as shown, so that an alert gives away nothing else.
    """
    now = pulses[-1]
    reasons: list[Reason] = []
    before = next((pulse for pulse in reversed(pulses[:-1]) if pulse.mean is not None), None)
    if now.mean is not None:
        if before and before.mean is not None and round(before.mean - now.mean, 6) >= limits.fall:
            reasons.append(Fell(before, now))
        if now.mean < limits.low:
            reasons.append(Low(now))
    if now.answered < limits.rate * now.asked:
        reasons.append(Quiet(now))
    return tuple(reasons)


def in_words(reason: Reason, topic: str, limits: Limits) -> str:
    """``reason`` as a sentence of Markdown. ``topic``: what was asked about, in plain text."""
    now = reason.now
    counts = {"answered": now.answered, "asked": now.asked, "topic": literal(topic)}
    match reason:
        case Fell(before):
            since = day_of(before.at)
            return words.PULSE_FELL.format(
                before=figure(before.mean), after=figure(now.mean), since=since, **counts
            )
        case Low():
            return words.PULSE_LOW.format(mean=figure(now.mean), limit=f"{limits.low:g}", **counts)
        case Quiet():
            said = words.PULSE_QUIET if now.answered >= FEWEST else words.PULSE_QUIET_FEW
            return said.format(limit=limits.rate, **counts)


def trend_blocks(pulses: Sequence[Pulse], topic: str) -> list[Block]:
    """A pulse over time, oldest first: a picture, and each occurrence's mean and number of answers."""
    days = tuple(day_of(pulse.at) for pulse in pulses)
    series = DataSeries(words.PULSE_MEAN, tuple(pulse.mean for pulse in pulses))
    chart = Chart(words.PULSE_CHART.format(topic=topic), "lines", days, (series,), float(STEPS))
    pairs = tuple(zip(days, map(_counted, pulses), strict=True))
    drawn = [chart] if any(pulse.mean is not None for pulse in pulses) else []
    return [*drawn, Facts(pairs), Text(words.PULSE_GROUPS)]


def figure(mean: float | None) -> str:
    """A mean as people read it, always with its decimal."""
    return "" if mean is None else f"{mean:.1f}"


def _counted(pulse: Pulse) -> str:
    if pulse.mean is None:
        return words.PULSE_HIDDEN.format(asked=pulse.asked)
    return words.PULSE_COUNT.format(mean=figure(pulse.mean), answered=pulse.answered, asked=pulse.asked)
