"""A team around a live card: what it shows in a place, and people who press it and fill in its forms."""

from __future__ import annotations

import re

from playground.connector import TeamsStandIn
from playground.crowd import Button, buttons
from playground.crowd_forms import dice, filled, submits
from playground.slack_api import SlackStandIn
from playground.stage import EVERYBODY, Message
from tests.harness.reading import words
from tests.harness.waiting import until

LIVE = ("quiz answer ", "quiz next ", "quiz close ", "quiz end ", "quiz mine ", "readiness part ")
"""How the words of a live card's buttons begin."""
CODE = re.compile(r"join ([A-Z0-9]{4})\b")
PERSON = {person.key: person for person in EVERYBODY}


class Team:
    """People on both platforms."""

    def __init__(self, slack: SlackStandIn, teams: TeamsStandIn) -> None:
        self.slack, self.teams = slack, teams

    def platform(self, place: str) -> SlackStandIn | TeamsStandIn:
        """The stand-in that ``place`` belongs to."""
        return self.slack if place.startswith("slack") else self.teams

    def said(self, place: str, person: str = "asha") -> list[Message]:
        """All that the bot has said there for ``person`` to see, oldest first."""
        return [message for message in self.seen(place, person) if message.author == "bot"]

    def seen(self, place: str, person: str) -> list[Message]:
        """All that ``person`` sees there, oldest first."""
        return self.platform(place).messages(place, person)

    def cards(self, place: str) -> list[Message]:
        """The live cards of a place."""
        return [
            message
            for message in self.said(place)
            if any(button.says.startswith(LIVE) for button in buttons(message.payload))
        ]

    async def shows(self, place: str, *phrases: str, person: str = "asha", anybodys: bool = False) -> Message:
        """The newest message of the bot's, or ``anybodys``, in ``place`` that has all ``phrases``, once there
        is one."""
        of = self.seen if anybodys else self.said
        found: list[Message] = []

        def there() -> bool:
            found[:] = [
                message
                for message in of(place, person)
                if all(phrase.casefold() in words([message]).casefold() for phrase in phrases)
            ]
            return bool(found)

        try:
            await until(there, f"{place} shows {phrases}", 60)
        except AssertionError as error:
            raise AssertionError(f"{error}; but:\n{words(of(place, person))}") from None
        return found[-1]

    async def say(self, person: str, place: str, text: str, thread: str | None = None) -> None:
        """Say something to the bot; ``thread``: the id of the message in whose thread."""
        called = text if text.startswith("/") else f"@Sharewise {text}"
        await self.platform(place).say(person, place, called, thread)

    def button(self, message: Message, label: str) -> Button:
        """The button of ``message`` whose label contains ``label``."""
        found = [button for button in buttons(message.payload) if label in button.label]
        assert found, f"no such button among {[button.label for button in buttons(message.payload)]}"
        return found[0]

    async def press(self, person: str, message: Message, label: str) -> str:
        """Press the button whose label contains ``label``; what Teams shows at once."""
        element = self.button(message, label).element
        return await self.platform(message.place).press(person, message.id, element)

    async def answer(self, person: str, message: Message, at: int) -> str:
        """Press the ``at``-th answer of a question."""
        return await self.platform(message.place).press(person, message.id, options(message)[at].element)

    async def take_part(self, person: str, message: Message) -> int:
        """Open one's form and fill it in to its end, as one of that organisation would; how many pages."""
        platform, chance = self.platform(message.place), dice(person)
        await self.press(person, message, "Take part")
        for count in range(12):
            page = platform.modal(person)
            assert page is not None
            if not submits(page):
                platform.close_modal(person)
                return count
            await platform.submit(person, filled(page, PERSON[person], chance))
            assert not (platform.modal(person) or {}).get("errors")
        raise AssertionError("the form never came to its end")


def options(message: Message) -> list[Button]:
    """The answers that a question's card has to press."""
    return [button for button in buttons(message.payload) if button.says.startswith("quiz answer ")]


def code(message: Message) -> str:
    """The code that a card tells partners to join by."""
    found = CODE.search(words([message]))
    assert found, words([message])
    return found[1]
