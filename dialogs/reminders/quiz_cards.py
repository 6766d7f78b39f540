"""What an advisor is shown of a series of quizzes: what each came to, and whether it is to go on."""

from __future__ import annotations

from dialogs.core.commands import ChangeSeries, SeriesAct, encode
from dialogs.core.reminder_model import LedgerEntry, QuizOutcome, Series
from dialogs.core.replies import Block, Choice, Choices, Facts, Reply, Text, Title
from dialogs.core.text import literal
from dialogs.reminders.cards import called
from dialogs.reminders.due import day_of
from dialogs.reminders.ledger import failed, reason_of
from dialogs.reminders.quizzes import UNANSWERED
from dialogs.wording import failures, reminders, reports
from dialogs.wording import quiz_series as words

SHOWN = 10


def report(series: Series, entries: tuple[LedgerEntry, ...], key: str) -> Reply:
    """What the last quizzes came to, the newest first; why the one of ``key`` didn't reach its channel."""
    blocks: list[Block] = [Title(reports.REPORT.format(what=called(series.draft)))]
    blocks += [
        Text(reports.BECAUSE.format(names=day_of(series, key), reason=reason_of(entry.detail)))
        for entry in failed(entries)
    ]
    pairs = tuple((day_of(series, quiz.key), in_words(quiz)) for quiz in reversed(series.quizzes[-SHOWN:]))
    blocks.append(Facts(pairs) if pairs else Text(reminders.NOT_YET))
    ways = [Choice(words.CHANGE_BUTTON, encode(ChangeSeries(series.id)))]
    if failed(entries):
        ways.insert(0, Choice(failures.TRY_AGAIN, encode(SeriesAct("again", series.id, key))))
    return Reply((*blocks, Choices(tuple(ways))), private=True)


def go_on_card(series: Series, place: str) -> Reply:
    """Nobody answers in ``place``: asks whether it is to go on."""
    there = literal(place or words.ITS_CHANNEL)
    said = words.GO_ON.format(count=UNANSWERED, what=called(series.draft), place=there)
    ways = (
        Choice(words.GO_ON_BUTTON, encode(SeriesAct("resume", series.id)), primary=True),
        Choice(words.CHANGE_BUTTON, encode(ChangeSeries(series.id))),
        Choice(words.END_BUTTON, encode(SeriesAct("cancel", series.id))),
    )
    return Reply((Text(said), Choices(ways)), private=True)


def in_words(quiz: QuizOutcome) -> str:
    """For example "5 took part · 2.1 of 3 right on average"."""
    people = words.REPORT_PEOPLE.get(quiz.people) or words.REPORT_PEOPLE_MORE.format(count=quiz.people)
    if not quiz.asked:
        return people
    right = f"{quiz.right:.1f}".removesuffix(".0")
    return words.REPORT_LINE.format(people=people, right=right, asked=quiz.asked)
