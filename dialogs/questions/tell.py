"""One aspect of a lesson: its reason, its source, what was learnt since, and so on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from dialogs.core.acts import Aspect
from dialogs.core.commands import Show, Tell, encode
from dialogs.core.model import State
from dialogs.core.phrasing import phrased
from dialogs.core.plain import plain_markdown
from dialogs.core.replies import Asked, Block, Choice, Choices, Part, Reply, Text
from dialogs.core.text import literal
from dialogs.questions.blocks import (
    about,
    advice,
    ask_part,
    citation,
    deck_part,
    example_part,
    in_full,
    our_reason_part,
    practice_part,
    reason_part,
    show,
    since_part,
)
from dialogs.questions.naming import content, of_ours, of_the_deck, sentences_of
from dialogs.questions.sets import SIDES, one_sided, overview_on
from dialogs.wording import conversation as words
from knowledge import Knowledge, Lesson

_SENTENCE = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+")
_YEAR = re.compile(r"\b(?:19|20)\d\d")
_SUM = re.compile(r"£\d|\d%|\d per cent|\bsaved|\bsavings? of")
_SPAN = re.compile(r"\b(?:years?|months?|weeks?|outset|maintained)\b")
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
_QUOTED = 2
"""Sentences that are given to copy."""


def tell(
    kb: Knowledge, lesson: Lesson, aspect: Aspect, question: str, opening: str = words.ABOUT,
    read: Collection[str] = (),
) -> Reply:  # fmt: skip
    """A short reply that gives ``aspect`` of ``lesson``; ``opening`` names the lesson.

    Who wants more advice than the part that they have ``read`` gets what to ask themselves.
    """
    aspect = "ask" if aspect == "practice" and aspect in read and "ask" not in read else aspect
    if aspect == "short":
        return Reply((Text(short(lesson)), _more(lesson)), asked=Asked(question, lesson.id, "answer"))
    if lesson.advice:
        return Reply(tuple(in_full(kb, lesson)), asked=Asked(question, lesson.id, "answer"))
    blocks: list[Block] = [about(opening, lesson), *_aspect(kb, lesson, aspect, question, read)]
    if aspect != "more":
        blocks.append(Choices((Choice(lesson.title, encode(Show(lesson.id))),)))
    return Reply(tuple(blocks), asked=Asked(question, lesson.id, "answer"))


def short(lesson: Lesson) -> str:
    """The lesson in a line of Markdown."""
    return literal(lesson.short) if lesson.short else lesson.lead.replace("**", "")


def _more(lesson: Lesson) -> Choices:
    return Choices((Choice(words.ASPECT_BUTTONS["more"], encode(Tell("more", lesson.id))),))


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
    return _short_reply(lesson, [said, *_guidance(lesson, thing, kb, read)], question)


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
    # What the lesson says isn't said may be just what is asked.
    unsaid = [said for said in sentences_of(lesson.deck) if _UNSAID.search(said)]
    nearest = " ".join((lesson.lead.replace("**", ""), *unsaid))
    blocks: list[Block] = [
        Text(phrased(words.SAME_LESSON if sure else opening, kb, title=literal(lesson.title))),
        *(quoted or [Part(phrased(words.SOURCE_SAYS, kb), nearest, "deck")]),
        *([] if quoted and "deck" not in read else _guidance(lesson, asked, kb, read)),
    ]
    return _short_reply(lesson, blocks, question)


def _quoted(kb: Knowledge, lesson: Lesson, sentences: Sequence[str]) -> list[Block]:
    """Sentences of the deck's, and where they stand; empty where there are none."""
    if not sentences:
        return []
    return [Part(phrased(words.SOURCE_SAYS, kb), " ".join(sentences), "deck"), citation(kb, lesson)]


def _spans(lesson: Lesson) -> list[str]:
    """What the deck says in ``lesson`` of how soon and how long."""
    return [said for said in sentences_of(f"{lesson.deck}\n{lesson.lead}") if _SPAN.search(said)][:1]


def meaning(kb: Knowledge, lesson: Lesson, meant: str, question: str) -> Reply | None:
    """Where ``lesson`` uses the words ``meant``, and what is known of them; None where it doesn't."""
    wanted = content(meant, kb)
    bare = [said for term, said in kb.deck.bare.items() if wanted and wanted <= content(term, kb)]
    sentences = of_the_deck(meant, lesson, kb)
    ours = of_ours(meant, lesson, kb)
    if bare:
        blocks: list[Block] = [Text(bare[0]), citation(kb, lesson)]
    elif sentences:
        blocks = [about(words.MEANING, lesson), *_quoted(kb, lesson, sentences[:1]), Text(words.NO_DEFINITION)]
    elif ours:
        blocks = [about(words.MEANING, lesson), *_guidance(lesson, meant, kb)]
    else:
        return None
    return _short_reply(lesson, blocks, question)


def _guidance(lesson: Lesson, thing: str, kb: Knowledge, read: Collection[str] = ()) -> list[Block]:
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


def leads(kb: Knowledge, ids: tuple[str, ...], question: str) -> Reply:
    """Several lessons in a sentence each."""
    blocks: tuple[Block, ...] = (_lines(kb, ids), show(kb, ids))
    return Reply(blocks, asked=Asked(question, ids[0], "answer", ids[1:]))


def stands_in(kb: Knowledge, lesson: str, overview: str, question: str) -> Reply:
    """In which list ``lesson`` stands."""
    titles = {"title": kb.lessons[lesson].title, "list": kb.lessons[overview].title}
    said = phrased(words.STANDS_IN, kb, **{name: literal(title) for name, title in titles.items()})
    blocks = (Text(said), citation(kb, kb.lessons[overview]), show(kb, (overview, lesson)))
    return Reply(blocks, asked=Asked(question, lesson, "answer", (overview,)))


def sided(
    kb: Knowledge, shown: tuple[str, ...], aspect: Aspect, question: str, ranked: bool = False
) -> Reply:
    """Which of ``shown`` fall on the side that ``aspect`` asks for; where none do, which others do.

    ``ranked``: it was asked which does so most, which the deck doesn't say. It is answered from the overview
    that lists one side alone, where the deck has one.
    """
    side = SIDES[aspect]
    overview = overview_on(side, kb)
    of_these = tuple(id for id in shown if kb.lessons[id].side == side)
    on_side = of_these or (overview.items if overview else ())
    if not on_side:
        return Reply((Text(phrased(words.NONE_ON_SIDE, kb)),), asked=Asked(question, shown[0], "answer"))
    template = words.ON_THE_SIDE[side] if of_these else f"{words.NONE_ON_SIDE} {words.OTHERS_ON_SIDE[side]}"
    named = (overview.id, *on_side) if overview else on_side
    blocks: list[Block] = [
        *([Text(phrased(words.NOT_RANKED, kb))] if ranked and len(of_these) > 1 else []),
        Text(phrased(template, kb)),
        _lines(kb, on_side),
    ]
    blocks += [citation(kb, overview or kb.lessons[on_side[0]]), show(kb, on_side)]
    return Reply(tuple(blocks), asked=Asked(question, named[0], "answer", named[1:]))


def unranked(kb: Knowledge, shown: tuple[str, ...], question: str) -> Reply:
    """That the deck ranks none of ``shown``, and what they are."""
    blocks = (
        Text(phrased(words.NOT_RANKED, kb)),
        _lines(kb, shown),
        citation(kb, kb.lessons[shown[0]]),
        show(kb, shown),
    )
    return Reply(blocks, asked=Asked(question, shown[0], "answer", shown[1:]))


def _lines(kb: Knowledge, ids: tuple[str, ...]) -> Text:
    """Each lesson's title and its answer in a sentence."""
    named = (kb.lessons[id] for id in ids)
    return Text(
        "\n".join(f"- **{literal(lesson.title)}**: {lesson.lead.replace('**', '')}" for lesson in named)
    )


def _aspect(
    kb: Knowledge, lesson: Lesson, aspect: Aspect, question: str, read: Collection[str]
) -> list[Block]:
    match aspect:
        case "why":
            ours = [our_reason_part(lesson)] if lesson.our_why else []
            return [reason_part(kb, lesson), citation(kb, lesson), *ours]
        case "more":
            return in_full(kb, lesson)
        case "short":
            return [Text(short(lesson))]
        case "deck":
            return [deck_part(kb, lesson), citation(kb, lesson)]
        case "source":
            return [citation(kb, lesson), Text(_source(kb, lesson))]
        case "when":
            return _dated(kb, lesson)
        case "report":
            since = [since_part(lesson)] if lesson.since else []
            return [Text(quotable(lesson)), Text(_reference(kb, lesson)), *since]
        case "since" | "proof":
            said = [citation(kb, lesson)] if aspect == "proof" else []
            if lesson.since:
                return [since_part(lesson), *said]
            return [*said, Text(phrased(words.NO_LATER_EVIDENCE, kb))]
        case "practice":
            return [practice_part(lesson)]
        case "ask":
            return [ask_part(lesson)] if lesson.ask else [practice_part(lesson)]
        case "example":
            cases = [example_part(lesson)] if lesson.example else []
            cases += [since_part(lesson)] if lesson.since else []
            none = Text(phrased(words.NO_EXAMPLE, kb))
            return [*cases] if cases else [none, deck_part(kb, lesson), citation(kb, lesson)]
        case "works" | "fails" | "verdict":
            # What the deck says was the answer; pressed again, what would change it helps more.
            again = _guidance(lesson, "", kb, read) if "deck" in read and one_sided(lesson, kb) else []
            return [Text(_verdict(kb, lesson)), *(again or [deck_part(kb, lesson)]), citation(kb, lesson)]
        case "cost":
            return _figured(kb, lesson, _SUM, words.NO_FIGURE, question, read)
        case "time":
            return _figured(kb, lesson, _SPAN, words.NO_SPAN, question, read)
        case "who":
            return [
                Text(phrased(words.NOBODY_NAMED, kb)),
                Text(short(lesson)),
                *_guidance(lesson, question, kb, read),
            ]
        case "us":
            ways = [ask_part(lesson)] if lesson.ask else [practice_part(lesson)]
            return [Text(phrased(words.FOR_US, kb)), *ways]
        case "items":
            return _beside(kb, lesson) if lesson.items else [deck_part(kb, lesson), citation(kb, lesson)]


def _dated(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """When the deck was made, and what it says of any year."""
    said = Text(phrased(words.DECK_DATED, kb, date=kb.deck.date))
    dated = [sentence for sentence in sentences_of(f"{lesson.deck}\n{lesson.lead}") if _YEAR.search(sentence)]
    parts = [Part(phrased(words.SOURCE_SAYS, kb), dated[0], "deck")] if dated else []
    return [said, *parts, citation(kb, lesson)]


def _figured(
    kb: Knowledge, lesson: Lesson, wanted: re.Pattern[str], lacking: str, question: str, read: Collection[str]
) -> list[Block]:
    """The deck's sentence with a figure of the kind that is asked for; else that it gives none."""
    sentences = sentences_of(f"{lesson.deck}\n{lesson.lead}")
    said = next((sentence for sentence in sentences if wanted.search(sentence)), None)
    if said:
        return [Part(phrased(words.SOURCE_SAYS, kb), said, "deck"), citation(kb, lesson)]
    later = bool(lesson.since) and wanted.search(lesson.since) is not None
    ours = [since_part(lesson)] if later else _guidance(lesson, question, kb, read)
    return [Text(phrased(lacking, kb)), *ours]


def _verdict(kb: Knowledge, lesson: Lesson) -> str:
    side = one_sided(lesson, kb)
    if lesson.items and side in words.ALL_ON_A_SIDE:
        return phrased(words.ALL_ON_A_SIDE[side], kb)
    if side:
        return phrased(words.ON_A_SIDE[side], kb)
    listed = next((other for other in kb.lessons.values() if lesson.id in other.items), None)
    where = {"title": literal(lesson.title), "list": literal(listed.title)} if listed else {}
    return phrased(f"{words.NO_VERDICT} {words.STANDS_IN}" if where else words.NO_VERDICT, kb, **where)


def _beside(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """What is in an overview, or else what lies next to the lesson, in a sentence each."""
    ids = lesson.items or lesson.related[:2]
    return [_lines(kb, ids), show(kb, ids)] if ids else []


def quotable(lesson: Lesson) -> str:
    """What the deck says, in two sentences to copy (Markdown); a list is part of the sentence before it."""
    if lesson.deck.startswith("- "):
        return lesson.lead.replace("**", "")
    listed = re.sub(r"(?m)^- (.*?)[;.]?$", r"\1;", plain_markdown(lesson.deck))
    ended = re.sub(r";\n(?!.*;$)", ".\n", listed, flags=re.MULTILINE)
    sentences = _SENTENCE.split(" ".join(ended.split()))
    return literal(" ".join(sentences[:_QUOTED]).rstrip("; .")) + "."


def _reference(kb: Knowledge, lesson: Lesson) -> str:
    deck = kb.deck
    return words.REFERENCE.format(
        author=literal(deck.author),
        role=literal(deck.role),
        publisher=literal(deck.publisher),
        title=literal(deck.title),
        date=deck.date,
        heading=literal(lesson.heading),
    )


def _source(kb: Knowledge, lesson: Lesson) -> str:
    deck = kb.deck
    return words.SOURCE.format(
        heading=literal(lesson.heading),
        title=literal(deck.title),
        author=literal(deck.author),
        date=deck.date,
    )
