"""What is said where something that is kept can't be read: it is damaged, or of a newer version."""

from __future__ import annotations

KINDS = {
    "series": "a reminder or pulse",
    "audience": "the list of who gets a reminder",
    "session": "a live quiz or check",
    "here": "which quiz or check is open in a channel",
    "shared": "what a check in a channel came to",
    "enquiry": "a question to the advisors",
    "taught": "what the advisors have taught",
    "teaching": "a draft of what an advisor would teach",
    "board": "the advisors' settings",
    "audit": "the list of what advisors did",
    "outbox": "a message on its way",
    "promised": "something that was to happen in its time",
    "schedule": "something that was to happen in its time",
    "failed": "something that had failed before",
    "conversation": "what a talk was about",
    "work": "what somebody was in the middle of",
    "missed": "which quiz questions somebody has missed",
    "result": "what somebody's check came to",
}
"""By the kind of key."""
OTHER = "something that I keep"
NOT_NOW = (
    "I can't read {what} just now, so I have left it as it is. Nothing of it is lost, and the advisors hear "
    "of it. Please try again later; ask me anything else meanwhile."
)
TOLD = (
    "**There are things that I can't read**: they are damaged, or were written by a newer version of me.\n\n"
    "{what}\n\nI have left them as they are, and go on with them once I can. Please tell whoever runs "
    "Sharewise: **python -m bot doctor** says how many they are, and it helps to run the newest version "
    "again or to put a backup back."
)
ASIDE = (
    "I can't read {what} just now. I have put it aside, and it comes back once I can; you can begin afresh "
    "meanwhile."
)
ASIDE_KINDS = {
    "work": "what you were in the middle of",
    "here": "which quiz or check is open here",
    "missed": "which quiz questions you have missed",
}
LEFT_OUT = (
    "One more can't be read just now. It is kept, and stands here again once I can read it.",
    "{count} more can't be read just now. They are kept, and stand here again once I can read them.",
)
SERIES = "{what} that I can't read just now{when}. It is kept, and goes on once I can read it."
SERIES_KINDS = {"remind": "A reminder", "pulse": "A pulse", "quiz": "A quiz on dates"}
SERIES_SENT = ", last sent on {date}"
