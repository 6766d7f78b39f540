"""What is counted is said for one of it, too: no "1 questions"."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

from dialogs import wording

COUNTED = re.compile(r"\{(?:count|total|all)\}(?: more)? [a-z]+s\b")
NEVER_ONE = {
    "dates TOO_MANY": "hundreds",
    "dates TIMES": "ONCE beside it",
    "drafts TOO_LONG": "hundreds",
    "enquiries TOO_LONG": "thousands",
    "enquiries TOO_MANY": "as many as fit",
    "failures FAILED_ALIKE": "what fails alone is told by another",
    "insights HEAD": "three or more",
    "privacy TIMES": "only for what came twice",
    "quiz_series MOST": "a limit",
    "quiz_series GO_ON": "a limit",
    "quiz_series QUESTIONS_MORE": "QUESTIONS_ONE beside it",
    "quiz_teaching TOO_LONG": "hundreds",
    "reminders COMMENT_LONG": "hundreds",
    "reports PEOPLE_MORE": "PEOPLE_ONE beside it",
    "results MORE": "more than fit in a picture",
    "results PEOPLE_OF": "three or more, of two or more",
    "sessions QUIZ": "QUIZ_ONE beside it",
    "sessions QUIZ_ON": "QUIZ_ON_ONE beside it",
    "sessions TOO_LONG": "hundreds",
}
"""Words that stand alone, and why that is right."""


def test_what_may_be_one_has_words_for_one() -> None:
    alone = {
        f"{module.name} {name}"
        for module in pkgutil.iter_modules(wording.__path__)
        for name, said in vars(import_module(f"{wording.__name__}.{module.name}")).items()
        if isinstance(said, str) and COUNTED.search(said)
    }
    assert alone - {"home QUIZ"} == set(NEVER_ONE)
