"""Processes with series."""

from __future__ import annotations

import pytest

from tests.reminders.series import Sharewise


@pytest.fixture
def kind() -> type[Sharewise]:
    """What ``launch`` starts."""
    return Sharewise
