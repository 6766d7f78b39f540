"""How a readiness check looks while it is taken: one step at a time."""

from __future__ import annotations

from typing import Literal

from dialogs.core.commands import CheckAct, encode
from dialogs.core.model import World
from dialogs.core.replies import Block, Choice, Choices, Progress, Text, Title
from dialogs.core.text import literal
from dialogs.core.work import CheckRun
from dialogs.readiness.scoring import UNKNOWN
from dialogs.wording import readiness as words
from knowledge import Readiness, Statement

LONGEST_PURPOSE = 300
"""Characters of the purpose, once cleaned."""
FEWEST_PARTNERS, MOST_BUTTONS = 2, 6

Step = Statement | Literal["model", "partners", "purpose"]


def steps(check: Readiness) -> tuple[Step, ...]:
    """All that a check asks: its statements, then what it wants to know of the partnership."""
    asked: list[Step] = list(check.statements)
    if check.models:
        asked.append("model")
    if check.partners_question:
        asked.append("partners")
    if check.purpose_question:
        asked.append("purpose")
    return tuple(asked)


def step_card(run: CheckRun, check: Readiness, world: World) -> list[Block]:
    """The step at which the check stands, with what was answered there before marked."""
    asked = steps(check)
    blocks: list[Block] = [Title(check.title), Progress(run.at, len(asked))]
    step = asked[run.at]
    if isinstance(step, Statement):
        blocks += _statement(run, check, step, world)
    elif step == "model":
        titles = [(world.knowledge.lessons[model].title, model == run.model) for model in check.models]
        options = (_answer(run, number, *name) for number, name in enumerate(titles, 1))
        blocks += [_asked(run, check, check.model_question), Choices(tuple(options))]
    elif step == "partners":
        counts = range(FEWEST_PARTNERS, MOST_BUTTONS + 1)
        options = (_answer(run, key, partners(key), key == min(run.partners, MOST_BUTTONS)) for key in counts)
        blocks += [_asked(run, check, check.partners_question), Choices(tuple(options))]
    else:
        how = words.CHECK_PURPOSE if world.place.kind == "direct" else words.CHECK_TYPE_IN_CHAT
        blocks += [_asked(run, check, check.purpose_question), Text(how.format(limit=LONGEST_PURPOSE))]
    return [*blocks, _ways(run)]


def partners(count: int) -> str:
    """A number of partners as people read it."""
    return words.CHECK_SIX if count == MOST_BUTTONS else str(count)


def _statement(run: CheckRun, check: Readiness, statement: Statement, world: World) -> list[Block]:
    factor = world.knowledge.lessons[statement.factor].title
    before = run.answers.get(statement.id)
    scale = tuple(_answer(run, value, label, value == before) for value, label in enumerate(check.scale, 1))
    unknown = _answer(run, UNKNOWN, check.unknown, before == UNKNOWN)
    asked = _asked(run, check, statement.text)
    blocks: list[Block] = [Text(f"*{literal(factor)}*"), asked, Choices(scale), Choices((unknown,))]
    if run.at:
        return blocks
    by_hand = words.CHECK_BY_HAND.format(low=literal(check.scale[0]), high=literal(check.scale[-1]))
    return [Text(literal(check.intro)), *blocks, Text(by_hand)]


def _asked(run: CheckRun, check: Readiness, text: str) -> Text:
    total = len(steps(check))
    return Text(words.CHECK_STEP.format(number=run.at + 1, total=total, text=literal(text)))


def _answer(run: CheckRun, value: int, label: str, chosen: bool) -> Choice:
    says = encode(CheckAct("answer", run.id, run.at + 1, value))
    return Choice(f"✓ {label}" if chosen else label, says, primary=chosen)


def _ways(run: CheckRun) -> Choices:
    number = run.at + 1
    back = (Choice(words.CHECK_BACK, encode(CheckAct("back", run.id, number))),) if run.at else ()
    return Choices(
        (
            *back,
            Choice(words.CHECK_SKIP, encode(CheckAct("skip", run.id, number))),
            Choice(words.CHECK_PAUSE, encode(CheckAct("pause", run.id))),
        )
    )
