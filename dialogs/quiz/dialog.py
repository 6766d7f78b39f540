"""A quiz for one person, under way: answered, shown again, stopped, and what is remembered of it."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.alone import away, card, kindly, sent
from dialogs.core.commands import QuizAct
from dialogs.core.effects import Effect, KeepMissed, KeepTried, KeepWork
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Text
from dialogs.core.text import literal
from dialogs.core.work import Given, QuizRun
from dialogs.quiz.cards import again_choices, answered_card, further, letter, question_card
from dialogs.wording import quiz as words
from knowledge import QuizQuestion, shuffled

MISSED_KEPT = 60
"""Questions that are remembered as missed."""


def act(state: State, done: QuizAct, world: World, pressed: bool) -> Decision:
    """Something done in a quiz; what belongs to another quiz or question changes nothing."""
    if not world.remembers:
        return away(state, world)
    run, questions = _open(world)
    if done.run and (run is None or run.id != done.run):
        return kindly(state, words.QUIZ_OLD, world, pressed)
    if run is not None and len(run.given) == len(questions) and done.act == "next":
        return _finished(state, run, world, pressed)
    if run is None or len(run.given) == len(questions):
        old = bool(done.run) and done.act != "stop"
        return kindly(state, words.QUIZ_ANSWERED if old else words.QUIZ_NOT_OPEN, world, pressed)
    number = len(run.given) + 1
    if done.act == "stop":
        return stop(state, run, world)
    if done.run and done.number != number:
        passed = 0 < done.number < number
        return kindly(state, words.QUIZ_ANSWERED if passed else words.QUIZ_NOT_YET, world, pressed)
    question = questions[number - 1]
    if done.act == "next":
        return _show(state, run, question, world)
    chosen = _chosen(done.letters, question)
    if done.act == "pick":
        if chosen is None or len(chosen) != 1 or question.kind != "several":
            return kindly(state, which(question), world, pressed)
        ticked = tuple(sorted(set(run.picked) ^ chosen))
        return _show(state, replace(run, picked=ticked), question, world)
    if question.kind == "several" and not done.letters:
        chosen = {at for at in run.picked if 0 <= at < len(question.options)}
        if not chosen:
            return kindly(state, words.QUIZ_PICK_FIRST, world, pressed)
    if not chosen:
        return kindly(state, which(question), world, pressed)
    if question.kind != "several" and len(chosen) > 1:
        return kindly(state, words.QUIZ_ONE_ONLY, world, pressed)
    return _answer(state, run, question, chosen, world)


def shown_again(state: State, world: World) -> Decision | None:
    """The question that waits for an answer, once more; None where no quiz is under way."""
    run, _ = under_way(world)
    return act(state, QuizAct("next"), world, pressed=False) if run else None


def explained(state: State, world: World) -> Decision | None:
    """Why the answer that was shown last is right, or isn't; None where none was."""
    run, questions = _open(world)
    if run is None or not run.given or state.doing != run.id:
        return None
    question = questions[len(run.given) - 1]
    blocks = (Text(literal(question.why)), further(run, question, world.knowledge))
    return Decision(state, (card(blocks, world, instead=False),))


def under_way(world: World) -> tuple[QuizRun | None, tuple[QuizQuestion, ...]]:
    """The quiz that waits for an answer, with its questions; none where it has all of them."""
    run, questions = _open(world)
    return (run, questions) if run and len(run.given) < len(questions) else (None, ())


def _chosen(letters: str, question: QuizQuestion) -> set[int] | None:
    """The options that ``letters`` name; None where they name one that isn't there."""
    bare = letters.replace("and", " ")
    found = [ord(letter) - ord("a") for letter in bare if letter not in " ,;&+/"]
    if not found or not all(0 <= at < len(question.options) for at in found):
        return None
    return set(found)


def which(question: QuizQuestion) -> str:
    """What can answer ``question``."""
    return words.QUIZ_WHICH.format(last=letter(len(question.options) - 1).upper())


def _show(state: State, run: QuizRun, question: QuizQuestion, world: World) -> Decision:
    reply = card(question_card(run, question), world)
    effects = kept(run, world) if run != world.work.quiz else ()
    return Decision(doing(state, run, open_=True), (reply,), effects=effects)


def _answer(state: State, run: QuizRun, question: QuizQuestion, chosen: set[int], world: World) -> Decision:
    options = shuffled(question, run.id)
    right = chosen == {at for at, option in enumerate(options) if option.right}
    after = replace(run, given=(*run.given, Given(question.id, right)), picked=())
    reply = card(answered_card(after, question, chosen, world.knowledge), world)
    missed = tuple(id for id in world.missed if id != question.id)
    missed = missed if right else (*missed, question.id)[-MISSED_KEPT:]
    effects = (*kept(after, world), KeepTried(question.id, right))
    if missed != world.missed:
        effects = (*effects, KeepMissed(missed))
    return Decision(doing(state, after, open_=False), (reply,), effects=effects)


def stop(state: State, run: QuizRun, world: World) -> Decision:
    """It ends early; what came of it until then."""
    right, done = sum(answer.right for answer in run.given), len(run.given)
    said = words.QUIZ_STOPPED.format(right=right, done=done) if done else words.QUIZ_STOPPED_EARLY
    reply = card([Text(said), again_choices(right < done, run.topic)], world)
    return Decision(replace(state, doing=""), (reply,), effects=(KeepWork(replace(world.work, quiz=None)),))


def _finished(state: State, run: QuizRun, world: World, pressed: bool) -> Decision:
    """There is no next question; what one can do instead."""
    right, total = sum(answer.right for answer in run.given), len(run.given)
    said = words.QUIZ_FINISHED.format(right=right, total=total)
    if pressed:
        return kindly(state, said, world, pressed)
    ways = again_choices(right < total, run.topic)
    return Decision(state, (card([Text(said), ways], world, instead=False),), arrived=sent(world))


def _open(world: World) -> tuple[QuizRun | None, tuple[QuizQuestion, ...]]:
    """The quiz under way or just ended, with its questions; none where one of them is no longer there."""
    run = world.work.quiz
    found = tuple(map(world.knowledge.quiz.question, run.questions)) if run else ()
    questions = tuple(question for question in found if question is not None)
    if run is None or not questions or len(questions) < len(found) or len(run.given) > len(questions):
        return None, ()
    return run, questions


def shown_now(run: QuizRun) -> str:
    """Names the question that is open, so that a letter typed for another is not taken for it."""
    return f"{run.id} {len(run.given) + 1}"


def doing(state: State, run: QuizRun, *, open_: bool) -> State:
    """What was shown last is a question of it (``open_``), or what came of the one before."""
    return replace(state, doing=shown_now(run) if open_ else run.id)


def kept(run: QuizRun, world: World) -> tuple[Effect, ...]:
    """It is what the speaker is in the middle of."""
    return (KeepWork(replace(world.work, quiz=run)),)
