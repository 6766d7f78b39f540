"""The Bot Connector's endpoints, as the stand-in for Teams serves them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from aiohttp import web

from playground import teams_activities as activities
from playground.stage import PAGE, Message
from playground.teams_book import TeamsBook, error, place_of, refusal


class TeamsService:
    """Takes what the bot posts, changes and asks, over one book."""

    def __init__(self, book: TeamsBook, prefix: str, changed: Callable[[str], None]) -> None:
        """``changed`` is called with the place in which something changed."""
        self._book, self._prefix, self._changed = book, prefix, changed

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The endpoints, under the prefix."""
        root = f"{self._prefix}/v3/conversations"
        one = root + "/{conversation}"
        return [
            web.post(root, self._create),
            web.post(one + "/activities", self._post),
            web.post(one + "/activities/{activity}", self._post),
            web.put(one + "/activities/{activity}", self._update),
            web.delete(one + "/activities/{activity}", self._delete),
            web.get(one + "/members", self._members),
            web.get(one + "/pagedmembers", self._members),
            web.get(one + "/members/{member}", self._members),
            web.get(f"{self._prefix}/v3/teams/{{team}}", self._team),
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
        refused = refusal(body, conversation)
        if refused is not None:
            return refused
        key = self._book.next_id()
        if body["type"] == "message":
            # Without a thread, a channel's message begins one.
            text = str(body.get("text") or body.get("summary") or "")
            self._book.add(conversation, "bot", text, body, key)
            self._changed(place_of(conversation))
        return web.json_response({"id": key}, status=201)

    async def _update(self, request: web.Request) -> web.StreamResponse:
        conversation, body = request.match_info["conversation"], await _json(request)

        def change() -> web.Response:
            message = self._own(request)
            refused = refusal(body, conversation)
            if message is None or refused is not None:
                return refused or error(404, "ActivityNotFoundInConversation", "Activity not found.")
            message.text = str(body.get("text") or body.get("summary") or "")
            message.payload, message.edited = body, True
            self._changed(message.place)
            return web.json_response({"id": message.id})

        return await self._answered(request, "update", conversation, change)

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        conversation = request.match_info["conversation"]

        def remove() -> web.Response:
            message = self._own(request)
            if message is None:
                return error(404, "ActivityNotFoundInConversation", "Activity not found.")
            self._book.remove(conversation, message)
            self._changed(message.place)
            return web.json_response({})

        return await self._answered(request, "delete", conversation, remove)

    async def _members(self, request: web.Request) -> web.StreamResponse:
        conversation, asked = request.match_info["conversation"], request.match_info.get("member")

        def told() -> web.Response:
            people = self._book.members(conversation)
            if asked is None and request.path.endswith("/pagedmembers"):
                page = people[: int(request.query.get("pageSize", "50"))]
                return web.json_response({"members": [activities.member(person) for person in page]})
            if asked is None:
                return web.json_response([activities.member(person) for person in people])
            person = activities.person_of(asked)
            if person not in people:
                return error(404, "MemberNotFoundInConversation", "The member is not in the roster.")
            return web.json_response(activities.member(person))

        return await self._answered(request, "members", conversation, told)

    async def _team(self, request: web.Request) -> web.Response:
        if request.match_info["team"] != activities.TEAM:
            return error(404, "NotFound", "Team not found.")
        return web.json_response({"id": activities.TEAM, "name": "Joint work"})

    def _own(self, request: web.Request) -> Message | None:
        """The bot's message that a request names."""
        found = self._book.find(request.match_info["activity"])
        return found[1] if found and found[1].author == "bot" else None

    async def _answered(
        self, request: web.Request, kind: str, conversation: str, act: Callable[[], web.Response]
    ) -> web.StreamResponse:
        """``act``'s answer, unless trouble is due, the conversation is shut, or it comes too fast."""
        fault = self._book.fault(kind)
        if fault is not None and not fault.silent:
            wait = {} if fault.retry_after is None else {"Retry-After": f"{fault.retry_after:g}"}
            if fault.status == 200:
                return web.Response(text=PAGE, content_type="text/html")
            return error(fault.status, "ServiceError", "The stand-in was told to fail.", wait)
        if not self._book.knows(conversation):
            if conversation.startswith("19:"):
                return error(403, "BotNotInConversationRoster", "The bot is not part of the roster.")
            return error(404, "ConversationNotFound", "Conversation not found.")
        code = self._book.refuses(conversation)
        if code is not None and kind != "members":
            return error(403, code, "The bot can't write to this user.")
        seconds = 0.0 if kind == "members" else self._book.too_fast(conversation)
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
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="Expected a JSON object.")
    return body
