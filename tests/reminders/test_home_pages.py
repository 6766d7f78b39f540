"""People's own pages on a real server: drawn when opened, and again whenever something changed them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from bot.app.handlers import home_pages
from bot.platforms.ports import Unavailable
from dialogs.core.events import HomeOpened
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Reply
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import at
from tests.reminders.series import OFFICER, Sharewise, person


@dataclass
class Home:
    """Somebody's page, as their platform shows it."""

    sharewise: Sharewise
    platform: FakePlatform
    who: str = OFFICER

    @property
    def address(self) -> str:
        """Where it is drawn."""
        return f"home of {self.who}"

    async def open(self) -> None:
        """They look at it."""
        inbound = at(HomeOpened(), self.who)
        to = {"view": "home", "channel": self.address}
        await self.sharewise.service.turn.run(replace(inbound, to=to, private_to=to))

    async def shows(self, *phrases: str, without: str = "\0") -> Reply:
        """What stands there, once it has all ``phrases`` and no longer what it is to be ``without``."""

        def there() -> bool:
            return bool(self.drawn) and all(phrase in plain(self.drawn[-1]) for phrase in phrases)

        await self.platform.until(lambda: there() and without not in plain(self.drawn[-1]), str(phrases))
        return self.drawn[-1]

    @property
    def drawn(self) -> list[Reply]:
        """All that was drawn there, in order."""
        return [message.reply for message in self.platform.sent if message.to.get("channel") == self.address]


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are looked at without a pause."""
    monkeypatch.setattr(home_pages, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(home_pages, "LOOK_SECONDS", 0.2)


async def test_a_page_follows_what_is_sent_done_and_begun(launch: Launch, platform: FakePlatform) -> None:
    sharewise: Sharewise = await launch()
    await sharewise.begin(person(1), what="Brief your members")
    home = Home(sharewise, platform)
    await home.open()
    await home.shows("Nothing is waiting for you.", "Brief your members")
    await sharewise.forward(hours=1.2)
    shown = await home.shows("Waiting for you", "To do: Brief your members")
    await sharewise.press(OFFICER, shown, "Done")
    await home.shows("Nothing is waiting for you.", without="To do")
    await sharewise.say(OFFICER, "quiz")
    await home.shows("A quiz: question 1 of")
    assert await sharewise.states() == {OFFICER: "acknowledged"}


async def test_an_anonymous_answer_leaves_the_page_and_no_trace_on_it(
    launch: Launch, platform: FakePlatform
) -> None:
    sharewise: Sharewise = await launch()
    await sharewise.begin(*map(person, range(1, 5)), kind="pulse", what="How much trust is there?")
    await sharewise.forward(hours=1.2)
    home = Home(sharewise, platform)
    await home.open()
    shown = await home.shows("Waiting for you", "How much trust is there?", "Anonymous")
    await sharewise.press(OFFICER, shown, "4")
    after = await home.shows("Nothing is waiting for you.")
    assert "4" not in [choice.label for choice in choices(after)]


async def test_an_advisors_queue_is_drawn_anew_in_every_process(
    launch: Launch, platform: FakePlatform
) -> None:
    first: Sharewise = await launch()
    second: Sharewise = await launch()
    advisor = Home(first, platform, ADVISOR)
    await advisor.open()
    await advisor.shows("No question waits for an advisor.")
    await second.say(OFFICER, "ask an advisor: which hose is longest", thread="chat")
    await second.say(OFFICER, "yes", thread="chat")
    shown = await advisor.shows("Waiting for an advisor", "which hose is longest")
    (way,) = [choice for choice in choices(shown) if choice.label == "Show it"]
    await second.press_saying(ADVISOR, way.says)
    await platform.tells(ADVISOR, "which hose is longest")


async def test_what_is_the_same_is_not_drawn_again_and_what_failed_is(
    launch: Launch, platform: FakePlatform
) -> None:
    sharewise: Sharewise = await launch()
    home = Home(sharewise, platform)
    platform.faults.append(Unavailable("fatal_error"))
    await home.open()
    await home.shows("Nothing is waiting for you.")
    before = len(home.drawn)
    await sharewise.say(OFFICER, "hello")
    await sharewise.service.homes.look()
    assert len(home.drawn) == before
    await home.open()
    await sharewise.settled()
    assert len(home.drawn) == before + 1, "who opens it gets it, whatever was there"


async def test_who_is_forgotten_sees_an_empty_page_that_remembers_nothing(
    launch: Launch, platform: FakePlatform
) -> None:
    sharewise: Sharewise = await launch()
    home = Home(sharewise, platform)
    await sharewise.say(OFFICER, "quiz")
    await home.open()
    await home.shows("A quiz: question 1 of")
    await sharewise.say(OFFICER, "forget me")
    await sharewise.say(OFFICER, "yes, forget me")
    await home.shows("Nothing is waiting for you.", without="A quiz")
    await sharewise.settled()
    keys = {key.decode() for key in await sharewise.connection.call("KEYS", "sw:*")}
    assert not [key for key in keys if key.endswith(OFFICER)], keys
