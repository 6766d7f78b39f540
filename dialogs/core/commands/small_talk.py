"""Small talk: what asks for nothing, and gets one polite line."""

from __future__ import annotations

from typing import Literal

from dialogs.core.commands.row import Row
from dialogs.core.commands.talk import spoken
from dialogs.core.replies import Frozen

SmallTalkKind = Literal[
    "greeting", "thanks", "bye", "bot", "how are you", "fine", "cross", "clock", "disagree", "send",
    "fresh", "call off", "dodging", "write", "answers", "changed mind",
]  # fmt: skip


class SmallTalk(Frozen, frozen=True):
    """Pleasantries."""

    kind: SmallTalkKind


SPOKEN: tuple[SmallTalkKind, ...] = (
    "greeting", "thanks", "bye", "bot", "cross", "clock", "disagree", "send", "fresh", "call off",
    "dodging", "write", "answers", "changed mind",
)  # fmt: skip

ROWS = (
    Row(
        SmallTalk,
        (
            (
                SmallTalk("greeting"),
                """hi | hello | hey | hiya | hello there | hi there | hey there | hi all | morning | good
                morning | good afternoon | good evening | afternoon | evening""",
            ),
            (
                SmallTalk("thanks"),
                """thanks | thank you | cheers | ta | thx | many thanks | thanks a lot | thanks very much |
                thank you very much | thank you so much | thanks so much | great thanks | ok thanks |
                lovely thanks | perfect thanks | brilliant thanks | thats great thanks | thats helpful
                thanks | much appreciated | nice one | thanks for that | thanks for your help | thank
                you for your help""",
            ),
            (
                SmallTalk("bye"),
                """bye | goodbye | bye for now | bye bye | see you | see you later | see you soon | good
                night | thats all | thats all for now | thats all thanks | im done | enough | ok enough |
                thats enough | enough now | thatll do""",
            ),
            (
                SmallTalk("bot"),
                """are you a bot | are you a robot | are you human | are you a human | are you a person |
                are you real | are you a real person | are you an ai | are you ai | is this a bot | am i
                talking to a bot | who are you | what are you | whats your name | what is your name |
                who am i talking to""",
            ),
            (
                SmallTalk("how are you"),
                """how are you | how are you doing | how are you today | you ok | you
                alright | are you ok""",
            ),
            (
                SmallTalk("fine"),
                """ok | okay | fine | great | good | perfect | brilliant | lovely | excellent | got it | i
                see | understood | noted | makes sense | that makes sense | fair enough | right | sure |
                interesting | ok great | good to know | never mind | nevermind | no problem | forget it
                | lol""",
            ),
            (
                SmallTalk("cross"),
                "useless | rubbish | youre useless | this is rubbish | bad bot | stupid bot",
            ),
            (SmallTalk("clock"), "set a timer | set an alarm | set timer | start a timer"),
        ),
        loosely=spoken({kind: SmallTalk(kind) for kind in SPOKEN}),
        yields_to=("draft",),
        near=False,
    ),
)
