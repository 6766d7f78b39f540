"""What is said of a reminder or pulse that waits for a reply: its name, its scale, when to bring it back."""

from __future__ import annotations

from dialogs.core.commands import SeriesAct, encode
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_model import Waiting
from dialogs.core.replies import Block, Choice, Choices, Reply, Text
from dialogs.core.text import literal
from dialogs.reminders.cards import scale
from dialogs.reminders.series_labels import waiting_label
from dialogs.reminders.typed_replies import TypedReply
from dialogs.wording import reminders as words


def words_of_button(reply: TypedReply, waiting: Waiting) -> str:
    """The words of the button that does what ``reply`` says to ``waiting``."""
    of_a_send = reply.act not in ("stop", "start again")
    rest = reply.rest if reply.act in ("answer", "snooze") else ""
    return encode(SeriesAct(reply.act, waiting.series, waiting.key if of_a_send else "", rest))


def said_of(state: State, world: World, about: Waiting | None, *blocks: Block) -> Decision:
    """``blocks``, under the name of what they are ``about``."""
    return Decision(state, (Reply((*([name_of(about, world)] if about else []), *blocks)),))


def name_of(waiting: Waiting, world: World) -> Text:
    """Says first what a reply was taken for."""
    return Text(f"**{literal(waiting_label(waiting, world))}**")


def scale_of(waiting: Waiting) -> tuple[Choices, ...]:
    return (scale(waiting.series, waiting.key),)


def times_of(meant: tuple[Waiting, ...], world: World) -> tuple[Choices, ...]:
    """A row of times for each that may be put off."""
    labels = {"hour": words.IN_AN_HOUR, "tomorrow": words.TOMORROW, "week": words.NEXT_WEEK}
    several = len(meant) > 1
    return tuple(
        Choices(
            tuple(
                Choice(
                    words.FOR_ONE[f"snooze {rest}"].format(called=waiting_label(waiting, world))
                    if several
                    else label,
                    encode(SeriesAct("snooze", waiting.series, waiting.key, rest)),
                )
                for rest, label in labels.items()
            )
        )
        for waiting in meant
    )
