"""What advisors share: named lists of people and channels, who else advises, and the weekly digest."""

from __future__ import annotations

import re

from dialogs.core.addresses import by_mail
from dialogs.core.alone import card, sent
from dialogs.core.commands import ChangeAdvisor, ChangeList, DropList, SetAssistant, SetDigest, SetList
from dialogs.core.events import Mention
from dialogs.core.jobs import Job
from dialogs.core.mentions import kept, spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.reminder_events import AdvisorEvent, KeepAdvisor, KeepAssistant, KeepDigest, KeepList
from dialogs.core.reminder_model import ADVISORS_PARTITION, AdvisorSettings, Target
from dialogs.core.replies import Block, Facts, Text, Title
from dialogs.core.text import clipped, literal, word_set
from dialogs.core.text import words as words_of
from dialogs.reminders.drafting import unready
from dialogs.reminders.drafting_audience import find, list_key, list_of, names
from dialogs.sessions.starting import by
from dialogs.wording import advisor_settings as words
from dialogs.wording import drafts as draft_words
from dialogs.wording import mail as mail_words
from dialogs.wording import privacy

MOST_LISTS, MOST_LISTED, LONGEST_NAME = 100, 200, 60
_NAME = re.compile(r"[^\W_][\w '’&/().-]*")
_TAKEN = word_set("me myself us here all everyone everybody nobody list lists channel group advisors")


def lists(state: State, world: World) -> Decision:
    """All lists, with whom they hold."""
    no = unready(state, world)
    if no:
        return no
    assert world.advisor_settings is not None
    advisor_settings = world.advisor_settings
    if not advisor_settings.lists:
        none = [Text(phrased(words.NO_LISTS_YET, world.knowledge)), *_assistants(world)]
        return Decision(state, (card(none, world, instead=False),), arrived=sent(world))
    pairs = tuple(
        (advisor_settings.titles.get(key, key), _held(names(held, world), advisor_settings.gone.get(key, 0)))
        for key, held in advisor_settings.lists.items()
    )
    how = Text(phrased(words.LISTS_HOW, world.knowledge))
    blocks: list[Block] = [Title(words.LISTS), Facts(pairs), *_assistants(world), how]
    return Decision(state, (card(blocks, world, instead=False),), arrived=sent(world))


def _assistants(world: World) -> list[Block]:
    """Who answers for whom."""
    assert world.advisor_settings is not None
    settings = world.advisor_settings
    pairs = tuple(
        (names((Target("person", id, settings.assisted.get(id, "")),), world), names((assistant,), world))
        for id, assistant in settings.assistants.items()
    )
    return [Title(words.ASSISTANTS), Facts(pairs)] if pairs else []


def _held(whom: str, gone: int) -> str:
    """Who belongs to a list, and how many have left it to be forgotten."""
    left = privacy.LEFT_LIST[gone != 1].format(count=gone) if gone else ""
    return "; ".join(part for part in (whom, left) if part)


def set_list(state: State, wanted: SetList, named: tuple[Mention, ...], world: World) -> Decision:
    """Name a list, or say anew who belongs to it."""
    no = unready(state, world)
    if no:
        return no
    assert world.advisor_settings is not None
    title, key = _title(wanted.name), list_of(wanted.name, world.advisor_settings)
    if title is None:
        return _say(state, phrased(words.LIST_NAME, world.knowledge, limit=LONGEST_NAME), world)
    if key is None and len(world.advisor_settings.lists) >= MOST_LISTS:
        return _say(state, words.LISTS_FULL.format(limit=MOST_LISTS), world)
    if not words_of(wanted.who):
        return _say(state, phrased(words.LIST_NOBODY, world.knowledge), world)
    members = _members(wanted.who, named, world)
    if isinstance(members, str):
        return _wrong(state, members, world)
    return _keep(state, key or title, members, world)


def change_list(
    state: State, wanted: ChangeList, named: tuple[Mention, ...], world: World
) -> Decision | None:
    """Add to a list, or take from it; None where no list is meant."""
    no = unready(state, world)
    if no:
        return no
    assert world.advisor_settings is not None
    key = _list_named(wanted.name, world.advisor_settings)
    if key is None:
        return _say(state, words.LIST_UNKNOWN, world) if wanted.sure else None
    before = world.advisor_settings.lists[key]
    if wanted.away:
        return _take(state, key, before, wanted, named, world)
    members = _members(wanted.who, named, world)
    if isinstance(members, str):
        return _wrong(state, members, world)
    together = tuple({(target.kind, target.id): target for target in (*before, *members)}.values())
    if len(together) > MOST_LISTED:
        return _say(state, words.LIST_FULL.format(limit=MOST_LISTED), world)
    return _keep(state, key, together, world)


def names_list(wanted: ChangeList, world: World) -> bool:
    """Whether there is a list of that name, as far as that is known."""
    settings = world.advisor_settings
    return settings is None or _list_named(wanted.name, settings) is not None


def _list_named(name: str, settings: AdvisorSettings) -> str | None:
    return list_of(name, settings) or list_of(name.removesuffix(" list"), settings)


def drop_list(state: State, wanted: DropList, world: World) -> Decision | None:
    """Take a list away; None where no list is meant."""
    no = unready(state, world)
    if no:
        return no
    assert world.advisor_settings is not None
    key = list_of(wanted.name, world.advisor_settings)
    if key is None:
        return _say(state, words.LIST_UNKNOWN, world) if wanted.sure else None
    return _say(state, words.LIST_DELETED, world, KeepList(key, (), by(world)))


def advisors(state: State, world: World) -> Decision:
    """Who was made an advisor in chat, and where the others are named."""
    no = unready(state, world)
    if no:
        return no
    assert world.advisor_settings is not None
    added = [Target("person", id, name) for id, name in world.advisor_settings.advisors.items()]
    who: Block = Facts(((words.ADVISORS_ADDED, names(added, world)),)) if added else Text(words.NONE_ADDED)
    blocks: list[Block] = [Title(words.ADVISORS), Text(words.YOU_ADVISE), who, Text(words.ADVISORS_HOW)]
    return Decision(state, (card(blocks, world, instead=False),), arrived=sent(world))


def change_advisor(state: State, wanted: ChangeAdvisor, named: tuple[Mention, ...], world: World) -> Decision:
    """Make somebody an advisor, or take that back."""
    no = unready(state, world)
    if no:
        return no
    assert world.advisor_settings is not None
    found = find(wanted.who, named, world)
    if found.problem:
        return _wrong(state, found.problem, world)
    if not found.targets or any(target.kind != "person" for target in found.targets):
        return _say(state, words.PEOPLE_ONLY, world)
    if not wanted.away and any(by_mail(target.id) for target in found.targets):
        return _say(state, mail_words.NO_ADVISOR, world)
    if wanted.away and any(target.id not in world.advisor_settings.advisors for target in found.targets):
        return _say(state, words.ADVISOR_NOT_ADDED, world)
    events = (KeepAdvisor(target, by(world), wanted.away) for target in found.targets)
    if not wanted.away:
        return _say(state, words.ADVISOR_ADDED, world, *events)
    if world.enquiries is None:
        return Decision(state, needs="enquiries")
    gone = {target.id for target in found.targets}
    back = [
        f"“{literal(clipped(each.question))}”"
        for each in world.enquiries
        if each.step == "taken" and each.by is not None and each.by.id in gone
    ]
    open_again = words.OPEN_AGAIN.format(questions="; ".join(back)) if back else ""
    return _say(state, words.ADVISOR_REMOVED + open_again, world, *events)


def set_assistant(state: State, wanted: SetAssistant, named: tuple[Mention, ...], world: World) -> Decision:
    """Name who answers for somebody, or that nobody does."""
    no = unready(state, world)
    if no:
        return no
    assert world.advisor_settings is not None
    nobody = wanted.who == "nobody"
    whom, who = find(wanted.whom, named, world), find("" if nobody else wanted.who, named, world)
    if whom.problem or who.problem:
        return _wrong(state, whom.problem or who.problem, world)
    (person,) = whom.targets
    if nobody and person.id not in world.advisor_settings.assistants:
        return _say(state, words.ASSISTANT_NONE, world)
    if person in who.targets:
        return _say(state, words.ASSISTANT_THEMSELVES, world)
    assistant = who.targets[0] if who.targets else None
    told = words.ASSISTANT_KEPT if assistant else words.ASSISTANT_AWAY
    said = told.format(who=literal(names(who.targets, world)), whom=literal(names((person,), world)))
    before = world.advisor_settings.assistants.get(person.id)
    if assistant and before and before.id != assistant.id:
        said += words.ASSISTANT_BEFORE.format(who=literal(names((before,), world)))
    return _say(state, said, world, KeepAssistant(person, assistant, by(world)))


def set_digest(state: State, wanted: SetDigest, world: World) -> Decision:
    """Whether the speaker gets the weekly digest."""
    no = unready(state, world)
    if no:
        return no
    said = words.DIGEST_ON if wanted.wanted else words.DIGEST_OFF
    event = KeepDigest(by(world), wanted.wanted, world.tenant, world.private_to, world.zone)
    return _say(state, said, world, event)


def _take(
    state: State,
    key: str,
    before: tuple[Target, ...],
    wanted: ChangeList,
    named: tuple[Mention, ...],
    world: World,
) -> Decision:
    """Take those away who are mentioned, or called as the list calls them."""
    ids = {target.id for target in find(wanted.who, named, world).targets}
    called = " ".join(words_of(spoken(kept(wanted.who, named)))) or wanted.who
    rest = tuple(
        target for target in before if target.id not in ids and " ".join(words_of(target.name)) != called
    )
    if len(rest) == len(before):
        return _say(state, words.LIST_NOT_IN_IT, world)
    return _keep(state, key, rest, world) if rest else _say(state, words.LIST_LAST, world)


def _members(who: str, named: tuple[Mention, ...], world: World) -> tuple[Target, ...] | str:
    """Those who belong to a list, or a sentence that says what to change."""
    found = find(who, named, world)
    if found.problem:
        return found.problem
    if any(target.kind in ("list", "check") for target in found.targets):
        return words.NO_LISTS_IN_LISTS
    return found.targets or phrased(words.LIST_NOBODY, world.knowledge)


def _keep(state: State, name: str, members: tuple[Target, ...], world: World) -> Decision:
    assert world.advisor_settings is not None
    title = world.advisor_settings.titles.get(name, name)
    job = _job(KeepList(title, members, by(world)), 0, world)
    blocks: list[Block] = [Facts(((title, names(members, world)),)), Text(words.LIST_KEPT)]
    reply = card(blocks, world, instead=False)
    return Decision(state, (reply,), arrived=sent(world), jobs=(job,))


def _title(name: str) -> str | None:
    """The name of a list as it is kept, without its article; None where it won't do."""
    said = " ".join(name.split())
    key = list_key(said)
    while said and list_key(said) == key and len(words_of(said)) > len(key.split()):
        said = said.partition(" ")[2]
    fits = _NAME.fullmatch(said) is not None and len(said) <= LONGEST_NAME and "mention" not in key
    return said if fits and key not in _TAKEN else None


def _say(state: State, text: str, world: World, *events: AdvisorEvent) -> Decision:
    jobs = tuple(_job(event, number, world) for number, event in enumerate(events))
    reply = card([Text(text)], world, instead=False)
    return Decision(state, (reply,), arrived=sent(world), jobs=jobs)


def _wrong(state: State, problem: str, world: World) -> Decision:
    """A sentence that may hold the person's own words."""
    reply = card([Facts(((draft_words.TO_CHANGE, problem),))], world, instead=False)
    return Decision(state, (reply,), arrived=sent(world))


def _job(event: AdvisorEvent, number: int, world: World) -> Job:
    return Job(ADVISORS_PARTITION, event, key=f"{world.seed} board {number}")
