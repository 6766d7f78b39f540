"""A draft as it is shown: in words with its next dates, and what is still to be said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from dialogs.core.commands import DraftAct, Show, encode
from dialogs.core.events import Mention
from dialogs.core.mentions import kept
from dialogs.core.model import World
from dialogs.core.phrasing import phrased
from dialogs.core.reminder_model import Draft, QuizAsk
from dialogs.core.replies import Block, Choice, Choices, Facts, Quote, Reply, Text, Title
from dialogs.core.text import clipped, literal
from dialogs.questions.blocks import citation
from dialogs.recurrence import zones
from dialogs.recurrence.describe import dates_in_words, in_words, moved_in_words, next_dates, next_moved
from dialogs.recurrence.making import About, Offer, Question
from dialogs.reminders.drafting_audience import here, mailed, people_of, whom
from dialogs.reminders.drafting_when import notes, open_about, zone_of
from dialogs.reminders.quiz_asks import time_in_words
from dialogs.results.small_groups import FEWEST
from dialogs.wording import drafts as words
from dialogs.wording import mail as mail_words
from dialogs.wording import quiz_series as quiz_words
from dialogs.wording.conversation import listed
from dialogs.wording.dates import OWN_TIME, short_date
from knowledge import Knowledge

_LISTS = 6
"""Buttons for lists, at most."""
_SAID = 200
"""Characters of a change that is said back."""
_TYPED = 60
"""Characters of a topic that is said back."""


class OpenQuestion(NamedTuple):
    """The one thing that a draft is asked about next."""

    about: About
    text: str
    problem: bool = False
    """Whether something said can't be done; such a sentence may hold a person's own words."""
    offers: tuple[Offer, ...] = ()
    """Answers to choose, where it is about when."""


def open_question(draft: Draft, world: World) -> OpenQuestion | None:
    """What to ask of ``draft``; None where it is ready to start."""
    about_when = open_about(draft, world)
    if about_when.problems:
        return wrong_when(about_when.problems)
    if draft.kind == "quiz" and [target.kind for target in draft.targets] != ["channel"]:
        return OpenQuestion("audience", quiz_words.CHANNEL)
    if not draft.targets:
        too = mail_words.WHO_TOO if world.mail_domains else ""
        return OpenQuestion("audience", words.WHO[draft.kind] + too)
    if draft.asked == "audience" and draft.kind != "quiz":
        return OpenQuestion("audience", words.WHO_INSTEAD)
    if not draft.what and draft.quiz is not None:
        return OpenQuestion("what", _which_topic(draft.quiz, world.knowledge))
    if not draft.what:
        asks = words.WHAT_OWN if draft.to_self(world.speaker.id) else words.WHAT[draft.kind]
        return OpenQuestion("what", phrased(asks, world.knowledge))
    first = next(iter(about_when.missing), None)
    if first is None:
        return None
    asked, mark, hint = literal(first.text).partition("?")
    return OpenQuestion(first.about, f"**{asked}?**{hint}" if mark else asked, offers=first.offers)


def _which_topic(ask: QuizAsk, kb: Knowledge) -> str:
    """That there are no questions on what was typed, and what there are some on."""
    names = [literal(topic.name) for topic in kb.quiz.topics if topic.name not in kb.deck.headings]
    said = literal(clipped(ask.topic, _TYPED))
    return quiz_words.WHICH_TOPIC.format(topic=said, topics=listed(names[:_LISTS]))


def wrong_when(problems: tuple[Question, ...], named: Iterable[Mention] = ()) -> OpenQuestion:
    """What is wrong with the words about when, in which those ``named`` may be quoted."""
    offers = tuple(offer for question in problems for offer in question.offers)
    said = kept(" ".join(question.text for question in problems), named)
    return OpenQuestion("when", said, problem=True, offers=offers)


def also_asking(problem: OpenQuestion, still_open: OpenQuestion | None) -> OpenQuestion:
    """``problem``, with the answers that were offered to what is open about when, unless it has its own."""
    if problem.about != "when" or problem.offers or still_open is None or not still_open.offers:
        return problem
    text = f"{problem.text} {still_open.text}" if still_open.problem else problem.text
    return problem._replace(text=text, offers=still_open.offers)


def draft_card(
    draft: Draft, asking: OpenQuestion | None, world: World, *, before: str = "", instead: bool = False,
    ways: tuple[Choice, ...] = (), not_in: str = "",
) -> Reply:  # fmt: skip
    """The whole draft, with what is asked about it. ``before``: a sentence of ours above it; ``ways``:
    further buttons; ``not_in``: what was said of it and isn't in."""
    title = words.TITLE[draft.kind, asking is None]
    if draft.changes:
        title = words.CHANGE_READY[asking is None].format(title=words.TITLE_CHANGE[draft.kind])
    blocks: list[Block] = [Text(before)] if before else []
    blocks += [Title(title), *_said(draft), *_about_when(draft, world), *_facts(draft, world)]
    if draft.lesson in world.knowledge.lessons:
        blocks.append(citation(world.knowledge, world.knowledge.lessons[draft.lesson]))
    if asking and asking.problem:
        blocks.append(Facts(((words.TO_CHANGE, asking.text),)))
    elif asking:
        blocks.append(Text(asking.text))
    else:
        blocks.append(Text(words.BY_TYPING))
    if not_in:
        blocks.append(Facts(((words.NOT_IN, words.SAID_AGAIN.format(said=clipped(not_in, _SAID))),)))
    blocks.append(Choices((*ways, *buttons(draft, asking, world), *_lesson(draft, world.knowledge))))
    return Reply(tuple(blocks), instead=instead)


def when_in_words(draft: Draft, own: bool) -> str:
    """When a draft with a schedule is sent; ``own``: to its maker alone, who has but one clock, as has a
    channel."""
    assert draft.schedule is not None
    said = in_words(draft.schedule)
    return said.replace(f", {OWN_TIME}", "", 1) if own or draft.kind == "quiz" else said


def first_date(draft: Draft, world: World) -> str:
    """When it is first sent, as the speaker's clock has it: "Mon 7 Dec at 09:30"."""
    if draft.schedule is None:
        return ""
    zone = draft.schedule.zone or zone_of(world)
    first = next(iter(next_dates(draft.schedule, zone, world.now, 1)), None)
    return moment(first.local) if first else ""


def moment(local: datetime) -> str:
    """Mon 7 Dec at 09:30."""
    return f"{short_date(local)} at {local:%H:%M}"


def _said(draft: Draft) -> list[Block]:
    return [Quote(draft.what)] if draft.what else []


def _about_when(draft: Draft, world: World) -> list[Block]:
    if draft.schedule is None:
        return [Facts(((words.WHEN, draft.when),))] if draft.when else []
    return [Text(f"**{literal(when_in_words(draft, draft.to_self(world.speaker.id)))}.**")]


def _facts(draft: Draft, world: World) -> list[Block]:
    pairs = list[tuple[str, str]]()
    if draft.targets:
        pairs.append((words.TO, whom(draft, world)))
    if by_mail := mailed(draft.targets, world.advisor_settings):
        pairs.append((mail_words.MAILED, ", ".join(by_mail)))
    if draft.schedule is not None:
        pairs += _dates(draft, world)
    if draft.kind == "pulse" and draft.what:
        pairs.append((words.SCALE, words.ENDS.format(low=draft.low, high=draft.high)))
        pairs.append((words.ANSWERS, words.ANONYMOUS if draft.anonymous else words.NAMED))
        asked = people_of(draft.targets, world.advisor_settings)
        if draft.anonymous and asked is not None and 0 < len(asked) < FEWEST:
            pairs.append((words.NOTE, words.FEW))
    if draft.quiz is not None and draft.what:
        pairs.append((quiz_words.OPEN, _open_for(draft.quiz, draft, world)))
        pairs.append((quiz_words.SCORES, quiz_words.NAMED if draft.quiz.names else quiz_words.NAMELESS))
    if draft.why:
        pairs.append((words.WHY, draft.why))
    return [Facts(tuple(pairs))] if pairs else []


def _open_for(ask: QuizAsk, draft: Draft, world: World) -> str:
    """How long each quiz is open: no longer than until the next one."""
    if draft.schedule is not None:
        zone = draft.schedule.zone or zone_of(world)
        dates = [occurrence.at for occurrence in next_dates(draft.schedule, zone, world.now)]
        if any(after - before <= timedelta(minutes=ask.minutes) for before, after in pairwise(dates)):
            return quiz_words.OPEN_UNTIL_NEXT
    return quiz_words.OPEN_FOR.format(time=time_in_words(ask.minutes))


def _dates(draft: Draft, world: World) -> list[tuple[str, str]]:
    schedule = draft.schedule
    assert schedule is not None
    own = zone_of(world)
    zone = schedule.zone or own
    dates = dates_in_words(schedule, zone, world.now)
    if not dates:
        return []
    pairs = [(words.NEXT, dates)]
    shown, year = next_dates(schedule, zone, world.now), world.now.astimezone(zones.zone(own)).year
    moved = [moved_in_words(occurrence, year) for occurrence in shown if occurrence.why]
    later = next_moved(schedule, zone, world.now)
    if not moved and later:
        moved = [moved_in_words(later, year)]
    pairs += [(words.LATER, line) for line in moved if line]
    if zones.zone(zone) is not zones.zone(own):
        pairs += [
            (words.YOUR_TIME, moment(occurrence.at.astimezone(zones.zone(own)))) for occurrence in shown[:1]
        ]
    return pairs + [(words.NOTE, note) for note in notes(draft, world)]


def buttons(draft: Draft, asking: OpenQuestion | None, world: World) -> tuple[Choice, ...]:
    """The buttons below a draft, by what is asked about it."""
    change = Choice(
        words.CHANGE if asking is None else words.FILL_IN, encode(DraftAct("change", draft.id)), opens=True
    )
    cancel = Choice(words.CANCEL, encode(DraftAct("cancel", draft.id)))
    if asking and asking.about == "audience":
        return (*_whom(draft, world), change, cancel)
    if asking:
        offers = [
            Choice(offer.label, encode(DraftAct("when", draft.id, name=offer.when)))
            for offer in asking.offers
        ]
        return (*offers, change, cancel)
    start = Choice(
        words.SAVE if draft.changes else words.START, encode(DraftAct("start", draft.id)), primary=True
    )
    if draft.kind != "pulse":
        return (start, change, cancel)
    other: Literal["named", "anonymous"] = "named" if draft.anonymous else "anonymous"
    label = words.MAKE_NAMED if draft.anonymous else words.MAKE_ANONYMOUS
    return (start, change, Choice(label, encode(DraftAct(other, draft.id))), cancel)


def _whom(draft: Draft, world: World) -> list[Choice]:
    ways = list[Choice]()
    if draft.targets and draft.kind != "quiz":
        ways.append(Choice(words.LEAVE_IT, encode(DraftAct("keep", draft.id)), primary=True))
    if here(world):
        ways.append(Choice(words.HERE[world.place.kind], encode(DraftAct("audience", draft.id, "here"))))
    advisor_settings = world.advisor_settings if draft.kind != "quiz" else None
    for key in list(advisor_settings.lists)[:_LISTS] if advisor_settings else ():
        assert advisor_settings is not None
        ways.append(
            Choice(advisor_settings.titles.get(key, key), encode(DraftAct("audience", draft.id, "list", key)))
        )
    return ways


def _lesson(draft: Draft, kb: Knowledge) -> tuple[Choice, ...]:
    lesson = kb.lessons.get(draft.lesson)
    return (Choice(lesson.title, encode(Show(lesson.id))),) if lesson else ()
