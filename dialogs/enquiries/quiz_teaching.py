"""Quiz questions of the advisors' own: written on a page, shown as they would be asked, added and retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from dialogs.core.commands import QuestionAct, encode
from dialogs.core.forms import Form, Option, SelectField, TextEntry
from dialogs.core.mentions import unforged
from dialogs.core.replies import Block, Choice, Choices, Facts, Reply, Text
from dialogs.core.session_model import Actor
from dialogs.core.teaching_model import FALSE, TRUE, QuestionChange, TaughtQuestion, Teachings
from dialogs.core.text import literal
from dialogs.core.text import words as words_of
from dialogs.enquiries.cards import MOST_OPTIONS
from dialogs.wording import quiz as quiz_words
from dialogs.wording import quiz_teaching as words
from dialogs.wording import teaching as teaching_words
from dialogs.wording.dates import long_date
from dialogs.wording.privacy import FORMER_ADVISOR
from knowledge import Knowledge
from knowledge.authoring.quiz_teaching import LONGEST, LONGEST_OPTION, LONGEST_WHY, told_of
from knowledge.authoring.teaching import has_telephone

MOST_ANSWERS, LISTED, SHOWN = 5, 12, 5


def form(says: str, question: TaughtQuestion | None, kb: Knowledge) -> Form:
    """The page on which one is written, or changed."""
    lesson = question.lesson if question else ""
    ids = list(dict.fromkeys((*filter(None, (lesson,)), *kb.lessons)))[:MOST_OPTIONS]
    options = tuple(Option(kb.lessons[id].title, id) for id in ids if id in kb.lessons)
    right, wrong = (question.right, question.wrong) if question else ((), ())
    longest = MOST_ANSWERS * (LONGEST_OPTION + 1)
    return Form(
        says,
        words.FORM_TITLE,
        (
            SelectField("lesson", words.LESSON_FIELD, options, lesson, hint=words.LESSON_HINT),
            TextEntry("text", words.TEXT_FIELD, question.text if question else "", LONGEST, lines=True),
            TextEntry(
                "right", words.RIGHT_FIELD, "\n".join(right), longest, lines=True, hint=words.RIGHT_HINT
            ),
            TextEntry(
                "wrong", words.WRONG_FIELD, "\n".join(wrong), longest, lines=True, optional=True,
                hint=words.WRONG_HINT,
            ),
            TextEntry(
                "why", words.WHY_FIELD, question.why if question else "", LONGEST_WHY, lines=True,
                hint=words.WHY_HINT,
            ),
        ),
        words.FORM_SUBMIT,
    )  # fmt: skip


def read(
    id: str, values: Mapping[str, str], by: Actor, now: datetime, kb: Knowledge, before: TaughtQuestion | None
) -> TaughtQuestion | dict[str, str]:
    """What was filled in; why it can't be taken, by field."""
    text, why = (" ".join(unforged(values.get(name, "")).split()) for name in ("text", "why"))
    right, wrong = (_lines(values.get(name, "")) for name in ("right", "wrong"))
    lesson = values.get("lesson", "")
    said = right[0].capitalize() if len(right) == 1 and not wrong else ""
    truth = said if said in (TRUE, FALSE) else ""
    right = (truth,) if truth else right
    problems: dict[str, str] = {}
    for name, written, longest in (("text", text, LONGEST), ("why", why, LONGEST_WHY)):
        if not words_of(written):
            problems[name] = words.EMPTY
        elif len(written) > longest:
            problems[name] = words.TOO_LONG.format(count=len(written), limit=longest)
        elif has_telephone(written):
            problems[name] = teaching_words.TELEPHONE
    if lesson not in kb.lessons:
        problems["lesson"] = words.NO_LESSON
    if not right:
        problems["right"] = words.EMPTY
    elif not wrong and not truth:
        problems["wrong"] = words.NO_WRONG
    plain = [tuple(words_of(option)) for option in (*right, *wrong)]
    if len(plain) > MOST_ANSWERS or len(set(plain)) < len(plain):
        problems["wrong"] = words.TOO_MANY
    for name, given in (("right", right), ("wrong", wrong)):
        if any(len(option) > LONGEST_OPTION for option in given):
            problems[name] = words.TOO_LONG.format(count=max(map(len, given)), limit=LONGEST_OPTION)
        elif any(map(has_telephone, given)):
            problems[name] = teaching_words.TELEPHONE
    others = (question for question in kb.quiz.questions if question.id != id)
    if any(words_of(question.text) == words_of(text) for question in others):
        problems["text"] = words.SAME_TEXT
    if problems:
        return problems
    step = before.step if before else "draft"
    advised = teaching_words.BY.format(date=long_date(now))
    return TaughtQuestion(
        id, lesson, text, right, wrong, why, by, before.at if before else now, advised, step
    )


def with_question(teachings: Teachings, question: TaughtQuestion) -> Teachings:
    """All of it with ``question``, in the place of the one of its id."""
    others = tuple(other for other in teachings.questions if other.id != question.id)
    return replace(teachings, questions=(*others, question))


def changed(teachings: Teachings, id: str, act: QuestionChange) -> Teachings:
    """All of it after ``act``; as it was where that makes no sense."""
    question = get(teachings, id)
    if question is None:
        return teachings
    match act:
        case "drop" if question.step == "draft":
            return replace(
                teachings, questions=tuple(question for question in teachings.questions if question.id != id)
            )
        case "add" if question.step == "draft":
            return with_question(teachings, replace(question, step="on"))
        case "retire" if question.step == "on":
            return with_question(teachings, replace(question, step="retired"))
        case "restore" if question.step == "retired":
            return with_question(teachings, replace(question, step="on"))
        case _:
            return teachings


def get(teachings: Teachings, id: str) -> TaughtQuestion | None:
    """The question called ``id``."""
    return next((question for question in teachings.questions if question.id == id), None)


def preview(question: TaughtQuestion, kb: Knowledge) -> Reply:
    """One as it would be asked, what the linter says of it, and what can be done with it."""
    lesson = kb.lessons[question.lesson].title if question.lesson in kb.lessons else question.lesson
    text = literal(question.text)
    lines = [words.RIGHT.format(text=literal(option)) for option in question.right]
    lines += [words.WRONG.format(text=literal(option)) for option in question.wrong]
    blocks: list[Block] = [
        Text(words.PREVIEW.format(lesson=literal(lesson))),
        Text(f"**{text if question.wrong else quiz_words.QUIZ_TRUTH.format(text=text)}**"),
        Text("\n".join(f"- {line}" for line in lines)),
        Text(words.WHY.format(why=literal(question.why))),
    ]
    told = told_of(question.question, kb) if question.step != "retired" else ()
    linted = "\n".join([words.LINTED, *(f"- {literal(problem)}" for problem in told)])
    blocks.append(Text(linted if told else words.CLEAN))
    if question.step != "draft":
        blocks.append(Text(literal(_in_list(question, kb))))
    if question.id in kb.filed:
        return Reply((*blocks, Text(teaching_words.FILED)), private=True)
    return Reply((*blocks, Choices(_ways(question))), private=True)


def listed(teachings: Teachings, person: str, kb: Knowledge) -> Reply:
    """All of the advisors' own, the newest first; drafts only to whoever writes them."""
    mine = [each for each in reversed(teachings.questions) if each.step != "draft" or each.owner.id == person]
    found = tuple(mine[:LISTED])
    new = Choice(words.NEW, encode(QuestionAct("new")), opens=True)
    if not found:
        return Reply((Text(words.LIST_EMPTY), Choices((new,))), private=True)
    pairs = tuple((f"{n}. {each.text}", _in_list(each, kb)) for n, each in enumerate(found, 1))
    shows = tuple(
        Choice(teaching_words.SHOW.format(number=n), encode(QuestionAct("show", each.id)), about=each.text)
        for n, each in enumerate(found[:SHOWN], 1)
    )
    return Reply((Text(f"**{words.LIST}**"), Facts(pairs), Choices((*shows, new))), private=True)


def _ways(question: TaughtQuestion) -> tuple[Choice, ...]:
    edit = Choice(words.CHANGE, encode(QuestionAct("edit", question.id)), opens=True)
    match question.step:
        case "draft":
            add = Choice(words.ADD, encode(QuestionAct("add", question.id)), primary=True)
            return (add, edit, Choice(words.DROP, encode(QuestionAct("drop", question.id))))
        case "on":
            return (edit, Choice(words.RETIRE, encode(QuestionAct("retire", question.id))))
        case "retired":
            return (Choice(words.RESTORE, encode(QuestionAct("restore", question.id))), edit)


def _in_list(question: TaughtQuestion, kb: Knowledge) -> str:
    lesson = kb.lessons[question.lesson].title if question.lesson in kb.lessons else question.lesson
    return words.IN_LIST.format(
        lesson=lesson, owner=question.owner.name or FORMER_ADVISOR, date=long_date(question.at),
        state=words.STATE[question.step],
    )  # fmt: skip


def _lines(typed: str) -> tuple[str, ...]:
    lines: Sequence[str] = [" ".join(unforged(line).split()).lstrip("-•* ") for line in typed.splitlines()]
    return tuple(line for line in lines if words_of(line))
