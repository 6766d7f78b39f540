"""What is kept about a person: shown to them, or, once they have said so twice, erased."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from dialogs.core.addresses import by_mail
from dialogs.core.agreement import agreement
from dialogs.core.alone import sent
from dialogs.core.commands import ConfirmForget, ForgetMe, MyData, encode
from dialogs.core.effects import Forget, KeepWork
from dialogs.core.events import Utterance
from dialogs.core.jobs import ForgetEverywhere, Job
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Block, Choice, Choices, Details, Facts, Reply, Text
from dialogs.core.text import literal
from dialogs.core.text import words as words_of
from dialogs.core.world_parts import Record
from dialogs.recurrence import zones
from dialogs.wording import privacy as words

CONFIRM_WITHIN = timedelta(minutes=10)
CONFIRMATION = encode(ConfirmForget())
_NEWEST, _PAGE = 3, 40
"""Lines of a kind among all kinds, and of one kind alone."""
_ASKED = "forget me"
"""``State.doing`` while the question whether to erase it all is what was shown last."""
_ERASE = (
    r"(?:forget|delete|erase|wipe|remove|clear|scrap|destroy)"
    r"(?: (?:it|all|me|that|this|them|everything|the lot|all of it|of it|my data|about me))*"
)


def my_data(state: State, kind: str, page: int, world: World) -> Decision:
    """Send the speaker what is kept about them, privately: of each kind the newest, or a page of one kind."""
    if not world.remembers:
        return _later(state)
    if world.records is None:
        return Decision(state, needs="records")
    kinds = {named: _lines(alike, world) for named, alike in _by_kind(world.records).items()}
    forget = Choices((Choice(words.FORGET_BUTTON, encode(ForgetMe())),))
    if not kinds:
        blocks: list[Block] = [Text(words.NOTHING_KEPT)]
    elif kind in kinds:
        blocks = [*_page(kind, page, kinds[kind]), forget]
    else:
        shown = [block for named, lines in kinds.items() for block in _newest(named, lines)]
        blocks = [Text(words.MY_DATA.format(days=world.retention_days)), *shown, forget]
    return Decision(state, (Reply(tuple(blocks), private=True),), arrived=sent(world))


def forget_me(state: State, world: World) -> Decision:
    """Say what would go and what would stay, and ask; nothing is erased yet."""
    if not world.remembers:
        return _later(state)
    if world.records is None:
        return Decision(state, needs="records")
    if not world.records:
        reply = Reply((Text(f"{words.FORGOTTEN_NOTHING} {_never_kept(world)}"),), private=True)
        return Decision(state, (reply,), arrived=sent(world))
    minutes = int(CONFIRM_WITHIN.total_seconds() // 60)
    mailed = by_mail(world.speaker.id)
    how = words.FORGET_HOW_BY_MAIL if mailed else words.FORGET_HOW
    blocks: tuple[Block, ...] = (
        Text(words.FORGET_ASK.format(what=_some(world.records))),
        Facts(words.STAYS_BY_MAIL if mailed else words.STAYS),
        Text(how.format(words=CONFIRMATION, minutes=minutes)),
        Choices((Choice(CONFIRMATION[:1].upper() + CONFIRMATION[1:], CONFIRMATION),)),
    )
    asked = KeepWork(replace(world.work, forgetting=world.now))
    reply = Reply(blocks, private=True)
    return Decision(replace(state, doing=_ASKED), (reply,), arrived=sent(world), effects=(asked,))


def confirmed(state: State, said: str, world: World) -> Decision:
    """Erase all that is kept about the speaker, and say what it was; else, ask (again)."""
    asked = world.work.forgetting
    exactly = words_of(said) == words_of(CONFIRMATION)
    if not exactly or asked is None or not _fresh(asked, world.now):
        return forget_me(state, world)
    if world.records is None:
        return Decision(state, needs="records")
    erased = _some(world.records)
    said = words.FORGOTTEN.format(what=erased) if erased else words.FORGOTTEN_NOTHING
    reply = Reply((Text(f"{said} {_never_kept(world)}"),), private=True)
    whom = ForgetEverywhere(world.speaker.id, world.name, world.speaker.also)
    job = Job(world.tenant, whom, key=f"{world.seed} forget")
    # In a thread, others go on talking: only this person's part is forgotten, and what was last said.
    others = tuple(speaker for speaker in state.asked_by if speaker != world.speaker.id)
    return Decision(
        State(asked_by=others), (reply,), arrived=sent(world), effects=(Forget(),),
        jobs=(job,) if world.tenant else (),
    )  # fmt: skip


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """A yes or no to the question whether to erase it all, while that was shown last; None for other words.

    Neither erases anything: that takes the button's own words.
    """
    asked, exactly = world.work.forgetting, words_of(said.text) == words_of(CONFIRMATION)
    if asked is None or state.doing != _ASKED or world.place.kind != "direct" or said.pressed or exactly:
        return None
    agreed = agreement(said.text, _ERASE)
    if agreed is None:
        return None
    if agreed and not _fresh(asked, world.now):
        return forget_me(state, world)
    answer = words.FORGET_EXACTLY.format(words=CONFIRMATION) if agreed else words.FORGET_LEFT
    button = Choice(CONFIRMATION[:1].upper() + CONFIRMATION[1:], CONFIRMATION)
    left = () if agreed else (KeepWork(replace(world.work, forgetting=None)),)
    ways = (Choices((button,)),) if agreed else ()
    return Decision(state, (Reply((Text(answer), *ways), private=True),), effects=left)


def _never_kept(world: World) -> str:
    return words.NEVER_KEPT_BY_MAIL if by_mail(world.speaker.id) else words.NEVER_KEPT


def _fresh(asked: datetime, now: datetime) -> bool:
    return timedelta() <= now - asked <= CONFIRM_WITHIN


def _later(state: State) -> Decision:
    return Decision(state, (Reply((Text(words.PRIVACY_LATER),), private=True),))


def _newest(kind: str, lines: list[str]) -> list[Block]:
    """The newest lines of a kind, and a button for the rest."""
    if len(lines) <= _NEWEST + 1:  # a button in the place of one line would save nothing
        return _list(kind, lines, lines)
    whole = Details((_bullets(lines[_NEWEST:]),)) if len(lines) <= _PAGE else None
    rest = Choice(_called(words.MORE_OF, kind, len(lines) - _NEWEST), encode(MyData(kind)), unfolds=whole)
    return [*_list(kind, lines[:_NEWEST], lines), Choices((rest,))]


def _page(kind: str, page: int, lines: list[str]) -> list[Block]:
    """One page of a kind, and the way to the next."""
    first = page * _PAGE if page * _PAGE < len(lines) else 0
    left = len(lines) - first - _PAGE
    more = Choice(_called(words.MORE_OF, kind, left), encode(MyData(kind, first // _PAGE + 1)))
    return [*_list(kind, lines[first : first + _PAGE], lines), *([Choices((more,))] if left > 0 else [])]


def _list(kind: str, shown: list[str], lines: list[str]) -> list[Block]:
    head = _called(words.ALL_OF, kind, len(lines)) if len(lines) > 1 else words.KINDS[kind][0]
    return [Text(f"**{head[:1].upper()}{head[1:]}**"), _bullets(shown)]


def _bullets(lines: list[str]) -> Text:
    return Text("\n".join(f"- {line}" for line in lines))


def _called(template: str, kind: str, count: int) -> str:
    return template.format(count=count, kind=words.KINDS[kind][count != 1])


def _some(records: Sequence[Record]) -> str:
    """How much of each kind there is."""
    return words.some({kind: len(alike) for kind, alike in _by_kind(records).items()})


def _by_kind(records: Sequence[Record]) -> dict[str, list[Record]]:
    """The records of each kind; all that is kept of one question is one record, a question."""
    found: dict[str, list[Record]] = {}
    about: dict[str, list[Record]] = {}
    for record in records:
        if record.question:
            about.setdefault(" ".join(record.question.casefold().split()), []).append(record)
        else:
            found.setdefault(record.kind, []).append(record)
    if about:
        found = {"question": [*map(_together, about.values()), *found.pop("question", [])], **found}
    return found


def _together(records: Sequence[Record]) -> Record:
    """What is kept of one question, in the place where it is kept several times."""
    counts = Counter(record.text for record in records)
    said = (text + words.TIMES.format(count=count) if count > 1 else text for text, count in counts.items())
    known = [record.when for record in records if record.when is not None]
    lesson = next((record.lesson for record in records if record.lesson), None)
    return Record("question", max(known, default=None), ", ".join(said), lesson, records[0].question)


def _lines(alike: Sequence[Record], world: World) -> list[str]:
    """What is kept of one kind, in Markdown: the newest first, and the same thing once."""
    alike = sorted(alike, key=lambda record: record.when or world.now, reverse=True)
    told = Counter((record.when, _text(record, world)) for record in alike)
    return [
        "".join((_moment(when, world), literal(said), words.TIMES.format(count=count) if count > 1 else ""))
        for (when, said), count in told.items()
    ]


def _moment(when: datetime | None, world: World) -> str:
    if when is None:
        return ""
    local = when.astimezone(zones.clock(world.zone))
    year = "" if local.year == world.now.year else f" {local.year}"
    return f"{local:%-d %b}{year}, {local:%H:%M}: "


def _text(record: Record, world: World) -> str:
    lesson = world.knowledge.lessons.get(record.lesson or "")
    about = record.question or record.text
    said = f"{about} → {lesson.title}" if lesson else about
    if record.question:
        said = words.KEPT_OF_IT.format(question=said, kept=record.text)
    return " ".join(said.split())
