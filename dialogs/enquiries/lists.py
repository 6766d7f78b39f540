"""What there is to see around the advisors: questions to them, what they teach, and who they are."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.alone import card, kindly, left_out, pressed, sent, wrote
from dialogs.core.commands import (
    AskAdvisor,
    Enquiries,
    EnquiryAct,
    EnquiryDraftAct,
    Insight,
    TaughtLessons,
    encode,
)
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Block, Choice, Choices, Reply, Text
from dialogs.enquiries.asking import act, nobody
from dialogs.enquiries.cards import mine_blocks, queue_blocks, show, whom
from dialogs.enquiries.teaching_cards import taught_list
from dialogs.wording import conversation as talk_words
from dialogs.wording import enquiries as words
from dialogs.wording import teaching as teaching_words

_SHOWN = 5
"""Buttons to single enquiries below a list of them."""


def listed(state: State, world: World, *, mine: bool) -> Decision:
    """The questions that wait for an advisor, or what became of the speaker's own."""
    if not world.remembers:
        return kindly(state, words.NO_MEMORY, world, pressed=False)
    if world.enquiries is None:
        return Decision(state, needs="enquiries")
    own = tuple(each for each in world.enquiries if each.asker.id == world.speaker.id)
    found = own[::-1] if mine else tuple(each for each in world.enquiries if each.waits)
    more = () if mine else left_out(world)
    if not found:
        none = Text(words.NONE_OF_YOURS if mine else words.QUEUE_EMPTY)
        return Decision(state, (card([none, *more], world, instead=False),))
    blocks: list[Block] = [Text(f"**{words.ASKED_BY_YOU if mine else words.QUEUE}**")]
    blocks += [*(mine_blocks(found) if mine else queue_blocks(found)), *more]
    shown = found[:_SHOWN]
    ways = tuple(
        replace(show(each), label=words.SHOW_ONE.format(number=n)) for n, each in enumerate(shown, 1)
    )
    blocks.append(Choices(ways if len(ways) > 1 else (show(shown[0]),)))
    return Decision(state, (Reply(tuple(blocks), private=True),), arrived=sent(world))


def added(state: State, line: str, world: World) -> Decision:
    """A line for the question that is being put, else for the one of the speaker's own that is open."""
    draft = world.work.enquiry
    if draft is not None and draft.question:
        return act(state, EnquiryDraftAct("add", draft.id, line), world, pressed=False)
    if world.remembers and world.enquiries is None:
        return Decision(state, needs="enquiries")
    mine = (each for each in world.enquiries or () if each.asker.id == world.speaker.id)
    waiting = [each for each in mine if each.waits]
    if len(waiting) == 1:
        return pressed(state, encode(EnquiryAct("add", waiting[0].id, line)), world)
    decision = listed(state, world, mine=True)
    return replace(decision, replies=(*decision.replies, wrote(words.ADD_THERE, (line,))))


def taught(state: State, world: World) -> Decision:
    """What advisors have taught."""
    if world.teachings is None:
        return Decision(state, needs="teachings")
    return Decision(state, (taught_list(world.teachings, world.knowledge, world.now),), arrived=sent(world))


def who_advises(state: State, world: World) -> Decision:
    """What advisors do here, how to reach them, and how to become one: for somebody who isn't."""
    if not world.remembers:
        return kindly(state, words.NO_MEMORY, world, pressed=False)
    if world.advising is None:
        return Decision(state, needs="advising")
    there = world.advising.there
    said = words.WHO_ADVISES.format(whom=whom(world.advising)) if there else nobody(world)
    ways = [Choices((Choice(talk_words.ASK_ADVISOR, encode(AskAdvisor())),))] if there else []
    return Decision(
        state, (card([Text(said), Text(words.NO_ADVISOR_YOU), *ways], world, False),), arrived=sent(world)
    )


def how_to_teach(state: State, world: World) -> Decision:
    """From what a lesson is taught, and where that waits."""
    ways = (
        Choice(teaching_words.TO_QUEUE, encode(Enquiries())),
        Choice(teaching_words.TO_INSIGHTS, encode(Insight())),
        Choice(teaching_words.TO_TAUGHT, encode(TaughtLessons())),
    )
    reply = card([Text(teaching_words.HOW), Choices(ways)], world, instead=False)
    return Decision(state, (reply,), arrived=sent(world))
