"""What a finished readiness check comes to for the person who took it, and how that has moved over time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from dialogs.core.commands import CheckHistory, encode
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Block, Chart, Choice, Choices, DataSeries, Details, Facts, Text, Title
from dialogs.core.text import literal, stems, word_set
from dialogs.core.work import CheckResult, CheckRun
from dialogs.questions.blocks import citation, show
from dialogs.readiness.cards import partners
from dialogs.readiness.scoring import UNKNOWN, extremes, first_to_do, overall
from dialogs.wording import readiness as words
from dialogs.wording import results as joint_words
from dialogs.wording.conversation import ON_A_SIDE, listed
from knowledge import Knowledge, Lesson, Readiness, Statement

TOP = 100.0
_ACTIONS = 3
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SHORT = 4
_LEANING = word_set("it this that these those they he she so and but different")
"""A sentence that begins so leans on the one before it."""


def result_card(
    run: CheckRun, result: CheckResult, check: Readiness, answers: Mapping[str, int], kb: Knowledge
) -> list[Block]:
    """The result of ``answers`` (at least one): its point in words and as a picture, what to do next, and
    behind a button what this rests on."""
    title = Title(words.RESULT_TITLE.format(title=check.title))
    purpose = [Facts(((words.RESULT_PURPOSE, run.purpose),))] if run.purpose else []
    details = Choice(
        joint_words.DETAILS,
        encode(CheckHistory(minute_of(result.at))),
        unfolds=Details(tuple(detail_blocks(result, check, kb))),
    )
    ways = Choices((details, Choice(words.RESULT_HISTORY, encode(CheckHistory()))))
    found = [*_point(result, check, kb), *_actions(check, answers, kb)]
    return [title, *purpose, *found, Text(words.RESULT_ONE_VIEW), ways]


def detail_blocks(result: CheckResult, check: Readiness, kb: Knowledge) -> list[Block]:
    """What somebody's result rests on: what they didn't know, what the deck says of such a case and of the
    weakest factor, and the lessons."""
    unknown = tuple(
        (kb.lessons[factor].title, words.RESULT_UNKNOWN.format(count=count, unknown=check.unknown))
        for factor, count in result.unknown.items()
        if count and factor in kb.lessons
    )
    _, weakest = extremes(result.scores)
    cited = citation(kb, kb.lessons[weakest[0] if weakest else check.factors[0]])
    context = deck_on(result.model, result.partners, check, kb)
    return [*([Facts(unknown)] if unknown else []), *context, cited, show(kb, check.factors)]


def minute_of(moment: datetime) -> str:
    """What one result is called among those of its person or place: by the minute."""
    return f"{moment:%Y-%m-%dT%H:%M}"


def history_blocks(results: tuple[CheckResult, ...], check: Readiness, kb: Knowledge) -> list[Block]:
    """The results of one check over time, oldest first (at least one)."""
    pairs = [
        (day_of(result.at), f"{words.RESULT_OVERALL} {figure_of(overall(result.scores.values()))}")
        for result in results
    ]
    blocks: list[Block] = [Title(f"{words.HISTORY_TITLE}: {check.title}")]
    if len(results) > 1:
        scores, last = [result.scores for result in results], day_of(results[-2].at)
        blocks += [
            moved(last, scores[-2], scores[-1], kb),
            trend([result.at for result in results], scores, check, kb),
        ]
    else:
        blocks.append(bars(results[-1].scores, kb))
    return [*blocks, Facts(tuple(pairs))]


def _point(result: CheckResult, check: Readiness, kb: Knowledge) -> list[Block]:
    """How ready, in words and as a picture; where nothing is known, that."""
    of_all = overall(result.scores.values())
    if of_all is None:
        return [Text(words.RESULT_ALL_UNKNOWN.format(unknown=literal(check.unknown)))]
    strongest, weakest = extremes(result.scores)
    said = [joint_words.OVERALL.format(score=figure_of(of_all), equal="")]
    said.append(
        words.RESULT_BETWEEN.format(
            strongest=literal(titles_of(strongest, kb)), weakest=literal(titles_of(weakest, kb))
        )
        if strongest
        else joint_words.LEVEL
    )
    return [Text(" ".join(said)), bars(result.scores, kb)]


def bars(scores: Mapping[str, float | None], kb: Knowledge) -> Chart:
    """A bar for each factor."""
    known = [factor for factor in scores if factor in kb.lessons]
    figures = tuple(_whole(scores[factor]) for factor in known)
    titles = tuple(kb.lessons[factor].title for factor in known)
    return Chart(words.RESULT_CHART, "bars", titles, (DataSeries(words.RESULT_OVERALL, figures),), TOP)


def deck_on(model: str, count: int, check: Readiness, kb: Knowledge) -> list[Block]:
    """What the deck says of a model (none where it is empty) and of a number of partners (none at 0)."""
    blocks: list[Block] = []
    if model in check.models:
        lesson = kb.lessons[model]
        said = phrased(ON_A_SIDE[lesson.side], kb) if lesson.side else lesson.lead.replace("**", "")
        named = words.RESULT_MODEL.format(title=literal(lesson.title), said=said)
        blocks += [Text(named), citation(kb, lesson)]
    about = _on_partners(check, kb) if count else None
    if about:
        lead = about.lead.replace("**", "")
        blocks.append(
            Text(
                words.RESULT_PARTNERS.format(
                    question=literal(check.partners_question), count=partners(count), lead=lead
                )
            )
        )
    return blocks


def _on_partners(check: Readiness, kb: Knowledge) -> Lesson | None:
    """The lesson that says how many partners there should be: the factor that the question is nearest to."""
    found = kb.match(check.partners_question).lesson if check.partners_question else None
    return kb.lessons[found] if found in check.factors and found else None


def _actions(check: Readiness, answers: Mapping[str, int], kb: Knowledge) -> list[Block]:
    """What to do next, in order."""
    statements = first_to_do(check, answers, _ACTIONS)
    if not statements:
        return [Text(words.RESULT_ALL_FULL)]
    used: set[str] = set()
    lines = [
        f"**{number}.** {_action(statement, answers[statement.id], check, kb, used)}"
        for number, statement in enumerate(statements, 1)
    ]
    return [Text("\n\n".join((words.RESULT_ACTIONS, *lines)))]


def _action(statement: Statement, answer: int, check: Readiness, kb: Knowledge, used: set[str]) -> str:
    lesson = kb.lessons[statement.factor]
    said, title = literal(statement.text), literal(lesson.title)
    if answer == UNKNOWN:
        return words.RESULT_FIND_OUT.format(statement=said, title=title)
    label = literal(check.scale[answer - 1])
    advice = advice_on(statement, lesson, used)
    return words.RESULT_LOW.format(statement=said, answer=label, title=title, advice=advice)


def advice_on(statement: Statement, lesson: Lesson, used: set[str]) -> str:
    """The statement's own advice; else, of our guidance on its factor, the sentence nearest to it.

    ``used`` gathers the sentences that were given, so that each is given once.
    """
    if statement.advice:
        return literal(statement.advice)
    sentences = _SENTENCE.split(" ".join(lesson.practice.split()))
    whole = [
        sentence for sentence in sentences if sentence.split()[0].casefold() not in _LEANING
    ] or sentences
    fresh = [sentence for sentence in whole if sentence not in used] or whole
    # Short words ("whether" aside) say nothing of what a sentence is about.
    wanted = {stem for stem in stems(statement.text) if len(stem) > _SHORT and stem != "whether"}
    best = max(fresh, key=lambda sentence: len(wanted & stems(sentence)))
    used.add(best)
    return best


def trend(
    when: Sequence[datetime], scores: Sequence[Mapping[str, float | None]], check: Readiness, kb: Knowledge
) -> Chart:
    """A line for each factor through its scores, one of each time."""
    days, dates = tuple(map(day_of, when)), tuple(moment.date().isoformat() for moment in when)
    series = tuple(
        DataSeries(kb.lessons[factor].title, tuple(_whole(score.get(factor)) for score in scores))
        for factor in check.factors
    )
    return Chart(words.HISTORY_CHART, "lines", days, series, TOP, dates)


def moved(
    day: str, before: Mapping[str, float | None], after: Mapping[str, float | None], kb: Knowledge
) -> Text:
    """What rose or fell since ``day``, in whole numbers as shown."""
    moves = []
    for factor, now in after.items():
        then = before.get(factor)
        if now is None or then is None or round(now) == round(then) or factor not in kb.lessons:
            continue
        template = words.HISTORY_MOVE["up" if now > then else "down"]
        title = literal(kb.lessons[factor].title)
        moves.append(template.format(title=title, before=round(then), after=round(now)))
    if not moves:
        return Text(words.HISTORY_STILL.format(date=day))
    return Text(words.HISTORY_MOVED.format(date=day, moves="; ".join(moves)))


def titles_of(factors: tuple[str, ...], kb: Knowledge) -> str:
    """The titles of factors in a sentence."""
    return listed([kb.lessons[factor].title for factor in factors])


def figure_of(value: float | None) -> str:
    """A score in whole numbers, or that there is none."""
    return words.RESULT_NO_SCORE if value is None else str(round(value))


def _whole(value: float | None) -> float | None:
    return None if value is None else float(round(value))


def day_of(moment: datetime) -> str:
    """A day as people write it."""
    return f"{moment:%-d %B %Y}"
