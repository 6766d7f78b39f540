"""When a reminder is sent: from a sentence to the instants, and back to words. Pure: now is a parameter.

``understand`` reads a sentence, ``change`` a correction to a schedule; ``Recurrence`` is what is stored,
``occurrences`` what it comes to, and ``in_words`` says it in words that ``understand`` reads again.
"""

from dialogs.recurrence.changing import ChangedRecurrence, change
from dialogs.recurrence.describe import dates_in_words, in_words, moved_in_words, next_dates, next_moved
from dialogs.recurrence.making import About, Offer, Question
from dialogs.recurrence.occurrences import Occurrence, occurrences
from dialogs.recurrence.rule import NATIONS, Exceptions, Line, Recurrence, fault
from dialogs.recurrence.sentence import LONGEST_TEXT, Understood, Used, answered, understand
from dialogs.recurrence.working_days import Nation

__all__ = [
    "LONGEST_TEXT",
    "NATIONS",
    "About",
    "ChangedRecurrence",
    "Exceptions",
    "Line",
    "Nation",
    "Occurrence",
    "Offer",
    "Question",
    "Recurrence",
    "Understood",
    "Used",
    "answered",
    "change",
    "dates_in_words",
    "fault",
    "in_words",
    "moved_in_words",
    "next_dates",
    "next_moved",
    "occurrences",
    "understand",
]
