"""A readiness check for many: open until its host closes it, each person at their own pace."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from dialogs.core.replies import Reply
from dialogs.core.session_model import (
    Begin,
    Elapsed,
    Forgotten,
    JoinChannel,
    LiveDecision,
    LiveEvent,
    LiveSession,
    LiveWorld,
    SetUp,
    Steer,
    TakeOver,
)
from dialogs.results.closing import joint_result
from dialogs.results.report import result_blocks
from dialogs.results.small_groups import step_after
from dialogs.sessions.rights import may_steer, refusal
from dialogs.sessions.timers import timers
from dialogs.wording import sessions as words

OPEN_FOR = timedelta(days=7)
"""A check whose host has gone closes by itself after so long, with what there is."""


def check(state: LiveSession, event: LiveEvent, world: LiveWorld) -> LiveDecision:
    """What ``event`` does to a readiness check."""
    match event:
        case Begin():
            opened = replace(state, closes=world.now + OPEN_FOR)
            return LiveDecision(opened, timers=timers(opened, world.now))
        case JoinChannel():
            return LiveDecision(state)
        case SetUp(by, plan):
            if not may_steer(state, by):
                return LiveDecision(state, refusal(state))
            if state.step == "ended":
                return LiveDecision(state, words.OVER_NOTE)
            return LiveDecision(replace(state, check=plan), words.SET_UP_DONE)
        case Steer(act, by):
            if not may_steer(state, by):
                return LiveDecision(state, refusal(state))
            if state.step == "ended" or act == "next":
                return LiveDecision(state, words.OVER_NOTE if state.step == "ended" else words.PASSED)
            return _closed(state, world)
        case Elapsed("check") if state.step == "open":
            return _closed(state, world)
        case Elapsed() | TakeOver() | Forgotten():
            return LiveDecision(state)


def _closed(state: LiveSession, world: LiveWorld) -> LiveDecision:
    """Everybody's forms become the one result; they themselves are then erased."""
    if world.forms is None:
        return LiveDecision(state, needs="forms")
    plan, kb = state.check, world.knowledge
    asked = kb.checks.get(plan.check) if plan else None
    ended = replace(state, step="ended", closes=None)
    if plan is None or asked is None or not world.forms:
        return LiveDecision(ended, words.ENDED_NOTE, ended=True)
    result = joint_result(
        asked,
        world.forms,
        world.organisations,
        world.now,
        model=plan.model,
        partners=plan.partners,
        purpose=plan.purpose,
        step=step_after(plan.last, world.now),
    )
    post = Reply(tuple(result_blocks(result, asked, kb, state.id)))
    return LiveDecision(replace(ended, result=result), words.ENDED_NOTE, posts=(post,), ended=True)
