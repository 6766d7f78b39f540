"""What an advisor is told once a week: all that went out, by series, and what else waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs.core.apart import told_apart
from dialogs.core.commands import Insight, SeriesAct, encode
from dialogs.core.reminder_model import Series
from dialogs.core.replies import Block, Choice, Choices, Reply, Text
from dialogs.core.text import clipped, literal
from dialogs.reminders.quiz_cards import in_words as quiz_in_words
from dialogs.reminders.report import LIMITS, counts_in_words, name_of, topic_of
from dialogs.results.pulse import cooling, in_words
from dialogs.wording import drafts, reports
from dialogs.wording import insights as insight_words

_BUTTON = 70
"""Characters of a button."""


def digest_card(
    lines: Sequence[tuple[Series, Mapping[str, int]]], where: Mapping[str, str], beside: Sequence[Block] = ()
) -> Reply:
    """A week: what went out, who is silent, what cooled; and what else waits (``beside``).

    ``where``: how people say that somebody is reached on each platform ("in Slack"), by its name.
    """
    blocks: list[Block] = [Text(reports.DIGEST)]
    names = told_apart([(name_of(series), _goes_to(series, where)) for series, _ in lines])
    for name, (series, counted) in zip(names[:10], lines, strict=False):
        quizzes = series.quizzes
        said = quiz_in_words(quizzes[-1]) if quizzes else counts_in_words(counted, sum(counted.values()))
        blocks.append(Text(reports.DIGEST_LINE.format(what=literal(name), counts=said)))
        if series.pulses and (why := cooling(series.pulses, LIMITS)):
            blocks.append(Text(reports.DIGEST_COOLED.format(why=in_words(why, topic_of(series), LIMITS))))
    buttons = tuple(
        Choice(clipped(f"{reports.REPORT_BUTTON}: {name}", _BUTTON), encode(SeriesAct("report", series.id)))
        for name, (series, _) in zip(names[:5], lines, strict=False)
    )
    ways = (Choices(buttons),) if buttons else ()
    insights = Choices((Choice(insight_words.TITLE, encode(Insight())),))
    return Reply((*blocks, *ways, *beside, insights, Text(reports.DIGEST_OFF)), private=True)


def _goes_to(series: Series, where: Mapping[str, str]) -> str:
    """Whom a series goes to, as it is told from another of its name."""
    names = [
        target.name or reports.PLACE_ON.format(reached=where.get(target.id.partition(":")[0], "")).rstrip()
        for target in series.draft.targets
        if target.name or target.kind == "channel"
    ]
    return drafts.LABEL_TO.format(whom=reports.several(names)) if names else ""
