"""A readiness check taken alone: started, answered step by step, paused, resumed and finished."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from dialogs.core.agreement import asks_where, leaves
from dialogs.core.alone import (
    astray,
    away,
    card,
    further_up,
    kindly,
    left_out,
    name_run,
    read_as,
    repeating,
    sent,
    shown_at,
)
from dialogs.core.commands import CheckAct, StartCheck, encode
from dialogs.core.effects import KeepResult, KeepWork
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice, Choices, Text, Title
from dialogs.core.scale import SCALE, scale_answer
from dialogs.core.slips import mended
from dialogs.core.text import clean
from dialogs.core.text import words as words_of
from dialogs.core.work import CheckResult, CheckRun
from dialogs.manners import FILLERS, LINKS, Around, before
from dialogs.questions.browse import headings
from dialogs.readiness.answering import (
    MOST_PARTNERS,
    SAYS_UNKNOWN,
    answered,
    plain,
    value_of,
    what_helps,
    without,
)
from dialogs.readiness.cards import FEWEST_PARTNERS, LONGEST_PURPOSE, step_card, steps
from dialogs.readiness.outcome import day_of, detail_blocks, history_blocks, minute_of, result_card
from dialogs.readiness.scoring import UNKNOWN, score
from dialogs.wording import readiness as words
from dialogs.wording import results as result_words
from knowledge import Readiness, Statement
from knowledge.readiness import STEPS

_SHOWN = 8
"""The results that a history goes back."""
_TYPED: dict[str, Literal["back", "skip", "pause"]] = {
    "back": "back", "go back": "back", "previous": "back", "skip": "skip", "skip it": "skip", "pass": "skip",
    "skip this": "skip", "skip this one": "skip", "skip that one": "skip", "skip the question": "skip",
    "pause": "pause", "pause it": "pause", "stop": "pause", "later": "pause",
    "cancel": "pause", "cancel it": "pause", "quit": "pause", "exit": "pause", "end": "pause",
}  # fmt: skip
_OF_A_LESSON = {"back", "go back", "previous", "later"}
"""Said as well of what was talked of since."""
_AFRESH = {
    "start over",
    "start afresh",
    "start from scratch",
    "begin again",
    "scrap that",
    "scrap it",
    "scrap this",
}
_AROUND = Around(rf"{before(FILLERS, LINKS)}(?=\w)")
_RESUME = {"go on", "continue", "resume", "carry on"}
_KNOWN = frozenset(word for ways in (_TYPED, SAYS_UNKNOWN, _RESUME) for way in ways for word in way.split())


def start(state: State, name: str, world: World) -> Decision:
    """Start a check; where one is under way, ask whether to go on with it."""
    if not world.remembers:
        return away(state, world)
    checks = world.knowledge.checks
    if not checks:
        blocks = (Text(words.CHECK_NONE), headings(world.knowledge))
        return Decision(state, (card(blocks, world, instead=False),))
    run, check = _under_way(world)
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
        return Decision(replace(state, doing=_paused(run)), (reply,), arrived=sent(world))
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
    run, check = _under_way(world)
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
        return _on(state, without(run, check), check, world)
    after = answered(run, check, done.value)
    if isinstance(after, str):
        return kindly(state, after, world, pressed)
    return _on(state, after, check, world)


def shown_again(state: State, world: World) -> Decision | None:
    """The step that is open, once more; None where no check is under way."""
    run, check = _under_way(world)
    return act(state, CheckAct("resume"), world, pressed=False) if run and check else None


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """Words typed in a direct chat while a step is the last thing shown; None where they mean another."""
    meant = _meant(state, said, world)
    return act(state, meant, world, pressed=False) if isinstance(meant, CheckAct) else meant


def buttons(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """What ``said`` does here (``typed``), as a button."""
    meant = _meant(state, said, world)
    if not isinstance(meant, CheckAct):
        return ()
    says = replace(said, text=words.CHECK_GO_ON) if meant.act == "resume" else said
    return (repeating(words.CHECK, says, meant),)


def asked(state: State, said: Utterance, world: World) -> float:
    """When it was shown here last."""
    return shown_at(state, world.work.check.id) if world.work.check else 0.0


def purpose(state: State, said: Utterance, world: World) -> Decision | None:
    """Words typed where the purpose was asked."""
    text = clean(said.text)
    run, check = _here(state, world)
    if run is None or check is None or steps(check)[run.at] != "purpose":
        return None
    if not words_of(text) or text.endswith("?") or len(text) > LONGEST_PURPOSE:
        return None
    return _on(state, replace(run, purpose=text), check, world)


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """Words that are no command, and too little to be a question."""
    run, check = _here(state, world)
    if run is None or check is None:
        return None
    meant = mended(words_of(clean(said.text)), _KNOWN)
    done = _meant(state, replace(said, text=meant), world) if meant else None
    if isinstance(done, CheckAct):
        return read_as(meant, act(state, done, world, pressed=False))
    return astray(state, clean(said.text), what_helps(steps(check)[run.at], check), world)


def _meant(state: State, said: Utterance, world: World) -> CheckAct | Decision | None:
    """The act that typed words are, or what to say to them."""
    run, check = _under_way(world)
    if run is None:
        return None
    text = clean(said.text)
    bare = _AROUND.taken_off(plain(text))
    if check is None or world.place.kind != "direct" or not world.remembers:
        return None
    if state.doing != run.id:
        return _further_up(state, text, bare, run, check, world)
    if asks_where(text):
        return CheckAct("resume", run.id)
    number, step = run.at + 1, steps(check)[run.at]
    if bare in _AFRESH:
        return start(state, check.id, world)
    done = _TYPED.get(bare) or ("pause" if leaves(text) else None)
    if done:
        return CheckAct(done, run.id) if done == "pause" else CheckAct(done, run.id, number)
    if step == "purpose":
        if len(text) <= LONGEST_PURPOSE:
            return None  # it may still be a command
        long = words.CHECK_TOO_LONG.format(count=len(text), limit=LONGEST_PURPOSE)
        return kindly(state, long, world, pressed=False)
    value = value_of(bare, step, check, world)
    if value is None and isinstance(step, Statement):
        return _on_scale(state, text, CheckAct("answer", run.id, number), check, world)
    return None if value is None else CheckAct("answer", run.id, number, value)


def _further_up(
    state: State, text: str, bare: str, run: CheckRun, check: Readiness, world: World
) -> CheckAct | Decision | None:
    """What can be meant for it only, though its step isn't what was shown last."""
    paused = state.doing == _paused(run)
    if not paused and not further_up(state, run.id, world):
        return None
    number, step, answer = run.at + 1, steps(check)[run.at], scale_answer(text.replace("’", "'"))
    answers = answer is not None and (bool(answer.between) or answer.number in SCALE)
    done = None if bare in _OF_A_LESSON else _TYPED.get(bare)
    if asks_where(text) or (paused and (bare in _RESUME or answers or done == "skip")):
        return CheckAct("resume", run.id)
    if done is not None and not paused:
        return CheckAct(done, run.id) if done == "pause" else CheckAct(done, run.id, number)
    if paused or not answers or step == "purpose":
        return None
    if isinstance(step, Statement):
        return _on_scale(state, text, CheckAct("answer", run.id, number), check, world)
    value = value_of(bare, step, check, world)
    return None if value is None else CheckAct("answer", run.id, number, value)


def _on_scale(
    state: State, text: str, act: CheckAct, check: Readiness, world: World
) -> CheckAct | Decision | None:
    """The answer to a statement that is typed as a number; what isn't clear is asked for by its buttons."""
    said = scale_answer(text.replace("’", "'"))
    if said is None:
        return None
    if not said.between and not said.comment:
        return replace(act, value=int(said.number) if said.number.isdecimal() else -1)
    asked = words.CHECK_NO_NOTES if said.comment else words.CHECK_WHICH_ONE
    values = [int(step) for step in said.between or (said.number,)]
    ways = tuple(
        Choice(f"{value}. {check.scale[value - 1]}", encode(replace(act, value=value))) for value in values
    )
    return Decision(state, (card([Text(asked), Choices(ways)], world, instead=False),))


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


def _under_way(world: World) -> tuple[CheckRun | None, Readiness | None]:
    """The run that is kept, within what its check asks today; none where the check is no longer there."""
    run = world.work.check
    check = world.knowledge.checks.get(run.check) if run else None
    if run is None or check is None:
        return None, None
    ids = {statement.id for statement in check.statements}
    answers = {id: answer for id, answer in run.answers.items() if id in ids and UNKNOWN <= answer <= STEPS}
    return replace(run, at=min(max(run.at, 0), len(steps(check)) - 1), answers=answers), check


def _here(state: State, world: World) -> tuple[CheckRun | None, Readiness | None]:
    """The run whose step was shown last in this direct chat."""
    run, check = _under_way(world)
    shown = run is not None and state.doing == run.id and world.place.kind == "direct" and world.remembers
    return (run, check) if shown else (None, None)


def _begin(state: State, check: Readiness, world: World, *, instead: bool) -> Decision:
    run = CheckRun(name_run(world.seed, "readiness"), check.id, world.now)
    decision = _show(state, run, check, world, instead=instead)
    return replace(decision, arrived=sent(world) if not instead else "")


def _show(state: State, run: CheckRun, check: Readiness, world: World, *, instead: bool = True) -> Decision:
    effects = (KeepWork(replace(world.work, check=run)),) if run != world.work.check else ()
    reply = card(step_card(run, check, world), world, instead)
    return Decision(replace(state, doing=run.id), (reply,), effects=effects)


def _on(state: State, run: CheckRun, check: Readiness, world: World) -> Decision:
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
    return Decision(replace(state, doing=_paused(run)), (reply,), effects=effects)


def _paused(run: CheckRun) -> str:
    """Says in the state that this run was shown last without a step of it."""
    return f"{run.id} paused"
