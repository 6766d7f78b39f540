"""What a quiz and a readiness check share: they go to one person alone, and need memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dialogs.core.commands import encode
from dialogs.core.events import Utterance
from dialogs.core.model import AT_HAND, Decision, State, World
from dialogs.core.replies import Block, Choice, Frozen, Quote, Reply, Text
from dialogs.core.text import clean, is_question
from dialogs.core.text import words as words_of
from dialogs.wording import conversation as words
from dialogs.wording import unreadable
from dialogs.wording.enquiries import YOU_WROTE
from dialogs.wording.sessions import ON_THE_CARD

LONGEST_LABEL = 40
"""Characters of typed words that a button repeats."""
_FEW = 3
"""Words of a slip of the finger, at most."""


def card(blocks: Iterable[Block], world: World, instead: bool = True) -> Reply:
    """A message for the speaker alone; with ``instead``, it takes the place of the card that was pressed."""
    return Reply(tuple(blocks), private=world.place.kind != "direct", instead=instead)


def sent(world: World) -> str:
    """Tells those who asked among others where to look, once it is there (``Decision.arrived``)."""
    return words.SENT_DIRECTLY if world.place.kind != "direct" else ""


def left_out(world: World) -> tuple[Text, ...]:
    """What a list says of those that can't be read; nothing where all can."""
    if not world.unread:
        return ()
    return (Text(unreadable.LEFT_OUT[world.unread != 1].format(count=world.unread)),)


def kindly(state: State, text: str, world: World, pressed: bool) -> Decision:
    """A sentence that changes nothing: a note for a press, a message for typed words."""
    if pressed:
        return Decision(state, note=text)
    return Decision(state, (card([Text(text)], world, instead=False),))


def wrote(note: str, written: Iterable[str]) -> Reply:
    """``note``, and what somebody wrote of which nothing came, so that it isn't lost."""
    return Reply((Text(f"{note} {YOU_WROTE}"), *(Quote(text) for text in written)), private=True)


def given_back(state: State, note: str, written: Sequence[str], world: World) -> Decision:
    """``note`` for a page that came too late, with what was written on it."""
    if not written:
        return Decision(state, note=note)
    reply = replace(wrote(note, written), private=world.place.kind != "direct")
    return Decision(state, (reply,), arrived=sent(world))


def pressed(state: State, says: str, world: World, comment: str = "") -> Decision:
    """What pressing the button of a session or series comes to that says so; done at once, and once."""
    if world.acted is None:
        return Decision(state, needs="press", press=says, comment=comment)
    note, replies = world.acted.note, [world.acted.reply] if world.acted.reply else []
    if note and not (note in ON_THE_CARD and world.place.kind != "direct"):
        replies.insert(0, card([Text(note)], world, instead=False))
    return Decision(
        state, tuple(replies), arrived=sent(world) if any(reply.private for reply in replies) else ""
    )


def astray(state: State, text: str, what_helps: str, world: World) -> Decision | None:
    """``what_helps``, where ``text`` was typed alone here and is too little to be a question of its own."""
    few = len(words_of(text)) <= _FEW and not is_question(text)
    if not few or world.place.kind != "direct" or world.knowledge.match(text).band == "answer":
        return None
    return kindly(state, what_helps, world, pressed=False)


def repeating(what: str, said: Utterance, meant: Frozen) -> Choice:
    """A button that does what ``said`` does to ``what``, where that is ``meant``."""
    return Choice(f"{what}: {clean(said.text)[:LONGEST_LABEL]}", encode(meant))


def away(state: State, world: World) -> Decision:
    """Without memory, neither can be taken."""
    return Decision(state, (card([Text(words.MEMORY_AWAY)], world, instead=False),))


def read_as(meant: str, decision: Decision) -> Decision:
    """``decision``, which says first that words with slips of the finger were read as ``meant``."""
    if not decision.replies:
        return decision
    first, *rest = decision.replies
    told = replace(first, blocks=(Text(words.MENDED.format(said=meant)), *first.blocks))
    return replace(decision, replies=(told, *rest))


def name_run(seed: str, kind: str) -> str:
    """A short name for what is started now; the same for a repeat of the same turn."""
    return hashlib.sha256(f"{kind} {seed}".encode()).hexdigest()[:10]


def shown_at(state: State, id: str) -> float:
    """When what goes by ``id`` stood here last, in seconds since 1970; 0 where no button of it is left."""
    if state.doing.partition(" ")[0] == id:
        return state.since
    return max((button.at for button in state.offered if id in button.says.split()), default=0.0)


def pending(state: State) -> bool:
    """Whether the last thing said was a suggestion that nobody has taken up yet."""
    return state.band == "suggest" and bool(state.shown)


def further_up(state: State, id: str, world: World) -> bool:
    """Whether what goes by ``id`` was shown here within the day, and nothing since that asks for words."""
    asks = state.doing or state.headings_shown or pending(state)
    return not asks and world.now.timestamp() - shown_at(state, id) <= AT_HAND


def idle(state: State) -> bool:
    """Whether nothing has been said here yet, so that a card sent from elsewhere is the last thing shown."""
    return not (state.doing or state.lesson or state.shown or state.question or state.headings_shown)
