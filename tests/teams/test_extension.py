"""The message extension through the real adapter: its search, and a message that we are asked about."""

from __future__ import annotations

from typing import Any

import pytest
from botbuilder.schema.teams import (
    MessagingExtensionAttachment,
    MessagingExtensionResponse,
    MessagingExtensionResult,
    TaskModuleTaskInfo,
)

from bot.platforms.ports import OutboxMessage, Result
from bot.platforms.teams import extension
from bot.platforms.teams.listen import AGAIN, DONE, SAVED, UNKNOWN
from dialogs.core.events import Searched, Utterance
from dialogs.core.forms import Form, TextEntry
from dialogs.core.replies import Choice, Choices, Citation, Feedback, Part, Reply, Text, Title
from playground.stage import Refused
from tests.harness.reading import words
from tests.teams.conftest import GROUP, Served
from tests.teams.test_payloads import invoke
from tests.teams.test_render import unknown
from tests.teams.test_send import Pauses

ABOUT = "about this message"
FOUND = Reply(
    (
        Title("How many partners"),
        Text("**Two or three.**"),
        Part("What the deck says", "More is harder.", "deck"),
        Citation("Models", "A deck", "Somebody", "2009", "2009 deck", "More.", "show partners"),
        Choices((Choice("In practice", "practice partners", unfolds=Part("In practice", "Try.", "us")),)),
    )
)
ANSWER = Reply((*FOUND.blocks[1:4], Choices((Choice("Why?", "why partners"),)), Feedback("up", "down")))


def properties(model: Any) -> set[str]:
    """The names that the Bot Framework's model of a response knows."""
    return {each["key"] for each in model._attribute_map.values()}


def query(words: str | None, command: str = extension.SEARCH, **options: Any) -> dict[str, Any]:
    """What Teams sends while somebody types into the search; None: they have only opened it."""
    typed = (
        {"name": command, "value": words} if words is not None else {"name": "initialRun", "value": "true"}
    )
    value = {"commandId": command, "parameters": [typed], "queryOptions": {"skip": 0, "count": 25, **options}}
    return invoke("composeExtension/query", value, replyToId=None)


def on_message(content: Any, **more: Any) -> dict[str, Any]:
    """The action chosen on a message in a chat between people."""
    shown = {"id": "77", "body": {"contentType": "html", "content": content}, "attachments": [], **more}
    value = {"commandId": ABOUT, "commandContext": "message", "messagePayload": shown}
    return invoke("composeExtension/fetchTask", value, replyToId=None, conversation=GROUP)


async def test_what_is_found_goes_back_as_cards_with_previews_that_teams_knows(bot: Served) -> None:
    bot.turn.result = Result("done", replies=(FOUND, FOUND))
    status, body = await bot.post(query("partners"))
    assert status == 200
    assert bot.turn.arrivals[0].event == Searched("partners")
    assert bot.turn.arrivals[0].place.kind == "direct"
    assert set(body) <= properties(MessagingExtensionResponse)
    assert set(body["composeExtension"]) <= properties(MessagingExtensionResult)
    first, _ = body["composeExtension"]["attachments"]
    assert set(first) <= properties(MessagingExtensionAttachment)
    assert first["preview"]["content"] == {"title": "How many partners", "text": "Two or three."}
    assert unknown(first["content"]) == []
    [link] = first["content"]["actions"]
    assert link["url"] == "https://teams.microsoft.com/l/chat/0/0?users=28:bot&message=show%20partners"
    drawn = str(first["content"]["body"])
    assert "Models, A deck, Somebody, 2009" in drawn, "the whole reference, for people who don't know us"
    assert "Action.Execute" not in drawn, "we need not be where it is put"


async def test_opened_further_and_empty_searches(bot: Served) -> None:
    await bot.post(query(None))
    assert bot.turn.arrivals[0].event == Searched("")
    _, body = await bot.post(query("partners", skip=25))
    assert body["composeExtension"]["attachments"] == []
    assert len(bot.turn.arrivals) == 1, "all there is was in the first answer"
    bot.turn.result = Result("done", "Nothing on that.")
    _, body = await bot.post(query("zzz"))
    assert body == {"composeExtension": {"type": "message", "text": "Nothing on that."}}


@pytest.mark.parametrize("value", [None, 3, {}, {"commandId": "x"}, {"commandId": ["search"]}])
async def test_a_search_that_isnt_ours_gets_a_sentence(bot: Served, value: Any) -> None:
    _, body = await bot.post(invoke("composeExtension/query", value))
    assert body == {"composeExtension": {"type": "message", "text": UNKNOWN}}


@pytest.mark.parametrize(
    "parameters", [None, 3, [], [3], [{"name": "search"}], [{"name": "search", "value": {}}]]
)
async def test_a_search_of_any_shape_is_one_for_nothing(bot: Served, parameters: Any) -> None:
    value = {"commandId": extension.SEARCH, "parameters": parameters}
    status, _ = await bot.post(invoke("composeExtension/query", value))
    assert (status, bot.turn.arrivals[0].event) == (200, Searched(""))


SAID = {"contentType": "text", "content": "is *this* so?"}
FILE = {"contentType": "reference", "contentUrl": "https://x.sharepoint.com/f", "name": "f.docx"}
CARD = {"contentType": "application/vnd.microsoft.card.adaptive", "content": "{}"}


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (
            on_message("<div><p>is the leader&nbsp;on board,</p><p>&lt;b&gt;?</p></div>"),
            Utterance(f"{ABOUT} is the leader on board,\n<b>?", pressed=True),
        ),
        (
            on_message(
                '<div><at id="0">Sharewise</at>&nbsp;is <at id="1">Ms Rao</at> on board?</div>',
                mentions=[
                    {"id": 0, "mentionText": "Sharewise", "mentioned": {"application": {"id": "bot"}}},
                    {"id": 1, "mentionText": "Ms Rao", "mentioned": {"user": {"id": "u1"}}},
                ],
            ),
            Utterance(f"{ABOUT} is Ms Rao on board?", pressed=True),
        ),
        (on_message("", body=SAID), Utterance(f"{ABOUT} is *this* so?", pressed=True)),
        (
            on_message('<p><at id="0">Bryn</at> why?</p>'),
            Utterance(f"{ABOUT} Bryn why?", pressed=True),
        ),
        (
            on_message('<blockquote itemid="1"><p>old</p></blockquote><p>why?</p>'),
            Utterance(f"{ABOUT} why?", pressed=True),
        ),
        (on_message('<attachment id="1"></attachment>', attachments=[CARD]), Utterance(ABOUT, pressed=True)),
        (on_message("", attachments=[FILE]), Utterance(ABOUT, pressed=True, files=True)),
        (on_message('<p><img src="x"></p>'), Utterance(ABOUT, pressed=True, files=True)),
        (
            on_message("<p>Build failed</p>", **{"from": {"application": {"id": "another"}}}),
            Utterance(f"{ABOUT} Build failed", pressed=True),
        ),
        (on_message(None), Utterance(ABOUT, pressed=True)),
        (on_message("x", body=3, attachments=3), Utterance(ABOUT, pressed=True)),
    ],
)
async def test_a_message_is_asked_about_with_its_words(
    bot: Served, sent: dict[str, Any], heard: Utterance
) -> None:
    bot.turn.result = Result("done", replies=(ANSWER,))
    status, body = await bot.post(sent)
    [arrival] = bot.turn.arrivals
    assert (status, arrival.event) == (200, heard)
    assert (arrival.place.kind, arrival.in_answer, arrival.about) == ("direct", True, None)
    assert body["task"]["type"] == "continue"


async def test_on_a_message_of_ours_it_explains_that_answer(bot: Served) -> None:
    ours = {"application": {"id": "bot", "applicationIdentityType": "bot"}}
    await bot.post(on_message("<p>An answer</p>", **{"from": ours}))
    [arrival] = bot.turn.arrivals
    assert arrival.event == Utterance("why this message", pressed=True)
    assert arrival.about == "19:group@thread.v2:77"


async def test_the_answer_stands_in_a_dialog_whose_buttons_are_answered_there(bot: Served) -> None:
    await bot.teams.say("bryn", "teams-channel", "@Sharewise hello")
    message = bot.teams.messages("teams-channel", "asha")[0]
    bot.turn.result = Result("done", replies=(ANSWER,))
    await bot.teams.shortcut("asha", ABOUT, message.id)
    modal = bot.teams.modal("asha")
    assert modal is not None
    asked = bot.turn.arrivals[-1]
    assert (asked.conversation, asked.to["conversation"]) == ("a:asha", "a:asha"), "part of her chat with us"
    assert unknown(modal["card"]) == []
    *_, why, helpful = [element for element in modal["card"]["body"] if element["type"] == "ActionSet"]
    assert [action["title"] for action in helpful["actions"]] == ["Helpful", "Not helpful"]
    for said, result in (
        ("Because.", Result("done", replies=(Reply((Text("Because."),)),))),
        ("Kept.", Result("done", "Kept.")),
        (SAVED, Result("seen")),
        (DONE, Result("done")),
        (AGAIN, Result("busy")),
        ("Too long.", Result("done", errors={"x": "Too long."})),
    ):
        bot.turn.result = result
        await bot.teams.press_in_modal("asha", why["actions"][0])
        assert bot.turn.arrivals[-1].event == Utterance("why partners", pressed=True)
        assert bot.turn.arrivals[-1].conversation == "a:asha"
        modal = bot.teams.modal("asha")
        assert modal is not None
        assert said in str(modal["card"])
    form = Form("draft form X", "A reminder", (TextEntry("what", "What"),), "Save")
    bot.turn.result = Result("done", form=form)
    await bot.teams.press_in_modal("asha", why["actions"][0])
    modal = bot.teams.modal("asha")
    assert modal is not None
    assert modal["title"] == "A reminder"
    assert len(bot.teams.messages("teams-channel", "bryn")) == 1, "nothing is said to others"


async def test_a_dialog_has_what_teams_knows_of_one(bot: Served) -> None:
    bot.turn.result = Result("done", replies=(ANSWER,))
    _, body = await bot.post(on_message("<p>why?</p>"))
    assert set(body["task"]["value"]) <= properties(TaskModuleTaskInfo)


async def test_who_has_no_chat_with_us_is_answered_all_the_same(bot: Served) -> None:
    bot.turn.result = Result("done", replies=(ANSWER,))
    _, body = await bot.post(on_message("<p>why?</p>", **{"from": {"user": {"id": "x"}}}))
    [arrival] = bot.turn.arrivals
    assert arrival.conversation == "aside 29:officer"
    assert arrival.to == {
        "service_url": "http://127.0.0.1:9/", "bot": "28:bot", "person": "29:officer", "tenant": "t1",
    }  # fmt: skip
    assert body["task"]["type"] == "continue"


@pytest.mark.parametrize("name", ["composeExtension/fetchTask", "composeExtension/submitAction"])
@pytest.mark.parametrize(
    "value", [None, 3, {}, {"commandId": "quiz", "messagePayload": {}}, {"commandId": ABOUT}]
)
async def test_a_command_that_isnt_ours_gets_a_sentence(bot: Served, name: str, value: Any) -> None:
    status, body = await bot.post(invoke(name, value))
    assert (status, body["task"]) == (200, {"type": "message", "value": UNKNOWN})
    assert bot.turn.arrivals == []


async def test_the_stand_in_searches_and_inserts_once(bot: Served) -> None:
    bot.turn.result = Result("done", replies=(FOUND,))
    await bot.teams.shortcut("asha", extension.SEARCH, place="teams-channel")
    await bot.teams.submit("asha", {"words": "partners"})
    assert [arrival.event for arrival in bot.turn.arrivals] == [Searched(""), Searched("partners")]
    modal = bot.teams.modal("asha")
    assert modal is not None
    [insert] = [
        action
        for element in modal["card"]["body"][1:]
        for part in element.get("items", ())
        for action in part.get("actions", ())
    ]
    await bot.teams.press_in_modal("asha", insert)
    [message] = bot.teams.messages("teams-channel", "bryn")
    assert (message.author, message.thread) == ("asha", None)
    assert "Two or three." in words([message])
    assert bot.teams.modal("asha") is None
    with pytest.raises(Refused):
        await bot.teams.press_in_modal("asha", insert)
    bot.turn.result = Result("done", "Nothing on that.")
    await bot.teams.shortcut("asha", extension.SEARCH, place="teams-personal")
    assert "Nothing on that." in str(bot.teams.modal("asha"))
    bot.teams.close_modal("asha")
    assert bot.teams.modal("asha") is None


async def test_a_citation_links_to_its_lesson_in_the_chat_with_us(bot: Served) -> None:
    await bot.teams.say("asha", "teams-personal", "how many?")
    await bot.adapter.sender.send(OutboxMessage("t:0", "teams", bot.turn.arrivals[-1].to, ANSWER), Pauses())
    cited = bot.teams.messages("teams-personal", "asha")[-1].payload["entities"][0]["citation"][0]
    link = "https://teams.microsoft.com/l/chat/0/0?users=28:sharewise&message=show%20partners"
    assert cited["appearance"]["url"] == link
