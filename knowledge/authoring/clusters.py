"""Questions that no lesson answers, put together by what they mean; and the lesson that each group asks for.

The same questions always make the same clusters, in whatever order they come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge.base import Knowledge
from knowledge.matching.text import normalised, stem, words

MOST = 1000
"""Questions that are put together at most: the time grows with their square."""
ALIKE = 0.33
"""From here on two meanings are of one topic; questions of different topics stay under 0.27."""
LONGEST_TITLE = 60
_NO_TOPIC = """
a about all an and any are as at be both but by can could do does for from get had has have how i if in into
is it its may me must my need no not of on one or our shall should so some than that the their them there
these they this to two under up us was we were what when where which who whom whose why will with would you
your
"""
_SMALL = frozenset(_NO_TOPIC.split())
"""Words that name no topic."""


class Cluster(NamedTuple):
    """Questions of one topic."""

    questions: tuple[str, ...]
    """The one in the middle first, then the likest to it."""
    times: int
    """How often any of them was asked."""
    title: str
    """What a lesson on it might be called."""
    lesson: str
    """The lesson whose examples they might join; empty where none comes near."""


def clusters(kb: Knowledge, asked: Mapping[str, int]) -> list[Cluster]:
    """What ``asked`` (question -> how often) is about, the most asked first; what ``kb`` answers by now is
    left out. May take some tenths of a second."""
    waiting = sorted(asked, key=lambda question: (-asked[question], question))[:MOST]
    left = [question for question in waiting if words(question) and kb.match(question).band != "answer"]
    if not left:
        return []
    import numpy as np  # late, as in ``knowledge.base``

    meanings = np.stack([kb.matcher.meaning(question) for question in left])
    likeness = meanings @ meanings.T
    together = likeness >= ALIKE
    np.fill_diagonal(together, True)
    times = np.array([asked[question] for question in left])
    free = np.ones(len(left), bool)
    found = []
    while free.any():
        # Whoever has most around them is the middle; of equals, the first.
        weight = np.where(free, (together & free) @ times, -1)
        middle = int(weight.argmax())
        rows = np.flatnonzero(together[middle] & free)
        rows = rows[np.lexsort((rows, -likeness[middle, rows], rows != middle))]
        free[rows] = False
        questions = tuple(left[row] for row in rows)
        found.append(Cluster(questions, int(times[rows].sum()), _title(questions), _nearest(kb, questions)))
    return sorted(found, key=lambda cluster: (-cluster.times, cluster.questions))


def _title(questions: Sequence[str]) -> str:
    """What stands in the first from the first to the last word that most have in common; else all of it."""
    typed = [word.strip(".,;:!?\"'“”‘’()") for word in questions[0].split()]
    said = Counter(
        root for question in questions for root in {stem(word) for word in words(normalised(question))}
    )
    common = [
        at for at, word in enumerate(typed) if _names(word) and 3 * said[_stem(word)] > 2 * len(questions)
    ]
    title = " ".join(typed[common[0] : common[-1] + 1] if len(questions) > 1 and common else typed)
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rpartition(" ")[0] or title[:LONGEST_TITLE]
    return title[:1].upper() + title[1:]


def _nearest(kb: Knowledge, questions: Sequence[str]) -> str:
    """The lesson near which most of them come."""
    near = Counter(lesson for question in questions for lesson in kb.match(question).near[:1])
    lesson, count = next(iter(near.most_common(1)), ("", 0))
    return lesson if 2 * count > len(questions) else ""


def _names(word: str) -> bool:
    return bool(words(normalised(word))) and normalised(word) not in _SMALL


def _stem(word: str) -> str:
    return stem(words(normalised(word))[0])
