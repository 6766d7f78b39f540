"""People answer a pulse in a process of its own, to be killed: ``python -m tests.reminders.answering``."""

from __future__ import annotations

import asyncio
import sys

from bot.observability import logs
from tests.harness.platform import FakePlatform
from tests.reminders.series import ID, Sharewise

AT_ONCE = 4


def value_of(number: int) -> int:
    """What the person of that number answers."""
    return number % 5 + 1


async def main(url: str, key: str, count: int) -> None:
    """Let so many people answer, a few at a time; each is printed who was told that their answer is in."""
    logs.set_up("ERROR")
    process, left = Sharewise(url, FakePlatform()), iter(range(1, count + 1))

    async def some() -> None:
        for number in left:
            says = f"pulse answer {ID} {key} {value_of(number)}"
            told = await process.press_saying(f"slack:T1/U{number}", says)
            assert "your answer is in" in told.note
            print(number, flush=True)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
