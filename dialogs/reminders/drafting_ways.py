"""Where reminders and pulses begin: how they are set, and the templates there are."""

from __future__ import annotations

from dialogs.core.commands import ListReminders, NewDraft, ShowTemplates, UseTemplate, encode
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Block, Choice, Choices, Reply, Text, Title
from dialogs.core.text import literal
from dialogs.wording import drafts as words


def templates(state: State, world: World, before: str = "") -> Decision:
    """All templates, once each: the season, and under it a button with the title."""
    kb = world.knowledge
    if not kb.templates.templates:
        return Decision(state, (Reply((Text(words.NO_TEMPLATES), ways_to_make())),))
    blocks: list[Block] = [Text(before)] if before else []
    blocks += [Title(words.TEMPLATES), Text(words.TEMPLATES_HOW)]
    for template in kb.templates.templates:
        use = Choice(template.title, encode(UseTemplate(template.id)))
        blocks += [Text(words.SEASON.format(season=literal(template.season))), Choices((use,))]
    return Decision(state, (Reply(tuple(blocks)),))


def how_to(state: State, world: World) -> Decision:
    """How reminders and pulses are set, or who can."""
    blocks: list[Block] = [Title(words.HOW_TITLE)]
    if world.speaker.role == "advisor":
        blocks += [Text(phrased(words.HOW_ADVISOR, world.knowledge)), ways_to_make()]
    else:
        blocks += [Text(words.HOW_OFFICER), ways_to_remind()]
    return Decision(state, (Reply(tuple(blocks)),))


def ways_to_make() -> Choices:
    """Where to begin."""
    return Choices(
        (
            Choice(words.NEW["remind"], encode(NewDraft("remind")), primary=True, opens=True),
            Choice(words.NEW["pulse"], encode(NewDraft("pulse")), opens=True),
            Choice(words.TEMPLATES_BUTTON, encode(ShowTemplates())),
        )
    )


def ways_to_remind() -> Choices:
    """Where everybody begins."""
    new = Choice(words.NEW["remind"], encode(NewDraft("remind")), opens=True)
    return Choices((new, Choice(words.OWN_LIST, encode(ListReminders(mine=True)))))
