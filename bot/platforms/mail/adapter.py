"""Mail as the web server sees it: the pages of its links, one sender, and a directory that asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from aiohttp import web

from bot.platforms.adapters import Directory
from bot.platforms.mail.directory import MailDirectory
from bot.platforms.mail.links import Links
from bot.platforms.mail.pages import MailPages
from bot.platforms.mail.relay import Relay
from bot.platforms.mail.send import MailSender
from bot.platforms.ports import InboundHandler, Sender
from bot.settings import Settings


class MailAdapter:
    """``adapters.Adapter`` for mail."""

    tenant = ""
    """Every domain is a tenant of its own, and none is ours."""

    def __init__(self, settings: Settings, handler: InboundHandler, now: Callable[[], datetime]) -> None:
        assert settings.smtp_url is not None
        assert settings.mail_link_key is not None
        links = Links(settings.mail_link_key.get_secret_value(), settings.public_url)
        domains = settings.mail_domains
        self._relay = Relay(settings.smtp_url.get_secret_value())
        self._pages = MailPages(handler, links, now)
        self.sender: Sender = MailSender(
            self._relay, links, settings.mail_from, settings.mail_reply_to, domains, now
        )
        self.directory: Directory = MailDirectory(domains)
        self.advisors: set[str] = set()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The pages."""
        return self._pages.routes()

    async def start(self) -> None:
        """Connections are made as mails are sent."""

    async def stop(self) -> None:
        """Keep no connection; what is under way is still delivered."""
        await self._relay.stop()


def connect(settings: Settings, handler: InboundHandler) -> MailAdapter:
    """Join mail to ``handler``."""
    return MailAdapter(settings, handler, lambda: datetime.now(UTC))
