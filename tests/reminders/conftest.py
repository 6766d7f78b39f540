"""A Sharewise between platforms that do as they're told; what is swept up is swept up soon."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import Protocol

import pytest

from bot.delivery import outbox as delivery
from tests.dialogs.small import SMALL
from tests.reminders.rig import Platform, Sharewise


class Launch(Protocol):
    """Starts a process of the deployment."""

    def __call__(self, *, ahead: timedelta = ...) -> Awaitable[Sharewise]: ...


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others left behind is found soon."""
    monkeypatch.setattr(delivery, "SWEEP_SECONDS", 0.1)


@pytest.fixture
def platform() -> Platform:
    """Both platforms."""
    return Platform()


@pytest.fixture
async def launch(redis_url: str, platform: Platform) -> AsyncIterator[Launch]:
    """Starts processes of one deployment, which are stopped at the end."""
    running: list[Sharewise] = []

    async def start(*, ahead: timedelta = timedelta()) -> Sharewise:
        process = Sharewise(redis_url, SMALL, platform, ahead=ahead)
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
