"""Words of a text, brought to one form: spelling, endings, numbers."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from knowledge.model import SOURCES, Vocabulary

LONGEST = 1000
"""Characters of a question that are read: enough for a person, and it bounds the time for any input."""
MOST_WORDS = 60
"""Words of a question that are read."""
LONGEST_WORD = 40
"""Characters of a word that are read."""

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_CONTRACTED = (
    (re.compile(r"\b(ca|wo|sha)n't\b"), r"\1n not"), (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(re|ve|ll|d|m|s)\b"), r""),
)  # fmt: skip
_SAID = (("half a dozen", "6"), ("%", " percent "), ("&", " and "), (" n ", " and "), (" 'n' ", " and "))
_NUMBERS = {
    "zero": "0", "two": "2", "couple": "2", "pair": "2", "twice": "2", "three": "3", "third": "3",
    "four": "4", "fourth": "4", "five": "5", "fifth": "5", "six": "6", "sixth": "6", "seven": "7",
    "seventh": "7", "eight": "8", "eighth": "8", "nine": "9", "ninth": "9", "ten": "10", "tenth": "10",
    "eleven": "11", "eleventh": "11", "twelve": "12", "twelfth": "12", "dozen": "12",
    "duo": "2", "twosome": "2", "trio": "3", "threesome": "3", "triple": "3", "trilateral": "3",
    "quartet": "4", "foursome": "4", "quintet": "5", "sextet": "6", "septet": "7", "octet": "8",
}  # fmt: skip
_ASKING = "who|what|when|where|which|why|how|whether|if|do|does|did|is|are|can|could|should|will|would"
_REPORTED = re.compile(
    rf"(?:\w+ ){{1,6}}?(?:(?:want|wants|wanted|like) to know|asks|asked|is asking|are asking)(?: me| us)?"
    rf" (?:if |whether |about )?((?:{_ASKING}|the|we|they|it|our) .+)"
)
"""Somebody said to be asking, in a few words, and what they ask."""
_REPORTING = {"know", "asks", "asked", "asking"}
"""One of these stands in each of them."""
_ON = "(?:about|on|regarding|of)"
_SOURCE = rf"(?:the (?:{'|'.join(SOURCES)})|it|he|they)"
_OF_SOURCE = re.compile(
    r"(?:(?:and|so|but|ok|please|can|could|you|tell|me|us) )*(?:what )?(?:"
    rf"(?:does|do|did) (?:{_SOURCE}|you) (?:mention|cover|discuss|address|"
    rf"(?:say|talk|have|mention) (?:anything |something |much |more )?(?:else )?{_ON})|"
    rf"{_SOURCE} says {_ON}|(?:now )?tell (?:me|us) (?:more |something |a bit )?about|"
    rf"(?:(?:is|was) there |do you have |have you got )?(?:anything|something) (?:in there |in it )?{_ON}) "
    r"((?!(?:it|this|that|them|these|those|anything|something)\b).+)"
)
"""What asks whether the source has something, and the thing: "does the deck say anything about pay?"."""
_THEMSELVES = {"they", "them", "their", "he", "him", "his", "she", "her"}
_ORDINAL = re.compile(r"(\d+)(st|nd|rd|th)")
_BRITISH = (
    (re.compile(r"(?<=[^\W\d_]{3})iz(e|ed|es|ing|ation|ations|ational|er|ers)$"), r"is\1"),
    (re.compile(r"yz(e|ed|es|ing)$"), r"ys\1"),
)
_OR = re.compile(r"^(\w{3,})or(s|ed|ing|able|ably|al|hood)?$")
_OUR = {"behavi", "col", "endeav", "fav", "flav", "harb", "hon", "hum", "lab", "neighb", "rum", "sav", "val"}
_SPELT = {
    "center": "centre", "centers": "centres", "program": "programme", "programs": "programmes",
    "defense": "defence", "license": "licence", "theater": "theatre", "meter": "metre", "dialog": "dialogue",
    "catalog": "catalogue", "enrollment": "enrolment", "fulfill": "fulfil", "skillful": "skilful",
    "judgment": "judgement", "aging": "ageing", "gray": "grey",
}  # fmt: skip


def plain_name(text: str) -> str:
    """``text`` as a name is compared: its words alone."""
    return " ".join(words(normalised(text)))


def normalised(text: str) -> str:
    """``text`` as it is read: bounded, composed, in small letters, without invisible characters."""
    text = text[:LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)[:LONGEST].replace("’", "'").replace("‘", "'")
        text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text if _seen(c))
    return " ".join(text.casefold().split())


def _seen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in _INVISIBLE


def words(text: str) -> list[str]:
    """The words of a normalised text in British spelling, contractions taken apart, numbers in figures."""
    if "'" in text:
        for pattern, plain in _CONTRACTED:
            text = pattern.sub(plain, text)
    for written, read in _SAID:
        text = text.replace(written, read)
    found = _WORD.findall(text)[:MOST_WORDS]
    return [_NUMBERS.get(word) or _spelt(word[:LONGEST_WORD]) for word in found]


def asked(typed: list[str]) -> list[str]:
    """The words that ask, without who is said to ask: "our treasurer wants to know who pays" asks who pays.

    Where the question turns to them again ("the unions ask when they are told"), they are part of it. Nor
    does it count that the source is asked: "is there anything on pay" asks about pay.
    """
    found = None if _REPORTING.isdisjoint(typed) else _REPORTED.match(" ".join(typed))
    said = found[1].split() if found else typed
    said = said if _THEMSELVES.isdisjoint(said) else typed
    of_source = _OF_SOURCE.fullmatch(" ".join(said))
    return of_source[1].split() if of_source else said


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending; only ever compared with other stems."""
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("sses") or word.endswith("xes") or word.endswith("ches") or word.endswith("shes"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and any(vowel in root for vowel in "aeiouy"):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
            word = root[:-1] if doubled else root
            break
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


@functools.lru_cache(maxsize=20_000)
def _spelt(word: str) -> str:
    word = _ORDINAL.sub(r"\1", _SPELT.get(word, word))
    for pattern, spelling in _BRITISH:
        word = pattern.sub(spelling, word)
    found = _OR.match(word)
    return f"{found[1]}our{found[2] or ''}" if found and found[1] in _OUR else word


class Phrasebook:
    """Finds terms of several words in a list of words; the longest wins. Built once, read many times."""

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        """``terms``: what may be typed, and what it is read as."""
        self._terms: dict[tuple[str, ...], str] = {}
        for typed, meant in terms:
            key = tuple(stem(word) for word in words(normalised(typed)))
            if key:
                self._terms.setdefault(key, meant)
        self._longest = max(map(len, self._terms), default=0)
        self._starts = {key[0] for key in self._terms}

    def find(self, stems: list[str]) -> list[tuple[int, int, str]]:
        """Where terms stand, as (start, end, what it is read as), left to right without overlap."""
        found: list[tuple[int, int, str]] = []
        index = len(stems) if self._starts.isdisjoint(stems) else 0
        while index < len(stems):
            step = 1
            if stems[index] in self._starts:
                for length in range(min(self._longest, len(stems) - index), 0, -1):
                    meant = self._terms.get(tuple(stems[index : index + length]))
                    if meant is not None:
                        found.append((index, index + length, meant))
                        step = length
                        break
            index += step
        return found


class Reader:
    """Reads a text into words, the vocabulary's synonyms read as what they mean."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._synonyms = Phrasebook(
            (term, synonym.means) for synonym in vocabulary.synonyms for term in synonym.terms
        )
        typed = [
            *(synonym.terms for synonym in vocabulary.synonyms),
            *(topic.also for topic in vocabulary.outside),
        ]
        self.terms = [word for terms in typed for term in terms for word in words(normalised(term))]
        """The words of the vocabulary as they may be typed."""

    def words(self, text: str) -> list[str]:
        """The words of a text of any kind and length."""
        return self.meant(words(normalised(text)))

    def stems(self, text: str) -> list[str]:
        """The same, without their endings."""
        return [stem(word) for word in self.words(text)]

    def meant(self, typed: list[str]) -> list[str]:
        """``typed`` with every synonym replaced by what it means."""
        read: list[str] = []
        end = 0
        for start, stop, meant in self._synonyms.find([stem(word) for word in typed]):
            read += [*typed[end:start], *words(normalised(meant))]
            end = stop
        return read + typed[end:]
