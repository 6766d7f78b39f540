"""A draft stays open whatever else is said; what is said is an answer, a correction, or another matter."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dialogs.core import router
from dialogs.core.commands import Command
from dialogs.core.events import Place, Utterance
from dialogs.core.mentions import spoken
from dialogs.core.model import State, World
from dialogs.core.reminder_model import Waiting
from dialogs.recurrence.describe import in_words
from tests.dialogs.series import advisor, draft, in_channel, labels, schedule
from tests.harness.person import Person, read
from tests.harness.small import NOW

SIGN = "remind @asha every Monday at 9 to sign the forms"


def making(said: str = SIGN) -> Person:
    """Cleo, with a draft open."""
    cleo = advisor()
    cleo.say(said)
    return cleo


def test_a_question_is_answered_and_the_draft_stays_in_view() -> None:
    cleo = making()
    decision = cleo.say("how many partners should we have btw")
    assert decision.replies[0].asked.lesson == "factor-partner-numbers"
    assert "Your reminder to Asha Patel is still here." in read(decision)
    assert "ready to start" in read(cleo.press("Show it"))


def test_words_are_tried_as_a_command_once_though_a_draft_could_take_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cleo, tried, understand = advisor(), list[str](), router.understand
    cleo.say("remind @asha every Monday at 9")

    def noted(said: Utterance, world: World) -> Command | None:
        tried.append(said.text)
        return understand(said, world)

    monkeypatch.setattr(router, "understand", noted)
    assert "Whom" not in read(cleo.say("help"))
    assert tried == ["help"]


@pytest.mark.parametrize(
    ("made", "said"),
    [(SIGN, "cancel the reminder"), (SIGN, "please scrap that reminder"), (SIGN, "put the draft away"),
     ("pulse @asha every Monday at 9 on buy-in", "cancel this pulse")],
)  # fmt: skip
def test_a_draft_is_put_away_by_what_it_is(made: str, said: str) -> None:
    cleo = making(made)
    cleo.say(said)
    assert cleo.work.draft is None


def test_another_kind_is_not_the_draft() -> None:
    cleo = making()
    cleo.say("cancel the pulse")
    assert cleo.work.draft is not None


@pytest.mark.parametrize(
    "between", ["help", "lessons", "how many partners should we have?", "quiz me", "thanks"]
)
def test_a_correction_after_something_else(between: str) -> None:
    cleo = making()
    cleo.say(between)
    said = read(cleo.say("make it 10:00"))
    assert "Changed: every Monday at 10:00." in said
    assert f"{schedule(cleo).start:%H:%M}" == "10:00"


def test_a_bare_number_is_a_time_where_there_is_one() -> None:
    cleo = making()
    assert "Changed: every Monday at 10:00." in read(cleo.say("make it 10"))


def test_changes_are_told() -> None:
    cleo = making()
    assert "Changed: it goes to Asha Patel and Bryn Hughes." in read(cleo.say("to @bryn too"))
    assert "Changed: it goes to Bryn Hughes." in read(cleo.say("to @bryn"))
    assert "Changed: the text." in read(cleo.say("it should say call the leader"))
    assert draft(cleo).what == "Call the leader"


@pytest.mark.parametrize(
    ("said", "when"),
    [("9am", "every day at 09:00"), ("evry second friday", "every second Friday at 10:00")],
)
def test_the_dates_can_be_put_right_while_whom_is_asked(said: str, when: str) -> None:
    cleo = making("remind @asha every day at 10 to eat, until Easter")
    cleo.say("to the choir")
    assert draft(cleo).asked == "audience"
    assert f"Changed: {when}" in read(cleo.say(said))
    assert schedule(cleo).until is not None, "what was said before still holds"


@pytest.mark.parametrize("asked_first", [False, True], ids=["ready", "asking whom"])
@pytest.mark.parametrize("said", ["to {}", "add {}", "also to {}", "and also to {}", "and add {}", "{} too"])
def test_whom_we_do_not_know_is_told_as_it_was_written(said: str, asked_first: bool) -> None:
    cleo = making()
    if asked_first:
        cleo.say("to the choir")
    assert "“@zorro” reached me as plain words." in read(cleo.say(said.format("@zorro")))
    assert "Asha Patel and Bryn Hughes" in read(cleo.say("@bryn")), "those who were known stay"


def test_who_is_too_many_leaves_while_whom_is_asked() -> None:
    cleo = making("remind @asha and @bryn every Monday at 9 to sign the forms")
    cleo.say("to the choir")
    assert draft(cleo).asked == "audience"
    cleo.say("not to @bryn")
    assert [target.name for target in draft(cleo).targets] == ["Asha Patel"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("add the deputy leader", "I know no list called “the deputy leader”"),
        ("remove the chief executive and the leader", "didn't understand that change"),
        ("make it say ring the chief executive about buy-in", "Changed: the text."),
        ("rename it to ring the leader and the chief executive", "Changed: the text."),
        ("no, make it say ring the leader of the council", "Changed: the text."),
    ],
)
@pytest.mark.parametrize("begun", [SIGN, "remind @asha to sign the forms every second week"])
def test_a_change_is_never_a_question_to_the_deck(begun: str, said: str, told: str) -> None:
    cleo = making(begun)
    decision = cleo.say(said)
    assert all(reply.asked is None for reply in decision.replies)
    assert told in read(decision) or begun != SIGN


@pytest.mark.parametrize(
    "said", ["and only if it isn't raining", "make it purple", "except when the moon is full", "purple"]
)
def test_a_change_that_is_not_understood_changes_nothing(said: str) -> None:
    cleo = making()
    before = draft(cleo)
    decision = cleo.say(said)
    assert "I didn't understand that change, so nothing changed." in read(decision)
    assert labels(cleo) == ["Start", "Change", "Cancel"]
    assert draft(cleo) == replace(before, left_out=said)
    assert "I'm setting it up" in read(cleo.press("Start"))


def test_the_same_when_something_else_was_said_in_between() -> None:
    cleo = making()
    cleo.say("how many partners should we have?")
    assert "didn't understand that change" in read(cleo.say("except when the moon is full"))


@pytest.mark.parametrize(
    "said", ["not over half term", "but not during the count", "not before the audit", "no, not at harvest"]
)
def test_when_it_is_not_to_go_is_a_change_whatever_was_asked_in_between(said: str) -> None:
    cleo = making()
    cleo.say("how many partners should we have?")
    assert "didn't understand that change" in read(cleo.say(said))


def test_no_to_the_lesson_is_no_change() -> None:
    cleo = making()
    cleo.say("how many partners should we have?")
    assert "I didn't understand" not in read(cleo.say("not at all"))


@pytest.mark.parametrize("between", ["help", "how many partners should we have?"])
@pytest.mark.parametrize("said", ["it should read: {}", "the text should read {}", "no, it should say {}"])
def test_how_the_text_should_read_is_the_text(said: str, between: str) -> None:
    cleo = making()
    cleo.say(between)
    assert "Changed: the text." in read(cleo.say(said.format("Please send the figures")))
    assert draft(cleo).what == "Please send the figures"


@pytest.mark.parametrize(
    "said", ["@asha isn't needed", "asha is not needed any more", "oh, @asha's no longer needed"]
)
def test_who_is_not_needed_leaves(said: str) -> None:
    cleo = making("remind @asha and @bryn every Monday at 9 to sign the forms")
    cleo.say(said)
    assert [target.name for target in draft(cleo).targets] == ["Bryn Hughes"]


def test_what_is_said_of_somebody_who_is_mentioned_is_no_name_of_theirs() -> None:
    cleo = making("remind @asha and @bryn every Monday at 9 to sign the forms")
    assert "didn't understand that change" in read(cleo.say("@asha prefers tea"))
    assert "Start" in labels(cleo)


@pytest.mark.parametrize("when", ["every Friday", "every Friday at 4"])
def test_the_text_is_taken_though_when_is_asked_first(when: str) -> None:
    cleo = making(f"remind @asha {when}")
    cleo.say("to feed the cat")
    assert draft(cleo).what == "Feed the cat"
    assert "time?" in read(cleo.say("show it")) or "morning or afternoon?" in read(cleo.say("show it"))


def test_whom_it_is_for_is_no_text() -> None:
    cleo = making("remind @asha every Friday at 4")
    cleo.say("to the choir")
    assert draft(cleo).what == ""


@pytest.mark.parametrize("said", ["named please", "please make it named"])
def test_a_button_is_typed_politely_whatever_is_asked(said: str) -> None:
    cleo = making("pulse @asha next week on buy-in")
    cleo.say(said)
    assert not draft(cleo).anonymous


def test_a_follow_up_on_the_lesson_is_no_correction() -> None:
    cleo = making()
    cleo.say("how many partners should we have?")
    assert cleo.say("tell me more").replies[0].asked
    assert "Changed" in read(cleo.say("make it 10:00"))


@pytest.mark.parametrize(
    "said",
    ["never mind", "hang on", "ok", "no", "that's all for now", "undo", "start over",
     "what did i set", "is bryn on holiday"],
)  # fmt: skip
def test_what_may_be_meant_for_a_draft_further_up_names_it(said: str) -> None:
    cleo = making()
    cleo.say("how many partners should we have?")
    cleo.say("why?")
    assert "Your reminder to Asha Patel is still here." in read(cleo.say(said))
    assert "ready to start" in read(cleo.press("Show it"))


@pytest.mark.parametrize("said", ["forget the reminder", "scrap my reminder"])
def test_a_draft_further_up_is_put_away_by_what_it_is(said: str) -> None:
    cleo = making()
    cleo.say("how many partners should we have?")
    cleo.say(said)
    assert cleo.work.draft is None


@pytest.mark.parametrize(
    ("said", "heard", "phrase"),
    [
        ("not over easter", True, "From which day to which"),
        ("not in August", True, "except in August"),
        ("hang on", False, ""),
    ],
)
def test_in_its_thread_its_maker_needs_no_mention_after_a_lesson(said: str, heard: bool, phrase: str) -> None:
    cleo = making()
    cleo.say("how many partners should we have?")
    decision = cleo.say(said, addressed=False, place=Place("slack", "channel"))
    assert decision.heard is heard
    assert not any(reply.asked for reply in decision.replies)
    assert phrase in read(decision)


def test_a_draft_that_was_made_elsewhere_is_not_named_here() -> None:
    cleo = making()
    cleo.state = State()
    assert "still here" not in read(cleo.say("never mind"))


@pytest.mark.parametrize("between", ["help", "how many partners should we have?"])
@pytest.mark.parametrize(
    ("way", "phrase"),
    [("start", "I'm setting it up"), ("cancel", "Nothing was sent"), ("show it", "ready to start")],
)
def test_its_buttons_can_be_typed_later_too(between: str, way: str, phrase: str) -> None:
    cleo = making()
    cleo.say(between)
    assert phrase in read(cleo.say(way))


def test_change_can_be_typed() -> None:
    cleo = making()
    cleo.say("help")
    assert labels(cleo)
    assert "sign the forms" in read(cleo.say("change")).lower()


def test_a_draft_follows_its_advisor_to_another_conversation() -> None:
    cleo = making()
    cleo.state = State()
    assert "Changed: every Monday at 10:00." in read(cleo.say("make it 10:00"))


def test_an_answer_to_a_quiz_is_no_correction() -> None:
    cleo = making()
    cleo.say("quiz me")
    assert cleo.work.quiz
    cleo.say("b")
    assert cleo.work.quiz.given
    assert draft(cleo)


def test_a_question_where_the_text_is_asked_for_is_answered() -> None:
    cleo = making("remind @asha every Monday at 9")
    decision = cleo.say("how many partners should we have?")
    assert decision.replies[0].asked
    assert "begin with “it should say”" in read(decision)
    cleo.say("it should say how many partners should we have?")
    assert draft(cleo).what == "How many partners should we have?"


def test_what_was_received_is_answered_while_a_draft_is_open() -> None:
    cleo = making()
    pulse = Waiting("CCCCCCCCCC01", "2026-11-23T09:00", "pulse", "buy-in", at=NOW.timestamp() + 60)
    decision = cleo.say("4", waiting=(pulse,))
    assert decision.needs == "press"
    assert decision.press == "pulse answer CCCCCCCCCC01 2026-11-23T09:00 4"


def test_stop_may_mean_either() -> None:
    cleo = making()
    reminder = Waiting("CCCCCCCCCC01", "2026-11-23T09:00", "remind", "Brief members", at=NOW.timestamp() - 60)
    cleo.say("stop", waiting=(reminder,))
    assert labels(cleo) == ["Drop the draft", "Stop: Brief members"]
    assert draft(cleo)


@pytest.mark.parametrize("between", ["", "how many partners should we have?"])
@pytest.mark.parametrize("said", ["make it 10:00", "10:00", "at 10:00 instead, please"])
def test_whoever_makes_it_needs_no_mention_in_its_thread(said: str, between: str) -> None:
    cleo = in_channel()
    cleo.say(SIGN)
    if between:
        cleo.say(between, addressed=False)
    assert "Changed: every Monday at 10:00." in read(cleo.say(said, addressed=False))
    assert "I'm setting it up" in read(cleo.say("start", addressed=False))


def test_it_is_cancelled_in_its_thread_without_a_mention() -> None:
    cleo = in_channel()
    cleo.say(SIGN)
    assert "Dropped" in read(cleo.say("cancel", addressed=False))
    assert cleo.work.draft is None


@pytest.mark.parametrize(
    "said", ["see you there then", "I'll ask the leader on Tuesday", "purple", "wait", "looks good"]
)
def test_a_remark_in_a_thread_changes_nothing(said: str) -> None:
    cleo = in_channel()
    cleo.say(SIGN)
    before = draft(cleo)
    assert not cleo.say(said, addressed=False).replies
    assert draft(cleo) == before


@pytest.mark.parametrize("begun", [SIGN, "remind @asha on Friday at 9 to sign the forms"])
@pytest.mark.parametrize(
    "said",
    ["actually Thursday", "Thursday, actually", "Thursday then", "how about Thursday?", "maybe Thursday",
     "Thursday I think", "hm, what about Thursday instead"],
)  # fmt: skip
def test_what_is_said_around_a_day_is_no_part_of_it(begun: str, said: str) -> None:
    cleo = making(begun)
    cleo.say("how many partners should we have?")
    read(cleo.say(said))
    assert draft(cleo).asked == ""
    assert f"{schedule(cleo).start:%A %H:%M}" == "Thursday 09:00"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("ask them about the budget", "Ask them about the budget"),
        ("change it to ask them about the budget", "Ask them about the budget"),
        ("it should ask for the budget", "Ask for the budget"),
        ('the text should say "Send it to @bryn"', "Send it to @Bryn Hughes"),
        ("they should ask: is it done?", "Is it done?"),
    ],
)
def test_a_text_is_taken_whole(said: str, what: str) -> None:
    cleo = making()
    cleo.say(said)
    assert spoken(draft(cleo).what) == what


@pytest.mark.parametrize("said", ["skip the panto season", "not when the moon is full", "except in Narnia"])
def test_a_change_is_no_list_where_whom_is_asked(said: str) -> None:
    cleo = making("remind the choir every Friday at 3pm to sing")
    assert "I didn't understand that change" in read(cleo.say(said))


def test_a_time_that_leaves_something_open_is_asked_about_where_whom_is_asked() -> None:
    cleo = making("remind the choir every Friday at 3pm to sing")
    assert "morning or afternoon" in read(cleo.say("hm, what about half past two"))


@pytest.mark.parametrize("said", ["undo", "undo that", "take that back"])
def test_a_change_that_cannot_be_undone_is_not_said_to_be(said: str) -> None:
    cleo = making()
    cleo.say("make it 10:00")
    assert "can't take a change back" in read(cleo.say(said))
    assert f"{schedule(cleo).start:%H:%M}" == "10:00"


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("not at 9, at quarter past", "Every Monday at 09:15"),
        ("9 feels a little early. 9.45?", "Every Monday at 09:45"),
        ("9.45 better", "Every Monday at 09:45"),
        ("finish it at easter", "until 25 March 2027"),
        ("and wrap it up at the end of march would you", "until 31 March 2027"),
        ("not between 24 december and 1 january", "except between 24 December 2026 and 1 January 2027"),
    ],
)
def test_a_time_and_an_end_are_corrected_as_people_talk(said: str, when: str) -> None:
    cleo = making()
    assert "Changed:" in read(cleo.say(said))
    assert when in in_words(schedule(cleo))


def test_from_which_day_to_which_a_feast_is_left_out_is_asked() -> None:
    cleo = making()
    assert "From which day to which is “over Christmas”?" in read(cleo.say("not over christmas"))
    cleo.press("Not between 24 December and 1 January")
    assert "except between 24 December 2026" in in_words(schedule(cleo))


@pytest.mark.parametrize("said", ["nudge me", "please remind me too"])
def test_who_wants_to_be_reminded_too_is_asked_whether_by_this_one(said: str) -> None:
    cleo = making()
    cleo.say(said)
    assert labels(cleo) == ["Send it to me too", "Another one for me", "Show it"]
    cleo.press("Send it to me too")
    assert [target.name for target in draft(cleo).targets] == ["Asha Patel", "Cleo Grant"]
    other = making()
    other.say(said)
    assert other.press("Another one for me").form


def test_for_others_too_a_text_needs_nothing_that_leads_to_it() -> None:
    for said in ("remind @asha call the leader tomorrow at 9", "remind @asha tomorrow at 9: call the leader"):
        assert draft(making(said)).what == "Call the leader"
        assert [target.name for target in draft(making(said)).targets] == ["Asha Patel"]
