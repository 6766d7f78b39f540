"""Advisors write quiz questions: shown as they would be asked, added, asked everywhere, retired, exported."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from msgspec.structs import replace

from dialogs.core.plain import choices, plain
from dialogs.core.replies import Reply
from knowledge.authoring.check import check
from knowledge.base import load
from knowledge.quiz import QuizQuestion
from knowledge.taught_quiz import FILE, quiz_with, written
from tests.enquiries.test_loop import COLLEAGUE, OTHER_ADVISOR, advised
from tests.harness import small
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import Sharewise

__all__ = ["advised"]

FILLED = {
    "lesson": "compost",
    "text": "What turns garden waste into food for the soil?",
    "right": "A compost heap",
    "wrong": "A flat bed\n- A water butt",
    "why": "Compost feeds the soil.",
}
CHANNEL = {"tenant": "slack:T1", "channel": "C1"}


async def wrote(sharewise: Sharewise, platform: FakePlatform, **changes: str) -> Reply:
    """An advisor has filled in the page; how it would be asked."""
    await sharewise.say(ADVISOR, "new quiz question")
    await platform.tells(ADVISOR, "Press the button to write it")
    result = await sharewise.submit(ADVISOR, "new quiz question", {**FILLED, **changes})
    assert not result.errors, result.errors
    return await platform.tells(ADVISOR, "This is how it would be asked", changes.get("text", FILLED["text"]))


async def bank(sharewise: Sharewise, *, there: bool) -> QuizQuestion | None:
    """The question in a process's bank, once it is there, or isn't."""
    async with asyncio.timeout(30):
        while True:
            questions = sharewise.service.knowledge_keeper.current.quiz.questions
            found = next((question for question in questions if question.text == FILLED["text"]), None)
            if (found is not None) == there:
                return found
            await asyncio.sleep(0.05)


async def test_it_is_shown_added_asked_everywhere_and_retired(
    advised: Sharewise, platform: FakePlatform, launch: Launch
) -> None:
    other: Sharewise = await launch(advisors_channel="slack:T1/CADVICE")
    shown = await wrote(advised, platform)
    assert "✓ A compost heap" in plain(shown)
    assert "Nothing in it gives the answer away" in plain(shown)
    await advised.say(OTHER_ADVISOR, "quiz questions")
    await platform.tells(OTHER_ADVISOR, "no quiz questions yet")
    assert "Added" in (await advised.press(ADVISOR, shown, "Add it", about="chat:m1")).note
    added = await platform.tells(ADVISOR, "This is how it would be asked", "Added. Within seconds")
    assert (added.instead, [choice.label for choice in choices(added)]) == (True, ["Change it", "Retire"])
    assert "like that already" in (await advised.press(ADVISOR, shown, "Add it")).note
    for process in (advised, other):
        assert await bank(process, there=True)
    await other.say(COLLEAGUE, "quiz from our advisors")
    card = await platform.tells(COLLEAGUE, "Question 1 of 1", FILLED["text"])
    await other.press(COLLEAGUE, card, "A compost heap")
    await platform.tells(COLLEAGUE, "Compost feeds the soil", "An advisor, ", "our own, not the guide's")
    await other.say(COLLEAGUE, "quiz here from our advisors", **CHANNEL)
    await platform.shows("C1", FILLED["text"])

    await advised.say(OTHER_ADVISOR, "our quiz questions")
    listed = await platform.tells(OTHER_ADVISOR, FILLED["text"], "asked in quizzes")
    await advised.press(OTHER_ADVISOR, listed, "Show 1")
    mine = await platform.tells(OTHER_ADVISOR, "This is how it would be asked", "by Uadvisor")
    assert "Retired" in (await advised.press(OTHER_ADVISOR, mine, "Retire")).note
    for process in (advised, other):
        await bank(process, there=False)
    retired = choices(mine)[0].says.split()[-1]
    assert "Restored" in (await advised.press_saying(ADVISOR, f"question restore {retired}")).note
    await bank(other, there=True)
    third: Sharewise = await launch(advisors_channel="slack:T1/CADVICE")
    assert await bank(third, there=True)
    await advised.say(ADVISOR, "audit")
    await platform.tells(ADVISOR, "added the quiz question “", "retired the quiz question “")
    await advised.say(OTHER_ADVISOR, "audit")
    await advised.say(ADVISOR, "forget me")
    sure = await platform.tells(ADVISOR, "forget")
    await advised.press(
        ADVISOR, sure, next(choice.label for choice in choices(sure) if "orget" in choice.label)
    )
    await advised.settled()
    await advised.say(OTHER_ADVISOR, "quiz questions")
    await platform.tells(OTHER_ADVISOR, FILLED["text"], "by a former advisor")


async def test_what_the_linter_says_and_what_cannot_be_taken(
    advised: Sharewise, platform: FakePlatform
) -> None:
    told = await wrote(
        advised, platform, text="Which heap?", right="The long one that everybody can see is right"
    )
    assert "It gives itself away" in plain(told)
    assert "it stands out" in plain(told)
    twice = await wrote(advised, platform, text=f"{small.SMALL.quiz.questions[0].text} then?")
    assert "is too like" in plain(twice)
    truth = await wrote(advised, platform, text="Compost is waste.", right="false", wrong="")
    assert "True or false? Compost is waste." in plain(truth)
    for changes, field, why in (
        ({"text": ""}, "text", "fill this in"),
        ({"right": ""}, "right", "fill this in"),
        ({"wrong": ""}, "wrong", "at least one wrong answer"),
        ({"wrong": "a compost heap"}, "wrong", "all of them different"),
        ({"wrong": "1\n2\n3\n4\n5"}, "wrong", "At most five"),
        ({"lesson": "nowhere"}, "lesson", "Choose one of the lessons"),
        ({"why": "Ring 020 7946 0000."}, "why", "telephone number"),
        ({"text": "x" * 400}, "text", "400 characters"),
        ({"text": small.SMALL.quiz.questions[0].text}, "text", "in just these words already"),
    ):
        result = await advised.submit(ADVISOR, "new quiz question", {**FILLED, **changes})
        assert why in result.errors.get(field, ""), (changes, result.errors)
    refused = await advised.submit(COLLEAGUE, "new quiz question", FILLED)
    assert "Only advisors" in refused.note
    draft = choices(told)[0].says
    assert "I know no quiz question" in (await advised.press_saying(OTHER_ADVISOR, draft)).note


def test_what_is_exported_is_a_folder_that_is_checked_and_not_held_twice(tmp_path: Path) -> None:
    folder = tmp_path / "allotments"
    shutil.copytree(Path(small.__file__).parent / "allotments", folder)
    lessons = load(folder).lessons
    advised = "An advisor, 27 November 2026"
    first = small.SMALL.quiz.questions[0]
    own = (replace(first, id="own-1", text=f"In our words: {first.text}", advised=advised),)
    before = check(folder).problems
    (folder / FILE).write_text(written(own), encoding="utf-8")
    assert [
        problem for problem in check(folder).problems if problem not in before and FILE in problem.file
    ] == []
    loaded = load(folder).quiz
    assert tuple(question for question in loaded.questions if question.id.startswith("own-")) == own
    assert quiz_with(loaded, lessons, own) == loaded
