"""How a quiz looks: a question, what came of an answer, and the end."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from dialogs.core.commands import QuizAct, QuizMissed, Show, StartQuiz, encode
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Block, Choice, Choices, Progress, Text, Title
from dialogs.core.text import literal
from dialogs.core.work import QuizRun
from dialogs.questions.blocks import show
from dialogs.wording import quiz as words
from dialogs.wording import teaching as taught_words
from dialogs.wording.conversation import listed
from knowledge import Knowledge, QuizQuestion, shuffled

_TO_READ = 3


def question_card(run: QuizRun, question: QuizQuestion) -> list[Block]:
    """The open question with its options."""
    number = len(run.given) + 1
    blocks: list[Block] = [*_head(run, len(run.given)), _asked(run, question, number)]
    options = shuffled(question, run.id)
    stop = Choice(words.QUIZ_STOP, encode(QuizAct("stop", run.id)))
    if question.kind != "several":
        letters = (
            Choice(
                named(question, at, option.text),
                encode(QuizAct("answer", run.id, number, letter(at))),
                short=short_name(question, at, option.text),
            )
            for at, option in enumerate(options)
        )
        return [*blocks, Choices(tuple(letters), in_full=True), Choices((stop,))]
    ticks = (
        Choice(
            f"{tick} {named(question, at, option.text)}",
            encode(QuizAct("pick", run.id, number, letter(at))),
            short=f"{tick} {short_name(question, at, option.text)}",
        )
        for at, option in enumerate(options)
        for tick in ("☑" if at in run.picked else "☐",)
    )
    answer = Choice(words.QUIZ_ANSWER, encode(QuizAct("answer", run.id, number)), primary=True)
    return [*blocks, Text(words.QUIZ_SEVERAL), Choices(tuple(ticks), in_full=True), Choices((answer, stop))]


def answered_card(run: QuizRun, question: QuizQuestion, said: Iterable[int], kb: Knowledge) -> list[Block]:
    """What came of the answer just given, and at the end of the whole quiz."""
    number = len(run.given)
    options = shuffled(question, run.id)
    right = _listed(run, question, (at for at, option in enumerate(options) if option.right))
    template = words.QUIZ_RIGHT if run.given[-1].right else words.QUIZ_WRONG
    verdict = template.format(right=right, said=_listed(run, question, said), why=literal(question.why))
    blocks: list[Block] = [*_head(run, number), _asked(run, question, number), Text(verdict)]
    blocks += own(question, kb)
    if number == len(run.questions):
        return [*blocks, *_ending(run, question.lesson, kb)]
    return [*blocks, further(run, question, kb)]


def further(run: QuizRun, question: QuizQuestion, kb: Knowledge) -> Choices:
    """The lesson behind the question answered last, and the next question, where there is one."""
    read, number = _read(question.lesson, kb), len(run.given)
    if number == len(run.questions):
        return Choices((read,))
    on = Choice(words.QUIZ_NEXT, encode(QuizAct("next", run.id, number + 1)), primary=True)
    return Choices((on, read))


def own(question: QuizQuestion, kb: Knowledge) -> list[Block]:
    """Whose a question is that isn't the deck's author's; nothing for all others."""
    if not question.advised:
        return []
    return [Text(phrased(taught_words.SOURCE, kb, advised=literal(question.advised)))]


def again_choices(missed: bool, topic: str) -> Choices:
    """Ways to go on after a quiz."""
    another = Choice(words.QUIZ_ANOTHER, encode(StartQuiz(5, topic)))
    return Choices((Choice(words.QUIZ_AGAIN, encode(QuizMissed())), another) if missed else (another,))


def letter(at: int) -> str:
    """The letter of an option, in lower case."""
    return ascii_uppercase[at].lower()


def named(question: QuizQuestion, at: int, text: str) -> str:
    """An option as people see it: "B. It tends to fail"; True and False need no letter."""
    return text if question.kind == "truth" else f"{ascii_uppercase[at]}. {text}"


def short_name(question: QuizQuestion, at: int, text: str) -> str:
    """An option as it is spoken of once it stands before people: "B", or "True"."""
    return text if question.kind == "truth" else ascii_uppercase[at]


def _head(run: QuizRun, done: int) -> list[Block]:
    title = words.QUIZ_ON.format(topic=run.topic) if run.topic else words.QUIZ
    return [Title(title), Progress(done, len(run.questions))]


def _asked(run: QuizRun, question: QuizQuestion, number: int) -> Text:
    text = literal(question.text)
    if question.kind == "truth":
        text = words.QUIZ_TRUTH.format(text=text)
    return Text(words.QUIZ_QUESTION.format(number=number, total=len(run.questions), text=text))


def _read(lesson: str, kb: Knowledge) -> Choice:
    return Choice(words.QUIZ_READ, encode(Show(lesson)), about=kb.lessons[lesson].title)


def _listed(run: QuizRun, question: QuizQuestion, chosen: Iterable[int]) -> str:
    """Options by letter and text, for use within a sentence."""
    options = shuffled(question, run.id)
    letters = question.kind != "truth"
    texts = [
        f"{ascii_uppercase[at]}, “{literal(options[at].text)}”" if letters else options[at].text
        for at in sorted(chosen)
    ]
    return listed(texts)


def _ending(run: QuizRun, last: str, kb: Knowledge) -> list[Block]:
    total, right = len(run.questions), sum(answer.right for answer in run.given)
    if right == total:
        read = Choices((_read(last, kb),))
        return [Text(words.QUIZ_ALL_RIGHT.format(total=total)), read, again_choices(False, run.topic)]
    asked = (kb.quiz.question(answer.question) for answer in run.given if not answer.right)
    lessons = tuple(dict.fromkeys(question.lesson for question in asked if question))[:_TO_READ]
    score = Text(f"{words.QUIZ_SCORE.format(right=right, total=total)} {words.QUIZ_TO_READ}")
    return [score, show(kb, lessons), again_choices(True, run.topic)]
