"""Static word vectors: what words mean, from the table inside the wordllama wheel. Nothing is downloaded."""

from __future__ import annotations

import functools
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Array = npt.NDArray[np.float32]

_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_DAMPING = 0.5
"""Long vectors belong to nouns; divided by the root of their length, small words ("can", "who") count too."""
_REMEMBERED = 10_000
"""Words whose vectors are kept at hand: a kilobyte each."""


class WordVectors:
    """Shared by all matchers; ``word_vectors()`` gets it."""

    def __init__(self, folder: Path) -> None:
        # The wheel's own loader would import an HTTP client and offer to download; the files are simple.
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        with (folder / _WEIGHTS).open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header: dict[str, Any] = json.loads(file.read(length))
        table = header["embedding.weight"]
        # Mapped, not read: only the rows of words that occur are ever fetched from disk.
        start = 8 + length + table["data_offsets"][0]
        self._table = np.asarray(np.memmap(folder / _WEIGHTS, np.float16, "r", start, tuple(table["shape"])))
        self.width: int = table["shape"][1]
        self.of = functools.lru_cache(_REMEMBERED)(self._of)

    def _of(self, word: str) -> Array:
        """The meaning of one word, as long as the word counts."""
        pieces = self._tokenizer.encode(self._known_as(word) or word, add_special_tokens=False).ids
        rows = self._table[pieces].astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        rows *= (np.maximum(lengths, 1e-3) ** -_DAMPING)[:, None]
        return np.asarray(rows.sum(axis=0), np.float32)

    def knows(self, word: str) -> bool:
        """Whether ``word`` is common enough in English to have a vector of its own, perhaps as a name."""
        return self._known_as(word) is not None

    def rank(self, word: str) -> int | None:
        """The commoner a word, the lower its rank; None for one without a vector of its own."""
        found: int | None = self._tokenizer.token_to_id("▁" + word)
        return found

    def _known_as(self, word: str) -> str | None:
        """How the table spells ``word``: it prefers American spelling, and capitals for names."""
        ways = (word, word.capitalize(), word.replace("is", "iz"), word.replace("our", "or"))
        return next((way for way in ways if self.rank(way) is not None), None)


@functools.cache
def word_vectors() -> WordVectors:
    """The table of the installed wordllama package."""
    spec = find_spec("wordllama")
    assert spec is not None
    assert spec.origin is not None
    return WordVectors(Path(spec.origin).parent)
