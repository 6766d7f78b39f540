"""Forms over real bolt: opened by a press, refused, turned over, submitted, and answered where they began."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.platforms.ports import InboundEvent, Result
from bot.platforms.slack.forms import NOT_OPENED, SEEN
from dialogs.core.events import Submitted, Utterance
from dialogs.core.forms import Audience, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Choice, Choices, Text
from playground import slack_book
from playground import slack_events as events
from playground.slack_courier import signed
from playground.stage import Refused, person
from tests.harness.waiting import until
from tests.slack.served import SECRET, Served

Json = dict[str, Any]
BOARD = {"channel": "C0BOARD"}
TAKE_PART = Choices((Choice("Take part", "readiness part K7QM", opens=True),))
SCALE = tuple(Option(f"Step {n}", f"{n}") for n in range(1, 6))
FIRST = Form(
    "readiness page K7QM 0",
    "Readiness check",
    (SelectField("s1", "All agree.", SCALE), TextEntry("why", "Why?", longest=300, optional=True)),
    submit="Next",
)
SECOND = Form(
    "readiness page K7QM 1",
    "Readiness check",
    (SelectField("s2", "All know.", SCALE),),
    submit="Save",
    back=Choice("Back", "readiness part K7QM 0"),
)


async def pressed(
    bot: Served, *results: Result, who: str = "bryn", to: Mapping[str, str] = BOARD
) -> InboundEvent:
    """A card is posted and its button pressed, which comes to ``results``."""
    await bot.send(dict(to), TAKE_PART)
    place = "slack-channel" if to["channel"] == "C0BOARD" else "slack-direct"
    message = bot.slack.messages(place, who)[-1]
    bot.turn.results = list(results)
    await bot.slack.press(who, message.id, message.payload["blocks"][0]["elements"][0])
    return bot.turn.arrivals[-1]


async def submit(bot: Served, values: Json, result: Result, who: str = "bryn") -> InboundEvent:
    """The open form is submitted, which comes to ``result``."""
    bot.turn.results = [result]
    await bot.slack.submit(who, values)
    return bot.turn.arrivals[-1]


def title(bot: Served, who: str = "bryn") -> str:
    """What the open form is called; "" where none is open."""
    view = bot.slack.modal(who)
    return view["title"]["text"] if view else ""


def asked(bot: Served, who: str = "bryn") -> list[str]:
    """What the open form asks, by the ids of its blocks."""
    view = bot.slack.modal(who)
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"] if view else []


# --- Opening ---------------------------------------------------------------------------------------


async def test_a_button_that_opens_a_form_looks_like_any_other(bot: Served) -> None:
    await bot.send(BOARD, TAKE_PART)
    (row,) = bot.slack.messages("slack-channel", "asha")[-1].payload["blocks"]
    assert {name: row["elements"][0][name] for name in ("type", "value")} == {
        "type": "button",
        "value": "readiness part K7QM",
    }


async def test_a_press_opens_a_form_for_the_one_who_pressed(bot: Served) -> None:
    told: list[str] = []
    bot.slack.changed = told.append
    inbound = await pressed(bot, Result("done", form=FIRST))
    assert inbound.can_open
    assert inbound.event == Utterance("readiness part K7QM", pressed=True)
    assert (title(bot), asked(bot)) == ("Readiness check", ["s1", "why"])
    assert bot.slack.modal("asha") is None
    assert told[-1] == "slack-channel"


async def test_a_colleague_whom_nobody_plays_can_press_too(bot: Served) -> None:
    inbound = await pressed(bot, Result("done", form=FIRST), who="rosa")
    assert inbound.speaker == "slack:T0WESTM/U0ROSA"
    assert title(bot, "rosa") == "Readiness check"


async def test_a_command_opens_a_form(bot: Served) -> None:
    bot.turn.results = [Result("done", form=FIRST)]
    await bot.slack.say("asha", "slack-channel", "/sharewise remind")
    assert (await bot.hear()).can_open
    assert title(bot, "asha") == "Readiness check"
    done = await submit(bot, {"s1": "1"}, Result("done"), who="asha")
    assert done.to == done.private_to == done.note_to == {"channel": "C0BOARD", "user": "U0ASHA"}
    assert done.conversation == "C0BOARD:U0ASHA:command"


async def test_typed_words_open_nothing(bot: Served) -> None:
    bot.turn.results = [Result("done", form=FIRST)]
    await bot.slack.say("asha", "slack-direct", "remind")
    assert not (await bot.hear()).can_open
    assert "views.open" not in bot.slack.calls


async def test_a_form_is_opened_from_app_home(bot: Served) -> None:
    await bot.send({"view": "home", "user": "U0ASHA", "channel": "D0ASHA"}, TAKE_PART)
    bot.turn.results = [Result("done", form=FIRST)]
    button = bot.slack.book.homes["asha"]["blocks"][0]["elements"][0]
    await bot.slack.press("asha", "home", button)
    done = await submit(bot, {"s1": "1"}, Result("done"), who="asha")
    assert (done.to, done.conversation) == ({"channel": "D0ASHA"}, "D0ASHA")


async def test_a_passing_trouble_with_opening_is_tried_again(bot: Served) -> None:
    bot.slack.fail("views.open", status=503)
    await pressed(bot, Result("done", form=FIRST))
    assert title(bot) == "Readiness check"


async def test_a_form_whose_answer_was_lost_is_open_and_nobody_is_troubled(bot: Served) -> None:
    bot.slack.fail("views.open", silent=True)
    await pressed(bot, Result("done", form=FIRST))
    assert title(bot) == "Readiness check"
    assert bot.slack.calls[-2:] == ["views.open", "views.open"]


@pytest.mark.parametrize("error", ["invalid_arguments", "missing_scope", "some_new_word"])
async def test_a_form_that_slack_refuses_is_said_to_the_person_alone(bot: Served, error: str) -> None:
    bot.slack.fail("views.open", error=error)
    await pressed(bot, Result("done", form=FIRST))
    await until(lambda: bot.slack.messages("slack-channel", "bryn")[-1].text == NOT_OPENED)
    assert bot.slack.calls[-1] == "response_url"
    assert len(bot.slack.messages("slack-channel", "asha")) == 1
    assert bot.slack.modal("bryn") is None


async def test_an_expired_trigger_is_said_to_the_person(bot: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_book, "TRIGGER_SECONDS", -1.0)
    await pressed(bot, Result("done", form=FIRST), to={"channel": "D0BRYN"})
    await until(lambda: bot.slack.messages("slack-direct", "bryn")[-1].text == NOT_OPENED)


# --- Submitting ------------------------------------------------------------------------------------


async def test_a_submission_is_answered_where_the_form_was_opened(bot: Served) -> None:
    opened = await pressed(bot, Result("done", form=FIRST))
    done = await submit(bot, {"s1": "4", "why": "So that…"}, Result("done"))
    assert done.event == Submitted("readiness page K7QM 0", {"s1": "4", "why": "So that…"})
    for name in (
        "speaker",
        "place",
        "tenant",
        "conversation",
        "about",
        "to",
        "private_to",
        "channel",
        "channel_to",
    ):
        assert getattr(done, name) == getattr(opened, name), name
    assert done.can_open
    assert done.note_to == {"channel": "C0BOARD", "user": "U0BRYN"}
    assert bot.slack.modal("bryn") is None


async def test_a_note_about_a_submission_is_seen_by_the_person_alone(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST))
    done = await submit(bot, {"s1": "4"}, Result("done"))
    assert done.note_to is not None
    await bot.send(done.note_to, Text("Saved."))
    assert [message.text for message in bot.slack.messages("slack-channel", "bryn")][-1] == "Saved."
    assert len(bot.slack.messages("slack-channel", "asha")) == 1


async def test_in_a_direct_conversation_it_is_answered_there(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST), to={"channel": "D0BRYN"})
    done = await submit(bot, {"s1": "4"}, Result("done"))
    assert done.to == done.private_to == done.note_to == {"channel": "D0BRYN"}
    assert done.place.kind == "direct"


async def test_page_after_page_and_back(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST))
    before = bot.slack.modal("bryn")
    await submit(bot, {"s1": "4"}, Result("done", form=SECOND))
    after = bot.slack.modal("bryn")
    assert asked(bot) == ["s2"]
    assert before is not None
    assert after is not None
    assert after["id"] == before["id"]
    assert after["hash"] != before["hash"]
    bot.turn.results = [Result("done", form=FIRST)]
    await bot.slack.press_in_modal("bryn", after["blocks"][-1]["elements"][0])
    back = bot.turn.arrivals[-1]
    assert (back.event, back.can_open) == (Utterance("readiness part K7QM 0", pressed=True), True)
    assert back.conversation == bot.turn.arrivals[0].conversation
    assert asked(bot) == ["s1", "why"]
    assert bot.slack.calls[-1] == "views.update"


async def test_a_refused_form_stays_with_a_sentence_at_each_field(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST))
    errors = {"why": "Too long.", "nowhere": "Odd."}
    first = await submit(bot, {"s1": "4"}, Result("done", form=FIRST, errors=errors))
    view = bot.slack.modal("bryn")
    assert view is not None
    assert view["errors"] == {"why": "Too long.", "s1": "Odd."}
    second = await submit(bot, {"s1": "4", "why": "short"}, Result("done"))
    assert second.idempotency_keys != first.idempotency_keys
    assert bot.slack.modal("bryn") is None


async def test_errors_about_a_page_without_fields_are_said_in_its_place(bot: Served) -> None:
    await pressed(bot, Result("done", form=Form("save", "Sure?", (Text("Save it?"),), submit="Save")))
    await submit(bot, {}, Result("done", errors={"who": "Nobody is left."}))
    view = bot.slack.modal("bryn")
    assert view is not None
    assert view["blocks"][0]["text"]["text"] == "Nobody is left."
    assert "submit" not in view


async def test_the_same_page_submitted_twice_is_told_apart_from_one_that_was_opened_anew(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST))
    view = bot.slack.modal("bryn")
    assert view is not None
    state = {"values": {"s1": {"s1": {"type": "radio_buttons", "selected_option": None}}}}
    twice = [await interact(bot, submission({**view, "state": state})) for _ in range(2)]
    assert [status for status, _ in twice] == [200, 200]
    first, second = bot.turn.arrivals[-2:]
    assert first.idempotency_keys == second.idempotency_keys
    bot.slack.close_modal("bryn")
    await pressed(bot, Result("done", form=FIRST))
    again = bot.slack.modal("bryn")
    assert again is not None
    await interact(bot, submission({**again, "state": state}))
    assert bot.turn.arrivals[-1].idempotency_keys != first.idempotency_keys


async def test_a_repeat_that_was_acted_on_before_says_so(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST))
    await submit(bot, {"s1": "4"}, Result("seen"))
    view = bot.slack.modal("bryn")
    assert view is not None
    assert view["blocks"][0]["text"]["text"] == SEEN


async def test_a_busy_turn_leaves_the_form_open(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST))
    with pytest.raises(Refused, match="Try again"):
        await submit(bot, {"s1": "4"}, Result("busy"))
    assert title(bot) == "Readiness check"


async def test_a_page_turned_over_twice_is_turned_once_and_a_closed_one_not_at_all(bot: Served) -> None:
    await pressed(bot, Result("done", form=SECOND))
    view = bot.slack.modal("bryn")
    assert view is not None
    button = view["blocks"][-1]["elements"][0]
    press = {**events.press(person("bryn"), "1.2", {**button}, "9.9"), **events.in_view(view)}
    bot.turn.results = [Result("done", form=FIRST)] * 3
    for _ in range(2):
        assert (await interact(bot, press))[0] == 200
    assert asked(bot) == ["s1", "why"]
    bot.slack.close_modal("bryn")
    assert (await interact(bot, press))[0] == 200
    assert bot.slack.modal("bryn") is None
    assert len(bot.slack.messages("slack-channel", "bryn")) == 1


async def test_forms_work_through_socket_mode() -> None:
    async with Served(socket_mode=True) as bot:
        await until(lambda: bot.slack.courier.connected)
        await pressed(bot, Result("done", form=FIRST))
        await submit(bot, {"s1": "4"}, Result("done", form=SECOND))
        assert asked(bot) == ["s2"]
        await submit(bot, {"s2": "1"}, Result("done", errors={"s2": "Really?"}))
        view = bot.slack.modal("bryn")
        assert view is not None
        assert view["errors"] == {"s2": "Really?"}
        await submit(bot, {"s2": "2"}, Result("done"))
        assert bot.slack.modal("bryn") is None


async def test_people_and_channels_are_picked_and_their_ids_arrive(bot: Served) -> None:
    await pressed(bot, Result("done", form=Form("remind", "New", (Audience("who", "Who?"),), submit="OK")))
    done = await submit(bot, {"who": ["U0ASHA"], "who channels": ["C0BOARD"]}, Result("done"))
    assert done.event == Submitted("remind", {"who": "person slack:T0NORTH/U0ASHA,channel slack:C0BOARD"})


# --- Forged ----------------------------------------------------------------------------------------


async def interact(bot: Served, payload: Json) -> tuple[int, str]:
    """What the endpoint answers to a signed interaction."""
    body, kind = events.encode("interactive", payload)
    headers = {"Content-Type": kind, **signed(body, SECRET)}
    async with bot.session.post(f"{bot.url}/slack/events", data=body, headers=headers) as response:
        return response.status, await response.text()


def submission(view: Any) -> Json:
    return events.submission(person("bryn"), "1.2.3", view)


async def test_forged_fields_and_values_arrive_as_they_are(bot: Served) -> None:
    await pressed(bot, Result("done", form=FIRST))
    view = bot.slack.modal("bryn")
    assert view is not None
    forged = {
        "s1": {"s1": {"type": "radio_buttons", "selected_option": {"value": "99"}}},
        "why": {"why": {"type": "plain_text_input", "value": "x" * 2_000}},
        "admin": {"admin": {"type": "plain_text_input", "value": "yes"}},
    }
    status, answer = await interact(bot, submission({**view, "state": {"values": forged}}))
    assert (status, json.loads(answer)) == (200, {"response_action": "clear"})
    assert bot.turn.arrivals[-1].event == Submitted(
        "readiness page K7QM 0", {"s1": "99", "why": "x" * 2_000, "admin": "yes"}
    )


@pytest.mark.parametrize(
    "view", [None, 7, "view", [], {}, {"callback_id": 7}, {"callback_id": "form", "state": 7}]
)
async def test_a_submission_of_no_form_is_not_taken(bot: Served, view: Any) -> None:
    status, _ = await interact(bot, submission(view))
    assert status == 200
    assert bot.turn.arrivals == []


async def test_another_apps_modal_is_acknowledged_and_left_alone(bot: Served) -> None:
    status, answer = await interact(bot, submission({"id": "V1", "type": "modal", "callback_id": ""}))
    assert (status, answer) == (200, "")
    assert bot.turn.arrivals == []
