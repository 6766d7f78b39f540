"""The endpoint: what Teams is answered, and where the Bot Framework's own adapter would have failed."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession, web
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, Entity
from structlog.testing import capture_logs

from bot.platforms.ports import Result
from bot.platforms.teams import bot_framework as adapter
from bot.platforms.teams.forms import dialog
from bot.platforms.teams.incoming import read_activity, sdk_activity
from bot.platforms.teams.listen import AGAIN, PRESSED, UNKNOWN
from dialogs.core.events import Utterance
from dialogs.core.forms import Audience, Form
from playground import teams_activities
from tests.teams.conftest import Served, activity, press, thumb

TOAST = "application/vnd.microsoft.activity.message"


async def test_the_sdk_still_fails_on_an_invoke_with_a_body() -> None:
    """Why ``receive`` stands in for ``process``; when this fails, it may go."""

    class Answering(ActivityHandler):  # type: ignore[misc]
        async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
            return InvokeResponse(status=200, body={"a": 1})

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            answer: web.StreamResponse = await CloudAdapter().process(request, Answering())
            return answer
        except AttributeError:
            return web.Response(status=599)

    app = web.Application()
    app.router.add_post("/", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with ClientSession() as client, client.post(f"http://127.0.0.1:{port}/", json=press()) as response:
        assert response.status == 599
    await runner.cleanup()


async def test_a_press_is_answered_with_its_confirmation(bot: Served) -> None:
    bot.turn.result = Result("done", note="Noted, thank you.")
    status, answer = await bot.post(press())
    assert (status, answer) == (200, {"statusCode": 200, "type": TOAST, "value": "Noted, thank you."})


@pytest.mark.parametrize("outcome", ["done", "seen", "ignored"])
async def test_no_press_is_answered_with_nothing(bot: Served, outcome: Any) -> None:
    bot.turn.result = Result(outcome)
    _, answer = await bot.post(press())
    assert answer == {"statusCode": 200, "type": TOAST, "value": PRESSED}


STRANGE = [
    ("not an Execute", {"action": {"type": "Action.Submit", "data": {"says": "x"}}, "trigger": "manual"}),
    ("no type", {"action": {"data": {"says": "x"}}}),
    ("no words", {"action": {"type": "Action.Execute", "data": {}}}),
    ("an empty word", {"action": {"type": "Action.Execute", "data": {"says": ""}}}),
    ("data of the wrong kind", {"action": {"type": "Action.Execute", "data": "says"}}),
    ("no action", {}),
    ("no value", None),
    ("a value of the wrong kind", [1]),
    (
        "a refresh that nobody pressed",
        {"action": {"type": "Action.Execute", "data": {"says": "x"}}, "trigger": "automatic"},
    ),
]


@pytest.mark.parametrize("value", [row[1] for row in STRANGE], ids=[row[0] for row in STRANGE])
async def test_an_unknown_button_is_answered_kindly(bot: Served, value: Any) -> None:
    status, answer = await bot.post(press(value=value))
    assert (status, answer["value"]) == (200, UNKNOWN)
    assert bot.turn.arrivals == []


async def test_a_thumb_is_answered_with_200_and_an_empty_object(bot: Served) -> None:
    assert await bot.post(thumb()) == (200, {})


@pytest.mark.parametrize(
    "value", [None, {}, {"actionName": "feedback", "actionValue": "like"}, {"actionName": "x"}]
)
async def test_a_strange_thumb_is_answered_and_ignored(bot: Served, value: Any) -> None:
    assert await bot.post(thumb(value=value)) == (200, {})
    assert bot.turn.arrivals == []


async def test_an_unknown_invoke_is_told_so(bot: Served) -> None:
    status, answer = await bot.post(press(name="composeExtension/onCardButtonClicked"))
    assert status == 501
    assert "not answered" in answer["error"]


async def test_what_could_not_be_committed_is_delivered_again(bot: Served) -> None:
    bot.turn.result = Result("busy")
    assert (await bot.post(activity()))[0] == 503
    assert (await bot.post(thumb()))[0] == 503
    status, answer = await bot.post(press())
    assert (status, answer["value"]) == (200, AGAIN)


@pytest.mark.parametrize(
    "service_url",
    [
        "http://198.51.100.7/",
        "https://smba.trafficmanager.net/uk/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1@evil.example/",
        "http://[::1",
        "file:///etc/passwd",
        "//127.0.0.1",
    ],
)
async def test_without_credentials_a_foreign_service_url_is_refused(bot: Served, service_url: str) -> None:
    status, answer = await bot.post(activity(serviceUrl=service_url))
    assert status == 403
    assert "serviceUrl" in answer["error"]
    assert bot.turn.arrivals == []


async def test_a_body_of_another_type_is_refused(bot: Served) -> None:
    status, answer = await bot.post(b"{}", **{"Content-Type": "text/plain"})
    assert status == 415
    assert "application/json" in answer["error"]


async def test_a_body_too_large_is_refused_before_it_is_read(bot: Served) -> None:
    status, _ = await bot.post(activity(text="x" * 300_000))
    assert status == 413


async def test_a_body_too_large_is_refused_though_it_hides_its_size(bot: Served) -> None:
    async def pieces() -> Any:
        for _ in range(40):
            yield b" " * 10_000

    async with (
        ClientSession() as client,
        client.post(
            f"{bot.url}/api/messages", data=pieces(), headers={"Content-Type": "application/json"}
        ) as response,
    ):
        assert response.status == 413


async def test_a_body_that_never_ends_is_given_up(bot: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "READ_SECONDS", 0.01)
    reader, writer = await asyncio.open_connection("127.0.0.1", int(bot.url.rpartition(":")[2]))
    head = (
        b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n"
    )
    writer.write(head + b"\r\n{")
    await writer.drain()
    assert b" 408 " in await reader.readline()
    writer.close()


async def test_no_connector_client_is_built(bot: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK builds two clients a turn, whose retry policies alone take milliseconds."""

    def build(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a retry policy was built")

    monkeypatch.setattr("msrest.configuration.Configuration.__init__", build)
    monkeypatch.setattr("msrest.universal_http.requests.ClientRetryPolicy.__init__", build)
    assert (await bot.post(activity()))[0] == 200


async def test_a_refusal_is_logged_without_words_or_tokens(bot: Served) -> None:
    with capture_logs() as logs:
        await bot.post(activity(serviceUrl="http://198.51.100.7/", text="secret words"))
        await bot.post(activity(text={"secret": "words"}), Authorization="Bearer secret")
    assert [entry["status"] for entry in logs] == [403, 400]
    assert "secret" not in repr(logs)


def test_the_conversations_tenant_survives_where_the_sdk_loses_it() -> None:
    whole = activity()
    assert Activity().deserialize(whole).conversation.tenant_id is None
    assert sdk_activity(read_activity(msgspec.json.encode(whole))).conversation.tenant_id == "t1"


def test_the_sdk_still_drops_an_entitys_fields() -> None:
    """Why messages are posted as plain data; see the citations in ``test_stand_in``."""
    whole = Activity(type="message", entities=[Entity(type="https://schema.org/Message", citation=[1])])
    assert "citation" not in whole.serialize()["entities"][0]


async def test_a_person_met_is_looked_up_only_where_addresses_are_set(serve: Any) -> None:
    served = await serve(advisors=("Bryn.Hughes@eastvale.example", "bad@nowhere.example", "t1/u1"))
    await served.teams.say("bryn", "teams-personal", "hello")
    await served.teams.say("asha", "teams-personal", "hello")
    await finished(served)
    [bryn] = served.adapter.advisors
    assert bryn == served.turn.arrivals[0].speaker


async def test_an_address_in_another_tenant_makes_nobody_an_advisor(serve: Any) -> None:
    """Its administrator can give anybody any address."""
    served = await serve(advisors=("cleo.grant@northshire.example",))
    for place in ("teams-personal", "teams-channel"):
        await served.teams.say("cleo", place, "@Sharewise hello")
        await finished(served)
    assert served.adapter.advisors == set()


@pytest.mark.parametrize(
    "more",
    [
        {"tenantId": "elsewhere"},
        {"tenantId": ""},
        {"userRole": "guest"},
        {"userPrincipalName": "bryn.hughes_eastvale.example#EXT#@ours.example"},
    ],
)
async def test_a_guest_s_address_makes_nobody_an_advisor(
    serve: Any, monkeypatch: pytest.MonkeyPatch, more: dict[str, str]
) -> None:
    whole = teams_activities.member
    monkeypatch.setattr(teams_activities, "member", lambda person: {**whole(person), **more})
    served = await serve(advisors=("bryn.hughes@eastvale.example",))
    await served.teams.say("bryn", "teams-personal", "hello")
    await finished(served)
    assert served.adapter.advisors == set()


async def test_a_failed_look_up_is_made_again_at_the_next_message(serve: Any) -> None:
    served = await serve(advisors=("bryn.hughes@eastvale.example",))
    served.teams.fail("members", status=403)
    await served.teams.say("bryn", "teams-personal", "hello")
    await finished(served)
    assert served.adapter.advisors == set()
    await served.teams.say("bryn", "teams-channel", "@Sharewise hello")
    await finished(served)
    assert len(served.adapter.advisors) == 1


async def finished(served: Served) -> None:
    """Wait for the look-ups under way."""
    while served.adapter.looking:
        await asyncio.gather(*served.adapter.looking)


async def test_whom_a_message_mentions_is_named_as_they_speak(serve: Any, monkeypatch: Any) -> None:
    """So that a form can show them as chosen: Teams' own id of a person is in no list of people."""
    served = await serve()
    await served.teams.say("bryn", "teams-channel", "@Sharewise hello")
    bryn = served.turn.arrivals[0]
    assert bryn.also == (f"{bryn.tenant}/29:bryn",)
    mentioned = {"id": "29:bryn", "name": "Bryn Hughes"}
    entity = {"type": "mention", "mentioned": mentioned, "text": "<at>Bryn Hughes</at>"}
    said = activity(
        serviceUrl=bryn.to["service_url"], text="remind <at>Bryn Hughes</at> to brief members",
        conversation={
            "id": bryn.to["conversation"], "conversationType": "channel",
            "tenantId": bryn.tenant.removeprefix("teams:"),
        },
        entities=[entity],
    )  # fmt: skip
    await served.post(said)
    event = served.turn.arrivals[-1].event
    assert isinstance(event, Utterance)
    assert [mention.id for mention in event.named] == [bryn.speaker]
    form = Form("f", "F", (Audience("who", "Who?", f"person {event.named[0].id}"),), "OK")
    tenant, _, entra = bryn.speaker.removeprefix("teams:").partition("/")
    picker = dialog(form, tenant)
    assert picker["card"]["content"]["body"][0]["value"] == entra
    # Where the roster doesn't tell, the mention stays as it is; and is asked for again.
    served.teams.fail("members", status=404)
    stranger = {**entity, "mentioned": {**mentioned, "id": "29:asha"}}
    await served.post({**said, "id": "1002", "entities": [stranger]})
    unresolved = served.turn.arrivals[-1].event
    assert isinstance(unresolved, Utterance)
    assert unresolved.named[0].id.endswith("/29:asha")
