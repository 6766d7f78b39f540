"""What whoever installs the app reads in their browser."""

from __future__ import annotations

DONE_TITLE = "Sharewise is installed"
DONE = "{place} has Sharewise now. Open it in Slack and say hello, or mention it in a channel."
DONE_UNNAMED = "Your workspace"
OPEN = "Open Slack"

FAILED_TITLE = "Sharewise isn't installed yet"
AGAIN = "Try once more"
WHY = {
    "access_denied": "You said no, and nothing was installed. That's fine: come back whenever you like.",
    "invalid_browser": (
        "This isn't the browser in which it was begun, or it keeps no cookies. Please begin again here."
    ),
    "invalid_state": "That took longer than ten minutes, or was done already. Please begin again.",
    "invalid_code": "Slack didn't confirm it. Please begin again.",
    "storage_error": "I couldn't keep it just now. Please try again in a minute.",
    "away": "Slack or my memory couldn't be reached just now. Please try again in a minute.",
}
WHY_ELSE = "Slack gave a reason that I don't know. Please begin again."
