"""A second subject: a small folder of ours on safety at outdoor festivals, made up for these tests."""

from __future__ import annotations

import functools
from pathlib import Path

from knowledge import Knowledge
from tests.harness.knowledge import fitted

HERE = Path(__file__).parent


@functools.cache
def festival() -> Knowledge:
    """The folder, fitted once a test process."""
    return fitted(HERE / "folder", "festival")
