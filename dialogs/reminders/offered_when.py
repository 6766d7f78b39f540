"""A question about when was asked with answers as buttons: which of them typed words choose."""

from __future__ import annotations

import re

from dialogs.core.agreement import agreement
from dialogs.core.commands import DraftAct
from dialogs.core.commands.table import decode
from dialogs.core.model import OfferedButton, State
from dialogs.core.reminder_model import Draft
from dialogs.core.text import word_set
from dialogs.core.text import words as words_of

_FILL = word_set(
    "the one on for at in it its it's that i mean meant please pls just only a of off obviously course"
)
_LIKE = {
    "weekly": "every", "each": "every", "always": "every", "regularly": "every", "repeating": "every",
    "just": "once", "only": "once", "single": "once", "one": "once", "this": "once", "coming": "once",
}  # fmt: skip
"""Words that choose what another word on the button says."""
_PLACES = ("first", "second", "third")
_NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")
_CLOCK = re.compile(r"(?P<hour>\d\d?):\d\d")
_MORNING, _AFTERNOON = word_set("morning am early"), word_set("afternoon evening pm late")
_FEW = 6
"""Words of an answer, at most."""


def chosen(state: State, draft: Draft, said: str) -> DraftAct | None:
    """The press of the one button that ``said`` (cleaned) names by some of its words; None where that isn't
    clear."""
    last = max((button.at for button in state.offered), default=0.0)
    shown = [button for button in state.offered if button.at == last and _press(button, draft)]
    told = [_NTH.sub(r"\1", word) for word in words_of(said)]
    if not shown or not 0 < len(told) <= _FEW:
        return None
    if len(shown) == 1:
        found = shown if agreement(said, "every|each") else []
    elif len(place := set(told) - _FILL) == 1 and place <= {*_PLACES[: len(shown)]}:
        found = [shown[_PLACES.index(place.pop())]]
    else:
        found = [button for button in shown if _names(button, told)]
    return _press(found[0], draft) if len(found) == 1 else None


def _press(button: OfferedButton, draft: Draft) -> DraftAct | None:
    """What the button does, where it answers when ``draft`` is to be sent."""
    match decode(button.says):
        case DraftAct(act="when", id=draft.id) as act:
            return act
    return None


def _names(button: OfferedButton, told: list[str]) -> bool:
    """Whether all that ``told`` says is on the button, or behind it."""
    on_it = {_NTH.sub(r"\1", word) for word in words_of(f"{button.label} {button.says}")}
    clock = _CLOCK.search(button.label)
    if clock:
        on_it |= _MORNING if int(clock["hour"]) < 12 else _AFTERNOON
    meant = {_LIKE[word] if _LIKE.get(word) in on_it else word for word in told}
    return bool(meant & on_it) and meant - _FILL <= on_it
