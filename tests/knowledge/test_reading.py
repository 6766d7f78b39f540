"""A knowledge folder is read whole, or refused with file, line and a plain sentence for each fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import BadKnowledge, load
from knowledge.base import read
from tests.knowledge.allotments import questions_of


def faults(folder: Path) -> list[str]:
    """What the loader says is wrong, a line each."""
    with pytest.raises(BadKnowledge) as refused:
        load(folder)
    return str(refused.value).split("\n")


def change(path: Path, old: str, new: str) -> None:
    """Replace the one place where ``old`` stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_good_folder_is_read_whole(folder: Path) -> None:
    knowledge = load(folder)
    # In the order of the deck's headings; an overview first, its items in its own order.
    assert list(knowledge.lessons) == ["plot-size", "the-year", "watering", "feeding-soil"]
    assert knowledge.deck.subject == "allotments"
    assert knowledge.deck.bare == {"crop rotation": "The talk names crop rotation, but doesn't explain it."}
    lesson = knowledge.lessons["feeding-soil"]
    assert (lesson.title, lesson.heading, lesson.side) == ("Feeding the soil", "Through the year", "success")
    assert lesson.lead == "Feeding the soil matters more than tools."
    assert lesson.deck == "The talk gives **one rule**:\n- think first\n- then dig"
    assert lesson.since == ""
    assert lesson.ask == ("What would we do differently?",)
    assert list(lesson.questions) == questions_of("feeding-soil")
    assert knowledge.vocabulary.outside[0].also == ("bees", "hives")
    assert [lesson.id for lesson in knowledge.under("Through the year")] == [
        "the-year",
        "watering",
        "feeding-soil",
    ]


def test_parts_that_a_lesson_may_have_are_read(folder: Path) -> None:
    path = folder / "lessons" / "watering.md"
    change(path, "title: Watering well\n", "title: Watering well\nshort: Water in the evening.\n")
    change(path, "## In practice", "## Why, in our view\nRoots drink.\n\n## In practice")
    change(
        path, "## Ask", "## For example\nOne can.\n\n## Since then\nIt rained (Met Office, 2013).\n\n## Ask"
    )
    lesson = read(folder)[1].lessons["watering"]
    assert (lesson.short, lesson.our_why) == ("Water in the evening.", "Roots drink.")
    assert (lesson.example, lesson.since) == ("One can.", "It rained (Met Office, 2013).")
    without = read(folder)[1].lessons["plot-size"]
    assert (without.short, without.our_why, without.example, without.since) == ("", "", "", "")


def test_a_folder_may_do_without_a_vocabulary(folder: Path) -> None:
    (folder / "vocabulary.yaml").unlink()
    assert read(folder)[1].vocabulary.synonyms == ()


WRONG_LESSONS = [
    ("title: Watering well\n", "", "2: 'title' is missing"),
    ("title: Watering well", "title:", "2: 'title' is empty"),
    ("title: Watering well", "title: 2012", "2: 'title' must be a text; put 2012 in quotes"),
    ("title: Watering well", "title: [Watering, well]", "2: 'title' must be a text"),
    ("title: Watering well", "titel: Watering well", "2: unknown field 'titel'"),
    ("title: Watering well", "title: Water: well", "2: not readable as YAML"),
    ("title: Watering well", "title: a\ntitle: b", "3: 'title' is given twice"),
    ("heading: Through", "short: [Water]\nheading: Through", "3: 'short' must be a text"),
    (
        "## In practice",
        "## Why, in our view\n\n## In practice",
        "29: the section 'Why, in our view' is empty",
    ),
    ("heading: Through the year", "heading: In space", "3: the headings in deck.yaml don't have 'In space'"),
    ("related: [feeding-soil]", "related: [weeding]", "4: 'related': there is no lesson 'weeding'"),
    ("related: [feeding-soil]", "related: [watering]", "4: 'related': the lesson names itself"),
    ("related: [feeding-soil]", "related: feeding-soil", "4: 'related' must be a list"),
    (
        "related: [feeding-soil]",
        "related: [the-year, the-year]",
        "4: 'related': 'the-year' stands here twice",
    ),
    ("related: [feeding-soil]", "items:\n  - weeding", "5: 'items': there is no lesson 'weeding'"),
    ("related: [feeding-soil]", "side: sideways", "4: 'side' must be one of success, failure, undecided"),
    ("  - how often should I water\n", "  -\n", "6: each of 'questions' is empty"),
    (
        "  - how often should I water\n",
        "  - yes\n",
        "6: each of 'questions' must be a text; put yes in quotes",
    ),
    ("  - how often should I water\n", "  - {a: b}\n", "6: each of 'questions' must be a text"),
    ("Watering well matters more than tools.\n", "", "19: the answer in one sentence is empty"),
    ("## Why", "## Wherefore", "26: unknown section 'Wherefore'"),
    ("## Why", "## In practice", "29: the section 'In practice' stands here twice"),
    ("## Why", "### Why", "26: headings are written '## ' and a name"),
    ("The talk doesn't say more than that.\n", "", "26: the section 'Why' is empty"),
    (
        "## Ask yourselves\n- What would we do differently?\n",
        "",
        "the section '## Ask yourselves' is missing",
    ),
    ("- What would we do differently?", "What would we do?", "32: 'Ask yourselves' is a list of questions"),
    ("**one rule**", "<b>one rule</b>", "22: raw HTML can't be shown"),
    ("The talk doesn't say", "<p>The talk</p>\n\nIt doesn't say", "27: raw HTML can't be shown"),
    ("**one rule**", "`one rule`", "22: code can't be shown"),
    ("**one rule**", "![rule](https://example.org/rule.png)", "22: a picture can't be shown"),
    ("- think first\n- then dig", "1. think first\n2. then dig", "23: a numbered list can't be shown"),
    ("- think first\n- then dig", "* think first\n* then dig", "23: lists are written with '- '"),
    ("- then dig", "  - then dig", "24: a list inside a list"),
    ("The talk doesn't say", "> The talk doesn't say", "27: a block quotation can't be shown"),
    ("https://example.org/guide", "javascript:alert", "30: links must start with http:// or https://"),
    ("https://example.org/guide", "ftp://example.org", "30: links must start with http:// or https://"),
]


@pytest.mark.parametrize(("old", "new", "expected"), WRONG_LESSONS)
def test_a_wrong_lesson_is_refused_by_line(folder: Path, old: str, new: str, expected: str) -> None:
    change(folder / "lessons" / "watering.md", old, new)
    assert any(fault.startswith("lessons/watering.md:") and expected in fault for fault in faults(folder))


WRONG_DECKS = [
    ("author: Ada Green\n", "", "deck.yaml:1: 'author' is missing"),
    ("year: 2012\n", "year: '2012'\n", "deck.yaml:6: 'year' must be a whole number"),
    ("year: 2012\n", "year: 2012\ncolour: red\n", "deck.yaml:7: unknown field 'colour'"),
    (
        "  - Through the year\n",
        "  - Through the seasons\n",
        "lessons/watering.md:3: the headings in deck.yaml",
    ),
    ("bare:\n  crop rotation:", "bare:\n  -", "deck.yaml:12: 'bare' must map terms to sentences"),
    ("title: Growing Together", "- Growing Together", "deck.yaml:"),
    (
        "subject: allotments",
        "subject: allotments\nwords: talk",
        "deck.yaml:9: 'words' must have named fields",
    ),
    (
        "subject: allotments",
        "subject: allotments\nwords:\n  source: cake",
        "deck.yaml:10: 'source' must be one of",
    ),
    (
        "subject: allotments",
        "subject: allotments\nwords:\n  task: '*dig*'",
        "deck.yaml:10: 'task' is plain words",
    ),
    ("subject: allotments", "subject: allotments\nwords:\n  who: all", "deck.yaml:10: unknown field 'who'"),
    (
        "subject: allotments",
        f"subject: {'plots ' * 7}",
        "deck.yaml:8: 'subject' has 41 characters; at most 40",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), WRONG_DECKS)
def test_a_wrong_deck_is_refused_by_line(folder: Path, old: str, new: str, expected: str) -> None:
    change(folder / "deck.yaml", old, new)
    assert any(fault.startswith(expected) for fault in faults(folder))


WRONG_VOCABULARIES = [
    ("nearest: watering", "nearest: weeding", "vocabulary.yaml:8: there is no lesson 'weeding'"),
    ("  - means: manure\n    terms:", "  - terms:", "vocabulary.yaml:2: 'means' is missing"),
    ("    terms: [dung, farmyard gold]", "    terms: []", "vocabulary.yaml:3: 'terms' is empty"),
    ("    topic: keeping bees", "    topics: keeping bees", "vocabulary.yaml:7: unknown field 'topics'"),
    (
        "  - term: beekeeping",
        "  - beekeeping\n  - term: honey",
        "vocabulary.yaml:5: each of 'outside' must have",
    ),
    (
        "  - term: beekeeping",
        "  - term: Hive\n  - term: beekeeping",
        "vocabulary.yaml:7: 'hives' belongs to 'Hive' already (line 5)",
    ),
    (
        "also: [bees, hives]",
        "also: [bees, dung]",
        "vocabulary.yaml:6: 'dung' is read as 'manure' (line 3), so it would never be found",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), WRONG_VOCABULARIES)
def test_a_wrong_vocabulary_is_refused_by_line(folder: Path, old: str, new: str, expected: str) -> None:
    change(folder / "vocabulary.yaml", old, new)
    assert any(fault.startswith(expected) for fault in faults(folder))


def test_every_fault_is_told_at_once(folder: Path) -> None:
    change(folder / "lessons" / "watering.md", "title: Watering well\n", "")
    change(folder / "lessons" / "plot-size.md", "related: [watering]", "related: [weeding]")
    told = faults(folder)
    assert any(fault.startswith("lessons/watering.md:2") for fault in told)
    assert any(fault.startswith("lessons/plot-size.md:4") for fault in told)


def test_an_encoding_other_than_utf8_is_refused_by_line(folder: Path) -> None:
    path = folder / "lessons" / "watering.md"
    path.write_bytes(path.read_bytes().replace(b"seedlings", b"seedl\xefngs"))
    assert "lessons/watering.md:7: not written in UTF-8; save it with that encoding" in faults(folder)


@pytest.mark.parametrize("name", ["Watering.md", "water ing.md", "wätern.md", "-watering.md", "watering.txt"])
def test_odd_file_names_are_refused(folder: Path, name: str) -> None:
    (folder / "lessons" / name).write_text("anything", encoding="utf-8")
    assert any(fault.startswith(f"lessons/{name}:1: a lesson's file is named") for fault in faults(folder))


def test_a_lesson_without_its_fields_is_refused(folder: Path) -> None:
    (folder / "lessons" / "weeding.md").write_text("Just text.\n", encoding="utf-8")
    assert faults(folder) == ["lessons/weeding.md:1: must begin with '---', its fields, and '---' again"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere") == [
        "deck.yaml:1: is missing",
        "lessons:1: no lessons here; expected one file each, such as why-share.md",
    ]


@pytest.mark.parametrize("text", ["[" * 5000, "\x00", "&a [*a, *a]", "%", "!!python/object:os.system {}", ""])
def test_hostile_yaml_is_a_fault_like_any_other(folder: Path, text: str) -> None:
    (folder / "deck.yaml").write_text(text, encoding="utf-8")
    assert any(fault.startswith("deck.yaml:") for fault in faults(folder))
