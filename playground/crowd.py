"""Colleagues who answer what Sharewise asks in a place, as people would: each at their own pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from itertools import islice
from random import Random

import msgspec

from playground.crowd_forms import dice, filled
from playground.crowd_hands import Button, News, buttons, fill_in
from playground.stage import CROWD, PEOPLE, PLACES, Message, Person, Refused, StandIn

OPTION, OPENS = "quiz answer ", "Take part"
"""How a quiz option's words begin, and the label of a button that opens a form."""
LOOKED_AT = 60
"""Messages of the bot, counted from the newest, among which the question is sought."""
KEPT = 100
"""Questions whose answerers are remembered."""

PACE = {"Northshire County": 0.8, "Eastvale District": 1.2, "Westmoor District": 1.0}
"""How long an organisation's people take, beside the others'."""
PLATFORM = {"Northshire County": "slack", "Westmoor District": "slack", "Eastvale District": "teams"}
"""Where an organisation's people answer a card that stands on both platforms."""
QUIZ_TASTE = (5.0, 3.0, 2.0, 1.0, 1.0, 1.0)
"""How a question's options share its answers, the most popular first."""


def answers(button: Button) -> bool:
    """Whether pressing it answers, or opens the form in which one answers."""
    return button.says.startswith(OPTION) or button.label == OPENS


def answering(message: Message) -> tuple[Button, ...]:
    """The buttons with which ``message`` can be answered; none of a message that asks nothing."""
    return tuple(button for button in buttons(message.payload) if answers(button))


Answers = frozenset[str]
"""The words of all the buttons that answer a card: the same wherever, and however often, it is drawn."""


class CrowdMemory(msgspec.Struct):
    """What a restart must not change: the words of a question's buttons, and who has answered it."""

    answered: list[tuple[list[str], list[str]]]


class Crowd:
    """The colleagues. Each answers a question once, also where it is asked on both platforms."""

    def __init__(
        self,
        adapters: Mapping[str, StandIn],
        news: News,
        random: Random,
        changed: Callable[[str], None],
        over: float,
    ) -> None:
        """``changed`` is told where they begin and end; ``over``: about how many seconds they take."""
        self._adapters, self._news, self._random = adapters, news, random
        self._changed, self._over = changed, over
        self._answered: dict[Answers, set[str]] = {}
        self._busy: dict[Answers, set[asyncio.Task[bool]]] = {}

    def kept(self) -> CrowdMemory:
        """What ``restore`` takes."""
        return CrowdMemory([(sorted(words), sorted(who)) for words, who in self._answered.items()])

    def restore(self, memory: CrowdMemory) -> None:
        """Go on from ``memory``."""
        self._answered = {frozenset(words): set(who) for words, who in memory.answered}

    def clear(self) -> None:
        """Forget who answered what; those who are at it give up."""
        self.stop()
        self._answered.clear()

    def waiting(self, place: str) -> int | None:
        """How many colleagues have yet to answer what is asked in ``place``; None where nothing is."""
        message = self._asked(place)
        return len(self._left(_question(message))) if message else None

    def busy(self, place: str) -> bool:
        """Whether they are at it."""
        message = self._asked(place)
        return message is not None and _question(message) in self._busy

    async def answer(self, place: str, count: int) -> str:
        """Let at most ``count`` colleagues answer the newest question in ``place``.

        Returns a sentence about how it went. Raises Refused.
        """
        message = self._asked(place)
        if message is None:
            raise Refused("Nothing here waits for answers. Begin with “quiz here” or “readiness here”.")
        question = _question(message)
        if question in self._busy:
            raise Refused("Your colleagues are still answering. Give them a moment.")
        who = self._left(question)
        if not who:
            raise Refused("All your colleagues have answered this already.")
        chosen = self._random.sample(who, min(count, len(who)))
        where = self._where(place, question)
        tasks = {
            asyncio.ensure_future(self._one(person, where(person), question, dice(self._random.random())))
            for person in chosen
        }
        self._busy[question] = tasks
        self._changed(place)
        try:
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        finally:
            del self._busy[question]
            self._changed(place)
        return _summary(sum(outcome is True for outcome in outcomes), len(outcomes))

    def stop(self) -> None:
        """Let all who are still answering give up."""
        for tasks in self._busy.values():
            for task in tasks:
                task.cancel()

    def _asked(self, place: str) -> Message | None:
        """The newest message for everyone in ``place`` that can be answered; private chats have none."""
        reference = next(channel for channel in PLACES if channel.key == place)
        if reference.kind == "direct":
            return None
        seen = self._adapters[reference.platform].messages(place, PEOPLE[0].key)
        mine = (message for message in reversed(seen) if message.author == "bot" and message.only_for is None)
        return next((message for message in islice(mine, LOOKED_AT) if answering(message)), None)

    def _left(self, question: Answers) -> list[Person]:
        answered = self._answered.get(question, ())
        return [person for person in CROWD if person.key not in answered]

    def _where(self, place: str, question: Answers) -> Callable[[Person], str]:
        """Where each answers: in ``place``, or where the same card stands on their own platform."""
        here = next(where.platform for where in PLACES if where.key == place)
        references: dict[str, str] = {here: place}
        for channel in PLACES:
            asked = None if channel.platform in references else self._asked(channel.key)
            if asked is not None and _question(asked) == question:
                references[channel.platform] = channel.key

        return lambda person: references.get(PLATFORM[person.organisation], place)

    async def _one(self, person: Person, place: str, question: Answers, random: Random) -> bool:
        """Answer as ``person``; whether that was possible."""
        adapter = self._adapters[next(channel.platform for channel in PLACES if channel.key == place)]
        await asyncio.sleep(
            self._over * min(1.0, random.betavariate(1.5, 3) * PACE[person.organisation] * 1.4)
        )
        message = self._asked(place)  # as it is drawn by now
        if message is None or _question(message) != question:
            return False
        done = False
        try:
            for options in _each(answering(message)):
                button = _chosen(options, question, random)
                await adapter.press(person.key, message.id, button.element)
                done = button.label != OPENS or await fill_in(
                    adapter,
                    person,
                    self._news,
                    lambda page: filled(page, person, random),
                    lambda: self._over * random.uniform(0.03, 0.15),
                )
        except Refused:
            return False
        if done:
            self._answered.setdefault(question, set()).add(person.key)
            while len(self._answered) > KEPT:
                del self._answered[next(iter(self._answered))]
        return done


def _question(message: Message) -> Answers:
    return frozenset(button.says for button in answering(message))


def _each(options: tuple[Button, ...]) -> list[tuple[Button, ...]]:
    """The options of each question of a card; a quiz may have several open at once."""
    questions: dict[str, list[Button]] = {}
    for button in options:
        asked = button.says.rpartition(" ")[0] if button.says.startswith(OPTION) else ""
        questions.setdefault(asked, []).append(button)
    return [tuple(choices) for choices in questions.values()]


def _chosen(options: tuple[Button, ...], question: Answers, random: Random) -> Button:
    """The option that one person takes; which are popular is the question's own matter."""
    ranked = sorted(options, key=lambda button: button.says)
    dice("".join(sorted(question))).shuffle(ranked)
    return random.choices(ranked, [*QUIZ_TASTE, *[1.0] * len(ranked)][: len(ranked)])[0]


def _summary(answered: int, all_of_them: int) -> str:
    if answered == all_of_them:
        return f"{_colleagues(answered)} answered."
    if not answered:
        return "Nobody could answer. It may have closed meanwhile."
    return f"{_colleagues(answered)} answered; {all_of_them - answered} came too late or gave up."


def _colleagues(count: int) -> str:
    return "1 colleague" if count == 1 else f"{count} colleagues"
