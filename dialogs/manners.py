"""What people say around what they mean: "oh sorry, could you please …", "… if you don't mind, thanks".

It means nothing by itself, so whatever reads a sentence lets it stand there, by these regular expressions.
They fit words as they were typed and as ``normal`` has them, in lower case.
"""

from __future__ import annotations

import re

FILLERS = (
    r"oh|ah|aha|h+m+|er+m*|um+|uh|ok|okay|right|well|so|actually|sorry|oops|please|pls|plz|kindly|perhaps|maybe|"
    r"wait|honestly|hi|hello|hey|thanks|thank you|cheers|great|good|lovely|brilliant|perfect|sharewise|"
    r"(?:hang|hold) on|obviously|of course|i(?: am|['’]?m) afraid|i (?:think|suppose|guess)"
)
"""Said before what is meant, as alternatives."""
LINKS = r"and|but|also|then|now|just"
"""How a remark follows another, as alternatives; what is "also" or "just" to be may mean more."""
YES_OR_NO = r"yes|yep|yeah|yup|no|nope|nah"
"""Said before what is meant, and the same as that; alone they are an answer."""
_PAUSE = r"[\s,.!:;…–—-]*"
_MARKS = " ,.!?"


def before(*alternatives: str) -> str:
    """Any number of these."""
    return rf"(?:(?:{'|'.join(alternatives)})\b{_PAUSE})*"


LEAD = before(FILLERS, LINKS, YES_OR_NO)
"""All that may stand before."""
ASKED = (
    r"(?:(?:can|could|would|will|should|shall|may|might) (?:you|i|we|somebody|someone) |i wonder if "
    r"|(?:i|we)(?:['’]?d| would| should) (?:like|love|prefer|rather)(?: you)? (?:to )?+"
    r"|(?:i|we) (?:want|need|wish|have|ought)(?: you)? to |let['’]?s |(?:we|you) (?:can|should|could|may) )?"
)
"""How something is asked for or wished, where it is."""
CLOSERS = (
    "please|pls|plz|thanks|thank you|many thanks|ta|cheers|mate|would you|will you|could you|can you|"
    "if you can|if you could|if you would|if you don't mind|if you don’t mind|if you dont mind|if possible|"
    "obviously|of course|if poss|if that's ok|if that’s ok|if thats ok|if that is ok|if that works"
)
"""Said behind what is meant, as alternatives: each is just these words."""


def behind(*alternatives: str) -> str:
    """Any number of these."""
    return rf"(?:[\s,.!?…–—-]*\b(?:{'|'.join(alternatives)})\b)*"


TAIL = behind(CLOSERS)
"""All that may stand behind."""


class Around:
    """What may stand around what is meant, to be taken off."""

    def __init__(self, lead: str, closers: str = CLOSERS) -> None:
        """``lead``: a regular expression of what stands before; ``closers``: what stands behind, as
        ``CLOSERS`` has it."""
        self._lead = re.compile(lead, re.IGNORECASE)
        self._tail = re.compile(rf"{behind(closers)}[{_MARKS}]*$", re.IGNORECASE)
        self._last = tuple({closer.split()[-1] for closer in closers.split("|")})

    def taken_off(self, said: str) -> str:
        """``said`` without it, nor the marks at its end."""
        lead = self._lead.match(said)
        rest = said[lead.end() :] if lead else said
        bare = rest.rstrip(_MARKS)
        # The expression is tried at each letter: most texts end in another word, which is sooner told.
        return self._tail.sub("", rest, count=1) if bare.casefold().endswith(self._last) else bare
