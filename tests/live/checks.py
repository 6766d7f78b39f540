"""What people do in the tests of readiness checks."""

from __future__ import annotations

from bot.line import Line
from dialogs.forms import Form, Pick
from tests.dialogs.small import SMALL
from tests.live.rig import Team

PLOT = SMALL.checks["plot"]
COUNTY = tuple(f"slack:T1/u{n}" for n in range(4))
DISTRICT = tuple(f"teams:t1/u{n}" for n in range(4))


async def fill(team: Team, who: str, session: str, value: str, pages: int = 3) -> Form:
    """Open the form and answer each statement of so many pages with ``value``; the page that is then open."""
    form = (await team.press_saying(who, f"readiness part {session}")).form
    for _ in range(pages):
        assert form is not None
        picks = [one for one in form.fields if isinstance(one, Pick)]
        form = (await team.submit(who, form.says, {one.id: value for one in picks})).form
    assert form is not None
    return form


async def forms_kept(line: Line) -> list[str]:
    """The keys of people's forms."""
    return [key.decode() for key in await line.call("KEYS", "*:form:*")]
