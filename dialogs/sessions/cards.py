"""The live card: what everybody in a session's places sees, drawn anew as it moves."""

from __future__ import annotations

from itertools import groupby
from string import ascii_uppercase

from dialogs.core.commands import CatchUp, SessionAct, Show, StartHere, encode
from dialogs.core.replies import (
    Block,
    Chart,
    Choice,
    Choices,
    DataSeries,
    Details,
    Progress,
    Reply,
    Text,
    Title,
)
from dialogs.core.session_model import LiveSession, Scoreboard, Standing, Tally
from dialogs.core.text import literal
from dialogs.questions.blocks import citation
from dialogs.quiz.cards import letter, named, own, short_name
from dialogs.recurrence import zones
from dialogs.sessions.gate import question_of
from dialogs.wording import sessions as words
from dialogs.wording.conversation import listed
from dialogs.wording.dates import short_date
from dialogs.wording.quiz import QUIZ_QUESTION, QUIZ_READ, QUIZ_RIGHT, QUIZ_TRUTH
from dialogs.wording.readiness import RESULT_PURPOSE
from dialogs.wording.screen import BUTTON
from knowledge import Knowledge, QuizQuestion, shuffled


def live_card(state: LiveSession, tally: Tally, kb: Knowledge, *, screen: bool = False) -> Reply:
    """The card as it stands now. How long it takes to draw doesn't depend on how many take part.

    ``screen``: whether it can be shown on a big screen, too.
    """
    blocks = _check_card(state, tally, kb) if state.kind == "readiness" else _quiz_card(state, tally, kb)
    if screen and state.step == "open" and state.host.id:
        last = blocks[-1]
        show = Choice(BUTTON[state.kind], encode(SessionAct("screen", state.id, kind=state.kind)))
        blocks[-1:] = [Choices((*last.options, show)) if isinstance(last, Choices) else last]
    return Reply(tuple(blocks))


def progress(state: LiveSession, tally: Tally) -> str:
    """How far a session that is open has come, in a line: what its card says of it."""
    if state.check is not None:
        return " · ".join(_begun(state, tally))
    assert state.quiz is not None
    total = len(state.quiz.questions)
    where = words.ALL_OPEN[total != 1] if state.quiz.at_own_pace else words.WHERE[state.step == "open"]
    return " · ".join([where.format(number=state.number, total=total), *_answered(state, tally)])


# --- Quiz -----------------------------------------------------------------------------------------


def _quiz_card(state: LiveSession, tally: Tally, kb: Knowledge) -> list[Block]:
    assert state.quiz is not None
    head: list[Block] = [Title(_quiz_title(state))]
    if state.step == "ended":
        return [*head, *_scores(state, kb)]
    if state.quiz.at_own_pace:
        return [*head, *_all_open(state, tally, kb)]
    question = question_of(state, kb)
    total = len(state.quiz.questions)
    if question is None:
        return [*head, Choices((Choice(words.END, encode(SessionAct("end", state.id))),))]
    done = state.number - (state.step == "open")
    asked = _asked(state, question, state.number)
    if state.step == "open":
        how = words.HOW if state.quiz.names else f"{words.HOW} {words.NAMELESS}"
        intro: list[Block] = [Text(how)] if state.number == 1 else []
        options = _options(state, question, state.number)
        return [*head, *intro, Progress(done, total), asked, options, *_foot(state, tally)]
    last = state.number == total
    on = Choice(
        words.SCORES if last else words.NEXT, encode(SessionAct("next", state.id, state.number)), primary=True
    )
    lesson = kb.lessons[question.lesson]
    ways = [on, Choice(QUIZ_READ, encode(Show(lesson.id)), about=lesson.title)]
    ways += [] if last else [Choice(words.END, encode(SessionAct("end", state.id)))]
    return [
        *head, Progress(done, total), asked, _right(state, question), *own(question, kb),
        *_distribution(state, question, tally), citation(kb, lesson), Choices(tuple(ways)), *_hostless(state),
    ]  # fmt: skip


def _all_open(state: LiveSession, tally: Tally, kb: Knowledge) -> list[Block]:
    """All its questions, each with its answers; until when, and how many have answered."""
    assert state.quiz is not None
    back = state.quiz.brought_back
    again = words.BROUGHT_BACK.get(back, words.BROUGHT_BACK_MORE.format(count=back))
    how = [words.OWN_PACE.format(when=_until(state)), again, "" if state.quiz.names else words.NAMELESS]
    blocks: list[Block] = [Text(" ".join(filter(None, how)))]
    for number in range(1, len(state.quiz.questions) + 1):
        question = question_of(state, kb, number)
        if question is not None:
            blocks += [_asked(state, question, number), _options(state, question, number)]
    mine = () if state.step != "open" else (Choice(words.MINE, encode(SessionAct("mine", state.id))),)
    end = Choice(words.END, encode(SessionAct("end", state.id)))
    return [*blocks, Text(" · ".join(_answered(state, tally))), Choices((*mine, end))]


def _until(state: LiveSession) -> str:
    """When a quiz at one's own pace closes, on the clock of whoever set it."""
    clock = zones.clock(state.quiz.zone if state.quiz else "")
    if state.closes is None:
        return ""
    local = state.closes.astimezone(clock)
    return f"on {short_date(local)} at {local:%H:%M}"


def _quiz_title(state: LiveSession) -> str:
    assert state.quiz is not None
    count, topic = len(state.quiz.questions), state.quiz.topic
    if topic:
        return (words.QUIZ_ON_ONE if count == 1 else words.QUIZ_ON).format(topic=topic, count=count)
    return words.QUIZ_ONE if count == 1 else words.QUIZ.format(count=count)


def _asked(state: LiveSession, question: QuizQuestion, number: int) -> Text:
    assert state.quiz is not None
    text = literal(question.text)
    text = QUIZ_TRUTH.format(text=text) if question.kind == "truth" else text
    total = len(state.quiz.questions)
    return Text(QUIZ_QUESTION.format(number=number, total=total, text=text))


def _options(state: LiveSession, question: QuizQuestion, number: int) -> Choices:
    options = shuffled(question, state.id)
    return Choices(
        tuple(
            Choice(
                named(question, at, option.text),
                encode(SessionAct("answer", state.id, number, letter(at))),
                short=short_name(question, at, option.text),
            )
            for at, option in enumerate(options)
        ),
        in_full=True,
    )


def _foot(state: LiveSession, tally: Tally) -> list[Block]:
    lines = " · ".join(_answered(state, tally))
    if state.closes:
        assert state.quiz is not None
        lines = f"{words.UNTIL.format(seconds=state.quiz.seconds)} {lines}"
    close = Choice(words.CLOSE, encode(SessionAct("close", state.id, state.number)), primary=True)
    ways = (close, Choice(words.END, encode(SessionAct("end", state.id))))
    return [Text(lines), Choices(ways), *_hostless(state)]


def _answered(state: LiveSession, tally: Tally) -> list[str]:
    """How many have answered, who hosts it where somebody must, and how others join."""
    assert state.quiz is not None
    said = [words.ANSWERED.get(tally.answered) or words.ANSWERED_MORE.format(count=tally.answered)]
    if state.host.name and not state.quiz.at_own_pace:
        said.append(words.HOST.format(name=literal(state.host.name)))
    return [*said, words.JOINED_BY.format(code=state.code)]


def _hostless(state: LiveSession) -> list[Block]:
    """Its host has asked to be forgotten: whoever takes part may host it, with one press."""
    if state.host.id:
        return []
    take = Choice(words.TAKE_OVER[state.kind], encode(SessionAct("take over", state.id, kind=state.kind)))
    return [Text(words.HOSTLESS[state.kind]), Choices((take,))]


def _right(state: LiveSession, question: QuizQuestion) -> Text:
    options = shuffled(question, state.id)
    right = [_name(question, at, option.text) for at, option in enumerate(options) if option.right]
    return Text(QUIZ_RIGHT.format(right=listed(right), why=literal(question.why)))


def right_answers(state: LiveSession, kb: Knowledge) -> Details:
    """Each question of a quiz with what was right: one at one's own pace shows that nowhere before."""
    blocks = list[Block]()
    for number in range(1, state.number + 1):
        question = question_of(state, kb, number)
        if question is not None:
            blocks += [_asked(state, question, number), _right(state, question), *own(question, kb)]
    return Details(tuple(blocks))


def _right_answers(state: LiveSession, kb: Knowledge) -> Choice:
    says = encode(SessionAct("right", state.id))
    return Choice(words.RIGHT_ANSWERS, says, unfolds=right_answers(state, kb))


def _name(question: QuizQuestion, at: int, text: str) -> str:
    return literal(text) if question.kind == "truth" else f"{ascii_uppercase[at]}. {literal(text)}"


def _distribution(state: LiveSession, question: QuizQuestion, tally: Tally) -> list[Block]:
    """Who chose what; a quiz is no secret ballot, so that small counts show too."""
    if not tally.answered:
        return [Text(words.NONE_CHOSEN)]
    options = shuffled(question, state.id)
    labels = tuple(
        f"{'✓ ' if option.right else ''}{named(question, at, option.text)}"
        for at, option in enumerate(options)
    )
    counts = tuple(float(tally.votes.get(letter(at), 0)) for at in range(len(options)))
    return [Chart(words.CHOSEN, "bars", labels, (DataSeries(words.CHOSEN, counts),), float(tally.answered))]


def _scores(state: LiveSession, kb: Knowledge) -> list[Block]:
    scoreboard = state.scoreboard
    another = Choice(words.ANOTHER, encode(StartHere("quiz")))
    late = Choice(words.CATCH_UP, encode(CatchUp(state.id)))
    if scoreboard is None or not scoreboard.people:
        return [Text(words.OVER_NOBODY), Choices((late, another))]
    people = words.PEOPLE.get(scoreboard.people) or words.PEOPLE_MORE.format(count=scoreboard.people)
    blocks: list[Block] = [Text(words.OVER.format(people=people))]
    if scoreboard.top:
        blocks.append(Text("\n".join([words.PLACES, "", *_places(scoreboard)])))
    if scoreboard.scores:
        labels = tuple(str(score) for score in range(scoreboard.asked, -1, -1))
        counts = tuple(float(score) for score in reversed(scoreboard.scores))
        spread = DataSeries(words.SPREAD, counts)
        blocks.append(Chart(words.SPREAD, "bars", labels, (spread,), float(scoreboard.people)))
    else:
        blocks.append(Text(words.SPREAD_HIDDEN))
    missed = [question for question in map(kb.quiz.question, scoreboard.missed) if question]
    lessons = tuple(dict.fromkeys(question.lesson for question in missed))[:3]
    titles = listed([literal(kb.lessons[lesson].title) for lesson in lessons]) if lessons else ""
    if scoreboard.scores:
        blocks.append(Text(words.MISSED.format(titles=titles) if lessons else words.ALL_RIGHT))
    ways = [Choice(QUIZ_READ, encode(Show(lesson)), about=kb.lessons[lesson].title) for lesson in lessons[:1]]
    ways += [] if state.nameless else [Choice(words.MINE, encode(SessionAct("mine", state.id)))]
    ways += [_right_answers(state, kb)] if state.quiz and state.quiz.at_own_pace else []
    ways += [Choice(words.AGAIN, encode(StartHere("quiz", again=state.id)))] if missed else []
    return [*blocks, Choices((*ways, late, another))]


def _places(scoreboard: Scoreboard) -> list[str]:
    """The scoreboard's lines: people with the same score share a place, "2=" where they are several."""
    lines, place = list[str](), 1
    for right, tied in groupby(scoreboard.top, key=lambda standing: standing.right):
        group = list(tied)
        whole = scoreboard.scores[right]
        more = [words.OTHERS.format(count=whole - len(group))] if whole > len(group) else []
        names = ", ".join([*(_shown(standing) for standing in group), *more])
        mark = f"{place}=" if whole > 1 else str(place)
        lines.append("- " + words.PLACE.format(place=mark, names=names, right=f"{right}/{scoreboard.asked}"))
        place += whole
    return lines


def _shown(standing: Standing) -> str:
    return literal(standing.name or words.SOMEONE)


# --- Readiness check --------------------------------------------------------------------------------


def _check_card(state: LiveSession, tally: Tally, kb: Knowledge) -> list[Block]:
    assert state.check is not None
    asked = kb.checks.get(state.check.check)
    if asked is None:
        return [Text(words.CHECK_OVER_NOBODY)]
    title = Title(asked.title)
    if state.step == "ended":
        over = words.CHECK_OVER if state.result else words.CHECK_OVER_NOBODY
        return [title, Text(over)]
    blocks: list[Block] = [title]
    if state.check.purpose:
        blocks.append(Text(f"{RESULT_PURPOSE}: {literal(state.check.purpose)}"))
    count = len(asked.statements)
    statements = words.STATEMENTS[count != 1].format(count=count)
    blocks.append(Text(words.CHECK_INTRO.format(intro=literal(asked.intro), statements=statements)))
    blocks.append(
        Choices(
            (
                Choice(
                    words.TAKE_PART,
                    encode(SessionAct("part", state.id, kind="readiness")),
                    primary=True,
                    opens=True,
                ),
            )
        )
    )
    ways = (
        Choice(words.SET_UP, encode(SessionAct("setup", state.id, kind="readiness")), opens=True),
        Choice(words.CLOSE_CHECK, encode(SessionAct("end", state.id, kind="readiness"))),
    )
    return [*blocks, Text(" · ".join(_begun(state, tally))), Choices(ways), *_hostless(state)]


def _begun(state: LiveSession, tally: Tally) -> list[str]:
    """How many have begun and finished, who hosts it, until when, and how others join."""
    began = words.CHECK_ANSWERED.get(tally.answered) or words.CHECK_ANSWERED_MORE.format(count=tally.answered)
    said = [began] if tally.finished < tally.answered or not tally.answered else []
    said += [words.CHECK_FINISHED.format(count=tally.finished)] if tally.answered else []
    said += [words.HOST.format(name=literal(state.host.name))] if state.host.name else []
    said += [words.CHECK_CLOSES.format(date=f"{state.closes:%-d %B}")] if state.closes else []
    return [*said, words.JOINED_BY.format(code=state.code)]
