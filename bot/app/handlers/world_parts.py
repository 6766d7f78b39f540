"""The parts of a turn's world that are fetched only where a dialog asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.app.handlers.advisor_settings import audit_list
from bot.app.handlers.enquiry_service import EnquiryService
from bot.app.handlers.join_codes import JoinCodes
from bot.app.handlers.person_data import PersonRecords
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.shares import share_place
from bot.app.people import PeopleDirectory
from bot.platforms.ports import InboundEvent
from bot.storage.channels import ChannelStore
from bot.storage.conversations import ConversationStore
from bot.storage.own_records import OwnRecords
from bot.storage.sessions import SessionStore
from dialogs.core.events import Mention
from dialogs.core.mentions import called, people_in
from dialogs.core.model import Decision, World
from dialogs.core.reminder_events import Audited
from dialogs.core.world_parts import CodeLookup
from dialogs.enquiries.audit import AUDITED
from dialogs.wording.reminders import SOMEBODY


class WorldParts:
    """Where they come from. Every method may raise MemoryAway."""

    def __init__(
        self,
        memory: ConversationStore,
        live: SessionStore,
        reminders: ReminderService,
        enquiries: EnquiryService,
        people: PeopleDirectory,
    ) -> None:
        self._memory, self._live, self._people = memory, live, people
        self._reminders, self._enquiries = reminders, enquiries
        self._codes = JoinCodes(live, people)
        self._own = OwnRecords(memory.connection)
        self._channels = ChannelStore(memory.connection, memory.seconds)
        self._person = PersonRecords(memory, live, reminders, people, enquiries)

    async def labelled(self, inbound: InboundEvent, named: Sequence[Mention]) -> tuple[Mention, ...]:
        """``named`` with the names of the people: as we know them, else as the platform tells."""
        named = await self._memory.labelled(inbound.tenant, named)
        unnamed = [mention.id for mention in named if mention.kind == "person" and not mention.label]
        names = await self._people.names(unnamed, inbound.to) if unnamed else {}
        return tuple(replace(mention, label=mention.label or names.get(mention.id, "")) for mention in named)

    async def added(self, decision: Decision, inbound: InboundEvent, world: World) -> World:
        """``world`` with the part that a dialog has asked for."""
        match decision.needs:
            case "records":
                return replace(world, records=await self._person.of(inbound, world.now))
            case "results":
                results, unread = await self._own.results(inbound, world.now)
                return replace(world, results=results, unread=unread)
            case "shared":
                shared, unread = await self._channels.results(inbound.tenant, inbound.channel)
                return replace(world, shared=shared, unread=unread)
            case "found":
                return replace(world, found=await self._find(inbound, decision.code))
            case "again":
                state = (await self._live.load(decision.code)).state
                missed = state.scoreboard.missed if state and state.scoreboard else ()
                return replace(world, again=missed)
            case "earlier":
                return replace(world, earlier=(await self._live.load(decision.code)).state)
            case "settings":
                return replace(world, advisor_settings=await self._reminders.advisor_settings())
            case "series":
                advisor = world.speaker.role == "advisor"
                listed = await self._reminders.listed(inbound.speaker, advisor=advisor)
                code = decision.code
                over = await self._reminders.listing.ended(code, inbound.speaker) if code else ()
                return replace(world, series=(*listed.summaries, *over), unreadable_series=listed.unreadable)
            case "check-ins":
                made = await self._reminders.listing.check_ins(inbound.tenant, inbound.channel)
                return replace(world, check_ins=made)
            case "advising":
                return replace(world, advising=await self._enquiries.advising())
            case "enquiries":
                advisor = world.speaker.role == "advisor"
                told, unread = await self._enquiries.told(inbound.speaker, advisor=advisor)
                return replace(world, enquiries=told, unread=unread)
            case "teachings":
                loaded = await self._enquiries.teaching.store.load()
                return replace(world, teachings=loaded.teachings)
            case "audit":
                told_of = await audit_list(self._memory.connection)
                return replace(world, audit=await self._by_name(told_of[:AUDITED]))
            case "insights":
                return replace(world, insights=await self._enquiries.insights.read())
            case "shares":
                return replace(world, shares=await self._own.shares(inbound, world.now))
            case "share place":
                return replace(world, share_place=await share_place(self._people, inbound, decision.code))
            case "press" | None:
                return world

    async def _by_name(self, lines: Sequence[Audited]) -> tuple[Audited, ...]:
        """``lines`` with everybody's name in the place of their id, where it can be found."""
        nameless = [line.who for line in lines if line.who and not line.name]
        told_of = [person for line in lines for person in people_in(line.what)]
        names = await self._people.names(list(dict.fromkeys([*nameless, *told_of])))
        named: list[Audited] = []
        for line in lines:
            what = line.what
            for person in people_in(line.what):
                what = called(what, person, names.get(person) or SOMEBODY)
            named.append(replace(line, name=line.name or names.get(line.who, ""), what=what))
        return tuple(named)

    async def _find(self, inbound: InboundEvent, code: str) -> CodeLookup:
        """What a join code leads to, where that is still open."""
        found = await self._codes.find(inbound.tenant, inbound.speaker, code)
        if not found.session:
            return found
        state = (await self._live.load(found.session)).state
        return replace(found, kind=state.kind) if state and state.step != "ended" else CodeLookup()
