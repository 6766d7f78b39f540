"""The transcripts' own format."""

from __future__ import annotations

import pytest

from tests.transcript import Expected, Said, missing, parse


def test_a_dialogue_is_read_as_written() -> None:
    (dialogue,) = parse(
        "# Beds\nofficer: which beds?\n"
        "bot [answer beds bed-flat]: three kinds … of bed\n  buttons: Raised bed | Flat bed\n"
        "colleague (aside): ok\nbot says nothing\nofficer presses: Flat bed\nbot [-]:\n",
        "some.txt",
    )
    assert dialogue.name == "some: Beds"
    asked, aside, pressed = dialogue.exchanges
    assert asked.said == Said("officer", "which beds?")
    assert asked.expected == Expected(
        False, "answer", ("beds", "bed-flat"), ("three kinds", "of bed"), ("Raised bed", "Flat bed")
    )
    assert aside.said.aside
    assert aside.expected.silent
    assert pressed.said.presses
    assert pressed.expected == Expected()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("officer: hello", "t:1"),
        ("# A\nbot [-]: hello", "t:2"),
        ("# A\nofficer: hello\nbot: hello", "t:3"),
        ("# A\n\nhello", "t:3"),
        ("# A\n  buttons: x", "t:2"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_line(text: str, where: str) -> None:
    with pytest.raises(ValueError, match=where):
        parse(text, "t")


def test_what_a_reply_lacks_is_named() -> None:
    expected = Expected(phrases=("two words", "gone"), buttons=("Yes", "No"))
    assert missing(expected, "Two\n  words", ["Yes"]) == ["the words “gone”", "the button “No”"]
