"""What is shown and asked of series that words name: which one, whether so, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dialogs.core.alone import card, sent
from dialogs.core.commands import ChangeSeries, DraftAct, ListReminders, SeriesAct, encode
from dialogs.core.commands.naming import SeriesDoing, SeriesSaid
from dialogs.core.events import Mention
from dialogs.core.mentions import kept, spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Summary
from dialogs.core.replies import Block, Choice, Choices, Frozen, Text
from dialogs.reminders.cards import called
from dialogs.reminders.managing import listed_alone
from dialogs.reminders.series_changes import beside, left_out
from dialogs.reminders.series_labels import labels
from dialogs.reminders.series_meant import draft_shown, speaking_of
from dialogs.wording import drafts as words
from dialogs.wording import privacy

_MOST = 5
_BUTTONS: dict[SeriesDoing, str] = {
    "change": words.CHANGE, "pause": words.PAUSE, "resume": words.RESUME, "skip": words.SKIP,
    "cancel": words.END, "report": words.REPORT, "who": words.WHO_REPLIED, "nudge": words.NUDGE_THEM,
    "hand over": privacy.HAND_OVER, "take over": privacy.TAKE_OVER,
}  # fmt: skip


def act_on(wanted: SeriesSaid, mentioned: tuple[Mention, ...], summary: Summary) -> Frozen:
    """What the button says that does what is ``wanted`` to it."""
    whom = next((mention.id for mention in mentioned if mention.token == wanted.rest), wanted.rest)
    return SeriesAct(
        wanted.does,  # type: ignore[arg-type]  # a change and a look are none
        summary.series.id,
        rest=whom if wanted.does == "hand over" else "",
    )


def talking_of(decision: Decision, summary: Summary, world: World) -> Decision:
    """``decision``, from which on "it" is that series."""
    return replace(decision, state=speaking_of(decision.state, summary.series.id, world))


def named_first(decision: Decision, summary: Summary) -> Decision:
    """``decision``, which says first of which one it tells."""
    if not decision.replies:
        return decision
    first, *rest = decision.replies
    name = Text(f"**{called(summary.series.draft)}**")
    return replace(decision, replies=(replace(first, blocks=(name, *first.blocks)), *rest))


def asked_first(
    state: State, wanted: SeriesSaid, mentioned: tuple[Mention, ...], summary: Summary, world: World
) -> Decision:
    """Whether it is to be done, where that isn't clear, or something was said besides that isn't used."""
    aside = left_out(wanted.aside, mentioned) if wanted.aside else ()
    (label,) = labels([summary], world)
    way = Choice(f"{_BUTTONS[wanted.does]}: {label}", encode(act_on(wanted, mentioned, summary)))
    told = telling(state, [Text(words.NAMED_MEANT), Choices((way,))], world)
    return talking_of(beside(told, aside), summary, world)


def which(
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
                else act_on(wanted, mentioned, each)
            ),
        )
        for label, each in zip(labels(found, world), found, strict=True)
    )
    draft = world.work.draft if draft_shown(state, world) else None
    ways += (Choice(words.SHOW_DRAFT, encode(DraftAct("show", draft.id))),) if draft else ()
    return telling(state, [Text(words.NAMED_WHICH), Choices(ways)], world)


def listed(state: State, found: Sequence[Summary], world: World, before: str = "") -> Decision:
    """Those that are meant, as the list has them: when each goes out next, to whom, and what can be done."""
    blocks = [Text(before)] if before else []
    decision = telling(state, [*blocks, *listed_alone(found[:_MOST], world)], world)
    return talking_of(decision, found[0], world) if len(found) == 1 else decision


def none_named(state: State, world: World) -> Decision:
    """None is called as was said."""
    every = ListReminders(mine=world.speaker.role != "advisor")
    ways = Choices((Choice(encode(every).capitalize(), encode(every)),))
    return telling(state, [Text(words.NAMED_NONE), ways], world)


def telling(state: State, blocks: Iterable[Block], world: World) -> Decision:
    """``blocks``, for the speaker alone."""
    return Decision(state, (card(list(blocks), world, instead=False),), arrived=sent(world))
