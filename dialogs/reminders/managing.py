"""What is coming: for advisors with ways to steer it, for everyone what they receive and how to stop it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from dialogs.core.alone import away, card, sent
from dialogs.core.codes import new_id
from dialogs.core.commands import ALL, ChangeSeries, ListReminders, NewDraft, SeriesAct, ShowTemplates, encode
from dialogs.core.events import Utterance
from dialogs.core.mentions import spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Draft, Series, Summary, UnreadableSeries
from dialogs.core.replies import Block, Choice, Choices, Facts, Text, Title
from dialogs.core.text import clean, clipped
from dialogs.recurrence import zones
from dialogs.reminders.drafting_audience import whom
from dialogs.reminders.drafting_cards import moment, when_in_words
from dialogs.reminders.drafting_ways import ways_to_make, ways_to_remind
from dialogs.reminders.drafting_when import zone_of
from dialogs.reminders.quiz_cards import in_words as quiz_in_words
from dialogs.reminders.series_labels import labels
from dialogs.wording import drafts as words
from dialogs.wording import privacy
from dialogs.wording import unreadable as unreadable_words
from dialogs.wording.conversation import listed
from dialogs.wording.dates import short_date

PAGE = 3
"""Series on one screen, each with its row of buttons."""
SHORT = 90


def reminders(state: State, wanted: ListReminders, world: World, pressed: bool) -> Decision:
    """The list, for the speaker alone."""
    if not world.remembers:
        return away(state, world)
    if world.series is None:
        return Decision(state, needs="series")
    if world.speaker.role == "advisor" and not wanted.mine:
        blocks, further = coming(wanted.start, world)
    else:
        blocks, further = received(wanted.start, world)
    blocks += [] if further else unreadable(world)
    doing = f"{'my ' if wanted.mine else ''}reminders {further}" if further else ""
    turned = pressed and wanted.start > 0
    arrived = "" if turned else sent(world)
    return Decision(replace(state, doing=doing), (card(blocks, world, instead=turned),), arrived=arrived)


def unreadable(world: World) -> list[Block]:
    """Those that can't be read, by what is known of them: they aren't gone."""
    return [Text(_unreadable(series)) for series in world.unreadable_series]


def _unreadable(series: UnreadableSeries) -> str:
    what = unreadable_words.SERIES_KINDS.get(series.kind, unreadable_words.SERIES_KINDS["remind"])
    date = short_date(datetime.fromisoformat(series.last)) if series.last else ""
    when = unreadable_words.SERIES_SENT.format(date=date) if date else ""
    return unreadable_words.SERIES.format(what=what, when=when)


def more(state: State, said: Utterance, world: World) -> Decision | None:
    """The next page, where a list was the last thing shown here."""
    if not said.addressed or clean(said.text).casefold().strip(" .!") not in ("more", "show more", "next"):
        return None
    shown = state.doing.split()
    if shown[-2:-1] != ["reminders"] or not shown[-1].isdecimal():
        return None
    return reminders(state, ListReminders(int(shown[-1]) - 1, shown[0] == "my"), world, pressed=False)


def changing(series: Series, world: World) -> Draft:
    """A draft that is to change ``series``."""
    return replace(series.draft, id=new_id(world.token), changes=series.id, asked="")


def steers(summary: Summary, world: World) -> bool:
    """Whether the speaker may change or end a series that is listed for them."""
    return world.speaker.role == "advisor" or summary.series.own


def listed_alone(some: Sequence[Summary], world: World) -> list[Block]:
    """``some`` of those that the speaker may steer, each as the list has it."""
    blocks: list[Block] = []
    for summary, label in zip(some, labels(some, world, SHORT), strict=True):
        blocks += [
            _item(summary, world, for_advisor=not summary.series.own),
            about(label, *_steering(summary)),
        ]
    return blocks


def coming(start: int, world: World) -> tuple[list[Block], int]:
    """A page of all series, and the number at which the next one begins (0 for none)."""
    assert world.series is not None
    every = world.series
    if not every:
        return [Text(words.NOTHING_COMING), ways_to_make()], 0
    start = start if start < len(every) else 0
    page = every[start : start + PAGE]
    title = words.COMING
    if len(every) > PAGE:
        title = words.COMING_PAGE.format(first=start + 1, last=start + len(page), count=len(every))
    blocks: list[Block] = [Title(title), *listed_alone(page, world)]
    further = _further(start, len(every))
    ends = [Choice(words.MORE, encode(ListReminders(further - 1)))] if further else []
    if any(summary.receives for summary in every):
        ends.append(Choice(words.MINE, encode(ListReminders(mine=True))))
    new = Choice(words.NEW["remind"], encode(NewDraft("remind")), opens=True)
    return [*blocks, Choices((*ends, new, Choice(words.TEMPLATES_BUTTON, encode(ShowTemplates()))))], further


def _further(start: int, count: int) -> int:
    return start + PAGE + 1 if start + PAGE < count else 0


def received(start: int, world: World) -> tuple[list[Block], int]:
    """The same of those that the speaker receives, with how to stop them."""
    assert world.series is not None
    every = [summary for summary in world.series if summary.receives]
    if not every:
        return [Text(words.NONE_RECEIVED), ways_to_remind()], 0
    start = start if start < len(every) else 0
    blocks: list[Block] = [Title(words.RECEIVED)]
    page = every[start : start + PAGE]
    for summary, label in zip(page, labels(page, world, SHORT), strict=True):
        ways = _steering(summary) if summary.series.own else (_stopping(summary),)
        blocks += [_item(summary, world, for_advisor=False), about(label, *ways)]
    others = [summary for summary in every if not summary.series.own]
    how = (words.HOW_TO_STOP if others else "", words.OWN_HOW if len(others) < len(every) else "")
    blocks.append(Text(" ".join(filter(None, how))))
    ends = []
    further = _further(start, len(every))
    if further:
        ends.append(Choice(words.MORE, encode(ListReminders(further - 1, mine=True))))
    if len(others) > 1 and not all(summary.muted for summary in others):
        ends.append(Choice(words.STOP_ALL, encode(SeriesAct("stop", ALL))))
    return [*blocks, *([Choices(tuple(ends))] if ends else [])], further


def _item(summary: Summary, world: World, *, for_advisor: bool) -> Facts:
    draft = summary.series.draft
    pairs = [(_head(summary, world, for_advisor), _what(summary))]
    if draft.schedule is not None:
        pairs.append((words.WHEN, when_in_words(draft, summary.series.own)))
    if for_advisor:
        left = len(summary.series.left)
        to = [whom(draft, world), privacy.LEFT_LIST[left != 1].format(count=left) if left else ""]
        pairs.append((words.TO, "; ".join(part for part in to if part)))
        quizzes = summary.series.quizzes
        counts = quiz_in_words(quizzes[-1]) if quizzes else _counts(summary.counts)
        pairs += [(words.LAST_TIME, counts)] if counts else []
    return Facts(tuple(pairs))


def _what(summary: Summary) -> str:
    return clipped(spoken(summary.series.draft.what), SHORT)


def about(label: str, *ways: Choice) -> Choices:
    """Buttons of the series of the list that is called so, whose own labels are those of all the others."""
    return Choices(tuple(replace(way, about=label) for way in ways))


def _head(summary: Summary, world: World, for_advisor: bool) -> str:
    kind = words.OWN_KIND if summary.series.own else words.KINDS[summary.series.draft.kind]
    if summary.muted and not for_advisor:
        return words.ITEM_STOPPED.format(kind=kind)
    if summary.series.step == "paused":
        return words.ITEM_PAUSED.format(kind=kind)
    if summary.next is None:
        return words.ITEM_OVER.format(kind=kind)
    return words.ITEM_NEXT.format(kind=kind, next=moment(_local(summary.next, world)))


def _local(at: datetime, world: World) -> datetime:
    return at.astimezone(zones.zone(zone_of(world)))


def _counts(counts: dict[str, int]) -> str:
    return listed([f"{counts[state]} {said}" for state, said in words.COUNTS.items() if counts.get(state)])


def repeats(summary: Summary) -> bool:
    """Whether there may be another date after the next."""
    schedule = summary.series.draft.schedule
    return schedule is not None and schedule.repeats


def _stopping(summary: Summary) -> Choice:
    id = summary.series.id
    if summary.muted:
        return Choice(words.HAVE_AGAIN, encode(SeriesAct("start again", id)))
    return Choice(words.STOP, encode(SeriesAct("stop", id)))


def _steering(summary: Summary) -> tuple[Choice, ...]:
    id, paused = summary.series.id, summary.series.step == "paused"
    hold = (
        Choice(words.RESUME, encode(SeriesAct("resume", id)))
        if paused
        else Choice(words.PAUSE, encode(SeriesAct("pause", id)))
    )
    skip = () if paused or summary.next is None else (Choice(words.SKIP, encode(SeriesAct("skip", id))),)
    if summary.series.own:
        return (
            Choice(words.CHANGE, encode(ChangeSeries(id))),
            hold,
            *(skip if repeats(summary) else ()),
            Choice(words.END, encode(SeriesAct("cancel", id))),
        )
    over = (
        Choice(privacy.HAND_OVER, encode(SeriesAct("hand over", id)))
        if summary.series.owner.id
        else Choice(privacy.TAKE_OVER, encode(SeriesAct("take over", id)))
    )
    return (
        hold,
        Choice(words.CHANGE, encode(ChangeSeries(id))),
        Choice(words.REPORT, encode(SeriesAct("report", id))),
        *skip,
        over,
        Choice(words.END, encode(SeriesAct("cancel", id))),
    )
