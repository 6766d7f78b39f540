"""Forms as dialogs: Teams' own card models accept them, and what comes back is never more than strings."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from microsoft_teams import cards

from bot.platforms.teams.forms import AT_ONCE, CHANNELS, FIELDS, LONGEST, MISSING, dialog, filled, values
from dialogs.core.forms import Audience, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Choice, Progress, Text
from tests.teams.test_render import HOSTILE, MODELS, inside

SCALE = tuple(Option(str(number), str(number)) for number in range(1, 6))
MANY = tuple(Option(f"Option {number}", f"o{number}") for number in range(AT_ONCE + 1))
FORM = Form(
    "readiness save K7QM 1",
    "Take part",
    (
        Progress(1, 5),
        Text("**Buy-in.** How far do you agree?"),
        SelectField("s1", "The leader backs it", SCALE, value="4"),
        SelectField("model", "Which model?", MANY, optional=True, hint="As the deck names them."),
        SelectField("org", "Whose?", SCALE[:2], value="1,2", many=True),
        TextEntry("why", "Why?", value="x" * 50, longest=20, lines=True, hint="In one sentence."),
        Audience("who", "Who gets it?", value="person teams:t1/a1,channel teams:19:c,person slack:T1/U1"),
    ),
    submit="Next",
    back=Choice("Back", "readiness page K7QM 0"),
)
KNOWN = {
    **MODELS,
    "Input.ChoiceSet": cards.ChoiceSetInput,
    "Input.Text": cards.TextInput,
    "Data.Query": cards.QueryData,
}


def page(form: Form = FORM, errors: dict[str, str] | None = None) -> dict[str, Any]:
    """A form's dialog as it goes over the wire."""
    shown: dict[str, Any] = json.loads(msgspec.json.encode(dialog(form, "t1", errors)))
    return shown


def card(shown: dict[str, Any]) -> dict[str, Any]:
    """The card of a dialog."""
    content: dict[str, Any] = shown["card"]["content"]
    return content


def field(shown: dict[str, Any], id: str) -> dict[str, Any]:
    """An input of a dialog."""
    return next(element for element in card(shown)["body"] if element.get("id") == id)


def test_a_dialog_has_a_title_a_size_and_a_card() -> None:
    shown = page()
    assert (shown["title"], shown["height"], shown["width"]) == ("Take part", "large", "medium")
    assert shown["card"]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert page(Form("x", "Short", FORM.fields[:1]))["height"] == "medium"


def test_few_options_are_shown_at_once_and_many_in_a_list() -> None:
    shown = page()
    few, many, several = field(shown, "s1"), field(shown, "model"), field(shown, "org")
    assert (few["style"], few["isMultiSelect"], few["value"]) == ("expanded", False, "4")
    assert [choice["value"] for choice in few["choices"]] == ["1", "2", "3", "4", "5"]
    assert (few["isRequired"], few["errorMessage"]) == (True, MISSING)
    assert many["style"] == "compact"
    assert "isRequired" not in many
    assert (several["isMultiSelect"], several["value"]) == (True, "1,2")


def test_words_are_entered_within_their_limit() -> None:
    why = field(page(), "why")
    assert (why["maxLength"], why["isMultiline"], why["value"]) == (20, True, "x" * 20)


def test_people_are_picked_and_channels_named_by_mention() -> None:
    shown = page()
    who = field(shown, "who")
    assert who["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert who["value"] == "a1"
    said = [element["text"] for element in card(shown)["body"] if element["type"] == "TextBlock"]
    assert CHANNELS in said
    assert "What was chosen elsewhere stays: 1 channel and 1 other." in said


def test_the_buttons_carry_our_words_and_back_carries_no_input() -> None:
    back, submit = card(page())["actions"]
    assert (back["data"], back["associatedInputs"]) == ({"says": "readiness page K7QM 0"}, "none")
    assert submit["title"] == "Next"
    assert submit["data"] == {
        "says": "readiness save K7QM 1",
        "form": True,
        "kept": {"who": "channel teams:19:c,person slack:T1/U1"},
    }


def test_a_page_that_is_only_read_has_no_button() -> None:
    assert "actions" not in card(page(Form("x", "Read", FORM.fields[:2])))


def test_each_error_stands_below_its_field() -> None:
    shown = page(errors={"s1": "Please *choose*.", "gone": "This check is closed."})
    body = card(shown)["body"]
    assert body[0]["text"] == "This check is closed."
    below = body[[element.get("id") for element in body].index("s1") + 1]
    assert (below["text"], below["color"]) == (r"Please \*choose\*.", "Attention")


def test_nobodys_words_become_functions() -> None:
    shown = page(Form(HOSTILE, "T", (SelectField("p", HOSTILE, (Option(HOSTILE, "v"),)),), submit="Go"))
    assert "{{" not in field(shown, "p")["label"]
    assert "{{" not in field(shown, "p")["choices"][0]["title"]


def test_every_property_that_we_write_is_one_that_teams_knows() -> None:
    content = card(page(errors={"s1": "x"}))
    cards.AdaptiveCard.model_validate(content)
    for element in inside(content):
        if element.get("type") in KNOWN:
            model: Any = KNOWN[element["type"]]
            model.model_validate(element)
            assert set(element) - {"$schema"} <= set(model.model_json_schema()["properties"]), element["type"]


# --- What comes back --------------------------------------------------------------------------------


def test_values_are_the_fields_and_nothing_of_ours() -> None:
    given_back = {"says": "x", "form": True, "msteams": {}, "s1": "4", "org": "1,2", "why": "", "b": True}
    assert values(given_back, "t1") == {"s1": "4", "org": "1,2", "why": "", "b": "true"}


def test_people_come_back_with_what_was_chosen_elsewhere() -> None:
    picked = {"kept": {"who": "channel teams:19:c"}, "who": "a1,a2,a1, ,}x{,a b"}
    assert values(picked, "t2") == {
        "who": "person teams:t2/a1,person teams:t2/a2,channel teams:19:c",
    }
    assert values({"kept": {"who": ["x"]}, "who": ""}, "t2") == {"who": ""}


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        (None, ""),
        (3, "3"),
        (10**5000, ""),
        (2.5, ""),
        (["a", 1, {"b": 2}, "c"], "a,c"),
        ({"a": 1}, ""),
        ("x" * 100_000, "x" * LONGEST),
    ],
    ids=["nothing", "a number", "a number without end", "a fraction", "a list", "an object", "too much"],
)
def test_a_strange_value_becomes_a_string(sent: Any, taken: str) -> None:
    assert values({"a": sent}, "t1") == {"a": taken}


def test_only_so_many_values_are_taken() -> None:
    assert len(values({f"f{number}": "x" for number in range(5000)}, "t1")) <= FIELDS + 4


def test_a_page_is_filled_with_what_was_submitted() -> None:
    again = filled(FORM, {"s1": "2", "why": "because", "unknown": "x"})
    shown = page(again, {"why": "Say more."})
    assert field(shown, "s1")["value"] == "2"
    assert field(shown, "why")["value"] == "because"
    assert field(shown, "model").get("value") is None


def test_what_was_picked_survives_a_round_through_the_card() -> None:
    submit = card(page())["actions"][-1]
    data = {**submit["data"], "who": field(page(), "who")["value"]}
    back = values(data, "t1")["who"]
    assert set(back.split(",")) == {
        "person teams:t1/a1",
        "channel teams:19:c",
        "person slack:T1/U1",
    }
    assert field(page(filled(FORM, {"who": back})), "who")["value"] == "a1"


texts = st.text(max_size=40) | st.sampled_from([HOSTILE, "", "x" * 3000, "{{" * 200, "\u202e"])
ids = st.text("abcdef", min_size=1, max_size=5)
fields = st.one_of(
    st.builds(Text, texts),
    st.builds(Progress, st.integers(-2, 9), st.integers(-2, 9)),
    st.builds(
        SelectField,
        ids,
        texts,
        st.lists(st.builds(Option, texts, texts), max_size=8).map(tuple),
        texts,
        st.booleans(),
        st.booleans(),
        texts,
    ),
    st.builds(TextEntry, ids, texts, texts, st.integers(1, 4000), st.booleans(), st.booleans(), texts),
    st.builds(Audience, ids, texts, texts, st.booleans(), texts),
)
choices = st.none() | st.builds(Choice, texts, texts)
forms = st.builds(Form, texts, texts, st.lists(fields, max_size=8).map(tuple), texts, choices)


@given(forms, st.dictionaries(ids, texts, max_size=3))
def test_any_form_is_a_card(form: Form, errors: dict[str, str]) -> None:
    cards.AdaptiveCard.model_validate(card(page(form, errors)))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.text(max_size=8), deeper, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["says", "form", "kept", "msteams", "who"]) | st.text(max_size=8)


@given(st.dictionaries(keys, json_values, max_size=6))
def test_whatever_comes_back_strings_are_taken(data: dict[str, Any]) -> None:
    taken = values(data, "t1")
    assert all(isinstance(text, str) for pair in taken.items() for text in pair)
