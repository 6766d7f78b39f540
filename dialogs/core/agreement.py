"""A yes or a no to what we asked last, in the many ways that people put it."""

from __future__ import annotations

import re
from functools import cache

from dialogs.core.text import normal
from dialogs.manners import CLOSERS, FILLERS, LEAD, LINKS, TAIL

_YES = r"yes|yep|yeah|yup|y|ok|okay|sure|please|right|fine|alright|all right|absolutely|definitely|of course"
_DO = (
    r"do it|do that|do so|go ahead|go on|go for it|please do|proceed|carry on|confirm|i confirm|confirmed|"
    r"agreed|correct|exactly|thats right|i am sure|im sure"
)
_NO = (
    r"no|nope|nah|not now|not yet|not today|cancel|cancel that|leave it|leave that|leave it as it is|stop|"
    r"wait|never mind|nevermind|keep it|keep them|keep it all|keep everything|better not|rather not|"
    r"id rather not|i changed my mind|ive changed my mind|changed my mind|on second thoughts|please dont"
)
_NOT = r"dont|do not|please dont|you shouldnt|(?:theres )?no need(?: to)?"
_LEAD = rf"{FILLERS}|{LINKS}|nah|nope"
_AFTER = rf"{CLOSERS}|then|now|really|all|today|after all|for now"

_OPEN = r"(?:it|that|this|them|(?:that|this) one|the (?:lot|whole thing))(?: all)?"
_DISCARD = (
    rf"(?:cancel|drop|stop|forget|scrap|bin|ditch|delete|discard|abandon|get rid of)(?: {_OPEN})?|"
    rf"call {_OPEN} off|put {_OPEN} away|"
    rf"(?:i )?(?:dont|do not|no longer) (?:need|want) {_OPEN}(?: any ?more)?|"
    r"dont bother|lets not(?: bother)?|never ?mind(?: (?:it|that))?|nvm|quit|exit"
)
_LEAVE = (
    rf"{_DISCARD}|leave(?: {_OPEN})?|not now|ive changed my mind|(?:i )?changed my mind|on second thoughts"
)

_MOMENT = r"(?:sec|second|moment|minute|min|bit|tick|mo)"
_WAIT = re.compile(
    rf"{LEAD}(?:(?:hang|hold) (?:on|fire|it|that|this)|hold off(?: on (?:it|this|that))?|wait|"
    rf"(?:one|two|a couple of) {_MOMENT}s?|not (?:just )?yet|not now|not today|park it|"
    rf"(?:give me )?an? {_MOMENT}|in an? {_MOMENT}|leave it (?:there|be|open)|let me (?:check|think|ask)|"
    r"bear with me|brb|(?:ill )?be right back|(?:i )?need to check|"
    r"(?:ill|i will|lets) (?:decide|see|do (?:it|this|that)|think about (?:it|this|that)|"
    r"come back(?: to (?:it|this|that))?)"
    r"(?: (?:later|tomorrow))?)"
    rf"(?: (?:first|there|an? {_MOMENT}|for (?:now|the moment|a bit|an? {_MOMENT})|with .{{1,30}}))*{TAIL}"
)
_ENOUGH = re.compile(
    rf"{LEAD}(?:(?:thats|that is) )?(?:quite |more than )?enough"
    r"(?: (?:already|now|for (?:now|today)|of (?:it|this|that|these|them|those)))*"
    rf"{TAIL}|{LEAD}(?:ive|i have) had enough(?: of (?:it|this|that|these|them))?{TAIL}"
)

WHERE = (
    r"(?:where (?:am|was|were|are) (?:i|we)|(?:where|how far) (?:did|had|have) (?:we|i) (?:get|got)(?: to)?)"
)
"""How somebody asks for what they were in the middle of, as a regular expression."""
_WHERE = re.compile(rf"{LEAD}{WHERE}(?: (?:now|again|up to|so far|with (?:it|this|that)))*{TAIL}")

DISCARDING = frozenset(re.findall(r"[a-z]{3,}", _DISCARD))
"""The words of which ways to do away with something are made, for slips of the finger."""


def discards(text: str) -> bool:
    """Whether ``text`` says to do away with what is open, whatever it is."""
    return _says(_DISCARD, text)


def leaves(text: str) -> bool:
    """Whether ``text`` says to leave what is open, whatever it is: to do away with it, or not to go on."""
    return _says(_LEAVE, text)


def waits(text: str) -> bool:
    """Whether ``text`` asks for a moment, or for another one: nothing is to be done now."""
    return _fits(_WAIT, text)


def has_enough(text: str) -> bool:
    """Whether ``text`` says that it is enough, of whatever is open."""
    return _fits(_ENOUGH, text)


def asks_where(text: str) -> bool:
    """Whether ``text`` asks for what is open to be shown again."""
    return _fits(_WHERE, text)


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(normal(text)) is not None


def _says(what: str, text: str) -> bool:
    return re.fullmatch(rf"(?:(?:{_LEAD}|no) )*(?:{what})(?: (?:{_AFTER}))*", normal(text)) is not None


def agreement(text: str, deed: str) -> bool | None:
    """Whether ``text`` agrees to what was asked; None where it is no answer to it.

    ``deed``: a regular expression of the words that say what would be done, such as "send(?: it)?".
    """
    said = normal(text)
    yes, no = _patterns(deed)
    if no.fullmatch(said):
        return False
    return True if yes.fullmatch(said) else None


@cache
def _patterns(deed: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    after = rf"(?: (?:{_AFTER}))*"
    yes = rf"(?:(?:{_LEAD}) )*(?:(?:{_YES}) )*(?:{_YES}|{_DO}|{deed}){after}"
    no = rf"(?:(?:{_LEAD}) )*(?:(?:{_NO}) )*(?:{_NO}|(?:{_NOT})(?: (?:{_DO}|{deed}))?){after}"
    return re.compile(yes), re.compile(no)
