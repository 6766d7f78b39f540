"""The end of a joint check: everybody's forms become the one result that is shown and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain

import msgspec

from dialogs.core.result_model import Factor, Figures, Group, JointResult, Share, Withheld
from dialogs.core.session_model import AnsweredForm
from dialogs.readiness.scoring import UNKNOWN, overall
from dialogs.results.disclosures import Disclosing, asked, average, group, made_of, worded
from dialogs.results.findings import findings
from dialogs.results.scores import Scored, answers_to, factor_scores, over_all, taking_part
from dialogs.results.small_groups import FEWEST, named_most, number, rounded, share, showable, spread
from knowledge import Readiness, Statement

Taken = Mapping[str, Sequence[AnsweredForm]]
"""Organisation -> its people's forms."""


def topics(check: Readiness) -> tuple[str, ...]:
    """All that a result tells something of, as the disclosure record names it."""
    texts = [statement.text for statement in check.statements]
    return (
        *map(_score, check.factors), *map(_knows, check.factors), *map(_unsure, check.factors),
        *map(asked, texts), *map(_unsure, texts), _model(check), _partners(check),
    )  # fmt: skip


def joint_result(
    check: Readiness,
    forms: Mapping[str, AnsweredForm],
    names: Mapping[str, str],
    at: datetime,
    disclosing: Disclosing,
    *,
    model: str = "",
    partners: int = 0,
    purpose: str = "",
) -> JointResult:
    """What ``forms`` (person -> form) come to.

    ``names``: organisation id -> its name. ``model``, ``partners``, ``purpose``: what the host said of the
    partnership; what the host didn't say of the first two is taken from the forms.
    """
    taken = taking_part(check, forms)
    participants = sum(map(len, taken.values()))
    if participants < FEWEST:
        return JointResult(
            check.id, at, 0, model=model, partners=partners, purpose=purpose, recorded=True
        )  # fmt: skip
    scores = factor_scores(check, taken)
    shown = {name: _shown(check, name, taken, scores[name], disclosing) for name in check.factors}
    if disclosing.refused and not any(factor.whole for factor in shown.values()):
        nothing: Withheld = "unknown" if disclosing.unknown else "all"
        return JointResult(
            check.id, at, participants, len(taken), model=model, partners=partners, purpose=purpose,
            withheld=nothing, recorded=True,
        )  # fmt: skip
    unsure = {statement.id for statement in check.statements if _unsure_told(statement, taken, disclosing)}
    levels = {statement.id for statement in check.statements if _level_told(statement, taken, disclosing)}
    factors = {
        name: _factor(scores[name], shown[name], _unknown(check, name, taken, unsure, disclosing))
        for name in check.factors
    }
    means = (over_all(scores[name]) for name, factor in factors.items() if factor.whole.score is not None)
    named, models, divided = ("", {}, False) if model else _models(check, taken, disclosing)
    count, counts_differ = (None, False) if partners else _counted(check, taken, disclosing)
    unknown, actions = findings(check, taken, levels, unsure)
    seen = {who for factor in factors.values() for who in factor.organisations} | models.keys()
    return JointResult(
        check.id, at, participants, len(taken), rounded(overall(means), 1), factors,
        {who: names.get(who, who) for who in sorted(seen)}, unknown, actions, model or named, models,
        divided, partners or count or 0, counts_differ, purpose,
        withheld="parts" if disclosing.refused else "", recorded=True,
    )  # fmt: skip


class _Shown(msgspec.Struct, frozen=True):
    """Which scores of a factor may be shown."""

    answered: int | None
    """How many people have one, where that may be told."""
    whole: bool = False
    organisations: Sequence[str] = ()
    withheld: Withheld = ""


def _shown(check: Readiness, factor: str, taken: Taken, scores: Scored, disclosing: Disclosing) -> _Shown:
    ids = [statement.id for statement in check.on_factor(factor)]
    known = _of(taken, lambda form: any(form.answers.get(id, UNKNOWN) != UNKNOWN for id in ids))
    count = sum(map(len, known.values()))
    answered = number(count, sum(map(len, taken.values())))
    if count < FEWEST:
        return _Shown(answered)

    def allowed(some: Sequence[str]) -> bool:
        beside = (group(known[who], rounded(over_all({who: scores[who]}), 1)) for who in some)
        told = [average(known, rounded(over_all(scores), 1)), *beside]
        # Scores as such are told too: their squares, of which words tell, are made of nothing else.
        told += (_of_answers(check, factor, taken, each) for each in (known, *([who] for who in some)))
        return disclosing.allows({_score(factor): told, _knows(factor): [_all(_of(taken))]})

    may = showable(_sizes(known)) if len(taken) > 1 else ()  # one organisation alone is the whole
    seen = _most(may, allowed)
    if seen is None:
        return _Shown(None, withheld="all")
    return _Shown(answered, True, seen, "parts" if len(seen) < len(may) else "")


def _factor(scores: Scored, shown: _Shown, unknown: Mapping[str, Share]) -> Factor:
    whole = _figures(scores, unknown[""]) if shown.whole else Figures(unknown=unknown[""])
    seen = sorted(shown.organisations)
    return Factor(
        whole,
        shown.answered,
        {who: _figures({who: scores[who]}, unknown.get(who, "")) for who in seen},
        shown.withheld,
    )


def _figures(scores: Scored, unknown: Share) -> Figures:
    values = list(chain.from_iterable(scores.values()))
    return Figures(rounded(over_all(scores), 1), spread(values), unknown)


def _unknown(
    check: Readiness, factor: str, taken: Taken, unsure: set[str], disclosing: Disclosing
) -> dict[str, Share]:
    """How many of the answers are "don't know": over all (under ""), and in organisations that may be shown.

    Something is said of statements too, so only those count of which it may be (``unsure``), and each by
    itself must not give away a smaller group.
    """
    counted = [statement for statement in check.on_factor(factor) if statement.id in unsure]
    if not counted:
        return {"": ""}
    people = [_of(taken, partial(_answers, statement.id)) for statement in counted]

    def given_by(some: Sequence[str]) -> Group:
        return made_of(
            (_unsure(statement.text), 1, chain.from_iterable(each.get(who, ()) for who in some))
            for statement, each in zip(counted, people, strict=True)
        )

    def allowed(some: Sequence[str]) -> bool:
        return disclosing.allows({_unsure(factor): [given_by([*taken]), *(given_by([who]) for who in some)]})

    seen = _most(showable(*map(_sizes, people)), allowed)
    if seen is None:
        return {"": ""}
    answers = [answers_to(statement.id, taken) for statement in counted]
    given = {who: [each for answered in answers for each in answered[who]] for who in taken}
    said = {who: given[who] for who in seen}
    said[""] = list(chain.from_iterable(given.values()))
    return {who: share(each.count(UNKNOWN), len(each)) for who, each in said.items()}


def _models(check: Readiness, taken: Taken, disclosing: Disclosing) -> tuple[str, dict[str, str], bool]:
    """The model that most named; each organisation's, where they differ; whether people are divided."""
    people = _of(taken, lambda form: bool(form.model))

    def allowed(some: Sequence[str]) -> bool:
        return disclosing.allows({_model(check): [_all(people), *(group(people[who]) for who in some)]})

    if sum(map(len, people.values())) < FEWEST:
        return "", {}, False
    seen = _most(showable(_sizes(people)), allowed)
    if seen is None:
        return "", {}, False
    named = {who: [form.model for form in given if form.model] for who, given in taken.items()}
    model, divided = named_most(chain.from_iterable(named.values()))
    most = {who: found for who in sorted(seen) if (found := named_most(named[who])[0])}
    differ = len(set(most.values())) > 1
    return model or "", most if differ else {}, divided or differ


def _counted(check: Readiness, taken: Taken, disclosing: Disclosing) -> tuple[int | None, bool]:
    """The number of partners that most gave, and whether people are divided over it."""
    people = _of(taken, lambda form: form.partners > 0)
    if sum(map(len, people.values())) < FEWEST or not disclosing.allows({_partners(check): [_all(people)]}):
        return None, False
    return named_most(form.partners for given in taken.values() for form in given if form.partners)


# --- Of whom it is told -------------------------------------------------------------------------------

_People = dict[str, list[bytes]]
"""Organisation -> those of its people of whom something is told, as keyed hashes."""


def _of(taken: Taken, counts: Callable[[AnsweredForm], bool] = lambda form: True) -> _People:
    people = {who: [form.member for form in given if counts(form)] for who, given in taken.items()}
    return {who: some for who, some in people.items() if some}


def _of_answers(check: Readiness, factor: str, taken: Taken, organisations: Iterable[str]) -> Group:
    """The average of these organisations' scores, as it is made of what people say of each statement."""
    parts: dict[tuple[str, int], list[bytes]] = {}
    for organisation in organisations:
        known = [
            (form.member, texts)
            for form in taken[organisation]
            if (
                texts := [
                    statement.text
                    for statement in check.on_factor(factor)
                    if form.answers.get(statement.id, UNKNOWN)
                ]
            )
        ]
        for member, texts in known:
            for text in texts:
                parts.setdefault((asked(text), len(known) * len(texts)), []).append(member)
    return made_of((topic, divisor, people) for (topic, divisor), people in sorted(parts.items()))


def _all(people: _People) -> Group:
    return group(chain.from_iterable(people.values()))


def _sizes(people: _People) -> dict[str, int]:
    return {who: len(some) for who, some in people.items()}


def _most(may: Sequence[str], allowed: Callable[[Sequence[str]], bool]) -> Sequence[str] | None:
    """As many of ``may`` (the largest first) as are allowed beside the whole; None where not even that is."""
    return next((may[:count] for count in range(len(may), -1, -1) if allowed(may[:count])), None)


def _answers(statement: str, form: AnsweredForm) -> bool:
    return statement in form.answers


def _unsure_told(statement: Statement, taken: Taken, disclosing: Disclosing) -> bool:
    """Whether it may be told how many don't know about ``statement``."""
    people = _of(taken, partial(_answers, statement.id))
    return sum(map(len, people.values())) >= FEWEST and disclosing.allows(
        {_unsure(statement.text): [_all(people)]}
    )


def _level_told(statement: Statement, taken: Taken, disclosing: Disclosing) -> bool:
    """Whether it may be told how ``statement`` stands beside others."""
    people = _of(taken, lambda form: form.answers.get(statement.id, UNKNOWN) != UNKNOWN)
    return sum(map(len, people.values())) >= FEWEST and disclosing.allows(
        {asked(statement.text): [average(people)]}
    )


def _score(factor: str) -> str:
    return f"score {factor}"


def _knows(factor: str) -> str:
    return f"knows {factor}"


def _unsure(what: str) -> str:
    """``what``: a factor, or the text of a statement."""
    return f"unsure {worded(what)}"


def _model(check: Readiness) -> str:
    return f"model {check.id}"


def _partners(check: Readiness) -> str:
    return f"partners {check.id}"
