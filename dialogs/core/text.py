"""What people type, made plain: invisible characters dropped, words found, questions recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from knowledge.model import SOURCES

LONGEST = 1_000
"""Characters of a message that is still read as a question."""


SOURCE = rf"(?:{'|'.join(SOURCES)})"
"""A regular expression of what a folder's source can be called."""


NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
"""Numbers that are typed as words."""


def word_set(listed: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(listed.split())


_DROPPED = {"Cf", "Cc", "Cs", "Co", "Cn"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDING = re.compile(r"(?:'s|s|ing|ed)$")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_QUESTION_STARTS = word_set(
    """what whats what's who whos who's whose why how hows how's when where wheres which is isn't isnt
    are aren't arent am was were do don't dont does doesn't doesnt did can can't cant could couldn't
    couldnt should shouldn't shouldnt would will won't wont shall must may might has have any explain"""
)
_OPENERS = word_set("and but so or then also ok okay")
_CALLED = (
    r"(?: (?:there|all|everyone|everybody|again|sharewise|both|folks|guys|bot|mate|pal|so much|very much|"
    r"a lot|for (?:that|this|it|your help)|team(?=\s*[,.!]|$)))*"
)
"""Who is greeted or thanked, and for what."""
_POLITE = re.compile(
    r"^(?:(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|thanks|thank you|cheers|ok|okay|"
    rf"please|sorry){_CALLED}(?:\s*[,.!:;–—-]+\s*|\s+|$))|"
    r"(?:(?:morning|afternoon|evening|ta|right|great|well|um+|er+m?|hmm+|lovely|brilliant|perfect|"
    rf"interesting|sharewise){_CALLED}\s*[,.!:;–—-]+\s*))+",
    re.IGNORECASE,
)
_POLITE_END = re.compile(r"[\s,.!]+(?:please|thanks|thank you|cheers|ta|many thanks)\s*[.!]*$", re.IGNORECASE)


LINE = 80
"""Characters of what somebody wrote, where it is named in a line."""

Read = TypeVar("Read")


class _Remembered(dict[str, Read]):
    """What was read of texts, looked up without a call of ours."""

    def __init__(self, read: Callable[[str], Read], texts: int) -> None:
        self._read, self._texts = read, texts

    def __missing__(self, text: str) -> Read:
        found = self._read(text)
        if len(text) <= LONGEST:
            if len(self) >= self._texts:
                self.clear()
            self[text] = found
        return found


def remembered(texts: int) -> Callable[[Callable[[str], Read]], Callable[[str], Read]]:
    """Keeps what is read of so many texts: a turn asks some eighty times for the same of its message.

    What is too long for a question is read anew each time, so that it fills no memory.
    """
    return lambda read: _Remembered(read, texts).__getitem__


TEXTS = 256
"""Texts of which words are kept: of a message, its parts, and of all buttons that are in view."""


@remembered(TEXTS)
def clean(text: str) -> str:
    """``text`` in its plainest form: compatible letters unified, nothing invisible, single spaces."""
    plain = " ".join(text.split())
    if plain.isascii() and plain.isprintable():
        return plain
    spaced = "".join(" " if ch.isspace() else ch for ch in text)
    unified = unicodedata.normalize("NFKC", spaced)
    visible = (ch for ch in unified if unicodedata.category(ch) not in _DROPPED)
    return " ".join("".join(visible).split())


@remembered(TEXTS)
def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower case, apostrophes straightened."""
    return tuple(found.replace("’", "'") for found in _WORD.findall(text.casefold()))


@remembered(TEXTS)
def normal(text: str) -> str:
    """The words of ``text`` in the form that ways to say something have: without apostrophes."""
    return " ".join(words(text)).replace("'", "")


@remembered(TEXTS)
def stems(text: str) -> frozenset[str]:
    """The words of ``text`` without their commonest endings, to compare by."""
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word for word in words(text))


@remembered(TEXTS)
def without_courtesies(text: str) -> str:
    """``text`` without a greeting or thanks around it; unchanged where nothing else is said."""
    rest = _POLITE_END.sub("", _POLITE.sub("", text, count=1))
    return rest if words(rest) else text


@remembered(TEXTS)
def is_question(text: str) -> bool:
    """Whether ``text`` reads as a question: by its mark, or by how it begins."""
    if text.rstrip(" !.\"')").endswith("?"):
        return True
    said = words(text)
    while said and said[0] in _OPENERS:
        said = said[1:]
    return bool(said) and (said[0] in _QUESTION_STARTS or said[:2] in {("tell", "me"), ("how", "about")})


def clipped(text: str, longest: int = LINE) -> str:
    """The beginning of what somebody wrote, in one line of at most so many characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rstrip()}…"


def literal(text: str) -> str:
    """Plain ``text`` (a title, a heading, a term) as Markdown that shows it just so."""
    return _MARKUP.sub(r"\\\1", text)
