"""Reads an advisor's sentence: who is reminded (or asked), when, and of what.

    remind #partnership-board every second Tuesday at 9:30 to brief members on progress
    pulse the steering group first Monday of each month at 10 on buy-in

A library of our own kind was looked for: recurrent drops what it doesn't understand ("first Monday of the
month" became one day, 30 February became now, 25:00 a time), dateparser has no recurrence. Here every word
about when must be explained by a phrase, or it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from dialogs.recurrence import words
from dialogs.recurrence.english import DAY, plain
from dialogs.recurrence.heard import Heard
from dialogs.recurrence.hearing import hear
from dialogs.recurrence.making import About, Made, Question, make
from dialogs.recurrence.rule import Recurrence
from dialogs.recurrence.zones import zone as zone_of

Kind = Literal["remind", "pulse"]

LONGEST_TEXT = 3000
"""Characters of what is sent."""
LONGEST_WHEN = 40
"""Words that tell when."""
_LINKS_TRIED = 8

_VERB = re.compile(
    r"(?:please )?(?P<verb>remind|reminder(?: for| to)?|pulse|poll|check in with|nudge)(?:\s+|$)",
    re.IGNORECASE,
)
_WORDS = re.compile(r'"[^"]+"|“[^”]+”|<at>.*?</at>|<[^>\s]*>|\S+')
_LINKS = {"remind": ("to", "that", "about"), "pulse": ("on", "about")}
_NOT_BEFORE = re.compile(rf"(?:{DAY}|\d.*|noon|midnight|the|their|each|every|next|previous)$")
_APART = re.compile(r"(?:,|;|\band\b|&|\bplus\b)(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", re.IGNORECASE)


class Understood(NamedTuple):
    """What a sentence says, and what it leaves open. Ready when ``missing`` and ``problems`` are empty."""

    kind: Kind
    audience: tuple[str, ...]
    """Who, in the sentence's own words: "#partnership-board", "the steering group", "@asha"."""
    audience_text: str
    """The same undivided, for names that hold an "and"."""
    when: str
    """The words about when, as typed."""
    what: str
    """What to send, beginning with a capital; for a pulse its topic, as typed. Empty where it isn't said."""
    schedule: Recurrence | None
    missing: tuple[Question, ...]
    """What to ask for."""
    problems: tuple[Question, ...]
    """What can't be done, each a sentence that says what to change."""
    notes: tuple[str, ...]
    """How something was taken that could be taken otherwise: to be shown before it is confirmed."""


def understand(text: str, now: datetime, zone: str, *, when_only: bool = False) -> Understood:
    """Read a sentence. ``now``: an aware moment; ``zone``: the asker's IANA zone, in which days are meant.

    ``when_only``: the sentence may name nobody and nothing. Raises ValueError for an unknown zone.
    """
    at = zone_of(zone)
    if at is None:
        raise ValueError(f"unknown time zone: {zone[:40]}")
    local = now.astimezone(at).replace(tzinfo=None)
    verb = _VERB.match(text.strip())
    kind: Kind = "pulse" if verb and verb["verb"].lower()[:2] in ("pu", "po", "ch") else "remind"
    said = _WORDS.findall(text.strip()[verb.end() if verb else 0 :])
    divide = _all_when if when_only and not verb else _divided
    audience, when, what, heard = divide(said, kind, local)
    made = (
        make(heard, zone)
        if when
        else Made(None, (Question("day", words.WHICH_DAY), Question("time", words.WHAT_TIME)))
    )
    missing, problems = list(made.missing), list(made.problems)
    who = " ".join(audience)
    if when_only and not heard.strong:
        missing = [Question("day", words.NOTHING_SAID)]
    if not when_only:
        missing += [] if who else [Question("audience", words.WHO)]
        missing += [] if what else [Question("what", words.WHAT[kind])]
    if len(what) > LONGEST_TEXT:
        long = words.LONG_TEXT.format(length=f"{len(what):,}", most=f"{LONGEST_TEXT:,}")
        problems.append(Question("what", long))
    return Understood(
        kind, _people(who), who, " ".join(when), what if kind == "pulse" else what[:1].upper() + what[1:],
        None if problems else made.schedule, tuple(missing), tuple(problems), made.notes,
    )  # fmt: skip


def answered(understood: Understood, about: About, answer: str) -> str:
    """The sentence again with an answer to one question in its place, to be understood afresh."""
    parts = {"audience": understood.audience_text, "when": understood.when, "what": understood.what}
    answer = " ".join(answer.split())
    if about in ("audience", "what", "when"):
        parts[about] = answer
    elif about == "time":
        parts["when"] += f" {answer}" if answer.lower().startswith(("at ", "@")) else f" at {answer}"
    else:
        parts["when"] = f"{answer} {parts['when']}"
    link = {"remind": "to", "pulse": "on"}[understood.kind]
    what = f"{link} {parts['what']}" if parts["what"] else ""
    return " ".join(filter(None, (understood.kind, parts["audience"], parts["when"].strip(), what)))


Divided = tuple[list[str], list[str], str, Heard]


def _divided(said: list[str], kind: Kind, now: datetime) -> Divided:
    """Audience, when and what, and what is heard of the when."""
    links = list(_links(said, kind))[:_LINKS_TRIED]
    # The longest head that is all explained: "monthly on the first Monday at 9 on buy-in".
    best: Divided | None = None
    for place in (len(said), *reversed(links)):
        head, what = said[:place], " ".join(said[place + 1 :])
        # No list or channel has "to" in its name, but many have "on".
        found = _when(head[: LONGEST_WHEN * 2], now, links[0] if links and kind == "remind" else len(head))
        if found is None:
            continue
        divided = head[: found[0]], head[found[0] :], what, found[1]
        if not found[1].unknown:
            return divided
        best = divided
    return _when_last(said, kind, now) or best or _untimed(said, kind, now)


def _all_when(said: list[str], kind: Kind, now: datetime) -> Divided:
    """For a sentence that names nobody: all is about when, up to what it may be about."""
    whole = hear(plain(" ".join(said[: LONGEST_WHEN * 2])), now)
    for place in () if not whole.unknown else list(_links(said, kind))[:_LINKS_TRIED]:
        heard = hear(plain(" ".join(said[:place])), now)
        if heard.strong and not heard.unknown:
            return [], said[:place], " ".join(said[place + 1 :]), heard
    return [], said, "", whole


def _links(said: list[str], kind: Kind) -> Iterator[int]:
    for place, word in enumerate(said):
        following = plain(said[place + 1]) if place + 1 < len(said) else ""
        if word.lower() in _LINKS[kind] and (word.lower() != "to" or not _NOT_BEFORE.match(following)):
            yield place


def _when(head: list[str], now: datetime, last: int) -> tuple[int, Heard] | None:
    """Where the words about when begin: the first place from which all is explained, else most of it.

    Looks no farther than word ``last``.
    """
    best: tuple[int, Heard] | None = None
    for begin in range(max(0, len(head) - LONGEST_WHEN), min(last, len(head))):
        heard = hear(plain(" ".join(head[begin:])), now)
        if not heard.strong or plain(head[begin]).strip(",") in ("and", "&"):
            continue
        if not heard.unknown:
            return begin, heard
        first = hear(plain(" ".join(head[begin : begin + 3])), now)
        if best is None and first.strong and not first.unknown:
            best = begin, heard
    return best


def _when_last(said: list[str], kind: Kind, now: datetime) -> Divided | None:
    """For "remind @asha to call the leader every Monday at 9": the when behind the what."""
    place = next(_links(said, kind), None)
    if place is None or _when(said[:place], now, place):
        return None
    what = max(place + 1, len(said) - LONGEST_WHEN)
    found = _when(said[what:], now, len(said))
    if found is None or found[1].unknown or what + found[0] == place + 1:
        return None
    begin = what + found[0]
    return said[:place], said[begin:], " ".join(said[place + 1 : begin]), found[1]


def _untimed(said: list[str], kind: Kind, now: datetime) -> Divided:
    place = next(_links(said, kind), len(said))
    return said[:place], [], " ".join(said[place + 1 :]), Heard(now)


def _people(who: str) -> tuple[str, ...]:
    parts = (
        part.strip().strip('"“”').strip() for part in _APART.split(who.replace("“", '"').replace("”", '"'))
    )
    return tuple(part for part in parts if part)
