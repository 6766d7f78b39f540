"""How people speak to a bot rather than ask it: thanks, complaints, "what can you do", "that's all".

Such words are put together freely, so each kind is a core with what may stand before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from dialogs.core.commands.row import HeardText
from dialogs.core.replies import Frozen
from dialogs.core.text import SOURCE, normal, remembered
from dialogs.manners import CLOSERS, LEAD

_AFTER = (
    rf"{CLOSERS}|then|now|though|really|again|instead|here|today|at all|for (?:me|us|now|today)|"
    r"about (?:this|that|it|these|them)|to (?:me|us)|all|everyone"
)
_IS = r"(?:thats|that is|that was|this is|this was|its|it is|it was|youre|you are|you were)"
_VERY = (
    r"(?: (?:a|so|just|really|very|most|simply|plain|still|completely|totally|utterly|absolutely|"
    r"a bit|quite|bloody|flipping|no|of|such a))*"
)
_CAN_I = r"(?:(?:can|could|may) (?:i|we) |(?:i|we) (?:want|need|would like) to |id like to |let me )"
_SOMEBODY = (
    r"(?:human(?: being)?|person|someone|somebody|body|anyone|anybody|one|agent|operator|member of staff)"
)
_CORES = {
    "help": (
        r"(?:what|how) (?:else )?(?:can|could|do|will) you (?:do|help|tell|answer|offer)"
        r"(?: (?:me|us))?(?: with)?",
        r"(?:what|how) (?:else )?(?:can|could|may) (?:i|we) ask(?: you)?(?: about)?",
        r"what are you (?:for|good (?:for|at)|able to do)",
        r"(?:what|whats the) (?:use|good|help|point) (?:are you|is (?:this|it)|of you)(?: to (?:me|us))?",
        r"how (?:do you|does this (?:bot|chat|thing)) work",
    ),
    "lessons": (
        r"(?:what|which|any) (?:other |more )?(?:topics|subjects|lessons|themes)(?: (?:are there|do you "
        r"(?:know|cover|have)|have you(?: got)?|can i ask about))?",
        r"what(?: else)? (?:do you (?:actually )?(?:know|cover|have)|is there|"
        rf"does the {SOURCE} (?:say|cover|have))(?: about| in it)?",
        r"(?:tell me )?what you (?:do )?(?:know|cover)(?: about)?",
    ),
    "up": (
        rf"(?:that|this|it)(?:{_VERY} )?(?:helps|helped)(?: a lot)?",
        rf"(?:that|this|it)(?:{_VERY} )?(?:has )?answer(?:s|ed) (?:my|our) question",
        rf"(?:{_IS}{_VERY} )?(?:very |really |so )?(?:helpful|useful)",
        rf"{_IS}{_VERY} (?:what i (?:needed|wanted)|spot on|(?:big|great|real) help)",
    ),
    "down": (
        rf"{_IS}{_VERY} (?:wrong|incorrect|untrue|mistaken|nonsense|"
        r"not (?:right|true|correct|helpful|useful))",
        r"(?:it |that |this )?(?:wasnt|isnt|is not|was not|not) (?:really )?(?:what i (?:asked|meant|wanted|"
        r"was asking|was after)(?: for)?|an answer|(?:my|the) question)",
    ),
    "disagree": (
        rf"i (?:dont|do not|cant|cannot) agree(?: with (?:you|the {SOURCE}))?",
        rf"i disagree(?: with (?:that|it|this|you|the {SOURCE}))?",
        r"(?:i|im) (?:doubt|dont believe|dont buy|not buying|dont accept) (?:it|that|this)",
        r"(?:im|i am) not (?:so |really )?(?:sure|convinced)(?: by (?:that|it|this))?",
    ),
    "thanks": (
        r"(?:many |much )?(?:thanks|thank you|thankyou|cheers|ta|thx)(?: (?:a lot|a million|"
        r"(?:ever )?so much|(?:very|v) much|for (?:that|this|all that|everything|(?:your|the) help)))*",
    ),
    "bye": (
        r"(?:thats|that is|that will be|thatll be) (?:all|it|everything)"
        r"(?: (?:i|we) (?:need|needed|wanted))?",
        r"(?:im|i am|were|we are) (?:done|finished)",
        r"nothing(?: else)?",
        r"no more questions",
        r"(?:good ?)?bye(?: bye)?",
        r"see you(?: later| soon| tomorrow)?",
        r"(?:sorry )?(?:wrong|not for this) (?:chat|channel|window|thread|group)",
    ),
    "person": (
        rf"{_CAN_I}*(?:(?:speak|talk|chat) (?:to|with)|get(?: me)?|find me|connect me (?:to|with)|put me "
        rf"through to) (?:an? |some |the )?(?:actual |real |live )?{_SOMEBODY}(?: real| else)*",
        r"who (?:can|could|should|do) (?:i|we) (?:talk|speak|turn) to",
        rf"(?:can|could|will) (?:an? )?{_SOMEBODY} (?:please )?help(?: (?:me|us))?(?: with .{{1,40}})?",
        rf"is there (?:an? |any )?(?:real )?{_SOMEBODY} (?:(?:i|we) can|to) (?:talk|speak|ask)(?: to| with)?",
    ),
    "bot": (
        r"(?:(?:im )?new here )?(?:what|who)(?:s| is| are) (?:this|you)(?: (?:bot|thing|channel|app))?",
        r"im new(?: here)?",
    ),
    "cross": (
        rf"(?:(?:{_IS}{_VERY}|what an?) )?(?:useless|hopeless|rubbish|stupid|dumb|terrible|awful|pathetic|"
        r"annoying|pointless|no good|no use|no help|not (?:any|very) (?:good|use|help)|waste of(?: my)? time)"
        r"(?: bot| answer| thing)?",
        r"(?:i (?:want|need|would like|wish) to |id like to )?(?:make an? (?:official )?)?complain(?:t)?"
        r"(?: about (?:you|this|that|it))?",
    ),
    "dodging": (
        r"(?:you|youre|you are|you just|this|it)(?: (?:just|always|only|still|are|keep|kept|keeps))* "
        r"(?:dodg|avoid|duck|evad|ignor|repeat|sidestep|wriggl|stall|say|not answer|not listen)"
        r"(?:e|s|es|ing|ed)?"
        r"(?: (?:it|that|this|the|my|me|our|same|issue|questions?|point|thing|yourself|over|and|again))*",
        r"(?:answer|just answer) (?:the|my) question",
    ),
    "write": (
        r"(?:(?:can|could|would|will) you )?(?:help me )?(?:to )?(?:write|draft|prepare|produce|put together|"
        r"knock up) (?:me |us )?(?:an?|the|my|our|some) .{1,60}",
    ),
    "sure": (
        r"how (?:sure|certain|confident) (?:are you|is (?:that|this|it))(?: (?:of|about) (?:that|this|it))?",
    ),
    "clock": (
        r"(?:(?:can|could|would) you )?(?:set|start|stop|cancel|put on)(?: (?:an?|the|my|me an?))? (?:\S+ )?"
        r"(?:timer|alarm|alarm clock|stopwatch|countdown)(?: (?:for|to|at|\d+) .+)?",
    ),
    "greeting": (
        r"(?:is (?:this|it)(?: thing)? (?:on|working)|are you (?:there|working|awake|alive|on|up)|"
        r"(?:is )?any(?:one|body) there|test(?:ing)?|ping)",
        r"(?:hi|hello|hey|morning)(?: there| all)? (?:im|i am|its|this is|my name is) \S+(?: \S+)?"
        r"(?: (?:here|from|at|in) .{1,40})?",
    ),
    "answers": (
        r"(?:is|are) (?:this|it|that|these|they|my answers?) (?:really |truly |actually )?anonymous",
        r"(?:who|(?:can|does|will) (?:my )?\S+) (?:can )?(?:sees?|knows?|finds? out|reads?)(?: about| of)? "
        r"(?:this|it|that|what i (?:answer(?:ed)?|said|chose|put)|my (?:answers?|votes?|choices?|comments?))",
        r"(?:what happens to|where do|where does|what do you do with) my (?:answers?|votes?|comments?)"
        r"(?: go)?",
    ),
    "changed mind": (
        r"(?:how (?:can|do) i|can i|could i|i want to|i need to|id like to) (?:change|undo|take back|correct|"
        r"delete) (?:my|that|the|an) (?:answers?|votes?|choice|press)",
        r"(?:sorry )?i (?:pressed|hit|chose|picked|clicked|answered|voted|tapped) (?:the )?wrong(?:ly)?"
        r"(?: (?:one|button|answer|thing|number))?(?: by (?:mistake|accident))?",
    ),
    "send": (
        r"(?:(?:can|could|may|would) (?:i|we|you) )?(?:send|forward|email|print|copy|quote|save|pass on) "
        r"(?:this|that|it|these|(?:this|that|your) answer)(?: on)?(?: (?:to|with|in) .{1,40})?",
        r"(?:can|could|may) (?:i|we|you) share (?:this|that|your) answer(?: (?:with|in) .{1,40})?",
    ),
    "fresh": (
        r"(?:(?:lets|can we|could we|i want to|id like to) )?(?:start (?:over|afresh|from scratch)|reset|"
        r"begin again|change (?:the )?(?:subject|topic)|talk about something else)",
        r"new (?:question|topic|subject|chat|conversation)",
    ),
    "call off": (
        r"(?:forget|scrap|ignore|delete|scratch|cancel|undo) (?:that|this|it|what i said)|cancel|undo",
    ),
}


def _group(at: int) -> str:
    return f"kind{at}"


@cache  # made when talk is first heard, as it takes longer than all else that a start makes of these
def _of_kinds(kinds: Sequence[str]) -> re.Pattern[str]:
    """What reads talk of some kinds: each is a group."""
    cores = "|".join(f"(?P<{_group(at)}>{'|'.join(_CORES[kind])})" for at, kind in enumerate(kinds))
    return re.compile(rf"{LEAD}(?:{cores})(?: (?:{_AFTER}))*")


@remembered(8)
def _is_talk(said: str) -> bool:
    """Whether it is talk of any kind: most texts are of none, and each kind of command asks."""
    return _of_kinds(tuple(_CORES)).fullmatch(said) is not None


def spoken(meant: Mapping[str, Frozen]) -> Callable[[HeardText], Frozen | None]:
    """What reads talk of the kinds in ``meant`` as their commands, and anything else as None."""
    kinds, named = tuple(meant), {_group(at): command for at, command in enumerate(meant.values())}

    def read(heard: HeardText) -> Frozen | None:
        said = normal(heard.text)
        found = _of_kinds(kinds).fullmatch(said) if _is_talk(said) else None
        return named[found.lastgroup] if found and found.lastgroup else None

    return read
