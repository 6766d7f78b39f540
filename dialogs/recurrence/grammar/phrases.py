"""The notation of the grammar: a phrase is a line of English with places to fill.

    every <n?:number> <days:weekday+>

A word stands for itself, ``a|b`` for either (also of several words, in round brackets), ``[...]`` may be left
out, ``<name:kind>`` keeps what is there of a kind, ``<name:kind+>`` one or more of them with commas, "and" or
slashes between, and ``<name=word|other words>`` keeps which of some words is there. Words may be hyphened or
not. A phrase explains each of its words; none is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from itertools import chain

from dialogs.recurrence.days import NAMES
from dialogs.recurrence.grammar.parts import TimePart

Said = Mapping[str, str]
"""What stands in the places of a phrase that were filled, by name."""
ReadPart = Callable[[Said, datetime], TimePart | None]
"""What a phrase says, with the asker's wall clock; None where it says nothing after all."""

_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
WEEKDAYS = tuple(_WEEKDAY.split("|"))
_WEEKDAYS = "|".join(f"{day}s?" for day in WEEKDAYS)
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTHS = tuple(_MONTH.split("|"))
NTH = r"\d+(?:st|nd|rd|th)"
_CLOCK = r"(?:\d{1,2}[:.h]\d\d(?::00)?|\d{3,4}|\d{1,2})"
_HALF = r"(?: (?:(?:oclock )?(?:am|pm|a m|p m)|oclock|o clock|hours|h))?"
_NOON = "(?:12 )?(?:noon|mid (?:- )?day|midnight)"
_SURE = rf"\d{{1,2}}[:.h]\d\d(?::00)?{_HALF}"
_SPOKEN = (
    r"(?:half(?:(?: -)? past)?|(?:a )?quarter(?: -)? (?:past|to)|(?:5|10|15|20|25|\d{1,2} minutes?)(?: -)?"
    r" (?:past|to))(?: -)? "
    rf"(?:{_NOON}|{_CLOCK}{_HALF})"
)
_PAIR = rf"\d{{1,2}} (?:[0-5]\d|oh \d){_HALF}"
_COUNTED = rf"times|occurrences|occasions|sends|minutes?|hours?|days?|weeks?|months?|years?|working|{_MONTH}"
_YEAR = r"(?:20\d\d|2[1-9]\d\d|19\d\d)"
_SHORT = rf"[123]\d(?! (?:minutes|to|past|times|am|pm|noon|midnight|oclock|o|{_MONTH}))"
_ON = rf"(?:(?:{_WEEKDAY}) (?:, )?)?"
_DATE = (
    rf"(?:{_ON}(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:- )?(?:{_MONTH})"
    rf"(?: (?:(?:[,-] )?{_YEAR}|(?:- )?{_SHORT}))?"
    rf"|{_ON}(?:{_MONTH}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?! (?:am|pm))(?: (?:, )?20\d\d)?"
    rf"|{_ON}(?:\d{{4}}-\d\d?-\d\d?|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)"
    rf"|\d{{1,2}}/\d{{1,2}})|(?:{'|'.join(NAMES)}))"
)
_KINDS = {
    "n": r"(?:\d+|a couple of|a couple|a few|an?|half an?|half|other|alternate)",
    "number": r"\d+",
    "nth": NTH,
    "rank": rf"(?:(?:2nd|3rd) (?:to )?last|next to last|{NTH}|last|final|penultimate)",
    "ranked": rf"(?:{NTH}|last)(?: (?:{_WEEKDAY}))?",
    "weekday": f"(?:{_WEEKDAY})",
    "weekdays": f"(?:{_WEEKDAYS})",
    "month": f"(?:{_MONTH})",
    "year": _YEAR,
    "short": r"(?:2[0-9]|3[0-9])",
    "iso": r"\d{4}-\d\d?-\d\d?",
    "numeric": r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d\d))?",
    "named": f"(?:{'|'.join(NAMES)})",
    "unit": "(?:minute|hour|day|week|fortnight|month|quarter|year)s?",
    "long": "(?:day|week|fortnight|month|quarter|year)s?",
    "period": "(?:(?:new |next )?financial year|(?:municipal|academic|school|civic) year|calendar year|"
    "week|month|quarter|year)s?",
    "clock": rf"(?:{_NOON}|{_SPOKEN}|{_PAIR}|{_SURE}|{_CLOCK}{_HALF}(?! (?:{_COUNTED})(?!\S)))",
    "soon": rf"(?:{_SPOKEN}|{_CLOCK}{_HALF})(?= (?:today|tomorrow|tonight|this (?:morn|afternoon|even)))",
    "dm": r"\d{1,2}(?:st|nd|rd|th)?",
    "date": _DATE,
    "day": rf"(?:{_DATE}|\d{{1,2}}(?:st|nd|rd|th)?(?= (?:,|and|or) )|(?:{_WEEKDAYS})|(?:{_MONTH}))",
    "once": rf"once(?= (?:$|,|on |at |this |next |today |tomorrow |{_WEEKDAYS}))",
    "workday": r"(?:weekday|(?:working|work) day)(?= (?:morning|afternoon|evening)s)",
    "word": r"[a-z_]+",
    "zone": r"(?:[a-z_]+(?: / [a-z_+-]+){1,2}|[a-z_]+(?: [a-z]+){0,2}?)",
    "place": r"[a-z_]+(?: / [a-z_+-]+){1,2}",
    "open": r"\(",
    "close": r"\)",
}
_ALSO = r"(?:, and|, or|,|and|or|/|plus|as well as)"
"""Between the members of a list; "or" is found and asked about."""
_PIECE = re.compile(
    r"<(?P<name>\w+)(?:=(?P<words>[^>]+)|:(?P<kind>\w+)(?P<list>\+)?)?>"
    r"|(?P<sign>[\[\]()|])|(?P<word>[^\s\[\]()|<>]+)"
)


class GrammarPhrase:
    """A line of the grammar, and what it says; its pattern is made when it is first looked for: all of
    them take a sixth of a start."""

    def __init__(self, text: str, means: ReadPart) -> None:
        self.text, self.means = text, means

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """As it stands in token forms."""
        # Words may be hyphened to each other, but not to what stands before the phrase.
        apart = "" if "-" in _first_keys(self.text) else "(?!- )"
        return re.compile(apart + _compiled(self.text))


def phrases(means: ReadPart, *texts: str) -> tuple[GrammarPhrase, ...]:
    """Several ways to say the same."""
    return tuple(GrammarPhrase(text, means) for text in texts)


def found(phrase: GrammarPhrase, forms: str, place: int) -> tuple[int, Said] | None:
    """Where the phrase ends that begins at ``place`` of the token forms (each followed by a space)."""
    match = phrase.pattern.match(forms, place)
    if match is None or match.end() == place:
        return None
    return match.end(), {name: said.strip() for name, said in match.groupdict().items() if said is not None}


def by_first_word(grammar: Iterable[GrammarPhrase]) -> Mapping[str, Sequence[GrammarPhrase]]:
    """The phrases that may begin with a token, under its ``first_key``; under "" those that any may begin.
    Some are there that can't: only a look at their pattern tells."""
    firsts = [(phrase, _first_keys(phrase.text)) for phrase in grammar]
    index: dict[str, list[GrammarPhrase]] = {key: [] for key in ("", *chain(*(keys for _, keys in firsts)))}
    for phrase, keys in firsts:
        for key in index if _ANY in keys else keys:
            index[key].append(phrase)
    return index


def first_key(form: str) -> str:
    """Under what ``by_first_word`` has a token: "#" for what begins with a digit."""
    return "#" if form[0].isdecimal() else form.removesuffix("s") or form


def _first_keys(text: str) -> frozenset[str]:
    keys, opened = set[str](), list[str]()
    for piece in _PIECE.finditer(text):
        sign = piece["sign"]
        if sign in ("(", "["):
            opened.append(sign)
        elif sign in (")", "]"):
            if opened.pop() == "(" and not opened:
                break
        elif not sign:
            keys |= _keys_of_piece(piece)
            if not opened:
                break
    return frozenset(keys)


def _keys_of_piece(piece: re.Match[str]) -> frozenset[str]:
    said = piece["word"] or piece["words"]
    if said:
        return frozenset(first_key(words.split()[0]) for words in said.split("|"))
    return _keys_of_kind(piece["kind"] or piece["name"])


@cache
def _keys_of_kind(kind: str) -> frozenset[str]:
    """All words of a kind, as any may be its first."""
    if kind in ("zone", "place", "word"):
        return frozenset((_ANY,))
    if kind in ("open", "close"):
        return frozenset(_KINDS[kind][-1])
    pattern = _KINDS[kind].replace(r"\d", "0")
    said = re.findall(r"[a-z]+\??|\d", pattern)
    shorter = (word[:-2] for word in said if word.endswith("?"))
    return frozenset(map(first_key, filter(None, (*(word.rstrip("?") for word in said), *shorter))))


_ANY = "*"


def members(said: str, kind: str) -> list[str]:
    """What a list has between its commas and "and"s."""
    return re.findall(rf"(?<!\S){_KINDS[kind]}(?!\S)", said)


def _compiled(text: str) -> str:
    out, began = [], True
    for piece in _PIECE.finditer(text):
        sign = piece["sign"]
        if sign:
            out.append({"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}[sign])
            continue
        hyphen = "" if began else "(?:- )?"
        began = False
        if piece["word"]:
            out.append(f"{hyphen}{re.escape(piece['word'])} ")
            continue
        if piece["words"]:
            kind = f"(?:{'|'.join(re.escape(word.strip()) for word in piece['words'].split('|'))})"
        else:
            kind = _KINDS[piece["kind"] or piece["name"]]
        if piece["list"]:
            # Days may stand side by side, as "Mon Wed Fri"; times may not.
            between = rf"{_ALSO} (?:(?:on|at|in) )?(?:the )?"
            between = between if piece["kind"] == "clock" else f"(?:{between})?"
            kind = rf"{kind}(?: {between}{kind}(?=\s))*"
        out.append(f"{hyphen}(?P<{piece['name']}>{kind}) ")
    return "".join(out)
