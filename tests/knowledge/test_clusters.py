"""Questions that no lesson answers, put together by what they mean."""

from __future__ import annotations

import random

from knowledge.authoring.clusters import clusters
from tests.harness.knowledge import own_knowledge

PARKING = {
    "who pays for staff parking at the shared depot": 2,
    "staff parking permits who pays": 1,
    "parking for shared staff": 3,
}
VAT = {"is VAT recoverable between partner councils": 1, "VAT treatment of recharges": 1}
OTHERS = {"which weedkiller is strongest": 1, "who should lead on it": 4, "?!": 9}


def test_questions_of_one_topic_are_together_under_a_name_of_their_own() -> None:
    parking, vat, weedkiller = clusters(own_knowledge(), PARKING | VAT | OTHERS)
    assert (set(parking.questions), parking.times, parking.title) == (
        set(PARKING),
        6,
        "Parking for shared staff",
    )
    assert (set(vat.questions), vat.times, vat.title) == (set(VAT), 2, "VAT")
    assert (weedkiller.title, weedkiller.lesson) == ("Which weedkiller is strongest", "")


def test_what_a_lesson_answers_is_left_out() -> None:
    answered = own_knowledge().lessons["factor-buy-in"].questions[0]
    assert own_knowledge().match(answered).band == "answer"
    assert clusters(own_knowledge(), {answered: 3}) == []


def test_the_order_in_which_they_were_asked_changes_nothing() -> None:
    asked = list((PARKING | VAT | OTHERS).items())
    expected = clusters(own_knowledge(), dict(asked))
    for seed in range(5):
        random.Random(seed).shuffle(asked)
        assert clusters(own_knowledge(), dict(asked)) == expected
