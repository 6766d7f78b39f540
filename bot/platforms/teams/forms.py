"""Forms as Teams' dialogs: an Adaptive Card with inputs, and what submitting it brings back.

A button of the card carries our own data (``says``, and for submitting ``form`` and ``kept``), into which
Teams merges the inputs' values: no field may have a name of those.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, assert_never

import msgspec

from bot.platforms.teams.elements import (
    LABEL,
    Element,
    adaptive_card,
    attached,
    cut,
    far_along,
    ours,
    shortened,
    small,
    submitting,
    wrong,
)
from bot.platforms.teams.escape import literal
from dialogs.core.forms import Audience, Field, Form, SelectField, TextEntry
from dialogs.core.replies import Progress, Text

AT_ONCE = 6
"""The most options that are shown all at once; more are a list that opens."""
OPTIONS, OPTION, TITLE = 100, 200, 60
"""How many options, and characters of an option or a label, and of a dialog's title."""
FIELDS, LONGEST = 60, 8000
"""How many values are taken of a submission, and characters of each: more than any form of ours has."""
TALL = 4
"""Fields from which on a dialog is opened large."""

MISSING = "Please fill this in."
CHANNELS = "To choose a channel, mention it in a message to me instead."
KEPT = "What was chosen elsewhere stays: "

OURS = frozenset({"says", "form", "kept", "msteams"})
_PERSON = re.compile(r"[\w:.-]{1,100}")


def dialog(form: Form, tenant: str, errors: Mapping[str, str] | None = None) -> Element:
    """A page as the ``value`` of a task module, for somebody of ``tenant``.

    ``errors``: what is wrong with a field, by its id; Teams has no errors of its own for them, so each
    stands below its field.
    """
    errors = errors or {}
    ids = {field.id for field in form.fields if isinstance(field, SelectField | TextEntry | Audience)}
    assert ids.isdisjoint(OURS), ids & OURS
    body = [wrong(sentence) for id, sentence in errors.items() if id not in ids]
    for field in form.fields:
        body += _field(field, tenant)
        if isinstance(field, SelectField | TextEntry | Audience) and field.id in errors:
            body.append(wrong(errors[field.id]))
    return {
        "title": cut(form.title, TITLE),
        "height": "large" if len(form.fields) >= TALL else "medium",
        "width": "medium",
        "card": attached(adaptive_card(body, _actions(form, tenant))),
    }


def values(data: Mapping[str, Any], tenant: str) -> dict[str, str]:
    """What was filled in, by the ids of fields; people are taken to be of ``tenant``."""
    chosen = data.get("kept")
    kept = chosen if isinstance(chosen, dict) else {}
    found = {}
    for id in list(data)[: FIELDS + len(OURS)]:
        if id not in OURS and len(id) <= OPTION:
            value = _as_text(data[id])
            found[id] = _audience(value, kept[id], tenant) if id in kept else value
    return found


def filled(form: Form, values: Mapping[str, str]) -> Form:
    """The same page with what a person has filled in."""
    return msgspec.structs.replace(
        form,
        fields=tuple(
            msgspec.structs.replace(field, value=values[field.id])
            if isinstance(field, SelectField | TextEntry | Audience) and field.id in values
            else field
            for field in form.fields
        ),
    )


def _field(field: Field, tenant: str) -> list[Element]:
    match field:
        case Text():
            return [ours(field)]
        case Progress():
            return far_along(field)
        case SelectField():
            return [_pick(field), *_hint(field.hint)]
        case TextEntry():
            return [_entry(field), *_hint(field.hint)]
        case Audience():
            return [_people(field, tenant), *_hint(field.hint), *_elsewhere(field, tenant)]
        case _:
            assert_never(field)


def _input(kind: str, field: SelectField | TextEntry | Audience, value: str) -> Element:
    element: Element = {"type": kind, "id": field.id, "label": literal(cut(field.label, OPTION))}
    if value:
        element["value"] = value
    if not field.optional:
        element |= {"isRequired": True, "errorMessage": MISSING}
    return element


def _pick(field: SelectField) -> Element:
    options = field.options[:OPTIONS]
    return {
        **_input("Input.ChoiceSet", field, field.value),
        "choices": [
            {"title": literal(cut(option.label, OPTION)), "value": option.value} for option in options
        ],
        "style": "expanded" if len(options) <= AT_ONCE else "compact",
        "isMultiSelect": field.many,
        "wrap": True,
    }


def _entry(field: TextEntry) -> Element:
    return {
        **_input("Input.Text", field, field.value[: field.longest]),
        "maxLength": field.longest,
        "isMultiline": field.lines,
    }


def _people(field: Audience, tenant: str) -> Element:
    chosen, elsewhere = _parted(field.value, tenant)
    element: Element = {
        **_input("Input.ChoiceSet", field, ",".join(chosen)),
        "choices": [],
        "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"},
        "isMultiSelect": True,
    }
    if elsewhere:
        element.pop("isRequired", None)
        element.pop("errorMessage", None)
    return element


def _elsewhere(field: Audience, tenant: str) -> list[Element]:
    """How to choose a channel, which a bot's dialog can't list, and that the chosen ones stay."""
    _, elsewhere = _parted(field.value, tenant)
    channels = sum(id.startswith("channel ") for id in elsewhere)
    others = len(elsewhere) - channels
    counts = [
        f"{count} {channel if count == 1 else many}"
        for count, channel, many in ((channels, "channel", "channels"), (others, "other", "others"))
        if count
    ]
    return [small(CHANNELS), *([small(f"{KEPT}{' and '.join(counts)}.")] if counts else [])]


def _hint(hint: str) -> list[Element]:
    return [small(cut(hint, 2 * OPTION))] if hint.strip() else []


def _actions(form: Form, tenant: str) -> list[Element]:
    actions = []
    if form.back is not None:
        actions.append(submitting(form.back))
    if form.submit:
        kept = {
            field.id: ",".join(_parted(field.value, tenant)[1])
            for field in form.fields
            if isinstance(field, Audience)
        }
        data = {"says": form.says, "form": True, **({"kept": kept} if kept else {})}
        title = shortened(form.submit.strip(), LABEL)
        actions.append({"type": "Action.Submit", "title": title, "style": "positive", "data": data})
    return actions


def _parted(value: str, tenant: str) -> tuple[list[str], list[str]]:
    """An audience as the ids that the people picker knows, and the entries that it doesn't."""
    mine = f"person teams:{tenant}/"
    picked, elsewhere = list[str](), list[str]()
    for entry in filter(None, (part.strip() for part in value.split(","))):
        person = entry.removeprefix(mine)
        if person != entry and not person.startswith("29:"):
            picked.append(person)
        else:
            elsewhere.append(entry)
    return picked, elsewhere


def _audience(picked: str, kept: Any, tenant: str) -> str:
    people = [part.strip() for part in picked.split(",")]
    entries = [f"person teams:{tenant}/{person}" for person in people if _PERSON.fullmatch(person)]
    if isinstance(kept, str) and kept:
        entries += kept[:LONGEST].split(",")
    return ",".join(dict.fromkeys(entries))


def _as_text(value: Any) -> str:
    """A value as a string, whatever a client sends; of what no input of ours gives, nothing."""
    match value:
        case str():
            return value[:LONGEST]
        case bool():
            return "true" if value else "false"
        case int() if abs(value) < 2**53:
            return str(value)
        case list():
            return ",".join(inner for inner in value if isinstance(inner, str))[:LONGEST]
    return ""
