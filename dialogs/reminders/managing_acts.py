"""The words with which advisors look after series, lists and one another."""

from __future__ import annotations

import re

from dialogs.core.replies import Frozen
from dialogs.sessions.acts import ID

_REMINDERS = re.compile(r"(?P<mine>my )?reminders(?: from (?P<start>\d{1,4}))?", re.IGNORECASE)
_CHANGE = re.compile(rf"(?:reminder|pulse) change (?P<id>[0-9A-Z]{{{ID}}})", re.IGNORECASE)
_ASTRAY = re.compile(
    r"(?:reminder|pulse) "
    r"(?P<act>done|snooze|stop|start|pause|resume|skip|cancel|report|who|nudge|again|change|answer"
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


ManagingAct = ListReminders | ChangeSeries | SetList | ChangeList | DropList | ChangeAdvisor


def managing_act(text: str) -> ManagingAct | None:
    """What ``text`` (cleaned, mentions as tokens) does; None where it means anything else."""
    text = text.rstrip(" .!")
    listed = _REMINDERS.fullmatch(text)
    if listed:
        return ListReminders(max(int(listed["start"] or 1) - 1, 0), bool(listed["mine"]))
    change = _CHANGE.fullmatch(text)
    if change:
        return ChangeSeries(change["id"].upper())
    astray = _ASTRAY.fullmatch(text)
    if astray:
        return ListReminders(mine=astray["act"].lower() in _RECIPIENTS)
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
