"""What an event comes to for the advisors' settings: lists, advisors, who wants the digest and when."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from dialogs.core.mentions import same_person
from dialogs.core.reminder_events import (
    AdvisorEvent,
    ForgetPerson,
    KeepAdvisor,
    KeepAssistant,
    KeepDigest,
    KeepList,
    ReachAdvisor,
)
from dialogs.core.reminder_model import AdvisorSettings
from dialogs.recurrence import zones
from dialogs.reminders.leaving import others

DIGEST_TIME = time(9)
"""On Mondays, on each advisor's own clock."""


def kept(advisor_settings: AdvisorSettings, event: AdvisorEvent) -> tuple[AdvisorSettings, str]:
    """The advisor settings after ``event``, and what the audit list says of it ("" for nothing)."""
    match event:
        case KeepList(name, targets):
            key = name.casefold()
            lists = {entry: who for entry, who in advisor_settings.lists.items() if entry != key}
            titles = {name: title for name, title in advisor_settings.titles.items() if name != key}
            gone = {person: count for person, count in advisor_settings.gone.items() if person != key}
            if targets:
                lists[key], titles[key] = targets, name
            return replace(
                advisor_settings, lists=lists, titles=titles, gone=gone
            ), f"{'keep' if targets else 'delete'} list"
        case KeepAdvisor(person, _, away):
            advisors = {
                advisor: name for advisor, name in advisor_settings.advisors.items() if advisor != person.id
            }
            reach = advisor_settings.reach
            if away:
                # Who advises no more gets neither digest nor questions.
                reach = {id: where for id, where in reach.items() if id != person.id}
            else:
                advisors[person.id] = person.name
            return replace(
                advisor_settings, advisors=advisors, reach=reach
            ), f"{'remove' if away else 'add'} advisor {person.id}"
        case KeepAssistant(person, assistant):
            assistants = {id: each for id, each in advisor_settings.assistants.items() if id != person.id}
            assisted = {id: name for id, name in advisor_settings.assisted.items() if id != person.id}
            if assistant is not None:
                assistants[person.id], assisted[person.id] = assistant, person.name
            after = replace(advisor_settings, assistants=assistants, assisted=assisted)
            return after, f"{'name' if assistant else 'take away'} assistant"
        case KeepDigest(by, wanted, tenant, to, zone):
            off = tuple(advisor_id for advisor_id in advisor_settings.digest_off if advisor_id != by.id)
            after = replace(advisor_settings, digest_off=off if wanted else (*off, by.id))
            return _reached(after, by.id, tenant, to, zone), f"digest {'on' if wanted else 'off'}"
        case ReachAdvisor(by, tenant, to, zone):
            return _reached(advisor_settings, by.id, tenant, to, zone), ""
        case ForgetPerson(person):
            kept_lists = {name: others(who, person) for name, who in advisor_settings.lists.items()}
            left = [name for name, who in advisor_settings.lists.items() if kept_lists[name] != who]
            return replace(
                advisor_settings,
                lists=kept_lists,
                gone={
                    **advisor_settings.gone,
                    **{name: advisor_settings.gone.get(name, 0) + 1 for name in left},
                },
                advisors={
                    who: name
                    for who, name in advisor_settings.advisors.items()
                    if not same_person(who, person)
                },
                reach={who: where for who, where in advisor_settings.reach.items() if who != person},
                digest_off=tuple(who for who in advisor_settings.digest_off if who != person),
                **_unassisted(advisor_settings, person),
            ), ""
        case _:
            return advisor_settings, ""


def _unassisted(advisor_settings: AdvisorSettings, person: str) -> dict[str, Any]:
    """Nobody answers for ``person``, nor they for anybody."""
    assistants = {
        id: assistant
        for id, assistant in advisor_settings.assistants.items()
        if not same_person(id, person) and not same_person(assistant.id, person)
    }
    assisted = {id: name for id, name in advisor_settings.assisted.items() if id in assistants}
    return {"assistants": assistants, "assisted": assisted}


def digest_at(now: datetime, zone: str) -> datetime:
    """The next Monday morning in ``zone``, as an instant."""
    clock = zones.clock(zone)
    day = now.astimezone(clock).date()
    monday = day + timedelta(days=(7 - day.weekday()) % 7)
    at = zones.instant(datetime.combine(monday, DIGEST_TIME), clock)
    return at if at > now else zones.instant(datetime.combine(monday + timedelta(days=7), DIGEST_TIME), clock)


def _reached(
    advisor_settings: AdvisorSettings, id: str, tenant: str, to: dict[str, str], zone: str
) -> AdvisorSettings:
    return replace(
        advisor_settings, reach={**advisor_settings.reach, id: (tenant, json.dumps(to, sort_keys=True), zone)}
    )
