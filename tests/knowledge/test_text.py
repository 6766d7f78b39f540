"""Words are brought to one form: endings, spellings, numbers, contractions."""

from __future__ import annotations

import pytest

from knowledge.matching.text import asked, normalised, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("partners", "partner"), ("sharing", "shared"), ("authorities", "authority"), ("stopped", "stop"),
        ("organise", "organising"), ("programmes", "programme"), ("politically", "political"),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("director", "directory"),
        ("size", "sis"),
        ("doctor", "doc"),
        ("bus", "bu"),
        ("bring", "br"),
        ("news", "knew"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why shouldn’t we?", ["why", "should", "not", "we"]),
        ("we can't, it's late", ["we", "can", "not", "it", "late"]),
        ("a fifth council", ["a", "5", "council"]),
        ("5th; half a dozen", ["5", "6"]),
        ("revs & bens, revs n bens", ["revs", "and", "bens", "revs", "and", "bens"]),
        ("organizations' behavior", ["organisations", "behaviour"]),
        ("the center's program", ["the", "centre", "programme"]),
        ("1.2% of £376m", ["1", "2", "percent", "of", "376m"]),
        ("ＦＵＬＬ width", ["full", "width"]),
    ],
)
def test_a_text_is_taken_apart_into_words(text: str, expected: list[str]) -> None:
    assert words(normalised(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("does the deck say anything about training?", "training"),
        ("so what does it say on school meals", "school meals"),
        ("now tell me about cross-sector models", "cross sector models"),
        ("can you tell me what the report says about governance", "governance"),
        ("is there anything on trade unions", "trade unions"),
        ("does he mention AI", "ai"),
        ("what does the deck cover", "what does the deck cover"),
        ("does it say anything about it", "does it say anything about it"),
        ("does the deck recommend outsourcing", "does the deck recommend outsourcing"),
    ],
)
def test_a_question_to_the_source_asks_about_the_thing(text: str, expected: str) -> None:
    assert " ".join(asked(words(normalised(text)))) == expected
