"""Series that run, changed or ended by their words: "cancel my reminder to ring the leader"."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.core.alone import away, card, pressed, sent
from dialogs.core.commands import ChangeSeries, ListReminders, SeriesAct, SteerNamed, encode
from dialogs.core.commands.naming import named
from dialogs.core.mentions import spoken
from dialogs.core.model import Decision, State, Utterance, World
from dialogs.core.reminder_model import Summary
from dialogs.core.replies import Choice, Choices, Frozen, Text
from dialogs.core.slips import mended
from dialogs.core.text import clean, word_set
from dialogs.core.text import words as words_of
from dialogs.reminders.cards import called
from dialogs.reminders.draft_changes import changed_when
from dialogs.reminders.drafting import begun
from dialogs.reminders.managing import changing, steers
from dialogs.wording import drafts as words

_SAYS_LITTLE = word_set("a an the my our your to of on about for and with one please thanks now me it")
_MOST = 5
_BUTTONS = {
    "change": words.CHANGE, "pause": words.PAUSE, "resume": words.RESUME, "skip": words.SKIP,
    "cancel": words.END, "report": words.REPORT,
}  # fmt: skip


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """The same of words that are no command, such as "cancel ring the leader", where a series is called so;
    None where none is."""
    wanted = named(clean(said.text), sure=False) if said.addressed and not said.pressed else None
    if wanted is None or not world.remembers:
        return None
    return _steered(state, wanted, world)


def steer_named(state: State, wanted: SteerNamed, world: World) -> Decision:
    """Do it to the one series that is called so, of those that the speaker may steer; ask which, where there
    are more."""
    if not world.remembers:
        return away(state, world)
    return _steered(state, wanted, world) or _none(state, world)


def _steered(state: State, wanted: SteerNamed, world: World) -> Decision | None:
    if world.series is None:
        return Decision(state, needs="series")
    mine = [summary for summary in world.series if steers(summary, world)]
    if wanted.does == "report":  # of a reminder to oneself alone there is none
        mine = [summary for summary in mine if not summary.series.own]
    found, when = _called(wanted.name, mine), ""
    if not found and wanted.does == "change":
        name, _, when = wanted.name.rpartition(" to ")
        found = _called(name, mine)
    if not found:
        return None
    if len(found) > 1:
        return _which(state, wanted, found[:_MOST], world)
    (summary,) = found
    if wanted.does == "change":
        return _changed(state, summary, when, world)
    return _named_first(pressed(state, encode(_act(wanted, summary)), world), summary)


def _called(name: str, among: Sequence[Summary]) -> list[Summary]:
    """Those in whose words all that ``name`` tells stands; a slip of the finger is no reason to miss one."""
    said = [word for word in words_of(name) if word not in _SAYS_LITTLE]
    theirs = [list(words_of(spoken(f"{each.series.draft.topic} {each.series.draft.what}"))) for each in among]
    meant = set(mended(said, {word for known in theirs for word in known}).split())
    fitting = [
        (each, known) for each, known in zip(among, theirs, strict=True) if meant and meant <= {*known}
    ]
    exact = [each for each, known in fitting if known == list(words_of(name))]
    return exact if len(exact) == 1 else [each for each, _ in fitting]


def _act(wanted: SteerNamed, summary: Summary) -> Frozen:
    id = summary.series.id
    return ChangeSeries(id) if wanted.does == "change" else SeriesAct(wanted.does, id)


def _changed(state: State, summary: Summary, when: str, world: World) -> Decision:
    """A draft of it, with another when where that was said too."""
    draft = changing(summary.series, world)
    found = changed_when(draft, when, world) if when else None
    if found is not None and found.good:
        draft = replace(draft, when=found.when, schedule=found.schedule)
    return begun(state, draft, world)


def _named_first(decision: Decision, summary: Summary) -> Decision:
    """``decision``, which says first of which one it tells."""
    if not decision.replies:
        return decision
    first, *rest = decision.replies
    name = Text(f"**{called(summary.series.draft)}**")
    return replace(decision, replies=(replace(first, blocks=(name, *first.blocks)), *rest))


def _which(state: State, wanted: SteerNamed, found: Sequence[Summary], world: World) -> Decision:
    ways = tuple(
        Choice(f"{_BUTTONS[wanted.does]}: {spoken(each.series.draft.what)}", encode(_act(wanted, each)))
        for each in found
    )
    return Decision(
        state, (card([Text(words.NAMED_WHICH), Choices(ways)], world, instead=False),), arrived=sent(world)
    )


def _none(state: State, world: World) -> Decision:
    every = ListReminders(mine=world.speaker.role != "advisor")
    ways = Choices((Choice(encode(every).capitalize(), encode(every)),))
    return Decision(state, (card([Text(words.NAMED_NONE), ways], world, instead=False),), arrived=sent(world))
