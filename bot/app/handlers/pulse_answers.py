"""Answers to a pulse, and the comments with them."""

from __future__ import annotations

import secrets

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome, given_back, opened
from bot.app.people import PeopleDirectory
from bot.platforms.ports import InboundEvent, Result
from bot.storage.reminders import Pressed, SeriesStore
from dialogs.core.commands import SeriesAct, encode
from dialogs.core.events import Submitted
from dialogs.core.mentions import unforged
from dialogs.core.reminder_model import Series
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.session_model import Actor
from dialogs.reminders.cards import LONGEST_COMMENT, after_answer, comment_form, done_card, scale_card
from dialogs.wording import reminders as words
from knowledge.readiness import STEPS

WHY_NOT: dict[Pressed, str] = {
    "none": words.GONE, "date": words.NO_SUCH_DATE, "stranger": words.NOT_YOURS,
    "closed": words.OVER,
}  # fmt: skip
"""What somebody is told whose press on a series came to nothing."""


class PulseAnswers:
    """Keeps them, and says what is told of it. May raise MemoryAway."""

    def __init__(self, store: SeriesStore, people: PeopleDirectory) -> None:
        self._store, self._people = store, people

    async def answer(self, inbound: InboundEvent, act: SeriesAct, by: Actor, comment: str) -> ActOutcome:
        """Keep an answer, and ``comment``, where something was typed with it."""
        if not 1 <= int(act.rest) <= STEPS:
            return opened(words.ANSWER_RANGE)
        press = await self._store.press(
            "answer", act.series, act.key, whom(inbound), by.id, by.name, act.rest,
            known_as=self._people.names_of(by.id)[1:],
        )  # fmt: skip
        if press.became == "kind":
            return opened(words.NOT_A_PULSE)
        if press.became in WHY_NOT or press.series is None:
            return _nameless(opened(WHY_NOT.get(press.became, words.GONE)), act, press.series)
        noted = await self._note(inbound, act, by, comment) if comment else ""
        draft, kept = press.series.draft, noted == words.COMMENT_NOTE
        said = words.answered(
            act.rest, anonymous=press.series.anonymous(act.key), became=press.became, noted=kept
        )  # fmt: skip
        if comment and not (kept and press.became != "first"):
            said = f"{said} {noted}"
        if press.became == "first":
            return _nameless(opened(said), act, press.series)
        if inbound.place.kind != "direct":
            # In a channel the question stays open for the others.
            return _nameless(opened(said, done=True), act, press.series)
        more = Choice(words.COMMENT, encode(SeriesAct("comment", act.series, act.key)), opens=True)
        ways = (more, *after_answer(act.series, act.key, anonymous=press.series.anonymous(act.key)))
        card = done_card(draft, said)
        shown = Reply((*card.blocks, Choices(ways)), instead=True)
        return _nameless(opened(said, reply=shown, done=True), act, press.series)

    async def change_answer(self, act: SeriesAct) -> ActOutcome:
        """The question once more, to answer anew."""
        series = (await self._store.load(act.series)).series
        if series is None:
            return opened(words.GONE)
        if series.draft.kind != "pulse":
            return opened(words.NOT_A_PULSE)
        if series.anonymous(act.key):
            return _nameless(opened(words.CANT_CHANGE), act, series)
        card = scale_card(series.draft, act.series, act.key)
        return opened(reply=Reply(card.blocks, private=True))

    async def _note(self, inbound: InboundEvent, act: SeriesAct, by: Actor, comment: str) -> str:
        """Keep what was typed with an answer; what to tell of it."""
        if len(comment) > LONGEST_COMMENT:
            return words.COMMENT_LONG.format(count=f"{len(comment):,}", limit=f"{LONGEST_COMMENT:,}")
        fresh = secrets.token_hex(8)
        press = await self._store.press(
            "comment", act.series, act.key, whom(inbound), by.id, by.name, unforged(comment), fresh,
            known_as=self._people.names_of(by.id)[1:],
        )  # fmt: skip
        if press.became == "first":
            return words.COMMENT_ALREADY
        return WHY_NOT.get(press.became, words.COMMENT_NOTE)

    async def comment(self, inbound: InboundEvent, act: SeriesAct, by: Actor, typed: str) -> ActOutcome:
        """Ask for a comment by form, or keep what was filled in or ``typed``."""
        series = (await self._store.load(act.series)).series
        if series is None:
            return given_back(inbound, opened(words.GONE))
        if series.draft.kind != "pulse":
            return given_back(inbound, opened(words.NOT_A_PULSE))
        if typed:
            return _nameless(await self._noted(inbound, act, by, typed), act, series)
        if not isinstance(inbound.event, Submitted):
            if inbound.can_open:
                return _nameless(opened(form=comment_form(series, act.key)), act, series)
            button = Choice(
                words.COMMENT, encode(SeriesAct("comment", act.series, act.key)), primary=True, opens=True
            )
            return opened(reply=Reply((Text(words.OPEN_COMMENT), Choices((button,))), private=True))
        typed = inbound.event.values.get("comment", "").strip()
        if not typed or len(typed) > LONGEST_COMMENT:
            long = words.COMMENT_LONG.format(count=f"{len(typed):,}", limit=f"{LONGEST_COMMENT:,}")
            form = comment_form(series, act.key, typed)
            errors = {"comment": long if typed else words.COMMENT_EMPTY}
            return _nameless(ActOutcome(Result("done", form=form, errors=errors)), act, series)
        return _nameless(given_back(inbound, await self._noted(inbound, act, by, typed)), act, series)

    async def _noted(self, inbound: InboundEvent, act: SeriesAct, by: Actor, typed: str) -> ActOutcome:
        note = await self._note(inbound, act, by, typed)
        return opened(note, done=note == words.COMMENT_NOTE)


def whom(inbound: InboundEvent) -> tuple[str, str]:
    """Whom a press may stand for: in a direct chat the person, elsewhere rather the channel."""
    channel = f"{inbound.place.platform}:{inbound.channel}" if inbound.channel else ""
    if inbound.place.kind == "direct":
        return inbound.speaker, channel
    return (channel, inbound.speaker) if channel else (inbound.speaker, "")


def _nameless(outcome: ActOutcome, act: SeriesAct, series: Series | None) -> ActOutcome:
    """``outcome`` of an answer or comment to an occurrence of ``series``."""
    if series is None or not series.anonymous(act.key):
        return outcome
    return outcome._replace(result=replace(outcome.result, nameless=True))
