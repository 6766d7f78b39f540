"""Forms: what a person fills in on a page of their own (a Slack modal, a Teams dialog).

A form can only be opened by a press, since both platforms want one; submitting it is an event like any
other (``events.Submitted``). A form of several pages is several forms: what submitting one comes to may
be the next.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.core.replies import Choice, Frozen, Progress, Text


class Option(Frozen, frozen=True):
    """One answer to pick."""

    label: str
    value: str


class SelectField(Frozen, frozen=True, tag="pick"):
    """A question with its possible answers; submitted as the value picked, "" for none.

    Up to six options are shown all at once, more as a list that opens.
    """

    id: str
    label: str
    options: tuple[Option, ...]
    value: str = ""
    """What is picked to begin with; several values are parted by commas."""
    many: bool = False
    """Whether several may be picked; they are submitted parted by commas, in the order of the options."""
    optional: bool = False
    hint: str = ""


class TextEntry(Frozen, frozen=True, tag="entry"):
    """A question answered in words; submitted as typed."""

    id: str
    label: str
    value: str = ""
    longest: int = 300
    """Characters."""
    lines: bool = False
    """Whether there is room for several lines."""
    optional: bool = False
    hint: str = ""


class Audience(Frozen, frozen=True, tag="audience"):
    """People and channels, picked by the platform's own means.

    Submitted as ``kind id`` pairs parted by commas, with kinds and ids as in ``events.Mention``: "person
    slack:T1/U1,channel slack:C1".
    """

    id: str
    label: str
    value: str = ""
    optional: bool = False
    hint: str = ""


Field = SelectField | TextEntry | Audience | Text | Progress


class Form(Frozen, frozen=True):
    """One page."""

    says: str
    """The words that submitting says; the values travel beside them."""
    title: str
    """At most 24 characters, as Slack demands."""
    fields: tuple[Field, ...]
    submit: str = ""
    """The label of the button; empty for a page that is only read."""
    back: Choice | None = None
    """A button to the page before; nothing that was filled in on this one is submitted by it."""


def written(form: Form, values: Mapping[str, str]) -> tuple[str, ...]:
    """What was typed on a page that looked like ``form``, besides what stood there before."""
    entries = (field for field in form.fields if isinstance(field, TextEntry))
    typed = ((values.get(entry.id, "").strip(), entry.value.strip()) for entry in entries)
    return tuple(value for value, before in typed if value and value != before)
