"""One aspect of a lesson: its reason, its source, what was learnt since, and so on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dialogs.core.acts import Aspect
from dialogs.core.commands import Show, Tell, encode
from dialogs.core.phrasing import phrased
from dialogs.core.plain import plain_markdown
from dialogs.core.replies import Asked, Block, Choice, Choices, Part, Reply, Text
from dialogs.core.text import literal
from dialogs.questions.blocks import (
    about,
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
from dialogs.questions.naming import sentences_of
from dialogs.questions.said_of import SPAN, guidance, limits, short
from dialogs.questions.sets import SIDES, one_sided, overview_on
from dialogs.wording import conversation as words
from dialogs.wording import teaching as taught_words
from knowledge import Knowledge, Lesson

_SENTENCE = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+")
_YEAR = re.compile(r"\b(?:19|20)\d\d")
_SUM = re.compile(r"£\d|\d%|\d per cent|\bsaved|\bsavings? of")
_PEOPLE = re.compile(
    r"\b(?:people|staff|unions?|politic\w+|leaders?|ceo|chief executives?|managers?|directors?|members|"
    r"officers?|partners|volunteers?|residents?|teams?)\b",
    re.IGNORECASE,
)
"""Whom the deck speaks of."""
_QUOTED = 2
"""Sentences that are given to copy."""


def tell(
    kb: Knowledge, lesson: Lesson, aspect: Aspect, question: str, opening: str = words.ABOUT,
    read: Collection[str] = (),
) -> Reply:  # fmt: skip
    """A short reply that gives ``aspect`` of ``lesson``; ``opening`` names the lesson.

    Who wants more advice than the part that they have ``read`` gets what to ask themselves before it.
    """
    if aspect == "short":
        return Reply((Text(short(lesson)), _more(lesson)), asked=Asked(question, lesson.id, "answer"))
    if lesson.advice and aspect != "report":
        return Reply(tuple(in_full(kb, lesson)), asked=Asked(question, lesson.id, "answer"))
    return _told(kb, lesson, (aspect,), question, opening, read)


def tell_several(
    kb: Knowledge, lesson: Lesson, aspects: Sequence[Aspect], question: str, read: Collection[str]
) -> Reply:
    """``aspects`` of ``lesson`` in one reply: "why? and any tips?"."""
    return _told(kb, lesson, aspects, question, words.ABOUT, read)


def _told(
    kb: Knowledge,
    lesson: Lesson,
    aspects: Sequence[Aspect],
    question: str,
    opening: str,
    read: Collection[str],
) -> Reply:
    blocks: list[Block] = [about(opening, lesson)]
    for aspect in aspects:
        blocks += [block for block in _aspect(kb, lesson, aspect, question, read) if block not in blocks]
    if "more" not in aspects:
        blocks.append(Choices((Choice(lesson.title, encode(Show(lesson.id))),)))
    return Reply(tuple(blocks), asked=Asked(question, lesson.id, "answer"))


def _more(lesson: Lesson) -> Choices:
    return Choices((Choice(words.ASPECT_BUTTONS["more"], encode(Tell("more", lesson.id))),))


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
            guided = [*read][-1:] not in ([], ["deck"])
            last = [Text(phrased(words.OURS_LAST, kb))] if guided else []
            return [*last, citation(kb, lesson), Text(_source(kb, lesson))]
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
            further = [ask_part(lesson)] if lesson.ask and "practice" in read and "ask" not in read else []
            return [*further, practice_part(lesson)]
        case "ask":
            return [ask_part(lesson)] if lesson.ask else [practice_part(lesson)]
        case "example":
            cases = [example_part(lesson)] if lesson.example else []
            cases += [since_part(lesson)] if lesson.since else []
            none = Text(phrased(words.NO_EXAMPLE, kb))
            return [*cases] if cases else [none, deck_part(kb, lesson), citation(kb, lesson)]
        case "works" | "fails" | "verdict":
            # What the deck says was the answer; pressed again, how far it goes is enough.
            again = "deck" in read and lesson.side is not None
            nearest = limits(kb, lesson) if again else deck_part(kb, lesson)
            return [Text(_verdict(kb, lesson)), nearest, citation(kb, lesson)]
        case "cost":
            return _figured(kb, lesson, _SUM, words.NO_FIGURE, question, read)
        case "time":
            return _figured(kb, lesson, SPAN, words.NO_SPAN, question, read)
        case "who":
            people = [said for said in _deck_sentences(lesson) if _PEOPLE.search(said)]
            advised = guidance(lesson, question, kb, read)
            if people:
                named = Part(phrased(words.SOURCE_SAYS, kb), people[0], "deck")
                return [named, citation(kb, lesson), *advised]
            return [Text(phrased(words.NOBODY_NAMED, kb)), Text(short(lesson)), *advised]
        case "us":
            ways = [ask_part(lesson)] if lesson.ask else [practice_part(lesson)]
            return [Text(phrased(words.FOR_US, kb)), *ways]
        case "items":
            return _beside(kb, lesson) if lesson.items else [deck_part(kb, lesson), citation(kb, lesson)]


def _dated(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """What the deck says of when, and when it was made itself."""
    said = Text(phrased(words.DECK_DATED, kb, date=kb.deck.date))
    timed = [sentence for sentence in _deck_sentences(lesson) if _YEAR.search(sentence)]
    timed += [sentence for sentence in _deck_sentences(lesson) if SPAN.search(sentence)]
    parts = [Part(phrased(words.SOURCE_SAYS, kb), timed[0], "deck")] if timed else []
    return [*parts, said, citation(kb, lesson)]


def _deck_sentences(lesson: Lesson) -> list[str]:
    return sentences_of(f"{lesson.deck}\n{lesson.lead}")


def _figured(
    kb: Knowledge, lesson: Lesson, wanted: re.Pattern[str], lacking: str, question: str, read: Collection[str]
) -> list[Block]:
    """The deck's sentence with a figure of the kind that is asked for; else that it gives none."""
    said = next((sentence for sentence in _deck_sentences(lesson) if wanted.search(sentence)), None)
    if said:
        return [Part(phrased(words.SOURCE_SAYS, kb), said, "deck"), citation(kb, lesson)]
    later = bool(lesson.since) and wanted.search(lesson.since) is not None
    ours = [since_part(lesson)] if later else guidance(lesson, question, kb, read)
    return [Text(phrased(lacking, kb)), *ours]


def _verdict(kb: Knowledge, lesson: Lesson) -> str:
    side = one_sided(lesson, kb)
    if lesson.items and side in words.ALL_ON_A_SIDE:
        return phrased(words.ALL_ON_A_SIDE[side], kb)
    return phrased(words.ON_A_SIDE[side] if side else words.NO_VERDICT, kb)


def _beside(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """What is in an overview, or else what lies next to the lesson, in a sentence each."""
    ids = lesson.items or lesson.related[:2]
    return [_lines(kb, ids), show(kb, ids)] if ids else []


def quotable(lesson: Lesson) -> str:
    """What the deck or an advisor says, in two sentences to copy (Markdown); a list is part of the sentence
    before it."""
    if lesson.advice:
        return literal(" ".join(_SENTENCE.split(" ".join(lesson.advice.split()))[:_QUOTED]))
    if lesson.deck.startswith("- "):
        return lesson.lead.replace("**", "")
    listed = re.sub(r"(?m)^- (.*?)[;.]?$", r"\1;", plain_markdown(lesson.deck))
    ended = re.sub(r";\n(?!.*;$)", ".\n", listed, flags=re.MULTILINE)
    sentences = _SENTENCE.split(" ".join(ended.split()))
    return literal(" ".join(sentences[:_QUOTED]).rstrip("; .")) + "."


def _reference(kb: Knowledge, lesson: Lesson) -> str:
    deck = kb.deck
    if lesson.advice:
        advised = phrased(taught_words.SOURCE, kb, advised=literal(lesson.advised))
        return words.OWN_REFERENCE.format(advised=advised, title=literal(lesson.title))
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
