"""Whom a reminder is for, in a form: the values of its fields, and from them to targets again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec.structs import replace

from dialogs.core.addresses import address_of, by_mail, person_of
from dialogs.core.events import Mention
from dialogs.core.model import World
from dialogs.core.reminder_model import AdvisorSettings, Target
from dialogs.reminders.drafting_audience import (
    MOST_TARGETS,
    FoundAudience,
    by_address,
    list_target,
    short,
    why_no_mail,
)
from dialogs.wording import drafts as words
from dialogs.wording import mail as mail_words

_ENTRY = re.compile(r"(?P<kind>person|channel) (?P<id>[a-z]+:\S{1,300})")
_BETWEEN = re.compile(r"[\s,;]+")
_KINDS: dict[str, Literal["person", "channel"]] = {"person": "person", "channel": "channel"}


def picked(targets: Iterable[Target]) -> str:
    """The value of an audience field that holds the people and channels among ``targets``."""
    there = (target for target in targets if not by_mail(target.id))
    return ",".join(f"{target.kind} {target.id}" for target in there if target.kind in ("person", "channel"))


def addresses(targets: Iterable[Target]) -> str:
    """The value of a field that holds those who are written to by mail."""
    return ", ".join(address_of(target.id) for target in targets if by_mail(target.id))


def beside(targets: Iterable[Target], advisor_settings: AdvisorSettings) -> dict[str, Target]:
    """What no platform's menu offers: lists, and such groups and checks as are chosen already; by value."""
    lists = (list_target(key, advisor_settings) for key in advisor_settings.lists)
    others = (target for target in targets if target.kind not in ("person", "channel"))
    return {f"{target.kind}:{target.id}".replace(",", ";"): target for target in (*others, *lists)}


def chosen(
    people: str, others: str, mails: str, before: Iterable[Target], named: Iterable[Mention], world: World
) -> FoundAudience:
    """Whom a submitted form names: by the platform's menus, among our lists, and by address.

    ``before``: those chosen until now, whose names are known; ``named``: what others are called.
    """
    assert world.advisor_settings is not None
    before = tuple(before)
    kept = {
        f"{target.kind} {target.id}": target
        for target in (*before, *_all_listed(world.advisor_settings.lists))
    }
    offered, labels = beside(before, world.advisor_settings), {each.id: each.label for each in named}
    targets = list[Target]()
    for entry in filter(None, (name.strip() for name in people.split(","))):
        read = _ENTRY.fullmatch(entry)
        if read is None:
            return FoundAudience((), words.NOT_PEOPLE)
        known = kept.get(entry)
        # No menu offers people of the other platform, unless they were chosen before.
        if known is None and not read["id"].startswith(f"{world.place.platform}:"):
            return FoundAudience((), words.NOT_PEOPLE)
        name = labels.get(read["id"], "")
        known = replace(known, name=known.name or name) if known else None
        targets.append(known or Target(_KINDS[read["kind"]], read["id"], name, world.tenant))
    for value in filter(None, others.split(",")):
        if value not in offered:
            return FoundAudience((), words.NOT_OFFERED, "lists")
        targets.append(offered[value])
    for said in filter(None, _BETWEEN.split(mails.strip())):
        person = person_of(said)
        wrong = why_no_mail(person, world) if person else mail_words.NOT_AN_ADDRESS.format(said=short(said))
        if wrong:
            return FoundAudience((), wrong, "mails")
        targets.append(by_address(person))
    # Those chosen before keep their order, so that a form left as it was changes nothing.
    staying = (target for target in before if target in targets)
    unique = tuple({(target.kind, target.id): target for target in (*staying, *targets)}.values())
    if len(unique) > MOST_TARGETS:
        return FoundAudience((), words.TOO_MANY_TARGETS.format(limit=MOST_TARGETS))
    return FoundAudience(unique, "" if unique else words.NOBODY)


def people_picked(values: Mapping[str, str]) -> tuple[Mention, ...]:
    """The people whom a submitted form's audience fields hold, whatever they are called."""
    entries = (entry.strip() for value in values.values() for entry in value.split(","))
    read = (found for entry in entries if (found := _ENTRY.fullmatch(entry)))
    return tuple(Mention("", "person", found["id"]) for found in read if found["kind"] == "person")


def _all_listed(lists: Mapping[str, tuple[Target, ...]]) -> Iterable[Target]:
    return (target for members in lists.values() for target in members)
