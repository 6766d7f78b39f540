"""What is said of the draft that was shown last without a change to it: praise, a question, what is wrong."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.agreement import WHERE, has_enough, waits
from dialogs.core.commands import DraftAct, NewDraft, encode
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.reminder_model import Draft
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.text import literal
from dialogs.manners import ASKED, LEAD, TAIL
from dialogs.recurrence.zones import clock
from dialogs.reminders.drafting import alone, shown
from dialogs.reminders.drafting_audience import names, whom
from dialogs.reminders.drafting_cards import OpenQuestion, first_date, open_question
from dialogs.wording import drafts as words
from dialogs.wording.dates import WHAT_TIME, WHICH_DAY, short_date

_GOOD = re.compile(
    r"(?:(?:yes|yep|ok|great|good|thanks|thats|that|this|it|all) )*(?:look(?:s|ing)? (?:good|great|right|"
    r"fine|ok|perfect|lovely|spot on)|perfect|lgtm|(?:is )?(?:fine|spot on|correct|right))"
    r"(?: (?:to me|thanks|now))*"
)
"""Praise of the draft that was shown last: not yet a word to start it."""
_WHOM = re.compile(
    r"(?:so )?(?:who|whom)(?:s| is| are| will| does| do| would)? (?:it |this |that |they |you )*(?:gets?|"
    r"getting|receives?|receiving|going|go|goes|sent|be|for|to)"
    r"(?: (?:sent|it|this|that|to|get it|for|get|again|now))*"
)
_WHEN = re.compile(
    r"(?:so |and )?when (?:is|will|does|would) (?:it|this|that|the first(?: one)?|the next(?: one)?)"
    r"(?: (?:go|going|be|sent|out|off|to|next|first|start|due|fall))*"
)
_AT_ONCE = re.compile(
    rf"{LEAD}{ASKED}{LEAD}(?:send|start|do)(?: (?:it|this|that))?"
    r"(?: (?:off|out|to them))?"
    rf"(?: (?:(?:right |just )?now|straight ?away|right away|immediately|at once|asap|today))?{TAIL}"
)
"""To be sent, perhaps before its time."""
_BACK = {
    "undo",
    "undo it",
    "undo that",
    "undo the last",
    "undo the last change",
    "take that back",
    "change it back",
    "go back",
}
_AFRESH = {"start over", "start afresh", "start from scratch", "begin again", "lets start over"}
_IT = r"(?:it|this|that|the (?:reminder|pulse|draft|text|message|whole thing))"
_LOOKS = rf"{_IT} (?:(?:will|does|would|ll) )?(?:looks?|says?)(?: like)?"
_SEE = (
    r"(?:(?:can|could|may) (?:i|you|we) (?:please )?(?:just )?"
    r"(?:see|show me|show us|preview|look at|have a look at|check|read)"
    r"|let me (?:see|look at)|show (?:me|us)|i want to see|id like to see)"
)
_ME = re.compile(rf"{LEAD}(?:nudge|ping|prod|poke|remind|chase) me(?: too| as well)?{TAIL}")
_SHOWS = re.compile(
    rf"{LEAD}(?:{_SEE}(?: (?:{_LOOKS}|{_IT}|what|how|we have|weve got|ive got|i have|i said|weve said|"
    r"there is|all|again|first|now|so far))+"
    rf"|what (?:will|does|would|is) {_IT} (?:looks?|says?|saying)(?: like| now| at the moment)*"
    rf"|how often(?: (?:is|does|will|would) {_IT}(?: (?:go|sent|be sent|come|run|out))*)?"
    rf"|preview)(?: it| now| so far)*{TAIL}"
)
_STANDS = re.compile(
    rf"{LEAD}(?:(?:is|was) {_IT} (?:still )?(?:there|here|open|kept|saved|set|set up|ready|started|running|"
    r"on|live|active|scheduled|going|sent|waiting|not started)"
    rf"|(?:did|has|have) {_IT} (?:been )?(?:saved?|set up|start(?:ed)?|go(?:ne)?(?: out)?|sent)"
    r"|(?:(?:have|do|did) )?(?:you|u|ya|we|i) (?:still )?(?:have|got|kept?|lost|lose|save|set) "
    rf"{_IT}(?: still)?"
    rf"|(?:wheres|where is|where was|whats in) {_IT}|{WHERE}"
    r"|what (?:have|did) (?:we|you|i) (?:got|get|have|put|said|say)(?: down)?"
    r"|(?:whats|what is) (?:left|missing|open|still (?:missing|open))"
    r"|(?:read|say|play) (?:it|that) back(?: to (?:me|us))?)"
    rf"(?: (?:now|yet|so far|there|at the moment|already|down))*{TAIL}"
)
"""Whether it is still there, and how it stands: a question that nothing else is asked."""
_WRONG = re.compile(
    rf"{LEAD}(?:(?:thats|that is|its|it is|this is|youve got|you have|ive got) )?"
    r"(?:(?:the )?wrong (?P<what>[a-z]+)"
    r"|(?:(?:the|that|this) )?(?P<which>[a-z]+?)(?:s| is| are| looks?)? (?:all )?"
    rf"(?:wrong|not right|isnt right|arent right|incorrect))(?: (?:there|here|sorry|again))*{TAIL}"
)
_ABOUT = {
    "audience": "group list people person channel audience team lot board recipients recipient name names",
    "day": "day days date dates weekday", "time": "time times hour",
    "what": "text wording words message title topic question thing",
}  # fmt: skip


def called_to(draft: Draft, world: World) -> str:
    """What the draft is called in a sentence: "reminder to Asha Patel"."""
    kind = words.KINDS[draft.kind].lower()
    if not draft.targets or draft.to_self(world.speaker.id):
        return kind
    return words.CALLED_TO.format(kind=kind, whom=literal(names(draft.targets, world)))


def of_a_draft(plain: str) -> bool:
    """Whether ``plain`` can be said of a draft alone, and of no lesson that was given since."""
    whole = (_STANDS, _WHOM, _WHEN)
    return waits(plain) or bool(_wrong(plain)) or any(way.fullmatch(plain) for way in whole)


def of_anything(plain: str) -> bool:
    """Whether ``plain`` may be said of a draft, and of a lesson as well: "what does it say?"."""
    return any(way.fullmatch(plain) for way in (_SHOWS, _AT_ONCE))


def remarked(state: State, draft: Draft, plain: str, *, starts: bool, world: World) -> Decision | None:
    """The reply to ``plain``, the words as ``normal`` has them; None for anything else. ``starts``: whether
    they start a draft that lacks nothing."""
    put_away = Choice(words.PUT_IT_AWAY, encode(DraftAct("cancel", draft.id)))
    show = Choice(words.SHOW_IT, encode(DraftAct("show", draft.id)))
    if plain in _BACK:
        return _told(state, draft, words.NO_WAY_BACK, (show,), world)
    if plain in _AFRESH:
        return _told(state, draft, words.AFRESH, (put_away, show), world)
    if has_enough(plain):
        return _told(state, draft, words.ENOUGH.format(kind=called_to(draft, world)), (put_away, show), world)
    if waits(plain) and not ("today" in plain.split() and _goes_today(draft, world)):
        return _told(state, draft, words.TAKE_YOUR_TIME.format(kind=called_to(draft, world)), (show,), world)
    if _ME.fullmatch(plain) and not draft.to_self(world.speaker.id):
        add = Choice(words.ADD_ME, encode(DraftAct("audience", draft.id, "me")))
        return _told(
            state,
            draft,
            words.ME_TOO,
            (add, Choice(words.NEW_FOR_ME, encode(NewDraft("remind"))), show),
            world,
        )
    if draft.targets and _WHOM.fullmatch(plain):
        return _told(state, draft, words.GOES_TO.format(whom=literal(whom(draft, world))), (show,), world)
    first = first_date(draft, world)
    if first and _WHEN.fullmatch(plain):
        return _told(state, draft, words.GOES_FIRST.format(first=first), (show,), world)
    at_once = _AT_ONCE.fullmatch(plain) or (draft.asked and starts)
    wrong = _wrong(plain)
    stands = _STANDS.fullmatch(plain)
    shows = stands or _SHOWS.fullmatch(plain) or _WHOM.fullmatch(plain)
    if not (at_once or wrong or shows) and (draft.asked or not _GOOD.fullmatch(plain)):
        return None
    if world.advisor_settings is None:
        return Decision(state, needs="settings")
    if wrong:
        return _asked_anew(state, draft, wrong, world)
    if shows:
        start = words.SAVE if draft.changes else words.START
        return shown(
            state,
            draft,
            world,
            before=words.NOT_STARTED.format(start=start) if stands and not draft.asked else "",
        )
    ready = words.SENT_AT.format(first=first) if at_once and first else words.THEN_START
    lacks = words.NOT_READY if open_question(draft, world) else words.NOT_CHANGED_YET
    return shown(state, draft, world, before=lacks if draft.asked else ready)


def _goes_today(draft: Draft, world: World) -> bool:
    return first_date(draft, world).startswith(short_date(world.now.astimezone(clock(world.zone))))


def _told(state: State, draft: Draft, said: str, ways: tuple[Choice, ...], world: World) -> Decision:
    return alone(draft, Decision(state, (Reply((Text(said), Choices(ways))),)), world)


def _wrong(plain: str) -> str:
    """What of the draft is said to be wrong, as a question is about it; "" for other words."""
    said = _WRONG.fullmatch(plain)
    named = (said["what"] or said["which"]) if said else ""
    return next((about for about, names in _ABOUT.items() if named in names.split()), "")


def _asked_anew(state: State, draft: Draft, about: str, world: World) -> Decision:
    """The draft, asked for what was wrong in it; of several people only some may be."""
    if about == "audience" and len(draft.targets) > 1:
        return _told(
            state,
            draft,
            words.WRONG_WHICH,
            (Choice(words.SHOW_IT, encode(DraftAct("show", draft.id))),),
            world,
        )
    if about == "audience":
        return shown(state, replace(draft, targets=()), world)
    if about == "what":
        return shown(
            state,
            draft,
            world,
            problem=OpenQuestion("what", phrased(words.WHAT[draft.kind], world.knowledge)),
        )
    if draft.schedule is None:
        return shown(state, replace(draft, when=""), world)
    asks = WHICH_DAY if about == "day" else WHAT_TIME
    return shown(state, draft, world, problem=OpenQuestion(about, asks))  # type: ignore[arg-type]
