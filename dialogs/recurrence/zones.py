"""Time zones: by name, by the words people use for them, and from wall-clock time to instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

LONDON = "Europe/London"
_ALSO = {
    "uk": "Europe/London", "british": "Europe/London", "english": "Europe/London",
    "scottish": "Europe/London", "welsh": "Europe/London", "england": "Europe/London",
    "scotland": "Europe/London", "wales": "Europe/London", "northern ireland": "Europe/London",
    "edinburgh": "Europe/London", "cardiff": "Europe/London", "belfast": "Europe/London",
    "irish": "Europe/Dublin", "ireland": "Europe/Dublin", "utc": "Etc/UTC", "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata", "delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
}  # fmt: skip
"""What people say for a zone where it isn't the zone's own city."""


@cache
def zone(name: str) -> ZoneInfo | None:
    """The zone of this IANA name, or None where there is none."""
    if name not in _names().values() and name not in available_timezones():
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def clock(name: str) -> ZoneInfo:
    """The zone of this IANA name; London's where it is unknown, or nobody has told it."""
    return zone(name) or ZoneInfo(LONDON)


def named(words: str) -> str | None:
    """The IANA name that ``words`` mean ("London", "europe/paris", "New York"), or None."""
    plain = " ".join(words.lower().replace("_", " ").split())
    return _ALSO.get(plain) or _names().get(plain)


def city(name: str) -> str:
    """How people call a zone: "London" for Europe/London."""
    return "UTC" if name.startswith("Etc/") else name.rpartition("/")[2].replace("_", " ")


def instant(local: datetime, at: ZoneInfo) -> datetime:
    """The instant of a wall-clock time, in UTC.

    A time that the clocks jump over means the first instant after the jump; one that comes twice means the
    first of the two.
    """
    late = local.replace(tzinfo=at, fold=0).astimezone(UTC)
    if late.astimezone(at).replace(tzinfo=None) == local:
        return late
    # In a gap the two folds stand on either side of the jump; it comes at a whole second between them.
    early = local.replace(tzinfo=at, fold=1).astimezone(UTC).replace(microsecond=0)
    late = late.replace(microsecond=0)
    after = late.astimezone(at).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        if middle.astimezone(at).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late


@cache
def _names() -> dict[str, str]:
    """IANA names by themselves and by their cities, in plain small letters."""
    every = sorted(name for name in available_timezones() if name.partition("/")[0] in _REGIONS)
    whole = {name.lower().replace("_", " "): name for name in every}
    cities: dict[str, list[str]] = {}
    for name in every:
        cities.setdefault(name.rpartition("/")[2].lower().replace("_", " "), []).append(name)
    return {**{word: names[0] for word, names in cities.items() if len(names) == 1}, **whole}


_REGIONS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
}  # fmt: skip
