"""Commands for what the advisors share: lists, who advises, the digest."""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.core.addresses import ADDRESS
from dialogs.core.commands.row import HeardText, HelpLine, Lacks, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.replies import Frozen
from dialogs.core.text import clean
from dialogs.manners import LEAD, TAIL
from dialogs.wording import lacking

_LIST = re.compile(
    r"(?:(?:new|make|create|name|set up|save) )?(?:a |the )?(?:new )?list(?: called| named)? "
    r"(?P<name>[^:]{1,200}?)\s*:\s*(?P<who>.*)",
    re.IGNORECASE,
)
_DROP = re.compile(
    r"(?:delete|remove|drop) (?:the )?list (?P<name>.{1,80})|(?:delete|remove|drop) (?P<before>.{1,80}) list",
    re.IGNORECASE,
)
_ADVISOR = re.compile(
    r"(?:(?P<add>add|make|new)|remove|delete) (?:advis[oe]rs? (?P<after>\S.*)"
    r"|(?P<before>\S.*?) (?:as )?(?:an )?advis[oe]rs?)",
    re.IGNORECASE,
)
_ADD = re.compile(r"add (?P<who>\S.*?) to (?:the list )?(?P<name>\S.{0,80})", re.IGNORECASE)
_REMOVE = re.compile(
    r"(?:remove|take|drop|delete) (?P<who>\S.*?) (?:from|off|out of) (?:the list )?(?P<name>\S.{0,80})",
    re.IGNORECASE,
)
_MENTION = re.compile(r"[@#]\w")


class Lists(Frozen, frozen=True):
    """Which lists there are."""


class SetList(Frozen, frozen=True):
    """Name a list, or say anew who belongs to it."""

    name: str
    who: str


class ChangeList(Frozen, frozen=True):
    """Add to a list, or take from it."""

    name: str
    who: str
    away: bool = False

    @property
    def sure(self) -> bool:
        """Whether this is about a list even where none has that name: somebody is mentioned."""
        return bool(_MENTION.search(self.who))


class DropList(Frozen, frozen=True):
    """Take a list away."""

    name: str
    sure: bool = True
    """Whether this is about a list even where none has that name."""


class Advisors(Frozen, frozen=True):
    """Who advises?"""


class ChangeAdvisor(Frozen, frozen=True):
    """Somebody becomes an advisor, or no longer is one."""

    who: str
    away: bool = False


class SetAssistant(Frozen, frozen=True):
    """Somebody answers for somebody else, or nobody does."""

    who: str
    """As typed; "nobody" takes it back."""
    whom: str


class SetDigest(Frozen, frozen=True):
    """The weekly digest is wanted, or not."""

    wanted: bool


_ONE = rf"(?:@[\w.-]+|{ADDRESS})"
_ASSISTANT = re.compile(
    rf"(?P<who>{_ONE}|nobody|no one|no-one) (?:now )?answers for (?P<whom>{_ONE})"
    rf"|(?P<not>{_ONE}) (?:no longer answers|does(?:n't| not) answer) for (?P<theirs>{_ONE})(?: any ?more)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)  # each of its rows asks
def managed(text: str) -> Frozen | None:
    """What ``text`` (cleaned, mentions as tokens) does to lists and advisors; None for anything else."""
    text = text.rstrip(" .!")
    named = _LIST.fullmatch(text)
    if named:
        return SetList(named["name"], named["who"])
    advisor = _ADVISOR.fullmatch(text)
    if advisor and _MENTION.search(text):
        return ChangeAdvisor(advisor["after"] or advisor["before"], away=not advisor["add"])
    assistant = _ASSISTANT.fullmatch(text)
    if assistant:
        away = assistant["not"] or assistant["who"].lower() in ("nobody", "no one", "no-one")
        return SetAssistant("nobody" if away else assistant["who"], assistant["theirs"] or assistant["whom"])
    drop = _DROP.fullmatch(text)
    if drop:
        return DropList(drop["name"] or drop["before"], sure=bool(drop["name"]))
    add = _ADD.fullmatch(text)
    if add:
        return ChangeList(add["name"], add["who"])
    remove = _REMOVE.fullmatch(text)
    return ChangeList(remove["name"], remove["who"], away=True) if remove else None


_ABOUT_ADVISORS = re.compile(
    rf"{LEAD}(?:(?:am i|i[’']?m|i am|i was|i(?:[’']d| would) like to be|i want to be(?:come)?"
    r"|(?:can|may|could) i be(?:come)?|how (?:do|can) i be(?:come)?|(?:(?:can|could|would) you )?make me"
    r"|add me as)(?: not)?(?: also)?"
    rf" (?:an?|the|one of (?:the|our|your)) advis[eo]rs?(?: here| now| too)?{TAIL}"
    r"|who(?: is|’s|'s| are|’re|'re)(?: the| our| your| my| an?)? advis[eo]rs?(?: here)?"
    r"|who advises(?: here| us| me)?)",
    re.IGNORECASE,
)


def _about_advisors(heard: HeardText) -> Frozen | None:
    """Who advises, and whether the speaker does."""
    return Advisors() if _ABOUT_ADVISORS.fullmatch(heard.text.rstrip(" .!?")) else None


def _managed(command: type[Frozen], *wires: Wire, lacks: Lacks | None = None) -> Row:
    """The row of one command of those that ``managed`` tells apart."""

    def read(heard: HeardText) -> Frozen | None:
        found = managed(clean(heard.said.exact) or heard.text)
        return found if isinstance(found, command) else None

    return Row(command, wires=wires, phrase=read, who="advisors", overheard=False, lacks=lacks)


ROWS = (
    Row(
        Lists,
        ((Lists(), "lists | all lists | the lists | our lists | my lists"),),
        who="advisors",
        help=(HelpLine("advising also", "**lists** · **advisors**"),),
    ),
    _managed(
        SetList,
        Wire(SetList, "list {name:words}: {who:who}", reads=False),
        lacks=Lacks(
            r"(?:new|make a|create a) list.{0,80}"
            r"|list [^:]{0,60}(?:@.*|\b(?:group|board|team|officers|members))",
            lacking.LIST,
            "lists",
            maybe=r"list .{1,80}",
        ),
    ),
    Row(Advisors, ((Advisors(), "advisors | the advisors | our advisors"),), phrase=_about_advisors),
    _managed(
        ChangeAdvisor,
        Wire(ChangeAdvisor, "add advisor {who:who}", reads=False, away=False),
        Wire(ChangeAdvisor, "remove advisor {who:who}", reads=False, away=True),
        lacks=Lacks(r"(?:add|make|new|remove|delete) advis[oe]rs?(?: .{1,60})?", lacking.ADVISOR, "advisors"),
    ),
    _managed(SetAssistant, Wire(SetAssistant, "{who:who} answers for {whom:who}", reads=False)),
    _managed(
        DropList,
        Wire(DropList, "delete list {name:words}", reads=False),
        lacks=Lacks(r"(?:delete|remove|drop) (?:the |a )?list", lacking.DROP_LIST, "lists"),
    ),
    _managed(
        ChangeList,
        Wire(ChangeList, "add {who:who} to {name:words}", reads=False, away=False),
        Wire(ChangeList, "remove {who:who} from {name:words}", reads=False, away=True),
        lacks=Lacks(
            r"(?:add|remove)(?: @.{1,60})?", lacking.CHANGE_LIST, "lists", maybe=r"(?:add|remove) \S{1,40}"
        ),
    ),
    Row(
        SetDigest,
        (
            (
                SetDigest(True),
                "digest on | weekly digest on | digest | send me the digest | turn the digest on",
            ),
            (
                SetDigest(False),
                """digest off | weekly digest off | no digest | no more digests | stop the digest | turn
                the digest off | turn off the digest""",
            ),
        ),
        who="advisors",
    ),
)
