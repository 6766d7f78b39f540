"""The names of live sessions and series: ids, and the short codes that people type."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SYMBOLS = "CDFGHJKMNPQRTVWXY34679"
"""What codes are made of: no vowels, hence no words, and nothing that is read as something else."""
CODE, ID = 4, 12
"""How many symbols a code has, and an id."""
_LOOKS_LIKE = str.maketrans("08BSZIL5", "QR9QXTTF")
"""What people may read a symbol as -> a symbol that looks like it; only for suggestions."""


def is_code(text: str) -> bool:
    """Whether ``text`` could be a session's code."""
    return len(text) == CODE and all(letter in SYMBOLS for letter in text)


def meant(typed: str) -> str:
    """``typed`` with each sign that no code has as the one that it looks like."""
    return typed.translate(_LOOKS_LIKE)


def new_id(token: str) -> str:
    """A session's id out of fresh randomness (hexadecimal, at least 24 digits)."""
    return _symbols(int(token[:24], 16), ID)


def new_code(token: str, attempt: int) -> str:
    """A session's code, another at each attempt; one may be taken already."""
    return _symbols(int(token[-16:], 16) + 7919 * attempt, CODE)


def _symbols(number: int, count: int) -> str:
    out = ""
    for _ in range(count):
        number, at = divmod(number, len(SYMBOLS))
        out += SYMBOLS[at]
    return out


def near(typed: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Those of ``codes`` that somebody who typed ``typed`` probably meant: a sign apart, or looking alike."""
    alike = meant(typed)
    return tuple(sorted(code for code in set(codes) if alike == code or OSA.distance(typed, code) == 1))
