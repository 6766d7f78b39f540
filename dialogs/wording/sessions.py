"""The words of live sessions."""

from __future__ import annotations

# --- The quiz's card ---

QUIZ = "Quiz · {count} questions"
QUIZ_ONE = "Quiz · one question"
QUIZ_ON = "Quiz: {topic} · {count} questions"
QUIZ_ON_ONE = "Quiz: {topic} · one question"
HOW = "Press an answer to join. Only you see yours, and the first press counts."
OWN_PACE = (
    "Answer when it suits you: only you see yours, and the first press counts. It closes by itself {when}; "
    "then come the scores."
)
BROUGHT_BACK = {
    0: "",
    1: "The first one is back because it was missed last time.",
    2: "The first two are back because they were missed last time.",
}
BROUGHT_BACK_MORE = "The first {count} are back because they were missed last time."
NAMELESS = (
    "No names: until the quiz is over I keep your answers as yours, then only the counts, which are exact "
    "however few answer."
)
UNTIL = "You have {seconds} seconds."
ANSWERED = {0: "Nobody has answered yet", 1: "1 answered"}
ANSWERED_MORE = "{count} answered"
WHERE = {True: "Question {number} of {total} is open", False: "Question {number} of {total} is closed"}
ALL_OPEN = ("The question is open", "All {total} questions are open")
HOST = "host: {name}"
JOINED_BY = "others join with **join {code}**"
HOSTLESS = {
    "quiz": (
        "Its host has left. Whoever takes part can host it from here; if nobody does, it ends by itself "
        "half an hour after the last question."
    ),
    "readiness": (
        "Its host has left. Whoever takes part can host it from here; if nobody does, it closes by itself "
        "on the day named above."
    ),
}
TAKE_OVER = {"quiz": "Host the quiz from here", "readiness": "Host the check from here"}
CLOSE = "Close question"
END = "End quiz"
NEXT = "Next question"
SCORES = "Show the scores"
CHOSEN = "Who chose what"
NONE_CHOSEN = "Nobody answered this one."
OVER = "**That's the quiz.** {people} took part."
OVER_NOBODY = "**That's the quiz.** Nobody answered, so there are no scores. Start another whenever you like."
PEOPLE = {1: "One person"}
PEOPLE_MORE = "{count} people"
PLACES = "**The best**"
PLACE = "**{place}** {names}, {right}"
OTHERS = "and {count} more"
SPREAD = "How many had how many right"
SPREAD_HIDDEN = "Somebody has left since, so I show no scores: beside the counts they would tell theirs."
SOMEONE = "Somebody"
MISSED = "Missed most: {titles}."
ALL_RIGHT = "Nobody missed a thing."
AGAIN = "Again, the ones we missed"
ANOTHER = "Another quiz"
CATCH_UP = "Catch up"
MINE = "My answers"
RIGHT_ANSWERS = "Right answers"
NOT_OVER = "The right answers come once the quiz is over."

# --- The readiness check's card ---

STATEMENTS = ("one statement", "{count} statements")
CHECK_INTRO = (
    "{intro}\n\nAbout three minutes, {statements}, at your own pace. Your own answers stay yours: "
    "results show groups of three or more, once the check is closed. Until then I keep your answers as "
    "yours, so that you can change them; closing it erases them."
)
CHECK_ANSWERED = {0: "Nobody has begun yet", 1: "1 has begun"}
CHECK_ANSWERED_MORE = "{count} have begun"
CHECK_FINISHED = "{count} finished"
CHECK_CLOSES = "closes by {date}"
TAKE_PART = "Take part"
SET_UP = "Set up (host)"
CLOSE_CHECK = "Close and show the result"
CHECK_OVER = "**This check is closed.** The answers themselves have been erased; the result stands below."
CHECK_OVER_NOBODY = (
    "**This check is closed.** Nobody answered, so there is no result. Start another any time."
)

# --- Forms ---

PART_TITLE = "Readiness check"
SET_UP_TITLE = "Set up the check"
ORGANISATION = "Which organisation are you here for?"
SAVE_ON = "Save and go on"
SAVE_END = "Save and finish"
SAVE = "Save"
BACK = "Back"
YOU_ANSWERED = "You had answered:"
SAVED_TITLE = "Thank you"
SAVED = (
    "**Your answers are saved.** You can change them until the check closes: press *Take part* again. Nobody "
    "else sees them, and they are erased when it closes; only the result stays."
)
UNTOUCHED = "Leave out what you'd rather not answer."
CHOOSE_ORGANISATION = "Please choose the organisation that you are here for."
NOT_LISTED = "That organisation isn't on the list any more. Please choose another."
ORGANISATIONS = "The organisations that take part"
ORGANISATIONS_HINT = "One on each line. Leave it empty to go by each person's own workspace or tenant."
TOO_LONG = "That is {count} characters; one sentence of at most {limit} will do."
NO_NUMBER = "Give a number from 2 to 99, counting your own organisation, or leave it empty."
TOO_MANY_NAMES = "At most {limit} organisations, each with a name of at most {length} characters."
SET_UP_DONE = "Saved. The card is up to date."
NO_MODEL = "Not decided yet"

# --- What people are told who press or type ---

VOTED = "You chose {answer}. The right answer comes once it is closed."
WHICH_QUESTION = "This quiz has all its questions open. Say which one: “{code} 2 b” is b for the second."
VOTED_TWICE = "You've answered this one already, with {answer}: the first press counts."
CLOSED = "That question is closed, so this wasn't counted. The card shows what is open now."
OVER_NOTE = "This one is over, so nothing was counted. Start another whenever you like."
NO_CHOICE = "That question has no such answer. Nothing was counted."
LEFT_NOTE = "You've left this one, so that wasn't counted. To come back: join {code}"
GONE = "I can't find that quiz or check: it was over a while ago, or never was. Nothing was changed."
NOT_HOST = "Only {host}, who started this, or an advisor can do that."
NO_HOST = "Its host has left. If you take part, press “Host … from here” on its card first."
NOBODYS = "Its host has left, so only an advisor can do that."
NOT_TAKING_PART = "Only somebody who takes part can host it. Answer first, then press it again."
TAKEN_OVER = "You host it now: close it, go on and end it by its buttons."
YOURS_ALREADY = "You host it already."
PASSED = "That has happened already. The card shows where things stand."
CLOSED_NOTE = "The question is closed."
ENDED_NOTE = "It's over: the result stands with the card."
ON_THE_CARD = {CLOSED_NOTE, ENDED_NOTE}
"""What the redrawn card says just as well: worth a word only where a press must be answered with one."""
MINE_NONE = "You haven't answered anything here."
MINE_NAMELESS = "This one went without names: now that it is over, I no longer know which answers are whose."
MINE_TITLE = "Your answers"
MINE_LINE = "{number}. {answer}: {verdict}"
MINE_RIGHT, MINE_WRONG, MINE_WAITING = "right", "not this time; {right} was right", "not closed yet"
LEFT = "Done: you're out of it, and your answers here are erased. To come back: join {code}"
CAME_BACK = (
    "You're in. Press the card where it stands, or for a quiz type “{code}” and a letter. To show it to your "
    "people, type “join {code}” in their channel."
)
ANSWER_ON_CARD = (
    "Press your answer on the card, so that only you see it. I haven't counted what you typed here."
)
ANSWER_BY_FORM = (
    "Press “Take part” on the card: your form opens for you alone. I haven't counted what you typed here."
)
CLOSE_FIRST = "This question is still open. Close it first, so that everybody sees the right answer."
OPEN_FORM = "Press the button to open your form:"
NO_EXPORT = "There is nothing to export until the check is closed."
EXPORTED = "**{title}, {date}**: the same figures as on the card, as a table."

# --- Starting and joining, in a conversation ---

NOT_HERE = (
    "A quiz or check for a team belongs in a channel or group chat: say this there. For you alone: “quiz” or "
    "“readiness”."
)
ALREADY = {
    "quiz": "There is a quiz open here already. End that one first, or join in.",
    "readiness": "There is a readiness check open here already. Close that first, or take part.",
}
SHOW_HERE = "Show it here"
WHICH_ONE = "A quiz and a readiness check are open here. Which one?"
THE_ONE = {"quiz": "The quiz", "readiness": "The check"}
MOVED_BELOW = {"quiz": "This quiz goes on below.", "readiness": "This check goes on below."}
NOT_SHOWN_HERE = "It isn't shown here. To show it: join {code}"
END_THAT = {"quiz": "End that quiz", "readiness": "Close that check"}
NONE_OPEN = {
    "quiz": "There is no quiz open here. Start one with “quiz here”.",
    "readiness": "There is no readiness check open here. Start one with “readiness here”.",
}
JOINED_ALREADY = "That one is here already: look for its card above."
NO_HISTORY = "No readiness check has been closed here yet. Start one, and its result stays here."
CHECK_INS = "Check-ins: {topic}"
START_CHECK = "Start a readiness check here"
NO_CHECKS = "I have no readiness check in this set of lessons."
NO_SUCH_CODE = "I know no open session with the code {code}. The card shows the one to use."
NEAR = "I know no open session with the code {code}. Did you mean this one?"
TOO_OFTEN = "That's a lot of codes. Please ask the host for the right one, and try again in ten minutes."
PRESSED_TOO_OFTEN = "That's a lot of presses in one minute. I'll listen again in a moment."
ONE_KIND = "There is another one of its kind open here. End that first, then join."
