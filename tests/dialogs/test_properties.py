"""Whatever is typed, in whatever state: an answer, no exception, and no one's words as markup."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import decide, plain
from dialogs.model import Asked, Citation, Decision, Part, Place, Record, Reply, Said, State, Text, Title
from tests.dialogs.small import NOW, SMALL, world

IDS = st.sampled_from([*SMALL.lessons, "gone", ""])
MARK = "zqx<!channel>*[a](http://evil.example)"

PIECES = """why the second one and what about which of those work show helpful forget me lessons 2 last not
other both compost beds water weedkiller ? ! , 👍 \u200b \u202e <@U1> *b* 7th tell me more thanks none yes"""
FRAGMENTS = st.sampled_from(PIECES.split())
SPOKEN = st.one_of(
    st.text(max_size=80),
    st.lists(FRAGMENTS, max_size=9).map(" ".join),
    st.sampled_from(
        [one for lesson in SMALL.lessons.values() for one in (*lesson.questions, lesson.title, lesson.id)]
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
    place=st.sampled_from([Place("slack", "direct"), Place("teams", "channel")]),
    records=st.sampled_from([None, (), (Record("question", NOW, MARK),)]),
    remembers=st.booleans(),
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
    return bool(decision.note) or any(plain(reply).strip() for reply in decision.replies)


@settings(max_examples=300, deadline=None)
@given(SPOKEN, STATES, WORLDS, st.booleans())
def test_whoever_speaks_to_the_bot_gets_a_reply(
    words: str, state: State, given: object, pressed: bool
) -> None:
    decision = decide(state, Said(words, pressed=pressed), given)
    assert decision.heard
    assert decision.needs or said_something(decision)
    assert decision.needs or len(decision.state.asked_by) <= len(state.asked_by) + 1


@settings(max_examples=150, deadline=None)
@given(SPOKEN, STATES, WORLDS)
def test_a_remark_in_a_thread_is_answered_or_leaves_no_trace(words: str, state: State, given: object) -> None:
    decision = decide(state, Said(words, addressed=False), given)
    if decision.heard:
        assert state.asked_by
        assert decision.needs or said_something(decision)
    else:
        assert not decision.replies
        assert not decision.effects


@settings(max_examples=150, deadline=None)
@given(SPOKEN, STATES, WORLDS, st.booleans())
def test_what_people_type_never_becomes_markup(words: str, state: State, given: object, before: bool) -> None:
    typed = f"{MARK} {words}" if before else f"{words} {MARK}"
    for reply in decide(state, Said(typed), given).replies:
        assert "zqx" not in ours(reply)
        assert "evil.example" not in ours(reply)


@settings(max_examples=100, deadline=None)
@given(SPOKEN, STATES, WORLDS)
def test_a_decision_made_again_is_the_same(words: str, state: State, given: object) -> None:
    assert decide(state, Said(words), given) == decide(state, Said(words), given)
