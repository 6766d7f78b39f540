"""What people type, made plain."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialogs.core.text import LONGEST, clean, remembered


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_cleaned_as_they_are_beside_others(text: str) -> None:
    # With a letter beyond ASCII behind it, every character is looked at; without one, a shorter way is taken.
    assert clean(text + "x") + "é" == clean(text + "xé")


def test_what_cannot_be_seen_is_dropped_and_every_space_is_one() -> None:
    assert clean(" how\x00 do\t we\x1f\n\nshare\x7f? ") == "how do we share?"


def test_what_is_read_of_a_text_is_kept_unless_it_is_long() -> None:
    read: list[str] = []

    @remembered(2)
    def length(text: str) -> int:
        read.append(text)
        return len(text)

    long = "x" * (LONGEST + 1)
    assert [length(text) for text in ("a", "a", long, long, "bb", "ccc", "a")] == [1, 1, 1001, 1001, 2, 3, 1]
    assert read == ["a", long, long, "bb", "ccc", "a"]
