"""Slips of the finger: what is one, and what is another word."""

from __future__ import annotations

import pytest

from dialogs.core.slips import slips


@pytest.mark.parametrize(
    ("said", "meant"),
    [("thnaks", "thanks"), ("helllo", "hello"), ("rihgt", "right"), ("reminfers", "reminders")],
)
def test_a_slip_is_counted(said: str, meant: str) -> None:
    assert slips([said], [meant]) == 1


@pytest.mark.parametrize(
    ("said", "other"), [("eight", "right"), ("night", "right"), ("done", "none"), ("police", "pulses")]
)
def test_another_word_is_no_slip(said: str, other: str) -> None:
    assert slips([said], [other]) is None
