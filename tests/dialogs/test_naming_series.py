"""Which series that runs is meant, and what is done to it, said as people say it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from dialogs.core.events import Speaker
from dialogs.core.model import OfferedButton
from dialogs.core.reminder_model import AdvisorSettings, Summary, Target
from dialogs.recurrence.describe import in_words
from dialogs.recurrence.rule import Recurrence
from tests.dialogs.series import ASHA, BRYN, advisor, draft, labels, running, schedule
from tests.harness.person import Person, read
from tests.harness.small import NOW

LEADERS = AdvisorSettings(lists={"leaders": (ASHA, BRYN)}, titles={"leaders": "Leaders"})


def series(number: int, what: str, targets: tuple[Target, ...], start: str, rule: str) -> Summary:
    """One of those that run."""
    summary = running(number, next=datetime.fromisoformat(start).replace(tzinfo=UTC))
    changed = {"what": what, "targets": targets, "schedule": Recurrence(datetime.fromisoformat(start), rule)}
    return replace(summary, series=replace(summary.series, draft=replace(summary.series.draft, **changed)))


MONDAYS = series(1, "Brief your members", (ASHA,), "2026-11-30T09:00", "FREQ=WEEKLY;BYDAY=MO")
LEADERS_ONE = series(
    2, "Send the highlight report", (Target("list", "leaders", "Leaders"),), "2026-11-26T10:00",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
)  # fmt: skip
STEERING = series(3, "Book the steering room", (BRYN,), "2026-12-02T14:00", "FREQ=MONTHLY;BYDAY=1WE")
THREE = (MONDAYS, LEADERS_ONE, STEERING)
FIRST, SECOND, THIRD = ("CCCCCCCCCC01", "CCCCCCCCCC02", "CCCCCCCCCC03")


def cleo(*some: Summary, **changes: object) -> Person:
    """An advisor, with what runs."""
    return advisor(series=some or THREE, advisor_settings=LEADERS, **changes)


@pytest.mark.parametrize(
    ("said", "press"),
    [
        ("stop the one to the leaders", f"cancel {SECOND}"),
        ("pause leaders one", f"pause {SECOND}"),
        ("Please discontinue the reminder about booking the steering room.", f"cancel {THIRD}"),
        ("let's knock the fortnightly one on the head", f"cancel {SECOND}"),
        ("Please omit the next occurrence of the fortnightly reminder.", f"skip {SECOND}"),
        ("skip monday's", f"skip {FIRST}"),
        ("could you put the monthly one on hold", f"pause {THIRD}"),
        ("Who has yet to respond to the Monday reminder?", f"who {FIRST}"),
        ("who still owes me a reply on the highlight report?", f"who {SECOND}"),
        ("has everyone got back to us on the members one?", f"who {FIRST}"),
        ("chase whoever hasn't answered the highlight report", f"nudge {SECOND}"),
        ("give the monday one to Bryn to look after, would you", f"hand over {FIRST} to Bryn"),
        ("stop the mnoday one", f"cancel {FIRST}"),
    ],
)
def test_one_is_meant_by_what_it_is_known_by(said: str, press: str) -> None:
    decision = cleo().say(said)
    assert (decision.needs, decision.press) == ("press", f"reminder {press}")


@pytest.mark.parametrize(
    ("said", "id", "when"),
    [
        ("move the monday one to tuesday", FIRST, "Every Tuesday at 09:00"),
        ("make the fortnightly one weekly", SECOND, "Every Thursday at 10:00"),
        ("change the steering one to 10", THIRD, "First Wednesday of each month at 10:00"),
        ("Push the highlight report to 11", SECOND, "Every second Thursday at 11:00"),
        ("monday one to 10", FIRST, "Every Monday at 10:00"),
        ("leaders one fridays instead", SECOND, "Every second Friday at 10:00"),
        ("Would you please change the time of the reminder to the leaders to half past ten?", SECOND,
         "Every second Thursday at 10:30"),
        ("I should like the reminder to Bryn to be sent at 15:00.", THIRD,
         "First Wednesday of each month at 15:00"),
        ("weekly would be better for the leaders one", SECOND, "Every Thursday at 10:00"),
        ("could we shift the one about briefing members to Wednesdays, Mondays are mad", FIRST,
         "Every Wednesday at 09:00"),
        ("end the leaders one at Easter", SECOND, "until 25 March 2027"),
        ("skip the monday one on 14 dec", FIRST, "except on 14 December 2026"),
        ("steering room one: make it Tuesdays", THIRD, "First Tuesday of each month at 14:00"),
        ("don't send the monday one next week, it's half term", FIRST,
         "except between 30 November 2026 and 6 December 2026"),
    ],
)  # fmt: skip
def test_one_is_changed_in_what_is_said(said: str, id: str, when: str) -> None:
    person = cleo()
    told = read(person.say(said))
    assert draft(person).changes == id
    assert when in in_words(schedule(person))
    assert "Changed:" in told, "what is different, before it is saved"
    assert labels(person)[0] == "Save the change"


def test_what_isnt_used_of_a_change_is_said_and_what_would_be_done_without_it_is_asked() -> None:
    person = cleo()
    said = "could we shift the monday one to Wednesdays, Mondays are mad"
    assert "Left out: Mondays are mad" in read(person.say(said))
    told = cleo().say("pause the monday one, I'll shout when we're ready")
    assert "Left out: I'll shout when we're ready" in read(told)
    assert told.needs is None, "nothing is done yet"
    assert "Not understood: purple" in read(person.say("change the steering one to purple"))


@pytest.mark.parametrize(
    ("said", "id", "names"),
    [
        ("add bryn to the monday one", FIRST, ["Asha Patel", "Bryn Hughes"]),
        ("Please add Asha to the recipients of the steering room reminder.", THIRD, ["Bryn Hughes",
         "Asha Patel"]),
        ("add @bryn to the monday one", FIRST, ["Asha Patel", "Bryn Hughes"]),
    ],
)  # fmt: skip
def test_somebody_is_added_to_one(said: str, id: str, names: list[str]) -> None:
    person = cleo()
    person.say(said)
    assert draft(person).changes == id
    assert [target.name for target in draft(person).targets] == names


def test_somebody_is_taken_from_one_and_who_isnt_known_is_asked_for() -> None:
    both = replace(MONDAYS.series, draft=replace(MONDAYS.series.draft, targets=(ASHA, BRYN)))
    person = cleo(replace(MONDAYS, series=both), STEERING)
    person.say("take asha off the monday reminder")
    assert draft(person).targets == (BRYN,)
    assert "zelda" in read(person.say("add zelda to the monday reminder"))
    assert draft(person).targets == (BRYN,)


def test_its_text_is_changed_as_quoted() -> None:
    person = cleo()
    person.say('Please amend the wording of the Monday reminder to "brief your members and deputies".')
    assert draft(person).what == "Brief your members and deputies"


@pytest.mark.parametrize(
    "said",
    ["skip the next one", "pause it", "who hasn't replied to it?", "skip next week's", "move it to tuesday",
     "make it fortnightly", "pause it over christmas", "add @bryn to it"],
)  # fmt: skip
def test_of_several_it_is_asked_which_is_meant_and_the_button_does_it(said: str) -> None:
    person = cleo()
    assert "Which one do you mean?" in read(person.say(said))
    assert [label.partition(": ")[2] for label in labels(person)] == [
        "Brief your members", "Send the highlight report", "Book the steering room",
    ]  # fmt: skip
    says = person.offered[0].says
    assert says.split()[:1] + says.split()[2:3] == ["reminder", FIRST]
    if says.startswith("reminder change"):
        person.press("Brief your members")
        assert draft(person).changes == FIRST


def test_what_was_to_change_is_not_lost_by_the_question_which() -> None:
    person = cleo()
    person.say("move it to tuesday")
    assert "Every Tuesday at 14:00" not in read(person.say("highlight report"))
    assert in_words(schedule(person)).startswith("Every second Tuesday at 10:00")
    assert draft(person).changes == SECOND


@pytest.mark.parametrize(
    ("said", "press"),
    [
        ("skip the next one", "skip"), ("who hasn't replied to it?", "who"),
        ("who hasnt replied", "who"), ("Please cease sending the reminder.", "cancel"),
        ("would you pause the reminder for now", "pause"),
    ],
)  # fmt: skip
def test_the_only_one_is_meant(said: str, press: str) -> None:
    assert cleo(MONDAYS).say(said).press == f"reminder {press} {FIRST}"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("move it to tuesday", "Every Tuesday at 09:00"),
        ("skip next week's", "except between 30 November 2026 and 6 December 2026"),
        ("Please resume the reminder in January.", "it goes out first on Mon 4 Jan"),
        ("pause it until January", "it goes out first on Mon 4 Jan"),
        ("hold off on it for a couple of weeks", "it goes out first on Mon 7 Dec"),
        ("pause it over christmas", "From which day to which"),
        ("change the time to 8.30", "Every Monday at 08:30"),
        ("not on 14 dec", "except on 14 December 2026"),
        ("can we do it every other week from now on", "Every second Monday at 09:00"),
        ("when is the next one?", "Reminder, next Mon 30 Nov at 09:00: Brief your members"),
    ],
)
def test_the_only_one_is_changed_and_shown(said: str, what: str) -> None:
    assert what in read(cleo(MONDAYS).say(said))


def test_it_is_the_one_that_was_spoken_of_last() -> None:
    person = cleo()
    person.say("move the leaders one to 11")
    person.press("Save the change")
    person.say("oh and drop bryn from it")
    assert draft(person).changes == SECOND, "though Bryn gets another"
    person.say("cancel")
    assert person.say("skip next").press == f"reminder skip {SECOND}"
    assert person.say("stop it").press == f"reminder cancel {SECOND}"
    assert person.say("who hasn't replied to it?").press == f"reminder who {SECOND}"
    assert "next Thu 26 Nov at 10:00" in read(person.say("when does it next go out?"))
    assert "next Mon 30 Nov" in read(person.say("and the monday one"))
    person.say("hm, weekly would be better for the leaders one")
    assert draft(person).changes == SECOND


def test_it_is_the_one_that_they_were_told_of_since() -> None:
    told = (OfferedButton("Nudge the two", f"reminder nudge {THIRD} 2026-12-02T14:00", NOW.timestamp()),)
    assert cleo(offered=told).say("who hasn't replied to it?").press == f"reminder who {THIRD}"


@pytest.mark.parametrize("said", ["it should say: sign all of them", "make it 10:30", "move it to Tuesdays"])
def test_it_is_the_draft_that_was_made_since(said: str) -> None:
    told = OfferedButton("Change", f"reminder change {THIRD}", NOW.timestamp() - 60)
    person = cleo(offered=(told,))
    person.say("remind @bryn every Friday at 9 to sign the forms")
    person.say("how often should the steering group meet?")
    assert "dropped" not in read(person.say(said))
    assert draft(person).changes == ""
    assert draft(person).targets == (BRYN,)


@pytest.mark.parametrize("between", ["", "how often should the steering group meet?"])
@pytest.mark.parametrize(
    "said", ["move the reminder to 10", "make the reminder weekly", "add @asha", "add @asha to the reminder"]
)
def test_where_the_draft_may_be_meant_it_is_asked_and_not_dropped(said: str, between: str) -> None:
    told = OfferedButton("Change", f"reminder change {FIRST}", NOW.timestamp() - 60)
    person = cleo(offered=(told,))
    person.say("remind @bryn every Friday at 9 to sign the forms")
    if between:
        person.say(between)
    assert "dropped" not in read(person.say(said))
    assert draft(person).changes == ""


def test_one_that_runs_is_offered_beside_the_draft_that_its_change_would_drop() -> None:
    person = cleo()
    person.say("remind @bryn every Friday at 9 to sign the forms")
    assert "Which one" in read(person.say("move the monday one to 10"))
    assert labels(person)[-1] == "The one that you are making"
    assert draft(person).changes == ""


@pytest.mark.parametrize("between", ["", "how often should the steering group meet?"])
def test_the_reminder_that_is_cancelled_is_the_draft_made_since(between: str) -> None:
    told = OfferedButton("Change", f"reminder change {FIRST}", NOW.timestamp() - 60)
    person = cleo(offered=(told,))
    person.say("remind @bryn every Friday at 9 to sign the forms")
    if between:
        person.say(between)
    assert person.say("cancel the reminder").press == ""
    assert person.work.draft is None


def test_it_is_a_lesson_while_the_talk_is_of_one() -> None:
    person = cleo()
    person.say("how often should the steering group meet?")
    for said in ("can we do it every other week?", "when was it written?", "drop it"):
        told = person.say(said)
        assert not told.press, said
        assert "Which one" not in read(told), said
        assert person.work.draft is None, said


def test_of_what_can_be_resumed_only_the_paused_is_meant() -> None:
    paused = replace(STEERING, series=replace(STEERING.series, step="paused"))
    assert cleo(MONDAYS, LEADERS_ONE, paused).say("resume it").press == f"reminder resume {THIRD}"
    assert cleo(MONDAYS, LEADERS_ONE, paused).say("resume the paused one").press == f"reminder resume {THIRD}"
    assert "It is paused" in read(cleo(paused).say("resume it in january"))
    assert "None of them is paused." in read(cleo().say("resume it"))


def test_of_one_that_is_clear_while_what_to_do_isnt_the_ways_are_shown() -> None:
    person = cleo()
    told = read(person.say("sorry, can you undo what I did to the monday one"))
    assert "nothing is changed" in told
    assert "Brief your members" in told
    assert "Change" in labels(person)


@pytest.mark.parametrize("said", ["cancel that", "cancel it", "please delete this", "scrap it"])
def test_one_that_was_just_spoken_of_is_called_off_and_not_said_to_be(said: str) -> None:
    person = cleo()
    person.say("show me the monday one")
    assert person.say(said).press == f"reminder cancel {FIRST}"


@pytest.mark.parametrize("said", ["undo", "undo that", "cancel", "ignore that", "forget what I said"])
def test_what_cannot_be_taken_back_of_one_that_runs_is_not_said_to_be(said: str) -> None:
    person = cleo()
    person.say("show me the monday one")
    told = read(person.say(said))
    assert "nothing is changed" in told
    assert "Brief your members" in told
    assert "End it" in labels(person)


def test_a_lesson_asked_since_is_what_is_put_aside() -> None:
    person = cleo()
    person.say("show me the monday one")
    person.say("how many partners should we have")
    assert "put aside" in read(person.say("undo"))


def test_in_words_that_are_a_question_end_it_is_asked_first() -> None:
    decision = cleo().say("could you stop the monday one?")
    assert (decision.press, decision.needs) == ("", None)
    assert [choice.says for reply in decision.replies for choice in reply.blocks[-1].options] == [  # type: ignore[union-attr]
        f"reminder cancel {FIRST}"
    ]


def test_a_draft_is_corrected_though_another_like_it_runs() -> None:
    person = cleo()
    person.say("remind @bryn every Friday at 9 to send the highlight report")
    person.say("move it to Thursdays")
    assert draft(person).changes == ""
    assert in_words(schedule(person)).startswith("Every Thursday")
    assert person.say("pause the monday one").press == f"reminder pause {FIRST}"


@pytest.mark.parametrize(
    "said",
    ["how often should the steering group meet?", "when is the steering group meeting?", "stop scope creep",
     "should the leaders go every month?", "make it simple", "who is on the board?", "how does it work?"],
)  # fmt: skip
def test_what_is_about_the_subject_is_no_word_on_a_reminder(said: str) -> None:
    for person in (cleo(), cleo(MONDAYS)):
        decision = person.say(said)
        assert not decision.press
        assert person.work.draft is None
        assert not any("Pause" in label for label in labels(person))


def test_others_than_advisors_can_only_mean_their_own() -> None:
    asha = cleo(speaker=Speaker("slack:T1/UASHA"))
    for said in ("pause the monday one", "move it to tuesday", "skip the next one"):
        assert not asha.say(said).press
        assert asha.work.draft is None
