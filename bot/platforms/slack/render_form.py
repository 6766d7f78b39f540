"""Forms as Slack's modals: plain data, within Slack's limits for any form.

The id of a field is its block's and its element's; an audience has a second block for channels, since
no one menu of Slack gives people and channels alike, and a third for those whom it holds already
and no menu knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, assert_never

import msgspec

from bot.platforms.slack.address import SlackPlace, pack
from bot.platforms.slack.markup import clip
from bot.platforms.slack.render import VIEW_BLOCKS, button, context, far_along, plain_text, texts
from bot.platforms.slack.shapes import Json
from dialogs.core.forms import Audience, Field, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Progress, Text
from dialogs.core.text import literal

AT_ONCE = 6
"""The most options that are shown all at once; more are a list that opens."""
OPTIONS = 100

SUBMIT, CLOSE, CANCEL = "OK", "Close", "Cancel"
CHANNELS = "Channels"
CHANNELS_HINT = "Invite me to a channel first, or I can't write there."
ELSEWHERE = "Chosen elsewhere"
NAMELESS = {
    "person": "Person {number} in Teams",
    "channel": "Channel {number} in Teams",
    "group": "User group {number}",
}

_TITLE, _OPTION, _VALUE, _LABEL, _ENTRY = 24, 75, 150, 2_000, 3_000
_CHANNELS, _ELSEWHERE = " channels", " elsewhere"
"""What follows a field's id in the ids of its further blocks."""


def modal(form: Form, reference: SlackPlace) -> Json:
    """A page as a view; ``reference``: where it is opened."""
    blocks = list(_blocks(form))[:VIEW_BLOCKS]
    asks = any(block["type"] == "input" for block in blocks)
    view = {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": pack(reference, form.says),
        "title": plain_text(form.title.strip() or "Sharewise", _TITLE),
        "close": plain_text(CANCEL if asks else CLOSE, _TITLE),
        "blocks": blocks or [context("…")],  # Slack takes no empty view
    }
    # With a question in it, Slack wants a way to submit.
    submit = form.submit.strip() or (SUBMIT if asks else "")
    return {**view, "submit": plain_text(submit, _TITLE)} if submit else view


def notice(title: str, sentences: Iterable[str], reference: SlackPlace) -> Json:
    """A page that is only read."""
    return modal(Form("", title, tuple(Text(literal(sentence)) for sentence in sentences)), reference)


def placed(errors: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """``errors`` by the blocks of the view that was submitted; what belongs to none stands at the first.

    Empty where the view asks nothing.
    """
    blocks = view.get("blocks")
    inputs = [
        block["block_id"]
        for block in (blocks if isinstance(blocks, list) else ())
        if isinstance(block, dict) and block.get("type") == "input" and isinstance(block.get("block_id"), str)
    ]
    if not inputs:
        return {}
    found: dict[str, list[str]] = {}
    for id, sentence in errors.items():
        found.setdefault(id if id in inputs else inputs[0], []).append(sentence)
    return {id: " ".join(sentences) for id, sentences in found.items()}


def _blocks(form: Form) -> Iterator[Json]:
    for field in form.fields:
        yield from _field(field)
    if form.back is not None and form.back.label.strip() and form.back.says.strip():
        yield {"type": "actions", "elements": [button(form.back, 0)]}


def _field(field: Field) -> Iterator[Json]:
    match field:
        case Text(md):
            yield from texts(md)
        case Progress():
            yield from far_along(field)
        case SelectField():
            yield from _pick(field)
        case TextEntry():
            yield _input(field, _entry(field))
        case Audience():
            yield from _audience(field)
        case _:
            assert_never(field)


def _input(field: SelectField | TextEntry | Audience, element: Json) -> Json:
    block: Json = {
        "type": "input",
        "block_id": field.id,
        "label": plain_text(field.label.strip() or "…", _LABEL),
        "element": {"action_id": field.id, **element},
        "optional": field.optional,
    }
    if field.hint.strip():
        block["hint"] = plain_text(field.hint, _LABEL)
    return block


def _pick(field: SelectField) -> Iterator[Json]:
    options = [_option(option) for option in field.options if option.label.strip() and option.value][:OPTIONS]
    if not options:
        return
    picked = field.value.split(",") if field.many else [field.value]
    chosen = [option for option in options if option["value"] in picked]
    short = len(options) <= AT_ONCE
    if field.many:
        element: Json = {"type": "checkboxes" if short else "multi_static_select", "options": options}
        if chosen:
            element["initial_options"] = chosen
    else:
        element = {"type": "radio_buttons" if short else "static_select", "options": options}
        if chosen:
            element["initial_option"] = chosen[0]
    yield _input(field, element)


def _option(option: Option) -> Json:
    return {"text": plain_text(option.label, _OPTION), "value": clip(option.value, _VALUE)}


def _entry(field: TextEntry) -> Json:
    longest = min(max(field.longest, 1), _ENTRY)
    element: Json = {"type": "plain_text_input", "multiline": field.lines, "max_length": longest}
    return {**element, "initial_value": clip(field.value, longest)} if field.value else element


def _audience(field: Audience) -> Iterator[Json]:
    """Menus of which each may stay empty: whether all may, the dialog decides."""
    entries = [part.strip() for part in field.value.split(",")]
    people = [entry.rpartition("/")[2] for entry in entries if entry.startswith("person slack:")]
    channels = [
        entry.removeprefix("channel slack:") for entry in entries if entry.startswith("channel slack:")
    ]
    either = msgspec.structs.replace(field, optional=True)
    yield _input(either, _menu("multi_users_select", "initial_users", people))
    menu = _menu("multi_conversations_select", "initial_conversations", channels)
    menu["filter"] = {"include": ["public", "private"]}
    further = msgspec.structs.replace(either, label=CHANNELS, hint=CHANNELS_HINT)
    yield {**_input(further, menu), "block_id": field.id + _CHANNELS}
    options = list(_elsewhere(entries))[:OPTIONS]
    if options:
        element = {"type": "multi_static_select", "options": options, "initial_options": options}
        kept = msgspec.structs.replace(either, label=ELSEWHERE, hint="")
        yield {**_input(kept, element), "block_id": field.id + _ELSEWHERE}


def _menu(kind: str, initial: str, ids: Sequence[str]) -> Json:
    return {"type": kind, **({initial: list(ids)} if ids else {})}


def _elsewhere(entries: Iterable[str]) -> Iterator[Json]:
    """Whom no menu of Slack knows; we may not know their names either."""
    numbers = dict.fromkeys(NAMELESS, 0)
    for entry in entries:
        kind, _, id = entry.partition(" ")
        in_a_menu = entry.startswith(("person slack:", "channel slack:"))
        if kind in NAMELESS and id and not in_a_menu and len(entry) <= _VALUE:
            numbers[kind] += 1
            yield _option(Option(NAMELESS[kind].format(number=numbers[kind]), entry))
