"""How long a platform asks us to wait: ``Retry-After`` in seconds or as a date, whoever wrote it."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds(told: str | None) -> float:
    """Seconds to wait; 0 where nothing, or nothing that can be waited for, was told."""
    try:
        wait = float(told or 0.0)
    except ValueError:
        wait = _until(told or "")
    return wait if math.isfinite(wait) and wait > 0 else 0.0


def _until(date: str) -> float:
    """Seconds until an HTTP date; 0 where it is none."""
    try:
        return (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return 0.0
