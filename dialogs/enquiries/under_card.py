"""What an advisor types in the thread under an enquiry's card: perhaps the answer, so that is asked first."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.core.commands import EnquiryAct, encode
from dialogs.core.events import Utterance
from dialogs.core.mentions import unforged
from dialogs.core.model import Decision, State, World
from dialogs.core.replies import Choice, Choices, Quote, Reply, Text
from dialogs.core.router import act_of
from dialogs.core.text import words as words_of
from dialogs.wording import enquiries as words

LONGEST = 1_800
"""Characters that a button can carry."""


def typed(state: State, said: Utterance, world: World) -> Decision | None:
    """Whether it is the answer; None where it stands under no card, or is no advisor's.

    Of what isn't said to us, only the first in a thread: advisors talk among themselves there.
    """
    id = _enquiry(world)
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


def _enquiry(world: World) -> str:
    """The id of the enquiry whose card this stands under, by the buttons that it has; "" for none."""
    if world.place.kind == "direct":
        return ""  # there the buttons are those of a whole day
    acts = (act_of(button.says, world.place) for button in world.offered)
    answers = (act for act in acts if isinstance(act, EnquiryAct) and act.act in ("answer", "show"))
    return next((act.enquiry for act in answers), "")
