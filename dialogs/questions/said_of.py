"""What a lesson says of a thing or a question that leans on it: the deck's own sentences, or honestly none.

What was read already is not repeated where there is something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from dialogs.core.commands import Show, encode
from dialogs.core.model import State
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Asked, Block, Choice, Choices, Part, Reply, Text
from dialogs.core.text import literal
from dialogs.questions.blocks import (
    about,
    advice,
    ask_part,
    citation,
    deck_part,
    example_part,
    our_reason_part,
    practice_part,
    since_part,
)
from dialogs.questions.naming import content, of_ours, of_the_deck, sentences_of
from dialogs.wording import conversation as words
from knowledge import Knowledge, Lesson

SPAN = re.compile(r"\b(?:years?|months?|weeks?|outset|maintained)\b")
"""What tells how soon or how long."""
_TIMED = re.compile(
    r"\b(?:years?|months?|weeks?|late|later|early|earlier|still|already|yet|now|after|afterwards|before)\b",
    re.IGNORECASE,
)
"""What asks of a point in time: "does it still count in month eight?"."""
_UNSAID = re.compile(r"n't\b|\bnot\b")
_OURS: dict[str, Callable[[Lesson], Part]] = {
    "practice": practice_part, "since": since_part, "ask": ask_part, "example": example_part,
    "our_why": our_reason_part,
}  # fmt: skip
"""Our own parts of a lesson and later evidence, the likeliest to help first."""


def of_thing(kb: Knowledge, lesson: Lesson, thing: str, question: str, read: Collection[str] = ()) -> Reply:
    """What ``lesson``, the one last given, says of ``thing``, or that the deck doesn't mention it there.

    ``read``: the parts of it that were read already.
    """
    if lesson.advice:
        return _short_reply(lesson, advice(kb, lesson), question)
    quoted = _quoted(kb, lesson, of_the_deck(thing, lesson, kb))
    if quoted:
        return _short_reply(lesson, [about(words.SAME_LESSON, lesson), *quoted], question)
    named = {"title": literal(lesson.title), "named": literal(thing), "lead": short(lesson)}
    said = Text(phrased(words.NOT_NAMED, kb, **named))
    return _short_reply(lesson, [said, *guidance(lesson, thing, kb, read)], question)


def of_it(
    kb: Knowledge, lesson: Lesson, asked: str, question: str, sure: bool = False, in_case: bool = False,
    read: Collection[str] = (),
) -> Reply:  # fmt: skip
    """What comes nearest in ``lesson`` to a question about it.

    ``sure``: it is the lesson that answers it; ``in_case``: it asks what to do in a case; ``read``: the parts
    of it that were read already, of which none is repeated where there is another.
    """
    if lesson.advice:
        return _short_reply(lesson, advice(kb, lesson), question)
    timed = _TIMED.search(asked) is not None
    quoted = _quoted(kb, lesson, of_the_deck(asked, lesson, kb) or (_spans(lesson) if timed else []))
    if sure and not quoted and "deck" not in read:
        whole: list[Block] = [about(words.SAME_LESSON, lesson), deck_part(kb, lesson), citation(kb, lesson)]
        return _short_reply(lesson, whole, question)
    opening = words.SAID_OF_IT if quoted else words.NOT_SAID_OF_CASE if in_case else words.NOT_SAID
    blocks: list[Block] = [
        Text(phrased(words.SAME_LESSON if sure else opening, kb, title=literal(lesson.title))),
        *(quoted or [in_short(kb, lesson)]),
        *([] if quoted and "deck" not in read else guidance(lesson, asked, kb, read)),
    ]
    return _short_reply(lesson, blocks, question)


def meaning(kb: Knowledge, lesson: Lesson, meant: str, question: str) -> Reply | None:
    """Where ``lesson`` uses the words ``meant``, and what is known of them; None where it doesn't."""
    wanted = content(meant, kb)
    bare = [said for term, said in kb.deck.bare.items() if wanted and wanted <= content(term, kb)]
    sentences = of_the_deck(meant, lesson, kb)
    ours = of_ours(meant, lesson, kb)
    if bare:
        blocks: list[Block] = [Text(bare[0]), citation(kb, lesson)]
    elif sentences:
        blocks = [
            about(words.MEANING, lesson),
            *_quoted(kb, lesson, sentences[:1]),
            Text(words.NO_DEFINITION),
        ]
    elif ours:
        blocks = [about(words.MEANING, lesson), *guidance(lesson, meant, kb)]
    else:
        return None
    return _short_reply(lesson, blocks, question)


def short(lesson: Lesson) -> str:
    """The lesson in a line of Markdown."""
    return literal(lesson.short) if lesson.short else lesson.lead.replace("**", "")


def in_short(kb: Knowledge, lesson: Lesson) -> Part:
    """The deck's answer, and what the lesson says isn't said: that may be just what is asked."""
    md = " ".join((lesson.lead.replace("**", ""), *_unsaid(lesson)))
    return Part(phrased(words.SOURCE_SAYS, kb), md, "deck")


def limits(kb: Knowledge, lesson: Lesson) -> Part:
    """How far the deck's answer goes, or the answer where that isn't said."""
    md = " ".join(_unsaid(lesson)) or lesson.lead.replace("**", "")
    return Part(phrased(words.SOURCE_SAYS, kb), md, "deck")


def _unsaid(lesson: Lesson) -> list[str]:
    return [said for said in sentences_of(lesson.deck) if _UNSAID.search(said)]


def _quoted(kb: Knowledge, lesson: Lesson, sentences: Sequence[str]) -> list[Block]:
    """Sentences of the deck's, and where they stand; empty where there are none."""
    if not sentences:
        return []
    return [Part(phrased(words.SOURCE_SAYS, kb), " ".join(sentences), "deck"), citation(kb, lesson)]


def _spans(lesson: Lesson) -> list[str]:
    """What the deck says in ``lesson`` of how soon and how long."""
    return [said for said in sentences_of(f"{lesson.deck}\n{lesson.lead}") if SPAN.search(said)][:1]


def guidance(lesson: Lesson, thing: str, kb: Knowledge, read: Collection[str] = ()) -> list[Block]:
    """The part of ours (or later evidence) that speaks of ``thing``, or else what to do in practice.

    A part that wasn't ``read`` yet comes before one that was; empty where all were.
    """
    speaks = of_ours(thing, lesson, kb)
    fresh = [field for field in _OURS if getattr(lesson, field) and field not in read]
    field = speaks if speaks in fresh else next(iter(fresh), None)
    return [_OURS[field](lesson)] if field else []


def told(state: State, lesson: Lesson, reply: Reply) -> tuple[str, ...]:
    """The parts of ``lesson`` that were read once ``reply`` is given, by their fields."""
    given = {block.md for block in reply.blocks if isinstance(block, Part)}
    parts = {"deck": lesson.deck, **{field: part(lesson).md for field, part in _OURS.items()}}
    before = state.told if state.lesson == lesson.id else ()
    return tuple(dict.fromkeys((*before, *(field for field, md in parts.items() if md and md in given))))


def _short_reply(lesson: Lesson, blocks: list[Block], question: str) -> Reply:
    ways = Choices((Choice(lesson.title, encode(Show(lesson.id))),))
    return Reply((*blocks, ways), asked=Asked(question, lesson.id, "answer"))
