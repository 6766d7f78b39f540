"""What is typed while a readiness check is under way: answers, "back", "pause", the purpose in own words."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from dialogs.core.agreement import asks_where, leaves
from dialogs.core.alone import astray, card, further_up, kindly, read_as, repeating, shown_at
from dialogs.core.commands import CheckAct, encode
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice, Choices, Text
from dialogs.core.scale import SCALE, scale_answer
from dialogs.core.slips import mended
from dialogs.core.text import clean, normal
from dialogs.core.text import words as words_of
from dialogs.core.work import CheckRun
from dialogs.manners import FILLERS, LINKS, Around, before
from dialogs.readiness.answering import SAYS_UNKNOWN, value_of, what_helps
from dialogs.readiness.cards import LONGEST_PURPOSE, steps
from dialogs.readiness.dialog import act, paused, start, step_on, under_way
from dialogs.wording import readiness as words
from knowledge import Readiness, Statement

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


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """Words typed in a direct chat while a check is under way; None where they mean anything else."""
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
    return step_on(state, replace(run, purpose=text), check, world)


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
    run, check = under_way(world)
    if run is None:
        return None
    text = clean(said.text)
    bare = _AROUND.taken_off(normal(text))
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
    is_paused = state.doing == paused(run)
    if not is_paused and not further_up(state, run.id, world):
        return None
    number, step, answer = run.at + 1, steps(check)[run.at], scale_answer(text.replace("’", "'"))
    answers = answer is not None and (bool(answer.between) or answer.number in SCALE)
    done = None if bare in _OF_A_LESSON else _TYPED.get(bare)
    if asks_where(text) or (is_paused and (bare in _RESUME or answers or done == "skip")):
        return CheckAct("resume", run.id)
    if done is not None and not is_paused:
        return CheckAct(done, run.id) if done == "pause" else CheckAct(done, run.id, number)
    if is_paused or not answers or step == "purpose":
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


def _here(state: State, world: World) -> tuple[CheckRun | None, Readiness | None]:
    """The run whose step was shown last in this direct chat."""
    run, check = under_way(world)
    shown = run is not None and state.doing == run.id and world.place.kind == "direct" and world.remembers
    return (run, check) if shown else (None, None)
