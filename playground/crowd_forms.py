"""How a colleague fills in one page of a form: plausibly, and as their organisation would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec

from playground.stage import Json, Person

LEANING = {"Northshire County": 0.78, "Eastvale District": 0.62, "Westmoor District": 0.68}
"""How far up a scale an organisation's people answer, from 0 to 1."""
DOUBTFUL = "Eastvale District"
"""The organisation that is less convinced than the others of some of what it is asked, page by page."""
DOUBTED = 0.3
"""The part of the pages that it doubts."""
DOUBT, SPREAD = 0.25, 0.16
"""How far up its people answer there, and how much any two people differ."""
NOT_KNOWING, NOT_KNOWING_DOUBTED = 0.06, 0.3
"""How many don't know: anywhere, and there."""
LONGEST = 300
"""Characters of an answer in words, where the form doesn't say."""
_UNKNOWN = re.compile(r"\b(?:don.t|do not|not) (?:know|sure)", re.IGNORECASE)
_SENTENCES = (
    "So that people get something good out of it, whoever runs it.",
    "To keep going what none of us can afford alone.",
    "We lose too many good people, and together we could keep them.",
    "The same job is done twice, two miles apart.",
    "Because it worked well when we tried it.",
)

_SLACK_ONE = ("radio_buttons", "static_select")
_SLACK_MANY = ("checkboxes", "multi_static_select")


class FormQuestion(msgspec.Struct, frozen=True):
    """One question of a page, on either platform."""

    id: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    """Labels and values; none where it is answered in words."""
    many: bool = False
    joined: bool = False
    """Whether several values travel in one string, parted by commas."""
    people: bool = False
    optional: bool = False
    longest: int = LONGEST


def dice(seed: float | str | None = None) -> Random:
    """Chances for a play of colleagues, the same for the same seed."""
    return Random(seed)  # noqa: S311 - nothing here is a secret


def submits(page: Json) -> bool:
    """Whether ``page`` can be submitted; a page that can't is only there to be read."""
    if "blocks" in page:
        return bool(page.get("submit"))
    return any(action.get("associatedInputs") != "none" for action in _actions(page["card"]))


def filled(page: Json, person: Person, random: Random) -> Json:
    """The values with which ``person`` submits ``page``, as ``StandIn.submit`` takes them."""
    asked = list(_slack(page["blocks"]) if "blocks" in page else _teams(page["card"]))
    doubts = (
        person.organisation == DOUBTFUL
        and dice(f"doubts {asked[0].label if asked else ''}").random() < DOUBTED
    )
    values = {question.id: _answer(question, person, random, doubts) for question in asked}
    return {key: value for key, value in values.items() if value is not None}


def _answer(asked: FormQuestion, person: Person, random: Random, doubts: bool) -> Any:
    if asked.people:
        identity = person.teams_id if asked.joined else person.slack_id
        return None if asked.optional else identity if asked.joined or not asked.many else [identity]
    if not asked.options:
        fitting = [sentence for sentence in _SENTENCES if len(sentence) <= asked.longest]
        words = random.choice(fitting or _SENTENCES)[: asked.longest]
        return None if asked.optional and random.random() < 0.7 else words
    if not asked.many:
        return _picked(asked, person, random, doubts)
    values = [value for _, value in asked.options]
    some = [value for value in values if random.random() < 0.4] or [random.choice(values)]
    return ",".join(some) if asked.joined else some


def _picked(asked: FormQuestion, person: Person, random: Random, doubts: bool) -> str:
    """One option: one's own organisation, a step of a scale, or anything."""
    for label, value in asked.options:
        if label == person.organisation:
            return value
    unknown = [value for label, value in asked.options if _UNKNOWN.search(label)]
    steps = [value for label, value in asked.options if value not in unknown]
    if not steps or not (unknown or all(value.isdecimal() for value in steps)):
        return random.choice(asked.options)[1]
    if unknown and random.random() < (NOT_KNOWING_DOUBTED if doubts else NOT_KNOWING):
        return unknown[0]
    # Each statement is somewhat truer or less true than the others, for everybody.
    middle = DOUBT if doubts else LEANING[person.organisation] + dice(asked.label).uniform(-0.2, 0.12)
    place = min(1.0, max(0.0, random.gauss(middle, SPREAD)))
    return steps[round(place * (len(steps) - 1))]


def _slack(blocks: list[Json]) -> Iterator[FormQuestion]:
    for block in blocks:
        element = block.get("element") or {}
        if block.get("type") != "input":
            continue
        kind = element.get("type", "")
        options = tuple((option["text"]["text"], option["value"]) for option in element.get("options", ()))
        yield FormQuestion(
            id=block["block_id"],
            label=block["label"]["text"],
            options=options if kind in (*_SLACK_ONE, *_SLACK_MANY) else (),
            many=kind in _SLACK_MANY or kind.startswith("multi_"),
            people=kind.endswith(("users_select", "conversations_select")),
            optional=block.get("optional", False),
            longest=element.get("max_length", LONGEST),
        )


def _teams(card: Json) -> Iterator[FormQuestion]:
    for element in _all(card):
        kind = element.get("type")
        if kind not in ("Input.Text", "Input.ChoiceSet"):
            continue
        yield FormQuestion(
            id=element["id"],
            label=element.get("label", ""),
            options=tuple((option["title"], option["value"]) for option in element.get("choices", ())),
            many=element.get("isMultiSelect", False),
            joined=True,
            people="choices.data" in element,
            optional=not element.get("isRequired", False),
            longest=element.get("maxLength", LONGEST),
        )


def _actions(card: Json) -> Iterator[Json]:
    return (element for element in _all(card) if element.get("type") in ("Action.Submit", "Action.Execute"))


def _all(inside: object) -> Iterator[Json]:
    """Every JSON object inside, the outer before the inner."""
    if isinstance(inside, dict):
        yield inside
        for part in inside.values():
            yield from _all(part)
    elif isinstance(inside, list):
        for part in inside:
            yield from _all(part)
