"""Processes with live sessions."""

from __future__ import annotations

import pytest

from tests.sessions.live import Sharewise


@pytest.fixture
def kind() -> type[Sharewise]:
    """What ``launch`` starts."""
    return Sharewise
