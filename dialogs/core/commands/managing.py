"""Commands that look after what runs: series, by their recipients and their advisors; lists; advisors."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.row import HeardText, HelpLine, Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.reminder_events import SteerAct
from dialogs.core.replies import Frozen
from dialogs.core.text import clean
from dialogs.wording import lacking

SeriesActName = (
    Literal["done", "snooze", "stop", "start again", "answer", "change answer", "comment", "noted"]
    | Literal["retry", "take over", "hand over"]
    | SteerAct
)

ALL = "ALL"
"""In the place of an id: every series."""
SNOOZES = ("tomorrow", "week", "hour")

_ASTRAY = re.compile(
    r"(?:reminder|pulse) "
    r"(?P<act>done|snooze|stop|start|pause|resume|skip|cancel|report|who|nudge|again|retry|change|answer"
    r"|comment)(?: (?:all|again|it|[0-9A-Z]{8,16})\b.{0,60})?",
    re.IGNORECASE,
)
"""Words of a button that name nothing we know, or nothing at all."""
_RECIPIENTS = {"done", "snooze", "stop", "start", "answer", "comment"}
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


class SeriesAct(Frozen, frozen=True):
    """Something done to a series that is named."""

    act: SeriesActName
    series: str
    """Its id, or ``ALL``; to retry, the id of the job that failed."""
    key: str = ""
    """The occurrence; empty where none was named."""
    rest: str = ""
    """The number answered, until when it is put off (one of ``SNOOZES``), or whom it is handed over to."""


class ListReminders(Frozen, frozen=True):
    """What is coming, or what I receive."""

    start: int = 0
    """How many to pass over."""
    mine: bool = False
    """Only what the speaker receives."""


class ChangeSeries(Frozen, frozen=True):
    """Make a draft of a series that runs."""

    id: str


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


class SetDigest(Frozen, frozen=True):
    """The weekly digest is wanted, or not."""

    wanted: bool


def managed(text: str) -> Frozen | None:
    """What ``text`` (cleaned, mentions as tokens) does to lists and advisors; None for anything else."""
    text = text.rstrip(" .!")
    named = _LIST.fullmatch(text)
    if named:
        return SetList(named["name"], named["who"])
    advisor = _ADVISOR.fullmatch(text)
    if advisor and _MENTION.search(text):
        return ChangeAdvisor(advisor["after"] or advisor["before"], away=not advisor["add"])
    drop = _DROP.fullmatch(text)
    if drop:
        return DropList(drop["name"] or drop["before"], sure=bool(drop["name"]))
    add = _ADD.fullmatch(text)
    if add:
        return ChangeList(add["name"], add["who"])
    remove = _REMOVE.fullmatch(text)
    return ChangeList(remove["name"], remove["who"], away=True) if remove else None


def _managed(command: type[Frozen], *wires: Wire, lacks: Lacks | None = None) -> Row:
    """The row of one command of those that ``managed`` tells apart."""

    def read(heard: HeardText) -> Frozen | None:
        found = managed(clean(heard.said.exact) or heard.text)
        return found if isinstance(found, command) else None

    return Row(command, wires=wires, phrase=read, who="advisors", overheard=False, lacks=lacks)


def _astray(heard: HeardText) -> Frozen | None:
    astray = _ASTRAY.fullmatch(heard.text.rstrip(" .!"))
    return ListReminders(mine=astray["act"].lower() in _RECIPIENTS) if astray else None


ROWS = (
    Row(
        SeriesAct,
        wires=(
            Wire(SeriesAct, "reminder done {series:id} {key:key}", act="done"),
            Wire(SeriesAct, "reminder snooze {series:id} {key:key} {rest:tomorrow|week|hour}", act="snooze"),
            Wire(SeriesAct, "reminder {act:stop|start again} {series:id}"),
            Wire(SeriesAct, "reminder {act:stop|start again} {series:all}"),
            Wire(SeriesAct, "pulse answer {series:id} {key:key} {rest:digit}", act="answer"),
            Wire(SeriesAct, "pulse change answer {series:id} {key:key}", act="change answer"),
            Wire(SeriesAct, "pulse comment {series:id} {key:key}", act="comment"),
            Wire(SeriesAct, "reminder noted {series:id} {key:key}", act="noted"),
        ),
        to="series",
    ),
    Row(
        SeriesAct,
        wires=(Wire(SeriesAct, "reminder {act:pause|resume|skip|cancel} {series:id} {key:key?}"),),
        to="series",
        who="host",
        lacks=Lacks(
            r"(?:pause|resume|skip|end)(?: (?:it|this|that|these|the (?!reminder|pulse).{1,30}))?",
            lacking.STEERED,
            "reminders",
        ),
    ),
    Row(
        SeriesAct,
        wires=(
            Wire(SeriesAct, "reminder {act:again|nudge|report|who|trend} {series:id} {key:key?}"),
            Wire(SeriesAct, "reminder take over {series:id}", act="take over"),
            Wire(SeriesAct, "reminder hand over {series:id}", act="hand over"),
            Wire(SeriesAct, "reminder hand over {series:id} to {rest:words}", act="hand over"),
        ),
        to="series",
        who="advisors",
        lacks=Lacks(
            r"(?:(?:reminder|pulse) )?(?:hand|take)(?: (?:it|this|that|the (?:reminder|pulse)))? over(?: .+)?"
            r"|nudge(?: (?:it|this|that|these|the (?!reminder|pulse).{1,30}))?"
            r"|(?:re)?try(?: again)?"
            r"|(?:see |show )?(?:the )?(?:trend|who|report)|report on the (?:reminder|pulse)",
            lacking.REPORTED,
            "reminders",
        ),
    ),
    Row(
        SeriesAct,
        wires=(Wire(SeriesAct, "reminder retry {series:id}", act="retry"),),
        to="series",
        who="host",
    ),
    Row(
        ChangeSeries,
        wires=(Wire(ChangeSeries, "reminder change {id:id}"), Wire(ChangeSeries, "pulse change {id:id}")),
        who="host",
        overheard=False,
    ),
    Row(
        ListReminders,
        (
            (
                ListReminders(),
                """reminders | all reminders | the reminders | whats coming | what is coming | our
                reminders | pulses | all pulses | upcoming reminders""",
            ),
            (
                ListReminders(mine=True),
                """my reminders | what i receive | what do i receive | which reminders do i receive |
                which reminders do i get | stop reminders | stop the reminders | stop my reminders |
                stop these reminders | stop reminding me | mute reminders | unsubscribe |
                how do i stop these | how do i stop this | how can i stop these | how do i unsubscribe |
                how do i opt out""",
            ),
        ),
        (
            Wire(ListReminders, "reminders from {start:place}", mine=False),
            Wire(ListReminders, "my reminders from {start:place}", mine=True),
        ),
        phrase=_astray,
        lacks=Lacks(
            r"(?:my )?(?:reminders?|pulses?) .{1,80}"
            r"|(?:cancel|stop|delete|end|pause|change) (?:my|the|this|that|a) (?:reminder|pulse)s?",
            lacking.WHICH,
            "reminders",
        ),
        help=(HelpLine("receiving", "**reminders**: those that you receive, and how to stop them"),),
        menu=(MenuItem("reminders", "What you receive, or, for advisors, what is coming", ("direct",)),),
    ),
    Row(
        Lists,
        ((Lists(), "lists | all lists | the lists | our lists | my lists"),),
        who="advisors",
        help=(
            HelpLine(
                "advising", "**list the steering group: @…, @…**, **lists**, **advisors**, **digest off**"
            ),
        ),
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
    Row(
        Advisors,
        ((Advisors(), "advisors | the advisors | our advisors | who are the advisors | who advises"),),
        who="advisors",
    ),
    _managed(
        ChangeAdvisor,
        Wire(ChangeAdvisor, "add advisor {who:who}", reads=False, away=False),
        Wire(ChangeAdvisor, "remove advisor {who:who}", reads=False, away=True),
        lacks=Lacks(r"(?:add|make|new|remove|delete) advis[oe]rs?(?: .{1,60})?", lacking.ADVISOR, "advisors"),
    ),
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
