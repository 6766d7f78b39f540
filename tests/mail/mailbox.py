"""A mail server of our own, which keeps what it is given, or refuses it as it is told to."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

_LINK = re.compile(r"^(?P<label>.+):\n\s*(?P<url>https?://\S+)$", re.MULTILINE)


class Mailbox:
    """Everybody's. ``async with`` opens it."""

    def __init__(
        self, port: int, password: str = "", tls: ssl.SSLContext | None = None, at_once: bool = False
    ) -> None:
        """``password``: without it nobody gets in, where there is one.

        ``tls``: it offers STARTTLS, or (``at_once``) is TLS from the first byte.
        """
        self.port, self._password, self._tls, self._at_once = port, password, tls, at_once
        self.mails: list[EmailMessage] = []
        """All that was taken, in order."""
        self.refuses: dict[str, str] = {}
        """Address -> what is answered to whoever writes there."""
        self.sender_refused = ""
        self.by_tls: list[bool] = []
        """Of each mail that was taken, whether it came by TLS."""
        self.connections = self.logins = 0
        self.hold: asyncio.Event | None = None
        """A mail is taken, but that isn't said before this is set."""
        self._changed = asyncio.Condition()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Mailbox:
        loop = asyncio.get_running_loop()

        def connection() -> SMTP:
            self.connections += 1
            login: dict[str, Any] = {}
            if self._password:
                login = {
                    "auth_required": True, "auth_require_tls": self._tls is not None,
                    "authenticator": self._login,
                }  # fmt: skip
            return SMTP(self, loop=loop, enable_SMTPUTF8=True, tls_context=self._tls, **login)

        self._server = await loop.create_server(
            connection, "127.0.0.1", self.port, ssl=self._tls if self._at_once else None
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server is not None
        self._server.close()

    def _login(
        self, server: object, session: object, envelope: object, mechanism: str, data: Any
    ) -> AuthResult:
        self.logins += 1
        return AuthResult(success=data.password.decode() == self._password, handled=False)

    async def handle_MAIL(
        self, server: object, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_refused:
            return self.sender_refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: object, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: object, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        async with self._changed:
            self.mails.append(mail)
            self.by_tls.append(session.ssl is not None)
            self._changed.notify_all()
        if self.hold is not None:
            await self.hold.wait()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What came for one."""
        return [mail for mail in self.mails if mail["To"] == address]

    async def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until what came satisfies a condition."""
        try:
            async with asyncio.timeout(60), self._changed:
                await self._changed.wait_for(holds)
        except TimeoutError:
            raise AssertionError(
                f"{what}: {[(mail['To'], mail['Subject']) for mail in self.mails]}"
            ) from None

    async def newest(self, address: str, count: int = 1) -> EmailMessage:
        """The newest mail to somebody, once there are ``count``."""
        await self.until(lambda: len(self.to(address)) >= count, f"mail {count} to {address}")
        return self.to(address)[-1]


def text(mail: EmailMessage) -> str:
    """What a mail says to who reads it as plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def links(mail: EmailMessage) -> dict[str, str]:
    """Where its links lead, by what they say."""
    return {found["label"]: found["url"] for found in _LINK.finditer(text(mail))}
