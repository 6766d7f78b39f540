"""What is said about answers and lessons, in small talk, and when something is off."""

from __future__ import annotations

from collections.abc import Sequence

# --- Answers ------------------------------------------------------------------------------------

SOURCE_SAYS = "What the {source} says"
SINCE_THEN = "Since then"
IN_PRACTICE = "In practice (our guidance)"
ASK_YOURSELVES = "Ask yourselves"
REASON = "Why, as far as the {source} goes"
OUR_REASON = "Why, in our view (our guidance)"
EXAMPLE = "For example (a case we made up)"
IN_PRACTICE_BUTTON = "In practice"
MORE_BUTTON = "More"
FOR_A_REPORT = "For a report"
ASPECT_BUTTONS = {
    "practice": IN_PRACTICE_BUTTON, "since": SINCE_THEN, "ask": ASK_YOURSELVES, "more": MORE_BUTTON,
    "why": "Why?", "source": "Where does it say that?", "example": "For example?", "short": "In short",
    "report": FOR_A_REPORT,
}  # fmt: skip
"""What stands on the button that asks for an aspect of a lesson."""

SAME_LESSON = "Same lesson, **{title}**:"
NOT_NAMED = "Same lesson, **{title}**: the {source} doesn't mention “{named}” there. In short: {lead}"
NOT_SAID = "About **{title}**: the {source} doesn't answer that."
NOT_SAID_OF_CASE = "About **{title}**: the {source} doesn't answer that for such a case."
SAID_OF_IT = "About **{title}**: what the {source} says comes nearest here:"
MEANING = "That is from **{title}**:"
NO_DEFINITION = "It doesn't define it any further."
ABOUT = "About **{title}**:"
FOLLOWS_QUESTION = "I take this to follow “{question}”, asked on {date}."
FOLLOWS_LESSON = "I take this to follow **{title}**, of {date}."
FOLLOWS_LIST = "I take this to follow the list of {date}."
LIKELIEST = "Taking it that you mean **{title}**:"
ALSO_ASKED = "You also asked about **{title}**: {lead}"
NO_EXAMPLE = "Neither the {source} nor I have a further example of this one."
NO_LATER_EVIDENCE = (
    "I know of no later evidence on this. What I have is the {short}, so weigh it with its age in mind."
)
DECK_DATED = "The {short} is dated {date}."
STANDS_IN = "**{title}** stands in this list of the {source}'s: **{list}**."
NOT_RANKED = "The {source} doesn't rank them: it puts none above another."
COMPARED = "The {source} doesn't set them side by side. What it says of each:"
NO_FIGURE = "The {source} gives no figure for that, neither cost nor saving."
NO_SPAN = "The {source} doesn't say how long or how soon."
OURS_LAST = "What you read last is from us, not from the {source}."
NOBODY_NAMED = "The {source} doesn't say who. In short:"
FOR_US = "The {source} doesn't know your case, and neither do I. This is what to look at:"
NO_VERDICT = "The {source} doesn't say that this one tends to succeed or to fail."
ON_A_SIDE = {
    "success": "The {source} lists it as one that **tends to succeed**.",
    "failure": "The {source} lists it as one that **tends to fail**.",
    "undecided": "The {source} puts it on neither side.",
}
ALL_ON_A_SIDE = {
    "success": "According to the {source}, all of these **tend to succeed**.",
    "failure": "According to the {source}, all of these **tend to fail**.",
}
OTHERS_ON_SIDE = {
    "success": "These **tend to succeed**:",
    "failure": "These **tend to fail**:",
}
ON_THE_SIDE = {
    "success": "Of those, the {source} lists these as ones that **tend to succeed**:",
    "failure": "Of those, the {source} lists these as ones that **tend to fail**:",
}
SOURCE = "Under the heading *{heading}* of “{title}” by {author}, {date}."
REFERENCE = "{author} ({role}, {publisher}), *{title}*, {date}, under “{heading}”."
OWN_REFERENCE = "“{title}”: {advised}."
NONE_ON_SIDE = "None of those does, according to the {source}."
LIST_IS_SHORTER = ("There is one in that list:", "There are {count} in that list:")
WHICH_ONE = "Which one do you mean?"
ABOUT_WHAT = "About what? Ask me something first, such as:"

ELSEWHERE = "I can't write where you asked me, so here is my answer for you alone."
"""Before an answer that its channel or thread doesn't take."""

ONE_OF, ONE = "{platform} at {name}", "{platform} at one of our organisations"
"""What it is called that refuses us, where we are in several."""
PLATFORM_REFUSES = (
    "{platform}: nobody there hears from me just now, because {why}. What I have to say waits up to two "
    "days, and goes out by itself once this is mended. Whoever runs me can do that: the log says how."
)
REFUSED_BECAUSE: dict[str, str] = {
    "bad_certificate": "the mail server's certificate can't be trusted",
    "no_tls": "the mail server offers no encryption",
    "no_login": "the mail server takes no login",
    "login_refused": "the mail server doesn't take my user name and password",
    "sender_refused": "the mail server takes no mail from my address",
}
REFUSED_OTHERWISE = "it doesn't take my credentials any more (`{reason}`)"

# --- Unsure, and not knowing ------------------------------------------------------------------------

DID_YOU_MEAN = "Did you mean one of these?"
NONE_OF_THESE = "None of these"
OUTSIDE = "The {source} doesn't cover {term}, and I won't guess{on}."
OTHER_UNSURE = "I'm not sure of your other question. Ask it by itself and I'll look again:"
OTHER_NOT_COVERED = "The {source} doesn't answer your other question; an advisor may:"
NOT_COVERED = "The {source} doesn't answer that, and I won't guess."
NO_WORD_KNOWN = "I don't recognise any of those words. I understand English, and I know about {subject}."
WHY_DECLINED = "I only say what the {source} says, which has nothing on that: a guess could cost you."
ASK_ADVISOR = "Ask an advisor"
ADVISOR_MAY = "An advisor may: I can pass your question on."
ANOTHER_MAY = "Another advisor may: I can pass it on."
NO_ADVISOR = "No advisor is set up here to whom I could pass it on."
NOT_NOW = "I can't pass the question on just now, so please ask again later or speak to an advisor."
NEAREST = "Nearest that I do know:"
NOT_IN_LIST = "Sorry about that."
NOTHING_TO_NOTE = "I no longer have your question. Type it again and I'll look once more."

# --- Browsing -----------------------------------------------------------------------------------

HEADINGS = "The {source}'s headings. Press one, or type its name after “lessons”."
UNDER_HEADING = "**{heading}**"
ALL_LESSONS = "All lessons"

# --- Why this answer ----------------------------------------------------------------------------

WHY_THIS_ANSWER = "Why this answer?"
EXPLAINED = "Your question came closest to one of the example questions of **{title}**."
EXPLAINED_FOLLOW_UP = "I took it as a follow-up about **{title}**, since that is what we were talking about."
EXPLAINED_FOLLOW_UP_TO = (
    "I took it as a follow-up to **{before}**, which we were talking about, and as pointing to **{title}**."
)
EXPLAINED_CHOSEN = "You chose **{title}** from a list, so no matching was needed."
EXPLAINED_NOTHING = "Nothing in my lessons came near that question."
EXPLAINED_UNSURE = "No lesson came close enough to answer with. These came nearest:"
YOU_ASKED = "You asked"
CLOSEST_EXAMPLE = "Closest example question"
IN_COMMON = "Words in common"
NONE_IN_COMMON = "none: it came near in meaning"
HOW_SURE = "How sure I am"
CAME_SECOND = "Came second"
READ_AS = "I read"
MENDED = "I read that as “{said}”."
MESSAGE_FROM = "That message is from **{title}**:"
MESSAGE_OF_OURS = "That message is one of mine, with no answer in it. Ask me what you'd like to know."
NOTHING_TO_EXPLAIN = "I have no answer of mine at hand to explain. Ask me something, then “why this answer”."

# --- Feedback -----------------------------------------------------------------------------------

THANKS_UP = "Thanks, noted."
THANKS_DOWN = "Thanks for saying. Tell me in other words what you were after and I'll try again."
FEEDBACK_NOT_KEPT = "Thanks. I can't keep that just now, as my memory is away."

# --- Small talk ---------------------------------------------------------------------------------

_ASIDE = "Done, that is put aside. What would you like to know about {subject}?"
SMALL_TALK = {
    "greeting": "Hello. Ask me anything about {subject}, or type “help”.",
    "thanks": "Any time.",
    "bye": "Goodbye, and good luck with it.",
    "bot": "I'm Sharewise, a bot: I answer from the {short} on {subject} and say so when it has no answer.",
    "how are you": "All well here, thanks. What would you like to know about {subject}?",
    "fine": "Good. I'm here when the next question comes.",
    "disagree": (
        "Fair enough. It is one {source}'s view, the {short}'s, and what we say beside it is guidance. If an "
        "answer missed your question, type “not helpful” and I'll note it."
    ),
    "send": (
        "I can't send an answer on. Copy it as it stands: its last line names the heading and the date, so "
        "that others can look it up."
    ),
    "fresh": _ASIDE,
    "call off": _ASIDE,
    "cross": (
        "Sorry that I was no help. Tell me in other words what you were after, or type “not helpful” and "
        "I'll note it for whoever looks after me."
    ),
    "dodging": (
        "You're right to press. The {source} is short and often gives no reason or detail, and I don't "
        "guess. Name the one thing you need and I'll say whether it is there; if it isn't, an advisor can "
        "tell you more."
    ),
    "write": (
        "I can't write it for you, but I can give you what goes in it: ask me, then type “for a report” "
        "for words to copy with their source, or “in short” for one line."
    ),
    "clock": (
        "I keep no timers or alarms. What I can do is remind people of something on a date: "
        "type “how do I set a reminder?”."
    ),
    "answers": (
        "In an anonymous pulse and in a readiness check nobody learns which answer is yours: results show "
        "groups of three or more. In a named pulse our advisors see who answered what, and a live quiz shows "
        "its scores by name unless it says otherwise. Each says which it is before you answer; “my data” "
        "shows what I keep about you."
    ),
    "changed mind": (
        "A named answer to a pulse is changed by “change”, typed under it; in a readiness check, until it is "
        "closed, by “Take part” again. An anonymous answer can't be changed, since I don't know which one is "
        "yours, and in a live quiz the first press counts."
    ),
}

# --- Help and welcome -----------------------------------------------------------------------------

WELCOME_TITLE = "Sharewise"
WELCOME = (
    "Hello. Ask me about {subject} in your own words: I answer from {author}'s {source} of {date}, say where "
    "each answer comes from, and tell you when the {source} has none."
)
WELCOME_HOME = "Type **home** for your own page, and **help** for all that I can do."
WELCOME_SHARED = (
    "Hello everybody. Mention me with a question about {subject}: I answer here, from {author}'s {source} of "
    "{date}, say where each answer comes from, and tell you when the {source} has none. Otherwise I keep "
    "quiet."
)
WELCOME_TOGETHER = "Together you can do a quiz: mention me with **quiz here**."
TRY = "For instance:"
HELP_TITLE = "What I can do"
HELP = "Ask about {subject} in your own words, then follow up: “why?”, “the second one”. Or type:\n\n{lines}"
HELP_ADVISOR = "**As an advisor:**\n\n{lines}"
HELP_ALSO = "Also: {also}"

# --- Commands ---------------------------------------------------------------------------------------

WHICH_MATTER = "More than one thing is waiting for an answer here. Which one do you mean?"
ONE_AT_A_TIME = "One at a time, please: which one first?"
WHICH_BUTTON = "There is more than one of those. Which one do you mean?"
NO_REPLY_TO_CARD = "I didn't understand that as a reply to what stands above. You can type “{labels}”."
WITH_WORDS = " Words go behind a colon, such as “{label}: …”."
NEAR_COMMAND = "I have no answer to that. Did you mean one of these?"

# --- When something is off ------------------------------------------------------------------------

WENT_WRONG = (
    "Something went wrong at my end, so I may not have done that. Please try it once more; if it happens "
    "again, say *speak to a person*."
)
ONE_MOMENT = "One moment, please."
TOO_FAST = (
    "That's a lot in one minute. Nothing that I've answered is lost, but I read on only in a minute: please "
    "say this again then, and whatever else you say until then."
)
MEMORY_AWAY = "I need my memory for that, and it's away just now. Please try again in a few minutes."
FILES = "I can't read files or pictures."
FILES_SAY = "Tell me in words what you'd like to know."
FILES_THERE = (
    "There is only a file or a picture in that message, and I can't read those. Ask me in words instead."
)
NO_WORDS_THERE = "There are no words in that message that I could answer. Ask me in words instead."
FILES_BESIDE = "I can't read what is attached to it: this answers its words alone."
FILES_TOO = "I can't read what you attached: this answers your words alone."
SENDING = "I'm sending that to you alone."
SENT_DIRECTLY = "I've sent that to you alone."
NOT_SENT = (
    "I couldn't send that to you alone: I can't write to you yet. Please find Sharewise under Apps, add it "
    "for yourself, and ask me again."
)
GREET_EMPTY = "Yes? Ask me about {subject}, or type “help” to see what I can do."
NO_WORDS = "I can only read words. Ask me about {subject} in a sentence, or type “help”."
TOO_LONG = "That's more than I can take in at once. Ask me in a sentence or two, at most {limit} characters."
STALE = "That button is from an earlier version of me. Here is what I know now:"
NO_SUCH_LESSON = "I have no lesson of that name. Here is what I know:"
LOST_STATE = "Sorry, I lost track of our conversation and have to start afresh."
NO_MEMORY = "I can't remember our conversation just now, so please ask each question in full."


def listed(parts: Sequence[str]) -> str:
    """Parts in a sentence: "one, two and three"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
