"""What stands on the big screen of the room: a session's card, or what came of it, without buttons."""

from __future__ import annotations

from string import ascii_uppercase

from msgspec.structs import replace

from dialogs.core.replies import Block, Chart, Choices, Citation, Progress, Reply, Text
from dialogs.core.session_model import LiveSession, Tally
from dialogs.core.text import literal
from dialogs.results.report import result_blocks
from dialogs.sessions.cards import live_card
from knowledge import Knowledge


def big_screen(state: LiveSession, tally: Tally, kb: Knowledge) -> Reply:
    """The page as it stands now: no names of people but on the scoreboard of a quiz that has them."""
    check = kb.checks.get(state.check.check) if state.check else None
    if state.result is not None and check is not None:
        result = result_blocks(state.result, check, kb, state.id)
        blocks: list[Block] = [block for block in result if not isinstance(block, Citation)]
        blocks.sort(key=lambda block: isinstance(block, Chart))  # beside what is said, not amid it
    else:
        nobody = replace(state, host=replace(state.host, name=""))
        blocks = list(live_card(nobody, tally, kb).blocks)
    return Reply(tuple(shown for block in blocks for shown in _shown(block)))


def _shown(block: Block) -> tuple[Block, ...]:
    """Answers to choose from are read there; what else could be pressed has no place on a screen."""
    if isinstance(block, Progress):
        return ()  # the question says which it is
    if not isinstance(block, Choices):
        return (block,)
    if not block.in_full:
        return ()
    named = (option.label.strip() for option in block.options)
    lettered = all(label[:2] == f"{letter}." for label, letter in zip(named, ascii_uppercase, strict=False))
    mark = "" if lettered else "- "
    return (Text("\n\n".join(f"{mark}{literal(option.label.strip())}" for option in block.options)),)
