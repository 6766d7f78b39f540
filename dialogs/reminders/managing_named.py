"""Series that run, changed, ended or handed over by their words: "cancel my reminder to ring the leader"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.core.alone import away, card, pressed, sent
from dialogs.core.commands import ChangeSeries, ListReminders, SeriesAct, SteerNamed, encode
from dialogs.core.commands.naming import named
from dialogs.core.mentions import kept, spoken
from dialogs.core.model import Decision, Mention, State, Utterance, World
from dialogs.core.reminder_model import Summary
from dialogs.core.replies import Choice, Choices, Frozen, Text
from dialogs.core.slips import mended
from dialogs.core.text import literal, word_set
from dialogs.core.text import words as words_of
from dialogs.reminders.audience_changes import audience_changed
from dialogs.reminders.cards import called
from dialogs.reminders.draft_changes import changed_when
from dialogs.reminders.drafting import begun
from dialogs.reminders.drafting_cards import OpenQuestion, wrong_when
from dialogs.reminders.managing import changing, steers
from dialogs.reminders.series_labels import labels
from dialogs.wording import drafts as words
from dialogs.wording import privacy

_SAYS_LITTLE = word_set("a an the my our your to of on about for and with one please thanks now me it")
_MOST = 5
_BUTTONS = {
    "change": words.CHANGE, "pause": words.PAUSE, "resume": words.RESUME, "skip": words.SKIP,
    "cancel": words.END, "report": words.REPORT,
    "hand over": privacy.HAND_OVER, "take over": privacy.TAKE_OVER,
}  # fmt: skip
_SHARED_ONLY = ("report", "hand over", "take over")
"""What there is none of for a reminder to oneself alone."""
_WITH_MORE = ("change", "hand over")
_LINK = re.compile(r" to |(?:[:,]| [-–—])\s")
"""What parts a name from what is to change, or from whom it goes to."""


def otherwise(state: State, said: Utterance, world: World) -> Decision | None:
    """The same of words that are no command, such as "cancel ring the leader", where a series is called so;
    None where none is."""
    wanted = named(said, sure=False) if said.addressed and not said.pressed else None
    if wanted is None or not world.remembers:
        return None
    return _steered(state, wanted, said.named, world)


def in_full(state: State, said: Utterance, world: World) -> Decision | None:
    """The same where several words name it: these are meant for it whatever else is open."""
    wanted = named(said, sure=False)
    several = wanted is not None and len(_telling(_parted(wanted)[-1][0])) > 1
    return otherwise(state, said, world) if several else None


def steer_named(state: State, wanted: SteerNamed, mentioned: tuple[Mention, ...], world: World) -> Decision:
    """Do it to the one series that is called so, of those that the speaker may steer; ask which, where there
    are more."""
    if not world.remembers:
        return away(state, world)
    return _steered(state, wanted, mentioned, world) or _none(state, world)


def _steered(
    state: State, wanted: SteerNamed, mentioned: tuple[Mention, ...], world: World
) -> Decision | None:
    if world.series is None:
        return Decision(state, needs="series")
    mine = [summary for summary in world.series if steers(summary, world)]
    if wanted.does in _SHARED_ONLY:
        mine = [summary for summary in mine if not summary.series.own]
    for name, further in _parted(wanted):
        found = _called(spoken(kept(name, mentioned)), mine)
        if len(found) > 1:
            return _which(state, wanted, further, mentioned, found[:_MOST], world)
        if found and wanted.does == "change":
            return _changed(state, found[0], further, mentioned, world)
        if found:
            act = encode(_act(wanted, further, mentioned, found[0]))
            return _named_first(pressed(state, act, world), found[0])
    return None


def _parted(wanted: SteerNamed) -> list[tuple[str, str]]:
    """The name with what may stand behind it, the longest name first."""
    links = list(_LINK.finditer(wanted.name)) if wanted.does in _WITH_MORE else []
    behind = ((wanted.name[: link.start()], wanted.name[link.end() :]) for link in reversed(links))
    return [(wanted.name, ""), *behind]


def _telling(name: str) -> list[str]:
    return [word for word in words_of(name) if word not in _SAYS_LITTLE]


def _called(name: str, among: Sequence[Summary]) -> list[Summary]:
    """Those in whose words all that ``name`` tells stands; a slip of the finger is no reason to miss one."""
    theirs = [list(words_of(spoken(f"{each.series.draft.topic} {each.series.draft.what}"))) for each in among]
    meant = set(mended(_telling(name), {word for known in theirs for word in known}).split())
    fitting = [
        (each, known) for each, known in zip(among, theirs, strict=True) if meant and meant <= {*known}
    ]
    exact = [each for each, known in fitting if known == list(words_of(name))]
    return exact if len(exact) == 1 else [each for each, _ in fitting]


def _act(wanted: SteerNamed, further: str, mentioned: tuple[Mention, ...], summary: Summary) -> Frozen:
    id = summary.series.id
    if wanted.does == "change":
        return ChangeSeries(id)
    whom = next((mention.id for mention in mentioned if mention.token == further), further)
    return SeriesAct(wanted.does, id, rest=whom)


def _changed(
    state: State, summary: Summary, further: str, mentioned: tuple[Mention, ...], world: World
) -> Decision:
    """A draft of it (the one that is open), with another when or other recipients where that was said too."""
    before, id = world.work.draft, summary.series.id
    draft = before if before and before.changes == id else changing(summary.series, world)
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    when = changed_when(draft, further, world) if further else None
    if when is not None and when.good:
        return begun(state, replace(draft, when=when.when, schedule=when.schedule), world)
    tried = (audience_changed(draft, said, mentioned, world) for said in (f"to {further}", further))
    whom = next(filter(None, tried), None) if further else None
    if whom is not None:
        problem = OpenQuestion("audience", whom.problem, problem=True) if whom.problem else None
        return begun(state, replace(draft, targets=whom.targets), world, problem, notes=whom.note)
    if when is not None and when.problems:
        return begun(state, draft, world, wrong_when(when.problems, mentioned))
    unknown = words.NAMED_CHANGE_UNKNOWN.format(said=literal(spoken(kept(further, mentioned))))
    return begun(state, draft, world, notes=unknown if further else "")


def _named_first(decision: Decision, summary: Summary) -> Decision:
    """``decision``, which says first of which one it tells."""
    if not decision.replies:
        return decision
    first, *rest = decision.replies
    name = Text(f"**{called(summary.series.draft)}**")
    return replace(decision, replies=(replace(first, blocks=(name, *first.blocks)), *rest))


def _which(
    state: State, wanted: SteerNamed, further: str, mentioned: tuple[Mention, ...], found: Sequence[Summary],
    world: World,
) -> Decision:  # fmt: skip
    does = _BUTTONS[wanted.does]
    ways = tuple(
        Choice(f"{does}: {label}", encode(_act(wanted, further, mentioned, each)))
        for label, each in zip(labels(found, world), found, strict=True)
    )
    return Decision(
        state, (card([Text(words.NAMED_WHICH), Choices(ways)], world, instead=False),), arrived=sent(world)
    )


def _none(state: State, world: World) -> Decision:
    every = ListReminders(mine=world.speaker.role != "advisor")
    ways = Choices((Choice(encode(every).capitalize(), encode(every)),))
    return Decision(state, (card([Text(words.NAMED_NONE), ways], world, instead=False),), arrived=sent(world))
