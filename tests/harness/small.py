"""A small knowledge base about something else altogether, so that no dialog can lean on one deck."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dialogs.core.events import Place, Speaker
from dialogs.core.model import World
from tests.harness.knowledge import fitted

SMALL = fitted(Path(__file__).parent / "allotments", "small")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def world(**changes: object) -> World:
    """An officer who talks to the bot directly, unless ``changes`` say otherwise."""
    given = {
        "now": NOW,
        "speaker": Speaker("slack:T1/U1"),
        "place": Place("slack", "direct"),
        "knowledge": SMALL,
    }
    return World(**{**given, **changes})
