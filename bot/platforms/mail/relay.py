"""Connections to the mail server that takes our mails, and what its answers mean."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot.platforms.ports import Revoked, Unavailable, Undeliverable, Unreachable
from bot.setting_values import is_loopback

AT_ONCE = 4
"""Connections at a time: few, as mail servers like it."""
IDLE_SECONDS = 20.0
"""How long a connection is kept for the next mail."""
PATIENCE = 30.0
NO_MAILBOX, REFUSED = "no_such_mailbox", "mail_refused"
NO_TLS = "it offers no STARTTLS, without which I don't log in: try smtps:// in SMTP_URL"
NO_LOGIN = "it takes no login: leave user and password out of SMTP_URL"
SETUP = "check SMTP_URL and MAIL_FROM with whoever runs the mail server"

_POLICY = re.compile(r"5\.7\.\d+")
"""An enhanced status (RFC 3463) that tells of rules, not of the address."""
_MAILBOX = (550, 551, 553)


class Relay:
    """The server at one address; ``smtp://`` (with STARTTLS, unless it is this machine) or ``smtps://``."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        secure, host = parts.scheme == "smtps", parts.hostname or ""
        self.host, self._port = host, parts.port or (465 if secure else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._secure, self._local = secure, is_loopback(host)
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []
        self._stopped = False
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def send(self, mail: EmailMessage) -> None:
        """Hand a mail over. Raises Undeliverable, Unavailable, or Revoked where the server refuses us."""
        async with self._slots:
            client = await self._connected()
            try:
                await client.send_message(mail)
            except aiosmtplib.SMTPRecipientsRefused as error:
                await _close(client)
                first = error.recipients[0]
                raise _of_recipient(first.code, first.message) from None
            except aiosmtplib.SMTPSenderRefused as error:
                await _close(client)
                raise _of_us(error.code, "sender_refused") from None
            except aiosmtplib.SMTPResponseException as error:
                await _close(client)
                raise _of_mail(error.code) from None
            except (aiosmtplib.SMTPException, OSError) as error:
                await _close(client)
                raise Unavailable(type(error).__name__) from None
            if self._stopped:
                await _close(client)
            else:
                self._idle.append((time.monotonic(), client))

    async def greet(self) -> bool:
        """Connect and log in, and leave; whether it was by TLS. Raises as ``send``."""
        client = await self._connected()
        secure = client.get_transport_info("sslcontext") is not None
        await _close(client)
        return secure

    async def stop(self) -> None:
        """Close what is open; what is still sent closes its own."""
        self._stopped = True
        idle, self._idle = self._idle, []
        for _, client in idle:
            await _close(client)

    async def _connected(self) -> aiosmtplib.SMTP:
        while self._idle:
            since, client = self._idle.pop()
            if time.monotonic() - since < IDLE_SECONDS and client.is_connected:
                return client
            await _close(client)
        client = aiosmtplib.SMTP(
            hostname=self.host, port=self._port, use_tls=self._secure, start_tls=False, timeout=PATIENCE
        )
        try:
            await client.connect()
            await self._begin(client)
        except aiosmtplib.SMTPAuthenticationError as error:
            await _close(client)
            raise _of_us(error.code, "login_refused") from None
        except Revoked:
            await _close(client)
            raise
        except (aiosmtplib.SMTPException, OSError) as error:
            await _close(client)
            # Where it is TLS from the first byte, the client wraps what was wrong.
            for wrong in (error, error.__cause__):
                if isinstance(wrong, ssl.SSLCertVerificationError):
                    raise Revoked("bad_certificate", _untrusted(wrong)) from None
            raise Unavailable(type(error).__name__) from None
        return client

    async def _begin(self, client: aiosmtplib.SMTP) -> None:
        """STARTTLS and the login. The client's own refusals don't tell what it was that was missing."""
        await client.ehlo()
        if not self._secure and client.supports_extension("starttls"):
            await client.starttls()
            await client.ehlo()
        elif not (self._secure or self._local):
            raise Revoked("no_tls", NO_TLS)
        if self._user:
            if not client.supports_extension("auth"):
                raise Revoked("no_login", NO_LOGIN)
            await client.login(self._user, self._password)


def _untrusted(error: ssl.SSLCertVerificationError) -> str:
    wrong = error.verify_message.rstrip(".")
    way_out = "name it in SMTP_URL as that does; an authority of your own goes into SSL_CERT_FILE"
    return f"its certificate can't be trusted ({wrong}): {way_out}"


def _of_recipient(code: int, said: str) -> Exception:
    if code < 500:
        return Unavailable(str(code))
    if code in _MAILBOX and not _POLICY.search(said):
        return Unreachable(NO_MAILBOX)
    return Undeliverable(REFUSED)


def _of_mail(code: int) -> Exception:
    return Undeliverable(REFUSED) if code >= 500 else Unavailable(str(code))


def _of_us(code: int, reason: str) -> Exception:
    return Revoked(reason, SETUP) if code >= 500 else Unavailable(str(code))


async def _close(client: aiosmtplib.SMTP) -> None:
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=1.0)
    client.close()
