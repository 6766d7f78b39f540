"""What an event comes to for the board: lists, advisors, who wants the digest, and when that is due."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

from msgspec.structs import replace

from dialogs.series.model import (
    Board,
    BoardEvent,
    ForgetPerson,
    KeepAdvisor,
    KeepDigest,
    KeepList,
    Reach,
)
from dialogs.when import zones

DIGEST_TIME = time(9)
"""On Mondays, on each advisor's own clock."""


def kept(board: Board, event: BoardEvent) -> tuple[Board, str]:
    """The board after ``event``, and what the audit list says of it ("" for nothing)."""
    match event:
        case KeepList(name, targets):
            key = name.casefold()
            lists = {one: who for one, who in board.lists.items() if one != key}
            titles = {one: title for one, title in board.titles.items() if one != key}
            if targets:
                lists[key], titles[key] = targets, name
            return replace(board, lists=lists, titles=titles), f"{'keep' if targets else 'delete'} list"
        case KeepAdvisor(person, _, away):
            advisors = {one: name for one, name in board.advisors.items() if one != person.id}
            if not away:
                advisors[person.id] = person.name
            return replace(board, advisors=advisors), f"{'remove' if away else 'add'} advisor {person.id}"
        case KeepDigest(by, wanted, home, to, zone):
            off = tuple(one for one in board.digest_off if one != by.id)
            after = replace(board, digest_off=off if wanted else (*off, by.id))
            return _reached(after, by.id, home, to, zone), f"digest {'on' if wanted else 'off'}"
        case Reach(by, home, to, zone):
            return _reached(board, by.id, home, to, zone), ""
        case ForgetPerson(person):
            return replace(
                board,
                advisors={one: name for one, name in board.advisors.items() if one != person},
                reach={one: where for one, where in board.reach.items() if one != person},
                digest_off=tuple(one for one in board.digest_off if one != person),
            ), ""
        case _:
            return board, ""


def digest_at(now: datetime, zone: str) -> datetime:
    """The next Monday morning in ``zone``, as an instant."""
    clock = zones.zone(zone) or zones.zone("Europe/London")
    assert clock is not None
    day = now.astimezone(clock).date()
    monday = day + timedelta(days=(7 - day.weekday()) % 7)
    at = zones.instant(datetime.combine(monday, DIGEST_TIME), clock)
    return at if at > now else zones.instant(datetime.combine(monday + timedelta(days=7), DIGEST_TIME), clock)


def _reached(board: Board, id: str, home: str, to: dict[str, str], zone: str) -> Board:
    return replace(board, reach={**board.reach, id: (home, json.dumps(to, sort_keys=True), zone)})
