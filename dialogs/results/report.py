"""A joint check's result as people see it, and a channel's results over time."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.core.commands import Again, CheckHistory, CheckIn, SessionAct, encode
from dialogs.core.replies import Block, Chart, Choice, Choices, DataSeries, Details, Facts, Text, Title
from dialogs.core.result_model import Factor, Figures, JointResult, Next
from dialogs.core.text import literal
from dialogs.questions.blocks import citation, show
from dialogs.readiness import outcome
from dialogs.readiness.scoring import extremes
from dialogs.results.small_groups import rounded
from dialogs.wording import readiness as readiness_words
from dialogs.wording import results as words
from dialogs.wording.conversation import listed
from knowledge import Knowledge, Readiness

_SERIES = 6
"""The most that a chart can tell apart."""
_GAP = 20
"""Points between two organisations from which on they disagree."""
_SHOWN = 8
"""The results that a history goes back."""
_GROUPS = Text(words.GROUPS)


def result_blocks(result: JointResult, check: Readiness, kb: Knowledge, id: str) -> list[Block]:
    """The whole result, for everyone: its point in words and as a picture, what to do next, and behind a
    button what this rests on.

    ``id`` names it in the button that exports it.
    """
    title = Title(words.TITLE.format(title=check.title))
    if result.empty:
        said, context = Text(words.NOTHING_SHOWN[result.withheld]), _context(result, check, kb)
        every = show(kb, check.factors)
        return [title, said, *_purpose(result), *context, every, _ways(result, check, kb, id)]
    text, _ = _actions(result, check, kb)
    left_out = [Text(words.WITHHELD_PARTS)] if result.withheld else []
    found = [_headline(result, kb), *left_out, *_disagreement(result, kb), *_unknown(result, check)]
    return [title, *found, *chart_blocks(result, kb), text, _ways(result, check, kb, id)]


def detail_blocks(result: JointResult, check: Readiness, kb: Knowledge) -> list[Block]:
    """What a result that has figures rests on: who answered, what the deck says of such a case, where of the
    weakest factor, the rules, and the lessons behind what to do next."""
    _, lessons = _actions(result, check, kb)
    read = [show(kb, lessons)] if lessons else []
    cited = citation(kb, kb.lessons[_weakest(result, check)])
    facts, context = _facts(result, check, kb), _context(result, check, kb)
    return [facts, *context, cited, _GROUPS, *read]


def history_blocks(results: Sequence[JointResult], check: Readiness, kb: Knowledge) -> list[Block]:
    """One check's results in a place over time, oldest first (at least one)."""
    results = results[-_SHOWN:]
    blocks: list[Block] = [Title(f"{words.HISTORY_TITLE}: {check.title}")]
    scored = [result for result in results if result.overall is not None]
    if len(scored) > 1:
        days = tuple(outcome.day_of(result.at) for result in scored)
        step = max(result.step for result in scored[-2:])
        before, after = (
            {factor: _as_float(rounded(score, step)) for factor, score in result.scores().items()}
            for result in scored[-2:]
        )
        chart = outcome.trend(
            [result.at for result in scored], [result.scores() for result in scored], check, kb
        )
        blocks += [outcome.moved(days[-2], before, after, kb), chart]
    elif scored:
        blocks.append(outcome.bars(scored[0].scores(), kb))
    return [*blocks, Facts(tuple((outcome.day_of(result.at), _in_words(result)) for result in results))]


def _headline(result: JointResult, kb: Knowledge) -> Text:
    if result.overall is None:
        return Text(words.NO_SCORES)
    equal = words.EQUAL if result.organisations > 1 else ""
    said = [words.OVERALL.format(score=result.overall, equal=equal)]
    scores = result.scores()
    strongest, weakest = extremes(scores)
    if strongest:
        said.append(
            words.STRONGEST.format(
                titles=literal(outcome.titles_of(strongest, kb)), score=scores[strongest[0]],
                weakest=literal(outcome.titles_of(weakest, kb)), low=scores[weakest[0]],
            )
        )  # fmt: skip
    else:
        said.append(words.LEVEL)
    return Text(" ".join(said) if result.step == 1 else f"{' '.join(said)}\n\n{words.IN_TENS}")


def _disagreement(result: JointResult, kb: Knowledge) -> list[Block]:
    """Where organisations differ, the widest gap with its figures; then where people do."""
    gaps = [(gap, id) for id, factor in result.factors.items() if (gap := factor.gap()) and gap[2] >= _GAP]
    gaps.sort(key=lambda gap: -gap[0][2])
    blocks: list[Block] = []
    if gaps:
        (highest, lowest, _), factor = gaps[0]
        seen = result.factors[factor].organisations
        said = words.APART.format(
            title=literal(kb.lessons[factor].title),
            high=literal(result.names[highest]), most=seen[highest].score,
            low=literal(result.names[lowest]), least=seen[lowest].score,
        )  # fmt: skip
        others = len(gaps) - 1
        if others:  # the picture, or its figures, tells which
            said += " " + words.ALSO_APART[others != 1].format(count=others)
        blocks.append(Text(said))
    far = tuple(id for id, factor in result.factors.items() if factor.whole.spread == "far")
    if far:
        blocks.append(Text(words.PEOPLE_APART.format(titles=literal(outcome.titles_of(far, kb)))))
    return blocks


def _unknown(result: JointResult, check: Readiness) -> list[Block]:
    """The statement that most people don't know about."""
    texts = {statement.id: statement.text for statement in check.statements}
    found = [coming for coming in result.unknown if coming.statement in texts][:1]
    return [
        Text(
            words.UNKNOWN.format(
                share=words.OF_YOU[coming.share].capitalize(), statement=literal(texts[coming.statement])
            )
        )
        for coming in found
    ]


def chart_blocks(result: JointResult, kb: Knowledge) -> list[Block]:
    """All factors as bars, over all and by organisation; nothing where none is shown."""
    if result.overall is None:
        return []
    seen = result.factors.values()
    shown = [id for id in result.names if any(id in factor.organisations for factor in seen)]
    drawn = shown[: _SERIES - 1]
    series = [
        DataSeries(words.ALL, tuple(_as_float(factor.whole.score) for factor in seen)),
        *(
            DataSeries(
                result.names[id],
                tuple(_as_float(factor.organisations.get(id, Figures()).score) for factor in seen),
            )
            for id in drawn
        ),
    ]
    labels = tuple(kb.lessons[factor].title for factor in result.factors)
    chart = Chart(readiness_words.RESULT_CHART, "bars", labels, tuple(series), outcome.TOP)
    if len(drawn) == len(shown):
        return [chart]
    return [chart, Text(words.MORE.format(shown=len(drawn), all=len(shown)))]


def _facts(result: JointResult, check: Readiness, kb: Knowledge) -> Facts:
    people = words.PEOPLE if result.organisations == 1 else words.PEOPLE_OF
    pairs = [(words.TOOK_PART, people.format(people=result.participants, count=result.organisations))]
    alike: dict[str, list[str]] = {}
    for id, factor in result.factors.items():
        alike.setdefault(_details(factor, result.participants, check), []).append(kb.lessons[id].title)
    pairs += [(f"{said[:1].upper()}{said[1:]}", listed(titles)) for said, titles in alike.items()]
    if result.purpose:
        pairs.append((words.PURPOSE, result.purpose))
    return Facts(tuple(pairs))


def _details(factor: Factor, participants: int, check: Readiness) -> str:
    """What is to be known of a factor's score, which the picture has, in a line."""
    whole = factor.whole
    unknown = ""
    if whole.unknown not in ("", "few"):
        unknown = words.DONT_KNOW.format(share=words.SHARES[whole.unknown], unknown=check.unknown)
    if whole.score is None:
        said = words.NOT_SHOWN if factor.withheld else words.NO_FIGURE
        return ", ".join(sentence for sentence in (said, unknown) if sentence)
    answered = words.ANSWERED_BY_MOST
    if factor.answered == participants:
        answered = words.ANSWERED_BY_ALL
    elif factor.answered is not None:
        answered = words.ANSWERED.format(count=factor.answered)
    return ", ".join(part for part in (answered, words.SPREADS[whole.spread], unknown) if part)


def _purpose(result: JointResult) -> list[Block]:
    return [Facts(((words.PURPOSE, result.purpose),))] if result.purpose else []


def _context(result: JointResult, check: Readiness, kb: Knowledge) -> list[Block]:
    """Whether people agree on the model and the number of partners, and what the deck says of both."""
    blocks: list[Block] = []
    asked = literal(check.model_question)
    if result.models:
        named = [
            words.MODEL_OF.format(
                name=literal(result.names[id]), title=f"*{literal(kb.lessons[model].title)}*"
            )
            for id, model in result.models.items()
            if model in kb.lessons
        ]
        blocks.append(Text(words.MODELS_DIFFER.format(question=asked, models=listed(named))))
    elif result.model_divided:
        blocks.append(Text(words.MODEL_DIVIDED.format(question=asked)))
    if result.partners_divided:
        blocks.append(Text(words.PARTNERS_DIVIDED.format(question=literal(check.partners_question))))
    return [*blocks, *outcome.deck_on(result.model, result.partners, check, kb)]


def _actions(result: JointResult, check: Readiness, kb: Knowledge) -> tuple[Text, list[str]]:
    """What to do next, in order, and the lessons behind it."""
    statements = {statement.id: statement for statement in check.statements}
    actions = [following for following in result.actions if following.statement in statements]
    if not actions:
        return Text(words.NOTHING_ELSE if result.withheld else words.NOTHING_LOW), []
    used: set[str] = set()
    lowest = iter(words.LOWEST)
    lines = [words.NEXT.format(count=words.THINGS[len(actions)])]
    for number, coming in enumerate(actions, 1):
        statement = statements[coming.statement]
        lesson = kb.lessons[statement.factor]
        said = _template(coming).format(
            statement=literal(statement.text),
            share=words.OF_YOU.get(coming.share, ""), advice=outcome.advice_on(statement, lesson, used),
            lowest=next(lowest, words.LOWEST[-1]) if coming.why == "low" else "",
        )  # fmt: skip
        lines.append(f"**{number}.** {said}")
    lessons = dict.fromkeys(statements[following.statement].factor for following in actions)
    return Text("\n\n".join(lines)), list(lessons)


def _template(action: Next) -> str:
    return {"low": words.LOW, "unknown": words.FIND_OUT, "apart": words.TALK}[action.why]


def _ways(result: JointResult, check: Readiness, kb: Knowledge, id: str) -> Choices:
    """What can be done with the result."""
    again = Choice(words.AGAIN, encode(Again()))
    # Of a place: so it is asked for where the result stands, and not where its details may be told alone.
    history = Choice(words.HISTORY, encode(CheckHistory()))
    if result.empty:
        return Choices((again, history))
    weakest = _weakest(result, check)
    details = Choice(
        words.DETAILS,
        encode(CheckHistory(outcome.minute_of(result.at))),
        unfolds=Details(tuple(detail_blocks(result, check, kb))),
    )
    check_in = words.CHECK_IN.format(title=kb.lessons[weakest].title)
    export = Choice(words.EXPORT, encode(SessionAct("export", id, kind="readiness")))
    return Choices((details, export, history, Choice(check_in, encode(CheckIn(weakest, id))), again))


def _weakest(result: JointResult, check: Readiness) -> str:
    _, weakest = extremes(result.scores())
    return weakest[0] if weakest else check.factors[0]


def _in_words(result: JointResult) -> str:
    if not result.participants:
        return words.TOO_FEW_THEN
    if result.empty:
        return words.WITHHELD_THEN.format(people=result.participants)
    return words.HISTORY_ROW.format(overall=outcome.figure_of(result.overall), people=result.participants)


def _as_float(score: float | None) -> float | None:
    return None if score is None else float(score)
