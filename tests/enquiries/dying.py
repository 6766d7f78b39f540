"""A process that commits one step of the loop, delivers nothing of it, and waits to be killed."""

from __future__ import annotations

import asyncio
import sys

from dialogs.core.plain import choices
from tests.enquiries.test_loop import CHANNEL, OFFICER, QUESTION
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import Sharewise


async def main(url: str, step: str) -> None:
    """``step``: "ask" or "answer"."""
    platform = FakePlatform()
    sharewise = Sharewise(url, platform, advisors_channel=f"slack:T1/{CHANNEL}")
    await sharewise.start(sweep=False)
    if step == "ask":
        await sharewise.say(OFFICER, f"ask an advisor: {QUESTION}")
        preview = await platform.tells(OFFICER, "This is what I'd send")
        platform.hold = asyncio.Event()
        sharewise.service.turn.hand = hold  # type: ignore[method-assign]
        await sharewise.press_saying(OFFICER, choices(preview)[0].says)
    else:
        (enquiry,) = await sharewise.service.enquiries.store.all()
        platform.hold = asyncio.Event()
        await sharewise.submit(ADVISOR, f"enquiry answer {enquiry.id}", {"text": "Pull it by hand."})
    print("committed", flush=True)
    await asyncio.Event().wait()


async def hold(*job: object) -> None:
    """No job is done here."""
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
