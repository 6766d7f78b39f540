"""One parser for typed and pressed words: which command they are, if any.

A command is matched whole, with tolerance for slips of the finger; a question that merely contains a
command's word stays a question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from dialogs.aspects import Aspect
from dialogs.model import Frozen
from dialogs.text import word_set, words
from knowledge import Knowledge

SmallTalkKind = Literal["greeting", "thanks", "bye", "bot", "how are you", "fine"]


class Help(Frozen, frozen=True):
    """What can you do?"""


class Lessons(Frozen, frozen=True):
    """Browse: all headings, or the lessons of one."""

    heading: str | None = None


class Show(Frozen, frozen=True):
    """Give one lesson in full."""

    lesson: str


class Tell(Frozen, frozen=True):
    """Give one aspect of a named lesson."""

    aspect: Aspect
    lesson: str


class WhyThisAnswer(Frozen, frozen=True):
    """Explain the matching, of a named lesson's answer or of the last one."""

    lesson: str | None = None


class Rate(Frozen, frozen=True):
    """Thumb up or down, for a named lesson's answer or for the last one."""

    up: bool
    lesson: str | None = None


class NoneOfThese(Frozen, frozen=True):
    """None of the suggested lessons was meant."""


class Accept(Frozen, frozen=True):
    """Yes, to what was suggested."""


class MyData(Frozen, frozen=True):
    """Show me what is kept about me."""


class ForgetMe(Frozen, frozen=True):
    """Erase what is kept about me."""


class SmallTalk(Frozen, frozen=True):
    """Pleasantries."""

    kind: SmallTalkKind


class Unknown(Frozen, frozen=True):
    """A command about a lesson or heading that doesn't exist (any more)."""


Command = (
    Help | Lessons | Show | Tell | WhyThisAnswer | Rate | NoneOfThese | Accept | MyData | ForgetMe | SmallTalk
    | Unknown
)  # fmt: skip

# Every command, and all the ways to say it. A message is one of these only as a whole.
TABLE: tuple[tuple[Command, str], ...] = (
    (
        Help(),
        """help | help me | commands | menu | what can you do | what can i ask | what can i ask you |
        what do you do | how do i use this | how do i use you | how can you help""",
    ),
    (
        Lessons(),
        """lessons | all lessons | all the lessons | browse | browse lessons | topics | all topics |
        contents | headings | what are the lessons | what topics do you cover | what do you cover |
        what do you know""",
    ),
    (
        WhyThisAnswer(),
        """why this answer | why that answer | why did you give this answer |
        why did you give that answer | why did i get this answer | why did i get that answer |
        how did you match that | what did you match""",
    ),
    (
        MyData(),
        """my data | what do you know about me | what do you keep about me |
        what do you store about me | export my data | what have you stored about me |
        what data do you hold on me | what do you hold on me""",
    ),
    (
        ForgetMe(),
        """forget me | forget about me | forget all about me | delete my data | erase my data |
        erase me | delete me""",
    ),
    (
        Rate(True),
        """helpful | very helpful | that helped | that helps | that was helpful | thats helpful |
        thumbs up | good answer""",
    ),
    (
        Rate(False),
        """not helpful | unhelpful | not very helpful | that didnt help | that doesnt help |
        that wasnt helpful | wrong | thats not helpful | not useful | thats wrong | wrong answer |
        thumbs down | bad answer | not what i asked | thats not what i asked | not what i meant |
        thats not what i meant""",
    ),
    (
        NoneOfThese(),
        """none of these | none of those | none of them | none | neither | neither of these |
        neither of them | not those | not these | no none of these | no none of those | no | nope |
        no thanks""",
    ),
    (
        Accept(),
        """yes | yes please | yep | yeah | yup | y | yes that one | that one | thats the one |
        thats it | correct | exactly""",
    ),
    (
        SmallTalk("greeting"),
        """hi | hello | hey | hiya | hello there | hi there | hey there | hi all | morning |
        good morning | good afternoon | good evening | afternoon | evening""",
    ),
    (
        SmallTalk("thanks"),
        """thanks | thank you | cheers | ta | thx | many thanks | thanks a lot | thanks very much |
        thank you very much | thank you so much | thanks so much | great thanks | ok thanks |
        lovely thanks | perfect thanks | brilliant thanks | thats great thanks |
        thats helpful thanks | much appreciated | nice one | thanks for that |
        thanks for your help | thank you for your help""",
    ),
    (
        SmallTalk("bye"),
        """bye | goodbye | bye for now | bye bye | see you | see you later | see you soon |
        good night | thats all | thats all for now | thats all thanks | im done""",
    ),
    (
        SmallTalk("bot"),
        """are you a bot | are you a robot | are you human | are you a human | are you a person |
        are you real | are you a real person | are you an ai | are you ai | is this a bot |
        am i talking to a bot | who are you | what are you | whats your name | what is your name |
        who am i talking to""",
    ),
    (
        SmallTalk("how are you"),
        """how are you | how are you doing | how are you today | hows it going | you ok | you alright |
        are you ok""",
    ),
    (
        SmallTalk("fine"),
        """ok | okay | fine | great | good | perfect | brilliant | lovely | excellent | got it |
        i see | understood | noted | makes sense | that makes sense | fair enough | right | sure |
        interesting | ok great | good to know | never mind | nevermind | no problem | forget it |
        lol""",
    ),
)

_THUMBS = {"👍": True, ":+1:": True, ":thumbsup:": True, "👎": False, ":-1:": False, ":thumbsdown:": False}
_LEADS = word_set(
    "can could would you please show me give i id need want to see the some list like just sharewise"
)
_WAYS = {" ".join(way.split()): command for command, ways in TABLE for way in ways.split("|")}
_BY_LENGTH = {
    length: tuple((way.split(), command) for way, command in _WAYS.items() if way.count(" ") + 1 == length)
    for length in {way.count(" ") + 1 for way in _WAYS}
}
_NAMED = re.compile(
    r"(?P<verb>show|lessons?|topics|read|open|why this answer|helpful|not helpful|why|more|since|source|"
    r"practice)\s+(?P<name>\S.*)",
    re.IGNORECASE,
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_ASPECTS: dict[str, Aspect] = {
    "why": "why", "more": "more", "since": "since", "source": "source", "practice": "practice"
}  # fmt: skip


def parse(text: str, kb: Knowledge) -> Command | None:
    """The command that ``text`` (already cleaned) is; None for a question or anything else."""
    thumb = _thumb(text)
    if thumb is not None:
        return Rate(thumb)
    return _named(text, kb) or _whole(_normal(text))


def _thumb(text: str) -> bool | None:
    for sign, up in _THUMBS.items():
        if text.startswith(sign) and not words(text.removeprefix(sign)):
            return up
    return None


def _normal(text: str) -> str:
    return " ".join(words(text)).replace("'", "")


def _whole(said: str) -> Command | None:
    """The command said in full: exactly, without a "can you show me", or with slips of the finger."""
    if said in _WAYS:
        return _WAYS[said]
    said_words = said.split()
    bare = list(said_words)
    while bare and bare[0] in _LEADS:
        bare.pop(0)
    if bare and bare[-1] in {"please", "sharewise"}:
        bare.pop()
    for tried in (bare, said_words):
        if " ".join(tried) in _WAYS:
            return _WAYS[" ".join(tried)]
    best: tuple[int, Command] | None = None
    for way, command in _BY_LENGTH.get(len(bare), ()):
        slips = _slips(bare, way)
        if slips is not None and (best is None or slips < best[0]):
            best = (slips, command)
    return best[1] if best else None


def _slips(said: list[str], way: list[str]) -> int | None:
    """How many slips part ``said`` from ``way``, word for word; None where they are too many to be slips."""
    total = 0
    for mine, meant in zip(said, way, strict=True):
        if mine == meant:
            continue
        slips = OSA.distance(mine, meant)
        # In a word of four letters one changed letter makes another word (done, none): only a swap is a slip.
        swapped = len(meant) == 4 and sorted(mine) == sorted(meant)
        if slips > (2 if len(meant) > 7 else 1) or (len(meant) < 5 and not swapped):
            return None
        total += slips
    return total


def _named(text: str, kb: Knowledge) -> Command | None:
    """A command that names its lesson or heading, or a lesson's id or title on its own."""
    alone = find_lesson(text, kb)
    if alone:
        return Show(alone)
    found = _NAMED.fullmatch(text)
    if not found:
        return None
    verb, name = found["verb"].casefold(), found["name"]
    if verb in {"lessons", "topics"}:
        heading = find_heading(name, kb)
        if heading:
            return Lessons(heading)
    lesson = find_lesson(name, kb)
    if lesson is None:
        return Unknown() if verb not in _ASPECTS and _ID.fullmatch(name) else None
    match verb:
        case "why this answer":
            return WhyThisAnswer(lesson)
        case "helpful" | "not helpful":
            return Rate(verb == "helpful", lesson)
        case "why" | "more" | "since" | "source" | "practice":
            return Tell(_ASPECTS[verb], lesson)
        case _:
            return Show(lesson)


def find_lesson(name: str, kb: Knowledge) -> str | None:
    """The id of the lesson whose id or title ``name`` is."""
    if name in kb.lessons:
        return name
    return _titles(kb).get(words(name))


@lru_cache(maxsize=4)
def _titles(kb: Knowledge) -> dict[tuple[str, ...], str]:
    return {words(one.title): one.id for one in kb.lessons.values()}


def find_heading(name: str, kb: Knowledge) -> str | None:
    """The deck's heading that ``name`` is."""
    return _headings(kb).get(words(name))


@lru_cache(maxsize=4)
def _headings(kb: Knowledge) -> dict[tuple[str, ...], str]:
    return {words(one): one for one in kb.deck.headings}
