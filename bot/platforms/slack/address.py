"""Where something happened in Slack, and all addresses that follow from it.

A place travels with a form (in its ``private_metadata``), so that what is submitted there is answered
where the form was opened.
"""

from __future__ import annotations

import msgspec

from bot.platforms.ports import Address
from bot.platforms.slack.markup import clip
from bot.platforms.slack.shapes import Json, inside, text
from dialogs.core.events import PlaceKind

METADATA = 3_000
"""Characters that a view carries for us."""

_KINDS: dict[str, PlaceKind] = {"direct": "direct", "group": "group", "channel": "channel"}
_TYPES: dict[str, PlaceKind] = {"im": "direct", "mpim": "group"}


class SlackPlace(msgspec.Struct, frozen=True):
    """A message, or a place for one, as ``person`` meets it."""

    channel: str
    """Empty where Slack didn't tell which is their direct conversation with us."""
    kind: PlaceKind
    person: str
    shown: str = ""
    """The time stamp of the message that was written or pressed."""
    thread: str = ""
    """The time stamp of the message on which its thread hangs; empty where it stands in none."""
    aside: bool = False
    """Whether only ``person`` sees it."""

    @property
    def to(self) -> Address:
        """Where answers go: to the person alone, or in channels into the thread, else where it was said."""
        if self.aside:
            return self.note
        return {**self.whole, "thread_ts": self._root} if self._root else self.whole

    @property
    def whole(self) -> Address:
        """The channel itself."""
        return {"channel": self.channel or self.person}

    @property
    def private(self) -> Address:
        """Where the person is answered alone."""
        return self.to if self.aside or self.kind == "direct" else {"channel": self.person}

    @property
    def note(self) -> Address:
        """Where a short confirmation goes: seen by the person alone."""
        if self.kind == "direct" and not self.aside:
            return self.to
        to = {**self.whole, "user": self.person}
        return {**to, "thread_ts": self.thread} if self.thread else to

    @property
    def conversation(self) -> str:
        """The conversation's own name in its partition."""
        if self.aside:
            return f"{self.channel}:{self.person}:command"
        if not self.channel:
            return f"home:{self.person}"
        return f"{self.channel}:{self._root}" if self._root else self.channel

    @property
    def about(self) -> str | None:
        """The id of the message."""
        return f"{self.channel}:{self.shown}" if self.channel and self.shown else None

    @property
    def _root(self) -> str:
        return self.thread or ("" if self.kind == "direct" else self.shown)


def pack(reference: SlackPlace, says: str) -> str:
    """A channel reference, and the words of a form that is opened there, as a view's ``private_metadata``."""
    aside = "aside" if reference.aside else ""
    return clip(
        "\n".join((reference.channel, reference.kind, reference.shown, reference.thread, aside, says)),
        METADATA,
    )


def unpack(metadata: str, person: str) -> tuple[SlackPlace, str]:
    """What ``pack`` packed; a view that isn't a form of ours has no words, and leads to direct messages."""
    channel, _, rest = metadata.partition("\n")
    parts = rest.split("\n", 4)
    if len(parts) < 5:
        return SlackPlace(channel, "direct", person), ""
    kind, shown, thread, aside, says = parts
    return SlackPlace(channel, _KINDS.get(kind, "direct"), person, shown, thread, aside == "aside"), says


def of(body: Json) -> SlackPlace:
    """Where a command was given, a button pressed, or a form submitted: that is where it was opened."""
    person = text(inside(body, "user"), "id") or text(body, "user_id")
    if channel := text(body, "channel_id"):
        return SlackPlace(channel, kind_of(channel, _named(text(body, "channel_name"))), person, aside=True)
    container, shown, place = (inside(body, name) for name in ("container", "message", "channel"))
    channel = text(place, "id") or text(container, "channel_id")
    if container.get("type") == "view" or not channel:
        return unpack(text(inside(body, "view"), "private_metadata"), person)[0]
    return SlackPlace(
        channel,
        kind_of(channel, _named(text(place, "name"))),
        person,
        text(container, "message_ts") or text(shown, "ts"),
        text(shown, "thread_ts") or text(container, "thread_ts"),
        aside=container.get("is_ephemeral") is True,
    )


def kind_of(channel: str, channel_type: str) -> PlaceKind:
    """What kind of conversation a channel's id and Slack's own word for its type tell of."""
    return "direct" if channel.startswith("D") else _TYPES.get(channel_type, "channel")


def _named(name: str) -> str:
    """The type that a channel's name tells, where Slack doesn't."""
    return "mpim" if name.startswith("mpdm-") else ""
