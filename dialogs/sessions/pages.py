"""A readiness check's forms: one page a factor for each person, and what the host sets up."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.core.commands import SessionAct, encode
from dialogs.core.forms import Field, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Choice, Progress, Text
from dialogs.core.session_model import CheckPlan
from dialogs.core.text import clean, literal
from dialogs.readiness.scoring import UNKNOWN
from dialogs.wording import sessions as words
from knowledge import Knowledge, Readiness
from knowledge.readiness import STEPS

LONGEST_PURPOSE, MOST_NAMES, LONGEST_NAME = 300, 12, 60
FEWEST_PARTNERS, MOST_PARTNERS = 2, 99
ORGANISATION = "organisation"

Saved = Mapping[str, str]
"""What a person's form holds: statement id -> answer, and their organisation; as text."""


def pages(check: Readiness) -> tuple[str, ...]:
    """What each page is about, by its number: the organisation, then the factors.

    A page keeps its number when the host changes the list of organisations; without one, page 0 is left out.
    """
    return (ORGANISATION, *check.factors)


def page_form(
    session: str, check: Readiness, names: tuple[str, ...], page: int, saved: Saved, kb: Knowledge
) -> Form:
    """A page of a person's form, with what they gave before; beyond the last one, thanks."""
    about, first = pages(check), 0 if names else 1
    page = max(page, first)
    if page >= len(about):
        back = Choice(words.BACK, encode(SessionAct("part", session, len(about) - 1, kind="readiness")))
        return Form("", words.SAVED_TITLE, (Text(words.SAVED),), back=back)
    fields: list[Field] = [Progress(page - first, len(about) - first)]
    if about[page] == ORGANISATION:
        options = tuple(Option(name, name) for name in names)
        fields.append(SelectField(ORGANISATION, words.ORGANISATION, options, saved.get(ORGANISATION, "")))
    else:
        fields.append(Text(f"**{literal(kb.lessons[about[page]].title)}**"))
        scale = tuple(Option(label, str(value)) for value, label in enumerate(check.scale, 1))
        scale = (*scale, Option(check.unknown, str(UNKNOWN)))
        fields += [
            SelectField(statement.id, statement.text, scale, saved.get(statement.id, ""), optional=True)
            for statement in check.on_factor(about[page])
        ]
    if page == first:
        fields.insert(1, Text(f"{literal(check.intro)} {words.UNTOUCHED}"))
    last = page == len(about) - 1
    return Form(
        encode(SessionAct("page", session, page, kind="readiness")),
        words.PART_TITLE,
        tuple(fields),
        submit=words.SAVE_END if last else words.SAVE_ON,
        back=Choice(words.BACK, encode(SessionAct("part", session, page - 1, kind="readiness")))
        if page > first
        else None,
    )


def read_page(
    check: Readiness, names: tuple[str, ...], page: int, values: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What a submitted page holds, and what is wrong with it (field -> sentence); forged fields are dropped.

    A statement left out comes as "", which takes back an answer given before.
    """
    about = pages(check)
    if not 0 <= page < len(about) or (about[page] == ORGANISATION and not names):
        return {}, {}
    if about[page] == ORGANISATION:
        chosen = values.get(ORGANISATION, "")
        if chosen in names:
            return {ORGANISATION: chosen}, {}
        return {}, {ORGANISATION: words.NOT_LISTED if chosen else words.CHOOSE_ORGANISATION}
    allowed = {str(value) for value in range(UNKNOWN, STEPS + 1)}
    given = {statement.id: values.get(statement.id, "") for statement in check.on_factor(about[page])}
    return {id: value if value in allowed else "" for id, value in given.items()}, {}


def late_page(page: Form, note: str) -> Form | None:
    """In the place of a ``page`` that came too late: that it did, and what was answered on it; None where
    nothing was."""
    answered = tuple(
        Text(f"{literal(field.label)} **{literal(option.label)}**")
        for field in page.fields
        if isinstance(field, SelectField)
        for option in field.options
        if option.value == field.value
    )
    return Form("", page.title, (Text(f"{note} {words.YOU_ANSWERED}"), *answered)) if answered else None


def set_up_form(session: str, plan: CheckPlan, check: Readiness, kb: Knowledge) -> Form:
    """What the host says of the partnership, as it stands."""
    fields: list[Field] = []
    if check.purpose_question:
        fields.append(
            TextEntry(
                "purpose", check.purpose_question, plan.purpose, LONGEST_PURPOSE, lines=True, optional=True
            )
        )
    if check.models:
        models = (
            Option(words.NO_MODEL, "none"),
            *(Option(kb.lessons[model].title, model) for model in check.models),
        )
        fields.append(SelectField("model", check.model_question, models, plan.model or "none", optional=True))
    if check.partners_question:
        partners = str(plan.partners or "")
        fields.append(TextEntry("partners", check.partners_question, partners, longest=2, optional=True))
    names = "\n".join(plan.organisations)
    longest = MOST_NAMES * (LONGEST_NAME + 1)
    fields.append(
        TextEntry("names", words.ORGANISATIONS, names, longest, lines=True, optional=True,
              hint=words.ORGANISATIONS_HINT)
    )  # fmt: skip
    return Form(
        encode(SessionAct("setup", session, kind="readiness")),
        words.SET_UP_TITLE,
        tuple(fields),
        submit=words.SAVE,
    )


def read_set_up(
    plan: CheckPlan, check: Readiness, values: Mapping[str, str]
) -> tuple[CheckPlan, dict[str, str]]:
    """The plan as the host filled it in, and what is wrong with it (field -> sentence)."""
    errors: dict[str, str] = {}
    purpose = clean(values.get("purpose", ""))
    if len(purpose) > LONGEST_PURPOSE:
        errors["purpose"] = words.TOO_LONG.format(count=f"{len(purpose):,}", limit=LONGEST_PURPOSE)
    model = values.get("model", "")
    said = clean(values.get("partners", ""))
    partners = int(said) if said.isdecimal() and len(said) < 4 else 0
    if said and not FEWEST_PARTNERS <= partners <= MOST_PARTNERS:
        errors["partners"] = words.NO_NUMBER
    listed = (clean(part) for line in values.get("names", "").splitlines() for part in line.split(","))
    names = tuple(dict.fromkeys(organisation for organisation in listed if organisation))
    if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
        errors["names"] = words.TOO_MANY_NAMES.format(limit=MOST_NAMES, length=LONGEST_NAME)
    done = CheckPlan(plan.check, model if model in check.models else "", partners, purpose, names, plan.last)
    return (plan if errors else done), errors
