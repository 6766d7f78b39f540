"""What buttons and its form do to the draft that is open, to the press of Start."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.alone import given_back, kindly
from dialogs.core.commands import DraftAct, ListReminders, encode
from dialogs.core.effects import KeepWork
from dialogs.core.events import Submitted
from dialogs.core.jobs import Job
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_events import BeginSeries
from dialogs.core.reminder_model import MOST_OWN, PARTITION, Draft, Target
from dialogs.core.replies import Choice, Choices, Facts, Quote, Reply, Text
from dialogs.reminders.answering_when import asked_with, offered, without_left_out
from dialogs.reminders.draft_changes import changes_told
from dialogs.reminders.drafting import alone, may_make, shown, typed_on, unready, unready_for
from dialogs.reminders.drafting_audience import here, list_of, list_target, me, whom
from dialogs.reminders.drafting_cards import first_date, open_question, wrong_when
from dialogs.reminders.drafting_form import draft_form, read_form
from dialogs.reminders.drafting_ways import ways_to_make, ways_to_remind
from dialogs.reminders.drafting_when import read, zone_of
from dialogs.reminders.quiz_asks import asking_for
from dialogs.reminders.series_meant import speaking_of
from dialogs.sessions.starting import by
from dialogs.wording import drafts as words


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
    before = draft
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
            draft, found = without_left_out(draft, done.name, world), offered(draft, done.name, world)
            if found.schedule is None and found.problems:
                draft = asked_with(draft, found)
                return shown(state, draft, world, instead=pressed, problem=wrong_when(found.problems))
            draft = replace(draft, when=found.when, schedule=found.schedule, asked="")
        case "text":
            draft = _with_tail(draft, done.name, world)
        case "keep" if draft.targets and draft.asked == "audience":
            draft = replace(draft, asked="")
        case "audience":
            added = _added(done, world)
            if added is None:
                return Decision(state, note=words.GONE)
            others = () if draft.kind == "quiz" else draft.targets  # which goes to one channel
            unique = {(target.kind, target.id): target for target in (*others, added)}
            draft = replace(draft, targets=tuple(unique.values()), asked="")
    # A button of an earlier card may undo what was changed since.
    return shown(state, draft, world, instead=pressed, before=changes_told(before, draft, world))


def submitted(state: State, done: DraftAct, form: Submitted, world: World) -> Decision:
    """The draft's form was filled in; what comes too late is given back."""
    no = unready_for(form, state, world)
    if no:
        return no
    draft = world.work.draft
    if draft is None or draft.id != done.id:
        return given_back(state, words.GONE, typed_on(form, world), world)
    if not may_make(draft, world):
        return given_back(state, words.ADVISORS_SET_THEM, typed_on(form, world), world)
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
    draft = replace(draft, asked="", left_out="")
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
    then = speaking_of(replace(state, doing=""), draft.changes or draft.id, world)
    return alone(draft, Decision(then, (reply,), effects=done, jobs=(job,)), world)


def _with_tail(draft: Draft, tail: str, world: World) -> Draft:
    """The draft with ``tail``, with whose words its when ends, at the end of its text."""
    told = next((tail[at:] for at in range(len(tail)) if draft.when.endswith(tail[at:])), "")
    if not told:  # the when has been changed since
        return draft
    when, what = draft.when.removesuffix(told).strip(), f"{draft.what}{'' if tail[0] in ',;' else ' '}{tail}"
    return replace(draft, what=what, when=when, schedule=read(when, world).schedule, asked="")


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
