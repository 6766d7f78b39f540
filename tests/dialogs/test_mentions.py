"""A mention inside a text stays a mention, whatever is done to the text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.platforms.slack.render import message as slack
from bot.platforms.teams.render import message as teams
from dialogs.core.events import Mention
from dialogs.core.mentions import kept, restored, spoken, unforged
from dialogs.core.plain import plain
from dialogs.core.replies import Choice, Choices, Facts, Quote, Reply, Text, Title
from dialogs.core.text import clean, literal
from dialogs.reminders.cards import send_card
from tests.dialogs.series import advisor, draft, running
from tests.harness.person import read

BRYN = Mention("@mention1", "person", "slack:T1/UBRYN", "Bryn Hughes")
NAMELESS = Mention("@mention1", "person", "slack:T1/UNONAME")
CARYS = Mention("@mention1", "person", "teams:t1/29:1a_b*c", "Carys & Co_x")


def text(mention: Mention) -> str:
    """A text with a mention in it."""
    return kept("Call @mention1 about it", (mention,))


def test_in_slack_it_is_slacks_own() -> None:
    body = slack(Reply((Text(f"**{literal(text(BRYN))}**"),)))
    assert body["blocks"][0]["text"]["text"] == "*Call <@UBRYN> about it*"
    assert body["text"] == "*Call <@UBRYN> about it*"


def test_in_slack_nobody_needs_a_name() -> None:
    body = slack(Reply((Text(literal(text(NAMELESS))),)))
    assert body["text"] == "Call <@UNONAME> about it"


def test_in_slacks_rich_text_it_is_an_element() -> None:
    drawn = slack(Reply((Quote(text(BRYN)),)))["blocks"][0]["elements"][0]["elements"]
    assert drawn == [
        {"type": "text", "text": "Call "},
        {"type": "user", "user_id": "UBRYN"},
        {"type": "text", "text": " about it"},
    ]


def test_in_slack_titles_and_buttons_have_the_name() -> None:
    reply = Reply((Title(text(BRYN)), Quote(text(BRYN)), Choices((Choice(text(BRYN), "x"),))))
    title, _, buttons = slack(reply)["blocks"]
    assert title["text"]["text"] == "Call @Bryn Hughes about it"
    assert buttons["elements"][0]["text"]["text"] == "Call @Bryn Hughes about it"


def test_in_teams_it_is_a_tag_and_an_entity() -> None:
    reply = Reply((Title("A reminder"), Facts((("To do", text(CARYS)),))))
    card = teams(reply)["attachments"][0]["content"]
    assert card["body"][0]["facts"][0]["value"] == "Call <at>Carys & Co_x</at> about it"
    assert card["msteams"]["entities"] == [
        {
            "type": "mention",
            "text": "<at>Carys & Co_x</at>",
            "mentioned": {"id": "29:1a_b*c", "name": "Carys & Co_x"},
        }
    ]


def test_in_the_words_of_a_teams_message_too() -> None:
    body = teams(Reply((Text(f"**{literal(text(CARYS))}**"),)))
    assert body["text"] == "**Call <at>Carys & Co_x</at> about it**"
    assert body["entities"][0]["mentioned"]["id"] == "29:1a_b*c"


def test_on_the_other_platform_it_is_the_name() -> None:
    assert "Call @Bryn Hughes about it" in str(teams(Reply((Text(literal(text(BRYN))),))))
    assert slack(Reply((Text(literal(text(CARYS))),)))["text"] == "Call @Carys &amp; Co_x about it"
    assert plain(Reply((Quote(text(BRYN)),))) == "Call @Bryn Hughes about it"


def test_what_was_cut_off_leaves_nothing_odd() -> None:
    whole = text(BRYN)
    for length in range(len(whole)):
        assert not any("\ue000" <= character <= "\uf8ff" for character in spoken(whole[:length]))


def test_nobody_can_type_one() -> None:
    assert "UBRYN" not in slack(Reply((Quote(clean(text(BRYN))),)))["text"]
    assert "UBRYN" not in slack(Reply((Quote(unforged(text(BRYN))),)))["text"]


def test_a_form_gives_back_those_that_are_still_named() -> None:
    before = text(BRYN)
    filled = restored("Please call @Bryn Hughes today", before)
    assert spoken(filled) == "Please call @Bryn Hughes today"
    assert "<@UBRYN>" in slack(Reply((Quote(filled),)))["text"]
    assert restored("Call somebody", before) == "Call somebody"


@pytest.mark.parametrize(
    "said",
    [
        "remind @asha every Monday at 9 to call @bryn about it",
        "remind @asha to call @bryn about it every Monday at 9",
    ],
)
def test_in_a_reminder(said: str) -> None:
    cleo = advisor()
    cleo.say(said)
    assert spoken(draft(cleo).what) == "Call @Bryn Hughes about it"
    cleo.say("it should say meet @unnamed instead")
    series = replace(running().series, draft=draft(cleo))
    assert "Meet <@UNONAME> instead" in slack(send_card(series, "2026-11-30T09:30", "person"))["text"]


def test_an_unknown_name_is_quoted_back_as_it_was_written() -> None:
    cleo = advisor()
    decision = cleo.say("remind @asha and the choir of @unnamed every Monday at 9 to sing")
    assert "<@UNONAME>" in slack(decision.replies[0])["text"]
    assert "mention1" not in read(decision)
    assert "someone" not in read(decision)
