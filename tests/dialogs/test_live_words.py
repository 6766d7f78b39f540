"""What is said to a live session, and what only sounds like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dialogs.core.codes import CODE, ID, SYMBOLS, is_code, near, new_code, new_id
from dialogs.core.commands import (
    AnswerHere,
    Join,
    SessionAct,
    StartHere,
    SteerHere,
    asked_here,
    join,
)
from dialogs.core.events import Place, Utterance
from dialogs.core.router import route, understand
from dialogs.core.session_model import ChannelReference
from dialogs.core.work import OpenSession, OpenSessions
from tests.harness.small import world

SESSION = "C3D4F6G7H9J3"
HERE = Place("slack", "channel")
THERE = world(place=HERE, reference=ChannelReference("slack:T1", "C1", "slack", {}))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (f"quiz answer {SESSION} 3 b", SessionAct("answer", SESSION, 3, "b")),
        (f"quiz answer {SESSION} 3 B", SessionAct("answer", SESSION, 3, "b")),
        (f"QUIZ CLOSE {SESSION.lower()} 3", SessionAct("close", SESSION, 3)),
        (f"quiz next {SESSION} 12", SessionAct("next", SESSION, 12)),
        (f"quiz end {SESSION}", SessionAct("end", SESSION)),
        (f"quiz mine {SESSION}", SessionAct("mine", SESSION)),
        (f"readiness part {SESSION}", SessionAct("part", SESSION, kind="readiness")),
        (f"readiness page {SESSION} 2", SessionAct("page", SESSION, 2, kind="readiness")),
        (f"readiness setup {SESSION}", SessionAct("setup", SESSION, kind="readiness")),
        (f"readiness export {SESSION}", SessionAct("export", SESSION, kind="readiness")),
        ("quiz close K7QM", SessionAct("close", "K7QM")),
        ("readiness part k7qm", SessionAct("part", "K7QM", kind="readiness")),
        ("K7QM b", SessionAct("answer", "K7QM", 0, "b")),
        ("k7qm 3 b", SessionAct("answer", "K7QM", 3, "b")),
    ],
)
def test_words_that_name_a_session(text: str, act: SessionAct) -> None:
    assert route(Utterance(text), HERE) == act


@pytest.mark.parametrize(
    "text",
    [
        "quiz answer 0f3a9c21de 3 b",  # a quiz alone has ids of ten hexadecimal digits
        "quiz next 0f3a9c21de 2",
        "readiness answer 0f3a9c21de 2 4",
        "readiness back 0f3a9c21de 2",
        "quiz answer",
        "quiz next week please",
        "quiz next time",
        "quiz end date",
        "quiz part time",
        "readiness part done",
        "readiness page organisation",
        "quiz 5 models",
        "quiz me",
        "K7QM",
        "K7QM f",
        "K7QM is what it says",
        "what b",
        "team a",
        "plan b",
        "cost 3 a",
        f"quiz answer {SESSION}9 3 b",
        f"quiz answer {SESSION[:-1]} 3 b",
        f"quiz dance {SESSION}",
        f"readiness dance {SESSION}",
        f"please quiz answer {SESSION} 3 b",
        "",
    ],
)
def test_words_that_name_none(text: str) -> None:
    assert route(Utterance(text), HERE) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("join K7QM", Join("K7QM")),
        ("Join k7qm!", Join("K7QM")),
        ("join the quiz K7QM.", Join("K7QM")),
        ("join code K7QM", Join("K7QM")),
        ("rejoin K7QM", Join("K7QM")),
        ("leave K7QM", Join("K7QM", leave=True)),
        ("leave the check K7QM", Join("K7QM", leave=True)),
        ("join K7Q", Join("K7Q")),
        ("join K7QMM", Join("K7QMM")),
        ("join KTOM", Join("KTOM")),
        ("join k1om", Join("K1OM")),
    ],
)
def test_codes_also_mistyped_ones(text: str, found: Join) -> None:
    assert join(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "join us for lunch",
        "join us",
        "join in",
        "join them",
        "join forces",
        "join the team",
        "join the quiz",
        "join the check",
        "can we join a partnership that exists already",
        "leave it",
        "leave it out",
        "leave them",
        "leave",
        "leave the partnership",
        "should a partner leave",
        "K7QM",
        "joint K7QM",
    ],
)
def test_what_is_no_code(text: str) -> None:
    assert join(text) is None


QUIZ, CHECK = "quiz", "readiness"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("quiz here", StartHere(QUIZ)),
        ("Quiz here, please", StartHere(QUIZ, "please")),
        ("run a quiz here", StartHere(QUIZ)),
        ("can we have a quiz in this channel?", StartHere(QUIZ)),
        ("let's do a team quiz here", StartHere(QUIZ)),
        ("quiz here 5 on models", StartHere(QUIZ, "5 on models")),
        ("quiz 5 models here", StartHere(QUIZ, "5 models")),
        ("quiz here 10 models 30 seconds each", StartHere(QUIZ, "10 models", seconds=30)),
        ("quiz here, 1 minute a question", StartHere(QUIZ, seconds=60)),
        ("quiz here without names", StartHere(QUIZ, names=False)),
        ("anonymous quiz here", StartHere(QUIZ, names=False)),
        ("quiz here anonymously 20s", StartHere(QUIZ, seconds=20, names=False)),
        ("readiness here", StartHere(CHECK)),
        ("readiness check here", StartHere(CHECK)),
        ("start a joint readiness check here", StartHere(CHECK)),
        ("readiness here with partners", StartHere(CHECK)),
        ("readiness with our partners", StartHere(CHECK)),
        ("readiness here with County", StartHere(CHECK)),
        ("readiness with County, District and the NHS",
         StartHere(CHECK, organisations=("County", "District", "the NHS"))),
        ("readiness here with County & District", StartHere(CHECK, organisations=("County", "District"))),
        ("readiness check shared services here", StartHere(CHECK, check="shared services")),
    ],
)  # fmt: skip
def test_a_session_for_the_channel(text: str, start: StartHere | None) -> None:
    assert asked_here(text) == start


@pytest.mark.parametrize(
    "text",
    [
        "is there a quiz here?",
        "quiz",
        "quiz me",
        "quiz 5 models",
        "quiz 30 seconds",
        "readiness",
        "readiness history",
        "readiness check",
        "how does a quiz work in a channel",
        "what is a readiness check for the team",
        "who did the quiz here",
        "was the readiness check here any good",
        "where do we stand on readiness here",
        "here",
        "quizzical looks here",
        "quiz answer 0f3a9c21de 3 b",
        "",
    ],
)
def test_what_starts_nothing_for_the_channel(text: str) -> None:
    assert asked_here(text) is None


@pytest.mark.parametrize(
    ("text", "steer"),
    [
        ("close question", SteerHere(QUIZ, "close")),
        ("Close the question.", SteerHere(QUIZ, "close")),
        (f"quiz here again {SESSION}", StartHere(QUIZ, again=SESSION)),
        ("next question", SteerHere(QUIZ, "next")),
        ("quiz  next", SteerHere(QUIZ, "next")),
        ("end the quiz!", SteerHere(QUIZ, "end")),
        ("close the check", SteerHere(CHECK, "end")),
        ("readiness close", SteerHere(CHECK, "end")),
        ("Close and show the result", SteerHere(CHECK, "end")),
        ("Show the scores", SteerHere(QUIZ, "next")),
        ("My answers", SteerHere(QUIZ, "mine")),
        ("Take part", SteerHere(CHECK, "part")),
        ("Set up (host)", SteerHere(CHECK, "setup")),
        ("b", None),
        ("true", None),
        ("close the question of funding", None),
        ("the next question is who pays", None),
        ("end the quiz of words", None),
        ("next", None),
        ("stop", None),
        ("close", None),
        ("check", None),
        ("", None),
    ],
)
def test_steering_in_words(text: str, steer: SteerHere | None) -> None:
    assert understand(Utterance(text), THERE) == steer


@pytest.mark.parametrize(
    ("text", "quiz", "check"),
    [
        ("close it", SteerHere(QUIZ, "close"), SteerHere(CHECK, "end")),
        ("show the answer", SteerHere(QUIZ, "close"), None),
        ("next", SteerHere(QUIZ, "next"), None),
        ("stop", SteerHere(QUIZ, "end"), None),
        ("show the results", None, SteerHere(CHECK, "end")),
        ("b", AnswerHere(QUIZ), None),
        ("2", AnswerHere(QUIZ), AnswerHere(CHECK)),
        ("I think it's b", AnswerHere(QUIZ), None),
        ("5/5", None, AnswerHere(CHECK)),
        ("4 because we know them", None, AnswerHere(CHECK)),
    ],
)
def test_few_words_are_enough_where_one_session_is_open(
    text: str, quiz: AnswerHere | SteerHere | None, check: AnswerHere | SteerHere | None
) -> None:
    opened = OpenSession(SESSION, "slack:T1/UHOST")
    assert understand(Utterance(text), replace(THERE, here=OpenSessions(quiz=opened))) == quiz
    assert understand(Utterance(text), replace(THERE, here=OpenSessions(readiness=opened))) == check
    both = understand(Utterance(text), replace(THERE, here=OpenSessions(opened, opened)))
    assert not isinstance(both, SteerHere), "it could mean either"


@given(st.binary(min_size=32, max_size=32))
def test_ids_and_codes_can_be_read_aloud_and_are_understood(token: bytes) -> None:
    id, code = new_id(token.hex()), new_code(token.hex(), 0)
    assert len(id) == ID
    assert len(code) == CODE
    assert set(id + code) <= set(SYMBOLS)
    assert is_code(code)
    assert route(Utterance(f"quiz answer {id} 1 a"), HERE) == SessionAct("answer", id, 1, "a")
    assert join(f"join {code.lower()}") == Join(code)


@given(st.binary(min_size=32, max_size=32))
def test_a_code_that_is_taken_is_followed_by_others(token: bytes) -> None:
    assert len({new_code(token.hex(), attempt) for attempt in range(50)}) == 50


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("K7QN", True),  # one sign wrong
        ("K7Q", True),  # one missing
        ("K77QM", True),  # one too many
        ("7KQM", True),  # two swapped
        ("K70M", True),  # reads alike
        ("K7QM", True),
        ("KTQN", False),
        ("XXXX", False),
        ("", False),
    ],
)
def test_a_mistyped_code_is_near_the_right_one(typed: str, meant: bool) -> None:
    assert near(typed, ["K7QM", "PPPP"]) == (("K7QM",) if meant else ())


@pytest.mark.slow
@given(st.text(max_size=80))
def test_any_words_are_read_without_a_fault(text: str) -> None:
    for read in (join, asked_here):
        read(text)
    route(Utterance(text), HERE)
    understand(Utterance(text), THERE)
