"""What a reminder says or a pulse asks: from an advisor's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec.structs import replace

from dialogs.core.mentions import spoken
from dialogs.core.model import World
from dialogs.core.reminder_model import Draft, SeriesKind
from dialogs.core.text import clean, clipped
from dialogs.manners import ASKED, CLOSERS, LEAD, TAIL, behind
from dialogs.recurrence.contrast import contrasts
from dialogs.recurrence.sentence import LONGEST_TEXT
from dialogs.reminders import quiz_asks
from dialogs.wording import drafts as words
from knowledge import Knowledge

_LONGEST: dict[SeriesKind, int] = {"remind": LONGEST_TEXT, "pulse": 300, "quiz": 120}
_TOPIC = 80
_LINKS: dict[SeriesKind, re.Pattern[str]] = {
    "remind": re.compile(r"^(?:to|that|of|about)\s+(?=\S)", re.IGNORECASE),
    "pulse": re.compile(r"^(?:on|about)\s+(?=\S)", re.IGNORECASE),
    "quiz": re.compile(r"^(?:quiz|a quiz)\s+(?=\S)", re.IGNORECASE),
}
_ASKING = r"(?:say|ask)[: ]+"
_SENDING = r"(?:say[: ]+|ask: *|(?=ask ))"
"""How a text is announced: what a pulse asks is its text, whoever is reminded "to ask" is to ask."""
_IT = r"(?:it|they|(?:the )?(?:text|question|wording|message))"
_TEXT = r"(?:text|wording|message|title|name|question)"
_ANEW = "(?:change|rename|reword|set)"
_BEHIND = rf"(?=\W+\w){TAIL}[.!]*"
_INSTEAD = rf"(?=\W+\w){behind(CLOSERS, 'instead')}[.!]*"
_SAYS = {
    kind: re.compile(
        rf"{LEAD}(?P<asked>{ASKED})(?:(?:{_IT} should |(?:make|let|have) it )?{says}|{_IT} should read[: ]+|"
        rf"(?:the )?(?:text|question)[: ]+|(?:the |new )*{_TEXT}(?: (?:is|should be)[: ]+|: *)|"
        rf"(?P<unsure>(?:change|set) (?:it|this|that) (?:to|as)) (?:{says}|(?!\d|[@#]))|"
        rf"(?P<anew>(?:(?:rename|reword) (?:it|this|that)|{_ANEW} the {_TEXT}) (?:to|as)|"
        r"(?:change|set) (?:it|this|that) (?:to|as)(?=:)|(?:call|rename) it)[: ]+)(?P<what>\S.*)",
        re.IGNORECASE,
    )
    for kind, says in (("remind", _SENDING), ("pulse", _ASKING), ("quiz", _ASKING))
}
_QUOTED = re.compile(rf"[\"“](?P<text>[^\"“”]+)[\"”](?:{_INSTEAD}|\W*)", re.IGNORECASE)
_MANNERS_BEHIND = re.compile(rf"{_BEHIND}$", re.IGNORECASE)
_INSTEAD_BEHIND = re.compile(rf"{_INSTEAD}$", re.IGNORECASE)
_IN_PART = tuple(
    re.compile(rf"{LEAD}{ASKED}{way}(?:{_BEHIND})?", re.IGNORECASE)
    for way in (
        r"(?:change|replace|swap|amend|correct) (?:the words? )?(?P<old>.+?) (?:to|with|for|by) (?P<new>.+?)",
        r"(?P<old>.+?) should (?:be|say|read) (?P<new>.+?)",
    )
)
"""Some words of its text in the place of others, besides what ``contrasts`` parts."""
_QUOTES = "'\"“”‘’ "


def longest(kind: SeriesKind) -> int:
    """Characters of what is sent or asked, at most."""
    return _LONGEST[kind]


def length(said: str) -> int:
    """Characters of it, as people read it."""
    return len(spoken(said))


def too_long(said: str, kind: SeriesKind) -> str:
    """That ``said`` is too long, with what to do."""
    return words.TOO_LONG.format(count=f"{length(said):,}", limit=f"{longest(kind):,}")


def tidy(said: str) -> str:
    """A text as typed over several lines, without what is invisible."""
    lines = (clean(line) for line in unicodedata.normalize("NFC", said).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def announced(said: str, kind: SeriesKind) -> str | None:
    """The text that ``said`` announces ("it should say …"), without manners; None where it announces none.

    Behind a colon all of it is the text, between quotation marks just what they hold."""
    found = _SAYS[kind].fullmatch(said)
    if found is None:
        return None
    what = found["what"]
    if _QUOTED.fullmatch(what):
        return unquoted(what)
    if not said[: found.start("what")].rstrip().endswith(":"):
        what = (_INSTEAD_BEHIND if found["anew"] else _MANNERS_BEHIND).sub("", what, count=1)
    return what.rstrip("?") if found["asked"] and kind == "remind" else what


def announces(said: str, kind: SeriesKind) -> bool:
    """Whether ``said`` can tell nothing but a text; "change it to …" may tell when."""
    found = _SAYS[kind].fullmatch(said)
    return found is not None and not found["unsure"]


def unquoted(said: str) -> str:
    """``said`` without quotation marks, where a pair of them holds all of it but what stands behind."""
    found = _QUOTED.fullmatch(said.strip())
    return found["text"] if found else said.strip()


def answer(said: str, kind: SeriesKind) -> str:
    """``said`` as an answer to what to send: "to brief members" is to brief members."""
    return _LINKS[kind].sub("", said, count=1)


def worded(draft: Draft, said: str, world: World) -> Draft:
    """``draft`` with ``said`` as what it sends or asks; for a pulse, a topic will do."""
    said = said.strip()
    if draft.kind == "quiz":
        return quiz_asks.worded(draft, said, world.knowledge)
    if draft.kind == "remind":
        return replace(draft, what=said[:1].upper() + said[1:])
    named = spoken(said)
    ready = world.knowledge.templates.pulse(named)
    if ready:
        return replace(
            draft, what=ready.text, topic=ready.id, low=ready.low, high=ready.high, lesson=ready.lesson
        )
    whole = said.endswith("?")
    question = said[:1].upper() + said[1:] if whole else words.PULSE_ON.format(topic=said)
    lesson = world.knowledge.match(named).lesson or ""
    short = clipped(named.rstrip("?"), _TOPIC)
    return replace(draft, what=question, topic=short, low=words.LOW, high=words.HIGH, lesson=lesson)


def on_factor(draft: Draft, lesson: str, kb: Knowledge) -> Draft:
    """A pulse on how a lesson's subject stands, in the words of its ready question where it has one."""
    ready = next((question for question in kb.templates.pulses if question.lesson == lesson), None)
    if ready:
        return replace(draft, what=ready.text, topic=ready.id, low=ready.low, high=ready.high, lesson=lesson)
    title = kb.lessons[lesson].title
    asked = words.PULSE_ON.format(topic=f"“{title}”")
    return replace(draft, what=asked, topic=title, low=words.LOW, high=words.HIGH, lesson=lesson)


def in_part(draft: Draft, said: str) -> str | None:
    """The draft's text with some of its words in the place of others; None where ``said`` tells no such."""
    named = spoken(draft.what) != draft.what  # whose names are no words
    whole = named or announced(said, draft.kind) is not None
    for before, instead in _in_place_of(said) if draft.what and not whole else ():
        old, new = before.strip(_QUOTES), instead.strip(_QUOTES)
        there = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", draft.what, re.IGNORECASE) if old else None
        if there:
            return f"{draft.what[: there.start()]}{new}{draft.what[there.end() :]}"
    return None


def _in_place_of(said: str) -> Iterator[tuple[str, str]]:
    """Words, and what ``said`` puts in their place, as often as it can be parted so."""
    for way in _IN_PART:
        found = way.fullmatch(said.rstrip(" .!?"))
        if found:
            yield found["old"], found["new"]
    yield from ((old, new) for new, old in contrasts(said))
