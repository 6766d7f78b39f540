"""A local stand-in for the Bot Connector and for Teams around it.

It delivers activities to the bot's own endpoint over HTTP, and takes what the bot posts back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from aiohttp import web

from bot.playground import teams_activities as activities
from bot.playground.stage import PEOPLE, Message, Person, Refused
from bot.playground.teams_book import Book, Fault, error, place_of, refusal
from bot.playground.teams_courier import Courier

PREFIX = "/playground/teams"
CARD = "application/vnd.microsoft.card.adaptive"
WENT_WRONG = "Something went wrong. Please try again."
"""What Teams shows where an invoke fails."""


class TeamsStandIn:
    """Teams in one process: ``bot.playground.stage.StandIn`` plus the Bot Connector's endpoints."""

    def __init__(
        self,
        bot_url: str,
        *,
        prefix: str = PREFIX,
        token: Callable[[str], str] | None = None,
        pause: float = 0.5,
    ) -> None:
        """``bot_url`` is where the bot, and this stand-in under ``prefix``, is served.

        ``token`` signs deliveries, given the service URL; ``pause`` is how many seconds pass before a
        failed delivery is repeated.
        """
        self.changed: Callable[[str], None] = lambda place: None
        self.bot_url = bot_url.rstrip("/")
        self.book = Book()
        self._prefix, self._courier = prefix, Courier(token, pause)
        self._installed: set[str] = set()

    @property
    def service_url(self) -> str:
        """Where activities say that answers go."""
        return f"{self.bot_url}{self._prefix}/"

    # --- The page's side ------------------------------------------------------------------------

    def messages(self, place: str, person: str) -> list[Message]:
        """All that ``person`` sees in ``place``, oldest first."""
        return list(self.book.inside(_conversation(place, _person(person))))

    async def say(self, person: str, place: str, text: str, thread: str | None = None) -> None:
        """Type a message; as in Teams, a channel's reaches the bot only where it mentions it."""
        who = _person(person)
        chat, key = _conversation(place, who), self.book.next_id()
        if chat == activities.CHANNEL:
            chat += f";messageid={thread or key}"
        activity = activities.typed(self._activity("message", key, who, chat), text)
        self.book.add(chat, person, text, activity, key)
        self.changed(place)
        if chat == activities.personal_chat(who) or activities.mentions_bot(text):
            await self._told(activity)

    async def press(self, person: str, message: str, element: dict[str, Any]) -> str:
        """Press an action of a card, or a thumb (``{"reaction": "like"}`` or ``"dislike"``).

        Returns the toast.
        """
        chat, found = self._seen(message)
        if chat == activities.CHANNEL:
            chat += f";messageid={found.thread or found.id}"
        who = _person(person)
        if "reaction" in element:
            return await self._thumb(who, chat, found, str(element["reaction"]))
        if element.get("type") == "Action.Execute":
            invoke = self._activity("invoke", f"f:{self.book.next_id()}", who, chat)
            return self._shown(found, *await self.deliver(activities.executed(invoke, element, message)))
        if element.get("type") == "Action.Submit":
            plain = self._activity("message", self.book.next_id(), who, chat)
            await self._told(activities.submitted(plain, element, message))
            return ""
        raise Refused("Teams has no such button.")

    async def open_home(self, person: str) -> list[dict[str, Any]]:
        """Open the personal chat; the first time installs the bot there. Teams has no home cards."""
        if person not in self._installed:
            self._installed.add(person)
            await self.install(person, "teams-personal")
        return []

    async def install(self, person: str, place: str) -> None:
        """Add the bot to a place: Teams tells it twice."""
        who = _person(person)
        chat = _conversation(place, who)
        joined = self._activity("conversationUpdate", f"f:{self.book.next_id()}", who, chat)
        await self._told({**joined, "membersAdded": [activities.BOT]})
        installed = self._activity("installationUpdate", f"f:{self.book.next_id()}", who, chat)
        await self._told({**installed, "action": "add"})

    def fail(
        self,
        kind: str,
        *,
        times: int = 1,
        status: int = 500,
        retry_after: float | None = None,
        silent: bool = False,
    ) -> None:
        """Let the next ``times`` requests of a kind fail: send, update, delete, create or members.

        ``silent``: carried out, but the connection ends before the answer.
        """
        self.book.faults.append(Fault(kind, times, status, retry_after, silent))

    # --- To the bot -----------------------------------------------------------------------------

    async def deliver(self, activity: dict[str, Any]) -> tuple[int, Any]:
        """Post an activity to the bot; returns the status (0: no answer) and JSON body of its answer."""
        return await self._courier.carry(activity, f"{self.bot_url}/api/messages")

    async def close(self) -> None:
        """Close the client with which activities are delivered."""
        await self._courier.close()

    def _activity(self, kind: str, key: str, person: Person, conversation: str) -> dict[str, Any]:
        return activities.base(kind, key, person, conversation, self.service_url)

    async def _told(self, activity: dict[str, Any]) -> None:
        status, _ = await self.deliver(activity)
        if not 200 <= status < 300:
            raise Refused(f"The bot answered {status}." if status else "The bot doesn't answer.")

    async def _thumb(self, who: Person, chat: str, message: Message, reaction: str) -> str:
        if reaction not in ("like", "dislike") or not message.payload.get("channelData", {}).get(
            "feedbackLoop"
        ):
            raise Refused("This message asks for no feedback.")
        invoke = self._activity("invoke", f"f:{self.book.next_id()}", who, chat)
        status, _ = await self.deliver(activities.reacted(invoke, reaction, message.id))
        if status != 200:
            return WENT_WRONG
        message.reaction = "up" if reaction == "like" else "down"
        self.changed(message.place)
        return "Thank you for your feedback."

    def _shown(self, message: Message, status: int, answer: Any) -> str:
        """What an invoke's response does: a toast, or another card in the message's place."""
        kind = answer.get("type") if isinstance(answer, dict) else None
        if status != 200 or answer.get("statusCode") != 200:
            return WENT_WRONG
        if kind == "application/vnd.microsoft.activity.message":
            return str(answer.get("value", ""))
        if kind == CARD:
            message.payload = {
                **message.payload,
                "attachments": [{"contentType": CARD, "content": answer["value"]}],
            }
            message.edited = True
            self.changed(message.place)
            return ""
        return WENT_WRONG

    def _seen(self, message: str) -> tuple[str, Message]:
        found = self.book.find(message)
        if found is None:
            raise Refused("This message is gone.")
        return found

    # --- The Bot Connector's endpoints ----------------------------------------------------------

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The connector's endpoints, under the prefix."""
        root = f"{self._prefix}/v3/conversations"
        one = root + "/{conversation}"
        return [
            web.post(root, self._create),
            web.post(one + "/activities", self._post),
            web.post(one + "/activities/{activity}", self._post),
            web.put(one + "/activities/{activity}", self._update),
            web.delete(one + "/activities/{activity}", self._delete),
            web.get(one + "/members", self._members),
            web.get(one + "/members/{member}", self._members),
        ]

    async def _create(self, request: web.Request) -> web.StreamResponse:
        body = await _json(request)
        members = body.get("members") or []
        person = activities.person_of(str(members[0].get("id"))) if members else None
        if person is None:
            return error(403, "ForbiddenOperationException", "The bot is not installed for this user.")
        answer = web.json_response({"id": activities.personal_chat(person)}, status=201)
        return await self._answered(request, "create", activities.personal_chat(person), lambda: answer)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        conversation, body = request.match_info["conversation"], await _json(request)
        return await self._answered(request, "send", conversation, lambda: self._keep(conversation, body))

    def _keep(self, conversation: str, body: dict[str, Any]) -> web.Response:
        refused = refusal(body)
        if refused is not None:
            return refused
        key = self.book.next_id()
        if body["type"] == "message":
            text = str(body.get("text") or body.get("summary") or "")
            self.book.add(conversation, "bot", text, body, key)
            self.changed(place_of(conversation))
        return web.json_response({"id": key}, status=201)

    async def _update(self, request: web.Request) -> web.StreamResponse:
        conversation, body = request.match_info["conversation"], await _json(request)

        def change() -> web.Response:
            message = self._own(request)
            refused = refusal(body)
            if message is None or refused is not None:
                return refused or error(404, "ActivityNotFoundInConversation", "Activity not found.")
            message.text = str(body.get("text") or body.get("summary") or "")
            message.payload, message.edited = body, True
            self.changed(message.place)
            return web.json_response({"id": message.id})

        return await self._answered(request, "update", conversation, change)

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        conversation = request.match_info["conversation"]

        def remove() -> web.Response:
            message = self._own(request)
            if message is None:
                return error(404, "ActivityNotFoundInConversation", "Activity not found.")
            self.book.remove(conversation, message)
            self.changed(message.place)
            return web.json_response({})

        return await self._answered(request, "delete", conversation, remove)

    async def _members(self, request: web.Request) -> web.StreamResponse:
        conversation, asked = request.match_info["conversation"], request.match_info.get("member")

        def told() -> web.Response:
            if asked is None:
                return web.json_response([activities.member(person) for person in PEOPLE])
            person = activities.person_of(asked)
            if person is None:
                return error(404, "MemberNotFoundInConversation", "The member is not in the roster.")
            return web.json_response(activities.member(person))

        return await self._answered(request, "members", conversation, told)

    def _own(self, request: web.Request) -> Message | None:
        """The bot's message that a request names."""
        found = self.book.find(request.match_info["activity"])
        return found[1] if found and found[1].author == "bot" else None

    async def _answered(
        self, request: web.Request, kind: str, conversation: str, act: Callable[[], web.Response]
    ) -> web.StreamResponse:
        """``act``'s answer, unless trouble is due, the conversation is unknown, or it comes too fast."""
        fault = self.book.fault(kind)
        if fault is not None and not fault.silent:
            wait = {} if fault.retry_after is None else {"Retry-After": f"{fault.retry_after:g}"}
            return error(fault.status, "ServiceError", "The stand-in was told to fail.", wait)
        if not self.book.knows(conversation):
            return error(404, "ConversationNotFound", "Conversation not found.")
        seconds = 0.0 if kind == "members" else self.book.too_fast(conversation)
        if seconds:
            wait = {"Retry-After": f"{int(seconds) + 1}"}
            return error(429, "TooManyRequests", "Too many requests in this conversation.", wait)
        answer = act()
        if fault is not None and request.transport is not None:
            request.transport.abort()
        return answer


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = msgspec.json.decode(await request.read())
    except msgspec.DecodeError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="Expected a JSON object.")
    return body


def _person(key: str) -> Person:
    for person in PEOPLE:
        if person.key == key:
            return person
    raise Refused("There is no such person here.")


def _conversation(place: str, person: Person) -> str:
    if place == "teams-channel":
        return activities.CHANNEL
    if place == "teams-personal":
        return activities.personal_chat(person)
    raise Refused("There is no such place in Teams.")
