"""The message extension's search, as Teams shows it: a box over what the bot found, each with a way to put it
into the conversation."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from playground import teams_activities as activities
from playground.stage import Json, Person, Refused
from playground.teams_dialogs import UNREADABLE, WENT_WRONG, saying
from playground.teams_line import TeamsLine

COMMAND = "search"
"""The bot's command for it, as its manifest has it."""
FIELD = "words"


class _Open(msgspec.Struct):
    """A search that is open over a person's Teams."""

    chat: str
    words: str = ""
    found: list[Json] = []
    said: str = ""
    """What the bot said instead of any results."""


class Searches:
    """Those that are open, one a person at most."""

    def __init__(self, line: TeamsLine, insert: Callable[[Person, str, Json], None]) -> None:
        """``insert`` puts an attachment into a conversation, as that person's message."""
        self._line, self._insert = line, insert
        self._open: dict[str, _Open] = {}

    async def open(self, who: Person, chat: str) -> None:
        """Open it, which asks what there is before anything is typed. Raises Refused."""
        await self._ask(who, _Open(chat))

    def shown(self, person: str) -> Json | None:
        """What is open for a person, as the page draws a dialog."""
        search = self._open.get(person)
        return None if search is None else {"title": "Sharewise", "card": _card(search), "errors": {}}

    async def submit(self, who: Person, values: Json) -> None:
        """Look for what was typed. Raises Refused."""
        await self._ask(who, _Open(self._open[who.key].chat, str(values.get(FIELD, ""))))

    def press(self, who: Person, element: Json) -> None:
        """Take one of the results: it is put into the conversation, once. Raises Refused."""
        search = self._open.pop(who.key)
        number = (element.get("data") or {}).get("insert")
        if not isinstance(number, int) or not 0 <= number < len(search.found):
            raise Refused("There is no such card to insert.")
        self._insert(who, search.chat, search.found[number])

    def close(self, person: str) -> None:
        """Close that of a person."""
        self._open.pop(person, None)

    def clear(self) -> None:
        """Close all."""
        self._open.clear()

    async def _ask(self, who: Person, search: _Open) -> None:
        invoke = self._line.invoke(who, search.chat)
        status, answer = await self._line.deliver(activities.searched(invoke, COMMAND, search.words))
        if status != 200:
            raise Refused(WENT_WRONG)
        match answer.get("composeExtension") if isinstance(answer, dict) else None:
            case {"type": "message", "text": str(said)}:
                search.said = said
            case {"type": "result", "attachments": list(found)}:
                search.found = found
            case _:
                raise Refused(UNREADABLE)
        self._open[who.key] = search


def _card(search: _Open) -> Json:
    """The box, and each result as its preview with a button."""
    box = {"type": "Input.Text", "id": FIELD, "label": "Search", "value": search.words}
    look = {"type": "Action.Submit", "title": "Search", "style": "positive", "data": {}}
    rows = [_row(number, each) for number, each in enumerate(search.found)]
    said = saying(search.said)["body"] if search.said else []
    return {"type": "AdaptiveCard", "body": [box, {"type": "ActionSet", "actions": [look]}, *said, *rows]}


def _row(number: int, found: Json) -> Json:
    preview = (found.get("preview") or {}).get("content") or {}
    title = {"type": "TextBlock", "text": preview.get("title", ""), "weight": "Bolder", "wrap": True}
    text = {"type": "TextBlock", "text": preview.get("text", ""), "wrap": True, "spacing": "Small"}
    insert = {
        "type": "Action.Submit", "title": "Insert", "tooltip": f"Insert: {preview.get('title', '')}",
        "data": {"insert": number}, "associatedInputs": "none",
    }  # fmt: skip
    return {"type": "Container", "items": [title, text, {"type": "ActionSet", "actions": [insert]}]}
