"""What was learnt, kept on disk between starts beside a hash of what it was learnt from."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import msgspec
import numpy as np

from knowledge.matching.vectors import Array


class Kept:
    """One file in a cache folder. A folder that can't be read or written does no harm: all is learnt anew."""

    def __init__(self, folder: Path | None, name: str, code: Sequence[Path], *content: object) -> None:
        """``content``: everything that the learnt arrays of this ``name`` depend on; ``code``: the folders of
        what learns, besides this one."""
        self._name = name
        self._path = folder / f"{name}-{_digest(code, content)}.npz" if folder else None

    def load(self, names: tuple[str, ...]) -> dict[str, Array] | None:
        """The arrays of these names, or None where they are not there or not whole."""
        if self._path is None:
            return None
        try:
            with np.load(self._path, allow_pickle=False) as file:
                return {name: np.asarray(file[name], np.float32) for name in names}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, arrays: Mapping[str, Array]) -> None:
        """Keep the arrays, in place of those of earlier content."""
        if self._path is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self._path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    np.savez(file, **arrays)  # type: ignore[arg-type]
                # Renamed when whole, so that another process never reads half a file.
                Path(part).replace(self._path)
            finally:
                Path(part).unlink(missing_ok=True)
            for other in self._path.parent.glob(f"{self._name}-*.npz"):
                if other != self._path:
                    other.unlink(missing_ok=True)


def _digest(code: Sequence[Path], content: object) -> str:
    """Changes with the content, with the code that learns from it, and with the word vectors."""
    digest = hashlib.sha256(msgspec.json.encode((version("wordllama"), content)))
    for folder in (Path(__file__).parent, *code):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:24]
