"""What a chat in Slack's agent pane begins with."""

from __future__ import annotations

TITLE = "Ask in your own words, or begin with one of these"
WAITING = "What is waiting for me?"
QUEUE, INSIGHTS = "Which questions wait for us?", "What are people asking?"
QUIZ, HELP = "Give me a quiz", "What can you do?"
THINKING = "is looking it up…"
DESCRIPTION = (
    "Ask about {subject} in your own words: each answer says where it is from, and what I can't answer "
    "I can pass on to an advisor."
)
