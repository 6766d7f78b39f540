"""Programs that some tests need and `make test` can't install."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def need_node(folder: Path) -> str:
    """Node's path, where what ``folder`` locks is installed there; else the test is skipped, in CI too."""
    node = shutil.which("node")
    if node is None or not (folder / "node_modules").is_dir():
        pytest.skip(f"needs node, and npm ci --ignore-scripts --prefix {folder.relative_to(Path.cwd())}")
    return node


def need(*names: str) -> str:
    """The path of the first of ``names`` that is installed.

    Where none is: the test fails in CI, and is skipped elsewhere with the way out.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"{' or '.join(names)} is not installed (Debian: apt-get install {names[0]})"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
