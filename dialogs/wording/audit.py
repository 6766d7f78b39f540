"""What is said of what advisors did; by the words that the audit list keeps of it."""

from __future__ import annotations

HEAD, EMPTY = "What advisors did, the last first", "Nothing in the audit list yet."
GONE = "(gone since)"
_SERIES = {"remind": "reminder", "pulse": "pulse", "quiz": "quiz"}
_STEERED = {
    "start": "started the {kind}", "change": "changed the {kind}", "pause": "paused the {kind}",
    "resume": "resumed the {kind}", "skip": "left out a date of the {kind}", "cancel": "ended the {kind}",
    "again": "sent again the {kind}", "nudge": "nudged those silent on the {kind}",
    "take over": "took over the {kind}", "hand over": "handed over the {kind}",
}  # fmt: skip
DONE = {
    "keep list": "changed a list",
    "delete list": "deleted a list",
    "name assistant": "named who answers for somebody",
    "take away assistant": "let somebody answer for themselves again",
    "digest on": "asked for the weekly digest",
    "digest off": "ended their weekly digest",
}
DONE_TO = {
    "teach": "taught {name}",
    "edit lesson": "changed the lesson {name}",
    "retire lesson": "retired the lesson {name}",
    "restore lesson": "restored the lesson {name}",
    "reviewed lesson": "saw that the lesson {name} still holds",
    "add quiz question": "added the quiz question {name}",
    "edit quiz question": "changed the quiz question {name}",
    "retire quiz question": "retired the quiz question {name}",
    "restore quiz question": "restored the quiz question {name}",
    "take enquiry": "took the question {name}",
    "give back enquiry": "gave back the question {name}",
    "answer enquiry": "answered the question {name}",
    "point enquiry": "pointed to a lesson for the question {name}",
    "decline enquiry": "declined the question {name}",
    **{
        f"{act} {kind}": f"{sentence.format(kind=called)} {{name}}"
        for act, sentence in _STEERED.items()
        for kind, called in _SERIES.items()
    },
}
"""What was done to something that has an id."""
DONE_WITH = {"add advisor": "made {name} an advisor", "remove advisor": "took away {name} as an advisor"}
"""What was done with somebody who is named."""
