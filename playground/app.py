"""The playground's page and the small JSON interface behind it.

The page shows what one person sees in one place and does what they could do there; the stand-ins
for the platforms do the rest. Whether a request may reach this at all is decided by the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random

from aiohttp import web

from dialogs.core.commands.table import SHORTCUTS
from dialogs.wording.search import TITLE as SEARCH
from playground.crowd import Crowd
from playground.crowd_duties import CrowdClock, Duties
from playground.crowd_forms import dice
from playground.crowd_hands import News
from playground.live import EventStreams
from playground.mailbox import MailboxStandIn
from playground.memory import Keeper
from playground.person_hands import PersonHands
from playground.requests import BadRequest, Clear, Forward, LetAnswer, answered, plainly, read
from playground.slack_book import CHANNELS, direct
from playground.stage import CROWD, EVERYBODY, PEOPLE, PLACES, Person, StandIn
from playground.teams_search import COMMAND

STATIC = Path(__file__).parent / "static"
SHOWN = 200
"""Messages that the page is given of a place, counted from the newest."""
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Playground:
    """The page over two stand-ins. ``starters`` are what a newcomer is offered to ask first.

    ``clock`` is the time that people can move, ``memory`` what is kept for the next start, and ``mailbox``
    where mails come, where there are any. ``random`` decides what the colleagues answer and when, within
    about ``over`` seconds.
    """

    def __init__(
        self,
        slack: StandIn,
        teams: StandIn,
        starters: Sequence[str],
        *,
        clock: CrowdClock | None = None,
        memory: Keeper | None = None,
        mailbox: MailboxStandIn | None = None,
        random: Random | None = None,
        over: float = 6.0,
    ) -> None:
        self._adapters: dict[str, StandIn] = {"slack": slack, "teams": teams}
        self._starters = tuple(starters)
        self._clock, self._moving, self._memory = clock, asyncio.Lock(), memory
        self._hands = PersonHands(self._adapters, self._keep)
        self._live, self._news = EventStreams(), News()
        random = random or dice()
        self.crowd = Crowd(self._adapters, self._news, random, self._changed, over)
        self.duties = Duties(self._adapters, self._news, random)
        slack.changed = teams.changed = self._changed
        self._mailbox = mailbox
        if mailbox is not None:
            mailbox.changed = self._changed

    def routes(self) -> list[web.RouteDef]:
        """The page at ``/``, and all else that it needs below ``/playground/``."""
        return [
            web.get("/", self._page),
            web.get(r"/playground/static/{name:[a-z-]+\.(?:js|css|svg)}", self._file),
            web.get("/playground/live", self._live.stream),
            web.get("/playground/stage", self._stage),
            web.get("/playground/messages", plainly(self._messages)),
            *self._hands.routes(),
            web.post("/playground/crowd", plainly(self._let_answer)),
            web.get("/playground/clock", plainly(self._time)),
            web.post("/playground/clock", plainly(self._forward)),
            web.post("/playground/clear", plainly(self._clear)),
        ]

    def _changed(self, place: str) -> None:
        self._live.publish(place)
        self._news.heard()
        self._keep()

    def _keep(self) -> None:
        if self._memory is not None:
            self._memory.changed()

    async def stop(self, app: web.Application) -> None:
        """End what is under way: the tabs' live streams and the colleagues' answers.

        Belongs in ``app.on_shutdown``, or stopping waits for them.
        """
        self._live.stop()
        self.crowd.stop()

    async def _page(self, request: web.Request) -> web.StreamResponse:
        headers = _HEADERS | {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"}
        return web.FileResponse(STATIC / "index.html", headers=headers)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = STATIC / request.match_info["name"]
        if not path.is_file():
            return answered({"error": "There is no such file in the playground."}, 404)
        return web.FileResponse(path, headers=_HEADERS)

    async def _stage(self, request: web.Request) -> web.StreamResponse:
        # Conversations that a Slack form can offer; a direct one goes by its person's name.
        channels = [
            {"id": CHANNELS[place.key], "kind": "channel", "name": place.name}
            for place in PLACES
            if place.key in CHANNELS
        ]
        chats = [{"id": direct(person), "kind": "im", "name": person.name} for person in EVERYBODY]
        return answered(
            {
                "people": [_told(person) for person in PEOPLE],
                "colleagues": [_told(person) for person in CROWD],
                "places": PLACES,
                "conversations": [*channels, *chats],
                "starters": self._starters,
                "shortcuts": [
                    *(
                        {
                            "name": each.name,
                            "callback": each.says,
                            "on_message": each.on_message,
                            "platforms": ["slack", "teams"] if each.on_message else ["slack"],
                        }
                        for each in SHORTCUTS
                    ),
                    {"name": SEARCH, "callback": COMMAND, "on_message": False, "platforms": ["teams"]},
                ],
                "mailbox": self._mailbox is not None,
                "memory": None if self._memory is None else str(self._memory.file.path),
            }
        )

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        adapter, person, place = self._hands.asked(request)
        seen = adapter.messages(place, person)
        return answered(
            {
                "messages": seen[-SHOWN:],
                "earlier": max(0, len(seen) - SHOWN),
                "waiting": self.crowd.waiting(place),
                "answering": self.crowd.busy(place),
                "now": self._now(),
            }
        )

    async def _let_answer(self, request: web.Request) -> web.StreamResponse:
        asked = await read(request, LetAnswer)
        self._hands.adapter(asked.person, asked.place)  # there must be such a place
        return answered({"toast": await self.crowd.answer(asked.place, asked.count)})

    async def _time(self, request: web.Request) -> web.StreamResponse:
        return answered({"now": self._now()})

    async def _forward(self, request: web.Request) -> web.StreamResponse:
        wanted = await read(request, Forward)
        if self._clock is None:
            raise BadRequest(404, "Time can't be moved here.")
        if self._moving.locked():
            raise BadRequest(409, "Time is moving already. Give it a moment.")
        async with self._moving:
            before = self._sent()
            fell, answers = await self.duties.while_days_pass(self._clock, wanted.days)
            sent = len(self._sent() - before)
        self._live.publish("clock")
        self._keep()
        return answered({"now": self._now(), "fell": fell, "sent": sent, "answers": answers})

    async def _clear(self, request: web.Request) -> web.StreamResponse:
        await read(request, Clear)
        if self._memory is None:
            raise BadRequest(404, "Nothing is kept here.")
        for adapter in self._adapters.values():
            adapter.clear()
        self.crowd.clear()
        self.duties.clear()
        if self._mailbox is not None:
            self._mailbox.clear()
        for place in PLACES:
            self._changed(place.key)
        await self._memory.keep()
        return answered({})

    def _now(self) -> datetime | None:
        return self._clock.now() if self._clock else None

    def _sent(self) -> set[str]:
        """The messages of the bot that anyone sees anywhere."""
        return {
            f"{place.key} {message.id}"
            for place in PLACES
            for person in (EVERYBODY if place.kind == "direct" else PEOPLE[:1])
            for message in self._adapters[place.platform].messages(place.key, person.key)
            if message.author == "bot"
        }


def _told(person: Person) -> dict[str, str]:
    return {
        "key": person.key,
        "name": person.name,
        "organisation": person.organisation,
        "slack_id": person.slack_id,
        "teams_id": person.teams_id,
    }
