"""The end of a joint check: everybody's forms become the one result that is shown and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import chain

from dialogs.joint.findings import findings
from dialogs.joint.groups import FEWEST, WHOLE, named_most, number, rounded, share, showable, spread
from dialogs.joint.result import Factor, Figures, JointResult
from dialogs.joint.scores import Form, Scored, factor_scores, over_all, taking_part
from dialogs.scoring import UNKNOWN, overall
from knowledge import Readiness


def joint_result(
    check: Readiness,
    forms: Mapping[str, Form],
    names: Mapping[str, str],
    at: datetime,
    *,
    model: str = "",
    partners: int = 0,
    purpose: str = "",
    step: int = WHOLE,
) -> JointResult:
    """What ``forms`` (person -> form) come to.

    ``names``: organisation id -> its name. ``model``, ``partners``, ``purpose``: what the host said of the
    partnership; what the host didn't say of the first two is taken from the forms. ``step``: what scores are
    rounded to (``groups.step_after``).
    """
    taken = taking_part(check, forms)
    participants = sum(map(len, taken.values()))
    if participants < FEWEST:
        return JointResult(check.id, at, 0, model=model, partners=partners, purpose=purpose, step=step)
    scores = factor_scores(check, taken)
    factors = {one: _factor(check, one, taken, scores[one], step) for one in check.factors}
    means = (over_all(scores[one]) for one, factor in factors.items() if factor.whole.score is not None)
    named, models, divided = ("", {}, False) if model else _models(taken)
    counts = (form.partners for given in taken.values() for form in given if form.partners and not partners)
    count, counts_differ = named_most(counts)
    unknown, actions = findings(check, taken)
    shown = {one for factor in factors.values() for one in factor.organisations} | models.keys()
    return JointResult(
        check.id, at, participants, len(taken), rounded(overall(means), step), factors,
        {one: names.get(one, one) for one in sorted(shown)}, unknown, actions, model or named, models,
        divided, partners or count or 0, counts_differ, purpose, step,
    )  # fmt: skip


def _factor(
    check: Readiness, factor: str, taken: Mapping[str, list[Form]], scores: Scored, step: int
) -> Factor:
    ids = [one.id for one in check.on_factor(factor)]
    answers = {organisation: _given(people, ids) for organisation, people in taken.items()}
    known = {organisation: len(people) for organisation, people in scores.items()}
    shown = showable(known, {organisation: len(given) for organisation, given in answers.items()})
    participants = sum(map(len, taken.values()))
    return Factor(
        _figures(scores, [one for given in answers.values() for one in given], step),
        number(sum(known.values()), participants),
        # One organisation alone is the whole.
        {one: _figures({one: scores[one]}, answers[one], step) for one in sorted(shown) if len(taken) > 1},
    )  # fmt: skip


def _given(people: list[Form], ids: list[str]) -> list[list[int]]:
    """What each of ``people`` answered to these statements, but for those who answered none."""
    given = ([form.answers[id] for id in ids if id in form.answers] for form in people)
    return [one for one in given if one]


def _figures(scores: Scored, answers: list[list[int]], step: int) -> Figures:
    """One factor, seen by the people who gave these ``answers`` (a list each) and have these ``scores``."""
    values = list(chain.from_iterable(scores.values()))
    given = list(chain.from_iterable(answers))
    unknown = share(given.count(UNKNOWN), len(given), len(answers))
    if len(values) < FEWEST:
        return Figures(unknown=unknown)
    return Figures(rounded(over_all(scores), step), spread(values), unknown)


def _models(taken: Mapping[str, list[Form]]) -> tuple[str, dict[str, str], bool]:
    """The model that most named; each organisation's, where they differ; whether people are divided."""
    named = {one: [form.model for form in given if form.model] for one, given in taken.items()}
    model, divided = named_most(chain.from_iterable(named.values()))
    shown = showable({one: len(given) for one, given in named.items()})
    most = {one: found for one in sorted(shown) if (found := named_most(named[one])[0])}
    differ = len(set(most.values())) > 1
    return model or "", most if differ else {}, divided or differ
