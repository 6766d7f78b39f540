"""What is said of quiz questions that advisors write."""

from __future__ import annotations

FORM_TITLE, FORM_SUBMIT = "A quiz question", "Show me"
LESSON_FIELD, LESSON_HINT = "The lesson that it teaches", "Who gets it wrong is shown this one to read."
TEXT_FIELD = "The question, or a statement that is true or false"
RIGHT_FIELD, RIGHT_HINT = "The right answer", "Several, one a line; for a statement: True or False."
WRONG_FIELD, WRONG_HINT = "Wrong answers, one a line", "Up to four; none for a statement."
WHY_FIELD, WHY_HINT = "Why it is right, in a sentence", "Everybody reads it after answering."
EMPTY = "Please fill this in."
TOO_LONG = "That is {count} characters; at most {limit} fit."
NO_LESSON = "Choose one of the lessons offered."
NO_WRONG = "Give at least one wrong answer, or make it a statement with True or False as the right one."
TOO_MANY = "At most five answers in all, all of them different."
SAME_TEXT = "There is a question in just these words already."
OPEN_FORM = "Press the button to write it."
WRITE = "Write a quiz question"
PREVIEW = "**This is how it would be asked**, on “{lesson}”:"
RIGHT, WRONG = "✓ {text}", "✗ {text}"
WHY = "Why: {why}"
LINTED = "**It gives itself away**, as I read it:"
CLEAN = "Nothing in it gives the answer away, as far as I can tell."
ADD, CHANGE, DROP, RETIRE, RESTORE, NEW = (
    "Add it",
    "Change it",
    "Leave it",
    "Retire",
    "Restore",
    "New question",
)
STATE = {"draft": "not added yet", "on": "asked in quizzes", "retired": "retired"}
IN_LIST = "on {lesson}, by {owner}, {date} · {state}"
LIST = "Quiz questions of our own"
LIST_EMPTY = "The advisors have written no quiz questions yet."
NO_SUCH = "I know no quiz question of that name."
CHANGED = {
    "add": "Added. Within seconds any quiz may ask it; “quiz questions” lists all of our own.",
    "edit": "Changed. Within seconds every quiz asks the new one.",
    "retire": "Retired. Within seconds no quiz asks it any more; restore it whenever you like.",
    "restore": "Restored. Within seconds any quiz may ask it again.",
    "drop": "Dropped. Nothing was added.",
}
