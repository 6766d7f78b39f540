"""The peers that Sharewise is timed against: each SDK's own echo bot, written as its guide writes it.

``python -m tools.bench.peers NAME PORT STUB`` serves one; STUB is the stand-in platform's address.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from aiohttp import web


def slack_echo(port: int, stub: str) -> None:
    """bolt's echo, as documented: async app, default client, default middleware."""
    from slack_bolt.app.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=f"{stub}/api/")
    app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])

    @app.event("message")
    async def echo(message: dict[str, Any], say: Any) -> None:
        await say(message["text"])

    app.start(port)


def teams_echo(port: int, cached: bool) -> None:
    """``CloudAdapter``'s echo, as documented; ``cached`` keeps one retry policy, its costliest part."""
    from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

    class Config:
        APP_ID = ""
        APP_PASSWORD = ""
        APP_TYPE = "MultiTenant"
        APP_TENANTID = ""

    if cached:
        from msrest.universal_http import requests

        policy = requests.ClientRetryPolicy()
        requests.ClientRetryPolicy = lambda: policy

    class Echo(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(MessageFactory.text(turn_context.activity.text))

    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config())), Echo()

    async def messages(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, bot) or web.Response(status=201)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    name, port, stub = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if name == "slack-echo":
        slack_echo(port, stub)
    else:
        teams_echo(port, cached=name == "teams-echo-cached")
