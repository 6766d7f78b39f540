"""Advisors look after what is running, their lists and one another; officers see what they receive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from dialogs.core.events import Place, Speaker
from dialogs.core.model import Decision
from dialogs.core.reminder_events import BeginSeries, KeepAdvisor, KeepDigest, KeepList
from dialogs.core.reminder_model import AdvisorSettings, Summary, Target
from dialogs.core.replies import Choices
from tests.dialogs.series import ASHA, BRYN, CHANNEL, LISTS, advisor, draft, labels, running
from tests.harness.person import Person, read

OFFICER = Speaker("slack:T1/UASHA")


def rows(decision: Decision) -> list[list[str]]:
    """The labels of each row of buttons."""
    blocks = decision.replies[0].blocks
    return [[choice.label for choice in row.options] for row in blocks if isinstance(row, Choices)]


def kept(person: Person) -> object:
    """The one event that went to the advisor settings."""
    (job,) = person.jobs
    assert job.partition == "board"
    return job.event


# --- What is coming ---------------------------------------------------------------------------------


def test_an_advisor_sees_what_is_coming_with_ways_to_steer_it() -> None:
    counts = {"acknowledged": 8, "snoozed": 2, "sent": 2, "failed": 1}
    cleo = advisor(series=(running(counts=counts),))
    decision = cleo.say("reminders")
    said = read(decision)
    assert "Reminder, next Mon 30 Nov at 09:30: Brief members, part 1" in said
    assert "Every Monday at 09:30" in said
    assert "To: Steering group" in said
    assert "Last time: 2 silent so far, 8 done, 2 put off and 1 failed" in said
    assert rows(decision)[0] == ["Pause", "Change", "Report", "Skip the next", "Hand over", "End it"]
    assert [choice.says for choice in cleo.offered[:6]] == [
        f"reminder {act} CCCCCCCCCC01" for act in ("pause", "change", "report", "skip", "hand over", "cancel")
    ]


def test_one_that_is_paused_can_be_resumed() -> None:
    paused = replace(running(), series=replace(running().series, step="paused"))
    decision = advisor(series=(paused,)).say("reminders")
    assert "Reminder, paused" in read(decision)
    assert rows(decision)[0] == ["Resume", "Change", "Report", "Hand over", "End it"]


def test_many_are_paged_by_more() -> None:
    cleo = advisor(series=tuple(running(number) for number in range(1, 8)))
    first = read(cleo.say("reminders"))
    assert "What is coming, 1 to 3 of 7" in first
    assert len(first.splitlines()) < 20
    assert "part 4" in read(cleo.press("More"))
    assert "7 to 7 of 7" in read(cleo.say("more"))
    assert "More" not in [choice.label for choice in cleo.offered]


def test_the_same_buttons_tell_which_series_they_are_for() -> None:
    cleo = advisor(series=(running(1), running(2)))
    cleo.say("reminders")
    for label in ("Pause", "Change"):
        told = [choice.about for choice in cleo.offered if choice.label == label]
        assert [line[-6:] for line in told] == ["part 1", "part 2"]


def test_nothing_is_coming() -> None:
    cleo = advisor()
    assert "Nothing is set up yet" in read(cleo.say("reminders"))
    assert cleo.press("New reminder").form


def test_an_officer_sees_what_they_receive_and_how_to_stop_it() -> None:
    asha = advisor(
        speaker=OFFICER, series=(running(receives=True), running(2, receives=True, muted=True), running(3))
    )
    decision = asha.say("reminders")
    said = read(decision)
    assert "Brief members, part 1" in said
    assert "Reminder, stopped for you: Brief members, part 2" in said
    assert "part 3" not in said
    assert "To:" not in said
    assert rows(decision) == [["Stop these"], ["Have it again"], ["Stop all"]]
    assert [choice.says for choice in asha.offered] == [
        "reminder stop CCCCCCCCCC01", "reminder start again CCCCCCCCCC02", "reminder stop all",
    ]  # fmt: skip


def test_an_advisor_can_ask_for_what_they_receive() -> None:
    cleo = advisor(series=(running(receives=True), running(2)))
    cleo.say("reminders")
    assert "part 2" not in read(cleo.press("What I receive"))


def test_in_a_channel_the_list_goes_to_whoever_asked() -> None:
    decision = advisor(place=Place("slack", "channel"), series=(running(),)).say("reminders")
    assert decision.replies[0].private
    assert decision.arrived == "I've sent that to you alone."


def test_the_series_are_asked_for_first() -> None:
    assert advisor(series=None).say("reminders").needs == "series"
    assert advisor(series=None).say("reminder change CCCCCCCCCC01", pressed=True).needs == "series"


def test_a_change_begins_with_what_is_running_and_is_saved_there() -> None:
    cleo = advisor(series=(running(),))
    cleo.say("reminders")
    said = read(cleo.press("Change"))
    assert "Change to a reminder: ready to save" in said
    assert "Change to a reminder: not finished yet" in read(cleo.say("sometime"))
    cleo.say("make it 10:00")
    assert "I'm changing it" in read(cleo.press("Save the change"))
    (job,) = cleo.jobs
    assert job.partition == "series:CCCCCCCCCC01"
    assert isinstance(job.event, BeginSeries)
    assert job.event.draft.changes == "CCCCCCCCCC01"
    assert f"{job.event.draft.schedule.start:%H:%M}" == "10:00"


def test_a_change_can_be_put_away() -> None:
    cleo = advisor(series=(running(),))
    cleo.say("reminder change CCCCCCCCCC01", pressed=True)
    assert "it goes on as it was." in read(cleo.press("Cancel"))
    assert cleo.jobs == []


@pytest.mark.parametrize(
    ("id", "speaker", "said"),
    [
        ("CCCCCCCCCC99", Speaker("slack:T1/UCLEO", "advisor"), "can't find that one"),
        ("CCCCCCCCCC01", OFFICER, "Only advisors can do that"),
    ],
)
def test_a_change_of_what_is_not_there_or_not_theirs(id: str, speaker: Speaker, said: str) -> None:
    person = advisor(speaker=speaker, series=(running(),))
    decision = person.say(f"reminder change {id}", pressed=True)
    assert said in read(decision)
    assert decision.effects == ()


# --- Lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name", "targets"),
    [
        ("list the board: @asha, @bryn, #partnership-board", "board", (ASHA, BRYN, CHANNEL)),
        ("list Board: @asha and @bryn", "Board", (ASHA, BRYN)),
        ("make a list called Health and Care: @asha", "Health and Care", (ASHA,)),
        ("list the steering group: @bryn", "Steering group", (BRYN,)),
        ("add @bryn to the steering group", "Steering group", (ASHA, BRYN)),
        ("add @asha to the steering group list", "Steering group", (ASHA,)),
        ("delete list the steering group", "steering group", ()),
        ("delete the steering group list", "steering group", ()),
    ],
)
def test_a_list_is_kept_by_the_board(words: str, name: str, targets: tuple[Target, ...]) -> None:
    cleo = advisor()
    cleo.say(words)
    event = kept(cleo)
    assert isinstance(event, KeepList)
    assert (event.name, event.targets, event.by.id) == (name, targets, "slack:T1/UCLEO")


@pytest.mark.parametrize("who", ["@asha", "Asha Patel"])
def test_somebody_is_taken_from_a_list(who: str) -> None:
    both = AdvisorSettings(lists={"steering group": (ASHA, BRYN)}, titles={})
    cleo = advisor(advisor_settings=both)
    cleo.say(f"remove {who} from the steering group")
    event = kept(cleo)
    assert isinstance(event, KeepList)
    assert event.targets == (BRYN,)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("list the board:", "Who belongs to it?"),
        ("list the board: asha", "I know no list called “asha”"),
        ("list the board: @nobody", "reached me as plain words"),
        ("list the board: the steering group", "A list holds people and channels"),
        ("list everyone: @asha", "That name won't do"),
        ("list <!channel>: @asha", "That name won't do"),
        (f"list {'long ' * 20}: @asha", "That name won't do"),
        ("add @asha to the choir", "I know no list of that name"),
        ("remove @bryn from the steering group", "None of those is on that list"),
        ("remove @asha from the steering group", "would leave nobody"),
        ("delete list choir", "I know no list of that name"),
    ],
)
def test_what_cannot_be_done_to_a_list(words: str, said: str) -> None:
    cleo = advisor()
    assert said in read(cleo.say(words))
    assert cleo.jobs == []


def test_lists_are_shown_with_their_people() -> None:
    said = read(advisor().say("lists"))
    assert "Steering group: Asha Patel" in said
    assert "Finance and IT: Bryn Hughes" in said
    assert "There are no lists yet" in read(advisor(advisor_settings=AdvisorSettings()).say("lists"))


@pytest.mark.parametrize("words", ["add payroll to the shared service", "remove the long waiting list"])
def test_what_names_no_list_is_a_question(words: str) -> None:
    for person in (advisor(), advisor(speaker=OFFICER)):
        (reply,) = person.say(words).replies
        assert reply.asked


# --- Advisors and the digest --------------------------------------------------------------------------


def test_an_advisor_is_added_and_taken_away() -> None:
    cleo = advisor()
    cleo.say("add advisor @asha")
    event = kept(cleo)
    assert isinstance(event, KeepAdvisor)
    assert (event.person, event.away) == (ASHA, False)
    cleo = advisor(advisor_settings=replace(LISTS, advisors={ASHA.id: "Asha Patel"}))
    assert "Added in chat: Asha Patel" in read(cleo.say("advisors"))
    cleo.say("remove advisor @asha")
    event = kept(cleo)
    assert isinstance(event, KeepAdvisor)
    assert event.away


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("remove advisor @bryn", "the setting ADVISORS"),
        ("add advisor #partnership-board", "Mention the people with @"),
        ("add advisor @nobody", "reached me as plain words"),
    ],
)
def test_what_cannot_be_done_to_an_advisor(words: str, said: str) -> None:
    cleo = advisor()
    assert said in read(cleo.say(words))
    assert cleo.jobs == []


@pytest.mark.parametrize(("words", "wanted"), [("digest on", True), ("weekly digest off", False)])
def test_the_digest_is_wanted_or_not(words: str, wanted: bool) -> None:
    cleo = advisor()
    cleo.say(words)
    event = kept(cleo)
    assert isinstance(event, KeepDigest)
    assert (event.wanted, event.to, event.tenant) == (wanted, {"channel": "DCLEO"}, "slack:T1")


@pytest.mark.parametrize(
    "words",
    ["lists", "list the board: @asha", "add @asha to the steering group", "delete list steering group",
     "add advisor @asha", "remove advisor @asha", "digest off"],
)  # fmt: skip
def test_an_officer_cannot_do_what_advisors_do(words: str) -> None:
    asha = advisor(speaker=OFFICER)
    assert "Only advisors can do that" in read(asha.say(words))
    assert asha.jobs == []


def test_without_memory_it_asks_to_try_again() -> None:
    for words in ("reminders", "lists", "add advisor @asha", "digest off"):
        assert "try again in a few minutes" in read(advisor(remembers=False).say(words))


def test_a_report_is_had_by_the_words_of_what_runs() -> None:
    cleo = advisor(series=(running(), running(2)))
    decision = cleo.say("report on part 2")
    assert (decision.needs, decision.press) == ("press", "reminder report CCCCCCCCCC02")
    assert "Which one? reminders lists" in read(cleo.say("report Northshire"))


# --- By their words -----------------------------------------------------------------------------------


def alike(number: int, **changes: object) -> Summary:
    """A series whose words are those of others."""
    summary = running(number)
    return replace(summary, series=replace(summary.series, draft=replace(summary.series.draft, **changes)))


@pytest.mark.parametrize(
    ("said", "press"),
    [
        ("hand over part 2 to @bryn", "reminder hand over CCCCCCCCCC02 to slack:T1/UBRYN"),
        ("pass over my reminder to brief members, part 2 to Bryn", "reminder hand over CCCCCCCCCC02 to Bryn"),
        ("hand over part 2", "reminder hand over CCCCCCCCCC02"),
        ("take over part 2", "reminder take over CCCCCCCCCC02"),
    ],
)
def test_a_series_is_handed_over_by_its_words(said: str, press: str) -> None:
    decision = advisor(series=(running(), running(2))).say(said)
    assert (decision.needs, decision.press) == ("press", press)


def test_of_several_alike_each_button_tells_which_it_is() -> None:
    words, later = "Ring the leader", datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
    same = (alike(1, what=words), replace(alike(2, what=words), next=later))
    others = (alike(3, what=words, targets=(BRYN,)), alike(4, what="Ring back"))
    cleo = advisor(series=(*same, *others))
    cleo.say("cancel ring the leader")
    assert labels(cleo) == [
        "End it: Ring the leader, to Steering group, Mon 30 Nov",
        "End it: Ring the leader, to Steering group, Mon 7 Dec",
        "End it: Ring the leader, to Bryn Hughes",
    ]
    decision = cleo.say("bryn")
    assert decision.press == "reminder cancel CCCCCCCCCC03"
    cleo.say("hand over ring the leader to @asha")
    assert cleo.offered[2].says == "reminder hand over CCCCCCCCCC03 to slack:T1/UASHA"


def test_a_series_is_changed_by_its_words_and_what_is_said_behind_them() -> None:
    cleo = advisor(series=(running(), running(2)))
    assert "Every Friday at 09:30" in read(cleo.say("change my reminder to brief members, part 2 to Friday"))
    said = read(cleo.say("change part 2 to not in August"))
    assert "Every Friday" in said
    assert "except in August" in said
    assert "To: Bryn Hughes" in read(
        cleo.say("change brief members part 2: @bryn instead of the steering group")
    )
    assert draft(cleo).changes == "CCCCCCCCCC02"
    assert "“tomorrow”: again and again" in read(cleo.say("move brief members part 1 to tomorrow"))
    assert "Not understood: purple" in read(cleo.say("change my reminder to brief members part 1 to purple"))
