"""What the page asks of the playground: the bodies of its requests, and how they are read and answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Any, TypeVar

import msgspec
from aiohttp import web

from playground.stage import CROWD, Refused

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Body = TypeVar("Body", bound=msgspec.Struct)


class There(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``person`` does something in ``place``; alone, opens the app's home there, or closes the form."""

    person: str
    place: str


class Say(There, frozen=True, forbid_unknown_fields=True):
    """``person`` types ``text`` in ``place``, in a thread where one is named."""

    text: str
    thread: str | None = None


class OpenPane(There, frozen=True, forbid_unknown_fields=True):
    """``person`` opens their direct messages; ``new``: with a new chat."""

    new: bool = False


class PressRequest(There, frozen=True, forbid_unknown_fields=True):
    """``person`` presses ``element`` (its JSON, as the message's payload has it) in ``place``."""

    message: str
    element: dict[str, Any]


class ShortcutRequest(There, frozen=True, forbid_unknown_fields=True):
    """``person`` chooses the shortcut called ``callback``, on a message where one is named."""

    callback: str
    message: str = ""


class Submit(There, frozen=True, forbid_unknown_fields=True):
    """``person`` submits the form that is open; ``values`` as ``StandIn.submit`` takes them."""

    values: dict[str, Any]


class PressInModal(There, frozen=True, forbid_unknown_fields=True):
    """``person`` presses ``element`` in the form that is open."""

    element: dict[str, Any]


class LetAnswer(There, frozen=True, forbid_unknown_fields=True):
    """``count`` colleagues answer what ``person`` sees asked in ``place``."""

    count: Annotated[int, msgspec.Meta(ge=1, le=len(CROWD))] = len(CROWD)


class Forward(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The clock goes forward by so many days."""

    days: Annotated[int, msgspec.Meta(ge=1, le=366)]


class Clear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that the stand-ins remember goes."""


class BadRequest(Exception):
    """A request that can't be met: a status and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def listed(words: Iterable[str], joint: str = "or") -> str:
    """``words`` as a sentence lists them."""
    *most, last = words
    return f"{', '.join(most)} {joint} {last}"


async def read(request: web.Request, body: type[Body]) -> Body:
    """The request's ``body``. Raises Fault."""
    try:
        return msgspec.json.decode(await request.read(), type=body)
    except web.HTTPRequestEntityTooLarge:
        raise BadRequest(413, "That is more than the playground can carry.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        names = listed(body.__struct_fields__, "and")
        raise BadRequest(400, f"This needs a JSON object with {names}.") from None


def answered(value: Any, status: int = 200) -> web.Response:
    """``value`` as JSON."""
    return web.Response(
        body=msgspec.json.encode(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


def plainly(handler: Handler) -> Handler:
    """Turn what can't be done into a status and one sentence."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except BadRequest as fault:
            return answered({"error": str(fault)}, fault.status)
        except Refused as refused:
            return answered({"error": str(refused)}, 409)

    return answer
