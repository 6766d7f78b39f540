"""What every turn has in common, before it is decided and after: whatever the talk is about."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs import offered
from dialogs.core.effects import CountAsked, Forget, KeepWork
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Block, Choices, Reply, Text
from dialogs.core.text import words as words_of
from dialogs.questions import share
from dialogs.questions.recalled import dated
from dialogs.wording import conversation as words
from dialogs.wording import unreadable


def known(state: State, world: World) -> State:
    """``state`` without lessons that the knowledge base no longer has."""
    lessons = world.knowledge.lessons
    lesson = state.lesson if state.lesson in lessons else None
    before = state.before if state.before in lessons else ""
    shown = tuple(lesson for lesson in state.shown if lesson in lessons)
    return replace(state, lesson=lesson, shown=shown, before=before)


def moved_on(before: State, decision: Decision) -> Decision:
    """Once the talk is about something else, typed words no longer go to a quiz or check shown before, and
    "it" is no reminder that was spoken of."""
    after = decision.state
    if after.series and (after.lesson, after.question) != (before.lesson, before.question):
        decision = replace(decision, state=replace(after, series=""))
        after = decision.state
    if after != before and after.doing == before.doing:
        return replace(decision, state=replace(after, doing=""))
    return decision


def finished(before: State, event: Utterance, world: World, decision: Decision) -> Decision:
    """What every heard turn has in common: who takes part, apologies, and no promises without memory."""
    after = decision.state
    forgot = Forget() in decision.effects
    if event.addressed and not forgot and world.speaker.id not in after.asked_by:
        after = replace(after, asked_by=(*after.asked_by, world.speaker.id))
    if not forgot:
        left = before.lesson if before.lesson != after.lesson else None
        after = replace(after, before=left or before.before)
    kept = any(isinstance(effect, KeepWork) for effect in decision.effects)
    if after.doing and (kept or after.doing != before.doing):
        after = replace(after, since=world.now.timestamp())
    asked = not event.pressed and any(reply.asked for reply in decision.replies)
    after = replace(after, last=world.message if asked else "")
    after = dated(before, after, any(reply.asked for reply in decision.replies), world)
    replies = [share.offered(reply, world) for reply in decision.replies]
    if not forgot:
        after = replace(after, offered=offered.remembered(before.offered, tuple(replies), world.now))
    if replies and event.files and not words_of(event.text):
        replies[0] = _with(replies[0], Text(words.FILES), at_end=False)
    elif asked and event.files:
        replies[-1] = _with(replies[-1], Text(words.FILES_TOO), at_end=True)
    for kind in reversed(world.aside):
        if replies and kind in unreadable.ASIDE_KINDS:
            told = unreadable.ASIDE.format(what=unreadable.ASIDE_KINDS[kind])
            replies[0] = _with(replies[0], Text(told), at_end=False)
    if replies and world.lost_state:
        replies[0] = _with(replies[0], Text(words.LOST_STATE), at_end=False)
    if replies and not world.remembers and any(reply.asked for reply in replies):
        replies[-1] = _with(replies[-1], Text(words.NO_MEMORY), at_end=True)
    bands = [reply.asked.band for reply in decision.replies if reply.asked]
    counted = () if event.pressed or event.edited else tuple(CountAsked(band) for band in bands[:1])
    effects = (*decision.effects, *counted) if world.remembers else ()
    return replace(decision, state=after, replies=tuple(replies), effects=effects)


def quoting(state: State, said: Utterance, world: World) -> State:
    """``state`` as it was at the message under which ``said`` was typed, or that it quotes."""
    about = world.about
    if said.pressed:
        return state
    if world.stood is not None:
        return known(replace(world.stood, asked_by=state.asked_by), world)
    if about is None:
        return state
    quoted = replace(
        state,
        lesson=about.lesson,
        question=about.question,
        band=about.band,
        follows=about.follows,
        shown=(),
        headings_shown=False,
        doing="",
    )
    return known(quoted, world)


def _with(reply: Reply, text: Text, at_end: bool) -> Reply:
    if not at_end:
        return replace(reply, blocks=(text, *reply.blocks))
    buttons = next(
        (n for n, block in enumerate(reply.blocks) if isinstance(block, Choices)), len(reply.blocks)
    )
    blocks: tuple[Block, ...] = (*reply.blocks[:buttons], text, *reply.blocks[buttons:])
    return replace(reply, blocks=blocks)
