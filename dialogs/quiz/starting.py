"""A quiz for one person is started: on a topic, on what was missed, or to catch up with a channel's."""

from __future__ import annotations

import hashlib

from dialogs.core.alone import away, card, kindly, name_run, sent
from dialogs.core.commands import StartHere, StartQuiz, encode
from dialogs.core.model import Decision, State, World
from dialogs.core.names import find_lesson
from dialogs.core.replies import Block, Choice, Choices, Quote, Text
from dialogs.core.session_model import LiveSession
from dialogs.core.work import QuizRun
from dialogs.questions.browse import headings
from dialogs.questions.naming import closest
from dialogs.quiz.cards import again_choices, question_card
from dialogs.quiz.dialog import doing, kept, under_way
from dialogs.wording import quiz as words
from knowledge import Knowledge, QuizQuestion

USUAL = 5
"""How many questions a quiz has where nobody says."""
_AGAIN = 10


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


def _begin(
    state: State, questions: tuple[QuizQuestion, ...], topic: str, before: list[Block], world: World
) -> Decision:
    run = QuizRun(name_run(world.seed, "quiz"), tuple(question.id for question in questions), topic=topic)
    open_now, _ = under_way(world)
    if open_now is not None:
        before = [Text(words.QUIZ_DROPPED), *before]
    reply = card([*before, *question_card(run, questions[0])], world, instead=False)
    begun, effects = doing(state, run, open_=True), kept(run, world)
    return Decision(begun, (reply,), arrived=sent(world), effects=effects)


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
