"""Typed words that are no command: a follow-up, or a fresh question."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from dialogs.core import router
from dialogs.core.acts import BESIDE, CERTAIN, OBJECTS, VERY_SURE, meant_by
from dialogs.core.commands import Help, Lessons, RateAnswer, SmallTalk, SmallTalkKind, WhyThisAnswer
from dialogs.core.effects import KeepUnanswered
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Frozen, Quote, Reply, Text
from dialogs.core.text import LONGEST, is_question, without_courtesies
from dialogs.core.text import words as words_of
from dialogs.questions.ask import answer, answer_parts, ask, parts
from dialogs.questions.blocks import about
from dialogs.questions.browse import lessons, listed_headings
from dialogs.questions.compared import compared
from dialogs.questions.explain import explain
from dialogs.questions.feedback import rate
from dialogs.questions.follow import FollowUp, pick, recognise
from dialogs.questions.followed import aspect_of_named, follow_up, following, of_one
from dialogs.questions.guide import help_, small_talk, too_long
from dialogs.questions.haste import written_out
from dialogs.questions.leaning import of_same
from dialogs.questions.naming import FILLER, POINTERS, closest, in_view, named
from dialogs.questions.openers import Opening, last_sentence, opening, sentences_of
from dialogs.questions.places import places_in
from dialogs.questions.several import several
from dialogs.wording import conversation as words
from knowledge import Match

_BESIDE = FILLER | BESIDE
"""Words that may stand beside what is said to us, and change nothing."""


def converse(state: State, text: str, addressed: bool, world: World, tried: str = "") -> Decision:
    """Answer ``text``; a remark in a thread that isn't for us is not heard.

    ``tried``: words that are known to be no command.
    """
    takes_part = addressed or world.speaker.id in state.asked_by
    if not takes_part and not is_question(text):
        return unheard(state)
    if state.headings_shown:
        heading = pick(text, listed_headings(world.knowledge))
        if heading:
            return lessons(state, heading, world)
    taught = world.knowledge.taught(text)
    if taught:
        return answer(state, text, world, (taught,))
    begun = opening(written_out(_after_talk(text)))
    text = begun.text
    if begun.turn == "talk":
        meant = meant_by(text)
        greets = meant.act == "greeting" and meant.chance > VERY_SURE
        return small_talk(state, "greeting" if greets else "fine", world) if addressed else unheard(state)
    if begun.turn == "cross" and addressed:
        return rate(state, False, None, world, pressed=False)
    if begun.turn and takes_part:
        turned = _turned(state, begun, world)
        if turned:
            return turned
        text = begun.topic if begun.turn == "meant" else text
    match = world.knowledge.match(text)
    # Questions that are clear of themselves are no follow-up, whatever pronouns they use.
    spoken = _spoken(state, text, match, world)
    if spoken:
        return spoken if addressed else unheard(state)
    pressed_on = (several(state, text, world) or compared(state, text, world)) if addressed else None
    if pressed_on:
        return following(state, pressed_on, world)
    found = parts(written_out(text, dict(match.corrected)), world.knowledge) if addressed else None
    if found and found.several:
        return answer_parts(state, text, world, found)
    follow = None if _stands_alone(state, text, match, world) else recognise(text, state, world.knowledge)
    # The "it" of "does it say anything about …" is the deck.
    of_deck = begun.turn == "says" and follow is not None and follow.rest and not follow.lessons
    follow = None if of_deck else follow
    if follow and not addressed and _says_nothing(follow):
        return unheard(state)
    # Somebody else's half-sentence is a guess too many.
    clear = follow is not None and (takes_part or not follow.rest)
    decision = follow_up(state, text, follow, addressed, world) if follow and clear else None
    if decision is None and addressed and match.band != "answer":
        decision = _read_again(state, text, match, world)
    if decision:
        return decision
    if not addressed and not _speaks_up(match, is_question(text), takes_part):
        return unheard(state)
    small = _small(state, text, world) if text != tried else None
    if follow and clear and match.band != "answer" and not small:
        decision = aspect_of_named(state, text, follow, world)
        if decision:
            return decision
    single = None if found and found.lessons else _about(state, begun, match, world)
    again = None if small or single or begun.turn else of_same(state, text, follow, match, world)
    return small or single or again or ask(state, text, world, match, found)


def _stands_alone(state: State, text: str, match: Match, world: World) -> bool:
    """Whether ``text`` is a clear question, and leans on nothing: where nothing was said before, most do.

    A place in a list that it names ("the third success factor") is looked up in any case.
    """
    if not match.lesson or state.lesson or state.shown:
        return False
    said, listed = words_of(text), world.knowledge.lessons[match.lesson].items
    placed = bool(listed) and bool(places_in(" ".join(said))[1])
    return len(said) > 2 and not placed and not POINTERS.intersection(said)


def _read_again(state: State, text: str, match: Match, world: World) -> Decision | None:
    """A plain follow-up in words that were mistyped, or behind what tells why it is asked.

    "The othr list"; "That's us to a T. What should we do?".
    """
    for asked in dict.fromkeys((written_out(text, dict(match.corrected)), last_sentence(text))):
        follow = recognise(asked, state, world.knowledge) if asked != text else None
        decision = follow_up(state, asked, follow, True, world) if follow and not follow.rest else None
        if decision and any(reply.asked for reply in decision.replies):
            return decision
    return None


def unheard(state: State) -> Decision:
    """Nothing was said to us."""
    return Decision(state, heard=False)


def _turned(state: State, begun: Opening, world: World) -> Decision | None:
    """A correction of how the words before were taken, or a way back to a subject; None where it is none."""
    if begun.turn == "back":
        lesson = named(begun.topic, world.knowledge) or closest(
            begun.topic, in_view(state, world.knowledge), world.knowledge
        )
        return of_one(state, begun.rest or begun.text, lesson, begun.rest, world) if lesson else None
    if begun.turn != "meant":
        return None
    follow = recognise(f"what about {begun.topic}", state, world.knowledge)
    if follow and len(follow.lessons) == 1 and follow.lessons[0] != state.lesson:
        return answer(state, begun.text, world, follow.lessons)
    match = world.knowledge.match(begun.topic)
    if match.band == "none":
        return None
    others = [lesson for lesson in world.knowledge.lessons if lesson != state.lesson]
    lesson = named(begun.topic, world.knowledge)
    if lesson and lesson == state.lesson:
        lesson = closest(begun.topic, others, world.knowledge)
    likeliest = [candidate.lesson for candidate in match.candidates if candidate.lesson != state.lesson]
    if lesson:
        return answer(state, begun.topic, world, (lesson,))
    # What is clear of itself is asked as it stands: the lesson last given may have been right.
    if not likeliest or is_question(begun.topic) or match.band == "answer":
        return None
    likely = world.knowledge.lessons[likeliest[0]]
    return answer(state, begun.topic, world, (likely.id,), (about(words.LIKELIEST, likely),))


def _about(state: State, begun: Opening, match: Match, world: World) -> Decision | None:
    """The lesson that is named as what is asked about, without the words around its name."""
    if begun.turn not in {"about", "says"} or match.outside:
        return None
    lesson = named(begun.topic, world.knowledge)
    return answer(state, begun.text, world, (lesson,)) if lesson else None


def _after_talk(text: str) -> str:
    """``text`` without sentences before it that only take note or thank: "haha good point. why?"."""
    first, *rest = sentences_of(text)
    meant = meant_by(first) if rest else None
    if meant is None or meant.act not in _NODS or meant.chance < VERY_SURE:
        return text
    beside = all(word in _BESIDE for word in words_of(meant.rest))
    return _after_talk(" ".join(rest)) if beside else text


_NODS = frozenset({"fine", "thanks", "greeting", "up"})
"""Acts that may stand before a question without changing it."""
_SPOKEN: dict[str, Frozen] = {
    **{kind: SmallTalk(kind) for kind in get_args(SmallTalkKind)},
    "help": Help(), "lessons": Lessons(), "sure": WhyThisAnswer(), "up": RateAnswer(True),
    "down": RateAnswer(False),
}  # fmt: skip
"""What acts come to that are meant for us, rather than for the deck."""


def _spoken(state: State, text: str, match: Match, world: World) -> Decision | None:
    """What is said to us in words that no command has: "ta muchly", "fobbing me off again"."""
    if match.band == "answer":
        return None
    meant = meant_by(text)
    command = _SPOKEN.get(meant.act)
    if command is None or meant.chance < CERTAIN:
        return None
    if meant.act not in OBJECTS and any(word not in _BESIDE for word in words_of(meant.rest)):
        return None
    match command:
        case RateAnswer(up):
            return rate(state, up, None, world, pressed=False)
        case WhyThisAnswer() if state.question:
            return explain(state, None, world)
        case SmallTalk("clock") | WhyThisAnswer():
            return None
        case _:
            return _obey(state, command, world)


def _obey(state: State, command: Frozen | None, world: World) -> Decision | None:
    match command:
        case SmallTalk(kind):
            return small_talk(state, kind, world)
        case Help():
            return help_(state, world)
        case Lessons(heading):
            return lessons(state, heading, world)
        case WhyThisAnswer(lesson):
            return explain(state, lesson, world)
        case _:
            return None


def _small(state: State, text: str, world: World) -> Decision | None:
    """What is asked of us, rather than of the deck, once small talk was taken from before it."""
    return _obey(state, router.understand(Utterance(text), world), world)


def _speaks_up(match: Match, question: bool, takes_part: bool) -> bool:
    """Whether a remark that doesn't address us deserves a word: not if that would be chatter."""
    return match.band == "answer" or (takes_part and question)


def _says_nothing(follow: FollowUp) -> bool:
    """Whether the words could as well be meant for a colleague: "what do you think?"."""
    return not (follow.aspect or follow.lessons or follow.rest or follow.joined or follow.beyond)


def about_message(state: State, text: str, said: Utterance, world: World) -> Decision:
    """What is to say to somebody's message: it is a question, whatever command its words may be, and no part
    of what was said here before."""
    if not words_of(text):
        why_not = words.FILES_THERE if said.files else words.NO_WORDS_THERE
        return Decision(state, (Reply((Text(why_not),)),))
    if len(text) > LONGEST:
        return too_long(state, LONGEST)
    decision = converse(State(asked_by=state.asked_by), without_courtesies(text), True, world)
    first, *rest = decision.replies
    unread = (Text(words.FILES_BESIDE),) if said.files else ()
    replies = (replace(first, blocks=(Quote(text), *unread, *first.blocks)), *rest)
    # Whoever wrote it hasn't asked us anything: their words are not kept for the advisors.
    kept = tuple(effect for effect in decision.effects if not isinstance(effect, KeepUnanswered))
    return replace(decision, replies=replies, effects=kept)
