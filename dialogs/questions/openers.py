"""What people put before what they ask: small talk, a correction, a way back to an earlier subject."""

from __future__ import annotations

import re
from typing import Literal

from dialogs.core.replies import Frozen
from dialogs.core.text import SOURCE, remembered, words
from dialogs.manners import ASKED, LEAD

_TALK = re.compile(
    r"(?:(?:sorry|apologies|anyway|anyways|any way|right|ok(?:ay)?|fine|alright|well|so|now|"
    r"ha(?:ha)+|lol|hmm+|oh|ah+|got it|i see|noted|understood|lovely|great|brilliant|cool|perfect|"
    r"interesting|makes sense|good (?:point|to know|stuff)|fair (?:enough|point)|"
    r"that'?s (?:better|great|good|fine|clear|helpful|"
    r"interesting|useful)|never ?mind|moving on|back to (?:work|business|it)|by the way|btw|"
    r"(?:just )?(?:one|another|a) (?:more |other |last |final |quick )?(?:thing|question)|"
    r"(?:can|could|may) (?:i|we) ask (?:you )?(?:something|something else|(?:a|another) (?:\w+ )?question)|"
    r"i(?:'?m| am) new(?: (?:here|to this))?|"
    r"quick question|next question|(?:i was |i am |i'm )?just wondering|while (?:i|we) (?:have|'ve got) you|"
    r"(?:yes|yeah|yep|no|nope)(?: thanks)?|thanks(?: for that)?|thank you|cheers|ta)"
    r"(?:\s+(?:then|so|again|though|thanks|all|both))?(?:\s*[,.!;:–—-]+\s*|\s+(?=and\b|now\b|so\b|but\b)))+",
    re.IGNORECASE,
)
_NEGATED = r"(?:didn'?t|haven'?t|don'?t|doesn'?t|did not|have not|do not|does not)"
_CROSS = re.compile(
    r"(?:(?:no|nope|but|sorry|hmm+|well)[\s,.!]+)*(?:"
    r"you(?:'ve| have|'re| are)?(?: just| totally| completely)? "
    r"(?:misunderst\w+|misread|got (?:it|that|me) wrong|"
    rf"miss(?:ed|ing) the point|not listening|{_NEGATED} (?:really )?(?:answer\w*|understand|get))\b"
    r"[^.!?,;]*|"
    rf"(?:that|this|it)(?: really)? {_NEGATED} (?:help|answer)\b[^.!?,;]*|"
    r"(?:that|this|it)(?:'?s| is| was)?(?: not|n'?t) (?:what|right|it|helpful|an answer|(?:the|my) question|"
    r"useful)\b[^.!?,;]*)(?:[\s.!,;–-]+|$)",
    re.IGNORECASE,
)
_META = re.compile(r"(?:nice|lovely|terrible|awful) weather[^.!?]*[.!?]\s*", re.IGNORECASE)
_BACK = re.compile(
    r"(?:(?:and|ok|okay|so|but|can we|could we|let's|lets|let us)\s+)*(?:going|go|get|getting|coming|come)? ?"
    r"(?:back to|returning to|return to|as for|on the subject of)\s+(?P<topic>[^,:;.?!–]+)"
    r"[\s,:;.?!–-]*(?P<rest>.*)",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"(?P<topic>[\w'’&-]+(?: [\w'’&-]+){0,3})\s*(?::|\s[–—-]\s)\s*(?P<rest>\S.*)")
"""A subject put first: "technology: does that mean AI?"."""
_DISMISSED = re.compile(
    r"(?:leave|forget|never ?mind|park|ignore|skip|set aside|drop|enough (?:of|about|on))\s+"
    r"(?!(?:it|that|this|me|him|her|them|us|you|what)\b)[^.!?;:]{2,40}[.!?;]\s+(?=\w)",
    re.IGNORECASE,
)
"""A subject that is put away: "leave the law. does sharing an officer work?"."""
_SAYS = re.compile(
    rf"{LEAD}(?:what (?:else )?)?(?:does|did|do|has) "
    rf"(?:the {SOURCE}|it|they|you|he) (?:say|know|think|have(?! to\b)|mention|cover|name|list|got)"
    r"(?: (?:anything|something|much|more)(?: else)?)?(?: about| on)?\s+"
    r"(?P<topic>(?!(?:how|what|when|where|which|who|why|whether|if)\b).+)",
    re.IGNORECASE,
)
"""What asks whether something is said of a thing; "does it say how we find out" is of what was last given."""
_AMONG = re.compile(
    rf"{LEAD}(?:is|are|was|were)\s+(?P<topic>(?!there\b).+?)\s+"
    r"(?:(?:really|also|even|actually|not)\s+)*(?:one(?: of .+)?|among .+|listed|mentioned|covered|"
    rf"(?:on|in) (?:there|(?:the|that|this|your|either) (?:{SOURCE}|(?:\w+ )?lists?)))[\s?!.]*",
    re.IGNORECASE,
)
"""What asks whether something is of a list: "is technology one of the drivers?"."""
_ABOUT = re.compile(
    rf"{LEAD}{ASKED}{LEAD}(?:tell (?:me|us) (?:something |a bit |more )?about|"
    rf"what(?:'s| is) (?:the {SOURCE}'?s? )?(?:view|advice|word) (?:of|on|about)|"
    r"talk (?:to me )?about|(?:let'?s )?(?:talk|move on|switch|turn) (?:about|to))\s+"
    r"(?P<topic>.+)",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?:(?:no|nope|sorry|actually|oh|wait|hang on|not that|hmm+|well|"
    r"(?:that'?s )?(?:the )?wrong (?:one|thing))[\s,.!–-]+)*"
    r"(?:i (?:really |actually )?(?:meant?|was (?:asking|talking) about|asked about|am asking about|"
    r"want(?:ed)? to (?:know|ask) about|wanted(?! to\b)|"
    r"asked (?=(?:if|whether|how|what|which|why|who|when)\b))|"
    r"i'm asking about|(?:my|the) question was about)\s+(?P<topic>.+)",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    r"(?:no[\s,]+)?not (?:the |about )?(?P<wrong>[^,;]{2,40})[,;]\s*(?:but |i mean(?:t)? )?(?P<topic>.+)",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(r"[\s,;–-]*(?:\band\s+)?\b(?:not|rather than|instead of)\b (?!to\b).*$", re.IGNORECASE)
_NO_TOPIC = re.compile(
    r"(?:work|business|you|it|that|this|them|those|these|him|her|now|today|(?:the |your )?"
    r"(?:previous|earlier|last|first|other)(?: (?:one|thing|answer|subject|topic|question))?$)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:(?:just|and|one|another|a|my|the|two|first|second|third|last|final|next|more|other|quick|new) ?)+"
    r"(?:thing|question|point)?",
    re.IGNORECASE,
)
"""What counts questions and names no subject: "one more: pensions?"."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")

_TAIL = re.compile(r"(?:[\s,]+(?:then|please|pls|though|again|now|exactly|thanks|at all))+$", re.IGNORECASE)

_TEXTS = 16
"""Texts that are kept parted: of a message, and of its parts."""
OpenerKind = Literal["", "back", "says", "about", "meant", "talk", "cross"]

_TURNS: tuple[tuple[OpenerKind, re.Pattern[str]], ...] = (
    ("back", _BACK), ("back", _TOPIC), ("says", _SAYS), ("says", _AMONG), ("about", _ABOUT),
)  # fmt: skip


class Opening(Frozen, frozen=True):
    """What somebody asks, without what stands before it."""

    text: str
    """The words that ask."""
    turn: OpenerKind = ""
    """Whether they go back to a subject, ask what is said of one or about it, put right how the words before
    were taken, ask nothing at all, or say that the answer was none."""
    topic: str = ""
    """That subject, as typed."""
    rest: str = ""
    """What is asked of it, where more is asked: "any tips?"."""


@remembered(_TEXTS)
def opening(text: str) -> Opening:
    """Part ``text`` into what opens it and what it asks; small talk alone stays as it is."""
    asks = _after(_TALK, _META.sub("", _after(_TALK, text.strip()), count=1).strip())
    asks = _after(_DISMISSED, asks)
    if not words(asks) or _TALK.fullmatch(asks.rstrip(" ?.!") + ","):
        return Opening(text, "talk" if text.strip() else "")
    cross = _CROSS.match(text.strip()) or _CROSS.match(asks)
    if cross and not words(cross.string[cross.end() :]):
        return Opening(text, "cross")
    asks = cross.string[cross.end() :] if cross else asks
    meant = _MEANT.fullmatch(asks) or _NOT_BUT.fullmatch(asks) or _MEANT.fullmatch(text)
    if meant:
        topic = _NOT_THAT.sub("", meant["topic"]).strip() or meant["topic"]
        return Opening(asks, "meant", topic.rstrip(" ?.!"))
    for turn, pattern in _TURNS:
        found = pattern.fullmatch(asks)
        if found and not _NO_TOPIC.match(found["topic"]) and not _COUNTED.fullmatch(found["topic"]):
            rest = found.groupdict().get("rest") or ""
            topic = _TAIL.sub("", found["topic"].rstrip(" ?.!"))
            return Opening(asks, turn, topic, rest.strip())
    return Opening(asks)


def _after(opener: re.Pattern[str], text: str) -> str:
    found = opener.match(text)
    return text[found.end() :] if found else text


def sentences_of(text: str) -> list[str]:
    """The sentences of ``text``: at least one."""
    return _SENTENCE.split(text.strip())


def last_sentence(text: str) -> str:
    """The last sentence of ``text``."""
    return sentences_of(text)[-1]
