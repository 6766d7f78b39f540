"""When a reminder is sent: from a sentence to the instants, and back to words. Pure: now is a parameter.

``understand`` reads a sentence (``sentence``), ``change`` a correction to a schedule (``changing``);
``Recurrence`` is what is stored (``rule``), ``occurrences`` what it comes to, and ``in_words`` says it in
words that ``understand`` reads again (``describe``).
"""
