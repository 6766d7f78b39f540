"""The words that ask for one aspect of a lesson: "where does it say that?", "has that changed since?"."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.text import SOURCE

Aspect = Literal[
    "report",
    "when",
    "source",
    "since",
    "ask",
    "practice",
    "why",
    "example",
    "fails",
    "works",
    "items",
    "short",
    "more",
    "deck",
]

# Regular expressions over plain lower-case words, parted by " | "; the first aspect that is found counts.
_WORDS: dict[Aspect, str] = {
    "report": r"""
        for (?:a|an|the|my|our) (?:\w+ )?(?:report|paper|committee|briefing|minutes|business case) |
        (?:cite|quote|reference|footnote) (?:this|that|it|you) |
        full reference | (?:cite|quote|reference) (?:from )?(?:the|your) (?:SOURCE|answer)""",
    "short": r"""
        tl dr | tldr | in (?:one|a) (?:line|sentence|word|nutshell) |
        ^(?:one|a|a single) (?:line|sentence)$ | in (?:short|brief) | briefly | ^short$ |
        short (?:version|answer|form|please) | shorter | shorten | one liner |
        summar(?:y|ise|ize)d?(?: (?:it|that|this|them))?(?: for (?:my|our|the|a) \w+(?: \w+)?)? |
        sum (?:(?:it|that|this|them) )?up | boil (?:it|that|this) down | bottom line | gist | headline |
        key (?:point|message|takeaway)s? | takeaways? | condensed? | too long | quick version |
        (?:in|put) (?:plain english|simple terms|simply) | more (?:simply|clearly|plainly) | simpler |
        plainer | (?:dont|do not|didnt|did not|cant) (?:really |quite )?(?:get|understand|follow) |
        rephrase | reword |
        simplify | (?:not|isnt|wasnt|un) ?(?:very |quite )?clear | (?:im|i am) (?:lost|confused) |
        in other words | another way | ^come again$ | ^huh$ | ^eh$ | ^what$ | ^pardon$ | ^sorry$""",
    "when": r"""
        ^when$ | ^from when$ | ^how long ago(?: (?:is|was) (?:it|that|this))?$ |
        ^when (?:was|is|were) (?:it|that|this|they|these|those|(?:the|your) (?:SOURCE|slides?))$ |
        ^when (?:was|were) (?:it|that|this|they|the \w+) (?:from|for|said|written|published|given|made)$ |
        ^when did (?:it|that|this|they|he|she) (?:say|write|give|make|happen)(?: (?:it|this|the \w+))?$ |
        (?:what|which) (?:year|date|month) (?:is|was) (?:it|that|this)(?: (?:from|for|of|about))?$ |
        ^(?:what|which) (?:year|date|month)$""",
    "source": r"""
        wheres?(?: \w+){0,5} (?:say|says|said|written|find|from|get|got|come|comes|read) | sources? |
        slides? | page | citation | references? | says who | who (?:says|said) |
        according to | how do you know | (?:are )?you (?:really )?sure | really |
        is (?:that|it|this) true | prove | proof | quote | ^where$ | ^how old""",
    "since": r"""
        since(?: then| (?:19|20)\d\d)? | after (?:19|20)\d\d | changed | happened |
        (?:newer|later|more recent) than (?:19|20)\d\d | (?:says?|think) (?:now|today) |
        (?:who|anyone|anybody|someone|somebody)(?: else)?(?: has| have)? (?:done|tried) |
        who else (?:does|did) | elsewhere |
        (?:turn|turned|worked) out(?: (?:in practice|for (?:them|others)))? |
        (?:that|it|this|they) changes? |
        out of date | outdated | nowadays | today | evidence |
        up to date |
        (?:became|become|becomes|come) of (?:it|that|this|them|him|her|those|these) |
        still (?:true|valid|the case|apply|applies|hold|holds|relevant|right|stand|stands|so|good) |
        (?:hold|holds|held|stand|stands|stood) up |
        gone now | (?:is|are|has|have|its) (?:it |they )?(?:been )?(?:gone|closed|abolished|wound up) |
        still (?:current|in force|exists?|around|going|alive|there|running) |
        these days | (?:newer|later|recent|latest|any|the) (?:research|findings|studies) |
        any more | anymore | newer | latest | more recent(?:ly)? | moved on""",
    "ask": r"""
        ask (?:yoursel(?:f|ves)|ourselves|ourself|myself|themselves) | what questions? |
        questions? (?:should|to ask|for us|for ourselves|do we|must|can) |
        what (?:should|must|do|could) (?:we|i) ask""",
    "practice": r"""
        in practice | practically | advice | guidance | tips? | what now | now what |
        what do you (?:reckon|think|make of (?:it|that|this)) |
        (?:what|whats|are there|any)(?: are)?(?: the| any)?
        (?:risks?|downsides?|drawbacks?|dangers?|catch|pitfalls?|disadvantages?)$ |
        whats? (?:is )?the (?:risk|downside|danger|catch) if (?:i|we|you|they) (?:dont|do not|do)$ |
        (?:should|must) (?:we|i) (?:be )?(?:worry|worried|concerned)$ |
        what (?:could|might|can|would|does|usually|often|tends to) (?:go|goes) wrong |
        what next | so what | (?:next|first) steps? | (?:the )?first thing(?: to do)? |
        what (?:should|do|can|could|must|would|shall|did) (?:we|i|you) (?:do|suggest|advise|recommend)
        (?:first|next|now|then|today|tomorrow|on \w+day|this (?:week|month|year)) |
        what (?:should|do|does|can|could|must|would|shall|did)
        (?:we|i|you|it|he|they|the SOURCE) (?:do|suggest|advise|recommend) |
        ^how$ | (?:how|where) (?:do|can|should|would|could) (?:we|i|you) (?:start|begin) |
        how would (?:it|that|this) (?:look|work) |
        how (?:do|should|can|could|would|might|to)(?: \w+){0,3} (?:it|that|this|them|those)$""",
    "why": r"""
        convince me | persuade me |
        why | how come | reasons? | rationale | reasoning | what makes | what for | because |
        ^how important(?: is (?:it|that|this))?$ | ^(?:do|would|must) (?:we|i|you)(?: really)?(?: have to)?$ |
        ^is (?:it|that|this)(?: really| so| very| that)? (?:important|necessary|needed|optional|essential)$ |
        ^(?:what happens if )?(?:we|you|they|i) (?:dont|do not|didnt|(?:ignore|skip) (?:it|that|this))$""",
    "example": r"""
        examples? | (?:a|any|another|real) cases? | for instance | such as |
        like what | ^eg$ | e g | case stud(?:y|ies) | like who | ^another(?: (?:one|case|example))?$""",
    "fails": r"""
        (?<!not )(?<!dont )(?<!doesnt )(?<!wont )(?<!never )(?:fail|fails|failing|failed|failure) |
        worst | worse | risky | riskiest | avoid | loses | losers? |
        the bad (?:ones?|lists?|side|kind|sort|news) | a bad (?:one|sign) |
        bad idea | go wrong | badly | (?:not|dont|doesnt|wont|never) (?:work|succeed) |
        unsuccessful""",
    "works": r"""
        (?:not|dont|doesnt|wont|never) fail | works? | working | worked | succeeds? |
        successful | success | best |
        better(?: (?:ideas?|options?|ways?|plans?|bets?))? |
        good idea | good bet | winners? | wins |
        the good (?:ones?|lists?|side|kind|sort|news) | a good (?:one|sign) |
        safer |
        any preferences? | favou?rites? | sensible | wise | worthwhile | any good | recommended? | worth it |
        safest | safe | do well |
        (?:would|should|do|shall) (?:you|we|i) (?:pick|choose|prefer|go for|take)""",
    "items": r"""
        (?:which|what) are (?:they|those|these) | (?:list|name) (?:them|those) | ^list$ |
        ^which(?: ones?)?$""",
    "more": r"""
        (?<!matter )(?<!matters )more | anything else | go on |
        elaborate | expand | explain | details? | carry on |
        continue | further |
        (?:full|long|longer|whole) (?:version|answer|story|thing|lesson) | everything | all of it | the lot |
        depth | mean | means | meaning | understand | clarify | how so | what way | in full""",
    "deck": r"""
        deck | the SOURCE (?:say|says|said) | ^(?:and |what about )*the SOURCE$ | exact words | exactly |
        define | defined | definition""",
}
_PATTERNS = tuple(
    (aspect, re.compile(r"\b(?:" + "|".join(ways.replace("SOURCE", SOURCE).split(" | ")) + r")\b"))
    for aspect, ways in ((aspect, " ".join(ways.split())) for aspect, ways in _WORDS.items())
)


def aspect_of(said: str) -> tuple[Aspect | None, str]:
    """The aspect that ``said`` (plain lower-case words) asks for, and ``said`` without such words."""
    found = next((aspect for aspect, pattern in _PATTERNS if pattern.search(said)), None)
    rest = said
    for _, pattern in _PATTERNS if found else ():
        rest = pattern.sub(" ", rest)
    return found, rest
