"""Answers that somebody puts before others: whether they may be posted in a channel, and what if not."""

from __future__ import annotations

from functools import partial

import structlog

from bot.app.people import PeopleDirectory
from bot.app.transaction import Change, TransactionRunner, Turn, turn_of
from bot.platforms.ports import InboundEvent, OutboxMessage, Unavailable, Undeliverable, platform_of
from bot.storage.shares import LoadedShare, ShareStore
from dialogs.core.model import Post
from dialogs.core.replies import Reply, Text
from dialogs.core.sharing_model import SharePlace, ShareRefused
from dialogs.questions.share import refusal

_log = structlog.get_logger()


async def share_place(people: PeopleDirectory, inbound: InboundEvent, channel: str) -> SharePlace:
    """A channel of the platform on which somebody speaks, as it is for them."""
    directory = people.directory(inbound.place.platform)
    if directory is None:
        return SharePlace(why_not="away")
    # Whoever speaks in a channel is in it.
    who = "" if inbound.channel == channel and inbound.place.kind != "direct" else inbound.speaker
    try:
        place = await directory.open_to(
            f"{inbound.place.platform}:{channel}", who, inbound.channel_to or inbound.private_to
        )
    except Undeliverable as refused:
        return SharePlace(why_not=refused.reason)
    except Unavailable:
        return SharePlace(why_not="away")
    names = await people.names([inbound.speaker])
    by = names.get(inbound.speaker) or inbound.profile.get("name", "")
    return SharePlace(place.name, place.to, by, external=place.external)


def post_message(turn: Turn, number: int, inbound: InboundEvent, post: Post, at: float) -> OutboxMessage:
    """What carries a post."""
    return OutboxMessage(
        turn.names(f"post-{number}"), inbound.place.platform, post.to, post.reply,
        speaker=inbound.speaker, at=at, otherwise=post.refused,
    )  # fmt: skip


class ShareHandler:
    """Runs what a refused post comes to. May raise MemoryAway, or Busy."""

    def __init__(self, store: ShareStore, transaction: TransactionRunner) -> None:
        self._store, self._transaction = store, transaction

    async def refused(self, tenant: str, event: ShareRefused, idempotency_key: str) -> None:
        """It counts as not shared, and whoever shared it is told why."""
        turn = turn_of(tenant, idempotency_key)
        _log.info("share refused", share=event.id, reason=event.reason)

        async def decide(loaded: LoadedShare) -> Change[None]:
            if not loaded.there:
                return Change(None)  # they have been forgotten meanwhile
            reply = Reply((Text(refusal(event.name, event.reason)),), private=True)
            told = OutboxMessage(
                turn.names("told"), platform_of(tenant), event.to, reply, speaker=event.speaker
            )
            return Change(None, self._store.dropped(tenant, event.id), {f"share {event.id}": [told]})

        load = partial(self._store.load, tenant, event.id, idempotency_key)
        await self._transaction.run(turn, load, decide, seen=None)
