"""Places in a list, as people point at them."""

from __future__ import annotations

import pytest

from dialogs.questions.follow import pick

THREE = ("purpose", "people", "buy-in")


@pytest.mark.parametrize(
    ("said", "listed", "meant"),
    [
        ("2", THREE, "people"),
        ("the last one", THREE, "buy-in"),
        ("and number three please", THREE, "buy-in"),
        ("the penultimate", THREE, "people"),
        ("the middle one", THREE, "people"),
        ("the penultimate", THREE[:1], None),
        ("the fourth", THREE, None),
        ("the first", (), None),
        ("the whole of it", THREE, None),
    ],
)
def test_the_entry_at_a_place_or_none_beyond_the_ends(
    said: str, listed: tuple[str, ...], meant: str | None
) -> None:
    assert pick(said, listed) == meant
