"""The forms of a readiness check for many: what they ask, and what is taken of what comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.core.forms import SelectField, TextEntry
from dialogs.core.replies import Progress
from dialogs.core.session_model import CheckPlan
from dialogs.sessions.pages import page_form, pages, read_page, read_set_up, set_up_form
from dialogs.wording import sessions as words
from tests.harness.small import SMALL

ID = "C3D4F6G7H9J3"
PLOT = SMALL.checks["plot"]
NAMES = ("County", "District")
PLAN = CheckPlan("plot")


def test_the_organisation_is_asked_first_where_the_host_gave_a_list() -> None:
    assert pages(PLOT) == ("organisation", "compost", "water", "bed-shared")
    with_list, without = (page_form(ID, PLOT, names, 0, {}, SMALL) for names in (NAMES, ()))
    assert [field.id for field in with_list.fields if isinstance(field, SelectField)] == ["organisation"]
    assert [field.id for field in without.fields if isinstance(field, SelectField)] == [
        "compost-autumn",
        "compost-heap",
    ]
    assert (with_list.back, without.back) == (None, None)


@pytest.mark.parametrize(("names", "first"), [((), 1), (NAMES, 0)])
def test_a_page_has_the_same_number_with_a_list_and_without(names: tuple[str, ...], first: int) -> None:
    steps = []
    for page in range(first, 4):
        form = page_form(ID, PLOT, names, page, {}, SMALL)
        assert form.says == f"readiness page {ID} {page}"
        steps += [(field.done, field.total) for field in form.fields if isinstance(field, Progress)]
    assert steps == [(done, 4 - first) for done in range(4 - first)]


def test_a_page_asks_each_statement_of_a_factor_with_dont_know() -> None:
    form = page_form(ID, PLOT, (), 0, {"compost-heap": "4"}, SMALL)
    picks = {field.id: field for field in form.fields if isinstance(field, SelectField)}
    assert list(picks) == ["compost-autumn", "compost-heap"]
    assert [option.value for option in picks["compost-heap"].options] == ["1", "2", "3", "4", "5", "0"]
    assert picks["compost-heap"].options[-1].label == "Don't know"
    assert (picks["compost-autumn"].value, picks["compost-heap"].value) == ("", "4")
    assert all(field.optional for field in picks.values())
    assert (form.says, form.submit, form.back) == (f"readiness page {ID} 1", words.SAVE_ON, None)


def test_pages_lead_on_and_back_and_end_with_thanks() -> None:
    last = page_form(ID, PLOT, (), 3, {}, SMALL)
    assert last.submit == words.SAVE_END
    assert last.back is not None
    assert last.back.says == f"readiness part {ID} 2"
    thanks = page_form(ID, PLOT, (), 4, {}, SMALL)
    assert (thanks.says, thanks.submit) == ("", "")
    assert thanks.back is not None
    assert thanks.back.says == f"readiness part {ID} 3"


def test_titles_are_short_enough_for_slack() -> None:
    forms = [page_form(ID, PLOT, NAMES, page, {}, SMALL) for page in range(5)]
    for form in (*forms, set_up_form(ID, PLAN, PLOT, SMALL)):
        assert len(form.title) <= 24
        assert len(form.submit) <= 24


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"compost-autumn": "1", "compost-heap": "5"}, {"compost-autumn": "1", "compost-heap": "5"}),
        ({"compost-autumn": "0"}, {"compost-autumn": "0", "compost-heap": ""}),
        ({}, {"compost-autumn": "", "compost-heap": ""}),
        ({"compost-autumn": "6", "compost-heap": "-1"}, {"compost-autumn": "", "compost-heap": ""}),
        ({"compost-autumn": "１", "compost-heap": "4.5"}, {"compost-autumn": "", "compost-heap": ""}),
        ({"water-butts": "5", "own": "x", "done": "1", "organisation": "County"},
         {"compost-autumn": "", "compost-heap": ""}),
    ],
)  # fmt: skip
def test_forged_fields_and_values_are_dropped(values: dict[str, str], kept: dict[str, str]) -> None:
    assert read_page(PLOT, (), 1, values) == (kept, {})


@given(page=st.integers(-3, 9), values=st.dictionaries(st.text(max_size=20), st.text(max_size=20)))
def test_a_page_keeps_nothing_but_its_own_statements(page: int, values: dict[str, str]) -> None:
    fields, errors = read_page(PLOT, (), page, values)
    assert errors == {}
    asked = PLOT.on_factor(PLOT.factors[page - 1]) if 1 <= page <= 3 else ()
    assert set(fields) == {statement.id for statement in asked}
    assert set(fields.values()) <= {"", *"012345"}


@pytest.mark.parametrize(
    ("chosen", "kept", "error"),
    [
        ("County", {"organisation": "County"}, None),
        ("", {}, words.CHOOSE_ORGANISATION),
        ("Elsewhere", {}, words.NOT_LISTED),
        ("county", {}, words.NOT_LISTED),
    ],
)
def test_an_organisation_is_one_of_the_list(chosen: str, kept: dict[str, str], error: str | None) -> None:
    fields, errors = read_page(PLOT, NAMES, 0, {"organisation": chosen})
    assert fields == kept
    assert errors.get("organisation") == error


# --- What the host sets up --------------------------------------------------------------------------


def test_the_form_shows_the_plan_as_it_stands() -> None:
    plan = CheckPlan("plot", "bed-flat", 3, "To eat better.", NAMES)
    form = set_up_form(ID, plan, PLOT, SMALL)
    values = {field.id: field.value for field in form.fields if isinstance(field, SelectField | TextEntry)}
    assert values == {
        "purpose": "To eat better.",
        "model": "bed-flat",
        "partners": "3",
        "names": "County\nDistrict",
    }
    assert read_set_up(plan, PLOT, values) == (plan, {})


@pytest.mark.parametrize(
    ("values", "plan"),
    [
        ({}, PLAN),
        ({"model": "none"}, PLAN),
        ({"model": "../etc/passwd"}, PLAN),
        ({"model": "bed-raised"}, CheckPlan("plot", "bed-raised")),
        ({"partners": " 12 "}, CheckPlan("plot", partners=12)),
        ({"names": "County, District\n\n County \n"}, CheckPlan("plot", organisations=NAMES)),
        ({"purpose": "  So that\nall eat. "}, CheckPlan("plot", purpose="So that all eat.")),
    ],
)
def test_what_a_host_filled_in(values: dict[str, str], plan: CheckPlan) -> None:
    assert read_set_up(PLAN, PLOT, values) == (plan, {})


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"purpose": "x" * 2000}, "purpose", "That is 2,000 characters"),
        ({"partners": "1"}, "partners", "from 2 to 99"),
        ({"partners": "100"}, "partners", "from 2 to 99"),
        ({"partners": "-3"}, "partners", "from 2 to 99"),
        ({"partners": "many"}, "partners", "from 2 to 99"),
        ({"partners": "9" * 5000}, "partners", "from 2 to 99"),
        ({"names": "\n".join(map(str, range(13)))}, "names", "At most 12"),
        ({"names": "x" * 61}, "names", "at most 60"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    values: dict[str, str], field: str, said: str
) -> None:
    plan, errors = read_set_up(CheckPlan("plot", partners=4), PLOT, values)
    assert plan == CheckPlan("plot", partners=4)
    assert list(errors) == [field]
    assert said in errors[field]


@given(
    st.dictionaries(st.sampled_from(("purpose", "model", "partners", "names", "x")), st.text(max_size=400))
)
def test_any_values_make_a_plan_or_a_complaint(values: dict[str, str]) -> None:
    plan, errors = read_set_up(PLAN, PLOT, values)
    assert plan == PLAN or not errors
    assert len(plan.purpose) <= 300
    assert plan.partners == 0 or 2 <= plan.partners <= 99
    assert len(plan.organisations) <= 12
