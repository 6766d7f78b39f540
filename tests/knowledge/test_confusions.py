"""Authors learn which lessons are mistaken for which, and a folder is held to the level on record."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from knowledge import Phrase, Vocabulary
from knowledge.authoring.confusions import Confusions, advice, fallen, picture
from knowledge.base import fitted
from knowledge.matching.text import Reader
from tests.knowledge.allotments import QUESTIONS, questions_of
from tests.knowledge.test_command_line import run

READER = Reader(Vocabulary())


def test_every_example_is_left_out_once() -> None:
    phrases = [Phrase(id, text) for id in QUESTIONS for text in questions_of(id)]
    found = dict(fitted(phrases, Vocabulary(), {}).left_out())
    assert set(found) == set(phrases)


def test_an_example_that_no_other_resembles_does_not_find_itself() -> None:
    phrases = [Phrase(id, text) for id in QUESTIONS for text in questions_of(id)]
    odd = Phrase("the-year", "how big is a normal plot for beginners")
    assert dict(fitted([*phrases, odd], Vocabulary(), {}).left_out())[odd] == "plot-size"


def test_the_level_is_the_share_that_find_their_lesson() -> None:
    found = {
        Phrase("a", "one"): "a",
        Phrase("a", "two"): "b",
        Phrase("b", "three"): "b",
        Phrase("b", "four"): "b",
    }
    assert Confusions(found).level == 0.75


def test_lessons_mistaken_for_each_other_are_named_the_worst_first() -> None:
    found = {Phrase("a", f"a{n}"): "b" for n in range(3)} | {Phrase("b", f"b{n}"): "a" for n in range(2)}
    told = list(advice(Confusions(found), READER))
    assert told[0].startswith("a is mistaken for b 3 times: 'a0', 'a1', 'a2'. Add examples like these to a")
    assert told[1].startswith("b is mistaken for a 2 times: 'b0', 'b1'.")


def test_lessons_with_few_or_repeated_examples_are_named() -> None:
    found = {
        Phrase("a", f"how are {word} grown"): "a" for word in ("beans", "roses", "leeks", "plums", "pears")
    }
    found |= {
        Phrase("b", text): "b"
        for text in ("is the water free", "the water is free", "who mends taps", "taps")
    }
    found |= {Phrase("c", "where do I park"): "c"}
    told = list(advice(Confusions(found), READER))
    assert told == [
        "b: 'is the water free' and 'the water is free' say nearly the same. Put one in other words.",
        "c has 1 examples where 4 are usual. Add some in other words.",
    ]


def test_the_picture_shows_each_lesson_and_each_confusion() -> None:
    found = {Phrase("watering", "one"): "plot-size", Phrase("plot-size", "two"): "plot-size"}
    drawn = ElementTree.fromstring(picture(Confusions(found), ["watering", "plot-size"]))
    titles = {element.text for element in drawn.iter("{http://www.w3.org/2000/svg}title")}
    assert titles == {"watering found as plot-size: 1 of 1", "plot-size found as plot-size: 1 of 1"}


@pytest.mark.parametrize(("recorded", "problems"), [(800, 0), (805, 0), (812, 1)])
def test_a_fall_counts_from_a_hundredth(tmp_path: Path, recorded: int, problems: int) -> None:
    (tmp_path / "level.yaml").write_text(f"found: {recorded}\n", encoding="utf-8")
    assert len(fallen(tmp_path, 0.8)) == problems


@pytest.mark.parametrize("text", ["found: many", "level: 3", "- found", "found: 3\nlost: 2"])
def test_a_level_that_cannot_be_read_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "level.yaml").write_text(text, encoding="utf-8")
    assert fallen(tmp_path, 1.0)[0].file == "level.yaml"


def test_check_tells_the_confusions_draws_them_and_holds_the_level(folder: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "confusions.svg"
    told = run("check", "--folder", str(folder), "--confusions", "--picture", str(drawing), "--record")
    assert told.returncode == 0
    assert b"of the example questions find their lesson" in told.stdout
    assert f"picture: {drawing}" in told.stdout.decode()
    assert drawing.read_text(encoding="utf-8").startswith("<svg")
    assert run("check", "--folder", str(folder)).returncode == 0
    (folder / "level.yaml").write_text("found: 1000\n", encoding="utf-8")
    fell = run("check", "--folder", str(folder))
    assert fell.returncode == 1
    assert b"level.yaml:1: " in fell.stderr
    assert b"it was 100.0%. See: python -m knowledge check --confusions" in fell.stderr
