"""The terminal chat, by its lines of JSON and by hand."""

from __future__ import annotations

import json

import pytest

from bot.cli.chat import chat, chat_json
from tests.harness.small import SMALL


def turns(*lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in chat_json(SMALL, lines)]


def test_each_line_is_a_turn_of_one_conversation() -> None:
    first, second, third, fourth = turns(
        "what kinds of bed are there\n", "which of those work?", "thanks", "qwertz"
    )
    assert (first["band"], first["lesson"]) == ("answer", "beds")
    assert (second["band"], second["lessons"]) == ("answer", ["bed-raised", "bed-shared"])
    assert (third["band"], third["lesson"], third["lessons"]) == (None, None, [])
    assert (fourth["band"], fourth["lesson"]) == ("none", None)
    (reply,) = first["replies"]
    assert reply["text"].startswith("There are three kinds of bed.")
    assert "Raised bed" in reply["choices"]


def test_an_empty_line_is_a_turn_too() -> None:
    assert len(turns("", "\n", "help")) == 3


def test_what_is_kept_can_be_seen_and_erased() -> None:
    _, _, seen, asked, erased, after = turns(
        "is weedkiller allowed", "helpful", "my data", "forget me", "yes, forget me", "my data"
    )
    assert "What stays" in str(asked["replies"])
    assert "is weedkiller allowed" in str(seen["replies"])
    assert "1 question and 1 piece of feedback" in str(erased["replies"])
    assert "nothing about you" in str(after["replies"])


def test_a_quiz_and_a_check_go_on_from_turn_to_turn() -> None:
    _, answered, first, second, seen, _, erased, after = turns(
        "quiz flat bed", "true", "readiness", "4", "my data", "forget me", "yes, forget me", "my data"
    )
    assert "Not this time" in str(answered["replies"])
    assert "1 of 8." in str(first["replies"])
    assert "2 of 8." in str(second["replies"])
    assert "Readiness check" in str(seen["replies"])
    assert "2 quiz records and 1 readiness check" in str(erased["replies"])
    assert "nothing about you" in str(after["replies"])


def test_a_terminal_is_one_persons_alone() -> None:
    _, shared = turns("what kinds of bed are there", "share here")
    assert "There's no channel that I could post in from here" in str(shared["replies"])


def test_a_number_in_brackets_presses_a_button(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = iter(["what kinds of bed are there", "[2]"])

    def typed(*_: object) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", typed)
    chat(SMALL)
    shown = capsys.readouterr().out
    assert "[2] Flat bed" in shown
    assert "Flat beds tend to flood." in shown


def test_a_reminder_can_be_drafted() -> None:
    first, _ = turns("remind me every friday at 9 to water the beds", "cancel")
    assert "Water the beds" in str(first["replies"])
