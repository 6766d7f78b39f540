"""An advisor makes reminders and pulses by typing: asked for what is missing, shown in words, started."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dialogs.core.reminder_events import BeginSeries
from dialogs.core.session_model import Actor
from dialogs.core.work import Work
from tests.dialogs.series import ASHA, STEERING, WHOLE, advisor, draft, labels, schedule
from tests.harness.person import read
from tests.harness.small import NOW

# --- From a sentence to the start --------------------------------------------------------------------


def test_what_was_understood_is_shown_before_anything_starts() -> None:
    cleo = advisor()
    said = read(cleo.say(WHOLE))
    assert "First Monday of each month at 09:30, each person's own time" in said
    assert "Mon 7 Dec, Mon 4 Jan, Mon 1 Feb, Mon 1 Mar, Mon 5 Apr" in said
    assert "Mon 3 May 2027 is a bank holiday (May Day) → Tue 4 May 2027" in said
    assert "To: Steering group" in said
    assert labels(cleo) == ["Start", "Change", "Cancel"]
    assert cleo.jobs == []


def test_start_hands_it_to_its_own_home_once() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    made = draft(cleo)
    start = cleo.offered[0].says
    decision = cleo.say(start, pressed=True)
    assert "I'm setting it up" in read(decision)
    assert "Mon 7 Dec at 09:30" in read(decision)
    assert "isn't open any more" in cleo.say(start, pressed=True).note
    (job,) = cleo.jobs
    assert (job.partition, job.key) == (f"series:{made.id}", f"{made.id} begin")
    by = Actor("slack:T1/UCLEO", "Cleo Grant", True)
    assert job.event == BeginSeries(made, by, "slack:T1", {"channel": "DCLEO"}, "Europe/London")
    assert made.targets == (STEERING,)
    assert cleo.work.draft is None


def test_two_presses_at_once_carry_the_same_key() -> None:
    """Both turns may read the draft before either has put it away."""
    cleo = advisor()
    cleo.say(WHOLE)
    start, work = cleo.offered[0].says, cleo.work
    cleo.say(start, pressed=True)
    cleo.work = work
    cleo.say(start, pressed=True)
    assert len({job.key for job in cleo.jobs}) == 1


def test_what_is_missing_is_asked_for_one_thing_at_a_time() -> None:
    cleo = advisor()
    assert "Who is it for?" in read(cleo.say("remind"))
    assert "What should I remind them of?" in read(cleo.say("@asha and the steering group"))
    assert "When?" in read(cleo.say("to call the leader"))
    assert "At what time?" in read(cleo.say("every second Tuesday"))
    assert "ready to start" in read(cleo.say("9:30"))
    made = draft(cleo)
    assert (made.targets, made.what) == ((ASHA, STEERING), "Call the leader")
    assert schedule(cleo).rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"


def test_a_when_in_the_place_of_another_answer_is_taken_as_one() -> None:
    cleo = advisor()
    cleo.say("remind")
    assert "Who is it for?" in read(cleo.say("every Monday at 9"))
    assert "What should I" in read(cleo.say("@asha"))
    assert "ready to start" in read(cleo.say("call the leader"))


def test_the_text_asked_for_may_sound_like_anything() -> None:
    for text in ("Are the forms signed?", "Check in with your leader before Friday", "Political buy-in"):
        cleo = advisor()
        cleo.say("remind @asha on Monday at 9")
        cleo.say(text)
        assert draft(cleo).what == text


def test_a_command_in_between_is_obeyed_and_the_draft_waits() -> None:
    cleo = advisor()
    cleo.say("remind @asha on Monday at 9")
    assert "in your own words, then follow up" in read(cleo.say("help"))
    assert "What should I remind them of?" in read(cleo.say("my draft"))
    cleo.say("to sign the forms")
    assert draft(cleo).what == "Sign the forms"


def test_a_question_to_the_lessons_is_answered() -> None:
    cleo = advisor()
    cleo.say("remind @asha to call the leader")
    (reply,) = cleo.say("how many partners should we have?").replies
    assert reply.asked
    assert reply.asked.lesson == "factor-partner-numbers"
    assert draft(cleo).what == "Call the leader"


def test_a_new_draft_takes_the_place_of_an_old_one_and_says_so() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    before = cleo.offered[0].says
    assert "hadn't started is dropped" in read(cleo.say("remind @asha"))
    assert "isn't open any more" in cleo.say(before, pressed=True).note
    assert cleo.jobs == []


@pytest.mark.parametrize("way", ["cancel", "never mind", "put it away"])
def test_it_can_be_put_away(way: str) -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    assert "Nothing was sent" in read(cleo.say(way))
    assert cleo.work == Work()


@pytest.mark.parametrize("way", ["start", "Yes", "go ahead"])
def test_start_can_be_typed(way: str) -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    assert "I'm setting it up" in read(cleo.say(way))


def test_yes_starts_nothing_that_is_not_ready() -> None:
    cleo = advisor()
    cleo.say("remind @asha")
    cleo.say("start")
    cleo.say(f"draft start {draft(cleo).id}", pressed=True)
    assert cleo.jobs == []


def test_dates_that_passed_while_a_draft_lay_about_are_asked_for_again() -> None:
    cleo = advisor()
    cleo.say("remind @asha tomorrow at 9 to vote")
    later = NOW.replace(month=12)
    decision = cleo.press("Start", now=later)
    assert "All its dates have passed" in read(decision)
    assert cleo.jobs == []
    assert "ready to start" in read(cleo.say("on Friday at 10", now=later))


# --- Corrections -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("make it 10:00", "Every second Tuesday at 10:00"),
        ("10:00", "Every second Tuesday at 10:00"),
        ("can you make it 11am?", "Every second Tuesday at 11:00"),
        ("on Fridays instead", "Every second Friday at 09:30"),
        ("no, Thursday", "Every second Thursday at 09:30"),
        ("every Friday", "Every Friday at 09:30"),
        ("monthly on the 15th at 8", "15th of each month at 08:00"),
        ("once, tomorrow", "On Tue 24 November 2026 at 09:30"),
        ("tomorrow", "“tomorrow”: again and again from now on, or just once?"),
        ("in London time", "at 09:30, London time"),
        ("with Scottish holidays", "bank holidays (Scotland)"),
        ("skip bank holidays", "left out on bank holidays"),
        ("until 30 June", "until 30 June 2027"),
        ("6 times", "6 times"),
        ("make it 21:00", "21:00 is at night"),
        ("to @bryn", "To: Bryn Hughes"),
        ("no, to the finance and IT list", "know no list"),
        ("to finance and IT", "To: Finance and IT"),
        ("also @bryn", "To: Asha Patel and Bryn Hughes"),
        ("it should say Call your leader", "Call your leader"),
        ("make it purple", "didn't understand that change, so nothing changed"),
        ("on 31 February", "There is no 31 February"),
    ],
)
def test_a_correction_in_words(said: str, shown: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha every second Tuesday at 9:30 to vote")
    assert shown in read(cleo.say(said))


def test_corrections_keep_what_they_do_not_mention() -> None:
    cleo = advisor()
    cleo.say("remind @asha every second Tuesday at 9:30 in Paris time until 30 June 2027 to vote")
    for said in ("make it 10:00", "on Fridays instead", "with Welsh holidays", "skip bank holidays"):
        cleo.say(said)
    kept = schedule(cleo)
    assert kept.rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
    assert (f"{kept.start:%H:%M}", kept.zone, kept.nation, kept.off_days) == (
        "10:00", "Europe/Paris", "wales", "skip",
    )  # fmt: skip
    assert str(kept.until) == "2027-06-30"


def test_a_problem_loses_nothing() -> None:
    cleo = advisor()
    cleo.say("remind @asha every second Tuesday at 9:30 to vote")
    before = draft(cleo)
    cleo.say("on 31 February")
    assert draft(cleo).schedule == before.schedule
    assert "ready to start" in read(cleo.say("on Fridays"))
    assert schedule(cleo).rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"


# --- Pulses ----------------------------------------------------------------------------------------


def test_an_anonymous_pulse_to_too_few_says_at_once_that_nothing_can_be_shown() -> None:
    cleo, few = advisor(), "Fewer than three people are asked"
    assert few in read(cleo.say("pulse the steering group and @bryn first Monday of the month at 9 on trust"))
    assert few not in read(cleo.say("named"))
    assert few in read(cleo.say("anonymous"))
    assert few not in read(cleo.say("also @unnamed"))
    assert few not in read(cleo.say("to #partnership-board")), "nobody knows how many read a channel"


def test_a_pulse_has_a_ready_question_and_is_anonymous_unless_chosen() -> None:
    cleo = advisor()
    said = read(cleo.say("pulse the steering group first Monday of each month at 10 on buy-in"))
    assert "How firmly is the leadership behind this today?" in said
    assert "1 Not at all, 5 Fully" in said
    assert "anonymous: nobody learns" in said
    made = draft(cleo)
    assert (made.topic, made.lesson, made.anonymous) == ("buy-in", "factor-buy-in", True)
    assert "named: advisors see" in read(cleo.press("Named answers"))
    assert not draft(cleo).anonymous
    cleo.say("anonymous")
    assert draft(cleo).anonymous


@pytest.mark.parametrize(
    ("on", "question", "topic"),
    [
        ("on trust between partners", "How do things stand with trust between partners today?",
         "trust between partners"),
        ("on How sure are you of the savings?", "How sure are you of the savings?",
         "How sure are you of the savings"),
    ],
)  # fmt: skip
def test_a_pulse_on_anything_else(on: str, question: str, topic: str) -> None:
    cleo = advisor()
    cleo.say(f"pulse @asha every Monday at 10 {on}")
    assert (draft(cleo).what, draft(cleo).topic) == (question, topic)


# --- A date that could be two things -------------------------------------------------------------------


def test_a_weekday_that_disagrees_with_its_date_is_asked_with_both_as_buttons() -> None:
    cleo = advisor()
    said = read(cleo.say("remind @asha Tuesday 7 December at 9 to send the pack"))
    assert "7 December 2026 is a Monday, not a Tuesday." in said
    assert labels(cleo)[:2] == ["Mon 7 Dec", "Tue 8 Dec"]
    assert "ready to start" in read(cleo.say(cleo.offered[1].says, pressed=True))
    assert f"{schedule(cleo).start:%d %b %H:%M}" == "08 Dec 09:00"


def test_a_start_does_not_pass_over_a_change_that_was_asked_about() -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 10 to send the pack")
    assert "Which of the two" in read(cleo.say("make it Tuesday 7 December at 9"))
    assert "isn’t in here yet" in read(cleo.say("start"))
    assert not cleo.jobs
    assert "I'm setting it up" in read(cleo.say("start"))


def test_a_date_without_a_time_is_asked_with_nine_as_a_button() -> None:
    cleo = advisor()
    assert "At what time?" in read(cleo.say("remind @asha on 7 December to send the pack"))
    nine = next(choice for choice in cleo.offered if choice.label == "09:00")
    cleo.say(nine.says, pressed=True)
    assert f"{schedule(cleo).start:%d %b %H:%M}" == "07 Dec 09:00"


def test_the_when_may_come_first() -> None:
    cleo = advisor()
    assert "Every Monday at 09:00" in read(cleo.say("every Monday at 9 remind @asha to send the pack"))
    assert draft(cleo).what == "Send the pack"
    assert draft(cleo).targets == (ASHA,)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("not in august", "Every Monday at 09:00, each person's own time"),
        ("not in august", "except in August"),
        ("until easter", "until 25 March 2027"),
        ("make it 10", "Every Monday at 10:00"),
        ("and at 2pm too", "Every Monday at 09:00 and 14:00"),
        ("and only if it isn't raining", "I didn't understand that change, so nothing changed."),
    ],
)
def test_a_draft_takes_corrections_as_people_say_them(said: str, expected: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 9 to brief members")
    before = draft(cleo)
    assert expected in read(cleo.say(said))
    assert (replace(draft(cleo), left_out="") == before) == expected.startswith("I didn't")


def test_an_unknown_word_is_asked_about_and_is_no_list() -> None:
    cleo = advisor()
    said = read(cleo.say("remind the steering group every Monday at 9 whenever it rains to brief members"))
    assert "I didn't understand “whenever it rains”." in said
    assert draft(cleo).targets == (STEERING,)


def test_a_slip_of_the_pen_is_said() -> None:
    cleo = advisor()
    assert "I read “wendesday” as Wednesday." in read(
        cleo.say("remind @asha every wendesday at 9 to send the pack")
    )
