"""Somebody leaves: a series without them, and without a person who looks after it where that was them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from dialogs.core.reminder_model import Recipient, Series, Target
from dialogs.core.session_model import Actor


def without(series: Series, person: str) -> Series:
    """``series`` as it stands once ``person`` is forgotten; without its advisor it is paused."""
    draft = replace(series.draft, targets=others(series.draft.targets, person))
    series = replace(series, draft=draft)
    if series.owner.id != person:
        return series
    return replace(
        series,
        owner=Actor(""),
        owner_to={},
        owner_tenant="",
        step="paused" if series.step == "on" else series.step,
        version=series.version + 1,
    )


def others(targets: Iterable[Target], person: str) -> tuple[Target, ...]:
    """``targets`` but for one person."""
    return tuple(target for target in targets if target.kind != "person" or target.id != person)


def gone(series: Series, person: str) -> Series:
    """``series`` as it remembers, by a digest alone, that one of its recipients has left."""
    return replace(series, left=tuple(dict.fromkeys((*series.left, digest(series.id, person)))))


def still(
    series: Series,
    recipients: Iterable[Recipient],
    names: Callable[[str], Iterable[str]] = lambda person: (person,),
) -> tuple[Recipient, ...]:
    """Those who haven't left: a group or channel may have them still, and they are not written to.

    ``names``: all ids that somebody has had, since they may have left under an earlier one.
    """

    def left(person: str) -> bool:
        return any(digest(series.id, one) in series.left for one in names(person))

    return tuple(one for one in recipients if not series.left or not left(one.id))


def digest(series: str, person: str) -> str:
    """Recognises a person in one series, and names nobody."""
    return hashlib.blake2s(f"{series} {person}".encode(), digest_size=12).hexdigest()
