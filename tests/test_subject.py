"""No sentence in code is about one subject: whatever is, stands in the knowledge folder."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = re.compile(
    r"\b(?:decks?(?!\.yaml)|partners?|partnerships?|steering|shared? (?:services?|posts?)|"
    r"sharing (?:services|a post)|municipal|buy-in|councils?|councillors?|capital ambition|"
    r"chief[ -]executives?|elections?|cabinet|"
    r"boroughs?|sponsors?|leaders?|leadership|members on|outsourcing|success factors?|residents|"
    r"officers?|projects?|(?<!\{)interest)\b",
    re.IGNORECASE,
)
"""Words of the subject that our own knowledge folder is about, and of those who read it."""
UNDERSTOOD = (
    "dialogs/questions/naming.py", "dialogs/recurrence/grammar",
    "knowledge/base.py",
)  # fmt: skip
"""Lists of what people type: such words are understood beside others, and none is said."""
PATTERN = re.compile(r"\(\?|\.\+|\[a-z")
"""What makes a regular expression, which is for what people type too."""
SENTENCE = re.compile(r"[A-Za-z]+ [A-Za-z]+")


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that have a space in them, but for its docstrings: line and text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else ""
        if (
            isinstance(text, str)
            and id(node) not in docstrings
            and SENTENCE.search(text)
            and not PATTERN.search(text)
        ):
            yield getattr(node, "lineno", 0), text


MODULES = [
    path
    for room in ("dialogs", "bot", "playground", "knowledge")
    for path in sorted((ROOT / room).rglob("*.py"))
    if not path.relative_to(ROOT).as_posix().startswith(UNDERSTOOD)
]


@pytest.mark.parametrize("room", ["dialogs", "bot", "playground", "knowledge"])
def test_no_sentence_holds_a_word_of_our_subject(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {OURS.findall(text)} in {text[:80]!r}"
        for path in MODULES
        if path.relative_to(ROOT).parts[0] == room
        for line, text in sentences(path)
        if OURS.search(text)
    ]
    assert found == []


SAID = re.compile(r"[*“]*[A-Z][\w’']*[ ,].* .*[.?!…]")
"""What people read: from a capital letter to the end of a sentence."""


def test_what_is_said_stands_with_the_wording() -> None:
    """But for what the table of commands has of each in the help."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:80]!r}"
        for path in MODULES
        if path.relative_to(ROOT).as_posix().startswith(("dialogs/", "bot/app/handlers/"))
        and not path.relative_to(ROOT).as_posix().startswith("dialogs/wording/")
        for line, text in sentences(path)
        if SAID.fullmatch(text)
    ]
    assert found == []


def test_such_a_sentence_is_found(tmp_path: Path) -> None:
    module = tmp_path / "words.py"
    module.write_text('"""On councils."""\nSAID = f"The deck says {1}"\n', encoding="utf-8")
    assert [bool(OURS.search(text)) for _, text in sentences(module)] == [True]
    assert SAID.fullmatch("One moment, please.")
