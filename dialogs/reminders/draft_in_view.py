"""Where the speaker's open draft stands in the talk, and the word that it is still there."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.alone import pending, shown_at
from dialogs.core.commands import DraftAct, encode
from dialogs.core.effects import Forget, KeepWork
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Draft
from dialogs.core.replies import Choice, Choices, Text
from dialogs.core.text import clean
from dialogs.core.text import words as words_of
from dialogs.reminders.draft_remarks import called_to
from dialogs.reminders.drafting import may_make
from dialogs.reminders.series_meant import spoken_of
from dialogs.reminders.waiting_otherwise import sent_since
from dialogs.wording import drafts as words


def mine(world: World) -> Draft | None:
    """The speaker's draft."""
    return world.work.draft if world.remembers else None


def addressed(said: Utterance) -> bool:
    return said.addressed and not said.pressed and bool(words_of(clean(said.text)))


def meant_for(state: State, draft: Draft, said: Utterance) -> bool:
    """Whether ``said`` may be meant for it: where its buttons stand, its maker needn't mention us."""
    return addressed(replace(said, addressed=said.addressed or stands_here(state, draft)))


def shown_last(state: State, draft: Draft, world: World) -> bool:
    """Whether it is what was shown last."""
    return state.doing == draft.id and not overtaken(state, draft, world)


def overtaken(state: State, draft: Draft, world: World) -> bool:
    """Whether something was sent here that waits, since it was shown."""
    return sent_since(shown_at(state, draft.id), world)


def further_up(state: State, draft: Draft, world: World) -> bool:
    """Whether it was shown before what was talked of last, which is no series nor anything else open."""
    open_since = state.doing and state.doing != draft.id
    return stands_here(state, draft) and not (open_since or pending(state) or spoken_of(state, world))


def stands_here(state: State, draft: Draft) -> bool:
    return any(draft.id in shown.says for shown in state.offered)


def still_here(state: State, decision: Decision, world: World) -> Decision:
    """``decision``, with a word on the draft that was shown before, where it is about something else.

    Where it answers nothing, as to "never mind" or "bryn too", also on one further up: it may be meant.
    """
    draft = mine(world)
    if draft is None or not decision.replies:
        return decision
    if not (shown_last(state, draft, world) or (stands_here(state, draft) and _answers_nothing(decision))):
        return decision
    own = draft.to_self(world.speaker.id)
    if not may_make(draft, world) or (own and world.place.kind != "direct"):
        return decision
    keeps = any(isinstance(effect, KeepWork | Forget) for effect in decision.effects)
    if keeps or decision.state.doing not in ("", draft.id) or _shows(decision, draft):
        return decision
    said = words.STILL_HERE_TO if draft.targets and not own else words.STILL_HERE
    how = words.IF_TEXT if draft.asked == "what" else ""
    notice = Text(said.format(kind=called_to(draft, world)) + how)
    show = Choices((Choice(words.SHOW_IT, encode(DraftAct("show", draft.id))),))
    *before, last = decision.replies
    return replace(decision, replies=(*before, replace(last, blocks=(*last.blocks, notice, show))))


def _answers_nothing(decision: Decision) -> bool:
    """Whether it is a sentence alone, with nothing to press and nothing done, or no lesson was found."""
    asked = [reply.asked.band for reply in decision.replies if reply.asked]
    if asked:
        return "answer" not in asked
    (first, *rest), done = decision.replies, decision.effects or decision.jobs or decision.press
    return not (rest or done) and all(isinstance(block, Text) for block in first.blocks)


def _shows(decision: Decision, draft: Draft) -> bool:
    return decision.form is not None or any(
        draft.id in choice.says
        for reply in decision.replies
        for block in reply.blocks
        if isinstance(block, Choices)
        for choice in block.options
    )
