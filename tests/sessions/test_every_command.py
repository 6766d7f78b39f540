"""Every command that goes to a session or a series, through the dispatcher, as everybody, everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.core.commands import TABLE
from dialogs.core.commands.row import Row
from tests.dialogs.everything_said import SAMPLES, everything_said
from tests.sessions.live import COLLEAGUE, HOST, Sharewise

CODE = SAMPLES["code"]
ELSEWHERE = [
    pytest.param(row, id=f"{number} {row.name}")
    for number, row in enumerate(TABLE)
    if row.to != "conversation"
]


@pytest.mark.parametrize("row", ELSEWHERE)
@pytest.mark.parametrize("who", [HOST, COLLEAGUE])
@pytest.mark.parametrize("where", [{}, {"channel": "D1"}], ids=["channel", "direct"])
async def test_an_act_on_what_is_not_there_is_answered_kindly(
    sharewise: Sharewise, row: Row, who: str, where: dict[str, Any]
) -> None:
    for words in everything_said(row):
        pressed = await sharewise.press_saying(who, words, **where)
        assert pressed.outcome == "done", words
        # What a code leads to, and what was stopped altogether, is told in a message of its own.
        assert pressed.note or words.endswith(" all") or CODE in words, words
