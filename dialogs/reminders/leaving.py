"""Somebody leaves: a series without them, and without a person who looks after it where that was them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from dialogs.core.mentions import same_person, unnamed
from dialogs.core.reminder_model import Draft, Recipient, Series, Target
from dialogs.core.session_model import Actor
from dialogs.wording import privacy as words


def without(series: Series, person: str) -> Series:
    """``series`` as it stands once ``person`` is forgotten; without its advisor it is paused."""
    series = replace(series, draft=drafted_without(series.draft, person))
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


def drafted_without(draft: Draft, person: str) -> Draft:
    """``draft``, which goes to ``person`` no longer and names them nowhere."""
    return replace(unnamed(draft, person), targets=others(draft.targets, person))


def others(targets: Iterable[Target], person: str) -> tuple[Target, ...]:
    """``targets`` but for one person."""
    return tuple(
        target for target in targets if target.kind != "person" or not same_person(target.id, person)
    )


def gone(series: Series, person: str, group: str) -> Series:
    """``series`` as it remembers, by a digest alone, that one of its recipients has left.

    ``group``: the one of the present list that they belonged to; "" where only an earlier list had them.
    """
    left = tuple(dict.fromkeys((*series.left, digest(series.id, person))))
    counts = tuple(count - (name == group) for name, count in zip(series.groups, series.counts, strict=False))
    return replace(series, left=left, counts=counts)


def goes_to_nobody(series: Series) -> bool:
    """Whether all of its recipients have left."""
    return bool(series.counts) and not any(series.counts)


def unclaimed(series: Series) -> Series:
    """``series``, which nobody took over: it is over, and what its advisor wrote is gone."""
    left = series.draft
    draft = Draft(
        left.id, left.kind, words.ERASED, anonymous=left.anonymous, lesson=left.lesson, place=left.place
    )
    return replace(series, draft=draft, step="ended", version=series.version + 1)


def still(
    series: Series,
    recipients: Iterable[Recipient],
    names: Callable[[str], Iterable[str]] = lambda person: (person,),
) -> tuple[Recipient, ...]:
    """Those who haven't left: a group or channel may have them still, and they are not written to.

    ``names``: all ids that somebody has had, since they may have left under an earlier one.
    """

    def left(person: str) -> bool:
        return any(digest(series.id, name) in series.left for name in names(person))

    return tuple(recipient for recipient in recipients if not series.left or not left(recipient.id))


def digest(series: str, person: str) -> str:
    """Recognises a person in one series, and names nobody."""
    return hashlib.blake2s(f"{series} {person}".encode(), digest_size=12).hexdigest()
