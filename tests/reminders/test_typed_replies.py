"""What recipients type in reply to what they were sent does what its buttons do."""

from __future__ import annotations

import pytest

from bot.app.press_limit import PRESSES_A_MINUTE
from bot.storage.keys import Keys
from dialogs.core.events import Utterance
from dialogs.core.plain import choices, plain
from dialogs.core.reminder_model import Target
from dialogs.core.replies import Choices, Reply
from dialogs.wording.conversation import SENT_DIRECTLY
from dialogs.wording.sessions import PRESSED_TOO_OFTEN
from tests.harness.platform import ADVISOR, FakePlatform
from tests.reminders.series import ID, OFFICER, SLACK, TEAMS, Sharewise, channel, people, person

OTHER = "CDFGHJKMNPQS"
NAMED = {"kind": "pulse", "what": "How is buy-in?", "topic": "buy-in", "anonymous": False}
ANONYMOUS = {**NAMED, "anonymous": True}


async def told(sharewise: Sharewise, platform: FakePlatform, who: str, text: str, **where: object) -> Reply:
    """What somebody is told who types ``text``."""
    address = where.get("channel") or who.rpartition("/")[2]
    before = len(platform.sent)
    await sharewise.say(who, text, **where)
    await sharewise.settled()
    fresh = [message.reply for message in platform.sent[before:] if not message.instead]
    # Where it was said in a channel, what is for them alone is announced there.
    fresh = [reply for reply in fresh if plain(reply) != SENT_DIRECTLY]
    assert fresh, f"nothing was said at {address}"
    return fresh[-1]


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in choices(reply)]


async def test_an_answer_with_a_note_and_what_can_follow(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1), **NAMED)
    await sharewise.forward(hours=1.2)
    said = await told(sharewise, platform, OFFICER, "4 - new leader, not met yet")
    assert "Thank you: 4, with your note." in plain(said)
    assert labels(said) == ["Change", "Stop these"]
    series, key = await sharewise.series(), await sharewise.key()
    assert await sharewise.store.answers(series, key) == {OFFICER: 4}
    assert await sharewise.store.comments(series, key) == [(OFFICER, "new leader, not met yet")]


async def test_a_named_answer_is_changed_by_typing(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), **NAMED)
    await sharewise.forward(hours=1.2)
    await told(sharewise, platform, OFFICER, "4")
    asked = await told(sharewise, platform, OFFICER, "change")
    assert labels(asked) == ["1", "2", "3", "4", "5"]
    assert "2 it is now" in plain(await told(sharewise, platform, OFFICER, "make it 2"))
    assert await sharewise.store.answers(await sharewise.series(), await sharewise.key()) == {OFFICER: 2}


async def test_an_anonymous_answer_in_the_direct_chat(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), **ANONYMOUS)
    await sharewise.forward(hours=1.2)
    said = await told(sharewise, platform, OFFICER, "4")
    assert "Nobody learns" in plain(said)
    assert labels(said) == ["Add a comment", "Stop these"]
    assert "the first one counts" in plain(await told(sharewise, platform, OFFICER, "5"))


async def test_out_of_range_is_asked_again(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), **NAMED)
    await sharewise.forward(hours=1.2)
    said = await told(sharewise, platform, OFFICER, "7")
    assert "from 1 to 5" in plain(said)
    assert labels(said) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("typed", "phrase", "state"),
    [
        ("done", "Done. Thank you.", "acknowledged"),
        ("tomorrow", "I'll bring it back", "snoozed"),
        ("snooze a week", "I'll bring it back", "snoozed"),
        ("next week", "I'll bring it back", "snoozed"),
    ],
)
async def test_a_reminder(
    sharewise: Sharewise, platform: FakePlatform, typed: str, phrase: str, state: str
) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    assert phrase in plain(await told(sharewise, platform, OFFICER, typed))
    assert await sharewise.states() == {OFFICER: state}


@pytest.mark.parametrize("typed", ["skip", "n/a", "not sure"])
async def test_a_pulse_need_not_be_answered(sharewise: Sharewise, platform: FakePlatform, typed: str) -> None:
    await sharewise.begin(person(1), **NAMED)
    await sharewise.forward(hours=1.2)
    said = await told(sharewise, platform, OFFICER, typed)
    assert "needn't answer" in plain(said)
    assert labels(said) == ["1", "2", "3", "4", "5", "In an hour", "Tomorrow", "Next week", "Stop these"]
    assert await sharewise.states() == {OFFICER: "sent"}


@pytest.mark.parametrize("typed", ["next Monday", "I'm on leave", "remind me in two hours"])
async def test_put_off_to_a_time_that_is_not_offered(
    sharewise: Sharewise, platform: FakePlatform, typed: str
) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    said = await told(sharewise, platform, OFFICER, typed)
    assert labels(said) == ["In an hour", "Tomorrow", "Next week"]
    await sharewise.press(OFFICER, said, "Next week")
    assert await sharewise.states() == {OFFICER: "snoozed"}


@pytest.mark.parametrize("typed", ["on it", "n/a"])
async def test_what_may_be_done_is_asked(sharewise: Sharewise, platform: FakePlatform, typed: str) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    said = await told(sharewise, platform, OFFICER, typed)
    assert labels(said) == ["Done", "In an hour", "Tomorrow", "Next week"]
    assert await sharewise.states() == {OFFICER: "sent"}
    await sharewise.press(OFFICER, said, "Done")
    assert await sharewise.states() == {OFFICER: "acknowledged"}


async def test_slips_of_the_finger_are_mended_and_said(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    said = plain(await told(sharewise, platform, OFFICER, "dne"))
    assert "I read that as “done”. Done. Thank you." in said
    assert await sharewise.states() == {OFFICER: "acknowledged"}


@pytest.mark.parametrize("typed", ["stop these", "stop", "mute"])
async def test_stopping_and_starting_again(sharewise: Sharewise, platform: FakePlatform, typed: str) -> None:
    await sharewise.begin(*people(2))
    await sharewise.forward(hours=1.2)
    stopped = await told(sharewise, platform, OFFICER, typed)
    assert labels(stopped) == ["Start these again"]
    await sharewise.forward(days=1)
    assert (await sharewise.states())[OFFICER] == "muted"
    assert "get these again" in plain(await told(sharewise, platform, OFFICER, "start again"))
    said = platform.shown["U1"].values()
    assert not [reply for reply in said if all(isinstance(block, Choices) for block in reply.blocks)], (
        "a word with each"
    )
    await sharewise.forward(days=1)
    assert (await sharewise.states())[OFFICER] == "sent"


@pytest.mark.parametrize("typed", ["start again", "reminder start again all"])
async def test_what_was_not_stopped_is_not_started_again(
    sharewise: Sharewise, platform: FakePlatform, typed: str
) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    said = plain(await told(sharewise, platform, OFFICER, typed))
    assert "nothing changed" in said
    assert "Welcome back" not in said


async def test_two_that_wait_are_told_apart(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), what="Brief your members")
    await sharewise.begin(person(1), id=OTHER, what="Sign the agreement")
    await sharewise.forward(hours=1.2)
    asked = await told(sharewise, platform, OFFICER, "done")
    assert sorted(labels(asked)) == ["Done: Brief your members", "Done: Sign the agreement"]
    await sharewise.press(OFFICER, asked, "Sign the agreement")
    # Now only one of them still waits.
    assert "Done. Thank you." in plain(await told(sharewise, platform, OFFICER, "done"))
    assert await sharewise.states() == {OFFICER: "acknowledged"}
    assert await sharewise.states(id=OTHER) == {OFFICER: "acknowledged"}


async def test_which_one_is_meant_can_be_typed_as_its_button_says(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1), what="Brief your members")
    await sharewise.begin(person(1), id=OTHER, what="Sign the agreement")
    await sharewise.forward(hours=1.2)
    assert "Done. Thank you." in plain(await told(sharewise, platform, OFFICER, "done: sign the agreement"))
    assert await sharewise.states(id=OTHER) == {OFFICER: "acknowledged"}
    assert await sharewise.states() == {OFFICER: "sent"}


async def test_a_comment_can_be_asked_for_by_typing(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), **NAMED)
    await sharewise.forward(hours=1.2)
    await told(sharewise, platform, OFFICER, "4")
    assert labels(await told(sharewise, platform, OFFICER, "add a comment")) == ["Add a comment"]


async def test_a_reminder_and_a_pulse_are_told_apart_by_the_words(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1))
    await sharewise.begin(person(1), id=OTHER, **NAMED)
    await sharewise.forward(hours=1.2)
    assert "Thank you: 4" in plain(await told(sharewise, platform, OFFICER, "4"))
    assert "Done." in plain(await told(sharewise, platform, OFFICER, "done"))
    assert len(labels(await told(sharewise, platform, OFFICER, "stop"))) == 2


async def test_in_its_thread_there_is_no_doubt(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), what="Brief your members")
    await sharewise.begin(person(1), id=OTHER, what="Sign the agreement")
    await sharewise.forward(hours=1.2)
    under = next(f"U1:{message}" for message, reply in platform.shown["U1"].items() if "Sign" in plain(reply))
    await sharewise.say(OFFICER, "done", under=under)
    await platform.shows("U1", "Sign the agreement", "Done. Thank you.")
    assert await sharewise.states(id=OTHER) == {OFFICER: "acknowledged"}
    assert await sharewise.states() == {OFFICER: "sent"}


async def test_which_one_is_told_in_other_words_than_the_buttons(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1), what="Brief your members")
    await sharewise.begin(person(1), id=OTHER, what="Sign the agreement")
    await sharewise.forward(hours=1.2)
    asked = await told(sharewise, platform, OFFICER, "snooze an hour", thread="chat")
    named = {label.removeprefix("In an hour: ") for label in labels(asked)}
    assert named == {"Sign the agreement", "Brief your members"}
    said = plain(await told(sharewise, platform, OFFICER, "the members one please", thread="chat"))
    assert said.startswith("Brief your members\nAll right: I'll bring it back")
    asked = await told(sharewise, platform, OFFICER, "next week", thread="chat")
    first = labels(asked)[0].removeprefix("Next week: ")
    said = plain(await told(sharewise, platform, OFFICER, "the first one", thread="chat"))
    assert said.startswith(f"{first}\nAll right: I'll bring it back")


async def test_what_isnt_understood_in_its_thread_is_no_question_to_the_deck(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1), what="Brief your members")
    await sharewise.begin(person(1), id=OTHER, **NAMED)
    await sharewise.forward(hours=1.2)
    under = {
        kind: next(
            f"U1:{message}" for message, reply in platform.shown["U1"].items() if phrase in plain(reply)
        )
        for kind, phrase in (("remind", "Brief"), ("pulse", "How is buy-in"))
    }

    async def said(kind: str, text: str) -> Reply:
        reply = await told(sharewise, platform, OFFICER, text, under=under[kind], thread=kind)
        assert reply.asked is None, "it is no question"
        return reply

    for text in ("watering plants has not been easy", "the minutes went missing"):
        reply = await said("pulse", text)
        assert "didn't understand that as a reply" in plain(reply)
        assert labels(reply) == ["1", "2", "3", "4", "5"]
    reply = await said("remind", "the minutes went missing")
    assert labels(reply) == ["Done", "In an hour", "Tomorrow", "Next week"]
    assert "Is it done already?" in plain(await said("remind", "actually not done"))
    assert "Thank you: 4" in plain(await said("pulse", "4"))
    assert "5 it is now" in plain(await said("pulse", "can I change it to 5?"))
    assert "your comment is kept" in plain(await said("pulse", "comment: new leader, not met yet"))
    series, key = await sharewise.series(OTHER), await sharewise.key(id=OTHER)
    assert await sharewise.store.comments(series, key) == [(OFFICER, "new leader, not met yet")]


async def test_what_is_typed_in_the_chat_while_it_was_asked_last_is_no_unanswered_question(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await told(sharewise, platform, OFFICER, "how do I water plants?", thread="chat")
    await sharewise.forward(hours=1)
    await sharewise.begin(person(1), what="Brief your members", why="Interest fades")
    await sharewise.forward(hours=1.2)
    for text, phrase, buttons in (
        ("dun it", "didn't understand that as a reply", ["Done", "In an hour", "Tomorrow", "Next week"]),
        ("pls send to my PA instead", "didn't understand that as a reply", ["Done", "In an hour"]),
        ("cant you do it for me?", "didn't understand that as a reply", ["Done", "In an hour"]),
        ("in a meeting, later", "I can bring it back", ["In an hour", "Tomorrow", "Next week"]),
        ("yes sent on 3rd", "Is it done already?", ["Done", "In an hour"]),
        ("ok", "Is it done already?", ["Done", "In an hour"]),
        ("not relevant to us", "I can stop sending it", ["Stop: Brief your members"]),
        ("who sent this", "Ada set this up", ["Stop these"]),
        ("what's this about??", "Interest fades", ["Stop these"]),
        ("which members?", "Interest fades", ["Stop these"]),
    ):
        said = await told(sharewise, platform, OFFICER, text, thread="chat")
        assert said.asked is None, text
        assert phrase in plain(said), text
        assert labels(said)[: len(buttons)] == buttons, text
    assert (await told(sharewise, platform, OFFICER, "how do I water plants?", thread="chat")).asked
    # Now that was the last thing asked.
    asked = (await told(sharewise, platform, OFFICER, "who has the key to the shed?", thread="chat")).asked
    assert asked


async def test_what_is_asked_of_one_of_several_is_of_the_one_last_spoken_of(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1), what="Brief your members", why="Interest fades")
    await sharewise.forward(hours=1.2)
    await sharewise.begin(person(1), id=OTHER, **ANONYMOUS)
    await sharewise.forward(hours=1.2)
    assert "Is it done already?" in plain(await told(sharewise, platform, OFFICER, "on it", thread="chat"))
    for text in ("what's this about", "which members?"):
        assert "Interest fades" in plain(await told(sharewise, platform, OFFICER, text, thread="chat"))
    await told(sharewise, platform, OFFICER, "4", thread="chat")
    said = await told(sharewise, platform, OFFICER, "can I change it?", thread="chat")
    assert said.asked is None
    assert "can't be changed" in plain(said)


async def test_in_a_channel_done_is_taken_and_anonymous_answers_are_not(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(channel("C1"), what="Brief your members")
    await sharewise.begin(channel("C2"), id=OTHER, **ANONYMOUS)
    await sharewise.forward(hours=1.2)
    under = {name: f"{name}:{next(iter(platform.shown[name]))}" for name in ("C1", "C2")}
    await sharewise.say("slack:T1/U7", "done", channel="C1", under=under["C1"])
    await platform.shows("C1", "Done by U7")
    said = await told(sharewise, platform, OFFICER, "4", channel="C2", under=under["C2"])
    assert said.private
    assert "haven't taken that" in plain(said)
    assert not await sharewise.store.answers(await sharewise.series(OTHER), await sharewise.key(id=OTHER))


async def test_every_word_typed_under_what_a_channel_was_sent_gets_an_answer(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    """Privately, where it is what only the whole channel, or its advisors, can do."""
    await sharewise.begin(channel("C1"), what="Brief your members")
    await sharewise.begin(channel("C2"), id=OTHER, **NAMED)
    await sharewise.forward(hours=1.2)
    under = {name: f"{name}:{next(iter(platform.shown[name]))}" for name in ("C1", "C2")}

    async def said(name: str, text: str, who: str = OFFICER) -> Reply:
        reply = await told(sharewise, platform, who, text, channel=name, under=under[name], thread=name)
        assert reply.asked is None, "it is no question"
        return reply

    for text, phrase in (
        ("stop", "nobody can stop it for themselves"), ("mute", "nobody can stop it for themselves"),
        ("start again", "nobody has stopped it"), ("tomorrow", "can't be put off for one person"),
        ("snooze until friday", "can't be put off"), ("comment", "write your comment"),
        ("n/a", "you needn't answer"), ("done", "answer it from 1 to 5"), ("change", "another number"),
    ):  # fmt: skip
        reply = await said("C2", text)
        assert reply.private, text
        assert plain(reply).startswith("buy-in\n"), text
        assert phrase in plain(reply), text
    assert labels(await said("C2", "comment")) == ["Add a comment"]
    assert labels(await said("C2", "stop", ADVISOR)) == ["Pause", "End it"]
    assert "Thank you: 4" in plain(await said("C2", "4"))
    assert "no answers from 1 to 5" in plain(await said("C1", "4"))
    assert "nobody can stop it" in plain(await said("C1", "stop these"))
    assert await sharewise.states() == {"slack:C1": "sent"}
    await sharewise.say("slack:T1/U7", "done", channel="C1", under=under["C1"])
    await platform.shows("C1", "Done by U7")

    async def overheard(text: str, who: str = OFFICER) -> Reply:
        before = len(platform.sent)
        await sharewise.happens(Utterance(text, addressed=False), who, channel="C2", under=under["C2"])
        await sharewise.settled()
        return platform.sent[before].reply

    assert "advisors see who answered what" in plain(await overheard("who sees this?"))
    assert "nobody can stop it" in plain(await overheard("end it"))
    assert labels(await overheard("end it", ADVISOR)) == ["Pause", "End it"]
    assert labels(await overheard("I'd say a 2 to be honest, the new chief exec is lukewarm")) == [
        "2: buy-in"
    ]

    before = len(platform.sent)
    await sharewise.happens(Utterance("tomorrow?", addressed=False), OFFICER, channel="C2", under=under["C2"])
    assert len(platform.sent) == before, "what colleagues say to each other is left alone"


async def test_a_question_to_the_deck_stays_one(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), **NAMED)
    await sharewise.forward(hours=1.2)
    said = await told(sharewise, platform, OFFICER, "how do I water plants?")
    assert said.asked
    assert said.asked.band == "answer"
    # The pulse still waits.
    assert "Thank you: 4" in plain(await told(sharewise, platform, OFFICER, "4"))


async def test_what_waits_is_forgotten_with_the_person(sharewise: Sharewise, platform: FakePlatform) -> None:
    await sharewise.begin(person(1), **NAMED)
    await sharewise.forward(hours=1.2)
    call, name = sharewise.service.connection.call, Keys(SLACK).key("waiting", OFFICER)
    assert await call("EXISTS", name)
    traces = Keys(SLACK).key("traces", OFFICER)
    assert name.encode() in await call("ZRANGE", traces, 0, -1)
    assert 0 < await call("TTL", name) <= 14 * 24 * 3600


async def test_stopping_by_a_press_can_be_taken_back_by_one(
    sharewise: Sharewise, platform: FakePlatform
) -> None:
    await sharewise.begin(person(1))
    await sharewise.forward(hours=1.2)
    await sharewise.press_saying(OFFICER, "reminder stop all")
    stopped = await platform.shows("U1", "no more reminders or pulses")
    await sharewise.press(OFFICER, stopped, "Start them again")
    await platform.shows("U1", "Welcome back")
    assert not await sharewise.store.muted(ID, [OFFICER])


async def test_what_is_typed_is_limited_as_presses_are(sharewise: Sharewise, platform: FakePlatform) -> None:
    """Nothing is written beside an answer without a name, so that no turn of it is counted."""
    await sharewise.begin(person(1), **ANONYMOUS)
    await sharewise.forward(hours=1.2)
    for _ in range(2 * PRESSES_A_MINUTE + 4):  # the minute may turn meanwhile
        await sharewise.say(OFFICER, "4")
    await sharewise.settled()
    assert any(PRESSED_TOO_OFTEN in text for text in platform.texts("U1"))
    pressed = await sharewise.press_saying(OFFICER, f"pulse answer {ID} {await sharewise.key()} 4")
    await sharewise.settled()
    assert pressed.note == PRESSED_TOO_OFTEN or PRESSED_TOO_OFTEN in platform.texts("U1")[-1]


@pytest.mark.parametrize("who", [OFFICER, f"{TEAMS}/ann"])
async def test_what_is_typed_names_what_it_was_taken_for_and_its_card_says_so_too(
    sharewise: Sharewise, platform: FakePlatform, who: str
) -> None:
    """As after a press; and a button that asked which one is meant has the card brought up to date too."""
    chat = who.rpartition("/")[2]
    await sharewise.say(who, "hello")
    for id, asked in ((ID, {"what": "Brief your members"}), (OTHER, NAMED)):
        await sharewise.begin(Target("person", who, tenant=who.partition("/")[0]), id=id, **asked)
    await sharewise.forward(hours=1.2)

    assert plain(await told(sharewise, platform, who, "done")) == "Brief your members\nDone. Thank you."
    await platform.until(lambda: platform.texts(chat).count("Brief your members\nDone. Thank you.") == 2)
    assert "buy-in\nThank you: 4 it is." in plain(await told(sharewise, platform, who, "4"))
    card = await platform.shows(chat, "How is buy-in?", "Thank you: 4 it is.")
    assert labels(card) == ["Add a comment", "Change", "Stop these"]
    assert plain(await told(sharewise, platform, who, "stop: buy-in")).startswith("buy-in\nDone: no more")
    assert len(platform.shown[chat]) == 6, "what was said, and the two cards in their places"

    await sharewise.forward(days=1)
    when = await told(sharewise, platform, who, "next monday")
    assert plain(when).startswith("Brief your members\nI can bring it back")
    await sharewise.press(who, when, "Tomorrow")
    await sharewise.settled()
    # The card of the day before, what was said under it, and today's card.
    newest = [reply for reply in platform.shown[chat].values() if "Brief" in plain(reply)][2]
    assert "All right: I'll bring it back" in plain(newest)
    assert labels(newest) == ["Done"], "what is put off can be done before"
