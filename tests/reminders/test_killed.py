"""kill -9 between an answer without a name and the ledger: it counts, once, and the ledger catches up."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.harness.platform import FakePlatform
from tests.reminders.answering import AT_ONCE, value_of
from tests.reminders.series import ID, Sharewise, people

pytestmark = pytest.mark.servers

COUNT, KILLED_AFTER = 120, 40
PULSE = {"kind": "pulse", "what": "How firmly is the leadership behind this?", "topic": "buy-in"}


async def killed(url: str, key: str) -> set[int]:
    """People answer in another process, which is killed when some have; those who were told so."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.reminders.answering", url, key, str(COUNT)),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    told = [await asyncio.wait_for(process.stdout.readline(), 60) for _ in range(KILLED_AFTER)]
    process.kill()
    told += [line async for line in process.stdout if line.endswith(b"\n")]
    await process.wait()
    return {int(line) for line in told}


async def test_answers_survive_a_kill_and_count_once(
    sharewise: Sharewise, platform: FakePlatform, redis_url: str
) -> None:
    await sharewise.begin(*people(COUNT), **PULSE)
    await sharewise.forward(hours=1.2)
    series, key = await sharewise.series(), await sharewise.key()
    acknowledged = await killed(redis_url, key)
    assert KILLED_AFTER <= len(acknowledged) < COUNT, "it was killed amid the answers"
    kept = await sharewise.store.nameless.people(ID, key)
    there = {int(recipient.rpartition("/U")[2]) for recipient in kept}
    assert acknowledged <= there, "none is lost that was acknowledged"
    assert len(there - acknowledged) <= AT_ONCE
    expected = Counter(map(value_of, there))
    assert Counter((await sharewise.store.answers(series, key)).values()) == expected, "each once"

    for number in there:
        says = f"pulse answer {ID} {key} {value_of(number) % 5 + 1}"
        assert "first one counts" in (await sharewise.press_saying(f"slack:T1/U{number}", says)).note
    assert Counter((await sharewise.store.answers(series, key)).values()) == expected
    assert (await sharewise.counts())["answered"] == len(there)

    await sharewise.forward(hours=23.9)
    mean = sum(value * count for value, count in expected.items()) / len(there)
    told = ("What became of “buy-in”", f"{COUNT} recipients", f"{len(there)} answered", f"{mean:.1f}")
    await platform.shows("UADVISOR", *told)
    number = next(at for at, sent in enumerate((await sharewise.series()).sent) if sent.key == key)
    states = await sharewise.states(number)
    assert {
        int(recipient.rpartition("/U")[2]) for recipient, state in states.items() if state == "answered"
    } == there
