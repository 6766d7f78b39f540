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
from dialogs.results.closing import joint_result, topics
from dialogs.results.disclosures import Disclosing
from dialogs.results.report import result_blocks
from dialogs.sessions.timers import timers
from dialogs.wording import sessions as words

OPEN_FOR = timedelta(days=7)
"""A check whose host has gone closes by itself after so long, with what there is."""
UNRECORDED_FOR = timedelta(days=90)
"""A result of an earlier version, of whom nobody is on record, stands in the way for so long."""


def check(state: LiveSession, event: LiveEvent, world: LiveWorld) -> LiveDecision:
    """What ``event`` does to a readiness check."""
    match event:
        case Begin():
            opened = replace(state, closes=world.now + OPEN_FOR)
            return LiveDecision(opened, timers=timers(opened, world.now))
        case JoinChannel():
            return LiveDecision(state)
        case SetUp(_, plan):
            if state.step == "ended":
                return LiveDecision(state, words.OVER_NOTE)
            return LiveDecision(replace(state, check=plan), words.SET_UP_DONE)
        case Steer(act):
            if state.step == "ended" or act == "next":
                return LiveDecision(state, words.OVER_NOTE if state.step == "ended" else words.PASSED)
            return _closed(state, world)
        case Elapsed("check") if state.step == "open":
            return _closed(state, world)
        case Elapsed() | TakeOver() | Forgotten():
            return LiveDecision(state)


def _closed(state: LiveSession, world: LiveWorld) -> LiveDecision:
    """Everybody's forms become the one result; they themselves are then erased."""
    plan, kb = state.check, world.knowledge
    asked = kb.checks.get(plan.check) if plan else None
    if world.forms is None:
        return LiveDecision(state, needs="forms", topics=topics(asked) if asked else ())
    ended = replace(state, step="ended", closes=None, ended=world.now)
    if plan is None or asked is None or not world.forms:
        return LiveDecision(ended, words.ENDED_NOTE, ended=True)
    # Where it isn't known of whom this or an earlier check is, nothing can be ruled out.
    known = all(form.member for form in world.forms.values())
    known = known and (plan.last is None or world.now - plan.last >= UNRECORDED_FOR)
    disclosing = Disclosing(world.told, state.id, world.now, known=known)
    result = joint_result(
        asked,
        world.forms,
        world.organisations,
        world.now,
        disclosing,
        model=plan.model,
        partners=plan.partners,
        purpose=plan.purpose,
    )
    post = Reply(tuple(result_blocks(result, asked, kb, state.id)))
    return LiveDecision(
        replace(ended, result=result), words.ENDED_NOTE,
        posts=(post,), ended=True, disclosed=disclosing.record(),
    )  # fmt: skip
