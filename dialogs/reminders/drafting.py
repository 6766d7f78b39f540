"""A reminder or pulse is made: from a sentence, a form or a template to the press of Start."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.alone import away, kindly, sent
from dialogs.core.codes import new_id
from dialogs.core.commands import (
    Again,
    CheckIn,
    DraftAct,
    ListReminders,
    NewDraft,
    UseTemplate,
    encode,
)
from dialogs.core.effects import KeepWork
from dialogs.core.forms import Form
from dialogs.core.jobs import Job
from dialogs.core.mentions import kept
from dialogs.core.model import Decision, Mention, State, Submitted, World
from dialogs.core.names import find_lesson
from dialogs.core.reminder_events import BeginSeries
from dialogs.core.reminder_model import MOST_OWN, PARTITION, Draft, SeriesKind, Target
from dialogs.core.replies import Choice, Choices, Facts, Quote, Reply, Text
from dialogs.recurrence.sentence import Understood
from dialogs.reminders.drafting_audience import find, here, list_of, list_target, me, whom
from dialogs.reminders.drafting_cards import OpenQuestion, draft_card, first_date, open_question, wrong_when
from dialogs.reminders.drafting_form import draft_form, read_form
from dialogs.reminders.drafting_ways import templates, ways_to_make, ways_to_remind
from dialogs.reminders.drafting_when import offered, read, zone_of
from dialogs.reminders.drafting_worded import length, longest, on_factor, too_long, worded
from dialogs.reminders.quiz_asks import asking_for
from dialogs.sessions.starting import by
from dialogs.wording import drafts as words


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
    return begun(state, draft, world, problem)


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
    no = unready(state, world)
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
    instead: bool = False, ways: tuple[Choice, ...] = (),
) -> Decision:  # fmt: skip
    """Show the draft with the next thing to ask about it; keep it. ``problem``: what is wrong now."""
    if not may_make(draft, world):
        kept = world.work.draft
        if kept is None or not may_make(kept, world):
            return kindly(state, words.ADVISORS_SET_THEM, world, pressed=False)
        draft, problem, before = kept, None, words.STAYS_YOURS
    asking = problem or open_question(draft, world)
    draft = replace(draft, asked=asking.about if asking else "")
    card = draft_card(draft, asking, world, before=before, instead=instead, ways=ways)
    effects = (KeepWork(replace(world.work, draft=draft)),) if draft != world.work.draft else ()
    return alone(draft, Decision(replace(state, doing=draft.id), (card,), effects=effects), world)


def may_make(draft: Draft, world: World) -> bool:
    """Whether the speaker may have it: advisors any, everybody a reminder to themselves alone."""
    return world.speaker.role == "advisor" or draft.to_self(world.speaker.id)


def alone(draft: Draft, decision: Decision, world: World) -> Decision:
    """``decision``; where it tells of a reminder to the speaker alone, it does so to them alone."""
    if world.place.kind == "direct" or not draft.to_self(world.speaker.id):
        return decision
    replies = tuple(replace(reply, private=True) for reply in decision.replies)
    return replace(decision, replies=replies, arrived=sent(world) if replies else "")


def _alone(world: World) -> tuple[Target, ...]:
    """Whom a new draft is for where nobody is named: for others than advisors, only themselves."""
    return () if world.speaker.role == "advisor" else (me(world),)


def show(state: State, world: World) -> Decision:
    """Where the speaker was with the draft that is open."""
    no = unready(state, world)
    if no:
        return no
    draft = world.work.draft
    if draft:
        return shown(state, draft, world)
    if world.speaker.role == "advisor":
        return Decision(state, (Reply((Text(words.NO_DRAFT), ways_to_make())),))
    return Decision(state, (Reply((Text(words.NO_DRAFT_OWN), ways_to_remind())),))


def act(state: State, done: DraftAct, world: World, pressed: bool) -> Decision:
    """Something done to the draft that a button names."""
    no = unready(state, world)
    if no:
        return no
    draft = world.work.draft
    if draft is None or draft.id != done.id:
        return Decision(state, note=words.GONE) if pressed else Decision(state, (Reply((Text(words.GONE),)),))
    if done.act != "cancel" and not may_make(draft, world):
        return kindly(state, words.ADVISORS_SET_THEM, world, pressed)
    match done.act:
        case "start":
            return _start(state, draft, world)
        case "cancel":
            return _put_away(state, draft, world)
        case "change" | "form" if pressed:
            return Decision(replace(state, doing=draft.id), form=draft_form(draft, world))
        case "named" | "anonymous" if draft.quiz is not None:
            draft = asking_for(replace(draft, quiz=replace(draft.quiz, names=done.act == "named")))
        case "named" | "anonymous" if draft.kind == "remind":
            return Decision(state, (Reply((Text(words.NOT_A_PULSE),)),))
        case "named" | "anonymous":
            draft = replace(draft, anonymous=done.act == "anonymous")
        case "when":
            found = offered(draft, done.name, world)
            if found.schedule is None and found.problems:
                return shown(state, draft, world, instead=pressed, problem=wrong_when(found.problems))
            draft = replace(draft, when=found.when, schedule=found.schedule, asked="")
        case "keep" if draft.targets and draft.asked == "audience":
            draft = replace(draft, asked="")
        case "audience":
            added = _added(done, world)
            if added is None:
                return Decision(state, note=words.GONE)
            before = () if draft.kind == "quiz" else draft.targets  # which goes to one channel
            unique = {(target.kind, target.id): target for target in (*before, added)}
            draft = replace(draft, targets=tuple(unique.values()), asked="")
    return shown(state, draft, world, instead=pressed)


def submitted(state: State, done: DraftAct, form: Submitted, world: World) -> Decision:
    """The draft's form was filled in."""
    no = unready(state, world)
    if no:
        return no
    draft = world.work.draft
    if draft is None or draft.id != done.id:
        return Decision(state, note=words.GONE)
    if not may_make(draft, world):
        return kindly(state, words.ADVISORS_SET_THEM, world, pressed=True)
    filled, errors = read_form(draft, form, world)
    if errors:
        return Decision(state, form=draft_form(draft, world), errors=errors)
    return shown(state, filled, world, instead=True)


def _start(state: State, draft: Draft, world: World) -> Decision:
    """Hand the draft to its own partition; the same draft begins once, however often Start is pressed."""
    if open_question(draft, world):
        return shown(state, draft, world, instead=True)
    own = draft.to_self(world.speaker.id)
    if own and not draft.changes:
        if world.series is None:
            return Decision(state, needs="series")
        if sum(summary.series.own for summary in world.series) >= MOST_OWN:
            return _too_many(state, draft, world)
    if draft.asked:
        return shown(state, draft, world, before=words.NOT_CHANGED_YET)
    draft = replace(draft, asked="")
    begin = BeginSeries(draft, by(world), world.tenant, world.private_to, zone_of(world))
    job = Job(f"{PARTITION}{draft.changes or draft.id}", begin, key=f"{draft.id} begin")
    said = words.SAVED if draft.changes else words.STARTED[draft.kind]
    said = f"{said} {words.AFTERWARDS}"
    if own:
        said = words.SAVED_OWN if draft.changes else words.STARTED_OWN
    blocks = (
        Text(said.format(first=first_date(draft, world), then=words.THEN[world.place.kind == "direct"])),
        Quote(draft.what),
        Facts(((words.TO, whom(draft, world)),)),
    )
    done = (KeepWork(replace(world.work, draft=None)),)
    reply = Reply(blocks, instead=True)
    return alone(draft, Decision(replace(state, doing=""), (reply,), effects=done, jobs=(job,)), world)


def _too_many(state: State, draft: Draft, world: World) -> Decision:
    """The draft stays, until another reminder of theirs has ended."""
    ways = Choices((Choice(words.OWN_LIST, encode(ListReminders(mine=True)), primary=True),))
    said = Text(words.TOO_MANY_OWN.format(limit=MOST_OWN))
    return alone(draft, Decision(state, (Reply((said, ways)),)), world)


def _put_away(state: State, draft: Draft, world: World) -> Decision:
    said = words.KEPT_RUNNING if draft.changes else words.CANCELLED
    done = (KeepWork(replace(world.work, draft=None)),)
    reply = Reply((Text(said),), instead=True)
    return alone(draft, Decision(replace(state, doing=""), (reply,), effects=done), world)


def _added(done: DraftAct, world: World) -> Target | None:
    """Whom a button adds to the audience; None where that is no longer possible."""
    assert world.advisor_settings is not None
    match done.whom:
        case "here":
            return here(world)
        case "me":
            return me(world)
        case "check":
            return Target("check", done.name.upper()) if done.name else None
        case _:
            key = list_of(done.name, world.advisor_settings)
            return list_target(key, world.advisor_settings) if key else None
