"""Why this answer: the phrase that matched, how sure that was, and what came second."""

from __future__ import annotations

from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Asked, Block, Facts, Reply, Text
from dialogs.core.text import literal, stems
from dialogs.core.text import words as words_of
from dialogs.questions.blocks import about, show
from dialogs.wording import conversation as words
from knowledge import Candidate, Knowledge

_SMALL = 3
"""Letters of words that every question has."""


def explain(state: State, lesson: str | None, world: World) -> Decision:
    """Explain the answer whose button was pressed, or the last one given."""
    kb = world.knowledge
    asked = world.about if world.about and world.about.band else _last(state, lesson)
    if asked is None or (lesson and asked.lesson != lesson and lesson not in asked.also):
        asked = Asked("", lesson, "answer") if lesson else None
    if asked is None or (asked.lesson and asked.lesson not in kb.lessons):
        return Decision(state, (Reply((Text(words.NOTHING_TO_EXPLAIN),)),))
    return Decision(state, (Reply(tuple(_blocks(kb, asked, lesson or asked.lesson))),))


def message(state: State, world: World) -> Decision:
    """What is behind the message of ours on which this is said: how its answer was found, or what lesson
    it is from; where it has none, that."""
    asked, kb = world.about, world.knowledge
    if asked is not None and asked.question and asked.band:
        return explain(state, None, world)
    if asked is None or not asked.lesson or asked.lesson not in kb.lessons:
        return Decision(state, (Reply((Text(words.MESSAGE_OF_OURS),)),))
    said = about(words.MESSAGE_FROM, kb.lessons[asked.lesson])
    return Decision(state, (Reply((said, show(kb, [asked.lesson]))),))


def _last(state: State, lesson: str | None) -> Asked | None:
    if state.band is None or (lesson and state.lesson != lesson):
        return None
    answered = state.lesson if state.band == "answer" else None
    return Asked(state.question, answered, state.band, follows=state.follows)


def _blocks(kb: Knowledge, asked: Asked, lesson: str | None) -> list[Block]:
    if not asked.question and lesson:
        return [about(words.EXPLAINED_CHOSEN, kb.lessons[lesson])]
    match = kb.match(asked.question)
    named = [candidate for candidate in match.candidates if candidate.lesson in kb.lessons]
    pairs = [(words.YOU_ASKED, asked.question)]
    pairs += [(words.READ_AS, f"{typed} → {read}") for typed, read in match.corrected]
    if lesson is None:
        found = Facts(
            (*pairs, *((kb.lessons[candidate.lesson].title, _sure(candidate)) for candidate in named))
        )
        if not named:
            return [Text(words.EXPLAINED_NOTHING), found]
        return [Text(words.EXPLAINED_UNSURE), found, show(kb, [candidate.lesson for candidate in named])]
    if asked.follows and asked.follows in kb.lessons and asked.lesson == lesson:
        return [_followed(kb, asked.follows, lesson), Facts(tuple(pairs))]
    best = next((candidate for candidate in named if candidate.lesson == lesson), None)
    if best is None:
        return [about(words.EXPLAINED_FOLLOW_UP, kb.lessons[lesson]), Facts(tuple(pairs))]
    shared = ", ".join(_in_common(asked.question, dict(match.corrected), best.phrase))
    pairs += [(words.CLOSEST_EXAMPLE, best.phrase), (words.IN_COMMON, shared or words.NONE_IN_COMMON)]
    pairs.append((words.HOW_SURE, _sure(best)))
    second = next((candidate for candidate in named if candidate is not best), None)
    if second:
        pairs.append((words.CAME_SECOND, f"{kb.lessons[second.lesson].title} ({_sure(second)})"))
    return [about(words.EXPLAINED, kb.lessons[lesson]), Facts(tuple(pairs))]


def _followed(kb: Knowledge, before: str, lesson: str) -> Text:
    """That the question was taken as a follow-up, and of what."""
    if before == lesson:
        return about(words.EXPLAINED_FOLLOW_UP, kb.lessons[lesson])
    titles = {"before": literal(kb.lessons[before].title), "title": literal(kb.lessons[lesson].title)}
    return Text(words.EXPLAINED_FOLLOW_UP_TO.format(**titles))


def _in_common(question: str, corrected: dict[str, str], phrase: str) -> list[str]:
    """The longer words that ``question``, as it was read, shares with ``phrase``."""
    read = dict.fromkeys(corrected.get(word, word) for word in words_of(question))
    return [word for word in read if len(word) > _SMALL and stems(word) <= stems(phrase)]


def _sure(candidate: Candidate) -> str:
    return f"{candidate.score:.0%}"
