"""Acts of buttons that somebody did by typing: done once, however often the turn is decided anew."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome, cards
from bot.app.handlers.enquiry_service import EnquiryService
from bot.app.handlers.reminder_service import ReminderService
from bot.app.handlers.session_acts import SessionActHandler
from bot.app.press_limit import PressLimit
from bot.app.transaction import Turn
from bot.platforms.ports import InboundEvent, OutboxMessage, Result
from dialogs.core.commands import AdvisoryAct, SeriesAct, SessionAct
from dialogs.core.model import Decision, World
from dialogs.core.router import act_of
from dialogs.core.session_model import Actor
from dialogs.core.world_parts import Acted
from dialogs.wording.sessions import PRESSED_TOO_OFTEN


class TypedActs:
    """Those of one turn. What reaches Redis may raise MemoryAway."""

    def __init__(
        self,
        sessions: SessionActHandler,
        reminders: ReminderService,
        enquiries: EnquiryService,
        inbound: InboundEvent,
        presses: PressLimit,
    ) -> None:
        """``presses``: what is typed counts as what is pressed does."""
        self._sessions, self._reminders, self._inbound = sessions, reminders, inbound
        self._presses = presses
        self._enquiries = enquiries
        self._outcomes: dict[str, ActOutcome] = {}

    @property
    def nameless(self) -> bool:
        """Whether something was answered without a name."""
        return any(outcome.result.nameless for outcome in self._outcomes.values())

    async def run(self, decision: Decision, world: World) -> Acted:
        """Do what ``decision.press`` says, as if it had been pressed on the message above."""
        outcome = self._outcomes.get(decision.press)
        if outcome is None:
            act = act_of(decision.press, self._inbound.place)
            assert act is not None, "a dialog names acts in a button's own words"
            by = Actor(world.speaker.id, world.name, world.speaker.role == "advisor")
            if self._presses.over(self._inbound.speaker):
                outcome = ActOutcome(Result("done", PRESSED_TOO_OFTEN))
            elif isinstance(act, SessionAct):
                pressed = replace(self._inbound, about=self._inbound.under or None, can_open=False)
                outcome = await self._sessions.run(pressed, act, by)
            elif isinstance(act, AdvisoryAct):
                pressed = replace(self._inbound, about=self._inbound.under or None, can_open=False)
                outcome, _ = await self._enquiries.act(pressed, act, by)
            else:
                pressed = replace(self._inbound, about=_card(act, world), can_open=False)
                outcome = await self._reminders.acts.run(pressed, act, by, decision.comment)
            self._outcomes[decision.press] = outcome
        shown = outcome.reply if outcome.reply is not None and not outcome.reply.instead else None
        return Acted(outcome.result.note, outcome.done, shown)

    def cards(self, turn: Turn) -> Sequence[OutboxMessage]:
        """What takes the place of the messages to which it was typed."""
        return [
            message
            for number, outcome in enumerate(self._outcomes.values())
            for message in cards(self._inbound, outcome, turn.names(f"card-{number}"))
        ]


def _card(act: SeriesAct, world: World) -> str | None:
    """The message to which ``act`` was typed."""
    asked = [waiting for waiting in world.waiting if waiting.series == act.series]
    return next((waiting.message for waiting in asked if act.key in ("", waiting.key)), "") or None
