"""What an examination of an installation comes to (``python -m bot doctor``): a finding a line."""

from __future__ import annotations

from typing import Literal

import msgspec

CLOCK_WARNS, CLOCK_FAILS = 5.0, 60.0
"""Seconds by which two clocks may differ before it is worth a word, and before reminders are late by a
minute and platforms, which allow five, come near to refusing us."""


class Finding(msgspec.Struct, frozen=True):
    """What was seen of one thing. Never holds a secret."""

    outcome: Literal["good", "off", "warning", "bad"]
    """"off": not used, which is no fault."""
    about: str
    seen: str
    way_out: str = ""
    """What to do about it; empty where there is nothing to do."""
    pending: bool = False
    """Whether only time will tell."""


def clocks(about: str, ahead: float) -> Finding:
    """``ahead``: by how many seconds the other clock is ahead of ours."""
    if abs(ahead) < CLOCK_WARNS:
        return Finding("good", about, "agrees with this machine's")
    where = "ahead of" if ahead > 0 else "behind"
    return Finding(
        "warning" if abs(ahead) < CLOCK_FAILS else "bad",
        about,
        f"{abs(ahead):.0f} s {where} this machine's",
        "let both set their clocks by NTP",
    )
