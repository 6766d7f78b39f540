"""What a question is taken to ask for, how sure that is, and what is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Knowledge, Match, Phrase, Vocabulary, load
from knowledge.base import fitted
from tests.knowledge.allotments import QUESTIONS, questions_of
from tests.knowledge.test_reading import change


def best(match: Match) -> str:
    """The likeliest lesson."""
    return match.candidates[0].lesson


@pytest.mark.parametrize(
    ("question", "lesson"),
    [
        ("how large ought the plot to be?", "plot-size"),
        ("WHEN SHOULD WE WATER", "watering"),
        ("best compost for poor soil", "feeding-soil"),
        ("jobs for the spring", "the-year"),
    ],
)
def test_other_words_for_the_same_question_find_the_lesson(
    allotments: Knowledge, question: str, lesson: str
) -> None:
    assert best(allotments.match(question)) == lesson


def test_every_example_question_finds_its_lesson(allotments: Knowledge) -> None:
    wrong = [text for id in QUESTIONS for text in questions_of(id) if best(allotments.match(text)) != id]
    assert wrong == []


def test_a_clear_question_is_answered_and_says_why(allotments: Knowledge) -> None:
    match = allotments.match("how should I feed the soil?")
    assert (match.band, match.lesson) == ("answer", "feeding-soil")
    assert match.candidates[0].phrase == "how do I feed the soil"
    assert len(match.candidates) == 3
    assert match.candidates[0].score > 0.8 > match.candidates[1].score


def test_meaning_counts_where_hardly_a_word_is_shared(allotments: Knowledge) -> None:
    assert best(allotments.match("hosepipe rules in a heatwave")) == "watering"
    assert best(allotments.match("nutrients for poor ground")) == "feeding-soil"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("watring the seedlngs", {"watring": "watering", "seedlngs": "seedlings"}),
        ("befroe tmoatoes", {"tmoatoes": "tomatoes"}),
        ("atering the esedlings", {"atering": "watering", "esedlings": "seedlings"}),
        ("watering wen it is everythng dry", {"everythng": "everything"}),
    ],
)
def test_slips_of_the_finger_are_read_as_meant(
    allotments: Knowledge, typed: str, meant: dict[str, str]
) -> None:
    match = allotments.match(typed)
    assert best(match) == "watering"
    assert meant.items() <= dict(match.corrected).items()


@pytest.mark.parametrize("said", ["is it showing in the stables", "jones realised london has growers"])
def test_english_words_and_names_are_not_corrected(allotments: Knowledge, said: str) -> None:
    assert allotments.match(said).corrected == ()


def test_synonyms_of_the_vocabulary_are_understood(allotments: Knowledge) -> None:
    asked, meant = allotments.match("how much farmyard gold"), allotments.match("how much manure")
    assert best(asked) == "feeding-soil"
    assert asked.candidates == meant.candidates


@pytest.mark.parametrize(
    ("typed", "lesson"),
    [
        ("buy in", "factor-buy-in"),
        ("buyin", "factor-buy-in"),
        ("tell me about buy-in", "factor-buy-in"),
        ("is buy-in needed?", "factor-buy-in"),
        ("scopecreep", "factor-simplicity"),
        ("pay roll", "model-outcome-system"),
        ("out-sourcing", "model-outsourcing"),
        ("postsharing", "model-post-sharing"),
        ("twotier", "model-two-organisations"),
        ("capitalambition", "about-capital-ambition"),
        ("successfactors", "success-factors"),
    ],
)
def test_key_terms_are_found_fused_split_and_hyphenated(ours: Knowledge, typed: str, lesson: str) -> None:
    assert ours.match(typed).lesson == lesson


def test_any_folders_terms_may_be_fused_or_split(allotments: Knowledge) -> None:
    fused, apart = allotments.match("which greenmanure should I sow"), allotments.match("wilting let tuce")
    assert fused.corrected == (("greenmanure", "green manure"),)
    assert fused.candidates == allotments.match("which green manure should I sow").candidates
    assert apart.corrected == (("let tuce", "lettuce"),)


def test_british_and_american_spelling_are_the_same(ours: Knowledge) -> None:
    assert ours.match("how do we organise the programme") == ours.match("how do we organize the program")
    assert ours.match("organisational change") == ours.match("organizational change")


@pytest.mark.parametrize(
    "question", ["should we have 5 partners", "are five partners too many", "half a dozen partners?"]
)
def test_numbers_in_words_or_figures_meet_the_lesson_about_numbers(ours: Knowledge, question: str) -> None:
    assert best(ours.match(question)) == "factor-partner-numbers"


@pytest.mark.parametrize(
    ("plain", "negated"),
    [
        (
            "should we get the chief executive on board first",
            "why shouldn't we get the chief executive on board first",
        ),
        ("does sharing payroll work", "why doesn't sharing payroll work"),
    ],
)
def test_negation_does_not_change_the_lesson(ours: Knowledge, plain: str, negated: str) -> None:
    assert best(ours.match(plain)) == best(ours.match(negated))


@pytest.mark.parametrize(
    "question",
    ["should we have a dozen partners", "is 12 partners a lot", "we are twelve councils, too many partners?"],
)
def test_any_number_of_partners_meets_the_lesson_about_numbers(ours: Knowledge, question: str) -> None:
    assert best(ours.match(question)) == "factor-partner-numbers"


@pytest.mark.parametrize(
    ("question", "lesson"),
    [
        ("which models don't work", "tendency-failure"),
        ("which models do work", "tendency-success"),
        ("which models don't fail", "tendency-success"),
        ("what is unlikely to work", "tendency-failure"),
        ("why shouldn't we share payroll", "model-outcome-system"),
        ("should we share payroll", "model-outcome-system"),
    ],
)
def test_negation_and_contrast_meet_the_lesson_meant(ours: Knowledge, question: str, lesson: str) -> None:
    assert best(ours.match(question)) == lesson


@pytest.mark.parametrize(
    "question",
    [
        "¿cuántos socios debemos tener?",
        "wie viele partner sollten wir haben",
        "combien de partenaires faut-il avoir",
        "quanti partner dovremmo avere",
        "ilu partnerów powinniśmy mieć",
        "應該有多少個合作夥伴",
    ],
)
def test_other_languages_are_declined(ours: Knowledge, question: str) -> None:
    assert ours.match(question).band == "none"


def test_a_suggestion_never_claims_to_be_nearly_sure(ours: Knowledge) -> None:
    asked = [
        f"{first} or {second}"
        for first in ("payroll", "buy-in")
        for second in ("a shared manager", "outsourcing")
    ]
    asked += ["can we share data with the NHS", "sharing payroll, buy-in and simplicity"]
    unsure = [match for match in map(ours.match, asked) if match.band == "suggest"]
    assert unsure
    assert all(match.candidates[0].score < 0.95 for match in unsure)


def test_a_strange_term_takes_much_of_the_confidence(allotments: Knowledge) -> None:
    plain, strange = (
        allotments.match("how often should I water"),
        allotments.match("how often should I water bees"),
    )
    assert plain.candidates[0].score > 0.8
    assert strange.candidates[0].score < plain.candidates[0].score - 0.3


def test_two_lessons_that_fit_alike_are_suggested() -> None:
    phrases = [
        Phrase(lesson, text.format(thing))
        for lesson, thing in (
            ("cats", "cat"),
            ("dogs", "dog"),
            ("fish", "fish"),
            ("mice", "mouse"),
            ("hens", "hen"),
        )
        for text in ("how do I feed my {}", "what does a {} eat", "may the {} sleep indoors", "{} is ill")
    ]
    match = fitted(phrases, Vocabulary(), {}).match("how do I feed my cat and my dog")
    assert match.band == "suggest"
    assert match.lesson is None
    assert {candidate.lesson for candidate in match.candidates[:2]} == {"cats", "dogs"}


@pytest.mark.parametrize(
    "question",
    [
        "qwrtp zxcvb",
        "qwertz pizza",
        "order a pizza with extra cheese",
        "reset my password please",
        "my laptop will not start",
        "when are the bins collected",
        "translate this into Welsh",
    ],
)
def test_what_nothing_answers_is_declined(ours: Knowledge, question: str) -> None:
    assert ours.match(question).band == "none"


def test_a_term_that_the_deck_does_not_answer_is_named_and_never_answered(allotments: Knowledge) -> None:
    match = allotments.match("how often should I water the bees?")
    assert match.outside is not None
    assert (match.outside.term, match.outside.topic, match.outside.nearest) == (
        "beekeeping",
        "keeping bees",
        "watering",
    )
    assert match.band != "answer"
    assert match.lesson is None


def test_a_term_that_a_lessons_own_examples_use_is_answered_by_that_lesson(folder: Path) -> None:
    change(folder / "lessons" / "watering.md", "can I leave a hose running", "do bees drink from water butts")
    match = load(folder).match("do the bees drink from the water butts")
    assert (match.band, match.lesson, match.outside) == ("answer", "watering", None)


def test_a_term_is_declined_where_declining_points_to_its_lesson_anyway(ours: Knowledge) -> None:
    match = ours.match("how does TUPE work when staff transfer")
    assert match.band == "none"
    assert match.outside is not None
    assert match.outside.nearest == "factor-people"


def test_a_term_counts_as_whole_words_only(allotments: Knowledge) -> None:
    assert allotments.match("how often should I water the beestings").outside is None


HOSTILE = {
    "empty": "",
    "spaces": " \t\n ",
    "40,000 characters": "how big should my plot be " * 1600,
    "one word repeated": "water " * 8000,
    "one endless word": "w" * 40_000,
    "emoji only": "🌱🌻🥕",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x9f",
    "lone surrogate": "\ud800 water",
    "right to left": "\u202eכמה מים \u05d0",
    "zero width": "\u200b\u200d\ufeff",
    "stop words": "the of and to a in is it",
    "markup": "<script>alert(1)</script> <!channel> *_~`",
    "expanding": "ﷺ" * 5000,
    "marks": "a" + "\u0301" * 5000,
    "gibberish": " ".join(f"{chr(97 + i % 26)}xq{i}zv" for i in range(5000)),
}


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_gets_a_match_like_any_other(allotments: Knowledge, question: str) -> None:
    match = allotments.match(question)
    assert match.band in {"answer", "suggest", "none"}
    assert all(0 <= candidate.score <= 1 for candidate in match.candidates)


@pytest.mark.parametrize("name", ["empty", "spaces", "emoji only", "zero width"])
def test_without_a_word_there_is_no_candidate(allotments: Knowledge, name: str) -> None:
    assert allotments.match(HOSTILE[name]) == Match(band="none")


def test_invisible_characters_do_not_hide_a_word(allotments: Knowledge) -> None:
    plain, spiked = allotments.match("feed the soil"), allotments.match("fe\u200bed the so\u00adil")
    assert spiked.candidates == plain.candidates


def test_a_folder_can_be_swapped_for_another_deck(folder: Path, ours: Knowledge) -> None:
    swapped = load(folder)
    assert best(swapped.match("how big should my plot be")) == "plot-size"
    assert set(swapped.lessons).isdisjoint(ours.lessons)


@pytest.mark.parametrize("count", [0, 1])
def test_a_knowledge_base_may_be_tiny(count: int) -> None:
    matcher = fitted([Phrase("only", "is there anything")][:count], Vocabulary(), {})
    assert len(matcher.match("is there anything").candidates) == count


def test_more_examples_than_landmarks_are_all_learnt_from() -> None:
    # 3,000 examples of two lessons in order, and a third lesson that an even sample could miss.
    phrases = [
        Phrase(f"lesson-{n % 2}", f"question {n} on {'roses' if n % 2 else 'beans'}") for n in range(3000)
    ]
    phrases += [Phrase("rare", "where do I park the car")]
    matcher = fitted(phrases, Vocabulary(), {})
    assert best(matcher.match("something on roses")) == "lesson-1"
    assert best(matcher.match("something on beans")) == "lesson-0"
    assert len(matcher.match("where may I park").candidates) == 3
