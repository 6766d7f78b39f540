"""The playground's page and the small JSON interface behind it.

The page shows what one person sees in one place and does what they could do there; the stand-ins
for the platforms do the rest. Whether a request may reach this at all is decided by the server.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from bot.playground.live import Live
from bot.playground.stage import PEOPLE, PLACES, Refused, StandIn

STATIC = Path(__file__).parent / "static"
SHOWN = 200
"""Messages that the page is given of a place, counted from the newest."""
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = TypeVar("Body", bound=msgspec.Struct)


class Say(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``person`` types ``text`` in ``place``, in a thread where one is named."""

    person: str
    place: str
    text: str
    thread: str | None = None


class Press(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``person`` presses ``element`` (its JSON, as the message's payload has it) in ``place``."""

    person: str
    place: str
    message: str
    element: dict[str, Any]


class OpenHome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``person`` opens the app's home on the platform of ``place``."""

    person: str
    place: str


class _Fault(Exception):
    """A request that can't be met: a status and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Playground:
    """The page over two stand-ins. ``starters`` are what a newcomer is offered to ask first."""

    def __init__(self, slack: StandIn, teams: StandIn, starters: Sequence[str]) -> None:
        self._sides = {"slack": slack, "teams": teams}
        self._starters = tuple(starters)
        self._live = Live()
        slack.changed = teams.changed = self._live.publish

    def routes(self) -> list[web.RouteDef]:
        """The page at ``/``, and all else that it needs below ``/playground/``."""
        return [
            web.get("/", self._page),
            web.get(r"/playground/static/{name:[a-z]+\.(?:js|css|svg)}", self._file),
            web.get("/playground/live", self._live.stream),
            web.get("/playground/stage", self._stage),
            web.get("/playground/messages", _plainly(self._messages)),
            web.post("/playground/say", _plainly(self._say)),
            web.post("/playground/press", _plainly(self._press)),
            web.post("/playground/home", _plainly(self._home)),
        ]

    async def stop(self, app: web.Application) -> None:
        """End the live streams of all tabs; belongs in ``app.on_shutdown``, or stopping waits for them."""
        self._live.stop()

    async def _page(self, request: web.Request) -> web.StreamResponse:
        headers = _HEADERS | {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"}
        return web.FileResponse(STATIC / "index.html", headers=headers)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = STATIC / request.match_info["name"]
        if not path.is_file():
            return _json({"error": "There is no such file in the playground."}, 404)
        return web.FileResponse(path, headers=_HEADERS)

    async def _stage(self, request: web.Request) -> web.StreamResponse:
        people = [
            {"key": one.key, "name": one.name, "organisation": one.organisation, "slack_id": one.slack_id}
            for one in PEOPLE
        ]
        return _json({"people": people, "places": PLACES, "starters": self._starters})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        person, place = request.query.get("person", ""), request.query.get("place", "")
        seen = self._side(person, place).messages(place, person)
        return _json({"messages": seen[-SHOWN:], "earlier": max(0, len(seen) - SHOWN)})

    async def _say(self, request: web.Request) -> web.StreamResponse:
        said = await _read(request, Say)
        side = self._side(said.person, said.place)
        if not said.text.strip():
            raise _Fault(400, "There is nothing to send yet: type something first.")
        if said.thread is not None:
            _there(side, said.thread, said.place, said.person)
        await side.say(said.person, said.place, said.text, said.thread)
        return _json({})

    async def _press(self, request: web.Request) -> web.StreamResponse:
        pressed = await _read(request, Press)
        side = self._side(pressed.person, pressed.place)
        toast = await side.press(pressed.person, pressed.message, pressed.element)
        return _json({"toast": toast})

    async def _home(self, request: web.Request) -> web.StreamResponse:
        opened = await _read(request, OpenHome)
        return _json({"blocks": await self._side(opened.person, opened.place).open_home(opened.person)})

    def _side(self, person: str, place: str) -> StandIn:
        if not any(one.key == person for one in PEOPLE):
            raise _Fault(404, f"Nobody here goes by that name; try {_list(one.key for one in PEOPLE)}.")
        for one in PLACES:
            if one.key == place:
                return self._sides[one.platform]
        raise _Fault(404, f"There is no such place; try {_list(one.key for one in PLACES)}.")


def _there(side: StandIn, message: str, place: str, person: str) -> None:
    if not any(one.id == message for one in side.messages(place, person)):
        raise _Fault(404, "That message is no longer there.")


def _list(words: Iterable[str], joint: str = "or") -> str:
    *most, last = words
    return f"{', '.join(most)} {joint} {last}"


async def _read(request: web.Request, body: type[Body]) -> Body:
    try:
        return msgspec.json.decode(await request.read(), type=body)
    except web.HTTPRequestEntityTooLarge:
        raise _Fault(413, "That is more than the playground can carry.") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        names = _list(body.__struct_fields__, "and")
        raise _Fault(400, f"This needs a JSON object with {names}.") from None


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


def _plainly(handler: Handler) -> Handler:
    """Turn what can't be done into a status and one sentence."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except _Fault as fault:
            return _json({"error": str(fault)}, fault.status)
        except Refused as refused:
            return _json({"error": str(refused)}, 409)

    return answer
