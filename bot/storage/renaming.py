"""People of a workspace who turn out to be of an organisation: their ids, wherever these stand in a value.

Where somebody stands as a pseudonym, it is sealed anew under the id that they have from then on.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.pseudonyms import ANSWER, COMMENT, TOOK_PART, Pseudonyms
from bot.storage.records import pack

_unpack = msgspec.msgpack.Decoder().decode


def moved_in(keys: Keys) -> str:
    """The key that tells a session's or series' partition under which organisation people are found."""
    return keys.key("moved", "people")


def moved_to(person: str, organisation: bytes) -> str:
    """The id of a person of a workspace that turns out to be of ``organisation``."""
    return f"{organisation.decode()}/{person.partition('/')[2]}"


class Renaming:
    """People of one workspace become people of its organisation, wherever their ids stand in a value."""

    def __init__(self, workspace: str, organisation: str) -> None:
        """Both as ``platform:team``."""
        self.workspace, self.organisation = workspace, organisation
        # What follows in ``tenant/channel`` is no person: Slack's users alone begin so.
        self._person = re.compile(re.escape(workspace) + r"/(?=[UW])")

    def text(self, text: str) -> str:
        """``text`` with the ids in it renamed."""
        return self._person.sub(f"{self.organisation}/", text)

    def value(self, value: Any) -> Any:
        """The same for plain data: maps (their keys too), lists and strings."""
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.value(name): self.value(part) for name, part in value.items()}
            case list() | tuple():
                return [self.value(part) for part in value]
        return value

    def stored(self, stored: bytes, kind: str) -> bytes:
        """The same for what a key of ``kind`` holds: text, MessagePack, or that compressed."""
        if kind == "audience":
            chunk = zlib.decompress(stored)
            moved = self.stored(chunk, "")
            return zlib.compress(moved, 1) if moved != chunk else stored
        if self.workspace.encode() not in stored:
            return stored
        try:
            return self.text(stored.decode()).encode()
        except UnicodeDecodeError:
            # MessagePack: whatever we store begins with a byte that no text does.
            plain = _unpack(stored)
            after = self.value(plain)
            return pack(after) if after != plain else stored


class Resealing(Renaming):
    """One that reaches into the pseudonyms of one secret."""

    def __init__(self, renaming: Renaming, pseudonyms: Pseudonyms) -> None:
        super().__init__(renaming.workspace, renaming.organisation)
        self._pseudonyms = pseudonyms

    def text(self, text: str) -> str:
        try:
            person = self._pseudonyms.person(text)
        except (InvalidTag, ValueError):
            return super().text(text)
        return self._pseudonyms.of(super().text(person))

    def stored(self, stored: bytes, kind: str) -> bytes:
        try:
            return self.text(stored.decode()).encode()
        except UnicodeDecodeError:
            return super().stored(stored, kind)


async def reaching_in(connection: Connection, key: str, renaming: Renaming) -> Renaming:
    """``renaming``, as it is of what ``key`` holds: as long as their secret is there, pseudonyms too."""
    head, _, name = key.partition("}:")
    kind, _, about = name.partition(":")
    match kind:
        case "pseudonyms":
            of, what = about.removesuffix(" comments"), COMMENT if about.endswith(" comments") else ANSWER
        case "form" | "people" | "votes":
            of, what = "all", TOOK_PART
        case _:
            return renaming
    secret = await connection.call("GET", f"{head}}}:secret:{of}")
    return Resealing(renaming, Pseudonyms(secret.decode(), what)) if secret else renaming
