"""How what is kept of a person reads in ``my data``, from a key's stored value."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.storage.records import (
    read_missed,
    read_rating,
    read_receipt,
    read_result,
    read_share,
    read_state,
    read_unanswered,
    read_work,
)
from dialogs.core.addresses import by_mail
from dialogs.core.mentions import spoken
from dialogs.core.world_parts import Record
from dialogs.wording import privacy as words
from dialogs.wording import sharing as share_words


def conversation(value: bytes) -> Record:
    state = read_state(value)
    answered = state.lesson if state.band == "answer" else None  # else it is of what was asked before
    said = words.ASKED_LAST if state.question else words.NO_QUESTION
    return Record("conversation", None, said, answered, state.question or "")


def unreadable(value: bytes) -> Record:
    return Record("conversation", None, words.UNREADABLE)


def work(value: bytes) -> Record | None:
    work = read_work(value)
    if work.check is not None:
        return Record("readiness", work.check.started, words.UNDER_WAY)
    if work.quiz is not None:
        return Record("quiz", None, words.UNDER_WAY)
    return Record("reminder", None, words.DRAFT.format(what=spoken(work.draft.what))) if work.draft else None


def missed(value: bytes) -> Record:
    count = len(read_missed(value))
    return Record("quiz", None, words.MISSED[count != 1].format(count=count))


def result(value: bytes) -> Record | None:
    result = read_result(value)
    assert result is not None
    known = [score for score in result.scores.values() if score is not None]
    said = words.RESULT.format(score=round(sum(known) / len(known))) if known else words.RESULT_UNKNOWN
    return Record("readiness", result.at, said)


def share(value: bytes) -> Record | None:
    share = read_share(value)
    assert share is not None
    name = share.name.lstrip("#")
    where = share_words.RECORD_NAMED.format(name=name) if name else share_words.RECORD_UNNAMED
    return Record("share", share.at, share_words.RECORD.format(where=where), share.lesson)


def unanswered(value: bytes) -> Record:
    unanswered = read_unanswered(value)
    assert unanswered is not None
    return Record("question", _when(unanswered.at), words.NOT_ANSWERED, question=unanswered.question)


def feedback(value: bytes) -> Record:
    rating = read_rating(value)
    assert rating is not None
    thumb = words.THUMBS[rating.up]
    if rating.about is None:
        return Record("feedback", _when(rating.at), thumb)
    return Record("feedback", _when(rating.at), thumb, rating.about.lesson, rating.about.question)


def receipt(value: bytes) -> Record | None:
    receipt = read_receipt(value)
    assert receipt is not None
    if not receipt.asked.question:
        return None  # of an answer that they shared, which is told as such
    asked = receipt.asked
    return Record("answer", _when(receipt.at), words.WHAT_I_ANSWERED, asked.lesson, asked.question)


def thread(value: bytes) -> None:
    """What was asked there is told as what was answered, or as the conversation."""


def profile_record(profile: dict[str, str], person: str, reached: str) -> Record:
    """A person's stored profile as they may read it; ``reached``: where they are, as people say it."""
    seen = profile.get("seen", "")
    said = [words.CALLED.format(name=profile["name"])] if profile.get("name") else []
    ours = {"seen", "to", "name"}
    said += [f"{name}: {value}" for name, value in sorted(profile.items()) if name not in ours]
    if profile.get("to"):
        said.append(words.ADDRESS_BY_MAIL if by_mail(person) else words.ADDRESS.format(reached=reached))
    said.append(words.LAST_SEEN)
    return Record("profile", _when(float(seen)) if seen.isdigit() else None, "; ".join(said))


def _when(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
