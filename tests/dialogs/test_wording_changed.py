"""A draft's text, put in other words: what is quoted or stands behind a colon is the text, and all of it."""

from __future__ import annotations

import pytest

from dialogs.recurrence.describe import in_words
from tests.dialogs.series import advisor, draft, schedule


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ('and call it "monthly risks" instead', "Monthly risks"),
        ("call it “monthly risks” instead, please", "Monthly risks"),
        ("call it monthly risks instead", "Monthly risks"),
        ('call it the "big" ask', 'The "big" ask'),
        ('it should say bring the "big one"', 'Bring the "big one"'),
        ("change the wording to: please send me your top 3 risks, thanks",
         "Please send me your top 3 risks, thanks"),
        ("change the text to please send 3 risks by 5pm", "Please send 3 risks by 5pm"),
        ("the wording should be: bring 3 risks", "Bring 3 risks"),
        ("change it to: bring 2 figures", "Bring 2 figures"),
        ("set the message to: 5 things to bring", "5 things to bring"),
        ("new text: bring 4 forms", "Bring 4 forms"),
        ('rename it "monthly risks"', "Monthly risks"),
        ("it should say do this instead of that", "Do this instead of that"),
    ],
)  # fmt: skip
def test_the_text_is_what_was_said(said: str, text: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha every Friday at 16:00 to file")
    cleo.say(said)
    assert draft(cleo).what == text
    assert in_words(schedule(cleo)).startswith("Every Friday at 16:00")


@pytest.mark.parametrize("said", ["change it to 10:30", "change it to: 10:30", "set it to 10.30am instead"])
def test_a_time_is_no_text(said: str) -> None:
    cleo = advisor()
    cleo.say("remind @asha every Friday at 16:00 to file")
    cleo.say(said)
    assert draft(cleo).what == "File"
    assert in_words(schedule(cleo)).startswith("Every Friday at 10:30")
