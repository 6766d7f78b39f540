"""The festival's folder through both real adapters: what several people see holds no word of our subject."""

from __future__ import annotations

import pytest

from bot.delivery import live_cards
from tests import scenes
from tests.end_to_end.test_scenes import Stage
from tests.festival.knowledge import HERE, festival
from tests.harness.reading import words
from tests.harness.whole import PLACES, running
from tests.test_subject import OURS

SCENES = scenes.parse((HERE / "scenes.txt").read_text(encoding="utf-8"), "scenes.txt")
PEOPLE = ("asha", "bryn", "cleo")


async def test_it_goes_as_written(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_cards, "PACE_SECONDS", 0.1)
    async with running(redis_url, knowledge=festival()) as whole:
        stage = Stage(whole)
        for scene in SCENES:
            for line in scene.lines:
                await stage.play(line)
        said = [
            message
            for platform, places in PLACES.items()
            for place in places
            for person in PEOPLE
            for message in whole.platform(platform).messages(place, person)
            if message.author == "bot"
        ]
        (table,) = (file for file in whole.slack.kept().files.values() if file.name.endswith(".csv"))
    heard = words(said)
    assert len(said) > 20
    assert (OURS.findall(heard), OURS.findall(table.content.decode())) == ([], [])
    assert "Are we ready to open the gates?" in table.content.decode()
