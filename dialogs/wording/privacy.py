"""What is kept about a person, in words for that person; and what others read once they are forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.wording.conversation import listed

NO_QUESTION = "that you have talked with me"
UNREADABLE = "(could not be read)"
UNDER_WAY = "under way"
DRAFT = "a draft that you are making: {what}"
MISSED = ("{count} question to come back to", "{count} questions to come back to")
RESULT, RESULT_UNKNOWN = "a result, overall {score} of 100", "a result, nothing known"
THUMBS = ("rated not helpful", "rated helpful")
ASKED_LAST = "the last thing in a conversation"
NOT_ANSWERED = "no lesson answers it"
WHAT_I_ANSWERED = "noted for the buttons of my answer"
KEPT_OF_IT = "{question} ({kept})"
CALLED = "your name: {name}"
ADDRESS_BY_MAIL = "your e-mail address"
ADDRESS = "where I write to you: your direct chat {reached}"
LAST_SEEN = "when you were last here"

TOOK_PART = "what you answered or started in a channel, until it is over and for a few days after"
ADVISOR = "that you were made an advisor, or where you are written to as one"
ANSWERS_FOR, ANSWERED_FOR = "that you answer for {name}", "that {name} answers for you"
NO_DIGEST = "that you don't want the weekly digest"
LISTED = "that you are on the list “{name}”"
AUDIT = ("{count} thing that you did as an advisor", "{count} things that you did as an advisor")
NAMED_IN_AUDIT = (
    "{count} line in the list of what advisors did that names you",
    "{count} lines in the list of what advisors did that name you",
)
TAUGHT_FROM = "a question of yours was made into a lesson, without your name"
TAUGHT = "a lesson that you look after for the advisors"
OWNED = "that you look after “{what}”, and where you are told about it"
OWN = "your own reminder “{what}”, which only you see, with your name, time zone and address"
RECEIVED = "that you get “{what}”, with your name, time zone and address"
STOPPED_ALL = "that you stopped all reminders and pulses"
STOPPED = "that you stopped “{what}”"
SENDS = "“{what}”: what became of {count} of its sends to you, with your answers where they are named"

MADE_ADVISOR = (
    "{name} has made you an advisor: you can set reminders and pulses for others, and see what becomes of "
    "them. Type “help” to see how. If you'd rather not, any advisor can take that back: “remove advisor”."
)
NOT_TOLD = "I can't write to {name} yet, so please tell them yourself that they are an advisor now."
THEM = "them"

FORMER_ADVISOR = "a former advisor"
LEFT = "One person left the list of “{what}”. They asked to be forgotten, and get it no longer."
LEFT_LIST = ("one person left this list", "{count} people left this list")
LAST_LEFT = (
    "“{what}” goes to nobody any more: the last person who got it asked to be forgotten. It is still set up: "
    "change whom it goes to, or end it."
)
OFFERED = (
    "“{what}” has nobody who looks after it any more: its advisor asked to be forgotten. "
    "It is paused until one of you takes it over. If nobody has by {date}, it ends and its words are erased."
)
OFFERED_EMPTY = " There is nobody left who gets it, so say first whom it is to go to."
ERASED = "(its words were erased)"
TAKE_OVER, TAKE_OVER_RESUME = "Take it over", "Take it over and resume"
HAND_OVER, RESUME = "Hand over", "Resume"
TAKEN_OVER = "You look after “{what}” now."
STILL_PAUSED = " It is paused: resume it when you are ready."
TAKEN_FROM_YOU = "“{what}” is looked after by {name} now."
HANDED_OVER = "{name} looks after “{what}” now."
HANDED_TO_YOU = "{name} has handed “{what}” over to you: you look after it now."
YOURS_ALREADY = "You look after that one already."
THEIRS_ALREADY = "They look after that one already."
ANOTHER = "Another advisor"
TO_NOBODY = (
    "I know of no other advisor to hand it over to. Make somebody one first: “add advisor”, and mention "
    "them. Then type “hand over {name} to” and mention them."
)
TO_WHOM = "To whom? Press a name, or type “hand over {name} to” and mention an advisor."
NOT_TO_THEM = "I can hand it over to an advisor only. Make them one first: “add advisor”, and mention them."
NOT_REACHED = "I can't write to them yet, so they couldn't be told what becomes of it. Nothing was changed."

# --- My data, and forget me -----------------------------------------------------------------------

MY_DATA = (
    "This is all that I keep about you, in your local time. Questions, feedback and quiz misses are erased "
    "by themselves after {days} days, a started check after 30, a finished one after two years."
)
ALL_OF, MORE_OF, TIMES = "{count} {kind}", "{count} more {kind}", " ({count} times)"
NOTHING_KEPT = "I keep nothing about you at the moment."
FORGET_BUTTON = "Forget me"
FORGET_ASK = "If you want, I erase what I keep about you: {what}. What stays:"
STAYS = (
    (
        "Figures",
        "counts and results of quizzes, checks and pulses, and anonymous answers: nobody can tell yours",
    ),
    ("What advisors did", "the list of it stays, with “a former advisor” in your place"),
    (
        "Reminders that you look after",
        "those to you alone end and are erased; others are paused, and offered to the other advisors: what "
        "nobody takes over within 14 days ends, and what you wrote in it is erased",
    ),
    ("A quiz or check that you host", "goes on: whoever takes part can host it; otherwise it ends by itself"),
    (
        "What you do on another platform",
        "I can't tell that it is you. To erase it, type “forget me” there too, in Slack as in Teams",
    ),
    (
        "A lesson that advisors taught",
        "what they wrote stays; a question of yours among its examples goes",
    ),
    ("What others wrote", "stays as they wrote it, and so does what was sent in the chat"),
    ("Copies", "my own files are rid of it within minutes; backups of them keep it until they are replaced"),
    ("If the settings name you as an advisor", "whoever runs me has to take you out there"),
)
STAYS_BY_MAIL = (
    STAYS[0],
    ("Lists that name you", "you are taken off them; an advisor who names you again writes to you again"),
    (
        "What you do in Slack or Teams",
        "I can't tell that it is you. To erase it, type “forget me” there too",
    ),
    *(row for row in STAYS if row[0] in ("What others wrote", "Copies")),
)
FORGET_HOW = (
    "To erase it, press the button or type “{words}” within {minutes} minutes. "
    "Anything else leaves all as it is."
)
FORGET_HOW_BY_MAIL = (
    "To erase it, follow the link within {minutes} minutes, and press its button. Anything else leaves all "
    "as it is."
)
FORGET_EXACTLY = "Nothing is erased yet. To erase it, type just this: {words}."
FORGET_LEFT = "All right, nothing was erased."
FORGOTTEN = "Done. I erased {what}."
FORGOTTEN_NOTHING = "There was nothing kept about you to erase."
NEVER_KEPT = (
    "Other messages of yours I never kept. What was said here stays in the chat's own history, "
    "which is not mine to erase."
)
NEVER_KEPT_BY_MAIL = "Mails that you were sent stay in your mailbox, which is not mine to erase."
PRIVACY_LATER = (
    "I can't reach what is stored just now, so nothing was shown or erased. "
    "Please try again in a few minutes."
)
KINDS: dict[str, tuple[str, str]] = {
    "conversation": ("conversation", "conversations"),
    "question": ("question", "questions"),
    "feedback": ("piece of feedback", "pieces of feedback"),
    "share": ("answer that you shared", "answers that you shared"),
    "answer": ("note of what I answered", "notes of what I answered"),
    "quiz": ("quiz record", "quiz records"),
    "readiness": ("readiness check", "readiness checks"),
    "session": ("team session", "team sessions"),
    "reminder": ("note of a reminder or pulse", "notes of reminders and pulses"),
    "list": ("list that you are on", "lists that you are on"),
    "advisor": ("note of you as an advisor", "notes of you as an advisor"),
    "profile": ("profile", "profiles"),
}


def some(numbers: Mapping[str, int]) -> str:
    """Counts of records in words: "2 questions and 1 profile"."""
    parts = [f"{count} {KINDS[kind][count != 1]}" for kind, count in numbers.items() if count]
    return listed(parts)
