"""Starting, stopping, and what is refused on arrival, in processes of their own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.embedded import Embedded
from tests.harness.process import Process, status

pytestmark = pytest.mark.servers


async def test_it_serves_says_what_is_on_and_stops_cleanly_on_ctrl_c(tmp_path: Path) -> None:
    async with Process(DATA_DIR=str(tmp_path)) as bot:
        await bot.ready()
        for path in ("/", "/healthz", "/readyz", "/metrics"):
            assert await status(bot.url + path) == 200, path
        assert await bot.interrupt() == 0
    assert "playground: on" in bot.output
    assert "Slack: off" in bot.output
    assert "Traceback" not in bot.output
    assert not (tmp_path / "valkey.sock").exists(), "the embedded server is stopped too"


async def test_a_second_run_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with Process(DATA_DIR=str(tmp_path)) as first:
        await first.ready()
        async with Process(DATA_DIR=str(tmp_path)) as second:
            assert await second.ended() == 1
        assert await status(f"{first.url}/readyz") == 200
    assert second.output.count("\n") == 1
    assert "DATA_DIR" in second.output


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    async with Process(DATA_DIR=str(tmp_path / "a")) as first:
        await first.ready()
        async with Process(DATA_DIR=str(tmp_path / "b"), PORT=str(first.port)) as second:
            assert await second.ended() == 1
    assert f"port {first.port} is in use" in second.output
    assert not (tmp_path / "b" / "valkey.sock").exists()


async def test_bad_settings_are_named_on_one_line(tmp_path: Path) -> None:
    async with Process(DATA_DIR=str(tmp_path), PORT="4000", RETENTION_DAYS="soon") as bot:
        assert await bot.ended() == 1
    assert bot.output.startswith("sharewise: bad settings: RETENTION_DAYS")
    assert bot.output.count("\n") == 1


async def test_a_knowledge_folder_with_errors_is_refused_by_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    (folder / "lessons").mkdir(parents=True)
    (folder / "deck.yaml").write_text("title: A deck\nauthour: Nobody\n")
    async with Process(DATA_DIR=str(tmp_path / "data"), KNOWLEDGE_DIR=str(folder)) as bot:
        assert await bot.ended() == 1
    assert f"the knowledge folder {folder} (KNOWLEDGE_DIR) can't be used" in bot.output
    assert "deck.yaml:2" in bot.output
    assert not (tmp_path / "data" / "lock").exists(), "no data store was begun"
    assert "Traceback" not in bot.output


async def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    async with Process(DATA_DIR=str(tmp_path / "file" / "data")) as bot:
        assert await bot.ended() == 1
    assert "DATA_DIR" in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize("command", ["web", "worker"])
async def test_processes_started_apart_need_a_shared_redis(command: str) -> None:
    async with Process(command) as bot:
        assert await bot.ended() == 1
    assert "REDIS_URL" in bot.output


async def test_web_and_worker_share_a_redis(redis_url: str) -> None:
    async with Process("web", REDIS_URL=redis_url) as web, Process("worker", REDIS_URL=redis_url) as worker:
        await web.ready()
        assert await status(f"{web.url}/readyz") == 200
        assert await worker.interrupt() == 0
        assert await web.interrupt() == 0


async def test_readyz_goes_red_without_redis_and_green_again(tmp_path: Path) -> None:
    server = Embedded(tmp_path)
    url = await server.start()
    async with Process("web", REDIS_URL=url) as bot:
        await bot.ready()
        assert await status(f"{bot.url}/readyz") == 200
        await server.stop()
        assert await status(f"{bot.url}/readyz") == 503
        assert await status(f"{bot.url}/healthz") == 200
        await server.start()
        assert await status(f"{bot.url}/readyz") == 200
    await server.stop()


async def test_a_worker_says_plainly_that_redis_is_away_and_goes_on_by_itself(tmp_path: Path) -> None:
    server = Embedded(tmp_path)
    url = await server.start()
    async with Process("worker", REDIS_URL=url) as worker:
        await worker.line("running")
        for _ in range(2):
            await server.stop()
            await worker.line("memory is away")
            await server.start()
        assert await worker.interrupt() == 0
    await server.stop()
    assert "Traceback" not in worker.output
    assert all(line.startswith(("{", "Sharewise")) for line in worker.output.splitlines())


ACTIVITY = {
    "type": "message",
    "id": "m1",
    "timestamp": "2026-11-23T10:00:00Z",
    "serviceUrl": "http://127.0.0.1:9",
    "channelId": "msteams",
    "from": {"id": "29:u1", "name": "Officer", "aadObjectId": "8d1c7d3e-0000-0000-0000-000000000001"},
    "conversation": {"id": "a:conv1", "conversationType": "personal", "tenantId": "t1"},
    "recipient": {"id": "28:bot", "name": "Sharewise"},
    "text": "hello",
    "channelData": {"tenant": {"id": "t1"}},
}


async def test_strangers_pages_are_kept_out_of_the_playground(tmp_path: Path) -> None:
    async with Process(DATA_DIR=str(tmp_path)) as bot:
        await bot.ready()
        teams, page = f"{bot.url}/api/messages", f"{bot.url}/"
        evil = {"Host": "evil.example"}
        assert await status(page, headers=evil) == 403
        assert await status(teams, json=ACTIVITY, headers=evil) == 403
        assert await status(teams, json=ACTIVITY, headers={"Origin": "http://evil.example"}) == 403
        assert await status(teams, json=ACTIVITY, headers={"Origin": "null"}) == 403
        assert await status(teams, data="{}", headers={"Content-Type": "text/plain"}) == 415
        assert await status(f"{bot.url}/playground/say", data="x=1") in (403, 404, 405, 415)
        foreign = {**ACTIVITY, "serviceUrl": "http://198.51.100.7/"}
        assert await status(teams, json=foreign) == 403


async def test_with_a_platform_connected_the_playground_and_the_other_platform_are_off(
    tmp_path: Path,
) -> None:
    slack = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    async with Process(DATA_DIR=str(tmp_path), **slack) as bot:
        await bot.ready()
        assert await status(f"{bot.url}/") == 404
        assert await status(f"{bot.url}/api/messages", json=ACTIVITY) in (401, 403, 404)
        assert await status(f"{bot.url}/slack/events", json={"type": "event_callback"}) == 401
    assert "playground: off" in bot.output
    assert "xoxb-1" not in bot.output


def test_unanswered_lists_questions_of_the_playground(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "unanswered"],
        env={"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "No unanswered questions.\n"


@pytest.mark.parametrize("command", [[], ["run"], ["web"], ["worker"], ["doctor"], ["chat"], ["unanswered"]])
async def test_every_command_has_help(command: list[str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *command, "--help"), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    assert b"Usage" in output
