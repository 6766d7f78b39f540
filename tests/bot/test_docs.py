"""The documentation says what the code does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.cli.commands import app
from bot.observability.metrics import Metrics
from bot.settings import SURROUNDINGS, Settings
from bot.settings import documentation as documentation_of_settings
from bot.storage.person_data import documentation

ROOT = Path(__file__).parents[2]
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEPLOY = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


def test_the_table_of_person_data_is_shown() -> None:
    shown = PRIVACY.partition("<!-- person data -->")[2].partition("<!-- /person data -->")[0]
    assert shown.strip() == documentation(90)


def test_the_table_of_settings_is_shown() -> None:
    """Where it isn't: python -c "from bot.settings import documentation; print(documentation())"."""
    shown = SETTINGS.partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]
    assert shown.strip() == documentation_of_settings()


@pytest.mark.parametrize(
    "page", [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")], ids=lambda page: page.name
)
def test_the_settings_that_a_page_names_exist(page: Path) -> None:
    named = re.findall(r"`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`", page.read_text("utf-8"))
    assert set(named) - SURROUNDINGS.keys() - {name.upper() for name in Settings.model_fields} == set()


def test_every_command_is_in_the_readme() -> None:
    commands = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert "doctor" in commands
    assert [name for name in commands if not re.search(rf"`(python -m bot )?{name}\b", README)] == []


def test_the_documents_are_all_in_their_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "README.md"]
    assert [page for page in pages if f"({page}" not in index] == []


REFUSALS = {"Stopped", "fail", "PortInUse", "FolderInUse", "ServerFailed", "NothingConnected"}
"""What is called with the sentence with which a process doesn't start, or a command ends."""


def refused() -> Iterator[str]:
    """The telling words of each such sentence: its first clause that a person could search for."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS and node.args:
                said = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
                clauses = [re.split("[,;:]", part)[0].strip() for part in said if isinstance(part, str)]
                yield from [clause for clause in clauses if len(clause) > 8][:1]


def test_whatever_ends_a_process_is_among_the_symptoms() -> None:
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    found = set(refused())
    assert len(found) > 15
    assert [words for words in sorted(found) if words not in page] == []


@pytest.mark.parametrize("name", ["docs/deploy.md", "deploy/alerts.yaml"])
def test_what_is_to_be_watched_is_measured(name: str) -> None:
    measured = {
        sample for metric in Metrics().registry.collect() for sample in (metric.name, f"{metric.name}_total")
    } | {f"{metric.name}_bucket" for metric in Metrics().registry.collect()}
    named = re.findall(r"sharewise_[a-z_]+", (ROOT / name).read_text(encoding="utf-8"))
    assert len(set(named)) > 5
    assert set(named) - measured == set()


def test_each_alert_is_described() -> None:
    rules = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0][
        "rules"
    ]
    watched = DEPLOY.partition("## What to watch")[2].partition("\n## ")[0]
    described = set(re.findall(r"^\| `(sharewise_[a-z_]+)`", watched, re.MULTILINE))
    assert {
        found.removesuffix("_bucket")
        for rule in rules
        for found in re.findall(r"sharewise_[a-z_]+", rule["expr"])
    } == described


FIGURE = re.compile(r"\d (?:ms|µs|MiB)\b|AUROC|\d,? (?:turns|answers|reminders) a second|\d{2}\.\d %")
"""What was measured. A limit that the software sets is none."""
LIMITS = re.compile(r"over 1 MiB|p99 of")


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
)
def test_figures_stand_on_their_page_alone(page: Path) -> None:
    """And, for what decided how the matcher is made, where that is told."""
    found = [line for line in page.read_text("utf-8").splitlines() if FIGURE.search(LIMITS.sub("", line))]
    assert bool(found) == (page.name in ("figures.md", "matching.md"))


def test_each_figure_has_its_command() -> None:
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^\| [^|]+ \| `make ([\w-]+)", page, re.MULTILINE)
    assert {"bench", "bench-matching"} <= set(named)
    assert [name for name in named if f"\n{name}:" not in targets] == []
