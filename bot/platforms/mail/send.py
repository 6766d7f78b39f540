"""The one sender of mails (``bot.platforms.ports.Sender``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.platforms.mail.links import Links
from bot.platforms.mail.relay import Relay
from bot.platforms.mail.render import mail
from bot.platforms.ports import OutboxMessage, Undeliverable, Wait
from dialogs.core.addresses import allowed, person_of

NOT_ALLOWED = "mail_domain"


class MailSender:
    """Sends mails to the domains that the settings allow, and to no others."""

    def __init__(
        self,
        relay: Relay,
        links: Links,
        sender: str,
        reply_to: str,
        domains: Sequence[str],
        now: Callable[[], datetime],
    ) -> None:
        """``sender``, ``reply_to``, ``domains``: as the settings have them."""
        self._relay, self._links, self._now = relay, links, now
        self._sender, self._reply_to, self._domains = sender, reply_to, tuple(domains)

    async def send(self, message: OutboxMessage, wait: Wait) -> str | None:
        """Send it; a mail can't be replaced, so there is no id by which it is named later."""
        if message.instead:
            return None
        if not allowed(person_of(message.to["address"]), self._domains):
            raise Undeliverable(NOT_ALLOWED)
        await self._relay.send(mail(message, self._links, self._sender, self._reply_to, self._now()))
        return None
