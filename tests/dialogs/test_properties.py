"""Whatever is typed, in whatever state: an answer, no exception, and no one's words as markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import decide, plain
from dialogs.core.events import Place, Speaker, Submitted, Utterance
from dialogs.core.model import Decision, State
from dialogs.core.reminder_model import AdvisorSettings, Draft, Target
from dialogs.core.replies import Asked, Citation, Part, Reply, Text, Title
from dialogs.core.work import CheckResult, CheckRun, Given, QuizRun, Work
from dialogs.core.world_parts import Record
from dialogs.recurrence.rule import Recurrence
from tests.dialogs.series import LISTS, MONDAYS, REFERENCE, STEERING, running
from tests.harness.person import mentioning
from tests.harness.small import NOW, SMALL, world

pytestmark = pytest.mark.slow

IDS = st.sampled_from([*SMALL.lessons, "gone", ""])
MARK = "zqx<!channel>*[a](http://evil.example)"

PIECES = """why the second one and what about which of those work show helpful forget me lessons 2 last not
other both compost beds water weedkiller quiz readiness here stop next back skip a b true 4
remind pulse @asha me us #partnership-board the steering group every Monday 31st at 9 25:00 to on draft start
make it instead add list : from reminders
? ! , 👍 \u200b \u202e <@U1> *b* 7th tell me more thanks none yes"""
FRAGMENTS = st.sampled_from(PIECES.split())
SPOKEN = st.one_of(
    st.text(max_size=80),
    st.lists(FRAGMENTS, max_size=9).map(" ".join),
    st.from_regex(r"quiz (answer|pick|next|stop) (run|zzz)( -?[0-9]{1,4})?( [a-z]{1,3})?", fullmatch=True),
    st.from_regex(
        r"readiness (answer|back|skip|pause|resume|afresh) (run|x)( -?[0-9]{1,2}){0,2}", fullmatch=True
    ),
    st.from_regex(
        r"(remind|pulse|set a reminder for) (@asha|me|the steering group|us)? ?(every (Monday|31st))?"
        r"( at [0-9]{1,2})? (to|on) [a-z?]{0,9}",
        fullmatch=True,
    ),
    st.from_regex(
        r"draft (start|change|form|cancel|named|keep|audience) CDFGHJKMNPQR( here| list board| check X)?",
        fullmatch=True,
    ),
    st.sampled_from(
        ["reminders from 9", "reminder change CCCCCCCCCC01", "more", "lists", "digest off", "10:00"]
    ),
    st.sampled_from(["b", "a and c", "true", "3", "don't know", "go on", "readiness history", "quiz missed"]),
    st.sampled_from(
        [
            question
            for lesson in SMALL.lessons.values()
            for question in (*lesson.questions, lesson.title, lesson.id)
        ]
    ),
)
STATES = st.builds(
    State,
    lesson=st.none() | IDS,
    shown=st.lists(IDS, max_size=7).map(tuple),
    headings_shown=st.booleans(),
    question=st.text(max_size=20),
    band=st.sampled_from([None, "answer", "suggest", "none"]),
    asked_by=st.sampled_from([(), ("slack:T1/U1",), ("slack:T1/U2",)]),
    doing=st.sampled_from(["", "run", "run 1", "run 2", "run paused", "CDFGHJKMNPQR", "reminders 4"]),
)
QUESTIONS = st.sampled_from([*(question.id for question in SMALL.quiz.questions), "gone"])
WORK = st.builds(
    Work,
    quiz=st.none()
    | st.builds(
        QuizRun,
        id=st.just("run"),
        questions=st.lists(QUESTIONS, max_size=4).map(tuple),
        given=st.lists(st.builds(Given, question=QUESTIONS, right=st.booleans()), max_size=5).map(tuple),
        picked=st.lists(st.integers(-2, 9), max_size=3).map(tuple),
        topic=st.sampled_from(["", "soil"]),
    ),
    check=st.none()
    | st.builds(
        CheckRun,
        id=st.just("run"),
        check=st.sampled_from(["plot", "gone"]),
        started=st.just(NOW),
        at=st.integers(-2, 12),
        answers=st.dictionaries(
            st.sampled_from(["compost-autumn", "water-butts", "gone"]), st.integers(-3, 9)
        ),
        model=st.sampled_from(["", "bed-flat", "gone"]),
        partners=st.integers(-3, 200),
    ),
    draft=st.none()
    | st.builds(
        Draft,
        id=st.just("CDFGHJKMNPQR"),
        kind=st.sampled_from(["remind", "pulse"]),
        what=st.sampled_from(["", "Vote", "x" * 3_000]),
        targets=st.sampled_from([(), (STEERING,), (Target("check", "gone"), Target("group", "slack:S1"))]),
        when=st.sampled_from(["", "Mondays at 9:30", "on 31 February", "x" * 400]),
        schedule=st.sampled_from([None, MONDAYS, Recurrence(NOW.replace(tzinfo=None, year=2020))]),
        lesson=IDS,
        changes=st.sampled_from(["", "CCCCCCCCCC01"]),
        asked=st.sampled_from(["", "audience", "what", "day", "time", "when", "gone"]),
    ),
)
RESULTS = st.builds(
    CheckResult,
    check=st.sampled_from(["plot", "gone"]),
    at=st.just(NOW),
    scores=st.dictionaries(st.sampled_from(["compost", "water", "gone"]), st.none() | st.floats(0, 100)),
    unknown=st.just({}),
)
ABOUT = st.none() | st.builds(
    Asked,
    question=st.text(max_size=20),
    lesson=st.none() | IDS,
    band=st.sampled_from(["answer", "suggest", "none"]),
)
WORLDS = st.builds(
    world,
    about=ABOUT,
    speaker=st.sampled_from([Speaker("slack:T1/U1"), Speaker("slack:T1/U1", "advisor")]),
    place=st.sampled_from([Place("slack", "direct"), Place("teams", "channel")]),
    reference=st.sampled_from([None, REFERENCE]),
    advisor_settings=st.sampled_from([None, AdvisorSettings(), LISTS]),
    series=st.sampled_from(
        [None, (), tuple(map(running, range(1, 6))), (running(next=None, receives=True),)]
    ),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Narnia/Cair"]),
    token=st.just("5" * 64),
    records=st.sampled_from([None, (), (Record("question", NOW, MARK),)]),
    remembers=st.booleans(),
    work=WORK,
    missed=st.lists(QUESTIONS, max_size=3).map(tuple),
    results=st.none() | st.lists(RESULTS, max_size=3).map(tuple),
    seed=st.text(max_size=5),
    lost_state=st.booleans(),
)


def ours(reply: Reply) -> str:
    """All that a reply gives as our own words or markup."""
    found = []
    for block in reply.blocks:
        match block:
            case Text(md) | Part(md=md):
                found.append(md)
            case Title(text):
                found.append(text)
            case Citation(abstract=abstract):
                found.append(abstract)
    return "\n".join(found)


def said_something(decision: Decision) -> bool:
    return bool(decision.note or decision.form) or any(plain(reply).strip() for reply in decision.replies)


@settings(max_examples=300)
@given(SPOKEN, STATES, WORLDS, st.booleans())
def test_whoever_speaks_to_the_bot_gets_a_reply(
    words: str, state: State, given: object, pressed: bool
) -> None:
    decision = decide(state, Utterance(words, pressed=True) if pressed else mentioning(words), given)
    assert decision.heard
    assert decision.needs or said_something(decision)
    assert decision.needs or len(decision.state.asked_by) <= len(state.asked_by) + 1


@settings(max_examples=150)
@given(SPOKEN, STATES, WORLDS)
def test_a_remark_in_a_thread_is_answered_or_leaves_no_trace(words: str, state: State, given: object) -> None:
    decision = decide(state, Utterance(words, addressed=False), given)
    if decision.heard:
        assert state.asked_by
        assert decision.needs or said_something(decision)
    else:
        assert not decision.replies
        assert not decision.effects


@settings(max_examples=150)
@given(SPOKEN, STATES, WORLDS, st.booleans())
def test_what_people_type_never_becomes_markup(words: str, state: State, given: object, before: bool) -> None:
    typed = f"{MARK} {words}" if before else f"{words} {MARK}"
    for reply in decide(state, mentioning(typed), given).replies:
        assert "zqx" not in ours(reply)
        assert "evil.example" not in ours(reply)


@settings(max_examples=100)
@given(SPOKEN, STATES, WORLDS)
def test_a_decision_made_again_is_the_same(words: str, state: State, given: object) -> None:
    assert decide(state, Utterance(words), given) == decide(state, Utterance(words), given)


FIELDS = st.sampled_from(
    ["people", "lists", "what", "when", "zone", "nation", "off_days", "answers", "catch_up", "x"]
)
FILLED = st.dictionaries(
    FIELDS,
    st.text(max_size=30)
    | st.sampled_from(
        ["person slack:T1/U1", "list:steering group", "Mondays at 9", "named", "72", "skip", "Paris"]
    ),
)


@settings(max_examples=200)
@given(FILLED, STATES, WORLDS)
def test_a_form_with_anything_in_it_is_answered(values: dict[str, str], state: State, given: object) -> None:
    decision = decide(state, Submitted("draft form CDFGHJKMNPQR", values), given)
    assert decision.needs or decision.errors or said_something(decision)
    asked = {field.id for field in decision.form.fields if hasattr(field, "id")} if decision.form else set()
    assert set(decision.errors) <= asked
