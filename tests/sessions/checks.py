"""What people do in the tests of readiness checks."""

from __future__ import annotations

from bot.storage.connection import Connection
from dialogs.core.forms import Form, SelectField
from tests.harness.small import SMALL
from tests.sessions.live import Sharewise

PLOT = SMALL.checks["plot"]
COUNTY = tuple(f"slack:T1/u{n}" for n in range(4))
DISTRICT = tuple(f"teams:t1/u{n}" for n in range(4))


async def fill(sharewise: Sharewise, who: str, session: str, value: str, pages: int = 3) -> Form:
    """Open the form and answer each statement of so many pages with ``value``; the page that is then open."""
    form = (await sharewise.press_saying(who, f"readiness part {session}")).form
    for _ in range(pages):
        assert form is not None
        picks = [field for field in form.fields if isinstance(field, SelectField)]
        form = (await sharewise.submit(who, form.says, {field.id: value for field in picks})).form
    assert form is not None
    return form


async def forms_kept(connection: Connection) -> list[str]:
    """The keys of people's forms."""
    return [key.decode() for key in await connection.call("KEYS", "*:form:*")]
