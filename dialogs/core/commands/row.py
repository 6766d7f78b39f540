"""What the table says of a command: its words, who may say it and where, and how the help tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dialogs.core.commands.wire import Wire
from dialogs.core.events import PlaceKind, Utterance
from dialogs.core.model import World
from dialogs.core.replies import Frozen
from dialogs.core.text import normal
from dialogs.wording.drafts import ADVISORS_ONLY

Who = Literal["everybody", "advisors", "host"]
"""``host``: whose own it is, and advisors: who hosts the session that is named, whom the failed job concerns,
who has set the reminder to themselves alone."""
Destination = Literal["conversation", "session", "series", "enquiry"]
"""Whose turn a command is: the conversation's, or that of the session, series or enquiry that it names."""
HelpGroup = Literal["quiz", "readiness", "answers", "receiving", "also", "advising", "advising also"]
"""Whom a line is told: those of ``receiving`` officers, those of ``advising`` advisors, others everybody.
``also``: named at the end, by its words alone."""
EVERYWHERE: tuple[PlaceKind, ...] = ("direct", "group", "channel")
SHARED: tuple[PlaceKind, ...] = ("group", "channel")


class HeardText(NamedTuple):
    """Words on their way to a command."""

    text: str
    """Cleaned."""
    said: Utterance
    world: World


FreeWay = Callable[[HeardText], Frozen | None]
"""Reads words that are not all given: the command, or None where they are no such words."""


class Matter(NamedTuple):
    """A kind of open matter: what waits for words."""

    name: str
    """As in ``Row.yields_to``."""
    who: Who = "everybody"
    """Who can have one."""


class HelpLine(NamedTuple):
    """A line of the help, in Markdown; {topic} is a topic of the quiz."""

    group: HelpGroup
    md: str
    where: tuple[PlaceKind, ...] = EVERYWHERE
    """Where it is told."""


class Lacks:
    """What a command's words are while something is missing in them, or names nothing that there is."""

    def __init__(self, said: str, md: str, *ways: str, maybe: str = "", labels: str = "") -> None:
        """``said``: a regular expression of the whole of them, in lower case; ``md``: what to add, in
        Markdown; ``ways``: words of commands that help with it; ``maybe``: as ``said``, of words in which a
        lesson may be meant as well; ``labels``: the words of its buttons, parted by "|", which nobody says
        of the subject."""
        self.md, self.ways = md, ways
        self._labels = {normal(label) for label in labels.split("|") if label}
        self._said, self._maybe = re.compile(said), re.compile(maybe)

    @classmethod
    def any_of(cls, some: Iterable[Lacks]) -> Lacks:
        """What fits the words that any of ``some`` fits: most texts fit none, which is soon told by this."""
        said, maybe, labels = zip(
            *((each._said.pattern, each._maybe.pattern, each._labels) for each in some), strict=True
        )
        return cls(_either(said), "", maybe=_either(maybe), labels="|".join(set().union(*labels)))

    def fits(self, text: str) -> Literal["", "label", "surely", "maybe"]:
        """Whether ``text`` (cleaned) is such words."""
        if self._labels and normal(text) in self._labels:
            return "label"
        plain = text.casefold().strip(" .!…")
        return "surely" if self._said.fullmatch(plain) else "maybe" if self._maybe.fullmatch(plain) else ""


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns if pattern)


class MenuItem(NamedTuple):
    """A command as a platform's own menu lists it."""

    says: str
    description: str
    """At most 128 characters."""
    places: tuple[PlaceKind, ...] = EVERYWHERE


class Shortcut(NamedTuple):
    """A command as a platform offers it everywhere, or in the menu of each message."""

    name: str
    """At most 24 characters."""
    description: str
    """At most 150 characters."""
    says: str
    """The words of the command; on a message, its words follow."""
    of_ours: str = ""
    """What is said on a message of our own instead; empty for one that is no message's."""

    @property
    def on_message(self) -> bool:
        """Whether it stands in the menu of each message."""
        return bool(self.of_ours)


@dataclass(frozen=True, eq=False)
class Row:
    """One command."""

    command: type[Frozen]
    ways: tuple[tuple[Frozen, str], ...] = ()
    """The command without an object, and all the ways to say it whole, parted by "|": first its button's."""
    wires: tuple[Wire, ...] = ()
    """Templates of its words with their arguments."""
    phrase: FreeWay | None = None
    """A freer way to say it, tried before the ways of any command."""
    loosely: FreeWay | None = None
    """A still freer way, tried where no command is said in full."""
    short: Callable[[str], Frozen | None] | None = None
    """Other words that name a session or series, told without state or knowledge."""
    to: Destination = "conversation"
    who: Who = "everybody"
    own: Callable[[Frozen, World], bool] | None = None
    """Whether what it asks for is the speaker's own, where ``who`` is "host" and the command tells that."""
    refusal: str = ADVISORS_ONLY
    """What others are told."""
    where: tuple[PlaceKind, ...] = EVERYWHERE
    """Where it can be said; elsewhere its words mean something else, or get a sentence that says where."""
    overheard: bool = True
    """Whether somebody who took part in a thread may say it there without a mention."""
    yields_to: tuple[str, ...] = ()
    """What goes before it: open matters that wait for free text, and take these words as that text; "button",
    where a button of the last day has just these words."""
    near: bool = True
    """Whether other words may stand for it: the label of its button, or a near miss that is asked about."""
    lacks: Lacks | None = None
    """What they are told who leave out what it needs, or name what isn't there."""
    help: tuple[HelpLine, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    shortcut: Shortcut | None = None

    @property
    def name(self) -> str:
        """The command's name."""
        return self.command.__name__

    @property
    def acts(self) -> frozenset[str]:
        """What its words do of all that the command can (its ``act``); "" where it does one thing."""
        said = {getattr(command, "act", "") for command, _ in self.ways}
        return frozenset(said.union(*(wire.acts for wire in self.wires)) or {""})

    def permits(self, *, advisor: bool, host: bool = False) -> bool:
        """Whether somebody may say it; ``host``: whether it is theirs."""
        return may(self.who, advisor=advisor, host=host)


def may(who: Who, *, advisor: bool, host: bool) -> bool:
    """Whether somebody is one of ``who``."""
    return who == "everybody" or advisor or (who == "host" and host)
