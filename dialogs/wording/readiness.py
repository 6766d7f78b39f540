"""What is said in a readiness check for one person, of its result, and of earlier ones."""

from __future__ import annotations

CHECK = "Readiness check"
CHECK_NONE = "I have no readiness check in this set of lessons. Ask me about them instead:"
CHECK_WHICH = "Which check would you like?"
CHECK_PAUSED_BEFORE = "You have a check under way, begun on {date}: you were at step {number} of {total}."
CHECK_GO_ON = "Go on"
CHECK_AFRESH = "Start afresh"
CHECK_STEP = "**{number} of {total}.** {text}"
CHECK_BY_HAND = (
    "You can also type 1 ({low}) to 5 ({high}), “don't know”, “back”, “skip” or “pause”. "
    "What you answer is kept for you alone."
)
CHECK_PURPOSE = "Type it here, in at most {limit} characters."
CHECK_TYPE_IN_CHAT = "Type it in our direct chat, in at most {limit} characters, or skip it."
CHECK_BACK = "Back"
CHECK_SKIP = "Skip"
CHECK_PAUSE = "Pause"
CHECK_SIX = "6 or more"
CHECK_PAUSED = (
    "Paused at step {number} of {total}. Your answers are kept for 30 days: type “readiness” to go on."
)
CHECK_OLD = "That belongs to an earlier check, so nothing was changed."
CHECK_NOT_OPEN = "You have no readiness check under way. Type “readiness” to start one."
CHECK_PASSED = "You're past that step. Press or type “back” to change an answer."
CHECK_FIRST_STEP = "This is the first one."
CHECK_ANSWER_FROM = "Please answer from {first} to {last}, or skip it."
CHECK_WHICH_ONE = "Which one is it?"
CHECK_NO_NOTES = "A check keeps no notes. Is this your answer?"
CHECK_PARTNERS = "Give me a number from 2 to 99, counting your own organisation."
CHECK_TOO_LONG = (
    "That's {count:,} characters; one sentence of at most {limit} will do. "
    "Nothing is lost: shorten it, or type “skip”."
)
CHECK_EMPTY = "Nothing was answered, so there is nothing to show. Whenever you like, start again."

RESULT_TITLE = "Your result: {title}"
RESULT_CHART = "How ready, factor by factor"
RESULT_OVERALL = "Overall"
RESULT_BETWEEN = "Strongest: {strongest}. Weakest: {weakest}."
RESULT_ALL_UNKNOWN = (
    "**Your answer was “{unknown}” throughout, and that is the finding.** Before money is spent, find out "
    "where you stand. Begin with these:"
)
RESULT_UNKNOWN = "{count} “{unknown}”"
RESULT_NO_SCORE = "no score"
RESULT_PURPOSE = "For"
RESULT_MODEL = "**Yours: {title}.** {said}"
RESULT_PARTNERS = "{question} **{count}.** {lead}"
RESULT_ACTIONS = "**What to do next**"
RESULT_LOW = "“{statement}”: you said *{answer}*. Under *{title}*, we suggest: {advice}"
RESULT_FIND_OUT = "“{statement}”: you don't know, so find out who can say. It belongs to *{title}*."
RESULT_ALL_FULL = "You called every statement you answered fully true. See whether the others would."
RESULT_ONE_VIEW = "*This is one person's view. Ask the others what they would have said.*"
RESULT_HISTORY = "Readiness history"

HISTORY_TITLE = "Your readiness checks"
HISTORY_NONE = "You haven't finished a readiness check yet."
HISTORY_START = "Start one"
HISTORY_MOVED = "**Since {date}:** {moves}."
HISTORY_MOVE = {
    "up": "{title} rose from {before} to {after}",
    "down": "{title} fell from {before} to {after}",
}
HISTORY_STILL = "Nothing has moved since {date}."
HISTORY_CHART = "Readiness over time"
