"""What teaching comes to: lessons kept, changed, retired and restored; and what is asked for on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from dialogs.core.forms import Form, Option, SelectField, TextEntry
from dialogs.core.mentions import unforged
from dialogs.core.names import name_taken
from dialogs.core.replies import Text
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import (
    AskersQuestion,
    ChangeTaught,
    TaughtLesson,
    Teach,
    TeachingDraft,
    Teachings,
)
from dialogs.core.text import literal
from dialogs.core.text import words as words_of
from dialogs.enquiries.cards import LONGEST, MOST_OPTIONS
from dialogs.wording import enquiries as enquiry_words
from dialogs.wording import teaching as words
from dialogs.wording.dates import long_date
from dialogs.wording.privacy import FORMER_ADVISOR
from knowledge import Knowledge
from knowledge.authoring.clusters import Cluster
from knowledge.authoring.teaching import has_telephone

REVIEW_AFTER = timedelta(days=365)
LONGEST_TITLE, LONGEST_QUESTION, MOST_QUESTIONS = 60, 200, 20
_SLUG = 40


def kept(
    teachings: Teachings, event: Teach | ChangeTaught, now: datetime, asker: str = ""
) -> tuple[Teachings, str]:
    """All of it after ``event``, and what the audit list says of that ("" for nothing); ``asker``: from whose
    question a lesson is taught, as a keyed hash."""
    if isinstance(event, Teach):
        if teachings.get(event.draft.id) or not event.draft.questions:
            return teachings, ""
        lesson = _lesson(event.draft, event.by, now, asker)
        return replace(teachings, lessons=(*teachings.lessons, lesson)), f"teach {lesson.id}"
    before = teachings.get(event.id)
    after = _changed(before, event, now) if before else None
    if before is None or after is None or after == before:
        return teachings, ""
    lessons = tuple(after if lesson.id == event.id else lesson for lesson in teachings.lessons)
    return replace(teachings, lessons=lessons), f"{event.act} lesson {event.id}"


def note(teachings: Teachings, event: ChangeTaught, now: datetime) -> str:
    """A sentence for whoever changes something."""
    before = teachings.get(event.id)
    if before is None:
        return words.NO_SUCH
    if kept(teachings, event, now)[0] == teachings:
        return words.SAME
    return words.CHANGED[event.act].format(date=long_date(now + REVIEW_AFTER))


def forgotten(teachings: Teachings, person: str, asker: str) -> Teachings:
    """All of it without somebody who looked after some, or from whose question (``asker``: they as a keyed
    hash) some was taught. What advisors wrote stays; further examples of which nothing is left go."""
    former, lessons = Actor("", FORMER_ADVISOR), list[TaughtLesson]()
    for lesson in teachings.lessons:
        after = replace(lesson, owner=former) if lesson.owner.id == person else lesson
        for asked in (lesson.asked, *lesson.others):
            if asked is not None and asked.by == asker:
                after = _unasked(after, asked)
        if after.questions:
            lessons.append(after)
    quiz = tuple(
        replace(written, owner=former) if written.owner.id == person else written
        for written in teachings.questions
        if written.owner.id != person or written.step != "draft"
    )
    return Teachings(tuple(lessons), quiz)


def _unasked(lesson: TaughtLesson, asked: AskersQuestion) -> TaughtLesson:
    """``lesson`` without a question of its asker's."""
    return replace(
        lesson,
        questions=_others(lesson.questions, asked.question, lesson.title),
        asked=None if lesson.asked == asked else lesson.asked,
        others=tuple(other for other in lesson.others if other != asked),
    )


def draft_unasked(draft: TeachingDraft, asker: str) -> TeachingDraft:
    """``draft`` without the questions that somebody (as a keyed hash) has asked."""
    for other in draft.others:
        if other.by == asker:
            questions = _others(draft.questions, other.question, draft.title)
            others = tuple(each for each in draft.others if each != other)
            draft = replace(draft, questions=questions, others=others)
    return draft


def draft_without(draft: TeachingDraft, person: str) -> TeachingDraft:
    """``draft`` without the question of ``person``, where it was theirs."""
    if draft.asker != person:
        return draft
    return replace(draft, questions=_others(draft.questions, draft.questions[0], draft.title), asker="")


def _others(questions: tuple[str, ...], theirs: str, title: str) -> tuple[str, ...]:
    """``questions`` but for one in the same words as ``theirs``; where none is left, ``title`` if any."""
    left = tuple(question for question in questions if words_of(question) != words_of(theirs))
    return left or ((title,) if title else ())


def teach_form(
    says: str, question: str, kb: Knowledge, typed: Mapping[str, str], *, answers: bool = True
) -> Form:
    """The page on which an advisor teaches what answers ``question``; ``typed``: what stands there to begin
    with; ``answers``: whether the answer goes to somebody who waits for it."""
    near = [candidate.lesson for candidate in kb.match(question).candidates]
    ids = list(dict.fromkeys((*near, *kb.lessons)))[: MOST_OPTIONS - 1]
    options = (Option(words.OWN, "own"), *(Option(kb.lessons[id].title, id) for id in ids))
    return Form(
        says,
        words.FORM_TITLE if answers else words.TEACH_TITLE,
        (
            Text(literal(" ".join(question.split()))),
            TextEntry(
                "answer", words.ANSWER_FIELD, typed.get("answer", ""), LONGEST, lines=True,
                optional=not answers, hint="" if answers else words.ANSWER_HINT,
            ),
            TextEntry(
                "title", words.TITLE_FIELD, typed.get("title", ""), LONGEST_TITLE, optional=True,
                hint=words.TITLE_HINT,
            ),
            TextEntry(
                "questions", words.MORE_FIELD, typed.get("questions", ""), LONGEST, lines=True, optional=True,
                hint=words.MORE_HINT,
            ),
            SelectField("of", words.OF_FIELD, options, typed.get("of") or "own", hint=words.OF_HINT),
        ),
        words.FORM_SUBMIT,
    )  # fmt: skip


def read_draft(
    question: str,
    id: str,
    values: Mapping[str, str],
    by: Actor,
    to: dict[str, str],
    kb: Knowledge,
    *,
    asker: str = "",
    answers: bool = True,
) -> TeachingDraft | dict[str, str]:
    """What was filled in; why it can't be taken, by field. ``id``: from what it would be taught; ``asker``:
    see ``TeachingDraft.asker``."""
    of = "" if values.get("of", "own") == "own" else values["of"]
    answer, title = (unforged(values.get(name, "")).strip() for name in ("answer", "title"))
    questions = _lines(values.get("questions", ""))
    problems = problems_of(answer, questions, needed=answers or not of)
    if not of and (wrong := _wrong_title(title, id, kb, words.TITLE_TAKEN)):
        problems["title"] = wrong
    if problems:
        return problems
    asked = tuple(dict.fromkeys((" ".join(question.split()), *questions)))
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:_SLUG].strip("-")
    name = "-".join(filter(None, ("advice", slug, id[:6].lower())))
    of = of if of in kb.lessons else ""
    return TeachingDraft(name, answer, asked, by, to, "" if of else title, of, asker=asker)


def proposed(cluster: Cluster) -> dict[str, str]:
    """What stands on the page for questions that no lesson answers yet; the answer is the advisor's."""
    more = [each for each in cluster.questions[1:] if len(each) <= LONGEST_QUESTION][: MOST_QUESTIONS - 1]
    return {"title": cluster.title, "questions": "\n".join(more), "of": cluster.lesson or "own"}


def edit_form(says: str, lesson: TaughtLesson) -> Form:
    """The page on which a taught lesson is edited."""
    return Form(
        says, words.EDIT_TITLE, (
            TextEntry("answer", words.ANSWER_FIELD, lesson.answer, LONGEST, lines=True),
            *(() if lesson.of else (TextEntry("title", words.TITLE_FIELD, lesson.title, LONGEST_TITLE),)),
            TextEntry("questions", words.QUESTIONS_FIELD, "\n".join(lesson.questions), LONGEST, lines=True),
        ), words.EDIT_SUBMIT,
    )  # fmt: skip


def read_edit(
    lesson: TaughtLesson, values: Mapping[str, str], by: Actor, to: dict[str, str], kb: Knowledge
) -> TeachingDraft | dict[str, str]:
    """What was filled in; why it can't be taken, by field."""
    answer, title = (unforged(values.get(name, "")).strip() for name in ("answer", "title"))
    questions = _lines(values.get("questions", ""))
    problems = problems_of(answer, questions, needed=not lesson.of)
    if not questions:
        problems["questions"] = enquiry_words.EMPTY
    if not lesson.of and (wrong := _wrong_title(title, lesson.id, kb, words.NAME_TAKEN)):
        problems["title"] = wrong
    others = tuple(other for other in (lesson.asked, *lesson.others) if other is not None)
    return problems or TeachingDraft(
        lesson.id, answer, questions, by, to, title, lesson.of, others=others, edits=True
    )


def _wrong_title(title: str, id: str, kb: Knowledge, taken: str) -> str:
    """Why ``title`` can't name the lesson ``id``; ``taken``: what is said where another one has it."""
    if not words_of(title) or len(title) > LONGEST_TITLE:
        return words.NEEDS_TITLE.format(limit=LONGEST_TITLE)
    if has_telephone(title):
        return words.TELEPHONE
    return taken if name_taken(title, kb, id) else ""


def settled(draft: TeachingDraft, by: Actor) -> Teach | ChangeTaught:
    """What is done with a draft once its advisor has seen what it would do."""
    if not draft.edits:
        return Teach(draft, by)
    return ChangeTaught(draft.id, "edit", by, draft.title, draft.answer, draft.questions)


def problems_of(answer: str, questions: tuple[str, ...], *, needed: bool = True) -> dict[str, str]:
    """Why an answer, which may not be ``needed``, and its questions can't be taught, by field."""
    problems: dict[str, str] = {}
    if not words_of(answer) and (needed or answer):
        problems["answer"] = enquiry_words.EMPTY
    elif len(answer) > LONGEST:
        problems["answer"] = enquiry_words.TOO_LONG.format(count=f"{len(answer):,}", limit=f"{LONGEST:,}")
    elif has_telephone(answer):
        problems["answer"] = words.TELEPHONE
    if len(questions) > MOST_QUESTIONS or any(len(each) > LONGEST_QUESTION for each in questions):
        problems["questions"] = words.TOO_MANY.format(limit=MOST_QUESTIONS, longest=LONGEST_QUESTION)
    elif any(map(has_telephone, questions)):
        problems["questions"] = words.TELEPHONE
    return problems


def overdue(teachings: Teachings, now: datetime) -> tuple[TaughtLesson, ...]:
    """What is to be looked at again."""
    return tuple(lesson for lesson in teachings.lessons if not lesson.retired and lesson.review <= now)


def called(lesson: TaughtLesson | TeachingDraft, kb: Knowledge) -> str:
    """How something taught is named, plain text."""
    if not lesson.of:
        return lesson.title
    return kb.lessons[lesson.of].title if lesson.of in kb.lessons else lesson.of


def _lesson(draft: TeachingDraft, by: Actor, now: datetime, asker: str) -> TaughtLesson:
    asked = AskersQuestion(asker, draft.questions[0]) if asker else None
    return TaughtLesson(
        draft.id, draft.title, draft.answer, draft.questions, by, now, now + REVIEW_AFTER, draft.of,
        words.BY.format(date=long_date(now)), asked=asked, others=draft.others,
    )  # fmt: skip


def _changed(lesson: TaughtLesson, event: ChangeTaught, now: datetime) -> TaughtLesson:
    match event.act:
        case "retire" | "restore":
            return replace(lesson, retired=event.act == "retire")
        case "reviewed":
            return replace(lesson, review=now + REVIEW_AFTER, owner=event.by)
        case "edit":
            same = (lesson.title, lesson.answer, lesson.questions)
            if same == (event.title, event.answer, event.questions):
                return lesson
            left = [words_of(question) for question in event.questions]
            asked, *others = (
                # What is worded otherwise stands there in advisors' words, if at all.
                other if other is not None and words_of(other.question) in left else None
                for other in (lesson.asked, *lesson.others)
            )
            return replace(
                lesson, title=event.title, answer=event.answer, questions=event.questions, owner=event.by,
                review=now + REVIEW_AFTER, advised=words.BY.format(date=long_date(now)), asked=asked,
                others=tuple(other for other in others if other is not None),
            )  # fmt: skip


def typed(draft: TeachingDraft) -> dict[str, str]:
    """What stands on the page of a draft."""
    return {
        "answer": draft.answer, "title": draft.title, "questions": "\n".join(draft.questions[1:]),
        "of": draft.of or "own",
    }  # fmt: skip


def _lines(typed: str) -> tuple[str, ...]:
    lines = (" ".join(unforged(line).split()).lstrip("-•* ") for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if words_of(line)))
