"""What to add to a command in which something is missing, or which names nothing that there is."""

from __future__ import annotations

WHICH = "Which one? **reminders** lists them, each with its buttons."
STEERED = "Which one? **reminders** lists those that you may pause, change or end, each with its buttons."
REPORTED = (
    "Which one? **reminders** lists those that run, each with buttons to pause, change, report on, hand over "
    "or end it."
)
SESSION = (
    "I can't tell which quiz or check you mean. Each is closed, ended and exported by the buttons of its own "
    "card, in its channel."
)
NOTHING_OPEN = (
    "Nothing of yours is open here. **quiz** and **readiness** start one; a quiz or check in a channel goes "
    "on by its card there."
)
CODE = "Which one? Add the code that stands on its card, such as **join K7QM**, or **leave K7QM**."
CHECK = "I know no readiness check of that name. **readiness** starts ours; in a channel, **readiness here**."
DRAFT = "Say **draft** to see the one that you are making, and then what to change in it, or **cancel**."
TEMPLATE = "I know no template of that name. **templates** shows all, each with its button."
CHECK_IN = "On what? For example **check-in on {interest}**: I'd ask once a month how it stands."
LIST = (
    "Name the list, and after a colon who is on it, with @: **list the {group}: @…, @…**. **lists** "
    "shows those there are."
)
CHANGE_LIST = "Whom, and on which list? For example **add @… to the {group}**, or **remove @… from** it."
DROP_LIST = "Which list? For example **delete list {group}**. **lists** shows those there are."
ADVISOR = "Whom? Mention them with @: **add advisor @…**, or **remove advisor @…**."
LESSON = "I have no lesson or heading of that name. **lessons** shows all that I know."
RATE = "Say just **helpful** or **not helpful** under an answer, and I'll know which one you mean."
WHY_THIS = "Say just **why this answer** under an answer, and I'll tell you what it matched."
MY_DATA = "To see what I keep about you, say **my data**."
FORGET = "To have what I keep about you erased, say **forget me**."
QUESTION = "Which one? **quiz questions** lists those of our own, each with its buttons."
TAUGHT = "Which lesson? **taught** lists those that advisors have taught, each with its buttons."
TEACHING = "On what? **insights** shows what no lesson answers yet, each with a button that teaches it."
INSIGHTS = (
    "There is **insights**, and by its buttons what is unanswered, lessons, quiz, readiness and pulses."
)
ENQUIRY = (
    "To pass a question on to a person, say **ask an advisor:** and then the question. **my questions** "
    "shows what became of yours; for advisors, **queue** shows those that wait."
)
OWN_ENQUIRY = (
    "Which question of yours? **my questions** lists those that you have put to the advisors; show one, and "
    "add to it or withdraw it there."
)
QUEUED = "Which question? **queue** shows those that wait; show one, and do it there."
NOTHING_TO_SEND = (
    "Nothing waits here to be sent or posted. **ask an advisor:** and a question shows what I'd pass on to a "
    "person; **share here** what I'd put before a channel."
)
SHARE = (
    "To put an answer before a channel, ask me the question, then say **share here**: you see first what I'd "
    "post."
)
