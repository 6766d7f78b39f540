"""What stands out in a joint check, by statement: the lowest, what people don't know, where they differ.

No figure of a statement is shown, only which ones stand out, and each rests on three people or more.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from statistics import pstdev

from dialogs.core.replies import Frozen
from dialogs.core.result_model import Next, Share, Why
from dialogs.core.session_model import AnsweredForm
from dialogs.readiness.scoring import UNKNOWN, on_scale
from dialogs.results.scores import Scored, answers_to, over_all
from dialogs.results.small_groups import FEWEST, share, spread
from knowledge import Readiness

ACTIONS = 3
_TRUE = 75.0
"""From here on people call a statement mostly true, and it is not among what to do next."""
_SURE: tuple[Share, ...] = ("half", "most")


class _Standing(Frozen, frozen=True):
    """How one statement stands."""

    statement: str
    level: float = 100.0
    apart: float = 0.0
    differing: bool = False
    unknown: float = 0.0
    share: Share = ""


def findings(
    check: Readiness, forms: Mapping[str, list[AnsweredForm]], levels: Container[str], unsure: Container[str]
) -> tuple[tuple[Next, ...], tuple[Next, ...]]:
    """The statements that people don't know about, and the next actions.

    ``levels``, ``unsure``: the statements of which it may be told how they stand, and how many don't know.
    """
    standings = [
        _standing(statement.id, forms, level=statement.id in levels, unsure=statement.id in unsure)
        for statement in check.statements
    ]
    unknown = sorted((each for each in standings if each.share in _SURE), key=lambda each: -each.unknown)
    return tuple(Next(each.statement, "unknown", each.share) for each in unknown), _actions(standings)


def _standing(
    statement: str, forms: Mapping[str, list[AnsweredForm]], *, level: bool, unsure: bool
) -> _Standing:
    answers = answers_to(statement, forms)
    known: Scored = {
        organisation: [on_scale(value) for value in given if value != UNKNOWN]
        for organisation, given in answers.items()
        if any(given)
    }
    people = sum(map(len, answers.values()))
    values = [value for given in known.values() for value in given]
    unknown = (people - len(values)) / people if unsure else 0.0
    said = share(people - len(values), people) if unsure else ""
    stands = over_all(known) if level else None
    if len(values) < FEWEST or stands is None:
        return _Standing(statement, unknown=unknown, share=said)
    differing = spread(values) in ("some", "far")
    return _Standing(statement, stands, pstdev(values), differing, unknown, said)


def _actions(standings: list[_Standing]) -> tuple[Next, ...]:
    """The first of each kind, then the next lowest, the next unknown, and so on; each statement once."""
    ways: tuple[tuple[Why, Callable[[_Standing], float], Callable[[_Standing], bool]], ...] = (
        ("low", lambda standing: standing.level, lambda standing: standing.level < _TRUE),
        ("unknown", lambda standing: -standing.unknown, lambda standing: standing.share not in ("", "few")),
        ("apart", lambda standing: -standing.apart, lambda standing: standing.differing),
    )
    ranked = [(why, sorted(filter(counts, standings), key=urgency)) for why, urgency, counts in ways]
    chosen: dict[str, Next] = {}
    for most in (1, ACTIONS):
        for why, candidates in ranked:
            fresh = [candidate for candidate in candidates if candidate.statement not in chosen]
            for standing in fresh[: min(most, ACTIONS - len(chosen))]:
                chosen[standing.statement] = Next(
                    standing.statement, why, standing.share if why == "unknown" else ""
                )
    return tuple(chosen.values())
