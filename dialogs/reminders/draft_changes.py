"""An answer to what an open draft asks, or a correction to it: its text, its audience, its dates."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.effects import KeepWork
from dialogs.core.events import Mention, Utterance
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Draft, Target
from dialogs.core.replies import Choices, Reply, Text
from dialogs.core.text import clean, is_question, literal, word_set
from dialogs.core.text import words as words_of
from dialogs.manners import FILLERS, LINKS, YES_OR_NO, before
from dialogs.questions.blocks import ask_advisor
from dialogs.recurrence.describe import in_words
from dialogs.reminders.answering_when import (
    answered,
    asked_with,
    asks_back,
    changed_when,
    without_left_out,
)
from dialogs.reminders.audience_changes import TO, AudienceChange, audience_changed, may_swap, swapped
from dialogs.reminders.drafting import alone, shown
from dialogs.reminders.drafting_audience import FoundAudience, find, names
from dialogs.reminders.drafting_cards import OpenQuestion, buttons, first_date, open_question, wrong_when
from dialogs.reminders.drafting_when import BARE_TIME, Read, corrected, read, retimed, tells_when
from dialogs.reminders.drafting_worded import (
    announced,
    announces,
    answer,
    in_part,
    length,
    longest,
    tidy,
    too_long,
    unquoted,
    worded,
)
from dialogs.reminders.quiz_asks import changed
from dialogs.wording import drafts as words

_TEXT = re.compile(r"to (?!(?:the|our|my|all|every\w*)\b)[^\W\d]", re.IGNORECASE)
"""How the text of a reminder may begin that has none yet: "to ring the leader"."""
_GROUP = re.compile(r"\b(?:list|group|team|channel)$", re.IGNORECASE)
"""How the name of an audience ends."""
_LOOKS = re.compile(
    rf"{before(FILLERS, LINKS, YES_OR_NO, 'or|not|only')}"
    r"(?:make|change|move|set|put|send|until|till|except|without|skip|only if|unless|every|each|starting|"
    r"in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|on (?:mon|tue|wed|thu|fri|sat|sun)|at \d|"
    r"to [@#]|add|include|remove|drop|leave out|take out|rename|reword|call it|weekly|daily|monthly|"
    r"fortnightly|hourly|earlier|later)",
    re.IGNORECASE,
)
"""How corrections begin, also such as we don't understand."""
_NOT_THEN = re.compile(
    rf"{before(FILLERS, LINKS, YES_OR_NO, 'only')}not (?:over|at(?! all)|during|before|after|until|"
    r"till|when|while)\b",
    re.IGNORECASE,
)
"""How it is said when it is not to go, of any time: no lesson is asked after so."""
_THIS = word_set("it this that one ones them these those reminder pulse draft send sent")
_LONG = 3
"""Words from which on an answer may be a question of its own."""


def worded_anew(state: State, draft: Draft, said: Utterance, world: World) -> Decision | None:
    """The text that was asked for: nearly anything may be that."""
    typed = said.exact or said.text
    audience = _audience_changed(state, draft, clean(typed), said.named, world)
    if audience is not None:
        return audience
    text = announced(clean(typed), draft.kind)
    if draft.kind == "quiz" and tells_when(typed, world):
        return _when(state, draft, typed, said.named, world)
    if text:
        return _say(state, draft, text, said.named, world)
    # A pulse is itself a question; a reminder's text that has an answer in the deck is one to us.
    if draft.kind == "remind" and is_question(typed) and world.knowledge.match(said.text).band == "answer":
        return None
    changes = retimed(draft.schedule, clean(typed), world) if draft.schedule else None
    if changes is not None:
        return _timed(state, draft, changes, typed, said.named, world)
    bare = BARE_TIME.fullmatch(clean(typed)) is not None
    if bare or (draft.schedule is None and tells_when(typed, world)):
        return _when(state, draft, typed, said.named, world)
    return _say(state, draft, typed, said.named, world)


def swap(state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> Decision | None:
    """The draft with one it goes to in the place of another, of whom both are known; None for other words."""
    if not may_swap(said):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    changed = swapped(draft, said, named, world)
    return None if changed is None or changed.problem or changed.note else _to(state, draft, changed, world)


def taken(state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> Decision | None:
    """``said`` as an answer or a correction; where it is none, and no question, that it isn't understood."""
    last_shown = state.doing == draft.id
    if draft.kind == "quiz" and (asked := changed(draft, said, world.knowledge)):
        anew, notes = asked
        return shown(
            state, anew, world, before=" ".join(filter(None, (changes_told(draft, anew, world), notes)))
        )
    whom = _audience_changed(state, draft, said, named, world)
    if whom is not None:
        return whom
    # What is all about when changes when, though the text may hold the same words.
    of_when = draft.schedule is not None and retimed(draft.schedule, said, world) is not None
    part = None if of_when else in_part(draft, said)
    if part is not None:
        return _say(state, draft, part, named, world)
    lacks_text = not draft.what and bool(draft.targets) and draft.asked != "audience"
    if last_shown and lacks_text and _TEXT.match(said) and not tells_when(said, world):
        return _say(state, draft, said, named, world)
    if draft.asked and draft.asked != "what" and last_shown:
        answer = _audience if draft.asked == "audience" else _when
        found = _reworded(state, draft, said, named, world) or answer(state, draft, said, named, world)
    else:
        found = _correction(state, draft, said, named, world)
    if found is not None:
        return found
    looks = _LOOKS.match(said) is not None and not is_question(said)
    meant = never(said) or (last_shown and (looks or _of_this(said, world)))
    if not meant and (_of_its_own(said, world) or not (last_shown or _LOOKS.match(said))):
        return None
    asking = open_question(draft, world)
    ways, told = buttons(draft, asking, world), words.NOT_UNDERSTOOD
    if is_question(said):
        ways, told = (*ways, *ask_advisor(said, "none", None, world)), words.NOT_A_CHANGE
    reply, lost = Reply((Text(told), Choices(ways))), "" if is_question(said) else kept(said, named)
    done = (KeepWork(replace(world.work, draft=replace(draft, left_out=lost))),) if lost else ()
    return alone(draft, Decision(replace(state, doing=draft.id), (reply,), effects=done), world)


def never(said: str) -> bool:
    """Whether ``said`` tells when something is not to be: "not over Easter"."""
    return _NOT_THEN.match(said) is not None and not is_question(said)


def changed_words(draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> Draft | None:
    """The draft with the text that ``said`` gives it, or with other quizzes; None for other words."""
    asked = changed(draft, said, world.knowledge) if draft.kind == "quiz" else None
    if asked:
        return asked[0]
    text = announced(said, draft.kind) or in_part(draft, said)
    what = kept(tidy(answer(unquoted(text), draft.kind)), named) if text else ""
    return worded(draft, what, world) if what and length(what) <= longest(draft.kind) else None


def _audience(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    to = TO.fullmatch(said.rstrip(" .!?"))
    found = find(to["who"] if to and not to["less"] else said, named, world)
    if not found.targets:
        about_when = changed_when(draft, said, world)
        if about_when and (about_when.good or tells_when(said, world)):
            return _timed(state, draft, about_when, said, named, world)
        if _of_its_own(said, world) or (to["less"] if to else _LOOKS.match(said)):
            return None  # "skip the panto season" is nobody's name
    return _for(state, draft, draft.targets, found, world)


def _audience_changed(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    """The draft for others, for more or for fewer, where all of ``said`` tells whom; None for other words."""
    changed = audience_changed(draft, said, named, world)
    return _to(state, draft, changed, world) if changed else None


def _to(state: State, draft: Draft, changed: AudienceChange, world: World) -> Decision:
    """The draft as its audience was changed."""
    found = FoundAudience(changed.targets, changed.problem)
    return _for(state, draft, (), found, world, note=changed.note)


def _for(
    state: State, draft: Draft, before: tuple[Target, ...], found: FoundAudience, world: World, note: str = ""
) -> Decision:
    """The draft for ``before`` and those found; ``note``: what is said beside the change."""
    everybody = found.targets or before if draft.kind == "quiz" else (*before, *found.targets)
    unique = {(target.kind, target.id): target for target in everybody}
    problem = OpenQuestion("audience", found.problem, problem=True) if found.problem else None
    anew = replace(draft, targets=tuple(unique.values()), asked="")
    said = " ".join(filter(None, (changes_told(draft, anew, world), note)))
    return shown(state, anew, world, problem=problem, before=said)


def _when(state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> Decision | None:
    found = corrected(draft.schedule, said, world) if draft.schedule else None
    found = found or answered(draft, said, world)
    understood = found and (asks_back(found) or not found.problems)
    if not understood and _of_its_own(said, world):
        return None
    if found is None and draft.when:
        return None
    return _timed(state, draft, found or read(said, world), said, named, world)


def _timed(
    state: State, draft: Draft, found: Read, said: str, named: tuple[Mention, ...], world: World
) -> Decision:
    """The draft with a new when, or with what was said of it so far."""
    draft = without_left_out(draft, said, world)
    if found.problems:
        joined, problem = asked_with(draft, found, named), wrong_when(found.problems, named)
        left_out = kept(said, named) if joined == draft else ""
        return shown(state, joined, world, problem=problem, left_out=left_out)
    anew = replace(draft, when=kept(found.when, named), schedule=found.schedule)
    what = kept(found.what, named)
    if what and not draft.what and length(what) <= longest(draft.kind):
        anew = worded(anew, what, world)
    told = changes_told(draft, anew, world)
    same = draft.schedule is not None and draft.schedule == anew.schedule and draft.what == anew.what
    return shown(state, anew, world, before=words.AS_IT_IS if same and not told else told)


def _correction(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    asks, to = is_question(said), TO.fullmatch(said.rstrip(" .!?"))
    found = changed_when(draft, said.rstrip(" ?"), world)
    tells_text = announces(said, draft.kind) and not (found and found.good)
    if tells_text and (reworded := _reworded(state, draft, said, named, world)):
        return reworded
    if found and (found.good or not asks):
        return _timed(state, draft, found, said, named, world)
    if to and not to["less"]:
        whom = find(to["who"], named, world)
        more_said = to["bare"] is not None and any(mention.token in to["who"] for mention in named)
        adds_some = (to["more"] or "").casefold().endswith(("add", "include"))
        names_somebody = not to["more"] or to["link"] or adds_some or to["who"].startswith(("@", "#"))
        last_shown = state.doing == draft.id
        of_its_own = _of_its_own(said, world) and not (_GROUP.search(to["who"]) or (adds_some and last_shown))
        if whom.targets or (names_somebody and not (asks or of_its_own or more_said)):
            adds = to["more"] or to["too"] or whom.problem
            return _for(state, draft, draft.targets if adds else (), whom, world)
    return _reworded(state, draft, said, named, world)


def _reworded(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    """The draft with another text, where ``said`` tells one; None for other words."""
    says = announced(said, draft.kind)
    bare = said.casefold().startswith(("say", "ask"))  # "say, how many partners…?"
    if says is None or (bare and is_question(said) and draft.kind == "remind"):
        return None
    return _say(state, draft, says, named, world)


def changes_told(before: Draft, after: Draft, world: World) -> str:
    """What is different now, as a sentence; "" where something was filled in that was asked for."""
    told = list[str]()
    if before.schedule and after.schedule and before.schedule != after.schedule:
        known = in_words(before.schedule).split(", ")
        first, *rest = in_words(after.schedule).split(", ")
        when = ", ".join([first[:1].lower() + first[1:], *(part for part in rest if part not in known)])
        told.append(words.CHANGED_WHEN.format(when=literal(when)))
        if in_words(before.schedule) == in_words(after.schedule):
            told[-1] = words.CHANGED_FIRST.format(first=first_date(after, world))
    if before.targets and after.targets and before.targets != after.targets:
        told.append(words.CHANGED_WHOM.format(whom=literal(names(after.targets, world))))
    if before.what and before.what != after.what:
        told.append(words.CHANGED_TEXT)
    return words.CHANGED.format(what="; ".join(told)) if told else ""


def _say(state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> Decision:
    what = kept(tidy(answer(unquoted(said), draft.kind)), named)
    if length(what) > longest(draft.kind):
        problem = OpenQuestion("what", too_long(what, draft.kind), problem=True)
        return shown(state, draft, world, problem=problem, left_out=what)
    anew = worded(replace(draft, left_out="") if draft.asked == "what" else draft, what, world)
    return shown(state, anew, world, before=changes_told(draft, anew, world))


def _of_this(said: str, world: World) -> bool:
    """Whether ``said`` is rather a question about what was shown than one that the lessons answer."""
    asks = is_question(said) and bool(_THIS & set(words_of(said)))
    return asks and world.knowledge.match(said).band != "answer"


def _of_its_own(said: str, world: World) -> bool:
    """Whether ``said`` is rather a question to the lessons than an answer to ours."""
    return is_question(said) or (len(words_of(said)) > _LONG and world.knowledge.match(said).band == "answer")
