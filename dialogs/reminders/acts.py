"""The words that concern a series by its id: those of its buttons, which can be typed too."""

from __future__ import annotations

import re
from typing import Literal, get_args

from dialogs.core.reminder_model import SteerAct
from dialogs.core.replies import Frozen
from dialogs.sessions.acts import ID

SeriesActName = (
    Literal["done", "snooze", "stop", "start again", "answer", "change answer", "comment", "noted"] | SteerAct
)

ALL = "ALL"
"""In the place of an id: every series."""
SNOOZES = ("tomorrow", "week", "hour")

_STEER = "|".join(get_args(SteerAct))
_ID, _KEY = rf"(?P<id>[0-9A-Z]{{{ID}}})", r"(?P<key>\d{4}-\d\d-\d\dT\d\d:\d\d)"
_WORDS = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (
        rf"reminder (?P<act>done|noted) {_ID} {_KEY}",
        rf"reminder (?P<act>snooze) {_ID} {_KEY} (?P<rest>tomorrow|week|hour)",
        rf"reminder (?P<act>stop|start again) (?P<id>[0-9A-Z]{{{ID}}}|all)",
        rf"pulse (?P<act>answer) {_ID} {_KEY} (?P<rest>\d)",
        rf"pulse (?P<act>comment|change answer) {_ID} {_KEY}",
        rf"reminder (?P<act>{_STEER}) {_ID}(?: {_KEY})?",
    )
)


class SeriesAct(Frozen, frozen=True):
    """Something done to a series that is named."""

    act: SeriesActName
    series: str
    """Its id, or ``ALL``."""
    key: str = ""
    """The occurrence; empty where none was named."""
    rest: str = ""
    """The number answered, or until when it is put off (one of ``SNOOZES``)."""


def series_act(text: str) -> SeriesAct | None:
    """What ``text`` does to a series that it names by id; None where it does nothing of the kind."""
    for words in _WORDS:
        found = words.fullmatch(text)
        if found:
            said = found.groupdict()
            key = (said.get("key") or "").upper()
            act = said["act"].lower()
            return SeriesAct(act, said["id"].upper(), key, (said.get("rest") or "").lower())  # type: ignore[arg-type]
    return None
