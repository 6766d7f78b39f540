"""The matcher: example questions in, the lesson for any question out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.confidence import Confidence, learn_confidence, odds
from knowledge.kept import Kept
from knowledge.learning import chances, learn, learn_many, one_more, rate_left_out, settle
from knowledge.match import Band, Candidate, Match, Phrase
from knowledge.meaning import Meaning
from knowledge.model import Outside, Vocabulary
from knowledge.outside import OutsideTerms
from knowledge.spelling import Speller
from knowledge.text import Reader, normalised, stem, words
from knowledge.vectors import Array, word_vectors
from knowledge.wording import Grams, Wording, grams, weigh

MOST_LANDMARKS = 2000
"""Examples that a question is compared with; of more, an even sample, so that time doesn't grow with them."""
_BLOCK = 2000
"""Examples that are held against the landmarks at once while learning; it bounds the memory."""
_SHOWN = 3
_STRANGE = 0.5
"""What remains of the confidence where a question names a term that the deck does not answer."""


class FittedMatcher:
    """See ``knowledge.match.Matcher``.

    A question is compared with example questions in meaning (word vectors) and in wording (words and pairs of
    words); weights learnt from the examples turn this into a chance for each lesson, and curves learnt by
    leaving examples out turn chances into confidence. Nothing changes after the fit.
    """

    def __init__(
        self,
        phrases: Sequence[Phrase],
        vocabulary: Vocabulary,
        names: Mapping[str, str],
        cache: Path | None = None,
    ) -> None:
        """Fit. ``names``: what each lesson is called, read like one more example question of it.

        ``cache``: a folder where what is learnt is kept for the next fit of the same content.
        """
        self._reader = Reader(vocabulary)
        phrases = sorted(dict.fromkeys(phrases), key=lambda one: one.lesson)
        self._lessons = list(dict.fromkeys(one.lesson for one in phrases))
        known = set(self._lessons)
        examples = [*phrases, *(Phrase(lesson, name) for lesson, name in names.items() if lesson in known)]
        spoken = [self._reader.words(one.text) for one in examples]
        self._speller = Speller((word for text in spoken for word in text), word_vectors().knows)
        worded = [_grams(text) for text in spoken]
        chosen = _even_sample(len(examples))
        weights, rare = weigh(zip((one.lesson for one in examples), worded, strict=True))
        self._wording = Wording(weights, rare, [worded[row] for row in chosen])
        self._meaning = Meaning(
            word_vectors(), lambda word: weights.get(stem(word), rare), [spoken[row] for row in chosen]
        )
        self._outside = OutsideTerms(vocabulary.outside, phrases)
        # The phrases that may be shown, by lesson: the first stands in for a lesson without a landmark.
        self._first = {one.lesson: one.text for one in reversed(phrases)}
        self._landmarks = [examples[row] for row in chosen]
        number = {lesson: index for index, lesson in enumerate(self._lessons)}
        lessons = np.array([number[one.lesson] for one in examples], np.intp)
        self._rows = lessons[chosen]
        self._asked = chosen < len(phrases)
        if examples:
            self._meanings = np.stack([self._meaning.of(spoken[row]) for row in chosen])
            kept = Kept(cache, phrases, names, vocabulary)
            learnt = kept.load(("likeness", "weights", "inverse", "curves"))
            if learnt is None:
                learnt = self._learn(spoken, worded, lessons, chosen)
                kept.save(learnt)
            self._likeness, self._inverse = learnt["likeness"], learnt["inverse"]
            self._weights = np.ascontiguousarray(learnt["weights"].T)
            self._confidence = Confidence.from_numbers(learnt["curves"])

    def _learn(
        self, spoken: list[list[str]], worded: list[Grams], lessons: npt.NDArray[np.intp],
        chosen: npt.NDArray[np.intp],
    ) -> dict[str, Array]:  # fmt: skip
        def likeness(rows: npt.NDArray[np.intp]) -> Array:
            meanings = np.stack([self._meaning.of(spoken[row]) for row in rows])
            return _blend(
                meanings @ self._meanings.T, np.stack([self._wording.likeness(worded[row]) for row in rows])
            )

        def blocks() -> Iterator[tuple[Array, npt.NDArray[np.intp]]]:
            for start in range(0, len(lessons), _BLOCK):
                rows = np.arange(start, min(start + _BLOCK, len(lessons)))
                yield likeness(rows), lessons[rows]

        among = likeness(chosen)
        learnt = learn(among, self._rows, len(self._lessons))
        everything = len(chosen) == len(lessons)
        weights = learnt.weights if everything else learn_many(blocks(), among, len(self._lessons))
        asked = self._asked
        confidence = learn_confidence(
            chances(learnt.without_itself[asked]), chances(learnt.without_lesson[asked]), self._rows[asked]
        )
        curves = confidence.as_numbers()
        return {"likeness": among, "weights": weights, "inverse": learnt.inverse, "curves": curves}

    def learn(self, phrase: Phrase) -> FittedMatcher:
        """A matcher that knows one more example question, perhaps of a new lesson; this one stays as it is.

        How telling each word is, and how sure the matcher may be, stay as they were fitted.
        """
        if phrase in self._landmarks:
            return self
        if not self._lessons:
            return FittedMatcher([phrase], Vocabulary(), {})
        grown = copy(self)
        spoken = self._reader.words(phrase.text)
        meaning, worded = self._meaning.of(spoken), _grams(spoken)
        grown._wording = self._wording.and_one(worded)
        grown._speller, grown._outside = self._speller.and_words(spoken), self._outside.and_one(phrase)
        grown._meanings = np.vstack([self._meanings, meaning])
        row = _blend(grown._meanings @ meaning, grown._wording.likeness(worded))
        size, own = len(row) - 1, float(row[-1])
        grown._likeness = np.empty((size + 1, size + 1), np.float32)
        grown._likeness[:size, :size] = self._likeness
        grown._likeness[size], grown._likeness[:, size] = row, row
        grown._inverse = one_more(self._inverse, row[:-1], own)
        grown._first = {phrase.lesson: phrase.text} | self._first
        grown._lessons = [*self._lessons, *({phrase.lesson} - {*self._lessons})]
        grown._landmarks, grown._asked = [*self._landmarks, phrase], np.append(self._asked, True)
        grown._rows = np.append(self._rows, grown._lessons.index(phrase.lesson))
        weights = np.zeros((size + 1, len(grown._lessons)), np.float32)
        weights[:size, : len(self._lessons)] = self._weights.T
        wanted = np.eye(len(grown._lessons), dtype=np.float32)[grown._rows]
        settled = settle(grown._likeness, grown._inverse, wanted, weights)
        grown._weights = np.ascontiguousarray(settled.T)
        return grown

    def match(self, question: str) -> Match:
        """See ``Matcher.match``."""
        typed = words(normalised(question))
        if not typed or not self._lessons:
            return Match(band="none")
        put_right, corrected = self._speller.corrected(typed)
        spoken = self._reader.meant(put_right)
        # vecdot, because @ hands large products to other threads and waits for them on a busy machine.
        meaning = np.vecdot(self._meanings, self._meaning.of(spoken))
        likeness = _blend(meaning, self._wording.likeness(_grams(spoken)))
        chance = odds(chances(np.vecdot(self._weights, likeness)))
        best = np.argsort(-chance, kind="stable")[:_SHOWN].tolist()
        outside = self._outside.first(typed, self._lessons[best[0]])
        candidates = []
        left = _STRANGE if outside else 1.0
        for lesson in best:
            score = min(self._confidence.right.of(float(chance[lesson])), left)
            candidates.append(Candidate(self._lessons[lesson], score, self._nearest(lesson, likeness)))
            left -= score
        lead = float(chance[best[0]] - chance[best[1]]) if len(best) > 1 else float(chance[best[0]])
        band: Band = "none"
        if self._speller.understands(put_right):
            band = self._band(float(chance[best[0]]), lead, outside)
        return Match(
            band=band,
            lesson=self._lessons[best[0]] if band == "answer" else None,
            candidates=tuple(candidates),
            outside=outside,
            corrected=corrected,
        )

    def _band(self, chance: float, lead: float, outside: Outside | None) -> Band:
        # A term that the deck doesn't answer takes a question one band down: what would have been answered
        # is still worth suggesting, what would have been suggested is not.
        if self._confidence.answers(chance, lead):
            return "suggest" if outside else "answer"
        return "suggest" if self._confidence.suggests(chance) and not outside else "none"

    def _nearest(self, lesson: int, likeness: Array) -> str:
        """The example question of a lesson that is most like the one asked."""
        rows = np.flatnonzero((self._rows == lesson) & self._asked)
        if not len(rows):
            return self._first[self._lessons[lesson]]
        nearest: str = self._landmarks[rows[np.argmax(likeness[rows])]].text
        return nearest

    def left_out(self) -> Iterator[tuple[Phrase, str]]:
        """Each example question with the lesson that it finds when it is not among the examples.

        One of each lesson is left out at a time.
        """
        count = len(self._lessons)
        turns = int(np.bincount(self._rows, minlength=1).max())
        for rows, ratings in rate_left_out(self._likeness, self._inverse, self._rows, count, turns):
            for row, best in zip(rows, ratings.argmax(axis=1), strict=True):
                if self._asked[row]:
                    yield self._landmarks[row], self._lessons[best]


def _grams(spoken: list[str]) -> Grams:
    return grams([stem(word) for word in spoken])


def _even_sample(count: int) -> npt.NDArray[np.intp]:
    if count <= MOST_LANDMARKS:
        return np.arange(count)
    return np.linspace(0, count - 1, MOST_LANDMARKS).astype(np.intp)


def _blend(meaning: Array, wording: Array) -> Array:
    """One likeness, 0 to 1, from two cosines. In meaning all texts are a bit alike: far ones count little."""
    return np.asarray((2 * np.exp(2 * meaning - 2) + np.exp(wording - 1)) / 3, np.float32)
