"""What is said of a series that runs, however it is named: "skip the monday one", "who hasn't replied?".

Here the series is "it": what names it has been replaced by that (``dialogs.reminders.series_meant``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from dialogs.core.commands.row import HeardText, Row
from dialogs.core.replies import Frozen
from dialogs.core.text import TEXTS, clean, remembered
from dialogs.manners import ASKED, FILLERS, LINKS, Around, before

SeriesDoing = Literal[
    "change", "pause", "resume", "skip", "cancel", "report", "who", "nudge", "show", "hand over", "take over"
]
LONGEST = 200
"""Characters of what is said of one."""


class SteerNamed(Frozen, frozen=True):
    """Something is said of a reminder or pulse that runs, which is called so; what, stands in the message."""

    named: bool
    """Whether more than "the reminder" tells which one it is."""


class SeriesSaid(NamedTuple):
    """What a sentence about a series asks for."""

    does: SeriesDoing
    rest: str = ""
    """When, or to whom it is handed over, as typed."""
    aside: str = ""
    """What is said besides, such as why."""


# --- Around it ---------------------------------------------------------------------------------------

_SMALL = before(FILLERS, LINKS, r"yes|yep|yeah|yup|(?:no|nope|nah)(?=[,.])")
"""A bare "no" may be of what is said: "no reminder in August"."""
_AROUND = Around(_SMALL + ASKED + _SMALL)

# --- What is done to it ------------------------------------------------------------------------------

_NEXT = (
    r"(?:(?:the |its )?(?:next|coming|upcoming)(?: (?:one|occurrence|date|time|send|instance))?"
    r"(?: (?:of|for|from))?(?: it)?)"
)
_IT = rf"(?:(?:the )?it|{_NEXT})"
_REPLIED = (
    r"(?:repl(?:y|ied|ies)|answer(?:ed|s)?|respon(?:d|ded|se|ses)|acknowledged|confirmed|acted|"
    r"(?:got|come|get) back(?: to (?:me|us|you))?|(?:heard|hear)(?: back)? from|done|silent|outstanding|"
    r"owes?(?: (?:me|us|you))?)"
)
_THOSE = r"(?:them|those|the ones|whoever|anyone|anybody|everyone|everybody|people|the rest|the others)"
_WAYS: tuple[tuple[SeriesDoing, str], ...] = (
    (
        "skip",
        rf"(?:(?:skip|miss(?: out)?|omit|leave out|leave) {_IT}(?: out)?"
        rf"|(?:don'?t|do not|not|no need to) (?:send|run|do|have) {_IT}(?: out)?"
        rf"|(?:cancel|delete|remove|drop|scrap|stop) {_NEXT}|no it|skip (?:1|one|a turn))(?P<rest>.*)",
    ),
    (
        "pause",
        r"(?:(?:pause|suspend|freeze|halt|hold off(?: on)?|hold)(?: sending)? it"
        r"|(?:put|place) it on (?:hold|ice|pause)|pause)(?P<rest>.*)",
    ),
    (
        "resume",
        r"(?:(?:resume|restart|unpause|reinstate|reactivate) it|(?:start|set|bring|switch|turn|get)"
        r"(?: up)? it(?: (?:up|off|on|going|back))* ?again|(?:start|set|bring|switch|turn) it back (?:up|on)"
        r"|resume)(?P<rest>.*)",
    ),
    (
        "cancel",
        r"(?:(?:cancel|end|delete|remove|drop|scrap|discontinue|terminate|kill|bin|ditch|axe|finish|conclude|"
        r"call off|wrap up|get rid of|(?:stop|cease)(?: sending(?: out)?)?)(?: reminding \w+)? it"
        r"(?: off| up| going out)?|(?:switch|turn|call|wrap) it (?:off|up)|knock it on the head"
        r"|it off)(?P<rest>.*)",
    ),
    ("report", r"(?:report(?: on)?|how(?: is|'s|s) it (?:doing|going|getting on)|what came of) it"),
    ("report", r"how(?: is|'s|s| did| has) it (?:do|doing|done|go|going|gone|getting on)(?: so far)?"),
    (
        "who",
        r"(?:who|which|anyone|anybody|any|how many|has|have|did|is|are)\b(?!.*\bquiz|.*\bcheck\b).*\b"
        rf"{_REPLIED}(?: .{{0,40}}?)?(?: (?:to|on|about|from|for) it| it)?",
    ),
    ("who", r"who is missing(?: (?:from|on|for) it)?"),
    (
        "nudge",
        rf"(?:nudge|chase(?: up)?|prod|ping|poke) (?:it|{_THOSE}(?: (?:who|that))?.*"
        rf"(?:not|n'?t|yet)\b.*{_REPLIED}.*it|{_THOSE} (?:on|for|about) it)(?: up)?",
    ),
    ("hand over", r"(?:(?:hand|pass)(?:ing)? (?:over it|it over)|it over)(?:,? to (?P<rest>.+))?"),
    ("hand over", r"give it to (?P<rest>.+?) to (?:look after|run|manage|deal with|own)"),
    ("take over", r"take (?:over it|it over)"),
    (
        "show",
        rf"(?:when(?: is|'s|s| does| do| will| would)?(?: the)? {_IT}(?: (?:next|be|being|due|go|goes|going|"
        rf"sent|out|off|to|fall|run|coming|come|then))*|{_IT} when"
        r"|.*\b(?:what|which) (?:date|day|time) (?:is|will|does|do) it (?:.+ )?(?:sent|go|go out|due|run)"
        r"|(?:show|see|view|look at|find|check|bring up|open)(?: me| us)? it(?: again)?"
        r"|what did (?:i|we) (?:set up|set|schedule|make|do|say) (?:for |about |in )?it(?: again)?"
        r"|what does it say|who (?:gets|receives|is on|is in) it|how often (?:is|does|do|will) it "
        r"(?:go|go out|sent|run|come)|what (?:is|'s|about|of) it|it)",
    ),
)
_AT_A_TIME = ("skip", "pause", "resume", "cancel")
"""What can be done for a time, or from one on."""
_READERS = tuple((does, re.compile(way, re.IGNORECASE)) for does, way in _WAYS)
_AT_ONCE = re.compile(
    r"(?: (?:for (?:now|the moment|the time being|good)|until (?:further notice|i say(?: so)?|told otherwise)"
    r"|now|straight ?away|at once|altogether|completely|entirely|too|as well|instead|again))+",
    re.IGNORECASE,
)
_WHY = re.compile(r"(?:[,;:.!?–—]+| -) *| (?=because |since |so that |as (?:we|i|they|it|there)\b)")
"""Where what is said besides begins."""

_CHANGES = re.compile(
    r"(?:change|edit|move|reschedule|shift|push|bump|switch|amend|alter|make|put|set|bring|add|include|copy|"
    r"take|remove|drop|have|get|do|send|run|let|rename|reword|swap|replace)\b"
    r"|it\b(?! (?:is|was|isn|wasn|does|did|has|had|looks|seems|feels|works|means)\b)",
    re.IGNORECASE,
)
_SURELY_CHANGES = re.compile(
    r"(?:change|edit|move|reschedule|shift|push|bump|amend|alter|make|add|rename|reword)\b", re.IGNORECASE
)
_PARTS = {
    "time|day|days|date|dates|timing|frequency|schedule": "make it {said}",
    "text|wording|message|words|title|question|name": "it should say {said}",
    "recipients|recipient|audience|people|list": "to {said}",
}
_OF_IT = tuple(
    (
        re.compile(
            rf"(?:change|move|amend|alter|set|edit|switch|shift) (?:the )?(?:{part})(?: (?:of|for|on) it)? "
            rf"(?:to|for|as|so it says)?:? ?(?P<said>.+)",
            re.IGNORECASE,
        ),
        way,
    )
    for part, way in _PARTS.items()
)
_WHOM = (
    (
        re.compile(
            r"(?:add|put|include|copy|get|bring|invite|stick|pop)(?: in)? (?P<said>.+?)(?: back| in)? "
            r"(?:to|on to|onto|into|in|on|for)(?: the (?:recipients|list|people) (?:of|for))? it"
            r"(?: too| as well| also)?",
            re.IGNORECASE,
        ),
        "add {said}",
    ),
    (
        re.compile(
            r"(?:take|remove|drop|leave|get|delete|strike) (?P<said>.+?) (?:off|from|out of|off of)"
            r"(?: the (?:recipients|list|people) (?:of|for))? it",
            re.IGNORECASE,
        ),
        "remove {said}",
    ),
    (
        re.compile(
            r"(?:(?:can|could|should|may|might) )?(?P<said>\S+(?: \S+){0,2}?) "
            r"(?:(?:should|must|can|could|needs? to|has to|have to|wants? to|would like to) )?"
            r"(?:gets?|haves?|receives?|sees?) it (?:too|as well|also)",
            re.IGNORECASE,
        ),
        "add {said}",
    ),
)
_LINKS = re.compile(
    r"^[ :,–—-]*(?:(?:should|ought to|needs? to|must|can|could|may|will|would|to)\b ?)?"
    r"(?:(?:also|now|really|rather|better|please)\b ?)*(?:(?:be|go|come|run|start)\b ?)?"
    r"(?:(?:sent|out|over|moved|changed)\b ?)*",
    re.IGNORECASE,
)
"""What stands between it and what is to be: "it ought to go at ten"."""
_ADDS_IT = re.compile(r"(?:add|include|invite|copy(?: in)?) it\b", re.IGNORECASE)
"""What is added is somebody, and never a series."""
_TO_WHOM = re.compile(r"to (?P<said>.+?)(?: too| as well| also)?", re.IGNORECASE)
_TOO = re.compile(r"\b(?:also|too|as well)\b", re.IGNORECASE)
_RATHER = re.compile(
    r"(?P<said>.+?) (?:would|might|may|is|will) (?:be |work )?(?:better|best|good)\b.*", re.I
)
_THE_ONE = re.compile(
    r"\b(?:the|my|our|that|this|your|those|these) (?P<by>(?:[^\s,;:]+ ){0,5}?)(?:reminder|pulse)s?\b"
    r"|\breminding (?:me|us)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:pause|suspend|freeze|halt|hold|put|resume|restart|unpause|reinstate|reactivate|start|skip|miss|omit|"
    r"leave|don'?t|do not|not|cancel|end|delete|remove|drop|scrap|stop|cease|discontinue|terminate|kill|bin|"
    r"ditch|axe|finish|conclude|wrap|knock|call|get|report|hand|pass|take|nudge|chase|change|edit|move|reschedule|"
    r"shift|push|bump|switch|amend|alter|make|set|bring|add|include|copy|rename|reword|swap|replace)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\b(?:reminders?|pulses?|reminding)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:it|its|that|this|them|these|those|one|ones|one's|thing|next|replied|reply|answered|set up|heard)\b"
    r"|['’]s\b|^(?:not|except|who|when|which|has|have|any|show|no)\b",
    re.IGNORECASE,
)


@remembered(TEXTS)
def bare(text: str) -> str:
    """``text`` without "could you please" before it, or "thanks" after."""
    return _AROUND.taken_off(text).strip(" .!?")


def asked_of_it(said: str) -> SeriesSaid | None:
    """What ``said`` (``bare``, the series as "it") asks for besides a change; None for anything else."""
    for does, way in _READERS:
        for whole, aside in with_aside(said):
            found = way.fullmatch(whole)
            if found is None:
                continue
            rest = found.groupdict().get("rest") or ""
            if does == "show" and aside:
                continue  # "the monday one: make it 10"
            if does not in _AT_A_TIME:
                return SeriesSaid(does, rest.strip(), aside)
            if rest and not rest.startswith(" "):
                continue
            for when, further in with_aside(rest.strip()):
                if not when or _AT_ONCE.fullmatch(f" {when}"):
                    return SeriesSaid(does, aside=further or aside)
            return SeriesSaid(does, rest.strip(), aside)
    return None


def changes_of_it(said: str) -> Iterator[tuple[str, str]]:
    """What ``said`` may say as a change of it, as a draft is corrected, and what is said besides: to be tried
    one after the other."""
    if _ADDS_IT.match(said):
        return
    for whole, aside in with_aside(said):
        before, it, after = _parted(whole)
        worded = (way.format(said=found["said"]) for part, way in _OF_IT if (found := part.fullmatch(whole)))
        people = (way.format(said=found["said"]) for who, way in _WHOM if (found := who.fullmatch(whole)))
        linked = _LINKS.sub("", after)
        whom = _TO_WHOM.fullmatch(linked)
        rather = _RATHER.fullmatch(whole)
        ways = [*people, *worded, whole]
        ways += [rather["said"]] if rather else []
        ways += [f"add {whom['said']}"] if whom and _TOO.search(after) else []
        ways += [after.strip(" :,–—-"), linked, f"at {linked}"] if it and after else []
        ways += [re.sub(r" (?:for|on|of|with)$", "", before)] if it and before and not after else []
        yield from ((way, aside) for way in dict.fromkeys(ways) if way.strip())


def may_change(said: str) -> bool:
    """Whether ``said`` (``bare``) begins as a change of it does."""
    return _CHANGES.match(said) is not None


def surely_changes(said: str) -> bool:
    """Whether it can be nothing else, also where what is to change isn't understood."""
    return _SURELY_CHANGES.match(said) is not None


def may_be_of_one(said: str, *, listened: bool) -> bool:
    """Whether ``said`` (``bare``) may be about a series at all, before it is known which there are.

    ``listened``: whether that is likely, so that less tells it.
    """
    told = _BEGINS.match(said) or _NOUN.search(said) or (listened and _POINTS.search(said))
    return len(said) <= LONGEST and bool(told)


def with_aside(said: str) -> Iterator[tuple[str, str]]:
    """``said`` whole, and parted from what may be said besides."""
    yield said, ""
    for cut in _WHY.finditer(said):
        if cut.start():
            yield said[: cut.start()].strip(), said[cut.end() :].strip()


def _parted(said: str) -> tuple[str, str, str]:
    found = re.search(r"\bit\b", said, re.IGNORECASE)
    return (said[: found.start()], "it", said[found.end() :]) if found else (said, "", "")


def _named(heard: HeardText) -> Frozen | None:
    """A sentence about "the … reminder", which could otherwise be taken for a question about reminders."""
    text = clean(heard.said.exact) or heard.text
    said = bare(text) if len(text) <= LONGEST and not heard.said.pressed else ""
    named = _THE_ONE.search(said)
    if named is None:
        return None
    before, behind = said[: named.start()], said[named.end() :]
    asked, by = asked_of_it(f"{before}it") or asked_of_it(f"{before}it{behind}"), bool(named["by"] or behind)
    looks = asked is not None and bool(before) and asked.does in ("who", "report", "nudge", "show")
    return SteerNamed(by) if looks or (by and (asked or surely_changes(said))) else None


ROWS = (Row(SteerNamed, phrase=_named, overheard=False),)
