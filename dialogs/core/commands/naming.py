"""The command that steers a series by its words: "cancel my reminder to ring the leader"."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.row import HeardText, Row
from dialogs.core.replies import Frozen
from dialogs.core.text import word_set, words

_BY_NAME = re.compile(
    r"(?:(?P<change>change|edit|move|reschedule)|(?P<pause>pause|hold)|(?P<resume>resume|restart|unpause)"
    r"|(?P<skip>skip)|(?P<report>report(?: on)?)|(?:cancel|end|delete|remove|drop|scrap|stop)) "
    r"(?P<sure>(?:(?:(?:my|the|that|this|our) )?(?:own )?(?:reminder|pulse)s?|reminding (?:me|us)) )?"
    r"(?:(?:to|about|of|on|that says|called|named|saying) )?[“\"']?(?P<name>\S.{0,200}?)[”\"']?",
    re.IGNORECASE,
)
_FILL = word_set("please pls thanks thank you now all again it this that these those them for me")
"""Words that name none."""


class SteerNamed(Frozen, frozen=True):
    """Change, pause, end or report on a series that is named by its words."""

    does: Literal["change", "pause", "resume", "skip", "cancel", "report"]
    name: str


def named(text: str, *, sure: bool) -> SteerNamed | None:
    """What ``text`` (cleaned) does to a series by its name; None for anything else.

    ``sure``: whether it calls it a reminder or pulse; otherwise it may mean anything else too.
    """
    said = _BY_NAME.fullmatch(text.rstrip(" .!?"))
    if said is None or bool(said["sure"]) != sure or set(words(said["name"])) <= _FILL:
        return None
    acts = ("change", "pause", "resume", "skip", "report")
    does = next((act for act in acts if said[act]), "cancel")
    return SteerNamed(does, said["name"])  # type: ignore[arg-type]


def _named(heard: HeardText) -> SteerNamed | None:
    return None if heard.said.pressed else named(heard.text, sure=True)


ROWS = (Row(SteerNamed, phrase=_named, overheard=False),)
