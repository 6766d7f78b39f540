"""What an advisor is told of what became of a reminder or pulse."""

from __future__ import annotations

from collections.abc import Sequence

AND_MORE = "{names} and {count} more"
MOST_NAMED = 8
"""Names in a sentence; the rest is counted."""
STATES: dict[str, str] = {
    "scheduled": "on its way", "sent": "silent", "acknowledged": "done", "answered": "answered",
    "snoozed": "put off", "returned": "put off, and silent since",
    "muted": "stopped these", "failed": "failed", "missed": "missed",
    "cancelled": "cancelled", "suspended": "left out",
}  # fmt: skip
REPORT = "Report: {what}"
OCCURRENCE = "The one of {date}"
CHART = "What became of it"
PEOPLE = {1: "1 recipient"}
PEOPLE_MORE = "{count} recipients"
STATE_COUNT = "{count} {state}"
TWICE = "{count} may have had it twice: the line dropped while it was being sent."
BECAUSE = "{names}: {reason}."
BLOCKED = "I leave out whoever doesn’t have me until they write to me, or install Sharewise."
ANSWERS_FOR = "{who} answers for {whom}."
BOUNCED = "I leave out such an address until you send again to it, once it works."
AGAIN_BUTTON = "Send again to those who failed"
NUDGE_BUTTON, NUDGE_ONE = "Nudge the {count}", "Nudge the one"
WHO_BUTTON, REPORT_BUTTON, TREND_BUTTON = "Show who", "Report", "See the trend"
REMIND_BUTTON = "Reminder: {title}"
CHECK_BUTTON, NOTHING_BUTTON = "Readiness check in the channel", "Leave it as it is"
WHO = "Who: {what}"
WHO_MORE = "and {count} more"
WRAP = "**What became of “{what}”**, the one of {date}"
FAILURES = "**{count} of {all} could not be reached** with “{what}”, the one of {date}"
MISSED = (
    "**{count} of “{what}” never went out**: I was away for more than {hours} hours when {it} due ({dates}). "
    "{next}"
)
IT_WAS, THEY_WERE = "it was", "they were"
NEXT = "The next one goes out {when}."
PULSE_FIGURE = {
    True: "**{mean}** of 5 from {answered} of {asked}.",
    False: "**{mean}** of 5 from {answered} answers.",
}
PULSE_AVERAGE = "On average **{mean}** of 5."
PULSE_FEW = "Too few to say: fewer than three answered, and a figure would give away who said what."
PULSE_WITHHELD = (
    "**I show no average this time** ({answered}). Together with earlier results on the same question it "
    "would tell what one or two people answered. It shows again once the same people answer as before, or at "
    "least three others."
)
PULSE_UNKNOWN = (
    "**I show no average this time** ({answered}). I no longer know whose all the answers are, to this or to "
    "an earlier one on the same question. So I can't rule out that it would tell what one or two people "
    "answered."
)
COMMENTS = "**Comments**"
COMMENTS_ANONYMOUS = "**Comments**, in no order and without names"
COMMENT_BY = "{name}:"
COMMENTS_MORE = ("And one more comment.", "And {count} more comments.")
LESSON = "The {source}: {lead}"
DIGEST = "**Your week** of reminders and pulses"
DIGEST_LINE = "**{what}**: {counts}"
PLACE_ON = "a channel {reached}"
DIGEST_COOLED = "It cooled: {why}"
DIGEST_OFF = "“digest off” ends these summaries."


def several(names: Sequence[str]) -> str:
    """The first of ``names``, and how many more there are."""
    first = ", ".join(names[:MOST_NAMED])
    return first if len(names) <= MOST_NAMED else AND_MORE.format(names=first, count=len(names) - MOST_NAMED)


def recipients(count: int) -> str:
    """So many recipients, in words."""
    return PEOPLE.get(count) or PEOPLE_MORE.format(count=f"{count:,}")
