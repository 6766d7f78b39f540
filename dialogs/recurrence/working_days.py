"""Which days nobody works: weekends, and bank holidays by nation of the United Kingdom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Nation = Literal["england", "wales", "scotland", "northern-ireland"]

_SUBDIVISIONS: Mapping[str, str] = {
    "england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR",
}  # fmt: skip
_WEEKEND = {5: "Saturday", 6: "Sunday"}
_FARTHEST = 20
"""Days; longer than any run of days off."""


def why_off(day: date, nation: Nation) -> str | None:
    """Why nobody works on this day ("Saturday", "Christmas Day"), or None on a working day."""
    return _WEEKEND.get(day.weekday()) or _holidays(nation, day.year).get(day)


def days_to_work(day: date, nation: Nation, step: Literal[1, -1]) -> int:
    """How many days from ``day`` to the nearest working day after (1) or before (-1) it; 0 on one."""
    return next(
        days
        for days in range(0, step * _FARTHEST, step)
        if why_off(day + timedelta(days=days), nation) is None
    )


def to_working_day(day: date, rank: int, nation: Nation) -> int:
    """How many days from ``day`` to the working day with that rank, counted from it on (or back, below 0)."""
    step: Literal[1, -1] = 1 if rank > 0 else -1
    days = days_to_work(day, nation, step)
    for _ in range(abs(rank) - 1):
        days += step
        days += days_to_work(day + timedelta(days=days), nation, step)
    return days


@lru_cache(maxsize=1024)
def _holidays(nation: Nation, year: int) -> Mapping[date, str]:
    # Late, because a bot that only answers questions needs none of it.
    from holidays import country_holidays

    found = country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year)
    return {day: _named(name) for day, name in found.items() if day.year == year}


def _named(name: str) -> str:
    holiday, observed, _ = name.partition(" (observed)")
    return f"substitute day for {holiday}" if observed else name
