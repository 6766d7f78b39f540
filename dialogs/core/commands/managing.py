"""Commands that look after what runs: series, by their recipients and their advisors."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.commands.row import HeardText, HelpLine, Lacks, MenuItem, Row
from dialogs.core.commands.wire import Wire
from dialogs.core.reminder_events import SteerAct
from dialogs.core.replies import Frozen
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


class SeriesAct(Frozen, frozen=True):
    """Something done to a series that is named."""

    act: SeriesActName
    series: str
    """Its id, or ``ALL``; to retry, the id of the job that failed."""
    key: str = ""
    """The occurrence; empty where none was named."""
    rest: str = ""
    """The number answered, until when it is put off (one of ``SNOOZES``), or whom it is handed over to."""
    behalf: str = ""
    """In whose place an assistant does it, as a digest (``leaving.digest``); empty for one's own."""


class ListReminders(Frozen, frozen=True):
    """What is coming, or what I receive."""

    start: int = 0
    """How many to pass over."""
    mine: bool = False
    """Only what the speaker receives."""


class ChangeSeries(Frozen, frozen=True):
    """Make a draft of a series that runs."""

    id: str
    said: str = ""
    """What is to change, as said of "it"; empty where that is still to come."""


def _astray(heard: HeardText) -> Frozen | None:
    astray = _ASTRAY.fullmatch(heard.text.rstrip(" .!"))
    return ListReminders(mine=astray["act"].lower() in _RECIPIENTS) if astray else None


ROWS = (
    Row(
        SeriesAct,
        wires=(
            Wire(SeriesAct, "reminder done {series:id} {key:key} {behalf:digest?}", act="done"),
            Wire(
                SeriesAct,
                "reminder snooze {series:id} {key:key} {rest:tomorrow|week|hour} {behalf:digest?}",
                act="snooze",
            ),
            Wire(SeriesAct, "reminder {act:stop|start again} {series:id} {behalf:digest?}"),
            Wire(SeriesAct, "reminder {act:stop|start again} {series:all}"),
            Wire(SeriesAct, "pulse answer {series:id} {key:key} {rest:digit} {behalf:digest?}", act="answer"),
            Wire(
                SeriesAct, "pulse change answer {series:id} {key:key} {behalf:digest?}", act="change answer"
            ),
            Wire(SeriesAct, "pulse comment {series:id} {key:key} {behalf:digest?}", act="comment"),
            Wire(SeriesAct, "reminder noted {series:id} {key:key}", act="noted"),
        ),
        to="series",
    ),
    Row(
        SeriesAct,
        wires=(Wire(SeriesAct, "reminder {act:pause|resume|skip|cancel|again} {series:id} {key:key?}"),),
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
            Wire(SeriesAct, "reminder {act:nudge|report|who|trend} {series:id} {key:key?}"),
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
            maybe=r"report (?:on )?.{1,80}",
            labels="send again to those who failed",
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
        wires=(
            Wire(ChangeSeries, "reminder change {id:id} {said:words?}"),
            Wire(ChangeSeries, "pulse change {id:id}"),
        ),
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
        help=(HelpLine("receiving", "**reminders**: what you receive, and how to stop it"),),
        menu=(MenuItem("reminders", "What you receive, or, for advisors, what is coming", ("direct",)),),
    ),
)
