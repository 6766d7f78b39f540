"""What people type in reply to a reminder or pulse: an answer, "done", "tomorrow", "stop these"."""

from __future__ import annotations

import re
from typing import Literal

from msgspec.structs import replace

from dialogs.core.commands.managing import SNOOZES
from dialogs.core.replies import Frozen
from dialogs.core.scale import NUMBER, NUMBERS, SCALE, number_of, scale_answer
from dialogs.core.slips import mended
from dialogs.core.text import normal
from dialogs.manners import CLOSERS, FILLERS, LINKS, Around, before


class TypedReply(Frozen, frozen=True):
    """What a reply does."""

    act: Literal["answer", "done", "snooze", "stop", "start again", "change answer", "comment"]
    rest: str = ""
    """The number answered, as typed, "" for no answer at all; until when it is put off (of ``SNOOZES``), ""
    where that isn't clear."""
    comment: str = ""
    """What was said besides."""
    sure: bool = True
    """False where the words may as well mean something else: to be asked."""
    between: tuple[str, ...] = ()
    """The answers that it may be, where it isn't sure which."""
    mended: str = ""
    """What the words were taken for, where they had slips of the finger."""


NO_ANSWER = TypedReply("answer")
"""Somebody says that they won't, or can't, answer."""


def _ways(listed: str) -> frozenset[str]:
    return frozenset(" ".join(way.split()) for way in listed.split("|"))


_LOOSE = re.compile(rf"{NUMBER} (?P<comment>[^\W\d].*)", re.IGNORECASE)
_DID = re.compile(
    r"(?:i |ive |weve |we )*(?:already )?(?:did|done|finished|completed|sorted) (?:it|this|that|them|these)"
    r"(?: (?:all|already|earlier|today|yesterday|last \w+|this \w+|on \w+))*"
)
_DONE = _ways(
    """done | its done | thats done | all done | done it | done that | did it | i did it | i did |
    ive done it | ive done that | i have done it | completed | finished | sorted | done thanks |
    done thank you | done now | done and dusted | all sorted | all sorted now | sorted now |
    consider it done | already done | done already |
    mark it done | mark as done | mark as complete | mark it complete |
    all done thanks | all done thank you"""
)
_AROUND = Around(
    before(FILLERS, LINKS, "yes|yep|yup|yeah|yea|ye|yh|k|kk|thats|(?:can|could|would|will) you"),
    f"{CLOSERS}|tbh|to be honest|im afraid|sorry",
)
_NEARLY = _ways(
    """on it | im on it | were on it | will do | doing it | doing it now | doing this now | working on it |
    in progress | in hand | nearly done | almost done | nearly there | almost there | half done | not yet |
    not done | not done yet | started | ive started"""
)
"""Perhaps done, and perhaps to be brought back."""
_OBJECT = r"(?: (?:it|this|that|these|those|them))?"
_PARTLY = re.compile(
    r"(?:(?:i|we|ive|weve|i have|we have) )?(?:(?:only|just|already) )?"
    r"(?:did|done|read|finished|completed|written|sent|answered) (?:(?:about|roughly) )?"
    rf"(?:half|most|some|part|parts|bits|a (?:bit|third|quarter))(?: of)?{_OBJECT}"
)
_WILL = re.compile(
    r"(?P<will>(?:(?:i|we) (?:will|shall|can)|ill|well|will|(?:im|i am|were|we are) going to|going to|"
    r"(?:i|we) (?:hope|plan|aim|intend) to) )?(?:(?:try|aim|hope) to )?"
    rf"(?:(?:do|finish|complete|answer|sort|see to|look at|get to|get round to){_OBJECT}|"
    r"get (?:it|this|that|them) (?:done|sorted|finished))(?: (?P<when>.+))?"
)
"""It is still to be done, at a time or at none."""
_PASS = _ways(
    """skip | skip it | skip this | skip this one | pass | n a | na | not applicable | doesnt apply |
    not sure | im not sure |
    unsure | dont know | i dont know | dunno | no idea | no opinion |
    no view | no views | cant say | i cant say |
    id rather not say | id rather not | rather not say | prefer not to say | no comment | not for me"""
)
"""No answer, said so."""
_DONE_NOTED = re.compile(r"(?:it's |all )?done ?[-–—:;,.(] ?(?P<comment>[^\W\d].*)", re.IGNORECASE)
_COMMENTED = re.compile(
    r"(?:(?:please )?(?:add|leave|put|my)(?: (?:an?|this|the))? )?(?:comment|note|remark)"
    r"(?: ?[:–—] ?| - )(?P<comment>\S.*)",
    re.IGNORECASE,
)
_LATER: dict[str, frozenset[str]] = {
    "tomorrow": _ways(
        "tomorrow | tmrw | until tomorrow | till tomorrow | a day | for a day | one day | 1 day"
    ),
    "week": _ways(
        "next week | a week | for a week | one week | 1 week | in a week | until next week | till next week"
    ),
    "hour": _ways("an hour | for an hour | one hour | 1 hour | in an hour | in 1 hour | in one hour"),
}
_PUT_OFF = re.compile(
    r"(?:(?:snooze|mute)(?: (?:it|this|that|these))?|postpone(?: (?:it|this|that))?|put (?:it|this|that) off|"
    r"bring (?:it|this|that) back|(?:remind|ask) me(?: again| (?:about|of) (?:it|this|that))*)"
    r"(?P<until>.*)"
)
_VAGUE = _ways(
    """later | later today | not now | not today | some other time | another time | busy | im busy |
    too busy | busy now | busy today | not right now | cant today | cant do it today | cant do this today |
    cant right now | cant now | no time | no time today"""
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_COUNT = rf"(?:\d{{1,2}}|an?|a few|a couple of|half an|{'|'.join(NUMBERS)}|six|seven|eight|ten)"
_SOMETIME = re.compile(
    rf"(?:(?:(?:on|in|at|until|till|by|from|after|next|this|the|for) )*(?:{_DAY}|weekend|month|fortnight|"
    rf"morning|afternoon|evening|tonight|tomorrow|week|lunch(?:time)?|noon|day after tomorrow|"
    rf"{_COUNT} (?:min(?:ute)?|hour|day|week|month)s?(?: time)?|\d{{1,2}}(?: \d\d)? ?(?:am|pm)?) ?)+"
)
"""A time other than those that are offered."""
_CLOCK = re.compile(r"(?:(?:at|until|till|by|after) )?\d[\d ]*(?:am|pm)?")
"""No more than a time of day: as words of their own, more likely a number."""
_ABSENT = re.compile(
    r"(?:im |i am |were |we are |i have |ive got )?(?:currently |still )?(?:on (?:annual |sick "
    r"|maternity |paternity )?(?:leave|holiday|vacation)|away|"
    r"out of (?:the )?office|off sick|off today|off this week|not in|ooo)"
    rf"(?: (?:today|(?:until|till|til|to) {_DAY}|this week|next week|(?:until|till) next (?:week|month)|"
    r"at the moment|now))?"
)
_STOP = _ways(
    """stop | stop these | stop it | stop this | stop them | stop that | stop please | please stop |
    bin these | bin this |
    leave me alone | go away | opt out | opt me out | i want to opt out | cancel these |
    turn these off | turn this off | turn it off | turn them off | switch these off | switch this off |
    mute | mute these | mute this | mute it | mute them | unsubscribe | no more of these | no more"""
)
_ROLE = r"(?:job|role|responsibility|area|remit|task|post|team|department|council|brief|patch|work|project)"
_CANT = re.compile(
    r"(?:i|we|it)(?: am| was)? (?:cant|cannot|couldnt|didnt|havent|(?:wont|not) be able to|wont|not able to|"
    r"unable to)(?: (?:make|manage|do|done|be done|get (?:round )?to|got (?:round )?to|come to|come|join|"
    r"attend|finish|finished|be there))?(?: (?:it|that|this|these|them))?"
    r"(?: (?:yet|this week|this time|at the moment))*"
)
"""It can't be done, now at least: to be put off, or not."""
_NOT_MINE = re.compile(
    r"(?:(?:sorry|no|hi|but|and|im|i am|this|that|these|it|is|isnt|its|thats|theyre|are|arent|was|really|"
    r"actually|think) )*"
    rf"(?:(?:not )?my {_ROLE}|(?:not )?(?:for me|mine|me)|(?:(?:i think|youve|you|have|got) )*(?:the )?"
    r"wrong (?:person|address|team|council|inbox|recipient)|"
    rf"no longer (?:my {_ROLE}|mine|for me|me|involved|responsible|here|in (?:that|this|the) {_ROLE}|"
    rf"(?:do|with|on|work(?:ing)? (?:on|in|here)).{{0,40}})|"
    rf"i(?:ve| have)? (?:just )?(?:left|moved (?:on|from|team|teams|roles?|jobs?)|changed|retired)"
    rf"(?: (?:the|that|this|my|from|on|{_ROLE}s?))*|"
    r"i (?:dont|do not) (?:do|deal with|work on|look after) (?:this|that|it|these)|"
    r"(?:somebody|someone) else (?:does|has|is doing|looks after) (?:this|that|it)(?: now)?)"
    r"(?P<ended> (?:any ?more|any longer|now|these days))?"
)
"""It was sent to somebody who isn't, or is no longer, the one to ask."""
_NOT_OURS = re.compile(
    r"(?:(?:sorry|no|hi|but|this|that|it|is|isnt|its|thats|doesnt|does) )*"
    r"(?:(?:not )?(?:relevant|applicable)|apply|concern|affect|(?:got )?nothing to do with)"
    r"(?: (?:to|for|with))?(?: (?:us|me|here|(?:my|our) \w+))?"
)
_DENIED = re.compile(
    r"\b(?:not|nothing|doesnt|isnt|arent|no longer|wrong|dont|left|moved|changed|retired|else|any ?more)\b"
)
_TOO_MANY = re.compile(
    r"(?:(?:i|we)(?:ve| have)? had (?:quite |more than )?enough|(?:(?:im|i am|were|we are) )?(?:so |really )?"
    r"(?:sick|tired|fed up|bored)(?: and tired)?|(?:(?:there|these) are )?(?:far |way )?too many|no more|"
    r"(?:i|we) (?:dont|do not|no longer) (?:want|need)(?: any(?: more)?)?)(?: (?:of|with))?(?: all)?"
    r"(?: (?:these|those|the|your))? (?:reminder|pulse|message|notification)s?"
    r"(?: (?:any ?more|any longer|now|already|please))*"
)
"""There have been enough of them."""
_STOP_DOING = re.compile(
    r"(?:please )?stop (?:sending|asking|messaging|bothering|nagging|pestering|hassling|spamming|chasing|"
    r"bugging|pinging|emailing|reminding|writing to)(?: me| us)?(?: (?:these|this|stuff|things|messages|"
    r"about (?:it|this|that|these)))?"
)
_PERHAPS_DONE = re.compile(
    r"(?:(?:i|we|ive|weve|i have|we have|its|its been|it was|been|they were|theyve been|have|has been) )?"
    r"(?:already )?"
    r"(?:done|sent|emailed|rang|rung|phoned|called|briefed|told|asked|spoken|spoke|met|submitted|posted|"
    r"published|filed|signed|paid|booked|handed in|chased|circulated|shared|sorted|finished|completed)"
    r"(?: (?:it|this|that|them|these|her|him|everyone|everybody|all|now|already|earlier|yesterday|today|"
    r"(?:on|last|this) (?:the )?\w+|(?:to|with) \w+))*"
)
_NUMBERS = re.compile(r"(?<![\d.:/])[1-5](?![\d.:/]|st|nd|rd|th|%)")
_CLAUSES = re.compile(r"\s*(?:[,;.!]|\s[-–—])\s+")
_REASONED = ("snooze", "done", "stop")
_HEARD = _ways(
    """ok | okay | noted | got it | understood | received | right | fine | yes | sure | seen | seen it |
    seen this | read | read it | have read it | i have read it | acknowledged | ack | roger |
    message received | received and understood | all good | will look | ill look at it | looking at it"""
)
"""It was read, and no more than that."""
_AGAIN = _ways(
    """start again | start these again | start it again | start this again | start them again | unmute |
    unmute these | unmute this | have it again | have them again | send these again | resume | resume these"""
)
_BACK_AGAIN = re.compile(
    r"(?:(?:no|nope|nah) )?(?:start|send|have|bring|turn|switch) (?:these|those|this|that|it|them)"
    r"(?:(?: (?:up|back|on))* again| back(?: on)?)"
)
_COMMENT = _ways("add a comment | comment | add a note | a comment")
_CHANGE = _ways("change | change it | change that | change my answer | change answer | change mine")

_MAY_I = re.compile(r"^(?:can|could|may) i (?:still )?")


def typed_reply(text: str) -> TypedReply | None:
    """What ``text`` (cleaned) does as a reply; None where it is none."""
    plain = text.replace("’", "'").strip()
    answer = scale_answer(plain)
    if answer is not None:
        return TypedReply("answer", answer.number, answer.comment, between=answer.between)
    done = _DONE_NOTED.fullmatch(plain)
    said = normal(plain)
    said = said if said in _DONE else _AROUND.taken_off(said)
    if said in _DONE or _DID.fullmatch(said):
        return TypedReply("done")
    if commented := _COMMENTED.fullmatch(plain):
        return TypedReply("comment", comment=commented["comment"])
    if done:
        return TypedReply("done", comment=done["comment"])
    if said in _STOP or _STOP_DOING.fullmatch(said):
        return TypedReply("stop")
    until = _until(said)
    if until is not None:
        return TypedReply("snooze", until)
    if said in _AGAIN or _BACK_AGAIN.fullmatch(said):
        return TypedReply("start again")
    if said in _COMMENT:
        return TypedReply("comment")
    if _MAY_I.sub("", said) in _CHANGE:
        return TypedReply("change answer")
    if _TOO_MANY.fullmatch(said):
        return TypedReply("stop", sure=False)
    if will := _WILL.fullmatch(said):
        until = _until(will["when"]) if will["when"] else None
        if until is not None:
            return TypedReply("snooze", until, sure=False)
        if will["will"] and not will["when"]:
            return TypedReply("done", sure=False)
    if said in _NEARLY or _PARTLY.fullmatch(said) or _CANT.fullmatch(said) or _CANT.fullmatch(f"i {said}"):
        return TypedReply("done", sure=False)
    if said in _PASS:
        return TypedReply("answer")
    if (_NOT_MINE.fullmatch(said) or _NOT_OURS.fullmatch(said)) and _DENIED.search(said):
        return TypedReply("stop", sure=False)
    if _PERHAPS_DONE.fullmatch(said):
        return TypedReply("done", sure=False)
    loose = _LOOSE.fullmatch(plain)
    if loose and number_of(loose) in SCALE:
        others = [number for number in _NUMBERS.findall(loose["comment"]) if number != number_of(loose)]
        if others:
            return TypedReply("answer", between=(number_of(loose), *others))
        return TypedReply("answer", number_of(loose), loose["comment"], sure=False)
    return _with_a_reason(plain)


def _with_a_reason(plain: str) -> TypedReply | None:
    """A reply beside other words: "in a meeting, later"."""
    if len(clauses := _CLAUSES.split(plain)) < 2:
        return None
    found = [reply for reply in map(typed_reply, clauses) if reply and reply.sure and reply.act in _REASONED]
    return replace(found[0], sure=False) if len(found) == 1 else None


def stands_for_read(text: str) -> bool:
    """Whether ``text`` (cleaned) tells no more than that it was read."""
    said = normal(text)
    return said in _HEARD or _AROUND.taken_off(said) in _HEARD


def mended_reply(text: str) -> TypedReply | None:
    """What ``text`` (cleaned) does as a reply once its slips are mended, but a number's; None for none."""
    said = normal(text).split()
    meant = mended(said, _KNOWN)
    numbers = NUMBERS.keys() & set(meant.split()) - set(said)
    reply = typed_reply(meant) if meant and not numbers else None
    return replace(reply, mended=meant) if reply else None


_KNOWN = frozenset(
    word
    for ways in (_DONE, *_LATER.values(), _VAGUE, _STOP, _AGAIN, _COMMENT, _CHANGE, {"snooze", "postpone"})
    for way in ways
    for word in way.split()
)


def on_scale(rest: str) -> bool:
    """Whether a number as typed is one of the answers."""
    return rest in SCALE


def _until(said: str) -> str | None:
    """One of ``SNOOZES``; "" where it is put off without a time that we know; None where it isn't put off."""
    put_off = _PUT_OFF.fullmatch(said)
    until = put_off["until"].strip() if put_off else said
    sometime = _SOMETIME.fullmatch(until) and (put_off or not _CLOCK.fullmatch(until))
    for name in SNOOZES:
        if until in _LATER[name]:
            return name
    if said in _VAGUE or sometime or _ABSENT.fullmatch(said):
        return ""
    if put_off and (not until or until in _VAGUE or said.startswith(("snooze", "mute", "postpone"))):
        return ""
    return None
