"""A factor's score is made of answers to its statements: pulses on these and checks are held together.

The adversary reads every figure of either, knows who answered what, and what scores are made of.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.core.result_model import Disclosures
from dialogs.core.session_model import AnsweredForm
from dialogs.results.closing import joint_result, topics
from dialogs.results.disclosures import Disclosing
from dialogs.results.pulse import pulse
from dialogs.results.pulse import topics as pulse_topics
from tests.harness.small import NOW
from tests.results.adversary import Row, told_of
from tests.results.people import CHECK

PEOPLE = "ABCDEFG"
TEXTS = {statement.id: statement.text for statement in CHECK.statements}
Unsure = dict[str, set[str]]
"""Person -> the statements that they don't know about."""


class Results:
    """All that was shown so far, as the record and as the adversary have it."""

    def __init__(self) -> None:
        self.told: Disclosures = {}
        self.rows: list[Row] = []
        self._count = 0

    def pulse(self, statement: str, who: str) -> bool:
        """A pulse on a statement; whether it has a figure."""
        wanted = pulse_topics(TEXTS[statement], f"series {statement}")
        disclosing = self._disclosing()
        people = [person.encode() for person in who]
        shown = pulse(NOW, dict.fromkeys(who, 3), len(who), wanted, people, disclosing).mean is not None
        self.told = {**self.told, **disclosing.record()}
        if shown:
            self.rows.append({(person, statement): 1 for person in who})
        return shown

    def check(self, who: str, unsure: Unsure | None = None, others: str = "") -> list[str]:
        """A check by people of one organisation and ``others`` of another; the factors that have a figure."""
        unsure = unsure or {}
        forms = {
            person: AnsweredForm(
                "b" if person in others else "a",
                {id: 0 if id in unsure.get(person, ()) else 3 for id in TEXTS},
                member=person.encode(),
            )
            for person in who
        }
        disclosing = self._disclosing()
        result = joint_result(CHECK, forms, {}, NOW, disclosing)
        self.told = {**self.told, **disclosing.record()}
        assert set(disclosing.record()) <= {*topics(CHECK), *self.told}
        for factor, shown in result.factors.items():
            groups = {form.organisation: [*filter(others.__contains__, who)] for form in forms.values()}
            groups["a"] = [person for person in who if person not in others]
            wanted = [[*groups]] if shown.whole.score is not None else []
            wanted += [[name] for name in shown.organisations]
            self.rows += [score([[*groups[name]] for name in some], factor, unsure) for some in wanted]
        return [factor for factor, shown in result.factors.items() if shown.whole.score is not None]

    def _disclosing(self) -> Disclosing:
        self._count += 1
        return Disclosing(self.told, str(self._count), NOW + timedelta(days=self._count))


def score(organisations: list[list[str]], factor: str, unsure: Unsure) -> Row:
    """What a factor's score over some organisations is the sum of."""
    known = {
        person: [
            statement.id
            for statement in CHECK.on_factor(factor)
            if statement.id not in unsure.get(person, ())
        ]
        for people in organisations
        for person in people
    }
    row: Row = {}
    for people in organisations:
        knowing = [person for person in people if known[person]]
        row |= {
            (person, id): 1 / len(knowing) / len(known[person]) for person in knowing for id in known[person]
        }
    return row


def test_pulses_on_every_statement_of_a_factor_and_a_check_with_one_fewer() -> None:
    shown = Results()
    factor = CHECK.factors[0]
    for statement in CHECK.on_factor(factor):
        assert shown.pulse(statement.id, "ABCD")
    assert factor not in shown.check("ABC"), "the pulses' mean less the score is D's"
    assert told_of(shown.rows) == set()
    assert factor in shown.check("ABCD"), "the same people tell nothing new"
    assert told_of(shown.rows) == set()


def test_a_check_and_then_pulses_on_its_statements_with_one_more() -> None:
    shown = Results()
    first, *others = CHECK.on_factor(CHECK.factors[0])
    shown.check("ABCD")
    assert all(shown.pulse(statement.id, "ABCD") for statement in others), "of these the levels are told"
    assert not shown.pulse(first.id, "ABCDE")
    assert told_of(shown.rows) == set()


def test_another_factors_statements_are_another_matter() -> None:
    shown = Results()
    for statement in CHECK.on_factor(CHECK.factors[0]):
        assert shown.pulse(statement.id, "ABCD")
    assert CHECK.factors[1] in shown.check("ABC")


WHO = st.sets(st.sampled_from(PEOPLE), min_size=3).map(lambda some: "".join(sorted(some)))
UNSURE = st.dictionaries(st.sampled_from(PEOPLE), st.sets(st.sampled_from([*TEXTS]), min_size=1), max_size=2)
PLAYED = st.one_of(
    st.tuples(st.just("pulse"), st.sampled_from([*TEXTS]), WHO),
    st.tuples(st.just("check"), WHO, UNSURE, st.sampled_from(["", "AB", "EFG"])),
)


@settings(max_examples=150)
@given(st.lists(PLAYED, min_size=2, max_size=10))
def test_an_adversary_makes_nothing_of_pulses_and_checks_together(
    played: list[tuple[str, str, str] | tuple[str, str, Unsure, str]],
) -> None:
    shown = Results()
    for what, *with_ in played:
        getattr(shown, what)(*with_)
        assert told_of(shown.rows) == set()
