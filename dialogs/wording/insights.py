"""What advisors are told of what people ask."""

from __future__ import annotations

TITLE = "What people ask"
HEAD = (
    "**{total} questions** in {weeks}: **{answer}** answered, **{suggest}** offered a choice, "
    "**{none}** declined."
)
WEEKS = ("one week", "{count} weeks")
CHART = "Questions a week"
ANSWERED, OFFERED, DECLINED = "Answered", "Offered a choice", "Declined"
NO_WEEKS = (
    "No week of questions to show yet: a week shows once it is over, if three people or more asked in it."
)
HIDDEN = (
    "One more week isn't shown: fewer than three people asked in it.",
    "{count} more weeks aren't shown: fewer than three people asked in each.",
)
UNANSWERED = "No lesson answers these yet; each might be one"
HIDDEN_TOPICS = (
    "Not shown: one topic that no lesson answers; fewer than three people have asked about it.",
    "Not shown: {count} topics that no lesson answers; fewer than three people have asked about each.",
)
NOTHING_UNANSWERED = (
    "Nothing that people have asked me waits for a lesson. What they have put to the advisors stands in "
    "**queue**."
)
ASKED = ("asked once", "asked {count} times")
LIKE = "{asked}: “{question}”"
JOINS = "examples of “{title}”?"
MORE = ("…and one more topic, asked less often.", "…and {count} more topics, asked less often.")
TEACH = "Teach it"
TEACH_NUMBERED = "Teach {number}"
VIEWS = {
    "": "Overview", "weeks": "Questions by week", "unanswered": "What no lesson answers",
    "lessons": "Lessons", "quiz": "Quiz", "trends": "Readiness and pulses",
}  # fmt: skip

LESSONS = "What helped, and what didn't"
LESSONS_CHART = "Found helpful, % of those who said so"
LESSONS_HEAD = "Most helpful: **{best}** ({high}%). Least: **{worst}** ({low}%)."
LESSONS_ONE = "**{best}** was found helpful by {high}% of {people} people."
NO_LESSONS = "Nothing to show yet: a lesson shows once three people have said whether it helped."
QUIZ = "Quiz questions most missed"
QUIZ_CHART = "Missed at the first try, % of people"
QUIZ_HEAD = "Missed most: “{question}” ({part}% of {people} people)."
NO_QUIZ = "Nothing to show yet: a question shows once three people have tried it alone."
TOGETHER = "Missed most in live quizzes"
TOGETHER_TIMES = ("in one quiz", "in {count} quizzes")
AS_OF = "Each figure is from the last day on which showing it gave away nothing about one or two people."
TRENDS = "Readiness and pulses"
CHECKS_CHART, PULSES_CHART = "Joint readiness, 0 to 100", "Pulses, 1 to 5"
NO_TRENDS = "No joint check or pulse has a result to show yet."
CHECK_NUMBER = "Check {number}"
A_PLACE, IN_PLACE = "A channel", "{check}, {place}"
MOVED = "{first} → {last} ({from_} to {to})"
ONCE = "{score} ({day})"
NO_MEMORY = "My memory is away just now, so I can't show what people ask. Try again in a few minutes."
