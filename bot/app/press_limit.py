"""How often one person may press: a press costs little, a notice to each does not."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

PRESSES_A_MINUTE = 30
PEOPLE_KEPT = 10_000


class PressLimit:
    """The presses of this minute, by person, in one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = PRESSES_A_MINUTE) -> None:
        """``most``: how many a person may in a minute."""
        self._most, self._clock = most, clock
        self._minute = 0
        self._pressed: OrderedDict[str, int] = OrderedDict()

    def over(self, speaker: str) -> int:
        """Count a press; by how many it is over what a person may in a minute, 0 where it isn't."""
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._minute = minute
            self._pressed.clear()
        self._pressed[speaker] = self._pressed.get(speaker, 0) + 1
        if len(self._pressed) > PEOPLE_KEPT:
            self._pressed.popitem(last=False)
        return max(0, self._pressed[speaker] - self._most)
