"""What an adversary tried where parts meet: results by name and without, questions changed, names on disk."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platforms.ports import Revoked
from tests.harness.platform import FakePlatform
from tests.reading_disk import naming, readable, transactions
from tests.reminders.series import ID, SLACK, Sharewise, channel, person
from tests.reminders.test_on_disk import ANNE, BRYN, PULSE, RECIPIENTS
from tests.reminders.test_overlaps import IDS, NOTHING, answer, begin, solved
from tests.reminders.test_overlaps import PULSE as ASKED


@pytest.fixture
async def redis_url(tmp_path: Path) -> AsyncIterator[str]:
    """A server whose file can be read."""
    async with readable(tmp_path) as url:
        yield url


async def figures(sharewise: Sharewise, *people: str) -> list[tuple[frozenset[str], float]]:
    """What was shown of the first occurrence of each series, by who answered it."""
    found = []
    for id, who in zip(IDS, people, strict=False):
        pulses = (await sharewise.series(id)).pulses
        found += [(frozenset(who), pulse.mean) for pulse in pulses[:1] if pulse.mean is not None]
    return found


async def test_a_pulse_by_name_after_one_without_tells_of_nobody(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    for id, who, anonymous in ((IDS[0], "ABCD", True), (IDS[1], "BCD", False)):
        await begin(sharewise, id, who, anonymous=anonymous)
        await sharewise.forward(hours=1.2)
        await answer(sharewise, id, who)
        await sharewise.forward(hours=23.9)
    assert solved(await figures(sharewise, "ABCD", "BCD")) == NOTHING


async def test_a_question_counts_as_it_was_sent(sharewise: Sharewise, platform: FakePlatform) -> None:
    await begin(sharewise, IDS[0], "ABCD")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, IDS[0], "ABCD")
    other = {**ASKED, "what": "Something else altogether?"}
    same = (person(f"U{letter}") for letter in "ABCD")
    await sharewise.begin(*same, id="GHJKMNPQRSTV", changes=IDS[0], **other)
    await sharewise.forward(hours=23.9)
    await begin(sharewise, IDS[1], "ABCDE")
    await sharewise.forward(hours=1.2)
    await answer(sharewise, IDS[1], "ABCDE")
    await sharewise.forward(hours=23.9)
    assert solved(await figures(sharewise, "ABCD", "ABCDE")) == NOTHING


@pytest.mark.parametrize("then", ["", "pulse comment", "pulse change answer"])
async def test_nobody_s_name_is_written_beside_an_answer(
    sharewise: Sharewise, platform: FakePlatform, tmp_path: Path, then: str
) -> None:
    to = (person(recipient.rpartition("/")[2]) for recipient in RECIPIENTS)
    await sharewise.begin(*to, channel("C1"), **PULSE)
    await sharewise.forward(hours=1.2)
    key = await sharewise.key()
    await sharewise.store.refusals.keep(SLACK, BRYN, "ConversationBlockedByUser", 0.0)
    begun = len(transactions(tmp_path))
    who = ANNE if then else BRYN
    await sharewise.press_saying(who, f"pulse answer {ID} {key} 2")
    if then:
        await sharewise.press_saying(who, f"{then} {ID} {key}")
    await sharewise.settled()
    written = transactions(tmp_path)[begun:]
    assert naming(itertools.chain(*written), RECIPIENTS) == set()


async def test_who_installs_us_again_is_not_taken_for_gone(sharewise: Sharewise) -> None:
    credentials = sharewise.service.credentials
    await credentials.works("slack")
    await credentials.uninstalled("slack")
    credentials.heard("slack")
    await credentials.works("slack")
    await credentials.refuse("slack", Revoked("token_revoked", "todo", 60.0))
    with pytest.raises(Revoked):
        await credentials.check("slack")
