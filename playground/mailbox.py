"""Everybody's mailbox, for whom mails are: a small mail server, and a page that shows what came."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import escape

import msgspec
from aiohttp import web

from bot.platforms.strict_pages import headers

DOMAINS = (".gov.uk", ".nhs.uk", ".police.uk", ".example")
"""Whom the playground may write to: nothing leaves this machine anyway."""
KEPT, SHOWN = 200, 50
"""Mails that are kept, and shown."""
LONGEST = 1_000_000
"""Bytes of a mail."""
NAME = "mailbox"
"""How the page's live events call it."""

_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_STYLE = (
    ":root{color-scheme:light dark;--ink:#1d1d1f;--paper:#fff;--link:#0b4f8a;--line:#6b6b70}"
    "@media(prefers-color-scheme:dark){:root{--ink:#f2f2f4;--paper:#1b1b1e;--link:#9ecbf5;--line:#a0a0a8}}"
    "body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:42rem;"
    "margin:0 auto;padding:1rem;overflow-wrap:anywhere}h1{font-size:1.4rem}a{color:var(--link)}"
    "article{border:1px solid var(--line);border-radius:.5rem;padding:0 1rem 1rem;margin:1rem 0}"
    "article>h2{font-size:1.1rem;margin-bottom:0}article>p{margin-top:0}article h2+p{color:inherit}"
    "blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid var(--line)}"
    ".ways{display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0}"
    ".ways a{padding:.5rem .8rem;border:2px solid var(--link);border-radius:.4rem;font-weight:600}"
    "footer{margin-top:1.5rem;border-top:1px solid var(--line);font-size:.9375rem}"
    "pre{white-space:pre-wrap}:focus-visible{outline:3px solid var(--link);outline-offset:3px}"
)
_HEADERS = headers(_STYLE)


class Mail(msgspec.Struct):
    """One that came."""

    to: str
    subject: str
    text: str
    html: str
    at: float
    """When it was written, in seconds since 1970, by the playground's clock."""


class MailboxStandIn:
    """The server on ``port`` of this machine, and the page of all that it was given."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.mails: list[Mail] = []
        self.changed: Callable[[str], None] = lambda place: None
        self._server: asyncio.Server | None = None
        self._talking: set[asyncio.StreamWriter] = set()

    def routes(self) -> Sequence[web.RouteDef]:
        """The page, and how many mails there are."""
        return [web.get("/playground/mailbox", self._page), web.get("/playground/mails", self._count)]

    async def open(self, app: web.Application) -> None:
        """Take mails."""
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self._port, limit=LONGEST)

    async def close(self) -> None:
        """Take no more."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._talking):
            writer.close()

    def kept(self) -> list[Mail]:
        """What is to be there at the next start."""
        return self.mails[-KEPT:]

    def restore(self, mails: Sequence[Mail]) -> None:
        """Let all be as it was."""
        self.mails = list(mails)

    def clear(self) -> None:
        """Forget all mails."""
        self.mails.clear()
        self.changed(NAME)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as much of SMTP (RFC 5321) as whoever sends a mail needs."""

        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        self._talking.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            await say("220 playground")
            while line := await reader.readline():
                match line[:4].upper().strip():
                    case b"DATA":
                        await say("354 go on")
                        self._take(await reader.readuntil(b"\r\n.\r\n"))
                        await say("250 taken")
                    case b"QUIT":
                        await say("221 goodbye")
                        break
                    case b"EHLO" | b"HELO" | b"MAIL" | b"RCPT" | b"RSET" | b"NOOP":
                        await say("250 fine")
                    case _:
                        await say("502 not here")
        self._talking.discard(writer)
        writer.close()

    def _take(self, data: bytes) -> None:
        mail = message_from_bytes(data[:-3].replace(b"\r\n..", b"\r\n."), policy=default)
        assert isinstance(mail, EmailMessage)
        date = mail["Date"].datetime if mail["Date"] else None
        at = (date or datetime.now(UTC)).timestamp()
        self.mails.append(
            Mail(str(mail["To"]), str(mail["Subject"]), _part(mail, "plain"), _part(mail, "html"), at)
        )
        del self.mails[:-KEPT]
        self.changed(NAME)

    async def _count(self, request: web.Request) -> web.Response:
        return web.json_response({"count": len(self.mails)})

    async def _page(self, request: web.Request) -> web.Response:
        newest = list(enumerate(self.mails))[::-1][:SHOWN]
        shown = "".join(_article(mail, number) for number, mail in newest)
        none = (
            "<p>No mail has come yet. As an advisor, tell Sharewise: “remind casey@anyshire.gov.uk tomorrow "
            "at 9 to sign the budget”, press Start, and move the time on.</p>"
        )
        text = (
            '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Mailbox · Sharewise '
            'playground</title><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<style>{_STYLE}</style></head>\n<body><main><h1>Mailbox</h1>"
            "<p>What people got who are in neither Slack nor Teams, the newest first. Nothing here left this "
            f"machine, and the links work.</p>{shown or none}</main></body></html>\n"
        )
        return web.Response(text=text, content_type="text/html", headers=_HEADERS)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return str(body.get_content()) if body is not None else ""


def _article(mail: Mail, number: int) -> str:
    """A mail as its reader sees it. Its HTML is Sharewise's own, and the page lets nothing run or load."""
    body, when = _BODY.search(mail.html), datetime.fromtimestamp(mail.at, UTC)
    inner = body[1].replace("<main>", "<div>").replace("</main>", "</div>") if body else ""
    return (
        f'<article aria-labelledby="mail-{number}"><h2 id="mail-{number}">{escape(mail.subject)}</h2>'
        f"<p>To {escape(mail.to)}, {when:%-d %B %Y, %H:%M} UTC</p>"
        f"{inner or f'<pre>{escape(mail.text)}</pre>'}</article>"
    )
