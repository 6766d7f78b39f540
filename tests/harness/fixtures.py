"""A running Sharewise, for any test that asks for one (``tests/conftest.py`` passes these on).

Imported late, because tests of the pure parts need neither web servers nor SDKs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from tests.harness.platform import FakePlatform
    from tests.harness.sharewise import Sharewise


class Launch(Protocol):
    """Starts a process of the deployment, with what ``Sharewise`` takes."""

    def __call__(self, *, sweep: bool = ..., ahead: timedelta = ..., **settings: Any) -> Awaitable[Any]: ...


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards are drawn as soon as something happens, and what others left behind is found soon."""
    from bot.delivery import live_cards, outbox

    monkeypatch.setattr(live_cards, "PACE_SECONDS", 0.05)
    monkeypatch.setattr(live_cards, "SWEEP_SECONDS", 0.1)
    monkeypatch.setattr(outbox, "SWEEP_SECONDS", 0.1)


@pytest.fixture
def platform(quick: None) -> FakePlatform:
    """All platforms."""
    from tests.harness.platform import FakePlatform

    return FakePlatform()


@pytest.fixture
def kind() -> type[Sharewise]:
    """What ``launch`` starts; a folder that says more of it has a class of its own."""
    from tests.harness.sharewise import Sharewise

    return Sharewise


@pytest.fixture
async def launch(redis_url: str, platform: FakePlatform, kind: type[Sharewise]) -> AsyncIterator[Launch]:
    """Starts processes of one deployment, which are stopped at the end."""
    running: list[Sharewise] = []

    async def start(*, sweep: bool = True, **settings: Any) -> Sharewise:
        process = kind(redis_url, platform, **settings)
        running.append(process)
        await process.start(sweep=sweep)
        return process

    yield start
    for process in running:
        await process.stop()


@pytest.fixture
async def sharewise(launch: Launch) -> Sharewise:
    """A running Sharewise."""
    process: Sharewise = await launch()
    return process
