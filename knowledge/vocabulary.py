"""Reads the vocabulary: which terms mean the same, and what lies outside the subject."""

from __future__ import annotations

from pathlib import Path

from knowledge.fields import Complain, Fields, collector, read_fields, read_text
from knowledge.matching.text import normalised, stem, words
from knowledge.model import Outside, Synonym, Vocabulary
from knowledge.problems import Problem

FILE = "vocabulary.yaml"
VOCABULARY_FIELDS = ("synonyms", "outside")
OUTSIDE_FIELDS = ("term", "also", "questions", "topic", "nearest")


def read_vocabulary(folder: Path, problems: list[Problem]) -> tuple[Vocabulary, list[tuple[str, int]]]:
    """The vocabulary, which a folder may lack, and the lessons that it points at with their lines."""
    source = read_text(folder, FILE, problems) if (folder / FILE).exists() else None
    fields = source is not None and read_fields(source, collector(FILE, problems))
    if not fields:
        return Vocabulary(), []
    fields.only(VOCABULARY_FIELDS)
    complain = collector(FILE, problems)
    synonyms, means = _read_synonyms(fields, complain)
    outside, nearest = [], []
    named: dict[str, tuple[str, int]] = {}
    for topic_fields in fields.mappings("outside"):
        topic_fields.only(OUTSIDE_FIELDS)
        near = topic_fields.text("nearest", required=False) or None
        if near:
            nearest.append((near, topic_fields.line_of("nearest")))
        term, others = topic_fields.text("term"), topic_fields.texts("also", required=False)
        for name, line in ((term, topic_fields.line_of("term")), *others):
            other, first = named.setdefault(_plain(name), (term, line))
            if other != term:
                complain(line, f"'{name}' belongs to '{other}' already (line {first})")
            elif _plain(name) in means:
                meant, first = means[_plain(name)]
                complain(line, f"'{name}' is read as '{meant}' (line {first}), so it would never be found")
        also = tuple(text for text, _ in others)
        topic = topic_fields.text("topic", required=False)
        asked = tuple(text for text, _ in topic_fields.texts("questions", required=False))
        outside.append(Outside(term=term, also=also, questions=asked, topic=topic, nearest=near))
    return Vocabulary(synonyms, tuple(outside)), nearest


def _read_synonyms(
    fields: Fields, complain: Complain
) -> tuple[tuple[Synonym, ...], dict[str, tuple[str, int]]]:
    """The synonyms, and what each term (plain) means with its line.

    A term is read once, so it can neither mean two things nor stand for another term.
    """
    synonyms: list[Synonym] = []
    read: dict[str, tuple[str, int]] = {}
    means: list[tuple[str, int]] = []
    for entry in fields.mappings("synonyms"):
        entry.only(("means", "terms"))
        meant, terms = entry.text("means"), entry.texts("terms")
        synonyms.append(Synonym(meant, tuple(text for text, _ in terms)))
        means.append((meant, entry.line_of("means")))
        for term, line in terms:
            other, first = read.setdefault(_plain(term), (meant, line))
            if other != meant:
                complain(line, f"'{term}' means '{other}' already (line {first})")
    for meant, line in means:
        other, first = read.get(_plain(meant), (meant, line))
        if _plain(other) != _plain(meant):
            complain(
                line, f"'{meant}' is itself read as '{other}' (line {first}); write what is meant in the end"
            )
    return tuple(synonyms), read


def _plain(term: str) -> str:
    return " ".join(stem(word) for word in words(normalised(term)))
