"""The audit list, as advisors read it: what each of them did, in words, and to what."""

from __future__ import annotations

from dialogs.core.alone import sent
from dialogs.core.mentions import spoken
from dialogs.core.model import Decision, State, World
from dialogs.core.reminder_events import Audited
from dialogs.core.replies import Facts, Reply, Text
from dialogs.core.text import clipped
from dialogs.enquiries.teaching import called
from dialogs.recurrence import zones
from dialogs.wording import audit as words
from dialogs.wording.reminders import SOMEBODY

AUDITED = 20
"""Lines that are shown."""
_NAME = 60
"""Characters of what something was done to."""


def audit(state: State, world: World) -> Decision:
    """What advisors did, the last first."""
    if world.audit is None:
        return Decision(state, needs="audit")
    if not world.audit:
        return Decision(state, (Reply((Text(words.EMPTY),), private=True),), arrived=sent(world))
    if world.teachings is None:
        return Decision(state, needs="teachings")
    if world.enquiries is None:
        return Decision(state, needs="enquiries")
    if world.series is None:
        return Decision(state, needs="series")
    named, clock = _names(world), zones.clock(world.zone)
    pairs = tuple(
        (f"{line.at.astimezone(clock):%d %b %H:%M}", f"{line.name or SOMEBODY} {said(line, named)}")
        for line in world.audit[:AUDITED]
    )
    return Decision(
        state, (Reply((Text(f"**{words.HEAD}**"), Facts(pairs)), private=True),), arrived=sent(world)
    )


def said(line: Audited, named: dict[str, str]) -> str:
    """What was done, in words; ``named``: what things are called, by id."""
    what = line.what
    if what in words.DONE:
        return words.DONE[what]
    did, _, id = what.rpartition(" ")
    if did in words.DONE_TO:
        name = f"“{clipped(named[id], _NAME)}”" if named.get(id) else words.GONE
        return words.DONE_TO[did].format(name=name)
    for did, sentence in words.DONE_WITH.items():
        if what.startswith(f"{did} "):
            return sentence.format(name=what.removeprefix(f"{did} "))
    return what


def _names(world: World) -> dict[str, str]:
    """What lessons, quiz questions, enquiries and series are called, by id."""
    assert world.teachings is not None
    return {
        **{lesson.id: called(lesson, world.knowledge) for lesson in world.teachings.lessons},
        **{question.id: question.text for question in world.teachings.questions},
        **{enquiry.id: enquiry.question for enquiry in world.enquiries or ()},
        **{each.series.id: spoken(each.series.draft.what) for each in world.series or ()},
    }
