"""Platforms in the test's own process, so that they outlive a Sharewise that is killed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from bot.platforms.ports import OutboxMessage
from bot.storage.connection import Connection
from bot.storage.keys import kind_of
from playground.slack_api import SlackStandIn
from playground.stage import Person
from tests.harness.http import free_port, served

TOKEN = "xoxb-17-never-in-a-log"
SECRET = "9d0f7c-signing-never-in-a-log"


@asynccontextmanager
async def slack_beside(bot_port: int) -> AsyncIterator[tuple[SlackStandIn, dict[str, str]]]:
    """Slack for a bot on ``bot_port``, and the settings that connect the bot to it."""
    port = free_port()
    slack = SlackStandIn(
        f"http://127.0.0.1:{bot_port}",
        signing_secret=SECRET,
        token=TOKEN,
        url=f"http://127.0.0.1:{port}",
        limits=False,
        pause=0.0,
    )
    async with served(slack.routes(), port):
        yield (
            slack,
            {
                "PORT": str(bot_port),
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": f"{slack.address}/api/",
                "QUESTIONS_PER_MINUTE": "100000",
            },
        )
        await slack.close()


def officer(number: int) -> Person:
    """One of any number of people."""
    return Person(
        key=f"officer-{number}",
        name=f"Officer {number}",
        organisation="Northshire County",
        slack_id=f"U{number:05d}",
        teams_id=f"00000000-0000-4000-8000-{number:012d}",
        email=f"officer.{number}@northshire.example",
    )


async def undelivered(redis_url: str) -> list[OutboxMessage]:
    """The replies that stand in the outbox now."""
    connection = Connection(redis_url)
    queues = [key for key in await connection.call("KEYS", "*") if kind_of(key.decode()) == "outbox"]
    messages = [await connection.call("LRANGE", queue, 0, -1) for queue in queues]
    await connection.close()
    return [msgspec.msgpack.decode(message, type=OutboxMessage) for queue in messages for message in queue]
