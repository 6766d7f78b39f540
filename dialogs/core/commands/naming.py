"""The command that steers a series by its words: "cancel my reminder to ring the leader"."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.row import HeardText, Row
from dialogs.core.model import Utterance
from dialogs.core.replies import Frozen
from dialogs.core.text import clean, word_set, words

_BY_NAME = re.compile(
    r"(?:(?P<change>change|edit|move|reschedule)|(?P<pause>pause|hold)|(?P<resume>resume|restart|unpause)"
    r"|(?P<skip>skip)|(?P<report>report(?: on)?)|(?P<over>(?:hand|pass)(?:ing)? over)|(?P<take>take over)"
    r"|(?:cancel|end|delete|remove|drop|scrap|stop)) "
    r"(?P<sure>(?:(?:(?:my|the|that|this|our) )?(?:own )?(?:reminder|pulse)s?|reminding (?:me|us)) )?"
    r"(?:(?:to|about|of|on|that says|called|named|saying) )?[“\"']?(?P<name>\S.{0,200}?)[”\"']?",
    re.IGNORECASE,
)
_ACTS = ("change", "pause", "resume", "skip", "report", "over", "take")
_FILL = word_set("please pls thanks thank you now all again it this that these those them for me")
"""Words that name none."""


class SteerNamed(Frozen, frozen=True):
    """Change, pause, end, report on or hand over a series that is named by its words."""

    does: Literal["change", "pause", "resume", "skip", "cancel", "report", "hand over", "take over"]
    name: str
    """Its words as typed, mentions as tokens; behind them may stand what to change, or to whom."""


def named(said: Utterance, *, sure: bool) -> SteerNamed | None:
    """What is said does to a series by its name; None for anything else.

    ``sure``: whether it calls it a reminder or pulse; otherwise it may mean anything else too.
    """
    told = _BY_NAME.fullmatch((clean(said.exact) or clean(said.text)).rstrip(" .!?"))
    if told is None or bool(told["sure"]) != sure or set(words(told["name"])) <= _FILL:
        return None
    acts = {"over": "hand over", "take": "take over"}
    does = next((acts.get(act, act) for act in _ACTS if told[act]), "cancel")
    return SteerNamed(does, told["name"])  # type: ignore[arg-type]


def _named(heard: HeardText) -> SteerNamed | None:
    return None if heard.said.pressed else named(heard.said, sure=True)


ROWS = (Row(SteerNamed, phrase=_named, overheard=False),)
