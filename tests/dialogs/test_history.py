"""A channel's readiness history: its joint results, and the check-ins that followed from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from dialogs import decide
from dialogs.core.events import Place, Speaker, Utterance
from dialogs.core.model import State, World
from dialogs.core.plain import plain
from dialogs.core.reminder_model import Draft, Series, Summary
from dialogs.core.result_model import JointResult, PulseResult
from dialogs.core.session_model import Actor, ChannelReference
from tests.harness.small import SMALL

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
CHANNEL = World(
    NOW,
    Speaker("slack:T1/U1"),
    Place("slack", "channel"),
    SMALL,
    reference=ChannelReference("slack:T1", "C1", "slack", {"channel": "C1"}),
)
ASKED = Utterance("readiness history")
WEEK = timedelta(days=7)


def check_in(*means: float | None) -> Summary:
    """A weekly pulse on water, with what it came to so far."""
    pulses = tuple(PulseResult(NOW + n * WEEK, 10, 8, mean) for n, mean in enumerate(means))
    draft = Draft("D1", "pulse", topic="water", lesson="water")
    return Summary(
        Series("D1", draft, Actor("slack:T1/UA"), "slack:T1", {}, "Europe/London", NOW, pulses=pulses), None
    )


def test_a_channel_without_results_is_offered_a_check() -> None:
    decision = decide(State(), ASKED, replace(CHANNEL, shared=(), check_ins=()))
    assert "No readiness check has been closed" in plain(decision.replies[0])


def test_what_is_not_known_yet_is_asked_for() -> None:
    assert decide(State(), ASKED, CHANNEL).needs == "shared"
    assert decide(State(), ASKED, replace(CHANNEL, shared=())).needs == "check-ins"


@pytest.mark.parametrize(("unread", "told"), [(1, "One more can't be read"), (2, "2 more can't be read")])
def test_what_cant_be_read_is_told_beside_what_can(unread: int, told: str) -> None:
    result = JointResult(next(iter(SMALL.checks)), NOW, 5, 2, 60)
    here = replace(CHANNEL, shared=(result,), check_ins=(), unread=unread)
    assert told in plain(decide(State(), ASKED, here).replies[-1])
    own = replace(here, place=Place("slack", "direct"), reference=None, results=())
    assert told in plain(decide(State(), ASKED, own).replies[-1])
    assert "can't be read" not in plain(decide(State(), ASKED, replace(here, unread=0)).replies[-1])


def test_a_check_ins_trend_stands_beside_the_results() -> None:
    result = JointResult(next(iter(SMALL.checks)), NOW, 5, 2, 60)
    world = replace(CHANNEL, shared=(result,), check_ins=(check_in(4.1, 3.0), check_in()))
    texts = [plain(reply) for reply in decide(State(), ASKED, world).replies]
    assert len(texts) == 2, "a check-in that nobody has answered yet shows nothing"
    assert "Check-ins: water" in texts[1]
    assert "4.1" in texts[1]
    assert "3.0" in texts[1]
