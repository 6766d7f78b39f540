"""kill -9 in the loop: what was said to be sent arrives, whichever process dies over it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.enquiries.test_loop import CHANNEL, OFFICER, QUESTION, advised
from tests.harness.platform import FakePlatform
from tests.harness.sharewise import Sharewise

__all__ = ["advised"]
pytestmark = pytest.mark.servers


async def killed(url: str, step: str) -> None:
    """Another process commits a step, and is killed before it has told anybody."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.enquiries.dying", url, step),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while b"committed" not in (line := await process.stdout.readline()):
            assert line, "it ended by itself"
    process.kill()
    await process.wait()


async def test_neither_question_nor_answer_is_lost(
    redis_url: str, advised: Sharewise, platform: FakePlatform
) -> None:
    await killed(redis_url, "ask")
    await platform.shows(CHANNEL, "A question for the advisors", QUESTION)
    await platform.tells(OFFICER, "Your question is with the advisors' channel")
    await killed(redis_url, "answer")
    await platform.tells(OFFICER, "an advisor, answers", "Pull it by hand.")
    await platform.shows(CHANNEL, "Answered")
    assert len(platform.texts(CHANNEL)) == 1
    assert len(await advised.service.enquiries.store.all()) == 1
