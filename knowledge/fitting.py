"""The matcher: example questions in, the lesson for any question out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.confidence import Confidence, learn_confidence
from knowledge.kept import Kept
from knowledge.learning import learn, learn_many
from knowledge.match import Band, Candidate, Match, Phrase
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


class FittedMatcher:
    """See ``knowledge.match.Matcher``.

    A question is compared with example questions in meaning (word vectors) and in wording (words and pairs of
    words); weights learnt from the examples turn this into a share for each lesson, and curves learnt by
    leaving examples out turn shares into confidence. Nothing changes after the fit.
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
        self._vectors, self._reader = word_vectors(), Reader(vocabulary)
        phrases = sorted(dict.fromkeys(phrases), key=lambda one: one.lesson)
        self._lessons = list(dict.fromkeys(one.lesson for one in phrases))
        known = set(self._lessons)
        examples = [*phrases, *(Phrase(lesson, name) for lesson, name in names.items() if lesson in known)]
        spoken = [self._reader.words(one.text) for one in examples]
        self._speller = Speller((word for text in spoken for word in text), self._vectors.knows)
        worded = [_grams(text) for text in spoken]
        chosen = _even_sample(len(examples))
        weights, rare = weigh(zip((one.lesson for one in examples), worded, strict=True))
        self._wording = Wording(weights, rare, [worded[row] for row in chosen])
        self._outside = OutsideTerms(vocabulary.outside, phrases)
        # The phrases that may be shown, by lesson: the first stands in for a lesson without a landmark.
        self._first = {one.lesson: one.text for one in reversed(phrases)}
        self._texts = [examples[row].text for row in chosen]
        number = {lesson: index for index, lesson in enumerate(self._lessons)}
        lessons = np.array([number[one.lesson] for one in examples], np.intp)
        asked = chosen < len(phrases)
        self._asked = [np.flatnonzero((lessons[chosen] == one) & asked) for one in range(len(self._lessons))]
        self._meanings = np.zeros((0, self._vectors.width), np.float32)
        if examples:
            kept = Kept(cache, phrases, names, vocabulary)
            learnt = kept.load(("meanings", "weights", "curves"))
            if learnt is None:
                learnt = self._learn(spoken, worded, lessons, chosen, asked)
                kept.save(learnt)
            self._meanings, self._weights = learnt["meanings"], np.ascontiguousarray(learnt["weights"].T)
            self._confidence = Confidence.from_numbers(learnt["curves"])

    def _learn(
        self, spoken: list[list[str]], worded: list[Grams], lessons: npt.NDArray[np.intp],
        chosen: npt.NDArray[np.intp], asked: npt.NDArray[np.bool_],
    ) -> dict[str, Array]:  # fmt: skip
        self._meanings = np.stack([self._vectors.of(spoken[row]) for row in chosen])

        def likeness(rows: npt.NDArray[np.intp]) -> Array:
            meanings = np.stack([self._vectors.of(spoken[row]) for row in rows])
            return _blend(
                meanings @ self._meanings.T, np.stack([self._wording.likeness(worded[row]) for row in rows])
            )

        def blocks() -> Iterator[tuple[Array, npt.NDArray[np.intp]]]:
            for start in range(0, len(lessons), _BLOCK):
                rows = np.arange(start, min(start + _BLOCK, len(lessons)))
                yield likeness(rows), lessons[rows]

        among = likeness(chosen)
        learnt = learn(among, lessons[chosen], len(self._lessons))
        everything = len(chosen) == len(lessons)
        weights = learnt.weights if everything else learn_many(blocks(), among, len(self._lessons))
        confidence = learn_confidence(
            learnt.without_itself[asked], learnt.without_lesson[asked], lessons[chosen][asked]
        )
        return {"meanings": self._meanings, "weights": weights, "curves": confidence.as_numbers()}

    def match(self, question: str) -> Match:
        """See ``Matcher.match``."""
        typed = words(normalised(question))
        if not typed or not self._lessons:
            return Match(band="none")
        put_right, corrected = self._speller.corrected(typed)
        spoken = self._reader.meant(put_right)
        # vecdot, because @ hands large products to other threads and waits for them on a busy machine.
        meaning = np.vecdot(self._meanings, self._vectors.of(spoken))
        likeness = _blend(meaning, self._wording.likeness(_grams(spoken)))
        shares = np.vecdot(self._weights, likeness)
        best = np.argsort(-shares, kind="stable")[:_SHOWN].tolist()
        candidates = []
        left = 1.0
        for lesson in best:
            score = min(self._confidence.right.of(float(shares[lesson])), left)
            candidates.append(Candidate(self._lessons[lesson], score, self._nearest(lesson, likeness)))
            left -= score
        outside = self._outside.first(typed, candidates[0].lesson)
        share = float(shares[best[0]])
        lead = share - float(shares[best[1]]) if len(best) > 1 else share
        band = self._band(share, lead, outside)
        return Match(
            band=band,
            lesson=self._lessons[best[0]] if band == "answer" else None,
            candidates=tuple(candidates),
            outside=outside,
            corrected=corrected,
        )

    def _band(self, share: float, lead: float, outside: Outside | None) -> Band:
        # A term that the deck doesn't answer takes a question one band down: what would have been answered
        # is still worth suggesting, what would have been suggested is not.
        if self._confidence.answers(share, lead):
            return "suggest" if outside else "answer"
        return "suggest" if self._confidence.suggests(share) and not outside else "none"

    def _nearest(self, lesson: int, likeness: Array) -> str:
        """The example question of a lesson that is most like the one asked."""
        rows = self._asked[lesson]
        return (
            self._texts[rows[np.argmax(likeness[rows])]] if len(rows) else self._first[self._lessons[lesson]]
        )


def _grams(spoken: list[str]) -> Grams:
    return grams([stem(word) for word in spoken])


def _even_sample(count: int) -> npt.NDArray[np.intp]:
    if count <= MOST_LANDMARKS:
        return np.arange(count)
    return np.linspace(0, count - 1, MOST_LANDMARKS).astype(np.intp)


def _blend(meaning: Array, wording: Array) -> Array:
    """One likeness, 0 to 1, from two cosines. In meaning all texts are a bit alike: far ones count little."""
    return np.asarray((2 * np.exp(4 * meaning - 4) + np.exp(wording - 1)) / 3, np.float32)
