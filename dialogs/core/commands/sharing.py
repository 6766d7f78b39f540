"""Commands that put an answer before others."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.row import SHARED, HeardText, HelpLine, Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.replies import Frozen
from dialogs.wording import lacking


class ShareAnswer(Frozen, frozen=True):
    """Show what would be posted of an answer: here, or in the channel that is mentioned."""

    lesson: str | None = None
    """The lesson that gives it; None for the one given last."""


class ShareDraftAct(Frozen, frozen=True):
    """Something done to an answer that is shown before it is posted."""

    act: Literal["send", "drop"]
    id: str


_SOMEWHERE = re.compile(
    r"(?:please )?(?:share|post|put) (?:(?:it|this|that|(?:the|this|that) (?:last )?answer) )?"
    r"(?:in|into|with|to|on) #?\S.{0,100}",
    re.IGNORECASE,
)


def _somewhere(heard: HeardText) -> Frozen | None:
    """ "Share it in", and a channel by the platform's own means."""
    channel = any(mention.kind == "channel" for mention in heard.said.named)
    return ShareAnswer() if channel and _SOMEWHERE.fullmatch(heard.text) else None


ROWS = (
    Row(
        ShareDraftAct,
        wires=(Wire(ShareDraftAct, "share {act:send|drop} {id:id}"),),
    ),
    Row(
        ShareAnswer,
        (
            (
                ShareAnswer(),
                """share here | share it here | share this here | share that here | share it |
                share this | share that | share the answer | share this answer | share that answer |
                post here | post it here | post this here | share with the channel |
                share it with the channel | share in a channel | share it in a channel |
                share with others | share it with others""",
            ),
        ),
        (Wire(ShareAnswer, "share {lesson:lesson}"),),
        phrase=_somewhere,
        overheard=False,
        lacks=Lacks(r"share(?: (?:send|drop))?", lacking.SHARE, maybe=r"share .{1,80}"),
        help=(HelpLine("answers", "**share here**: puts an answer before all; you see it first", SHARED),),
        menu=(MenuItem("share here", "Put my answer before all here; you see it first", SHARED),),
    ),
)
