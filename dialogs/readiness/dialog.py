"""A readiness check taken alone: started, answered step by step, paused, resumed and finished."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.alone import (
    away,
    card,
    kindly,
    left_out,
    name_run,
    sent,
)
from dialogs.core.commands import CheckAct, StartCheck, encode
from dialogs.core.effects import KeepResult, KeepWork
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice, Choices, Text, Title
from dialogs.core.work import CheckResult, CheckRun
from dialogs.questions.browse import headings
from dialogs.readiness.answering import MOST_PARTNERS, answered, without
from dialogs.readiness.cards import FEWEST_PARTNERS, step_card, steps
from dialogs.readiness.outcome import day_of, detail_blocks, history_blocks, minute_of, result_card
from dialogs.readiness.scoring import UNKNOWN, score
from dialogs.wording import readiness as words
from dialogs.wording import results as result_words
from knowledge import Readiness
from knowledge.readiness import STEPS

_SHOWN = 8
"""The results that a history goes back."""


def start(state: State, name: str, world: World) -> Decision:
    """Start a check; where one is under way, ask whether to go on with it."""
    if not world.remembers:
        return away(state, world)
    checks = world.knowledge.checks
    if not checks:
        blocks = (Text(words.CHECK_NONE), headings(world.knowledge))
        return Decision(state, (card(blocks, world, instead=False),))
    run, check = under_way(world)
    if run and check:
        said = words.CHECK_PAUSED_BEFORE.format(
            date=f"{run.started:%-d %B}", number=run.at + 1, total=len(steps(check))
        )
        ways = Choices(
            (
                Choice(words.CHECK_GO_ON, encode(CheckAct("resume", run.id)), primary=True),
                Choice(words.CHECK_AFRESH, encode(CheckAct("afresh", run.id))),
            )
        )
        reply = card([Text(said), ways], world, instead=False)
        return Decision(replace(state, doing=paused(run)), (reply,), arrived=sent(world))
    if name not in checks and len(checks) > 1:
        names = tuple(
            Choice(readiness.title, encode(StartCheck(readiness.id))) for readiness in checks.values()
        )
        blocks = (Text(words.CHECK_WHICH), Choices(names))
        return Decision(state, (card(blocks, world, instead=False),), arrived=sent(world))
    return _begin(state, checks.get(name) or next(iter(checks.values())), world, instead=False)


def act(state: State, done: CheckAct, world: World, pressed: bool) -> Decision:
    """Something done in a check; what belongs to another run or step changes nothing."""
    if not world.remembers:
        return away(state, world)
    run, check = under_way(world)
    if done.run and (run is None or run.id != done.run):
        return kindly(state, words.CHECK_OLD, world, pressed)
    if run is None or check is None:
        return kindly(state, words.CHECK_NOT_OPEN, world, pressed)
    match done.act:
        case "resume":
            return _show(state, run, check, world)
        case "afresh":
            return _begin(state, check, world, instead=True)
        case "pause":
            return _pause(state, run, check, world)
    if done.run and done.number != run.at + 1:
        passed = 0 < done.number <= run.at
        return kindly(state, words.CHECK_PASSED if passed else words.CHECK_OLD, world, pressed)
    if done.act == "back":
        if run.at == 0:
            return kindly(state, words.CHECK_FIRST_STEP, world, pressed)
        return _show(state, replace(run, at=run.at - 1), check, world)
    if done.act == "skip":
        return step_on(state, without(run, check), check, world)
    after = answered(run, check, done.value)
    if isinstance(after, str):
        return kindly(state, after, world, pressed)
    return step_on(state, after, check, world)


def shown_again(state: State, world: World) -> Decision | None:
    """The step that is open, once more; None where no check is under way."""
    run, check = under_way(world)
    return act(state, CheckAct("resume"), world, pressed=False) if run and check else None


def history(state: State, of: str, world: World) -> Decision:
    """The speaker's finished checks, and what moved since the one before; or what one of them (``of``, as
    ``minute_of`` calls it) rests on."""
    if not world.remembers:
        return away(state, world)
    if world.results is None:
        return Decision(state, needs="results")
    kb = world.knowledge
    replies = []
    for check in kb.checks.values():
        results = tuple(result for result in world.results if result.check == check.id)[-_SHOWN:]
        asked = next((result for result in results if minute_of(result.at) == of), None)
        if asked is not None:
            title = Title(result_words.DETAILS_OF.format(title=check.title, date=day_of(asked.at)))
            rests = card([title, *detail_blocks(asked, check, kb)], world, instead=False)
            return Decision(state, (rests,), arrived=sent(world))
        if results:
            replies.append(card(history_blocks(results, check, kb), world, instead=False))
    if not replies:
        blocks = (Text(words.HISTORY_NONE), Choices((Choice(words.HISTORY_START, encode(StartCheck())),)))
        replies.append(card(blocks, world, instead=False))
    replies += [card(more, world, instead=False)] if (more := left_out(world)) else []
    return Decision(state, tuple(replies), arrived=sent(world))


def under_way(world: World) -> tuple[CheckRun | None, Readiness | None]:
    """The run that is kept, within what its check asks today; none where the check is no longer there."""
    run = world.work.check
    check = world.knowledge.checks.get(run.check) if run else None
    if run is None or check is None:
        return None, None
    ids = {statement.id for statement in check.statements}
    answers = {id: answer for id, answer in run.answers.items() if id in ids and UNKNOWN <= answer <= STEPS}
    return replace(run, at=min(max(run.at, 0), len(steps(check)) - 1), answers=answers), check


def _begin(state: State, check: Readiness, world: World, *, instead: bool) -> Decision:
    run = CheckRun(name_run(world.seed, "readiness"), check.id, world.now)
    decision = _show(state, run, check, world, instead=instead)
    return replace(decision, arrived=sent(world) if not instead else "")


def _show(state: State, run: CheckRun, check: Readiness, world: World, *, instead: bool = True) -> Decision:
    effects = (KeepWork(replace(world.work, check=run)),) if run != world.work.check else ()
    reply = card(step_card(run, check, world), world, instead)
    return Decision(replace(state, doing=run.id), (reply,), effects=effects)


def step_on(state: State, run: CheckRun, check: Readiness, world: World) -> Decision:
    """The next step, or the result after the last one."""
    if run.at + 1 < len(steps(check)):
        return _show(state, replace(run, at=run.at + 1), check, world)
    put_away = KeepWork(replace(world.work, check=None))
    then = replace(state, doing="")
    if not run.answers:
        again = Choices((Choice(words.HISTORY_START, encode(StartCheck())),))
        return Decision(then, (card([Text(words.CHECK_EMPTY), again], world),), effects=(put_away,))
    scores = score(check, run.answers)
    partners = run.partners if FEWEST_PARTNERS <= run.partners <= MOST_PARTNERS else 0
    result = CheckResult(check.id, world.now, scores.factors, scores.unknown, run.model, partners)
    reply = card(result_card(run, result, check, run.answers, world.knowledge), world)
    return Decision(then, (reply,), effects=(put_away, KeepResult(result)))


def _pause(state: State, run: CheckRun, check: Readiness, world: World) -> Decision:
    said = words.CHECK_PAUSED.format(number=run.at + 1, total=len(steps(check)))
    go_on = Choices((Choice(words.CHECK_GO_ON, encode(CheckAct("resume", run.id))),))
    # Kept once more, so that the thirty days count from now.
    effects = (KeepWork(replace(world.work, check=run)),)
    reply = card([Text(said), go_on], world)
    return Decision(replace(state, doing=paused(run)), (reply,), effects=effects)


def paused(run: CheckRun) -> str:
    """Says in the state that this run was shown last without a step of it."""
    return f"{run.id} paused"
