"""Whom a draft is for, changed in words: for others, for more, for fewer, for one in the place of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dialogs.core.events import Mention
from dialogs.core.model import World
from dialogs.core.reminder_model import Draft, Target
from dialogs.core.text import literal
from dialogs.core.text import words as words_of
from dialogs.manners import ASKED, FILLERS, LEAD, TAIL, YES_OR_NO, before
from dialogs.reminders.drafting_audience import FoundAudience, find, names, parts_of
from dialogs.wording import drafts as words

TO = re.compile(
    rf"{before(FILLERS, YES_OR_NO)}{ASKED}"
    r"(?:(?:make|do|send|set|change) (?:it|that|this) |(?P<only>only|just) )*"
    r"(?:(?:(?P<less>not|without|remove|drop|leave out|take out|but not|minus|(?:everyone|everybody|all) but"
    r"|except)(?: to| for)?"
    r"|(?P<more>(?:(?:and|also) )*(?:also|and|add|plus|include|copy in|copy|cc in|cc|loop in|bring in))"
    r"(?P<link> to| for)?|to|for|with) "
    r"|(?P<bare>(?=[@#])))(?P<who>(?!(?:say|ask)\b)\S.*?)"
    r"(?P<too> too| as well| also)?(?:(?P<instead> instead| only)| please| then| off| out| in| after all)*",
    re.IGNORECASE,
)
_ONLY = re.compile(r"(?:only|just) (?:to |for )?(?P<who>\S.*?)(?: please)?", re.IGNORECASE)
_SIGNED = re.compile(r"[@#][^\W_][\w.'-]*(?: [^\W_][\w.'-]*)?")
"""A name with its sign, by which nobody may have been mentioned."""
_LONGEST = 300
_LEAD = LEAD + ASKED
_IT = r"(?:make|send|give|have|let|set|change|address) (?:it|this|that)(?: go| out)?"
_GIVE = rf"(?:{_IT} ?)?(?:(?:to|for|with) )?"
_PUT, _TAKE = (
    r"(?:add|include|put|bring in|put in|use|ask)",
    r"(?:remove|drop|take out|leave out|lose|take|without)",
)
_OUT, _IN, _THEN = r"(?P<out>\S.*?)", r"(?P<into>\S.*?)", r"(?:,? (?:and|then|but|so)|,)(?: please)? "
_GONE = r"(?:['’]s| is| has| have| are)?(?: now)? (?:left|gone|retired|moved on|away|off|on leave)(?: now)?"
_NEEDLESS = re.compile(
    rf"{_LEAD}(?P<who>\S.*?)(?:(?: is|['’]s| are)? (?:not|no longer)|(?: is| are)n['’]?t)(?: really)? "
    r"(?:needed|wanted|necessary|required|involved)(?: (?:here|for (?:it|this|that)|now|any ?more))*",
    re.IGNORECASE,
)
"""Whom it needn't go to: "@asha isn't needed"."""
_NOT = r"(?:instead of|in place of|rather than)(?: to| for)?"
_SWAPS = tuple(
    re.compile(rf"{_LEAD}{way}(?: instead| after all)*{TAIL}", re.IGNORECASE)
    for way in (
        rf"{_NOT} {_OUT}(?:,|,? (?=(?:{_PUT}|make|send|give|have|to|for|[@#]))) ?(?:{_PUT} )?{_GIVE}{_IN}",
        rf"{_GIVE}{_IN},? (?:{_NOT}|(?:and |but )?not(?: to| for)?) {_OUT}",
        rf"(?:{_GIVE})not (?:to |for )?{_OUT},? (?:but|rather) {_GIVE}{_IN}",
        rf"(?:{_GIVE})not (?:to |for )?{_OUT}, {_GIVE}{_IN}",
        rf"(?:swap|replace|exchange|change|switch)(?: out)? {_OUT} (?:for|with|by|to|into|and) {_IN}",
        rf"(?:swap|substitute)(?: in)? {_IN} (?:in )?for {_OUT}",
        rf"{_IN} (?:replaces|takes over from|takes the place of|in for) {_OUT}",
        rf"{_TAKE} {_OUT}(?: off| out)?{_THEN}{_PUT} {_IN}(?: on| in)?",
        rf"{_PUT} {_IN}(?: on| in)?{_THEN}{_TAKE} {_OUT}(?: off| out)?",
        rf"{_OUT} out{_THEN}{_IN} in",
        rf"{_OUT}{_GONE},? (?:so )?(?:{_PUT} )?{_GIVE}{_IN}(?: in place of (?:her|him|them))?",
        rf"{_IN} in{_THEN}{_OUT} out",
    )
)


_ALSO = re.compile(
    r"(?:(?:and|also|plus|oh|ok|or|(?:can|could|should|may)(?: you)?)[, ]+)*"
    r"(?!(?:that|this|it|these|those|you|same|both|them|all)\b)"
    r"(?P<who>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}?)"
    r"(?: (?:(?:should |needs to |to )?(?:be|go) (?:added|included|copied(?: in)?|on (?:it|this|that)|in)"
    r"(?: too| as well| also)*|too|as well|also))[ .!?]*",
    re.IGNORECASE,
)
"""Who is to be there besides, by name alone: "bryn too"."""


class AudienceChange(NamedTuple):
    """Whom a draft is for once it is changed."""

    targets: tuple[Target, ...]
    problem: str = ""
    """What is wrong with those who were named; see ``FoundAudience.problem``."""
    note: str = ""
    """What of the change came to nothing, as Markdown."""


class _Among(NamedTuple):
    """Who of those a draft is for is named."""

    there: tuple[Target, ...]
    absent: tuple[Target, ...]
    """Those who were named and aren't among them."""
    unknown: bool
    """Whether anybody else was."""


def audience_changed(
    draft: Draft, said: str, named: tuple[Mention, ...], world: World
) -> AudienceChange | None:
    """The draft's audience, where all of ``said`` tells whom; None for other words."""
    said = said.rstrip(" .!?")
    return swapped(draft, said, named, world) or _other(draft, said, named, world)


def swapped(draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> AudienceChange | None:
    """One in the place of another, whom ``said`` names both; None for other words."""
    for told in _swaps(said):
        out, into = _among(told["out"], draft.targets, named, world), find(told["into"], named, world)
        sure = into.targets or _SIGNED.fullmatch(told["into"])
        if sure and not out.unknown and (out.there or (out.absent and not draft.targets) or into.targets):
            left = tuple(target for target in draft.targets if target not in out.there)
            return AudienceChange((*left, *into.targets), into.problem, _absent(out, draft, world))
    return None


def also_named(said: str) -> str:
    """Whom ``said`` names as one more, without a mention; "" where it does nothing like that."""
    named = _ALSO.fullmatch(said)
    return named["who"] if named else ""


def may_swap(said: str) -> bool:
    """Whether ``said`` is built as words that put one in the place of another."""
    return next(_swaps(said), None) is not None


def _swaps(said: str) -> Iterator[re.Match[str]]:
    plain = said.rstrip(" .!?")
    return (told for way in _SWAPS if len(plain) <= _LONGEST and (told := way.fullmatch(plain)))


def _other(draft: Draft, said: str, named: tuple[Mention, ...], world: World) -> AudienceChange | None:
    to = TO.fullmatch(said)
    less = _NEEDLESS.fullmatch(said) or (to if to and to["less"] else None)
    if less:
        out = _among(less["who"], draft.targets, named, world)
        if out.unknown or not draft.targets:
            return None
        left = tuple(target for target in draft.targets if target not in out.there)
        return AudienceChange(left, note=_absent(out, draft, world))
    only = _ONLY.fullmatch(said)
    kept = _among(only["who"], draft.targets, named, world) if only else None
    if kept and kept.there and not kept.absent and not kept.unknown:
        return AudienceChange(kept.there)
    whom = find(to["who"], named, world) if to else FoundAudience(())
    if to is None or not whom.targets or whom.problem:
        return None
    asked = draft.asked == "audience"
    adds = not (to["only"] or to["instead"]) and (asked or to["more"] or to["too"] or to["bare"] is not None)
    return AudienceChange((*draft.targets, *whom.targets) if adds else whom.targets)


def _among(said: str, targets: Sequence[Target], named: tuple[Mention, ...], world: World) -> _Among:
    """Who of ``targets`` is named, by a mention or by words of their name."""
    there, absent, unknown = list[Target](), list[Target](), False
    for part in parts_of(said, world):
        called = set(words_of(part))
        by_name = [target for target in targets if called and called <= set(words_of(target.name))]
        found = find(part, named, world).targets or tuple(by_name if len(by_name) == 1 else ())
        ids = {(target.kind, target.id) for target in found}
        there += [target for target in targets if (target.kind, target.id) in ids]
        absent += [target for target in found if target not in targets]
        unknown = unknown or not found
    return _Among(tuple(there), tuple(absent), unknown or not (there or absent))


def _absent(out: _Among, draft: Draft, world: World) -> str:
    if not out.absent or not draft.targets:
        return ""
    return words.NOT_AMONG.format(who=literal(names(out.absent, world)))
