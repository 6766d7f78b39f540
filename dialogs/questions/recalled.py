"""What was said here last, once that is a while ago: it isn't taken to be meant without being named."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dialogs.core.model import AT_HAND, Decision, State, World
from dialogs.core.replies import Text
from dialogs.core.text import clipped, literal
from dialogs.recurrence import zones
from dialogs.wording import conversation as words
from dialogs.wording.dates import short_date


def long_ago(state: State, world: World) -> bool:
    """Whether the talk here is so old that its last question need not be what is meant; under a message it
    stands in sight."""
    at_hand = world.now.timestamp() - state.asked_at <= AT_HAND
    return bool(state.asked_at) and not at_hand and not world.under


def asked_on(state: State, world: World) -> str:
    """The day of the last question, as the speaker's calendar has it."""
    return short_date(datetime.fromtimestamp(state.asked_at, zones.clock(world.zone)))


def recalled(state: State, decision: Decision, world: World) -> Decision:
    """``decision``, which leans on what was said here last; where that is long ago, it says what that was."""
    if world.about or not decision.replies or not long_ago(state, world):
        return decision
    first, *further = decision.replies
    date, lesson = asked_on(state, world), world.knowledge.lessons.get(state.lesson or "")
    said = words.FOLLOWS_LIST.format(date=date)
    if state.question:
        said = words.FOLLOWS_QUESTION.format(question=literal(clipped(state.question)), date=date)
    elif lesson:
        said = words.FOLLOWS_LESSON.format(title=literal(lesson.title), date=date)
    return replace(decision, replies=(replace(first, blocks=(Text(said), *first.blocks)), *further))


def dated(before: State, after: State, told: bool, world: World) -> State:
    """``after`` with when that was said which it has in view; ``told``: something was told of it just now."""
    if not any(_in_view(after)):
        return replace(after, asked_at=0)
    now = told or _in_view(after) != _in_view(before)
    return replace(after, asked_at=int(world.now.timestamp()) if now else before.asked_at)


def _in_view(state: State) -> tuple[object, ...]:
    return (state.question, state.lesson, state.shown, state.headings_shown)
