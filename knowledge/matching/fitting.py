"""The matcher: example questions in, the lesson for any question out."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.matching import memory
from knowledge.matching.bayes import SaidWords, learn_evidence, numbered
from knowledge.matching.confidence import Confidence, learn_confidence, odds
from knowledge.matching.kept import Kept
from knowledge.matching.learning import (
    Examples,
    Learnt,
    Rows,
    blend,
    chances,
    learn,
    rate_apart,
    rate_left_out,
    settle_many,
)
from knowledge.matching.match import Candidate, Match, Phrase
from knowledge.matching.meaning import Meaning, Seen, unit
from knowledge.matching.outside import OutsideTerms
from knowledge.matching.spelling import Speller
from knowledge.matching.strangers import BESIDE, strangers
from knowledge.matching.text import Reader, asked, normalised, stem, words
from knowledge.matching.vectors import Array, word_vectors
from knowledge.matching.wording import Grams, Wording, grams, weigh
from knowledge.model import Outside, Vocabulary

Flags = npt.NDArray[np.bool_]

MOST_LANDMARKS = 2800
"""Examples that a question is compared with; of more, an even sample, so that time doesn't grow with them."""
_BLOCK = 2000
"""Examples that are held against the landmarks at once while learning; it bounds the memory."""
_MOST_STEPPED = 8000
"""Examples that are seen again in every step of learning; it bounds the time."""
_SHOWN = 3
_TURNS = 12
"""In how many turns examples are left out to see which of them find their lesson."""
_MORE_THAN_NOT = 0.5
_SAME_TOPIC = 0.35
"""How like an example a question must be to be about the same; texts with nothing in common have 0.2."""
_STRANGE = 3.5
"""How much counts against every lesson, in log odds (thirty to one), when a term is one that the deck does
not answer, or the text seems to be in another language."""
_FOREIGN = 0.3
"""The share of the words, each as telling as it is, that examples must use for a text to count as English."""


class FittedMatcher:
    """See ``knowledge.matching.match.Matcher``.

    A question is compared with example questions in meaning (word vectors) and in wording (words and pairs of
    words); weights learnt from the examples turn this into a chance for each lesson, and curves learnt by
    leaving examples out turn chances into confidence. Nothing changes after the fit.
    """

    def __init__(
        self,
        phrases: Sequence[Phrase],
        vocabulary: Vocabulary,
        names: Iterable[Phrase],
        cache: Path | None = None,
    ) -> None:
        """Fit. ``names``: what lessons are called, read like more example questions of them but never shown.

        ``cache``: a folder where what is learnt is kept for the next fit of the same content.
        """
        self._reader = Reader(vocabulary)
        phrases = sorted(dict.fromkeys(phrases), key=lambda phrase: phrase.lesson)
        known = list(dict.fromkeys(phrase.lesson for phrase in phrases))
        others = strangers(vocabulary) if known else []
        # What no lesson answers stands before the lessons, so that a lesson can be added behind them.
        kinds = list(dict.fromkeys(other.kind for other in others))
        self._strangers, self._lessons = len(kinds), [*kinds, *known]
        named = [name for name in names if name.lesson in self._lessons]
        examples = [*phrases, *named, *(other.phrase for other in others)]
        spoken = [self._reader.words(example.text) for example in examples]
        said = [*self._reader.terms, *(word for text in spoken for word in text)]
        together = frozenset(pair for text in spoken for pair in itertools.pairwise(text))
        self._speller = Speller(Counter(said), together, word_vectors())
        self._numbers, uses = numbered([[stem(word) for word in text] for text in spoken])
        worded = [_grams(text) for text in spoken]
        chosen = _even_sample(len(examples))
        weights, rare = weigh(zip((example.lesson for example in examples), worded, strict=True))
        self._wording = Wording(weights, rare, [worded[row] for row in chosen])
        self._meaning = Meaning(word_vectors(), lambda word: weights.get(stem(word), rare))
        self._outside = OutsideTerms(vocabulary.outside, phrases)
        # The phrases that may be shown, by lesson: the first stands in for a lesson without a landmark.
        self._first = {phrase.lesson: phrase.text for phrase in reversed(phrases)}
        self._landmarks = [examples[row] for row in chosen]
        number = {lesson: index for index, lesson in enumerate(self._lessons)}
        lessons = np.array([number[example.lesson] for example in examples], np.intp)
        self._rows = lessons[chosen]
        self._asked = chosen < len(phrases)
        self._rows_of = _grouped(self._landmarks, self._asked | (self._rows < self._strangers))
        first = len(examples) - len(others)
        self._about = [others[row - first].outside if row >= first else None for row in chosen]
        if examples:
            kept = Kept(cache, "matcher", (), phrases, named, vocabulary)
            learnt = kept.load((*Learnt._fields, "curves", "middle"))
            if learnt is None:
                self._meaning.middle = self._meaning.middle_of([spoken[row] for row in chosen])
                learnt = self._learn(spoken, uses, lessons) | {"middle": self._meaning.middle}
                kept.save(learnt)
                memory.give_back()
            self._meaning.middle = learnt["middle"]
            self._lens, self._seen = learnt["lens"], learnt["seen"]
            self._through = Seen(self._meaning, self._lens)
            self._weights = np.ascontiguousarray(learnt["weights"].T)
            self._evidence = learnt["evidence"]
            self._confidence = Confidence.from_numbers(learnt["curves"])

    def _learn(self, spoken: list[list[str]], uses: SaidWords, lessons: Rows) -> dict[str, Array]:
        """Learn from the landmarks, and where there are more examples, from all of them."""
        examples = self._examples()
        learnt = learn(examples)
        weights, evidence = learnt.weights, learnt.evidence
        if len(spoken) > len(self._landmarks):
            every = math.ceil(len(spoken) / _MOST_STEPPED)
            among = blend(learnt.seen @ learnt.seen.T, examples.wording)
            weights = settle_many(self._blocks(spoken, lessons, learnt), among, len(self._lessons), every)
            evidence = learn_evidence(uses, lessons, len(self._lessons))
        apart = rate_apart(examples)
        itself, lesson = (chances(rated)[:, self._strangers :] for rated in (apart.itself, apart.lesson))
        asked, strange = self._asked & apart.covered, self._rows < self._strangers
        confidence = learn_confidence(
            itself[asked],
            [lesson[self._asked], *([itself[strange]] if strange.any() else [])],
            self._rows[asked] - self._strangers,
        )
        curves = confidence.as_numbers()
        return learnt._replace(weights=weights, evidence=evidence)._asdict() | {"curves": curves}

    def _examples(self) -> Examples:
        """The landmarks, to learn from."""
        spoken = [self._reader.words(landmark.text) for landmark in self._landmarks]
        wording = np.stack([self._wording.likeness(_grams(text)) for text in spoken])
        said = numbered([[stem(word) for word in text] for text in spoken])[1]
        return Examples(self._meant(spoken), wording, said, self._rows, len(self._lessons), self._strangers)

    def _meant(self, spoken: list[list[str]]) -> Array:
        return np.stack([self._meaning.of(text) for text in spoken])

    def _blocks(self, spoken: list[list[str]], lessons: Rows, learnt: Learnt) -> Iterator[tuple[Array, Rows]]:
        """The likeness of all examples to the landmarks, some at a time, and their lessons."""
        for start in range(0, len(spoken), _BLOCK):
            texts = spoken[start : start + _BLOCK]
            wording = np.stack([self._wording.likeness(_grams(text)) for text in texts])
            likeness = blend(unit(self._meant(texts) @ learnt.lens) @ learnt.seen.T, wording)
            yield likeness, lessons[start : start + _BLOCK]

    def meaning(self, question: str) -> Array:
        """See ``Matcher.meaning``."""
        put_right, _ = self._speller.corrected(asked(words(normalised(question))))
        return self._meaning.of(self._reader.meant(put_right))

    def match(self, question: str) -> Match:
        """See ``Matcher.match``."""
        typed = asked(words(normalised(question)))
        if not typed or not self._lessons:
            return Match(band="none")
        put_right, corrected = self._speller.corrected(typed)
        spoken = self._reader.meant(put_right)
        stems = [stem(word) for word in spoken]
        # On this thread alone: ``knowledge.base`` keeps matrices from being shared out.
        meaning = self._seen @ self._through.of(spoken)
        likeness = blend(meaning, self._wording.likeness(grams(stems)))
        known = [self._numbers[word] for word in dict.fromkeys(stems) if word in self._numbers]
        shares = chances(self._weights @ likeness + np.add.reduce(self._evidence.take(known, axis=0)))
        best = (-shares[self._strangers :]).argsort(kind="stable")[:_SHOWN] + self._strangers
        names = [self._lessons[lesson] for lesson in best.tolist()]
        chances_of_best = odds(shares[best]).tolist()
        outside = self._outside.first(typed, names[0])
        strange = outside or self._wording.familiar(stems) < _FOREIGN
        confidence = self._confidence.doubting(_STRANGE) if strange else self._confidence
        candidates = []
        left = 1.0
        for name, chance in zip(names, chances_of_best, strict=True):
            score = min(confidence.right.of(chance), left)
            candidates.append(Candidate(name, score, self._nearest(name, likeness)))
            left -= score
        reached, second = (*chances_of_best, 0.0)[:2]
        band = confidence.band(reached, reached - second)
        near: tuple[str, ...] = ()
        if band == "none":
            found = zip(names, chances_of_best, strict=True)
            near = tuple(name for name, chance in found if confidence.is_near(chance))
        return Match(
            band=band,
            lesson=names[0] if band == "answer" else None,
            candidates=tuple(candidates),
            near=near,
            outside=outside if band == "answer" else self._named(shares, likeness, outside),
            corrected=corrected,
        )

    def _named(self, shares: Array, likeness: Array, typed: Outside | None) -> Outside | None:
        """What a question is about that likelier than not is near the field, by the example most like it.

        Else the term that was ``typed``: one may name an officer and ask about something else.
        """
        if BESIDE not in self._rows_of or shares[self._lessons.index(BESIDE)] < _MORE_THAN_NOT:
            return typed
        rows = self._rows_of[BESIDE]
        nearest = rows[likeness[rows].argmax()]
        about: Outside | None = self._about[nearest] if likeness[nearest] > _SAME_TOPIC else None
        return about or typed

    def _nearest(self, lesson: str, likeness: Array) -> str:
        """The example question of a lesson that is most like the one asked."""
        rows = self._rows_of.get(lesson)
        if rows is None:
            return self._first[lesson]
        nearest: str = self._landmarks[rows[likeness[rows].argmax()]].text
        return nearest

    def left_out(self) -> Iterator[tuple[Phrase, str]]:
        """Each example question with the lesson that it finds when it is not among the examples.

        A few of each lesson are left out at a time.
        """
        for rows, ratings in rate_left_out(self._examples(), _TURNS):
            best = ratings[:, self._strangers :].argmax(axis=1) + self._strangers
            for row, lesson in zip(rows, best, strict=True):
                if self._asked[row]:
                    yield self._landmarks[row], self._lessons[lesson]


def _grouped(landmarks: Sequence[Phrase], shown: Flags) -> dict[str, Rows]:
    """The rows of each lesson's landmarks that may be shown."""
    rows: dict[str, list[int]] = {}
    for row in np.flatnonzero(shown).tolist():
        rows.setdefault(landmarks[row].lesson, []).append(row)
    return {lesson: np.array(found, np.intp) for lesson, found in rows.items()}


def _grams(spoken: list[str]) -> Grams:
    return grams([stem(word) for word in spoken])


def _even_sample(count: int) -> Rows:
    if count <= MOST_LANDMARKS:
        return np.arange(count)
    return np.linspace(0, count - 1, MOST_LANDMARKS).astype(np.intp)
