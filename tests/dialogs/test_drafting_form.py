"""The form of a reminder or pulse: opened, filled in, and refused where it makes no sense or was forged."""

from __future__ import annotations

import pytest

from dialogs.core.events import Speaker
from dialogs.core.forms import Audience, Form, SelectField, TextEntry
from dialogs.core.model import Decision
from dialogs.core.replies import Quote
from tests.dialogs.series import ASHA, BRYN, CHANNEL, STEERING, advisor, draft
from tests.harness.person import Person, read

WHOLE = "remind the steering group and @asha first Monday of the month at 9.30 to brief members"
PEOPLE = "person slack:T1/UBRYN,channel slack:CBOARD"


def opened(decision: Decision) -> Form:
    """The form that a press opened."""
    assert decision.form
    return decision.form


def values(form: Form) -> dict[str, str]:
    """What a form holds when nobody changes it."""
    return {
        field.id: field.value
        for field in form.fields
        if isinstance(field, Audience | TextEntry | SelectField)
    }


def filled(person: Person, **changes: str) -> Decision:
    """Open the form of the draft, change some of it and submit it."""
    form = opened(person.say(f"draft change {draft(person).id}", pressed=True))
    return person.fill_in(form.says, {**values(form), **changes})


def test_a_press_opens_an_empty_form_and_what_is_filled_in_is_shown() -> None:
    cleo = advisor()
    form = opened(cleo.say("new reminder", pressed=True))
    assert len(form.title) <= 24
    said = cleo.fill_in(
        form.says,
        {**values(form), "people": PEOPLE, "what": "Brief members\n\non progress", "when": "Mondays at 9"},
    )
    assert "ready to start" in read(said)
    assert "Every Monday at 09:00" in read(said)
    made = draft(cleo)
    assert made.what == "Brief members\n\non progress"
    assert [(target.kind, target.id) for target in made.targets] == [
        ("person", BRYN.id),
        ("channel", CHANNEL.id),
    ]
    assert "I'm setting it up" in read(cleo.press("Start"))


def test_a_page_that_is_left_leaves_nothing() -> None:
    asha = advisor(speaker=Speaker("slack:T1/UASHA"))
    for who, kinds in ((asha, ("reminder",)), (advisor(), ("reminder", "pulse"))):
        for kind in kinds:
            form = opened(who.say(f"new {kind}", pressed=True))
            assert who.work.draft is None
            assert "still here" not in read(who.say("how many partners should we have?"))
            assert "Not finished" not in read(who.say("back"))
        # What it lacks is asked for on the page, of which still nothing is kept.
        again = who.fill_in(form.says, {**values(form), "what": ""})
        assert again.errors
        assert who.work.draft is None
        assert again.form is not None
        filled_in = {"what": "Fill in", "when": "Mondays at 9", "people": PEOPLE}
        who.fill_in(again.form.says, {**values(form), **filled_in})
        assert "ill in" in draft(who).what
        assert draft(who).kind == ("pulse" if kind == "pulse" else "remind")
    assert [target.id for target in asha.work.draft.targets] == ["slack:T1/UASHA"], "whom a forged page names"


def test_a_page_puts_away_the_draft_before_it_only_when_it_is_sent() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    before = draft(cleo)
    form = opened(cleo.say("new reminder", pressed=True))
    assert draft(cleo) == before
    said = cleo.fill_in(
        form.says, {**values(form), "people": PEOPLE, "what": "Fill in", "when": "Mondays at 9"}
    )
    assert "Fill in" in read(said)
    assert "hadn't started is dropped" in read(said)


def test_where_no_form_can_be_opened_a_button_does() -> None:
    cleo = advisor()
    decision = cleo.say("new pulse")
    assert decision.form is None
    (button,) = (choice for choice in cleo.offered if choice.label == "Fill in a form")
    assert button.opens
    assert opened(cleo.say(button.says, pressed=True)).title == "Pulse"


def test_a_form_left_as_it_was_changes_nothing() -> None:
    for words in (WHOLE, "pulse @asha every second Tuesday at 10 in Paris time skip bank holidays on buy-in"):
        cleo = advisor()
        cleo.say(words)
        before = draft(cleo)
        filled(cleo)
        assert draft(cleo) == before


def test_lists_are_chosen_beside_people() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    form = opened(cleo.press("Change"))
    picks = {field.id: field for field in form.fields if isinstance(field, SelectField)}
    assert [option.label for option in picks["lists"].options] == ["Steering group", "Finance and IT"]
    assert picks["lists"].value == "list:steering group"
    cleo.fill_in(form.says, {**values(form), "lists": "", "people": "person slack:T1/UASHA"})
    assert draft(cleo).targets == (ASHA,)


def test_the_other_platforms_people_stay_and_keep_their_names() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    filled(cleo)
    assert set(draft(cleo).targets) == {STEERING, ASHA}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"when": "every second Tuesday at 10"}, "Every second Tuesday at 10:00"),
        ({"off_days": "skip"}, "left out on bank holidays (England)"),
        ({"nation": "scotland"}, "(Scotland)"),
        ({"zone": "Paris"}, "Paris time"),
        ({"zone": "America/New_York"}, "New York time"),
        ({"when": "Mondays at 9 in Paris time with Welsh holidays"}, "Paris time, moved"),
        ({"when": "Mondays at 9 in Paris time", "zone": "Madrid"}, "Madrid time"),
    ],
)
def test_when_it_is_sent(changes: dict[str, str], shown: str) -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    assert shown in read(filled(cleo, **changes))


def test_a_pulse_named_caught_up_for_longer_and_asked_by_topic() -> None:
    cleo = advisor()
    cleo.say("pulse @asha every Monday at 10 on trust")
    filled(cleo, answers="named", catch_up="72", what="buy-in")
    made = draft(cleo)
    assert (made.anonymous, made.catch_up_hours) == (False, 72)
    assert (made.what, made.topic) == ("How firmly is the leadership behind this today?", "buy-in")


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"people": "", "lists": ""}, "people", "at least one"),
        ({"what": " \u200b "}, "what", "Say what I should remind them of."),
        ({"what": "x" * 4_000}, "what", "at most 3,000 fit"),
        ({"when": ""}, "when", "When?"),
        ({"when": "every Monday"}, "when", "At what time?"),
        ({"when": "on 31 February at 9"}, "when", "There is no 31 February"),
        ({"when": "on 3 March 2020 at 9"}, "when", "has passed"),
        ({"when": "every 5 minutes"}, "when", "at least 15 minutes"),
        ({"when": "every Blursday at 9"}, "when", "I don't know the dates of"),
        ({"zone": "Narnia"}, "zone", "I don't know the time zone “Narnia”"),
        ({"zone": "../../etc/passwd"}, "zone", "I don't know the time zone"),
        # What no form of ours sends.
        ({"people": "everyone"}, "people", "can't read whom"),
        ({"people": "person teams:evil/UX"}, "people", "can't read whom"),
        ({"people": "list steering group"}, "people", "can't read whom"),
        ({"people": ",".join(f"person slack:T1/U{n}" for n in range(101))}, "people", "At most 100"),
        ({"lists": "list:everyone"}, "lists", "one of those offered"),
        ({"off_days": "sometimes"}, "off_days", "one of those offered"),
        ({"nation": "narnia"}, "nation", "one of those offered"),
        ({"catch_up": "9999999"}, "catch_up", "one of those offered"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(
    changes: dict[str, str], field: str, why: str
) -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    before = draft(cleo)
    decision = filled(cleo, **changes)
    assert list(decision.errors) == [field]
    assert why in decision.errors[field]
    assert decision.form
    assert (decision.effects, decision.jobs) == ((), ())
    assert draft(cleo) == before


def test_a_pulse_cannot_be_published() -> None:
    cleo = advisor()
    cleo.say("pulse @asha every Monday at 10 on trust")
    assert "one of those offered" in filled(cleo, answers="published").errors["answers"]
    assert draft(cleo).anonymous


def test_all_that_is_wrong_is_said_at_once() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    decision = filled(cleo, what="", when="every 31 February at 9", zone="Narnia")
    assert set(decision.errors) == {"what", "when", "zone"}


def test_unknown_fields_are_ignored_and_missing_ones_stay() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    before = draft(cleo)
    cleo.fill_in(
        f"draft form {before.id}",
        {"owner": "slack:T1/UM", "answers": "named", "changes": "CDFGHJKMNPQR", "kind": "pulse"},
    )
    assert draft(cleo) == before


def test_a_form_of_a_draft_that_is_gone_or_anothers_changes_nothing_and_is_given_back() -> None:
    cleo = advisor()
    cleo.say(WHOLE)
    filled_in = {"what": "Book the room", "when": "every Friday at 9", "off_days": "next", "people": ""}
    gone = cleo.fill_in("draft form CDFGHJKMNPQR", filled_in)
    assert "isn't open any more" in read(gone)
    officer = cleo.fill_in(f"draft form {draft(cleo).id}", filled_in, speaker=Speaker("slack:T1/UCLEO"))
    assert "Only advisors" in read(officer)
    away = cleo.fill_in("new reminder", filled_in, remembers=False, advisor_settings=None)
    assert "try again in a few minutes" in read(away)
    for decision in (gone, officer, away):
        assert decision.effects == ()
        (reply,) = decision.replies
        assert [block.text for block in reply.blocks if isinstance(block, Quote)] == [
            "Book the room", "every Friday at 9",
        ], "what was typed, and nothing that was picked"  # fmt: skip
    assert "isn't open any more" in cleo.fill_in("draft form CDFGHJKMNPQR", {"what": " "}).note


def test_a_form_that_is_none_of_ours_is_not_heard() -> None:
    for says in ("", "draft form", "reminders", "quiz answer x 1 b"):
        assert not advisor().fill_in(says, {}).heard
