"""Where the links of mails lead: a page that asks, with one button; only pressing that does something.

Programs that look at mails open each link of them (GET, HEAD): nothing comes of that. Who presses says what
the link says, as whose it is, and sees what came of it. What is kept about somebody, and the question whether
to erase it, goes to their mailbox instead: a mail may have been forwarded, and its links with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import uuid4

from aiohttp import web

from bot.platforms.mail import page
from bot.platforms.mail.links import PATH, Link, Links
from bot.platforms.mail.render import label_of, link_of, series_act
from bot.platforms.ports import InboundEvent, InboundHandler, Result
from dialogs.core.addresses import PLATFORM, address_of, domain_of, masked
from dialogs.core.commands import ALL, ForgetMe, MyData, SeriesAct, encode
from dialogs.core.events import Event, Looked, Place, Submitted, Utterance
from dialogs.core.replies import Choice
from dialogs.wording import mail as words
from dialogs.wording.dates import full_date

LONGEST_VALUE = 8_000
"""Characters of a field that are read."""

_WAYS = (
    Choice(words.STOP_ALL, encode(SeriesAct("stop", ALL))),
    Choice(words.KEPT, encode(MyData())),
    Choice(words.FORGET, encode(ForgetMe())),
)


class MailPages:
    """Serves them."""

    def __init__(self, handler: InboundHandler, links: Links, now: Callable[[], datetime]) -> None:
        self._handler, self._links, self._now = handler, links, now

    def routes(self) -> Sequence[web.RouteDef]:
        """One address: looked at, and pressed."""
        return [web.get(f"{PATH}{{token}}", self._look), web.post(f"{PATH}{{token}}", self._press)]

    async def _look(self, request: web.Request) -> web.Response:
        """What a link is about, and the button that does it."""
        link = self._links.read(request.match_info["token"])
        if link is None or self._over(link):
            return self._useless(link)
        result = await self._handler.run(_inbound(link, Looked(link.says)))
        parts = [page.said(words.WHOSE.format(whom=masked(link.person)))]
        for reply in result.replies:
            parts.append(page.shown(reply, self._token(link), lambda choice: link.label))
        if not result.replies:
            parts.append(page.button(self._links.token(link), link.label, main=True))
        return _answer(page.page(link.label, parts, self._foot(link)))

    async def _press(self, request: web.Request) -> web.Response:
        """Do what a link says."""
        link = self._links.read(request.match_info["token"])
        if link is None or self._over(link):
            return self._useless(link)
        values = await _values(request)
        filled = values.pop("form", "") == "1"
        event: Event = Submitted(link.says, values) if filled else Utterance(link.says, pressed=True)
        result = await self._handler.run(_inbound(link, event))
        if result.outcome != "done":
            parts = [page.said(words.AGAIN), page.button(self._links.token(link), link.label, main=True)]
            return _answer(page.page(link.label, parts, self._foot(link)), 503)
        return _answer(
            page.page(link.label, self._came(link, result), self._foot(link), wrong=bool(result.errors))
        )

    def _came(self, link: Link, result: Result) -> list[str]:
        """What came of a press."""
        if result.form is not None:
            token = self._token(link)(Choice(result.form.submit, result.form.says))
            return [page.form(result.form, token, result.errors)]
        if series_act(link.says) is None:
            return [page.said(words.BY_MAIL_TO.format(whom=masked(link.person)))]
        replies = [page.shown(reply, self._token(link), label_of) for reply in result.replies]
        return replies or [page.said(result.note or words.NOTHING)]

    def _useless(self, link: Link | None) -> web.Response:
        """A link that does nothing, and the way on."""
        if link is None:
            return _answer(page.page(words.UNREADABLE_TITLE, [page.said(words.UNREADABLE)]), 404)
        date = full_date(datetime.fromtimestamp(link.until, UTC))
        parts = [page.said(words.EXPIRED.format(date=date))]
        return _answer(page.page(words.EXPIRED_TITLE, parts, self._foot(link)), 410)

    def _foot(self, link: Link) -> list[str]:
        """What can be done besides, on any page."""
        token = self._token(link)
        return [page.way(token(choice), choice.label) for choice in _WAYS if choice.says != link.says]

    def _token(self, link: Link) -> Callable[[Choice], str]:
        return lambda choice: self._links.token(link_of(link.person, choice, self._now()))

    def _over(self, link: Link) -> bool:
        return self._now().timestamp() > link.until


def _inbound(link: Link, event: Event) -> InboundEvent:
    """``event`` as it is done by whoever the link belongs to."""
    address = address_of(link.person)
    return InboundEvent(
        event=event,
        speaker=link.person,
        place=Place(PLATFORM, "direct"),
        tenant=f"{PLATFORM}:{domain_of(link.person)}",
        conversation=address,
        idempotency_keys=(f"page {uuid4().hex}",),
        to={"address": address},
        private_to={"address": address},
        note_to=None,
        can_open=True,
        profile={"name": address},
        in_answer=series_act(link.says) is not None,
    )


async def _values(request: web.Request) -> dict[str, str]:
    """What was filled in; nothing of what isn't a form's."""
    if request.content_type != "application/x-www-form-urlencoded":
        return {}
    posted = await request.post()
    return {name: ",".join(str(value) for value in posted.getall(name))[:LONGEST_VALUE] for name in posted}


def _answer(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html", headers=page.HEADERS)
