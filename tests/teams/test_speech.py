"""Mentions: whom and what they name, and that the words stay as they were."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.core.events import Mention, Utterance
from tests.teams.conftest import CHANNEL, Served, activity

pytestmark = pytest.mark.usefixtures("no_roster")

US = {"type": "mention", "mentioned": {"id": "28:bot", "name": "Sharewise"}, "text": "<at>Sharewise</at>"}


def mention(id: Any, name: Any = "Cleo Grant", **more: Any) -> dict[str, Any]:
    """An entity as Teams sends it."""
    return {"type": "mention", "mentioned": {"id": id, "name": name, **more}, "text": f"<at>{name}</at>"}


async def heard(bot: Served, text: str, *entities: Any) -> Utterance:
    """What the turn is told of a channel message."""
    sent = activity(conversation=CHANNEL, text=f"<at>Sharewise</at> {text}", entities=[US, *entities])
    status, _ = await bot.post(sent)
    assert status == 200
    event = bot.turn.arrivals[-1].event
    assert isinstance(event, Utterance)
    return event


NAMED = [
    ("a person", mention("29:cleo"), Mention("@mention1", "person", "teams:t1/29:cleo", "Cleo Grant")),
    (
        "a person by directory id and tenant",
        mention("29:cleo", aadObjectId="c3", tenantId="t2"),
        Mention("@mention1", "person", "teams:t2/c3", "Cleo Grant"),
    ),
    (
        "a channel",
        mention("19:other@thread.tacv2", "General", type="channel"),
        Mention("#mention1", "channel", "teams:19:other@thread.tacv2", "General"),
    ),
    (
        "a team, which goes by its first channel",
        mention("19:team@thread.tacv2", "Partnership", type="team"),
        Mention("#mention1", "channel", "teams:19:team@thread.tacv2", "Partnership"),
    ),
    (
        "a channel that isn't said to be one",
        mention("19:other@thread.tacv2", "General"),
        Mention("#mention1", "channel", "teams:19:other@thread.tacv2", "General"),
    ),
    (
        "a tag",
        mention("MTMx", "Sponsors", type="tag"),
        Mention("@mention1", "group", "teams:MTMx", "Sponsors"),
    ),
    ("a person without a name", mention("29:x", 5), Mention("@mention1", "person", "teams:t1/29:x", "")),
]


@pytest.mark.parametrize(("entity", "named"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
async def test_whom_and_what_a_mention_names(bot: Served, entity: dict[str, Any], named: Mention) -> None:
    said = await heard(bot, f"remind {entity['text']} to brief members", entity)
    assert said.named == (named,)
    assert said.exact == f"remind {named.token} to brief members"
    assert said.text == f"remind {entity['mentioned']['name']} to brief members"


async def test_each_is_named_once_and_in_order(bot: Served) -> None:
    cleo, bryn = mention("29:cleo"), mention("29:bryn", "Bryn")
    said = await heard(
        bot, "<at>Bryn</at> &amp; <at>Cleo Grant</at>, <at>Bryn</at>?", bryn, cleo, mention("29:bryn", "Bryn")
    )
    assert said.exact == "@mention1 & @mention2, @mention1?"
    assert [mention.label for mention in said.named] == ["Bryn", "Cleo Grant"]


async def test_a_first_and_a_last_name_are_one_mention(bot: Served) -> None:
    said = await heard(
        bot, "ask <at>Cleo</at>&nbsp;<at>Grant</at> today", mention("29:c", "Cleo"), mention("29:c", "Grant")
    )
    assert (said.exact, len(said.named)) == ("ask @mention1 today", 1)


async def test_typed_tokens_name_nobody(bot: Served) -> None:
    said = await heard(bot, "@mention1 and <at>Cleo Grant</at>", mention("29:cleo"))
    assert said.exact == "@mention1 and @mention2"
    assert [mention.token for mention in said.named] == ["@mention2"]


STRANGE = [
    {"type": "mention", "text": "<at>x</at>"},
    {"type": "mention", "mentioned": "x", "text": "<at>x</at>"},
    {"type": "mention", "mentioned": {"id": 5}, "text": "<at>x</at>"},
    {"type": "mention", "mentioned": {"id": "29:a,person slack:T1/U1"}, "text": "<at>x</at>"},
    {"type": "mention", "mentioned": {"id": "29:a b"}, "text": "<at>x</at>"},
    {"type": "mention", "mentioned": {"id": "29:" + "a" * 400}, "text": "<at>x</at>"},
    {"type": "mention", "mentioned": {"id": "29:a"}, "text": ""},
    {"type": "mention", "mentioned": {"id": "28:other", "name": "Bot"}, "text": "<at>x</at>"},
    US,
]


@pytest.mark.parametrize("entity", STRANGE)
async def test_what_names_nobody_stays_words(bot: Served, entity: dict[str, Any]) -> None:
    said = await heard(bot, "ask <at>x</at>", entity)
    assert said == Utterance("ask x")


async def test_mentions_without_end_are_named_up_to_a_limit(bot: Served) -> None:
    many = [mention(f"29:{number}", f"P{number}") for number in range(300)]
    said = await heard(bot, " ".join(mention["text"] for mention in many), *many)
    assert 0 < len(said.named) <= 50
    assert "P299" in said.exact
