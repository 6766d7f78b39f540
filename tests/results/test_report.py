"""A joint result as people read it, over time, and as a table."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from msgspec.structs import replace

import knowledge
from dialogs import choices, plain
from dialogs.core.replies import Block, Chart, Choices, Details, Facts, Reply, Text, Title
from dialogs.core.result_model import JointResult
from dialogs.core.session_model import AnsweredForm
from dialogs.readiness.outcome import minute_of
from dialogs.results.report import detail_blocks, history_blocks, result_blocks
from dialogs.results.table import table
from tests.harness.details import in_full
from tests.harness.knowledge import own_knowledge
from tests.harness.small import NOW, SMALL
from tests.results.people import CHECK, IDS, PEOPLE, answering, closed, forms_of

SESSION = "CDFGHJKMNPQR"


def read(blocks: list[Block]) -> str:
    """All that is said."""
    return plain(Reply(tuple(blocks)))


def shown(forms: dict[str, AnsweredForm], **more: object) -> list[Block]:
    """The blocks of what ``forms`` come to."""
    return whole(closed(forms, **more))


def whole(result: JointResult) -> list[Block]:
    """A result, and what stands behind its button."""
    return list(in_full(Reply(tuple(result_blocks(result, CHECK, SMALL, SESSION)))).blocks)


def test_a_result_says_where_partners_disagree_and_what_to_do() -> None:
    forms = forms_of(a=[5, 5, 4, 5], b=[2, 2, 1])
    for person in forms:
        forms[person].answers.update({"water-evening": 0, "water-butts": 3})
    blocks = shown(forms, model="bed-flat", partners=4, purpose="To eat *well*")
    said = read(blocks)
    assert "Overall 53 of 100 (each organisation counts the same). Strongest:" in said
    assert "Where you disagree: Compost. Allerton 94, Borough *of* Bray 17: talk about this first." in said
    assert "Most of you don't know how true this is: “We water in the evening.”" in said
    assert "Took part: 7 people of 2 organisations" in said
    assert "Answered by all, people close together, about half of the answers “Don't know”: Watering" in said
    assert "tends to fail" in said
    assert "Purpose: To eat *well*" in said
    assert "Three things we suggest next" in said
    assert "“We water in the evening.”: most of you don't know" in said


def test_its_point_and_picture_stand_first_and_what_they_rest_on_behind_one_button() -> None:
    result = closed(forms_of(a=[5, 5, 4, 5], b=[2, 2, 1]))
    blocks = result_blocks(result, CHECK, SMALL, SESSION)
    kinds = [type(block) for block in blocks]
    assert set(kinds) == {Title, Text, Chart, Choices}
    assert kinds[-3:] == [Chart, Text, Choices], "what to do stands under the picture"
    details, *others = choices(Reply(tuple(blocks)))
    assert details.says == f"readiness history {minute_of(result.at)}", "what brings it where nothing unfolds"
    assert details.unfolds == Details(tuple(detail_blocks(result, CHECK, SMALL)))
    assert type(details.unfolds.blocks[0]) is Facts
    assert not any(choice.unfolds for choice in others)


def test_the_picture_has_a_series_for_each_organisation_that_is_shown() -> None:
    blocks = shown(forms_of(a=[5, 5, 5], b=[1, 1, 1], c=[2]))
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert [(series.name, series.values) for series in chart.series] == [
        ("All organisations", (42.0,) * 3), ("Allerton", (100.0,) * 3)
    ]  # fmt: skip


def test_of_many_organisations_the_picture_shows_what_can_be_told_apart() -> None:
    names = {f"o{at}": f"Organisation {at}" for at in range(8)}
    forms = {f"{who}{at}": answering(who, 3) for who in names for at in range(3)}
    result = closed(forms, names)
    blocks = whole(result)
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert len(chart.series) == 6
    assert "shows 5 of 8 organisations" in read(blocks)
    assert "Organisation 7" in table([result], CHECK, SMALL)


def test_its_buttons_read_lessons_and_lead_on() -> None:
    blocks = shown(forms_of(a=[5, 5, 5], b=[1, 1, 1]) | {"x": AnsweredForm("a", {"water-butts": 1})})
    says = [choice.says for choice in choices(Reply(tuple(blocks)))]
    assert {"readiness again in three months", "readiness export " + SESSION, "readiness history"} < set(says)
    assert "check-in water " + SESSION in says
    assert "show compost" in says


def test_names_are_shown_literally() -> None:
    texts = [block.md for block in shown(forms_of(a=[5, 5, 5], b=[1, 1, 1])) if isinstance(block, Text)]
    assert any("Borough \\*of\\* Bray 0" in text for text in texts)


def test_fewer_than_three_people_are_told_kindly() -> None:
    blocks = shown(forms_of(a=[5], b=[1]), model="bed-flat", purpose="To eat well")
    said = read(blocks)
    assert "Fewer than three of you did" in said
    assert "tends to fail" in said
    assert not any(isinstance(block, Chart) for block in blocks)
    assert "readiness export " + SESSION not in [choice.says for choice in choices(Reply(tuple(blocks)))]


def test_knowing_nothing_together_is_the_finding() -> None:
    said = read(shown(forms_of(a=[0, 0, 0])))
    assert "That is the finding." in said
    assert "Most of you don't know" in said


def test_all_true_is_said_so() -> None:
    assert "you call all of it true" in read(shown(forms_of(a=[5, 5, 5])))


def test_a_result_in_tens_says_why() -> None:
    """As results of earlier versions may be, which are shown as they were."""
    result = replace(closed(forms_of(a=[2, 2, 3])), step=10)
    assert "in tens here" in read(whole(result))


@given(PEOPLE)
def test_whatever_was_answered_makes_a_result_and_a_table(forms: dict[str, AnsweredForm]) -> None:
    result = closed(forms)
    said = read([*whole(result), *history_blocks([result] * 2, CHECK, SMALL)])
    assert "None" not in said
    assert table([result], CHECK, SMALL).count("\n") >= 2


def test_history_tells_what_moved_as_it_was_shown() -> None:
    before = closed(forms_of(a=[2, 2, 2]))
    later = {f"a{at}": AnsweredForm("a", {**dict.fromkeys(IDS, 2), "water-butts": 4}) for at in range(3)}
    after = closed(later, at=NOW + timedelta(days=90))
    blocks = history_blocks([before, after], CHECK, SMALL)
    (chart,) = (block for block in blocks if isinstance(block, Chart))
    assert chart.kind == "lines"
    assert "Since 23 November 2026: Watering rose from 25 to 50." in read(blocks)
    assert "Overall 33, 3 people" in read(blocks)


def test_history_compares_tens_with_tens() -> None:
    before = closed(forms_of(a=[2, 2, 2, 3]))  # 31, in tens 30
    after = replace(closed(forms_of(a=[2, 2, 2]), at=NOW + timedelta(days=5)), step=10)  # 25, so 20
    assert "Compost fell from 30 to 20" in read(history_blocks([before, after], CHECK, SMALL))


def test_history_keeps_its_place_for_a_check_with_too_few_people() -> None:
    said = read(history_blocks([closed(forms_of(a=[2])), closed(forms_of(a=[2] * 3))], CHECK, SMALL))
    assert "23 November 2026: fewer than three people answered" in said


def test_a_table_has_the_figures_that_were_shown_and_no_formula() -> None:
    rows = list(
        csv.DictReader(io.StringIO(table([closed(forms_of(a=[5, 5, 5, 5], c=[1, 1, 1]))], CHECK, SMALL)))
    )
    assert [row["Organisation"] for row in rows[:4]] == [
        "All organisations",
        "All organisations",
        "Allerton",
        "'=Cotham",
    ]
    assert [row["Score (0 to 100)"] for row in rows[:4]] == ["50", "50", "100", "0"]
    assert {row["Date"] for row in rows} == {"2026-11-23"}
    assert rows[0]["People with a score"] == "7"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_worked_out_by_a_spreadsheet(cell: str) -> None:
    result = closed(forms_of(a=[5, 5, 5], b=[1, 1, 1]), {"a": cell, "b": "B"})
    rows = list(csv.reader(io.StringIO(table([result], CHECK, SMALL), newline="")))
    assert f"'{cell}" in {row[3] for row in rows}


def test_each_of_our_next_actions_brings_advice_of_its_own() -> None:
    ours: knowledge.Knowledge = own_knowledge()
    (check,) = ours.checks.values()
    advice = [statement.advice for statement in check.statements]
    assert all(advice)
    assert len(set(advice)) == len(advice)
    forms = {
        f"p{at}": AnsweredForm("a", {statement.id: 1 + at % 2 for statement in check.statements})
        for at in range(4)
    }
    result = closed(forms, {}, check=check)
    said = read(result_blocks(result, check, ours, SESSION))
    texts = {statement.id: statement for statement in check.statements}
    assert all(texts[coming.statement].advice in said for coming in result.actions)
