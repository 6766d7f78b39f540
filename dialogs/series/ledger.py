"""The ledger of an occurrence: one line a recipient, as it is stored and as it is counted.

A line is ``state\\ndetail\\nflags\\nname``, which the scripts that change it can read too. Between
"scheduled" and "sent" stands "sending", which only says that a process is at it: who finds it there knows
that another died, and that the message may come twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from dialogs.series.model import Entry, Named

NAMED: tuple[Named, ...] = get_args(Named)
REACHED: tuple[Named, ...] = ("sent", "acknowledged", "answered", "snoozed")
OPEN: tuple[Named, ...] = ("scheduled",)
TWICE, COMMENTED = "t", "c"
"""Flags: it may have been delivered twice; its recipient has commented."""


def line(state: Named, name: str, detail: str = "") -> str:
    """A new line."""
    return "\n".join((state, " ".join(detail.split()), "", " ".join(name.split())))


def entry(recipient: str, stored: str) -> Entry:
    """A stored line."""
    state, detail, flags, name = stored.split("\n", 3)
    named: Named = next((one for one in NAMED if one == state), "scheduled")
    return Entry(recipient, name, named, detail, TWICE in flags)


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many are in each state, in the order of ``NAMED``; those that nobody is in are left out."""
    counted = Counter(one.state for one in entries)
    return {state: counted[state] for state in NAMED if counted[state]}


def silent(entries: Iterable[Entry]) -> list[Entry]:
    """Those who got it and have done nothing with it."""
    return [one for one in entries if one.state == "sent"]


def failed(entries: Iterable[Entry]) -> list[Entry]:
    """Those whom it could not reach."""
    return [one for one in entries if one.state == "failed"]


def reasons(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """Why sends failed, as the platforms' words, the most frequent first."""
    return Counter(one.detail for one in entries if one.state == "failed").most_common()
