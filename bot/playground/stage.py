"""The playground's cast and places, and what a stand-in for a platform can do with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol

import msgspec


class Person(msgspec.Struct, frozen=True):
    """Somebody to be in the playground."""

    key: str
    name: str
    organisation: str
    slack_id: str
    teams_id: str
    """The Entra object id."""
    email: str
    zone: str = "Europe/London"


class Place(msgspec.Struct, frozen=True):
    """Somewhere to talk in the playground."""

    key: str
    platform: Literal["slack", "teams"]
    kind: Literal["direct", "channel"]
    name: str


PEOPLE = (
    Person("asha", "Asha Patel", "Northshire County", "U0ASHA", "a5a00000-0000-4000-8000-000000000001",
           "asha.patel@northshire.example"),
    Person("bryn", "Bryn Hughes", "Eastvale District", "U0BRYN", "b2b00000-0000-4000-8000-000000000002",
           "bryn.hughes@eastvale.example"),
    Person("cleo", "Cleo Grant (advisor)", "Northshire County", "U0CLEO",
           "c3c00000-0000-4000-8000-000000000003", "cleo.grant@northshire.example"),
)  # fmt: skip

PLACES = (
    Place("slack-direct", "slack", "direct", "Direct message"),
    Place("slack-channel", "slack", "channel", "#partnership-board"),
    Place("teams-personal", "teams", "direct", "Personal chat"),
    Place("teams-channel", "teams", "channel", "Partnership › General"),
)

SLACK_TEAM = "T0NORTH"
TEAMS_TENANT = "7e0a0000-0000-4000-8000-000000000009"
ADVISOR = "cleo"


class Message(msgspec.Struct, kw_only=True):
    """A message as a place shows it."""

    id: str
    place: str
    author: str
    """A person's key, or "bot"."""
    text: str
    """What a plain client would show."""
    payload: dict[str, Any]
    """Exactly what was sent over the wire."""
    at: float
    """Seconds since 1970."""
    thread: str | None = None
    """The id of the message that it answers, where it stands in a thread."""
    only_for: str | None = None
    """The key of the one person who sees it."""
    edited: bool = False
    reaction: str | None = None
    """What was pressed on native feedback: "up" or "down"."""


class Refused(Exception):
    """The stand-in can't do what the page asked; the message is a plain sentence."""


class StandIn(Protocol):
    """What the page can do with a platform. ``place`` and ``person`` are keys of PLACES and PEOPLE."""

    changed: Callable[[str], None]
    """Called with a place's key after anything changed in it."""

    def messages(self, place: str, person: str) -> list[Message]:
        """All that ``person`` sees in ``place``, oldest first (deleted ones are gone)."""

    async def say(self, person: str, place: str, text: str, thread: str | None = None) -> None:
        """Type a message (in Slack, "/sharewise …" is the command); deliver it to the bot."""

    async def press(self, person: str, message: str, element: dict[str, Any]) -> str:
        """Press a button, given as its own JSON out of the message's payload.

        Returns what the platform would show the presser at once (a toast), or "".
        """

    async def open_home(self, person: str) -> list[dict[str, Any]]:
        """Open the app's home; returns its blocks or cards (empty where the platform has none)."""
