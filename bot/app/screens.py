"""The big screen: a live quiz or check as one large page, for the room where people sit together.

Its link is signed and names one session; it ends a day after the close. Whoever has it sees what everybody in
the session's places sees, without people's names where the session has none; nothing can be done by it.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from bot.app.screen_page import HEADERS, page
from bot.storage.connection import MemoryAway
from bot.storage.migrations import UnreadableState
from bot.storage.sessions import SessionStore
from dialogs.core.replies import Reply, Text, Title
from dialogs.sessions.screen import big_screen
from dialogs.wording import screen as words
from knowledge import Knowledge

PATH = "/screen/"
GOOD_FOR = timedelta(days=1)
"""How long after the close a link still shows what came of it."""
LONGEST = 200
"""Characters of a token that is read."""


class Screens:
    """Makes links, and serves the pages that they lead to."""

    def __init__(
        self,
        key: str,
        url: str,
        store: SessionStore,
        knowledge: Callable[[], Knowledge],
        now: Callable[[], datetime],
    ) -> None:
        """``key``: the secret of the deployment; ``url``: its address, without a slash at its end."""
        self._key, self._url = key.encode(), url
        self._store, self._knowledge, self._now = store, knowledge, now

    def link(self, session: str) -> str:
        """The address of a session's page."""
        return f"{self._url}{PATH}{session}.{self._signature(session)}"

    def routes(self) -> list[web.RouteDef]:
        """The pages."""
        return [web.get(f"{PATH}{{token}}", self._page)]

    def _signature(self, session: str) -> str:
        signed = hmac.digest(self._key, f"big screen {session}".encode(), "sha256")
        return base64.urlsafe_b64encode(signed).decode().rstrip("=")

    async def _page(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        session, _, signature = token[:LONGEST].partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(session).encode()):
            return _answer(words.UNKNOWN, 404)
        try:
            loaded = await self._store.load(session)
        except (MemoryAway, UnreadableState):
            return _answer(words.AWAY, 503)
        state = loaded.state
        over = state is None or (state.step == "ended" and self._over(state.ended))
        if state is None or over:
            return _answer(words.OVER, 410)
        shown = page(big_screen(state, loaded.tally, self._knowledge()), lives=True)
        return web.Response(text=shown, content_type="text/html", headers=HEADERS)

    def _over(self, ended: datetime | None) -> bool:
        return ended is None or self._now() - ended > GOOD_FOR


def _answer(said: str, status: int) -> web.Response:
    shown = page(Reply((Title(words.TITLE), Text(said))), lives=False)
    return web.Response(text=shown, status=status, content_type="text/html", headers=HEADERS)
