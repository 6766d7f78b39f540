"""Connects the bot to the stand-ins, where no platform is connected."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from aiohttp import web
from pydantic import SecretStr

from bot.delivery.clock import Clock
from bot.delivery.scheduler import Scheduler
from bot.platforms.mail.links import kept_key
from bot.settings import Settings
from bot.storage.connection import MemoryAway
from dialogs.questions.blocks import examples
from knowledge import Knowledge
from playground.app import Playground
from playground.connector import TeamsStandIn
from playground.mailbox import DOMAINS, MailboxStandIn, free_port
from playground.memory import VERSION, Keeper, MemoryFile, PlaygroundMemory
from playground.slack_api import PREFIX as SLACK_PREFIX
from playground.slack_api import SlackStandIn
from playground.slack_book import ADVISORS_CHANNEL
from playground.stage import ADVISOR, ORGANISATIONS, PEOPLE, SLACK_TEAM, Refused

AWAY = "Sharewise's memory is away just now, so time stands still. Try again in a moment."


def pretend(settings: Settings, url: str) -> Settings:
    """``settings`` with the Slack stand-in served at ``url`` as Slack, a mailbox on this machine as
    everybody's, and the playground's advisor."""
    advisor = next(person for person in PEOPLE if person.key == ADVISOR)
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(f"xoxb-playground-{secrets.token_hex(8)}"),
            "slack_signing_secret": SecretStr(secrets.token_hex(16)),
            "slack_api_url": f"{url}{SLACK_PREFIX}/api/",
            "public_url": url,
            "smtp_url": SecretStr(f"smtp://127.0.0.1:{free_port()}"),
            "mail_from": "Sharewise <sharewise@playground.example>",
            "mail_reply_to": "",
            "mail_domains": DOMAINS,
            "mail_link_key": SecretStr(kept_key(settings.data_dir)),
            "screen_key": SecretStr(kept_key(settings.data_dir)),
            # The stand-in has limits by its own time, in which a month can take seconds.
            "platform_limits": False,
            "organisations": tuple(
                f"{platform}:{team}={name}"
                for name, teams in ORGANISATIONS.items()
                for platform, team in zip(("slack", "teams"), teams, strict=True)
            ),
            "advisors_channel": settings.advisors_channel or f"slack:{SLACK_TEAM}/{ADVISORS_CHANNEL}",
            "advisors": (
                *settings.advisors,
                f"{SLACK_TEAM}/{advisor.slack_id}",
                f"{ORGANISATIONS[advisor.organisation][1]}/{advisor.teams_id}",
            ),
        }
    )


class PlaygroundPlatforms:
    """Both stand-ins, their memory and their page (``bot.app.local_platforms.LocalPlatforms``)."""

    def __init__(
        self,
        settings: Settings,
        url: str,
        knowledge: Knowledge,
        clock: Clock,
        schedule: Scheduler,
        settled: Callable[[], Awaitable[None]],
    ) -> None:
        """``settings``: as ``pretend`` gives them, for the same ``url``.

        ``settled`` waits until what was committed has been delivered.
        """
        assert settings.slack_signing_secret is not None
        assert settings.slack_bot_token is not None
        assert settings.smtp_url is not None
        self._clock, self._schedule, self._settled = clock, schedule, settled
        self._slack = SlackStandIn(
            url,
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            token=settings.slack_bot_token.get_secret_value(),
            clock=self._seconds,
        )
        self._teams = TeamsStandIn(url, clock=self._seconds)
        self._mailbox = MailboxStandIn(urlsplit(settings.smtp_url.get_secret_value()).port or 0)
        self._memory = Keeper(MemoryFile(settings.data_dir), self._gather)
        starters = [*(option.says for option in examples(knowledge).options), "help"]
        self._page = Playground(
            self._slack, self._teams, starters, clock=self, memory=self._memory, mailbox=self._mailbox
        )

    def restore(self) -> None:
        """Let all be as it was, the clock included. Before anything is scheduled by it."""
        memory = self._memory.file.read()
        if memory is None:
            return
        self._clock.ahead = timedelta(seconds=memory.ahead)
        self._slack.restore(memory.slack)
        self._teams.restore(memory.teams)
        self._page.crowd.restore(memory.crowd)
        self._page.duties.restore(memory.duties)
        self._mailbox.restore(memory.mails)

    def mount(self, app: web.Application) -> None:
        """Serve the page and both stand-ins from ``app``; their memory is written when it is cleaned up."""
        for part in (self._slack, self._teams, self._page, self._mailbox):
            app.add_routes(part.routes())
        app.on_startup.append(self._mailbox.open)
        app.on_shutdown.append(self._page.stop)
        app.on_cleanup.append(self._close)

    def now(self) -> datetime:
        """What it is now in the playground."""
        return self._clock.now()

    async def forward(self, by: timedelta) -> int:
        """Move the playground's time; what falls due on the way has been done then. How much that was.

        Raises Refused while memory is away.
        """
        try:
            fell = await self._schedule.forward(by, self._settled)
        except MemoryAway:
            raise Refused(AWAY) from None
        self._memory.changed()
        return fell

    def _seconds(self) -> float:
        return self._clock.now().timestamp()

    def _gather(self) -> PlaygroundMemory:
        return PlaygroundMemory(
            VERSION,
            self._clock.ahead.total_seconds(),
            self._slack.kept(),
            self._teams.kept(),
            self._page.crowd.kept(),
            self._page.duties.kept(),
            self._mailbox.kept(),
        )

    async def _close(self, app: web.Application) -> None:
        await self._slack.close()
        await self._teams.close()
        await self._mailbox.close()
        await self._memory.stop()
