"""Dialogs from the press to the last page: the stand-in's Teams, the real adapter, and forged traffic."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.ports import OutboxMessage, Result
from bot.platforms.teams.forms import LONGEST, MISSING
from bot.platforms.teams.listen import AGAIN, IN_CHAT, OPENED, SAVED, UNKNOWN
from dialogs.core.events import Submitted, Utterance
from dialogs.core.forms import Audience, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Choice, Choices, Reply, Text
from playground.stage import Refused
from playground.teams_dialogs import UNREADABLE, WENT_WRONG
from tests.teams.conftest import CHANNEL, GROUP, Served, activity, press
from tests.teams.test_send import Pauses

FIRST = Form(
    "readiness save K7QM 1",
    "Take part",
    (
        SelectField("s1", "The leader backs it", tuple(Option(letter, letter) for letter in "12345")),
        TextEntry("why", "Why?", longest=20, optional=True),
    ),
    submit="Next",
)
SECOND = Form(
    "readiness save K7QM 2",
    "Take part",
    (Audience("who", "Who else?", optional=True),),
    submit="Done",
    back=Choice("Back", "readiness page K7QM 1"),
)
TAKE_PART = Reply((Text("A readiness check."), Choices((Choice("Take part", "take part K7QM", opens=True),))))


async def opened(bot: Served, place: str = "teams-channel", person: str = "kezia") -> None:
    """A card with a button is in a place, and a person presses it."""
    await bot.teams.say("asha", place, "@Sharewise readiness here")
    asked = bot.turn.arrivals[-1]
    await bot.adapter.sender.send(OutboxMessage("turn:0", "teams", asked.channel_to, TAKE_PART), Pauses())
    message = bot.teams.messages(place, "asha")[-1]
    bot.turn.result = Result("done", form=FIRST)
    [button] = message.payload["attachments"][0]["content"]["body"][0]["actions"]
    assert await bot.teams.press(person, message.id, button) == ""


@pytest.mark.parametrize("place", ["teams-channel", "teams-group", "teams-personal"])
async def test_a_form_is_filled_in_page_by_page(bot: Served, place: str) -> None:
    await opened(bot, place, "asha")
    pressed = bot.turn.arrivals[-1]
    assert pressed.event == Utterance("take part K7QM", pressed=True)
    assert (pressed.can_open, pressed.note_to) == (True, None)
    assert pressed.about == f"{pressed.channel}:{bot.teams.messages(place, 'asha')[-1].id}"

    first = bot.teams.modal("asha")
    assert first is not None
    assert first["title"] == "Take part"
    bot.turn.result = Result("done", form=SECOND)
    await bot.teams.submit("asha", {"s1": "4", "why": ""})
    assert bot.turn.arrivals[-1].event == Submitted(FIRST.says, {"s1": "4", "why": ""})
    assert bot.turn.arrivals[-1].conversation == pressed.conversation
    assert bot.turn.arrivals[-1].can_open

    bot.turn.result = Result("done")
    await bot.teams.submit("asha", {"who": "b2b00000-0000-4000-8000-000000000002"})
    tenant = "c0a0000a-0000-4000-8000-000000000007"
    assert bot.turn.arrivals[-1].event == Submitted(
        SECOND.says, {"who": f"person teams:{tenant}/b2b00000-0000-4000-8000-000000000002"}
    )
    assert bot.teams.modal("asha") is None


async def test_each_person_has_a_dialog_of_their_own(bot: Served) -> None:
    await opened(bot)
    assert bot.teams.modal("rosa") is None
    speaker = bot.turn.arrivals[-1].speaker
    assert speaker.startswith("teams:7e0a0000-0000-4000-8000-000000000009/")
    bot.teams.close_modal("kezia")
    assert bot.teams.modal("kezia") is None
    with pytest.raises(Refused, match="No dialog"):
        await bot.teams.submit("kezia", {})


async def test_a_button_within_a_dialog_says_its_words_without_the_inputs(bot: Served) -> None:
    await opened(bot)
    bot.turn.result = Result("done", form=SECOND)
    await bot.teams.submit("kezia", {"s1": "4"})
    dialog = bot.teams.modal("kezia")
    assert dialog is not None
    bot.turn.result = Result("done", form=FIRST)
    await bot.teams.press_in_modal("kezia", dialog["card"]["actions"][0])
    inbound = bot.turn.arrivals[-1]
    assert (inbound.event, inbound.can_open) == (Utterance("readiness page K7QM 1", pressed=True), True)
    assert (bot.teams.modal("kezia") or {})["card"]["actions"][0]["title"] == "Next"


async def test_a_page_with_errors_comes_back_with_what_was_filled_in(bot: Served) -> None:
    await opened(bot)
    bot.turn.result = Result("done", form=FIRST, errors={"why": "That's not a reason."})
    await bot.teams.submit("kezia", {"s1": "4", "why": "because"})
    dialog = bot.teams.modal("kezia")
    assert dialog is not None
    picked, why, below = dialog["card"]["body"]
    assert (picked["value"], why["value"]) == ("4", "because")
    assert below["text"] == "That's not a reason."
    bot.turn.result = Result("done")
    await bot.teams.submit("kezia", {"why": "a reason"})
    assert bot.turn.arrivals[-1].event == Submitted(FIRST.says, {"s1": "4", "why": "a reason"})


async def test_what_a_form_requires_teams_itself_asks_for(bot: Served) -> None:
    await opened(bot)
    before = len(bot.turn.arrivals)
    await bot.teams.submit("kezia", {"s1": ""})
    assert (bot.teams.modal("kezia") or {})["errors"] == {"s1": MISSING}
    for impossible in ({"s1": "9"}, {"s1": "4", "why": "x" * 21}):
        with pytest.raises(Refused):
            await bot.teams.submit("kezia", impossible)
    assert len(bot.turn.arrivals) == before


async def test_a_turn_that_is_busy_leaves_the_dialog_and_its_words(bot: Served) -> None:
    await opened(bot)
    bot.turn.result = Result("busy")
    with pytest.raises(Refused, match=WENT_WRONG):
        await bot.teams.submit("kezia", {"s1": "4"})
    assert bot.teams.modal("kezia") is not None


async def test_a_press_without_a_form_is_answered_in_words(bot: Served) -> None:
    await opened(bot)
    message = bot.teams.messages("teams-channel", "asha")[-1]
    [button] = message.payload["attachments"][0]["content"]["body"][0]["actions"]
    for result, words in (
        (Result("done", note="This check is closed."), "This check is closed."),
        (Result("done"), IN_CHAT),
        (Result("ignored"), IN_CHAT),
        (Result("seen"), OPENED),
        (Result("busy"), AGAIN),
    ):
        bot.turn.result = result
        assert await bot.teams.press("bryn", message.id, button) == words
    assert bot.teams.modal("bryn") is None


def shown(answer: Any) -> str:
    """The kind of a task module's answer, and its words."""
    return f"{answer['task']['type']}: {answer['task']['value']}"


def fetch(data: Any = None, **changes: Any) -> dict[str, Any]:
    """A press on a button that opens a dialog."""
    whole = {"says": "take part K7QM", "msteams": {"type": "task/fetch"}} if data is None else data
    return press(**{"name": "task/fetch", "value": {"data": whole}, **changes})


def submit(data: Any = None, **changes: Any) -> dict[str, Any]:
    """A submitted dialog."""
    whole = {"says": FIRST.says, "form": True, "s1": "4"} if data is None else data
    return press(**{"name": "task/submit", "value": {"data": whole}, **changes})


async def test_what_a_submission_is_answered_with(bot: Served) -> None:
    for result, words in (
        (Result("done", note="Thank you."), "message: Thank you."),
        (Result("seen"), f"message: {SAVED}"),
        (Result("seen", note="It's closed."), "message: It's closed."),
        (Result("done", errors={"a": "One.", "b": "Two."}), "message: One.\n\nTwo."),
    ):
        bot.turn.result = result
        status, answer = await bot.post(submit())
        assert (status, shown(answer)) == (200, words)
    bot.turn.result = Result("done")
    assert await bot.post(submit()) == (200, None)
    bot.turn.result = Result("busy")
    assert (await bot.post(submit()))[0] == 503


async def test_a_repeat_with_a_form_shows_the_form(bot: Served) -> None:
    bot.turn.result = Result("seen", form=FIRST)
    for repeated in (fetch(), submit()):
        _, answer = await bot.post(repeated)
        assert (answer["task"]["type"], answer["task"]["value"]["title"]) == ("continue", "Take part")


FORGED = [
    ("without data", None),
    ("with data of the wrong kind", "says"),
    ("without words", {"form": True, "s1": "4"}),
    ("with words of the wrong kind", {"says": ["x"], "form": True}),
    ("with too many words", {"says": "x" * 5000, "form": True}),
]


@pytest.mark.parametrize("data", [row[1] for row in FORGED], ids=[row[0] for row in FORGED])
async def test_what_is_none_of_ours_is_told_so(bot: Served, data: Any) -> None:
    for name in ("task/fetch", "task/submit"):
        status, answer = await bot.post(press(name=name, value={"data": data}))
        assert (status, shown(answer)) == (200, f"message: {UNKNOWN}")
    status, answer = await bot.post(press(name="task/submit", value=[1]))
    assert (status, shown(answer)) == (200, f"message: {UNKNOWN}")
    assert bot.turn.arrivals == []


async def test_forged_fields_arrive_as_bounded_strings(bot: Served) -> None:
    data = {"says": "x", "form": True, "s1": ["4", 5], "why": "x" * 100_000, "n": 10**50, "o": {"says": "y"}}
    await bot.post(submit(data))
    [inbound] = bot.turn.arrivals
    assert inbound.event == Submitted("x", {"s1": "4", "why": "x" * LONGEST, "n": "", "o": ""})


@pytest.mark.parametrize("form", ["true", 1, None, ["x"]])
async def test_only_a_form_is_a_submission(bot: Served, form: Any) -> None:
    await bot.post(submit({"says": "x", "form": form, "s1": "4"}))
    [inbound] = bot.turn.arrivals
    assert inbound.event == Utterance("x", pressed=True)


async def test_a_repeated_invoke_carries_the_same_mark(bot: Served) -> None:
    for sent in (fetch(), fetch(), fetch(id="f:2")):
        await bot.post(sent)
    idempotency_keys = [inbound.idempotency_keys for inbound in bot.turn.arrivals]
    assert idempotency_keys[0] == idempotency_keys[1] == ("m:a:chat:f:1",)
    assert idempotency_keys[2] != idempotency_keys[0]


async def test_an_invoke_without_an_id_is_known_by_its_content_and_time(bot: Served) -> None:
    for sent in (
        submit(id=None),
        submit(id=None),
        submit(id=None, timestamp="2026-11-23T10:00:05Z"),
        submit({"says": FIRST.says, "form": True, "s1": "5"}, id=None),
        submit(id=None, timestamp=None),
    ):
        await bot.post(sent)
    first, repeat, later, other, timeless = (inbound.idempotency_keys for inbound in bot.turn.arrivals)
    assert first == repeat != ()
    assert len({first, later, other}) == 3
    assert timeless == ()


@pytest.mark.parametrize("talk", [CHANNEL, {**CHANNEL, "id": "19:board@thread.tacv2"}, GROUP])
async def test_a_submission_that_names_no_message_is_still_taken(bot: Served, talk: dict[str, Any]) -> None:
    await bot.post(submit(conversation=talk, replyToId=None))
    [inbound] = bot.turn.arrivals
    assert (inbound.about, inbound.conversation) == (None, talk["id"])
    assert inbound.channel == talk["id"].partition(";")[0]


async def test_a_guests_people_are_of_the_guests_tenant(bot: Served) -> None:
    guest = {"id": "29:guest", "aadObjectId": "g1", "tenantId": "t2"}
    data = {"says": "x", "form": True, "kept": {"who": ""}, "who": "a1"}
    await bot.post(submit(data, conversation=CHANNEL, **{"from": guest}))
    [inbound] = bot.turn.arrivals
    assert (inbound.speaker, inbound.tenant) == ("teams:t2/g1", "teams:t1")
    assert inbound.event == Submitted("x", {"who": "person teams:t2/a1"})


async def test_a_form_typed_as_a_message_opens_nothing(bot: Served) -> None:
    await bot.post(activity(text=None, value={"says": "take part K7QM", "form": True}, replyToId="1"))
    [inbound] = bot.turn.arrivals
    assert (inbound.event, inbound.can_open) == (Utterance("take part K7QM", pressed=True), False)


async def test_the_stand_in_refuses_what_teams_would_not_understand(bot: Served) -> None:
    await opened(bot)
    for wrong in ([], {"task": {"type": "continue", "value": {}}}, {"task": 1}, {"statusCode": 200}):

        async def answer(activity: Any, wrong: Any = wrong) -> tuple[int, Any]:
            return 200, wrong

        bot.teams.line.deliver = answer  # type: ignore[method-assign]
        with pytest.raises(Refused, match=UNREADABLE):
            await bot.teams.submit("kezia", {"s1": "4"})
