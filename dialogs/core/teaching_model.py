"""What advisors have taught: lessons of their own and further examples of the deck's; what happens to them.

All of it stands in one partition, in one value with a version, which every process reads.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from dialogs.core.replies import Frozen
from dialogs.core.session_model import Actor
from knowledge.quiz import QuizOption, QuizQuestion, QuizQuestionKind
from knowledge.taught import Case, Taught

TAUGHT_PARTITION = "taught"
TRUE, FALSE = "True", "False"
QuestionChange = Literal["add", "retire", "restore", "drop"]
TaughtChange = Literal["edit", "retire", "restore", "reviewed"]


class AskersQuestion(Frozen, frozen=True):
    """Whose question a lesson was taught from."""

    by: str
    """Who asked it, as a keyed hash (see ``bot.storage.hashed_people``), in hexadecimal digits."""
    question: str
    """As it stands among the lesson's questions."""


class TaughtLesson(Frozen, frozen=True):
    """A lesson that advisors taught, or further example questions of a lesson."""

    id: str
    title: str
    answer: str
    questions: tuple[str, ...]
    """The first is a case: whatever is taught later, it is to find this lesson."""
    owner: Actor
    """Who looks after it; nobody (an empty id) once they were forgotten."""
    at: datetime
    review: datetime
    """When somebody is to look whether it still holds."""
    of: str = ""
    """The lesson whose examples they are; empty for a lesson of its own."""
    advised: str = ""
    """Whose it is and since when, in words."""
    retired: bool = False
    asked: AskersQuestion | None = None
    """None once no question of theirs stands there any more."""
    others: tuple[AskersQuestion, ...] = ()
    """Whose further questions of it are, as far as people asked them before it was taught."""


class TaughtQuestion(Frozen, frozen=True):
    """A quiz question that an advisor wrote."""

    id: str
    lesson: str
    """The lesson that it teaches."""
    text: str
    right: tuple[str, ...]
    """One, or several; "True" or "False", where there is no wrong one."""
    wrong: tuple[str, ...]
    why: str
    owner: Actor
    """Who looks after it; nobody (an empty id) once they were forgotten."""
    at: datetime
    advised: str = ""
    """Whose it is and since when, in words."""
    step: Literal["draft", "on", "retired"] = "draft"
    """Until it is added, its owner alone sees it."""

    @property
    def question(self) -> QuizQuestion:
        """As the bank takes it."""
        right = tuple(QuizOption(text, True) for text in self.right)
        options = (*right, *(QuizOption(text, False) for text in self.wrong))
        kind: QuizQuestionKind = "several" if len(right) > 1 else "single"
        if not self.wrong:
            true = self.right == (TRUE,)
            options, kind = (QuizOption(TRUE, true), QuizOption(FALSE, not true)), "truth"
        return QuizQuestion(
            id=self.id, lesson=self.lesson, kind=kind, text=self.text, options=options, why=self.why,
            advised=self.advised,
        )  # fmt: skip


class Teachings(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of it, the oldest first."""

    lessons: tuple[TaughtLesson, ...] = ()
    questions: tuple[TaughtQuestion, ...] = ()
    """Quiz questions of the advisors' own."""
    readable: bool = True
    """False where what is kept couldn't be read: then nothing is known of it."""

    @property
    def quiz(self) -> tuple[QuizQuestion, ...]:
        """The questions that quizzes have."""
        return tuple(question.question for question in self.questions if question.step == "on")

    @property
    def active(self) -> tuple[Taught, ...]:
        """What the matcher is to know."""
        return tuple(taught(lesson) for lesson in self.lessons if not lesson.retired)

    @property
    def cases(self) -> tuple[Case, ...]:
        """What is to be found whatever else is taught."""
        return tuple(
            Case(lesson.questions[0], lesson.of or lesson.id) for lesson in self.lessons if not lesson.retired
        )

    def get(self, id: str) -> TaughtLesson | None:
        """The one called ``id``."""
        return next((lesson for lesson in self.lessons if lesson.id == id), None)


def taught(lesson: TaughtLesson) -> Taught:
    """A lesson as the knowledge base takes it."""
    return Taught(lesson.id, lesson.of, lesson.title, lesson.answer, lesson.questions, lesson.advised)


class TeachingDraft(Frozen, frozen=True):
    """What an advisor would teach or change, until they have seen what it would do."""

    id: str
    """Of the lesson to come."""
    answer: str
    questions: tuple[str, ...]
    by: Actor
    to: dict[str, str]
    """Where the advisor is written to alone."""
    title: str = ""
    of: str = ""
    asker: str = ""
    """Who asked the first of its questions (as ``events.Speaker.id``); empty once they were forgotten."""
    others: tuple[AskersQuestion, ...] = ()
    """As in ``TaughtLesson``."""
    edits: bool = False
    """Whether it changes the taught lesson of that id."""


def as_taught(draft: TeachingDraft, now: datetime) -> TaughtLesson:
    """A draft as the lesson that it would make."""
    return TaughtLesson(
        draft.id, draft.title, draft.answer, draft.questions, draft.by, now, now, draft.of,
        others=draft.others,
    )  # fmt: skip


class Teach(Frozen, frozen=True, tag="teach"):
    """An advisor teaches something."""

    draft: TeachingDraft
    by: Actor


class TryOut(Frozen, frozen=True, tag="try-out"):
    """What a draft would do is found out and shown to its advisor."""

    enquiry: str
    """From which it would be taught; empty where it comes from none."""
    draft: TeachingDraft


class ChangeTaught(Frozen, frozen=True, tag="change-taught"):
    """An advisor edits a taught lesson, retires or restores it, or has seen that it still holds."""

    id: str
    act: TaughtChange
    by: Actor
    title: str = ""
    answer: str = ""
    questions: tuple[str, ...] = ()


TeachingEvent = Teach | TryOut | ChangeTaught
