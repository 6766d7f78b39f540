"""Every button of the loop as every role: each is met in words, and only those may whose it is."""

from __future__ import annotations

from itertools import product

import pytest

from bot.app import press_limit
from dialogs.core.commands.table import TABLE
from tests.dialogs.everything_said import SESSION, everything_said
from tests.enquiries.test_loop import CHANNEL, COLLEAGUE, OFFICER, advised, ask
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import Sharewise

__all__ = ["advised"]


async def test_each_is_met_by_each_role_and_only_advisors_advise(
    advised: Sharewise, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press_limit.PressLimit, "over", lambda limit, speaker: 0)
    await ask(advised, platform)
    (enquiry,) = await advised.service.enquiries.store.all()
    rows = [row for row in TABLE if row.to == "enquiry"]
    for row, who in product(rows, (COLLEAGUE, OFFICER)):
        for says in everything_said(row):
            result = await advised.press_saying(who, says.replace(SESSION, enquiry.id))
            advising = row.who == "advisors"
            if advising:
                assert "advisor" in result.note.lower(), f"{says} as {who}"
                assert result.form is None
            elif who == COLLEAGUE:
                assert "Only whoever asked" in result.note, says
    (after,) = await advised.service.enquiries.store.all()
    assert (after.by, after.step) == (None, "withdrawn")
    await ask(advised, platform, who=COLLEAGUE)
    (enquiry,) = [kept for kept in await advised.service.enquiries.store.all() if kept.id != enquiry.id]
    assert enquiry.asker.id == COLLEAGUE
    for row in rows:
        for says in everything_said(row):
            result = await advised.press_saying(ADVISOR, says.replace(SESSION, enquiry.id), channel=CHANNEL)
            await advised.settled()
            told = result.note or result.form or platform.texts("UADVISOR")
            assert told, f"{says} as an advisor"
