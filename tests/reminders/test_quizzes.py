"""A quiz in a channel that comes by itself on dates: set, answered, closed, brought back, looked after."""

from __future__ import annotations

import re

import pytest

from bot.app.dispatcher import Dispatcher
from bot.platforms.ports import PlaceGone, Undeliverable
from dialogs.core.jobs import Job, PutQuiz, SessionEnded
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_events import QuizTold
from dialogs.core.reminder_model import Series
from dialogs.core.replies import Reply
from dialogs.core.session_model import Begin
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.small import SMALL
from tests.reminders.series import Sharewise

C1 = {"tenant": "slack:T1", "channel": "C1"}
LEE, MAY, SUE = "slack:T1/ULEE", "slack:T1/UMAY", "slack:T1/USUE"
DAILY = "quiz here every day at 10, 2 questions, open for 4 hours"


def asked(card: Reply) -> list[str]:
    """The questions on a card, in order."""
    return re.findall(r"Question \d of \d\. (?:True or false\? )?(.*)", plain(card))


def answers(card: Reply, *, right: bool) -> list[str]:
    """What the buttons say that answer each question of a card, all right or all wrong."""
    wanted = []
    for number, text in enumerate(asked(card), 1):
        (question,) = (question for question in SMALL.quiz.questions if question.text == text)
        there = {option.text for option in question.options if option.right == right}
        wanted.append(
            next(
                choice.says
                for choice in choices(card)
                if choice.says.startswith("quiz answer")
                and choice.says.split()[3] == str(number)
                and choice.label.split(". ")[-1] in there
            )
        )
    return wanted


async def started(sharewise: Sharewise, platform: FakePlatform, text: str = DAILY) -> str:
    """The id of the series that an advisor has set by a sentence in a channel."""
    await sharewise.say(ADVISOR, text, **C1)
    draft = await platform.shows("C1", "Quizzes: ready to start")
    await sharewise.press(ADVISOR, draft, "Start", **C1)
    await platform.shows("UADVISOR", "It stands: I post the quiz in #c1")
    await sharewise.settled()
    (listed,) = await sharewise.reminders.summaries(ADVISOR, advisor=True)
    return listed.series.id


async def until_due(sharewise: Sharewise) -> None:
    """The next date has come."""
    (listed,) = await sharewise.reminders.summaries(ADVISOR, advisor=True)
    assert listed.next
    await sharewise.forward(seconds=(listed.next - sharewise.now()).total_seconds() + 20)


async def due(sharewise: Sharewise, platform: FakePlatform) -> Reply:
    """The card of the next quiz, once it is there."""
    await until_due(sharewise)
    return await platform.shows("C1", "Answer when it suits you", "Nobody has answered yet")


async def series_of(sharewise: Sharewise, id: str) -> Series:
    found = (await sharewise.store.load(id)).series
    assert found is not None
    return found


async def test_what_was_missed_comes_back_and_who_is_late_catches_up(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await started(sharewise, platform)
    card = await due(sharewise, platform)
    first = asked(card)
    for says in answers(card, right=True):
        assert "once it is closed" in (await sharewise.press_saying(MAY, says, **C1)).note
    wrong = answers(card, right=False)
    await sharewise.press_saying(LEE, answers(card, right=True)[0], **C1)
    await sharewise.press_saying(LEE, wrong[1], **C1)
    assert "first press counts" in (await sharewise.press_saying(LEE, wrong[0], **C1)).note
    await platform.shows("C1", "2 answered")
    code = re.search(r"join with join (\w{4})", plain(card))
    assert code
    await sharewise.say(SUE, f"{code[1]} a", **C1)
    await platform.tells(SUE, "Say which one")
    assert "haven't answered" in (await sharewise.press(SUE, card, "My answers", **C1)).note
    await sharewise.forward(hours=4.1)
    over = await platform.shows("C1", "That's the quiz", "2 people took part", "1 Umay, 2/2", "2 Ulee, 1/2")
    assert "This one is over" in (await sharewise.press_saying(SUE, wrong[0], **C1)).note
    await sharewise.press(SUE, over, "Catch up", **C1)
    await platform.tells(SUE, "Catching up, for you alone", "Question 1 of 2")
    await sharewise.say(SUE, "catch up", **C1)
    assert plain(over) in platform.texts("C1"), "outside the scores"

    again = await due(sharewise, platform)
    assert "The first one is back" in plain(again)
    assert asked(again)[0] == first[1], "what they missed"
    assert asked(again)[1] not in first, "and something new"
    for says in answers(again, right=True):
        await sharewise.press_saying(LEE, says, **C1)
    await platform.shows("C1", "1 answered")
    await sharewise.forward(hours=4.1)
    third = await due(sharewise, platform)
    assert "back" not in plain(third), "what they know now isn't"


async def test_nobody_answers_and_its_advisor_is_asked_whether_to_go_on(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    id = await started(sharewise, platform)
    for _ in range(3):
        await due(sharewise, platform)
        await sharewise.forward(hours=4.1)
    asks = await platform.tells(ADVISOR, "Nobody has answered the last 3 times", "the quiz in #c1")
    assert (await series_of(sharewise, id)).step == "paused"
    cards = len(platform.texts("C1"))
    await sharewise.forward(days=8)
    assert len(platform.texts("C1")) == cards, "no further quiz comes"
    await sharewise.press(ADVISOR, asks, "Go on")
    await due(sharewise, platform)
    await sharewise.forward(hours=4.1)
    assert (await series_of(sharewise, id)).step == "paused", "still nobody"


async def test_another_quiz_is_open_when_one_is_due(sharewise: Sharewise, platform: FakePlatform) -> None:
    id = await started(sharewise, platform)
    (listed,) = await sharewise.reminders.summaries(ADVISOR, advisor=True)
    assert listed.next
    await sharewise.forward(seconds=(listed.next - sharewise.now()).total_seconds() - 60)
    await sharewise.say(LEE, "quiz here 1", **C1)
    hosted = await platform.shows("C1", "host: Ulee")
    await sharewise.forward(minutes=2)
    assert not any("Answer when it suits" in text for text in platform.texts("C1"))
    await sharewise.press(LEE, hosted, "End quiz", **C1)
    await platform.shows("C1", "That's the quiz")
    await sharewise.settled()
    await sharewise.forward(minutes=11)
    await platform.shows("C1", "Answer when it suits you", "Nobody has answered yet")
    assert [sent.key for sent in (await series_of(sharewise, id)).sent] == [
        listed.next.strftime("%Y-%m-%dT%H:%M")
    ]


@pytest.mark.parametrize(
    ("refusal", "why"),
    [(Undeliverable("is_archived"), "archived"), (PlaceGone("channel_not_found"), "no such")],
)
async def test_the_channel_is_gone(
    sharewise: Sharewise, platform: FakePlatform, refusal: Exception, why: str
) -> None:
    await started(sharewise, platform)
    platform.refuses["C1"] = refusal
    await until_due(sharewise)
    await sharewise.forward(hours=5)
    await platform.tells(ADVISOR, "could not be reached", "the quiz", why)
    platform.refuses.clear()
    await due(sharewise, platform)


async def test_its_card_never_reaches_the_channel(sharewise: Sharewise, platform: FakePlatform) -> None:
    id = await started(sharewise, platform)
    await sharewise.forward(seconds=1)
    (listed,) = await sharewise.reminders.summaries(ADVISOR, advisor=True)
    assert listed.next
    await sharewise.forward(seconds=(listed.next - sharewise.now()).total_seconds() - 30)
    platform.refuses["C1"] = PlaceGone("channel_not_found")  # after it was looked up
    await sharewise.forward(hours=5)
    await platform.tells(ADVISOR, "could not be reached", "I couldn't post there")
    assert (await series_of(sharewise, id)).quizzes == (), "that isn't a quiz that nobody answered"


async def test_a_process_dies_while_a_quiz_is_open(launch: Launch, platform: FakePlatform) -> None:
    before = await launch()
    id = await started(before, platform)
    card = await due(before, platform)
    await before.press_saying(LEE, answers(card, right=True)[0], **C1)
    ahead = before.service.clock.ahead
    await before.stop()
    after = await launch(ahead=ahead)
    await after.forward(hours=4.1)
    await platform.shows("C1", "That's the quiz", "One person took part", "1 Ulee, 1/1")
    assert [quiz.people for quiz in (await series_of(after, id)).quizzes] == [1]
    await due(after, platform)


async def test_every_job_that_is_handed_twice_happens_once(
    launch: Launch, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill between what a job does and its being struck off, however late it comes again."""
    hand, late = Dispatcher.hand, list[tuple[Job, str]]()

    async def twice(self: Dispatcher, job: Job, key: str) -> None:
        await hand(self, job, key)
        await hand(self, job, key)
        if isinstance(job.event, PutQuiz | Begin | QuizTold | SessionEnded):
            await hand(self, job, f"{key} again")
            late.append((job, f"{key} late"))

    monkeypatch.setattr(Dispatcher, "hand", twice)
    sharewise: Sharewise = await launch()
    id = await started(sharewise, platform)
    card = await due(sharewise, platform)
    for says in answers(card, right=True):
        await sharewise.press_saying(LEE, says, **C1)
    await sharewise.forward(hours=4.1)
    over = await platform.shows("C1", "That's the quiz", "One person took part", "1 Ulee, 2/2")
    await sharewise.settled()
    assert {type(job.event) for job, _ in late} == {PutQuiz, Begin, QuizTold, SessionEnded}
    for job, key in reversed(late):
        await hand(sharewise.service.turn, job, key)
    await sharewise.settled()
    series = await series_of(sharewise, id)
    assert [quiz.people for quiz in series.quizzes] == [1]
    assert (await sharewise.states(id=id)) == {"slack:C1": "answered"}
    assert platform.texts("C1").count(plain(over)) == 1
    assert await due(sharewise, platform), "the channel is free for the next"


async def test_who_leaves_is_no_longer_counted(sharewise: Sharewise, platform: FakePlatform) -> None:
    await started(sharewise, platform, DAILY.replace("2 questions", "2 questions, without names"))
    card = await due(sharewise, platform)
    assert "No names" in plain(card)
    for who in (LEE, MAY):
        for says in answers(card, right=True):
            await sharewise.press_saying(who, says, **C1)
    await platform.shows("C1", "2 answered")
    code = re.search(r"join with join (\w{4})", plain(card))
    assert code
    await sharewise.say(LEE, f"leave {code[1]}")
    await platform.shows("C1", "1 answered")
    await sharewise.say(LEE, f"join {code[1]}")
    await platform.tells(LEE, "You're in")
    await sharewise.press_saying(LEE, answers(card, right=False)[0], **C1)
    await platform.shows("C1", "2 answered")
    await sharewise.forward(hours=4.1)
    over = await platform.shows("C1", "That's the quiz", "2 people took part")
    assert "Ulee" not in plain(over)


async def test_it_is_looked_after_as_reminders_are(sharewise: Sharewise, platform: FakePlatform) -> None:
    await started(sharewise, platform)
    await sharewise.say(ADVISOR, "reminders")
    listed = await platform.tells(ADVISOR, "Quiz, next", "2 questions")
    assert "Hand over" in [choice.label for choice in choices(listed)]
    await sharewise.press(ADVISOR, listed, "Change")
    draft = await platform.tells(ADVISOR, "Change to the quizzes")
    assert "Save the change" in [choice.label for choice in choices(draft)]
    await sharewise.say(ADVISOR, "make it 3 questions on soil, without names")
    await sharewise.say(ADVISOR, "on Fridays at 11")
    await sharewise.say(ADVISOR, "save it")
    await platform.tells(ADVISOR, "The change is saved: I post the quiz on soil")
    card = await due(sharewise, platform)
    assert "Quiz: soil" in plain(card)
    assert "No names" in plain(card)
    await sharewise.say(ADVISOR, "my data")
    await platform.tells(ADVISOR, "questions on soil")
    await sharewise.press_saying(LEE, answers(card, right=True)[0], **C1)
    await sharewise.say(ADVISOR, "forget me")
    sure = await platform.tells(ADVISOR, "forget")
    await sharewise.press(ADVISOR, sure, "forget")
    await sharewise.settled()
    assert "Ada" not in plain(platform.newest("C1"))
