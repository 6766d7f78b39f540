"""What an advisor types while a draft is the last thing shown: an answer to its question, or a correction."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.commands import DraftAct
from dialogs.core.model import Decision, Mention, State, Utterance, World
from dialogs.core.reminder_model import Draft
from dialogs.core.replies import Reply, Text
from dialogs.core.router import row_of, understand
from dialogs.core.text import clean, is_question
from dialogs.core.text import words as words_of
from dialogs.recurrence.making import Question
from dialogs.recurrence.words import NOTHING_SAID
from dialogs.reminders.drafting import act, shown
from dialogs.reminders.drafting_audience import FoundAudience, find, untokened
from dialogs.reminders.drafting_cards import OpenQuestion
from dialogs.reminders.drafting_when import Read, answered, corrected, tells_when
from dialogs.reminders.drafting_worded import answer, longest, tidy, too_long, worded
from dialogs.wording import drafts as words

_READY = {
    "start": "start", "start it": "start", "yes": "start", "yes start": "start", "go": "start",
    "go ahead": "start", "save": "start", "save it": "start", "ok start": "start",
}  # fmt: skip
_ALWAYS = {
    "cancel": "cancel", "cancel it": "cancel", "put it away": "cancel", "stop": "cancel",
    "never mind": "cancel", "nevermind": "cancel", "named": "named", "make it named": "named",
    "named answers": "named", "not anonymous": "named", "anonymous": "anonymous",
    "make it anonymous": "anonymous", "anonymous answers": "anonymous", "change": "change",
    "change it": "change", "fill in": "change", "fill in a form": "change",
}  # fmt: skip
_ENOUGH = {"no", "nobody", "nobody else", "no one else", "thats all", "only these", "just these", "leave it"}
_TO = re.compile(
    r"(?:(?:make|do|send|set|change) (?:it|that|this) |no,? |actually,? )*"
    r"(?:(?P<more>also|and|add|plus)(?: to| for)?|to|for|with) (?P<who>\S.*?)(?: too| as well| instead)?",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"(?:(?:it|they) should (?:say|ask)|(?:make|let|have) it (?:say|ask)|say|ask|(?:the )?(?:text|question)"
    r"(?: is)?)[: ]+(?P<what>\S.*)",
    re.IGNORECASE,
)
_MAKE_IT = re.compile(r"(?:make|change|move|set|put|send) (?:it|that|this)\b", re.IGNORECASE)
_LONG = 3
"""Words from which on an answer may be a question of its own."""


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """A word or two that do what a button of the draft does, or the text that was asked for."""
    draft = _here(state, said, world)
    if draft is None:
        return None
    plain = " ".join(words_of(clean(said.text))).replace("'", "")
    done = _ALWAYS.get(plain, "")
    if not draft.asked:
        done = done or _READY.get(plain, "")
    if draft.asked == "audience" and draft.targets and plain in _ENOUGH:
        done = "keep"
    if done:
        return act(state, DraftAct(done, draft.id), world, pressed=False)  # type: ignore[arg-type]
    if draft.asked != "what" or not words_of(said.exact or said.text):
        return None
    command = understand(said, world)
    # Nearly anything may be the text: "buy-in" is a lesson too.
    if command is not None and "draft" not in row_of(command).yields_to:
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="board")
    if draft.schedule is None and tells_when(said.exact or said.text, world):
        return _when(state, draft, said.exact or said.text, world)
    return _say(state, draft, untokened(said.exact or said.text, said.named), world)


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """Words that are no command as an answer or a correction, if they are either."""
    draft, text = _here(state, said, world), clean(said.exact) or clean(said.text)
    if draft is None or not words_of(text):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="board")
    if draft.asked == "audience":
        return _audience(state, draft, text, said.named, world)
    if draft.asked:
        return _when(state, draft, text, world)
    return _correction(state, draft, text, said.named, world)


def _here(state: State, said: Utterance, world: World) -> Draft | None:
    """The speaker's draft, where it was the last thing shown here and the words are for us."""
    draft = world.work.draft
    mine = world.speaker.role == "advisor" and world.remembers
    return draft if mine and said.addressed and draft is not None and state.doing == draft.id else None


def _audience(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    found = find(said, named, world)
    if not found.targets:
        about_when = answered(draft, said, world)
        if about_when and about_when.good:
            return _timed(state, draft, about_when, world)
        if _of_its_own(said, world):
            return None
    return _whom(state, draft, draft.targets, found, world)


def _whom(
    state: State, draft: Draft, before: tuple[object, ...], found: FoundAudience, world: World
) -> Decision:
    together = (*draft.targets, *found.targets) if before else found.targets
    unique = {(one.kind, one.id): one for one in together}
    problem = OpenQuestion("audience", found.problem, problem=True) if found.problem else None
    return shown(state, replace(draft, targets=tuple(unique.values()), asked=""), world, problem=problem)


def _when(state: State, draft: Draft, said: str, world: World) -> Decision | None:
    found = corrected(draft.schedule, said, world) if draft.schedule else None
    found = found or answered(draft, said, world)
    if (found is None or found.problems) and _of_its_own(said, world):
        return None
    return _timed(state, draft, found or Read("", None, (), (Question("when", NOTHING_SAID),)), world)


def _timed(state: State, draft: Draft, found: Read, world: World) -> Decision:
    """The draft with a new when, or with what was said of it so far."""
    if found.problems:
        said = " ".join(one.text for one in found.problems)
        return shown(state, draft, world, problem=OpenQuestion("when", said, problem=True))
    changed = replace(draft, when=found.when, schedule=found.schedule)
    if found.what and not draft.what and len(found.what) <= longest(draft.kind):
        changed = worded(changed, found.what, world)
    return shown(state, changed, world)


def _correction(
    state: State, draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> Decision | None:
    asks = is_question(said)
    found = corrected(draft.schedule, said.rstrip(" ?"), world) if draft.schedule else None
    if found and (found.good or not asks):
        return _timed(state, draft, found, world)
    to = _TO.fullmatch(said.rstrip(" .!?"))
    if to:
        whom = find(to["who"], named, world)
        if whom.targets or (not asks and not _of_its_own(said, world)):
            return _whom(state, draft, draft.targets if to["more"] or whom.problem else (), whom, world)
    says = _SAY.fullmatch(said)
    if says and not (asks and draft.kind == "remind"):
        return _say(state, draft, untokened(says["what"], named), world)
    if _MAKE_IT.match(said) and not asks:
        return Decision(state, (Reply((Text(words.NOT_THAT),)),))
    return None


def _say(state: State, draft: Draft, said: str, world: World) -> Decision:
    what = tidy(answer(said.strip('"“” '), draft.kind))
    if len(what) > longest(draft.kind):
        problem = OpenQuestion("what", too_long(what, draft.kind), problem=True)
        return shown(state, draft, world, problem=problem)
    return shown(state, worded(draft, what, world), world)


def _of_its_own(said: str, world: World) -> bool:
    """Whether ``said`` is rather a question to the lessons than an answer to ours."""
    return is_question(said) or (len(words_of(said)) > _LONG and world.knowledge.match(said).band == "answer")
