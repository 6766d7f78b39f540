"""What stands around a correction: manners, and what it is said in the place of ("9.30, not 9")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs.manners import CLOSERS, FILLERS, YES_OR_NO, before, behind

_MANNERS = before(
    FILLERS,
    YES_OR_NO,
    r"rather|better|i (?:meant|mean)|meant|(?:i'd|(?:i|we) (?:would|should)) (?:like|prefer|rather)(?: to)?",
    r"prefer(?:ably)?|(?:the )?same (?:time|day)s?,? but|(?:it |that )?should be",
    r"(?:how|what) about|(?:go(?:ing)? )?back to",
)
_ASKED = r"(?:can|could|would|will|should|may|might) (?:you|we|i|it|this|that|they) (?:please )?|let's |lets "
_DONE = (
    r"(?:(?:please )?(?:make|change|move|set|put|do|have|let|send|say|go|be|come|shift|push|bump|switch|"
    r"bring|reschedule|amend|alter)\b(?: out)? ?"
    r"(?:it|that|this|them|the time|the day|the date)?\s*(?:to:? |be |for |go out )?)"
)
_BEFORE = re.compile(rf"^{_MANNERS}(?:{_ASKED})?(?:{_DONE})?(?:\b(?:just|only)\b[, ]*)?", re.I)
_BEHIND = re.compile(
    behind(
        CLOSERS,
        r"instead|rather|then|sorry|i mean|i meant|actually|maybe|perhaps|i think",
        r"(?:(?:would be|is|'s|works|looks) )?better|(?:would be|is|works) best",
    )
    + r"[ ,.!?]*$",
    re.IGNORECASE,
)
_ONLY_BEHIND = re.compile(r"[ ,]*\bonly[ ,.!?]*$", re.IGNORECASE)
_ONLY_BEFORE = re.compile(r"(?:\b(?:just|only)\b[, ]*)$", re.IGNORECASE)
_LONGEST = 300
_ENDS = re.compile(
    r"(?:(?:and|then|so) )*(?:please )?(?:(?:finish|stop|end|conclude|cease|terminate)(?:es|s)?"
    r"(?: (?:it|this|that))?|wraps? (?:(?:it|this|that) up|up)) "
    r"(?:at|on|by|in|with|from|after|as of|until|till) (?=\w)",
    re.IGNORECASE,
)

_LEAD = r"(?:the |at )?"
_NOT = r"(?:not|rather than|instead of|in place of|as opposed to)"
_TOO = (
    r"(?:'s| is| are| was|'re| feels?| seems?| looks?| sounds?)? "
    r"(?:far |much |way |a bit |a little |rather )*(?:too|a bit|a little|rather) "
    r"(?:much|often|many|early|late|soon|few|rare|seldom|little|frequent(?:ly)?)(?: (?:on|for) \w+)?"
)
_THEN = r"(?:[,;:.!]+ ?| ?[–—-] ?|,? but | ?, ?(?:so|make it) )"
_CONTRASTS = tuple(
    re.compile(way, re.IGNORECASE)
    for way in (
        rf"{_LEAD}(?P<new>.+?),? (?:and |but )?{_NOT} {_LEAD}(?P<old>.+)",
        rf"{_NOT} (?P<old>.+?)(?:{_THEN}| but )(?P<new>.+)",
        rf"(?P<old>.+?){_TOO}{_THEN}(?P<new>.+)",
    )
)


def without_manners(text: str, *, only: bool = False) -> str:
    """A correction without "no, make it …" and "… instead, please". ``only``: whether "just" and "only" at
    its ends are left in."""
    plain = text.strip()
    around = _BEFORE.match(plain)
    assert around, "it may be empty"
    end = around.end()
    if only and (said := _ONLY_BEFORE.search(around[0])):
        end = said.start()
    bare = _BEHIND.sub("", plain[end:], count=1)
    return (bare if only else _ONLY_BEHIND.sub("", bare)).strip(" .!?,")


def as_until(text: str) -> str:
    """A correction that tells in other words when it ends ("finish it at Easter") by the word for that."""
    ends = _ENDS.match(without_manners(text))
    return f"until {without_manners(text)[ends.end() :]}" if ends else text


def contrasts(text: str) -> Iterator[tuple[str, str]]:
    """What is to be, and what it is said in the place of, as often as ``text`` can be parted so."""
    plain = without_manners(text, only=True)
    for way in _CONTRASTS if len(plain) <= _LONGEST else ():
        found = way.fullmatch(plain)
        if found:
            yield found["new"], found["old"]
