"""Templates and pulse questions: ours hold together, and another folder's are read or refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import PulseQuestion, Template
from knowledge.authoring.check import check, counts
from knowledge.base import OWN_FOLDER
from knowledge.reading import read_folder
from tests.knowledge.test_reading import change

SEASONS = """\
pulses:
  - id: thirst
    also: [water, dryness]
    lesson: watering
    text: How wet is the soil?
    low: Dust
    high: Bog
templates:
  - id: first-frost
    title: Before the first frost
    lesson: plot-size
    kind: remind
    text: Lift the last potatoes.
    when: every 1 October at 9:30
    season: October
    why: Frost spoils them.
  - id: dry-spell
    title: In a dry spell
    lesson: watering
    kind: pulse
    pulse: thirst
    when: every Monday at 9:30
    season: July and August
    why: A dry bed shows too late.
"""


@pytest.fixture
def seasons(folder: Path) -> Path:
    """The templates of a good folder, to change and break."""
    (folder / "templates").mkdir()
    path = folder / "templates" / "seasons.yaml"
    path.write_text(SEASONS, encoding="utf-8")
    return path


def test_templates_are_read_whole(seasons: Path) -> None:
    read = read_folder(seasons.parents[1])
    frost, dry = read.templates.templates
    assert frost == Template(
        id="first-frost", title="Before the first frost", lesson="plot-size", kind="remind",
        text="Lift the last potatoes.", when="every 1 October at 9:30", season="October",
        why="Frost spoils them.",
    )  # fmt: skip
    assert (dry.kind, dry.pulse, dry.text) == ("pulse", "thirst", "")
    assert read.templates.pulses == (
        PulseQuestion(
            id="thirst", also=("water", "dryness"), lesson="watering", text="How wet is the soil?",
            low="Dust", high="Bog",
        ),
    )  # fmt: skip
    assert read.templates.template("dry-spell") == dry
    assert read.templates.template("gone") is None
    assert read.templates.on_lesson("watering") == (dry,)
    assert read.templates.pulse("  Dryness ") == read.templates.pulse("thirst") == read.templates.pulses[0]
    assert read.templates.pulse("slugs") is None
    assert check(seasons.parents[1]).problems == []
    assert counts(read).endswith("templates: 2, pulse questions: 1")


def test_a_folder_may_have_none(folder: Path) -> None:
    assert read_folder(folder).templates.templates == ()


REFUSED = [
    ("    title: In a dry spell\n", "", "17: 'title' is missing"),
    ("    lesson: plot-size\n", "    lesson: plot-sighs\n", "11: there is no lesson 'plot-sighs'"),
    ("  lesson: watering\n    text", "  lesson: wattering\n    text", "4: there is no lesson 'wattering'"),
    ("kind: remind", "kind: nag", "12: 'kind' must be one of remind, pulse"),
    ("pulse: thirst", "pulse: hunger", "21: there is no pulse question 'hunger'"),
    ("    pulse: thirst\n", "", "17: 'pulse' is missing"),
    ("  pulse: thirst\n", "  pulse: thirst\n    text: Water!\n", "22: 'text' has no place where 'kind' is"),
    ("id: dry-spell", "id: first-frost", "17: another one here has the id 'first-frost' too"),
    ("low: Dust", "lowest: Dust", "6: unknown field 'lowest'"),
    ("when: every 1 October at 9:30\n", "when:\n", "14: 'when' is empty"),
    ("why: Frost spoils them.", f"why: {'m' * 141}", "16: 'why' has 141 characters; at most 140 fit"),
    ("high: Bog", f"high: {'m' * 21}", "7: an end of the scale has 21 characters; at most 20 fit"),
    (SEASONS, "templates: []\n", "1: neither 'templates' nor 'pulses' are here"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), REFUSED)
def test_the_loader_and_the_linter_name_file_and_line(
    seasons: Path, old: str, new: str, expected: str
) -> None:
    change(seasons, old, new)
    found = [str(problem) for problem in check(seasons.parents[1]).problems]
    assert any(fault.startswith(f"templates/seasons.yaml:{expected}") for fault in found), found


def test_ours_cover_the_municipal_year_and_ask_the_question_on_buy_in() -> None:
    ours = read_folder(OWN_FOLDER).templates
    assert [template.id for template in ours.templates] == [
        "first-briefing", "sponsor-check-in", "before-budget", "after-elections", "new-leader",
        "partner-asks", "quarterly-why",
    ]  # fmt: skip
    asked = ours.pulse("buy in")
    assert asked
    assert asked.text == "How firmly is the leadership behind this today?"
