"""The ledger of an occurrence: one line a recipient, as it is stored and as it is counted.

A line is ``state\\ndetail\\nflags\\nname``, which the scripts that change it can read too. Between
"scheduled" and "sent" stands "sending", which only says that a process is at it: who finds it there knows
that another died, and that the message may come twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from dialogs.core.reminder_model import EntryState, LedgerEntry
from dialogs.wording import reminders as words

NAMED: tuple[EntryState, ...] = get_args(EntryState)
TWICE, PUT_OFF = "t", "p"
"""Flags: it may have been delivered twice; it has been put off. ("c", of earlier versions: its recipient has
commented.)"""


def line(state: EntryState, name: str, detail: str = "", *, put_off: bool = False) -> str:
    """A new line; ``put_off``: whether it is sent again to somebody who had put it off."""
    flags = PUT_OFF if put_off else ""
    return "\n".join((state, " ".join(detail.split()), flags, " ".join(name.split())))


def restated(stored: bytes, state: EntryState) -> bytes:
    """A stored line in another state, without a detail."""
    _, _, rest = stored.split(b"\n", 2)
    return b"\n".join((state.encode(), b"", rest))


def entry(recipient: str, stored: str) -> LedgerEntry:
    """A stored line."""
    state, detail, flags, name = stored.split("\n", 3)
    named: EntryState = next((known for known in NAMED if known == state), "scheduled")
    if named == "sent" and PUT_OFF in flags:
        named = "returned"
    return LedgerEntry(recipient, name, named, detail, TWICE in flags)


def counts(entries: Iterable[LedgerEntry]) -> dict[str, int]:
    """How many are in each state, in the order of ``NAMED``; those that nobody is in are left out."""
    counted = Counter(entry.state for entry in entries)
    return {state: counted[state] for state in NAMED if counted[state]}


def silent(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Those who got it and have done nothing with it."""
    return [entry for entry in entries if entry.state in ("sent", "returned")]


def failed(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Those whom it could not reach."""
    return [entry for entry in entries if entry.state == "failed"]


def lost(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Those with those whom nothing was sent, since they can't be written to."""
    return [entry for entry in entries if entry.state in ("failed", "suspended")]


def reasons(entries: Sequence[LedgerEntry]) -> list[tuple[str, list[LedgerEntry]]]:
    """Why some could not be reached, as the platforms' words, each with whom; the most frequent first."""
    found: dict[str, list[LedgerEntry]] = {}
    for entry in lost(entries):
        found.setdefault(entry.detail, []).append(entry)
    return sorted(found.items(), key=lambda reason: -len(reason[1]))


def reason_of(why: str) -> str:
    """A platform's word for why somebody can't be reached, as people say it."""
    return words.REASONS.get(why, words.OTHER_REASON)
