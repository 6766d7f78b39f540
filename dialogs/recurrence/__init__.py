"""When a reminder is sent: rules, occurrences, and the words for both. Pure: now is always a parameter.

``rule`` is what is stored, ``occurrences`` what it comes to, ``sentence`` reads it from words, and
``describe`` says it in words that ``sentence`` understands.
"""
