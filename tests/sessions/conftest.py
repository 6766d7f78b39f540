"""One Sharewise with a wall in the place of both platforms; its card updater works without pauses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.delivery import live_cards as painter
from tests.dialogs.small import SMALL
from tests.sessions.rig import Sharewise, Team, Wall

Launch = Callable[[], Awaitable[Sharewise]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards are drawn as soon as something happens."""
    monkeypatch.setattr(painter, "PACE_SECONDS", 0.05)
    monkeypatch.setattr(painter, "SWEEP_SECONDS", 0.1)


@pytest.fixture
def wall() -> Wall:
    """Both platforms."""
    return Wall()


@pytest.fixture
async def launch(redis_url: str, wall: Wall) -> AsyncIterator[Launch]:
    """Starts processes of one deployment, which are stopped at the end."""
    running: list[Sharewise] = []

    async def start() -> Sharewise:
        process = Sharewise(redis_url, SMALL, wall)
        running.append(process)
        await process.start()
        return process

    yield start
    for process in running:
        await process.stop()


@pytest.fixture
async def sharewise(launch: Launch) -> Sharewise:
    """A running Sharewise."""
    return await launch()


@pytest.fixture
def team(sharewise: Sharewise) -> Team:
    """Those who talk to it."""
    return Team(sharewise)
