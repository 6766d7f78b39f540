"""The live card, drawn from the state and the counts alone."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from dialogs import choices, plain
from dialogs.core.replies import Chart, Progress, Reply
from dialogs.core.session_model import (
    Actor,
    ChannelReference,
    CheckPlan,
    LiveSession,
    QuizPlan,
    Scoreboard,
    Standing,
    Tally,
)
from dialogs.sessions.cards import live_card
from tests.harness.small import NOW, SMALL

ID = "C3D4F6G7H9J3"
REFERENCE = ChannelReference("slack:T1", "C1", "slack", {"channel": "C1"})
HOST = Actor("slack:T1/U1", "Asha")
PLAN = QuizPlan(("compost-when", "flat-truth"))
QUIZ = LiveSession(ID, "K7QM", "quiz", HOST, NOW, (REFERENCE,), quiz=PLAN)
CHECK = LiveSession(
    ID, "K7QM", "readiness", HOST, NOW, (REFERENCE,), closes=NOW + timedelta(days=7), check=CheckPlan("plot")
)


def drawn(state: LiveSession, tally: Tally | None = None) -> Reply:
    """The card."""
    return live_card(state, tally or Tally(), SMALL)


def says(state: LiveSession, tally: Tally | None = None) -> str:
    """All its words."""
    return plain(drawn(state, tally))


def buttons(state: LiveSession, tally: Tally | None = None) -> dict[str, str]:
    """Label -> words of its buttons."""
    return {choice.label: choice.says for choice in choices(drawn(state, tally))}


def chart(reply: Reply) -> Chart:
    """The one picture of a card."""
    (found,) = (block for block in reply.blocks if isinstance(block, Chart))
    return found


# --- An open question -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "words"),
    [(0, "Nobody has answered yet"), (1, "1 answered"), (2, "2 answered"), (500, "500 answered")],
)
def test_the_card_tells_how_many_have_answered(answered: int, words: str) -> None:
    assert words in says(QUIZ, Tally(answered))


def test_an_open_question_offers_its_options_by_question_and_letter() -> None:
    assert list(buttons(QUIZ).values()) == [
        *(f"quiz answer {ID} 1 {letter}" for letter in "abcd"), f"quiz close {ID} 1", f"quiz end {ID}",
    ]  # fmt: skip
    card = says(QUIZ)
    assert "When do the notes feed the soil?" in card
    assert "join K7QM" in card
    assert "host: Asha" in card


def test_an_open_question_gives_nothing_away() -> None:
    before, after = drawn(QUIZ), drawn(QUIZ, Tally(3, votes={"a": 2, "b": 1}))
    assert msgspec.json.encode(before).replace(b"Nobody has answered yet", b"3 answered") == (
        msgspec.json.encode(after)
    )
    assert "The notes give compost every autumn" not in plain(after)


def test_how_to_join_is_told_with_the_first_question_only() -> None:
    assert "Press an answer to join" in says(QUIZ)
    assert "Press an answer to join" not in says(replace(QUIZ, number=2))


def test_a_time_limit_is_told() -> None:
    timed = replace(QUIZ, quiz=replace(PLAN, seconds=30), closes=NOW + timedelta(seconds=30))
    assert "30 seconds" in says(timed)


def test_a_statement_is_put_as_true_or_false() -> None:
    card = replace(QUIZ, number=2)
    assert "Flat beds stay dry" in says(card)
    assert list(buttons(card))[:2] == ["True", "False"]


def test_a_question_that_has_gone_from_the_bank_can_be_ended() -> None:
    gone = replace(QUIZ, quiz=QuizPlan(("no-longer-there",)))
    assert buttons(gone) == {"End quiz": f"quiz end {ID}"}
    assert buttons(replace(gone, step="closed")) == {"End quiz": f"quiz end {ID}"}


# --- A closed one -----------------------------------------------------------------------------------


def test_a_closed_question_shows_what_is_right_why_and_who_chose_what() -> None:
    closed = drawn(replace(QUIZ, step="closed"), Tally(3, votes={"b": 2, "d": 1}))
    assert "In autumn" in plain(closed)
    assert "The notes give compost every autumn" in plain(closed)
    bars = chart(closed)
    assert bars.series[0].values == (0.0, 2.0, 0.0, 1.0)
    assert bars.top == 3.0
    assert sum(label.startswith("✓") for label in bars.labels) == 1
    assert [choice.says for choice in choices(closed)] == [
        f"quiz next {ID} 1",
        "show compost",
        f"quiz end {ID}",
    ]


def test_nobody_answered_a_closed_question() -> None:
    closed = drawn(replace(QUIZ, step="closed"))
    assert "Nobody answered this one." in plain(closed)
    assert not any(isinstance(block, Chart) for block in closed.blocks)


def test_after_the_last_question_come_the_scores() -> None:
    last = buttons(replace(QUIZ, step="closed", number=2))
    assert last["Show the scores"] == f"quiz next {ID} 2"
    assert "End quiz" not in last


def test_progress_counts_what_is_done() -> None:
    def done(state: LiveSession) -> tuple[int, int]:
        (found,) = (block for block in drawn(state).blocks if isinstance(block, Progress))
        return found.done, found.total

    assert done(QUIZ) == (0, 2)
    assert done(replace(QUIZ, step="closed")) == (1, 2)
    assert done(replace(QUIZ, number=2)) == (1, 2)


# --- The scores -------------------------------------------------------------------------------------


def ended(*scores: tuple[str, int], people: int = 0, missed: tuple[str, ...] = ()) -> LiveSession:
    """A quiz of two questions that is over; the best ten of ``people`` have these names and scores."""
    top = tuple(Standing(f"slack:T1/U{n}", name, right) for n, (name, right) in enumerate(scores))
    counts = [sum(right == score for _, right in scores) for score in range(3)]
    counts[scores[-1][1] if scores else 0] += max(people - len(scores), 0)
    return replace(
        QUIZ, step="ended", number=2, scoreboard=Scoreboard(sum(counts), 2, top[:10], tuple(counts), missed)
    )


def places(state: LiveSession) -> list[str]:
    """The lines of the scoreboard."""
    return [line.lstrip("-• ") for line in says(state).splitlines() if "/2" in line]


def test_places_are_shared_by_those_with_the_same_score() -> None:
    assert places(ended(("Asha", 2), ("Bryn", 1), ("Cleo", 1), ("Dev", 0))) == [
        "1 Asha, 2/2",
        "2= Bryn, Cleo, 1/2",
        "4 Dev, 0/2",
    ]


def test_a_tie_beyond_ten_is_told_in_full() -> None:
    names = [(f"Officer {n:02}", 2) for n in range(10)]
    (line,) = places(ended(*names, people=14))
    assert line.startswith("1= Officer 00, Officer 01")
    assert line.endswith("and 4 more, 2/2")


def test_a_tie_that_is_cut_off_at_ten_keeps_its_place() -> None:
    names = [(f"Officer {n:02}", 2) for n in range(8)] + [("Yan", 1), ("Zoë", 1)]
    assert places(ended(*names, people=15))[1] == "9= Yan, Zoë, and 5 more, 1/2"


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ((), "Nobody answered, so there are no scores"),
        ((("Asha", 2),), "One person took part"),
        ((("Asha", 2), ("Bryn", 2)), "2 people took part"),
    ],
)
def test_however_few_took_part(scores: tuple[tuple[str, int], ...], words: str) -> None:
    assert words in says(ended(*scores))


def test_without_names_there_is_the_spread_alone() -> None:
    nameless = ended(("Asha", 2), ("Bryn", 1))
    assert nameless.scoreboard is not None
    card = drawn(replace(nameless, scoreboard=replace(nameless.scoreboard, top=())))
    assert "Asha" not in plain(card)
    assert "1 " not in [line[:2] for line in plain(card).splitlines()]
    assert chart(card).labels == ("2", "1", "0")
    assert chart(card).series[0].values == (1.0, 1.0, 0.0)


def test_what_was_missed_can_be_asked_again() -> None:
    missed = ended(("Asha", 1), missed=("flat-truth", "no-longer-there"))
    assert "Missed most: Flat bed." in says(missed)
    assert buttons(missed)["Again, the ones we missed"] == f"quiz here again {ID}"
    assert "Again, the ones we missed" not in buttons(ended(("Asha", 2)))
    assert "Nobody missed a thing" in says(ended(("Asha", 2)))


def test_somebody_without_a_name_is_somebody() -> None:
    assert places(ended(("", 2))) == ["1 Somebody, 2/2"]


HOSTILE = "*bold* <!channel> <at>all</at> [link](https://x.example) `code` @everyone #1 | ~x~"


def test_markup_in_names_and_purposes_stays_literal() -> None:
    by = replace(HOST, name=HOSTILE)
    assert HOSTILE in says(replace(QUIZ, host=by))
    assert f"1 {HOSTILE}, 2/2" in places(ended((HOSTILE, 2)))
    purposeful = replace(CHECK, host=by, check=CheckPlan("plot", purpose=HOSTILE))
    assert f"For: {HOSTILE}" in says(purposeful)


def test_a_long_name_is_drawn_in_full() -> None:
    assert "Ä" * 64 in says(ended(("Ä" * 64, 2)))


# --- A readiness check ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(), "Nobody has begun yet"),
        (Tally(1), "1 has begun · 0 finished"),
        (Tally(500, 499), "500 have begun · 499 finished"),
    ],
)
def test_a_check_tells_how_many_have_begun_and_nothing_else(tally: Tally, words: str) -> None:
    card = says(CHECK, tally)
    assert words in card
    assert "closes by 30 November" in card
    assert "join K7QM" in card


def test_a_check_offers_its_forms() -> None:
    opening = {choice.label: (choice.says, choice.opens) for choice in choices(drawn(CHECK))}
    assert opening == {
        "Take part": (f"readiness part {ID}", True),
        "Set up (host)": (f"readiness setup {ID}", True),
        "Close and show the result": (f"readiness end {ID}", False),
    }


def test_a_closed_check_that_nobody_answered() -> None:
    assert "Nobody answered, so there is no result" in says(replace(CHECK, step="ended", closes=None))


def test_a_check_that_is_no_longer_among_the_content() -> None:
    assert "closed" in says(replace(CHECK, check=CheckPlan("no-longer-there")))


@pytest.mark.parametrize("people", [5, 500])
def test_a_card_is_as_large_for_500_as_for_5(people: int) -> None:
    card = msgspec.json.encode(drawn(QUIZ, Tally(people, votes={"a": people})))
    assert len(card) == len(msgspec.json.encode(drawn(QUIZ, Tally(9)))) + len(str(people)) - 1
