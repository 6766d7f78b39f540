"""What is said where somebody looks for a lesson to put before others."""

from __future__ import annotations

TITLE = "Search lessons"
"""At most 32 characters."""
DESCRIPTION = "Find a lesson, and put its card with the source into your message"
"""At most 128 characters."""
FIELD, FIELD_DESCRIPTION = "A topic or a question", "Words of a lesson, or a question in your own words"
"""At most 32 and 128 characters."""
TOPIC = ("1 lesson", "{count} lessons")
NOTHING = "The {source} has no lesson on that."
OTHERWISE = "Try other words, or clear the box to see the topics."
STARTER = "Ask in your own words"
ASK_HERE = "Ask Sharewise about this"
HELPFUL, NOT_HELPFUL = "Helpful", "Not helpful"
TOO_MANY = "That's a lot of searches in one minute. Try again in a minute."
