"""What other people's code logs: that it warned, and where; never its words."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import asyncio, logging, sys
from bot.observability import logs
logs.set_up("INFO")
async def fails(): raise RuntimeError("secret words")
async def main():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    import gc; gc.collect()
    try: await fails()
    except RuntimeError: logging.getLogger(sys.argv[1]).exception("secret words")
    logging.getLogger(sys.argv[1]).debug("secret words")
asyncio.run(main())
"""


@pytest.mark.parametrize("library", ["aiohttp.server", "slack_bolt", "docket.worker", "a_new_library"])
def test_no_library_prints_a_traceback_or_its_words(library: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, library], capture_output=True, text=True, check=True)
    said = done.stdout + done.stderr
    assert "secret words" not in said
    assert "Traceback" not in said
    assert '"library": "asyncio"' in said
    assert f'"library": "{library}"' in said
    assert "RuntimeError < fails" in said
