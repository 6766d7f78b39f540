"""Knowledge folders for the tests, fitted once: a fit takes five seconds of a processor."""

from __future__ import annotations

import atexit
import fcntl
import functools
import shutil
import tempfile
from pathlib import Path

from knowledge import Knowledge, load
from knowledge.base import OWN_FOLDER
from knowledge.talk.reading import talk

FITS = Path(__file__).parents[2] / ".pytest_cache" / "fits"
"""What was learnt of each folder, kept between runs as a data folder keeps it: by its content and by the code
that learns."""


@functools.cache
def data_folder() -> Path:
    """A data folder of this test process alone, gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="sharewise-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def fitted(folder: Path, name: str) -> Knowledge:
    """A knowledge folder by its fit of the ``name``, made by one test process while the others wait."""
    FITS.mkdir(parents=True, exist_ok=True)
    with (FITS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        talk(FITS / "own")
        return load(folder, FITS / name)


@functools.cache
def own_knowledge() -> Knowledge:
    """The lessons, the quiz, the checks and the templates of ours."""
    return fitted(OWN_FOLDER, "own")


def fitted_folder() -> Path:
    """Where what was learnt of our own lessons is kept, as in a data folder after the first start."""
    own_knowledge()
    return FITS / "own"
