"""What advisors are shown of teaching: what it would do, and what has been taught."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.core.commands import EnquiryAct, TaughtAct, TeachingAct, encode
from dialogs.core.enquiry_model import Enquiry
from dialogs.core.replies import Block, Choice, Choices, Facts, Quote, Reply, Text
from dialogs.core.teaching_model import TaughtLesson, TeachingDraft, Teachings
from dialogs.core.text import literal
from dialogs.enquiries.teaching import called, overdue
from dialogs.wording import teaching as words
from dialogs.wording.dates import long_date
from dialogs.wording.privacy import FORMER_ADVISOR
from knowledge import Knowledge
from knowledge.authoring.teaching import TeachingEffect

_SHOWN, LISTED = 3, 12


def tried_card(draft: TeachingDraft, effect: TeachingEffect, kb: Knowledge, ways: Sequence[Choice]) -> Reply:
    """What would be taught or changed, and what I would make of it, before anything is sent; ``kb``: with
    the draft."""
    what = literal(called(draft, kb))
    head = words.DRAFT_OF if draft.of else words.DRAFT
    blocks: list[Block] = [Text((words.DRAFT_EDIT if draft.edits else head).format(what=what))]
    blocks += [Quote(draft.answer)] if draft.answer else []
    blocks.append(Facts(tuple(("Asked as", question) for question in draft.questions[:6])))
    return Reply((*blocks, *effects(effect, kb), Choices(tuple(ways))), private=True)


def enquiry_ways(enquiry: Enquiry) -> tuple[Choice, ...]:
    """What can be done with what would be taught from an enquiry."""
    label = words.TEACH_IT if enquiry.waits else words.TEACH_ONLY
    send = Choice(label, encode(EnquiryAct("teach it", enquiry.id)), primary=True)
    only = [Choice(words.ONLY_ANSWER, encode(EnquiryAct("only answer", enquiry.id)))] if enquiry.waits else []
    again = Choice(words.CHANGE, encode(EnquiryAct("teach", enquiry.id)), opens=True)
    leave = Choice(words.LEAVE, encode(EnquiryAct("leave it", enquiry.id)))
    return send, *only, again, leave


def draft_ways(draft: TeachingDraft) -> tuple[Choice, ...]:
    """What can be done with what would be taught or changed otherwise."""
    label = words.KEEP_EDIT if draft.edits else words.TEACH_ONLY
    return (
        Choice(label, encode(TeachingAct("keep", draft.id)), primary=True),
        Choice(words.CHANGE, encode(TeachingAct("change", draft.id)), opens=True),
        Choice(words.LEAVE, encode(TeachingAct("drop", draft.id))),
    )


def dealt_with(draft: TeachingDraft, said: str, kb: Knowledge) -> Reply:
    """What stands in the place of what was tried out."""
    return Reply((Text(f"**{literal(called(draft, kb))}**"), Text(said)), private=True, instead=True)


def effects(effect: TeachingEffect, kb: Knowledge) -> list[Block]:
    """What teaching would do, in the linter's words."""
    many = len(effect.taken_over)
    count = "one question" if many == 1 else f"{many} questions"
    found = (
        (words.ANSWERED, [
            words.LINE_ANSWERED.format(
                question=literal(own), other=literal(other), now=_title(now, kb), then=_title(then, kb)
            )
            for own, now, other, then in effect.answered
        ]),
        (words.TAKES_OVER.format(count=count), [
            words.LINE_TAKEN.format(question=literal(asked), now=_title(now, kb), then=_title(then, kb))
            for asked, now, then in effect.taken_over
        ]),
        (words.CONFUSES, [
            words.LINE_CONFUSED.format(question=literal(own), other=literal(other), lesson=_title(id, kb))
            for own, other, id in effect.confused
        ]),
        (words.BREAKS, [
            words.LINE_BROKEN.format(question=literal(asked), lesson=_title(id, kb))
            for asked, id, _ in effect.broken
        ]),
        (words.MISSED, [words.LINE_MISSED.format(question=literal(own)) for own in effect.missed]),
    )  # fmt: skip
    said = [_lines(head, lines) for head, lines in found if lines]
    return [Text(each) for each in said or [words.NOTHING_ELSE]]


def taught_list(teachings: Teachings, kb: Knowledge, now: datetime) -> Reply:
    """All that has been taught, the newest first."""
    if not teachings.readable:
        return Reply((Text(words.UNREADABLE),), private=True)
    found = tuple(reversed(teachings.lessons))[:LISTED]
    if not found:
        return Reply((Text(words.LIST_EMPTY),), private=True)
    pairs = tuple(
        (f"{n}. {called(lesson, kb)}", _in_list(lesson, kb, now)) for n, lesson in enumerate(found, 1)
    )
    shows = tuple(
        Choice(words.SHOW.format(number=n), encode(TaughtAct("show", lesson.id)), about=called(lesson, kb))
        for n, lesson in enumerate(found[:5], 1)
    )
    return Reply((Text(f"**{words.LIST}**"), Facts(pairs), Choices(shows)), private=True)


def taught_card(lesson: TaughtLesson, kb: Knowledge, now: datetime, said: str = "") -> Reply:
    """One of them, with what can be done about it; ``said``: what was just done."""
    blocks: list[Block] = [Text(f"**{literal(called(lesson, kb))}**")]
    blocks += [Quote(lesson.answer)] if lesson.answer else []
    blocks.append(Facts(tuple(("Asked as", question) for question in lesson.questions)))
    blocks.append(Text(literal(_in_list(lesson, kb, now))))
    blocks += [Text(said)] if said else []
    holds = Choice(words.REVIEWED, encode(TaughtAct("reviewed", lesson.id)))
    edit = Choice(words.EDIT, encode(TaughtAct("edit", lesson.id)), opens=True)
    if lesson.id in kb.filed:
        blocks.append(Text(words.FILED))
        ways: tuple[Choice, ...] = (holds,)
    elif lesson.retired:
        ways = (Choice(words.RESTORE, encode(TaughtAct("restore", lesson.id))), edit)
    else:
        ways = (edit, Choice(words.RETIRE, encode(TaughtAct("retire", lesson.id))), holds)
    return Reply((*blocks, Choices(ways)), private=True)


def overdue_blocks(teachings: Teachings, kb: Knowledge, now: datetime) -> list[Block]:
    """What the weekly digest says of what is to be looked at again; nothing where that is nothing."""
    late = overdue(teachings, now)
    if not late:
        return []
    said = words.DIGEST[len(late) != 1].format(count=len(late))
    pairs = tuple((called(lesson, kb), _in_list(lesson, kb, now)) for lesson in late[:LISTED])
    ways = tuple(
        Choice(f"{words.REVIEWED}: {called(lesson, kb)}"[:70], encode(TaughtAct("reviewed", lesson.id)))
        for lesson in late[:3]
    )
    return [Text(said), Facts(pairs), Choices(ways)]


def _in_list(lesson: TaughtLesson, kb: Knowledge, now: datetime) -> str:
    what = words.EXAMPLES.format(lesson=called(lesson, kb)) if lesson.of else words.A_LESSON
    late = words.OVERDUE if lesson.review <= now else words.REVIEW
    state = words.RETIRED if lesson.retired else late.format(date=long_date(lesson.review))
    state = words.IN_FOLDER if lesson.id in kb.filed else state
    return words.IN_LIST.format(
        what=what, owner=lesson.owner.name or FORMER_ADVISOR, date=long_date(lesson.at), state=state
    )


def _lines(head: str, lines: Sequence[str]) -> str:
    shown = [f"- {line}" for line in lines[:_SHOWN]]
    more = [f"- {words.AND_MORE.format(count=len(lines) - _SHOWN)}"] if len(lines) > _SHOWN else []
    return "\n".join([head, *shown, *more])


def _title(id: str, kb: Knowledge) -> str:
    """A lesson's title as Markdown; words for none."""
    return literal(kb.lessons[id].title if id in kb.lessons else id) if id else words.UNSURE
