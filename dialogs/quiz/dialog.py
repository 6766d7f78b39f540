"""A quiz for one person: started, answered, and what is remembered of it."""

from __future__ import annotations

import hashlib
import re

from msgspec.structs import replace

from dialogs.core.agreement import leaves
from dialogs.core.alone import astray, away, card, idle, kindly, name_run, read_as, sent
from dialogs.core.commands import QuizAct, StartHere, StartQuiz, encode
from dialogs.core.effects import Effect, KeepMissed, KeepTried, KeepWork
from dialogs.core.model import Decision, State, Utterance, World
from dialogs.core.names import find_lesson
from dialogs.core.replies import Block, Choice, Choices, Quote, Text
from dialogs.core.session_model import LiveSession
from dialogs.core.slips import mended
from dialogs.core.text import clean
from dialogs.core.text import words as words_of
from dialogs.core.work import Given, QuizRun
from dialogs.questions.browse import headings
from dialogs.questions.naming import closest
from dialogs.quiz.cards import again_choices, answered_card, letter, question_card
from dialogs.wording import quiz as words
from knowledge import Knowledge, QuizQuestion, shuffled

USUAL = 5
"""How many questions a quiz has where nobody says."""
LONGEST_LABEL = 40
"""Characters of typed words that a button repeats."""
MISSED_KEPT = 60
_AGAIN = 10
_LETTERS = re.compile(
    r"(?:(?:i (?:think|guess|believe|suppose|say|choose|pick)|i'd (?:say|guess|go (?:for|with))|i'll (?:"
    r"say|try|take|go (?:for|with))|maybe|perhaps|probably|must be|(?:my|the) answer is|is it|it's|it is|"
    r"that's|could it be|answer|option|letter)[,:]? )*"
    r"([a-e](?:(?: and | & |[ ,;+/]+)[a-e])*|[a-e]{2,5})"
    r"(?:,? (?:i (?:think|guess)|maybe|perhaps|probably|then|please))*[.!?)]*",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"how many (?:(?:more )?questions )?(?:(?:are |is |have i |do i have )?(?:there )?(?:still )?(?:got )?"
    r"(?:left|remaining|to go)|more(?: questions)?(?: are there)?)(?: to go)?"
)
_ON = {"next", "next please", "go on", "continue", "ok", "okay", "carry on"}
_GUESSING = {"dont know", "i dont know", "no idea", "not sure", "dunno", "skip", "pass"}
_PLACE = re.compile(r"(?:(?:the|number|option|answer) )*(?:\d|first|second|third|fourth|last)(?: one)?")
"""A place among the answers, which go by letters."""
_STOP_HERE = ("stop the quiz", "end the quiz", "quit the quiz", "stop quiz", "end quiz", "quit quiz")
"""Commands, read here once their slips are mended."""
_STOP = {"stop", "stop please", "quit", "end", "im done", "enough", "cancel", "exit"}


_KNOWN = frozenset(word for way in (*_STOP, *_STOP_HERE) for word in way.split())


def start(state: State, count: int, topic: str, world: World) -> Decision:
    """Start a quiz of ``count`` questions (0: the usual number) on ``topic`` as typed."""
    if not world.remembers:
        return away(state, world)
    bank = world.knowledge.quiz
    if not bank.questions:
        said = Text(words.QUIZ_NONE)
        return Decision(state, (card([said, headings(world.knowledge)], world, instead=False),))
    name, questions = on_topic(topic, world.knowledge) if topic else ("", bank.questions)
    if not questions:
        return topics(state, topic, world)
    missed = [question for id in world.missed for question in questions if question.id == id]
    rest = sorted(
        (question for question in questions if question.id not in world.missed),
        key=lambda question: _rank(question, world),
    )
    before: list[Block] = []
    if count > len(questions):
        several = words.QUIZ_FEWER["one" if len(questions) == 1 else "more"]
        before.append(Text(several.format(count=len(questions))))
    return _begin(state, (*missed, *rest)[: count or USUAL], name, before, world)


def start_missed(state: State, world: World) -> Decision:
    """Ask again what was missed: in the quiz just ended, else the longest ago."""
    if not world.remembers:
        return away(state, world)
    ended = world.work.quiz
    last = [answer.question for answer in ended.given if not answer.right] if ended else []
    wanted = [id for id in last if id in world.missed] or world.missed[:_AGAIN]
    questions = tuple(question for question in map(world.knowledge.quiz.question, wanted) if question)
    if not questions:
        blocks = (Text(words.QUIZ_NONE_MISSED), again_choices(False, ""))
        return Decision(state, (card(blocks, world, instead=False),), arrived=sent(world))
    return _begin(state, questions, "", [], world)


def catch_up(state: State, session: str, world: World) -> Decision:
    """A quiz that is over in a channel, asked once more of the speaker alone; its scores stay as they are."""
    if not world.remembers:
        return away(state, world)
    session = session or world.here.last_quiz
    if session and world.earlier == "unknown":
        return Decision(state, needs="earlier", code=session)
    earlier = world.earlier if isinstance(world.earlier, LiveSession) else None
    if earlier is None or earlier.quiz is None:
        return kindly(state, words.CATCH_UP_NONE, world, pressed=False)
    if earlier.step != "ended":
        return kindly(state, words.CATCH_UP_OPEN, world, pressed=False)
    there = map(world.knowledge.quiz.question, earlier.quiz.questions)
    questions = tuple(question for question in there if question)
    if not questions:
        return kindly(state, words.QUIZ_NONE_MISSED, world, pressed=False)
    return _begin(state, questions, earlier.quiz.topic, [Text(words.CATCHING_UP)], world)


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
        return _stop(state, run, world)
    if done.run and done.number != number:
        passed = 0 < done.number < number
        return kindly(state, words.QUIZ_ANSWERED if passed else words.QUIZ_NOT_YET, world, pressed)
    question = questions[number - 1]
    if done.act == "next":
        return _show(state, run, question, world)
    chosen = _chosen(done.letters, question)
    if done.act == "pick":
        if chosen is None or len(chosen) != 1 or question.kind != "several":
            return kindly(state, _which(question), world, pressed)
        ticked = tuple(sorted(set(run.picked) ^ chosen))
        return _show(state, replace(run, picked=ticked), question, world)
    if question.kind == "several" and not done.letters:
        chosen = {at for at in run.picked if 0 <= at < len(question.options)}
        if not chosen:
            return kindly(state, words.QUIZ_PICK_FIRST, world, pressed)
    if not chosen:
        return kindly(state, _which(question), world, pressed)
    if question.kind != "several" and len(chosen) > 1:
        return kindly(state, words.QUIZ_ONE_ONLY, world, pressed)
    return _answer(state, run, question, chosen, world)


def shown_again(state: State, world: World) -> Decision | None:
    """The question that waits for an answer, once more; None where no quiz is under way."""
    run, questions = _open(world)
    return (
        None if run is None or len(run.given) == len(questions) else act(state, QuizAct("next"), world, False)
    )


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """Words typed in a direct chat while a question is the last thing shown; None where they mean another."""
    meant = _meant(state, said, world)
    return act(state, meant, world, pressed=False) if isinstance(meant, QuizAct) else meant


def buttons(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """What ``said`` does here (``typed``), as a button."""
    meant = _meant(state, said, world)
    label = f"{words.QUIZ}: {clean(said.text)[:LONGEST_LABEL]}"
    return (Choice(label, encode(meant)),) if isinstance(meant, QuizAct) else ()


def unclear(state: State, said: Utterance, world: World) -> Decision | None:
    """A word or two that neither answer the question shown last nor ask anything else."""
    run, questions = _open(world)
    if run is None or len(run.given) == len(questions) or state.doing != _shown(run):
        return None
    meant = mended(words_of(clean(said.text)), _KNOWN)
    if meant in _STOP or meant in _STOP_HERE:
        return read_as(meant, _stop(state, run, world))
    if _PLACE.fullmatch(clean(said.text).casefold().rstrip(" .!")) and world.place.kind == "direct":
        return kindly(state, _which(questions[len(run.given)]), world, pressed=False)
    return astray(state, clean(said.text), _which(questions[len(run.given)]), world)


def _meant(state: State, said: Utterance, world: World) -> QuizAct | Decision | None:
    """The act that typed words are, or what to say to them."""
    run, questions = _open(world)
    if run is None or len(run.given) == len(questions) or world.place.kind != "direct":
        return None
    number = len(run.given) + 1
    asked = state.doing == _shown(run) or (idle(state) and not run.given)
    if not asked and state.doing != run.id:
        return None
    text = clean(said.text)
    plain = " ".join(words_of(text)).replace("'", "")
    letters = _letters(text, plain, questions[number - 1])
    if plain in _STOP or leaves(text):
        return QuizAct("stop", run.id)
    if not asked:
        # The next question hasn't been seen yet, so no letter can be meant for it.
        return QuizAct("next", run.id, number) if plain in _ON or letters else None
    if letters:
        return QuizAct("answer", run.id, number, letters)
    if _LEFT.fullmatch(plain):
        return kindly(
            state,
            words.QUIZ_LEFT[min(len(questions) - number, 2)].format(count=len(questions) - number),
            world,
            pressed=False,
        )
    return kindly(state, words.QUIZ_GUESS, world, pressed=False) if plain in _GUESSING else None


def _letters(text: str, said: str, question: QuizQuestion) -> str:
    if question.kind == "truth" and said in {"true", "false"}:
        return letter(
            next(at for at, option in enumerate(question.options) if option.text.casefold() == said)
        )
    found = _LETTERS.fullmatch(text.replace("’", "'"))
    if not found:
        return ""
    together = len(found[1]) > 1 and found[1].isalpha()
    return "" if together and question.kind != "several" else found[1].casefold()


def _chosen(letters: str, question: QuizQuestion) -> set[int] | None:
    """The options that ``letters`` name; None where they name one that isn't there."""
    bare = letters.replace("and", " ")
    found = [ord(letter) - ord("a") for letter in bare if letter not in " ,;&+/"]
    if not found or not all(0 <= at < len(question.options) for at in found):
        return None
    return set(found)


def _which(question: QuizQuestion) -> str:
    return words.QUIZ_WHICH.format(last=letter(len(question.options) - 1).upper())


def _begin(
    state: State, questions: tuple[QuizQuestion, ...], topic: str, before: list[Block], world: World
) -> Decision:
    run = QuizRun(name_run(world.seed, "quiz"), tuple(question.id for question in questions), topic=topic)
    open_now, asked = _open(world)
    if open_now is not None and len(open_now.given) < len(asked):
        before = [Text(words.QUIZ_DROPPED), *before]
    reply = card([*before, *question_card(run, questions[0])], world, instead=False)
    begun, effects = _doing(state, run, open_=True), _kept(run, world)
    return Decision(begun, (reply,), arrived=sent(world), effects=effects)


def _show(state: State, run: QuizRun, question: QuizQuestion, world: World) -> Decision:
    reply = card(question_card(run, question), world)
    effects = _kept(run, world) if run != world.work.quiz else ()
    return Decision(_doing(state, run, open_=True), (reply,), effects=effects)


def _answer(state: State, run: QuizRun, question: QuizQuestion, chosen: set[int], world: World) -> Decision:
    options = shuffled(question, run.id)
    right = chosen == {at for at, option in enumerate(options) if option.right}
    after = replace(run, given=(*run.given, Given(question.id, right)), picked=())
    reply = card(answered_card(after, question, chosen, world.knowledge), world)
    missed = tuple(id for id in world.missed if id != question.id)
    missed = missed if right else (*missed, question.id)[-MISSED_KEPT:]
    effects = (*_kept(after, world), KeepTried(question.id, right))
    if missed != world.missed:
        effects = (*effects, KeepMissed(missed))
    return Decision(_doing(state, after, open_=False), (reply,), effects=effects)


def _stop(state: State, run: QuizRun, world: World) -> Decision:
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


def on_topic(topic: str, kb: Knowledge) -> tuple[str, tuple[QuizQuestion, ...]]:
    """The name of what ``topic`` means and its questions: a topic, else a lesson."""
    found = kb.quiz.topic(topic)
    if found:
        return found.name, found.questions
    lesson = find_lesson(topic, kb) or find_lesson("-".join(topic.split()), kb)
    lesson = lesson or kb.match(topic).lesson or closest(topic, tuple(kb.lessons), kb)
    return (kb.lessons[lesson].title, kb.quiz.on_lesson(lesson)) if lesson else ("", ())


def topics(state: State, asked: str, world: World, *, here: bool = False) -> Decision:
    """There are no questions on ``asked``, as typed; ``here``: offers quizzes for the whole channel."""
    kb = world.knowledge
    # The deck's headings are topics too, but the short names say it all in fewer buttons.
    names = tuple(topic.name for topic in kb.quiz.topics if topic.name not in kb.deck.headings)
    ways = Choices(tuple(Choice(topic, _on(topic, here)) for topic in names))
    blocks = (Text(words.NO_QUESTIONS_ON), Quote(asked), Text(words.QUIZ_TOPICS), ways)
    return Decision(state, (card(blocks, world, instead=False),), arrived=sent(world))


def _on(topic: str, here: bool) -> str:
    return encode(StartHere("quiz", topic) if here else StartQuiz(topic=topic))


def _rank(question: QuizQuestion, world: World) -> bytes:
    return hashlib.sha256(f"{world.seed}\0{question.id}".encode()).digest()


def _shown(run: QuizRun) -> str:
    """Names the question that is open, so that a letter typed for another is not taken for it."""
    return f"{run.id} {len(run.given) + 1}"


def _doing(state: State, run: QuizRun, *, open_: bool) -> State:
    return replace(state, doing=_shown(run) if open_ else run.id)


def _kept(run: QuizRun, world: World) -> tuple[Effect, ...]:
    return (KeepWork(replace(world.work, quiz=run)),)
