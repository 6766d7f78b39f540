"""What somebody types while a draft is open: an answer to its question, a correction, or something else.

The draft is kept with the person and stays open whatever else they say: what is no part of it goes on to
the other dialogs, and what can only be meant for it but isn't understood is said to be so.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.agreement import DISCARDING, discards
from dialogs.core.alone import read_as
from dialogs.core.commands import DraftAct, encode
from dialogs.core.commands.row import normal
from dialogs.core.effects import Forget, KeepWork
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Draft
from dialogs.core.replies import Choice, Choices, Text
from dialogs.core.slips import mended
from dialogs.core.text import clean, literal, without_courtesies
from dialogs.core.text import words as words_of
from dialogs.questions.ask import pending
from dialogs.reminders.draft_acts import act
from dialogs.reminders.draft_changes import never, swap, taken, worded_anew
from dialogs.reminders.draft_remarks import remarked
from dialogs.reminders.drafting import may_make
from dialogs.reminders.drafting_audience import names
from dialogs.reminders.offered_when import chosen
from dialogs.wording import drafts as words

_ANYWHERE = {
    "start": "start", "start it": "start", "save": "start", "save it": "start", "start the reminder": "start",
    "start the pulse": "start", "cancel": "cancel", "cancel it": "cancel", "put it away": "cancel",
    "drop it": "cancel", "change": "change", "change it": "change", "fill in": "change",
    "fill in a form": "change", "make it named": "named", "named answers": "named",
    "make it anonymous": "anonymous", "anonymous answers": "anonymous", "show it": "show",
    "show the draft": "show",
}  # fmt: skip
_HERE = {
    "yes": "start", "yes start": "start", "go": "start", "go ahead": "start", "ok start": "start",
    "send it": "start", "send": "start", "send this": "start", "send that": "start", "send it off": "start",
    "send it out": "start", "do it": "start", "named": "named", "with names": "named",
    "without names": "anonymous", "not anonymous": "named", "anonymous": "anonymous",
}  # fmt: skip
"""Words that mean the draft only while it is what was shown last."""
_ITSELF = {
    kind: re.compile(rf"\b(?:the|this|that|my|our) (?:{label.lower()}|draft)\b", re.IGNORECASE)
    for kind, label in words.KINDS.items()
}
"""How a draft is named while it is what was shown last: "cancel the reminder", "start my pulse"."""
_NAMED = re.compile(r"\b(?:the|this|that|my|our) draft\b")
"""How it is named whatever was shown last."""
_AGREED = re.compile(r"^(?:(?:yes|yep|yeah|ok|okay|great|good|right|please|then|now) )+")
"""What may stand before words that start it."""
_ABOUT_WHEN = ("when", "day", "time")
_ENOUGH = {"no", "nobody", "nobody else", "no one else", "thats all", "only these", "just these", "leave it"}


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does to the speaker's open draft as one of its buttons would; None for anything else."""
    done, draft = _done(state, said, world), _mine(world)
    if done:
        return act(state, done, world, pressed=False)
    if draft is not None and state.doing == draft.id and _addressed(said):
        swapped = swap(state, draft, clean(said.exact) or clean(said.text), said.named, world)
        return swapped or _remarked(state, said, world)
    return None


def _remarked(state: State, said: Utterance, world: World) -> Decision | None:
    """What is said of the draft that was shown last, without a change to it; None for anything else."""
    draft, plain = _mine(world), normal(clean(said.text))
    starts = _HERE.get(plain) == "start" and plain not in ("yes", "do it")
    return (
        None if draft is None or pending(state) else remarked(state, draft, plain, starts=starts, world=world)
    )


def buttons_for(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """What ``said`` does here (``typed``), as a button."""
    done, draft = _done(state, said, world), _mine(world)
    if done is None or draft is None:
        return ()
    label = f"{words.KINDS[draft.kind]}: {clean(said.text)}"
    return (Choice(words.PUT_IT_AWAY if done.act == "cancel" else label, encode(done)),)


def asked(state: State, said: Utterance, world: World) -> float:
    """When the draft was shown, where it was shown last; "stop" is on none of its buttons."""
    draft, stops = _mine(world), clean(said.text).casefold().startswith("stop")
    return state.since if draft is not None and state.doing == draft.id and not stops else 0.0


def text(state: State, said: Utterance, world: World) -> Decision | None:
    """``said`` as the text that was asked for last: nearly anything may be that, such as "buy-in"."""
    draft = _mine(world)
    if draft is None or not _addressed(said) or draft.asked != "what" or state.doing != draft.id:
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    return worded_anew(state, draft, said, world)


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """``said``, which is no command, as an answer or a correction; None where it may be a question, or, where
    we aren't addressed, where it changes nothing and rules nothing out: then it may be meant for others."""
    draft, typed = _mine(world), clean(said.exact) or clean(said.text)
    if draft is None or not _for_draft(state, draft, said):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    itself = _ITSELF[draft.kind].sub("it", typed)
    button = _button(replace(state, doing=draft.id), draft, itself) if itself != typed else ""
    if button and _stands_here(state, draft):
        return act(state, DraftAct(button, draft.id), world, pressed=False)  # type: ignore[arg-type]
    slipped = _mended(state, draft, said, world)
    decision = slipped or taken(state, draft, itself, said.named, world)
    ours = said.addressed or never(typed) or (decision and _changes(decision, draft))
    return decision if ours else None


def _mended(state: State, draft: Draft, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does as one of the draft's buttons would once its slips are mended, and that it was."""
    meant = mended(words_of(clean(said.text)), _KNOWN)
    done = _done(state, replace(said, text=meant), world) if meant else None
    return read_as(meant, act(state, done, world, pressed=False)) if done else None


def still_here(state: State, decision: Decision, world: World) -> Decision:
    """``decision``, with a word on the draft that was shown before, where it is about something else.

    Where it answers nothing, as to "never mind" or "bryn too", also on one further up: it may be meant.
    """
    draft = _mine(world)
    if draft is None or not decision.replies:
        return decision
    if state.doing != draft.id and not (_stands_here(state, draft) and _answers_nothing(decision)):
        return decision
    own = draft.to_self(world.speaker.id)
    if not may_make(draft, world) or (own and world.place.kind != "direct"):
        return decision
    kept = any(isinstance(effect, KeepWork | Forget) for effect in decision.effects)
    if kept or decision.state.doing not in ("", draft.id) or _shows(decision, draft):
        return decision
    said = words.STILL_HERE_TO if draft.targets and not own else words.STILL_HERE
    how = words.IF_TEXT if draft.asked == "what" else ""
    kind = words.KINDS[draft.kind].lower()
    notice = Text(said.format(kind=kind, whom=literal(names(draft.targets, world))) + how)
    show = Choices((Choice(words.SHOW_IT, encode(DraftAct("show", draft.id))),))
    *before, last = decision.replies
    return replace(decision, replies=(*before, replace(last, blocks=(*last.blocks, notice, show))))


_KNOWN = frozenset(word for ways in (_ANYWHERE, _HERE) for way in ways for word in way.split()) | DISCARDING


def _mine(world: World) -> Draft | None:
    """The speaker's draft."""
    return world.work.draft if world.remembers else None


def _addressed(said: Utterance) -> bool:
    return said.addressed and not said.pressed and bool(words_of(clean(said.text)))


def _for_draft(state: State, draft: Draft, said: Utterance) -> bool:
    """Whether ``said`` may be meant for it: where its buttons stand, its maker needn't mention us."""
    return _addressed(replace(said, addressed=said.addressed or _stands_here(state, draft)))


def _stands_here(state: State, draft: Draft) -> bool:
    return any(draft.id in shown.says for shown in state.offered)


def _answers_nothing(decision: Decision) -> bool:
    """Whether it is a sentence alone, with nothing to press and nothing done, or no lesson was found."""
    asked = [reply.asked.band for reply in decision.replies if reply.asked]
    if asked:
        return "answer" not in asked
    (first, *rest), done = decision.replies, decision.effects or decision.jobs or decision.press
    return not (rest or done) and all(isinstance(block, Text) for block in first.blocks)


def _changes(decision: Decision, draft: Draft) -> bool:
    """Whether the draft holds anything else now."""
    kept = (effect.work.draft for effect in decision.effects if isinstance(effect, KeepWork))
    return any(each is None or replace(each, asked=draft.asked) != draft for each in kept)


def _done(state: State, said: Utterance, world: World) -> DraftAct | None:
    """What a word or two that stand for a button of the draft do; None for anything else."""
    draft = _mine(world)
    asked = draft is not None and draft.asked in _ABOUT_WHEN and state.doing == draft.id
    if (
        draft
        and asked
        and _for_draft(state, draft, said)
        and (answer := chosen(state, draft, clean(said.text)))
    ):
        return answer
    button = _button(state, draft, clean(said.text)) if draft and _for_draft(state, draft, said) else ""
    return DraftAct(button, draft.id) if draft and button else None  # type: ignore[arg-type]


def _shows(decision: Decision, draft: Draft) -> bool:
    return decision.form is not None or any(
        draft.id in choice.says
        for reply in decision.replies
        for block in reply.blocks
        if isinstance(block, Choices)
        for choice in block.options
    )


def _button(state: State, draft: Draft, said: str) -> str:
    """The button of the draft that a word or two stand for; "" for anything else."""
    here, plain = state.doing == draft.id, normal(without_courtesies(said))
    itself = (_ITSELF[draft.kind] if here else _NAMED).sub("it", plain)
    if draft.asked == "audience" and draft.targets and itself in _ENOUGH and here:
        return "keep"
    shown_last = here and not pending(state)
    if (shown_last or itself != plain) and discards(itself):
        return "cancel"
    plain = itself if here else plain
    done = _ANYWHERE.get(plain, "")
    if shown_last:
        bare = _AGREED.sub("", plain)
        led = "start" if "start" in (_ANYWHERE.get(bare), _HERE.get(bare)) else ""
        done = done or _HERE.get(plain, "") or led
    return "" if draft.asked and done == "start" and plain not in _ANYWHERE else done
