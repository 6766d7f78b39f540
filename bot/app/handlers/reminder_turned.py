"""What an event comes to in a series' turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.platforms.ports import Address, OutboxMessage
from bot.storage.records import RedisCommand
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import ADVISORS_PARTITION, Series
from dialogs.core.replies import Reply
from dialogs.core.session_model import Actor


class Turned:
    """What an event comes to."""

    def __init__(
        self,
        series: Series,
        note: str = "",
        *,
        jobs: Sequence[Job] = (),
        tell: Reply | None = None,
        to: Address | None = None,
        by: str = "",
        messages: Mapping[str, Sequence[OutboxMessage]] | None = None,
        commands: Sequence[RedisCommand] = (),
    ) -> None:
        """``tell``: what an advisor is told, at ``to`` (of ``by``), or else where the series' own one
        is reached."""
        self.series, self.note, self.jobs = series, note, jobs
        self.tell, self.to, self.messages, self.commands = tell, to, dict(messages or {}), commands
        self.by = by


def audit(what: str, series: Series, by: Actor, now: datetime) -> list[Job]:
    """A line for the audit list: who did what to a series; none where it is for themselves alone."""
    if series.own:
        return []
    told = Audited(now, by.id, by.name, f"{what} {series.draft.kind} {series.id}")
    return [Job(ADVISORS_PARTITION, told, key=f"{series.id} audit {what} {now.isoformat()}")]
