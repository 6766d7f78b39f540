"""Sessions for a team, from within a conversation: started, joined by code, steered in words."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from dialogs.core.alone import away, card, left_out, pressed, sent
from dialogs.core.codes import CODE, new_id
from dialogs.core.commands import (
    AnswerHere,
    Join,
    SessionAct,
    StartHere,
    SteerHere,
    encode,
    quiz_asked,
)
from dialogs.core.effects import KeepHere
from dialogs.core.jobs import Job
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice, Choices, Reply, Text, Title
from dialogs.core.result_model import JointResult
from dialogs.core.session_model import Actor, Begin, CheckPlan, JoinChannel, QuizPlan, SessionKind
from dialogs.core.work import OpenSession
from dialogs.core.world_parts import CodeLookup
from dialogs.quiz import dialog as quiz
from dialogs.quiz.starting import USUAL, on_topic, topics
from dialogs.readiness import dialog as readiness
from dialogs.readiness.outcome import day_of, minute_of
from dialogs.results.pulse import trend_blocks
from dialogs.results.report import detail_blocks, history_blocks
from dialogs.sessions.pages import LONGEST_NAME, MOST_NAMES
from dialogs.sessions.quiz import MOST_SECONDS
from dialogs.wording import results as result_words
from dialogs.wording import sessions as words
from dialogs.wording.quiz import QUIZ_NONE, QUIZ_NONE_MISSED
from knowledge import QuizQuestion, Readiness

MOST_QUESTIONS = 30
"""Of a quiz in a channel: people stay for so long, and no longer."""


def _named(asked: StartHere, world: World) -> list[str]:
    """The checks that have the name that was typed."""
    checks = world.knowledge.checks.values()
    return [
        check.id for check in checks if asked.check.lower() in (check.id, check.title.lower().strip(" .!?"))
    ]


def start(state: State, asked: StartHere, world: World) -> Decision:
    """Put a session into this channel, unless one of its kind is open there."""
    if not world.remembers:
        return away(state, world)
    there = world.here.quiz if asked.kind == "quiz" else world.here.readiness
    if there is not None:
        end = Choice(words.END_THAT[asked.kind], encode(SessionAct("end", there.session, kind=asked.kind)))
        ways = Choices((_shown_here(asked.kind, there.session), end))
        return Decision(state, (Reply((Text(words.ALREADY[asked.kind]), ways)),))
    return _quiz(state, asked, world) if asked.kind == "quiz" else _check(state, asked, world)


def join(state: State, asked: Join, world: World) -> Decision:
    """Show the session that a code leads to in this channel too, or say what is wrong with the code."""
    if not world.remembers:
        return away(state, world)
    if world.found is None:
        return Decision(state, needs="found", code=asked.code)
    found, code = world.found, asked.code
    if not found.session:
        return Decision(state, (no_session(found, code),))
    assert world.reference is not None
    there = world.here.quiz if found.kind == "quiz" else world.here.readiness
    if there is not None and there.session != found.session:
        return _say(state, words.ONE_KIND)
    joining = Job(f"live:{found.session}", JoinChannel(world.reference, by(world)), key=f"{world.seed} join")
    if there is not None:  # whoever had left is back by it
        ways = Choices((_shown_here(found.kind, found.session),))
        return Decision(state, (Reply((Text(words.JOINED_ALREADY), ways)),), jobs=(joining,))
    # Who the host is, this place needn't know: the session does.
    return _opened(state, found.kind, OpenSession(found.session, ""), joining, world)


def no_session(found: CodeLookup, code: str) -> Reply:
    """What somebody is told whose code leads to no session; codes are told to them alone."""
    if found.near:
        ways = Choices(tuple(Choice(f"Join {key}", encode(Join(key))) for key in found.near[:3]))
        return Reply((Text(words.NEAR.format(code=code)), ways), private=True)
    said = words.TOO_OFTEN if found.too_often else words.NO_SUCH_CODE.format(code=code, length=CODE)
    return Reply((Text(said),))


def answer_here(state: State, asked: AnswerHere, text: str) -> Decision | None:
    """A typed answer isn't taken: all would see it. None where it rather picks a lesson of a list shown."""
    if state.shown and text.strip(" .!").isdecimal():
        return None
    return _say(state, words.ANSWER_ON_CARD if asked.kind == "quiz" else words.ANSWER_BY_FORM)


def steer(state: State, asked: SteerHere, world: World) -> Decision:
    """Do to the channel's open session what was typed, as a press on its card would."""
    if not world.remembers:
        return away(state, world)
    there = world.here.quiz if asked.kind == "quiz" else world.here.readiness
    session = there.session if there else ""
    if asked.act in ("mine", "right"):
        session = session or world.here.last_quiz
    if not session:
        return _say(state, words.NONE_OPEN[asked.kind])
    return pressed(state, encode(SessionAct(asked.act, session, kind=asked.kind)), world)


def how_it_goes(state: State, world: World) -> Decision | None:
    """How far the channel's session has come, or the speaker's own, whose card stands below again; None where
    nothing is open."""
    there = {"quiz": world.here.quiz, "readiness": world.here.readiness}
    acts = [
        SessionAct("progress", opened.session, kind=kind)  # type: ignore[arg-type]
        for kind, opened in there.items()
        if opened is not None
    ]
    if len(acts) > 1:
        ways = tuple(Choice(words.THE_ONE[each.kind], encode(each)) for each in acts)
        return Decision(state, (Reply((Text(words.WHICH_ONE), Choices(ways))),))
    if acts:
        return pressed(state, encode(acts[0]), world)
    if world.place.kind != "direct" or not world.remembers:
        return None
    return quiz.shown_again(state, world) or readiness.shown_again(state, world)


def history_here(state: State, of: str, world: World) -> Decision:
    """What the joint checks of this channel came to, over time; or, for whoever asks alone, what one of them
    (``of``, as ``minute_of`` calls it) rests on."""
    if not world.remembers:
        return away(state, world)
    if world.shared is None:
        return Decision(state, needs="shared")
    if world.check_ins is None:
        return Decision(state, needs="check-ins")
    kb = world.knowledge
    replies = []
    for check in kb.checks.values():
        results = [result for result in world.shared if result.check == check.id]
        asked = next((result for result in results if minute_of(result.at) == of and not result.empty), None)
        if asked is not None:
            return _details(state, asked, check, world)
        if results:
            replies.append(Reply(tuple(history_blocks(results, check, kb))))
    for series in (summary.series for summary in world.check_ins):
        if series.pulses:
            title = Title(words.CHECK_INS.format(topic=series.draft.topic))
            replies.append(Reply((title, *trend_blocks(series.pulses, series.draft.topic))))
    if not replies:
        start = Choices((Choice(words.START_CHECK, encode(StartHere("readiness"))),))
        replies.append(Reply((Text(words.NO_HISTORY), start)))
    replies += [Reply(more)] if (more := left_out(world)) else []
    return Decision(state, tuple(replies))


def _details(state: State, result: JointResult, check: Readiness, world: World) -> Decision:
    title = Title(result_words.DETAILS_OF.format(title=check.title, date=day_of(result.at)))
    reply = card([title, *detail_blocks(result, check, world.knowledge)], world, instead=False)
    return Decision(state, (reply,), arrived=sent(world))


def by(world: World) -> Actor:
    """The speaker, as a session knows people."""
    return Actor(world.speaker.id, world.name, world.speaker.role == "advisor")


def _quiz(state: State, asked: StartHere, world: World) -> Decision:
    bank = world.knowledge.quiz
    if not bank.questions:
        return _say(state, QUIZ_NONE)
    plain = quiz_asked(f"quiz {asked.ask}")
    count, topic = (plain.count, plain.topic) if plain else (0, "")
    if asked.again:
        if world.again is None:
            return Decision(state, needs="again", code=asked.again)
        found = tuple(question for question in map(bank.question, world.again) if question)
        if not found:
            return _say(state, QUIZ_NONE_MISSED)
        name, count = "", len(found)
    else:
        name, found = on_topic(topic, world.knowledge) if topic else ("", bank.questions)
        if not found:
            return topics(state, topic, world, here=True)
        found = _suited(found, world)
    chosen = found[: min(count or USUAL, MOST_QUESTIONS)]
    seconds = min(asked.seconds, MOST_SECONDS)
    plan = QuizPlan(tuple(question.id for question in chosen), name, seconds, asked.names)
    return _begin(state, "quiz", world, quiz=plan)


def _check(state: State, asked: StartHere, world: World) -> Decision:
    checks = world.knowledge.checks
    if not checks:
        return _say(state, words.NO_CHECKS)
    names = asked.organisations
    if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
        return _say(state, words.TOO_MANY_NAMES.format(limit=MOST_NAMES, length=LONGEST_NAME))
    if world.shared is None:
        return Decision(state, needs="shared")
    last = max((result.at for result in world.shared if not result.recorded), default=None)
    check = next(iter(_named(asked, world)), next(iter(checks)))
    return _begin(state, "readiness", world, check=CheckPlan(check, organisations=names, last=last))


def _suited(questions: tuple[QuizQuestion, ...], world: World) -> tuple[QuizQuestion, ...]:
    """Questions that one press answers, in an order that this turn decides."""
    fitting = [question for question in questions if question.kind != "several"]
    return tuple(
        sorted(fitting, key=lambda question: hashlib.sha256(f"{world.seed}\0{question.id}".encode()).digest())
    )


def _begin(
    state: State,
    kind: SessionKind,
    world: World,
    *,
    quiz: QuizPlan | None = None,
    check: CheckPlan | None = None,
) -> Decision:
    assert world.reference is not None
    id = new_id(world.token)
    begin = Begin(world.token, kind, by(world), world.reference, quiz, check)
    job = Job(f"live:{id}", begin, key=f"{id} begin")
    return _opened(state, kind, OpenSession(id, world.speaker.id), job, world)


def _opened(state: State, kind: SessionKind, opened: OpenSession, job: Job, world: World) -> Decision:
    """The card that is on its way says all that there is to say."""
    here = replace(world.here, **{kind: opened})
    state = replace(state, shown=(), headings_shown=False)  # a number is no longer one of that list
    return Decision(state, effects=(KeepHere(here),), jobs=(job,))


def _shown_here(kind: SessionKind, session: str) -> Choice:
    """Brings the card down to where people are talking."""
    return Choice(words.SHOW_HERE, encode(SessionAct("show", session, kind=kind)), primary=True)


def _say(state: State, text: str) -> Decision:
    return Decision(state, (Reply((Text(text),)),))
