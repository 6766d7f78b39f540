"""Many people's forms, made by hand or by hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hypothesis import strategies as st
from msgspec.structs import replace

from dialogs.core.result_model import Disclosures, JointResult
from dialogs.core.session_model import AnsweredForm
from dialogs.results.closing import joint_result
from dialogs.results.disclosures import Disclosing
from knowledge import Readiness
from tests.harness.small import NOW, SMALL

CHECK = SMALL.checks["plot"]
IDS = [statement.id for statement in CHECK.statements]
NAMES = {"a": "Allerton", "b": "Borough *of* Bray", "c": "=Cotham", "d": "Dale"}


def answering(organisation: str, value: int, **more: object) -> AnsweredForm:
    """The form of one who answers ``value`` throughout."""
    return AnsweredForm(organisation, dict.fromkeys(IDS, value), **more)


def forms_of(**organisations: list[int]) -> dict[str, AnsweredForm]:
    """Person -> form, from what each of an organisation's people answers throughout."""
    return {
        f"{organisation}{at}": answering(organisation, value)
        for organisation, values in organisations.items()
        for at, value in enumerate(values)
    }


def recorded(forms: dict[str, AnsweredForm]) -> dict[str, AnsweredForm]:
    """The forms with whose they are, as the record of what was told names people."""
    return {person: replace(form, member=person.encode()) for person, form in forms.items()}


def closed(
    forms: dict[str, AnsweredForm],
    names: Mapping[str, str] = NAMES,
    at: datetime = NOW,
    told: Disclosures | None = None,
    check: Readiness = CHECK,
    **more: object,
) -> JointResult:
    """What the forms come to, where nothing was ``told`` before."""
    disclosing = Disclosing(told or {}, at.isoformat(), at)
    return joint_result(check, recorded(forms), names, at, disclosing, **more)


FORMS = st.builds(
    AnsweredForm,
    st.sampled_from("aaaabbbccd"),
    st.dictionaries(
        st.sampled_from([*IDS, "gone"]), st.sampled_from([0, 0, 1, 2, 3, 4, 5, 5, 9]), min_size=2
    ),
    st.sampled_from(["", "bed-raised", "bed-flat", "gone"]),
    st.integers(0, 4),
)
PEOPLE = st.lists(FORMS, max_size=12).map(
    lambda forms: {f"p{at}": answered for at, answered in enumerate(forms)}
)
