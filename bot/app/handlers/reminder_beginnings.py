"""How a series begins, or goes on in another way, and how its recipients are looked up anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec.structs import replace

from bot.app.handlers.recipients import RecipientResolver, Resolved
from bot.app.handlers.reminder_turned import Turned, audit
from bot.storage.reminders import SeriesStore
from dialogs.core.jobs import Job
from dialogs.core.reminder_events import BeginSeries, Gather, ReachAdvisor
from dialogs.core.reminder_model import ADVISORS_PARTITION, MOST_OWN, AdvisorSettings, Draft, Series
from dialogs.core.replies import Reply, Text
from dialogs.recurrence.rule import fault
from dialogs.reminders.cards import called
from dialogs.reminders.chain import first_jobs, gather_jobs, seen_to
from dialogs.reminders.due import grouped, next_of_all
from dialogs.reminders.leaving import still
from dialogs.reminders.started import started_card
from dialogs.wording import reminders as words


class ReminderBeginnings:
    """Looks recipients up, and sets occurrences up for them. May raise MemoryAway, or Unavailable."""

    def __init__(
        self,
        store: SeriesStore,
        resolver: RecipientResolver,
        advisor_settings: Callable[[], Awaitable[AdvisorSettings]],
        may_advise: Callable[[str], bool],
    ) -> None:
        self.store, self._resolver, self._advisor_settings = store, resolver, advisor_settings
        self._may_advise = may_advise

    async def resolve(self, event: BeginSeries | Gather, series: Series | None) -> Resolved:
        advisor_settings = await self._advisor_settings()
        if isinstance(event, BeginSeries):
            return await self._resolver.resolve(event.draft.targets, advisor_settings, event.to, event.tenant)
        if series is None:
            return Resolved(())
        to, tenant = series.owner_to, series.owner_tenant
        return await self._resolver.resolve(series.draft.targets, advisor_settings, to, tenant)

    def begin(
        self,
        id: str,
        event: BeginSeries,
        before: Series | None,
        resolved: Resolved,
        now: datetime,
        *,
        full: bool,
    ) -> Turned:
        """Start a series, or go on with one that runs in another way. ``full``: whether whoever starts it has
        as many of their own open as they may."""
        draft, changed = replace(event.draft, id=id, changes="", asked=""), before is not None
        names = {recipient.id: recipient.name for recipient in resolved.recipients}
        targets = (replace(each, name=each.name or names.get(each.id, "")) for each in draft.targets)
        draft = replace(draft, targets=tuple(targets))
        where = self._resolver.where_reached()
        reached = [recipient for recipient in resolved.recipients if not recipient.why_not]
        base = before or Series(id, draft, event.by, event.tenant, event.to, event.zone, now)
        if not base.owner.id:  # whoever changes what nobody looks after, looks after it
            base = replace(
                base, owner=event.by, owner_tenant=event.tenant, owner_to=event.to, owner_zone=event.zone
            )
        if before and not event.draft.changes:
            return Turned(before or replace(base, step="ended"), words.DONE_BEFORE)
        own = draft.to_self(event.by.id)
        refused = self._refused(event, before, draft, full=full and own)
        if refused:
            kept = before or replace(base, step="ended")
            return Turned(kept, tell=Reply((Text(refused),), private=True), to=event.to, by=event.by.id)
        if not reached and own:
            kept = before or replace(base, step="ended")
            unreached = Reply((Text(words.OWN_UNREACHED),), private=True)
            return Turned(kept, tell=unreached, to=event.to, by=event.by.id)
        if not reached:
            told = started_card(base, resolved.recipients, resolved.notes, None, where)
            said = Text(words.NOBODY_CHANGE if changed else words.NOBODY)
            nobody = Reply((said, *told.blocks[1:]), private=True)
            kept = before or replace(base, step="ended")
            return Turned(kept, tell=nobody, to=event.to, by=event.by.id)
        groups = grouped(resolved.recipients, base.owner_zone)
        series = replace(
            base,
            draft=draft,
            step="on",
            version=base.version + (1 if changed else 0),
            without=(),
            left=(),
            roll=base.roll + 1,
            groups=tuple(groups),
            counts=tuple(map(len, groups.values())),
        )
        series = seen_to(series, series.groups, now)
        coming = next_of_all(series, now)
        first = coming.at if coming else None
        card = started_card(series, resolved.recipients, resolved.notes, first, where, changed=changed)
        commands = self.store.audiences.keep(id, series.roll, groups)
        if before is not None:
            commands += self.store.audiences.drop(before)
        jobs = [
            *first_jobs(series, series.groups, now),
            *gather_jobs(series, now),
        ]
        if not series.own:
            reach = ReachAdvisor(event.by, event.tenant, event.to, event.zone)
            jobs.append(Job(ADVISORS_PARTITION, reach, key=f"{id} reach"))
        jobs += audit("change" if changed else "start", series, event.by, now)
        return Turned(series, jobs=jobs, tell=card, to=event.to, by=event.by.id, commands=commands)

    def _refused(self, event: BeginSeries, before: Series | None, draft: Draft, *, full: bool) -> str:
        """Why whoever starts or changes it may not, whatever they could when they pressed "Start"; "" where
        they may."""
        by = event.by.id
        if before is not None and before.own and before.owner.id != by:
            return words.GONE
        own = draft.to_self(by) and (before is None or before.own)
        if not own and not self._may_advise(by):  # another advisor has taken that away
            return words.ADVISES_NO_MORE[before is not None].format(what=called(draft))
        if draft.schedule is None or fault(draft.schedule):
            return words.UNDATED[before is not None].format(what=called(draft))
        return words.OWN_TOO_MANY.format(limit=MOST_OWN, what=called(draft)) if full and not before else ""

    def gather(self, event: Gather, series: Series, resolved: Resolved, now: datetime) -> Turned:
        if event.version != series.version or series.step != "on":
            return Turned(series)
        there = still(series, resolved.recipients, self._resolver.names_of)
        if not there:
            return Turned(series)  # those known before are better than nobody
        groups = grouped(there, series.owner_zone)
        fresh = replace(
            series,
            roll=series.roll + 1,
            groups=tuple(groups),
            counts=tuple(map(len, groups.values())),
        )
        commands = [
            *self.store.audiences.keep(series.id, fresh.roll, groups),
            *self.store.audiences.drop(series),
        ]
        # The groups that were there before have their next occurrence set up already.
        newcomers = [group for group in fresh.groups if group not in series.groups]
        jobs = first_jobs(fresh, newcomers, now)
        return Turned(seen_to(fresh, newcomers, now), jobs=jobs, commands=commands)
