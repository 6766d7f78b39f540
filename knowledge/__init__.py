"""The knowledge base: lessons of a deck, the loader that refuses bad content, and the matcher."""

from knowledge.base import Knowledge, load
from knowledge.matching.match import Band, Candidate, Match, Matcher, Phrase
from knowledge.model import Deck, Lesson, Outside, Side, Synonym, Vocabulary, Words
from knowledge.problems import BadKnowledge, Problem
from knowledge.quiz import Quiz, QuizOption, QuizQuestion, Topic, shuffled
from knowledge.readiness import Readiness, Statement
from knowledge.templates import PulseQuestion, Template, Templates

__all__ = [
    "BadKnowledge",
    "Band",
    "Candidate",
    "Deck",
    "Knowledge",
    "Lesson",
    "Match",
    "Matcher",
    "Outside",
    "Phrase",
    "Problem",
    "PulseQuestion",
    "Quiz",
    "QuizOption",
    "QuizQuestion",
    "Readiness",
    "Side",
    "Statement",
    "Synonym",
    "Template",
    "Templates",
    "Topic",
    "Vocabulary",
    "Words",
    "load",
    "shuffled",
]
