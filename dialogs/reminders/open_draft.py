"""What somebody types while a draft is open: an answer to its question, a correction, or something else.

The draft is kept with the person and stays open whatever else they say: what is no part of it goes on to
the other dialogs, and what can only be meant for it but isn't understood is said to be so.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.acts import meant_by
from dialogs.core.agreement import DISCARDING, discards
from dialogs.core.alone import pending, read_as
from dialogs.core.commands import DraftAct, Show, encode
from dialogs.core.commands.naming import bare
from dialogs.core.effects import KeepWork
from dialogs.core.events import Utterance
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Draft
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.slips import mended
from dialogs.core.text import clean, is_question, literal, normal, without_courtesies
from dialogs.core.text import words as words_of
from dialogs.manners import FILLERS, LINKS, TAIL, YES_OR_NO, before
from dialogs.reminders.answering_when import changed_when, without_left_out
from dialogs.reminders.audience_changes import also_named
from dialogs.reminders.draft_acts import act, show
from dialogs.reminders.draft_changes import changes_told, never, swap, taken, worded_anew
from dialogs.reminders.draft_in_view import (
    addressed,
    further_up,
    meant_for,
    mine,
    overtaken,
    shown_last,
    stands_here,
)
from dialogs.reminders.draft_remarks import called_to, of_a_draft, of_anything, remarked
from dialogs.reminders.drafting import alone, shown
from dialogs.reminders.drafting_when import tells_when
from dialogs.reminders.offered_when import chosen
from dialogs.reminders.series_changes import beside, changed_by
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
    "named": "named", "with names": "named", "without names": "anonymous", "not anonymous": "named",
    "anonymous": "anonymous",
}  # fmt: skip
"""Words that mean the draft only while it is what was shown last; those that start it too (``_STARTS``)."""
_STARTS = re.compile(
    rf"{before(FILLERS, LINKS, YES_OR_NO, 'yea|ye|yh|y|k|kk|aye|fine|sure|lets')}"
    r"(?:(?:start|save|go|send)(?: (?:it|this|that|ahead|for it))?(?: (?:off|out))?|do it|proceed|yes|go on|"
    r"(?:set|get) (?:it|this|that) (?:going|sent|started|off|out)|kick (?:it|this|that) off|"
    r"off (?:it|you|we) go(?:es)?|(?:yes|yep|yeah|yup) thats (?:it|right|the one))"
    rf"(?: then)*{TAIL}"
)
_ITSELF = {
    kind: re.compile(rf"\b(?:the|this|that|my|our|your) (?:{label.lower()}|draft)\b", re.IGNORECASE)
    for kind, label in words.KINDS.items()
}
"""How a draft is named while nothing newer of its kind was spoken of: "cancel the reminder"."""
_NAMED = re.compile(r"\b(?:the|this|that|my|our) draft\b")
"""How it is named whatever was shown last."""
_IT = re.compile(r"\bit\b", re.IGNORECASE)
_ABOUT_WHEN = ("when", "day", "time")
_ENOUGH = {"no", "nobody", "nobody else", "no one else", "thats all", "only these", "just these", "leave it"}


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does to the speaker's open draft as one of its buttons would; None for anything else."""
    done, draft = _done(state, said, world), mine(world)
    if done:
        return act(state, done, world, pressed=False)
    if draft is None or not addressed(said):
        return None
    plain, also = normal(clean(said.text)), also_named(clean(said.exact) or clean(said.text))
    adds = changed_itself(state, said, world, f"add {also}") if also and _is_nobodys(also, world) else None
    if shown_last(state, draft, world):
        swapped = swap(state, draft, clean(said.exact) or clean(said.text), said.named, world)
        return swapped or (None if pending(state) else _remarked(state, draft, plain, world)) or adds
    if adds or not further_up(state, draft, world):
        return adds
    itself = _ITSELF[draft.kind].sub("it", plain)
    if itself != plain or of_a_draft(plain):
        return show(state, world) if itself == "it" else _remarked(state, draft, itself, world)
    return _perhaps(state, draft, said, world)


def _remarked(state: State, draft: Draft, plain: str, world: World) -> Decision | None:
    """What is said of ``draft`` without a change to it; None for anything else."""
    starts = _starts(plain) and plain not in ("yes", "do it")
    return remarked(state, draft, plain, starts=starts, world=world)


def _perhaps(state: State, draft: Draft, said: Utterance, world: World) -> Decision | None:
    """Asks whether the draft or the lesson since is meant, where the words would do for both."""
    plain = normal(clean(said.text))
    of_it = of_anything(plain) or (_starts(plain) and not plain.endswith("go on"))  # that is more of a lesson
    if not of_it:
        return None
    starts = not draft.asked and _starts(plain)
    asked = (words.START_THIS if starts else words.OF_THIS).format(kind=called_to(draft, world))
    label = words.SAVE if draft.changes else words.START
    ways = [Choice(label, encode(DraftAct("start", draft.id)), primary=True)] if starts else []
    ways.append(Choice(words.SHOW_IT, encode(DraftAct("show", draft.id))))
    if lesson := world.knowledge.lessons.get(state.lesson or ""):
        asked = f"{asked} {words.OR_LESSON.format(lesson=literal(lesson.title))}"
        ways.append(Choice(lesson.title, encode(Show(lesson.id))))
    return alone(draft, Decision(state, (Reply((Text(asked), Choices(tuple(ways)))),)), world)


def buttons_for(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """What ``said`` does here (``typed``), as a button."""
    done, draft = _done(state, said, world), mine(world)
    if draft is None:
        return ()
    typed = clean(said.text)
    if done is None:
        done = DraftAct("when", draft.id, name=typed) if changed_when(draft, typed, world) else None
    if done is None:
        done, typed = DraftAct("show", draft.id), words.SHOW_IT
    label = f"{words.KINDS[draft.kind]}: {typed}"
    return (Choice(words.PUT_IT_AWAY if done.act == "cancel" else label, encode(done)),)


def asked(state: State, said: Utterance, world: World) -> float:
    """When the draft was shown, where it was shown last; "stop" is on none of its buttons."""
    draft, stops = mine(world), clean(said.text).casefold().startswith("stop")
    return state.since if draft is not None and shown_last(state, draft, world) and not stops else 0.0


def text(state: State, said: Utterance, world: World) -> Decision | None:
    """``said`` as the text that was asked for last: nearly anything may be that, such as "buy-in"."""
    draft = mine(world)
    if draft is None or not addressed(said) or draft.asked != "what" or state.doing != draft.id:
        return None
    if overtaken(state, draft, world) and is_question(said.text):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    return worded_anew(state, draft, said, world)


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """``said``, which is no command, as an answer or a correction; None where it may be a question, or, where
    we aren't addressed, where it changes nothing and rules nothing out: then it may be meant for others."""
    draft, typed = mine(world), clean(said.exact) or clean(said.text)
    if draft is None or not meant_for(state, draft, said):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    itself = _ITSELF[draft.kind].sub("it", typed)
    button = _button(state, draft, itself, here=True) if itself != typed else ""
    if button and stands_here(state, draft):
        return act(state, DraftAct(button, draft.id), world, pressed=False)  # type: ignore[arg-type]
    named = changed_itself(state, said, world) if itself != typed else None
    decision = named or _mended(state, draft, said, world) or taken(state, draft, itself, said.named, world)
    changes = decision is not None and _changes(decision, draft)
    # What it doesn't understand may be meant for what was sent here since.
    ours = (said.addressed or never(typed)) and not overtaken(state, draft, world)
    return decision if ours or changes else None


def changed_itself(state: State, said: Utterance, world: World, meant: str = "") -> Decision | None:
    """The draft as ``said`` changes it, where that calls it the reminder, or "it" while it was shown last.

    ``meant``: the change that it says without any of these."""
    draft, typed = mine(world), clean(said.exact) or clean(said.text)
    if draft is None or not meant_for(state, draft, said):
        return None
    last = shown_last(state, draft, world)
    itself = _ITSELF[draft.kind].sub("it", typed)
    of_it = meant or itself != typed or (last and _IT.search(typed))
    if not of_it or not (last or further_up(state, draft, world)):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    change = changed_by(draft, meant or bare(itself), said.named, world)
    if change is None:
        return None
    told = " ".join(filter(None, (changes_told(draft, change.draft, world), change.note)))
    lost = kept(typed, said.named) if change.problem and change.draft == draft else ""
    after = change.draft if change.problem else without_left_out(change.draft, typed, world)
    decision = shown(state, after, world, problem=change.problem, before=told, left_out=lost)
    return beside(decision, change.unused)


def _mended(state: State, draft: Draft, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does as one of the draft's buttons would once its slips are mended, and that it was."""
    meant = mended(words_of(clean(said.text)), _KNOWN)
    done = _done(state, replace(said, text=meant), world) if meant else None
    return read_as(meant, act(state, done, world, pressed=False)) if done else None


_KNOWN = frozenset(word for ways in (_ANYWHERE, _HERE) for way in ways for word in way.split())
_KNOWN |= DISCARDING | {"yes", "go", "ahead", "send", "off", "out", "do"}


def _is_nobodys(name: str, world: World) -> bool:
    """Whether ``name`` may be somebody's: it is no day and no subject of the lessons."""
    aspect = meant_by(f"{name} too").act not in ("", "about")
    return not (aspect or tells_when(name, world) or world.knowledge.match(name).band == "answer")


def _starts(plain: str) -> bool:
    """Whether ``plain`` says to start what was shown last."""
    return _STARTS.fullmatch(plain) is not None


def _changes(decision: Decision, draft: Draft) -> bool:
    """Whether the draft holds anything else now."""
    drafts = (effect.work.draft for effect in decision.effects if isinstance(effect, KeepWork))
    return any(
        each is None or replace(each, asked=draft.asked, left_out=draft.left_out) != draft for each in drafts
    )


def _done(state: State, said: Utterance, world: World) -> DraftAct | None:
    """What a word or two that stand for a button of the draft do; None for anything else."""
    draft = mine(world)
    if draft is None or not meant_for(state, draft, said):
        return None
    here, above = shown_last(state, draft, world), further_up(state, draft, world)
    answer = chosen(state, draft, clean(said.text)) if here and draft.asked in _ABOUT_WHEN else None
    if answer:
        return answer
    button = _button(state, draft, clean(said.text), here=here, above=above)
    return DraftAct(button, draft.id) if button else None  # type: ignore[arg-type]


def _button(state: State, draft: Draft, said: str, *, here: bool, above: bool = False) -> str:
    """The button of the draft that a word or two stand for; "" for anything else."""
    plain = normal(without_courtesies(said))
    itself = (_ITSELF[draft.kind] if here or above else _NAMED).sub("it", plain)
    if draft.asked == "audience" and draft.targets and itself in _ENOUGH and here:
        return "keep"
    named = itself != plain
    is_last = here and not pending(state)
    if (is_last or named) and discards(itself):
        return "cancel"
    done = _ANYWHERE.get(itself if here or named else plain, "")
    if is_last or (named and above):
        done = done or _HERE.get(itself, "") or ("start" if _starts(itself) else "")
    return "" if draft.asked and done == "start" and itself not in _ANYWHERE else done
