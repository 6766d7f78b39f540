"""The playground's cast and places, and what a stand-in for a platform can do with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol

import msgspec

Json = dict[str, Any]
"""What platforms send and take: an object of JSON, decoded."""


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


class StagePlace(msgspec.Struct, frozen=True):
    """Somewhere to talk in the playground."""

    key: str
    platform: Literal["slack", "teams"]
    kind: Literal["direct", "group", "channel"]
    name: str


PEOPLE = (
    Person("asha", "Asha Patel", "Northshire County", "U0ASHA", "a5a00000-0000-4000-8000-000000000001",
           "asha.patel@northshire.example"),
    Person("bryn", "Bryn Hughes", "Eastvale District", "U0BRYN", "b2b00000-0000-4000-8000-000000000002",
           "bryn.hughes@eastvale.example"),
    Person("cleo", "Cleo Grant (advisor)", "Northshire County", "U0CLEO",
           "c3c00000-0000-4000-8000-000000000003", "cleo.grant@northshire.example"),
)  # fmt: skip

ORGANISATIONS = {
    "Northshire County": ("T0NORTH", "c0a0000a-0000-4000-8000-000000000007"),
    "Eastvale District": ("T0EASTV", "7e0a0000-0000-4000-8000-000000000009"),
    "Westmoor District": ("T0WESTM", "3e57000a-0000-4000-8000-000000000008"),
}
"""Each with its own workspace in Slack and its own tenant in Teams."""

_COLLEAGUES = {
    "Northshire County": "Dev Anand, Elin Foster, Femi Obi, Grace Lloyd, Hamza Ali, Isla Reid, Jon Marsh",
    "Eastvale District": "Kezia Brown, Liam Walsh, Mina Roy, Nia Evans, Owen Clarke, Priya Nair, Quin Baker",
    "Westmoor District": "Rosa Silva, Sam Turner, Tariq Aziz, Uma Shah, Vera Novak, Will Hart",
}
CROWD = tuple(
    Person(
        key=(key := name.partition(" ")[0].lower()),
        name=name,
        organisation=organisation,
        slack_id=f"U0{key.upper()}",
        teams_id=f"d4d00000-0000-4000-8000-{int.from_bytes(key.encode()[:5], 'big'):012d}",
        email=f"{name.lower().replace(' ', '.')}@{organisation.partition(' ')[0].lower()}.example",
    )
    for organisation, names in _COLLEAGUES.items()
    for name in names.split(", ")
)
"""Twenty colleagues, who answer when they are asked to, and whom nobody plays."""
EVERYBODY = (*PEOPLE, *CROWD)

PLACES = (
    StagePlace("slack-direct", "slack", "direct", "Direct message"),
    StagePlace("slack-channel", "slack", "channel", "#joint-board"),
    StagePlace("slack-advisors", "slack", "channel", "#advice"),
    StagePlace("teams-personal", "teams", "direct", "Personal chat"),
    StagePlace("teams-channel", "teams", "channel", "Joint work › General"),
    StagePlace("teams-group", "teams", "group", "Joint chat"),
)

SLACK_TEAM = ORGANISATIONS["Northshire County"][0]
"""The workspace in which we are installed."""
TEAMS_TENANT = ORGANISATIONS["Eastvale District"][1]
"""The tenant in which we are installed."""
PAGE = "<html><body><h1>Back soon</h1>We are mending something.</body></html>"
"""What a platform's own servers say in the place of an answer while they are mended."""
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


def person(key: str) -> Person:
    """Somebody of the cast by key. Raises Refused."""
    for person in EVERYBODY:
        if person.key == key:
            return person
    raise Refused("There is no such person here.")


class StandIn(Protocol):
    """What the page can do with a platform. ``place`` and ``person`` are keys of PLACES and EVERYBODY."""

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

    async def open_pane(self, person: str, *, new: bool = False) -> None:
        """Open the direct messages, ``new``: with a new chat; nothing where the platform tells nobody."""

    def pane(self, person: str) -> Any:
        """What the app has put beside its direct messages; None where the platform has no such thing."""

    def home(self, person: str) -> list[dict[str, Any]]:
        """What stands in the app's home, without opening it."""

    async def shortcut(self, person: str, callback: str, message: str = "", place: str = "") -> None:
        """Choose one of the app's shortcuts, everywhere (``place``: where somebody is) or (an id) on a
        message. Raises Refused."""

    def modal(self, person: str) -> dict[str, Any] | None:
        """The form that is open for a person; None where none is.

        Slack's is the modal's view, Teams' ``{"title", "card"}``; both with ``errors`` beside: a sentence
        by a field's id (in Slack its ``block_id``), where the form was refused.
        """

    async def submit(self, person: str, values: dict[str, Any]) -> None:
        """Submit the open form: by a field's id its value, or in Slack a list where it takes several.

        What then is open is ``modal``'s to tell: the next page, the same with errors, or nothing.
        Raises Refused.
        """

    async def press_in_modal(self, person: str, element: dict[str, Any]) -> None:
        """Press a button within the open form, given as its own JSON. Raises Refused."""

    def close_modal(self, person: str) -> None:
        """Close the open form without submitting it; nothing where none is open."""

    def clear(self) -> None:
        """Forget all that was said, drawn and uploaded."""
