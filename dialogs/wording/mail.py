"""The words of mails, and of the pages that their links lead to."""

from __future__ import annotations

SUBJECT = {"remind": "Reminder, {date}: {what}", "pulse": "One question, {date}: {what}"}
SUBJECT_NUDGE, SUBJECT_FOR = "Still open: {subject}", "For {name}: {subject}"
PRESS: dict[tuple[str, str], str] = {
    ("done", ""): "Done",
    ("snooze", "tomorrow"): "Remind me tomorrow",
    ("snooze", "week"): "Remind me next week",
    ("snooze", "hour"): "Remind me in an hour",
    ("stop", ""): "Stop these mails",
    ("start again", ""): "Have these mails again",
    ("comment", ""): "Add a comment",
    ("change answer", ""): "Change my answer",
}
ANSWER = "Answer {value}"
STOP_ALL = "No more mails from Sharewise"
KEPT = "What Sharewise keeps about you"
FORGET = "Forget me"

SENT_TO = "Sent to {address} by Sharewise."
LINKS = "Each link opens a page, and nothing happens before you press the button there."
NO_REPLIES = "Replies to this mail aren't read."
REPLIES = "Replies to this mail go to {address}, not to Sharewise."
THEIRS = "The links are for you alone: please don't forward them."

# --- The pages ---------------------------------------------------------------------------------------

PAGE = "Sharewise"
WHOSE = "This page is for {whom}. If that isn't you, please close it: nothing has happened."
BY_MAIL_TO = "The answer comes by mail to {whom}, since only that mailbox is surely yours."
NOTHING = "Nothing was changed."
UNREADABLE_TITLE = "This link doesn't work"
UNREADABLE = (
    "I can't read this link: it may have been cut when it was copied, or I have a new key since. Nothing "
    "has happened. Open the link from the mail itself, or wait for the next one: it has links of its own."
)
EXPIRED_TITLE = "This link is out of date"
EXPIRED = (
    "It was good until {date}, and nothing has happened now. The newest mail has links that work; if none "
    "comes any more, there is nothing that you need to do."
)
AGAIN = "Something came in between, and nothing was kept. Please press the button once more."
WRONG = "Please look at this again"

# --- Whom an advisor may name --------------------------------------------------------------------------

OFF = (
    "“{said}” is an e-mail address, and I can't send mail here yet: whoever runs me can set that up. Name "
    "people by @ meanwhile."
)
NOT_ALLOWED = (
    "I may not write to “{said}”: only to addresses at {domains}. Whoever runs me can add a domain "
    "(MAIL_DOMAINS)."
)
WHO_TOO = " E-mail addresses work too."
BELOW = "any {domain}"
FORM_ADDRESSES = "E-mail addresses"
FORM_ADDRESSES_HINT = "Separated by commas, for people who are in neither Slack nor Teams."
NOT_AN_ADDRESS = "I can't read “{said}” as an e-mail address. Please write it like name@example.org."
NO_ADVISOR = "Somebody who is written to by mail can't be an advisor: that takes Slack or Teams."
MAILED = "By mail, to"
BY_MAIL = "by mail"
COUNT_BY_MAIL = "{count} by mail"
