"""Who answers for somebody else: their sends go to an assistant, whose presses count as theirs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome
from bot.app.handlers.recipients import RecipientResolver
from bot.app.people import PeopleDirectory
from bot.platforms.ports import InboundEvent
from bot.storage.reminders import SeriesStore
from dialogs.core.commands import SeriesAct, encode
from dialogs.core.reminder_model import AdvisorSettings, Recipient
from dialogs.reminders.behalf import on_behalf
from dialogs.reminders.leaving import digest


class Assistants:
    """Those whom advisors have named. What reaches Redis may raise MemoryAway."""

    def __init__(
        self,
        store: SeriesStore,
        resolver: RecipientResolver,
        people: PeopleDirectory,
        advisor_settings: Callable[[], Awaitable[AdvisorSettings]],
    ) -> None:
        self._store, self._resolver, self._people = store, resolver, people
        self._advisor_settings = advisor_settings

    async def of(self, series: str, people: Sequence[str]) -> dict[str, Recipient]:
        """Person -> who gets what is sent to them. Who can't be written to, or wants none of it, gets nothing
        in anybody's place: it goes to the person then. May raise Unavailable."""
        named = (await self._advisor_settings()).assistants
        found = {id: await self._resolver.person(named[id]) for id in people if id in named}
        reached = {id: assistant for id, assistant in found.items() if not assistant.why_not}
        if not reached:
            return {}
        out = set(await self._store.muted(series, [each.id for each in reached.values()]))
        out |= set(await self._store.refusals.of((each.tenant, each.id) for each in reached.values()))
        return {id: assistant for id, assistant in reached.items() if assistant.id not in out}

    async def person(self, act: SeriesAct, by: str) -> str:
        """For whom ``by`` acts, as the button says; "" where they don't answer for them (any more)."""
        named, ids = (await self._advisor_settings()).assistants, self._people.names_of(by)
        theirs = (id for id, assistant in named.items() if assistant.id in ids)
        return next((id for id in theirs if digest(act.series, id) == act.behalf), "")

    async def theirs(self, inbound: InboundEvent, person: str) -> InboundEvent:
        """``inbound`` as if ``person`` had done it."""
        tenant, to = await self._people.where(person), await self._people.reached(person)
        return replace(inbound, speaker=person, tenant=tenant, private_to=to, profile={}, channel="")


def for_assistant(outcome: ActOutcome, inbound: InboundEvent, act: SeriesAct) -> ActOutcome:
    """What an act on somebody's behalf comes to, as whoever pressed is shown it: what they press next is on
    the same behalf, and only the message that they pressed changes."""
    reply = outcome.reply and on_behalf(outcome.reply, act.behalf)
    form = outcome.result.form and replace(outcome.result.form, says=encode(act))
    cards = tuple(card for card in outcome.cards if card == inbound.about)
    return outcome._replace(result=replace(outcome.result, form=form), reply=reply, cards=cards)
