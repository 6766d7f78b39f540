"""The blocks that several conversations share: parts of a lesson, lists of lessons, citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dialogs.core.commands import RateAnswer, Show, WhyThisAnswer, encode
from dialogs.core.plain import plain_markdown
from dialogs.core.replies import Asked, Block, Choice, Choices, Citation, Feedback, Part, Reply, Text
from dialogs.core.text import literal
from dialogs.wording import conversation as words
from knowledge import Knowledge, Lesson

_ABSTRACT = 160
_RELATED = 3


def lesson_reply(kb: Knowledge, lesson: Lesson, asked: Asked, before: Sequence[Block] = ()) -> Reply:
    """The whole of ``lesson``: the answer in bold, whose words each part is, and where to go next."""
    blocks: list[Block] = [*before, Text(f"**{lesson.lead.replace('**', '')}**"), deck_part(lesson)]
    blocks.append(citation(kb, lesson))
    if lesson.since:
        blocks.append(since_part(lesson))
    blocks.append(practice_part(lesson))
    if lesson.ask:
        blocks.append(ask_part(lesson))
    explain = Choice(words.WHY_THIS_ANSWER, encode(WhyThisAnswer(lesson.id)))
    if lesson.items:
        blocks += [show(kb, lesson.items), Choices((explain,))]
    else:
        blocks.append(Choices((*show(kb, lesson.related[:_RELATED]).options, explain)))
    blocks.append(Feedback(up=encode(RateAnswer(True, lesson.id)), down=encode(RateAnswer(False, lesson.id))))
    return Reply(tuple(blocks), asked=asked)


def deck_part(lesson: Lesson) -> Part:
    """What the deck says."""
    return Part(words.DECK_SAYS, lesson.deck, "deck")


def since_part(lesson: Lesson) -> Part:
    """What was learnt after the deck."""
    return Part(words.SINCE_THEN, lesson.since, "since")


def practice_part(lesson: Lesson) -> Part:
    """Our own guidance."""
    return Part(words.IN_PRACTICE, lesson.practice, "us")


def ask_part(lesson: Lesson) -> Part:
    """What a partnership should ask itself."""
    questions = lesson.ask
    md = literal(questions[0]) if len(questions) == 1 else "\n".join(f"- {literal(one)}" for one in questions)
    return Part(words.ASK_YOURSELVES, md, "ask")


def citation(kb: Knowledge, lesson: Lesson) -> Citation:
    """Where the lesson stands in the deck."""
    deck = kb.deck
    abstract = " ".join(plain_markdown(lesson.deck).split())
    if len(abstract) > _ABSTRACT:
        abstract = abstract[: _ABSTRACT - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return Citation(lesson.heading, deck.title, deck.author, deck.date, deck.short, abstract)


def show(kb: Knowledge, ids: Iterable[str]) -> Choices:
    """A button for each lesson."""
    return Choices(tuple(Choice(kb.lessons[one].title, encode(Show(one))) for one in ids))


def examples(kb: Knowledge, count: int = 3) -> Choices:
    """Example questions to press, each of another heading where there are enough."""
    return Choices(tuple(Choice(one, one) for one in example_questions(kb)[-count:]))


def example_questions(kb: Knowledge) -> tuple[str, ...]:
    """One example question of each heading."""
    first_of: dict[str, str] = {}
    for lesson in kb.lessons.values():
        whole = [one for one in lesson.questions if len(one.split()) > 4]  # a sentence shows best how to ask
        for one in (*whole, *lesson.questions)[:1]:
            first_of.setdefault(lesson.heading, one)
    return tuple(first_of.values())


def about(template: str, lesson: Lesson) -> Text:
    """A sentence that names ``lesson``."""
    return Text(template.format(title=literal(lesson.title)))
