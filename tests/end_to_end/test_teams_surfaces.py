"""Teams' message extension through the real adapter and the playground's Teams."""

from __future__ import annotations

from typing import Any

from bot.platforms.teams.extension import SEARCH
from dialogs.wording.conversation import FILES_THERE, NO_WORDS_THERE
from playground.connector import TeamsStandIn
from tests.harness.reading import words
from tests.harness.whole import QUESTION, Whole

ABOUT = "about this message"


def pressed(teams: TeamsStandIn, person: str, title: str) -> dict[str, Any]:
    """The button of the open dialog that is called so."""
    modal = teams.modal(person)
    assert modal is not None

    def buttons(node: Any) -> list[dict[str, Any]]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        own = [node] if isinstance(node, dict) and str(node.get("type")).startswith("Action.") else []
        return own + [button for part in inner for button in buttons(part)]

    return next(button for button in buttons(modal["card"]) if button["title"] == title)


async def test_a_lesson_is_searched_for_and_put_before_others(whole: Whole) -> None:
    teams = whole.teams
    await teams.shortcut("asha", SEARCH, place="teams-channel")
    assert "Critical Success Factors" in str(teams.modal("asha")), "the topics, before anything is typed"
    await teams.submit("asha", {"words": "xqzt"})
    assert "no lesson on that" in str(teams.modal("asha"))
    await teams.submit("asha", {"words": "many part"})
    await teams.press_in_modal("asha", pressed(teams, "asha", "Insert"))
    [inserted] = teams.messages("teams-channel", "bryn")
    assert inserted.author == "asha"
    assert "How many partners" in words([inserted])
    whole.teams.clear()


async def test_we_are_asked_about_a_message_and_the_talk_goes_on_in_ones_own_chat(whole: Whole) -> None:
    teams = whole.teams
    await teams.say("bryn", "teams-channel", QUESTION)
    asked = teams.messages("teams-channel", "asha")[-1]
    await teams.shortcut("asha", ABOUT, asked.id)
    shown = str(teams.modal("asha"))
    assert QUESTION in shown
    assert "2009 deck" in shown
    await teams.press_in_modal("asha", pressed(teams, "asha", "Helpful"))
    assert "Thank" in str(teams.modal("asha"))
    teams.close_modal("asha")
    assert "partner" in words(await whole.say("asha", "teams-personal", "why?")), (
        "it knows what she asked about"
    )
    assert teams.messages("teams-channel", "bryn")[-1].id == asked.id, "nobody else has seen any of it"

    for payload, answer in (
        ({"text": "", "attachments": [{"contentType": "reference"}]}, FILES_THERE),
        (
            {"text": "", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive"}]},
            NO_WORDS_THERE,
        ),
    ):
        asked.payload = payload
        await teams.shortcut("asha", ABOUT, asked.id)
        assert answer in str(teams.modal("asha"))
        teams.close_modal("asha")

    await whole.say("bryn", "teams-channel", f"@Sharewise {QUESTION}")
    ours = teams.messages("teams-channel", "asha")[-1]
    assert ours.author == "bot"
    await teams.shortcut("asha", ABOUT, ours.id)
    assert "How sure" in str(teams.modal("asha")), "why that answer was given"
