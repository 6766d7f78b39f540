"""What one person answered in a joint check, and how many people's scores are put together.

Within an organisation each person counts the same; over all, each organisation does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from dialogs.core.session_model import AnsweredForm
from dialogs.readiness.scoring import UNKNOWN, mean, score
from knowledge import Readiness
from knowledge.readiness import STEPS


def taking_part(check: Readiness, forms: Mapping[str, AnsweredForm]) -> dict[str, list[AnsweredForm]]:
    """Organisation -> the forms of its people that answer anything; what ``check`` doesn't ask is dropped.

    Organisations come by id, so that the order in which people answered makes no difference.
    """
    ids = [statement.id for statement in check.statements]
    found: dict[str, list[AnsweredForm]] = {}
    for _, form in sorted(forms.items()):
        answers = {id: form.answers[id] for id in ids if UNKNOWN <= form.answers.get(id, -1) <= STEPS}
        if answers:
            model = form.model if form.model in check.models else ""
            kept = AnsweredForm(form.organisation, answers, model, max(form.partners, 0), form.member)
            found.setdefault(form.organisation, []).append(kept)
    return dict(sorted(found.items()))


def answers_to(statement: str, taken: Mapping[str, Sequence[AnsweredForm]]) -> dict[str, list[int]]:
    """Organisation -> what its people answered to one statement, "don't know" included."""
    return {
        organisation: [form.answers[statement] for form in forms if statement in form.answers]
        for organisation, forms in taken.items()
    }


Scored = dict[str, list[float]]
"""Organisation -> the scores of those of its people who have one; it has at least one."""


def factor_scores(check: Readiness, forms: Mapping[str, list[AnsweredForm]]) -> dict[str, Scored]:
    """Factor -> everybody's scores."""
    scores = {
        person: [score(check, form.answers).factors for form in given] for person, given in forms.items()
    }
    return {
        factor: _scored({score: (each[factor] for each in people) for score, people in scores.items()})
        for factor in check.factors
    }


def _scored(scores: Mapping[str, Iterable[float | None]]) -> Scored:
    known = {score: [each for each in people if each is not None] for score, people in scores.items()}
    return {organisation: people for organisation, people in known.items() if people}


def over_all(scores: Scored) -> float | None:
    """The mean over the organisations, of the mean of each one's people; None where nobody has a score."""
    return mean([fsum(people) / len(people) for people in scores.values()])
