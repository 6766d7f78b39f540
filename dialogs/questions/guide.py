"""Help on one screen, the welcome, and the one polite line that small talk gets."""

from __future__ import annotations

from dialogs.core import router
from dialogs.core.alone import pending
from dialogs.core.commands import TABLE, Help, Lessons, SmallTalkKind, StartCheck, StartQuiz, encode
from dialogs.core.commands.row import HelpGroup
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Block, Choice, Choices, Reply, Text, Title
from dialogs.core.router import NEAR, VERY_NEAR, nearest
from dialogs.core.text import clean, is_question, literal
from dialogs.core.text import words as words_of
from dialogs.questions.ask import knows_a_word
from dialogs.questions.blocks import examples
from dialogs.questions.follow import recognise
from dialogs.questions.openers import opening
from dialogs.wording import conversation as words
from dialogs.wording import lacking as lacking_words


def welcome(state: State, world: World) -> Decision:
    """Greet whoever has just opened or installed the bot."""
    kb, alone = world.knowledge, world.place.kind == "direct"
    template = words.WELCOME if alone else words.WELCOME_SHARED
    said = phrased(template, kb, author=literal(kb.deck.author), date=kb.deck.date)
    more = [words.WELCOME_HOME] if alone else [words.WELCOME_TOGETHER] if kb.quiz.questions else []
    told = Text("\n\n".join((said, *more)))
    return Decision(
        state, (Reply((Title(words.WELCOME_TITLE), told, Text(words.TRY), examples(kb), _ways())),)
    )


def help_(state: State, world: World) -> Decision:
    """What can be asked for here: the lines that the table of commands has."""
    kb = world.knowledge
    topics = [topic for topic in kb.quiz.topics if topic.name not in kb.deck.headings]
    topic = max(topics, key=lambda topic: len(topic.questions)).name if topics else ""
    advises = world.speaker.role == "advisor"
    groups: list[HelpGroup] = ["quiz"] if topic else []
    groups += ["readiness"] if kb.checks else []
    groups += [] if advises else ["receiving"]
    groups += ["answers"]
    # All of it is to fit on one screen, and begins with what most people want.
    said = [phrased(words.HELP, kb, lines=_listed(_told(groups, topic, world)))]
    if advises:
        said.append(phrased(words.HELP_ADVISOR, kb, lines=_listed(_told(["advising"], topic, world))))
    also = _told(["advising also", "also"] if advises else ["also"], topic, world)
    said.append(words.HELP_ALSO.format(also=" · ".join(also)))
    blocks: list[Block] = [*map(Text, said)]
    blocks += [_ways(help_too=False)] if advises else [examples(kb), _ways(help_too=False)]
    return Decision(state, (Reply(tuple(blocks)),))


def small_talk(state: State, kind: SmallTalkKind, world: World) -> Decision:
    """One polite line; who begins anew leaves what was talked of behind."""
    if kind in ("fresh", "call off"):
        state = State(asked_by=state.asked_by, doing=state.doing, since=state.since)
    return _line(state, words.SMALL_TALK[kind], world)


def lacking(state: State, said: Utterance, world: World) -> Decision | None:
    """What to add to words that begin a command; None where they can as well be a question to the deck."""
    row = router.lacking(said) if said.addressed else None
    if row is None or row.lacks is None:
        return None
    text = clean(said.text)
    fits = row.lacks.fits(text)
    if is_question(text) and fits != "label":
        return None
    follow = recognise(text, state, world.knowledge) if state.question else None
    if follow is not None and not follow.rest:
        return None  # "show more", of a lesson in view
    allowed, match = router.allows(row.who, world), world.knowledge.match(text)
    band = match.band if knows_a_word(text, match, world.knowledge) else "none"
    sure = fits == "label" or (fits == "surely" and allowed and len(words_of(text)) == 1)
    if (band == "answer" and not sure) or (band == "suggest" and fits == "maybe"):
        return None
    if not allowed:
        return Decision(state, (Reply((Text(row.refusal),)),))
    ways = Choices(tuple(Choice(way, way) for way in row.lacks.ways))
    hint = Text(phrased(row.lacks.md, world.knowledge))
    return Decision(state, (Reply((hint, *([ways] if ways.options else []))),))


def nothing_open(state: State) -> Decision:
    """No quiz or check is under way that was asked about."""
    ways = Choices(tuple(Choice(way, way) for way in map(encode, (StartQuiz(), StartCheck()))))
    return Decision(state, (Reply((Text(lacking_words.NOTHING_OPEN), ways)),))


def near_command(state: State, said: Utterance, world: World) -> Decision | None:
    """What words may have meant that are nearly a command's and no question; None for any other."""
    if not said.addressed or is_question(said.text) or pending(state) or opening(said.text).turn:
        return None
    band = world.knowledge.match(clean(said.text)).band
    meant = () if band == "answer" else nearest(said, world, NEAR if band == "none" else VERY_NEAR)
    if not meant:
        return None
    ways = Choices(tuple(Choice(way, way) for way in map(encode, meant)))
    return Decision(state, (Reply((Text(words.NEAR_COMMAND), ways)),))


def greet_empty(state: State, world: World) -> Decision:
    """Nothing was said but the bot's name."""
    decision = _line(state, words.GREET_EMPTY, world)
    return Decision(state, (Reply((*decision.replies[0].blocks, _ways())),))


def no_words(state: State, world: World) -> Decision:
    """Only pictures or signs were sent."""
    return _line(state, words.NO_WORDS, world)


def too_long(state: State, limit: int) -> Decision:
    """More was sent than is read."""
    return Decision(state, (Reply((Text(words.TOO_LONG.format(limit=f"{limit:,}")),)),))


def about_what(state: State, world: World) -> Decision:
    """A follow-up with nothing to follow."""
    return Decision(state, (Reply((Text(words.ABOUT_WHAT), examples(world.knowledge))),))


def _line(state: State, template: str, world: World) -> Decision:
    return Decision(state, (Reply((Text(phrased(template, world.knowledge)),)),))


def _told(groups: list[HelpGroup], topic: str, world: World) -> list[str]:
    """What the table tells, in Markdown, of commands that can be said in this place."""
    kind = world.place.kind
    told = (line for group in groups for row in TABLE for line in row.help if line.group == group)
    return [phrased(line.md, world.knowledge, topic=literal(topic)) for line in told if kind in line.where]


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _ways(help_too: bool = True) -> Choices:
    lessons = Choice(words.ALL_LESSONS, encode(Lessons()))
    return Choices((lessons, Choice(words.HELP_TITLE, encode(Help()))) if help_too else (lessons,))
