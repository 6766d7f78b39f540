"""Cuts a text into tokens, each as typed and in the one form in which the grammar knows it."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.recurrence.days import nth
from knowledge.matching.vectors import word_vectors

OPAQUE = "§"
"""The form of a mention or a quoted name: no phrase about when has it."""


class Token(NamedTuple):
    """A word, number or sign."""

    text: str
    """As typed."""
    form: str
    """As the grammar knows it: small letters, whole names of days and months, numbers in digits."""
    begin: int
    end: int
    """Where it stands in the text."""
    mended: str = ""
    """The word that a slip of the pen was taken for; else empty."""


_PIECES = re.compile(
    r"""(?P<opaque><at>.*?</at>|<[^>\s]*>|"[^"]+"|“[^”]+”|[@\#][^\W\d][\w.-]*
        |(?!@\d{1,2}[ap]m\b)[@\#]\w*[^\W\d]\w*)
    |(?P<iso>\d{4}-\d\d?-\d\d?)(?:[tT](?=\d\d:\d\d))?
    |(?P<slashed>20\d\d/\d\d?/\d\d?)
    |(?P<short>(?<=\s)['’]\d\d\b)
    |(?P<date>\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?!\d)|\d{1,2}/\d{1,2}(?![\d/]))
    |(?P<clock>(?:\d{1,2}[:.h]\d\d(?::00)?|\d{1,2}(?=\s?[ap]\.?m\b|[ap]\b)|\d{1,2}(?=[h]\b)))
    |(?P<half>(?<=[\d\s])[ap]\.?m\b\.?|(?<=\d)[ap]\b\.?)
    |(?P<nth>\d+(?:st|nd|rd|th)\b)
    |(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+)
    |(?P<week>w/[ceb]\b\.?|wk/c\b)
    |(?P<word>[^\W\d]+(?:['’][^\W\d]+)*['’]?)
    |(?P<sign>\S)""",
    re.VERBOSE | re.IGNORECASE,
)

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}


def _forms() -> dict[str, str]:
    """Every short or other way to write a word of the grammar."""
    forms = {word: str(number) for number, word in enumerate(_UNITS)}
    forms |= {word: nth(number) for number, word in enumerate(_ORDINALS)}
    forms |= {word: str(number) for word, number in _TENS.items()}
    forms |= {"twentieth": "20th", "thirtieth": "30th"}
    for name in calendar.day_name:
        full = name.lower()
        forms |= {full[:3]: full, f"{full}s": f"{full}s", f"{full}'s": full}
    forms |= {
        "tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday", "mons": "mondays",
        "fris": "fridays", "sats": "saturdays", "suns": "sundays",
    }  # fmt: skip
    for name in calendar.month_name[1:]:
        forms[name.lower()[:3]] = name.lower()
    forms["sept"] = "september"
    forms |= {
        "mins": "minutes", "min": "minute", "hrs": "hours", "hr": "hour", "wks": "weeks", "wk": "week",
        "mths": "months", "mth": "month", "mthly": "monthly", "wkly": "weekly",
        "wkday": "weekday", "wkdays": "weekdays", "yrs": "years", "qtr": "quarter",
        "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tomoz": "tomorrow",
        "til": "until", "till": "until", "'til": "until", "ea": "each", "nxt": "next",
        "pls": "please", "plz": "please", "thx": "thanks", "xmas": "xmas", "midday": "noon",
        "excl": "excluding", "incl": "including", "inc": "including", "hol": "holiday", "hols": "holidays",
        "fortnights": "fortnights", "yearly": "annually", "workday": "weekday", "workdays": "weekdays",
        "&": "and", "@": "at", "+": "and", ";": ",", "–": "-", "—": "-", "each": "every",
    }  # fmt: skip
    return forms


_FORMS = _forms()
_DOTTED = {form for form in _FORMS if len(form) <= 5}
"""Shortened words, after which a full stop is no end."""

# --- Slips of the pen ------------------------------------------------------------------------------------

_MENDED_TO = (
    *(name.lower() for name in calendar.day_name),
    *(f"{name.lower()}s" for name in calendar.day_name),
    "january", "february", "april", "august", "september", "october", "november", "december",
    "tomorrow", "today", "tonight", "every", "weekly", "fortnightly", "monthly", "quarterly", "annually",
    "fortnight", "weekday", "weekdays", "morning", "afternoon", "evening", "christmas", "easter", "until",
    "except", "quarter", "working", "financial", "starting", "beginning", "between", "alternate",
    "first", "second", "third", "fourth", "weekend", "holiday", "holidays", "month", "months", "weeks",
)  # fmt: skip
_ENGLISH = frozenset(
    (
        "evading", "merging", "wording", "working", "worming", "worrying", "staying", "staring", "stirring",
        "quartet", "quarrel", "weakly", "moths", "mouths", "toddy", "augusta", "excepts", "beginnings",
        "thirds", "mornings", "afternoons", "evenings", "weekends", "fortnights", "quarters", "betweens",
        "alternates",
    )
)  # fmt: skip
"""English words that are no slip, however near they come, besides those with a vector of their own."""


def mended(word: str) -> str:
    """The word of time that ``word`` (small letters, not one itself) is a slip for; else empty."""
    if len(word) < 4 or not (word.isascii() and word.isalpha()) or word in _ENGLISH or word in _MENDED_TO:
        return ""
    slips = 1 if len(word) < 7 else 2
    found = process.extract(word, _MENDED_TO, scorer=OSA.distance, score_cutoff=slips, limit=None)
    # Of those that are as near, the one as long: "fridayz" is one letter from "friday" and from "fridays".
    meant = min(found, key=lambda near: (near[1], abs(len(near[0]) - len(word))), default=("",))[0]
    if not meant or (meant[0] != word[0] and meant[:2] != word[1::-1]):
        return ""
    return "" if word_vectors().knows(word) else meant  # "actually" is two letters from "annually"


_DAYS = frozenset((*(name.lower() for name in calendar.day_name), "today", "tomorrow"))
_HALVES = {"am": "morning", "pm": "afternoon"}


# --- Cutting ---------------------------------------------------------------------------------------------


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``, in order; nothing but spaces is left out."""
    return tuple(_joined(list(_cut(text))))


def _cut(text: str) -> Iterator[Token]:
    place = 0
    while found := _PIECES.search(text, place):
        kind, begin, end = found.lastgroup, found.start(), found.end()
        said = found[0]
        place = end
        if kind == "iso":
            yield Token(found["iso"], found["iso"], begin, begin + len(found["iso"]))
            continue
        if kind == "word" and text[end : end + 1] == "." and said.lower() in _DOTTED:
            place = end = end + 1
        yield Token(text[begin:end], _form(said, kind or "sign"), begin, end)


def _form(said: str, kind: str) -> str:
    if kind == "opaque":
        return OPAQUE
    plain = unicodedata.normalize("NFKC", said).lower().replace("’", "'").replace("‘", "'")
    if kind == "slashed":
        return plain.replace("/", "-")
    if kind == "short":
        return plain.lstrip("'")
    if kind == "half":
        return f"{plain[0]}m"
    if kind == "number":
        return plain.replace(",", "")
    if kind == "week":
        return "w/e" if "e" in plain else "w/c"
    if kind == "word":
        plain = _FORMS.get(plain) or plain.replace("'", "")
    return _FORMS.get(plain, plain)


def _joined(found: list[Token]) -> Iterator[Token]:
    """Twenty-five is one number; a slip of the pen is mended."""
    place = 0
    while place < len(found):
        token, ahead = found[place], place + 1
        if token.text.lower() in _TENS:
            ahead += ahead < len(found) and found[ahead].form == "-"
            unit = found[ahead] if ahead < len(found) else None
            whole = re.fullmatch(r"([1-9])(st|nd|rd|th)?", unit.form) if unit else None
            if unit and whole and unit.text[0].isalpha():
                number = int(token.form) + int(whole[1])
                form = nth(number) if whole[2] else str(number)
                yield Token(f"{token.text}-{unit.text}", form, token.begin, unit.end)
                place = ahead + 1
                continue
        before = found[place - 1 : place]
        if token.form in _HALVES and before and before[0].form in _DAYS:
            # "Friday pm"; elsewhere "am" is a verb.
            token = token._replace(form=_HALVES[token.form])
        better = mended(token.form)
        yield token._replace(form=_FORMS.get(better, better), mended=better) if better else token
        place += 1
