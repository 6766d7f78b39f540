"""Two that are set against each other: "what's the difference between that and a cluster?"."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dialogs.core.acts import VERY_SURE, meant_by
from dialogs.core.model import Decision, State, World
from dialogs.core.phrasing import phrased
from dialogs.core.replies import Text
from dialogs.core.text import normal
from dialogs.core.text import words as words_of
from dialogs.questions.given import told_of
from dialogs.questions.naming import POINTERS, closest, content, in_view, named
from dialogs.questions.places import SEVERAL, listed_at, places_in
from dialogs.questions.tell import leads
from dialogs.wording import conversation as words

_OWN = re.compile(
    r"\b(?:compared?|contrast|difference|diff|differs?|different|same|thing|common|alike|side|stack up|apart|"
    r"between|separates|distinguishes|opposed|weigh|how|what|isnt|arent|just|got|please|the two|both|"
    r"those two)\b"
)
"""The words of a comparison that name nothing."""
_BETWEEN = re.compile(r"\b(?:and|with|to|from|against|versus|vs|than)\b")


def compared(state: State, text: str, world: World) -> Decision | None:
    """What the deck says of each of two that are set against each other; None where that isn't asked.

    They are named, or pointed at in the list in view; with one alone, the lesson last given is the other,
    with none the last two, or all of the list.
    """
    meant = meant_by(text)
    if meant.act != "compare" or meant.chance < VERY_SURE:
        return None
    kb = world.knowledge
    core = normal(text)
    if SEVERAL.search(core):
        return None  # "the first two" of a list are read as such
    unplaced, places = places_in(core)
    listed = listed_at(places, state.shown)
    near = in_view(state, kb)
    parts = [part for part in _BETWEEN.split(_OWN.sub(" ", unplaced)) if content(part, kb)]
    said = [closest(part, near, kb) or named(part, kb) for part in parts]
    if None in said or (places and not listed):
        return None  # one of them is nothing that the deck has
    two = tuple(dict.fromkeys((*listed, *filter(None, said))))
    if len(two) == 1 and state.lesson and POINTERS.intersection(words_of(text)):
        two = tuple(dict.fromkeys((state.lesson, *two)))
    if not two:
        last = {state.follows: None, state.lesson: None} if state.follows and state.lesson else {}
        two = state.shown if len(state.shown) == 2 or len(last) < 2 else tuple(filter(None, last))
    if len(two) < 2:
        return None
    reply = leads(kb, two, text)
    reply = replace(reply, blocks=(Text(phrased(words.COMPARED, kb)), *reply.blocks))
    return told_of(replace(state, shown=two), two[0], text, reply, world)
