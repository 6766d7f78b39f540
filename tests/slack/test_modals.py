"""Modals of the stand-in: what Slack takes and refuses, and what its client checks itself."""

from __future__ import annotations

from typing import Any

import pytest

from playground.slack_book import SlackReach
from playground.slack_checks import view_problems
from playground.slack_filling import MISSING, TOO_LONG
from playground.stage import Refused, person
from tests.slack.served import Served
from tests.slack.test_stand_in import MODAL, Json, call, section


def asks(id: str, element: Json, **more: Any) -> Json:
    """An input block."""
    return {
        "type": "input",
        "block_id": id,
        "label": text("Label"),
        "element": {"action_id": id, **element},
        **more,
    }


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def option(value: str) -> Json:
    return {"text": text(value), "value": value}


def modal(*blocks: Json, **more: Any) -> Json:
    return {**MODAL, "submit": text("Save"), "blocks": list(blocks), **more}


def trigger(bot: Served, who: str = "asha") -> str:
    return bot.slack.book.trigger(SlackReach("C0BOARD", person(who)))


async def opened(bot: Served, view: Json) -> Json:
    """What opening a view for Asha answers."""
    return await call(bot, "views.open", trigger_id=trigger(bot), view=view)


async def test_a_trigger_opens_one_modal(bot: Served) -> None:
    once = trigger(bot)
    assert (await call(bot, "views.open", trigger_id=once, view=MODAL))["view"]["id"].startswith("V")
    assert (await call(bot, "views.open", trigger_id=once, view=MODAL))["error"] == "exchanged_trigger_id"


async def test_a_modal_is_updated_where_its_hash_still_holds(bot: Served) -> None:
    view = (await opened(bot, MODAL))["view"]
    stale = {"view_id": view["id"], "view": modal(section("Second")), "hash": "0.0"}
    assert (await call(bot, "views.update", **stale))["error"] == "hash_conflict"
    assert (await call(bot, "views.update", **{**stale, "hash": view["hash"]}))["ok"]
    now = bot.slack.modal("asha")
    assert now is not None
    assert (now["id"], now["blocks"][0]["text"]["text"]) == (view["id"], "Second")
    bot.slack.close_modal("asha")
    assert (await call(bot, "views.update", **stale))["error"] == "not_found"


async def test_views_lie_on_each_other_and_closing_shows_the_one_below(bot: Served) -> None:
    await opened(bot, MODAL)
    for words in ("Second", "Third"):
        assert (await call(bot, "views.push", trigger_id=trigger(bot), view=modal(section(words))))["ok"]
    refused = await call(bot, "views.push", trigger_id=trigger(bot), view=MODAL)
    assert refused["error"] == "push_limit_reached"
    bot.slack.close_modal("asha")
    now = bot.slack.modal("asha")
    assert now is not None
    assert now["blocks"][0]["text"]["text"] == "Second"


async def test_what_slack_itself_finds_missing_is_not_sent(bot: Served) -> None:
    await opened(
        bot,
        modal(
            asks("name", {"type": "plain_text_input"}),
            asks("short", {"type": "plain_text_input", "max_length": 3}),
            asks("more", {"type": "plain_text_input"}, optional=True),
        ),
    )
    await bot.slack.submit("asha", {"name": " ", "short": "four"})
    view = bot.slack.modal("asha")
    assert view is not None
    assert view["errors"] == {"name": MISSING, "short": TOO_LONG.format(most=3)}
    assert bot.turn.arrivals == []


async def test_what_nobody_could_fill_in_or_press_is_said_plainly(bot: Served) -> None:
    with pytest.raises(Refused, match="No form is open"):
        await bot.slack.submit("asha", {})
    await opened(
        bot,
        modal(
            asks("one", {"type": "static_select", "options": [option("a"), option("b")]}),
            asks("who", {"type": "multi_users_select"}, optional=True),
        ),
    )
    for attempt in (
        bot.slack.submit("asha", {"two": "a"}),
        bot.slack.submit("asha", {"one": "c"}),
        bot.slack.submit("asha", {"one": ["a", "b"]}),
        bot.slack.submit("asha", {"one": "a", "who": ["U9"]}),
        bot.slack.press_in_modal("asha", {"action_id": "forged", "value": "x"}),
    ):
        with pytest.raises(Refused, match=r"\w+ .*\."):
            await attempt


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ({**MODAL, "title": text("x" * 25)}, "title must have no more than 24"),
        ({**MODAL, "close": text("x" * 25)}, "close must have no more than 24"),
        ({**MODAL, "private_metadata": "x" * 3_001}, "private_metadata"),
        ({**MODAL, "callback_id": "x" * 256}, "callback_id"),
        ({**MODAL, "blocks": [asks("a", {"type": "plain_text_input"})]}, "submit is needed"),
        (modal(*[section("x")] * 101), "no more than 100 blocks"),
        (modal(asks("a", {"type": "slider"})), "unsupported element slider"),
        (modal(asks("a", {"type": "plain_text_input", "max_length": 3_001})), "max_length"),
        (
            modal(asks("a", {"type": "plain_text_input", "max_length": 1, "initial_value": "xx"})),
            "initial_value",
        ),
        (modal(asks("a", {"type": "radio_buttons", "options": [option("x")] * 11})), "1 to 10 options"),
        (modal(asks("a", {"type": "static_select", "options": []})), "1 to 100 options"),
        (modal(asks("a", {"type": "checkboxes", "options": [option("x" * 76)]})), "75"),
        (modal(asks("a", {"type": "checkboxes", "options": [option("x")], "initial_options": []})), "empty"),
        (
            modal(
                asks("a", {"type": "static_select", "options": [option("x")], "initial_option": option("y")})
            ),
            "one of the options",
        ),
        (modal(asks("a", {"type": "multi_conversations_select", "filter": {"include": ["all"]}})), "include"),
        (modal({**asks("a", {"type": "users_select"}), "label": text("")}), "label must not be empty"),
    ],
)
def test_bad_views_are_named(view: Json, said: str) -> None:
    assert said in " ".join(view_problems(view))
