"""What series and the advisors' settings keep of a person, in words for that person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.storage.reminders import SeriesStore, mutes
from dialogs.core.commands import ALL
from dialogs.core.enquiry_model import Enquiry
from dialogs.core.mentions import names, same_person
from dialogs.core.reminder_events import Audited
from dialogs.core.reminder_model import AdvisorSettings, Series
from dialogs.core.teaching_model import Teachings
from dialogs.core.world_parts import Record
from dialogs.enquiries.cards import standing
from dialogs.reminders.cards import called
from dialogs.wording import enquiries as enquiry_words
from dialogs.wording import privacy as words


async def in_series(store: SeriesStore, everything: Sequence[Series], person: str) -> list[str]:
    """What they look after, get, have stopped and were sent. May raise MemoryAway."""
    found: list[str] = []
    if await store.connection.call("SISMEMBER", mutes(ALL), person):
        found.append(words.STOPPED_ALL)
    for series in everything:
        name = called(series.draft)
        if series.own:
            found.append(words.OWN.format(what=name))
        elif series.owner.id == person:
            found.append(words.OWNED.format(what=name))
        if not series.own and await store.audiences.has(series, person):
            found.append(words.RECEIVED.format(what=name))
        if await store.connection.call("SISMEMBER", mutes(series.id), person):
            found.append(words.STOPPED.format(what=name))
        lines = [await store.line_of(series.id, sent.key, person) for sent in series.sent]
        count = sum(line is not None for line in lines)
        if count:
            found.append(words.SENDS.format(what=name, count=count))
    return found


def on_lists(settings: AdvisorSettings, ids: Sequence[str]) -> list[str]:
    """Which of the advisors' lists have them, by any of their ids."""
    return [
        words.LISTED.format(name=settings.titles.get(key, key))
        for key, targets in settings.lists.items()
        if any(target.kind == "person" and same_person(target.id, id) for target in targets for id in ids)
    ]


def assisting(settings: AdvisorSettings, person: str) -> list[str]:
    """For whom they answer, and who answers for them."""
    found: list[str] = []
    for id, assistant in settings.assistants.items():
        if same_person(assistant.id, person):
            found.append(words.ANSWERS_FOR.format(name=settings.assisted.get(id) or words.THEM))
        if same_person(id, person):
            found.append(words.ANSWERED_FOR.format(name=assistant.name or words.THEM))
    return found


def in_enquiries(enquiries: Sequence[Enquiry], person: str) -> list[Record]:
    """What they asked the advisors, and how much they dealt with as an advisor."""
    found = [
        Record("question", each.at, enquiry_words.MINE.format(step=standing(each)), question=each.question)
        for each in enquiries
        if each.asker.id == person
    ]
    count = sum(each.by is not None and each.by.id == person for each in enquiries)
    if count:
        said = enquiry_words.DEALT_WITH[count != 1].format(count=count)
        found.append(Record("advisor", None, said))
    return found


def in_teachings(teachings: Teachings, person: str, hashed: str) -> list[Record]:
    """Which lessons they look after, or were taught from a question of theirs (``hashed``: they, as it is
    kept there)."""
    return [
        *(
            Record("question", lesson.at, words.TAUGHT_FROM, lesson.of or lesson.id)
            for lesson in teachings.lessons
            if lesson.asked is not None and lesson.asked.by == hashed
        ),
        *(
            Record("advisor", lesson.at, words.TAUGHT, lesson.of or lesson.id)
            for lesson in teachings.lessons
            if lesson.owner.id == person
        ),
    ]


def as_advisor(settings: AdvisorSettings, audit: Sequence[Audited], person: str) -> list[str]:
    """What the advisors' settings and the audit list say of them as an advisor."""
    found: list[str] = []
    if person in settings.advisors or person in settings.reach:
        found.append(words.ADVISOR)
    if person in settings.digest_off:
        found.append(words.NO_DIGEST)
    did = sum(line.who == person for line in audit)
    named = sum(line.who != person and names(line.what, person) for line in audit)
    for count, forms in ((did, words.AUDIT), (named, words.NAMED_IN_AUDIT)):
        if count:
            found.append(forms[count != 1].format(count=count))
    return found
