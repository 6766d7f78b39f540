"""Commands about the speaker's own data."""

from __future__ import annotations

import re

from dialogs.core.commands.row import FreeWay, HeardText, HelpLine, Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.replies import Frozen
from dialogs.core.text import normal
from dialogs.manners import ASKED, LEAD, TAIL
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


_US = r"(?:you|sharewise|this (?:bot|app|thing)|the (?:bot|app|system))"
_KEEPS = (
    rf"{_US}(?: still| currently| actually| already| may| might|ve)? "
    r"(?:hold|have|keep|store|know|remember|collect|record|got)s?"
    r"(?: (?:got|stored|kept|recorded|collected|saved|down|held))?"
)
_KEPT = r"(?:held|kept|stored|known|recorded|saved|collected|remembered)"
_OF_ME = r"(?:on|about|of|for|from|concerning) me"
_DATA = r"(?:(?:the |that )?(?:personal |own )?(?:data|info|information|details|records?))"
_ALL = rf"(?:all|everything|anything|whatever|what|(?:(?:all|any) (?:of )?)?{_DATA})(?: that)?"
_ALL_KEPT = rf"{_ALL}(?: {_KEEPS}| is {_KEPT}| {_KEPT})? {_OF_ME}"
_MINE = rf"(?:(?:all|any) (?:of )?)?my {_DATA}(?: {_KEEPS})?"
_FORGETS = r"(?:forget|erase|delete|remove|wipe|clear|destroy|get rid of|scrub)"
_ERASED = r"(?:forgotten|erased|deleted|removed|wiped|destroyed)"
_ENTIRELY = rf"(?: (?:completely|entirely|altogether|for good|then|now|from (?:here|{_US})))*"
_FORGET = re.compile(
    rf"{LEAD}{ASKED}{LEAD}(?:{_FORGETS} (?:{_ALL_KEPT}|{_MINE})"
    r"|(?:forget|erase|delete) (?:all )?(?:about )?me"
    rf"|(?:(?:i (?:want|need) |have )?(?:{_MINE}|{_ALL_KEPT}) (?:to )?)?be {_ERASED}"
    rf"|(?:i (?:want|need) |have )(?:{_MINE}|{_ALL_KEPT}) {_ERASED}){_ENTIRELY}{TAIL}"
)
"""To be erased, in whatever words: it is asked about before anything goes."""
_SEE = re.compile(
    rf"{LEAD}{ASKED}{LEAD}(?:(?:what|which)(?: else| all| sort of| kind of)*(?: {_DATA})?"
    rf"(?: do| does| have| has| is| are|s)? (?:{_KEEPS}|{_KEPT}) {_OF_ME}"
    rf"|(?:see|show me|look at|get|export|download|give me|have)(?: a copy of)? (?:{_MINE}|{_ALL_KEPT})"
    rf"|what(?:s| is| has been) {_KEPT} {_OF_ME}"
    rf"|(?:make )?(?:an? )?(?:subject access request|d?sar)){TAIL}"
)


def _in_words(way: re.Pattern[str], command: Frozen) -> FreeWay:
    def read(heard: HeardText) -> Frozen | None:
        return command if way.fullmatch(normal(heard.text)) else None

    return read


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
        loosely=_in_words(_SEE, MyData()),
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
        loosely=_in_words(_FORGET, ForgetMe()),
        lacks=Lacks(r"forget|erase|delete", lacking.FORGET, "forget me"),
        help=(HelpLine("also", "**forget me**"),),
        menu=(MenuItem("forget me", "Erase everything stored about you", ("direct",)),),
    ),
    Row(ConfirmForget, ((ConfirmForget(), "yes, forget me | yes forget me"),)),
)
