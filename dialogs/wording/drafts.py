"""The words in which reminders and pulses are made and looked after. Change the bot's tone here."""

from __future__ import annotations

from typing import Literal

# --- Who may -----------------------------------------------------------------------------------------

ADVISORS_SET_THEM = (
    "Only advisors set reminders and pulses for others. Ask one of yours: tell them who it is for, when, and "
    "what it should say. You can have one to yourself alone: “remind me tomorrow at 9 to ring back”."
)
ADVISORS_ONLY = "Only advisors can do that. Ask one of yours."

# --- A draft, as it is shown -------------------------------------------------------------------------

TITLE: dict[tuple[str, bool], str] = {
    ("remind", True): "Reminder: ready to start", ("remind", False): "Reminder: not finished yet",
    ("pulse", True): "Pulse: ready to start", ("pulse", False): "Pulse: not finished yet",
    ("quiz", True): "Quizzes: ready to start", ("quiz", False): "Quizzes: not finished yet",
}  # fmt: skip
TITLE_CHANGE: dict[str, str] = {
    "remind": "Change to a reminder", "pulse": "Change to a pulse", "quiz": "Change to the quizzes",
}  # fmt: skip
CHANGE_READY = {True: "{title}: ready to save", False: "{title}: not finished yet"}
TO, WHEN, NEXT, LATER, NOTE = "To", "When", "Next", "Moved", "Note"
YOUR_TIME = "In your own time"
SCALE, ANSWERS, WHY = "Scale", "Answers", "Why"
ENDS = "1 {low}, 5 {high}"
ANONYMOUS = "anonymous: nobody learns who answered what"
NAMED = "named: advisors see who answered what"
FEW = (
    "Fewer than three people are asked, and of so few I never show an anonymous figure: ask three or more, "
    "or have the answers named."
)
TO_CHANGE = "Please change"
START, SAVE, CHANGE, CANCEL, FILL_IN = "Start", "Save the change", "Change", "Cancel", "Fill in a form"
MAKE_NAMED, MAKE_ANONYMOUS = "Named answers", "Anonymous answers"
HERE = {"channel": "This channel", "group": "This chat", "direct": "This chat"}
LAST_WORDS = "I took your last words as part of when, not of the text."
PART_OF_TEXT = "Part of the text"
LEAVE_IT = "Only these"
TOOK_THE_CHECK = "Those who took the check"
BY_TYPING = "You can also type what to change, such as “make it 10:00” or “on Fridays instead”."
PUT_AWAY = "The draft that you hadn't started is dropped."

# --- What is asked for -------------------------------------------------------------------------------

WHO: dict[str, str] = {
    "remind": "**Who is it for?** Mention people or channels with @ and #, or name a list.",
    "pulse": "**Who should be asked?** Mention people or channels with @ and #, or name a list.",
}
WHAT_OWN = "**What should I remind you of?** For example “to ring back”."
WHO_INSTEAD = "**Who else?** Mention them, name a list, or leave it at these."
WHAT: dict[str, str] = {
    "remind": "**What should I remind them of?** For example “to {task}”.",
    "pulse": "**What should I ask about?** For example “{interest}”, or type the whole question.",
}
PASSED = "All its dates have passed. Say a new time, such as “tomorrow at 10” or “every Monday at 9:30”."
TOO_LONG = (
    "That text has {count} characters, and at most {limit} fit. Shorten it, or put it in a document and name "
    "that. I've kept the rest."
)
TOO_MANY_TARGETS = "At most {limit} people and channels at once. Make a list of them, or name a channel."
NOT_A_MENTION = (
    "“{said}” reached me as plain words. Type {sign} and pick the name from what the chat offers, so that "
    "I know exactly which one you mean."
)
NOT_HERE = "There is no channel here. Say it in the channel that you mean, or mention it with #."
NO_SUCH_LIST = (
    "I know no list called “{said}”. Mention people with @ and channels with #, or use a list: {lists}."
)
NO_LISTS = (
    "I know no list called “{said}”, and there are no lists yet. Mention people with @ and channels with "
    "#, or make one: “list {example}: @…, @…”."
)
NO_CHECK_HERE = (
    "No readiness check is open here. Press “Monthly check-in” under a check's result to reach those who "
    "took it."
)

# --- Pulses ------------------------------------------------------------------------------------------

PULSE_ON = "How do things stand with {topic} today?"
LOW, HIGH = "Badly", "Well"

# --- Started, saved, put away ------------------------------------------------------------------------

STARTED: dict[str, str] = {
    "remind": "**I'm setting it up**, with the first one {first}. I'll tell you {then} whom I can reach.",
    "pulse": "**I'm setting it up**, to ask first {first}. I'll tell you {then} whom I can reach.",
    "quiz": "**I'm setting it up**, with the first quiz {first}. I'll tell you {then} if I can post there.",
}
SAVED = "**I'm changing it**, with the next one {first}. I'll tell you {then} whom I can reach."
THEN = {True: "next", False: "in our own chat"}
"""Where what comes next is told: here, in a direct chat; else it isn't for all who see the card."""
STARTED_OWN = "**I'm setting it up**, with the first one {first}. I'll tell you once it's done."
SAVED_OWN = "**I'm changing it**, with the next one {first}. I'll tell you once it's done."
AFTERWARDS = "“reminders” shows all that is coming, with ways to pause, change or end it."
CANCELLED = "Dropped. Nothing was sent."
NOT_CHANGED_YET = (
    "I asked about your last change, so it isn’t in here yet. Start it as it stands, or say the change again."
)
KEPT_RUNNING = "Nothing was changed: it goes on as it was."
NO_DRAFT = "You have no draft open. Type “new reminder” or “new pulse”, or press one of these:"
NO_DRAFT_OWN = "You have no draft open. Say “remind me tomorrow at 9 to …”, or press one of these:"
GONE = (
    "That draft isn't open any more: it was started or dropped, a newer one took its place, or somebody "
    "else is making it. Nothing was changed."
)
NOT_A_PULSE = "That is a reminder: nobody answers it, so there is nothing to keep anonymous."
NOT_IN, SAID_AGAIN = "Not in yet", "“{said}”. Say it again if it is to be so."
NOT_UNDERSTOOD = (
    "I didn't understand that change, so nothing changed. You can say a time (“make it 10:00”), days (“on "
    "Fridays instead”), “not in August”, “until Easter”, whom (“to @…”), or “it should say …”."
)
NOT_A_CHANGE = (
    "I didn't understand that change, so nothing changed. If it was a question, ask it of the advisors; to "
    "change something, say a time, days, “not in August”, whom (“to @…”), or “it should say …”."
)
CHANGED = "Changed: {what}."
CHANGED_WHEN = "**{when}**"
CHANGED_FIRST = "it goes out first on {first}"
CHANGED_WHOM = "it goes to {whom}"
CHANGED_TEXT = "the text"
NOT_AMONG = "It wasn't going to {who} before."
CALLED_TO = "{kind} to {whom}"
STILL_HERE_TO = "Your {kind} is still here."
STILL_HERE = "The {kind} that you are making is still here."
IF_TEXT = " If you meant that as its text, begin with “it should say”."
SHOW_IT = "Show it"
PUT_IT_AWAY = "Drop the draft"
AFRESH = "You have a draft open. Shall I drop it first?"
GOES_TO, GOES_FIRST = "It goes to {whom}.", "Once started, it goes first on {first}."
TAKE_YOUR_TIME = "Take your time. Your {kind} is still here."
ENOUGH = "All right: the {kind} stays as it is, and isn't sent. Shall I drop it?"
NOT_STARTED = "Here it is. Nothing is sent until you press “{start}”, or type it."
START_THIS = "Do you mean to start your {kind}?"
OF_THIS = "Do you mean your {kind}?"
OR_LESSON = "Or the answer, “{lesson}”?"
WRONG_WHICH = "Say whom to leave out, as in “without @…”, or who alone should get it, as in “only @…”."
ME_TOO = "Shall I send this one to you too, or begin another one for you?"
ADD_ME, NEW_FOR_ME = "Send it to me too", "Another one for me"
AS_IT_IS = "That's how it is already."
NO_WAY_BACK = (
    "I don't keep what it was before, so I can't take a change back. Say how it should be instead, "
    "such as “make it 10:00”."
)
THEN_START = "Good. Then press “Start”, or type it."
SENT_AT = (
    "Once started, it goes first on {first}. To send it sooner, say when, such as “in 10 minutes”; "
    "otherwise press “Start”."
)
NOT_READY = "It can't start yet: one thing is missing."

# --- Reminders to oneself alone ------------------------------------------------------------------------

YOU_ALONE = "you alone, in our direct chat"
STAYS_YOURS = (
    "Only advisors set reminders for others, so this one stays yours alone. To have it sent to somebody "
    "else, ask an advisor."
)
TOO_MANY_OWN = (
    "You have {limit} reminders of your own open, and that's as many as I keep at a time. End one of "
    "them under “my reminders”, and then type “start”: what you have made is still here."
)
OWN_LIST = "My reminders"
OWN_HOW = (
    "What you set yourself, only you see. To name one: “change my reminder to …”, “cancel my reminder to …”."
)
LABEL_TO, LABEL_NO_DATE = "to {whom}", "no date"
NAMED_NONE = "I find none of that name among those that you can change."
NAMED_UNCHANGED = "That isn't a change that I understand, so nothing is changed yet."
NAMED_UNKNOWN = "Not understood"
NAMED_WHICH = "Which one do you mean?"
SHOW_DRAFT = "The one that you are making"
NONE_PAUSED = "None of them is paused."
NAMED_MEANT = "Is this what you want?"
NAMED_ASIDE = "Left out"
NAMED_ACT_UNKNOWN = (
    "I think you mean this one, but I didn't understand what to do with it, so nothing is changed. Press "
    "what you want, or say it like “pause it”, “skip the next one” or “move it to Friday”."
)
WHO_REPLIED, NUDGE_THEM = "Who hasn't replied", "Nudge those who haven't"
PAUSED_TOO = "It is paused: once you have saved this, say “resume it”."

# --- The form ----------------------------------------------------------------------------------------

FORM_TITLE: dict[str, str] = {"remind": "Reminder", "pulse": "Pulse", "quiz": "Quizzes"}
FORM_SUBMIT = "Show me"
FORM_INTRO = "You'll see it in words with its next dates before anything is sent."
FORM_PEOPLE: dict[str, str] = {
    "remind": "Who is it for?", "pulse": "Who should be asked?", "quiz": "In which channel?",
}  # fmt: skip
FORM_LISTS = "Lists and groups"
FORM_WHAT: dict[str, str] = {
    "remind": "What should I remind them of?",
    "pulse": "What should I ask?",
    "quiz": "What should each quiz be?",
}  # fmt: skip
FORM_WHAT_OWN = "What should I remind you of?"
FORM_WHAT_HINT: dict[str, str] = {
    "remind": "",
    "pulse": "A topic such as “{interest}”, or the whole question.",
    "quiz": "Such as “5 questions, without names, open for 4 hours”.",
}
FORM_WHEN = "When?"
FORM_WHEN_HINT = "Such as “first Monday of each month at 9:30” or “tomorrow at 4pm”."
FORM_OFF_DAYS = "On a weekend or bank holiday"
FORM_NATION = "Whose bank holidays, where I don't know somebody's own?"
FORM_ZONE = "Whose clock?"
FORM_ZONE_HINT = "Leave it empty for each person's own time. Or a place, such as London."
FORM_ANSWERS = "Answers"
FORM_CATCH_UP = "If I was down when it fell due, send it late?"
OFF_DAYS = {
    "next": "Move to the next working day", "previous": "Move to the previous working day",
    "skip": "Leave that one out", "ignore": "Send it anyway",
}  # fmt: skip
CATCH_UP = {"0": "No", "6": "Within 6 hours", "24": "Within a day", "72": "Within three days"}
FORM_ANONYMOUS = {"anonymous": "Anonymous", "named": "Named, seen by advisors"}
NOT_OFFERED = "Please choose one of those offered."
NOBODY = "Choose at least one person, channel or list."
NOT_PEOPLE = "I can't read whom you chose there. Please choose again."
SAY_WHAT: dict[str, str] = {
    "remind": "Say what I should remind them of.",
    "pulse": "Say what I should ask.",
    "quiz": "Say how many questions, or what about.",
}

# --- Templates ---------------------------------------------------------------------------------------

TEMPLATES = "Templates to start from"
TEMPLATES_HOW = "Press one to make it yours: I'll ask whom it is for, and you can change all of it."
SEASON = "{season}:"
NO_TEMPLATES = "There are no templates among these lessons. “new reminder” starts one from scratch."
NO_SUCH_TEMPLATE = "I have no template of that name. Here are those I have:"
REPEAT_CHECK = (
    "Time to repeat the readiness check: say “readiness here” in the channel, and see what has moved in "
    "three months."
)
REPEAT_WHY = "What was weak then is worth a second look."
REPEAT_WHEN = "in three months at 9:30"
MONTHLY = "first Monday of each month at 9:30"
PULSE_WHY = "One question a month shows what is changing while there is time to act."

# --- What is coming ----------------------------------------------------------------------------------

COMING = "What is coming"
COMING_PAGE = "What is coming, {first} to {last} of {count}"
NOTHING_COMING = "Nothing is set up yet. “templates” has some to start from, or make one of your own:"
RECEIVED = "Reminders and pulses that you receive"
NONE_RECEIVED = (
    "You receive no reminders or pulses. To have one of your own, say “remind me tomorrow at 9 to ring back”."
)
HOW_TO_STOP = (
    "“Stop these” ends one of them for you, and you can have it again at any time. Advisors see that you "
    "stopped it, never why."
)
OWN_KIND = "Your own reminder"
KINDS: dict[str, str] = {"remind": "Reminder", "pulse": "Pulse", "quiz": "Quiz"}
ITEM_NEXT = "{kind}, next {next}"
ITEM_PAUSED = "{kind}, paused"
ITEM_OVER = "{kind}, no further date"
ITEM_STOPPED = "{kind}, stopped for you"
LAST_TIME = "Last time"
COUNTS: dict[str, str] = {
    "scheduled": "scheduled", "sent": "silent so far", "acknowledged": "done", "answered": "answered",
    "snoozed": "put off", "returned": "put off, and silent since",
    "muted": "stopped it", "failed": "failed", "missed": "missed",
    "cancelled": "cancelled", "suspended": "left out",
}  # fmt: skip
PAUSE, RESUME, REPORT, SKIP, END = "Pause", "Resume", "Report", "Skip the next", "End it"
MORE = "More"
STOP, STOP_ALL, HAVE_AGAIN = "Stop these", "Stop all", "Have it again"
MINE = "What I receive"
NEW: dict[str, str] = {"remind": "New reminder", "pulse": "New pulse"}
TEMPLATES_BUTTON = "Templates"
SET_UP_AGAIN = "Set it up again"
SET_UP_ANEW = (
    "What has ended isn't begun again itself: this is a new one like it. Nothing goes out until you start it."
)
NO_SUCH_SERIES = "I can't find that one: it has ended, or never was. Nothing was changed."

# --- People and channels whose names we don't know ------------------------------------------------------

NAMELESS: dict[Literal["group", "list", "check"], tuple[str, str]] = {
    "group": ("a group", "{count} groups"),
    "list": ("a list", "{count} lists"),
    "check": ("those who took the check", "those who took {count} checks"),
}
CALLED_ME = "me"
UNNAMED: dict[Literal["person", "channel", "group"], str] = {
    "person": "a colleague", "channel": "a channel", "group": "a group",
}  # fmt: skip
"""How one is spoken of inside a text whose name we don't know, and that can't be mentioned there."""

# --- Help --------------------------------------------------------------------------------------------

HOW_TITLE = "Reminders and pulses"
HOW_ADVISOR = (
    "Say who, when and what; I'll show you what I understood, with its next dates, before anything is "
    "sent:\n\n- **remind** the {group} **every second Tuesday at 9:30 to** {task}\n"
    "- **pulse** @… **first Monday of each month at 10 on** {interest}: one question from 1 to 5, and its "
    "trend\n\n“templates” has some for the year, “list the {group}: @…, @…” names people "
    "once for all, and “reminders” shows what is coming. What you set for yourself (“remind me …”) only "
    "you see."
)
HOW_OFFICER = (
    "Say when and what, and I'll remind you, and nobody else: **remind me tomorrow at 9 to ring "
    "back**, or **remind me every Monday at 9 to …**. “my reminders” lists those that you have, with "
    "ways to change or end them.\n\nFor others, our advisors set reminders and pulses: tell one who it is "
    "for, when, and what it should say."
)
