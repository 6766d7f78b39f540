"""Series that run, steered by what is said of them: "stop the one to the leaders", "skip the next one"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dialogs.core.alone import away, card, kindly, pressed, sent
from dialogs.core.commands import ChangeSeries, DraftAct, ListReminders, SeriesAct, SteerNamed, encode
from dialogs.core.commands.naming import (
    SeriesDoing,
    SeriesSaid,
    asked_of_it,
    bare,
    may_be_of_one,
    may_change,
    surely_changes,
)
from dialogs.core.events import Mention, Utterance
from dialogs.core.mentions import kept, spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Summary
from dialogs.core.replies import Block, Choice, Choices, Frozen, Text
from dialogs.core.text import clean, is_question, literal
from dialogs.reminders.cards import called
from dialogs.reminders.drafting_when import retimed
from dialogs.reminders.managing import changing, listed_alone, steers
from dialogs.reminders.series_changes import (
    SeriesChange,
    change_said,
    changed_by,
    changed_by_act,
    draft_of,
    shown_change,
    unchanged,
)
from dialogs.reminders.series_labels import labels
from dialogs.reminders.series_meant import (
    Naming,
    draft_shown,
    named_in,
    names_draft,
    pointed_at,
    speaking_of,
    spoken_of,
)
from dialogs.wording import drafts as words
from dialogs.wording import privacy

_MOST = 5
_BUTTONS: dict[SeriesDoing, str] = {
    "change": words.CHANGE, "pause": words.PAUSE, "resume": words.RESUME, "skip": words.SKIP,
    "cancel": words.END, "report": words.REPORT, "who": words.WHO_REPLIED, "nudge": words.NUDGE_THEM,
    "hand over": privacy.HAND_OVER, "take over": privacy.TAKE_OVER,
}  # fmt: skip
_SHARED_ONLY = ("report", "who", "nudge", "hand over", "take over")
"""What there is none of for a reminder to oneself alone."""
_TALK_OF_IT = ("pause", "resume", "skip", "who", "nudge")
"""What is said of a reminder alone, though the talk is of a lesson and it is called "it"."""
_OF_SENDING = re.compile(
    r"\b(?:set up|scheduled?|sent|send|go(?:es)? out|due|repl(?:y|ied)|responded|answered|remind(?:ed)?)\b",
    re.I,
)
"""What is done with reminders."""
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
    runs. None where there is none such."""
    if not state.series or not world.remembers:
        return None
    if world.series is None:
        return Decision(state, needs="series")
    running = (each for each in world.series if steers(each, world) and each.series.step != "ended")
    last = [each for each in running if each.series.id == state.series]
    done = otherwise(state, said, world) if last else None
    return done or (_shown(state, last, world, words.NAMED_ACT_UNKNOWN) if last else None)


def steer_named(state: State, wanted: SteerNamed, said: Utterance, world: World) -> Decision | None:
    """The same of words that call it a reminder or pulse."""
    if not world.remembers:
        return away(state, world)
    done = _meant(state, said, world, pointing=True, draft_first=False)
    none = wanted.named and not draft_shown(state, world)
    return done or (_none(state, world) if none else None)


def change(state: State, wanted: ChangeSeries, world: World) -> Decision:
    """A draft of a series that runs, with what was said; nothing changes until it is saved."""
    if not world.remembers:
        return away(state, world)
    if world.series is None:
        return Decision(state, needs="series")
    summary = next((summary for summary in world.series if summary.series.id == wanted.id), None)
    if summary is not None and not steers(summary, world):
        return kindly(state, words.ADVISORS_ONLY, world, pressed=False)
    if summary is None or summary.series.step == "ended":
        return _told(state, [Text(words.NO_SUCH_SERIES)], world)
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    draft = draft_of(summary.series, world) if wanted.said else changing(summary.series, world)
    changed = change_said(draft, wanted.said, (), world) if wanted.said else SeriesChange(draft)
    return shown_change(state, summary.series, changed or unchanged(draft, wanted.said, ()), world)


def _meant(
    state: State, said: Utterance, world: World, *, pointing: bool, draft_first: bool
) -> Decision | None:
    sentence = bare(clean(said.exact) or clean(said.text))
    listened = world.speaker.role == "advisor" or bool(state.series)
    heard = said.addressed and not said.pressed and world.remembers
    if not heard or not may_be_of_one(sentence, listened=listened):
        return None
    if world.series is None:
        return Decision(state, needs="series")
    mine = [summary for summary in world.series if steers(summary, world) and summary.series.step != "ended"]
    if not mine:
        return None
    named = list(named_in(sentence, said.named, mine, world))
    draft = world.work.draft
    if draft_first and draft is not None and state.doing == draft.id:
        named = [naming for naming in named if not names_draft(naming, draft)]
    last = spoken_of(state, world)
    if not last and draft_shown(state, world) and not is_question(said.text):
        pointing, named = False, [naming for naming in named if naming.words]  # "it" is the draft
    others = list(pointed_at(sentence, mine, last)) if pointing or (last and not state.doing) else []
    for naming in (*named, *others):
        decision = _done(state, naming, said, world, last=last)
        if decision is not None:
            return decision
    return _not_understood(state, named, sentence, said, world)


def _done(state: State, naming: Naming, said: Utterance, world: World, *, last: str) -> Decision | None:
    """What the sentence does to the series that it names so; None where it does nothing that we know."""
    wanted = asked_of_it(naming.said)
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
            return _shown(state, found, world, words.NONE_PAUSED)
        found = paused or found
    if not found:
        return None
    if wanted.does == "show":
        return _shown(state, found, world)
    if len(found) > 1:
        return _which(state, wanted.does, naming.said, wanted, said.named, found, world)
    (summary,) = found
    if wanted.rest and wanted.does != "hand over":
        if world.advisor_settings is None:
            return Decision(state, needs="settings")
        draft = draft_of(summary.series, world)
        change = changed_by_act(draft, wanted, said.named, world)
        if change is None and naming.words:
            change = unchanged(draft, wanted.rest, said.named)
        return shown_change(state, summary.series, change, world) if change else None
    if wanted.aside or (wanted.does == "cancel" and is_question(said.text)):
        return _asked(state, wanted, said.named, summary, world)
    act = encode(_act(wanted, said.named, summary))
    return _spoken_of(_named_first(pressed(state, act, world), summary), summary, world)


def _changed(state: State, naming: Naming, said: Utterance, world: World, *, last: str) -> Decision | None:
    """The series with the change that the sentence tells, as a draft."""
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
        return _which(state, "change", naming.said, None, said.named, naming.found, world)
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
        return _shown(state, clear.found, world)
    (summary,) = clear.found
    if surely_changes(clear.said):
        rest = clear.said.partition("it")[2].strip(" ,:").removeprefix("to ")
        draft = draft_of(summary.series, world)
        change = unchanged(draft, rest, said.named) if rest else SeriesChange(draft)
        return shown_change(state, summary.series, change, world)
    return _shown(state, clear.found, world, words.NAMED_ACT_UNKNOWN)


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


def _act(wanted: SeriesSaid, mentioned: tuple[Mention, ...], summary: Summary) -> Frozen:
    whom = next((mention.id for mention in mentioned if mention.token == wanted.rest), wanted.rest)
    return SeriesAct(
        wanted.does,  # type: ignore[arg-type]  # a change and a look are none
        summary.series.id,
        rest=whom if wanted.does == "hand over" else "",
    )


def _spoken_of(decision: Decision, summary: Summary, world: World) -> Decision:
    return replace(decision, state=speaking_of(decision.state, summary.series.id, world))


def _named_first(decision: Decision, summary: Summary) -> Decision:
    """``decision``, which says first of which one it tells."""
    if not decision.replies:
        return decision
    first, *rest = decision.replies
    name = Text(f"**{called(summary.series.draft)}**")
    return replace(decision, replies=(replace(first, blocks=(name, *first.blocks)), *rest))


def _asked(
    state: State, wanted: SeriesSaid, mentioned: tuple[Mention, ...], summary: Summary, world: World
) -> Decision:
    """Whether it is to be done, where something was said besides that isn't used."""
    aside = literal(spoken(kept(wanted.aside, mentioned)))
    told = [words.NAMED_MEANT, words.NAMED_ASIDE.format(said=aside) if aside else ""]
    (label,) = labels([summary], world)
    way = Choice(f"{_BUTTONS[wanted.does]}: {label}", encode(_act(wanted, mentioned, summary)))
    return _spoken_of(
        _told(state, [Text(" ".join(filter(None, told))), Choices((way,))], world), summary, world
    )


def _which(
    state: State, does: SeriesDoing, sentence: str, wanted: SeriesSaid | None,
    mentioned: tuple[Mention, ...], found: Sequence[Summary], world: World,
) -> Decision:  # fmt: skip
    """Ask which one is meant: each button does what was said to one of them."""
    found = found[:_MOST]
    changes = wanted is None or (wanted.rest and wanted.does != "hand over")
    said = spoken(kept(sentence, mentioned))
    ways = tuple(
        Choice(
            f"{_BUTTONS[does]}: {label}",
            encode(
                ChangeSeries(each.series.id, said)
                if changes or wanted is None
                else _act(wanted, mentioned, each)
            ),
        )
        for label, each in zip(labels(found, world), found, strict=True)
    )
    draft = world.work.draft if draft_shown(state, world) else None
    ways += (Choice(words.SHOW_DRAFT, encode(DraftAct("show", draft.id))),) if draft else ()
    return _told(state, [Text(words.NAMED_WHICH), Choices(ways)], world)


def _shown(state: State, found: Sequence[Summary], world: World, before: str = "") -> Decision:
    """Those that are meant, as the list has them: when each goes out next, to whom, and what can be done."""
    blocks = [Text(before)] if before else []
    decision = _told(state, [*blocks, *listed_alone(found[:_MOST], world)], world)
    return _spoken_of(decision, found[0], world) if len(found) == 1 else decision


def _none(state: State, world: World) -> Decision:
    every = ListReminders(mine=world.speaker.role != "advisor")
    ways = Choices((Choice(encode(every).capitalize(), encode(every)),))
    return _told(state, [Text(words.NAMED_NONE), ways], world)


def _told(state: State, blocks: Iterable[Block], world: World) -> Decision:
    return Decision(state, (card(list(blocks), world, instead=False),), arrived=sent(world))
