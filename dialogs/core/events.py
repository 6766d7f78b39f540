"""What reaches a dialog: who speaks, where, and what happened.

A button carries the words that a person could have typed, so a press and a typed line are the same event.
"""

from __future__ import annotations

from typing import Literal

from dialogs.core.replies import Frozen

Role = Literal["officer", "advisor"]
PlaceKind = Literal["direct", "group", "channel"]


# --- Who speaks, and where ----------------------------------------------------------------------


class Speaker(Frozen, frozen=True):
    """The person behind an event, seen from the deployment."""

    id: str
    """``platform:team/user``, unique over the deployment."""
    role: Role = "officer"
    also: tuple[str, ...] = ()
    """Other ids by which mentions may name them."""


class Place(Frozen, frozen=True):
    """Where an event happened. ``kind`` decides manners: in a channel one speaks when spoken to."""

    platform: str
    """The platform's name; "terminal" for a talk without one."""
    kind: PlaceKind


# --- Events -------------------------------------------------------------------------------------


class Mention(Frozen, frozen=True):
    """Somebody or something that was mentioned by the platform's own means, so that we know which."""

    token: str
    """How ``Utterance.exact`` writes it: "@mention1", or "#mention1" for a channel."""
    kind: Literal["person", "channel", "group"]
    id: str
    """A speaker's id; for a channel or a user group, ``platform:`` and the platform's id of it."""
    label: str = ""
    """The name that people see, where the platform told it."""


class Utterance(Frozen, frozen=True, tag="said"):
    """Words, typed or pressed."""

    text: str
    addressed: bool = True
    """False for a remark in a thread that doesn't mention the bot."""
    pressed: bool = False
    """True when a button said it; the words are then ours, not the person's own."""
    exact: str = ""
    """The same words with each mention as its token; empty where nobody but us was mentioned."""
    named: tuple[Mention, ...] = ()
    """Whom and what those tokens name."""
    edited: bool = False
    """True where words that were said before were changed to these."""
    files: bool = False
    """True where a file or picture came with them, which nobody reads."""


class Opened(Frozen, frozen=True, tag="opened"):
    """A person opened the bot's partition, installed it, or added it to a conversation."""


class HomeOpened(Frozen, frozen=True, tag="home-opened"):
    """A person looks at their own page (or still does, when it may have changed)."""


class Looked(Frozen, frozen=True, tag="looked"):
    """Somebody looks at what a button would do, as a link in a mail lets them; nothing comes of it."""

    says: str
    """The button's words."""


class Searched(Frozen, frozen=True, tag="searched"):
    """Somebody looks for a lesson to put before others; nothing is kept of it, nor that they looked."""

    text: str = ""
    """What was typed so far; "" where nothing was yet."""


class PaneOpened(Frozen, frozen=True, tag="pane-opened"):
    """A person opened a chat in which the platform offers them first words to say."""


class Submitted(Frozen, frozen=True, tag="submitted"):
    """A form was submitted."""

    says: str
    """The form's own words (``forms.Form.says``)."""
    values: dict[str, str]
    """The id of a field -> its value; "" where nothing was filled in."""
    named: tuple[Mention, ...] = ()
    """Those who were picked in it, by their ids; their labels, where we know what they are called."""


Event = Utterance | Opened | HomeOpened | PaneOpened | Submitted | Looked | Searched
