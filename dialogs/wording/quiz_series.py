"""The words of quizzes that come on dates."""

from __future__ import annotations

ADVISORS_SET_QUIZZES = (
    "Only advisors set a quiz that comes by itself on dates. Ask one of yours: tell them in which channel, "
    "and when. To have one now, say “quiz here” in a channel."
)
QUESTIONS = {1: "1 question"}
QUESTIONS_MORE = "{count} questions"
ON = "{questions} on {topic}"
WITHOUT_NAMES = "{questions}, without names"
CALLED, CALLED_ON = "the quiz", "the quiz on {topic}"
STANDS = "**{stands}**: I post {what} in {place}"
CHANNEL = "**In which channel?** Mention one with #. Others elsewhere join each quiz by its code."
WHICH_TOPIC = "**I have no questions on “{topic}”. On what, then?** For example {topics}; or “everything”."
EVERYTHING = frozenset(("everything", "anything", "all", "all topics", "all of it"))
OPEN, SCORES = "Open", "Scores"
OPEN_FOR = "for {time}, then it closes by itself"
OPEN_UNTIL_NEXT = "until shortly before the next one, then it closes by itself"
NAMED, NAMELESS = "with names", "without names"
MOST = "At most {count} questions, so that the card is answered in a minute."
NO_CLOCK = "There is no time limit for each question: all are open at once, for whenever it suits people."
LENGTHS = "It stays open for five minutes at least, and a week at most."
MINUTES, HOURS, DAYS = ("1 minute", "{count} minutes"), ("1 hour", "{count} hours"), ("1 day", "{count} days")
GO_ON = (
    "**Nobody has answered the last {count} times**: {what} in {place}. I've paused it, so that it doesn't "
    "nag. Shall it go on? Another time, another topic or fewer questions may help."
)
ITS_CHANNEL = "its channel"
GO_ON_BUTTON, CHANGE_BUTTON, END_BUTTON = "Go on", "Change", "End it"
REPORT_LINE = "{people} · {right} of {asked} right on average"
REPORT_PEOPLE = {0: "nobody answered", 1: "1 took part"}
REPORT_PEOPLE_MORE = "{count} took part"
