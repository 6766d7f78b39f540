"""What was filled in: every kind of field as one string, and no shape of JSON as an exception."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from bot.platforms.slack import inbound as arrivals
from bot.platforms.slack.address import SlackPlace
from bot.platforms.slack.form_values import values
from bot.platforms.slack.inbound import Identity
from bot.platforms.slack.render_form import modal
from dialogs.core.events import Submitted
from dialogs.core.forms import Form, Option, SelectField, TextEntry
from tests.slack.served import us
from tests.slack.test_arrivals import JSON

Json = dict[str, Any]
PERSON = "slack:T1/{}".format
LETTERS = tuple(Option(letter.upper(), letter) for letter in "abc")
FORM = Form(
    "readiness page K7QM 1",
    "Form",
    (SelectField("many", "Which?", LETTERS, many=True), TextEntry("why", "Why?")),
    submit="OK",
)


def option(value: str) -> Json:
    return {"text": {"type": "plain_text", "text": value}, "value": value}


def view(state: Json) -> Json:
    """The form as Slack gives it back; ``state``: an element by the id of its field."""
    inside = {"values": {id: {id: element} for id, element in state.items()}}
    drawn = modal(FORM, SlackPlace("C1", "channel", "U1", "8.2"))
    return {**drawn, "id": "V1", "hash": "1.a", "state": inside}


def submission(filled: Json, **more: Any) -> Json:
    body = {"type": "view_submission", "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "1.2.3"}
    return {**body, "view": {**view(filled), **more}}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "value": "So that, well"}, "So that, well"),
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "radio_buttons", "selected_option": option("4")}, "4"),
        ({"type": "radio_buttons", "selected_option": None}, ""),
        ({"type": "static_select", "selected_option": option("model-cluster")}, "model-cluster"),
        ({"type": "checkboxes", "selected_options": [option("c"), option("a")]}, "a,c"),
        ({"type": "multi_static_select", "selected_options": []}, ""),
        (
            {"type": "multi_users_select", "selected_users": ["U1", "U2"]},
            "person slack:T1/U1,person slack:T1/U2",
        ),
        ({"type": "multi_conversations_select", "selected_conversations": ["C1"]}, "channel slack:C1"),
    ],
)
def test_each_kind_of_element(element: Json, value: str) -> None:
    assert values(view({"many": element}), PERSON) == {"many": value}


def test_the_menus_of_an_audience_are_one_value() -> None:
    state = {
        "who": {"who": {"selected_users": ["U1"]}},
        "who channels": {"who": {"selected_conversations": ["C1"]}},
        "who elsewhere": {"who": {"selected_options": [option("person teams:t/u")]}},
    }
    found = values({"state": {"values": state}}, PERSON)
    assert found == {"who": "person slack:T1/U1,channel slack:C1,person teams:t/u"}


@pytest.mark.parametrize(
    "element",
    [
        None,
        "text",
        7,
        ["a"],
        {},
        {"value": ["a"]},
        {"value": {"a": 1}},
        {"selected_option": "a"},
        {"selected_option": {"value": 3}},
        {"selected_options": "abc"},
        {"selected_options": [None, 3, {"value": None}]},
        {"selected_users": "U1"},
        {"selected_users": [None, {"id": "U1"}, "U1,person slack:T9/U9", ""]},
        {"selected_conversations": {"C1": True}},
    ],
)
def test_a_shape_that_slack_never_sends_is_an_empty_field(element: Any) -> None:
    assert values(view({"why": element}), PERSON) == {"why": ""}


@given(JSON)
def test_no_shape_of_a_state_is_an_exception(anything: Any) -> None:
    for state in (anything, {"values": anything}, {"values": {"why": anything}}):
        body = submission({}, state=state)
        inbound = arrivals.submitted(body, us())
        assert inbound is not None
        assert isinstance(inbound.event, Submitted)
        assert all(isinstance(value, str) for value in inbound.event.values.values())
    arrivals.submitted({"type": "view_submission", "view": anything, "user": {"id": "U1"}}, Identity())


def test_2000_characters_in_a_field_of_300_are_passed_on() -> None:
    inbound = arrivals.submitted(submission({"why": {"value": "x" * 2_000}}), us())
    assert inbound is not None
    assert inbound.event == Submitted("readiness page K7QM 1", {"why": "x" * 2_000})


def test_an_unknown_value_is_passed_on_for_the_dialog_to_judge() -> None:
    found = values(view({"many": {"selected_options": [option("b"), option("forged")]}}), PERSON)
    assert sorted(found["many"].split(",")) == ["b", "forged"]


def test_a_submission_is_known_by_its_page_and_what_was_filled_in() -> None:
    def idempotency_key(text: str, **more: Any) -> tuple[str, ...]:
        inbound = arrivals.submitted(submission({"why": {"value": text}}, **more), us())
        assert inbound is not None
        return inbound.idempotency_keys

    assert idempotency_key("a") == idempotency_key("a")
    assert (
        len(
            {
                idempotency_key("a"),
                idempotency_key("b"),
                idempotency_key("a", id="V2"),
                idempotency_key("a", hash="2.b"),
            }
        )
        == 4
    )


@pytest.mark.parametrize("metadata", ["", "D1", "C1\nchannel\n8.2\n\n\n", 7, "\n" * 9])
def test_a_view_that_is_no_form_of_ours_is_not_for_us(metadata: Any) -> None:
    assert arrivals.submitted(submission({}, private_metadata=metadata), us()) is None
