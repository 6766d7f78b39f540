"""What an assistant is shown, who answers for somebody else."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.commands import SeriesAct, encode
from dialogs.core.replies import Block, Choice, Choices, Reply, Text
from dialogs.core.router import act_of
from dialogs.core.text import literal
from dialogs.wording import mail as mail_words
from dialogs.wording import reminders as words


def for_another(card: Reply, name: str, behalf: str) -> Reply:
    """``card``, for who answers in the place of ``name``; ``behalf``: that person's digest in its series."""
    blocks = on_behalf(card, behalf).blocks
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Choices)), len(blocks))
    told = Text(words.YOU_ANSWER_FOR.format(name=literal(name)))
    subject = mail_words.SUBJECT_FOR.format(name=name, subject=card.subject)
    return replace(card, blocks=(*blocks[:first], told, *blocks[first:]), subject=subject)


def on_behalf(reply: Reply, behalf: str) -> Reply:
    """``reply`` whose buttons act in somebody's place."""
    return replace(reply, blocks=tuple(_block(block, behalf) for block in reply.blocks))


def _block(block: Block, behalf: str) -> Block:
    if not isinstance(block, Choices):
        return block
    return replace(block, options=tuple(_choice(choice, behalf) for choice in block.options))


def _choice(choice: Choice, behalf: str) -> Choice:
    act = act_of(choice.says)
    return replace(choice, says=encode(replace(act, behalf=behalf))) if isinstance(act, SeriesAct) else choice
