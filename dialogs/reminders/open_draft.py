"""What an advisor types while a draft is open: an answer to its question, a correction, or something else.

The draft is kept with the person and stays open whatever else they say: what is no part of it goes on to
the other dialogs, and what can only be meant for it but isn't understood is said to be so.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.alone import read_as
from dialogs.core.commands import DraftAct, encode
from dialogs.core.commands.table import normal
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, Forget, KeepWork, Mention, State, Utterance, World
from dialogs.core.reminder_model import Draft, Target
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.router import permitted
from dialogs.core.slips import mended
from dialogs.core.text import clean, is_question, literal
from dialogs.core.text import words as words_of
from dialogs.questions.ask import pending
from dialogs.recurrence.describe import in_words
from dialogs.recurrence.making import Question
from dialogs.recurrence.words import NOTHING_SAID
from dialogs.reminders.drafting import act, shown
from dialogs.reminders.drafting_audience import FoundAudience, find, names
from dialogs.reminders.drafting_cards import OpenQuestion, buttons, open_question, wrong_when
from dialogs.reminders.drafting_when import Read, answered, corrected, tells_when
from dialogs.reminders.drafting_worded import answer, length, longest, tidy, too_long, worded
from dialogs.wording import drafts as words
from dialogs.wording import reminders as reminder_words

_ANYWHERE = {
    "start": "start", "start it": "start", "save": "start", "save it": "start", "start the reminder": "start",
    "start the pulse": "start", "cancel": "cancel", "cancel it": "cancel", "put it away": "cancel",
    "change": "change", "change it": "change", "fill in": "change", "fill in a form": "change",
    "make it named": "named", "named answers": "named", "make it anonymous": "anonymous",
    "anonymous answers": "anonymous", "put the draft away": "cancel", "show it": "show",
    "show the draft": "show", "delete the draft": "cancel", "scrap the draft": "cancel",
    "bin the draft": "cancel", "discard the draft": "cancel",
}  # fmt: skip
_HERE = {
    "yes": "start", "yes start": "start", "go": "start", "go ahead": "start", "ok start": "start",
    "stop": "cancel", "never mind": "cancel", "nevermind": "cancel", "named": "named",
    "not anonymous": "named", "anonymous": "anonymous", "delete it": "cancel", "delete": "cancel",
    "delete that": "cancel", "delete this": "cancel", "scrap it": "cancel", "scrap that": "cancel",
    "scrap this": "cancel", "bin it": "cancel", "discard it": "cancel", "forget it": "cancel",
    "forget that": "cancel",
}  # fmt: skip
"""Words that mean the draft only while it is what was shown last."""
_AGREED = re.compile(r"^(?:(?:yes|yep|yeah|ok|okay|great|good|right|please|then|now) )+")
_REFUSED = re.compile(r"^(?:(?:no|nah|nope|oh|ok|okay|actually|sorry|please|just) )+")
"""What may stand before words that start it, and that put it away."""
_GOOD = re.compile(
    r"(?:(?:yes|yep|ok|great|good|thanks|thats|that|this|it|all) )*(?:look(?:s|ing)? (?:good|great|right|"
    r"fine|ok|perfect|lovely|spot on)|perfect|lgtm|(?:is )?(?:fine|spot on|correct|right))"
    r"(?: (?:to me|thanks|now))*"
)
"""Praise of the draft that was shown last: not yet a word to start it."""
_WHOM = re.compile(
    r"(?:so )?(?:who|whom)(?:s| is| are| will| does| do| would)? (?:it |this |that |they |you )*(?:gets?|"
    r"getting|receives?|receiving|going|go|goes|sent|be|for|to)(?: (?:sent|it|this|that|to|get it|for|get))*"
)
_AFRESH = {"start over", "start afresh", "start from scratch", "begin again", "lets start over"}
_ENOUGH = {"no", "nobody", "nobody else", "no one else", "thats all", "only these", "just these", "leave it"}
_TO = re.compile(
    r"(?:(?:make|do|send|set|change) (?:it|that|this) |no,? |actually,? )*"
    r"(?:(?P<more>also|and|add|plus)(?P<link> to| for)?|to|for|with) (?P<who>\S.*?)"
    r"(?P<too> too| as well)?(?: instead)?",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"(?:(?:it|they) should (?:say|ask)|(?:make|let|have) it (?:say|ask)|say|ask|(?:the )?(?:text|question)"
    r"(?: is)?)[: ]+(?P<what>\S.*)",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"(?:(?:and|but|or|no|not|please|actually|also|only|just)\b[, ]*)*"
    r"(?:make|change|move|set|put|send|until|till|except|without|skip|only if|unless|every|each|starting|"
    r"in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|on (?:mon|tue|wed|thu|fri|sat|sun)|at \d|"
    r"to [@#]|add [@#]|remove|drop|weekly|daily|monthly|fortnightly|hourly|earlier|later)",
    re.IGNORECASE,
)
"""How corrections begin, also such as we don't understand."""
_NUMBER = re.compile(r"\d{1,2}(?:[.:]\d\d)?")
_LONG = 3
"""Words from which on an answer may be a question of its own."""


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does to the speaker's open draft as one of its buttons would; None for anything else."""
    done = _done(state, said, world)
    return act(state, done, world, pressed=False) if done else _remarked(state, said, world)


def _remarked(state: State, said: Utterance, world: World) -> Decision | None:
    """What is said of the draft that was shown last, without a change to it; None for anything else."""
    draft, plain = _mine(world), normal(clean(said.text))
    if draft is None or not _for_draft(said) or state.doing != draft.id or pending(state):
        return None
    put_away = Choice(words.PUT_IT_AWAY, encode(DraftAct("cancel", draft.id)))
    show = Choice(words.SHOW_IT, encode(DraftAct("show", draft.id)))
    if plain in _AFRESH:
        return Decision(state, (Reply((Text(words.AFRESH), Choices((put_away, show)))),))
    if draft.targets and _WHOM.fullmatch(plain):
        whom = Text(words.GOES_TO.format(whom=literal(names(draft.targets, world))))
        return Decision(state, (Reply((whom, Choices((show,)))),))
    if draft.asked or not _GOOD.fullmatch(plain):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    return shown(state, draft, world, before=words.THEN_START)


def buttons_for(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """What ``said`` does here (``typed``), as a button."""
    done, draft = _done(state, said, world), _mine(world)
    if done is None or draft is None:
        return ()
    label = f"{words.KINDS[draft.kind]}: {clean(said.text)}"
    return (Choice(reminder_words.STOP_DRAFT if done.act == "cancel" else label, encode(done)),)


def asked(state: State, said: Utterance, world: World) -> float:
    """When the draft was shown, where it was shown last; "stop" is on none of its buttons."""
    draft, stops = _mine(world), clean(said.text).casefold().startswith("stop")
    return state.since if draft is not None and state.doing == draft.id and not stops else 0.0


def text(state: State, said: Utterance, world: World) -> Decision | None:
    """``said`` as the text that was asked for last: nearly anything may be that, such as "buy-in"."""
    draft = _mine(world)
    if draft is None or not _for_draft(said) or draft.asked != "what" or state.doing != draft.id:
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    return _text(state, draft, said, world)


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """``said``, which is no command, as an answer or a correction; None where it may be a question."""
    draft, typed = _mine(world), clean(said.exact) or clean(said.text)
    if draft is None or not _for_draft(said):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    slipped = _mended(state, draft, said, world)
    return slipped or _taken(state, draft, typed, said.named, world)


def _mended(state: State, draft: Draft, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does as one of the draft's buttons would once its slips are mended, and that it was."""
    meant = mended(words_of(clean(said.text)), _KNOWN)
    done = _done(state, replace(said, text=meant), world) if meant else None
    return read_as(meant, act(state, done, world, pressed=False)) if done else None


def still_here(state: State, decision: Decision, world: World) -> Decision:
    """``decision``, with a word on the draft that was shown before, where it is about something else."""
    draft = _mine(world)
    if draft is None or state.doing != draft.id or not decision.replies:
        return decision
    if not permitted(DraftAct("show", draft.id), world):
        return decision
    kept = any(isinstance(effect, KeepWork | Forget) for effect in decision.effects)
    if kept or decision.state.doing not in ("", draft.id) or _shows(decision, draft):
        return decision
    said = words.STILL_HERE_TO if draft.targets else words.STILL_HERE
    whom = literal(names(draft.targets, world))
    how = words.IF_TEXT if draft.asked == "what" else ""
    notice = Text(said.format(kind=words.KINDS[draft.kind].lower(), whom=whom) + how)
    show = Choices((Choice(words.SHOW_IT, encode(DraftAct("show", draft.id))),))
    *before, last = decision.replies
    return replace(decision, replies=(*before, replace(last, blocks=(*last.blocks, notice, show))))


_KNOWN = frozenset(word for ways in (_ANYWHERE, _HERE) for way in ways for word in way.split())


def _mine(world: World) -> Draft | None:
    """The speaker's draft."""
    return world.work.draft if world.remembers else None


def _for_draft(said: Utterance) -> bool:
    return said.addressed and not said.pressed and bool(words_of(clean(said.text)))


def _done(state: State, said: Utterance, world: World) -> DraftAct | None:
    """What a word or two that stand for a button of the draft do; None for anything else."""
    draft = _mine(world)
    button = _button(state, draft, clean(said.text)) if draft and _for_draft(said) else ""
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
    plain = normal(said)
    if draft.asked == "audience" and draft.targets and plain in _ENOUGH and state.doing == draft.id:
        return "keep"
    done = _ANYWHERE.get(plain, "")
    if state.doing == draft.id and not pending(state):
        leads = ((_AGREED.sub("", plain), "start"), (_REFUSED.sub("", plain), "cancel"))
        led = (act for bare, act in leads if act in (_ANYWHERE.get(bare), _HERE.get(bare)))
        done = done or _HERE.get(plain, "") or next(led, "")
    return "" if draft.asked and done == "start" and plain not in _ANYWHERE else done


def _text(state: State, draft: Draft, said: Utterance, world: World) -> Decision | None:
    """The text that was asked for: nearly anything may be that."""
    typed = said.exact or said.text
    told = _SAY.fullmatch(clean(typed))
    if told:
        return _say(state, draft, told["what"], said.named, world)
    # A pulse is itself a question; a reminder's text that has an answer in the deck is one to us.
    if draft.kind == "remind" and is_question(typed) and world.knowledge.match(said.text).band == "answer":
        return None
    if draft.schedule is None and tells_when(typed, world):
        return _when(state, draft, typed, said.named, world)
    return _say(state, draft, typed, said.named, world)


def _taken(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    """``said`` as an answer or a correction; where it is none, and no question, that it isn't understood."""
    last_shown = state.doing == draft.id
    if draft.asked and draft.asked != "what" and last_shown:
        of_asked = _audience(state, draft, said, named, world) if draft.asked == "audience" else None
        return of_asked or (_when(state, draft, said, named, world) if draft.asked != "audience" else None)
    corrected = _correction(state, draft, said, named, world)
    if corrected is not None:
        return corrected
    if _of_its_own(said, world) or not (last_shown or _LOOKS.match(said)):
        return None
    asking = open_question(draft, world)
    blocks = (Text(words.NOT_UNDERSTOOD), Choices(buttons(draft, asking, world)))
    return Decision(replace(state, doing=draft.id), (Reply(blocks),))


def changed_when(draft: Draft, said: str, world: World) -> Read | None:
    """The draft's when with what ``said`` changes in it; None where it changes nothing that we know of.

    The only way from a correction to the reading of dates.
    """
    if draft.schedule is None:
        return answered(draft, said, world)
    found = corrected(draft.schedule, said, world)
    number = _NUMBER.search(said)
    if (found is None or not found.good) and number and not tells_when(said, world):
        # "Make it 10": of a thing that has a time already, a bare number is one.
        timed = corrected(draft.schedule, f"{said[: number.start()]}at {said[number.start() :]}", world)
        found = timed if timed and timed.good else found
    return found


def _audience(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    found = find(said, named, world)
    if not found.targets:
        about_when = answered(draft, said, world)
        if about_when and about_when.good:
            return _timed(state, draft, about_when, named, world)
        if _of_its_own(said, world):
            return None
    return _whom(state, draft, draft.targets, found, world)


def _whom(
    state: State, draft: Draft, before: tuple[Target, ...], found: FoundAudience, world: World
) -> Decision:
    """The draft for ``before`` and those found."""
    everybody = (*before, *found.targets)
    unique = {(target.kind, target.id): target for target in everybody}
    problem = OpenQuestion("audience", found.problem, problem=True) if found.problem else None
    changed = replace(draft, targets=tuple(unique.values()), asked="")
    return shown(state, changed, world, problem=problem, before=_changes(draft, changed, world))


def _when(state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> Decision | None:
    found = corrected(draft.schedule, said, world) if draft.schedule else None
    found = found or answered(draft, said, world)
    if (found is None or found.problems) and _of_its_own(said, world):
        return None
    return _timed(state, draft, found or Read("", None, (), (Question("when", NOTHING_SAID),)), named, world)


def _timed(state: State, draft: Draft, found: Read, named: tuple[Mention, ...], world: World) -> Decision:
    """The draft with a new when, or with what was said of it so far."""
    if found.problems:
        return shown(state, draft, world, problem=wrong_when(found.problems))
    changed = replace(draft, when=found.when, schedule=found.schedule)
    what = kept(found.what, named)
    if what and not draft.what and length(what) <= longest(draft.kind):
        changed = worded(changed, what, world)
    return shown(state, changed, world, before=_changes(draft, changed, world))


def _correction(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    asks = is_question(said)
    found = changed_when(draft, said.rstrip(" ?"), world)
    if found and (found.good or not asks):
        return _timed(state, draft, found, named, world)
    to = _TO.fullmatch(said.rstrip(" .!?"))
    if to:
        whom = find(to["who"], named, world)
        names_somebody = not to["more"] or to["link"] or to["who"].startswith(("@", "#"))
        if whom.targets or (names_somebody and not asks and not _of_its_own(said, world)):
            adds = to["more"] or to["too"] or whom.problem
            return _whom(state, draft, draft.targets if adds else (), whom, world)
    says = _SAY.fullmatch(said)
    bare = said.casefold().startswith(("say", "ask"))  # "say, how many partners…?"
    if says and not (bare and asks and draft.kind == "remind"):
        return _say(state, draft, says["what"], named, world)
    return None


def _changes(before: Draft, after: Draft, world: World) -> str:
    """What is different now, as a sentence; "" where something was filled in that was asked for."""
    changed = list[str]()
    if before.schedule and after.schedule and before.schedule != after.schedule:
        known = in_words(before.schedule).split(", ")
        first, *rest = in_words(after.schedule).split(", ")
        when = ", ".join([first[:1].lower() + first[1:], *(part for part in rest if part not in known)])
        changed.append(words.CHANGED_WHEN.format(when=literal(when)))
    if before.targets and after.targets and before.targets != after.targets:
        changed.append(words.CHANGED_WHOM.format(whom=literal(names(after.targets, world))))
    if before.what and before.what != after.what:
        changed.append(words.CHANGED_TEXT)
    return words.CHANGED.format(what="; ".join(changed)) if changed else ""


def _say(state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> Decision:
    what = kept(tidy(answer(said.strip('"“” '), draft.kind)), named)
    if length(what) > longest(draft.kind):
        problem = OpenQuestion("what", too_long(what, draft.kind), problem=True)
        return shown(state, draft, world, problem=problem)
    changed = worded(draft, what, world)
    return shown(state, changed, world, before=_changes(draft, changed, world))


def _of_its_own(said: str, world: World) -> bool:
    """Whether ``said`` is rather a question to the lessons than an answer to ours."""
    return is_question(said) or (len(words_of(said)) > _LONG and world.knowledge.match(said).band == "answer")
