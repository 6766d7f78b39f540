"""The end of a joint check: everybody's forms become the one result that is shown and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import chain

from dialogs.core.result_model import Factor, Figures, JointResult, Share
from dialogs.core.session_model import AnsweredForm
from dialogs.readiness.scoring import UNKNOWN, overall
from dialogs.results.findings import findings
from dialogs.results.scores import Scored, answers_to, factor_scores, over_all, taking_part
from dialogs.results.small_groups import (
    FEWEST,
    WHOLE,
    named_most,
    number,
    rounded,
    share,
    showable,
    spread,
)
from knowledge import Readiness


def joint_result(
    check: Readiness,
    forms: Mapping[str, AnsweredForm],
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
    factors = {factor: _factor(check, factor, taken, scores[factor], step) for factor in check.factors}
    means = (over_all(scores[id]) for id, factor in factors.items() if factor.whole.score is not None)
    named, models, divided = ("", {}, False) if model else _models(taken)
    counts = (form.partners for given in taken.values() for form in given if form.partners and not partners)
    count, counts_differ = named_most(counts)
    unknown, actions = findings(check, taken)
    shown = {
        organisation for factor in factors.values() for organisation in factor.organisations
    } | models.keys()
    return JointResult(
        check.id, at, participants, len(taken), rounded(overall(means), step), factors,
        {organisation: names.get(organisation, organisation) for organisation in sorted(shown)},
        unknown, actions, model or named, models, divided, partners or count or 0, counts_differ, purpose,
        step,
    )  # fmt: skip


def _factor(
    check: Readiness, factor: str, taken: Mapping[str, list[AnsweredForm]], scores: Scored, step: int
) -> Factor:
    known = {organisation: len(people) for organisation, people in scores.items()}
    unknown = _unknown(check, factor, taken)
    seen = showable(known) if len(taken) > 1 else ()  # one organisation alone is the whole
    participants = sum(map(len, taken.values()))
    return Factor(
        _figures(scores, unknown[""], step),
        number(sum(known.values()), participants),
        {
            organisation: _figures({organisation: scores[organisation]}, unknown.get(organisation, ""), step)
            for organisation in sorted(seen)
        },
    )


def _figures(scores: Scored, unknown: Share, step: int) -> Figures:
    values = list(chain.from_iterable(scores.values()))
    if len(values) < FEWEST:
        return Figures(unknown=unknown)
    return Figures(rounded(over_all(scores), step), spread(values), unknown)


def _unknown(check: Readiness, factor: str, taken: Mapping[str, list[AnsweredForm]]) -> dict[str, Share]:
    """How many of the answers are "don't know": over all (under ""), and in organisations that may be shown.

    Something is said of statements too, so only those count which enough people answered, and each by itself
    must not give away a smaller group.
    """
    answers = {statement.id: answers_to(statement.id, taken) for statement in check.on_factor(factor)}
    sizes = {id: {who: len(given) for who, given in each.items()} for id, each in answers.items()}
    counted = [id for id, each in sizes.items() if sum(each.values()) >= FEWEST]
    if not counted:
        return {"": ""}
    given = {who: [answer for id in counted for answer in answers[id][who]] for who in taken}
    said = {who: given[who] for who in showable(*(sizes[id] for id in counted))}
    said[""] = list(chain.from_iterable(given.values()))
    return {who: share(each.count(UNKNOWN), len(each)) for who, each in said.items()}


def _models(taken: Mapping[str, list[AnsweredForm]]) -> tuple[str, dict[str, str], bool]:
    """The model that most named; each organisation's, where they differ; whether people are divided."""
    named = {
        organisation: [form.model for form in given if form.model] for organisation, given in taken.items()
    }
    model, divided = named_most(chain.from_iterable(named.values()))
    shown = showable({mention: len(given) for mention, given in named.items()})
    most = {
        organisation: found for organisation in sorted(shown) if (found := named_most(named[organisation])[0])
    }
    differ = len(set(most.values())) > 1
    return model or "", most if differ else {}, divided or differ
