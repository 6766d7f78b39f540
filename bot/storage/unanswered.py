"""Questions that no lesson answered, over all partitions. Every function may raise MemoryAway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.storage.connection import Connection
from bot.storage.keys import Keys
from bot.storage.partitions import partitions
from bot.storage.records import Unanswered, read_unanswered


async def unanswered(connection: Connection) -> list[tuple[str, int, float]]:
    """The questions, the most often asked first: (question, how often, last asked, in seconds since 1970)."""
    counts: Counter[str] = Counter()
    shown: dict[str, tuple[str, float]] = {}
    for question in await _kept(connection):
        same = _same(question.question)
        counts[same] += 1
        if same not in shown or shown[same][1] < question.at:
            shown[same] = (question.question, question.at)
    return [(shown[same][0], count, shown[same][1]) for same, count in counts.most_common()]


async def asked_by(connection: Connection, questions: Iterable[str]) -> list[tuple[str, bytes]]:
    """Those of ``questions`` that no lesson answered, each with whom it was asked by, as a keyed hash."""
    wanted = {_same(question): question for question in questions}
    found = {(_same(kept.question), kept.by) for kept in await _kept(connection) if kept.by}
    return sorted((wanted[same], by) for same, by in found if same in wanted)


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
