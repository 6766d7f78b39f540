"""What whoever copies a data folder reads there: the append-only file, transaction by transaction."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.storage.connection import Connection
from bot.storage.embedded import Embedded
from tests.reading_keys import forms

Written = list[bytes]
"""A command as it stands in the file."""


async def plainly(connection: Connection) -> None:
    """Let the server write files in which each word stands as it is: a rewritten one would be compressed."""
    await connection.call("CONFIG", "SET", "aof-use-rdb-preamble", "no")
    await connection.call("CONFIG", "SET", "aof-timestamp-enabled", "yes")


@asynccontextmanager
async def readable(folder: Path) -> AsyncIterator[str]:
    """The address of a server on ``folder`` whose files can be read."""
    server = Embedded(folder)
    connection = Connection(await server.start())
    await plainly(connection)
    await connection.close()
    yield server.url
    await server.stop()


def transactions(folder: Path) -> list[list[Written]]:
    """All that was written, in order: what was written together is one entry."""
    found: list[list[Written]] = []
    together: list[Written] | None = None
    for command in _commands(folder):
        match command[0].upper():
            case b"MULTI":
                together = []
            case b"EXEC":
                assert together is not None
                found.append(together)
                together = None
            case b"SELECT":
                pass
            case _ if together is not None:
                together.append(command)
            case _:
                found.append([command])
    return found


def naming(written: Iterable[Written], people: Sequence[str]) -> set[str]:
    """Those of ``people`` (ids) who are named in it: in any form, by a digest of them, or by their chat."""
    whole = b"\n".join(part for command in written for word in command for part in forms(word))
    return {person for person in people if any(name in whole for name in _names(person))}


def bytes_of(folder: Path) -> bytes:
    """Every file of the folder, one after another, and what it holds in other forms."""
    files = [file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()]
    return b"\n".join(part for content in files for part in forms(content))


def _names(person: str) -> set[bytes]:
    """What tells a person to somebody who has a list of all ids: the ids, and digests without a secret."""
    short = person.rpartition("/")[2]
    digests = (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.blake2s, hashlib.blake2b)
    names = {person.encode(), short.encode()}
    for text, digest in itertools.product((person, short), digests):
        names.add(digest(text.encode()).hexdigest()[:12].encode())
    names.add(hashlib.blake2s(person.encode(), digest_size=12).hexdigest().encode())
    return names


def keyed(person: str, words: Iterable[bytes]) -> set[bytes]:
    """What ``person`` comes to under each of ``words``, as a key or put before: the usual digests."""
    id, found = person.encode(), set[bytes]()
    for word in words:
        found.add(hashlib.blake2s(word + b" " + id, digest_size=12).hexdigest().encode())
        for digest in ("sha1", "sha256"):
            found.add(hmac.new(word, id, digest).hexdigest().encode())
    return found


def _commands(folder: Path) -> Iterator[Written]:
    (manifest,) = folder.glob("appendonlydir/*.manifest")
    names = [line.split()[1] for line in manifest.read_text().splitlines()]
    for name in names:
        if name.endswith(".rdb"):
            continue  # the empty snapshot with which a new server begins
        yield from _read((manifest.parent / name).read_bytes())


def _read(told: bytes) -> Iterator[Written]:
    at = 0

    def line() -> bytes:
        nonlocal at
        end = told.index(b"\r\n", at)
        found, at = told[at:end], end + 2
        return found

    while at < len(told):
        head = line()
        if head.startswith(b"#"):  # when it was
            continue
        assert head.startswith(b"*"), head[:20]
        command = []
        for _ in range(int(head[1:])):
            length = int(line()[1:])
            command.append(told[at : at + length])
            at += length + 2
        yield command
