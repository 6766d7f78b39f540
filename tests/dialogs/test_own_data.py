"""To see and to erase what is kept about oneself can be asked for in one's own words."""

from __future__ import annotations

import pytest

from tests.dialogs.series import advisor
from tests.harness.person import read


@pytest.mark.parametrize(
    "said",
    [
        "forget everything about me",
        "please delete everything you hold on me",
        "could you delete all my data please",
        "i'd like to be forgotten",
        "I want my data deleted",
        "wipe everything you've got on me",
        "i would like all my data to be erased",
        "ok forget all about me then",
    ],
)
def test_to_be_forgotten(said: str) -> None:
    assert read(advisor().say(said)) == read(advisor().say("forget me"))


@pytest.mark.parametrize(
    "said",
    [
        "what do you remember about me",
        "what data have you got on me",
        "can I see my data",
        "what's stored about me?",
        "i'd like to make a subject access request",
        "show me everything you hold about me",
    ],
)
def test_what_is_kept(said: str) -> None:
    assert read(advisor().say(said)) == read(advisor().say("my data"))


@pytest.mark.parametrize(
    "said", ["forget that", "remove me from the list", "what data should partners share?"]
)
def test_other_words_are_about_something_else(said: str) -> None:
    answers = [read(advisor().say(asked)) for asked in ("forget me", "my data")]
    assert read(advisor().say(said)) not in answers
