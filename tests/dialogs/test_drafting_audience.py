"""Whom a reminder is for, what can't be done and says so, templates, and the help."""

from __future__ import annotations

import pytest

from bot.platforms.slack.render import message as slack
from dialogs.core.events import Place, Speaker
from dialogs.core.model import State
from dialogs.core.reminder_model import AdvisorSettings, Target
from dialogs.core.replies import Quote, Text
from dialogs.core.work import OpenSession, OpenSessions, Work
from tests.dialogs.series import (
    ASHA,
    BRYN,
    CHANNEL,
    LISTS,
    REFERENCE,
    STEERING,
    WHOLE,
    advisor,
    draft,
    in_channel,
    labels,
    schedule,
)
from tests.harness.person import read

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
    cleo = advisor(advisor_settings=AdvisorSettings())
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
    assert cleo.jobs == []


def test_in_a_channel_this_channel_is_a_press_away() -> None:
    cleo = in_channel()
    cleo.say("remind on Monday at 9 to vote")
    assert "To: this channel" in read(cleo.press("This channel"))
    (there,) = draft(cleo).targets
    assert (there.kind, there.id) == ("channel", "slack:CHERE")


def test_a_group_chat_is_not_called_a_channel() -> None:
    cleo = advisor(place=Place("slack", "group"), reference=REFERENCE)
    cleo.say("remind every Monday at 9 to brief members")
    assert "To: this chat" in read(cleo.press("This chat"))


@pytest.mark.parametrize("asked", ["to vote", "", "and the choir to vote"])
@pytest.mark.parametrize(
    "said",
    [
        "instead of @bryn send it to @unnamed",
        "to @unnamed instead of @bryn",
        "send it to @unnamed rather than bryn",
        "not @bryn but @unnamed",
        "not bryn, @unnamed please",
        "@unnamed, not @bryn",
        "swap bryn for @unnamed",
        "can you replace @bryn with @unnamed?",
        "take bryn off and add @unnamed",
        "bryn out, @unnamed in",
    ],
)
def test_one_takes_the_place_of_another_whatever_the_draft_asks(said: str, asked: str) -> None:
    cleo, unnamed = advisor(), Target("person", "slack:T1/UNONAME", "", "slack:T1")
    who, _, what = asked.rpartition("to vote")[0], "", "to vote" if "vote" in asked else ""
    cleo.say(f"remind @asha, @bryn {who}every Monday at 9 {what}")
    cleo.say(said)
    assert draft(cleo).targets == (ASHA, unnamed)
    assert draft(cleo).what == what.removeprefix("to ").capitalize()


@pytest.mark.parametrize(
    ("said", "targets", "shown"),
    [
        ("instead of @bryn send it to @unnamed", (ASHA, "unnamed"), "It wasn't going to Bryn Hughes before."),
        ("swap asha for @nobody", (), "“@nobody” reached me as plain words"),
        ("instead of asha send it to finance and IT", ("finance and it",), "it goes to Finance and IT"),
        ("to @unnamed instead", ("unnamed",), "Changed: it goes to"),
        ("remove asha", (), "Who is it for?"),
        ("without @bryn", (ASHA,), "It wasn't going to Bryn Hughes before."),
    ],
)
def test_of_a_change_of_recipients_no_word_is_lost(
    said: str, targets: tuple[object, ...], shown: str
) -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 9 to vote")
    assert shown in read(cleo.say(said))
    known = {"unnamed": Target("person", "slack:T1/UNONAME", "", "slack:T1"), "finance and it": FINANCE}
    assert draft(cleo).targets == tuple(known.get(str(target), target) for target in targets)


@pytest.mark.parametrize("said", ["only asha", "not bryn", "everyone but bryn", "take out @bryn"])
def test_somebody_is_taken_out_by_their_name_too(said: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha and @bryn every Monday at 9 to vote")
    cleo.say(said)
    assert draft(cleo).targets == (ASHA,)


@pytest.mark.parametrize("said", ["how about outsourcing rather than sharing", "not savings but resilience?"])
def test_a_question_that_sets_one_thing_against_another_stays_one(said: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha every Monday at 9 to vote")
    before = draft(cleo)
    assert any(reply.asked for reply in cleo.say(said).replies)
    assert draft(cleo) == before


def test_those_who_took_the_check_that_is_open_here() -> None:
    cleo = in_channel(here=OpenSessions(readiness=OpenSession("CDFGHJKMNPQR", "")))
    cleo.say("remind everyone who took the check on Monday at 9 to vote")
    assert draft(cleo).targets == (Target("check", "CDFGHJKMNPQR"),)


def test_people_whose_names_no_platform_told_are_shown_as_mentions() -> None:
    shown = advisor().say("remind @unnamed on Monday at 9 to vote")
    assert "<@UNONAME>" in str([slack(reply) for reply in shown.replies])


FINANCE = Target("list", "finance and it", "Finance and IT")

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
    assert cleo.jobs == []
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
        block
        for block in reply.blocks
        if isinstance(block, Text) and ("channel" in block.md or "evil" in block.md)
    ]


@pytest.mark.parametrize(
    "words",
    [WHOLE, "pulse", "templates", "use template before-budget", "check-in factor-buy-in",
     "readiness again in three months"],
)  # fmt: skip
def test_an_officer_is_told_who_can(words: str) -> None:
    asha = advisor(speaker=Speaker("slack:T1/UASHA"))
    asha.state = State()
    decision = asha.say(words)
    assert "Only advisors set reminders and pulses for others." in read(decision)
    assert (decision.effects, decision.jobs, decision.form) == ((), (), None)


def test_a_draft_of_somebody_who_no_longer_advises_does_not_start() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    decision = cleo.say(cleo.offered[0].says, pressed=True, speaker=Speaker("slack:T1/UCLEO"))
    assert "Only advisors" in read(decision)
    assert cleo.jobs == []


def test_without_memory_it_asks_to_try_again() -> None:
    for words in (WHOLE, "new pulse", "readiness again in three months"):
        assert "try again in a few minutes" in read(advisor(remembers=False).say(words))


def test_the_advisor_settings_are_asked_for_first() -> None:
    assert advisor(advisor_settings=None).say(WHOLE).needs == "settings"


def test_an_unknown_zone_of_the_speaker_is_taken_as_londons() -> None:
    assert "ready to start" in read(advisor(zone="Narnia/Cair").say(WHOLE))


def test_a_fixed_zone_is_shown_in_the_speakers_time_too() -> None:
    said = read(advisor(zone="America/New_York").say("remind @asha every Monday at 9 in London time to vote"))
    assert "In your own time: Mon 30 Nov at 04:00" in said


# --- Templates, check-ins, and the repeat of a check ----------------------------------------------------


def test_each_template_stands_once_as_a_button_with_its_season() -> None:
    cleo = advisor()
    said = read(cleo.say("templates"))
    assert len(cleo.offered) == 7
    for template in cleo.changes["knowledge"].templates.templates:
        assert template.title in labels(cleo)
        assert template.title not in said
        assert said.splitlines().count(f"{template.season}:") == 1


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
    for template in advisor().changes["knowledge"].templates.templates:
        cleo = advisor()
        cleo.say(f"use template {template.id}", pressed=True)
        assert draft(cleo).asked == "audience"
        assert draft(cleo).why == template.why
        cleo.say("@asha")
        assert "I'm setting it up" in read(cleo.press("Start"))


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
    assert "reminders: what you receive" in theirs
    for whose in (mine, theirs):
        assert len(whose) < 1_400
        assert len(whose.splitlines()) < 25


def test_lists_given_are_those_of_the_board() -> None:
    cleo = advisor()
    cleo.say("remind")
    assert {choice.label for choice in cleo.offered} >= set(LISTS.titles.values())
