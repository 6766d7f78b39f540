"""Modals of the Slack stand-in: what is open over each person's Slack, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from playground import slack_events as events
from playground.slack_book import APP, BOT, Refusal, SlackBook, SlackReach, place_of
from playground.slack_checks import view_problems
from playground.slack_courier import SlackCourier
from playground.slack_filling import filled
from playground.stage import SLACK_TEAM, Json, Person, Refused

STACK = 3
"""Views that lie on each other at most."""
TROUBLE = "We had some trouble connecting. Try again?"
"""What Slack says in a modal whose app doesn't answer, or answers with what it can't show."""


class Modal(msgspec.Struct):
    """A view that is open."""

    view: Json
    reach: SlackReach
    """Over what it was opened."""
    errors: dict[str, str] = {}
    """Why it was not taken, by the ids of its blocks."""


class Modals:
    """The modals of one workspace."""

    def __init__(self, book: SlackBook, courier: SlackCourier, changed: Callable[[str], None]) -> None:
        self._book, self._courier, self._changed = book, courier, changed
        self._open: dict[str, list[Modal]] = {}
        """By a person's key, the topmost last."""

    # --- The Web API's side; each raises Refusal ------------------------------------------------------

    def open(self, arguments: Json) -> Json:
        """``views.open``."""
        view = kept_view(self._book, arguments.get("view"), "modal")
        reach = self._book.exchange(arguments.get("trigger_id"))
        self._open[reach.person.key] = [Modal(view, reach)]
        self._changed(place_of(reach.channel))
        return {"view": view}

    def push(self, arguments: Json) -> Json:
        """``views.push``."""
        view = kept_view(self._book, arguments.get("view"), "modal")
        reach = self._book.exchange(arguments.get("trigger_id"))
        self._push(reach, view)
        return {"view": view}

    def update(self, arguments: Json) -> Json:
        """``views.update``."""
        view = kept_view(self._book, arguments.get("view"), "modal")
        for modal in (modal for stack in self._open.values() for modal in stack):
            if modal.view["id"] == arguments.get("view_id"):
                if arguments.get("hash") not in (None, modal.view["hash"]):
                    raise Refusal("hash_conflict")
                self._replace(modal, view)
                return {"view": modal.view}
        raise Refusal("not_found")

    # --- The page's side --------------------------------------------------------------------------------

    def shown(self, person: str) -> Json | None:
        """The topmost view, with ``errors`` beside where it was not taken."""
        stack = self._open.get(person)
        if not stack:
            return None
        top = stack[-1]
        return {**top.view, "errors": top.errors} if top.errors else top.view

    async def submit(self, who: Person, values: Json) -> None:
        """Submit the topmost view. Raises Refused."""
        modal = self._top(who)
        if "submit" not in modal.view:
            raise Refused("There is nothing to submit on this page.")
        state, modal.errors = filled(modal.view["blocks"], values)
        if modal.errors:
            return
        payload = events.submission(who, self._book.trigger(modal.reach), self._with(modal, state))
        status, answer = await self._courier.exchange("interactive", payload)
        if status != 200:
            raise Refused(TROUBLE)
        try:
            self._answered(who, modal, answer if isinstance(answer, dict) else {})
        except Refusal:
            raise Refused(TROUBLE) from None

    async def press(self, who: Person, element: Json) -> None:
        """Press a button of the topmost view. Raises Refused."""
        modal = self._top(who)
        action, _ = events.action(modal.view["blocks"], element)
        payload = events.press(who, self._book.trigger(modal.reach), action, self._book.ts())
        payload |= events.in_view(self._with(modal, {}))
        if await self._courier.once("interactive", payload) != 200:
            raise Refused(TROUBLE)

    def clear(self) -> None:
        """Close all views of all people."""
        self._open.clear()

    def close(self, person: str) -> None:
        """Close the topmost view. We ask Slack for no word of that, and so the bot hears none."""
        stack = self._open.get(person)
        if stack:
            self._changed(place_of(stack.pop().reach.channel))

    def _top(self, who: Person) -> Modal:
        stack = self._open.get(who.key)
        if not stack:
            raise Refused("No form is open.")
        return stack[-1]

    def _with(self, modal: Modal, state: Json) -> Json:
        return {**modal.view, "state": {"values": state}}

    def _answered(self, who: Person, modal: Modal, answer: Json) -> None:
        """Do what the acknowledgement of a submission asks for."""
        match answer.get("response_action"):
            case None:
                self.close(who.key)
            case "clear":
                self._open.pop(who.key, None)
                self._changed(place_of(modal.reach.channel))
            case "update":
                self._replace(modal, kept_view(self._book, answer.get("view"), "modal"))
            case "push":
                self._push(modal.reach, kept_view(self._book, answer.get("view"), "modal"))
            case "errors":
                inputs = [block["block_id"] for block in modal.view["blocks"] if block["type"] == "input"]
                errors = answer.get("errors")
                if not isinstance(errors, dict) or not errors or not set(errors) <= set(inputs):
                    raise Refusal("invalid_errors")
                modal.errors = errors
                self._changed(place_of(modal.reach.channel))
            case _:
                raise Refusal("invalid_response_action")

    def _push(self, reach: SlackReach, view: Json) -> None:
        stack = self._open.setdefault(reach.person.key, [])
        if len(stack) == STACK:
            raise Refusal("push_limit_reached")
        stack.append(Modal(view, reach))
        self._changed(place_of(reach.channel))

    def _replace(self, modal: Modal, view: Json) -> None:
        modal.view, modal.errors = {**view, "id": modal.view["id"]}, {}
        self._changed(place_of(modal.reach.channel))


def kept_view(book: SlackBook, view: object, kind: str) -> Json:
    """A view as Slack keeps it, with ids of its own. Raises Refusal."""
    found = view_problems(view)
    if not isinstance(view, dict) or view.get("type") != kind:
        found.append(f"expected a view of type {kind}")
    if found or not isinstance(view, dict):
        raise Refusal("invalid_arguments", response_metadata={"messages": found})
    number = book.number()
    named = [{"block_id": f"b{number}-{at}", **block} for at, block in enumerate(view["blocks"])]
    ids = {"id": f"V{number:09d}", "team_id": SLACK_TEAM, "app_id": APP, "bot_id": BOT}
    usual = {"callback_id": "", "private_metadata": "", "hash": f"{book.ts()}.{number:x}"}
    return {**ids, **usual, **view, "blocks": named}
