"""Every key in Redis: one builder, and the table of how long each kind is kept.

All keys of a home carry its hash tag, so that one Lua call can commit to them together.
"""

from __future__ import annotations

import msgspec

DAY = 24 * 3600


class Kept(msgspec.Struct, frozen=True):
    """How long one kind of key is kept, and what for."""

    what: str
    seconds: int | None
    """Seconds after it was last written; None: see ``until``."""
    until: str = ""


def retention(days: int) -> dict[str, Kept]:
    """The retention table: every kind of key, with ``days`` for what ``RETENTION_DAYS`` decides."""
    kept = days * DAY
    year = 365 * DAY
    return {
        "conversation": Kept("the last lesson and question of a thread or direct chat", DAY),
        "mark": Kept("that an event was acted on, so that a repeat is not", DAY),
        "rate": Kept("how many turns a person took in this minute", 60),
        "unreadable": Kept("a conversation that could not be read, for diagnosis", 7 * DAY),
        "unanswered": Kept("a question that no lesson answers", kept),
        "feedback": Kept("a thumb up or down with what it was about", kept),
        "receipt": Kept("what a sent message answered, for its buttons", kept),
        "index": Kept("the ids of unanswered questions, or of feedback, by time", kept),
        "work": Kept("a quiz or readiness check that a person is in the middle of", 30 * DAY),
        "here": Kept("which live quiz or readiness check is open in a channel", 30 * DAY),
        "session": Kept(
            "a live quiz or readiness check: its state, and how far its cards are drawn", 30 * DAY
        ),
        "people": Kept("who took part in a live quiz, by name, for its scores", 7 * DAY),
        "votes": Kept("who chose what in a live quiz", 7 * DAY),
        "tally": Kept("how many have answered", 30 * DAY),
        "form": Kept("a person's answers to a live readiness check, erased when it closes", 30 * DAY),
        "took": Kept("who took part in a live readiness check, apart from what they answered", 30 * DAY),
        "code": Kept("which session a join code leads to", 30 * DAY),
        "series": Kept("a reminder or pulse: what it says, when, and what it came to", 2 * year),
        "audience": Kept("who gets a reminder or pulse", 2 * year),
        "ledger": Kept("what became of each send of a reminder or pulse", 2 * year),
        "answers": Kept(
            "answers to a pulse, and comments; anonymous ones apart from who took part", 2 * year
        ),
        "mutes": Kept("who has stopped which reminders", None, "they start them again"),
        "board": Kept(
            "what advisors share: lists, who advises, which reminders there are", None, "they change it"
        ),
        "audit": Kept("what advisors did, by name", 2 * year),
        "near": Kept("an address in a workspace or tenant, from which its channels are found", year),
        "guesses": Kept("how many wrong join codes a person has tried", 600),
        "shared": Kept("what the joint readiness checks of a channel came to", 2 * year),
        "missed": Kept("which quiz questions a person missed", kept),
        "result": Kept("what a person's readiness check came to", 2 * year),
        "profile": Kept("a person's time zone and language, and when last seen", year),
        "traces": Kept("which keys hold something of a person, for forget me and my data", year),
        "outbox": Kept("replies not yet delivered", 2 * DAY),
        "due": Kept("which conversations have undelivered replies", 2 * DAY),
        "lease": Kept("which process is delivering to a conversation", 5),
        "budget": Kept("how much a platform still takes from us just now", 3600),
        "schedule": Kept("what is due when, as docket keeps it", None, "it is done"),
        "homes": Kept(
            "the workspaces, tenants and sessions that have an outbox", None, "the deployment ends"
        ),
    }


HOMES = "sw:homes"
SCHEDULE = "sw-schedule"
"""What docket's own keys begin with."""

CODES = "code"
"""The home of join codes: each is a pointer to a session, from outside all of them."""


class Keys:
    """Builds the keys of one home (a workspace or tenant, as ``platform:team``)."""

    def __init__(self, home: str) -> None:
        # A brace in the name would move the hash tag, and with it the slot.
        self._prefix = "sw:{" + home.replace("{", "(").replace("}", ")") + "}:"
        self.due = self._prefix + "due"

    def key(self, kind: str, name: str) -> str:
        """The key of ``kind`` (a row of the retention table) for ``name``."""
        return f"{self._prefix}{kind}:{name}"

    def index(self, kind: str) -> str:
        """The index of the records of ``kind``."""
        return f"{self._prefix}index:{kind}"


def kind_of(key: str) -> str | None:
    """The kind (a row of the retention table) that ``key`` belongs to; None where it is none of ours."""
    if key == HOMES:
        return "homes"
    if key.startswith((f"{SCHEDULE}:", f"{{{SCHEDULE}}}:")):
        return "schedule"
    head, brace, rest = key.partition("}:")
    if not head.startswith("sw:{") or not brace:
        return None
    return rest.partition(":")[0]
