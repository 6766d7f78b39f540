"""A reply as a mail: plain text first, the same as simple HTML, and for each button a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape

from bot.platforms.mail.html import html
from bot.platforms.mail.links import GOOD_FOR, STOP_GOOD_FOR, Link, Links
from bot.platforms.ports import OutboxMessage
from dialogs.core.commands import ALL, MyData, SeriesAct, encode
from dialogs.core.mentions import spoken
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Choice, Reply
from dialogs.core.router import act_of
from dialogs.core.text import clipped
from dialogs.wording import mail as words

SUBJECT = 120
"""Characters of a subject."""
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n")

_STYLE = (
    "body{font:16px/1.5 system-ui,Arial,sans-serif;color:#1d1d1f;background:#fff;max-width:36em;"
    "margin:0 auto;padding:1em}a{color:#0b4f8a}.ways a{display:inline-block;padding:.6em 1em;margin:.2em 0;"
    "border:2px solid #0b4f8a;border-radius:.4em;font-weight:bold}blockquote{margin:1em 0;padding-left:1em;"
    "border-left:4px solid #6b6b70}footer{margin-top:2em;padding-top:1em;border-top:1px solid #6b6b70}"
)


def series_act(says: str) -> SeriesAct | None:
    """What the words of a button do to a series; None for words of another kind."""
    act = act_of(says)
    return act if isinstance(act, SeriesAct) else None


def label_of(choice: Choice) -> str:
    """What a button says where it stands alone, out of its card."""
    act = series_act(choice.says)
    if act is None:
        return spoken(choice.label)
    if act.act == "answer":
        return words.ANSWER.format(value=act.rest)
    if act.act in ("stop", "start again") and act.series == ALL:
        return words.STOP_ALL if act.act == "stop" else spoken(choice.label)
    return words.PRESS.get((act.act, act.rest), spoken(choice.label))


def link_of(person: str, choice: Choice, at: datetime) -> Link:
    """The link that a button becomes for ``person``; ``at``: when its mail or page was made."""
    act = series_act(choice.says)
    lasts: timedelta = STOP_GOOD_FOR if act is not None and act.act == "stop" else GOOD_FOR
    return Link(person, choice.says, label_of(choice), int((at + lasts).timestamp()))


def body(reply: Reply) -> dict[str, str]:
    """What a mail says, without links: for looking at it."""
    return {
        "text": "\n\n".join((plain(reply), *(label_of(choice) for choice in choices(reply)))).strip(),
        "html": html(reply, lambda choice: f"<strong>{escape(label_of(choice))}</strong>"),
    }


def mail(message: OutboxMessage, links: Links, sender: str, reply_to: str, now: datetime) -> EmailMessage:
    """The mail that carries ``message``. ``sender``, ``reply_to``: as settings have them; ``now``: for what
    says nothing of when it was made."""
    at = datetime.fromtimestamp(message.at, UTC) if message.at else now
    person, reply = message.speaker, message.reply
    address = message.to["address"]

    def url(choice: Choice) -> str:
        return links.url(link_of(person, choice, at))

    offered = choices(reply)
    everything = Choice(words.STOP_ALL, encode(SeriesAct("stop", ALL)))
    kept = Choice(words.KEPT, encode(MyData()))
    footer = _footer(address, reply_to)
    found = EmailMessage(policy=SMTP)
    found["Subject"] = _subject(message)
    found["From"], found["To"] = sender, address
    if reply_to:
        found["Reply-To"] = reply_to
    found["Date"] = format_datetime(at)
    # The same for the same message: who gets it twice after a crash is shown it once by most programs.
    domain = parseaddr(sender)[1].rpartition("@")[2]
    found["Message-ID"] = f"<{''.join(c for c in message.id if c.isalnum() or c in '-_.')}@{domain}>"
    stops = next((choice for choice in offered if _stops(choice)), everything)
    found["List-Unsubscribe"] = f"<{url(stops)}>"
    found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    found["Auto-Submitted"], found["X-Auto-Response-Suppress"] = "auto-generated", "All"
    ways = [*offered, everything, kept]
    lines = [plain(reply), *(f"{label_of(choice)}:\n{url(choice)}" for choice in offered), "-- ", *footer]
    lines += [f"{label_of(choice)}:\n{url(choice)}" for choice in ways[len(offered) :]]
    found.set_content("\n\n".join(lines) + "\n", cte="quoted-printable")
    found.add_alternative(_html(reply, footer, ways[len(offered) :], url, found["Subject"]), subtype="html")
    return found


def _html(
    reply: Reply, footer: list[str], below: list[Choice], url: Callable[[Choice], str], title: str
) -> str:
    def button(choice: Choice) -> str:
        return f'<a href="{escape(url(choice))}">{escape(label_of(choice))}</a>'

    end = "".join(f"<p>{escape(line)}</p>" for line in footer)
    end += "".join(f"<p>{button(choice)}</p>" for choice in below)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(str(title))}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main>{html(reply, button)}</main><footer>{end}</footer></body></html>\n"
    )


def _stops(choice: Choice) -> bool:
    """Whether it stops the mails of whoever gets them, who may answer for somebody else."""
    act = series_act(choice.says)
    return act is not None and act.act == "stop" and not act.behalf


def _subject(message: OutboxMessage) -> str:
    reply = message.reply
    return clipped(spoken(reply.subject) or _SENTENCE.split(plain(reply))[0] or words.PAGE, SUBJECT)


def _footer(address: str, reply_to: str) -> list[str]:
    replies = words.REPLIES.format(address=parseaddr(reply_to)[1]) if reply_to else words.NO_REPLIES
    return [words.SENT_TO.format(address=address), f"{words.LINKS} {words.THEIRS}", replies]
