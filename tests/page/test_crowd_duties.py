"""Colleagues act on the reminders and pulses in their own chats as time moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import mean

import pytest

from playground.crowd_duties import Duties
from playground.crowd_hands import News
from playground.stage import CROWD, EVERYBODY
from tests.page import forms
from tests.page.samples import SLACK_ANSWER, Payload, blocks, button, card, execute, section, text
from tests.page.stand_in import FakePlatform

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEGIN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
COMMENT = {
    "slack": forms.view("Your comment", forms.asks("comment", "What?", {"type": "plain_text_input"})),
    "teams": forms.dialog("Your comment", {"type": "Input.Text", "id": "comment", "isRequired": True}),
}


def asked(platform: str, said: str, ways: dict[str, str]) -> Payload:
    """A message with buttons, as either platform gets it; ``ways``: label -> words."""
    if platform == "slack":
        elements = [button(label, says) for label, says in ways.items()]
        return blocks(section(said), {"type": "actions", "elements": elements})
    actions = [execute(label, says) for label, says in ways.items()]
    return card(text(said), {"type": "ActionSet", "actions": actions})


def reminder(platform: str, day: datetime) -> Payload:
    about = f"CDFG2345HJKM {day:%Y-%m-%d}T09:30"
    snooze = f"reminder snooze {about}"
    ways = {"Done": f"reminder done {about}", "Tomorrow": f"{snooze} tomorrow", "Next week": f"{snooze} week"}
    return asked(platform, "Brief your members.", {**ways, "Stop these": "reminder stop CDFG2345HJKM"})


def pulse(platform: str, day: datetime) -> Payload:
    about = f"MKJH5432GFDC {day:%Y-%m-%d}T10:00"
    scale = {str(n): f"pulse answer {about} {n}" for n in range(1, 6)}
    return asked(platform, "How firmly?", {**scale, "Add a comment": f"pulse comment {about}"})


class Chats:
    """Everybody's own chats on both platforms, and the colleagues who look into them."""

    def __init__(self, seed: int = 7) -> None:
        self.sides = {"slack": FakePlatform(), "teams": FakePlatform()}
        news = News()
        self.duties = Duties(self.sides, news, Random(seed))
        self.time = BEGIN
        self.every: timedelta | None = None
        for platform, side in self.sides.items():
            side.changed = lambda place: news.heard()
            side.heard = self._bot(platform)
            side.forms["Add a comment"] = [COMMENT[platform]]

    def send(self, platform: str, payload: Payload) -> None:
        place = {"slack": "slack-direct", "teams": "teams-personal"}[platform]
        for person in EVERYBODY:
            self.sides[platform].put(place, payload, only_for=person.key)

    def now(self) -> datetime:
        return self.time

    async def forward(self, by: timedelta) -> int:
        """A pulse goes out whenever ``every`` has passed."""
        before, self.time = self.time, self.time + by
        fell = bool(self.every) and (before - BEGIN) // self.every < (self.time - BEGIN) // self.every
        if fell:
            self.send("slack", pulse("slack", self.time))
        return int(fell)

    def said(self, platform: str) -> list[tuple[str, list[str]]]:
        """Who pressed what, in order, as its words."""
        return [
            (person, str(element.get("value") or element["data"]["says"]).split())
            for person, _, element in self.sides[platform].pressed
        ]

    def _bot(self, platform: str) -> Callable[[str, str, Payload], None]:
        """Thanks in the message's place for all but a comment, which opens a form."""
        side = self.sides[platform]

        def heard(person: str, message: str, element: Payload) -> None:
            for place in ("slack-direct", "teams-personal"):
                for posted in side.messages(place, person):
                    if posted.id == message and "comment" not in str(element):
                        side.change(posted, payload=SLACK_ANSWER, edited=True)

        return heard


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_reminder_is_mostly_done_sometimes_put_off_and_sometimes_left(platform: str) -> None:
    chats = Chats()
    for day in range(5):
        chats.send(platform, reminder(platform, BEGIN + timedelta(days=day)))
        await chats.duties.look()
    said = chats.said(platform)
    acts = Counter(words[-1] if "snooze" in words else words[1] for _, words in said)
    assert set(acts) == {"done", "tomorrow", "week"}
    assert 55 < acts["done"] < 90  # of a hundred
    assert 70 < len(said) < 100
    assert {person for person, _ in said} <= {person.key for person in CROWD}


async def test_each_message_is_acted_on_once() -> None:
    chats = Chats()
    chats.send("slack", reminder("slack", BEGIN))
    first = await chats.duties.look()
    assert first == len(chats.said("slack"))
    assert await chats.duties.look() == 0
    # What comes again, from a snooze or a nudge, is a new message; of two of them, the newest is taken.
    chats.send("slack", reminder("slack", BEGIN))
    chats.send("slack", reminder("slack", BEGIN))
    again = await chats.duties.look()
    assert 0 < again <= len(CROWD)
    assert len(chats.said("slack")) == first + again


async def test_a_pulse_begins_firmly_and_cools() -> None:
    chats = Chats()
    chats.every = timedelta(days=7)
    _, acted = await chats.duties.while_days_pass(chats, 30)
    assert chats.time == BEGIN + timedelta(days=30)
    answers: dict[str, list[int]] = {}
    for _, words in chats.said("slack"):
        if words[1] == "answer":
            answers.setdefault(words[3], []).append(int(words[4]))
    means = [mean(given) for given in answers.values()]
    counts = [len(given) for given in answers.values()]
    assert acted == sum(counts)
    assert len(means) == 4
    assert means[0] > 4
    assert means == sorted(means, reverse=True)
    assert means[-1] < 3
    assert counts[0] > counts[-1] > len(CROWD) / 2


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_few_add_a_comment_through_the_form(platform: str) -> None:
    chats = Chats()
    chats.send(platform, pulse(platform, BEGIN))
    answered = await chats.duties.look()
    written = chats.sides[platform].submitted
    assert 0 < len(written) < answered / 2
    assert all(values["comment"].endswith(".") for _, values in written)
    assert {person for person, _ in written} <= {person for person, words in chats.said(platform)}


async def test_the_same_seed_acts_alike() -> None:
    async def acts(seed: int) -> list[tuple[str, list[str]]]:
        chats = Chats(seed)
        chats.send("slack", reminder("slack", BEGIN))
        await chats.duties.look()
        return chats.said("slack")

    assert await acts(1) == await acts(1)
    assert await acts(1) != await acts(2)


async def test_other_messages_are_left_alone() -> None:
    chats = Chats()
    chats.send("slack", SLACK_ANSWER)
    chats.sides["slack"].put("slack-channel", reminder("slack", BEGIN))
    chats.sides["slack"].put("slack-direct", reminder("slack", BEGIN), author="dev")
    assert await chats.duties.look() == 0
    assert chats.said("slack") == []
