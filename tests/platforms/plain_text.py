"""A third platform, in plain text: a webhook in, a webhook out.

What arrives at ``POST /plain`` is ``{"id", "person", "room", "words", "pressed", "about"}`` (``room`` empty
in a direct chat); each reply is posted as ``{"to", "text", "buttons"}`` to the address it was given, which
answers with the message's id. A button is offered with the words that say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import aiohttp
from aiohttp import web

from bot.platforms import adapters, ports
from bot.platforms.registry import Platform
from bot.settings import Settings
from dialogs.core.events import Mention, Place, Utterance
from dialogs.core.mentions import spoken
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Reply

TENANT = "plain:town"
PEOPLE = {"asha": "Asha Patel", "bryn": "Bryn Hughes"}
"""Whom @ mentions here; any other name is just words."""


def render(reply: Reply) -> dict[str, object]:
    """A reply as text, and its buttons as label and words."""
    buttons = [[spoken(choice.label), choice.says] for choice in choices(reply)]
    return {"text": plain(reply), "buttons": buttons}


class PlainSender:
    """Posts messages to the webhook out."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url

    async def send(self, message: ports.OutboxMessage, wait: ports.Wait) -> str | None:
        """The id that the other side gave the message."""
        body = {"to": message.to["conversation"], "instead": message.instead, **render(message.reply)}
        try:
            async with self._session.post(self._url, json=body) as answer:
                if answer.status >= 400:
                    error = ports.Unavailable if answer.status >= 500 else ports.Undeliverable
                    raise error(str(answer.status))
                return str((await answer.json())["id"])
        except aiohttp.ClientError as error:
            raise ports.Unavailable(type(error).__name__) from None


class PlainDirectory:
    """Everybody is called by their id."""

    def address_of(self, id: str) -> ports.Address:
        """A direct chat is named after its person."""
        return {"conversation": id.partition("/")[2]}

    async def person(self, id: str, known: ports.Address) -> adapters.Someone:
        return adapters.Someone(id, id.partition("/")[2].title(), "Europe/London", to=self.address_of(id))

    async def channel(self, id: str, near: ports.Address) -> tuple[str, ports.Address]:
        return id.partition(":")[2], {"conversation": id.partition(":")[2]}

    async def open_to(self, id: str, who: str, near: ports.Address) -> adapters.OpenPlace:
        return adapters.OpenPlace(*await self.channel(id, near))

    async def group(self, id: str, near: ports.Address) -> tuple[str, ...]:
        raise ports.Undeliverable("no_groups")

    def without_person(self, to: ports.Address) -> ports.Address:
        return {}

    def near(self, tenant: str) -> ports.Address:
        return {}

    async def organisation(self, id: str) -> str:
        return "Town"


class PlainAdapter:
    """``adapters.Adapter`` of the plain-text platform."""

    def __init__(self, dispatcher: ports.InboundHandler, session: aiohttp.ClientSession, url: str) -> None:
        self._dispatcher = dispatcher
        self.sender: ports.Sender = PlainSender(session, url)
        self.directory: adapters.Directory = PlainDirectory()
        self.advisors: set[str] = set()
        self.tenant = TENANT

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post("/plain", self._receive)]

    async def start(self) -> None: ...
    async def stop(self) -> None: ...

    async def _receive(self, request: web.Request) -> web.Response:
        result = await self._dispatcher.run(_inbound(await request.json()))
        return web.json_response({"outcome": result.outcome, "note": result.note})


def _inbound(said: dict[str, str]) -> ports.InboundEvent:
    person, room = said["person"], said["room"]
    here = {"conversation": room or person}
    exact, named = _mentions(said["words"])
    addressed = not room or bool(said["pressed"]) or bool(said["addressed"])
    return ports.InboundEvent(
        event=Utterance(said["words"], addressed, bool(said["pressed"]), exact, named),
        speaker=f"{TENANT}/{person}",
        place=Place("plain", "channel" if room else "direct"),
        tenant=TENANT,
        conversation=room or person,
        idempotency_keys=(said["id"],),
        about=said["about"] or None,
        to=here,
        private_to={"conversation": person},
        note_to=None,
        channel=room,
        channel_to=here if room else {},
    )


def _mentions(words: str) -> tuple[str, tuple[Mention, ...]]:
    """The words with a token in the place of each mention, and whom the tokens name."""
    named: list[Mention] = []

    def token(found: re.Match[str]) -> str:
        if found[1] not in PEOPLE:
            return found[0]
        named.append(Mention(f"@mention{len(named) + 1}", "person", f"{TENANT}/{found[1]}", PEOPLE[found[1]]))
        return named[-1].token

    exact = re.sub(r"@(\w+)", token, words)
    return (exact, tuple(named)) if named else ("", ())


def plain_text(url: str) -> Platform:
    """The platform; ``url``: the webhook out."""

    def connect(
        _: Settings, arrived: ports.InboundHandler, out: aiohttp.ClientSession, *rest: object
    ) -> PlainAdapter:
        return PlainAdapter(arrived, out, url)

    person = re.compile(r"town/\w+")
    return Platform("plain", "Plain text", lambda settings: True, connect, lambda message: (), render, person)
