"""A good knowledge folder of another deck, on disk and fitted."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Knowledge, load
from tests.harness.knowledge import own_knowledge
from tests.knowledge.allotments import write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own for each test, to change and break."""
    return write_folder(tmp_path / "allotments")


@pytest.fixture(scope="session")
def allotments(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The folder as it is, fitted once."""
    return load(write_folder(tmp_path_factory.mktemp("knowledge") / "allotments"))


@pytest.fixture(scope="session")
def ours() -> Knowledge:
    """The knowledge base that ships with the package."""
    return own_knowledge()
