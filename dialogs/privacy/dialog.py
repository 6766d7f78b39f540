"""What is kept about a person: shown to them, or erased."""

from __future__ import annotations

from collections import Counter

from dialogs.core.commands import ForgetMe, encode
from dialogs.core.jobs import ForgetEverywhere, Job
from dialogs.core.model import Decision, Forget, Record, State, World
from dialogs.core.replies import Block, Choice, Choices, Facts, Reply, Text
from dialogs.wording import conversation as words


def my_data(state: State, world: World) -> Decision:
    """Send the speaker all that is kept about them, privately."""
    if not world.remembers:
        return _later(state)
    if world.records is None:
        return Decision(state, needs="records")
    if not world.records:
        blocks: tuple[Block, ...] = (Text(words.NOTHING_KEPT),)
    else:
        pairs = tuple((_name(one), _text(one, world)) for one in world.records)
        forget = Choices((Choice(words.FORGET_BUTTON, encode(ForgetMe())),))
        blocks = (Text(words.MY_DATA.format(days=world.retention_days)), Facts(pairs), forget)
    note = words.SENT_PRIVATELY if world.place.kind != "direct" else ""
    return Decision(state, (Reply(blocks, private=True),), note=note)


def forget_me(state: State, world: World) -> Decision:
    """Erase all that is kept about the speaker, and say what it was."""
    if not world.remembers:
        return _later(state)
    if world.records is None:
        return Decision(state, needs="records")
    # In a thread, others go on talking: only this person's part is forgotten, and what was last said.
    others = tuple(one for one in state.asked_by if one != world.speaker.id)
    counts = Counter[str](record.kind for record in world.records)
    said = words.FORGOTTEN.format(what=words.some(counts)) if counts else words.FORGOTTEN_NOTHING
    reply = Reply((Text(f"{said} {words.NEVER_KEPT}"),), private=True)
    note = words.SENT_PRIVATELY if world.place.kind != "direct" else ""
    elsewhere = Job(world.tenant, ForgetEverywhere(world.speaker.id), key=f"{world.seed} forget")
    jobs = (elsewhere,) if world.tenant else ()
    return Decision(State(asked_by=others), (reply,), note=note, effects=(Forget(),), jobs=jobs)


def _later(state: State) -> Decision:
    return Decision(state, (Reply((Text(words.PRIVACY_LATER),), private=True),))


def _name(record: Record) -> str:
    name = words.KINDS[record.kind][0]
    name = name[:1].upper() + name[1:]
    return f"{name}, {record.when:%-d %B %Y, %H:%M} UTC" if record.when else name


def _text(record: Record, world: World) -> str:
    lesson = world.knowledge.lessons.get(record.lesson or "")
    return f"{record.text} → {lesson.title}" if lesson else record.text
