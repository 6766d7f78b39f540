"""What people press, choose and command in Slack: each comes with a trigger, and mostly a response_url."""

from __future__ import annotations

from collections.abc import Callable

from playground import slack_events as events
from playground.slack_book import SlackBook, SlackReach, direct
from playground.slack_courier import SlackCourier
from playground.stage import Json, Message, Person, Refused

COMMAND = "/sharewise"
HOME = "home"
"""Stands for a message's id where a button in App Home is pressed."""


class SlackHands:
    """Delivers it to the bot."""

    def __init__(
        self, book: SlackBook, courier: SlackCourier, address: str, changed: Callable[[str], None]
    ) -> None:
        """``changed`` is told the place in which something now looks otherwise."""
        self._book, self._courier, self._address, self._changed = book, courier, address, changed

    async def press(self, who: Person, message: str, element: Json) -> None:
        """Press a button, in a message or in App Home. Raises Refused."""
        if message == HOME:
            payload = events.press(who, self._book.trigger(SlackReach(direct(who), who)), {}, self._book.ts())
            view = self._book.homes.get(who.key, {})
            blocks = view.get("blocks", [])
            payload |= events.in_view(view) if view else {}
            shown = None
        else:
            channel, shown = self.shown(message, who)
            blocks = shown.payload.get("blocks", [])
            thread = shown.thread.partition(":")[2] if shown.thread else None
            reach = SlackReach(channel, who, thread, shown.id)
            payload = events.press(who, self._book.trigger(reach), {}, self._book.ts())
            url = self._book.response_url(self._address, reach)
            payload |= events.in_message(channel, shown, url)
        action, reaction = events.action(blocks, element)
        payload["actions"][0] |= action
        if await self._courier.once("interactive", payload) != 200:
            raise Refused("Slack says: this app didn't answer the press.")
        if shown is not None and reaction:
            shown.reaction = reaction
            self._changed(shown.place)

    async def shortcut(self, who: Person, callback: str, message: str) -> None:
        """Choose a shortcut, everywhere or on a message. Raises Refused."""
        ts = self._book.ts()
        if message:
            channel, shown = self.shown(message, who)
            reach = SlackReach(channel, who, shown.thread.partition(":")[2] if shown.thread else None)
            url = self._book.response_url(self._address, reach)
            trigger = self._book.trigger(reach)
            payload = events.message_shortcut(who, trigger, callback, ts, channel, shown, url)
        else:
            trigger = self._book.trigger(SlackReach(direct(who), who))
            payload = events.shortcut(who, trigger, callback, ts)
        if await self._courier.once("interactive", payload) != 200:
            raise Refused("Slack says: this shortcut didn't work.")

    async def command(self, who: Person, channel: str, text: str) -> None:
        """Type a command. Raises Refused."""
        name, _, words = text.partition(" ")
        if name.lower() != COMMAND:
            raise Refused(f"Slack knows no command {name} here; the app's is {COMMAND}.")
        reach = SlackReach(channel, who)
        url = self._book.response_url(self._address, reach)
        payload = events.command(who, channel, COMMAND, events.wire(words), self._book.trigger(reach), url)
        if await self._courier.once("slash_commands", payload) != 200:
            raise Refused(f"Slack says: {COMMAND} failed because the app did not respond.")

    def shown(self, message: str, who: Person) -> tuple[str, Message]:
        """A message that ``who`` sees, and its channel. Raises Refused."""
        found = self._book.find(message)
        if found is None or found[1].only_for not in (None, who.key):
            raise Refused("This message is gone.")
        if found[0] != direct(who) and found[0].startswith("D"):
            raise Refused("This is somebody else's conversation.")
        return found
