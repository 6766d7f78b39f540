"""A quiz of a series, put in its channel: which questions it has, and what it comes to for the channel."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from itertools import takewhile

from msgspec.structs import replace

from dialogs.core.jobs import Job, PutQuiz
from dialogs.core.reminder_events import QuizTold
from dialogs.core.reminder_model import PARTITION, QuizAsk
from dialogs.core.replies import Frozen
from dialogs.core.session_model import Begin, LastAsked, QuizPlan
from dialogs.core.work import OpenSession, OpenSessions
from dialogs.quiz.starting import on_topic
from knowledge import Knowledge, QuizQuestion


class Put(Frozen, frozen=True):
    """What comes of a quiz that is due in a channel."""

    here: OpenSessions
    jobs: tuple[Job, ...]


def put(due: PutQuiz, here: OpenSessions, asked: Mapping[str, LastAsked], kb: Knowledge) -> Put:
    """Open it, unless another is open there or it would have no questions; the series is told either way.

    ``asked``: how questions went in this channel when they were last put.
    """
    if here.last_quiz == due.session:  # it has been and gone
        return Put(here, ())
    if here.quiz is not None and here.quiz.session != due.session:
        return Put(here, (_told(due, QuizTold(due.occurrence, "another open")),))
    questions = chosen(due.ask, asked, kb, due.session)
    if not questions:
        return Put(here, (_told(due, QuizTold(due.occurrence, "no questions")),))
    plan = QuizPlan(
        tuple(question.id for question in questions),
        due.ask.topic,
        names=due.ask.names,
        minutes=due.minutes,
        brought_back=len(list(takewhile(partial(_missed, asked), questions))),
        zone=due.zone,
        series=due.series,
        occurrence=due.occurrence,
    )
    begin = Begin(due.token, "quiz", due.by, due.reference, plan)
    opened = OpenSession(due.session, due.by.id)
    return Put(
        replace(here, quiz=opened),
        (
            Job(f"live:{due.session}", begin, key=f"{due.session} begin"),
            _told(due, QuizTold(due.occurrence, "opened")),
        ),
    )


def chosen(
    ask: QuizAsk, asked: Mapping[str, LastAsked], kb: Knowledge, seed: str
) -> tuple[QuizQuestion, ...]:
    """Questions for a quiz: those that the channel last got wrong most often first, then what it hasn't had,
    then what was longest ago. One place goes to a question that isn't missed, while there is any."""
    _, found = on_topic(ask.topic, kb) if ask.topic else ("", kb.quiz.questions)
    fitting = [question for question in found if question.kind != "several"]

    def rank(question: QuizQuestion) -> tuple[float, float, bytes]:
        last = asked.get(question.id)
        drawn = hashlib.sha256(f"{seed}\0{question.id}".encode()).digest()
        if last is None:
            return 0.0, 0.0, drawn
        return -float(last.wrong), last.at.timestamp(), drawn

    ordered = sorted(fitting, key=rank)
    missed = [question for question in ordered if _missed(asked, question)]
    others = [question for question in ordered if question not in missed]
    again = missed[: max(ask.count - 1, 1)] if others else missed
    return tuple([*again, *others, *missed[len(again) :]][: ask.count])


def _missed(asked: Mapping[str, LastAsked], question: QuizQuestion) -> bool:
    return question.id in asked and asked[question.id].wrong > 0


def _told(due: PutQuiz, told: QuizTold) -> Job:
    return Job(PARTITION + due.series, told, key=f"{due.session} {told.became}")
