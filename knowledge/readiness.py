"""Readiness checks: what a partnership says of itself, factor by factor; read from ``readiness/``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from knowledge.fields import Complain, Fields, Written, yaml_files
from knowledge.problems import Problem

STEPS = 5
"""Answers go from 1 to this."""
_CONTEXT = ("model_question", "partners_question", "purpose_question")
STATEMENT_FIELDS = ("id", "text", "advice")
CHECK_FIELDS = ("title", "intro", "scale", "unknown", "models", *_CONTEXT, "factors")


class Statement(msgspec.Struct, frozen=True):
    """Something that a partnership can say of itself, more or less truly."""

    id: str
    """Lasts over changes of the wording: answers are kept by it."""
    factor: str
    """The id of the lesson on the factor that it tells about."""
    text: str
    advice: str = ""
    """Our own guidance for where it isn't so, in one or two sentences; may be empty."""


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """One readiness check, as read from one file."""

    id: str
    """The file's name without ``.yaml``."""
    title: str
    intro: str
    """What people read before the first statement, in one or two sentences."""
    statements: tuple[Statement, ...]
    """In the order in which they are shown; those of one factor stand together."""
    scale: tuple[str, ...]
    """What the answers 1 to 5 are called, lowest first."""
    unknown: str
    """What the answer "don't know" is called."""
    models: tuple[str, ...] = ()
    """Ids of the lessons on models from which a partnership names its own; may be empty."""
    model_question: str = ""
    """Asks for one of ``models``; empty where there are none."""
    partners_question: str = ""
    """Asks how many partners there are; empty where it isn't asked."""
    purpose_question: str = ""
    """Asks for the purpose in one sentence; empty where it isn't asked."""

    @property
    def factors(self) -> tuple[str, ...]:
        """Ids of the lessons on the factors, in the order in which they are shown."""
        return tuple(dict.fromkeys(statement.factor for statement in self.statements))

    def on_factor(self, factor: str) -> tuple[Statement, ...]:
        """The statements that tell about this factor."""
        return tuple(statement for statement in self.statements if statement.factor == factor)


def read_checks(
    folder: Path, present: Iterable[str], problems: list[Problem]
) -> tuple[dict[str, Readiness], list[Written]]:
    """The checks in ``folder`` by id, and their texts by line for the linter.

    ``present``: the ids of lessons that a check may name.
    """
    present = set(present)
    written: list[Written] = []
    checks = {}
    for file, fields, complain in yaml_files(folder, "readiness", problems):
        id = Path(file).stem
        checks[id] = _read_check(id, file, fields, complain, present, written)
    return checks, written


def _read_check(
    id: str, file: str, fields: Fields, complain: Complain, present: set[str], written: list[Written]
) -> Readiness:
    fields.only(CHECK_FIELDS)
    scale = fields.texts("scale")
    if fields.has("scale") and len(scale) != STEPS:
        complain(fields.line_of("scale"), f"'scale' names {len(scale)} answers; it needs {STEPS}")
    written += [Written(file, line, "a name on the scale", text) for text, line in scale]
    asked = {name: fields.text(name, required=False) for name in _CONTEXT}
    texts = {name: fields.text(name) for name in ("title", "intro", "unknown")}
    for part, text in {**texts, **asked}.items():
        written.append(Written(file, fields.line_of(part), f"'{part}'", text))
    models = fields.texts("models", required=False)
    for model, line in models:
        if model not in present:
            complain(line, f"'models': there is no lesson '{model}'")
    if bool(models) != bool(asked["model_question"]):
        complain(fields.line_of("models"), "'models' and 'model_question' are given together or not at all")
    return Readiness(
        id=id, **texts, **asked, scale=tuple(text for text, _ in scale),
        models=tuple(model for model, _ in models),
        statements=tuple(_read_statements(file, fields, complain, present, written)),
    )  # fmt: skip


def _read_statements(
    file: str, fields: Fields, complain: Complain, present: set[str], written: list[Written]
) -> list[Statement]:
    statements: list[Statement] = []
    factors: set[str] = set()
    ids: set[str] = set()
    if not fields.mappings("factors"):
        complain(fields.line_of("factors"), "'factors' is missing or empty")
    for factor_fields in fields.mappings("factors"):
        factor_fields.only(("factor", "statements"))
        factor = factor_fields.text("factor")
        if factor and factor not in present:
            complain(factor_fields.line_of("factor"), f"there is no lesson '{factor}'")
        if factor in factors:
            complain(factor_fields.line_of("factor"), f"the factor '{factor}' stands here twice")
        factors.add(factor)
        entries = factor_fields.mappings("statements")
        if not entries:
            complain(factor_fields.line, f"the factor '{factor}' has no statements")
        for entry in entries:
            entry.only(STATEMENT_FIELDS)
            advice = entry.text("advice", required=False)
            statement = Statement(entry.text("id"), factor, entry.text("text"), advice)
            if statement.id in ids:
                complain(entry.line_of("id"), f"another statement has the id '{statement.id}' too")
            if statement.id:
                ids.add(statement.id)
            written.append(Written(file, entry.line_of("text"), "the statement", statement.text))
            written.append(Written(file, entry.line_of("advice"), "the advice", advice))
            statements.append(statement)
    return statements
