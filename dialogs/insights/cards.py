"""Insights as cards: the point of them on one, and each further view on one of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import get_args

from dialogs.core.commands import Insight, TeachingAct, encode
from dialogs.core.insight_model import Insights, InsightView, PlaceTrend, PulseTrend, SharePart
from dialogs.core.replies import Block, Chart, Choice, Choices, DataSeries, Details, Facts, Text, Title
from dialogs.core.text import clipped, literal
from dialogs.core.text import words as words_of
from dialogs.insights.clusters import cluster_id
from dialogs.insights.disclosing import total
from dialogs.readiness.outcome import day_of
from dialogs.wording import insights as words
from knowledge import Knowledge
from knowledge.authoring.clusters import Cluster
from knowledge.readiness import STEPS

_FIRST, _LISTED = 3, 12
"""Clusters on the first card, and in their own view; each has its button."""
_BARS, _SERIES = 5, 6
"""The best and the worst lessons that are drawn, and lines in one picture."""
_HUNDRED = 100.0


def blocks(view: InsightView, insights: Insights, kb: Knowledge) -> list[Block]:
    """One view, with the ways to the others."""
    match view:
        case "":
            shown = _overview(insights, kb)
        case "weeks":
            shown = _weeks(insights)
        case "unanswered":
            shown = [Title(words.VIEWS[view]), *_clusters(insights, kb, _LISTED)]
        case "lessons":
            shown = [Title(words.LESSONS), *_lessons(insights, kb)]
        case "quiz":
            shown = [Title(words.QUIZ), *_quiz(insights, kb)]
        case "trends":
            shown = [Title(words.TRENDS), *_trends(insights, kb)]
    others: Iterable[InsightView] = (other for other in get_args(InsightView) if other != view)
    return [*shown, Choices(tuple(_way(other, insights) for other in others))]


def _way(view: InsightView, insights: Insights) -> Choice:
    """The button of another view; the picture of the weeks is part of what the overview says."""
    unfolds = Details(tuple(_weeks(insights)[1:])) if view == "weeks" and insights.weeks else None
    return Choice(words.VIEWS[view], encode(Insight(view)), unfolds=unfolds)


def _overview(insights: Insights, kb: Knowledge) -> list[Block]:
    return [Title(words.TITLE), _weeks(insights)[0], *_clusters(insights, kb, _FIRST)]


def _weeks(insights: Insights) -> list[Block]:
    hidden = insights.hidden_weeks
    aside = [Text(words.HIDDEN[hidden != 1].format(count=hidden))] if hidden else []
    if not insights.weeks:
        return [Text(words.NO_WEEKS)]
    whole, many = total(insights.weeks), len(insights.weeks)
    said = words.HEAD.format(
        total=whole.total, weeks=words.WEEKS[many != 1].format(count=many),
        answer=_percent(whole.answer / whole.total), suggest=_percent(whole.suggest / whole.total),
        none=_percent(whole.none / whole.total),
    )  # fmt: skip
    bands = {
        words.ANSWERED: [each.answer for each in insights.weeks],
        words.OFFERED: [each.suggest for each in insights.weeks],
        words.DECLINED: [each.none for each in insights.weeks],
    }
    chart = Chart(
        words.CHART, "lines", tuple(f"{each.week:%-d %b}" for each in insights.weeks),
        tuple(DataSeries(name, tuple(map(float, counts))) for name, counts in bands.items()),
        float(max(max(counts) for counts in bands.values()) or 1),
        tuple(each.week.isoformat() for each in insights.weeks),
    )  # fmt: skip
    return [Text(said), chart, *aside]


def _clusters(insights: Insights, kb: Knowledge, most: int) -> list[Block]:
    """At ``most`` so many topics that no lesson answers, and how many aren't shown."""
    found, hidden = insights.clusters, insights.hidden_clusters
    said = Text(words.HIDDEN_TOPICS[hidden != 1].format(count=hidden))
    aside: list[Block] = [said] if hidden else []
    if not found:
        return aside or [Text(words.NOTHING_UNANSWERED)]
    pairs = tuple(
        (f"{number}. {_proposed(cluster, kb)}", _asked(cluster))
        for number, cluster in enumerate(found[:most], 1)
    )
    ways = tuple(
        Choice(
            words.TEACH_NUMBERED.format(number=number) if len(found) > 1 else words.TEACH,
            encode(TeachingAct("from", cluster_id(cluster.questions[0]))), opens=True,
            about=clipped(cluster.questions[0]),
        )
        for number, cluster in enumerate(found[:most], 1)
    )  # fmt: skip
    left = len(found) - most
    more = [Text(words.MORE[left != 1].format(count=left))] if left > 0 else []
    return [Text(f"**{words.UNANSWERED}**"), Facts(pairs), *more, Choices(ways), *aside]


def _proposed(cluster: Cluster, kb: Knowledge) -> str:
    if cluster.lesson in kb.lessons:
        return words.JOINS.format(title=kb.lessons[cluster.lesson].title)
    return cluster.title


def _asked(cluster: Cluster) -> str:
    times = words.ASKED[cluster.times != 1].format(count=cluster.times)
    question = cluster.questions[0]
    if not cluster.lesson and words_of(question) == words_of(cluster.title):
        return times  # its title is the question
    return words.LIKE.format(asked=times, question=clipped(question))


def _lessons(insights: Insights, kb: Knowledge) -> list[Block]:
    helpful = _ranked(insights.helpful, {id: lesson.title for id, lesson in kb.lessons.items()})
    if not helpful:
        return [Text(words.NO_LESSONS)]
    (best, most), (worst, least) = helpful[0], helpful[-1]
    head = words.LESSONS_HEAD if len(helpful) > 1 else words.LESSONS_ONE
    said = head.format(
        best=literal(best), high=_whole(most), worst=literal(worst), low=_whole(least), people=most.people
    )
    drawn = helpful if len(helpful) <= 2 * _BARS else [*helpful[:_BARS], *helpful[-_BARS:]]
    return [Text(said), _bars(words.LESSONS_CHART, drawn), Text(words.AS_OF)]


def _quiz(insights: Insights, kb: Knowledge) -> list[Block]:
    texts = {id: question.text for id in (*insights.missed, *dict(insights.missed_together))
             if (question := kb.quiz.question(id)) is not None}  # fmt: skip
    missed = [(text, part) for text, part in _ranked(insights.missed, texts) if part.part]
    shown: list[Block] = [Text(words.NO_QUIZ)]
    if missed:
        worst, most = missed[0]
        said = words.QUIZ_HEAD.format(question=literal(clipped(worst)), part=_whole(most), people=most.people)
        shown = [Text(said), _bars(words.QUIZ_CHART, missed[:_BARS]), Text(words.AS_OF)]
    together = tuple(
        (texts[id], words.TOGETHER_TIMES[times != 1].format(count=times))
        for id, times in insights.missed_together if id in texts
    )[:_BARS]  # fmt: skip
    if together:
        shown += [Text(f"**{words.TOGETHER}**"), Facts(together)]
    return shown


def _trends(insights: Insights, kb: Knowledge) -> list[Block]:
    shown = [*_checks(insights.checks, kb), *_pulses(insights.pulses)]
    return shown or [Text(words.NO_TRENDS)]


def _checks(checks: Sequence[PlaceTrend], kb: Knowledge) -> list[Block]:
    """Each channel's joint checks, a line a channel and check."""
    lines: dict[str, list[tuple[datetime, float]]] = {}
    for trend in checks:
        for result in trend.results:
            if result.overall is not None and result.check in kb.checks:
                place = trend.place or words.A_PLACE
                name = words.IN_PLACE.format(check=kb.checks[result.check].title, place=place)
                lines.setdefault(name, []).append((result.at, float(result.overall)))
    if not lines:
        return []
    longest = max(map(len, lines.values()))
    labels = tuple(words.CHECK_NUMBER.format(number=number) for number in range(1, longest + 1))
    series = tuple(
        DataSeries(name, (*(score for _, score in points), *[None] * (longest - len(points))))
        for name, points in list(lines.items())[:_SERIES]
    )
    pairs = tuple((name, _moved(points, "{:.0f}")) for name, points in lines.items())
    drawn = [Chart(words.CHECKS_CHART, "lines", labels, series, _HUNDRED)] if longest > 1 else []
    return [*drawn, Facts(pairs)]


def _pulses(pulses: Sequence[PulseTrend]) -> list[Block]:
    """Each pulse by the month: its last one in it."""
    lines = {
        trend.name: [(pulse.at, pulse.mean) for pulse in trend.pulses if pulse.mean is not None]
        for trend in pulses
    }
    lines = {name: points for name, points in lines.items() if points}
    if not lines:
        return []
    months = sorted({(at.year, at.month) for points in lines.values() for at, _ in points})
    series = []
    for name, points in list(lines.items())[:_SERIES]:
        last = {(at.year, at.month): mean for at, mean in points}
        series.append(DataSeries(name, tuple(last.get(month) for month in months)))
    labels = tuple(f"{datetime(year, month, 1):%b %Y}" for year, month in months)  # noqa: DTZ001 (a name)
    pairs = tuple((name, _moved(points, "{:.1f}")) for name, points in lines.items())
    drawn = (
        [Chart(words.PULSES_CHART, "lines", labels, tuple(series), float(STEPS))] if len(months) > 1 else []
    )
    return [*drawn, Facts(pairs)]


def _moved(points: Sequence[tuple[datetime, float]], written: str) -> str:
    (first_at, first), (last_at, last) = points[0], points[-1]
    if len(points) == 1:
        return words.ONCE.format(score=written.format(last), day=day_of(last_at))
    return words.MOVED.format(
        first=written.format(first), last=written.format(last), from_=day_of(first_at), to=day_of(last_at)
    )


def _ranked(parts: Mapping[str, SharePart], names: Mapping[str, str]) -> list[tuple[str, SharePart]]:
    """What has a name, the largest part first."""
    known = [(names[id], part) for id, part in parts.items() if id in names]
    return sorted(known, key=lambda item: (-item[1].part, -item[1].people, item[0]))


def _bars(title: str, ranked: Sequence[tuple[str, SharePart]]) -> Chart:
    values = tuple(float(_whole(part)) for _, part in ranked)
    return Chart(title, "bars", tuple(name for name, _ in ranked), (DataSeries(title, values),), _HUNDRED)


def _whole(part: SharePart) -> int:
    return round(part.part * _HUNDRED)


def _percent(part: float) -> str:
    return f"{round(part * _HUNDRED)}%"
