"""What docs/scoring.md says of when a pulse cools is what is reckoned with."""

from __future__ import annotations

import re
from pathlib import Path

from dialogs.results.pulse import Limits

SCORING = Path(__file__).parents[2] / "docs" / "scoring.md"
PARTS = {0.5: "half"}


def test_the_limits_of_a_cooling_pulse_are_those_in_words() -> None:
    limits = Limits()
    (said,) = re.findall(r"A pulse \*\*cools\*\*[^.]*(?:\.\d[^.]*)*\.", SCORING.read_text(encoding="utf-8"))
    said = " ".join(said.split())
    assert f"falls by {limits.fall:g} or more" in said
    assert f"is under {limits.low:g}," in said
    assert f"fewer than {PARTS[limits.rate]} of those asked" in said
