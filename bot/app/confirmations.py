"""What somebody is told of what they did to a session, series or enquiry; it is worth no outbox."""

from __future__ import annotations

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome, cards
from bot.app.handlers.conversation_replies import delivery_note
from bot.app.transaction import turn_of
from bot.delivery.outbox import Outbox
from bot.platforms.ports import InboundEvent, OutboxMessage, Result
from dialogs.core.replies import Reply, Text
from dialogs.wording.conversation import SENDING, SENT_DIRECTLY
from dialogs.wording.sessions import ON_THE_CARD


class Confirmations:
    """Sends what doesn't travel in an acknowledgement."""

    def __init__(self, delivery: Outbox) -> None:
        self._delivery = delivery

    def told(self, inbound: InboundEvent, outcome: ActOutcome, *, again: bool = False) -> Result:
        """The outcome's result, its note sent on its way where it doesn't travel in the acknowledgement.

        ``again``: they have been told lately, and need no further message about it.
        """
        result, reply = outcome.result, outcome.reply
        if inbound.in_answer:
            return replace(result, replies=(reply,) if reply else ())
        alone = reply is not None and not reply.instead
        among = inbound.place.kind != "direct" and inbound.private_to != inbound.to
        arrived = SENT_DIRECTLY if alone and among and not result.note else ""
        if arrived and inbound.note_to is None and not result.form:
            result = replace(result, note=SENDING)
        if result.note and inbound.note_to is not None and not result.form:
            if result.note not in ON_THE_CARD and not outcome.cards and not again:
                self._aside(inbound, Reply((Text(result.note),), private=True), inbound.note_to, "note")
            result = Result(result.outcome, nameless=result.nameless)
        if reply is not None and not reply.instead:
            self._aside(inbound, reply, inbound.private_to, "reply", arrived)
        id = turn_of(inbound.tenant, *inbound.idempotency_keys).names("card")
        for card in cards(inbound, outcome, id):
            self._delivery.aside(card)
        return result

    def _aside(
        self, inbound: InboundEvent, reply: Reply, to: dict[str, str], what: str, arrived: str = ""
    ) -> None:
        id = turn_of(inbound.tenant, *inbound.idempotency_keys).names(what)
        message = OutboxMessage(id, inbound.place.platform, to, reply, speaker=inbound.speaker)
        if to == inbound.private_to != inbound.to:
            message = replace(message, then=delivery_note(inbound, arrived))
        self._delivery.aside(message)
