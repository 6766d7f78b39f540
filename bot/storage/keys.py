"""Every key in Redis: one builder, and the table of how long each kind is kept.

All keys of a partition carry its hash tag, so that one Lua call can commit to them together.
"""

from __future__ import annotations

import hashlib

import msgspec

DAY = 24 * 3600


class Retention(msgspec.Struct, frozen=True):
    """How long one kind of key is kept, and what for."""

    what: str
    seconds: int | None
    """Seconds after it was last written; None: see ``until``."""
    until: str = ""


def retention(days: int) -> dict[str, Retention]:
    """The retention table: every kind of key, with ``days`` for what ``RETENTION_DAYS`` decides."""
    kept = days * DAY
    year = 365 * DAY
    return {
        "conversation": Retention("the last lesson and question of a thread or direct chat", DAY),
        "mark": Retention("that an event was acted on, so that a repeat is not", DAY),
        "rate": Retention("how many turns a person took in this minute", 60),
        "unreadable": Retention(
            "what could not be read, until a version can; that the advisors have been told so", 30 * DAY
        ),
        "unanswered": Retention("a question that no lesson answers", kept),
        "feedback": Retention("a thumb up or down with what it was about", kept),
        "asked": Retention("how many questions were asked in a week, and how they were met", kept),
        "askers": Retention("who asked any of them, as keyed hashes", kept),
        "tried": Retention("who was right at a quiz question the first time, as keyed hashes", kept),
        "enquiry": Retention("a question put to the advisors, and what came of it", kept),
        "taught": Retention("what advisors have taught", None, "they take it away"),
        "teaching": Retention("what an advisor is about to teach or to change", 30 * DAY),
        "matcher": Retention("what the matcher has learnt from taught lessons", 30 * DAY),
        "fitting": Retention("which process makes it learn just now", 120),
        "card": Retention("which messages show the advisors such a question, or what is amiss", kept),
        "standing": Retention("the buttons of such a message in a channel, to be typed in its thread", kept),
        "share": Retention("an answer that somebody has put before others, and where", kept),
        "receipt": Retention("what a sent message answered, for its buttons", kept),
        "thread": Retention("how the talk stood at a message, for what is typed under it", 14 * DAY),
        "waiting": Retention("which reminders and pulses wait for a reply that may be typed", 14 * DAY),
        "offered": Retention("the buttons that a person was shown, whose labels may be typed", DAY),
        "index": Retention("the ids of questions, or of feedback, by time", kept),
        "work": Retention("a quiz, readiness check or draft that a person is in the middle of", 30 * DAY),
        "here": Retention("which live quiz or readiness check is open in a channel", 30 * DAY),
        "quizzed": Retention("how quiz questions went when last put in a channel, as counts", 2 * year),
        "session": Retention(
            "a live quiz or readiness check: its state, and how far its cards are drawn", 30 * DAY
        ),
        "people": Retention("who took part in a live quiz, by name, for its scores", 7 * DAY),
        "votes": Retention("who chose what in a live quiz", 7 * DAY),
        "tally": Retention("how many have answered", 30 * DAY),
        "form": Retention("a person's answers to a live readiness check, erased when it closes", 30 * DAY),
        "took": Retention("who took part in a live readiness check, once it is closed", 30 * DAY),
        "code": Retention("which session a join code leads to", 30 * DAY),
        "series": Retention("a reminder or pulse: what it says, when, and what it came to", 2 * year),
        "audience": Retention("who gets a reminder or pulse", 2 * year),
        "ledger": Retention("what became of each send of a reminder or pulse", 2 * year),
        "answers": Retention(
            "answers to a pulse, and comments; anonymous ones apart from who took part", 2 * year
        ),
        "secret": Retention("what seals pseudonyms of something without names, until its close", 30 * DAY),
        "pseudonyms": Retention(
            "that somebody has answered or commented without their name, until the close", 30 * DAY
        ),
        "mutes": Retention("who has stopped which reminders", None, "they start them again"),
        "board": Retention(
            "what advisors share: lists, who advises, which reminders there are", None, "they change it"
        ),
        "audit": Retention("what advisors did, by name", 2 * year),
        "near": Retention("where a workspace or tenant itself is reached, for looking people up", year),
        "refused": Retention("that a person can't be written to, until they write or install us", year),
        "guesses": Retention("how many wrong join codes a person has tried", 600),
        "shared": Retention("what the joint readiness checks of a channel came to", 2 * year),
        "disclosed": Retention(
            "what each result has told of whom: groups of people as keyed hashes, and their figures", 2 * year
        ),
        "hashing": Retention(
            "the secret by which people are hashed in that record", None, "the deployment ends"
        ),
        "missed": Retention("which quiz questions a person missed", kept),
        "result": Retention("what a person's readiness check came to", 2 * year),
        "profile": Retention(
            "a person's name, time zone and language, where they are written to, and when last seen", year
        ),
        "traces": Retention("which keys hold something of a person, for forget me and my data", year),
        "forgotten": Retention("that somebody was forgotten just now, so that nothing late is kept", 3600),
        "outbox": Retention("replies not yet delivered", 2 * DAY),
        "due": Retention("which conversations have undelivered replies", 2 * DAY),
        "lease": Retention("which process is delivering to a conversation", 5),
        "budget": Retention("how much a platform still takes from us just now", 3600),
        "schedule": Retention("what is due when, as docket keeps it", None, "it is done"),
        "promised": Retention("the same in each partition, since docket might lose it", None, "it is done"),
        "organisation": Retention("which organisation a workspace belongs to", None, "the deployment ends"),
        "moved": Retention("the same in each session and series, once its people are moved", 30 * DAY),
        "failed": Retention(
            "a job that failed every time or an answer that was refused, and why, to be run again", 90 * DAY
        ),
        "disk": Retention("whether the server's file is to be written anew", None, "the deployment ends"),
        "uninstalled": Retention(
            "that a platform has uninstalled us, so that nothing waits for it", 30 * DAY
        ),
        "installation": Retention(
            "the bot's token in a workspace that has installed us, encrypted", None, "it uninstalls us"
        ),
        "installing": Retention("which process changes such a token just now", 60),
        "lent": Retention("that an installation was begun, to know it again when it comes back", 600),
        "homes": Retention(
            "the workspaces, tenants and sessions that have an outbox", None, "the deployment ends"
        ),
        "active": Retention("those in which something was kept just now, or waits", None, "nothing does"),
    }


PARTITIONS, ACTIVE = "sw:homes", "sw:active:{sw:homes}"
"""In one slot."""
SCHEDULE = "sw-schedule"
SCHEDULES = (SCHEDULE, f"{{{SCHEDULE}}}")
"""What docket's own keys begin with: on one server, and in a cluster, where they share a slot."""

LIVE = "live:"
"""How the partitions of live sessions begin, each followed by the session's id."""
CODES = "code"
"""The partition of join codes: each is a pointer to a session, from outside all of them."""
ORGANISATIONS = "organisations"
"""The partition of which workspace belongs to which organisation."""
INSTALLATIONS = "installations"
"""The partition of where we are installed."""


class Keys:
    """Builds the keys of one partition (a workspace or tenant, as ``platform:team``)."""

    def __init__(self, partition: str) -> None:
        # A brace in the name would move the hash tag, and with it the slot.
        self.partition = partition
        self._prefix = "sw:{" + partition.replace("{", "(").replace("}", ")") + "}:"
        self.due = self._prefix + "due"

    def key(self, kind: str, name: str) -> str:
        """The key of ``kind`` (a row of the retention table) for ``name``."""
        return f"{self._prefix}{kind}:{name}"

    def hashed(self, kind: str, name: str) -> str:
        """The same where the key is to be found by ``name``, and not to tell it: a person, a chat."""
        return self.key(kind, hashlib.blake2s(name.encode(), digest_size=12).hexdigest())

    def index(self, kind: str) -> str:
        """The index of the records of ``kind``."""
        return f"{self._prefix}index:{kind}"


def as_here(key: str, *, cluster: bool) -> str:
    """``key`` as it is called on this server, or in this cluster, wherever it comes from."""
    head, colon, rest = key.partition(":")
    return SCHEDULES[cluster] + colon + rest if head in SCHEDULES else key


def kind_of(key: str) -> str | None:
    """The kind (a row of the retention table) that ``key`` belongs to; None where it is none of ours."""
    if key in (PARTITIONS, ACTIVE):
        return "homes" if key == PARTITIONS else "active"
    if key.startswith(tuple(f"{prefix}:" for prefix in SCHEDULES)):
        return "schedule"
    head, brace, rest = key.partition("}:")
    if not head.startswith("sw:{") or not brace:
        return None
    return rest.partition(":")[0]
