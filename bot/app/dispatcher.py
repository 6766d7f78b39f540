"""The dispatcher: where every event enters, and which of its partitions' turns it is taken to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog
from msgspec.structs import replace

from bot.app.confirmations import Confirmations
from bot.app.handlers.act_outcome import opened
from bot.app.handlers.channels import ChannelHandler
from bot.app.handlers.conversations import ConversationHandler
from bot.app.handlers.enquiry_service import EnquiryService
from bot.app.handlers.home_pages import HomePages
from bot.app.handlers.join_codes import JoinCodes
from bot.app.handlers.panes import Panes
from bot.app.handlers.person_data import PersonForgetting
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.session_acts import SessionActHandler
from bot.app.handlers.sessions import SessionHandler
from bot.app.handlers.shares import ShareHandler
from bot.app.handlers.unreadable import UnreadableKeys, sentence
from bot.app.organisations import Organisations
from bot.app.people import PeopleDirectory
from bot.app.press_limit import PressLimit
from bot.app.transaction import turn_of
from bot.delivery.credentials import Credentials
from bot.delivery.outbox import Outbox
from bot.delivery.recent_ids import RecentIds
from bot.observability.logs import where
from bot.observability.metrics import Metrics
from bot.platforms.accounts import account_of
from bot.platforms.ports import InboundEvent, Result, Unavailable
from bot.storage.connection import MemoryAway
from bot.storage.keys import LIVE, kind_of
from bot.storage.migrations import UnreadableState
from dialogs.core.codes import ID
from dialogs.core.commands import AdvisoryAct, SeriesAct, SessionAct
from dialogs.core.enquiry_model import AdvisorLeft, AskAdvisors, CardRefused, ComeUpAgain, SendAgain
from dialogs.core.events import HomeOpened, Looked, Opened, PaneOpened, Searched, Submitted, Utterance
from dialogs.core.jobs import ForgetEverywhere, Job, PutQuiz, SendReply, SendUnread, SessionEnded
from dialogs.core.replies import Reply, Text
from dialogs.core.router import act_of, route
from dialogs.core.session_model import Actor, Begin, Elapsed, Forgotten, JoinChannel, SetUp, Steer, TakeOver
from dialogs.core.sharing_model import ShareRefused
from dialogs.core.teaching_model import ChangeTaught, Teach, TryOut
from dialogs.sessions.starting import no_session
from dialogs.wording import search as search_words
from dialogs.wording import sessions as words
from dialogs.wording.conversation import MEMORY_AWAY, WENT_WRONG

OWN_ACTS = ("done", "snooze", "answer", "change answer", "comment", "noted")
"""What recipients do with what they were sent."""
SEARCHES_A_MINUTE = 120
"""By one person: one for each pause in typing."""

_log = structlog.get_logger()


class Dispatcher:
    """Takes inbound events and jobs to the turns that they are for (``ports.InboundHandler``)."""

    def __init__(
        self,
        turn: ConversationHandler,
        channels: ChannelHandler,
        shares: ShareHandler,
        codes: JoinCodes,
        sessions: SessionHandler,
        acts: SessionActHandler,
        delivery: Outbox,
        people: PeopleDirectory,
        reminders: ReminderService,
        is_advisor: Callable[[str], bool],
        forgetting: PersonForgetting,
        organisations: Organisations,
        credentials: Credentials,
        presses: PressLimit,
        enquiries: EnquiryService,
        homes: HomePages,
        panes: Panes,
        metrics: Metrics,
        unreadable: UnreadableKeys,
    ) -> None:
        self._turn, self._channels, self._shares, self._codes = turn, channels, shares, codes
        self._sessions, self._acts, self._delivery = sessions, acts, delivery
        self._confirmations = Confirmations(delivery)
        self._people, self._reminders, self._is_advisor = people, reminders, is_advisor
        self._forgetting, self._organisations = forgetting, organisations
        self._credentials = credentials
        self._presses, self._searches = presses, PressLimit(most=SEARCHES_A_MINUTE)
        self._enquiries, self._homes, self._panes = enquiries, homes, panes
        self._metrics, self._unreadable = metrics, unreadable
        self._told_away: set[str] = set()
        """Who has been told that memory is away, since it was last there."""
        self._told_failed = RecentIds()
        """Marks of that which went wrong."""

    async def run(self, inbound: InboundEvent) -> Result:
        """Decide and keep what somebody did."""
        if isinstance(inbound.event, Looked):
            return await self._looked(inbound, inbound.event)
        if isinstance(inbound.event, Searched):
            return self._searched(inbound)
        since = self._people.now()
        self._credentials.heard(account_of(inbound.place.platform, inbound.to))
        try:
            result = await self._run(inbound)
        except Unavailable:
            raise
        except Exception as error:
            return self._failed(inbound, error)
        # What is looked up is kept: not next to an answer without a name, nor to the repeat of one.
        if not result.nameless and result.outcome != "seen":
            self._people.met(inbound, since)
        if result.outcome == "done":
            self._homes.changed(inbound.speaker)
        return result

    async def _run(self, inbound: InboundEvent) -> Result:
        if isinstance(inbound.event, HomeOpened):
            self._reachable(inbound)
            if inbound.in_answer:
                return Result("done", replies=(await self._turn.page(inbound),))
            return self._homes.opened(inbound)
        if isinstance(inbound.event, PaneOpened):
            return self._panes.opened(inbound)
        act = route(inbound.event, inbound.place)
        if act is None:
            return await self._turn.run(inbound)
        if over := self._presses.over(inbound.speaker):
            _log.info("presses over the limit", platform=inbound.place.platform)
            often = opened(words.PRESSED_TOO_OFTEN)
            return self._confirmations.told(inbound, often, again=over > 1)
        try:
            if isinstance(act, SessionAct):
                result = await self._to_session(inbound, act)
            elif isinstance(act, AdvisoryAct):
                result = await self._to_enquiry(inbound, act)
            else:
                result = await self._to_series(inbound, act)
        except MemoryAway:
            again = inbound.speaker in self._told_away
            self._told_away.add(inbound.speaker)
            return self._confirmations.told(inbound, opened(MEMORY_AWAY), again=again)
        self._told_away.clear()
        # A vote in a channel tells nothing of the chat with us, and is to cost one call. Nobody's name is
        # to be written beside an answer without one.
        if not result.nameless and (not isinstance(act, SessionAct) or inbound.place.kind == "direct"):
            self._reachable(inbound)
        return result

    def _failed(self, inbound: InboundEvent, error: Exception) -> Result:
        """What somebody is told where something of ours went wrong, whatever they did; a form stays open.

        Delivered again it would go wrong again, so it is taken as done.
        """
        turn, platform = turn_of(inbound.tenant, *inbound.idempotency_keys), inbound.place.platform
        said = WENT_WRONG if not isinstance(error, UnreadableState) else sentence(kind_of(error.key) or "")
        self._metrics.outcomes.labels(platform, "failed").inc()
        _log.error("turn failed", turn=turn.id, platform=platform, error=where(error))
        keys = inbound.idempotency_keys
        told = any(key in self._told_failed for key in keys)  # a mention is told of twice at once
        for key in keys:
            self._told_failed.add(key)
        match inbound.event:
            case Submitted(values=values) if values:
                return Result("done", errors={next(iter(values)): said})
            case HomeOpened() | PaneOpened() | Opened() | Utterance(addressed=False):
                return Result("ignored")
            case _ if told:
                return Result("seen")
        return self._confirmations.told(inbound, opened(reply=Reply((Text(said),))))

    async def _looked(self, inbound: InboundEvent, event: Looked) -> Result:
        """What a button is about; nothing of it is kept, nor that it was looked at."""
        act = act_of(event.says)
        try:
            shown = await self._reminders.acts.look(inbound, act) if isinstance(act, SeriesAct) else None
        except MemoryAway:
            shown = Reply((Text(MEMORY_AWAY),))
        except UnreadableState as error:
            shown = Reply((Text(sentence(kind_of(error.key) or "")),))
        return Result("done", replies=(shown,) if shown else ())

    def _searched(self, inbound: InboundEvent) -> Result:
        """Lessons to choose from; asked for anew with each few letters."""
        if self._searches.over(inbound.speaker):
            return Result("done", search_words.TOO_MANY)
        decision = self._turn.look(inbound)
        return Result("done", decision.note, replies=decision.replies)

    async def installed(self, account: str) -> None:
        """See ``ports.InboundHandler``."""
        await self._credentials.installed(account)

    async def uninstalled(self, account: str) -> None:
        """See ``ports.InboundHandler``."""
        await self._credentials.uninstalled(account)

    async def organisation(self, team: str, told: str = "") -> str:
        """See ``ports.InboundHandler``."""
        return await self._organisations.of(team, told)

    async def talked_in(self, conversation: str, tenants: Sequence[str]) -> str:
        """See ``ports.InboundHandler``."""
        return await self._turn.talked_in(conversation, tenants)

    async def hand(self, job: Job, idempotency_key: str) -> None:
        """Let a job happen in its partition, once for each key. May raise MemoryAway or Unavailable."""
        job, idempotency_key = self._organisations.job(job, idempotency_key)
        match job.event:
            case SessionEnded():
                await self._channels.session_ended(job.partition, job.event, idempotency_key)
            case PutQuiz():
                await self._channels.put_quiz(job.partition, job.event, idempotency_key)
            case SendUnread():
                await self._unreadable.send(job, idempotency_key)
            case SendReply():
                await self._reminders.failures.refused(job, idempotency_key)
            case ShareRefused():
                await self._shares.refused(job.partition, job.event, idempotency_key)
            case ForgetEverywhere():
                await self._forgetting.run(job.partition, job.event, idempotency_key)
            case Begin() | JoinChannel() | Steer() | TakeOver() | SetUp() | Elapsed() | Forgotten():
                await self._sessions.run(job.partition.removeprefix(LIVE), job.event, idempotency_key)
            case AskAdvisors() | ComeUpAgain() | AdvisorLeft() | CardRefused() | SendAgain():
                await self._enquiries.handler.hand(job.event, idempotency_key)
            case Teach() | TryOut() | ChangeTaught():
                await self._enquiries.teaching.hand(job.event, idempotency_key)
            case event:
                await self._reminders.hand(job.partition, event, idempotency_key)
        self._homes.changed()

    async def _to_session(self, inbound: InboundEvent, act: SessionAct) -> Result:
        """Something done to a live session; its confirmation is worth no outbox."""
        by = Actor(inbound.speaker, inbound.profile.get("name", ""), self._is_advisor(inbound.speaker))
        if len(act.session) != ID:
            found = await self._codes.find(inbound.tenant, inbound.speaker, act.session)
            if not found.session:
                told = replace(no_session(found, act.session), private=True)
                return self._confirmations.told(inbound, opened(reply=told))
            act = replace(act, session=found.session)
        outcome = await self._acts.run(inbound, act, by)
        result = outcome.result
        if result.note == words.GONE and act.act == "end":
            # The channel must not wait for ever for a session that never came to be.
            gone = SessionEnded(act.session, "quiz", inbound.channel)
            key = turn_of(inbound.tenant, *inbound.idempotency_keys).names("gone")
            await self._channels.session_ended(inbound.tenant, gone, key)
        _log.info(
            "live", session=act.session, act=act.act, outcome=result.outcome, platform=inbound.place.platform
        )
        return self._confirmations.told(inbound, outcome)

    async def _to_series(self, inbound: InboundEvent, act: SeriesAct) -> Result:
        """Something done to a reminder or pulse; its confirmation is worth no outbox either."""
        direct = inbound.place.kind == "direct"
        by = Actor(inbound.speaker, inbound.profile.get("name", ""), self._is_advisor(inbound.speaker))
        if not direct or act.act not in OWN_ACTS:  # of these nobody else is told who did it
            by = await self._named(inbound, asked=not direct)
        outcome = await self._reminders.acts.run(inbound, act, by)
        _log.info("series act", series=act.series, act=act.act, outcome=outcome.result.outcome)
        return self._confirmations.told(inbound, outcome)

    async def _to_enquiry(self, inbound: InboundEvent, act: AdvisoryAct) -> Result:
        """Something done to a question that was put to the advisors, or to what they taught."""
        outcome, what = await self._enquiries.act(inbound, act, await self._named(inbound))
        _log.info("enquiry act", what=what, act=act.act, outcome=outcome.result.outcome)
        return self._confirmations.told(inbound, outcome)

    async def _named(self, inbound: InboundEvent, *, asked: bool = True) -> Actor:
        """Whoever did it, by the name that colleagues know: a press of Slack's tells their handle alone.

        ``asked``: whether the platform is asked for the name of somebody whom we haven't met.
        """
        known = await self._people.known(inbound.tenant, inbound.speaker)
        name = known.name if known else ""
        if not name and asked:
            name = (await self._people.names([inbound.speaker])).get(inbound.speaker, "")
        name = name or inbound.profile.get("name", "")
        return Actor(inbound.speaker, name, self._is_advisor(inbound.speaker))

    def _reachable(self, inbound: InboundEvent) -> None:
        self._delivery.beside(self._reminders.reachable(inbound.tenant, inbound.speaker))
