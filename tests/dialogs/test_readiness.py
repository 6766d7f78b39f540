"""A readiness check alone: taken, changed, paused, finished, and looked back on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.core.effects import KeepResult
from dialogs.core.events import Place
from dialogs.core.model import Decision
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Chart, Details, Facts, Reply
from dialogs.core.work import CheckRun, Work
from knowledge import Knowledge
from tests.harness.person import Person, read
from tests.harness.small import NOW, SMALL

CHECK = SMALL.checks["plot"]


def take(person: Person, *answers: str) -> Decision:
    """Answer in words, one step after another; the last decision."""
    decision = person.say("readiness")
    for answer in answers:
        decision = person.say(answer)
    return decision


def chart(decision: Decision) -> Chart:
    """The one chart that was shown."""
    (found,) = (block for reply in decision.replies for block in reply.blocks if isinstance(block, Chart))
    return found


def test_answers_typed_and_pressed_come_to_the_same() -> None:
    typed, pressed = Person(), Person()
    take(typed, "1", "often", "don't know", "5", "at times", "2", "3", "skip")
    pressed.say("readiness")
    for label in ("Never", "Often", "Don't know", "Always", "At times", "Flat bed", "3", "Skip"):
        last = pressed.press(label)
    assert typed.results == pressed.results
    (result,) = typed.results
    assert result.scores == {"compost": 37.5, "water": 100.0, "bed-shared": 50.0}
    assert result.unknown == {"compost": 0, "water": 1, "bed-shared": 0}
    assert (result.model, result.partners) == ("bed-flat", 3)
    assert typed.work.check is None
    assert chart(last).series[0].values == (38.0, 100.0, 50.0)


def test_the_result_names_what_was_answered_and_where_to_read() -> None:
    person = Person()
    result = take(person, "1", "4", "don't know", "5", "5", "flat bed", "4", "To eat well")
    said = read(result)
    assert "“We feed the soil every autumn.”: you said Never." in said
    assert "“We water in the evening.”: you don't know" in said
    assert "For: To eat well" in said
    assert said.index("every autumn.”") < said.index("in the evening.”") < said.index("each month.”")
    details, history = choices(result.replies[0])
    assert history.says == "readiness history"
    assert isinstance(details.unfolds, Details)
    rests = person.say(details.says)
    assert plain(Reply(details.unfolds.blocks)) in plain(rests.replies[0]), (
        "there and then, or asked for later"
    )
    assert "tends to fail" in read(rests)
    assert "show compost" in [choice.says for choice in choices(rests.replies[0])]


def test_factors_that_come_out_level_are_called_so() -> None:
    said = read(take(Person(), *["3"] * 5, "skip", "skip", "skip"))
    assert "All factors came out level." in said
    assert "Weakest" not in said


def test_knowing_nothing_is_the_finding() -> None:
    person = Person()
    said = read(take(person, *["don't know"] * 5, "skip", "skip", "skip"))
    assert "that is the finding" in said
    assert set(person.results[0].scores.values()) == {None}


def test_an_answer_can_be_changed_until_the_end() -> None:
    person = Person()
    take(person, "1", "back", "5")
    assert person.work.check.answers == {"compost-autumn": 5}
    assert person.work.check.at == 1


def test_a_press_on_a_step_that_is_past_changes_nothing() -> None:
    person = Person()
    person.say("readiness")
    first = person.offered[0].says
    person.say(first, pressed=True)
    again = person.say(first, pressed=True)
    assert "back" in again.note
    assert again.effects == ()


@pytest.mark.parametrize("words", ["readiness answer x -1 9", "readiness back x 1", "readiness resume x"])
def test_a_stale_or_forged_button_changes_nothing(words: str) -> None:
    person = Person()
    person.say("readiness")
    decision = person.say(words, pressed=True)
    assert "earlier check" in decision.note
    assert decision.effects == ()


def test_an_answer_off_the_scale_is_refused_kindly() -> None:
    person = Person()
    person.say("readiness")
    for value in (-1, 6, 999):
        decision = person.say(f"readiness answer {person.work.check.id} 1 {value}", pressed=True)
        assert "from 1 to 5" in decision.note
    assert "from 1 to 5" in read(person.say("0"))
    assert person.work.check.answers == {}


def test_days_later_it_goes_on_where_it_was() -> None:
    person = Person()
    take(person, "2", "pause")
    person.state = type(person.state)()
    offer = person.say("readiness", now=NOW + timedelta(days=9))
    assert "you were at step 2 of 8" in read(offer)
    assert "2 of 8." in read(person.press("Go on"))
    assert person.work.check.answers == {"compost-autumn": 2}


def test_a_purpose_of_two_thousand_characters_loses_nothing() -> None:
    person = Person()
    decision = take(person, *["3"] * 5, "skip", "skip", "we share " * 222)
    assert "at most 300" in read(decision)
    assert len(person.work.check.answers) == 5
    assert "Your result" in read(person.say("To eat well"))


def test_a_purpose_is_shown_literally() -> None:
    person = Person()
    result = take(person, *["3"] * 5, "skip", "skip", "*bold* <!channel>")
    assert Facts((("For", "*bold* <!channel>"),)) in result.replies[0].blocks


def test_a_question_in_between_is_answered() -> None:
    person = Person()
    take(person, *["3"] * 5, "skip", "skip")
    (reply,) = person.say("does compost really help the soil?").replies
    assert reply.asked
    assert person.work.check.purpose == ""


def test_history_first_needs_the_results() -> None:
    assert Person().say("readiness history", results=None).needs == "results"


def test_history_tells_what_moved() -> None:
    person = Person()
    take(person, *["2"] * 5, "skip", "skip", "skip")
    assert "25" in read(person.say("readiness history"))
    take(person, "4", "4", "2", "2", "1", "skip", "skip", "skip")
    later = person.say("readiness history")
    assert "Compost rose from 25 to 75; Bed shared by neighbours fell from 25 to 0" in read(later)
    assert chart(later).kind == "lines"
    assert len(chart(later).labels) == 2


def test_several_checks_are_chosen_by_button() -> None:
    other = type(CHECK)(id="shed", title="Is our shed ready?", intro="Look.", statements=CHECK.statements,
                        scale=CHECK.scale, unknown=CHECK.unknown)  # fmt: skip
    both = Knowledge(SMALL.deck, SMALL.lessons, SMALL.vocabulary, SMALL.matcher, SMALL.quiz,
                     {"plot": CHECK, "shed": other})  # fmt: skip
    person = Person(knowledge=both)
    person.say("readiness")
    assert "1 of 5." in read(person.press("Is our shed ready?"))


def test_in_a_channel_it_is_sent_to_the_speaker_and_numbers_are_not_for_it() -> None:
    person = Person(place=Place("teams", "channel"))
    start = person.say("readiness here")
    assert start.arrived == "I've sent that to you alone."
    assert start.replies[0].private
    person.say("4")
    assert person.work.check.answers == {}


def test_without_memory_it_asks_to_try_again() -> None:
    for words in ("readiness", "readiness history", "readiness resume"):
        assert "try again in a few minutes" in read(Person(remembers=False).say(words))


def test_a_run_whose_check_has_changed_does_no_harm() -> None:
    person = Person()
    person.work = Work(check=CheckRun("r", "plot", NOW, at=99, answers={"gone": 3, "compost-autumn": 44}))
    decision = person.say("readiness skip r 8", pressed=True)
    assert "Nothing was answered" in read(decision)
    assert not [effect for effect in decision.effects if isinstance(effect, KeepResult)]
