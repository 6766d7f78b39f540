"""What an advisor types in the thread under an enquiry's card: perhaps the answer, so that is asked first."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.commands import EnquiryAct, encode
from dialogs.core.mentions import unforged
from dialogs.core.model import Decision, State, Utterance, World
from dialogs.core.replies import Choice, Choices, Quote, Reply, Text
from dialogs.core.text import words as words_of
from dialogs.wording import enquiries as words

LONGEST = 1_800
"""Characters that a button can carry."""


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """Whether it is the answer; None where it stands under no card, or is no advisor's.

    Of what isn't said to us, only the first in a thread: advisors talk among themselves there.
    """
    id = world.under_card
    if not id or said.pressed or said.edited or world.speaker.role != "advisor" or not words_of(said.text):
        return None
    asked = f"answer {id}"
    if not said.addressed and state.doing == asked:
        return None
    text = " ".join(unforged(said.text).split())
    write = Choice(words.ANSWER, encode(EnquiryAct("answer", id)), opens=True)
    then = replace(state, doing=asked)
    if len(text) > LONGEST:
        return Decision(then, (Reply((Text(words.UNDER_CARD_LONG), Choices((write,))), private=True),))
    send = Choice(words.UNDER_CARD_SEND, encode(EnquiryAct("answer", id, text)), primary=True)
    return Decision(
        then, (Reply((Text(words.UNDER_CARD), Quote(text), Choices((send, write))), private=True),)
    )
