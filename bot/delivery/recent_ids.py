"""The newest of many ids, for as long as a process lives."""

from __future__ import annotations

from collections import OrderedDict

KEPT = 10_000


class RecentIds:
    """The last ``KEPT`` that were added."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, id: str) -> bool:
        return id in self._ids

    def add(self, id: str) -> None:
        """Remember ``id``."""
        self._ids[id] = None
        if len(self._ids) > KEPT:
            self._ids.popitem(last=False)

    def discard(self, id: str) -> None:
        """Forget ``id``, where it is there."""
        self._ids.pop(id, None)
