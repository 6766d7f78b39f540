"""One aspect of a lesson: its reason, its source, what was learnt since, and so on."""

from __future__ import annotations

from dialogs.core.aspects import Aspect
from dialogs.core.commands import Show, encode
from dialogs.core.replies import Asked, Block, Choice, Choices, Part, Reply, Text
from dialogs.core.text import literal
from dialogs.questions.blocks import about, ask_part, citation, deck_part, practice_part, show, since_part
from dialogs.wording import conversation as words
from knowledge import Knowledge, Lesson

SIDES: dict[Aspect, str] = {"works": "success", "fails": "failure"}
"""The aspects that ask on which side of the deck's line something falls."""


def tell(kb: Knowledge, lesson: Lesson, aspect: Aspect, question: str, opening: str = words.ABOUT) -> Reply:
    """A short reply that gives ``aspect`` of ``lesson``; ``opening`` names the lesson."""
    blocks: list[Block] = [about(opening, lesson), *_aspect(kb, lesson, aspect)]
    blocks.append(Choices((Choice(lesson.title, encode(Show(lesson.id))),)))
    return Reply(tuple(blocks), asked=Asked(question, lesson.id, "answer"))


def again(kb: Knowledge, lesson: Lesson, question: str) -> Reply:
    """A further question that the lesson last given answers too."""
    blocks = (
        about(words.SAME_LESSON, lesson),
        Text(f"**{lesson.lead.replace('**', '')}**"),
        deck_part(lesson),
        citation(kb, lesson),
        Choices((Choice(lesson.title, encode(Show(lesson.id))),)),
    )
    return Reply(blocks, asked=Asked(question, lesson.id, "answer"))


def leads(kb: Knowledge, ids: tuple[str, ...], question: str) -> Reply:
    """Several lessons in a sentence each."""
    blocks: tuple[Block, ...] = (_lines(kb, ids), show(kb, ids))
    return Reply(blocks, asked=Asked(question, ids[0], "answer", ids[1:]))


def sided(kb: Knowledge, shown: tuple[str, ...], aspect: Aspect, question: str) -> Reply | None:
    """Which of ``shown`` fall on the side that ``aspect`` asks for; None where that doesn't arise.

    It is answered from the overview that lists one side alone, where the deck has one.
    """
    side = SIDES[aspect]
    on_side = tuple(one for one in shown if kb.lessons[one].side == side)
    if not any(kb.lessons[one].side for one in shown):
        return None
    overview = next((one for one in kb.lessons.values() if one.items and _all_on(kb, one, side)), None)
    if not on_side:
        return Reply((Text(words.NONE_ON_SIDE),), asked=Asked(question, shown[0], "answer"))
    named = (overview.id, *on_side) if overview else on_side
    blocks: list[Block] = [Text(words.ON_THE_SIDE[side]), _lines(kb, on_side)]
    blocks += [citation(kb, overview or kb.lessons[on_side[0]]), show(kb, on_side)]
    return Reply(tuple(blocks), asked=Asked(question, named[0], "answer", named[1:]))


def _all_on(kb: Knowledge, overview: Lesson, side: str) -> bool:
    return all(kb.lessons[one].side == side for one in overview.items)


def _lines(kb: Knowledge, ids: tuple[str, ...]) -> Text:
    """Each lesson's title and its answer in a sentence."""
    named = (kb.lessons[one] for one in ids)
    return Text("\n".join(f"- **{literal(one.title)}**: {one.lead.replace('**', '')}" for one in named))


def _aspect(kb: Knowledge, lesson: Lesson, aspect: Aspect) -> list[Block]:
    reason: list[Block] = [Part(words.REASON, lesson.why, "deck"), citation(kb, lesson)]
    match aspect:
        case "why":
            return reason
        case "more":
            return [*reason, *_beside(kb, lesson)]
        case "deck":
            return [deck_part(lesson), citation(kb, lesson)]
        case "source":
            return [citation(kb, lesson), Text(_source(kb, lesson))]
        case "since":
            if lesson.since:
                return [since_part(lesson)]
            return [Text(words.NO_LATER_EVIDENCE.format(short=literal(kb.deck.short)))]
        case "practice":
            return [practice_part(lesson)]
        case "ask":
            return [ask_part(lesson)] if lesson.ask else [practice_part(lesson)]
        case "example":
            later = [since_part(lesson)] if lesson.since else []
            return [deck_part(lesson), citation(kb, lesson), *later, Text(words.NO_MORE_EXAMPLES)]
        case "works" | "fails":
            verdict = words.ON_A_SIDE[lesson.side] if lesson.side else words.NO_VERDICT
            return [Text(verdict), deck_part(lesson), citation(kb, lesson)]
        case "items":
            return _beside(kb, lesson) if lesson.items else [deck_part(lesson), citation(kb, lesson)]


def _beside(kb: Knowledge, lesson: Lesson) -> list[Block]:
    """What is in an overview, or else what lies next to the lesson, in a sentence each."""
    ids = lesson.items or lesson.related[:2]
    return [_lines(kb, ids), show(kb, ids)] if ids else []


def _source(kb: Knowledge, lesson: Lesson) -> str:
    deck = kb.deck
    return words.SOURCE.format(
        heading=literal(lesson.heading),
        title=literal(deck.title),
        author=literal(deck.author),
        date=deck.date,
    )
