"""Forms as modals, held against Slack's limits by the SDK's own models and by the stand-in."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View

from bot.platforms.slack.address import METADATA, SlackPlace, unpack
from bot.platforms.slack.render_form import modal, placed
from dialogs.core.forms import Audience, Field, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Choice, Progress, Text
from playground.slack_checks import view_problems
from tests.slack.test_render import HOSTILE

Json = dict[str, Any]
HERE = SlackPlace("C1", "channel", "U1", "8.2")
SCALE = tuple(Option(f"Step {n}", f"{n}") for n in range(1, 6))

PICKS = st.builds(
    SelectField,
    id=st.just(""),
    label=HOSTILE,
    options=st.lists(st.builds(Option, HOSTILE, HOSTILE), max_size=120).map(tuple),
    value=HOSTILE,
    many=st.booleans(),
    optional=st.booleans(),
    hint=HOSTILE,
)
ENTRIES = st.builds(
    TextEntry, st.just(""), HOSTILE, HOSTILE, st.integers(0, 5_000), st.booleans(), st.booleans(), HOSTILE
)
AUDIENCES = st.builds(Audience, st.just(""), HOSTILE, HOSTILE, st.booleans(), HOSTILE)
FIELDS = st.one_of(
    PICKS, ENTRIES, AUDIENCES, st.builds(Text, HOSTILE), st.builds(Progress, st.integers(), st.integers())
)
FORMS = st.builds(
    Form,
    says=HOSTILE,
    title=HOSTILE,
    fields=st.lists(FIELDS, max_size=40).map(tuple),
    submit=HOSTILE,
    back=st.none() | st.builds(Choice, HOSTILE, HOSTILE),
)


def numbered(form: Form) -> Form:
    """The form with ids of its own for its fields."""
    fields = []
    for number, field in enumerate(form.fields):
        if isinstance(field, SelectField):
            field = SelectField(
                f"f{number}", field.label, field.options, field.value, field.many, field.optional, field.hint
            )
        elif isinstance(field, TextEntry):
            field = TextEntry(
                f"f{number}", field.label, field.value, field.longest, field.lines, field.optional, field.hint
            )
        elif isinstance(field, Audience):
            field = Audience(f"f{number}", field.label, field.value, field.optional, field.hint)
        fields.append(field)
    return Form(form.says, form.title, tuple(fields), form.submit, form.back)


def drawn(*fields: Field, **more: Any) -> list[Json]:
    """The blocks of a form with these fields."""
    blocks: list[Json] = modal(Form("save", "Form", fields, **more), HERE)["blocks"]
    return blocks


@settings(max_examples=120)
@given(FORMS.map(numbered))
def test_any_form_keeps_slacks_limits(form: Form) -> None:
    view = modal(form, HERE)
    assert view_problems(view) == []
    assert len(view["private_metadata"].encode("utf-16-le", "replace")) // 2 <= METADATA
    for block in view["blocks"]:
        parsed = SdkBlock.parse(block)
        assert parsed is not None
        parsed.validate_json()
    View(**{**view, "blocks": SdkBlock.parse_all(view["blocks"])}).validate_json()


def test_a_form_carries_its_words_and_where_it_was_opened() -> None:
    says = 'readiness "page" K7QM\n0' + "x" * 1_900
    view = modal(Form(says, "Form", ()), HERE)
    assert unpack(view["private_metadata"], "U1") == (HERE, says)


def test_few_options_are_shown_at_once_and_many_in_a_list() -> None:
    kinds = {
        (count, many): drawn(
            SelectField("p", "Which?", tuple(Option(f"{n}", f"{n}") for n in range(count)), many=many)
        )[0]["element"]["type"]
        for count in (6, 7)
        for many in (False, True)
    }
    assert kinds == {
        (6, False): "radio_buttons",
        (6, True): "checkboxes",
        (7, False): "static_select",
        (7, True): "multi_static_select",
    }


def test_what_is_picked_to_begin_with_is_picked() -> None:
    one, several, none = drawn(
        SelectField("a", "A", SCALE, "4"),
        SelectField("b", "B", SCALE, "2,5", many=True),
        SelectField("c", "C", SCALE, "gone"),
    )
    assert one["element"]["initial_option"]["value"] == "4"
    assert [option["value"] for option in several["element"]["initial_options"]] == ["2", "5"]
    assert "initial_option" not in none["element"]


def test_an_entry_has_its_length_its_hint_and_what_was_there() -> None:
    (block,) = drawn(
        TextEntry("purpose", "Why?", "So that…", 300, lines=True, optional=True, hint="One sentence")
    )
    assert block["element"] == {
        "type": "plain_text_input",
        "action_id": "purpose",
        "multiline": True,
        "max_length": 300,
        "initial_value": "So that…",
    }
    assert (block["block_id"], block["optional"], block["hint"]["text"]) == ("purpose", True, "One sentence")


def test_an_audience_is_people_and_channels_and_keeps_those_in_teams() -> None:
    value = (
        "person slack:T1/U1,channel slack:C1,person teams:t/u,channel teams:19:x@thread.tacv2,group slack:S1"
    )
    people, channels, elsewhere = drawn(Audience("who", "Who?", value))
    assert people["element"]["initial_users"] == ["U1"]
    assert channels["element"]["initial_conversations"] == ["C1"]
    assert channels["element"]["filter"] == {"include": ["public", "private"]}
    assert [option["value"] for option in elsewhere["element"]["initial_options"]] == [
        "person teams:t/u",
        "channel teams:19:x@thread.tacv2",
        "group slack:S1",
    ]
    assert [block["block_id"] for block in (people, channels)] == ["who", "who channels"]
    assert len(drawn(Audience("who", "Who?"))) == 2


def test_words_progress_and_back() -> None:
    bar, words, row = drawn(Progress(1, 5), Text("**Buy-in**"), back=Choice("Back", "readiness part K7QM 0"))
    assert bar["elements"][0]["text"] == "▰▱▱▱▱  1 of 5"
    assert words["text"]["text"] == "*Buy-in*"
    assert row["elements"][0]["value"] == "readiness part K7QM 0"


def test_a_page_that_is_only_read_is_closed_not_submitted() -> None:
    view = modal(Form("", "Saved", (Text("Thank you."),)), HERE)
    assert "submit" not in view
    assert view["close"]["text"] == "Close"
    asked = modal(Form("save", "Form", (TextEntry("a", "A"),), submit="Next"), HERE)
    assert (asked["submit"]["text"], asked["close"]["text"]) == ("Next", "Cancel")


def test_errors_stand_at_their_fields_and_the_others_at_the_first() -> None:
    view = modal(
        Form("save", "Form", (Text("Hello."), TextEntry("a", "A"), TextEntry("b", "B")), submit="Save"), HERE
    )
    assert placed({"b": "Too long."}, view) == {"b": "Too long."}
    assert placed({"b": "Too long.", "gone": "Odd.", "other": "Odder."}, view) == {
        "b": "Too long.",
        "a": "Odd. Odder.",
    }
    assert placed({"a": "Odd."}, {"blocks": []}) == placed({"a": "Odd."}, {}) == {}
