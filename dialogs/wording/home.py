"""What stands on a person's own page."""

from __future__ import annotations

TITLE = "Your page"
HOW = "Ask about {subject} in the chat with me, in your own words. What you press here is answered there too."
AWAY = "My memory is away just now, so I can't show what is yours. Come back in a few minutes."

WAITING = "Waiting for you"
NOTHING_WAITS = "Nothing is waiting for you."
REMINDED = "To do: **{name}**"
QUIZ = "**A quiz{topic}**: question {number} of {total} is next."
QUIZ_TOPIC = " on {topic}"
CHECK = "**A readiness check**, begun on {date}: you are at step {number} of {total}."
DRAFT: dict[str, str] = {
    "remind": "**A reminder that you haven't started**", "pulse": "**A pulse that you haven't started**",
}  # fmt: skip
CHANGE = "**A change to a reminder or pulse that you haven't saved**"
DRAFT_WHAT = "{draft}: {what}"
ENQUIRY = "**A question to the advisors that isn't sent yet**"
GO_ON, STOP_QUIZ, TO_DRAFT, TO_ENQUIRY = (
    "Go on",
    "Stop the quiz",
    "Go on with the draft",
    "Look at it and send",
)
MORE_WAIT = "…and {count} more, in the chat with me."

STANDING = "Quiz and readiness"
LAST_QUIZ = "Your last quiz: **{right} of {total}** right."
NO_QUIZ = "No quiz of yours just now. Five questions take two minutes."
MISSED = (
    "1 question that you missed is worth another try.",
    "{count} questions that you missed are worth another try.",
)
QUIZ_BUTTON, CHECK_BUTTON, HISTORY_BUTTON = "Quiz", "Readiness check", "Readiness history"

TOPICS = "Topics"
DATA = "What I keep about you"
