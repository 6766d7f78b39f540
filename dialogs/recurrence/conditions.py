"""Phrases that tell whose clock and whose holidays count, what happens on days off, and quiet hours."""

from __future__ import annotations

import re

from dialogs.recurrence import words, zones
from dialogs.recurrence.english import read_clock
from dialogs.recurrence.heard import Heard
from dialogs.recurrence.phrases import Found, Phrases, Reader, phrase
from dialogs.recurrence.rule import OffDays
from dialogs.recurrence.working_days import Nation

_NATIONS: dict[str, Nation] = {
    "england and wales": "england", "england": "england", "english": "england", "wales": "wales",
    "welsh": "wales", "scotland": "scotland", "scottish": "scotland", "northern ireland": "northern-ireland",
    "northern-ireland": "northern-ireland", "northern irish": "northern-ireland", "ni": "northern-ireland",
}  # fmt: skip
_NATION = "(?P<nation>" + "|".join(_NATIONS) + ")"
_HOLIDAYS = r"(?:(?:bank|public) )?holidays?"
_OFF = rf"(?:(?:a |the |any )?(?:{_HOLIDAYS}|weekends?|days? off))"
_OFFS = rf"{_OFF}(?:(?:,| and| or)(?: on)? {_OFF})*"
_ON_OFF = rf"(?: (?:on|for|(?:if|when) (?:it|that)(?:'s| is| falls)(?: on)?) {_OFFS})?"
_MOVED = (
    rf"(?:on {_OFFS},? )?"
    r"(?:(?:or|otherwise|else|moved?|moving|brought|bring|it|forward|back|to|on|the) )*"
)
_SKIPPED = (
    r"(?:skip(?:ping|ped)?|except|excluding|no|not|never|leave out|leaving out|left out|omit(?:ting)?|"
    r"without|unless it(?:'s| is))"
)
_IN_NOBODYS_TIME = {
    "this", "that", "any", "same", "first", "last", "some", "what", "which", "one", "a", "the", "next",
    "each", "every",
}  # fmt: skip


def _zone(heard: Heard, found: Found) -> int | None:
    said = found["zone"]
    name = zones.named(said)
    if said in ("gmt", "bst"):
        heard.faults.append(words.GMT.format(said=said.upper()))
    elif name:
        heard.zone = name
    elif " " in said or said in _IN_NOBODYS_TIME:
        return None
    else:
        heard.faults.append(words.NO_SUCH_ZONE.format(name=said.title()))
    return found.end()


def _own_zone(heard: Heard, found: Found) -> int:
    heard.zone = ""
    return found.end()


def _nation(heard: Heard, found: Found) -> int:
    heard.nation = _NATIONS[found["nation"]]
    return found.end()


def _other_nation(heard: Heard, found: Found) -> int:
    heard.faults.append(words.OTHER_NATION.format(said=found["whose"].title()))
    return found.end()


def _off(policy: OffDays) -> Reader:
    def read(heard: Heard, found: Found) -> int:
        heard.off_days = policy
        return found.end()

    return read


def _no_quiet(heard: Heard, found: Found) -> int:
    heard.quiet = None
    return found.end()


def _quiet(heard: Heard, found: Found) -> int | None:
    begin = read_clock(found.string, found.end())
    between = begin and re.compile(r" ?(?:to|until|till|and|-) ?").match(found.string, begin.end)
    end = between and read_clock(found.string, between.end())
    if not begin or not end:
        return None
    if begin.at is None or end.at is None or begin.at == end.at:
        heard.faults.append(begin.fault or end.fault or words.QUIET_SAME)
    else:
        heard.quiet = (begin.at, end.at)
    return end.end


_PERSON = r"(?:each (?:person|recipient)'?s?|every(?:one|body)'?s?|people'?s|their|his|her)"
CONDITIONS: Phrases = (
    (
        phrase(
            rf"(?:in |at |on )?{_PERSON}(?: own)?(?: local)? (?:times?(?: ?zones?)?|clocks?)"
            r"|(?:in )?local time"
        ),
        _own_zone,
    ),
    (phrase(rf"(?:(?:with|by|for|in|using|observing) )?(?:the )?{_NATION} {_HOLIDAYS}"), _nation),
    (phrase(rf"in {_NATION}(?! time)"), _nation),
    (re.compile(rf"\({_NATION}\)"), _nation),
    (phrase(rf"{_SKIPPED}(?: on| for)? {_OFFS}"), _off("skip")),
    (
        phrase(
            rf"{_MOVED}(?:(?:previous|preceding) (?:working|business) day|(?:working|business) day before)"
            rf"{_ON_OFF}"
        ),
        _off("previous"),
    ),
    (
        phrase(
            rf"{_MOVED}(?:(?:next|following) (?:working|business) day|(?:working|business) day after)"
            rf"{_ON_OFF}"
        ),
        _off("next"),
    ),
    (
        phrase(
            rf"(?:even|also|including|include|ignor(?:e|ing))(?: on| if it(?:'s| is)(?: on)?)? {_OFFS}"
            rf"(?: too)?"
            rf"|(?:on )?{_OFFS} (?:too|included|as well)|whatever the day"
        ),
        _off("ignore"),
    ),
    (phrase(r"(?:with|by|using|observing) (?P<whose>[a-z]+) (?:bank |public )?holidays"), _other_nation),
    (phrase(r"(?:with |at |in )?(?:no|ignor(?:e|ing)|without|even in) quiet hours|at any hour"), _no_quiet),
    (re.compile(r"(?:with )?quiet(?: hours)?(?: from| between)? (?=\d|noon|midnight)"), _quiet),
    (phrase(r"(?:in |on |by )?(?:the )?(?P<zone>[a-z_]+(?:/[a-z_+-]+){1,2})(?: time(?: ?zone)?)?"), _zone),
    (phrase(r"(?:in |on |by )?(?P<zone>[a-z_]+(?: [a-z_]+){0,2}?) time(?: ?zone)?"), _zone),
    (phrase(r"(?P<zone>utc|gmt|bst)"), _zone),
)
