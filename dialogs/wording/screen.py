"""The words of the big screen."""

from __future__ import annotations

TITLE = "Sharewise"
BUTTON = {"quiz": "Quiz on the big screen", "readiness": "Check on the big screen"}
LINK = (
    "[Open this on the screen in the room]({url}). It follows by itself, shows no names unless the quiz "
    "does, and ends a day after the close. Whoever has the link can look, and change nothing."
)
NOT_HERE = "I can't show that on a big screen here: it hasn't been set up. Whoever runs me can do so."
UNKNOWN = "This link leads nowhere: it may have been cut on its way. Ask for a new one on the card."
OVER = "This is over, and its page has ended. What came of it stands in the chat."
AWAY = "Sharewise can't be reached just now. This page goes on by itself."
