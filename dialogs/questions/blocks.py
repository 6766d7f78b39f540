"""The blocks that several conversations share: parts of a lesson, lists of lessons, citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from dialogs.core.acts import Aspect
from dialogs.core.commands import AskAdvisor, RateAnswer, ShareAnswer, Show, Tell, WhyThisAnswer, encode
from dialogs.core.enquiry_model import Tried
from dialogs.core.model import World
from dialogs.core.phrasing import phrased
from dialogs.core.plain import plain_markdown
from dialogs.core.replies import Asked, Block, Choice, Choices, Citation, Feedback, Part, Quote, Reply, Text
from dialogs.core.text import literal
from dialogs.wording import conversation as words
from dialogs.wording import sharing as sharing_words
from dialogs.wording import teaching as taught_words
from knowledge import Knowledge, Lesson
from knowledge.taught import shortened

_ABSTRACT = 160
_BUTTONS = 3
"""Buttons under an answer, beside the two thumbs: more are not looked at on a telephone."""
_LESSONS = 256
"""Lessons of which what stands under each answer is kept."""


def lesson_reply(
    kb: Knowledge,
    lesson: Lesson,
    asked: Asked,
    before: Sequence[Block] = (),
    also: Sequence[Lesson] = (),
    beyond: Sequence[Block] = (),
) -> Reply:
    """The short of ``lesson``: the answer in bold, what the deck says and where, and the ways on.

    ``also``: further lessons that were asked for, in a sentence each. ``beyond``: what is said after them.
    """
    blocks: list[Block] = [*before, *given(kb, lesson)]
    for other in also:
        lead = other.lead.replace("**", "")
        blocks.append(Text(words.ALSO_ASKED.format(title=literal(other.title), lead=lead)))
    blocks += beyond
    blocks.append(_ways_on(kb, lesson, [other.id for other in also]))
    blocks.append(Feedback(up=encode(RateAnswer(True, lesson.id)), down=encode(RateAnswer(False, lesson.id))))
    return Reply(tuple(blocks), asked=asked)


def given(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """The answer that ``lesson`` gives, and whose it is."""
    if lesson.advice:
        return advice(kb, lesson)
    return [Text(f"**{lesson.lead.replace('**', '')}**"), deck_part(kb, lesson), citation(kb, lesson)]


def advice(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """What advisors taught, literally, and that it is theirs."""
    source = phrased(taught_words.SOURCE, kb, advised=literal(lesson.advised))
    return [Text(f"**{literal(lesson.title)}**"), Quote(lesson.advice), Text(f"*{source}*")]


def in_full(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """All that there is on ``lesson``, whose words each part is, and where to go next."""
    explain = Choice(words.WHY_THIS_ANSWER, encode(WhyThisAnswer(lesson.id)))
    report = Choice(words.FOR_A_REPORT, encode(Tell("report", lesson.id)))
    share = Choice(sharing_words.SHARE, encode(ShareAnswer(lesson.id)))
    if lesson.advice:
        return [*advice(kb, lesson), Choices((report, share, explain))]
    parts = [deck_part(kb, lesson), reason_part(kb, lesson)]
    parts += [our_reason_part(lesson)] if lesson.our_why else []
    parts += [example_part(lesson)] if lesson.example else []
    parts += [since_part(lesson)] if lesson.since else []
    parts += [practice_part(lesson)]
    parts += [ask_part(lesson)] if lesson.ask else []
    near = show(kb, (lesson.items or lesson.related)[:_BUTTONS])
    return [*parts, citation(kb, lesson), Choices((*near.options, report, share, explain))]


def _ways_on(kb: Knowledge, lesson: Lesson, also: Sequence[str]) -> Choices:
    """The lessons that belong to the answer, then its further parts, then the nearest lesson."""
    first = show(kb, (*also, *lesson.items)).options
    near = show(kb, [other for other in lesson.related if other not in (*also, *lesson.items)]).options
    return Choices((*first, *folds(lesson), *near)[: max(_BUTTONS, len(first))])


@lru_cache(_LESSONS)
def folds(lesson: Lesson) -> tuple[Choice, ...]:
    """Buttons that bring the further parts of an answer."""
    if lesson.advice:
        return ()
    found = [_fold("practice", lesson, practice_part(lesson))]
    found += [_fold("since", lesson, since_part(lesson))] if lesson.since else []
    found += [_fold("ask", lesson, ask_part(lesson))] if lesson.ask else []
    return tuple(found)


def _fold(aspect: Aspect, lesson: Lesson, part: Part) -> Choice:
    return Choice(words.ASPECT_BUTTONS[aspect], encode(Tell(aspect, lesson.id)), unfolds=part)


def deck_part(kb: Knowledge, lesson: Lesson) -> Part:
    """What the deck says."""
    return Part(phrased(words.SOURCE_SAYS, kb), lesson.deck, "deck")


def reason_part(kb: Knowledge, lesson: Lesson) -> Part:
    """The deck's reason."""
    return Part(phrased(words.REASON, kb), lesson.why, "deck")


def our_reason_part(lesson: Lesson) -> Part:
    """The reason in our own view."""
    return Part(words.OUR_REASON, lesson.our_why, "us")


def example_part(lesson: Lesson) -> Part:
    """A case that we made up."""
    return Part(words.EXAMPLE, lesson.example, "us")


def since_part(lesson: Lesson) -> Part:
    """What was learnt after the deck."""
    return Part(words.SINCE_THEN, lesson.since, "since")


def practice_part(lesson: Lesson) -> Part:
    """Our own guidance."""
    return Part(words.IN_PRACTICE, lesson.practice, "us")


def ask_part(lesson: Lesson) -> Part:
    """What readers should ask themselves."""
    questions = lesson.ask
    md = (
        literal(questions[0])
        if len(questions) == 1
        else "\n".join(f"- {literal(question)}" for question in questions)
    )
    return Part(words.ASK_YOURSELVES, md, "ask")


def citation(kb: Knowledge, lesson: Lesson) -> Citation:
    """Where the lesson stands in the deck."""
    deck, abstract = kb.deck, _abstract(lesson.deck)
    return Citation(
        lesson.heading, deck.title, deck.author, deck.date, deck.short, abstract, encode(Show(lesson.id))
    )


@lru_cache(_LESSONS)
def _abstract(md: str) -> str:
    return shortened(" ".join(plain_markdown(md).split()), _ABSTRACT)


def show(kb: Knowledge, ids: Iterable[str]) -> Choices:
    """A button for each lesson."""
    return Choices(tuple(Choice(kb.lessons[id].title, encode(Show(id))) for id in ids))


def examples(kb: Knowledge) -> Choices:
    """Example questions to press, each of another heading where there are enough."""
    return Choices(tuple(Choice(question, question) for question in example_questions(kb)[-3:]))


def example_questions(kb: Knowledge) -> tuple[str, ...]:
    """One example question of each heading."""
    first_of: dict[str, str] = {}
    for lesson in kb.lessons.values():
        # A sentence shows best how to ask.
        whole = [question for question in lesson.questions if len(question.split()) > 4]
        for example in (*whole, *lesson.questions)[:1]:
            first_of.setdefault(lesson.heading, example)
    return tuple(first_of.values())


def ask_advisor(question: str, tried: Tried, lesson: str | None, world: World) -> tuple[Choice, ...]:
    """The button that puts ``question`` to the advisors, where there are any."""
    if not (world.advised and world.remembers and question):
        return ()
    return (Choice(words.ASK_ADVISOR, encode(AskAdvisor(question, tried, lesson or ""))),)


def about(template: str, lesson: Lesson) -> Text:
    """A sentence that names ``lesson``."""
    return Text(template.format(title=literal(lesson.title)))
