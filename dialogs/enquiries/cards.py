"""What advisors see of an enquiry, and what whoever asked is shown at each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from dialogs.core.commands import EnquiryAct, Show, encode
from dialogs.core.enquiry_model import (
    Advising,
    AdvisorAct,
    AskerAct,
    EarlierStep,
    Enquiry,
    EnquiryDraft,
)
from dialogs.core.forms import Form, Option, SelectField, TextEntry
from dialogs.core.replies import Block, Choice, Choices, Facts, Quote, Reply, Text
from dialogs.core.text import clipped, literal
from dialogs.questions.blocks import given
from dialogs.recurrence import zones
from dialogs.wording import enquiries as words
from dialogs.wording import teaching as teaching_words
from dialogs.wording.dates import short_date
from knowledge import Knowledge

LONGEST = 3_000
"""Characters of an answer, or of a reason."""
LONGEST_LINE, MOST_LINES = 1_000, 5
"""Characters of a line that is added, and how many of them there may be."""
LISTED, IN_DIGEST = 12, 5
MOST_EARLIER = 2
"""Of what had come of it before it was open again, how much stands on its card."""
MOST_OPTIONS = 100
"""What a field to pick from takes."""

LABELS: Mapping[AdvisorAct | AskerAct, str] = {
    "take": words.TAKE, "give back": words.GIVE_BACK, "answer": words.ANSWER,
    "teach": teaching_words.TEACH, "point": words.POINT, "decline": words.DECLINE, "add": words.ADD_TO,
}  # fmt: skip
"""The buttons of acts; their words, a colon and what is written are typed as well."""
_FORMS: Mapping[AdvisorAct | AskerAct, tuple[str, str, str, int]] = {
    "answer": (words.ANSWER_TITLE, words.ANSWER_FIELD, words.ANSWER_SUBMIT, LONGEST),
    "decline": (words.DECLINE_TITLE, words.DECLINE_FIELD, words.DECLINE_SUBMIT, LONGEST),
    "add": (words.ADD_TITLE, words.ADD_FIELD, words.ADD_SUBMIT, LONGEST_LINE),
}
"""Title, label, button and greatest length of what is asked for in words."""


def advisors_card(enquiry: Enquiry, kb: Knowledge) -> Reply:
    """An enquiry as it stands, with what can be done about it."""
    head = _head(enquiry)
    if not enquiry.asker.id:
        return Reply((Text(head), Text(words.FORGOTTEN)))
    of = words.OF.format(organisation=literal(enquiry.organisation)) if enquiry.organisation else ""
    asker = literal(enquiry.asker.name or words.AN_OFFICER)
    asked_by = words.ASKED_BY.format(name=asker, organisation=of, when=when(enquiry, enquiry.at))
    blocks: list[Block] = [Text(head), Quote(enquiry.question)]
    blocks += [Quote(f"{words.ADDED}{line}") for line in enquiry.added]
    blocks.append(Text(" · ".join(filter(None, (asked_by, tried(enquiry, kb))))))
    for before in enquiry.earlier[-MOST_EARLIER:]:
        blocks += _earlier(before, kb)
    if enquiry.pointed in kb.lessons:
        blocks.append(Text(f"**{literal(kb.lessons[enquiry.pointed].title)}**"))
    elif enquiry.answer:
        blocks.append(Quote(enquiry.answer))
    if enquiry.rating:
        blocks.append(Text(words.RATINGS[enquiry.rating]))
    if why := enquiry.refused.get(enquiry.asker.id):
        blocks.append(Text(words.ASKER_NOT_REACHED.format(why=reason(why))))
    if enquiry.waits:
        first: AdvisorAct = "take" if enquiry.step == "asked" else "give back"
        acts: tuple[AdvisorAct, ...] = (first, "answer", "teach", "point", "decline")
        blocks.append(Choices(tuple(_way(enquiry, act) for act in acts)))
    elif enquiry.step == "answered":
        way = replace(_way(enquiry, "teach"), label=teaching_words.TEACH_LATER)
        blocks.append(Choices((way,)))
    return Reply(tuple(blocks))


def older_card(enquiry: Enquiry) -> Reply:
    """What stands where an enquiry stood before it came up again below: one card of it is enough."""
    if not enquiry.asker.id:
        return Reply((Text(_head(enquiry)), Text(words.FORGOTTEN)))
    ways = (Choices((show(enquiry),)),) if enquiry.waits else ()
    return Reply((Text(_head(enquiry)), Quote(clipped(enquiry.question)), Text(words.FURTHER_DOWN), *ways))


def asker_card(enquiry: Enquiry, said: str, kb: Knowledge) -> Reply:
    """What whoever asked is told; ``said`` is the sentence before what it is about."""
    blocks: list[Block] = [Text(said)]
    if enquiry.step == "pointed" and enquiry.pointed in kb.lessons:
        lesson = kb.lessons[enquiry.pointed]
        blocks += given(kb, lesson)
    elif enquiry.step in ("answered", "declined"):
        blocks.append(Quote(enquiry.answer))
    if not enquiry.waits:
        blocks.append(Text(words.YOU_ASKED))
    return Reply((*blocks, Quote(enquiry.question), *asker_ways(enquiry, kb)), private=True)


def asker_ways(enquiry: Enquiry, kb: Knowledge) -> tuple[Choices, ...]:
    """What whoever asked can do now."""
    add = Choice(words.ADD_TO, encode(EnquiryAct("add", enquiry.id)), opens=True)
    if enquiry.waits:
        return (Choices((add, Choice(words.WITHDRAW, encode(EnquiryAct("withdraw", enquiry.id))))),)
    if enquiry.step == "withdrawn":
        return ()
    if enquiry.step == "declined":
        return (Choices((add,)),)
    there = enquiry.pointed in kb.lessons
    read = [Choice(kb.lessons[enquiry.pointed].title, encode(Show(enquiry.pointed)))] if there else []
    helped = Choice(words.HELPED, encode(EnquiryAct("helped", enquiry.id)), primary=True)
    missed = Choice(words.NOT_HELPED, encode(EnquiryAct("not helped", enquiry.id)))
    rate = () if enquiry.rating else (helped, missed)
    return (Choices((*read, *rate, add)),)


def text_form(act: AdvisorAct | AskerAct, enquiry: Enquiry, typed: str = "") -> Form:
    """The page on which words are written: an answer, a reason, a line to add."""
    title, label, submit, longest = _FORMS[act]
    question = Text(literal(clipped(enquiry.question)))
    hint = words.ANSWER_HINT if act != "add" else ""
    entry = TextEntry("text", label, typed, longest, lines=True, hint=hint)
    return Form(encode(EnquiryAct(act, enquiry.id)), title, (question, entry), submit)


def point_form(enquiry: Enquiry, kb: Knowledge) -> Form:
    """The page on which a lesson is picked, the nearest first."""
    near = [candidate.lesson for candidate in kb.match(enquiry.question).candidates]
    ids = list(dict.fromkeys((*near, *kb.lessons)))[:MOST_OPTIONS]
    options = tuple(Option(kb.lessons[id].title, id) for id in ids)
    field = SelectField("text", words.POINT_FIELD, options)
    return Form(encode(EnquiryAct("point", enquiry.id)), words.POINT_TITLE, (field,), words.POINT_SUBMIT)


def longest(act: AdvisorAct | AskerAct) -> int:
    """Characters that may be written with ``act``."""
    return _FORMS[act][3] if act in _FORMS else LONGEST


def tried(enquiry: Enquiry | EnquiryDraft, kb: Knowledge) -> str:
    """How the question had been met, as a sentence of Markdown; empty where it hadn't been."""
    lesson = kb.lessons.get(enquiry.lesson)
    if lesson is None:
        return words.TRIED[{"down": "down nothing", "answer": "nothing"}.get(enquiry.tried, enquiry.tried)]
    told = words.TRIED["nearest" if enquiry.tried == "none" else enquiry.tried]
    return told.format(lesson=f"“{literal(lesson.title)}”")


def whom(advising: Advising) -> str:
    """To whom a question goes, in words (Markdown)."""
    if advising.channel and advising.channel != advising.platform:
        return words.CHANNEL.format(name=literal(advising.channel), platform=advising.platform)
    if advising.channel:
        return words.UNNAMED_CHANNEL.format(platform=advising.platform)
    return words.PEOPLE[advising.people != 1].format(count=advising.people)


def reason(word: str) -> str:
    """Why something didn't arrive, in words that end a sentence."""
    return words.REASONS.get(word) or words.REASON.format(reason=literal(word))


def when(enquiry: Enquiry, at: datetime) -> str:
    """A moment as the asker's clock and calendar have it."""
    local = at.astimezone(zones.clock(enquiry.zone))
    return f"{short_date(local)} at {local:%H:%M}"


def queue_blocks(waiting: tuple[Enquiry, ...], most: int = LISTED) -> list[Block]:
    """Enquiries, a line each, as advisors see them."""
    pairs = tuple(
        (f"{n}. {clipped(each.question)}", _standing(each, words.IN_QUEUE, each.at))
        for n, each in enumerate(waiting[:most], 1)
    )
    more = [Text(words.QUEUE_MORE.format(count=len(waiting) - most))] if len(waiting) > most else []
    return [Facts(pairs), *more]


def digest_blocks(waiting: tuple[Enquiry, ...]) -> list[Block]:
    """What the weekly digest says of them; nothing where none waits."""
    if not waiting:
        return []
    said = words.DIGEST[len(waiting) != 1].format(count=len(waiting))
    return [Text(said), *queue_blocks(waiting, IN_DIGEST)]


def mine_blocks(own: tuple[Enquiry, ...]) -> list[Block]:
    """Enquiries, a line each, as whoever asked sees them."""
    lines = ((clipped(each.question), standing(each)) for each in own[:LISTED])
    return [Facts(tuple((f"{n}. {asked}", stands) for n, (asked, stands) in enumerate(lines, 1)))]


def standing(enquiry: Enquiry) -> str:
    """Where it stands, for whoever asked."""
    since = enquiry.since if enquiry.step == "taken" and enquiry.since else enquiry.at
    return _standing(enquiry, words.IN_QUEUE | words.IN_MINE, since)


def show(enquiry: Enquiry) -> Choice:
    """The button that brings the whole of it."""
    return Choice(words.SHOW, encode(EnquiryAct("show", enquiry.id)), about=clipped(enquiry.question))


def _head(enquiry: Enquiry) -> str:
    """What has become of it, for advisors."""
    name = literal(enquiry.by.name or words.AN_ADVISOR) if enquiry.by else ""
    if enquiry.rounds and enquiry.waits:
        dealt_with = (each.at for each in reversed(enquiry.earlier) if each.step != "taken")
        since = next(dealt_with, enquiry.at)
        head = words.STILL_WAITS.format(since=when(enquiry, since))
    elif enquiry.earlier and enquiry.waits:
        head = words.OPEN_AGAIN
    else:
        return words.HEADS[enquiry.step].format(name=name)
    return f"{head}{words.HELD.format(name=name) if enquiry.step == 'taken' else ''}"


def _earlier(before: EarlierStep, kb: Knowledge) -> list[Block]:
    lesson = kb.lessons[before.text].title if before.text in kb.lessons else before.text
    said = words.EARLIER[before.step].format(
        name=literal(before.by.name or words.AN_ADVISOR), lesson=literal(lesson)
    )
    written = [Quote(before.text)] if before.text and before.step != "pointed" else []
    rated = [Text(words.RATINGS[before.rating])] if before.rating else []
    return [Text(said), *written, *rated]


def _standing(enquiry: Enquiry, said: Mapping[str, str], moment: datetime) -> str:
    return said[enquiry.step].format(
        when=when(enquiry, moment),
        asker=enquiry.asker.name or words.AN_OFFICER,
        name=enquiry.by.name or words.AN_ADVISOR if enquiry.by else "",
    )


def _way(enquiry: Enquiry, act: AdvisorAct) -> Choice:
    opens = act in ("answer", "teach", "point", "decline")
    return Choice(LABELS[act], encode(EnquiryAct(act, enquiry.id)), primary=act == "answer", opens=opens)
