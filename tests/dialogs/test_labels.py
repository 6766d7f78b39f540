"""What stands on a button is no question: typed where nothing of it waits, it gets a way on."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.core.events import Speaker
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person

ROOT = Path(__file__).parents[2] / "dialogs"
ASKED = {"For a report"}
"""What a newcomer may as well ask: words about the deck that go in a report."""


def labels() -> Iterator[str]:
    """The label of every button that the dialogs' code makes with fixed words."""
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "Choice(" not in text:
            continue
        tree = ast.parse(text)
        modules = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "dialogs.wording"
            for alias in node.names
        }
        for node in ast.walk(tree):
            made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Choice"
            label = node.args[0] if made and node.args else None  # type: ignore[attr-defined]
            if not isinstance(label, ast.Attribute) or not isinstance(label.value, ast.Name):
                continue
            module = modules.get(label.value.id)
            said = getattr(importlib.import_module(module), label.attr) if module else None
            if isinstance(said, str) and "{" not in said:
                yield said


LABELS = sorted(set(labels()) - ASKED)


def test_the_buttons_are_found() -> None:
    assert len(LABELS) > 60
    assert {"Post it", "Add to it", "Only these", "Send again to those who failed"} < set(LABELS)


@pytest.mark.parametrize("role", ["officer", "advisor"])
@pytest.mark.parametrize("label", LABELS)
def test_typed_where_nothing_of_it_waits_it_is_no_question_to_the_lessons(label: str, role: str) -> None:
    speaker = Speaker("slack:T1/U1", role=role)  # type: ignore[arg-type]
    decision = Person(knowledge=own_knowledge(), speaker=speaker).say(label)
    assert decision.needs or decision.replies or decision.jobs
    assert not any(reply.asked for reply in decision.replies), "it was tried as a question"
