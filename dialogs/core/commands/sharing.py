"""Commands that put an answer before others."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.row import SHARED, HeardText, HelpLine, Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.replies import Frozen
from dialogs.core.text import is_question
from dialogs.wording import lacking


class ShareAnswer(Frozen, frozen=True):
    """Show what would be posted of an answer: here, or in the channel that is mentioned."""

    lesson: str | None = None
    """The lesson that gives it; None for the one given last."""
    where: str = ""
    """The channel's name where it was only typed, which no platform tells us to be one."""


class ShareDraftAct(Frozen, frozen=True):
    """Something done to an answer that is shown before it is posted."""

    act: Literal["send", "drop"]
    id: str


_SOMEWHERE = re.compile(
    r"(?:please )?(?:share|post|put) (?P<it>(?:it|this|that|(?:the|this|that) (?:last )?answer) )?"
    r"(?P<to>in|into|with|to|on) (?P<where>#?\S.{0,100}?)[.!]?",
    re.IGNORECASE,
)


def _somewhere(heard: HeardText) -> Frozen | None:
    """ "Share it in", and a channel by the platform's own means."""
    channel = any(mention.kind == "channel" for mention in heard.said.named)
    return ShareAnswer() if channel and _SOMEWHERE.fullmatch(heard.text) else None


def _called(heard: HeardText) -> Frozen | None:
    """The same, with a channel called by name alone: for us where what is shared is said too, or
    that it would stand in something."""
    found = _SOMEWHERE.fullmatch(heard.text)
    if found is None or is_question(heard.text) or heard.text.casefold().startswith(("put", "please put")):
        return None
    placed = found["to"].casefold() in ("in", "into", "on") and heard.world.knowledge.match(heard.text)
    there = found["it"] or (placed and placed.band != "answer")
    return ShareAnswer(where=found["where"]) if there else None


ROWS = (
    Row(
        ShareDraftAct,
        wires=(Wire(ShareDraftAct, "share {act:send|drop} {id:id}"),),
        lacks=Lacks("", lacking.NOTHING_TO_SEND, labels="dont post | dont post it | dont share it"),
    ),
    Row(
        ShareAnswer,
        (
            (
                ShareAnswer(),
                """share here | share it here | share this here | share that here | share it |
                share this | share that | share the answer | share this answer | share that answer |
                post here | post it here | post this here | post it | post this | post that |
                post the answer | share with the channel | share it with the channel |
                share in a channel | share it in a channel | share with others | share it with others""",
            ),
        ),
        (Wire(ShareAnswer, "share {lesson:lesson}"),),
        phrase=_somewhere,
        loosely=_called,
        overheard=False,
        lacks=Lacks(r"share(?: (?:send|drop))?", lacking.SHARE, maybe=r"share .{1,80}"),
        help=(HelpLine("answers", "**share here**: puts an answer before all; you see it first", SHARED),),
        menu=(MenuItem("share here", "Put my answer before all here; you see it first", SHARED),),
    ),
)
