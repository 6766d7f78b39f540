"""Sending an occurrence: a batch of recipients becomes ledger lines and outbox messages, in one commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.app.handlers.assistants import Assistants
from bot.delivery.bulk import queue_of
from bot.platforms.ports import OutboxMessage, platform_of
from bot.storage.records import RedisCommand
from bot.storage.reminders import SeriesStore
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import Due, DueAgain, QuizAgain, QuizTold, Wrap
from dialogs.core.reminder_model import PARTITION, EntryState, Recipient, Series
from dialogs.core.replies import Reply
from dialogs.reminders.behalf import for_another
from dialogs.reminders.cards import Way, send_card, waiting_for
from dialogs.reminders.chain import due_job, missed_job
from dialogs.reminders.due import BATCH, is_late
from dialogs.reminders.leaving import digest
from dialogs.reminders.ledger import failed, line, lost, silent
from dialogs.reminders.quizzes import put_job, told, too_late
from dialogs.wording import reminders as words
from dialogs.wording import reports

FAILURES_AFTER = timedelta(minutes=30)


class Sends(msgspec.Struct, frozen=True):
    """What goes out, or is only noted."""

    series: Series
    jobs: Sequence[Job] = ()
    messages: Mapping[str, Sequence[OutboxMessage]] = {}
    commands: Sequence[RedisCommand] = ()
    note: str = ""
    asks: bool = False
    """Whether whoever looks after it is to be asked if it is to go on."""
    place: str = ""
    """What the channel is called in which nobody answers."""


_MOVING: tuple[EntryState, ...] = ("scheduled", "sent")


class ReminderSends:
    """Makes sends of what is due. May raise MemoryAway."""

    def __init__(self, store: SeriesStore, assistants: Assistants) -> None:
        self._store, self._assistants = store, assistants

    def failures(self, series: Series, key: str, at: datetime) -> Job:
        """Tells the advisor of failures of an occurrence."""
        name = f"{series.id} failures {key} {at.isoformat()}"
        return Job(PARTITION + series.id, Wrap(key, failures=True), at, name)

    async def batch(self, event: Due, series: Series, now: datetime) -> Sends:
        """A batch of an occurrence that has begun."""
        late, jobs = not event.whenever and is_late(series, event.at, now), list[Job]()
        if late and event.start == 0:
            series = replace(series, missed=tuple(dict.fromkeys((*series.missed, event.key))))
            jobs.append(missed_job(series, now))
        roll = event.roll or series.roll
        batch = await self._store.audiences.batch(series.id, roll, event.group, event.start)
        if len(batch) == BATCH:
            further = replace(event, start=event.start + BATCH, roll=roll)
            jobs.append(due_job(series, further))
        elif not late and event.start + len(batch):
            jobs.append(self.failures(series, event.key, now + FAILURES_AFTER))
        ended = series.step == "ended" or event.key in series.without
        instead: EntryState | None = "cancelled" if ended else "missed" if late else None
        there = [recipient for recipient in batch if recipient.id]
        lines, going = await self._entered(series, event, there, instead)
        commands = self._store.enter(series.id, event.key, lines)
        if series.draft.kind == "quiz":
            puts = [put_job(series, event.key, event.at, channel, now, "first") for channel in going]
            return Sends(series, [*jobs, *puts], commands=commands)
        # So many share the queues; small ones need few.
        many, id = sum(series.counts), f"{series.id}-{event.key}"
        messages = await self._messages(series, event.key, going, "first", id, event.at.timestamp(), many)
        return Sends(series, jobs, messages, commands)

    async def again(self, event: DueAgain, series: Series, now: datetime) -> Sends:
        """Somebody put it off, and the time has come; only if nothing has become of it since."""
        entry = await self._store.line_of(series.id, event.key, event.recipient)
        if entry is None or entry.state != "snoozed":
            return Sends(series)
        if datetime.fromisoformat(entry.detail) > now:
            return Sends(series)  # put off once more since
        if series.step == "ended" or await self._muted(series, [event.recipient]):
            state: EntryState = "cancelled" if series.step == "ended" else "muted"
            lines = {event.recipient: line(state, entry.name)}
            return Sends(series, commands=self._store.enter(series.id, event.key, lines))
        whom = Recipient(
            event.recipient, "person", entry.name, platform_of(event.recipient), event.tenant, event.to
        )
        put_off = {event.recipient}
        return await self._sent(series, event.key, [whom], "again", f"snooze {now.isoformat()}", now, put_off)

    async def repeat(self, act: str, key: str, series: Series, now: datetime) -> Sends:
        """Send again to those who failed, or nudge those who are silent; ``key`` "": of the last one."""
        key = key or (series.sent[-1].key if series.sent else "")
        if not any(sent.key == key for sent in series.sent):
            return Sends(series, note=words.NOT_YET)
        if series.draft.kind == "quiz" and act == "nudge":
            return Sends(series, note=words.NO_NUDGE)
        ledger = await self._store.ledger(series.id, key)
        # Whose own it is has come back where they could not be written to.
        unreached = lost(ledger) if series.own else failed(ledger)
        chosen = {entry.recipient for entry in (unreached if act == "again" else silent(ledger))}
        muted = await self._muted(series, sorted(chosen))
        there = [
            recipient
            for recipient in await self._store.audiences.all(series)
            if recipient.id in chosen - muted
        ]
        there = [recipient for recipient in there if not recipient.why_not][:_MOST_REPEATED]
        if act == "again":  # an advisor says that it is worth another try
            await self._store.refusals.lift_all((recipient.tenant, recipient.id) for recipient in there)
        said, none = words.AGAIN[act]
        if not there:
            return Sends(series, note=none)
        if series.draft.kind == "quiz":
            return self._quiz_again(series, key, there, now)
        way: Way = "nudge" if act == "nudge" else "again"
        note = words.OWN_AGAIN if series.own else said.format(count=reports.recipients(len(there)))
        put_off = {entry.recipient for entry in ledger if entry.state == "returned"}
        sends = await self._sent(series, key, there, way, f"{act} {now.isoformat()}", now, put_off)
        return replace(sends, note=note, jobs=[self.failures(series, key, now + FAILURES_AFTER)])

    def _quiz_again(self, series: Series, key: str, there: Sequence[Recipient], now: datetime) -> Sends:
        """The quiz of an occurrence whose channel it didn't reach."""
        lines = {channel.id: line("scheduled", channel.name) for channel in there}
        jobs = [put_job(series, key, now, channel, now, now.isoformat()) for channel in there]
        jobs.append(self.failures(series, key, now + FAILURES_AFTER))
        note = words.AGAIN["again"][0].format(count=reports.recipients(len(there)))
        return Sends(series, jobs, commands=self._store.enter(series.id, key, lines), note=note)

    async def quiz_again(self, event: QuizAgain, series: Series, now: datetime) -> Sends:
        """The channel had another quiz open: now it may have none."""
        waiting = [
            entry for entry in await self._store.ledger(series.id, event.key) if entry.state == "scheduled"
        ]
        left = series.step != "on" or event.key in series.without
        late = too_late(series, event.at, now)
        if left or late or not waiting:
            lines = {
                entry.recipient: line("cancelled", entry.name)
                if left
                else line("failed", entry.name, "quiz_open")
                for entry in waiting
            }
            jobs = [self.failures(series, event.key, now)] if lines and not left else []
            return Sends(series, jobs, commands=self._store.enter(series.id, event.key, lines))
        ids = {entry.recipient for entry in waiting}
        there = [channel for channel in await self._store.audiences.all(series) if channel.id in ids]
        puts = [put_job(series, event.key, event.at, channel, now, now.isoformat()) for channel in there]
        return Sends(series, puts)

    async def quiz_told(self, event: QuizTold, series: Series, now: datetime) -> Sends:
        """What became of a quiz in its channel; ``Sends.asks``: whether to ask if the series is to go on."""
        sent = next((sent for sent in series.sent if sent.key == event.key), None)
        came = told(event, series, sent.at if sent else now, now)
        jobs, lines = list(came.jobs), dict[str, str]()
        ledger = await self._store.ledger(series.id, event.key)
        if came.line is not None:
            state, why = came.line
            lines = {
                entry.recipient: line(state, entry.name, why) for entry in ledger if entry.state in _MOVING
            }
            jobs += [self.failures(series, event.key, now)] if state == "failed" else []
        commands = self._store.enter(series.id, event.key, lines)
        return Sends(
            came.series,
            jobs,
            commands=commands,
            asks=came.asks,
            place=next((entry.name for entry in ledger), ""),
        )

    async def _entered(
        self, series: Series, event: Due, batch: Sequence[Recipient], instead: EntryState | None
    ) -> tuple[dict[str, str], list[Recipient]]:
        """A batch's ledger lines, and those to whom it really goes."""
        people = [recipient for recipient in batch if recipient.kind == "person"]
        muted = await self._muted(series, [recipient.id for recipient in batch])
        refused = await self._store.refusals.of((person.tenant, person.id) for person in people)
        assisted = await self._assisted(series, people)
        told = await self._told(series, event.key, people)
        lines: dict[str, str] = {}
        going: list[Recipient] = []
        for recipient in batch:
            if recipient.id in muted:
                lines[recipient.id] = line("muted", recipient.name)
            elif instead is not None:
                lines[recipient.id] = line(instead, recipient.name)
            elif recipient.id in assisted:
                lines[recipient.id] = line("scheduled", recipient.name)
                going.append(recipient)
            elif recipient.id in refused:
                lines[recipient.id] = line("suspended", recipient.name, refused[recipient.id])
            elif recipient.why_not:
                again = told.get(recipient.id) == recipient.why_not
                state: EntryState = "suspended" if again else "failed"
                lines[recipient.id] = line(state, recipient.name, recipient.why_not)
            else:
                lines[recipient.id] = line("scheduled", recipient.name)
                going.append(recipient)
        return lines, going

    async def _muted(self, series: Series, people: Sequence[str]) -> Set[str]:
        """Those who have stopped it; who stops all that advisors send hasn't stopped their own."""
        return frozenset[str]() if series.own else await self._store.muted(series.id, people)

    async def _assisted(self, series: Series, people: Iterable[Recipient]) -> Mapping[str, Recipient]:
        """Those whose assistants get it, with these."""
        return {} if series.own else await self._assistants.of(series.id, [each.id for each in people])

    async def _told(self, series: Series, key: str, people: Sequence[Recipient]) -> dict[str, str]:
        """Of those who can't be written to: why they couldn't be the time before, which the advisor knows."""
        before = [sent.key for sent in series.sent if sent.key != key][-1:]
        found = {}
        for person in people if before else ():
            if person.why_not:
                entry = await self._store.line_of(series.id, before[0], person.id)
                found[person.id] = entry.detail if entry and entry.state in ("failed", "suspended") else ""
        return found

    async def _sent(
        self,
        series: Series,
        key: str,
        whom: Sequence[Recipient],
        way: Way,
        id: str,
        now: datetime,
        put_off: Set[str],
    ) -> Sends:
        """``put_off``: those of ``whom`` who had put it off."""
        lines = {
            recipient.id: line("scheduled", recipient.name, put_off=recipient.id in put_off)
            for recipient in whom
        }
        at, many = now.timestamp(), len(whom)
        messages = await self._messages(series, key, whom, way, f"{series.id}-{key}-{id}", at, many)
        return Sends(series, messages=messages, commands=self._store.enter(series.id, key, lines))

    async def _messages(
        self, series: Series, key: str, whom: Sequence[Recipient], way: Way, id: str, at: float, many: int
    ) -> dict[str, list[OutboxMessage]]:
        cards: dict[str, Reply] = {}
        asks, assisted = waiting_for(series, key), await self._assisted(series, whom)
        messages: dict[str, list[OutboxMessage]] = {}
        for recipient in whom:
            card = cards.setdefault(recipient.kind, send_card(series, key, recipient.kind, way))
            names = digest(series.id, recipient.id)
            message = OutboxMessage(
                f"{id}-{names}", recipient.platform, recipient.to, card, speaker=recipient.id, at=at,
                paced=True, tenant=recipient.tenant, entry=(key, recipient.id), asks=asks,
            )  # fmt: skip
            if assistant := assisted.get(recipient.id):
                message = replace(
                    message, platform=assistant.platform, to=assistant.to, tenant=assistant.tenant,
                    reply=for_another(card, recipient.name, names), speaker=assistant.id,
                    through=assistant.id, asks=None,
                )  # fmt: skip
            messages.setdefault(queue_of(recipient.id, many), []).append(message)
        return messages


_MOST_REPEATED = 2_000
"""So many are sent again by one press; a further one takes the next."""
