"""Everything that names a person, in one table: for each kind of key, what it holds of them, how that reads
in ``my data``, and what ``forget me`` does with it; or why it names nobody.

The documentation's table is made from this one and the retention table, and a test fails on a kind of key
that stands in one of them alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import msgspec

from bot.storage import person_strips as strips
from bot.storage.connection import Connection
from bot.storage.keys import DAY, kind_of, retention
from bot.storage.migrations import UnreadableState
from bot.storage.person_strips import Whom
from bot.storage.records import (
    Command,
    read_missed,
    read_rating,
    read_receipt,
    read_result,
    read_share,
    read_state,
    read_unanswered,
    read_work,
)
from dialogs.core.addresses import PLATFORM
from dialogs.core.mentions import spoken
from dialogs.core.world_parts import Record
from dialogs.wording import privacy as words
from dialogs.wording import sharing as share_words

Say = Callable[[bytes], Record | None]
Strip = Callable[[Connection, str, Whom], Awaitable[list[Command]]]
"""The commands that take a person out of one key, which other people's data may share."""


class PersonData(msgspec.Struct, frozen=True):
    """What one kind of key holds of a person."""

    holds: str
    """In words; empty where it names nobody."""
    then: str
    """What ``forget me`` does with it; where it names nobody, why it doesn't."""
    say: Say | None = None
    """How a key that the person's traces name reads in ``my data``; such keys are erased as a whole."""
    strip: Strip | None = None
    """How a person is taken out of what others share."""


def _conversation(value: bytes) -> Record:
    state = read_state(value)
    answered = state.lesson if state.band == "answer" else None  # else it is of what was asked before
    said = words.ASKED_LAST if state.question else words.NO_QUESTION
    return Record("conversation", None, said, answered, state.question or "")


def _unreadable(value: bytes) -> Record:
    return Record("conversation", None, words.UNREADABLE)


def _work(value: bytes) -> Record | None:
    work = read_work(value)
    if work.check is not None:
        return Record("readiness", work.check.started, words.UNDER_WAY)
    if work.quiz is not None:
        return Record("quiz", None, words.UNDER_WAY)
    return Record("reminder", None, words.DRAFT.format(what=spoken(work.draft.what))) if work.draft else None


def _missed(value: bytes) -> Record:
    count = len(read_missed(value))
    return Record("quiz", None, words.MISSED[count != 1].format(count=count))


def _result(value: bytes) -> Record | None:
    result = read_result(value)
    assert result is not None
    known = [score for score in result.scores.values() if score is not None]
    said = words.RESULT.format(score=round(sum(known) / len(known))) if known else words.RESULT_UNKNOWN
    return Record("readiness", result.at, said)


def _share(value: bytes) -> Record | None:
    share = read_share(value)
    assert share is not None
    name = share.name.lstrip("#")
    where = share_words.RECORD_NAMED.format(name=name) if name else share_words.RECORD_UNNAMED
    return Record("share", share.at, share_words.RECORD.format(where=where), share.lesson)


def _unanswered(value: bytes) -> Record:
    unanswered = read_unanswered(value)
    assert unanswered is not None
    return Record("question", _when(unanswered.at), words.NOT_ANSWERED, question=unanswered.question)


def _feedback(value: bytes) -> Record:
    rating = read_rating(value)
    assert rating is not None
    thumb = words.THUMBS[rating.up]
    if rating.about is None:
        return Record("feedback", _when(rating.at), thumb)
    return Record("feedback", _when(rating.at), thumb, rating.about.lesson, rating.about.question)


def _receipt(value: bytes) -> Record | None:
    receipt = read_receipt(value)
    assert receipt is not None
    if not receipt.asked.question:
        return None  # of an answer that they shared, which is told as such
    asked = receipt.asked
    return Record("answer", _when(receipt.at), words.WHAT_I_ANSWERED, asked.lesson, asked.question)


def _thread(value: bytes) -> None:
    """What was asked there is told as what was answered, or as the conversation."""


def _nobody(why: str) -> PersonData:
    return PersonData("", why)


REGISTRY: dict[str, PersonData] = {
    "conversation": PersonData("the question, and who asks there", "erased", say=_conversation),
    "mark": _nobody("a digest of the event's id"),
    "rate": _nobody("a count under a digest, for a minute"),
    "unreadable": PersonData(
        "the same as before it couldn't be read", "erased; in what is another's, the id is taken out",
        say=_unreadable, strip=strips.unreadable,
    ),
    "unanswered": PersonData(
        "the question; whose it is, the traces tell, and a keyed hash", "erased", say=_unanswered,
    ),
    "feedback": PersonData(
        "the thumb and the question, with a keyed hash of theirs", "erased", say=_feedback,
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
    "standing": _nobody("what its buttons say"),
    "share": PersonData(
        "which answers they have put before which channels",
        "erased; what was posted stays in the chat's own history", say=_share,
    ),
    "receipt": PersonData("the question", "erased", say=_receipt),
    "thread": PersonData("the same as a conversation", "erased", say=_thread),
    "waiting": PersonData(
        "which of these were sent to them; that others' words mention them",
        "erased; others' words mention “a colleague”", strip=strips.waiting,
    ),
    "offered": PersonData("which buttons they were sent", "erased"),
    "index": _nobody("ids of records"),
    "work": PersonData(
        "the quiz, check or draft; in another's draft, that they are to get it or are mentioned",
        "erased; taken out of others' drafts", say=_work, strip=strips.work,
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
    "missed": PersonData("the questions missed", "erased", say=_missed),
    "result": PersonData("what their check came to", "erased", say=_result),
    "profile": PersonData("name, time zone, language, address, when last seen", "erased"),
    "traces": PersonData("the keys above", "erased"),
    "forgotten": _nobody("a time under a digest, for an hour"),
    "outbox": PersonData("what is on its way to them", "taken back, unless it is being sent just now"),
    "due": _nobody("names of queues: ids of chats, until they are empty"),
    "lease": _nobody("names of queues, for seconds"),
    "budget": _nobody("counts under a digest"),
    "schedule": PersonData("that they put a reminder off, or get the weekly digest", "cancelled"),
    "promised": PersonData(
        "the same as in the schedule", "cancelled; others' go on without them", strip=strips.promised
    ),
    "organisation": _nobody("ids of workspaces"),
    "moved": _nobody("ids of workspaces"),
    "failed": PersonData(
        "a job of theirs that failed, or of others that names them", "erased; taken out", strip=strips.failed
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


def profile_in_words(profile: dict[str, str], platform: str) -> Record:
    """A person's stored profile as that person may read it."""
    seen = profile.get("seen", "")
    said = [words.CALLED.format(name=profile["name"])] if profile.get("name") else []
    ours = {"seen", "to", "name"}
    said += [f"{name}: {value}" for name, value in sorted(profile.items()) if name not in ours]
    if profile.get("to"):
        by_mail = platform == PLATFORM
        said.append(words.ADDRESS_BY_MAIL if by_mail else words.ADDRESS.format(platform=platform.title()))
    said.append(words.LAST_SEEN)
    return Record("profile", _when(float(seen)) if seen.isdigit() else None, "; ".join(said))


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


def _when(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
