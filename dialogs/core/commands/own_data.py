"""Commands about the speaker's own data."""

from __future__ import annotations

from dialogs.core.commands.row import HelpLine, Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.replies import Frozen
from dialogs.wording import lacking
from dialogs.wording.privacy import KINDS


class MyData(Frozen, frozen=True):
    """Show me what is kept about me."""

    kind: str = ""
    """One kind of it in full, as records call it; empty for all kinds, the newest of each."""
    page: int = 0
    """Of that kind, from 0."""


class ForgetMe(Frozen, frozen=True):
    """Erase what is kept about me, once I have confirmed it."""


class ConfirmForget(Frozen, frozen=True):
    """Yes, erase it."""


ROWS = (
    Row(
        MyData,
        (
            (
                MyData(),
                """my data | what you keep about me | what i keep about you | what sharewise keeps about you |
                what sharewise keeps about me | what do you know about me | what do you keep about me |
                what do you store about me | export my data | what have you stored about me |
                what data do you hold on me | what do you hold on me""",
            ),
        ),
        (Wire(MyData, f"my data {{kind:{'|'.join(KINDS)}}} {{page:place?}}"),),
        lacks=Lacks(
            r"(?:the )?data|my data .{1,60}|my (?:info|information|details)", lacking.MY_DATA, "my data"
        ),
        help=(HelpLine("also", "**my data**"),),
        menu=(MenuItem("my data", "Everything stored about you", ("direct",)),),
    ),
    Row(
        ForgetMe,
        (
            (
                ForgetMe(),
                """forget me | forget about me | forget all about me | delete my data | erase my data |
                erase me | delete me""",
            ),
        ),
        lacks=Lacks(r"forget|erase|delete", lacking.FORGET, "forget me"),
        help=(HelpLine("also", "**forget me**"),),
        menu=(MenuItem("forget me", "Erase everything stored about you", ("direct",)),),
    ),
    Row(ConfirmForget, ((ConfirmForget(), "yes, forget me | yes forget me"),)),
)
