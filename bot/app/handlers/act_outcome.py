"""What something that people do to a session or series by name comes to."""

from __future__ import annotations

from typing import NamedTuple

from bot.platforms.ports import Result
from dialogs.core.forms import Form
from dialogs.core.replies import Reply


class ActOutcome(NamedTuple):
    """What an act comes to."""

    result: Result
    """For the acknowledgement."""
    reply: Reply | None = None
    """A message for the person alone, or one in the place of what they pressed."""
    done: bool = False
    """Whether something was kept or changed."""


def opened(
    note: str = "", *, reply: Reply | None = None, form: Form | None = None, done: bool = False
) -> ActOutcome:
    """What an act comes to that is no repeat."""
    return ActOutcome(Result("done", note, form), reply, done)
