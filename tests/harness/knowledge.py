"""The lessons that Sharewise brings, fitted once a test process: a fit takes five seconds of a processor."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from knowledge import Knowledge, load
from knowledge.base import OWN_FOLDER


@functools.cache
def data_folder() -> Path:
    """A data folder of this test process alone, gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="sharewise-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def own_knowledge() -> Knowledge:
    """The lessons, the quiz, the checks and the templates of ours."""
    return load(OWN_FOLDER, data_folder() / "matcher")


def fitted_folder() -> Path:
    """Where the matcher of ``own_knowledge`` is kept, as in a data folder after the first start."""
    own_knowledge()
    return data_folder() / "matcher"
