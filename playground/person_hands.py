"""What the page does in a person's place: type, press, open and fill in what the stand-ins show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from playground.requests import (
    BadRequest,
    OpenPane,
    PressInModal,
    PressRequest,
    Say,
    ShortcutRequest,
    Submit,
    There,
    answered,
    listed,
    plainly,
    read,
)
from playground.stage import PEOPLE, PLACES, StandIn


class PersonHands:
    """One person after another, as the page's requests name them."""

    def __init__(self, adapters: Mapping[str, StandIn], keep: Callable[[], None]) -> None:
        """``keep`` is told of what changes nothing that is shown, and is to be remembered all the same."""
        self._adapters, self._keep = adapters, keep

    def routes(self) -> list[web.RouteDef]:
        """All of it, below ``/playground/``."""
        return [
            web.post("/playground/say", plainly(self._say)),
            web.post("/playground/press", plainly(self._press)),
            web.post("/playground/home", plainly(self._home)),
            web.get("/playground/home", plainly(self._home_now)),
            web.post("/playground/pane", plainly(self._open_pane)),
            web.get("/playground/pane", plainly(self._pane)),
            web.post("/playground/shortcut", plainly(self._shortcut)),
            web.get("/playground/modal", plainly(self._modal)),
            web.post("/playground/submit", plainly(self._submit)),
            web.post("/playground/modal-press", plainly(self._press_in_modal)),
            web.post("/playground/modal-close", plainly(self._close_modal)),
        ]

    async def _say(self, request: web.Request) -> web.StreamResponse:
        said = await read(request, Say)
        adapter = self.adapter(said.person, said.place)
        if not said.text.strip():
            raise BadRequest(400, "There is nothing to send yet: type something first.")
        if said.thread is not None:
            _there(adapter, said.thread, said.place, said.person)
        await adapter.say(said.person, said.place, said.text, said.thread)
        return answered({})

    async def _press(self, request: web.Request) -> web.StreamResponse:
        pressed = await read(request, PressRequest)
        adapter = self.adapter(pressed.person, pressed.place)
        toast = await adapter.press(pressed.person, pressed.message, pressed.element)
        self._keep()
        return answered({"toast": toast})

    async def _home(self, request: web.Request) -> web.StreamResponse:
        opened = await read(request, There)
        blocks = await self.adapter(opened.person, opened.place).open_home(opened.person)
        self._keep()
        return answered({"blocks": blocks})

    async def _home_now(self, request: web.Request) -> web.StreamResponse:
        adapter, person, _ = self.asked(request)
        return answered({"blocks": adapter.home(person)})

    async def _open_pane(self, request: web.Request) -> web.StreamResponse:
        opened = await read(request, OpenPane)
        await self.adapter(opened.person, opened.place).open_pane(opened.person, new=opened.new)
        self._keep()
        return answered({})

    async def _pane(self, request: web.Request) -> web.StreamResponse:
        adapter, person, _ = self.asked(request)
        return answered({"pane": adapter.pane(person)})

    async def _shortcut(self, request: web.Request) -> web.StreamResponse:
        chosen = await read(request, ShortcutRequest)
        adapter = self.adapter(chosen.person, chosen.place)
        await adapter.shortcut(chosen.person, chosen.callback, chosen.message, chosen.place)
        self._keep()
        return answered({})

    async def _modal(self, request: web.Request) -> web.StreamResponse:
        adapter, person, _ = self.asked(request)
        return answered({"modal": adapter.modal(person)})

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        sent = await read(request, Submit)
        adapter = self.adapter(sent.person, sent.place)
        await adapter.submit(sent.person, sent.values)
        return answered({"modal": adapter.modal(sent.person)})

    async def _press_in_modal(self, request: web.Request) -> web.StreamResponse:
        pressed = await read(request, PressInModal)
        adapter = self.adapter(pressed.person, pressed.place)
        await adapter.press_in_modal(pressed.person, pressed.element)
        return answered({"modal": adapter.modal(pressed.person)})

    async def _close_modal(self, request: web.Request) -> web.StreamResponse:
        closed = await read(request, There)
        self.adapter(closed.person, closed.place).close_modal(closed.person)
        return answered({})

    def asked(self, request: web.Request) -> tuple[StandIn, str, str]:
        """The platform, person and place that a request without a body is about. Raises BadRequest."""
        person, place = request.query.get("person", ""), request.query.get("place", "")
        return self.adapter(person, place), person, place

    def adapter(self, person: str, place: str) -> StandIn:
        """The platform of ``place``, to ``person``. Raises BadRequest where either isn't on the stage."""
        if not any(each.key == person for each in PEOPLE):
            raise BadRequest(
                404, f"Nobody here goes by that name; try {listed(person.key for person in PEOPLE)}."
            )
        for channel in PLACES:
            if channel.key == place:
                return self._adapters[channel.platform]
        raise BadRequest(404, f"There is no such place; try {listed(place.key for place in PLACES)}.")


def _there(adapter: StandIn, message: str, place: str, person: str) -> None:
    if not any(shown.id == message for shown in adapter.messages(place, person)):
        raise BadRequest(404, "That message is no longer there.")
