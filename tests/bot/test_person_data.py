"""The registry of what names a person: every kind of key is classified, and says what becomes of it."""

from __future__ import annotations

from bot.storage.keys import retention
from bot.storage.person_data import REGISTRY

TURNS_OF_THEIR_OWN = {
    "session", "people", "votes", "form", "took",  # live sessions
    "enquiry",
    "pseudonyms",  # sealed anew with all others
    "series",  # the eraser, which also tells its advisor
    "board",  # the advisors' settings
    "profile", "traces", "refused", "outbox", "schedule", "waiting", "offered", "failed",
}  # fmt: skip
"""Kinds that are erased as a whole, or by whoever keeps them."""


def test_every_kind_of_key_is_classified() -> None:
    assert list(REGISTRY) == [kind for kind in retention(90) if kind in REGISTRY]
    assert set(REGISTRY) == set(retention(90)), "say what it holds of a person, or why it names nobody"


def test_every_kind_says_what_forget_me_does_or_why_it_names_nobody() -> None:
    assert all(row.then for row in REGISTRY.values())
    for kind, row in REGISTRY.items():
        erases = row.say is not None or row.strip is not None or kind in TURNS_OF_THEIR_OWN
        assert erases == bool(row.holds), kind
