"""What people say around what they mean: "oh sorry, could you please …", "… if you don't mind, thanks".

It means nothing by itself, so whatever reads a sentence lets it stand there, by these regular expressions.
They fit words as they were typed and as ``normal`` has them, in lower case.
"""

from __future__ import annotations

FILLERS = (
    r"oh|ah|aha|h+m+|er+m*|um+|uh|ok|okay|right|well|so|actually|sorry|oops|please|pls|plz|kindly|perhaps|maybe|"
    r"wait|honestly|hi|hello|hey|thanks|thank you|cheers|great|good|lovely|brilliant|perfect|sharewise|"
    r"i(?: am|['’]?m) afraid|i (?:think|suppose|guess)"
)
"""Said before what is meant, as alternatives."""
LINKS = r"and|but|also|then|now|just"
"""How a remark follows another, as alternatives; what is "also" or "just" to be may mean more."""
YES_OR_NO = r"yes|yep|yeah|yup|no|nope|nah"
"""Said before what is meant, and the same as that; alone they are an answer."""
_PAUSE = r"[\s,.!:;…–—-]*"


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
    r"please|pls|plz|thanks|thank you|many thanks|ta|cheers|mate|(?:would|will|could|can) you|"
    r"if you (?:can|could|would|don['’]?t mind)|if (?:possible|poss|that(?:['’]?s| is) ok|that works)"
)
"""Said behind what is meant, as alternatives."""


def behind(*alternatives: str) -> str:
    """Any number of these."""
    return rf"(?:[\s,.!?…–—-]*\b(?:{'|'.join(alternatives)})\b)*"


TAIL = behind(CLOSERS)
"""All that may stand behind."""
