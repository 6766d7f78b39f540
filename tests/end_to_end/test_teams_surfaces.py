"""Teams' message extension through the real adapter and the playground's Teams."""

from __future__ import annotations

from typing import Any

from bot.platforms.teams.extension import SEARCH
from dialogs.wording.conversation import FILES_THERE, NO_WORDS_THERE
from playground.connector import TeamsStandIn
from tests.harness.reading import buttons, lesson, words
from tests.harness.waiting import until
from tests.harness.whole import LESSON, QUESTION, Whole
from tests.teams.test_render import unknown

ABOUT = "about this message"


def pressed(teams: TeamsStandIn, person: str, title: str) -> dict[str, Any]:
    """The button of the open dialog that is called so."""
    modal = teams.modal(person)
    assert modal is not None

    def actions(node: Any) -> list[dict[str, Any]]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        own = [node] if isinstance(node, dict) and str(node.get("type")).startswith("Action.") else []
        return own + [button for part in inner for button in actions(part)]

    return next(button for button in actions(modal["card"]) if button["title"] == title)


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
    teams.close_modal("asha")
    mentions = [each for each in teams.messages("teams-channel", "asha") if each.author == "bryn"][-1]
    await teams.shortcut("asha", ABOUT, mentions.id)
    shown = str(teams.modal("asha"))
    assert QUESTION in shown
    assert f"Sharewise {QUESTION}" not in shown, "a mention of us is no part of what is asked"
    assert "at>" not in shown


async def test_the_home_card_is_as_it_is_now_whenever_it_is_looked_at(whole: Whole) -> None:
    teams = whole.teams
    (home,) = await whole.say("cleo", "teams-personal", "home")
    content = home.payload["attachments"][0]["content"]
    assert unknown(content) == []
    assert "question 1 of 5 is next" not in words([home])
    await whole.say("cleo", "teams-personal", "quiz")
    before = len(teams.messages("teams-personal", "cleo"))
    await teams.open_home("cleo")
    assert "question 1 of 5 is next" in words([home])
    assert home.payload["attachments"][0]["content"]["refresh"] == content["refresh"]
    await whole.settled()
    said = teams.messages("teams-personal", "cleo")[before:]
    assert [message for message in said if "Your page" in words([message])] == [], "nothing new is said"
    await whole.say("cleo", "teams-personal", "stop the quiz")
    await teams.open_home("cleo")
    assert "question 1 of 5 is next" not in words([home])


async def test_each_place_is_greeted_once_and_in_its_own_way(whole: Whole) -> None:
    for place, greeting in (
        ("teams-personal", "Type home for your own page"),
        ("teams-channel", "Hello everybody. Mention me"),
        ("teams-group", "Hello everybody. Mention me"),
    ):
        before = len(whole.teams.messages(place, "bryn"))
        await whole.teams.install("bryn", place)
        await whole.settled()
        (said,) = whole.teams.messages(place, "bryn")[before:]
        assert greeting in words([said])


async def test_an_answer_that_is_refused_in_words_too_is_kept_told_and_sent_when_asked(whole: Whole) -> None:
    teams = whole.teams
    failed = whole.server.service.metrics.failed_jobs.labels("SendReply")
    before = failed._value.get()
    teams.fail("send", times=2, status=400)
    await whole.say("bryn", "teams-personal", QUESTION)
    told = await whole.team.shows("teams-personal", "refused as it looked", person="bryn")
    assert failed._value.get() == before + 1
    (again,) = [button for label, _, button in buttons([told]) if label == "Try again"]
    await whole.press("bryn", "teams-personal", told.id, again)
    answer = await whole.team.shows("teams-personal", "2009 deck", person="bryn")
    assert lesson(answer) == LESSON

    teams.fail(
        "send", times=4, status=400
    )  # what is told of it is refused as well, and that is the end of it
    await whole.say("bryn", "teams-personal", QUESTION)
    await until(lambda: failed._value.get() == before + 2, "it is kept all the same", 20)
    await whole.settled()
    await whole.still_answers("teams-personal")
    assert failed._value.get() == before + 2
