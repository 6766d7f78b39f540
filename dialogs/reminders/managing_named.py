"""Series that run, steered by what is said of them: "stop the one to the leaders", "skip the next one"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.core.alone import away, kindly, pressed
from dialogs.core.codes import new_id
from dialogs.core.commands import ChangeSeries, SteerNamed, encode
from dialogs.core.commands.naming import (
    asked_of_it,
    bare,
    may_be_of_one,
    may_change,
    surely_changes,
)
from dialogs.core.events import Utterance
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Text
from dialogs.core.router import understand
from dialogs.core.text import clean, is_question
from dialogs.reminders.drafting import begun
from dialogs.reminders.drafting_when import retimed
from dialogs.reminders.managing import changing, steers
from dialogs.reminders.naming_cards import (
    act_on,
    asked_first,
    listed,
    named_first,
    none_named,
    talking_of,
    telling,
    which,
)
from dialogs.reminders.series_changes import (
    SeriesChange,
    change_said,
    changed_by,
    changed_by_act,
    draft_of,
    shown_change,
    unchanged,
)
from dialogs.reminders.series_meant import (
    Naming,
    called_a,
    draft_shown,
    named_in,
    names_draft,
    of_kind,
    pointed_at,
    spoken_of,
)
from dialogs.wording import drafts as words

_SHARED_ONLY = ("report", "who", "nudge", "hand over", "take over")
"""What there is none of for a reminder to oneself alone."""
_TALK_OF_IT = ("pause", "resume", "skip", "who", "nudge")
"""What is said of a reminder alone, though the talk is of a lesson and it is called "it"."""
_OF_SENDING = re.compile(
    r"\b(?:set up|scheduled?|sent|send|go(?:es)? out|due|repl(?:y|ied)|responded|answered|remind(?:ed)?)\b",
    re.I,
)
"""What is done with reminders."""
_ASKED_FIRST = ("cancel", "pause", "hand over")
"""What isn't done to the only one there is on a mere "it", where that wasn't just spoken of."""
_FEWEST = 2
"""Words that name a series which isn't called a reminder, for what could be said of anything."""


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """What words that are no command do to a series that runs; None where they mean none."""
    return _meant(state, said, world, pointing=True, draft_first=False)


def in_full(state: State, said: Utterance, world: World) -> Decision | None:
    """The same where words name it, or it was just spoken of: that is meant whatever else is open."""
    return _meant(state, said, world, pointing=False, draft_first=True)


def called_off(state: State, said: Utterance, world: World) -> Decision | None:
    """What "cancel that" or "undo" does to a series that was just spoken of: nothing is put aside while it
    runs, and what was just ended is offered anew. None where there is none such."""
    if world.remembers and (ended := _ended_last(state, world)):
        return change(state, ChangeSeries(ended), world)
    if not state.series or not world.remembers:
        return None
    if world.series is None:
        return Decision(state, needs="series")
    running = (each for each in world.series if steers(each, world) and each.series.step != "ended")
    last = [each for each in running if each.series.id == state.series]
    done = otherwise(state, said, world) if last else None
    return done or (listed(state, last, world, words.NAMED_ACT_UNKNOWN) if last else None)


def steer_named(state: State, wanted: SteerNamed, said: Utterance, world: World) -> Decision | None:
    """The same of words that call it a reminder or pulse."""
    if not world.remembers:
        return away(state, world)
    done = _meant(state, said, world, pointing=True, draft_first=False)
    none = wanted.named and not draft_shown(state, world)
    return done or (none_named(state, world) if none else None)


def change(state: State, wanted: ChangeSeries, world: World) -> Decision:
    """A draft of a series that runs, with what was said; nothing changes until it is saved."""
    if not world.remembers:
        return away(state, world)
    if world.series is None:
        return Decision(state, needs="series", code=wanted.id)
    summary = next((summary for summary in world.series if summary.series.id == wanted.id), None)
    if summary is not None and not steers(summary, world):
        return kindly(state, words.ADVISORS_ONLY, world, pressed=False)
    if summary is None:
        return telling(state, [Text(words.NO_SUCH_SERIES)], world)
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    if summary.series.step == "ended":
        like = replace(summary.series.draft, id=new_id(world.token), changes="", asked="")
        return begun(replace(state, series=""), like, world, notes=words.SET_UP_ANEW)
    draft = draft_of(summary.series, world) if wanted.said else changing(summary.series, world)
    changed = change_said(draft, wanted.said, (), world) if wanted.said else SeriesChange(draft)
    return shown_change(state, summary.series, changed or unchanged(draft, wanted.said, ()), world)


def _ended_last(state: State, world: World) -> str:
    """The id of the series that was ended last here, with nothing shown since; "" for none."""
    newest = max((*state.offered, *world.offered), key=lambda button: button.at, default=None)
    if newest is None or newest.label != words.SET_UP_AGAIN:
        return ""
    act = understand(Utterance(newest.says, pressed=True), world)
    return act.id if isinstance(act, ChangeSeries) else ""


def _meant(
    state: State, said: Utterance, world: World, *, pointing: bool, draft_first: bool
) -> Decision | None:
    sentence = bare(clean(said.exact) or clean(said.text))
    listened = world.speaker.role == "advisor" or bool(state.series)
    ours = said.addressed and not said.pressed and world.remembers
    if not ours or not may_be_of_one(sentence, listened=listened):
        return None
    if world.series is None:
        return Decision(state, needs="series")
    mine = [summary for summary in world.series if steers(summary, world) and summary.series.step != "ended"]
    last = spoken_of(state, world)
    over = world.above is not None and not any(each.series.id in last for each in mine)
    if not mine and not (over and world.speaker.role == "advisor"):
        return None
    named = list(named_in(sentence, said.named, mine, world))
    draft = world.work.draft
    if draft_first and draft is not None and state.doing == draft.id:
        named = [naming for naming in named if not names_draft(naming, draft)]
    called = called_a(sentence)
    apart = draft is not None and called not in (None, draft.kind) and bool(of_kind(mine, called))
    if not last and draft_shown(state, world) and not is_question(said.text) and not apart:
        pointing, named = False, [naming for naming in named if naming.words]  # "it" is the draft
    heard = pointing or apart or (last and (not state.doing or world.above is not None))
    others = list(pointed_at(sentence, () if over else mine, last)) if heard else []
    for naming in (*named, *others):
        decision = _done(state, naming, said, world, last=last)
        if decision is not None:
            return decision
    return _not_understood(state, named, sentence, said, world)


def _done(
    state: State, naming: Naming, said: Utterance, world: World, *, last: tuple[str, ...]
) -> Decision | None:
    """What the sentence does to the series that it names so; None where it does nothing that we know."""
    wanted = asked_of_it(naming.said)
    if not naming.found:
        return kindly(state, words.NO_SUCH_SERIES, world, pressed=False) if wanted else None
    if wanted is None:
        return _changed(state, naming, said, world, last=last)
    if naming.words == 0 and not last and _of_a_lesson(state) and wanted.does not in _TALK_OF_IT:
        return None
    vague = 0 < naming.words < _FEWEST and not naming.head
    if vague and is_question(said.text) and not _OF_SENDING.search(naming.said):
        return None
    found = [each for each in naming.found if wanted.does not in _SHARED_ONLY or not each.series.own]
    if wanted.does == "resume" and len(found) > 1:
        paused = [each for each in found if each.series.step == "paused"]
        if not paused and not wanted.rest:
            return listed(state, found, world, words.NONE_PAUSED)
        found = paused or found
    if not found:
        return None
    if wanted.does == "show":
        return listed(state, found, world)
    if len(found) > 1:
        return which(state, wanted.does, naming.said, wanted, said.named, found, world)
    (summary,) = found
    if wanted.rest and wanted.does != "hand over":
        if _may_be_draft(state, naming, world):
            return which(state, wanted.does, naming.said, wanted, said.named, found, world)
        if world.advisor_settings is None:
            return Decision(state, needs="settings")
        draft = draft_of(summary.series, world)
        change = changed_by_act(draft, wanted, said.named, world)
        if change is None and naming.words:
            change = unchanged(draft, wanted.rest, said.named)
        return shown_change(state, summary.series, change, world) if change else None
    meant = naming.words or summary.series.id in last or called_a(bare(clean(said.text)))
    final = wanted.does in _ASKED_FIRST and not meant
    if final or wanted.aside or (wanted.does == "cancel" and is_question(said.text)):
        return asked_first(state, wanted, said.named, summary, world)
    act = encode(act_on(wanted, said.named, summary))
    return talking_of(named_first(pressed(state, act, world), summary), summary, world)


def _changed(
    state: State, naming: Naming, said: Utterance, world: World, *, last: tuple[str, ...]
) -> Decision | None:
    """The series with the change that the sentence tells, as a draft."""
    draft = world.work.draft if draft_shown(state, world) else None
    if draft and world.above and not naming.words and draft.changes != world.above.series:
        return None  # of what is changed in this thread, the draft that was shown in it since is meant
    said_when = naming.words == 0 and _is_when(naming, world)
    if not may_change(naming.said) and not naming.head and not last and not said_when:
        return None
    sure = naming.head or naming.words >= _FEWEST or (bool(last) if naming.words == 0 else not _asks(said))
    if not sure and (naming.words or _of_a_lesson(state)):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    first = naming.found[0]
    change = changed_by(draft_of(first.series, world), naming.said, said.named, world)
    if change is None:
        return None
    if len(naming.found) > 1 or _may_be_draft(state, naming, world):
        return which(state, "change", naming.said, None, said.named, naming.found, world)
    return shown_change(state, first.series, change, world)


def _not_understood(
    state: State, named: Sequence[Naming], sentence: str, said: Utterance, world: World
) -> Decision | None:
    """A change that isn't understood, or what can be done to the one that was clearly named; None for what
    may be about anything else."""
    clear = next((naming for naming in named if naming.head and naming.words), None)
    clear = clear or next((naming for naming in named if surely_changes(sentence)), None)
    if clear is not None and _may_be_draft(state, clear, world):
        return None
    if clear is None or (not surely_changes(sentence) and world.knowledge.match(said.text).band == "answer"):
        return None
    if len(clear.found) > 1:
        return listed(state, clear.found, world)
    (summary,) = clear.found
    if surely_changes(clear.said):
        rest = clear.said.partition("it")[2].strip(" ,:").removeprefix("to ")
        draft = draft_of(summary.series, world)
        change = unchanged(draft, rest, said.named) if rest else SeriesChange(draft)
        return shown_change(state, summary.series, change, world)
    return listed(state, clear.found, world, words.NAMED_ACT_UNKNOWN)


def _may_be_draft(state: State, naming: Naming, world: World) -> bool:
    """Whether too little names it while a draft was shown that is newer than any that was spoken of."""
    return naming.words < _FEWEST and not spoken_of(state, world) and draft_shown(state, world) > 0


def _of_a_lesson(state: State) -> bool:
    return bool(state.question or state.lesson) and not state.series


def _is_when(naming: Naming, world: World) -> bool:
    """Whether the whole sentence changes when the only one goes out, and can be nothing else."""
    if len(naming.found) != 1 or naming.found[0].series.draft.schedule is None:
        return False
    return retimed(naming.found[0].series.draft.schedule, naming.said, world) is not None


def _asks(said: Utterance) -> bool:
    return is_question(bare(clean(said.text)))
