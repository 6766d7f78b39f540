"""The words of a quiz and of a readiness check: what their buttons say, and how people ask for a quiz.

Also the questions that ask how I am used.
"""

from __future__ import annotations

import re

from dialogs.core.commands import CheckAct, Command, Help, QuizAct, StartCheck, StartQuiz
from dialogs.core.text import word_set, words
from dialogs.reminders.drafting_acts import HowTo
from knowledge import Knowledge

_QUIZ = re.compile(
    r"quiz (?:(?P<act>answer|pick|next) (?P<run>\w{1,40}) (?P<n>-?\d{1,4})(?: (?P<letters>.{1,20}))?"
    r"|stop (?P<stopped>\w{1,40}))",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"readiness (?:(?P<act>answer|back|skip) (?P<run>\w{1,40}) (?P<n>-?\d{1,4})(?: (?P<value>-?\d{1,4}))?"
    r"|(?P<whole>pause|resume|afresh) (?P<whose>\w{1,40}))",
    re.IGNORECASE,
)
_CHECK_NAMED = re.compile(r"(?:readiness(?: check)?) (?P<name>\S.*)", re.IGNORECASE)
_LEADS = word_set(
    """can could would you please give i id we need want to the like just sharewise do start take run play
    lets let's a an another new have me us some"""
)
_LINKS = word_set("on about of from in with me us question questions here please")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_ASKS = word_set("how what what's whats where who who's can could is are do does")
_REMINDERS = word_set("reminder reminders pulse pulses digest")
_TO_REMIND = word_set("remind nudge")
_LONGEST_HOW = 12
"""Words of a question about how I work."""
_LONGEST_TOPIC = 9
"""Words; what is longer is a sentence of its own."""


def session_command(text: str, kb: Knowledge) -> Command | None:
    """The words of a button of a quiz or a check; also a check asked for by its name."""
    quiz = _QUIZ.fullmatch(text)
    if quiz and quiz["stopped"]:
        return QuizAct("stop", quiz["stopped"])
    if quiz:
        letters = (quiz["letters"] or "").casefold()
        match quiz["act"].casefold():
            case "answer":
                return QuizAct("answer", quiz["run"], int(quiz["n"]), letters)
            case "pick":
                return QuizAct("pick", quiz["run"], int(quiz["n"]), letters)
            case _:
                return QuizAct("next", quiz["run"], int(quiz["n"]))
    check = _CHECK.fullmatch(text)
    if check:
        return _check_act(check)
    named = _CHECK_NAMED.fullmatch(text)
    for one in kb.checks.values() if named else ():
        if named and words(named["name"]) in (words(one.id), words(one.title)):
            return StartCheck(one.id)
    return None


def _check_act(check: re.Match[str]) -> CheckAct:
    number, value = int(check["n"] or 0), int(check["value"] or -1)
    match (check["act"] or check["whole"]).casefold():
        case "answer":
            return CheckAct("answer", check["run"], number, value)
        case "back":
            return CheckAct("back", check["run"], number)
        case "skip":
            return CheckAct("skip", check["run"], number)
        case "pause":
            return CheckAct("pause", check["whose"])
        case "resume":
            return CheckAct("resume", check["whose"])
        case _:
            return CheckAct("afresh", check["whose"])


def start_command(text: str) -> Command | None:
    """A quiz asked for with a number or a topic; how to run one is a question for the help."""
    said = list(words(text))
    help_ = _asks_how(said)
    if help_ is not None:
        return help_
    while said and said[0] in _LEADS:
        said.pop(0)
    if not said or not _is_quiz(said[0]):
        return None
    count, topic = 0, list[str]()
    for at, word in enumerate(said[1:], 1):
        number = int(word) if word.isdecimal() and len(word) < 5 else _NUMBERS.get(word, 0)
        if number and not count and (not topic or at == len(said) - 1):
            count = number
        elif topic or word not in _LINKS:
            topic.append(word)
    while topic and topic[-1] in {"please", "here", "questions"}:
        topic.pop()
    return StartQuiz(count, " ".join(topic)) if len(topic) <= _LONGEST_TOPIC else None


def _asks_how(said: list[str]) -> Command | None:
    """The help that answers a question about how I am used; None for any other."""
    if not said or said[0] not in _ASKS:
        return None
    if said[0] in {"how", "what", "where"} and any(_is_quiz(one) or one == "quizzes" for one in said):
        return Help()
    if said[0] == "how" and "readiness" in said and "check" in said:
        return Help()
    about_reminders = _REMINDERS & set(said) or (said[0] == "how" and _TO_REMIND & set(said))
    return HowTo() if about_reminders and len(said) <= _LONGEST_HOW else None


def _is_quiz(word: str) -> bool:
    """Whether ``word`` is "quiz", with two letters swapped or one doubled."""
    return sorted(word) == sorted("quiz") or word == "quizz"
