"""Who looks after a series: it is taken over, handed over, or offered once its advisor has gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.app.handlers.advisor_reach import AdvisorReach
from bot.app.people import PeopleDirectory
from bot.platforms.ports import (
    Address,
    InboundEvent,
    OutboxMessage,
    Unavailable,
    Undeliverable,
)
from dialogs.core.apart import told_apart
from dialogs.core.commands import ChangeSeries, SeriesAct, encode
from dialogs.core.events import Utterance
from dialogs.core.mentions import spoken
from dialogs.core.reminder_events import HandOver
from dialogs.core.reminder_model import AdvisorSettings, Series
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.session_model import Actor
from dialogs.core.text import literal
from dialogs.core.text import words as words_of
from dialogs.reminders.cards import called
from dialogs.reminders.chain import UNCLAIMED_AFTER
from dialogs.reminders.leaving import goes_to_nobody
from dialogs.wording import drafts
from dialogs.wording import privacy as words
from dialogs.wording.dates import full_date

MOST_NAMED = 5
"""Advisors who are offered by name."""
WORDS_NAMED = 4
"""Words of a series by which it is named to be handed over."""


def offer_card(series: Series, now: datetime) -> Reply:
    """For the other advisors: nobody looks after it any more."""
    until = full_date(now + UNCLAIMED_AFTER)
    said = words.OFFERED.format(what=called(series.draft), date=until)
    said += words.OFFERED_EMPTY if goes_to_nobody(series) else ""
    ways = (
        Choice(words.TAKE_OVER, encode(SeriesAct("take over", series.id)), primary=True),
        Choice(words.TAKE_OVER_RESUME, encode(SeriesAct("resume", series.id))),
    )
    return Reply((Text(said), Choices(ways)), private=True)


def left_card(series: Series) -> Reply:
    """For its advisor: somebody left; where that was the last one, with what to do about it."""
    if not goes_to_nobody(series):
        return Reply((Text(words.LEFT.format(what=called(series.draft))),), private=True)
    ways = (
        Choice(drafts.CHANGE, encode(ChangeSeries(series.id)), primary=True),
        Choice(drafts.END, encode(SeriesAct("cancel", series.id))),
    )
    return Reply((Text(words.LAST_LEFT.format(what=called(series.draft))), Choices(ways)), private=True)


def handed_over(
    series: Series, event: HandOver, now: datetime
) -> tuple[Series, str, Sequence[OutboxMessage]]:
    """The series with its new owner, a sentence for whoever did it, and what the others are told."""
    what, by, to = called(series.draft), event.by, event.to
    taken = by.id == to.id
    if series.owner.id == to.id:
        already = words.YOURS_ALREADY if taken else words.THEIRS_ALREADY
        return series, "" if event.resumes else already, ()
    if taken and series.owner.id:  # only what nobody looks after is offered: somebody was quicker
        by_whom = literal(series.owner.name or words.ANOTHER)
        return series, words.TAKEN_FROM_YOU.format(what=what, name=by_whom), ()
    after = replace(
        series, owner=to, owner_tenant=event.tenant, owner_to=event.address,
        owner_zone=event.zone or series.owner_zone,
    )  # fmt: skip
    paused = words.STILL_PAUSED if series.step == "paused" and not event.resumes else ""
    ways = (Choice(words.RESUME, encode(SeriesAct("resume", series.id))),) if paused else ()
    told: list[tuple[Actor, Address, Reply]] = []
    if not taken:
        said = words.HANDED_TO_YOU.format(what=what, name=literal(by.name or words.ANOTHER)) + paused
        told.append(
            (to, event.address, Reply((Text(said), *([Choices(ways)] if ways else [])), private=True))
        )
    if series.owner.id and series.owner.id != by.id and series.owner_to:
        said = words.TAKEN_FROM_YOU.format(what=what, name=literal(to.name or words.ANOTHER))
        told.append((series.owner, series.owner_to, Reply((Text(said),), private=True)))
    messages = [
        OutboxMessage(
            f"{series.id} over {n} {now.isoformat()}", whom.id.partition(":")[0], where, reply,
            speaker=whom.id, at=now.timestamp(),
        )
        for n, (whom, where, reply) in enumerate(told)
    ]  # fmt: skip
    note = words.TAKEN_OVER if taken else words.HANDED_OVER
    return after, note.format(what=what, name=to.name or words.ANOTHER) + (paused if taken else ""), messages


class SeriesOwners:
    """Finds out whom a series is handed over to. May raise MemoryAway."""

    def __init__(
        self, people: PeopleDirectory, reach: AdvisorReach, is_advisor: Callable[[str], bool]
    ) -> None:
        self._people, self._reach, self._is_advisor = people, reach, is_advisor

    async def taken_over(self, inbound: InboundEvent, by: Actor) -> HandOver:
        """``by`` takes it over."""
        known = await self._people.known(inbound.tenant, by.id)
        named = replace(by, name=(known.name if known else "") or by.name)
        return HandOver(by, named, inbound.tenant, inbound.private_to, known.zone if known else "")

    async def handed_over(
        self, inbound: InboundEvent, act: SeriesAct, series: Series, by: Actor, settings: AdvisorSettings
    ) -> HandOver | Reply:
        """Whom ``act`` or a mention names takes ``series`` over; else what to tell ``by``."""
        whom = (act.rest if ":" in act.rest else "") or _mentioned(inbound)
        if not whom:
            names = await self._names(by, settings)
            said = set(words_of(act.rest))
            called = [id for id, name in names.items() if said and said <= set(words_of(name))]
            if len(called) != 1:
                return _to_whom(series, names, self._people.platform_label)
            (whom,) = called
        address = await self._reach.of(whom)
        tenant = await self._people.where(whom)
        directory = self._people.directory(whom.partition(":")[0])
        name = zone = ""
        if directory is not None:
            try:
                someone = await directory.person(whom, address or await self._people.near(tenant))
                whom, name, zone = someone.id, someone.name, someone.zone
                address = address or someone.to
            except (Undeliverable, Unavailable):
                pass  # what is known of them must do
        if not self._is_advisor(whom):
            return Reply((Text(words.NOT_TO_THEM),), private=True)
        if not address:
            return Reply((Text(words.NOT_REACHED),), private=True)
        name = name or settings.advisors.get(whom, "")
        return HandOver(by, Actor(whom, name, advisor=True), tenant, address, zone)

    async def _names(self, by: Actor, settings: AdvisorSettings) -> dict[str, str]:
        """What the other advisors are called, by their ids; those alone whose names we know."""
        names = {**dict.fromkeys(settings.reach, ""), **settings.advisors}
        for advisor in sorted(set(names) - {by.id}):
            known = await self._people.known(await self._people.where(advisor), advisor)
            names[advisor] = (known.name if known else "") or names[advisor]
        return {id: name for id, name in sorted(names.items()) if name and id != by.id}


def _to_whom(series: Series, names: Mapping[str, str], label: Callable[[str], str]) -> Reply:
    """Asks to whom it is handed over. ``names``: what the other advisors are called, by their ids; ``label``:
    how people call the platform of one."""
    offered = list(names.items())[:MOST_NAMED]
    labels = told_apart([(name, label(id)) for id, name in offered])
    ways = [
        Choice(label, encode(SeriesAct("hand over", series.id, rest=id)))
        for label, (id, _) in zip(labels, offered, strict=True)
    ]
    name = literal(" ".join(spoken(series.draft.what).split()[:WORDS_NAMED]))
    said = Text((words.TO_WHOM if ways else words.TO_NOBODY).format(name=name))
    return Reply((said, *([Choices(tuple(ways))] if ways else [])), private=True)


def _mentioned(inbound: InboundEvent) -> str:
    event = inbound.event
    if not isinstance(event, Utterance):
        return ""
    return next((mention.id for mention in event.named if mention.kind == "person"), "")
