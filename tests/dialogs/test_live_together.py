"""Sessions from within a conversation: started, joined and steered in words, by those who may."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs import choices, decide, plain
from dialogs.core.commands import SessionAct
from dialogs.core.effects import KeepHere
from dialogs.core.events import Place, Utterance
from dialogs.core.jobs import Job
from dialogs.core.model import Decision, State
from dialogs.core.replies import Reply, Text
from dialogs.core.router import route
from dialogs.core.session_model import Actor, Begin, ChannelReference, JoinChannel
from dialogs.core.work import OpenSession, OpenSessions
from dialogs.core.world_parts import Acted, CodeLookup
from dialogs.wording import sessions as words
from tests.harness.small import world

REFERENCE = ChannelReference("slack:T1", "C1", "slack", {"channel": "C1"})
TOKEN = "5eed" * 16
HERE = OpenSessions(OpenSession("C3D4F6G7H9J3", "slack:T1/U1"), OpenSession("P3D4F6G7H9J3", "slack:T1/U1"))


def said(text: str, **changes: Any) -> Decision:
    """``text`` typed in a channel, mentioning the bot."""
    given = {"reference": REFERENCE, "token": TOKEN, "seed": "turn", "name": "Asha", "shared": (), **changes}
    return decide(State(), Utterance(text), world(**given))


def job(decision: Decision) -> Job:
    """The one thing that another partition is asked to do."""
    (found,) = decision.jobs
    return found


def words_of(decision: Decision) -> str:
    """All that is said at once."""
    return "\n".join(map(plain, decision.replies))


def test_a_quiz_begins_and_the_channel_remembers_it() -> None:
    decision = said("quiz here")
    begin = job(decision).event
    assert isinstance(begin, Begin)
    assert (begin.kind, begin.by, begin.reference) == ("quiz", Actor("slack:T1/U1", "Asha"), REFERENCE)
    assert begin.quiz is not None
    assert set(begin.quiz.questions) == {"flat-truth", "compost-when", "compost-truth"}, (
        "one press answers each"
    )
    session = job(decision).partition.removeprefix("live:")
    assert decision.effects == (KeepHere(OpenSessions(quiz=OpenSession(session, "slack:T1/U1"))),)
    assert decision.replies == (), "the card says it all"


def test_how_it_goes_where_two_are_open_asks_which() -> None:
    decision = said("how is it going?", here=HERE)
    assert [choice.says for reply in decision.replies for choice in choices(reply)] == [
        "quiz progress C3D4F6G7H9J3", "readiness progress P3D4F6G7H9J3"
    ]  # fmt: skip
    asked = said("how many have answered", here=OpenSessions(quiz=HERE.quiz))
    assert (asked.needs, asked.press) == ("press", "quiz progress C3D4F6G7H9J3")


def test_what_the_card_or_the_channel_tells_isnt_said_to_be_sent_to_them_alone() -> None:
    shown = Acted("", True, Reply((Text(words.MOVED_BELOW["quiz"]),), instead=True))
    decision = said("show the quiz", here=OpenSessions(quiz=HERE.quiz), acted=shown)
    assert decision.replies
    assert decision.arrived == ""


def test_a_number_typed_beside_an_open_check_is_no_lesson_of_a_list_shown_before_it() -> None:
    listed = State(shown=("compost", "water"))
    given: dict[str, Any] = {
        "reference": REFERENCE,
        "token": TOKEN,
        "shared": (),
        "place": Place("slack", "group"),
    }
    begun = decide(listed, Utterance("readiness here"), world(**given)).state
    there = world(**given, here=OpenSessions(readiness=HERE.readiness))
    assert words_of(decide(begun, Utterance("4"), there)) == words.ANSWER_BY_FORM
    assert words_of(decide(listed, Utterance("4/5"), there)) == words.ANSWER_BY_FORM
    picked = decide(listed, Utterance("2"), there)
    assert picked.state.lesson == "water", "a list that was shown since is what a bare number picks from"


@pytest.mark.parametrize(
    ("text", "count", "topic", "seconds", "names"),
    [
        ("quiz here 2", 2, "", 0, True),
        ("quiz here on soil", 2, "soil", 0, True),
        ("quiz here 1 soil 30 seconds each", 1, "soil", 30, True),
        ("quiz here without names", 3, "", 0, False),
        ("quiz here 900", 3, "", 0, True),
        ("quiz here 60 minutes a question", 3, "", 600, True),
    ],
)
def test_a_quiz_as_asked_for(text: str, count: int, topic: str, seconds: int, names: bool) -> None:
    begin = job(said(text)).event
    assert isinstance(begin, Begin)
    assert begin.quiz is not None
    plan = begin.quiz
    assert (len(plan.questions), plan.topic, plan.seconds, plan.names) == (count, topic, seconds, names)


def test_an_unknown_topic_is_met_with_those_there_are() -> None:
    decision = said("quiz here on astronomy")
    assert decision.jobs == ()
    assert decision.effects == ()
    assert all("here" in choice.says for reply in decision.replies for choice in choices(reply))


def test_a_check_begins() -> None:
    begin = job(said("readiness here with Allotment Society and the Council")).event
    assert isinstance(begin, Begin)
    assert begin.check is not None
    assert (begin.check.check, begin.check.organisations) == ("plot", ("Allotment Society", "the Council"))


@pytest.mark.parametrize(
    "text",
    ["readiness check is our plot ready here", "readiness here please", "readiness here for us all now"],
)
def test_a_check_by_its_name_or_with_courtesies(text: str) -> None:
    assert isinstance(job(said(text)).event, Begin)


@pytest.mark.parametrize(
    "text", ["readiness is high here", "readiness here is poor", "readiness matters in this team, they say"]
)
def test_a_remark_on_readiness_starts_nothing(text: str) -> None:
    assert said(text).jobs == ()


def test_organisations_with_endless_names_are_refused() -> None:
    decision = said(f"readiness here with {'x' * 61} and y")
    assert decision.jobs == ()
    assert "at most 60" in words_of(decision)


@pytest.mark.parametrize(("text", "kind"), [("quiz here", "quiz"), ("readiness here", "readiness")])
def test_a_channel_has_one_of_each_kind(text: str, kind: str) -> None:
    decision = said(text, here=HERE)
    assert decision.jobs == ()
    assert "already" in words_of(decision)
    show, end = choices(decision.replies[0])
    assert show.says.startswith(f"{kind} show ")
    assert end.says.startswith(f"{kind} end ")


def test_a_quiz_may_run_beside_a_check() -> None:
    decision = said("quiz here", here=OpenSessions(readiness=HERE.readiness))
    (effect,) = decision.effects
    assert isinstance(effect, KeepHere)
    assert effect.here.readiness == HERE.readiness


def test_alone_there_is_no_team() -> None:
    assert words_of(said("readiness with County and District", reference=None)) == words.NOT_HERE
    assert said("quiz here", reference=None).jobs == ()


def test_while_memory_is_away_nothing_begins() -> None:
    decision = said("quiz here", remembers=False)
    assert decision.jobs == ()
    assert decision.effects == ()
    assert decision.replies


# --- Joining ----------------------------------------------------------------------------------------


def test_a_code_is_looked_up_first() -> None:
    decision = said("join k7qm")
    assert (decision.needs, decision.code) == ("found", "K7QM")


@pytest.mark.parametrize(
    ("found", "here", "answer"),
    [
        (CodeLookup(), OpenSessions(), "I know no open session with the code K7QM"),
        (CodeLookup(near=("K7QN",)), OpenSessions(), "Did you mean this one?"),
        (CodeLookup(too_often=True), OpenSessions(), "a lot of codes"),
        (CodeLookup("X3D4F6G7H9J3"), HERE, "another one of its kind"),
    ],
)
def test_what_a_code_may_lead_to(found: CodeLookup, here: OpenSessions, answer: str) -> None:
    decision = said("join K7QM", found=found, here=here)
    assert answer in words_of(decision)
    assert decision.jobs == ()
    assert [choice.says for reply in decision.replies for choice in choices(reply)] == [
        f"join {key}" for key in found.near
    ]


def test_a_code_of_what_is_here_brings_back_whoever_had_left() -> None:
    decision = said("join K7QM", found=CodeLookup("C3D4F6G7H9J3"), here=HERE)
    assert "here already" in words_of(decision)
    assert job(decision).event == JoinChannel(REFERENCE, Actor("slack:T1/U1", "Asha"))
    assert decision.effects == ()


def test_a_code_brings_the_card_here() -> None:
    decision = said("join K7QM", found=CodeLookup("X3D4F6G7H9J3"))
    assert job(decision).partition == "live:X3D4F6G7H9J3"
    assert job(decision).event == JoinChannel(REFERENCE, Actor("slack:T1/U1", "Asha"))
    assert decision.effects == (KeepHere(OpenSessions(quiz=OpenSession("X3D4F6G7H9J3", ""))),)


# --- Steering ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "session", "act"),
    [
        ("close question", "C3D4F6G7H9J3", "close"),
        ("next question", "C3D4F6G7H9J3", "next"),
        ("end the quiz", "C3D4F6G7H9J3", "end"),
        ("close the check", "P3D4F6G7H9J3", "end"),
    ],
)
def test_the_host_steers_in_words(text: str, session: str, act: str) -> None:
    asked = said(text, here=HERE)
    assert asked.needs == "press", "it is done as a press on the card would be"
    pressed = route(Utterance(asked.press, pressed=True), Place("slack", "channel"))
    assert pressed == SessionAct(act, session, kind="quiz" if session[0] == "C" else "readiness")  # type: ignore[arg-type]


def test_where_nothing_is_open_that_is_said() -> None:
    assert "no quiz open" in words_of(said("next question"))
    assert "no readiness check open" in words_of(said("close the check"))
