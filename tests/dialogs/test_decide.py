"""What a turn comes to, beyond the transcripts: what is kept, erased, and said when things are off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from dialogs import choices, decide, plain
from dialogs.core.effects import CountAsked, Forget, KeepFeedback, KeepUnanswered, KeepWork
from dialogs.core.events import Opened, Place, Speaker, Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Asked, Citation, Details, Facts, Feedback, Part, Reply, Text
from dialogs.core.work import Work
from dialogs.core.world_parts import Record
from knowledge import Knowledge, Match
from tests.harness.small import NOW, SMALL, world

ASKED = "does compost really help the soil"


def say(words: str, state: State | None = None, pressed: bool = False, **changes: object) -> Decision:
    return decide(state or State(), Utterance(words, pressed=pressed), world(**changes))


def text(decision: Decision) -> str:
    return "\n".join(map(plain, decision.replies))


def says(decision: Decision) -> list[str]:
    return [choice.says for reply in decision.replies for choice in choices(reply)]


class Counting:
    """The small deck's matcher, which keeps what it was asked."""

    def __init__(self) -> None:
        self.asked = list[str]()

    def match(self, question: str) -> Match:
        self.asked.append(question)
        return SMALL.matcher.match(question)


@pytest.mark.parametrize(
    "said",
    [ASKED, "compost perhaps", "does compost help the soil? and when should I water? and who pays the rent?"],
)
def test_no_turn_matches_the_same_words_twice(said: str) -> None:
    matcher = Counting()
    given = Knowledge(SMALL.deck, SMALL.lessons, SMALL.vocabulary, matcher, SMALL.quiz, SMALL.checks)
    say(said, knowledge=given)
    assert matcher.asked
    assert len(matcher.asked) == len(set(matcher.asked))


def test_a_place_beyond_a_list_of_one_is_told() -> None:
    assert "There is one in that list" in text(say("3", State(shown=("compost",), band="none")))


# --- Answers ------------------------------------------------------------------------------------


def test_an_answer_keeps_apart_whose_words_it_gives() -> None:
    (reply,) = say(ASKED).replies
    assert [part.by for part in reply.blocks if isinstance(part, Part)] == ["deck"]
    folded = [choice.unfolds.by for choice in choices(reply) if choice.unfolds]
    assert folded == ["us", "since", "ask"]
    assert reply.blocks[0] == type(reply.blocks[0])("**Feed the soil with *compost* every autumn.**")
    assert reply.asked == Asked(ASKED, "compost", "answer")
    (citation,) = (block for block in reply.blocks if isinstance(block, Citation))
    assert (citation.heading, citation.date, citation.short) == ("Soil", "3 May 2012", "2012 notes")
    assert len(citation.abstract) <= 160


def test_buttons_and_thumbs_name_what_they_are_about() -> None:
    decision = say(ASKED)
    assert says(decision) == ["practice compost", "since compost", "ask compost"]
    (thumbs,) = (block for block in decision.replies[0].blocks if isinstance(block, Feedback))
    assert (thumbs.up, thumbs.down) == ("helpful compost", "not helpful compost")


def test_an_overview_lists_its_items() -> None:
    decision = say("what kinds of bed are there")
    assert says(decision)[:3] == ["show bed-raised", "show bed-flat", "show bed-shared"]
    assert decision.state.shown == ("bed-raised", "bed-flat", "bed-shared")


def test_a_term_that_is_only_shown_is_owned_up_to() -> None:
    assert "say nothing under it" in text(say("have you got a crop calendar"))


# --- Questions without an answer ------------------------------------------------------------------


def test_a_question_outside_the_notes_is_kept_and_declined() -> None:
    decision = say("which weedkiller is strongest")
    assert "doesn't cover pesticides, and I won't guess on chemicals" in text(decision)
    kept = KeepUnanswered("which weedkiller is strongest", "compost")
    assert decision.effects == (kept, CountAsked("none"))
    asks = "enquire about compost none which weedkiller is strongest"
    assert says(decision) == [asks, "show compost", "lessons"]


def test_without_memory_nothing_is_promised_or_kept() -> None:
    decision = say("which weedkiller is strongest", remembers=False)
    assert decision.effects == ()
    assert "noted" not in text(decision)
    assert "can't remember" in text(decision)


def test_none_of_these_keeps_the_question_of_the_message_that_was_pressed() -> None:
    about = Asked("can we keep bees", None, "suggest")
    decision = say("none of these", pressed=True, about=about)
    assert [effect.question for effect in decision.effects if isinstance(effect, KeepUnanswered)] == [
        "can we keep bees"
    ]


def test_none_of_these_long_afterwards_asks_for_the_question_again() -> None:
    decision = say("none of these", pressed=True)
    assert decision.effects == ()
    assert "Type it again" in text(decision)


def test_picking_a_suggestion_answers_the_question_that_led_to_it() -> None:
    state = State(shown=("water", "compost"), question="tap or heap", band="suggest")
    (reply,) = say("show water", state, pressed=True).replies
    assert reply.asked == Asked("tap or heap", "water", "answer")


@pytest.mark.parametrize("words", ["yes", "Yes please"])
def test_yes_to_several_suggestions_asks_which(words: str) -> None:
    state = State(shown=("water", "compost"), question="tap or heap", band="suggest")
    assert "Which one" in text(say(words, state))
    assert say(words, replace(state, shown=("water",))).state.lesson == "water"


# --- Feedback -----------------------------------------------------------------------------------


def test_a_pressed_thumb_is_kept_with_what_the_message_answered() -> None:
    about = Asked(ASKED, "compost", "answer")
    decision = say("helpful compost", pressed=True, about=about)
    assert decision.effects == (KeepFeedback(True, about),)
    assert decision.note
    assert decision.replies == ()


def test_a_typed_thumb_is_about_the_last_answer() -> None:
    decision = say("not helpful", say(ASKED).state)
    assert decision.effects == (KeepFeedback(False, Asked(ASKED, "compost", "answer")),)
    assert text(decision)


# --- Why this answer ------------------------------------------------------------------------------


def test_why_this_answer_shows_phrase_score_runner_up_and_corrections() -> None:
    decision = say("why this answer", say("does compots really help the soil").state)
    (facts,) = (block for block in decision.replies[0].blocks if isinstance(block, Facts))
    shown = dict(facts.pairs)
    assert shown["You asked"] == "does compots really help the soil"
    assert shown["Closest example question"] == "does compost really help the soil"
    assert shown["How sure I am"].endswith("%")
    assert "compots → compost" in shown["I read"]
    assert shown["Words in common"] == "does, compost, really, help, soil"
    assert shown["Came second"]


def test_why_this_answer_of_a_picked_lesson_says_so() -> None:
    assert "You chose" in text(say("why this answer", say("show water").state))


def test_why_this_answer_with_nothing_to_explain() -> None:
    assert "Ask me something" in text(say("why this answer"))


# --- Privacy ------------------------------------------------------------------------------------

RECORDS = (
    Record("question", datetime(2026, 11, 2, 9, 30, tzinfo=UTC), "can we keep <!channel> bees"),
    Record("question", None, "and geese"),
    Record("profile", None, "Europe/London"),
)


@pytest.mark.parametrize("words", ["my data", "forget me", "yes, forget me"])
def test_private_matters_first_need_the_records(words: str) -> None:
    assert say(words).needs == "records"


def test_my_data_goes_to_the_speaker_alone_and_literally() -> None:
    decision = say("my data", records=RECORDS, place=Place("slack", "channel"))
    (reply,) = decision.replies
    assert reply.private
    assert decision.arrived
    _, *lines = (block.md for block in reply.blocks if isinstance(block, Text))
    assert lines == [
        "**2 questions**", "- and geese\n- 2 Nov, 09:30: can we keep \\<!channel\\> bees",
        "**Profile**", "- Europe/London",
    ]  # fmt: skip


def test_of_much_that_is_kept_the_newest_is_shown_and_the_rest_on_request_page_by_page() -> None:
    asked = tuple(Record("question", NOW - timedelta(hours=at), f"question {at}") for at in range(50))
    (reply,) = say("my data", records=(*RECORDS, *asked)).replies
    assert "question 1\n" in plain(reply)
    assert "question 9" not in plain(reply)
    rest, _ = choices(reply)
    assert (rest.label, rest.says, rest.unfolds) == ("49 more questions", "my data question", None)
    (page,) = say(rest.says, records=asked).replies
    more, _ = choices(page)
    assert (more.label, more.says) == ("10 more questions", "my data question 2")
    (last,) = say(more.says, records=asked).replies
    told = f"{plain(page)}\n{plain(last)}\n"
    assert all(f"question {at}\n" in told for at in range(50))
    (few,) = say("my data", records=asked[:20]).replies
    unfolded = choices(few)[0].unfolds
    assert isinstance(unfolded, Details)
    assert "question 19" in plain(Reply(unfolded.blocks))


def test_all_that_is_kept_of_one_question_stands_with_it_once() -> None:
    kept = (
        Record("conversation", None, "last", question="May we keep  bees"),
        Record("question", NOW, "no lesson", question="may we keep bees"),
        Record("question", NOW - timedelta(days=1), "no lesson", question="may we keep bees"),
        Record("answer", NOW, "answered", "compost", question="who leads"),
        Record("feedback", NOW, "helpful", "compost", question="who leads"),
    )
    shown, asked = (plain(say(said, records=kept).replies[0]) for said in ("my data", "forget me"))
    assert "2 questions" in asked
    assert "conversation" not in asked
    assert "May we keep bees (last, no lesson (2 times))" in shown
    assert "who leads → Compost (answered, helpful)" in shown
    assert "Conversation" not in shown


def test_what_is_kept_many_times_over_is_told_once_with_its_count() -> None:
    sessions = (Record("session", None, "what you answered"),) * 10
    (reply,) = say("my data", records=(*RECORDS, *sessions)).replies
    assert "Team session\n- what you answered (10 times)" in plain(reply)


def test_forget_me_says_what_goes_and_what_stays_and_erases_nothing_yet() -> None:
    decision = say("forget me", records=RECORDS, place=Place("slack", "channel"))
    assert decision.effects == (KeepWork(Work(forgetting=NOW)),)
    assert decision.jobs == ()
    (reply,) = decision.replies
    assert reply.private
    said = plain(reply)
    for phrase in ("2 questions and 1 profile", "What stays", "a former advisor", "within 10 minutes"):
        assert phrase in said
    assert [choice.says for choice in choices(reply)] == ["yes, forget me"]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("yes, forget me", 11), ("yes, forgte me", 1), ("forget me", 1), ("yes, forget me", -1)],
)
def test_nothing_but_the_confirmation_in_time_erases(words: str, minutes: int) -> None:
    work = Work(forgetting=NOW - timedelta(minutes=minutes))
    decision = say(words, records=RECORDS, work=work)
    assert Forget() not in decision.effects
    assert "What stays" in text(decision)


def test_once_confirmed_it_erases_and_counts_what_it_erased() -> None:
    state = State("compost", question=ASKED, band="answer", asked_by=("slack:T1/U1", "slack:T1/U2"))
    work = Work(forgetting=NOW - timedelta(minutes=10))
    decision = say("Yes, forget me.", state, records=RECORDS, work=work)
    assert decision.effects == (Forget(),)
    assert "2 questions and 1 profile" in text(decision)
    assert decision.state == State(asked_by=("slack:T1/U2",))


@pytest.mark.parametrize("words", ["my data", "forget me"])
def test_private_matters_wait_while_memory_is_away(words: str) -> None:
    decision = say(words, remembers=False)
    assert decision.needs is None
    assert decision.effects == ()
    assert "try again" in text(decision)


# --- Help and welcome -----------------------------------------------------------------------------


def test_help_differs_for_an_advisor() -> None:
    advisor = Speaker("slack:T1/U9", "advisor")
    assert text(say("help", speaker=advisor)) != text(say("help"))


def test_the_welcome_offers_questions_that_get_an_answer() -> None:
    welcome = decide(State(), Opened(), world())
    examples = [line for line in says(welcome) if line not in {"lessons", "help"}]
    assert len(examples) == 3
    for example in examples:
        (reply,) = say(example, pressed=True).replies
        assert reply.asked
        assert reply.asked.band == "answer"


def test_the_welcome_is_one_for_the_place() -> None:
    alone = text(decide(State(), Opened(), world()))
    assert "home" in alone
    for kind in ("group", "channel"):
        together = text(decide(State(), Opened(), world(place=Place("teams", kind))))
        assert together.startswith("Sharewise\nHello everybody. Mention me")
        assert "quiz here" in together


# --- When something is off ------------------------------------------------------------------------


def test_a_button_from_an_earlier_version_is_met_kindly() -> None:
    for stale in ("show bed-hanging", "swap K7QM 3 b", "'; DROP TABLE lessons"):
        decision = say(stale, pressed=True)
        assert "earlier version" in text(decision)
        assert "lessons Soil" in says(decision)


def test_a_state_that_names_a_lesson_no_longer_there_is_no_harm() -> None:
    state = State("gone", ("gone", "water"), question="x", band="answer")
    assert say("the first one", state).state.lesson == "water"
    assert text(say("why?", state))


def test_a_lost_state_is_owned_up_to_first() -> None:
    assert text(say(ASKED, lost_state=True)).startswith("Sorry, I lost track")


def test_forty_thousand_characters_are_too_many() -> None:
    decision = say("compost " * 5000)
    assert "a sentence or two" in text(decision)
    assert decision.effects == ()


@pytest.mark.parametrize(
    "words",
    [
        "does com\u200bpost really help the soil",
        "\u202edoes compost really help the soil\u202c",
        "<b>does compost</b> really help the soil",
        "*does* _compost_ really help the ~soil~?",
        "ｄｏｅｓ ｃｏｍｐｏｓｔ really help the soil",
    ],
)
def test_marks_and_invisible_signs_do_not_hide_a_question(words: str) -> None:
    assert say(words).state.lesson == "compost"


def test_the_world_is_never_changed() -> None:
    given: World = world()
    assert decide(State(), Utterance(ASKED), given) == decide(State(), Utterance(ASKED), given)
    assert given == world(knowledge=SMALL)
