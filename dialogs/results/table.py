"""Joint results as a table in CSV: the figures that were shown, and no others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from dialogs.core.result_model import Factor, Figures, JointResult
from dialogs.wording import results as words
from knowledge import Knowledge, Readiness

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so would be worked out by a spreadsheet."""


def table(results: Sequence[JointResult], check: Readiness, kb: Knowledge) -> str:
    """One check's results in their order: a row for each factor, over all and by organisation as shown."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(words.COLUMNS)
    for result in results:
        for row in _rows(result, kb):
            writer.writerow([_safe(cell) for cell in (check.title, f"{result.at:%Y-%m-%d}", *row)])
    return file.getvalue()


def _rows(result: JointResult, kb: Knowledge) -> Iterator[tuple[str, ...]]:
    people = str(result.participants or words.FEWER)
    yield words.ALL_FACTORS, words.ALL, _figure(result.overall), people, "", ""
    for id, factor in result.factors.items():
        title = kb.lessons[id].title if id in kb.lessons else id
        yield title, words.ALL, *_cells(factor.whole, _answered(factor))
        for organisation, seen in factor.organisations.items():
            yield title, result.names[organisation], *_cells(seen, "")


def _cells(seen: Figures, answered: str) -> tuple[str, ...]:
    return _figure(seen.score), answered, words.SPREADS[seen.spread], words.SHARES[seen.unknown]


def _answered(factor: Factor) -> str:
    if factor.answered is not None:
        return str(factor.answered)
    if factor.withheld == "all":
        return words.NOT_SHOWN
    return words.FEWER if factor.whole.score is None else words.NEARLY_ALL


def _figure(score: int | None) -> str:
    return "" if score is None else str(score)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
