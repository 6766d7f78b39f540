"""Which series is meant: by its text, its people, its weekday, its rhythm, or as the one just spoken of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from dialogs.core.events import Mention
from dialogs.core.mentions import kept, spoken
from dialogs.core.model import AT_HAND, State, World
from dialogs.core.reminder_model import Draft, SeriesKind, Summary
from dialogs.core.slips import mended
from dialogs.core.text import stems, word_set
from dialogs.recurrence.describe import in_words
from dialogs.recurrence.rule import parts

_WORD = re.compile(r"[@#]?[^\W_]+(?:['’][^\W_]+)*['’]?")
_QUOTES = re.compile(r"[\"“”]")
_HEADS = word_set("one ones reminder reminders pulse pulses thing quiz quizzes reminding")
"""Words that stand for a series, whatever it is called by."""
_FILLS = word_set("the a an my our your that this own and me us")
_PEOPLE_FOLLOW = word_set("to for with")
"""What stands before those whom it goes to, or before its text; no day is named so: "the one to Monday"."""
_VERBS = word_set("pause")
"""What is done to one, though it may be called the paused one."""
_LINKS = word_set("about of on every each called named saying says concerning regarding which goes at in who")
_SAYS_LITTLE = _HEADS | _FILLS | _PEOPLE_FOLLOW | _LINKS
_RHYTHMS = {
    ("DAILY", 1): "daily", ("WEEKLY", 1): "weekly", ("WEEKLY", 2): "fortnightly fortnight biweekly other",
    ("MONTHLY", 1): "monthly", ("MONTHLY", 3): "quarterly quarter", ("YEARLY", 1): "yearly annual annually",
}  # fmt: skip
_SERIES = 1_000
"""Series of which it is kept what they are known by."""
_TOO_SHORT = 5
"""Letters of a word that is too short to hold a slip."""
_PRONOUN = re.compile(
    r"\b(?:(?:the|that|this|my|our|your) (?P<noun>reminder|pulse)s?|(?:that|this) one|it|"
    r"this(?! (?:week|month|year|morning|afternoon|time))|that|them|these|those)\b"
    r"(?! (?:who|which|isn|hasn))",
    re.IGNORECASE,
)
_KINDS: dict[str, SeriesKind] = {"reminder": "remind", "pulse": "pulse"}
_NAMED_ALREADY = re.compile(r"\b(?:it|(?:this|that) one|them|these|those)\b", re.IGNORECASE)
_POINTED = re.compile(
    r"\b(?:this|that) (?:to|on|for|at|until|till|by|from|over|every|(?:bi)?weekly|fortnightly|monthly|daily|"
    r"quarterly|yearly)\b",
    re.IGNORECASE,
)
"""So one is pointed at, and what follows is no name of it: "move this to monday", "make that fortnightly"."""
_OF_ANOTHER = re.compile(r" (?:from|to|off|on|onto|out of|for) (?:it|(?:this|that) one)\b", re.IGNORECASE)
_OF_A_TIME = re.compile(
    r"\b(?P<when>(?:next|this) (?:week|month)|tomorrow|today)['’]s\b(?: one\b| reminder\b| pulse\b)?",
    re.IGNORECASE,
)


class Naming(NamedTuple):
    """A sentence in which something names series."""

    said: str
    """The sentence, with "it" in its place."""
    found: tuple[Summary, ...]
    """Those that fit it, all that there are for a mere "it"."""
    words: int
    """How many words tell which one it is; 0 for a mere "it"."""
    head: bool
    """Whether it is called a reminder, a pulse or one: "the monday one"."""


class _Features(NamedTuple):
    text: frozenset[str]
    people: frozenset[str]
    days: frozenset[str]

    @property
    def every(self) -> frozenset[str]:
        return self.text | self.people | self.days


class _Token(NamedTuple):
    form: str
    """As it is compared."""
    begin: int
    end: int
    plain: str
    """In lower case."""


def named_in(
    said: str, mentioned: tuple[Mention, ...], among: Sequence[Summary], world: World
) -> Iterator[Naming]:
    """The sentence with each run of words in it that names some of ``among``, the longest first."""
    known = [(each, _features(each.series.draft, each.series.step == "paused")) for each in among]
    every = frozenset().union(*(features.every for _, features in known))
    tokens = _tokens(said, mentioned, every)
    pointed = _POINTED.search(said)
    runs = [
        (begin, end)
        for begin in range(len(tokens))
        if pointed is None or tokens[begin].begin < pointed.start()
        for end in range(_known_to(tokens, begin, every), begin, -1)
        if _may_be_name(tokens[begin:end], said)
        and not any(token.plain in _HEADS for token in tokens[end : end + 1])
    ]
    for begin, end in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
        run = tokens[begin:end]
        telling = _telling(run)
        found = [(each, features) for each, features in known if telling and _fits(run, features)]
        if found:
            before, behind = said[: run[0].begin], said[run[-1].end :]
            if _NAMED_ALREADY.search(before) or _OF_ANOTHER.match(behind):
                continue  # "make it fortnightly", "drop bryn from it"
            whole = {token.form for token in telling}
            exact = [each for each, features in found if features.text - _SAYS_LITTLE == whole]
            meant = exact if len(exact) == 1 else [each for each, _ in found]
            yield Naming(
                f"{before}it{behind}", tuple(meant), len(telling), any(token.plain in _HEADS for token in run)
            )


def pointed_at(said: str, among: Sequence[Summary], spoken_of: tuple[str, ...]) -> Iterator[Naming]:
    """The sentence with a mere "it", "that one" or nothing at all for a series: those last spoken of, else
    the only one, else all of ``among``; "the pulse" is one, where there is any."""
    last = tuple(each for id in spoken_of for each in among if each.series.id == id)
    found = last or tuple(among)
    timed = _OF_A_TIME.sub(r"it \g<when>", said)
    if timed != said:
        yield Naming(timed, found, 0, head=False)
    for pronoun in _PRONOUN.finditer(said):
        kind = _KINDS.get((pronoun["noun"] or "").lower())
        so_called = (of_kind(last, kind) or of_kind(among, kind)) if kind else ()
        sentence = f"{said[: pronoun.start()]}it{said[pronoun.end() :]}"
        yield Naming(sentence, so_called or found, 0, head=False)
    yield Naming(said, found, 0, head=False)


def of_kind(some: Iterable[Summary], kind: SeriesKind | None) -> tuple[Summary, ...]:
    """Those of ``some`` that are of ``kind``."""
    return tuple(each for each in some if each.series.draft.kind == kind)


def called_a(said: str) -> SeriesKind | None:
    """What a series is called in ``said`` that is pointed at: "the pulse"; None for a mere "it"."""
    nouns = (pronoun["noun"] for pronoun in _PRONOUN.finditer(said))
    return next((_KINDS[noun.lower()] for noun in nouns if noun), None)


def speaking_of(state: State, id: str, world: World) -> State:
    """``state``, from which on "it" is that series."""
    return replace(state, series=id, series_at=world.now.timestamp())


def spoken_of(state: State, world: World) -> tuple[str, ...]:
    """The ids of those that "it" may be: in the thread of one, that one, and any other that was spoken of
    there since; else the one that was spoken of, sent or shown last here. None while a draft was shown, or
    a question answered, that is newer."""
    fresh = state.series if world.now.timestamp() - state.series_at <= AT_HAND else ""
    if world.above is not None:
        return tuple(dict.fromkeys(filter(None, (world.above.series, fresh))))
    named = defaultdict[float, set[str]](set)
    if fresh:
        named[state.series_at].add(fresh)
    # In the thread of anything else, what was sent to the whole chat isn't what it is about.
    sent = () if world.under and world.place.kind == "direct" else world.offered
    for button in (*state.offered, *sent):
        named[button.at] |= {each.series.id for each in world.series or () if each.series.id in button.says}
    for waiting in () if world.under else world.waiting:
        named[waiting.at].add(waiting.series)
    since = max(draft_shown(state, world), state.asked_at)
    last = max((at for at, ids in named.items() if ids and at >= since), default=None)
    return tuple(named[last]) if last is not None and len(named[last]) == 1 else ()


def draft_shown(state: State, world: World) -> float:
    """When the speaker's draft was shown or named here last; 0 for never."""
    draft = world.work.draft
    return max((button.at for button in state.offered if draft and draft.id in button.says), default=0.0)


def names_draft(naming: Naming, draft: Draft) -> bool:
    """Whether the series that is named may as well be the new draft that is being made."""
    texts = {spoken(each.series.draft.what).casefold() for each in naming.found if not draft.changes}
    return spoken(draft.what).casefold() in texts


def by_first_name(who: str, world: World) -> Mention | None:
    """The one person whom ``who``, without a mention, can mean of those in a list or in a series."""
    assert world.advisor_settings is not None
    targets = {
        target.id: target
        for some in (
            *world.advisor_settings.lists.values(),
            *(each.series.draft.targets for each in world.series or ()),
        )
        for target in some
        if target.kind == "person"
    }
    called = stems(who)
    found = [target for target in targets.values() if called and called <= stems(target.name)]
    return Mention("", "person", found[0].id, found[0].name) if len(found) == 1 else None


@lru_cache(_SERIES)
def _features(draft: Draft, paused: bool) -> _Features:
    text = stems(spoken(f"{draft.topic} {draft.what}"))
    people = stems(spoken(" ".join(target.name for target in draft.targets)))
    days = (in_words(draft.schedule).partition(",")[0], _rhythm(draft)) if draft.schedule else ()
    return _Features(text, people, stems(" ".join((*days, "paused" if paused else ""))))


def _rhythm(draft: Draft) -> str:
    rule = parts(draft.schedule.rule) if draft.schedule and draft.schedule.rule else {}
    return _RHYTHMS.get((rule.get("FREQ", ""), int(rule.get("INTERVAL") or 1)), "")


def _tokens(said: str, mentioned: tuple[Mention, ...], known: frozenset[str]) -> list[_Token]:
    found = list[_Token]()
    for word in _WORD.finditer(said):
        plain = word[0].casefold().replace("’", "'").rstrip("'")
        form = next(iter(stems(plain)), plain)
        if plain[0] in "@#":
            form = " ".join(sorted(stems(spoken(kept(plain, mentioned)))))
        found.append(_Token(form, word.start(), word.end(), plain))
    if any(token.form in known for token in _telling(found)):
        return found
    slipped = [token for token in _telling(found) if len(token.plain) >= _TOO_SHORT]
    meant = {token: mended([token.form], known) for token in slipped}
    return [token._replace(form=meant.get(token) or token.form) for token in found]


def _known_to(tokens: Sequence[_Token], begin: int, known: frozenset[str]) -> int:
    """Where words end, from ``begin`` on, that may all tell of a series."""
    strange = (
        place
        for place in range(begin, len(tokens))
        if tokens[place].plain not in _SAYS_LITTLE and not set(tokens[place].form.split()) <= known
    )
    return next(strange, len(tokens))


def _may_be_name(run: Sequence[_Token], said: str) -> bool:
    """Whether it begins and ends as a name does; not "to the leaders", "the highlight report of"."""
    first, last = run[0].plain, run[-1].plain
    if len(run) == 1 and first in _VERBS:
        return False
    if len(_QUOTES.findall(said[run[0].begin : run[-1].end])) % 2:
        return False  # it ends within what is quoted
    return first not in _PEOPLE_FOLLOW | _LINKS and last not in _PEOPLE_FOLLOW | _LINKS | _FILLS


def _telling(run: Sequence[_Token]) -> list[_Token]:
    return [token for token in run if token.plain not in _SAYS_LITTLE]


def _fits(run: Sequence[_Token], features: _Features) -> bool:
    """Whether all that ``run`` tells is told of the series."""
    names_days = True
    for token in run:
        if token.plain in _PEOPLE_FOLLOW:
            names_days = False
        elif token.plain in _LINKS:
            names_days = True
        elif token.plain in _HEADS or token.plain in _FILLS:
            continue
        elif not set(token.form.split()) <= features.text | features.people | (
            features.days if names_days else frozenset()
        ):
            return False
    return True
