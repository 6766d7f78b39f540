"""A question: answered, or met with a suggestion, or honestly declined."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from dialogs.core.commands import Lessons, NoneOfThese, encode
from dialogs.core.effects import KeepUnanswered
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Asked, Block, Choice, Choices, Frozen, Quote, Reply, Text
from dialogs.core.text import is_question, literal, stems, word_set
from dialogs.core.text import words as words_of
from dialogs.questions.blocks import ask_advisor, lesson_reply, show
from dialogs.questions.naming import body, named
from dialogs.questions.openers import opening
from dialogs.questions.recalled import recalled
from dialogs.wording import conversation as words
from knowledge import Knowledge, Match, Outside

_SUGGESTED = 3
_CUT = re.compile(
    r"(?<=[?!.;])\s+|,\s+(?=(?:what|how) about\b)|,?\s+(?:and|but)\s+(?:also\s+)?"
    r"(?=(?:(?:how|what|who|why|when|where)s?|which|is|are|do|does|can|could|should)\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:(?:and|so|ok)\s+)*"
    r"(?:(?:(?:what|how) about|(?:any )?(?:tips|advice|thoughts) on|tell (?:me|us) about)\s+)?"
    r"(?P<one>.+?),? (?:and|plus|as well as) (?:also )?(?:(?:what|how) about )?(?P<other>.+?)[\s?!.]*",
    re.IGNORECASE,
)
"""Two subjects in one breath: "what about buy-in and pensions"."""

_COMPARED = re.compile(
    r"(?:(?:and|so|but|ok)\s+)*(?:"
    r"(?:(?:which|what)(?: one)?(?: is|'s| are| works| would be)?|is it) (?:the )?"
    r"(?:better|best|safer|riskier|worse)[\s,:–-]+(?:to )?(?P<a>.+?),? or |"
    r"(?:compare|what(?:'?s| is) the difference between|difference between|how (?:do|does)) (?P<b>.+?) "
    r"(?:and|with|to|against|compare (?:with|to)|vs?\.?|versus) |"
    r"(?P<c>[^,?]{3,40}?) (?:vs?\.?|versus) |(?P<d>[^,?]{3,40}?) or )(?P<other>.+?)"
    r"(?:[,\s–-]+(?:which|what)(?: one)?(?: is|'s)? (?:the )?(?:better|best|safer))?\??",
    re.IGNORECASE,
)


_FEW = 3
"""Words that may ask without a question's form: "best model"."""
_SHARE = 0.04
"""How likely a message must be to ask for each of two lessons, to ask for both: "more and more requirements"
asks for one."""
_NO_NAME = word_set("yes no not good bad right wrong true false")


class Parts(Frozen, frozen=True):
    """A message of several questions."""

    lessons: tuple[str, ...] = ()
    """Those that answer its clear questions."""
    beyond: tuple[str, ...] = ()
    """Its questions that no lesson answers, as typed."""
    unsure: tuple[str, ...] = ()
    """Its questions of which that isn't clear, as typed."""

    @property
    def several(self) -> bool:
        """Whether it is better met question by question than as a whole."""
        return bool(self.lessons) and len(self.lessons) + len(self.beyond) + len(self.unsure) > 1


def ask(state: State, question: str, world: World, match: Match, found: Parts | None = None) -> Decision:
    """Answer ``question`` as ``match`` found it; ``found``: its parts, where they were looked for already."""
    found = found or parts(question, world.knowledge)
    # One clear part beside unclear ones: the message as a whole may say more than that part.
    if found.several or (found.lessons and match.lesson not in found.lessons):
        return answer_parts(state, question, world, found)
    if match.band == "answer" and match.lesson:
        return answer(state, question, world, (match.lesson,))
    if match.band == "suggest" and match.candidates and knows_a_word(question, match, world.knowledge):
        return suggest(state, question, world, match)
    return decline(state, question, world, match)


def answer(
    state: State, question: str, world: World, lessons: tuple[str, ...], before: tuple[Block, ...] = (),
    beyond: tuple[Block, ...] = (),
) -> Decision:  # fmt: skip
    """Give the first of ``lessons`` and the others in a sentence each, between ``before`` and ``beyond``."""
    kb = world.knowledge
    first, *others = (kb.lessons[lesson] for lesson in lessons)
    asked = Asked(question, first.id, "answer", lessons[1:])
    reply = lesson_reply(kb, first, asked, before, others, beyond)
    then = after(state, kb, first.id, question)
    return Decision(replace(then, shown=lessons) if others else then, (reply,))


def answer_parts(state: State, question: str, world: World, found: Parts) -> Decision:
    """Answer what can be answered of a message of several questions, and decline the others by name."""
    beyond: list[Block] = []
    for part in found.beyond:
        outside = world.knowledge.match(part).outside
        apart: list[Block] = [Text(phrased(words.OTHER_NOT_COVERED, world.knowledge)), Quote(part)]
        named_there = outside is not None and stands(outside, part)
        beyond += [Text(outside_said(outside, world.knowledge))] if outside and named_there else apart
    for part in found.unsure:
        beyond += [Text(words.OTHER_UNSURE), Quote(part)]
    passed_on = tuple(way for part in found.beyond[:1] for way in ask_advisor(part, "none", None, world))
    beyond += [Choices(passed_on)] if passed_on else []
    decision = answer(state, question, world, found.lessons, beyond=tuple(beyond))
    kept = tuple(KeepUnanswered(part, None) for part in found.beyond)
    return replace(decision, effects=kept)


def after(state: State, kb: Knowledge, lesson: str, question: str) -> State:
    """The state once ``lesson`` was given: it is what "it" means, and its list is what "the second" means."""
    given = kb.lessons[lesson]
    if given.items:
        shown = given.items
    elif lesson in state.shown and not state.headings_shown:
        shown = state.shown
    else:
        shown = ()
    read = ("deck",) if given.deck else ()
    return State(lesson, shown, question=question, band="answer", asked_by=state.asked_by, told=read)


def suggest(state: State, question: str, world: World, match: Match) -> Decision:
    """Ask which of up to three lessons was meant."""
    kb = world.knowledge
    ids = tuple(candidate.lesson for candidate in match.candidates[:_SUGGESTED])
    none = Choice(words.NONE_OF_THESE, encode(NoneOfThese()))
    options = Choices((*show(kb, ids).options, none))
    blocks: list[Block] = [Text(sentence) for sentence in _only_shown(question, kb)]
    reply = Reply((*blocks, Text(words.DID_YOU_MEAN), options), asked=Asked(question, None, "suggest"))
    then = State(None, ids, question=question, band="suggest", asked_by=state.asked_by)
    return Decision(then, (reply,))


def decline(state: State, question: str, world: World, match: Match) -> Decision:
    """Say that the deck has no answer, keep the question, and name what comes nearest."""
    kb = world.knowledge
    outside = match.outside
    nearest = _nearest(match, kb)
    known = knows_a_word(question, match, kb)
    if outside and (known or stands(outside, question)):
        said = outside_said(outside, kb)
    elif not known:
        said = phrased(words.NO_WORD_KNOWN, kb)
    else:
        said = " ".join(_only_shown(question, kb)) or phrased(words.NOT_COVERED, kb)
    return _unanswered(state, question, world, said, nearest)


def none_of_these(state: State, world: World) -> Decision:
    """No suggested lesson was meant: the question counts as unanswered."""
    question = world.about.question if world.about else state.question
    if not question:
        blocks = (Text(words.NOTHING_TO_NOTE), all_lessons())
        return Decision(state, (Reply(blocks),))
    kb = world.knowledge
    match = kb.match(question)
    headings = dict.fromkeys(kb.lessons[candidate.lesson].heading for candidate in match.candidates)
    options = tuple(Choice(heading, encode(Lessons(heading))) for heading in headings)
    nearest = match.candidates[0].lesson if match.candidates else None
    passed_on = ask_advisor(question, "suggest", nearest, world)
    blocks = (
        Text(f"{words.NOT_IN_LIST} {_advised(world)} {words.NEAREST}"),
        Choices((*passed_on, *options, *all_lessons().options)),
    )
    cleared = State(state.lesson, asked_by=state.asked_by)
    decision = Decision(cleared, (Reply(blocks),), effects=(KeepUnanswered(question, nearest),))
    return recalled(state, decision, world)


def declined(state: State, world: World) -> Decision:
    """Why there was no answer."""
    blocks: list[Block] = [Text(phrased(words.WHY_DECLINED, world.knowledge))]
    blocks.append(Choices((*show(world.knowledge, state.shown).options, *all_lessons().options)))
    return Decision(state, (Reply(tuple(blocks)),))


def offered(state: State) -> bool:
    """Whether the last thing said named lessons to choose from, as a suggestion or beside a decline."""
    return state.lesson is None and state.band in {"suggest", "none"} and bool(state.shown)


def all_lessons() -> Choices:
    """The way to everything."""
    return Choices((Choice(words.ALL_LESSONS, encode(Lessons())),))


def _unanswered(state: State, question: str, world: World, said: str, nearest: tuple[str, ...]) -> Decision:
    kb = world.knowledge
    sentence = f"{said} {_advised(world)}" + (f" {words.NEAREST}" if nearest else "")
    passed_on = ask_advisor(question, "none", nearest[0] if nearest else None, world)
    options = Choices((*passed_on, *show(kb, nearest).options, *all_lessons().options))
    reply = Reply((Text(sentence), options), asked=Asked(question, None, "none"))
    # What was just offered is what "any tips?" asks about now, not an older subject.
    lesson = state.lesson if not nearest or state.lesson in nearest else None
    shown, read = nearest or state.shown, state.told if lesson else ()
    then = State(lesson, shown, question=question, band="none", asked_by=state.asked_by, told=read)
    return Decision(then, (reply,), effects=(KeepUnanswered(question, nearest[0] if nearest else None),))


def stands(outside: Outside, question: str) -> bool:
    """Whether what the term names stands in ``question``; else it was only judged to be near.

    A term's last word says what it is: "public health" isn't named by "the public".
    """
    named = (name.split()[-1] for term in (outside.term, *outside.also) for name in term.split(" and "))
    return not stems(" ".join(named)).isdisjoint(stems(question))


def outside_said(outside: Outside, kb: Knowledge) -> str:
    """That the deck doesn't cover it, in Markdown."""
    on = f" on {outside.topic}" if outside.topic else ""
    return phrased(words.OUTSIDE, kb, term=literal(outside.term), on=literal(on))


def _advised(world: World) -> str:
    if not world.remembers:
        return words.NOT_NOW
    if not world.advised:
        return words.NO_ADVISOR
    return words.ANOTHER_MAY if world.speaker.role == "advisor" else words.ADVISOR_MAY


def _nearest(match: Match, kb: Knowledge) -> tuple[str, ...]:
    """The lessons to offer where none answers: what the vocabulary names, else those that are near."""
    if match.outside:
        nearest = match.outside.nearest
        return (nearest,) if nearest and nearest in kb.lessons else ()
    return match.near[:2]


def _only_shown(question: str, kb: Knowledge) -> list[str]:
    """What to say of headings and terms in ``question`` that the deck shows without explaining them."""
    said = f" {' '.join(words_of(question))} "
    return [sentence for term, sentence in kb.deck.bare.items() if f" {' '.join(words_of(term))} " in said]


def knows_a_word(question: str, match: Match, kb: Knowledge) -> bool:
    """Whether any word of ``question`` stands in a lesson or in the field's vocabulary, slips aside."""
    return bool(match.corrected) or not _known_words(kb).isdisjoint(words_of(question))


@lru_cache(maxsize=4)
def _known_words(kb: Knowledge) -> frozenset[str]:
    """Every word of the lessons and of the field's synonyms."""
    lessons = [(lesson.title, lesson.practice, body(lesson)) for lesson in kb.lessons.values()]
    synonyms = [(synonym.means, *synonym.terms) for synonym in kb.vocabulary.synonyms]
    return frozenset(word for texts in lessons + synonyms for word in words_of(" ".join(texts)))


def _is_name(said: str) -> bool:
    """Whether ``said`` can name a lesson: a number is a place in a list, "yes or no" a verdict."""
    return any(word.isalpha() and word not in _NO_NAME for word in words_of(said))


def parts(message: str, kb: Knowledge) -> Parts:
    """What a message of several questions asks; empty where it is a single one."""
    compared = _COMPARED.fullmatch(message)
    if compared:
        one = next(filter(None, (compared[group] for group in "abcd")))
        sides = tuple(filter(None, (named(said, kb) for said in (one, compared["other"]) if _is_name(said))))
        if len(set(sides)) == 2:
            return Parts(sides)
    asked = [part for part in _CUT.split(message) if _asks(part, kb)]
    if len(asked) < 2:
        return _two_named(message, kb)
    lessons, beyond, unsure = dict[str, None](), list[str](), list[str]()
    for part in asked[:3]:
        match, lesson = kb.match(part), _answered(part, kb)
        if lesson:
            lessons[lesson] = None
        elif match.outside or match.band == "none":
            beyond.append(part)
        else:
            unsure.append(part)
    return Parts(tuple(lessons), tuple(beyond), tuple(unsure))


def _asks(part: str, kb: Knowledge) -> bool:
    """Whether ``part`` of a message asks something by itself; a few words do where a lesson answers them."""
    count = len(words_of(part))
    return (count >= _FEW and is_question(part)) or (1 < count <= _FEW and _answered(part, kb) is not None)


def _answered(part: str, kb: Knowledge) -> str | None:
    """The lesson that answers ``part`` of a message for certain."""
    topic = opening(part).topic
    return (named(topic, kb) if topic else None) or kb.match(part).lesson


def _two_named(message: str, kb: Knowledge) -> Parts:
    """Two subjects that stand beside each other: a lesson has each, or the deck lacks one of them."""
    found = _NAMES.fullmatch(message)
    if found is None:
        return Parts()
    both = (found["one"], found["other"])
    names = dict.fromkeys(filter(None, (named(said, kb) for said in both)))
    match = kb.match(message)
    likely = {candidate.lesson for candidate in match.candidates[:2] if candidate.score > _SHARE}
    if len(names) > 1 and (match.band != "answer" or likely.issuperset(names)):
        return Parts(tuple(names))
    if match.band == "answer":
        return Parts()
    lessons = dict.fromkeys(lesson for said in both if (lesson := kb.match(said).lesson))
    beyond = tuple(said for said in both if (outside := kb.match(said).outside) and stands(outside, said))
    return Parts(tuple(lessons), beyond) if lessons and len(lessons) + len(beyond) > 1 else Parts()
