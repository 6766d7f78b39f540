"""Putting an answer before others: it is shown as it would be posted, and posted once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from dialogs.core.agreement import agreement, leaves
from dialogs.core.alone import card, kindly, sent
from dialogs.core.codes import new_id
from dialogs.core.commands import ShareAnswer, ShareDraftAct, encode
from dialogs.core.effects import KeepShared, KeepWork
from dialogs.core.events import Mention, Utterance
from dialogs.core.jobs import Job
from dialogs.core.model import Decision, Post, State, World
from dialogs.core.replies import Asked, Block, Choice, Choices, Reply, Text
from dialogs.core.sharing_model import SharedAnswer, ShareDraft, SharePlace, ShareRefused
from dialogs.core.text import literal
from dialogs.core.text import words as words_of
from dialogs.questions.blocks import advice, citation
from dialogs.wording import sharing as words
from knowledge import Knowledge, Lesson

_POST = r"(?:post|send|share)(?: (?:it|that|this))?"
_SAME = timedelta(days=1)
"""Within this, the same answer in the same channel is the same thing shared twice."""


def share(state: State, command: ShareAnswer, named: Sequence[Mention], world: World) -> Decision:
    """Show what would be posted, and where; where one of the two isn't known, ask for that."""
    if not world.remembers:
        return kindly(state, words.NO_MEMORY, world, pressed=False)
    waiting = world.work.share.lesson if world.work.share and not world.work.share.channel else None
    given = (world.about.lesson if world.about else None) or state.lesson
    # In public a bare "share here" is for what they were given alone and have come here to share.
    lesson = command.lesson or ((given or waiting) if world.alone else waiting)
    if not lesson or lesson not in world.knowledge.lessons:
        return kindly(state, words.SEEN if given and not world.alone else words.NO_LESSON, world, False)
    if not world.tenant:
        return kindly(state, words.NOT_FROM_HERE, world, pressed=False)
    here = world.reference.channel if world.reference and not command.where else ""
    channel = _named(named) or here
    draft = ShareDraft(new_id(world.token), lesson, channel, here=bool(here) and channel == here)
    return _shown(state, draft, world, command.where)


def act(state: State, command: ShareDraftAct, world: World, pressed: bool) -> Decision:
    """Post what is shown, or let it go."""
    draft = world.work.share
    if draft is None or draft.id != command.id:
        if world.shares is None and world.remembers:
            return Decision(state, needs="shares")
        before = next((each for each in world.shares or () if each.id == command.id), None)
        return kindly(state, _there(before) if before else words.STALE, world, pressed)
    if command.act == "send":
        return _sent(state, draft, world, pressed)
    return Decision(
        replace(state, doing=""),
        (card([Text(words.NOT_SENT)], world, instead=pressed),),
        effects=(KeepWork(replace(world.work, share=None)),),
    )


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """A plain yes or no to what is shown here, or the channel that was asked for."""
    draft = world.work.share
    if draft is None or state.doing != draft.id:
        return None
    channel = _named(said.named)
    if channel and len(words_of(said.exact)) <= 2:
        return _shown(state, replace(draft, channel=channel, here=False), world)
    if not draft.channel and said.text.lstrip().startswith("#"):
        return _shown(state, draft, world, called=said.text.strip(" #"))
    agreed = agreement(said.text, _POST)
    if agreed is False or leaves(said.text):
        return act(state, ShareDraftAct("drop", draft.id), world, pressed=False)
    return (
        act(state, ShareDraftAct("send", draft.id), world, pressed=False)
        if agreed and draft.channel
        else None
    )


def offered(reply: Reply, world: World) -> Reply:
    """An answer that one person sees among others, with the way to put it before them."""
    asked = reply.asked
    if not (world.alone and world.reference and world.remembers and asked and asked.band == "answer"):
        return reply
    at = max((n for n, block in enumerate(reply.blocks) if isinstance(block, Choices)), default=None)
    choice = Choice(words.SHARE_HERE, encode(ShareAnswer(asked.lesson)))
    if at is None:
        return replace(reply, blocks=(*reply.blocks, Choices((choice,))))
    ways = reply.blocks[at]
    assert isinstance(ways, Choices)
    more = replace(ways, options=(*ways.options, choice))
    return replace(reply, blocks=(*reply.blocks[:at], more, *reply.blocks[at + 1 :]))


def refusal(name: str, reason: str) -> str:
    """Why an answer couldn't be posted, and what to do."""
    return words.REFUSED.format(where=_where(name), why=words.WHY_NOT.get(reason, words.OTHER))


def _shown(state: State, draft: ShareDraft, world: World, called: str = "") -> Decision:
    """What would be posted, or the question where; a refusal where it can't be.

    ``called``: the channel's name, as far as only that was typed.
    """
    then = replace(state, doing=draft.id)
    kept = (KeepWork(replace(world.work, share=draft)),)
    drop = Choice(words.DROP, encode(ShareDraftAct("drop", draft.id)))
    if not draft.channel:
        where = words.WHERE_IS.format(name=literal(called)) if called else words.WHERE
        reply = card([Text(where), Choices((drop,))], world, instead=False)
        return Decision(then, (reply,), effects=kept)
    if world.shares is None:
        return Decision(state, needs="shares")
    before = next((each for each in world.shares if _same(each, draft, world)), None)
    if before is not None:
        return kindly(state, _there(before), world, pressed=False)
    place = world.share_place
    if place is None:
        return Decision(state, needs="share place", code=draft.channel)
    if refused := _why_not(draft, place):
        return kindly(state, refusal(place.name, refused), world, pressed=False)
    blocks: list[Block] = [
        Text(words.PREVIEW.format(where=_where(place.name))),
        *_posted(world.knowledge, world.knowledge.lessons[draft.lesson], place),
        Text((words.OUTSIDERS if place.external else "") + words.WITHOUT_QUESTION),
        Choices((Choice(words.SEND, encode(ShareDraftAct("send", draft.id)), primary=True), drop)),
    ]
    return Decision(then, (card(blocks, world, instead=False),), effects=kept, arrived=sent(world))


def _sent(state: State, draft: ShareDraft, world: World, pressed: bool) -> Decision:
    lesson = world.knowledge.lessons.get(draft.lesson)
    if not draft.channel or lesson is None:
        return kindly(state, words.STALE, world, pressed)
    place = world.share_place
    if place is None:
        return Decision(state, needs="share place", code=draft.channel)
    if refused := _why_not(draft, place):
        return kindly(state, refusal(place.name, refused), world, pressed)
    done = SharedAnswer(draft.id, draft.lesson, draft.channel, place.name, world.now)
    told = ShareRefused(draft.id, world.speaker.id, world.private_to, place.name)
    post = Post(
        draft.channel,
        place.to,
        Reply(tuple(_posted(world.knowledge, lesson, place)), asked=Asked("", lesson.id, "answer")),
        Job(world.tenant, told, key=f"share {draft.id} refused"),
    )
    said = Text(words.POSTED.format(where=_where(place.name)))
    return Decision(
        replace(state, doing=""),
        (card([said], world, instead=pressed),),
        effects=(KeepWork(replace(world.work, share=None)), KeepShared(done)),
        posts=(post,),
    )


def _why_not(draft: ShareDraft, place: SharePlace) -> str:
    """Why nothing can be posted there, as the platform's word; outsiders are addressed from among them."""
    return place.why_not or ("external" if place.external and not draft.here else "")


def _posted(kb: Knowledge, lesson: Lesson, place: SharePlace) -> list[Block]:
    """The short answer with its citation, and who shares it."""
    by = words.SHARED_BY.format(name=literal(place.by)) if place.by else words.SHARED
    if lesson.advice:
        return [Text(by), *advice(kb, lesson)]
    return [Text(by), Text(f"**{lesson.lead.replace('**', '')}**"), citation(kb, lesson)]


def _same(before: SharedAnswer, draft: ShareDraft, world: World) -> bool:
    same = (before.lesson, before.channel) == (draft.lesson, draft.channel)
    return before.id == draft.id or (same and world.now - before.at < _SAME)


def _there(before: SharedAnswer) -> str:
    return words.THERE.format(where=_where(before.name))


def _where(name: str) -> str:
    return words.NAMED.format(name=literal(name.lstrip("#"))) if name else words.UNNAMED


def _named(named: Sequence[Mention]) -> str:
    """The platform's id of the channel that is mentioned; "" where none is."""
    ids = (mention.id.partition(":")[2] for mention in named if mention.kind == "channel")
    return next(ids, "")
