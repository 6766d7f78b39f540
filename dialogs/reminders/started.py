"""What an advisor is told once a series runs: whom it reaches, whom it doesn't, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from dialogs.core.commands import ChangeSeries, ListReminders, encode
from dialogs.core.reminder_model import Recipient, Series
from dialogs.core.replies import Block, Choice, Choices, Reply, Text
from dialogs.core.text import literal
from dialogs.reminders.cards import called
from dialogs.reminders.steering import moment_in_words
from dialogs.results.small_groups import FEWEST
from dialogs.wording import drafts, reports
from dialogs.wording import quiz_series as quiz_words
from dialogs.wording import reminders as words
from dialogs.wording.conversation import listed


def started_card(
    series: Series,
    recipients: Sequence[Recipient],
    notes: Iterable[str],
    coming: datetime | None,
    where: Mapping[str, str],
    *,
    changed: bool = False,
) -> Reply:
    """It runs, as has been said: whom it reaches, whom it doesn't and what to do about that, and when.

    ``where``: how people say that somebody is reached on each platform ("in Slack"), by its name;
    ``changed``: whether it ran before, and is changed.
    """
    if series.own:
        return _own_card(series, coming, changed=changed)
    lines = [words.REACHES[changed].format(what=called(series.draft))]
    reached = [recipient for recipient in recipients if not recipient.why_not]
    if series.draft.kind == "quiz" and reached:
        place = literal(reached[0].name or words.UNNAMED["channel"])
        stands = words.STANDS[changed]
        lines = [quiz_words.STANDS.format(stands=stands, what=called(series.draft), place=place)]
    elif reached:
        lines.append(words.GOES_TO.format(whom=_places(reached, where)))
    if coming:
        lines.append(words.FIRST[changed].format(when=moment_in_words(coming, series.owner_zone)))
    else:
        lines.append(words.NO_DATES)
    blocks: list[Block] = [Text(" ".join([f"{lines[0]}.", *lines[1:]]))]
    blocks += [Text(note) for note in notes]
    if series.draft.kind == "pulse" and series.draft.anonymous and _few(reached):
        way = Choice(drafts.CHANGE, encode(ChangeSeries(series.id)))
        blocks += [Text(drafts.FEW), Choices((way,))]
    blocks += _unreachable(recipients)
    unknown = sum(not recipient.zone and recipient.kind == "person" for recipient in reached)
    if unknown:
        blocks.append(Text(words.ZONES_UNKNOWN.format(count=reports.recipients(unknown))))
    return Reply(tuple(blocks), private=True)


def _few(reached: Sequence[Recipient]) -> bool:
    """Whether fewer are asked than a figure may tell of; how many read a channel, nobody knows."""
    return len(reached) < FEWEST and all(recipient.kind == "person" for recipient in reached)


def _own_card(series: Series, coming: datetime | None, *, changed: bool) -> Reply:
    """For who has set it for themselves."""
    if coming is None:
        return Reply((Text(words.NO_DATES),), private=True)
    when = moment_in_words(coming, series.owner_zone)
    said = words.OWN_STANDS.format(stands=words.STANDS[changed], what=called(series.draft), when=when)
    ways = (
        Choice(drafts.CHANGE, encode(ChangeSeries(series.id))),
        Choice(drafts.OWN_LIST, encode(ListReminders(mine=True))),
    )
    return Reply((Text(f"{said} {words.OWN_HOW}"), Choices(ways)), private=True)


def _unreachable(recipients: Sequence[Recipient]) -> list[Block]:
    """Those we can't write to, by what can be done about it."""
    by_reason: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        if recipient.why_not:
            by_reason.setdefault(words.WHAT_TO_DO.get(recipient.why_not, words.ASK_THEM), []).append(
                recipient
            )
    blocks: list[Block] = []
    for what_to_do, some in by_reason.items():
        names = reports.several([literal(who.name or words.UNNAMED[who.kind]) for who in some])
        said = words.CANT_REACH.format(count=len(some), names=names, what_to_do=what_to_do)
        blocks.append(Text(said))
    return blocks


def _places(recipients: Sequence[Recipient], where: Mapping[str, str]) -> str:
    counted = Counter((recipient.platform, recipient.kind) for recipient in recipients)
    return listed(
        [
            words.COUNTED[kind][count > 1].format(count=count, where=where[platform])
            for (platform, kind), count in counted.items()
        ]
    )
