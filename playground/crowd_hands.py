"""What colleagues do at a platform: they find a message's buttons, wait for what follows, fill in forms."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from playground.crowd_forms import submits
from playground.stage import Json, Person, StandIn

PAGES = 12
"""Pages of a form that a colleague fills in at most."""
PATIENCE = 5.0
"""Seconds that a colleague waits for what a press or a form leads to."""


class Button(msgspec.Struct, frozen=True):
    """A button of a message: its label, its words, and its own JSON."""

    label: str
    says: str
    element: Json


def buttons(payload: Any) -> Iterator[Button]:
    """All the buttons in a message of either platform, in order."""
    match payload:
        case {"type": "button", "value": str(says), "text": {"text": str(label)}}:
            yield Button(label, says, payload)
        case {"type": "Action.Execute" | "Action.Submit", "title": str(label), "data": {"says": str(says)}}:
            yield Button(label, says, payload)
        case dict():
            for inside in payload.values():
                yield from buttons(inside)
        case list():
            for inside in payload:
                yield from buttons(inside)


class News:
    """Tells those who wait that something changed on a platform."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def heard(self) -> None:
        """Something changed."""
        self._changed.set()
        self._changed.clear()  # those who wait now were woken all the same

    async def until(self, holds: Callable[[], bool]) -> bool:
        """Wait until ``holds``; False where that takes too long."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True


async def fill_in(
    adapter: StandIn,
    person: Person,
    news: News,
    answers: Callable[[Json], Json],
    pause: Callable[[], float] = lambda: 0.0,
) -> bool:
    """Fill in and submit page after page of the form that opens; whether it came to its end.

    ``answers`` gives the values for a page; ``pause`` the seconds that are taken over it. Raises Refused.
    """
    if not await news.until(lambda: adapter.modal(person.key) is not None):
        return False
    for _ in range(PAGES):
        page = adapter.modal(person.key)
        if page is None:
            return True
        if not submits(page):
            break
        await asyncio.sleep(pause())
        await adapter.submit(person.key, answers(page))
    page = adapter.modal(person.key)
    adapter.close_modal(person.key)
    return page is None or not submits(page)
