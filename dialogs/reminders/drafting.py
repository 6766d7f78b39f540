"""A draft of a reminder or pulse is begun, from a sentence, a form or a template, and shown."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.alone import away, given_back, kindly, sent
from dialogs.core.codes import new_id
from dialogs.core.commands import (
    Again,
    CheckIn,
    DraftAct,
    NewDraft,
    UseTemplate,
    encode,
)
from dialogs.core.effects import KeepWork
from dialogs.core.events import Mention, Submitted
from dialogs.core.forms import Form, written
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, State, World
from dialogs.core.names import find_lesson
from dialogs.core.reminder_model import AdvisorSettings, Draft, SeriesKind, Target
from dialogs.core.replies import Choice
from dialogs.recurrence.sentence import Understood
from dialogs.reminders.drafting_audience import find, here, me
from dialogs.reminders.drafting_cards import OpenQuestion, also_asking, draft_card, open_question
from dialogs.reminders.drafting_form import draft_form, read_form
from dialogs.reminders.drafting_ways import templates
from dialogs.reminders.drafting_when import read
from dialogs.reminders.drafting_worded import length, longest, on_factor, too_long, worded
from dialogs.wording import drafts as words
from dialogs.wording.conversation import MEMORY_AWAY


def unready(state: State, world: World) -> Decision | None:
    """Why nothing of this can be done now: no memory, or the settings aren't known yet."""
    if not world.remembers:
        return away(state, world)
    return Decision(state, needs="settings") if world.advisor_settings is None else None


def make(state: State, said: Understood, named: tuple[Mention, ...], world: World) -> Decision:
    """A draft of what a sentence says; what it leaves open is asked for."""
    no = unready(state, world)
    if no:
        return no
    found = find(said.audience_text, named, world)
    when, targets = kept(said.when, named), found.targets or _alone(world)
    draft = Draft(new_id(world.token), said.kind, targets=targets, when=when)
    if said.anonymous is not None:
        draft = replace(draft, anonymous=said.anonymous)
    # A text too long or an empty audience is no reason to lose the when.
    draft = replace(draft, schedule=said.schedule or read(said.when, world).schedule)
    what = kept(said.what, named)
    problem = OpenQuestion("audience", found.problem, problem=True) if found.problem else None
    if length(what) > longest(said.kind):
        problem = problem or OpenQuestion("what", too_long(what, said.kind), problem=True)
    elif what:
        draft = worded(draft, what, world)
    if not said.tail or said.kind != "remind":
        return begun(state, draft, world, problem)
    tail = kept(said.tail.strip(), named)
    ways = (Choice(words.PART_OF_TEXT, encode(DraftAct("text", draft.id, name=tail))),)
    return begun(state, draft, world, problem, ways, words.LAST_WORDS)


def new(state: State, kind: SeriesKind, world: World, pressed: bool) -> Decision:
    """A draft from scratch: its form where one can be opened, of which nothing is kept until it is filled in;
    else the card that opens it."""
    no = unready(state, world)
    if no:
        return no
    draft = Draft(new_id(world.token), kind, targets=_alone(world))
    return Decision(state, form=_new_form(draft, world)) if pressed else begun(state, draft, world)


def filled_in(state: State, kind: SeriesKind, form: Submitted, world: World) -> Decision:
    """The form of a draft from scratch was filled in."""
    no = unready_for(form, state, world)
    if no:
        return no
    draft, errors = read_form(Draft(new_id(world.token), kind, targets=_alone(world)), form, world)
    if errors:
        return Decision(state, form=_new_form(draft, world), errors=errors)
    return begun(state, draft, world, instead=True)


def _new_form(draft: Draft, world: World) -> Form:
    return replace(draft_form(draft, world), says=encode(NewDraft(draft.kind)))


def use(state: State, wanted: UseTemplate, world: World) -> Decision:
    """A draft with a template's words and the time that it suggests."""
    no = unready(state, world)
    if no:
        return no
    template = world.knowledge.templates.template(wanted.id)
    if template is None:
        return templates(state, world, words.NO_SUCH_TEMPLATE)
    draft = Draft(
        new_id(world.token), template.kind, lesson=template.lesson, template=template.id, why=template.why
    )
    draft = replace(draft, when=template.when, schedule=read(template.when, world).schedule)
    draft = worded(draft, template.pulse or template.text, world)
    return begun(state, replace(draft, lesson=template.lesson), world)


def check_in(state: State, wanted: CheckIn, world: World) -> Decision:
    """A monthly pulse on a factor, such as the one that a readiness check found weakest."""
    no = unready(state, world)
    if no:
        return no
    kb = world.knowledge
    ready = kb.templates.pulse(wanted.topic)
    lesson = ready.lesson if ready else find_lesson(wanted.topic, kb)
    draft = Draft(new_id(world.token), "pulse", why=words.PULSE_WHY)
    draft = on_factor(draft, lesson, kb) if lesson else worded(draft, wanted.topic, world)
    fitting = (template for template in kb.templates.on_lesson(draft.lesson) if template.kind == "pulse")
    template = next(fitting, None)
    when = template.when if template else words.MONTHLY
    draft = replace(draft, when=when, schedule=read(when, world).schedule)
    if template:
        draft = replace(draft, template=template.id, why=template.why)
    # Those who took the check are offered; whom it is for is the advisor's choice.
    ways = (Choice(words.TOOK_THE_CHECK, encode(DraftAct("audience", draft.id, "check", wanted.session))),)
    return begun(state, draft, world, ways=ways if wanted.session else ())


def again(state: State, wanted: Again, world: World) -> Decision:
    """A reminder, for this channel, to repeat the readiness check in three months."""
    no = unready(state, world)
    if no:
        return no
    schedule = read(words.REPEAT_WHEN, world).schedule
    draft = Draft(
        new_id(world.token), "remind", words.REPEAT_CHECK, targets=(here(world) or me(world),),
        when=words.REPEAT_WHEN, schedule=schedule, why=words.REPEAT_WHY,
    )  # fmt: skip
    return begun(state, draft, world)


def begun(
    state: State,
    draft: Draft,
    world: World,
    problem: OpenQuestion | None = None,
    ways: tuple[Choice, ...] = (),
    notes: str = "",
    *,
    instead: bool = False,
) -> Decision:
    """Show a new draft, in the place of the one that was open before."""
    draft = replace(draft, place=world.reference.key if world.reference else "")
    before = world.work.draft
    other = before is not None and before.id != draft.id
    lost = before is not None and other and bool(before.what or before.targets or before.when)
    said = " ".join(filter(None, (words.PUT_AWAY if lost else "", notes)))
    return shown(state, draft, world, problem=problem, before=said, ways=ways, instead=instead)


def shown(
    state: State, draft: Draft, world: World, *, problem: OpenQuestion | None = None, before: str = "",
    instead: bool = False, ways: tuple[Choice, ...] = (), left_out: str = "",
) -> Decision:  # fmt: skip
    """Show the draft with the next thing to ask about it; keep it. ``problem``: what is wrong now;
    ``left_out``: the words that aren't in for that."""
    if not may_make(draft, world):
        kept = world.work.draft
        if kept is None or not may_make(kept, world):
            return kindly(state, words.ADVISORS_SET_THEM, world, pressed=False)
        draft, problem, before = kept, None, words.STAYS_YOURS
    still_open = open_question(draft, world)
    asking = also_asking(problem, still_open) if problem else still_open
    not_in = left_out or draft.left_out
    draft = replace(draft, asked=asking.about if asking else "", left_out=left_out)
    card = draft_card(draft, asking, world, before=before, instead=instead, ways=ways, not_in=not_in)
    effects = (KeepWork(replace(world.work, draft=draft)),) if draft != world.work.draft else ()
    return alone(draft, Decision(replace(state, doing=draft.id), (card,), effects=effects), world)


def may_make(draft: Draft, world: World) -> bool:
    """Whether the speaker may have it: advisors any, everybody a reminder to themselves alone."""
    return world.speaker.role == "advisor" or draft.to_self(world.speaker.id)


def alone(draft: Draft, decision: Decision, world: World) -> Decision:
    """``decision``; where it tells of a reminder to the speaker alone, or of a change to one that others
    get than those who read here, it does so to the speaker alone."""
    there = here(world)
    elsewhere = draft.changes and not any(there and target.id == there.id for target in draft.targets)
    if world.place.kind == "direct" or not (elsewhere or draft.to_self(world.speaker.id)):
        return decision
    replies = tuple(replace(reply, private=True) for reply in decision.replies)
    return replace(decision, replies=replies, arrived=sent(world) if replies else "")


def _alone(world: World) -> tuple[Target, ...]:
    """Whom a new draft is for where nobody is named: for others than advisors, only themselves."""
    return () if world.speaker.role == "advisor" else (me(world),)


def typed_on(form: Submitted, world: World) -> tuple[str, ...]:
    """What was typed on the form of a draft, whichever that was."""
    known = replace(world, advisor_settings=world.advisor_settings or AdvisorSettings())
    return written(draft_form(Draft(new_id(world.token), "remind"), known), form.values)


def unready_for(form: Submitted, state: State, world: World) -> Decision | None:
    """As ``unready``, of a form that was filled in: it is given back where it can't be taken."""
    if world.remembers:
        return unready(state, world)
    return given_back(state, MEMORY_AWAY, typed_on(form, world), world)
