"""The pictures of the documents, taken anew: ``python -m tools.pictures [FOLDER [NAME …]]``.

Each is a scripted conversation in the playground, on a ``bot run`` of its own, in Chromium. They are the same
each time: the world's clock begins at ``BEGIN``, the browser shows it in steps, and chance is seeded. Emoji
need a font that has them (Debian's fonts-noto-color-emoji).
"""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import msgspec
from PIL import Image
from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect

from playground.connector import TeamsMemory
from playground.crowd import CrowdMemory
from playground.crowd_duties import DutiesMemory
from playground.memory import VERSION, MemoryFile, PlaygroundMemory
from playground.slack_api import SlackMemory
from playground.slack_book import SlackBookMemory
from playground.stage import CROWD
from playground.teams_book import TeamsBookMemory

BEGIN = datetime(2027, 2, 1, 9, 30, tzinfo=UTC)
"""A Monday, with no day off in the weeks that follow."""
FAR = 1_950_000_000
"""Seconds since 1970: ids begin there, and so depend on no clock; by them a quiz draws its questions."""
STEP = 600
"""Seconds: the browser shows every time as the last such step before it, however long a picture takes."""
DATA = "data"
ROOT = Path(__file__).parents[1]
PATIENCE = 60_000
"""Milliseconds."""
COLOURS = 256
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--force-device-scale-factor=1",
    "--font-render-hinting=none",
]
SEEDED = """
import random, secrets
from playground.crowd_forms import dice
chance = random.Random(11)
secrets.token_hex = lambda size=32: chance.randbytes(size).hex()
dice.__defaults__ = (11,)
from bot.cli.commands import app
app(["run"])
"""
"""``bot run``, whose chance is the same each time: which questions a quiz has, what colleagues answer."""

Scene = Callable[[Page], Awaitable[None]]


async def answer(page: Page) -> None:
    """An officer asks in Slack and gets a cited answer."""
    await _go(page, "bryn", "slack-direct")
    await _say(page, "how many partners should we have?")
    await _press(page, "In practice")
    await expect(_last(page)).to_contain_text("In practice (our guidance)")


async def quiz(page: Page) -> None:
    """A question of a quiz in a channel is closed."""
    await _go(page, "asha", "slack-channel")
    await _say(page, "@Sharewise quiz here 5 on models")
    await page.get_by_role("button", name="20 colleagues answer").click()
    await expect(_last(page)).to_contain_text("20 answered", timeout=PATIENCE)
    await _press(page, "Close question")
    await expect(_last(page).get_by_role("img", name="Who chose what")).to_be_visible()
    await _to_the_end(page)


async def readiness(page: Page) -> None:
    """A joint readiness check has come to its result."""
    await _go(page, "asha", "teams-channel")
    await _say(page, "@Sharewise readiness here")
    await page.get_by_role("button", name="20 colleagues answer").click()
    await expect(_last(page)).to_contain_text("20 finished", timeout=PATIENCE)
    await _press(page, "Close and show the result")
    await expect(_last(page)).to_contain_text("Result:")
    await _last(page).evaluate("node => node.scrollIntoView()")


async def reminders(page: Page) -> None:
    """An advisor learns that buy-in has cooled."""
    await _go(page, "cleo", "slack-direct")
    await _say(page, f"list the steering group: {', '.join(f'@{person.key}' for person in CROWD[:14])}")
    await _say(page, "pulse the steering group every Friday at 10:00 on buy-in")
    await _press(page, "Named answers")
    await expect(_last(page)).to_contain_text("named: advisors see")
    await _press(page, "Start")
    await expect(_last(page)).to_contain_text("is set up")
    await page.get_by_role("button", name="+1 month").click()
    await expect(page.get_by_role("button", name="+1 month")).to_have_attribute(
        "aria-disabled", "false", timeout=PATIENCE
    )
    alert = (
        page.get_by_role("article", name="Sharewise")
        .filter(has_text="Buy-in")
        .filter(has_text="See the trend")
        .last
    )
    await alert.get_by_role("button", name="See the trend").click()
    await expect(_last(page).get_by_role("img", name="from 1 to 5")).to_be_visible()
    await _to_the_end(page)


SCENES: dict[str, tuple[Scene, int, int]] = {
    "playground": (answer, 1180, 930), "quiz": (quiz, 1100, 760),
    "readiness": (readiness, 1100, 760), "reminders": (reminders, 1100, 760),
}  # fmt: skip
"""By the file's name: what happens, and the picture's width and height."""


async def pictures(folder: Path, names: tuple[str, ...] = tuple(SCENES)) -> None:
    """Take the pictures of these names into ``folder``."""
    async with async_playwright() as playwright:
        chromium = (
            os.environ.get("CHROMIUM")
            or which("chromium")
            or which("chromium-browser")
            or which("google-chrome")
        )
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name in names:
            scene, width, height = SCENES[name]
            with tempfile.TemporaryDirectory() as place:
                async with _running(Path(place)) as url:
                    taken = await _taken(browser, url, scene, width, height)
            (folder / f"{name}.png").write_bytes(taken)
        await browser.close()


async def _taken(browser: Browser, url: str, scene: Scene, width: int, height: int) -> bytes:
    page = await browser.new_page(
        base_url=url, viewport={"width": width, "height": height}, locale="en-GB",
        timezone_id="Europe/London", reduced_motion="reduce", bypass_csp=True,
    )  # fmt: skip
    page.set_default_timeout(PATIENCE)
    await page.route("**/playground/messages?*", _in_steps)
    await page.route("**/playground/clock", _in_steps)
    await scene(page)
    # Where the pointer rests, and notices of what was done, are no part of the picture.
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement.blur()")
    await page.evaluate("Promise.all([...document.images].map(image => image.decode().catch(() => {})))")
    taken = await page.screenshot(animations="disabled", caret="hide", style=".toast{display:none}")
    await page.close()
    drawn, file = Image.open(io.BytesIO(taken)).convert("RGB"), io.BytesIO()
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


async def _in_steps(route: Route) -> None:
    """Give the page what it asks for, with every time put back to the step before it."""
    response = await route.fetch()
    found = await response.json()
    for message in found.get("messages", ()):
        message["at"] -= message["at"] % STEP
    if found.get("now"):
        now = datetime.fromisoformat(found["now"]).timestamp()
        found["now"] = datetime.fromtimestamp(now - now % STEP, UTC).isoformat()
    await route.fulfill(response=response, json=found)


@asynccontextmanager
async def _running(place: Path) -> AsyncIterator[str]:
    """Sharewise with its playground, begun at ``BEGIN`` with nothing kept; its address."""
    ahead = (BEGIN - datetime.now(UTC)).total_seconds()
    kept = PlaygroundMemory(
        VERSION, ahead, SlackMemory(SlackBookMemory(FAR * 1_000_000, [], {}, {}, {}), {}),
        TeamsMemory(TeamsBookMemory(FAR * 1_000, []), [], {}), CrowdMemory([]), DutiesMemory([], {}),
    )  # fmt: skip
    # The page tells where its memory is: by a name that is the same each time.
    MemoryFile(place / DATA).write(msgspec.msgpack.encode(kept))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SEEDED, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        cwd=place,
        env={
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KNOWLEDGE_DIR": str(ROOT / "knowledge"),
            "DATA_DIR": DATA, "PORT": str(port),
        },
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    reading = None
    try:
        while b"ready at" not in (line := await process.stdout.readline()):
            if not line:
                raise SystemExit("Sharewise didn't start.")
        reading = asyncio.create_task(process.stdout.read())  # a full pipe would hold it up
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.wait()
        if reading is not None:
            await reading


async def _go(page: Page, person: str, place: str) -> None:
    await page.goto(f"/#{person}/{place}")
    if place == "teams-channel":
        return
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()


async def _say(page: Page, words: str) -> None:
    box = page.get_by_role("textbox", name="Message")
    before = await page.get_by_role("article", name="Sharewise").count()
    await box.fill(words)
    await box.press("Enter")
    await expect(page.get_by_role("article", name="Sharewise")).to_have_count(before + 1)


async def _press(page: Page, label: str) -> None:
    await page.locator("#feed").get_by_role("button", name=label, exact=True).last.click()


async def _to_the_end(page: Page) -> None:
    await page.locator("#feed").evaluate("node => { node.scrollTop = node.scrollHeight; }")


def _last(page: Page) -> Locator:
    return page.get_by_role("article", name="Sharewise").last


if __name__ == "__main__":
    where, *wanted = sys.argv[1:] or ["docs"]
    asyncio.run(pictures(Path(where), tuple(wanted) or tuple(SCENES)))
