"""What is said of joint readiness checks and pulses."""

from __future__ import annotations

TITLE = "Result: {title}"
OVERALL = "**Overall {score} of 100**{equal}."
EQUAL = " (each organisation counts the same)"
STRONGEST = "Strongest: {titles} ({score}). Weakest: {weakest} ({low})."
LEVEL = "All factors came out level."
NO_SCORES = (
    "**No factor has a score: fewer than three people could say anything about any one of them.** That is "
    "the finding. Before money is spent, find out where you all stand."
)
IN_TENS = "*Scores are in tens here: the check before this one was only days ago.*"
TOO_FEW = (
    "**Thank you to everyone who answered.** Fewer than three of you did, so I show no figures: they would "
    "give away who said what. Ask a few more colleagues, and take it again. Until then, here is what to read."
)
WITHHELD = (
    "**Thank you to everyone who answered.** I show no figures this time: held against earlier results on "
    "the same statements, they would tell what one or two people answered. Take it again with the same "
    "people as before, or with at least three others. Until then, here is what to read."
)
UNRECORDED = (
    "**Thank you to everyone who answered.** I show no figures this time: it isn't on record who took part "
    "in an earlier check here, and held against it they might tell what one or two people answered. Take it "
    "again in three months. Until then, here is what to read."
)
NOTHING_SHOWN = {"": TOO_FEW, "all": WITHHELD, "unknown": UNRECORDED}
"""Why a result has no figures."""
WITHHELD_PARTS = (
    "*Some figures are left out: held against earlier results, they would tell what one or two people "
    "answered.*"
)

APART = "**Where you disagree: {title}.** {high} {most}, {low} {least}: talk about this first."
ALSO_APART = ("Organisations differ on one other factor too.", "Organisations differ on {count} others too.")
PEOPLE_APART = "**Where people disagree: {titles}.** Their answers are far apart, so hear each other out."
UNKNOWN = "**{share} don't know** how true this is: “{statement}”"

ALL = "All organisations"
MORE = "*The picture shows {shown} of {all} organisations. The export has them all.*"
ANSWERED = "answered by {count}"
ANSWERED_BY_ALL = "answered by all"
ANSWERED_BY_MOST = "answered by nearly all"
NO_FIGURE = "too few answers to show"
NOT_SHOWN = "not shown beside earlier results"
TOOK_PART = "Took part"
PEOPLE = "{people} people"
PEOPLE_OF = "{people} people of {count} organisations"
PURPOSE = "Purpose"

MODEL_DIVIDED = "**You don't agree on this:** {question} Settle that between you first."
MODELS_DIFFER = (
    "**Organisations answer this differently:** {question} {models}. Settle that between you first."
)
MODEL_OF = "{name} {title}"
PARTNERS_DIVIDED = "**You don't agree on this:** {question} Count together who has a say."

NEXT = "**{count} we suggest next**"
THINGS = {1: "One thing", 2: "Two things", 3: "Three things"}
LOW = "{advice} *“{statement}” came out {lowest}.*"
LOWEST = ("lowest of all", "among the lowest")
FIND_OUT = "{advice} *“{statement}”: {share} don't know, so find out who can say.*"
TALK = "{advice} *“{statement}”: you differ, so let each say what they have seen.*"
NOTHING_LOW = (
    "On the whole you call all of it true, and you agree. Keep it so: take the check again when somebody "
    "at the top changes, or somebody joins or leaves."
)
NOTHING_ELSE = "Among what I can show this time, nothing stands out."

GROUPS = (
    "*Nobody's own answers are shown or kept. An organisation stands on its own where at least three of its "
    "people answered, and where that doesn't give away a smaller group, not even beside earlier results.*"
)
DETAILS = "Show details"
DETAILS_OF = "Details of {date}: {title}"
CHECK_IN = "Monthly check-in: {title}"
AGAIN = "Repeat in three months"
EXPORT = "Export"
HISTORY = "History"

HISTORY_TITLE = "Readiness checks here"
HISTORY_ROW = "Overall {overall}, {people} people"
TOO_FEW_THEN = "fewer than three people answered"
WITHHELD_THEN = "not shown beside earlier results ({people} people)"

SPREADS: dict[str, str] = {
    "": "",
    "close": "people close together",
    "some": "people some way apart",
    "far": "people far apart",
}
SHARES: dict[str, str] = {
    "": "",
    "few": "few or none",
    "some": "some",
    "half": "about half",
    "most": "most",
}
OF_YOU = {"some": "some of you", "half": "about half of you", "most": "most of you"}
DONT_KNOW = "{share} of the answers “{unknown}”"

COLUMNS = (
    "Check", "Date", "Factor", "Organisation", "Score (0 to 100)", "People with a score",
    "How far people are apart", "Don't know",
)  # fmt: skip
ALL_FACTORS = "All factors"
FEWER = "fewer than three"
NEARLY_ALL = "nearly all"

PULSE_CHART = "{topic}, from 1 to 5"
PULSE_MEAN = "Average"
PULSE_ANSWERED = {True: "{answered} of {asked} answered", False: "{answered} answered"}
PULSE_COUNT = "{mean} ({answered})"
PULSE_HIDDEN = "too few to say: fewer than three answered"
PULSE_WITHHELD_THEN = "not shown beside earlier results ({answered})"
PULSE_UNKNOWN_THEN = "not shown, as I no longer know whose answers these are ({answered})"
PULSE_FELL = "**{topic} fell from {before} to {after}** since {since}"
PULSE_STANDS = "**{topic} stands at {mean}**"
PULSE_LOW = ", under {limit}"
PULSE_QUIET = {True: "fewer than {limit:.0%} answered", False: "{answered}, fewer than {limit:.0%}"}
"""Whether how many answered is said beside it."""
PULSE_GROUPS = (
    "*No average is shown of fewer than three answers, nor one that would tell, together with earlier "
    "results on the same question, what one or two people answered.*"
)
