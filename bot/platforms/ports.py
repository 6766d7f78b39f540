"""The seams between the turn and the platforms: what comes in, what goes out, and who carries it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from dialogs.core.enquiry_model import CardRefused
from dialogs.core.events import Event, Place
from dialogs.core.forms import Form
from dialogs.core.jobs import Job, SendReply
from dialogs.core.model import State
from dialogs.core.reminder_model import Waiting
from dialogs.core.replies import Reply, Text
from dialogs.core.sharing_model import ShareRefused

Address = dict[str, str]
"""A platform's own address of a conversation, opaque to all but that platform's folder."""


class InboundEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One verified event from a platform, with all that the turn needs around it."""

    event: Event
    speaker: str
    """``platform:team/user``."""
    also: tuple[str, ...] = ()
    """Other ids of theirs, of the same form, by which mentions may name them."""
    place: Place
    tenant: str
    """``platform:team``: the workspace or tenant whose keys hold this conversation."""
    conversation: str
    """The thread or direct chat, unique in its tenant; also the queue that keeps its replies in order."""
    idempotency_keys: tuple[str, ...] = ()
    """What identifies this event; one that was acted on before is answered by silence."""
    told_again: bool = False
    """Whether the platform tells of it in a further event, which is enough where nobody would remember."""
    about: str | None = None
    """The platform's id of the message whose button was pressed, unique in its partition."""
    quoted: str | None = None
    """The same of a message that what was typed quotes."""
    message: str = ""
    """The same of the message that was typed; empty for anything else."""
    under: str = ""
    """The platform's id of the message in whose thread this was said; empty where it stands in none."""
    to: Address
    """Where replies go."""
    private_to: Address
    """Where private replies go."""
    note_to: Address | None
    """Where a short confirmation goes; None where it must travel in the acknowledgement (``Result.note``)."""
    aside: bool = False
    """Whether the speaker alone sees what is answered, though others are there."""
    channel: str = ""
    """The channel or chat as a whole (no thread), unique in its partition."""
    channel_to: Address = {}
    """Where something new for the whole of it goes: not into a thread."""
    can_open: bool = False
    """Whether a form can be opened now, as after a press (``Result.form``)."""
    profile: dict[str, str] = {}
    """What the event itself tells of the person (name, time zone, locale), to be kept."""
    in_answer: bool = False
    """Whether what is said travels in the acknowledgement (``Result.replies``), as on a web page or in a
    dialog."""


class DeliveryNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said, and where, once it is known what became of a message."""

    to: Address
    sent: str = ""
    """Where it was taken; "" for nothing."""
    refused: str = ""
    """Where it was refused for good; "" for nothing."""


class OutboxMessage(
    msgspec.Struct, frozen=True, rename={"job": "errand", "tenant": "home"}, omit_defaults=True
):
    """One line of the outbox: a reply and where to send it, or a job."""

    id: str
    """Idempotency key: the turn's id and the message's number."""
    platform: str
    """Who carries it; a job stays with us."""
    to: Address
    reply: Reply
    job: Job | None = None
    speaker: str = ""
    """Whose turn it was (owner of the receipt)."""
    at: float = 0.0
    """When it was committed, in seconds since 1970."""
    instead: str = ""
    """The id of the message (as ``InboundEvent.about`` names it) whose place this one takes; "" for none."""
    stands: State | None = None
    """How the talk stands after it, for what is typed under it; None where nothing can be."""
    tries: int = 0
    paced: bool = False
    """One of many that we send of our own accord: within the platforms' budgets, and noted in a ledger."""
    tenant: str = ""
    """Paced: the workspace or tenant whose budget it takes from. Else empty, or where its reader is left out
    until they do something, should they be unreachable."""
    entry: tuple[str, str] = ("", "")
    """Paced: the occurrence and the recipient in whose ledger line it is noted."""
    through: str = ""
    """Paced: the assistant who gets it in the recipient's place; empty where it goes to them."""
    asks: Waiting | None = None
    """Paced: what a typed reply to it is to; its ``at`` is that of the send."""
    then: DeliveryNote | None = None
    """What is said elsewhere about its own fate."""
    redrawn: bool = False
    """A card that is drawn again with each change: where a drawing isn't taken as it is, the last one stays,
    rather than words without buttons."""
    card: tuple[str, str] = ("", "")
    """What it shows, and the name of the message that does: later messages of that name take its place."""
    only_in_place: bool = False
    """Whether it is sent only where such a message stands already."""
    otherwise: Job | None = None
    """What happens where it is refused for good; the reason is filled in."""
    failure: bool = False
    """It tells of something that failed: should it be refused itself, nothing more is told of that."""

    def followed(self, refusal: str | None) -> OutboxMessage | None:
        """What follows from what became of this one, where anything does; ``refusal``: None where it was
        taken, else the platform's word."""
        if self.otherwise is not None and refusal is not None and not self.withdrawn:
            event = self.otherwise.event
            assert isinstance(event, CardRefused | ShareRefused)
            job = msgspec.structs.replace(
                self.otherwise, event=msgspec.structs.replace(event, reason=refusal)
            )
            return OutboxMessage(f"{self.id} refused", JOBS, {}, NOTHING, job, at=self.at)
        words = "" if self.then is None else self.then.sent if refusal is None else self.then.refused
        if self.then is None or not words or self.withdrawn:
            return None
        reply = Reply((Text(words),), private=True)
        return OutboxMessage(
            f"{self.id} then", self.platform, self.then.to, reply, speaker=self.speaker, at=self.at
        )

    def failed(self, partition: str, queue: str, at: datetime) -> OutboxMessage | None:
        """What keeps it as failed, where it was refused for its looks at last; None where it isn't kept: as
        one of which the next drawing comes anyway, or that is followed by something of its own."""
        passing = self.redrawn or self.instead or self.card[0] or self.paced or self.otherwise
        if passing or self.failure or self.withdrawn or not self.speaker or self.job is not None:
            return None
        event = SendReply(queue, self.platform, self.to, self.reply, self.speaker)
        job = Job(partition, event, at, key=f"{self.id} refused")
        return OutboxMessage(f"{self.id} refused", JOBS, {}, NOTHING, job, at=self.at)

    @property
    def withdrawn(self) -> bool:
        """Whether it is nobody's any more: it keeps its place in the queue, and is not sent."""
        return self.reply == NOTHING and self.job is None


class RateLimit(msgspec.Struct, frozen=True):
    """How much of one kind of sending a platform takes."""

    a_second: float
    burst: int


class Undeliverable(Exception):
    """The platform refused for good: ``reason`` is its own short error word. Never retried."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class IllFormed(Undeliverable):
    """It isn't the address that is refused, but how the message looks."""


class Unreachable(Undeliverable):
    """It is this person who takes nothing from us: they have blocked or removed us, or are gone. To be tried
    again once they do something here, or install us."""


class PlaceGone(Undeliverable):
    """The platform knows no such place any more, or we are in it no longer."""


class ChatGone(Unreachable, PlaceGone):
    """Both: the place is the chat with a person who takes nothing from us."""


def refusal(reason: str, *, person: bool, place: bool) -> Undeliverable:
    """What a platform's ``reason`` means: the ``person`` can't be reached, the ``place`` is gone."""
    kinds = {(True, False): Unreachable, (False, True): PlaceGone, (True, True): ChatGone}
    return kinds.get((person, place), Undeliverable)(reason)


class Unavailable(Exception):
    """The platform can't take it now, after the sender's own retries; to be tried again later."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after
        """Seconds that the platform asked us to wait; 0 where it didn't say."""


REVOKED_SECONDS = 60.0
"""How often a platform that refuses our credentials is asked."""


class Revoked(Unavailable):
    """The platform refuses our credentials: nothing was taken, nor will be until somebody has seen to it."""

    def __init__(self, reason: str, todo: str = "", after: float | None = None) -> None:
        super().__init__(reason, REVOKED_SECONDS if after is None else after)
        self.todo = todo
        """What whoever runs us can do about it, in a sentence."""


NOTHING = Reply(())
"""What a job's message says to people."""

Wait = Callable[[float], Awaitable[None]]
"""Sleep for that many seconds, keeping the queue's lease alive meanwhile."""


async def at_once(seconds: float) -> None:
    """A ``Wait`` that doesn't: with it, a sender tries once and leaves any further try to whoever asked."""
    raise Unavailable("later", seconds)


OnRetry = Callable[[str, str], None]
"""Called with the platform's name and the reason before each repeated request."""


class Sender(Protocol):
    """Carries messages to one platform."""

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Deliver ``message``; return the id by which ``InboundEvent.about`` will name this message later.

        Raises Undeliverable or Unavailable.
        """


class Result(msgspec.Struct, frozen=True):
    """What became of an inbound event."""

    outcome: Literal["done", "seen", "ignored", "busy"]
    """done: decided and committed (or answered without memory); seen: a repeat of one acted on before;
    ignored: not for us; busy: too many conflicts, the platform should deliver it again."""
    note: str = ""
    """A confirmation that must travel in the acknowledgement."""
    form: Form | None = None
    """A form to open, or to show in the place of the one submitted; None closes it."""
    errors: dict[str, str] = {}
    """Why a submitted form was not taken, by the field's id; it stays open."""
    nameless: bool = False
    """Whether something was answered without a name: nothing that names the person is kept along with it."""
    replies: tuple[Reply, ...] = ()
    """What is said, where it travels in the acknowledgement; of a search, what may be chosen."""
    begun: bool = False
    """Whether it began its conversation, or took it up after a day."""


class InboundHandler(Protocol):
    """The one entrance for whatever a platform delivers."""

    async def run(self, inbound: InboundEvent) -> Result:
        """Decide and commit; the caller acknowledges when this returns.

        The replies are on their way when it returns. Never raises for a fault of memory.
        """

    async def organisation(self, team: str, told: str = "") -> str:
        """The organisation that a workspace (``platform:team``) belongs to, where several may be of one.

        ``told``: as a platform tells it just now, to be kept for good; else what is kept, "" for nothing.
        Never raises for a fault of memory.
        """

    async def talked_in(self, conversation: str, tenants: Sequence[str]) -> str:
        """In which workspace or tenant of several a conversation went on last; "" for none that is known.
        Never raises for a fault of memory."""

    async def installed(self, account: str) -> None:
        """We were installed (``accounts.account_of``), be it anew. May raise MemoryAway."""

    async def uninstalled(self, account: str) -> None:
        """We were taken out of it: what waits for it is dropped. May raise MemoryAway."""


def platform_of(id: str) -> str:
    """The name of the platform that an id (a speaker's, a channel's, a tenant's) belongs to."""
    return id.partition(":")[0]


JOBS = "errand"
"""Who carries jobs, in the place of a platform; so called in every outbox since version 1."""
