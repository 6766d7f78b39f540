"""What counts as a reply to a reminder or pulse, and what doesn't."""

from __future__ import annotations

import pytest

from dialogs.reminders.typed_replies import TypedReply, mended_reply, typed_reply

REPLIES = {
    "4": TypedReply("answer", "4"),
    "4.": TypedReply("answer", "4"),
    "four": TypedReply("answer", "4"),
    "a 4 please": TypedReply("answer", "4"),
    "4/5": TypedReply("answer", "4"),
    "4 out of 5": TypedReply("answer", "4"),
    "make it 3": TypedReply("answer", "3"),
    "no, 3": TypedReply("answer", "3"),
    "7": TypedReply("answer", "7"),
    "4.5": TypedReply("answer", "4.5"),
    "4 - new leader, not met yet": TypedReply("answer", "4", "new leader, not met yet"),
    "4, new leader": TypedReply("answer", "4", "new leader"),
    "2 because nobody has met her": TypedReply("answer", "2", "because nobody has met her"),
    "3 (new leader)": TypedReply("answer", "3", "new leader"),
    "4 new leader": TypedReply("answer", "4", "new leader", sure=False),
    "done": TypedReply("done"),
    "I've done it!": TypedReply("done"),
    "done, sent it yesterday": TypedReply("done", comment="sent it yesterday"),
    "all done, thanks": TypedReply("done"),
    "mark as complete": TypedReply("done"),
    "I'd give it a 3": TypedReply("answer", "3"),
    "later today": TypedReply("snooze"),
    "and later": TypedReply("snooze"),
    "tomorrow": TypedReply("snooze", "tomorrow"),
    "remind me tomorrow": TypedReply("snooze", "tomorrow"),
    "snooze a week": TypedReply("snooze", "week"),
    "snooze for an hour": TypedReply("snooze", "hour"),
    "next week": TypedReply("snooze", "week"),
    "snooze": TypedReply("snooze"),
    "snooze until Friday": TypedReply("snooze"),
    "not now": TypedReply("snooze"),
    "stop": TypedReply("stop"),
    "Stop these.": TypedReply("stop"),
    "mute": TypedReply("stop"),
    "start again": TypedReply("start again"),
    "change": TypedReply("change answer"),
    "skip": TypedReply("answer"),
    "n/a": TypedReply("answer"),
    "not sure": TypedReply("answer"),
    "I'd rather not say": TypedReply("answer"),
    "next Monday": TypedReply("snooze"),
    "I'm on leave": TypedReply("snooze"),
    "I'm away until Friday": TypedReply("snooze"),
    "remind me in two hours": TypedReply("snooze"),
    "remind me tomorrow at 9": TypedReply("snooze"),
    "on it": TypedReply("done", sure=False),
    "will do": TypedReply("done", sure=False),
    "nearly done": TypedReply("done", sure=False),
    "can't make it": TypedReply("done", sure=False),
    "sorry, I can't do that": TypedReply("done", sure=False),
    "haven't done it yet": TypedReply("done", sure=False),
    "didn't get round to it this week": TypedReply("done", sure=False),
    "it can't be done": TypedReply("done", sure=False),
    "about a 4 I think": TypedReply("answer", "4"),
    "I think 4 too": TypedReply("answer", "4"),
    "5 actually": TypedReply("answer", "5"),
    "4 overall, I'd say": TypedReply("answer", "4"),
    "ok done": TypedReply("done"),
    "done and dusted": TypedReply("done"),
    "did it this morning": TypedReply("done"),
    "I already did this": TypedReply("done"),
    "4ish": TypedReply("answer", between=("4",)),
    "between 3 and 4": TypedReply("answer", between=("3", "4")),
    "3 or 4": TypedReply("answer", between=("3", "4")),
    "not sure tbh": TypedReply("answer"),
    "next week plz": TypedReply("snooze", "week"),
    "mute for a week": TypedReply("snooze", "week"),
    "can't do it today": TypedReply("snooze"),
    "im on leave til monday": TypedReply("snooze"),
    "stop these pls": TypedReply("stop"),
    "not my job anymore": TypedReply("stop", sure=False),
    "sorry, this isn't my area": TypedReply("stop", sure=False),
    "wrong person": TypedReply("stop", sure=False),
    "I think you have the wrong person": TypedReply("stop", sure=False),
    "I've left that team": TypedReply("stop", sure=False),
    "no longer my responsibility": TypedReply("stop", sure=False),
    "I don't do this any more": TypedReply("stop", sure=False),
    "someone else does this now": TypedReply("stop", sure=False),
    "in a meeting, later": TypedReply("snooze", sure=False),
    "tomorrow - in a meeting": TypedReply("snooze", "tomorrow", sure=False),
    "not relevant to us": TypedReply("stop", sure=False),
    "nothing to do with me": TypedReply("stop", sure=False),
    "stop nagging me": TypedReply("stop"),
    "stop pinging me about this": TypedReply("stop"),
    "yes sent on 3rd": TypedReply("done", sure=False),
    "we've briefed them": TypedReply("done", sure=False),
    "4 for us, 2 for the district": TypedReply("answer", between=("4", "2")),
    "no view": TypedReply("answer"),
    "bin these": TypedReply("stop"),
    "sent": TypedReply("done", sure=False),
    "sentences are long": None,
    "my job": None,
    "is this for me": None,
    "which council left": None,
    "stop messaging me": TypedReply("stop"),
    "leave me alone": TypedReply("stop"),
    "will do it this afternoon": TypedReply("snooze", sure=False),
    "I'll do it tomorrow": TypedReply("snooze", "tomorrow", sure=False),
    "we're going to get it done next week": TypedReply("snooze", "week", sure=False),
    "I'll look at it": TypedReply("done", sure=False),
    "do it by the book": None,
    "read half of it": TypedReply("done", sure=False),
    "done most of it": TypedReply("done", sure=False),
    "read the second lesson": None,
    "I've had enough of these reminders": TypedReply("stop", sure=False),
    "fed up with these pulses": TypedReply("stop", sure=False),
    "no more reminders please": TypedReply("stop", sure=False),
    "too many cooks": None,
    "oops, start those again please": TypedReply("start again"),
    "hm no, start it again": TypedReply("start again"),
    "turn these back on": TypedReply("start again"),
}
OTHERS = (
    "4:30", "how many partners?", "stop the quiz", "remind me tomorrow at 9 to call Bryn", "start a quiz",
    "what is done after sharing?", "next", "help", "2009", "one more thing", "10 December", "my reminders",
    "a", "no", "change the time to 10",
)  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), REPLIES.items())
def test_a_reply(typed: str, meant: TypedReply) -> None:
    assert typed_reply(typed) == meant


SLIPS = {
    "dne": "done", "Doen!": "done", "al done": "", "snoze a week": "snooze a week", "tomorow": "tomorrow",
    "stp": "stop", "stopp thes": "stop these", "oen week": "", "foru": "", "4x": "",
    "top": "", "step": "", "start agian": "start again", "unsubscrbe": "unsubscribe",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), SLIPS.items())
def test_slips_are_mended_and_numbers_never(typed: str, meant: str) -> None:
    assert typed_reply(typed) is None
    found = mended_reply(typed)
    assert (found.mended if found else "") == meant


@pytest.mark.parametrize("typed", OTHERS)
def test_no_reply(typed: str) -> None:
    found = typed_reply(typed)
    assert found is None or not found.sure
