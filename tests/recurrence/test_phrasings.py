"""Phrasings as councils write them, each with what it comes to. It is Wednesday 25 November 2026, 09:05.

``phrasings.tsv`` says what is expected as alternatives joined by "|": "ask", the first sends joined by ";"
(with "$" where none may follow), or "last" and the last send. ``sentences.tsv`` tells who, when and
what apart;
``corrections.tsv`` has what is said of a schedule, and what it then is ("?" where nothing changes).
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from dialogs.recurrence.changing import change
from dialogs.recurrence.grammar.phrases import by_first_word, first_key, found
from dialogs.recurrence.grammar.reading import GRAMMAR
from dialogs.recurrence.grammar.tokens import tokens
from dialogs.recurrence.occurrences import occurrences
from dialogs.recurrence.rule import Recurrence
from dialogs.recurrence.sentence import Understood, understand

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
LONDON = "Europe/London"
HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table beside this file, without its head."""
    with (HERE / name).open(encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


def when(text: str) -> Understood:
    return understand(text, NOW, LONDON, when_only=True)


def sends(schedule: Recurrence | None, count: int = 400) -> list[str]:
    found = islice(occurrences(schedule, LONDON, NOW), count) if schedule else ()
    return [f"{occurrence.local:%Y-%m-%d %H:%M}" for occurrence in found]


def fits(wanted: str, found: Understood) -> bool:
    """Whether one of the alternatives is what was made of a phrase."""
    if wanted == "ask":
        return found.schedule is None and bool(found.problems or found.missing)
    if wanted.startswith("last "):
        return sends(found.schedule)[-1:] == [wanted.removeprefix("last ")]
    dates = wanted.rstrip("$").split(";")
    return sends(found.schedule, len(dates) + wanted.endswith("$")) == dates


PHRASINGS = rows("phrasings.tsv")


def test_there_are_many_and_of_several_voices() -> None:
    assert len({phrase for phrase, *_ in PHRASINGS}) >= 150
    assert len({voice for *_, voice in PHRASINGS}) == 4


@pytest.mark.parametrize(("phrase", "expected", "voice"), PHRASINGS)
def test_a_phrase_comes_to_what_is_meant_or_is_asked_about(phrase: str, expected: str, voice: str) -> None:
    found = when(phrase)
    assert any(fits(phrase, found) for phrase in expected.split("|")), (sends(found.schedule, 5), found)


@pytest.mark.parametrize(("sentence", "who", "said", "what"), rows("sentences.tsv"))
def test_who_when_and_what_are_told_apart(sentence: str, who: str, said: str, what: str) -> None:
    found = understand(sentence, NOW, LONDON)
    assert found.audience_text == who
    if said == "?":
        assert found.schedule is None
        assert found.problems or found.missing
        return
    assert found.what.lower() == what.lower()
    assert sends(found.schedule, 8) == (sends(when(said).schedule, 8) if said else [])


@pytest.mark.parametrize(("before", "correction", "after"), rows("corrections.tsv"))
def test_a_correction_changes_what_it_says(before: str, correction: str, after: str) -> None:
    schedule = when(before).schedule
    assert schedule
    found = change(schedule, correction, NOW, LONDON)
    if after == "?":
        assert found.schedule is None
        assert found.unknown
        return
    assert sends(found.schedule, 8) == sends(when(after).schedule, 8)


OFFERS = [
    ("Tuesday 7 December at 9", [("Mon 7 Dec", "2026-12-07 09:00"), ("Tue 8 Dec", "2026-12-08 09:00")]),
    ("1 December", [("09:00", "2026-12-01 09:00")]),
    ("every Monday at 4", [("16:00", "2026-11-30 16:00"), ("04:00", "2026-11-30 04:00")]),
    ("next Friday at 9", [("Fri 27 Nov", "2026-11-27 09:00"), ("Fri 4 Dec", "2026-12-04 09:00")]),
    ("first thing Monday", [("09:00", "2026-11-30 09:00")]),
    ("Monday pm", [("14:00", "2026-11-30 14:00")]),
    ("tomorrow between 2 and 4pm", [("2pm", "2026-11-26 14:00")]),
    ("end of the month at 9", [
        ("End of this month", "2026-11-30 09:00"), ("End of every month", "2026-11-30 09:00"),
    ]),
    ("every Monday at 9 in Q4", [
        ("In January, February and March", "2027-01-04 09:00"),
        ("In October, November and December", "2026-11-30 09:00"),
    ]),
    ("every Monday at 9 but not over Christmas", [
        ("Not between 24 December and 1 January", "2026-11-30 09:00"),
    ]),
    ("every Monday at 9 until year end", [
        ("Until the end of the financial year", "2026-11-30 09:00"),
        ("Until the end of the calendar year", "2026-11-30 09:00"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "expected"), OFFERS)
def test_what_could_be_two_things_is_asked_with_both_as_buttons(
    phrase: str, expected: list[tuple[str, str]]
) -> None:
    found = when(phrase)
    (question,) = (*found.problems, *found.missing)
    answers = [(offer.label, *sends(when(offer.when).schedule, 1)) for offer in question.offers]
    assert answers == expected


RHYTHMS = [
    ("every day at 9", "on friday instead", [
        ("Every Friday", "every Friday at 9"),
        ("Once on Friday 27 November 2026", "27 November at 9"),
    ]),
    ("every day at 9", "at friday", [
        ("Every Friday", "every Friday at 9"),
        ("Once on Friday 27 November 2026", "27 November at 9"),
    ]),
    ("every day at 9", "this Friday at 3pm", [
        ("Every Friday", "every Friday at 15:00"),
        ("Once on Friday 27 November 2026", "27 November at 15:00"),
    ]),
    ("15th of each month at 9", "make it tuesday", [
        ("3rd Tuesday of each month", "3rd Tuesday of each month at 9"),
        ("Every Tuesday", "every Tuesday at 9"),
        ("Once on Tuesday 1 December 2026", "1 December at 9"),
    ]),
    ("every 2 hours on weekdays", "friday please", [
        ("Every 2 hours every Friday", "every 2 hours every Friday"),
        ("Once on Friday 27 November 2026", "27 November at 10"),
    ]),
    ("every Monday at 9 and every Thursday at 14:00", "make it friday", [
        ("Every Friday", "every Friday at 9 and 14:00"),
        ("Once on Friday 27 November 2026", "27 November at 9 and 14:00"),
    ]),
    ("every Monday at 9", "make it 4 December", [
        ("Every Friday from Friday 4 December 2026", "every Friday at 9 from 4 December"),
        ("Once on Friday 4 December 2026", "4 December at 9"),
    ]),
    ("first Monday of the month at 9", "tomorrow instead", [
        ("Starting Thursday 26 November 2026", "first Monday of the month at 9"),
        ("Once on Thursday 26 November 2026", "26 November at 9"),
    ]),
    ("every Monday at 9", "and tomorrow at 10 too", [
        ("Every Thursday from Thursday 26 November 2026", "every Monday at 9 and every Thursday at 10"),
        ("Once on Thursday 26 November 2026", "every Monday at 9 and on 26 November at 10"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "correction", "expected"), RHYTHMS)
def test_a_day_said_of_what_repeats_is_asked_about_as_rhythm_or_once(
    before: str, correction: str, expected: list[tuple[str, str]]
) -> None:
    schedule = when(before).schedule
    assert schedule
    found = change(schedule, correction, NOW, LONDON)
    assert found.schedule is None
    (question,) = found.problems
    answers = [(offer.label, change(schedule, offer.when, NOW, LONDON)) for offer in question.offers]
    meant = [(label, sends(when(then).schedule, 8)) for label, then in expected]
    assert [(label, sends(answer.schedule, 8)) for label, answer in answers] == meant


def test_how_long_after_a_day_that_has_just_been_is_asked() -> None:
    just_after = datetime(2026, 12, 29, 9, 5, tzinfo=UTC)
    found = understand("a week after Christmas at 9", just_after, LONDON, when_only=True)
    assert [offer.label for offer in found.problems[0].offers] == ["Fri 1 Jan", "Sat 1 Jan"]
    assert "Fri 1 January 2027 or Sat 1 January 2028" in found.problems[0].text
    eve = datetime(2026, 12, 24, 9, 5, tzinfo=UTC)
    past = understand("two days before Christmas at 9", eve, LONDON, when_only=True)
    assert sends(past.schedule, 1) == ["2027-12-23 09:00"]


def test_what_only_a_council_knows_is_asked_for_as_dates() -> None:
    found = when("every Wednesday at 10 till the elections")
    assert " ".join(found.unknown) == "till the elections"
    assert "the date of “the elections”" in found.problems[0].text
    assert "“termly”" in when("termly at 9").problems[0].text


MENDED = [
    ("every wendesday at 9", "I read “wendesday” as Wednesday."),
    ("tommorow at 10", "I read “tommorow” as tomorrow."),
    ("evry monday at 9 until febuary", "I read “febuary” as February."),
]


@pytest.mark.parametrize(("phrase", "said"), MENDED)
def test_a_slip_of_the_pen_is_mended_and_said(phrase: str, said: str) -> None:
    found = when(phrase)
    assert found.schedule
    assert said in found.notes


@pytest.mark.parametrize(
    "word", ["actually", "sharing", "meaning", "standing", "easier", "wording", "merging"]
)
def test_an_english_word_is_no_slip_for_one_of_time(word: str) -> None:
    found = when(f"every Monday at 9 {word}")
    assert found.unknown == (word,)
    assert not found.notes


def test_an_unknown_word_is_quoted_as_it_was_typed() -> None:
    found = when("every Monday at 9 when Purple")
    assert found.schedule is None
    assert "“when Purple”" in found.problems[0].text
    assert found.unknown == ("when", "Purple")


INDEX = by_first_word(GRAMMAR)


@pytest.mark.parametrize("said", [row[0] for row in PHRASINGS + rows("sentences.tsv")])
def test_no_phrase_is_missed_that_begins_with_a_word(said: str) -> None:
    forms = [token.form for token in tokens(said)]
    for place, form in enumerate(forms):
        ahead = "".join(f"{form} " for form in forms[place:])
        kept = INDEX.get(first_key(form), INDEX[""])
        assert [phrase for phrase in GRAMMAR if found(phrase, ahead, 0) and phrase not in kept] == []


EARLY = datetime(2027, 6, 2, 9, 5, tzinfo=UTC)
BEGUN = [
    ("third working day of every month at 10", ["2027-06-03 10:00", "2027-07-05 10:00"]),
    ("tenth working day of each month at 10, 2 times", ["2027-06-14 10:00", "2027-07-14 10:00"]),
    ("tenth working day of June at 10", ["2027-06-14 10:00"]),
    ("tenth working day of this month at 10", ["2027-06-14 10:00"]),
    ("first and tenth working day of June at 10", ["2027-06-14 10:00"]),
    ("third and fifth working day of every month at 10", ["2027-06-03 10:00", "2027-06-07 10:00"]),
    ("first working day of June at 10", ["2028-06-01 10:00"]),
    ("first working day of this month at 10", []),
]


@pytest.mark.parametrize(("phrase", "expected"), BEGUN)
def test_a_working_day_of_a_month_that_has_begun_is_still_to_come(phrase: str, expected: list[str]) -> None:
    schedule = understand(phrase, EARLY, LONDON, when_only=True).schedule
    found = islice(occurrences(schedule, LONDON, EARLY), 2) if schedule else ()
    assert [f"{occurrence.local:%Y-%m-%d %H:%M}" for occurrence in found] == expected


def test_leaving_one_out_of_a_begun_month_keeps_its_working_day() -> None:
    schedule = understand("third working day of every month at 10", EARLY, LONDON, when_only=True).schedule
    assert schedule
    changed = change(schedule, "not in August", EARLY, LONDON).schedule
    assert changed
    found = islice(occurrences(changed, LONDON, EARLY), 3)
    assert [f"{occurrence.local:%Y-%m-%d}" for occurrence in found] == [
        "2027-06-03",
        "2027-07-05",
        "2027-09-03",
    ]
