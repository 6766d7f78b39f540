"""Whom a reminder or list is for: from words and mentions to targets, and back to names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dialogs.core.addresses import ADDRESS, PLATFORM, address_of, allowed, by_mail, domain_of, person_of
from dialogs.core.commands.drafting import ME
from dialogs.core.events import Mention
from dialogs.core.mentions import TOKEN, holds, kept
from dialogs.core.model import World
from dialogs.core.reminder_model import AdvisorSettings, Draft, Target
from dialogs.core.text import clipped, word_set
from dialogs.core.text import words as words_of
from dialogs.manners import FILLERS, LINKS, TAIL, YES_OR_NO, before
from dialogs.wording import drafts as words
from dialogs.wording import mail as mail_words
from dialogs.wording.conversation import listed

MOST_TARGETS = 100

_AWAY = re.compile("^" + before(FILLERS, LINKS, YES_OR_NO, r"to|for|with|it['’]?s for"), re.IGNORECASE)
_COURTESY = re.compile(rf"(?<=\S){TAIL}$", re.IGNORECASE)
_HERE = {
    "here", "this channel", "the channel", "this group", "this chat", "this team", "our channel",
    "everyone here", "everybody here", "all of us", "us",
}  # fmt: skip
_CHECK = re.compile(
    r"(?:those|everyone|everybody|people|all) (?:who|that) (?:took|did|answered|filled in|joined)"
    r" (?:the|this|our) (?:readiness )?check"
)
_ARTICLES = word_set("the our my a an")
_TOO = word_set("too also as well")
_APART = re.compile(rf"{ADDRESS}|(?P<apart>\s*(?:&|\band\b|\bplus\b)\s*)", re.IGNORECASE)
"""What parts an enumeration; "research-and-dev@…" is one address."""


class FoundAudience(NamedTuple):
    """Whom words name, and what is wrong with the rest of them."""

    targets: tuple[Target, ...]
    problem: str = ""
    """A sentence that says what to change, with the person's own words in it; empty where all is clear."""
    where: str = "people"
    """The field of the form that it is about."""


def list_key(name: str) -> str:
    """What a list is known by, however it is typed: "The Steering Group" and "steering group" alike."""
    said = list(words_of(name))
    while len(said) > 1 and said[0] in _ARTICLES:
        said.pop(0)
    return " ".join(said)


def list_of(name: str, advisor_settings: AdvisorSettings) -> str | None:
    """The own key in the advisor settings of the list that is called so; None where there is none."""
    wanted = list_key(name)
    return next((key for key in advisor_settings.lists if list_key(key) == wanted), None) if wanted else None


def list_target(key: str, advisor_settings: AdvisorSettings) -> Target:
    """A list as somebody's audience; ``key`` as in the advisor settings."""
    return Target("list", key, advisor_settings.titles.get(key, key))


def find(said: str, named: tuple[Mention, ...], world: World) -> FoundAudience:
    """Whom ``said`` (with mentions as tokens) names; the advisor settings must be known."""
    assert world.advisor_settings is not None
    text = " ".join(_AWAY.sub("", said).split()).strip(' .!"“”')
    whole = list_of(text, world.advisor_settings)
    if whole:
        return FoundAudience((list_target(whole, world.advisor_settings),))
    targets, problem = list[Target](), ""
    for part in parts_of(text, world):
        found = _part(part, named, world)
        targets += found.targets
        problem = problem or found.problem
    unique = tuple({(target.kind, target.id): target for target in targets}.values())
    if len(unique) > MOST_TARGETS:
        return FoundAudience((), words.TOO_MANY_TARGETS.format(limit=MOST_TARGETS))
    return FoundAudience(unique, problem)


def parts_of(text: str, world: World) -> Iterator[str]:
    """What ``text`` enumerates; the name of a list may hold an "and"."""
    assert world.advisor_settings is not None
    advisor_settings = world.advisor_settings
    for part in re.split(r"[,;]", _COURTESY.sub("", text)):
        pieces = (part,) if list_of(part, advisor_settings) else _pieces(part)
        yield from filter(None, (piece.strip(' "“”.!') for piece in pieces))


def _pieces(part: str) -> Iterator[str]:
    begin = 0
    for found in _APART.finditer(part):
        if found["apart"]:
            yield part[begin : found.start()]
            begin = found.end()
    yield part[begin:]


def _part(part: str, named: tuple[Mention, ...], world: World) -> FoundAudience:
    assert world.advisor_settings is not None
    by_token = {mention.token: mention for mention in named}
    tokens = [by_token[token] for token in TOKEN.findall(part) if token in by_token]
    if tokens and _only_names(TOKEN.sub(" ", part), tokens):
        return FoundAudience(tuple(_mentioned(mention, world) for mention in tokens))
    person = person_of(part)
    if person:
        wrong = why_no_mail(person, world)
        return FoundAudience((), wrong) if wrong else FoundAudience((by_address(person),))
    if "@" in part[1:] and not tokens:
        return FoundAudience((), mail_words.NOT_AN_ADDRESS.format(said=short(part)))
    plain = " ".join(words_of(part))
    if plain in ME:
        return FoundAudience((me(world),))
    if plain in _HERE:
        there = here(world)
        return FoundAudience((there,)) if there else FoundAudience((), words.NOT_HERE)
    if _CHECK.fullmatch(plain):
        session = world.here.readiness.session if world.here.readiness else ""
        return (
            FoundAudience((Target("check", session),)) if session else FoundAudience((), words.NO_CHECK_HERE)
        )
    if part[0] in "@#" and not tokens:
        return FoundAudience((), words.NOT_A_MENTION.format(said=short(part), sign=part[0]))
    key = list_of(part, world.advisor_settings)
    if key:
        return FoundAudience((list_target(key, world.advisor_settings),))
    shown = short(kept(part, named))
    if not world.advisor_settings.lists:
        return FoundAudience((), words.NO_LISTS.format(said=shown, example=shown))
    titles = listed(
        [
            f"“{world.advisor_settings.titles.get(entry, entry)}”"
            for entry in list(world.advisor_settings.lists)[:8]
        ]
    )
    return FoundAudience((), words.NO_SUCH_LIST.format(said=shown, lists=titles))


def by_address(person: str) -> Target:
    """Somebody who is written to by mail, called by their address."""
    return Target("person", person, address_of(person), f"{PLATFORM}:{domain_of(person)}")


def why_no_mail(person: str, world: World) -> str:
    """Why ``person`` can't be written to by mail, with what to do; "" where they can."""
    said, domains = address_of(person), world.mail_domains
    if not domains:
        return mail_words.OFF.format(said=said)
    if allowed(person, domains):
        return ""
    told = (
        mail_words.BELOW.format(domain=domain) if domain.startswith(".") else domain for domain in domains
    )
    return mail_words.NOT_ALLOWED.format(said=said, domains=listed(list(told)))


def _mentioned(mention: Mention, world: World) -> Target:
    """Whom a mention names; who mentions themselves is meant by the id as which they speak."""
    mine = mention.kind == "person" and mention.id in (world.speaker.id, *world.speaker.also)
    return me(world) if mine else Target(mention.kind, mention.id, mention.label, world.tenant)


def _only_names(beside: str, mentioned: Iterable[Mention]) -> bool:
    """Whether the words ``beside`` mentions are no more than the names of those mentioned, said twice.

    Of somebody whose name the platform doesn't tell, two words may be it.
    """
    said = [word for word in words_of(beside) if word not in _TOO]
    names = {word for mention in mentioned for word in words_of(mention.label)}
    nameless = any(not mention.label for mention in mentioned)
    others = [word for word in said if word not in names]
    return not others or (nameless and len(others) <= 2 and not _ARTICLES & set(others))


def mailed(targets: Iterable[Target], advisor_settings: AdvisorSettings | None) -> tuple[str, ...]:
    """The addresses to which ``targets`` lead now, those on their lists too."""
    lists = advisor_settings.lists if advisor_settings is not None else {}
    there = (
        each
        for target in targets
        for each in (lists.get(target.id, ()) if target.kind == "list" else (target,))
    )
    return tuple(dict.fromkeys(address_of(target.id) for target in there if by_mail(target.id)))


def people_of(targets: Iterable[Target], advisor_settings: AdvisorSettings | None) -> set[str] | None:
    """The ids of all whom ``targets`` mean, those on their lists too; None where others may be among them."""
    people, lists = set[str](), advisor_settings.lists if advisor_settings is not None else {}
    for target in targets:
        for each in lists.get(target.id, (target,)) if target.kind == "list" else (target,):
            if each.kind != "person":
                return None
            people.add(each.id)
    return people


def me(world: World) -> Target:
    """The speaker."""
    return Target("person", world.speaker.id, world.name, world.tenant)


def here(world: World) -> Target | None:
    """This channel; None where nothing can be put into one."""
    if world.reference is None:
        return None
    return Target("channel", f"{world.reference.platform}:{world.reference.channel}", "", world.tenant)


def names(targets: Iterable[Target], world: World) -> str:
    """Whom they are: by name, else as mentions, whose names the platform shows; in plain text."""
    known, nameless = list[str](), dict[str, int]()
    there = here(world)
    for target in targets:
        if target.name:
            known.append(target.name)
        elif there and target.id == there.id:
            known.append(words.HERE[world.place.kind].lower())
        elif target.id == world.speaker.id:
            known.append(words.CALLED_ME)
        elif target.kind in ("person", "channel"):
            known.append(kept("@mention1", (Mention("@mention1", target.kind, target.id),)))
        else:
            nameless[target.kind] = nameless.get(target.kind, 0) + 1
    for kind, count in nameless.items():
        single, several = words.NAMELESS[kind]  # type: ignore[index]
        known.append(single if count == 1 else several.format(count=count))
    return listed(known)


def whom(draft: Draft, world: World) -> str:
    """Whom ``draft`` is for, in plain text."""
    return words.YOU_ALONE if draft.to_self(world.speaker.id) else names(draft.targets, world)


def short(said: str) -> str:
    """``said`` as it is quoted back."""
    return said if holds(said) else clipped(said, 60)
