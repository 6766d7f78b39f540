"""A yes or a no to what we asked last, in the many ways that people put it."""

from __future__ import annotations

import re
from functools import cache

from dialogs.core.text import words

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
_NOT = r"dont|do not|please dont|you shouldnt"
_LEAD = r"oh|ok|okay|actually|sorry|well|hmm|so|and|then|just|now|please"
_AFTER = r"please|thanks|thank you|then|now|really|all|today|after all|cheers|for now"

_LEAVE = (
    r"(?:cancel|leave|drop|stop|forget)(?: (?:it|that|this))?|never ?mind(?: (?:it|that))?|quit|exit|not now|"
    r"i changed my mind|ive changed my mind|changed my mind|on second thoughts"
)


def leaves(text: str) -> bool:
    """Whether ``text`` says to leave what is open, whatever it is."""
    said = " ".join(words(text)).replace("'", "")
    return re.fullmatch(rf"(?:(?:{_LEAD}|no) )*(?:{_LEAVE})(?: (?:{_AFTER}))*", said) is not None


def agreement(text: str, deed: str) -> bool | None:
    """Whether ``text`` agrees to what was asked; None where it is no answer to it.

    ``deed``: a regular expression of the words that say what would be done, such as "send(?: it)?".
    """
    said = " ".join(words(text)).replace("'", "")
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
