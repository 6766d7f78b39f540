"""What a server keeps, made readable: packed, compressed, written as hexadecimal, or kept as a mention inside
a text, it is still found."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from tests.harness.servers import operator

_MENTIONED = {0xE100 + code: code for code in range(32, 127)}
"""How the letters of a mention stand in a text."""
_HEX = re.compile(rb"(?:[0-9a-f]{2}){8,}")


async def mentions(url: str, *words: str) -> list[tuple[str, str]]:
    """Each (key, word) where a key or what it holds has one of ``words``, in any case."""
    client = operator(url)
    try:
        found = []
        for key in sorted(await client.keys("*")):
            texts = [key, *(await _values(client, key))]
            whole = b"\n".join(part for text in texts for part in forms(text)).lower()
            found += [(key.decode(), word) for word in words if word.lower().encode() in whole]
        return found
    finally:
        await client.aclose()


async def _values(client: Any, key: bytes) -> Sequence[bytes]:
    match (await client.type(key)).decode():
        case "string":
            return [await client.get(key)]
        case "hash":
            return [part for pair in (await client.hgetall(key)).items() for part in pair]
        case "list":
            values: Sequence[bytes] = await client.lrange(key, 0, -1)
            return values
        case "set":
            return list(await client.smembers(key))
        case "zset":
            return [member for member, _ in await client.zrange(key, 0, -1, withscores=True)]
        case "stream":
            return [part for _, entry in await client.xrange(key) for pair in entry.items() for part in pair]
        case "none":
            return []
        case other:
            raise AssertionError(f"{key!r} is a {other}, which nobody has thought of")


def forms(text: bytes | None) -> Iterator[bytes]:
    """``text`` as it stands, and what it holds in other forms."""
    if text is None:
        return
    inside = [text]
    with suppress(zlib.error):
        inside.append(zlib.decompress(text))
    inside += [bytes.fromhex(found.decode()) for found in _HEX.findall(text)]
    for form in inside:
        yield form
        yield form.decode("utf-8", "replace").translate(_MENTIONED).encode("utf-8", "replace")
