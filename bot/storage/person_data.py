"""Everything that names a person, in one table: for each kind of key, what it holds of them, how that reads
in ``my data``, and what ``forget me`` does with it; or why it names nobody.

The documentation's table is made from this one and the retention table, and a test fails on a kind of key
that stands in one of them alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from bot.storage import job_strips
from bot.storage import person_records as records
from bot.storage import person_strips as strips
from bot.storage.connection import Connection
from bot.storage.keys import DAY, kind_of, retention
from bot.storage.migrations import UnreadableState
from bot.storage.person_strips import Whom
from bot.storage.records import RedisCommand
from dialogs.core.world_parts import Record
from dialogs.wording import privacy as words

ToRecord = Callable[[bytes], Record | None]
Strip = Callable[[Connection, str, Whom], Awaitable[list[RedisCommand]]]
"""The commands that take a person out of one key, which other people's data may share."""


class PersonData(msgspec.Struct, frozen=True):
    """What one kind of key holds of a person."""

    holds: str
    """In words; empty where it names nobody."""
    then: str
    """What ``forget me`` does with it; where it names nobody, why it doesn't."""
    say: ToRecord | None = None
    """How a key that the person's traces name reads in ``my data``; such keys are erased as a whole."""
    strip: Strip | None = None
    """How a person is taken out of what others share."""


def _nobody(why: str) -> PersonData:
    return PersonData("", why)


REGISTRY: dict[str, PersonData] = {
    "conversation": PersonData(
        "the question, and who asks there; on buttons that others were shown, their name",
        "erased; others' buttons say “a colleague”", say=records.conversation, strip=strips.conversation,
    ),
    "mark": _nobody("a digest of the event's id"),
    "rate": _nobody("a count under a digest, for a minute"),
    "unreadable": PersonData(
        "the same as before it couldn't be read", "erased; in what is another's, the id is taken out",
        say=records.unreadable, strip=strips.unreadable,
    ),
    "unanswered": PersonData(
        "the question; whose it is, the traces tell, and a keyed hash", "erased", say=records.unanswered,
    ),
    "feedback": PersonData(
        "the thumb and the question, with a keyed hash of theirs", "erased", say=records.feedback,
    ),
    "asked": _nobody("counts"),
    "askers": PersonData(
        "that they asked something in a week, as a keyed hash", "taken out", strip=strips.askers,
    ),
    "tried": PersonData(
        "whether they were right the first time, under a keyed hash", "taken out", strip=strips.tried,
    ),
    "enquiry": PersonData(
        "what they asked the advisors, with their name and address; what they answered as an advisor",
        "the question and its answer are erased, and the advisors' cards say so; answers of an advisor stay, "
        "as by “a former advisor”; what they were about to teach is erased",
    ),
    "taught": PersonData(
        "which advisor looks after a lesson; the question from which it came, and whose that was as a keyed "
        "hash",
        "what advisors wrote stays, as by “a former advisor”; the question goes, and so does an example that "
        "it was alone",
        strip=strips.taught,
    ),
    "teaching": PersonData(
        "what they are about to teach as an advisor; their question, in what another is",
        "erased; the question is taken out", strip=strips.teaching,
    ),
    "matcher": _nobody("numbers, learnt from questions"),
    "fitting": _nobody("a process"),
    "card": PersonData(
        "which messages in an advisor's chat show such a question", "taken out", strip=strips.card,
    ),
    "standing": PersonData(
        "their name, on its buttons", "its buttons say “a colleague”", strip=strips.standing
    ),
    "share": PersonData(
        "which answers they have put before which channels",
        "erased; what was posted stays in the chat's own history", say=records.share,
    ),
    "receipt": PersonData("the question", "erased", say=records.receipt),
    "thread": PersonData(
        "the same as a conversation", "the same", say=records.thread, strip=strips.thread
    ),
    "waiting": PersonData(
        "which of these were sent to them; that others' words mention them",
        "erased; others' words mention “a colleague”", strip=strips.waiting,
    ),
    "offered": PersonData(
        "which buttons they were sent; on others' buttons, their name",
        "erased; others' buttons say “a colleague”", strip=strips.offered,
    ),
    "index": _nobody("ids of records"),
    "work": PersonData(
        "the quiz, check or draft; in another's draft, that they are to get it or are mentioned",
        "erased; taken out of others' drafts", say=records.work, strip=strips.work,
    ),
    "here": PersonData("who started what is open", "the id is taken out", strip=strips.here),
    "quizzed": _nobody("how many answered a question, and how many of them wrongly"),
    "session": PersonData("who started it, and the best of its scoreboard by name", "both are taken out"),
    "people": PersonData("that they took part, and their name; without names, a pseudonym", "erased"),
    "votes": PersonData(
        "what they chose; without names, under a pseudonym",
        "erased, while the counts of closed questions stay",
    ),
    "tally": _nobody("counts"),
    "form": PersonData("their answers, under a pseudonym", "erased"),
    "took": PersonData("that they took part", "erased"),
    "code": _nobody("a session's id"),
    "series": PersonData(
        "who looks after it (an advisor, or whoever set it for themselves alone), where they are written "
        "to; who gets it, or is mentioned",
        "their own reminders end and are erased; taken out of others: what they look after is paused and "
        "offered to the other advisors, and what it says stays if one takes it over",
    ),
    "audience": PersonData("that they get it, with address and zone", "taken out", strip=strips.audience),
    "ledger": PersonData(
        "what became of each send to them, with their name", "kept as a count, under nobody's name",
        strip=strips.ledger,
    ),
    "answers": PersonData(
        "named answers and comments",
        "erased; anonymous ones stay, since nothing tells whose they are", strip=strips.answers,
    ),
    "secret": _nobody("a random number"),
    "pseudonyms": PersonData(
        "that they have answered or commented",
        "erased; a keyed hash, from which nothing leads back, stays until the close",
    ),
    "mutes": PersonData("what they have stopped", "erased", strip=strips.mutes),
    "board": PersonData(
        "that they advise, where they are written to, whether they want the digest; that a list has them, "
        "or that they answer for somebody, or somebody for them",
        "erased; taken out of lists",
    ),
    "audit": PersonData(
        "what they did as an advisor; that they were made one", "kept, as done by “a former advisor”",
        strip=strips.audit,
    ),
    "near": _nobody("the service's address, without anybody's"),
    "refused": PersonData("that they have blocked or removed us", "erased"),
    "guesses": _nobody("a count under a digest, for ten minutes"),
    "shared": _nobody("figures of groups of three or more"),
    "disclosed": _nobody(
        "keyed hashes, from which nothing leads back: they stay, or later results could tell of somebody"
    ),
    "hashing": _nobody("chance alone"),
    "missed": PersonData("the questions missed", "erased", say=records.missed),
    "result": PersonData("what their check came to", "erased", say=records.result),
    "profile": PersonData("name, time zone, language, address, when last seen", "erased"),
    "traces": PersonData("the keys above", "erased"),
    "forgotten": _nobody("a time under a digest, for an hour"),
    "outbox": PersonData("what is on its way to them", "taken back, unless it is being sent just now"),
    "due": _nobody("names of queues: ids of chats, until they are empty"),
    "lease": _nobody("names of queues, for seconds"),
    "budget": _nobody("counts under a digest"),
    "schedule": PersonData("that they put a reminder off, or get the weekly digest", "cancelled"),
    "promised": PersonData(
        "the same as in the schedule", "cancelled; others' go on without them", strip=job_strips.promised
    ),
    "organisation": _nobody("ids of workspaces"),
    "moved": _nobody("ids of workspaces"),
    "failed": PersonData(
        "a job of theirs that failed, or of others that names them; that they were told of it",
        "erased; taken out", strip=job_strips.failed
    ),
    "disk": _nobody("counts"),
    "uninstalled": _nobody("a mark"),
    "installation": _nobody("workspaces and the bot's own tokens; not who installed it"),
    "installing": _nobody("a name for seconds"),
    "lent": _nobody("chance alone"),
    "homes": _nobody("workspaces, tenants, sessions and series"),
    "active": _nobody("workspaces, tenants, sessions and series"),
}  # fmt: skip


def in_words(key: str, value: bytes) -> Record | None:
    """A key that a person's traces name, as that person may read it; None for nothing worth a line."""
    row = REGISTRY.get(kind_of(key) or "")
    try:
        return row.say(value) if row is not None and row.say is not None else None
    except UnreadableState:
        return Record("conversation", None, words.UNREADABLE)


def documentation(days: int) -> str:
    """The table of all that is kept, as the documentation shows it; ``days``: ``RETENTION_DAYS``."""
    rows = ["| kind of key | what it holds | of a person | kept | `forget me` |", "|---|---|---|---|---|"]
    for kind, kept in retention(days).items():
        row = REGISTRY[kind]
        time = _time(kept.seconds, kept.until)
        rows.append(f"| {kind} | {kept.what} | {row.holds or 'nothing'} | {time} | {row.then} |")
    return "\n".join(rows)


def _time(seconds: int | None, until: str) -> str:
    if seconds is None:
        return f"until {until}"
    if seconds % DAY == 0 and seconds > DAY:
        return f"{seconds // DAY} days"
    known = {DAY: "24 hours", 60: "1 minute", 600: "10 minutes", 3600: "1 hour"}
    return known.get(seconds, f"{seconds} seconds")
