"""The words that ask for one aspect of a lesson: "where does it say that?", "has that changed since?"."""

from __future__ import annotations

import re
from typing import Literal

Aspect = Literal[
    "source", "since", "ask", "practice", "why", "example", "fails", "works", "items", "short", "more", "deck"
]

# Regular expressions over plain lower-case words, parted by " | "; the first aspect that is found counts.
_WORDS: dict[Aspect, str] = {
    "short": r"""
        tl dr | tldr | in (?:one|a) (?:line|sentence|word|nutshell) | in (?:short|brief) | briefly | ^short$ |
        short (?:version|answer|form|please) | shorter | shorten | summar(?:y|ise|ize)d? | one liner |
        sum (?:(?:it|that|this|them) )?up | boil (?:it|that|this) down | bottom line | gist | headline |
        key (?:point|message|takeaway)s? | takeaways? | condensed? | too long | quick version |
        (?:in|put) (?:plain english|simple terms|simply)""",
    "source": r"""
        wheres?(?: \w+){0,5} (?:say|says|said|written|find|from|get|got|come|comes|read) | sources? |
        slides? | page | citation | references? | says who | who (?:says|said) |
        according to | how do you know | (?:are )?you (?:really )?sure | really |
        is (?:that|it|this) true | prove | proof | quote | ^where$""",
    "since": r"""
        since(?: then)? | changed | (?:that|it|this|they) changes? |
        out of date | outdated | nowadays | today | evidence |
        up to date |
        still (?:true|valid|the case|apply|applies|hold|holds|relevant|right|stand|stands|so|good) |
        these days | (?:newer|later|recent|latest|any|the) (?:research|findings|studies) |
        any more | anymore | newer | latest | more recent(?:ly)? | moved on""",
    "ask": r"""
        ask (?:yoursel(?:f|ves)|ourselves|ourself|myself|themselves) | what questions? |
        questions? (?:should|to ask|for us|for ourselves|do we|must|can) |
        what (?:should|must|do|could) (?:we|i) ask""",
    "practice": r"""
        in practice | practically | advice | guidance | tips? | what now | now what |
        what next | so what | next steps? |
        what (?:should|do|can|could|must|would|shall|did) (?:we|i|you) (?:do|suggest|advise|recommend) |
        ^how$ | how (?:do|can|should) (?:we|i) (?:start|begin) |
        how (?:do|should|can|could|would|might|to)(?: \w+){0,3} (?:it|that|this|them|those)$""",
    "why": r"why | how come | reasons? | rationale | reasoning | what makes | what for | because",
    "example": r"""
        examples? | for instance | such as | like what | ^eg$ | e g | case stud(?:y|ies) |
        like who | ^another(?: (?:one|case|example))?$""",
    "fails": r"""
        (?<!not )(?<!dont )(?<!doesnt )(?<!wont )(?<!never )(?:fail|fails|failing|failed|failure) |
        worst | worse | risky | riskiest | avoid |
        bad idea | go wrong | badly | (?:not|dont|doesnt|wont|never) (?:work|succeed) |
        unsuccessful""",
    "works": r"""
        (?:not|dont|doesnt|wont|never) fail | works? | working | worked | succeeds? |
        successful | success | best | better |
        good idea | good bet | sensible | wise | worthwhile | any good | recommended? | worth it |
        safest | safe | do well""",
    "items": r"""
        (?:which|what) are (?:they|those|these) | (?:list|name) (?:them|those) | ^list$ |
        ^which(?: ones?)?$""",
    "more": r"""
        more | go on | elaborate | expand | explain | details? | carry on | continue | further |
        (?:full|long|longer|whole) (?:version|answer|story|thing|lesson) | everything | all of it | the lot |
        depth | mean | means | meaning | understand | clarify | how so | what way | in full""",
    "deck": r"deck | exact words | exactly",
}
_PATTERNS = tuple(
    (aspect, re.compile(r"\b(?:" + "|".join(ways.split(" | ")) + r")\b"))
    for aspect, ways in ((aspect, " ".join(ways.split())) for aspect, ways in _WORDS.items())
)


def aspect_of(said: str) -> tuple[Aspect | None, str]:
    """The aspect that ``said`` (plain lower-case words) asks for, and ``said`` without such words."""
    found = next((aspect for aspect, pattern in _PATTERNS if pattern.search(said)), None)
    rest = said
    for _, pattern in _PATTERNS if found else ():
        rest = pattern.sub(" ", rest)
    return found, rest
