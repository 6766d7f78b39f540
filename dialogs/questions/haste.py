"""What is typed in haste, written out: the shorthand of chats, and slips in the words that lead a question.

The matcher puts right the words of the lessons; those that join a follow-up to the talk ("nad the othr list",
"wat about payrol") are words of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dialogs.core.slips import MOST_SLIPS, slips
from dialogs.core.text import word_set

_SHORT = {
    "abt": "about", "bc": "because", "bout": "about", "dnt": "don't", "cos": "because", "coz": "because",
    "gotta": "has to", "govt": "government", "hav": "have",
    "mins": "minutes", "n": "and", "ok": "ok", "pls": "please", "plz": "please", "ppl": "people", "r": "are",
    "rly": "really", "shud": "should", "sth": "something", "tho": "though", "u": "you", "ur": "your",
    "wat": "what", "wats": "what is", "wd": "would", "wen": "when", "wich": "which", "wot": "what",
    "wots": "what is", "wld": "would", "y": "why",
}  # fmt: skip
_SPARED = word_set(
    "how what when where which who should would could about people because with want think does then "
    "them please have been"
)
"""Words of ours that are typed without their vowels: "hw", "shld"."""
_LEADING = word_set(
    "and the what about other another which where when why how who does should tell more that"
)
"""Words that lead a follow-up, in which changed places of letters are told for certain."""
_ASKING = word_set(
    "shorter shorten summarise summarize summary example examples practice explain alternative "
    "alternatives instead"
)
"""Words that ask for an aspect, long enough for a slip of one letter."""
_WORD = re.compile(r"(?<!\d)[^\W\d_]+")


def written_out(text: str, corrected: Mapping[str, str] = MappingProxyType({})) -> str:
    """``text`` with its shorthand and slips written out; ``corrected``: what the matcher read for what."""

    def plain(found: re.Match[str]) -> str:
        word = found[0]
        if word.isupper() and not text.isupper():
            return word  # "HR", "IT": names are in capitals
        return _meant(word.casefold()) or corrected.get(word.casefold(), word)

    # Before each word is taken apart, which takes longer: most texts have none.
    said = [word.casefold() for word in _WORD.findall(text)]
    mended = not corrected.keys().isdisjoint(said) or any(map(_meant, said))
    return _WORD.sub(plain, text) if mended else text


def _swapped() -> dict[str, list[str]]:
    """What leading words become where two letters beside each other change places -> those words."""
    made: dict[str, list[str]] = {}
    for word in _LEADING:
        for at in range(len(word) - 1):
            made.setdefault(word[:at] + word[at + 1] + word[at] + word[at + 2 :], []).append(word)
    return made


_SWAPPED = _swapped()


def _consonants() -> dict[str, list[str]]:
    """Words without their vowels -> those words."""
    made: dict[str, list[str]] = {}
    for word in _SPARED:
        made.setdefault(re.sub("[aeiou]", "", word), []).append(word)
    return made


_CONSONANTS = _consonants()


@lru_cache(maxsize=5_000)
def _meant(word: str) -> str:
    """What ``word`` stands for; "" where it is as it should be, or nobody can tell."""
    if word in _SHORT or word in _LEADING or word in _ASKING:
        return _SHORT.get(word, "")
    spared = _CONSONANTS.get(word, [])
    if len(spared) == 1:
        return spared[0]
    near = _SWAPPED.get(word, [])
    # Of "how" and "who", "hwo" is rather the one that begins alike.
    near = [meant for meant in near if meant[0] == word[0]] or near or _slipped(word)
    return near[0] if len(near) == 1 else ""


def _slipped(word: str) -> list[str]:
    """The words that ask for an aspect of which ``word`` is the least slip."""
    alike = (meant for meant in _ASKING if abs(len(meant) - len(word)) <= MOST_SLIPS)
    made = {meant: count for meant in alike if (count := slips([word], [meant])) is not None}
    least = min(made.values(), default=0)
    return [meant for meant, count in made.items() if count == least]
