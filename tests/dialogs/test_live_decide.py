"""Live sessions as a pure machine: whatever happens, in whatever order, these things hold."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dialogs.core.session_model import (
    Actor,
    AnsweredForm,
    Begin,
    ChannelReference,
    CheckPlan,
    Elapsed,
    Forgotten,
    JoinChannel,
    LiveDecision,
    LiveEvent,
    LiveSession,
    LiveWorld,
    QuizPlan,
    SetUp,
    Sheet,
    Steer,
    TakeOver,
)
from dialogs.sessions.check import OPEN_FOR
from dialogs.sessions.decide import decide_live
from dialogs.sessions.gate import gate
from dialogs.sessions.quiz import PLACES, TOP, right_letters, scoreboard
from dialogs.sessions.timers import IDLE
from dialogs.wording import sessions as words
from tests.harness.small import NOW, SMALL

ID = "C3D4F6G7H9J3"
HOST, OTHER, ADVISOR = (
    Actor("slack:T1/U1", "Asha"),
    Actor("slack:T1/U2", "Bryn"),
    Actor("slack:T1/U3", "Cleo", True),
)
REFERENCE = ChannelReference("slack:T1", "C1", "slack", {"channel": "C1"})
FURTHER = ChannelReference("teams:t1", "19:x", "teams", {"conversation": "19:x"})
QUESTIONS = ("flat-truth", "compost-when", "compost-truth")
WORLD = LiveWorld(NOW, SMALL, sheets=(), forms={})

BEGIN_QUIZ = Begin("K7QM", "quiz", HOST, REFERENCE, quiz=QuizPlan(QUESTIONS, seconds=30))
BEGIN_CHECK = Begin("K7QM", "readiness", HOST, REFERENCE, check=CheckPlan("plot"))


def happen(state: LiveSession | None, *events: LiveEvent, world: LiveWorld = WORLD) -> LiveSession:
    """The state after ``events``."""
    for event in events:
        decision = decide_live(state, ID, event, world)
        assert decision is not None
        assert decision.needs is None
        state = decision.state
    assert state is not None
    return state


def decided(state: LiveSession, event: LiveEvent, world: LiveWorld = WORLD) -> LiveDecision:
    """What one event comes to."""
    decision = decide_live(state, ID, event, world)
    assert decision is not None
    return decision


QUIZ = happen(None, BEGIN_QUIZ)
CLOSED = happen(QUIZ, Steer("close", HOST, 1))
QUIZ_OVER = happen(QUIZ, Steer("end", HOST))
CHECK = happen(None, BEGIN_CHECK)
CHECK_OVER = happen(CHECK, Steer("end", HOST))


@pytest.mark.parametrize(
    ("state", "event", "step", "number", "note"),
    [
        (QUIZ, Steer("close", HOST, 1), "closed", 1, words.CLOSED_NOTE),
        (QUIZ, Steer("close", HOST), "closed", 1, words.CLOSED_NOTE),
        (QUIZ, Steer("close", ADVISOR, 1), "closed", 1, words.CLOSED_NOTE),
        (QUIZ, Steer("close", HOST, 2), "open", 1, words.PASSED),
        (QUIZ, Steer("next", HOST, 1), "open", 1, words.CLOSE_FIRST),
        (QUIZ, Steer("next", HOST, 7), "open", 1, words.PASSED),
        (QUIZ, Steer("end", HOST), "ended", 1, words.ENDED_NOTE),
        (QUIZ, Elapsed("question", 1), "closed", 1, words.CLOSED_NOTE),
        (QUIZ, Elapsed("question", 2), "open", 1, ""),
        (QUIZ, Elapsed("idle", 2), "ended", 1, words.ENDED_NOTE),
        (QUIZ, Elapsed("idle", 3), "open", 1, ""),
        (QUIZ, Elapsed("check"), "open", 1, ""),
        (QUIZ, SetUp(HOST, CheckPlan("plot")), "open", 1, ""),
        (CLOSED, Steer("close", HOST, 1), "closed", 1, words.PASSED),
        (CLOSED, Steer("next", HOST, 1), "open", 2, ""),
        (CLOSED, Elapsed("question", 1), "closed", 1, ""),
        (CLOSED, Elapsed("idle", 2), "closed", 1, ""),
        (CLOSED, Elapsed("idle", 3), "ended", 1, words.ENDED_NOTE),
        (QUIZ_OVER, Steer("close", HOST, 1), "ended", 1, words.OVER_NOTE),
        (QUIZ_OVER, Steer("end", HOST), "ended", 1, words.OVER_NOTE),
        (QUIZ_OVER, Elapsed("idle", 2), "ended", 1, ""),
        (QUIZ_OVER, JoinChannel(FURTHER, OTHER), "ended", 1, words.OVER_NOTE),
        (CHECK, Steer("end", HOST), "ended", 1, words.ENDED_NOTE),
        (CHECK, Steer("close", ADVISOR), "ended", 1, words.ENDED_NOTE),
        (CHECK, Steer("next", HOST), "open", 1, words.PASSED),
        (CHECK, Elapsed("check"), "ended", 1, words.ENDED_NOTE),
        (CHECK, Elapsed("idle", 2), "open", 1, ""),
        (CHECK_OVER, Steer("end", HOST), "ended", 1, words.OVER_NOTE),
        (CHECK_OVER, SetUp(HOST, CheckPlan("plot")), "ended", 1, words.OVER_NOTE),
        (CHECK_OVER, Elapsed("check"), "ended", 1, ""),
    ],
)  # fmt: skip
def test_each_event_in_each_step(
    state: LiveSession, event: LiveEvent, step: str, number: int, note: str
) -> None:
    decision = decided(state, event)
    assert (decision.state.step, decision.state.number, decision.note) == (step, number, note)


def test_begun_twice_it_is_the_same_session() -> None:
    assert decided(QUIZ, BEGIN_CHECK) == LiveDecision(QUIZ)


@pytest.mark.parametrize(
    "event",
    [
        JoinChannel(REFERENCE, HOST),
        Steer("end", HOST),
        Elapsed("check"),
        Forgotten("x"),
        SetUp(HOST, CheckPlan("x")),
    ],
)
def test_nothing_happens_to_a_session_that_is_not_there(event: LiveEvent) -> None:
    assert decide_live(None, ID, event, WORLD) is None


def test_a_place_joins_once() -> None:
    joined = happen(
        QUIZ, JoinChannel(FURTHER, OTHER), JoinChannel(FURTHER, HOST), JoinChannel(REFERENCE, OTHER)
    )
    assert joined == replace(QUIZ, references=(REFERENCE, FURTHER))


def test_each_question_has_its_time_and_the_host_has_theirs() -> None:
    begun = decide_live(None, ID, BEGIN_QUIZ, WORLD)
    assert begun is not None
    assert begun.state.closes == NOW + timedelta(seconds=30)
    timers = {timer.event: timer.at - NOW for timer in begun.timers}
    assert timers == {
        Elapsed("idle", 2): IDLE + timedelta(seconds=30),
        Elapsed("question", 1): timedelta(seconds=30),
    }
    closed = decided(QUIZ, Steer("close", HOST, 1))
    assert closed.state.closes is None
    assert [timer.event for timer in closed.timers] == [Elapsed("idle", 3)]


def test_without_a_time_limit_no_question_closes_by_itself() -> None:
    begun = decide_live(None, ID, replace(BEGIN_QUIZ, quiz=QuizPlan(QUESTIONS)), WORLD)
    assert begun is not None
    assert [timer.event for timer in begun.timers] == [Elapsed("idle", 2)]


def test_a_check_has_a_week() -> None:
    begun = decide_live(None, ID, BEGIN_CHECK, WORLD)
    assert begun is not None
    assert [(timer.at - NOW, timer.event) for timer in begun.timers] == [(OPEN_FOR, Elapsed("check"))]


def test_a_quiz_asks_for_the_sheets_and_a_check_for_the_forms_before_it_ends() -> None:
    bare = LiveWorld(NOW, SMALL)
    assert decided(QUIZ, Steer("end", HOST), bare).needs == "sheets"
    assert decided(CHECK, Steer("end", HOST), bare).needs == "forms"


# --- Any sequence of events -------------------------------------------------------------------------

BY = st.sampled_from((HOST, OTHER, ADVISOR))
EVENTS = st.one_of(
    st.builds(Steer, st.sampled_from(("close", "next", "end")), BY, st.integers(-1, 5)),
    st.builds(Elapsed, st.sampled_from(("question", "idle", "check")), st.integers(-1, 9)),
    st.builds(JoinChannel, st.sampled_from((REFERENCE, FURTHER)), BY),
    st.builds(SetUp, BY, st.just(CheckPlan("plot", partners=4))),
    st.builds(Forgotten, st.sampled_from((HOST.id, OTHER.id))),
    st.sampled_from((BEGIN_QUIZ, BEGIN_CHECK)),
)


@given(begin=st.sampled_from((BEGIN_QUIZ, BEGIN_CHECK)), events=st.lists(EVENTS, max_size=25))
def test_whatever_happens_it_stays_within_bounds(begin: Begin, events: list[LiveEvent]) -> None:
    state = happen(None, begin)
    for event in events:
        decision = decided(state, event)
        after = decision.state
        assert decided(state, event) == decision, "a decision can be made again"
        assert 1 <= after.number <= len(QUESTIONS)
        assert after.number - state.number in (0, 1)
        assert (after.id, after.code, after.kind, after.began) == (ID, "K7QM", begin.kind, NOW)
        assert len({reference.key for reference in after.references}) == len(after.references) >= 1
        assert after.step != "closed" or after.kind == "quiz"
        assert (after.closes is not None) == (after.step == "open"), "an open one says when it closes"
        if state.step == "ended":
            assert replace(after, host=state.host, scoreboard=None, result=None) == replace(
                state, scoreboard=None, result=None
            )
            assert not decision.ended
        if isinstance(event, Elapsed) and event.what == "idle" and after != state:
            assert event.number == 2 * state.number + (state.step == "closed"), "of this very moment"
        assert gate(after, SMALL)["open"] == ("" if after.step != "open" else gate(state, SMALL)["open"] if (
            after.number, after.step) == (state.number, state.step) else str(after.number))  # fmt: skip
        assert (gate(after, SMALL)["over"] == "1") == (after.step == "ended")
        state = after


@given(st.lists(EVENTS, max_size=25))
def test_a_session_whose_host_was_forgotten_is_taken_over_before_it_is_steered(
    events: list[LiveEvent],
) -> None:
    state = QUIZ
    for event in events:
        state = decided(state, event).state
    state = decided(state, Forgotten(HOST.id)).state
    assert state.host == Actor("")
    anybody = Actor("slack:T1/UANYBODY")
    if state.step != "ended":
        state = decided(state, TakeOver(anybody)).state
        assert decided(state, TakeOver(Actor("slack:T1/UOTHER"))).state.host == anybody
        assert decided(state, Steer("end", anybody)).state.step == "ended"


# --- The scoreboard ---------------------------------------------------------------------------------

LETTERS = st.dictionaries(st.integers(1, 3), st.sampled_from("abcd"))
PEOPLE = st.lists(
    st.tuples(st.sampled_from(("Asha", "asha", "Bryn", "", "Zoë", "*Bold*")), LETTERS), max_size=25
)


def sheets_of(people: list[tuple[str, dict[int, str]]]) -> tuple[Sheet, ...]:
    """Sheets of people who are different ones though their names may be the same."""
    return tuple(Sheet(f"slack:T1/U{n}", name, letters) for n, (name, letters) in enumerate(people))


@given(PEOPLE, st.randoms(use_true_random=False), st.booleans())
def test_the_order_in_which_people_answered_makes_no_difference(
    people: list[tuple[str, dict[int, str]]], chance: random.Random, names: bool
) -> None:
    assert QUIZ.quiz is not None
    state = replace(QUIZ, number=3, quiz=replace(QUIZ.quiz, names=names))
    sheets = list(sheets_of(people))
    first = scoreboard(state, tuple(sheets), WORLD)
    chance.shuffle(sheets)
    assert scoreboard(state, tuple(sheets), WORLD) == first


@given(PEOPLE)
def test_a_scoreboard_adds_up(people: list[tuple[str, dict[int, str]]]) -> None:
    state = replace(QUIZ, number=3)
    found = scoreboard(state, sheets_of(people), WORLD)
    answered = [letters for _, letters in people if letters]
    assert found.people == sum(found.scores) == len(answered)
    assert found.asked == len({number for letters in answered for number in letters}) <= 3
    assert len(found.scores) == found.asked + 1
    scores = [right for right, count in enumerate(found.scores) for _ in range(count)]
    placed = [right for right in scores if right and sum(other > right for other in scores) < PLACES]
    assert len(found.top) == min(TOP, len(placed)), "nobody is shown up"
    assert all(0 <= standing.right <= found.asked for standing in found.top)
    assert [standing.right for standing in found.top] == sorted(
        (standing.right for standing in found.top), reverse=True
    )
    assert set(found.missed) <= set(QUESTIONS)
    named = sorted((standing.right for standing in found.top), reverse=True)
    assert named == sorted(placed, reverse=True)[:TOP], "nobody left out did better than one who isn't"


def test_answers_beyond_the_question_on_the_card_do_not_count() -> None:
    right = right_letters(QUIZ, 3, SMALL)
    found = scoreboard(QUIZ, (Sheet("slack:T1/U1", "Asha", {3: right}),), WORLD)
    assert (found.asked, found.scores) == (0, (1,))


def test_a_question_that_has_gone_from_the_bank_is_nobodys_fault() -> None:
    gone = replace(QUIZ, number=2, quiz=QuizPlan(("flat-truth", "no-longer-there")))
    found = scoreboard(
        gone, (Sheet("slack:T1/U1", "Asha", {1: right_letters(QUIZ, 1, SMALL), 2: "a"}),), WORLD
    )
    assert (found.asked, found.scores, found.missed) == (1, (0, 1), ())


def test_without_names_nobody_is_on_the_board() -> None:
    nameless = replace(QUIZ, quiz=QuizPlan(QUESTIONS, names=False))
    found = scoreboard(nameless, (Sheet("slack:T1/U1", "Asha", {1: "a"}),), WORLD)
    assert (found.people, found.top) == (1, ())


@pytest.mark.parametrize("names", [True, False])
def test_without_names_the_scores_of_those_who_stay_do_not_tell_of_who_left(names: bool) -> None:
    quiz = replace(QUIZ, quiz=QuizPlan(QUESTIONS, names=names))
    right = right_letters(QUIZ, 1, SMALL)
    sheets = tuple(Sheet(f"slack:T1/U{number}", "", {1: right}) for number in (1, 2, 3))
    for counted, shown in ((3, True), (4, names)):
        found = scoreboard(quiz, sheets, replace(WORLD, counted={1: counted}))
        assert (found.people, found.scores) == (3, (0, 3) if shown else ())


def test_the_forgotten_lose_their_names_and_keep_nobody_from_their_place() -> None:
    right = right_letters(QUIZ, 1, SMALL)
    sheets = (Sheet(OTHER.id, "Bryn", {1: right}), Sheet(HOST.id, "Asha", {1: right}))
    over = happen(QUIZ, Steer("end", HOST), world=replace(WORLD, sheets=sheets))
    assert over.scoreboard is not None
    without = happen(over, Forgotten(OTHER.id), Forgotten(HOST.id))
    assert without.scoreboard is not None
    assert {(standing.id, standing.name) for standing in without.scoreboard.top} == {("", "")}
    assert (without.scoreboard.scores, without.host) == (over.scoreboard.scores, Actor(""))


# --- A check's end ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_check_that_few_answered_ends_kindly(count: int) -> None:
    forms = {str(n): AnsweredForm("slack:T1", {"compost-autumn": 4}, member=b"%d" % n) for n in range(count)}
    decision = decided(CHECK, Steer("end", HOST), replace(WORLD, forms=forms))
    assert decision.ended
    assert (decision.state.result is not None) == (count > 0)
    assert bool(decision.posts) == (count > 0)
    if decision.state.result is not None:
        assert decision.state.result.participants == (3 if count == 3 else 0)
        assert (decision.state.result.overall is not None) == (count == 3)


@pytest.mark.parametrize(("days", "withheld"), [(89, "unknown"), (90, "")])
def test_after_a_check_of_whom_nobody_is_on_record_nothing_is_shown_for_a_while(
    days: int, withheld: str
) -> None:
    forms = {str(n): AnsweredForm("slack:T1", {"compost-autumn": 4}, member=b"%d" % n) for n in range(3)}
    assert CHECK.check is not None
    earlier = replace(CHECK, check=replace(CHECK.check, last=WORLD.now - timedelta(days=days)))
    result = decided(earlier, Steer("end", HOST), replace(WORLD, forms=forms)).state.result
    assert result is not None
    assert result.withheld == withheld
    assert (result.overall is None) == bool(withheld)


def test_where_it_is_not_known_whose_a_form_is_nothing_is_shown() -> None:
    forms = {str(n): AnsweredForm("slack:T1", {"compost-autumn": 4}) for n in range(3)}
    decision = decided(CHECK, Steer("end", HOST), replace(WORLD, forms=forms))
    assert decision.state.result is not None
    assert decision.state.result.withheld == "unknown"
    assert decision.disclosed == {}


def test_a_check_that_nobody_knew_an_answer_to() -> None:
    everything = {statement.id: 0 for statement in SMALL.checks["plot"].statements}
    forms = {str(n): AnsweredForm("slack:T1", everything, member=b"%d" % n) for n in range(5)}
    decision = decided(CHECK, Steer("end", HOST), replace(WORLD, forms=forms))
    assert decision.state.result is not None
    assert decision.state.result.overall is None
    assert len(decision.state.result.unknown) == len(everything)
