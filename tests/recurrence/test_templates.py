"""Each template suggests a time that the parser understands without a question."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.recurrence.sentence import understand
from knowledge import Template
from knowledge.base import OWN_FOLDER
from knowledge.reading import read_folder

TEMPLATES = read_folder(OWN_FOLDER).templates


@pytest.mark.parametrize("template", TEMPLATES.templates, ids=lambda template: template.id)
def test_a_template_makes_a_whole_sentence(template: Template) -> None:
    what = f"on {template.pulse}" if template.kind == "pulse" else f"to {template.text}"
    sentence = f"{template.kind} the steering group {template.when} {what}"
    read = understand(sentence, datetime(2026, 11, 24, 8, tzinfo=UTC), "Europe/London")
    assert (read.kind, read.audience, read.when) == (template.kind, ("the steering group",), template.when)
    assert read.schedule
    assert (read.missing, read.problems) == ((), ())
    if template.kind == "pulse":
        assert TEMPLATES.pulse(read.what)
    else:
        assert read.what == template.text
