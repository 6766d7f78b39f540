"""What people do to a readiness check for many that they name: fill its pages in, set it up, export it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.app.handlers.act_outcome import ActOutcome, EarlyAnswer, opened
from bot.app.handlers.sessions import SessionHandler
from bot.app.transaction import press_key
from bot.delivery.live_cards import CardUpdater
from bot.observability.metrics import Metrics
from bot.platforms.ports import InboundEvent, Result
from bot.storage.sessions import SessionStore, Voted
from dialogs.core.commands import SessionAct, encode
from dialogs.core.events import Submitted
from dialogs.core.forms import Form
from dialogs.core.replies import Choice, Choices, File, Reply, Text
from dialogs.core.session_model import Actor, CheckPlan, LiveSession, SetUp
from dialogs.results.report import chart_blocks
from dialogs.results.table import table
from dialogs.sessions.pages import late_page, page_form, pages, read_page, read_set_up, set_up_form
from dialogs.wording import sessions as words
from knowledge import Knowledge, Readiness

WHY_NOT: dict[Voted, str] = {
    "none": words.GONE, "over": words.OVER_NOTE, "closed": words.CLOSED, "choice": words.NO_CHOICE,
}  # fmt: skip


async def session_state(store: SessionStore, id: str) -> LiveSession:
    """A session as it stands. Raises EarlyAnswer where there is none, or MemoryAway."""
    state = (await store.load(id)).state
    if state is None:
        raise EarlyAnswer(words.GONE)
    return state


class CheckActs:
    """Carries these acts out. May raise EarlyAnswer, MemoryAway or Busy."""

    def __init__(
        self,
        store: SessionStore,
        sessions: SessionHandler,
        card_updater: CardUpdater,
        knowledge: Callable[[], Knowledge],
        metrics: Metrics,
    ) -> None:
        self._store, self._sessions, self._card_updater = store, sessions, card_updater
        self._knowledge, self._metrics = knowledge, metrics

    async def part(self, inbound: InboundEvent, act: SessionAct, by: Actor) -> ActOutcome:
        """Open the page that ``act`` names, with what was answered so far."""
        state, plan, check = await self._check(act.session)
        if state.step == "ended":
            raise EarlyAnswer(words.OVER_NOTE)
        if not inbound.can_open:
            return _to_open(words.TAKE_PART, act)
        return opened(form=await self._form(act.session, by, plan, check, act.number))

    async def page(self, inbound: InboundEvent, act: SessionAct, by: Actor) -> ActOutcome:
        """Keep what a page was filled in with, and go on to the next.

        What comes too late is given back in its place: a message would hold answers beside a name.
        """
        values = inbound.event.values if isinstance(inbound.event, Submitted) else {}
        try:
            return await self._kept(inbound, act, by, values)
        except EarlyAnswer as answer:
            state = (await self._store.load(act.session)).state
            check = self._knowledge().checks.get(state.check.check) if state and state.check else None
            if state is None or state.check is None or check is None:
                raise
            names = state.check.organisations
            page = page_form(act.session, check, names, act.number, values, self._knowledge())
            return opened(answer.note, form=late_page(page, answer.note))

    async def _kept(
        self, inbound: InboundEvent, act: SessionAct, by: Actor, values: Mapping[str, str]
    ) -> ActOutcome:
        _, plan, check = await self._check(act.session)
        if act.number >= len(pages(check)):
            raise EarlyAnswer(words.NO_CHOICE)
        fields, errors = read_page(check, plan.organisations, act.number, values)
        if errors:
            form = await self._form(act.session, by, plan, check, act.number, values)
            return ActOutcome(Result("done", form=form, errors=errors))
        if not fields:  # there is no list to choose from any more
            return opened(form=await self._form(act.session, by, plan, check, 0))
        last = act.number == len(pages(check)) - 1
        kept, now = await self._store.page(act.session, by.id, inbound.tenant, fields, last)
        self._metrics.votes.labels(kept).inc()
        if kept != "ok":
            raise EarlyAnswer(WHY_NOT[kept])
        self._card_updater.touched(act.session)
        names = plan.organisations
        return opened(form=page_form(act.session, check, names, act.number + 1, now, self._knowledge()))

    async def set_up(self, inbound: InboundEvent, act: SessionAct, by: Actor) -> ActOutcome:
        """Open the form in which a check is set up, or take what it was filled in with."""
        state, plan, check = await self._check(act.session)
        if state.step == "ended":
            raise EarlyAnswer(words.OVER_NOTE)
        if not isinstance(inbound.event, Submitted):
            if not inbound.can_open:
                return _to_open(words.SET_UP, act)
            return opened(form=set_up_form(act.session, plan, check, self._knowledge()))
        wanted, errors = read_set_up(plan, check, inbound.event.values)
        if errors:
            form = set_up_form(act.session, wanted, check, self._knowledge())
            return ActOutcome(Result("done", form=form, errors=errors))
        key = press_key(inbound, act.act, act.number)
        note = await self._sessions.run(act.session, SetUp(by, wanted), key)
        return opened(note, done=note == words.SET_UP_DONE)

    async def export(self, act: SessionAct) -> ActOutcome:
        """What it came to, as a picture and a table."""
        state, _, check = await self._check(act.session)
        result = state.result
        if result is None:
            raise EarlyAnswer(words.NO_EXPORT)
        said = words.EXPORTED.format(title=check.title, date=f"{result.at:%-d %B %Y}")
        kb = self._knowledge()
        file = File(f"readiness-{result.at:%Y-%m-%d}.csv", table([result], check, kb))
        return opened(reply=Reply((Text(said), *chart_blocks(result, kb), file), private=True))

    async def _check(self, id: str) -> tuple[LiveSession, CheckPlan, Readiness]:
        state = await session_state(self._store, id)
        check = self._knowledge().checks.get(state.check.check) if state.check else None
        if state.check is None or check is None:
            raise EarlyAnswer(words.GONE)
        return state, state.check, check

    async def _form(
        self,
        session: str,
        by: Actor,
        plan: CheckPlan,
        check: Readiness,
        number: int,
        values: Mapping[str, str] | None = None,
    ) -> Form:
        """A page with what was answered so far, and over it what stands in it just now."""
        saved = {**await self._store.answers.form(session, by.id), **(values or {})}
        return page_form(session, check, plan.organisations, number, saved, self._knowledge())


def _to_open(label: str, act: SessionAct) -> ActOutcome:
    """A button that opens a form, for those whose words can't."""
    button = Choice(
        label, encode(SessionAct(act.act, act.session, kind="readiness")), primary=True, opens=True
    )
    return opened(reply=Reply((Text(words.OPEN_FORM), Choices((button,))), private=True))
