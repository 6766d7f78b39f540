"""The English of schedules, as a grammar: from typed words to what each of them says.

``tokens`` cuts and tidies, ``phrases`` is the notation in which the grammar is written, ``clock``, ``dates``,
``rhythm``, ``span`` and ``conditions`` are the grammar itself, and ``reading`` covers a text with phrases.
"""
