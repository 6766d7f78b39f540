"""A process that sends a reminder by mail, to be killed over it: ``python -m tests.mail.dying``."""

from __future__ import annotations

import asyncio
import sys

from tests.harness.platform import FakePlatform
from tests.mail.post import LEADER, by_mail, settings
from tests.reminders.series import Sharewise


async def main(url: str, port: int, web: str) -> None:
    """``port``: the mail server's; ``web``: where pages are."""
    sharewise = Sharewise(url, FakePlatform(), **settings(port, web))
    await sharewise.start(sweep=True)
    await sharewise.begin(by_mail(LEADER))
    await sharewise.forward(hours=1.2)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
