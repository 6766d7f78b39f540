"""What is said of questions that are put to the advisors."""

# --- Before it is sent ------------------------------------------------------------------------------

NO_ADVISORS = (
    "No advisor is set up here, so there is nobody I could pass a question on to. Whoever runs me can name "
    "some; until then, ask me in other words or look through the lessons."
)
NONE_REACHED = (
    "I can't reach any of your advisors yet: none of them has written to me. Ask one of them to, and then "
    "ask me again."
)
WHO_ADVISES = (
    "Advisors are people who answer what no lesson does, and who set reminders and pulses. What you ask them "
    "goes to {whom}."
)
NO_ADVISOR_YOU = (
    "You aren't one, as far as I know. An advisor makes you one in chat (“add advisor” and your name, with "
    "@); so can whoever runs me, in the setting ADVISORS."
)
NO_MEMORY = "I can't pass questions on just now, as my memory is away. Please try again in a few minutes."
WHAT_QUESTION = (
    "I'm a bot, but the advisors are people. What would you like to ask them? Type it, and I'll show you "
    "what I'd send before it goes."
)
LAST_ASKED = "Your last question here was on {date}:"
ASK_THAT = "Ask that"
PREVIEW = "This is what I'd send to {whom}, with your name{organisation} so that they can answer you:"
ORGANISATION = " and organisation"
CHANNEL = "the advisors' channel, **{name}** ({platform})"
UNNAMED_CHANNEL = "the advisors' channel in {platform}"
PEOPLE = ("the advisor, by direct message", "the {count} advisors, each by direct message")
TRIED = {
    "nothing": "",
    "none": "What I tried: no lesson answers it.",
    "nearest": "What I tried: no lesson answers it; {lesson} comes nearest.",
    "suggest": "What I tried: I wasn't sure which lesson was meant.",
    "down": "What I tried: {lesson}, which was no help.",
    "down nothing": "What I tried: an answer that was no help.",
    "answer": "What I tried: {lesson}.",
}
ANSWERS = "A lesson may answer that at once:"
ADDED = "Added: "
ADD_HINT = "To add a line, type it, or press *Add a line*."
SEND, ADD, CLEAR, DROP = "Send it", "Add a line", "Take the line out", "Don't send"
ADD_TITLE, ADD_FIELD, ADD_SUBMIT = "Add a line", "What should the advisors know besides?", "Add it"
ADD_EMPTY = "Write a line first, or close this."
TOO_LONG = "That has {count} characters; at most {limit} fit. Please shorten it."
TOO_MANY = "There are {count} lines already. Send it, and add the rest when an advisor has taken it."
ON_ITS_WAY = "On its way to {whom}."
NOT_SENT = "Not sent. Nothing went to anybody."
UNSENT = "Your question to the advisors isn't sent yet."
SHOW_UNSENT, ADD_THIS = "Show my question", "Add this to it"
ASIDE = "I've put aside what you hadn't sent; ask it again to send it too:"
STALE = "That question isn't waiting to be sent any more."

# --- To the asker -------------------------------------------------------------------------------------

PASSED_ON = "Your question is with {whom}. I'll tell you as soon as somebody takes it."
NOBODY_REACHED = (
    "Your question is kept, but I couldn't reach any advisor: {why}. I'll try again within the hour."
)
NOT_REACHED = (
    "I couldn't reach {whom} with your question: {why}. It is kept, and I'll try again within the hour."
)
STILL_OPEN = "Your question is open; no advisor has taken it yet:"
ASKED_BEFORE = "You have asked that already, and it is still open. You can add to it:"
TAKEN = "**{name}** is looking at your question:"
GIVEN_BACK = "**{name}** has given your question back. It is open to the other advisors again:"
LEFT = "**{name}** is no longer an advisor. Your question is open to the others again:"
ANSWERED = "**{name}**, an advisor, answers:"
POINTED = "**{name}**, an advisor, points you to a lesson:"
DECLINED = "**{name}** says that your question isn't one for the advisors here:"
YOU_ASKED = "You asked:"
HELPED, NOT_HELPED, ADD_TO = "That helped", "Not what I needed", "Add to it"
WITHDRAW = "Withdraw it"
WITHDRAWN = "Withdrawn. The advisors see that it needs no answer."
ADDED_NOTE = "Added, and the advisors have been told."
ASKED_ANEW = "Added. Your question is open again, and the advisors have been told."
RATED = {
    "helped": "Thank you. I've told the advisor.",
    "not helped": "Thank you for saying so; the advisor sees it. Add what is missing to open it again.",
}
RATED_BEFORE = "Thank you. It stands with that answer, where the advisors see it."
NOT_YOURS = "Only whoever asked can do that."
ASKED_BY_YOU = "Questions that you have put to the advisors"
NONE_OF_YOURS = (
    "You have put no question to the advisors lately. Say “ask an advisor”, and I'll show you how."
)

# --- To the advisors ------------------------------------------------------------------------------------

AN_OFFICER = "Somebody"
AN_ADVISOR = "An advisor"
HEADS = {
    "asked": "**A question for the advisors**",
    "taken": "**A question for the advisors**, taken by **{name}**",
    "answered": "**Answered** by **{name}**",
    "pointed": "**{name}** pointed to a lesson",
    "declined": "**Not for us**, says **{name}**",
    "withdrawn": "**Withdrawn** by whoever asked",
}
STILL_WAITS = "**Still waiting**, since {since}"
OPEN_AGAIN = "**A question for the advisors**, open again"
HELD = ", taken by **{name}**"
EARLIER = {
    "taken": "**{name}** had taken it, and is no longer an advisor.",
    "answered": "**{name}** answered before:",
    "pointed": "**{name}** pointed to a lesson before: **{lesson}**",
    "declined": "**{name}** said before that it isn't for the advisors:",
}
FURTHER_DOWN = "The whole of it stands further down, where it came up again."
ASKED_BY = "From **{name}**{organisation}, {when}"
OF = " of {organisation}"
ASKER_NOT_REACHED = "I couldn't tell them what you wrote: {why}. I'll try again within the hour."
TAKE, GIVE_BACK, ANSWER, POINT, DECLINE = (
    "Take it", "Give it back", "Answer", "Point to a lesson", "Not for us",
)  # fmt: skip
RATINGS = {"helped": "They say that it helped.", "not helped": "They say that it isn't what they needed."}
ANSWER_TITLE, ANSWER_FIELD, ANSWER_SUBMIT = "Answer", "Your answer", "Send it"
ANSWER_HINT = "It goes to whoever asked, as you write it, with your name. No telephone numbers, please."
DECLINE_TITLE, DECLINE_FIELD, DECLINE_SUBMIT = "Not for us", "Why, and who may know", "Tell them"
POINT_TITLE, POINT_FIELD, POINT_SUBMIT = "Point to a lesson", "The lesson that answers it", "Send it"
EMPTY = "Write something first, or close this."
NO_SUCH_LESSON = "I know no such lesson. Type its name as **lessons** lists it."
OPEN_FORM = "Press the button, or type **{label}:** and your words after it."
OPEN_PAGE = "Press the button: it opens a page for that."
NOTES = {
    "take": "It's yours now; the other advisors see that.",
    "give back": "Given back. Whoever asked has been told.",
    "answer": "Sent to whoever asked.",
    "point": "Sent to whoever asked.",
    "decline": "Told to whoever asked.",
}
TAKEN_BY = "{name} has taken it already. You can still answer, if you agree on that."
TAKEN_BY_YOU = "You have it already."
CLOSED = {
    "answered": "{name} has answered it already.",
    "pointed": "{name} has pointed them to a lesson already.",
    "declined": "{name} has said already that it isn't for the advisors.",
    "withdrawn": "Whoever asked has withdrawn it; it needs no answer.",
}
YOU_WROTE = "You wrote:"
NOT_TAKEN = "Nobody has it just now."
NOT_CLOSED = "It has no answer yet."
GONE = "I no longer have that question."
QUEUE = "Waiting for an advisor"
QUEUE_EMPTY = "No question waits for an advisor."
QUEUE_MORE = "And {count} more."
IN_QUEUE = {
    "asked": "asked {when} by {asker}",
    "taken": "asked {when} by {asker}, with {name}",
    "answered": "answered by {name}",
    "pointed": "{name} pointed you to a lesson",
    "declined": "not for the advisors, says {name}",
    "withdrawn": "withdrawn",
}
IN_MINE = {"asked": "asked {when}, still open", "taken": "with {name} since {when}"}
SHOW, SHOW_ONE, SHOW_ALL = "Show it", "Show {number}", "Show all of them"
DIGEST = ("One question waits for an advisor:", "{count} questions wait for an advisor:")

# --- Once somebody is forgotten -----------------------------------------------------------------------

FORGOTTEN = "(Whoever asked this has been forgotten.)"
FORMER_ADVISOR = "A former advisor"
MINE = "put to the advisors: {step}"
DEALT_WITH = ("one question dealt with as an advisor", "{count} questions dealt with as an advisor")

# --- Why a message didn't arrive --------------------------------------------------------------------

REASONS = {
    "not_in_channel": "I'm not in that channel",
    "channel_not_found": "there is no such channel",
    "is_archived": "the channel is archived",
    "platform_off": "that platform isn't connected",
    "not_met": "I have not been added there yet",
    "not_installed": "I'm not installed there",
    "account_inactive": "they have left",
    "no_advisors": "no advisor has written to me yet",
}
REASON = "the platform says “{reason}”"

UNDER_CARD = "Shall I send this as your answer? If it is between you advisors, leave it: nothing is sent."
UNDER_CARD_SEND = "Send as the answer"
UNDER_CARD_LONG = (
    "Is this your answer? It is too long for a button: write it on the page instead. Nothing is sent yet."
)
ADD_THERE = "I can't tell which question that is for: show one and press “Add to it”."
