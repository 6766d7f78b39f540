"""Charts in Slack: uploaded, shown once, and never silence where the picture is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from bot.platforms.ports import Undeliverable
from dialogs.core.replies import Chart, DataSeries
from playground.slack_book import SlackReach
from playground.stage import person
from tests.slack.served import TOKEN, Served

BOARD = {"channel": "C0BOARD"}
CHART = Chart("Buy-in", "bars", ("County", "Eastvale"), (DataSeries("", (82.0, 31.0)),), 100)
OTHER = Chart("Buy-in", "bars", ("County", "Eastvale"), (DataSeries("", (83.0, 31.0)),), 100)
FIGURES = "*Buy-in*\n• County: 82\n• Eastvale: 31"
STEPS = ["files.getUploadURLExternal", "files.completeUploadExternal", "chat.postMessage"]


def shown(bot: Served) -> list[dict[str, Any]]:
    """The blocks of the last message in the channel, as Asha sees them."""
    blocks: list[dict[str, Any]] = bot.slack.messages("slack-channel", "asha")[-1].payload["blocks"]
    return blocks


def figures_alone(bot: Served) -> bool:
    """Whether the last message shows the figures, and no picture."""
    said = [block.get("text", {}).get("text") for block in shown(bot)]
    return said in ([FIGURES], ["Buy-in. County: 82; Eastvale: 31."])


async def test_a_chart_is_a_picture_that_has_its_figures(bot: Served) -> None:
    await bot.send(BOARD, CHART)
    (picture,) = shown(bot)
    assert picture["alt_text"] == "Buy-in. County: 82; Eastvale: 31."
    async with bot.session.get(f"{bot.slack.address}/files/{picture['slack_file']['id']}") as response:
        image = Image.open(io.BytesIO(await response.read()))
    assert (response.status, image.format) == (200, "PNG")
    assert bot.slack.calls[-3:] == STEPS


async def test_the_same_chart_is_uploaded_once_and_another_anew(bot: Served) -> None:
    await bot.send(BOARD, CHART, CHART)
    first = shown(bot)[0]["slack_file"]
    await bot.send(BOARD, CHART)
    assert shown(bot)[0]["slack_file"] == first
    await bot.send(BOARD, OTHER)
    assert shown(bot)[0]["slack_file"] != first
    assert bot.slack.calls.count("files.completeUploadExternal") == 2


async def test_a_file_that_is_not_ready_yet_is_tried_again(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", times=2, error="invalid_blocks")
    await bot.send(BOARD, CHART)
    assert shown(bot)[0]["type"] == "image"
    assert bot.waits == [0.5, 1.0]


async def test_a_picture_that_is_refused_leaves_the_figures(bot: Served) -> None:
    bot.slack.fail("chat.postMessage", times=4, error="invalid_blocks")
    await bot.send(BOARD, CHART)
    assert figures_alone(bot)
    await bot.send(BOARD, CHART)
    assert shown(bot)[0]["type"] == "image"
    assert bot.slack.calls.count("files.completeUploadExternal") == 2


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize(("error", "status"), [("missing_scope", 200), ("", 500)])
async def test_an_upload_that_fails_leaves_the_figures(
    bot: Served, method: str, error: str, status: int
) -> None:
    bot.slack.fail(method, times=9, error=error, status=status)
    await bot.send(BOARD, CHART)
    assert figures_alone(bot)


async def test_trouble_with_an_upload_is_tried_again(bot: Served) -> None:
    bot.slack.fail("files.getUploadURLExternal", retry_after=3)
    await bot.send(BOARD, CHART)
    assert shown(bot)[0]["type"] == "image"
    assert bot.retries == [("slack", "ratelimited")]


async def test_a_whisper_with_a_picture_is_an_ephemeral_message(bot: Served) -> None:
    url = bot.slack.book.response_url(bot.slack.address, SlackReach("C0BOARD", person("asha")))
    await bot.send({"response_url": url, "channel": "C0BOARD", "user": "U0ASHA"}, CHART)
    assert shown(bot)[0]["type"] == "image"
    assert bot.slack.calls[-1] == "chat.postEphemeral"
    assert bot.slack.messages("slack-channel", "bryn") == []


async def test_a_whisper_that_takes_anothers_place_has_the_figures_alone(bot: Served) -> None:
    url = bot.slack.book.response_url(bot.slack.address, SlackReach("C0BOARD", person("asha")))
    to = {"response_url": url, "channel": "C0BOARD", "user": "U0ASHA"}
    await bot.send(to, CHART, instead="C0BOARD:1.000001")
    assert figures_alone(bot)
    assert bot.slack.calls[-1] == "response_url"


async def test_a_chart_takes_the_place_of_another(bot: Served) -> None:
    card = await bot.send(BOARD, CHART)
    first = shown(bot)[0]["slack_file"]
    bot.slack.fail("chat.update", error="invalid_blocks")
    assert await bot.send(BOARD, OTHER, instead=card or "") == card
    assert shown(bot)[0]["type"] == "image"
    assert shown(bot)[0]["slack_file"] != first


async def test_a_refused_upload_is_a_refusal_by_its_status(bot: Served) -> None:
    with pytest.raises(Undeliverable, match="upload_400"):
        await bot.calls.post(f"{bot.slack.address}/upload/F000000099", "upload", bot.wait, data=b"x")


# --- The stand-in says no where Slack would ---------------------------------------------------------


async def form(bot: Served, method: str, **fields: str) -> dict[str, Any]:
    """What a method answers to a form."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with bot.session.post(
        f"{bot.slack.address}/api/{method}", data=fields, headers=headers
    ) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def test_the_first_step_takes_forms_only(bot: Served) -> None:
    url = f"{bot.slack.address}/api/files.getUploadURLExternal"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with bot.session.post(url, json={"filename": "a.png", "length": 3}, headers=headers) as response:
        assert (await response.json())["error"] == "invalid_arguments"
    assert (await form(bot, "files.getUploadURLExternal", filename="a.png"))["error"] == "invalid_arguments"


async def test_as_many_bytes_as_announced_and_then_complete(bot: Served) -> None:
    begun = await form(bot, "files.getUploadURLExternal", filename="a.png", length="3")
    listed = f'[{{"id": "{begun["file_id"]}"}}]'
    assert (await form(bot, "files.completeUploadExternal", files=listed))["error"] == "file_not_found"
    url = begun["upload_url"]
    for address, content, status in ((url, b"ab", 400), (url[:-1], b"abc", 400), (url, b"abc", 200)):
        async with bot.session.post(address, data=content) as response:
            assert response.status == status
    async with bot.session.get(f"{bot.slack.address}/files/{begun['file_id']}") as response:
        assert response.status == 404
    assert (await form(bot, "files.completeUploadExternal", files=listed))["ok"]
    async with bot.session.get(f"{bot.slack.address}/files/{begun['file_id']}") as response:
        assert await response.read() == b"abc"


async def test_a_message_shows_complete_files_only(bot: Served) -> None:
    begun = await form(bot, "files.getUploadURLExternal", filename="a.png", length="3")
    for file in (begun["file_id"], "F000000099"):
        blocks = f'[{{"type": "image", "slack_file": {{"id": "{file}"}}, "alt_text": "x"}}]'
        assert (await form(bot, "chat.postMessage", channel="C0BOARD", blocks=blocks))[
            "error"
        ] == "invalid_blocks"
