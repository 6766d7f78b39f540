"""Several follow-ups in one message: "why? and any tips?"."""

from __future__ import annotations

import re

from dialogs.core.acts import VERY_SURE, Aspect, meant_by
from dialogs.core.model import Decision, State, World
from dialogs.core.text import words as words_of
from dialogs.questions.given import told_of
from dialogs.questions.naming import FILLER
from dialogs.questions.sets import SIDES
from dialogs.questions.tell import tell_several

_CUT = re.compile(r"(?<=[?!.;])\s+|,?\s+(?:and|plus|but)\s+(?:also\s+)?|,\s+", re.IGNORECASE)
_MOST = 3
_LEAST = 2


def several(state: State, text: str, world: World) -> Decision | None:
    """What is asked of the lesson last given in several ways at once; None where any part asks otherwise."""
    parts = [part for part in _CUT.split(text) if words_of(part)]
    lesson = world.knowledge.lessons.get(state.lesson or "")
    if lesson is None or lesson.advice or not _LEAST <= len(parts) <= _MOST:
        return None
    asked = [aspect for part in parts if (aspect := _aspect_alone(part))]
    aspects = tuple(dict.fromkeys(asked))
    if len(aspects) < len(parts):
        return None
    reply = tell_several(world.knowledge, lesson, aspects, text, state.told)
    return told_of(state, lesson.id, text, reply, world)


def _aspect_alone(part: str) -> Aspect | None:
    """The aspect that ``part`` asks for, and nothing else."""
    meant = meant_by(part)
    sure = meant.chance > VERY_SURE and all(word in FILLER for word in words_of(meant.rest))
    # Which succeed and which fail are two lists, and no two things of one lesson.
    return meant.aspect if sure and meant.aspect not in SIDES else None
