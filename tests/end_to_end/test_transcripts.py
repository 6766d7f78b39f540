"""Every transcript, through both real adapters: asked, pressed and answered as people meet it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from playground.stage import Message
from tests import transcript
from tests.harness.reading import buttons, unfolded, words
from tests.harness.whole import Whole, running
from tests.transcript import Dialogue, Exchange

pytestmark = pytest.mark.asyncio(loop_scope="module")

DIALOGUES = transcript.read()
CAST = {"officer": "asha", "colleague": "bryn", "advisor": "cleo"}
CHANNELS = ("slack-channel", "teams-channel")
EVERYWHERE = ("slack-direct", "teams-personal", *CHANNELS)


def is_for_a_channel(dialogue: Dialogue) -> bool:
    """Whether it needs others to talk to, or to talk past the bot."""
    said = [exchange.said for exchange in dialogue.exchanges]
    return any(each.aside for each in said) or len({each.who for each in said}) > 1


def places(dialogue: Dialogue) -> tuple[str, ...]:
    """Where it can be held: a quiz and a readiness check are taken alone, in a direct chat."""
    if is_for_a_channel(dialogue):
        return CHANNELS
    alone = dialogue.name.startswith(("quiz", "readiness"))
    return tuple(where for where in EVERYWHERE if not (alone and where in CHANNELS))


CASES = [
    pytest.param(dialogue, place, id=f"{place}: {dialogue.name}")
    for dialogue in DIALOGUES
    for place in places(dialogue)
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(valkey: str) -> AsyncIterator[Whole]:
    """One Sharewise for all of them; its memory is emptied before each."""
    async with running(valkey) as whole:
        yield whole


class Conversation:
    """A dialogue as it is held in one place; in a channel, in a thread of its own."""

    def __init__(self, whole: Whole, place: str) -> None:
        self._whole, self._place = whole, place
        self._thread: str | None = None
        self._offered: list[Message] = []
        """The last replies, whose buttons can be pressed."""

    async def take(self, exchange: Exchange) -> tuple[list[Message], str]:
        """Do what is said; the replies, and what the platform shows at once."""
        said = exchange.said
        person, shown = CAST[said.who], ""
        if said.presses:
            labels = {label: (message, element) for label, message, element in buttons(self._offered)}
            assert said.words in labels, f"no such button among {list(labels)}"
            message, element = labels[said.words]
            unfolds = next(unfolded(choice, element) for choice in self._offered if choice.id == message)
            if unfolds is not None:
                return self._offered, unfolds
            replies, shown = await self._whole.press(person, self._place, message, element)
        else:
            text = self._as_typed(exchange)
            replies = await self._whole.say(person, self._place, text, self._thread)
            if self._place in CHANNELS and self._thread is None:
                seen = self._whole.platform(self._place).messages(self._place, person)
                self._thread = next(message.id for message in reversed(seen) if message.author == person)
        self._offered = replies or self._offered
        return replies, shown

    def _as_typed(self, exchange: Exchange) -> str:
        """The words, with a mention where the place needs one to reach the bot."""
        said = exchange.said
        if self._place in CHANNELS:
            # Teams tells the bot of nothing else that is said in a channel.
            needed = self._place == "teams-channel" and not exchange.expected.silent
            called = needed or not said.aside
        else:
            called = not said.words  # nobody can send nothing, but a bare mention
        return f"@Sharewise {said.words}".strip() if called else said.words


@pytest.mark.parametrize(("dialogue", "place"), CASES)
async def test_the_bot_replies_as_written(
    whole: Whole, redis_url: str, dialogue: Dialogue, place: str
) -> None:
    whole.platform(place).clear()
    conversation = Conversation(whole, place)
    for exchange in dialogue.exchanges:
        expected, where = exchange.expected, f"{place}, {dialogue.name}, line {exchange.line}"
        replies, shown = await conversation.take(exchange)
        if expected.silent:
            assert not replies, where
            continue
        text = f"{words(replies)}\n{shown}"
        assert replies, f"{where}: no reply"
        asked = await whole.asked(replies)
        lessons = (asked.lesson, *asked.also) if asked and asked.lesson else ()
        assert (asked and asked.band, lessons) == (expected.band, expected.lessons), f"{where}\n{text}"
        labels = [label for label, _, _ in buttons(replies)]
        assert not transcript.missing(expected, text, labels), f"{where}\n{text}\n{labels}"
