"""What is said of lessons that advisors teach."""

TEACH, TEACH_LATER = "Answer and teach", "Teach it"
FORM_TITLE, FORM_SUBMIT = "Answer and teach", "Try it out"
TEACH_TITLE = "Teach it"
ANSWER_FIELD = "The answer, as everybody will read it"
ANSWER_HINT = "Needed for a lesson of its own."
OF_FIELD, OWN = "Where it belongs", "A lesson of its own"
OF_HINT = "Choose a lesson to add the question to its examples instead."
TITLE_FIELD, TITLE_HINT = (
    "A short name for the lesson",
    "At most 60 characters; needed for a lesson of its own.",
)
MORE_FIELD, MORE_HINT = "Other ways to ask it, one a line", "The more ways, the better it is found."
NEEDS_TITLE = "A lesson of its own needs a short name of at most {limit} characters."
NAME_TAKEN = "There is a lesson of that name already. Choose another name."
TITLE_TAKEN = "There is a lesson of that name already; choose it above, or another name."
TITLE_TAKEN_SINCE = "Another lesson has that name by now. Give one of the two another name first."
TELEPHONE = "That looks like a telephone number. Please take it out."
TOO_MANY = "At most {limit} lines, of at most {longest} characters each."
TRYING = (
    "One moment: I'm trying it out, and I'll show you in our own chat what would come of it before anything "
    "is sent or taught."
)
DRAFT = "**{what}** would be taught from this question:"
DRAFT_EDIT = "**{what}**, as you have changed it:"
DRAFT_OF = "This question would be added to the examples of **{what}**:"
NOTHING_ELSE = "It takes nothing from other lessons, and every case of earlier teachings still holds."
TAKES_OVER = "**Takes over** {count} that another lesson answers today:"
CONFUSES = "**Too like** an example of another lesson, so that I can't tell the two apart:"
BREAKS = "**Breaks** what was taught before:"
ANSWERED = (
    "**Answered already** by another lesson. If the two say different things, edit one of them, or take the "
    "question out:"
)
MISSED = "**Found in these very words alone**; add more ways to ask it:"
LINE_TAKEN = "“{question}”: {now} → {then}"
LINE_ANSWERED = "“{question}”, much like “{other}”: {now} → {then}"
LINE_MISSED = "“{question}”"
UNSURE = "I'd ask which is meant"
LINE_CONFUSED = "“{question}” ~ “{other}” ({lesson})"
LINE_BROKEN = "“{question}” would no longer find “{lesson}”"
AND_MORE = "and {count} more"
TEACH_IT, ONLY_ANSWER, CHANGE, LEAVE = "Send and teach", "Only send the answer", "Change it", "Leave it"
TEACH_ONLY, KEEP_EDIT = "Teach it", "Keep the change"
NOTHING_TO_TEACH = "There is nothing to teach yet: press “Answer and teach” first."
NOTE_TAUGHT = "Taught. Everybody gets it from now on; “taught” lists all that was."
NOTE_SENT_TAUGHT = "Sent and taught. Everybody gets it from now on."
NOTE_LEFT = "Left there: nothing was sent or taught."
NOTE_UNCHANGED = "Left as it was: nothing has changed."

SOURCE = "{advised} · our own, not the {source}'s"
BY = "An advisor, {date}"

HOW = (
    "A lesson is taught from a question, so that it is found by the words that people use. On one that waits "
    "for an advisor, press *Answer and teach*; on what no lesson answers yet, press *Teach* in **insights**. "
    "You see first what would come of it."
)
TO_QUEUE, TO_INSIGHTS, TO_TAUGHT = "Queue", "Insights", "Taught"
LIST, LIST_EMPTY = (
    "Taught by the advisors",
    "Nothing has been taught yet. *Answer and teach* on a question does.",
)
IN_LIST = "{what}, by {owner}, {date}{state}"
A_LESSON, EXAMPLES = "lesson", "examples of {lesson}"
FILED = (
    "It stands in the knowledge folder by now, and what is written there counts: whoever looks after that "
    "folder can change it, or take it out."
)
IN_FOLDER = " · in the knowledge folder"
RETIRED, OVERDUE, REVIEW = " · retired", " · review overdue since {date}", " · review by {date}"
SHOW = "Show {number}"
EDIT, RETIRE, RESTORE, REVIEWED = "Edit", "Retire", "Restore", "Still holds"
OPEN_EDIT, OPEN_TEACH = "Press the button to edit it.", "Press the button to write it."
STALE_DRAFT = "That is dealt with already, or another has taken its place."
NO_SUCH_TOPIC = "That question is answered by now, or too old. “insights” shows what waits."
EDIT_TITLE, EDIT_SUBMIT = "Edit what was taught", "Try it out"
QUESTIONS_FIELD = "Ways to ask it, one a line"
NO_SUCH = "I know no taught lesson of that name."
CHANGED = {
    "edit": "Changed. Within seconds everybody gets the new one.",
    "retire": "Retired. Within seconds nobody gets it any more; restore it whenever you like.",
    "restore": "Restored. Within seconds everybody gets it again.",
    "reviewed": "Noted that it still holds, until {date}.",
}
SAME = "It was like that already, so nothing changed."
DIGEST = ("One taught lesson is overdue for review:", "{count} taught lessons are overdue for review:")

UNREADABLE = (
    "What was taught can't be read just now, so nothing of it can be changed. It is kept as it is; whoever "
    "runs me can put back a backup, or the version of me that wrote it."
)
