"""From an advisor's sentence to a recipient's press, within one running Sharewise."""

from __future__ import annotations

from bot.delivery.rate_limits import RateLimits
from bot.platforms.known import PLATFORMS
from bot.platforms.ports import OutboxMessage
from bot.platforms.slack.platform import WORKSPACE
from bot.storage.connection import Connection
from dialogs.core.plain import choices
from dialogs.core.replies import Reply, Text
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import Sharewise


async def shows_send(platform: FakePlatform, address: str, what: str) -> Reply:
    """The newest send of a reminder that says ``what``."""
    await platform.until(lambda: any(message.paced for message in platform.sent), "a send")
    return await platform.shows(address, what)


async def test_typed_started_received_done_and_reported(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.say(ADVISOR, "remind me every day at 9:30 to brief members")
    draft = await platform.shows("UADVISOR", "brief members", "09:30")
    assert "Start" in [choice.label for choice in choices(draft)]
    await sharewise.press(ADVISOR, draft, "Start")
    await platform.shows("UADVISOR", "and nobody else")
    await sharewise.say(ADVISOR, "reminders")
    await platform.shows("UADVISOR", "What is coming", "brief members")
    await sharewise.forward(days=5)
    card = await shows_send(platform, "UADVISOR", "Brief members")
    assert [choice.label for choice in choices(card)] == ["Done", "Tomorrow", "Next week", "Stop these"]
    assert (await sharewise.press(ADVISOR, card, "Done")).note == "Done. Thank you."


async def test_what_many_take_ahead_of_time_is_as_much_as_the_platform_allows(connection: Connection) -> None:
    rate_limits, waits = RateLimits(connection, PLATFORMS), []
    for number in range(60):
        message = OutboxMessage(str(number), "slack", {"channel": f"U{number}"}, Reply((Text("."),)))
        seconds, taken = await rate_limits.reserve("slack:T1", message)
        assert taken
        waits.append(seconds)
    burst, rate = WORKSPACE.burst, WORKSPACE.a_second
    assert waits[: burst - 1] == [0.0] * (burst - 1)
    assert waits == sorted(waits)
    assert waits[-1] <= (60 - burst) / rate + 0.01, "each waits no longer than until its turn"
    assert waits[-1] > (60 - burst) / rate - 3

    await rate_limits.pause("slack:T1", 60)
    seconds, taken = await rate_limits.reserve("slack:T1", message)
    assert not taken
    assert 50 < seconds <= 60
