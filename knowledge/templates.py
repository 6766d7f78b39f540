"""Templates for keeping interest alive, and ready-made pulse questions; read from ``templates/``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from knowledge.fields import Complain, Fields, Written, yaml_files
from knowledge.matching.text import plain_name
from knowledge.problems import Problem

TemplateKind = Literal["remind", "pulse"]

_KINDS: dict[str, TemplateKind] = {"remind": "remind", "pulse": "pulse"}
TEMPLATE_FIELDS = ("id", "title", "lesson", "kind", "text", "pulse", "when", "season", "why")
PULSE_FIELDS = ("id", "also", "lesson", "text", "low", "high")


class PulseQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is answered from 1 to 5."""

    id: str
    """Lasts over changes of the wording: trends are kept by it. Also a way to ask for it: "buy-in"."""
    also: tuple[str, ...] = ()
    """Other ways to name its topic."""
    lesson: str
    """The id of the lesson that applies when the answers cool."""
    text: str
    low: str
    """What 1 means."""
    high: str
    """What 5 means."""


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder or pulse to start from; an advisor sets whom and when."""

    id: str
    title: str
    lesson: str
    """The id of the lesson that it comes from."""
    kind: TemplateKind
    text: str = ""
    """To the recipient; empty for a pulse, whose question speaks for itself."""
    pulse: str = ""
    """The id of the question that a pulse asks; empty for a reminder."""
    when: str
    """A suggestion that the reminder parser understands: "first Monday of each month at 9:30"."""
    season: str
    """Where in the municipal year it belongs, in words."""
    why: str
    """Why it helps: our guidance, in one line."""


class Templates(msgspec.Struct, frozen=True):
    """All of them, in the order of their file; empty where a knowledge folder brings none."""

    templates: tuple[Template, ...] = ()
    pulses: tuple[PulseQuestion, ...] = ()

    def template(self, id: str) -> Template | None:
        """The template with this id, or None: it may have gone since somebody saw it."""
        return next((template for template in self.templates if template.id == id), None)

    def pulse(self, topic: str) -> PulseQuestion | None:
        """The ready-made question on a topic as typed ("buy-in", "Buy in"), or None."""
        plain = plain_name(topic)
        named = ((question, (question.id, *question.also)) for question in self.pulses)
        return next((question for question, names in named if plain in map(plain_name, names)), None)

    def on_lesson(self, lesson: str) -> tuple[Template, ...]:
        """The templates that come from this lesson."""
        return tuple(template for template in self.templates if template.lesson == lesson)


def read_templates(
    folder: Path, present: Iterable[str], problems: list[Problem]
) -> tuple[Templates, list[Written]]:
    """The templates in ``folder``, and their texts by line for the linter.

    ``present``: the ids of lessons that they may name.
    """
    present = set(present)
    templates: list[Template] = []
    pulses: list[PulseQuestion] = []
    asked: list[tuple[str, int, Complain]] = []
    written: list[Written] = []
    named: dict[str, str] = {}
    for file, fields, complain in yaml_files(folder, "templates", problems):
        fields.only(("templates", "pulses"))
        if not fields.mappings("templates") and not fields.mappings("pulses"):
            complain(fields.line, "neither 'templates' nor 'pulses' are here")
        for entry in fields.mappings("pulses"):
            pulses.append(_read_pulse(entry, file, written))
            _check_names(entry, named, complain)
            _check(entry, pulses[-1].id, [pulse.id for pulse in pulses[:-1]], present, complain)
        for entry in fields.mappings("templates"):
            templates.append(_read_template(entry, file, complain, written))
            _check(entry, templates[-1].id, [template.id for template in templates[:-1]], present, complain)
            if templates[-1].pulse:
                asked.append((templates[-1].pulse, entry.line_of("pulse"), complain))
    known = {pulse.id for pulse in pulses}
    for pulse, line, complain in asked:
        if pulse not in known:
            complain(line, f"there is no pulse question '{pulse}'")
    return Templates(tuple(templates), tuple(pulses)), written


def _read_template(fields: Fields, file: str, complain: Complain, written: list[Written]) -> Template:
    fields.only(TEMPLATE_FIELDS)
    kind = _KINDS.get(fields.text("kind"))
    if kind is None and fields.has("kind"):
        complain(fields.line_of("kind"), f"'kind' must be one of {', '.join(_KINDS)}")
    needed, other = ("pulse", "text") if kind == "pulse" else ("text", "pulse")
    if kind and fields.has(other):
        complain(fields.line_of(other), f"'{other}' has no place where 'kind' is {kind}")
    read = Template(
        id=fields.text("id"), title=fields.text("title"), lesson=fields.text("lesson"), kind=kind or "remind",
        text=fields.text("text", required=kind is not None and needed == "text"),
        pulse=fields.text("pulse", required=kind is not None and needed == "pulse"),
        when=fields.text("when"), season=fields.text("season"), why=fields.text("why"),
    )  # fmt: skip
    for part, text in (
        ("'title'", read.title), ("the reminder", read.text), ("'when'", read.when),
        ("'season'", read.season), ("'why'", read.why),
    ):  # fmt: skip
        name = "text" if part == "the reminder" else part.strip("'")
        written.append(Written(file, fields.line_of(name), part, text))
    return read


def _read_pulse(fields: Fields, file: str, written: list[Written]) -> PulseQuestion:
    fields.only(PULSE_FIELDS)
    also = tuple(text for text, _ in fields.texts("also", required=False))
    texts = {name: fields.text(name) for name in ("id", "lesson", "text", "low", "high")}
    for name, part in (
        ("text", "the pulse question"),
        ("low", "an end of the scale"),
        ("high", "an end of the scale"),
    ):
        written.append(Written(file, fields.line_of(name), part, texts[name]))
    return PulseQuestion(also=also, **texts)


def _check_names(fields: Fields, named: dict[str, str], complain: Complain) -> None:
    """Complain where a pulse question is called as another is. ``named``: plain name -> id, so far."""
    id = fields.text("id", required=False)
    for name, line in ((id, fields.line_of("id")), *fields.texts("also", required=False)):
        other = named.setdefault(plain_name(name), id)
        if other != id:
            complain(line, f"the pulse question '{other}' is called '{name}' too")


def _check(fields: Fields, id: str, earlier: list[str], present: set[str], complain: Complain) -> None:
    if id and id in earlier:
        complain(fields.line_of("id"), f"another one here has the id '{id}' too")
    lesson = fields.text("lesson", required=False)
    if lesson and lesson not in present:
        complain(fields.line_of("lesson"), f"there is no lesson '{lesson}'")
