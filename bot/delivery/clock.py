"""What time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """The time of a deployment: the world's, or in the playground one that has been moved forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC) + self.ahead

    def on_the_wall(self, at: datetime) -> datetime:
        """When, in the world's time, ``at`` will have come."""
        return at - self.ahead
