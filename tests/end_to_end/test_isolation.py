"""Two workspaces and two tenants in one deployment: nothing of the one is seen or changed from the other,
whichever command is given and whichever button is pressed there with the other's ids.

What spans them does so by intent: an advisor's reminder names people of both, a code to join is told.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.app.press_limit import PressLimit
from bot.platforms.accounts import arrived
from bot.platforms.ports import Result
from bot.storage.keys import kind_of
from dialogs.core.commands.row import Row
from dialogs.core.commands.table import TABLE
from dialogs.core.events import Event
from dialogs.core.plain import choices, plain
from tests.dialogs.everything_said import KEY, SESSION, everything_said
from tests.harness.platform import FakePlatform
from tests.harness.sharewise import at
from tests.reading_keys import _values
from tests.reminders.series import ID, Sharewise, person

SLACK, TEAMS = "slack:T1/U1", "teams:t1/olu"
"""Who has something here."""
FROM_SLACK, FROM_TEAMS = "slack:T2/UELSE", "teams:t2/else"
"""Who are elsewhere."""
ACCOUNTS = {"slack:T2": "T2", "teams:t2": "APP2"}
MARK = "quokka"
"""Stands in all words of theirs that are nobody else's."""
OURS = tuple(f"sw:{{{partition}".encode() for partition in ("slack:T1", "teams:t1", "series:", "enquiries"))
PASSING = frozenset(
    ("lease", "budget", "due", "outbox", "promised", "near", "profile", "traces", "standing", "rate")
)
"""Kinds of keys that tell of deliveries, of how fast, or of whoever was only looked up."""


class Several(Sharewise):
    """A process in which the workspace and the tenant from elsewhere have accounts of their own."""

    async def happens(self, event: Event, who: str, **where: Any) -> Result:
        inbound = at(event, who, **where)
        return await self.service.turn.run(arrived(ACCOUNTS.get(inbound.tenant, ""), inbound))


@pytest.fixture
def kind() -> type[Several]:
    """What ``launch`` starts."""
    return Several


async def belongings(url: str) -> dict[str, list[bytes]]:
    """What is kept of the workspace and the tenant here, of series and of questions to the advisors."""
    client = Redis.from_url(url)
    try:
        ours = [
            name
            for name in sorted(await client.keys("sw:{*"))
            if name.startswith(OURS) and kind_of(name.decode()) not in PASSING
        ]
        return {name.decode(): sorted(await _values(client, name)) for name in ours}
    finally:
        await client.aclose()


async def passed_on(sharewise: Several, platform: FakePlatform, who: str) -> str:
    """Somebody passes a question on; its id."""
    question = f"which {MARK} weedkiller is strongest"
    await sharewise.say(who, question)
    declined = await platform.tells(who, "An advisor may")
    await sharewise.press(who, declined, "Ask an advisor")
    await sharewise.press(who, await platform.tells(who, "This is what I'd send to", question), "Send it")
    await platform.tells(who, "Your question is with")
    return next(each.id for each in await sharewise.service.enquiries.store.all() if each.asker.id == who)


def with_ids(row: Row, says: str, session: str, enquiry: str, key: str) -> str:
    """Words of the table, with somebody else's ids in them."""
    id = {"session": session, "enquiry": enquiry, "series": ID}.get(row.to, ID)
    return says.replace(SESSION, id).replace(KEY, key)


async def test_no_command_and_no_button_reaches_what_is_elsewhere(
    sharewise: Several, platform: FakePlatform, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PressLimit, "over", lambda limit, speaker: 0)
    enquiries = [await passed_on(sharewise, platform, who) for who in (SLACK, TEAMS)]
    await sharewise.begin(
        person("U1"), person("olu", "teams:t1"), kind="pulse", what=f"How firm is the {MARK}?", topic="buy-in"
    )
    await sharewise.forward(hours=1.2)
    key = await sharewise.key()
    sessions = []
    for who, channel in ((SLACK, "C1"), (TEAMS, "19:x")):
        await sharewise.say(who, f"remind me to feed the {MARK} tomorrow at 9:30")
        await sharewise.press(who, await platform.tells(who, f"feed the {MARK}"), "Start")
        await sharewise.say(who, "quiz")
        await sharewise.say(who, "quiz here", channel=channel)
        card = await platform.shows(channel, "quiz", "Nobody has answered yet")
        sessions.append(next(choice.says.split()[2] for choice in choices(card) if "quiz" in choice.says))
    await sharewise.settled()
    (shown,) = list(platform.shown["U1"])[-1:]
    before, told = await belongings(redis_url), len(platform.sent)
    assert len(before) > 20, "there is something to lose"
    assert any(MARK.encode() in value for values in before.values() for value in values)

    for row, (number, who) in product(TABLE, enumerate((FROM_SLACK, FROM_TEAMS))):
        for says in everything_said(row):
            words = with_ids(row, says, sessions[number], enquiries[number], key)
            channel = ("C1", "19:x")[number]
            await sharewise.press_saying(who, words, about=f"U1:{shown}")
            await sharewise.say(who, words, channel=channel, under=f"{channel}:{shown}")
    await sharewise.settled()

    assert await belongings(redis_url) == before
    for message in platform.sent[told:]:
        to = message.to.get("channel") or message.to.get("conversation") or message.to.get("person", "")
        if "account" in message.to:
            assert MARK not in plain(message.reply), plain(message.reply)
        else:
            assert to not in ("U1", "olu"), f"{to} is left in peace: {plain(message.reply)}"
    assert {message.to["account"] for message in platform.sent[told:] if "account" in message.to} == {
        "T2",
        "APP2",
    }
    for session in sessions:
        state = (await sharewise.service.sessions.store.load(session)).state
        assert state is not None
        assert state.step == "open"
        assert state.host.id in (SLACK, TEAMS)
