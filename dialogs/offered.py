"""The buttons of the last day: who types what stands on one of them has pressed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import takewhile

from msgspec.structs import replace

from dialogs.core.alone import pressed
from dialogs.core.apart import told_apart
from dialogs.core.commands import EnquiryAct, SeriesAct, encode
from dialogs.core.commands.table import TABLE, ways_of
from dialogs.core.events import Utterance
from dialogs.core.model import AT_HAND, Decision, OfferedButton, State, World
from dialogs.core.plain import choices
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.router import act_of
from dialogs.core.text import clean, is_question, normal, word_set
from dialogs.core.text import words as words_of
from dialogs.enquiries.table import WITH_WORDS
from dialogs.recurrence import zones
from dialogs.reminders.series_labels import names_of
from dialogs.wording import conversation as words
from dialogs.wording.dates import short_date

MOST, LONGEST = 40, 80
"""Buttons that are remembered, and characters of their labels."""
ASKED_WHICH = 600.0
"""For so long the name of what one of several would be done to can be typed, in seconds."""
_NUMBERED = lru_cache(2_000)(re.compile(r"(?P<leading>\D+) (?P<number>\d+)").fullmatch)
"""A label of a row that differs in its number only: "Show 2"."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_POINTING = word_set("the one that this about for on of to please i mean meant its it's just only and my")
_ALL = {
    "both",
    "both of them",
    "both of these",
    "all",
    "all of them",
    "all of these",
    "both please",
    "all please",
}
_FEW = 8
"""Words that name one of several, at most."""
_WORDED = re.compile(r"(?P<label>[^:–—]{1,80}?)(?:\s*[:–—]\s*|\s+-\s+)(?P<words>\S.*)")
"""A button's label, and what is said with it: "answer: yes, but ask legal first"."""

_written = lru_cache(2_000)(normal)
"""What stands on buttons, as it is compared: each is looked at in all the turns of a day."""
_ONLY_SAID = {normal(way) for row in TABLE if not row.near for way, _ in ways_of(row)}


def buttons(replies: Iterable[Reply], now: datetime) -> tuple[OfferedButton, ...]:
    """The buttons of ``replies`` whose label says something else than they do, and can be typed for it."""
    return tuple(
        OfferedButton(choice.label, choice.says, now.timestamp())
        for reply in replies
        for choice in choices(reply)
        if len(choice.label) <= LONGEST
        and _written(choice.label) != (said := _written(choice.says))
        and said not in _ONLY_SAID
    )


def remembered(
    before: Sequence[OfferedButton], replies: Sequence[Reply], now: datetime
) -> tuple[OfferedButton, ...]:
    """``before`` with the buttons of ``replies``, the newest first."""
    kept = buttons(replies, now)
    said = {(button.label, button.says) for button in kept}
    return (
        *kept,
        *(button for button in _of_the_day(before, now) if (button.label, button.says) not in said),
    )[:MOST]


def latest(state: State, text: str, world: World) -> tuple[OfferedButton, ...]:
    """The buttons shown last here, within a day, on which ``text`` (cleaned) stands."""
    return _standing(_of_the_day(_shown_last(state), world.now), text)


def in_full(state: State, said: Utterance, world: World) -> Utterance:
    """``said`` as the label of the one button that it names, where it was just asked which of several is
    meant that do the same to different things ("Stop: …"); else as it is."""
    shown = _just_asked(state, said, world)
    named = _named(shown, clean(said.text)) if shown else None
    return replace(said, text=named.label, exact="", named=()) if named else said


def numbered(state: State, said: Utterance, world: World) -> Decision | None:
    """What ``said`` does as the number, or the place, of a button in a row that is numbered ("2" of "Show 1",
    "Show 2"), shown last; None where it tells none."""
    found = for_number(state, said, world)
    return pressed(state, found[0].says, world) if found else _one_at_a_time(state, said, world)


def _one_at_a_time(state: State, said: Utterance, world: World) -> Decision | None:
    """Asks for one first, where it was just asked which of several is meant, and all of them are."""
    shown = _just_asked(state, said, world)
    if not _several(shown) or normal(clean(said.text)) not in _ALL:
        return None
    ways = tuple(Choice(button.label, button.says) for button in shown)
    asked = Reply((Text(words.ONE_AT_A_TIME), Choices(ways)), private=world.place.kind != "direct")
    return Decision(state, (asked,))


def for_number(state: State, said: Utterance, world: World) -> tuple[Choice, ...]:
    """The button that ``numbered`` presses."""
    shown = _just_asked(state, said, world)
    labelled = [(label, button) for button in shown if (label := _NUMBERED(button.label))]
    rows = [(label, button) for label, button in labelled if act_of(button.says, world.place) is not None]
    if len(rows) < 2:
        return ()
    leading = {normal(label["leading"]) for label, _ in rows}
    told = [word for word in words_of(clean(said.text)) if word not in {*_POINTING, *leading, "number", "no"}]
    if len(leading) != 1 or len(told) != 1:
        return ()
    places = {**dict(zip(_ORDINALS, "12345", strict=True)), "last": rows[-1][0]["number"]}
    number = places.get(told[0], told[0])
    return tuple(Choice(button.label, button.says) for label, button in rows if label["number"] == number)


def earlier(state: State, text: str, world: World) -> tuple[OfferedButton, ...]:
    """The buttons of the last day on which ``text`` (cleaned) stands: of here, and of what was sent alone.

    What is done in this conversation is about what was shown last; of a session or a series, there are many.
    """
    shown = (*_of_the_day(state.offered, world.now), *world.offered)
    found = _standing(shown, text) or _with_words(shown, text)
    own = [button for button in found if act_of(button.says, world.place) is None]
    return tuple(button for button in found if button not in own[1:])


def not_understood(state: State, said: Utterance, world: World) -> Decision | None:
    """Says that ``said``, which is no command, isn't understood under a card whose buttons can be typed; None
    for a question, and where one was answered here before."""
    if world.place.kind == "direct" or not world.offered or not said.addressed or state.question:
        return None
    if is_question(said.text):
        return None
    labels = "”, “".join(button.label for button in world.offered)
    asking = next((button.label for button in world.offered if _asks_for_words(button)), "")
    with_words = words.WITH_WORDS.format(label=asking) if asking else ""
    sentence = words.NO_REPLY_TO_CARD.format(labels=labels) + with_words
    return Decision(state, (Reply((Text(sentence),)),))


def which(state: State, found: Sequence[OfferedButton], world: World) -> Decision:
    """Ask which of several is meant: by the name of the series, else by when it was shown."""
    acts = [act_of(button.says, world.place) for button in found]
    about_series = [act.series for act in acts if isinstance(act, SeriesAct)]
    if about_series and world.series is None and world.remembers:
        return Decision(state, needs="series")
    running = {summary.series.id: summary for summary in world.series or ()}
    named = list[tuple[str, ...]]()
    for button, act in zip(found, acts, strict=True):
        summary = running.get(act.series) if isinstance(act, SeriesAct) else None
        at = datetime.fromtimestamp(button.at, zones.clock(world.zone))
        shown = f"{button.label} ({at:%H:%M})"
        first, *further = names_of(summary, world) if summary else (shown,)
        named.append(
            (f"{button.label}: {first}" if summary else shown, *further, short_date(at), f"{at:%H:%M}")
        )
    labels = told_apart(named)
    ways = Choices(tuple(Choice(label, button.says) for label, button in zip(labels, found, strict=True)))
    asked = Reply((Text(words.WHICH_BUTTON), ways), private=world.place.kind != "direct")
    return Decision(state, (asked,))


def _of_the_day(shown: Iterable[OfferedButton], now: datetime) -> list[OfferedButton]:
    since = now.timestamp() - AT_HAND
    return [button for button in shown if button.at >= since]


def _standing(shown: Iterable[OfferedButton], text: str) -> tuple[OfferedButton, ...]:
    typed = normal(text)
    found = _newest_first(button for button in shown if typed and _written(button.label) == typed)
    return tuple({button.says: button for button in found}.values())


def _newest_first(shown: Iterable[OfferedButton]) -> list[OfferedButton]:
    return sorted(shown, key=lambda button: -button.at)


def _shown_last(state: State) -> list[OfferedButton]:
    # The newest stand first (``remembered``).
    return [*takewhile(lambda button: button.at == state.offered[0].at, state.offered)]


def _just_asked(state: State, said: Utterance, world: World) -> list[OfferedButton]:
    """The buttons shown last, where ``said`` may answer which of them is meant."""
    shown = _shown_last(state)
    asked = shown and world.now.timestamp() - shown[0].at <= ASKED_WHICH
    return shown if asked and said.addressed and not said.pressed else []


def _several(shown: Sequence[OfferedButton]) -> list[OfferedButton]:
    """Those that do the same to different things: "Stop: …"."""
    parted = [(button, button.label.partition(": ")[0]) for button in shown if ": " in button.label]
    does = [doing for _, doing in parted]
    return [button for button, doing in parted if does.count(doing) > 1]


def _named(shown: Sequence[OfferedButton], text: str) -> OfferedButton | None:
    """The button of several alike whose name ``text`` tells, by some of its words or by its place."""
    several = _several(shown)
    said = [word for word in words_of(text) if word not in _POINTING] if several else []
    if not 0 < len(said) <= _FEW:
        return None
    if len(said) == 1 and said[0] in (*_ORDINALS[: len(several)], "last"):
        return several[-1 if said[0] == "last" else _ORDINALS.index(said[0])]
    named = [button for button in several if set(said) <= set(words_of(button.label.partition(": ")[2]))]
    return named[0] if len(named) == 1 else None


def _with_words(shown: Iterable[OfferedButton], text: str) -> tuple[OfferedButton, ...]:
    """The buttons that ask for words, with those that ``text`` has behind their label, or its beginning."""
    worded = _WORDED.fullmatch(text)
    label = normal(worded["label"]).split() if worded else []
    if worded is None or not label:
        return ()
    whole: dict[str, OfferedButton] = {}
    begun: dict[str, OfferedButton] = {}
    for button in _newest_first(shown):
        act, on_it = _asks_for_words(button), _written(button.label).split()
        if act is not None and on_it[: len(label)] == label:
            says = encode(replace(act, text=worded["words"]))
            (whole if on_it == label else begun)[says] = replace(button, says=says)
    return tuple((whole or begun).values())


def _asks_for_words(button: OfferedButton) -> EnquiryAct | None:
    """What the button does, where something is said with it."""
    act = act_of(button.says)
    return act if isinstance(act, EnquiryAct) and act.act in WITH_WORDS else None
