"""What something that people do to a session or series by name comes to."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from msgspec.structs import replace

from bot.platforms.ports import InboundEvent, OutboxMessage, Result
from dialogs.core.alone import wrote
from dialogs.core.events import Submitted
from dialogs.core.forms import Form
from dialogs.core.replies import Choice, Choices, Reply, Text

PICKED = ("of", "lesson", "model")
"""Fields of the pages of enquiries, teaching and checks in which nothing is written."""


class ActOutcome(NamedTuple):
    """What an act comes to."""

    result: Result
    """For the acknowledgement."""
    reply: Reply | None = None
    """A message for the person alone, or one in the place of ``cards``."""
    done: bool = False
    """Whether something was kept or changed."""
    cards: tuple[str, ...] = ()
    """The messages whose place ``reply`` takes, where it is one that does."""


class EarlyAnswer(Exception):
    """Where an act ends early: what to tell the person."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


def opened(
    note: str = "", *, reply: Reply | None = None, form: Form | None = None, done: bool = False
) -> ActOutcome:
    """What an act comes to that is no repeat."""
    return ActOutcome(Result("done", note, form), reply, done)


def told(said: str, *ways: Choice) -> ActOutcome:
    """A confirmation with what can be done next."""
    further = (Choices(ways),) if ways else ()
    return opened(reply=Reply((Text(said), *further), private=True), done=True)


def given_back(
    inbound: InboundEvent, outcome: ActOutcome, lessons: Container[str] = frozenset()
) -> ActOutcome:
    """``outcome``, with what was written on a page whose act came too late, but for ``lessons`` picked."""
    event, note = inbound.event, outcome.result.note
    if outcome.done or not note or outcome.result.form or not isinstance(event, Submitted):
        return outcome
    filled_in = [value for name, value in event.values.items() if value.strip() and name not in PICKED]
    written = [value for value in filled_in if value not in lessons]
    if not written:
        return outcome
    reply = wrote(note, written)
    # Where a note would be a message of its own, this one says it.
    result = replace(outcome.result, note="") if inbound.note_to is not None else outcome.result
    return outcome._replace(result=result, reply=reply)


def cards(inbound: InboundEvent, outcome: ActOutcome, id: str) -> list[OutboxMessage]:
    """Each of ``outcome.cards`` as it is shown from now on."""
    reply = outcome.reply
    if reply is None or not reply.instead:
        return []
    messages = []
    for number, card in enumerate(outcome.cards):
        # Where a command was whispered to us, its answer's address can't reach a card that stands there.
        apart = inbound.place.kind == "direct" and card != inbound.about
        to = inbound.channel_to if apart else inbound.to
        messages.append(
            OutboxMessage(
                f"{id}-{number}", inbound.place.platform, to, reply, speaker=inbound.speaker, instead=card
            )
        )
    return messages
