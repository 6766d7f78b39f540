"""A person's own page: what waits for them, what they receive, their standing, what there is to ask.

Slack shows it as App Home; anywhere, "home" sends it. It is made anew from what is kept, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from dialogs.core.alone import away, card, sent
from dialogs.core.commands import (
    CheckAct,
    CheckHistory,
    Enquiries,
    EnquiryDraftAct,
    Help,
    Insight,
    Lessons,
    MyData,
    MyEnquiries,
    QuizAct,
    QuizMissed,
    SeriesAct,
    ShowDraft,
    StartCheck,
    StartQuiz,
    encode,
)
from dialogs.core.mentions import spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Series, Waiting
from dialogs.core.replies import Block, Choice, Choices, Details, Quote, Reply, Text, Title
from dialogs.core.text import clipped, literal
from dialogs.enquiries.cards import mine_blocks, queue_blocks, show
from dialogs.questions.blocks import examples
from dialogs.questions.browse import headings
from dialogs.readiness.cards import steps
from dialogs.recurrence import zones
from dialogs.reminders.cards import asked_again, called
from dialogs.reminders.drafting_when import zone_of
from dialogs.reminders.managing import coming, received, unreadable
from dialogs.wording import conversation
from dialogs.wording import drafts as draft_words
from dialogs.wording import enquiries as enquiry_words
from dialogs.wording import home as words
from dialogs.wording import insights as insight_words
from dialogs.wording import quiz as quiz_words
from dialogs.wording import readiness as readiness_words
from dialogs.wording import reminders as reminder_words

MOST_ASKED, MOST_ENQUIRIES = 5, 5
"""Reminders and pulses that wait, and questions to the advisors, that are shown; the rest is in the chat."""

Item = list[Block]


def page(state: State, world: World) -> Decision:
    """The page as it stands now."""
    if not world.remembers:
        blocks = [Title(words.TITLE), Text(words.AWAY), *_topics(world)]
        return Decision(state, (Reply(tuple(blocks), private=True, own_page=True),))
    if world.series is None:
        return Decision(state, needs="series")
    if world.enquiries is None:
        return Decision(state, needs="enquiries")
    how = words.HOW.format(subject=literal(world.knowledge.deck.subject))
    blocks = [Title(words.TITLE), Text(how), *_waiting(world)]
    if world.speaker.role == "advisor":
        head = [] if world.series else [Title(draft_words.COMING)]
        blocks += [*_queue(world), *head, *coming(0, world)[0]]  # what they receive is among it
    else:
        blocks += received(0, world)[0]
    blocks += [*unreadable(world), *_standing(world), *_topics(world)]
    return Decision(state, (Reply(tuple(blocks), private=True, own_page=True),))


def sent_page(state: State, world: World) -> Decision:
    """The page as a message, to the speaker alone."""
    if not world.remembers:
        return away(state, world)
    decision = page(state, world)
    if decision.needs:
        return decision
    reply = replace(card(decision.replies[0].blocks, world, instead=False), own_page=True)
    return Decision(state, (reply,), arrived=sent(world))


def _waiting(world: World) -> list[Block]:
    items = list(_items(world))
    if not items:
        return [Text(words.NOTHING_WAITS)]
    return [Title(words.WAITING), *(block for item in items for block in item)]


def _items(world: World) -> Iterator[Item]:
    """What waits for the speaker, with the way on; what others have asked comes first."""
    asked = [(waiting, series) for waiting in world.waiting if (series := _open(waiting, world)) is not None]
    for waiting, series in asked[:MOST_ASKED]:
        yield _asked(waiting, series)
    if len(asked) > MOST_ASKED:
        yield [Text(words.MORE_WAIT.format(count=len(asked) - MOST_ASKED))]
    yield from (item for item in (_quiz(world), _check(world), _draft(world), _enquiry(world)) if item)
    own = tuple(each for each in world.enquiries or () if each.asker.id == world.speaker.id)
    yours = tuple(
        each for each in own if each.waits or (each.step in ("answered", "pointed") and not each.rating)
    )
    if yours:
        said = Text(f"**{enquiry_words.ASKED_BY_YOU}**")
        ways = [show(each) for each in yours[-MOST_ENQUIRIES:]]
        more = [Choice(enquiry_words.SHOW_ALL, encode(MyEnquiries()))] if len(own) > len(ways) else []
        yield [said, *mine_blocks(yours[-MOST_ENQUIRIES:]), Choices((*_numbered(ways), *more))]


def _open(waiting: Waiting, world: World) -> Series | None:
    """The series of what was sent, where it can still be answered."""
    running = (summary.series for summary in world.series or ())
    series = next((series for series in running if series.id == waiting.series), None)
    if series is None or waiting.step != "open":
        return None
    begun = next((each for each in series.sent if each.key == waiting.key), None)
    return series if begun is None or begun.closed is None else None


def _asked(waiting: Waiting, series: Series) -> Item:
    id, key = waiting.series, waiting.key
    if waiting.kind == "pulse":
        return asked_again(series.draft, id, key, anonymous=waiting.anonymous)
    done = Choice(reminder_words.DONE, encode(SeriesAct("done", id, key)), primary=True)
    later = Choice(reminder_words.TOMORROW, encode(SeriesAct("snooze", id, key, "tomorrow")))
    name = called(series.draft)
    about = spoken(waiting.called)
    ways = (Choice(way.label, way.says, way.primary, about=about) for way in (done, later))
    return [Text(words.REMINDED.format(name=name)), Choices(tuple(ways))]


def _quiz(world: World) -> Item:
    run = world.work.quiz
    if run is None or len(run.given) >= len(run.questions):
        return []
    number = len(run.given) + 1
    topic = words.QUIZ_TOPIC.format(topic=literal(run.topic)) if run.topic else ""
    said = words.QUIZ.format(topic=topic, number=number, total=len(run.questions))
    on = Choice(words.GO_ON, encode(QuizAct("next", run.id, number)), primary=True, about=quiz_words.QUIZ)
    return [Text(said), Choices((on, Choice(words.STOP_QUIZ, encode(QuizAct("stop", run.id)))))]


def _check(world: World) -> Item:
    run = world.work.check
    check = world.knowledge.checks.get(run.check) if run else None
    if run is None or check is None:
        return []
    date = f"{run.started.astimezone(zones.zone(zone_of(world))):%-d %B}"
    said = words.CHECK.format(date=date, number=run.at + 1, total=len(steps(check)))
    on = Choice(words.GO_ON, encode(CheckAct("resume", run.id)), primary=True, about=check.title)
    return [
        Text(said),
        Choices((on, Choice(readiness_words.CHECK_AFRESH, encode(CheckAct("afresh", run.id))))),
    ]


def _draft(world: World) -> Item:
    draft = world.work.draft
    if draft is None or world.speaker.role != "advisor":
        return []
    said = words.CHANGE if draft.changes else words.DRAFT[draft.kind]
    if draft.what or draft.topic:
        said = words.DRAFT_WHAT.format(draft=said, what=called(draft))
    return [Text(said), Choices((Choice(words.TO_DRAFT, encode(ShowDraft()), primary=True),))]


def _enquiry(world: World) -> Item:
    draft = world.work.enquiry
    if draft is None or not draft.question:
        return []
    look = Choice(words.TO_ENQUIRY, encode(EnquiryDraftAct("show", draft.id)), primary=True)
    drop = Choice(enquiry_words.DROP, encode(EnquiryDraftAct("drop", draft.id)))
    return [Text(words.ENQUIRY), Quote(clipped(draft.question)), Choices((look, drop))]


def _queue(world: World) -> list[Block]:
    """The questions that wait for an advisor."""
    found = tuple(each for each in world.enquiries or () if each.waits)
    insights = Choice(insight_words.TITLE, encode(Insight()))
    if not found:
        return [Title(enquiry_words.QUEUE), Text(enquiry_words.QUEUE_EMPTY), Choices((insights,))]
    ways = _numbered([show(each) for each in found[:MOST_ENQUIRIES]])
    more = len(found) > MOST_ENQUIRIES
    all_of_them = [Choice(enquiry_words.SHOW_ALL, encode(Enquiries()))] if more else []
    shown = queue_blocks(found, MOST_ENQUIRIES)
    return [Title(enquiry_words.QUEUE), *shown, Choices((*ways, *all_of_them, insights))]


def _numbered(ways: list[Choice]) -> tuple[Choice, ...]:
    """The buttons of single enquiries, told apart where there are several."""
    if len(ways) == 1:
        return tuple(ways)
    return tuple(
        Choice(f"{way.label} {number}", way.says, about=way.about) for number, way in enumerate(ways, 1)
    )


def _standing(world: World) -> list[Block]:
    """How the speaker does in quizzes, and ways to try themselves."""
    knowledge, run = world.knowledge, world.work.quiz
    ways: list[Choice] = []
    told: list[str] = []
    if knowledge.quiz.questions:
        ended = run is not None and len(run.given) == len(run.questions) > 0
        if run is not None and ended:
            right = sum(answer.right for answer in run.given)
            told.append(words.LAST_QUIZ.format(right=right, total=len(run.questions)))
        missed = sum(knowledge.quiz.question(id) is not None for id in world.missed)
        if missed:
            told.append(words.MISSED[missed != 1].format(count=missed))
            ways.append(Choice(quiz_words.QUIZ_AGAIN, encode(QuizMissed())))
        if not told and run is None:
            told.append(words.NO_QUIZ)
        ways.append(Choice(words.QUIZ_BUTTON, encode(StartQuiz())))
    if knowledge.checks:
        ways.append(Choice(words.CHECK_BUTTON, encode(StartCheck())))
        ways.append(Choice(words.HISTORY_BUTTON, encode(CheckHistory())))
    said = [Text(" ".join(told))] if told else []
    return [Title(words.STANDING), *said, Choices(tuple(ways))] if ways else []


def _topics(world: World) -> list[Block]:
    knowledge = world.knowledge
    further = Choices(
        (
            Choice(conversation.ALL_LESSONS, encode(Lessons()), unfolds=Details((headings(knowledge),))),
            Choice(conversation.HELP_TITLE, encode(Help())),
            Choice(words.DATA, encode(MyData())),
        )
    )
    return [Title(words.TOPICS), Text(conversation.TRY), examples(knowledge), further]
