"""How many of Duckling's single dates and times are read alike: a yardstick that others made.

Usage: python -m tools.duckling_dates Corpus.hs [Corpus.hs ...] [-v], with ``Duckling/Time/EN/Corpus.hs`` and
``Duckling/Time/EN/GB/Corpus.hs`` of github.com/facebook/duckling. Counted are single dates and times to come,
to the day or finer; a date without a time is given "at 10:00". American month-first figures, holidays and
time zones of other countries, seconds, intervals ("upcoming two days"), what is no moment ("now", "around 3")
and what is no word ("in 15'") are left out. The clock stands at the corpus' own moment.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dialogs.recurrence.describe import next_dates
from dialogs.recurrence.sentence import understand

NOW = datetime(2013, 2, 12, 4, 30, tzinfo=UTC)
_BLOCK = re.compile(r"examples \(datetime \(([\d, ]+)\) (\w+)\)\s*\[(.*?)\n?\s*\]", re.DOTALL)
_PHRASE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ELSEWHERE = re.compile(
    r"thanksgiving|memorial|labor|independence|mlk|martin luther|black friday|ides"
    r"|\b(?:cet|gmt|pst|est|cst)\b"
    r"|patriot|super ?bowl|\bago\b|\blast\b.*\b(?:week|year)|second|\bsec\b|:\d\d:\d\d$|mother'?s day"
    r"|\bnow$|moment|\batm\b|this time|upcoming|ish\b|approximately|around|about|['\"]$|\bist\b|^in 15$|^7$",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"^(?:on )?\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{2,4})?(?: at .*)?$")


def phrases(path: str) -> list[tuple[str, datetime, bool]]:
    """(phrase, when it is, whether it has a time of day) of one corpus."""
    found = []
    for block in _BLOCK.finditer(Path(path).read_text(encoding="utf-8")):
        year, month, day, hour, minute, second = (int(part) for part in block[1].split(","))
        if block[2] not in ("Day", "Hour", "Minute", "Second") or not 2000 < year < 2150:
            continue
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC).replace(tzinfo=None)
        for phrase in _PHRASE.findall(block[3]):
            figures = _MONTH_FIRST.match(phrase) and month != day
            if at.date() < NOW.date() or _ELSEWHERE.search(phrase) or (figures and "GB" not in path):
                continue
            found.append((phrase.replace('\\"', '"'), at, block[2] != "Day"))
    return found


def outcome(phrase: str, at: datetime, timed: bool) -> str:
    """Right, asked, or WRONG with what it was taken for."""
    said = phrase if timed else f"{phrase} at 10:00"
    at = at if timed else at.replace(hour=10)
    read = understand(said, NOW, "Europe/London", when_only=True)
    if read.schedule is None:
        return "asked: " + " ".join(question.text for question in (*read.problems, *read.missing))
    sends = next_dates(read.schedule, "Europe/London", NOW - timedelta(days=2), 2)
    if len(sends) == 1:
        local = sends[0].moved_from or sends[0].local.replace(tzinfo=None)
        if local.replace(second=0) == at.replace(second=0):
            return "right"
    return f"WRONG: {[str(occurrence.local) for occurrence in sends]} for {at}"


def main(arguments: list[str]) -> None:
    """Prints the counts; with -v each that isn't right."""
    rows = [row for path in arguments if not path.startswith("-") for row in phrases(path)]
    results = [(phrase, outcome(phrase, at, timed)) for phrase, at, timed in dict.fromkeys(rows)]
    for phrase, result in results:
        if "-v" in arguments and result != "right":
            print(f"{phrase!r}: {result}")
    right, wrong = (sum(result.startswith(kind) for _, result in results) for kind in ("right", "WRONG"))
    print(
        f"{len(results)} phrases: {right} right ({right / len(results):.0%}), {wrong} wrong, the rest asked"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
