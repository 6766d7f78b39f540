"""Questions that no lesson answered, over all partitions. Every function may raise MemoryAway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.partitions import partitions
from bot.storage.records import Unanswered, read_unanswered


class UnansweredQuestion(NamedTuple):
    """A question, whoever typed it and however often."""

    question: str
    """As it was typed last."""
    times: int
    by: frozenset[bytes]
    """Who asked it, as keyed hashes; without those of whom an earlier version kept none."""


async def unanswered(connection: Connection) -> list[UnansweredQuestion]:
    """The questions, the most often asked first."""
    asked: dict[str, list[Unanswered]] = defaultdict(list)
    for kept in await _kept(connection):
        asked[_same(kept.question)].append(kept)
    found = [
        UnansweredQuestion(
            max(same, key=lambda kept: kept.at).question,
            len(same),
            frozenset(kept.by for kept in same if kept.by),
        )
        for same in asked.values()
    ]
    return sorted(found, key=lambda question: -question.times)


async def asked_by(connection: Connection, questions: Iterable[str]) -> list[tuple[str, bytes]]:
    """Those of ``questions`` that no lesson answered, each with whom it was asked by, as a keyed hash."""
    wanted = {_same(question): question for question in questions}
    found = [(wanted.get(_same(kept.question)), kept.by) for kept in await unanswered(connection)]
    return sorted((question, member) for question, by in found if question for member in by)


async def _kept(connection: Connection) -> list[Unanswered]:
    found: list[Unanswered] = []
    for tenant in await partitions(connection):
        keys = Keys(tenant)
        names = await connection.call("ZRANGE", keys.index("unanswered"), 0, -1)
        if names:
            stored = await connection.call("MGET", *(keys.key("unanswered", name.decode()) for name in names))
            index, notice = keys.index("unanswered"), connection.unreadable
            read = [read_unanswered.or_missing(raw, index, notice) for raw in stored]
            found += [question for question in read if question is not None]
    return found


def _same(question: str) -> str:
    """``question`` as others may have typed it."""
    return " ".join(question.lower().split())
