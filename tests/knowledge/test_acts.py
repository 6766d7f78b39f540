"""What words do in a talk: learnt from phrasings, and found again in words that nobody wrote down."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dialogs.core.acts import ASPECTS, OBJECTS, OF_LISTS, OF_SIDES, meant_by
from knowledge.matching.bayes import learn_evidence, numbered
from knowledge.talk import reading
from knowledge.talk.reading import _EVIDENCE, FOLDER, ActReader, Likely, _learn, phrasings, talk

SAID = {path.stem: phrasings(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))}
LEAST = 0.75
"""Share of the phrasings that find their act among all others, when they are left out."""


def test_a_phrasing_teaches_one_act_alone() -> None:
    acts: dict[str, list[str]] = {}
    for act, texts in SAID.items():
        for text in texts:
            acts.setdefault(text.casefold().replace("'", ""), []).append(act)
    assert not {text: found for text, found in acts.items() if len(found) > 1}


def test_every_act_of_the_table_has_phrasings() -> None:
    assert {*ASPECTS, *OBJECTS, *OF_LISTS, *OF_SIDES} <= {*SAID}
    assert min(map(len, SAID.values())) >= 15


def test_phrasings_that_were_left_out_find_their_act() -> None:
    kept = {act: [text for n, text in enumerate(texts) if n % 5] for act, texts in SAID.items()}
    out = [(act, text) for act, texts in SAID.items() for text in texts[::5]]
    reader = ActReader(kept)
    found = sum(reader.read(text).act == act for act, text in out)
    assert found / len(out) > LEAST, f"{found} of {len(out)}"


def test_what_says_the_same_is_kept_once() -> None:
    said = [["why", "x"], ["how", "so"], ["why", "so"], ["how", "come"], ["when", "x"]]
    of, uses = np.array([0, 0, 0, 1, 2]), numbered(said)[1]
    learnt = _learn(said, uses, of, 3)
    every, rows = learnt["evidence"][learnt["alike"]], len(learnt["evidence"])
    assert every == pytest.approx(_EVIDENCE * learn_evidence(uses, of, 3))
    assert rows < len(every)


@pytest.mark.parametrize(
    ("said", "act", "rest"),
    [
        ("is there a reason given", "why", ""),
        ("can you boil that down a bit", "short", ""),
        ("shrter pls", "short", ""),
        ("how long will that take", "time", ""),
        ("any tips on the unions", "practice", "unions"),
        ("and the unions?", "about", "unions?"),
        ("so is that a yes?", "verdict", ""),
        ("who can help with TUPE", "person", "TUPE"),
    ],
)
def test_an_act_and_the_thing_that_it_is_done_to(said: str, act: str, rest: str) -> None:
    meant = meant_by(said)
    assert (meant.act, meant.rest.removeprefix("the ")) == (act, rest)


def test_what_nothing_allows_now_is_not_considered() -> None:
    assert meant_by("and the next one").act == "next"
    assert meant_by("and the next one", OF_LISTS).act not in OF_LISTS
    assert talk().read("") == Likely()


def test_a_second_start_learns_no_acts_and_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "is there a reason given"
    first = ActReader(SAID, tmp_path).read(said)

    def learn_again(*_: object) -> None:
        raise AssertionError("learnt again")

    monkeypatch.setattr(reading, "_learn", learn_again)
    assert ActReader(SAID, tmp_path).read(said) == first
    with pytest.raises(AssertionError, match="learnt again"):
        ActReader({**SAID, "why": SAID["why"][1:]}, tmp_path)
