"""What an advisor is shown of an occurrence: its report, its wrap-up, who has answered, what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogs.core.addresses import by_mail
from dialogs.core.commands import SeriesAct, StartHere, UseTemplate, encode
from dialogs.core.mentions import spoken
from dialogs.core.phrasing import phrased
from dialogs.core.reminder_model import Lapse, LedgerEntry, Series
from dialogs.core.replies import Block, Chart, Choice, Choices, Facts, Frozen, Quote, Reply, Text, Title
from dialogs.core.replies import DataSeries as Row
from dialogs.core.result_model import PulseResult
from dialogs.core.text import clipped, literal
from dialogs.reminders.cards import called
from dialogs.reminders.due import day_of
from dialogs.reminders.ledger import NAMED, counts, failed, reason_of, reasons, silent
from dialogs.reminders.steering import moment_in_words
from dialogs.results.pulse import Limits, Reason, answered, cooling, figure, in_words, trend_blocks
from dialogs.results.small_groups import FEWEST
from dialogs.wording import mail as mail_words
from dialogs.wording import reminders as words
from dialogs.wording import reports
from dialogs.wording.dates import short_date
from knowledge import Knowledge

LIMITS = Limits()
NAMES_SHOWN = 60
COMMENTS_SHOWN = 10
_ORDER = (
    *("acknowledged", "answered", "snoozed", "muted", "failed", "suspended", "missed", "cancelled"),
    *("scheduled", "returned", "sent"),
)
assert sorted(_ORDER) == sorted(NAMED)


class SendReport(Frozen, frozen=True):
    """All that is known of one occurrence."""

    series: Series
    key: str
    entries: tuple[LedgerEntry, ...]
    pulse: PulseResult | None = None
    comments: tuple[tuple[str, str], ...] = ()
    """(name, comment), as far as they may be shown."""
    assistants: tuple[tuple[str, str], ...] = ()
    """(who answers, for whom), by name, of those who get it."""


def report_card(outcome: SendReport) -> Reply:
    """A picture of what became of an occurrence, whose figures every platform shows beside it as text,
    with what can be done about it."""
    series, entries = outcome.series, outcome.entries
    counted = counts(entries)
    title = Title(reports.REPORT.format(what=name_of(series)))
    said = [
        reports.OCCURRENCE.format(date=day_of(outcome.series, outcome.key)),
        reports.recipients(len(entries)),
    ]
    if mailed := sum(by_mail(entry.recipient) for entry in entries):
        said.append(mail_words.COUNT_BY_MAIL.format(count=mailed))
    blocks: list[Block] = [title, Text(" · ".join(said))]
    if counted:
        labels = tuple(reports.STATES[key] for key in counted)
        values = tuple(float(key) for key in counted.values())
        blocks.append(
            Chart(reports.CHART, "bars", labels, (Row(reports.CHART, values),), float(len(entries)))
        )
    blocks += [*_failures(entries), *_assistants(outcome)]
    twice = sum(entry.twice for entry in entries)
    if twice:
        blocks.append(Text(reports.TWICE.format(count=twice)))
    if outcome.pulse is not None:
        blocks += [Text(_figure(outcome.pulse, counted=_counted(outcome))), *_comments(outcome)]
    return Reply((*blocks, Choices(_ways(outcome, trend=bool(series.pulses)))), private=True)


def wrap_card(outcome: SendReport, kb: Knowledge) -> Reply:
    """What became of an occurrence, when it is over; where a pulse cools, what to do about it."""
    series = outcome.series
    blocks: list[Block] = [
        Text(reports.WRAP.format(what=called(series.draft), date=day_of(outcome.series, outcome.key))),
        Text(counts_in_words(counts(outcome.entries), len(outcome.entries))),
        *_failures(outcome.entries),
        *_assistants(outcome),
    ]
    why: Sequence[Reason] = ()
    if outcome.pulse is not None:
        why, counted = cooling(series.pulses, LIMITS) if series.pulses else (), _counted(outcome)
        if not why or outcome.pulse.mean is None:  # else it is said with why it cools
            blocks.append(Text(_figure(outcome.pulse, counted=counted)))
            counted = True
        if why:
            blocks.append(Text(in_words(why, topic_of(series), LIMITS, counted=counted)))
        blocks += _comments(outcome)
    ways = _ways(outcome, trend=not why and bool(series.pulses))
    return Reply((*blocks, Choices(ways), *(_what_to_do(series, kb) if why else ())), private=True)


def failures_card(outcome: SendReport) -> Reply:
    """Some could not be reached."""
    lost, all = failed(outcome.entries), len(outcome.entries)
    said = reports.FAILURES.format(
        count=len(lost), all=all, what=called(outcome.series.draft), date=day_of(outcome.series, outcome.key)
    )
    id, key = outcome.series.id, outcome.key
    again = Choice(reports.AGAIN_BUTTON, encode(SeriesAct("again", id, key)))
    report = Choice(reports.REPORT_BUTTON, encode(SeriesAct("report", id, key)))
    return Reply((Text(said), *_failures(outcome.entries), Choices((again, report))), private=True)


def who_card(outcome: SendReport) -> Reply:
    """Who is where, by name; of an anonymous pulse only who took part. Never why somebody stopped it."""
    title = Title(reports.WHO.format(what=name_of(outcome.series)))
    pairs = tuple((entry.name or words.SOMEBODY, _where(entry)) for entry in outcome.entries[:NAMES_SHOWN])
    blocks: list[Block] = [
        title,
        Text(reports.OCCURRENCE.format(date=day_of(outcome.series, outcome.key))),
        Facts(pairs),
    ]
    if len(outcome.entries) > NAMES_SHOWN:
        blocks.append(Text(reports.WHO_MORE.format(count=len(outcome.entries) - NAMES_SHOWN)))
    blocks += _assistants(outcome)
    return Reply((*blocks, Choices(_ways(outcome, trend=False))), private=True)


def trend_card(series: Series) -> Reply:
    """A pulse over time."""
    return Reply(tuple(trend_blocks(series.pulses, topic_of(series))), private=True)


def missed_card(
    series: Series, keys: Sequence[str], lapses: Sequence[Lapse], coming: datetime | None
) -> Reply:
    """Occurrences that never went out."""
    count = len(keys) + sum(lapse.count for lapse in lapses)
    days = sorted([*keys, *(lapse.first for lapse in lapses), *(lapse.last for lapse in lapses)])
    dates = (
        day_of(series, days[0])
        if days[0] == days[-1]
        else f"{day_of(series, days[0])} – {day_of(series, days[-1])}"
    )
    said = reports.MISSED.format(
        count=count,
        what=called(series.draft),
        hours=series.draft.catch_up_hours,
        it=reports.IT_WAS if count == 1 else reports.THEY_WERE,
        dates=dates,
        next=reports.NEXT.format(when=moment_in_words(coming, series.owner_zone))
        if coming
        else words.NO_NEXT,
    )
    return Reply((Text(said),), private=True)


def counts_in_words(counted: Mapping[str, int], total: int) -> str:
    """For example "13 recipients · 8 done · 2 put off · 1 failed · 2 silent"."""
    parts = [
        reports.STATE_COUNT.format(count=counted[state], state=reports.STATES[state])
        for state in _ORDER
        if counted.get(state)
    ]
    return " · ".join([reports.recipients(total), *parts])


def _what_to_do(series: Series, kb: Knowledge) -> list[Block]:
    """What the lesson says to a pulse that cools, and what can be done about it."""
    blocks: list[Block] = []
    lesson = kb.lessons.get(series.draft.lesson)
    if lesson is not None:
        blocks.append(Text(phrased(reports.LESSON, kb, lead=literal(lesson.lead))))
    ways = [Choice(reports.TREND_BUTTON, encode(SeriesAct("trend", series.id)))]
    written = [found for found in kb.templates.on_lesson(series.draft.lesson) if found.kind == "remind"]
    for template in written[:1]:
        label = reports.REMIND_BUTTON.format(title=template.title)
        ways.append(Choice(label, encode(UseTemplate(template.id))))
    ways.append(Choice(reports.CHECK_BUTTON, encode(StartHere("readiness"))))
    ways.append(Choice(reports.NOTHING_BUTTON, encode(SeriesAct("noted", series.id, series.sent[-1].key))))
    return [*blocks, Choices(tuple(ways))]


def _failures(entries: Sequence[LedgerEntry]) -> list[Block]:
    lost = reasons(entries)
    if not lost:
        return []
    lines = [
        reports.BECAUSE.format(names=reports.several([_name(entry) for entry in some]), reason=reason_of(why))
        for why, some in lost
    ]
    for told, reasons_told in ((reports.BLOCKED, words.BLOCKING), (reports.BOUNCED, words.BOUNCING)):
        if any(why in reasons_told for why, _ in lost):
            lines.append(told)
    return [Text("\n".join(f"- {line}" for line in lines))]


def _assistants(outcome: SendReport) -> list[Block]:
    lines = (
        reports.ANSWERS_FOR.format(who=literal(who), whom=literal(whom)) for who, whom in outcome.assistants
    )
    said = "\n".join(f"- {line}" for line in lines)
    return [Text(said)] if said else []


def _ways(outcome: SendReport, *, trend: bool) -> tuple[Choice, ...]:
    id, key = outcome.series.id, outcome.key
    quiet, ways = len(silent(outcome.entries)), list[Choice]()
    if quiet:
        label = reports.NUDGE_ONE if quiet == 1 else reports.NUDGE_BUTTON.format(count=quiet)
        ways.append(Choice(label, encode(SeriesAct("nudge", id, key))))
    if failed(outcome.entries):
        ways.append(Choice(reports.AGAIN_BUTTON, encode(SeriesAct("again", id, key))))
    ways.append(Choice(reports.WHO_BUTTON, encode(SeriesAct("who", id, key))))
    if trend:
        ways.append(Choice(reports.TREND_BUTTON, encode(SeriesAct("trend", id))))
    return tuple(ways)


def _counted(outcome: SendReport) -> bool:
    """Whether the counts of the sends tell how many have answered, and of how many."""
    pulse, entries = outcome.pulse, outcome.entries
    return pulse is not None and (counts(entries).get("answered"), len(entries)) == (
        pulse.answered,
        pulse.asked,
    )


def _figure(pulse: PulseResult, *, counted: bool) -> str:
    """What a pulse came to; ``counted``: how many answered is said beside it."""
    if pulse.withheld:
        said = reports.PULSE_UNKNOWN if pulse.unknown else reports.PULSE_WITHHELD
        return said.format(answered=answered(pulse))
    if pulse.mean is None:
        return reports.PULSE_FEW
    said = reports.PULSE_AVERAGE if counted else reports.PULSE_FIGURE[bool(pulse.asked)]
    return said.format(mean=figure(pulse.mean), answered=pulse.answered, asked=pulse.asked)


def _comments(outcome: SendReport) -> list[Block]:
    pulse = outcome.pulse
    if pulse is None or not outcome.comments:
        return []
    if outcome.series.anonymous(outcome.key) and pulse.answered < FEWEST:
        return []
    blocks: list[Block] = [
        Text(reports.COMMENTS_ANONYMOUS if outcome.series.anonymous(outcome.key) else reports.COMMENTS)
    ]
    for name, comment in outcome.comments[:COMMENTS_SHOWN]:
        if name:
            blocks.append(Text(reports.COMMENT_BY.format(name=literal(name))))
        blocks.append(Quote(comment))
    if (left := len(outcome.comments) - COMMENTS_SHOWN) > 0:
        blocks.append(Text(reports.COMMENTS_MORE[left != 1].format(count=left)))
    return blocks


def _where(entry: LedgerEntry) -> str:
    said = _state(entry)
    return f"{said}, {mail_words.BY_MAIL}" if by_mail(entry.recipient) else said


def _state(entry: LedgerEntry) -> str:
    said = reports.STATES[entry.state]
    if entry.state in ("failed", "suspended"):
        return f"{said}: {reason_of(entry.detail)}"
    if entry.state == "acknowledged" and entry.detail:
        return f"{said} ({entry.detail})"
    if entry.state == "snoozed":
        return f"{said} until {short_date(datetime.fromisoformat(entry.detail))}"
    return said


def _name(entry: LedgerEntry) -> str:
    return literal(entry.name or words.SOMEBODY)


def topic_of(series: Series) -> str:
    """What a pulse is on, as a sentence begins with it."""
    topic = spoken(series.draft.topic or series.draft.what)
    return topic[:1].upper() + topic[1:]


def name_of(series: Series) -> str:
    """What a series is called in a title, in plain text."""
    return clipped(spoken(series.draft.topic or series.draft.what), 60)
