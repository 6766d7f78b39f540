"""Every command of the table: typed and pressed, as every role, in every place."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from dialogs import choices
from dialogs.core.commands import TABLE, Show, Tell, encode
from dialogs.core.commands.row import EVERYWHERE, Row
from dialogs.core.effects import Forget, KeepUnanswered, KeepWork
from dialogs.core.events import Place, PlaceKind, Role, Speaker, Utterance
from dialogs.core.model import OfferedButton
from dialogs.core.phrasing import phrased
from dialogs.core.reminder_model import AdvisorSettings
from dialogs.core.replies import Choice, Frozen
from dialogs.core.router import NamedAct, route, understand
from dialogs.core.session_model import ChannelReference
from dialogs.core.world_parts import CodeLookup, Record
from dialogs.wording.conversation import ASK_ADVISOR
from tests.dialogs.everything_said import everything_said
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person, read
from tests.harness.small import NOW, SMALL, world

ROLES: tuple[Role, ...] = ("officer", "advisor")
IN_CHANNEL = ChannelReference("slack:T1", "C1", "slack", {})
GIVES_A_LESSON = (Show, Tell)


def at(place: PlaceKind) -> dict[str, object]:
    """What the world is there."""
    return {
        "place": Place("slack", place), "reference": None if place == "direct" else IN_CHANNEL, "shared": (),
        "check_ins": (), "again": (), "found": CodeLookup(), "records": (), "series": (), "shares": (),
        "token": "0f" * 16,
    }  # fmt: skip


ROWS = [pytest.param(row, id=f"{number} {row.name}") for number, row in enumerate(TABLE)]


@pytest.mark.parametrize("row", ROWS)
def test_what_a_button_says_is_read_back_as_its_command(row: Row) -> None:
    for words in everything_said(row):
        place = row.where[0]
        event = Utterance(words)
        command: Frozen | None = route(event, Place("slack", place)) or understand(event, world(**at(place)))
        assert command is not None, words
        again = Utterance(encode(command), pressed=True)
        assert (route(again, Place("slack", place)) or understand(again, world(**at(place)))) == command, (
            words
        )


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0].to == "conversation"])  # type: ignore[union-attr]
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", EVERYWHERE)
def test_every_command_is_met_by_every_role_in_every_place(row: Row, role: Role, place: PlaceKind) -> None:
    for words, pressed in product(everything_said(row), (False, True)):
        person = Person(speaker=Speaker("slack:T1/U1", role), **at(place))
        decision = person.say(words, pressed)
        where = f"{words!r} as {role} in {place}, pressed: {pressed}"
        assert decision.heard, where
        met = decision.replies or decision.note or decision.form or decision.jobs or decision.effects
        assert met, where
        if row.command not in GIVES_A_LESSON:
            assert not any(reply.asked and reply.asked.lesson for reply in decision.replies), where
        if row.who == "advisors" and role == "officer" and place in row.where:
            refusal = f"{read(decision)} {decision.note}"
            assert "advisor" in refusal.lower(), f"{where}: {refusal}"
            assert (decision.effects, decision.jobs) == ((), ()), where


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0].to != "conversation"])  # type: ignore[union-attr]
def test_what_names_a_session_series_or_enquiry_goes_to_its_turn(row: Row) -> None:
    for words, place in product(everything_said(row), row.where):
        assert isinstance(route(Utterance(words), Place("slack", place)), NamedAct), words


def test_help_tells_of_each_command_that_has_a_line_and_can_be_said_there() -> None:
    told = {
        (role, kind): read(Person(speaker=speaker, place=Place("slack", kind)).say("help"))
        for role, kind in product(ROLES, EVERYWHERE)
        if (speaker := Speaker("slack:T1/U1", role))
    }
    for line, kind in product((line for row in TABLE for line in row.help), EVERYWHERE):
        role: Role = "advisor" if line.group.startswith("advising") else "officer"
        said = phrased(line.md, SMALL, topic="beds").replace("**", "")
        assert (said in told[role, kind]) is (kind in line.where), line
    for said in told.values():
        assert len(said) < 1_200, "it fits on one screen"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("remider list", "reminders"),
        ("templats list", "templates"),
        ("digest offf pls", "digest off"),
        ("forgett mee", "forget me"),
    ],
)
def test_a_near_miss_of_a_command_is_asked_about(typed: str, meant: str) -> None:
    decision = Person(knowledge=own_knowledge(), speaker=Speaker("slack:T1/U1", "advisor")).say(typed)
    offered = [choice.says for reply in decision.replies for choice in choices(reply)]
    assert meant in offered
    assert not decision.effects, "it is no question for the advisors"


def beginnings(row: Row) -> set[str]:
    """What stands before the arguments in the words of a command's templates."""
    begun = set[str]()
    for wire in row.wires:
        heads = [""]
        for part in wire.parts:
            fixed = [part] if isinstance(part, str) else part.kind.pattern.split("|")
            if not isinstance(part, str) and part.field != "act":
                break
            heads = [f"{head} {word}".strip() for head in heads for word in fixed]
        begun.update(head for head in heads if len(wire.parts) > 1 and head)
    return begun


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0].command is not Tell])  # type: ignore[union-attr]
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", ["direct", "channel"])
def test_what_lacks_its_object_is_no_question(row: Row, role: Role, place: PlaceKind) -> None:
    """Nor what names one that isn't there. "Why" and "more" are words of questions."""
    for begun, rest in product(sorted(beginnings(row)), ("", " bananas")):
        typed = f"{begun}{rest}"
        if route(Utterance(typed), Place("slack", place)) is not None:
            continue
        person = Person(
            knowledge=own_knowledge(), speaker=Speaker("slack:T1/U1", role), private_to={"channel": "D1"},
            advisor_settings=AdvisorSettings(), **at(place),
        )  # fmt: skip
        decision = person.say(typed)
        assert decision.replies or decision.needs or decision.form or decision.jobs, typed
        assert not any(isinstance(effect, KeepUnanswered) for effect in decision.effects), typed


@pytest.mark.parametrize(
    "typed",
    [
        "speak to a human",
        "can I talk to a real person please?",
        "you're useless",
        "that was wrong",
        "set a timer",
        "set a timer for 5 minutes",
    ],
)
def test_what_is_no_question_is_not_kept_as_one(typed: str) -> None:
    decision = Person().say(typed)
    assert not [effect for effect in decision.effects if isinstance(effect, KeepUnanswered)]
    assert not any(reply.asked for reply in decision.replies)


OPENINGS = (
    *(
        "help",
        "lessons",
        "lessons Water",
        "what is compost",
        "quiz",
        "quiz beds",
        "quiz nonsense",
        "readiness",
    ),
    *("templates", "new reminder", "reminders", "my data", "how do I set a reminder", "xyzzy plugh"),
    *("remind @asha every Monday at 9:30 to look in", "readiness history", "remind the board", "add water"),
)


SINCE = ((), ("how many beds?",), ("thanks", "help", "what is a shed for"))
"""What was said between a card and the words that stand on it."""


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("since", SINCE, ids=["at once", "after a question", "after more"])
def test_what_stands_on_a_button_can_be_typed(opening: str, since: tuple[str, ...]) -> None:
    def met() -> tuple[Person, list[Choice]]:
        person = Person(speaker=Speaker("slack:T1/U1", "advisor"), **at("direct"))
        shown = [choice for reply in person.say(opening).replies for choice in choices(reply)]
        for minutes, said in enumerate(since, 1):
            decision = person.say(said, now=NOW + timedelta(minutes=minutes))
            newer = [choice.label for reply in decision.replies for choice in choices(reply)]
            shown = [choice for choice in shown if choice.label not in newer]
        return person, shown

    _, buttons = met()
    labels = [choice.label for choice in buttons]
    for button in buttons:
        if labels.count(button.label) > 1 or (since and button.label == ASK_ADVISOR):
            continue  # typed, it is a command about what was asked since
        pressed = met()[0].say(button.says, pressed=True)
        typed = met()[0].say(button.label)
        where = f"{opening!r}, then {button.label!r}"
        assert typed.replies, where
        assert not any(isinstance(effect, KeepUnanswered) for effect in typed.effects), where
        assert pressed.note or pressed.form or read(typed) == read(pressed), where


TAKE_OVER = [
    OfferedButton("Take it over", f"reminder take over CCCCCCCCCC0{n}", NOW.timestamp() - hours * 3600)
    for n, hours in enumerate((1, 2), 1)
]


def test_what_stands_on_a_card_from_elsewhere_can_be_typed() -> None:
    person = Person(speaker=Speaker("slack:T1/U1", "advisor"), **at("direct"))
    person.say("help")
    decision = person.say("take it over", offered=(TAKE_OVER[0],))
    assert (decision.needs, decision.press) == ("press", "reminder take over CCCCCCCCCC01")


def test_of_several_that_were_offered_it_is_asked_which_by_buttons() -> None:
    person = Person(speaker=Speaker("slack:T1/U1", "advisor"), **at("direct"))
    decision = person.say("Take it over", offered=tuple(TAKE_OVER))
    assert "Which one do you mean?" in read(decision)
    (asked,) = decision.replies
    assert [choice.says for choice in choices(asked)] == [choice.says for choice in TAKE_OVER]
    label = choices(asked)[1].label
    assert label == "Take it over (07:00)"
    assert person.say(label).press == TAKE_OVER[1].says


@pytest.mark.parametrize(("hours", "taken"), [(23, True), (25, False)])
def test_a_button_can_be_typed_for_a_day(hours: int, taken: bool) -> None:
    person = Person(speaker=Speaker("slack:T1/U1", "advisor"), **at("direct"))
    person.say("readiness")
    person.say("what is compost", now=NOW + timedelta(hours=1))
    decision = person.say("never", now=NOW + timedelta(hours=hours))
    assert any(isinstance(effect, KeepWork) for effect in decision.effects) == taken


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        *((typed, "type just this") for typed in (
            "yes please", "do it", "ok do it", "go ahead", "delete it all", "yes forget", "erase everything",
            "sure", "forget it",
        )),
        *((typed, "nothing was erased") for typed in (
            "no", "no, don't", "don't delete it", "actually no thanks", "cancel", "no, keep it",
        )),
    ],
)  # fmt: skip
def test_a_yes_or_no_to_whether_to_erase_it_all_is_taken_as_one(typed: str, phrase: str) -> None:
    person = Person(place=Place("slack", "direct"), records=(Record("question", NOW, "and TUPE?"),))
    person.say("forget me")
    decision = person.say(typed)
    assert phrase in read(decision)
    assert Forget() not in decision.effects
    after = read(person.say("yes, forget me"))
    assert ("I erased" in after) is (phrase == "type just this")


def test_words_said_once_the_talk_has_moved_on_are_no_answer_to_whether_to_erase_it_all() -> None:
    person = Person(place=Place("slack", "direct"), records=(Record("question", NOW, "and TUPE?"),))
    person.say("forget me")
    person.say("lessons")
    assert "erased" not in read(person.say("go ahead"))
