"""What of all that is kept may be shown: what three people or more did, held against all shown before.

The words of questions show where three people have asked about their topic. A week shows once it is over,
since it would grow. What people found helpful or missed shows as it was shown last until three more have
joined in, so that no two looks, put beside each other, tell of one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from dialogs.core.insight_model import GatheredInsights, Insights, SharePart, WeekAsked
from dialogs.core.result_model import Disclosures
from dialogs.results.disclosures import Disclosing, group
from dialogs.results.small_groups import FEWEST
from knowledge.authoring.clusters import Cluster


def topics(gathered: GatheredInsights) -> list[str]:
    """What would be told of."""
    return [
        *(_week(week) for week in gathered.weeks),
        *(_helped(lesson) for lesson in gathered.ratings),
        *(_missed(question) for question in gathered.tries),
    ]


def shown(gathered: GatheredInsights, told: Disclosures, now: datetime) -> tuple[Insights, Disclosures]:
    """What may be shown of ``gathered``, and by topic all that is told with it, where that is new."""
    disclosing = Disclosing(told, f"insights {now.isoformat()}", now)
    weeks = tuple(
        asked
        for week, asked in sorted(gathered.weeks.items())
        if _week_shown(week, gathered.askers.get(week, frozenset()), told, disclosing)
    )
    wrong = {
        question: {member: not right for member, right in tried.items()}
        for question, tried in gathered.tries.items()
    }
    together = Counter(
        question
        for scoreboard in gathered.scoreboards if scoreboard.people >= FEWEST
        for question in dict.fromkeys(scoreboard.missed)
    )  # fmt: skip
    insights = Insights(
        weeks,
        len(gathered.weeks) - len(weeks),
        _parts(((lesson, _helped(lesson), by) for lesson, by in gathered.ratings.items()), told, disclosing),
        _parts(((question, _missed(question), by) for question, by in wrong.items()), told, disclosing),
        tuple(sorted(together.items(), key=lambda item: (-item[1], item[0]))),
    )
    return insights, disclosing.record()


def asked_by_several(found: Iterable[Cluster], askers: Mapping[str, frozenset[bytes]]) -> tuple[Cluster, ...]:
    """The topics whose questions may be shown; ``askers``: question -> who asked it."""
    return tuple(
        cluster
        for cluster in found
        if len(frozenset[bytes]().union(*(askers[question] for question in cluster.questions))) >= FEWEST
    )


def total(weeks: Iterable[WeekAsked]) -> WeekAsked:
    """All of some weeks together, as of the first."""
    every = list(weeks)
    return WeekAsked(
        every[0].week,
        sum(asked.answer for asked in every),
        sum(asked.suggest for asked in every),
        sum(asked.none for asked in every),
    )


def _week_shown(week: date, askers: frozenset[bytes], told: Disclosures, disclosing: Disclosing) -> bool:
    """Whether a week may be shown: it is over, so that what was shown once never changes."""
    topic = _week(week)
    if told.get(topic):
        return True
    return len(askers) >= FEWEST and disclosing.allows({topic: [group(askers)]})


def _parts(
    wanted: Iterable[tuple[str, str, Mapping[bytes, bool]]], told: Disclosures, disclosing: Disclosing
) -> dict[str, SharePart]:
    """(name, topic, whether it is so, by person) -> the part of whom it is so, where that may be shown."""
    found = {}
    for name, topic, by in wanted:
        part = _part(topic, by, told, disclosing)
        if part is not None:
            found[name] = part
    return found


def _part(
    topic: str, by: Mapping[bytes, bool], told: Disclosures, disclosing: Disclosing
) -> SharePart | None:
    before = told.get(topic, ())[-1:]
    last = [(each.at, of) for each in before for of in each.groups or () if of.figure is not None]
    people = tuple(sorted(by))
    if len(people) >= FEWEST and not any(of.parts == ((1, people),) for _, of in last):
        figure = round(sum(by.values()) / len(people), 2)
        if disclosing.allows({topic: [group(people, figure)]}):
            return SharePart(figure, len(people), disclosing.at)
    for at, of in last:
        assert of.figure is not None
        return SharePart(of.figure, len(of.parts[0][1]), at)
    return None


def _week(week: date) -> str:
    return f"asked in the week of {week.isoformat()}"


def _helped(lesson: str) -> str:
    return f"helped {lesson}"


def _missed(question: str) -> str:
    return f"missed {question}"
