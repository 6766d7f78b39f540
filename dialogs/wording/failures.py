"""What is said where something failed every time that it was tried."""

from __future__ import annotations

FAILED = (
    "{what}: {part} did not work, and I have stopped trying. {next} Press **Try again** when you like. If it "
    "fails once more, tell whoever runs Sharewise that it is job {id}: **python -m bot jobs** tells them why."
)
FAILED_ASIDE = (
    "**I could not finish something**: {part} did not work, and I have stopped trying. Press **Try again** "
    "when you like. If it fails once more, tell whoever runs Sharewise that it is job {id}: "
    "**python -m bot jobs** tells them why."
)
FAILED_ALIKE = (
    "**{count} things did not work, all for one reason**, and I have stopped trying:\n\n{parts}\n\nWhat "
    "repeats goes on with its next date. Press **Try again** when you like: I then try all of them. If they "
    "fail once more, tell whoever runs Sharewise; one of them is job {id}: **python -m bot jobs** tells them "
    "why."
)
FAILED_MORE = "- and {count} more"
FAILED_OF = "{what}: {part}"
SESSION = "the quiz or check that you host"
SESSIONS = {
    "quiz": "the quiz with the code {code}",
    "on": "the quiz on {topic} (code {code})",
    "readiness": "the readiness check with the code {code}",
}
FAILED_START = "Your new reminder"
FAILED_PARTS = {
    "Due": "sending the one of {date}",
    "DueAgain": "sending the one of {date} again to somebody who had put it off",
    "Gather": "looking up again who it goes to",
    "Wrap": "telling you what became of the one of {date}",
    "QuizAgain": "putting a quiz in its channel, which had another open",
    "QuizTold": "keeping what became of a quiz",
    "PutQuiz": "putting a quiz in its channel",
    "TellMissed": "telling you what was missed",
    "BeginSeries": "starting it",
    "SteerSeries": "what you asked for",
    "HandOver": "handing it over",
    "Unclaimed": "ending it, since nobody had taken it over",
    "Digest": "your weekly summary",
    "SendReply": "sending you an answer, which was refused as it looked",
    "SendUnread": "sending a message that I can't read",
    "AskAdvisors": "passing your question on to the advisors",
    "Teach": "teaching what you wrote",
    "TryOut": "trying out what you would teach",
    "Elapsed": "what was to happen by itself in the quiz or check that you host, at the end of its time",
    "Begin": "starting your quiz or check",
    "Steer": "what you asked for in the quiz or check that you host",
    "SetUp": "setting up your check",
    "KeepList": "keeping your list",
    "KeepAdvisor": "changing who advises",
    "KeepAssistant": "changing who answers for somebody",
    "KeepDigest": "turning the weekly summary on or off",
    "ForgetEverywhere": "erasing what is kept about somebody who asked to be forgotten",
    "SessionEnded": "keeping what a quiz or check in a channel came to",
}
FAILED_PART = "something that I do by myself"
TRY_AGAIN = "Try again"
TRYING_AGAIN = "I'm trying again. Should it fail once more, I'll tell you."
NOTHING_FAILED = "There is no such job any more: it has been tried again already, or it was long ago."
OWN_FAILED = "**“{what}” of {date} didn't reach you**{before}: {reason}. {next}"
OWN_FAILED_BEFORE = " (nor did {count} before it)"
OWN_FAILED_WHY = "I couldn't write to you here", "your chat didn't take it"
"""Where they had blocked or removed us, and where anything else was wrong."""
OWN_FAILED_ENDED = "After two months of that I stopped; to have it again, say it anew."
