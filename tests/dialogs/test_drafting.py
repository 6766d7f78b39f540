"""An advisor makes reminders and pulses by typing: asked for what is missing, shown in words, started."""

from __future__ import annotations

import pytest

from dialogs.live.model import By
from dialogs.model import Place, Quote, Speaker, State, Text
from dialogs.series.model import BeginSeries, Board, Draft, Target
from dialogs.when.rule import Schedule
from dialogs.work import Here, Open, Work
from tests.dialogs.person import Person, read
from tests.dialogs.series import ASHA, BRYN, CHANNEL, LISTS, STEERING, advisor, in_channel
from tests.dialogs.small import NOW

WHOLE = "remind the steering group first Monday of the month at 9.30 to brief members"


def draft(person: Person) -> Draft:
    """What is being made."""
    assert person.work.draft
    return person.work.draft


def schedule(person: Person) -> Schedule:
    """When it is sent."""
    found = draft(person).schedule
    assert found
    return found


def labels(person: Person) -> list[str]:
    return [one.label for one in person.offered]


# --- From a sentence to the start --------------------------------------------------------------------


def test_what_was_understood_is_shown_before_anything_starts() -> None:
    cleo = advisor()
    said = read(cleo.say(WHOLE))
    assert "First Monday of each month at 09:30, each person's own time" in said
    assert "Mon 7 Dec, Mon 4 Jan (Scotland: Tue 5 Jan), Mon 1 Feb, Mon 1 Mar, Mon 5 Apr" in said
    assert "Mon 3 May is a bank holiday (May Day) → Tue 4 May" in said
    assert "To: Steering group" in said
    assert labels(cleo) == ["Start", "Change", "Cancel"]
    assert cleo.errands == []


def test_start_hands_it_to_its_own_home_once() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    made = draft(cleo)
    start = cleo.offered[0].says
    decision = cleo.say(start, pressed=True)
    assert "Started." in read(decision)
    assert "Mon 7 Dec at 09:30" in read(decision)
    assert "isn't open any more" in cleo.say(start, pressed=True).note
    (errand,) = cleo.errands
    assert (errand.home, errand.key) == (f"series:{made.id}", f"{made.id} begin")
    by = By("slack:T1/UCLEO", "Cleo Grant", True)
    assert errand.event == BeginSeries(made, by, "slack:T1", {"channel": "DCLEO"}, "Europe/London")
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
    assert len({one.key for one in cleo.errands}) == 1


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
    for text in ("Why are we doing this?", "Check in with your leader before Friday", "Political buy-in"):
        cleo = advisor()
        cleo.say("remind @asha on Monday at 9")
        cleo.say(text)
        assert draft(cleo).what == text


def test_a_command_in_between_is_obeyed_and_the_draft_waits() -> None:
    cleo = advisor()
    cleo.say("remind @asha on Monday at 9")
    assert "What I can do" in read(cleo.say("help"))
    assert "What should I remind them of?" in read(cleo.say("my draft"))
    cleo.say("what makes a shared service succeed")  # it is the text now
    assert draft(cleo).what == "What makes a shared service succeed"


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
    assert "put away the draft" in read(cleo.say("remind @asha"))
    assert "isn't open any more" in cleo.say(before, pressed=True).note
    assert cleo.errands == []


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
    assert "Started." in read(cleo.say(way))


def test_yes_starts_nothing_that_is_not_ready() -> None:
    cleo = advisor()
    cleo.say("remind @asha")
    cleo.say("start")
    cleo.say(f"draft start {draft(cleo).id}", pressed=True)
    assert cleo.errands == []


def test_dates_that_passed_while_a_draft_lay_about_are_asked_for_again() -> None:
    cleo = advisor()
    cleo.say("remind @asha tomorrow at 9 to vote")
    later = NOW.replace(month=12)
    decision = cleo.press("Start", now=later)
    assert "All its dates have passed" in read(decision)
    assert cleo.errands == []
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
        ("tomorrow", "On Tue 24 November 2026 at 09:30"),
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
        ("make it purple", "didn't catch what to change"),
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


# --- Whom -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "targets"),
    [
        ("@asha", (ASHA,)),
        ("@asha @bryn", (ASHA, BRYN)),
        ("@asha, @bryn and #partnership-board", (ASHA, BRYN, CHANNEL)),
        ("@asha and @asha", (ASHA,)),
        ("@partners", (Target("group", "slack:SPARTNERS", "@partners", "slack:T1"),)),
        ("The Steering Group and @bryn", (STEERING, BRYN)),
        ("finance and IT, @asha", (Target("list", "finance and it", "Finance and IT"), ASHA)),
        ("me", (Target("person", "slack:T1/UCLEO", "Cleo Grant", "slack:T1"),)),
    ],
)
def test_whom_a_sentence_names(who: str, targets: tuple[Target, ...]) -> None:
    cleo = advisor()
    cleo.say(f"remind {who} every Monday at 9 to vote")
    assert draft(cleo).targets == targets


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("the stering group", "I know no list called “the stering group”"),
        ("#nowhere", "“#nowhere” reached me as plain words. Type #"),
        ("@nobody", "Type @ and pick the name"),
        ("this channel", "There is no channel here."),
        ("those who took the check", "No readiness check is open here."),
    ],
)
def test_whoever_is_unknown_is_asked_for_and_the_rest_is_kept(who: str, said: str) -> None:
    cleo = advisor()
    assert said in read(cleo.say(f"remind {who} every Monday at 9 to vote"))
    assert "Steering group" in labels(cleo)
    assert "ready to start" in read(cleo.press("Steering group"))
    assert (draft(cleo).targets, draft(cleo).what) == ((STEERING,), "Vote")


def test_where_there_are_no_lists_it_says_how_to_make_one() -> None:
    cleo = advisor(board=Board())
    assert "“list the board: @…, @…”" in read(cleo.say("remind the board every Monday at 9 to vote"))


def test_those_who_are_known_stay_while_the_others_are_asked_for() -> None:
    cleo = advisor()
    cleo.say("remind @asha and the choir every Monday at 9 to vote")
    assert draft(cleo).targets == (ASHA,)
    assert "ready to start" in read(cleo.press("Only these"))
    cleo.say("remind @asha and the choir every Monday at 9 to vote")
    cleo.say("@bryn")
    assert draft(cleo).targets == (ASHA, BRYN)


def test_an_empty_audience_never_starts() -> None:
    cleo = advisor()
    cleo.say("remind every Monday at 9 to vote")
    assert draft(cleo).asked == "audience"
    cleo.say(f"draft start {draft(cleo).id}", pressed=True)
    assert cleo.errands == []


def test_in_a_channel_this_channel_is_a_press_away() -> None:
    cleo = in_channel()
    cleo.say("remind on Monday at 9 to vote")
    assert "To: this channel" in read(cleo.press("This channel"))
    (there,) = draft(cleo).targets
    assert (there.kind, there.id) == ("channel", "slack:CHERE")


def test_those_who_took_the_check_that_is_open_here() -> None:
    cleo = in_channel(here=Here(readiness=Open("CDFGHJKMNPQR", "")))
    cleo.say("remind everyone who took the check on Monday at 9 to vote")
    assert draft(cleo).targets == (Target("check", "CDFGHJKMNPQR"),)


def test_people_whose_names_no_platform_told_are_counted() -> None:
    cleo = advisor()
    assert "To: a person that you mentioned" in read(cleo.say("remind @unnamed on Monday at 9 to vote"))


def test_mentions_in_a_text_become_names() -> None:
    cleo = advisor()
    cleo.say("remind @asha on Monday at 9 to ring @bryn")
    assert draft(cleo).what == "Ring @Bryn Hughes"


# --- In a channel ------------------------------------------------------------------------------------


def test_in_a_channel_an_answer_needs_a_mention() -> None:
    cleo = in_channel()
    cleo.say("remind @asha every Monday at 9")
    assert not cleo.say("vote early", addressed=False).heard
    cleo.say("vote early")
    assert draft(cleo).what == "Vote early"


def test_a_colleague_neither_answers_nor_starts_it() -> None:
    cleo = in_channel()
    cleo.say("remind @asha every Monday at 9 to vote")
    start = cleo.offered[0].says
    mallory = {"speaker": Speaker("slack:T1/UM", "advisor"), "work": Work()}
    assert "isn't open any more" in cleo.say(start, pressed=True, **mallory).note
    cleo.say("make it 10:00", **mallory)
    assert cleo.errands == []
    assert f"{schedule(cleo).start:%H:%M}" == "09:00"


# --- What can't be done -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("on 31 February at 9", "There is no 31 February"),
        ("every 30 February at 9", "There is no 30 February"),
        ("on 3 March 2020 at 9", "09:00 on 3 March 2020 has passed"),
        ("every Monday at 25:00", "isn't a time of day"),
        ("every 5 minutes", "at least 15 minutes"),
        ("every 15 minutes until 1 January 2090", "at most 10,000"),
        ("every day at 9 1000000 times", "at most 10,000"),
        ("every Monday at 9 in Narnia time", "I don't know the time zone “Narnia”"),
    ],
)
def test_a_when_that_cannot_be_says_what_to_change_and_keeps_the_rest(when: str, said: str) -> None:
    cleo = advisor()
    assert said in read(cleo.say(f"remind @asha {when} to vote"))
    assert labels(cleo) == ["Fill in a form", "Cancel"]
    assert "ready to start" in read(cleo.say("every Monday at 9"))
    assert (draft(cleo).targets, draft(cleo).what) == ((ASHA,), "Vote")


def test_every_31st_says_which_months_it_leaves_out() -> None:
    assert "Months without a 31st are left out" in read(advisor().say("remind @asha every 31st at 9 to vote"))


def test_a_text_of_4000_characters_is_refused_kindly_and_one_of_3000_taken() -> None:
    cleo = advisor()
    refused = read(cleo.say(f"remind @asha every Monday at 9 to {'word ' * 800}"))
    assert "at most 3,000 fit" in refused
    assert "every Monday at 9" in refused or "Every Monday at 09:00" in refused
    text = ("word " * 600)[:3000].strip()
    assert "ready to start" in read(cleo.say(text))
    assert draft(cleo).what == text[:1].upper() + text[1:]
    assert draft(cleo).targets == (ASHA,)


def test_markup_and_mass_mentions_are_shown_literally() -> None:
    text = "<!channel> @here *bold* [a](http://evil.example)"
    cleo = advisor()
    decision = cleo.say(f"remind @asha every Monday at 9 to {text}")
    (reply,) = decision.replies
    assert Quote(text) in reply.blocks
    assert not [
        one for one in reply.blocks if isinstance(one, Text) and ("channel" in one.md or "evil" in one.md)
    ]


@pytest.mark.parametrize(
    "words",
    [WHOLE, "new reminder", "pulse", "templates", "use template before-budget", "check-in factor-buy-in",
     "readiness again in three months", "draft start CDFGHJKMNPQR", "draft"],
)  # fmt: skip
def test_an_officer_is_told_who_can(words: str) -> None:
    asha = advisor(speaker=Speaker("slack:T1/UASHA"))
    asha.state = State()
    decision = asha.say(words)
    assert "Only advisors set reminders and pulses." in read(decision)
    assert (decision.effects, decision.errands, decision.form) == ((), (), None)


def test_a_draft_of_somebody_who_no_longer_advises_does_not_start() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    decision = cleo.say(cleo.offered[0].says, pressed=True, speaker=Speaker("slack:T1/UCLEO"))
    assert "Only advisors" in read(decision)
    assert cleo.errands == []


def test_without_memory_it_asks_to_try_again() -> None:
    for words in (WHOLE, "new pulse", "readiness again in three months"):
        assert "try again in a few minutes" in read(advisor(remembers=False).say(words))


def test_the_board_is_asked_for_first() -> None:
    assert advisor(board=None).say(WHOLE).needs == "board"


def test_an_unknown_zone_of_the_speaker_is_taken_as_londons() -> None:
    assert "ready to start" in read(advisor(zone="Narnia/Cair").say(WHOLE))


def test_a_fixed_zone_is_shown_in_the_speakers_time_too() -> None:
    said = read(advisor(zone="America/New_York").say("remind @asha every Monday at 9 in London time to vote"))
    assert "In your own time: Mon 30 Nov at 04:00" in said


# --- Templates, check-ins, and the repeat of a check ----------------------------------------------------


def test_templates_are_listed_with_season_reason_and_lesson() -> None:
    cleo = advisor()
    said = read(cleo.say("templates"))
    assert "Before the budget is set (January to March" in said
    assert "How many partners" in said
    assert len(cleo.offered) == 7


def test_a_template_asks_only_whom() -> None:
    cleo = advisor()
    cleo.say("templates")
    said = read(cleo.press("Before the budget is set"))
    assert "Every 10 January at 09:30" in said
    assert "Who is it for?" in said
    assert "Political and chief-executive buy-in" in labels(cleo)
    assert "ready to start" in read(cleo.press("Steering group"))
    assert (draft(cleo).template, draft(cleo).lesson) == ("before-budget", "factor-buy-in")


def test_every_template_makes_a_draft() -> None:
    for one in advisor().changes["knowledge"].templates.templates:
        cleo = advisor()
        cleo.say(f"use template {one.id}", pressed=True)
        assert draft(cleo).asked == "audience"
        assert draft(cleo).why == one.why
        cleo.say("@asha")
        assert "Started." in read(cleo.press("Start"))


def test_a_template_that_is_gone_shows_the_others() -> None:
    assert "no template of that name" in read(advisor().say("use template gone"))


@pytest.mark.parametrize("words", ["check-in factor-buy-in", "monthly check-in on buy-in"])
def test_a_check_in_on_the_weakest_factor_asks_only_whom(words: str) -> None:
    cleo = in_channel()
    said = read(cleo.say(words))
    assert "How firmly is the leadership behind this today?" in said
    assert "Who should be asked?" in said
    cleo.press("This channel")
    assert (draft(cleo).kind, draft(cleo).lesson, draft(cleo).template) == (
        "pulse", "factor-buy-in", "sponsor-check-in",
    )  # fmt: skip


def test_a_check_in_on_another_factor_names_it() -> None:
    cleo = in_channel()
    cleo.say("check-in factor-people CDFGHJKMNPQR", pressed=True)
    assert draft(cleo).what == "How do things stand with “People, culture and change” today?"
    assert draft(cleo).lesson == "factor-people"
    assert "To: those who took the check" in read(cleo.press("Those who took the check"))
    assert draft(cleo).targets == (Target("check", "CDFGHJKMNPQR"),)


def test_a_check_is_repeated_in_three_months_here() -> None:
    cleo = in_channel()
    said = read(cleo.say("readiness again in three months", pressed=True))
    assert "On Tue 23 February 2027 at 09:30" in said
    assert "To: this channel" in said
    assert "ready to start" in said
    assert "On Tue 23 February 2027 at 14:00" in read(cleo.say("make it 14:00"))


def test_where_no_draft_is_open_it_says_how_to_begin_one() -> None:
    cleo = advisor(place=Place("teams", "direct"))
    assert "no draft open" in read(cleo.say("draft"))


def test_help_for_an_advisor_is_another_and_fits_one_screen() -> None:
    mine = read(advisor().say("help"))
    theirs = read(advisor(speaker=Speaker("slack:T1/UASHA")).say("help"))
    assert "remind the steering group" in mine
    assert "remind the steering group" not in theirs
    assert "reminders: those that you receive" in theirs
    for one in (mine, theirs):
        assert len(one) < 1_400
        assert len(one.splitlines()) < 25


def test_lists_given_are_those_of_the_board() -> None:
    cleo = advisor()
    cleo.say("remind")
    assert {one.label for one in cleo.offered} >= set(LISTS.titles.values())
