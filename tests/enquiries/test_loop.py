"""The whole loop between officers and advisors, on a real server: asked, taken, answered, rated."""

from __future__ import annotations

import asyncio

import pytest

from bot.platforms.ports import Undeliverable
from bot.storage.keys import Keys
from dialogs.core.enquiry_model import ENQUIRIES_PARTITION, Enquiry
from dialogs.core.events import Mention, Utterance
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Reply
from dialogs.enquiries.cards import when
from tests.harness.fixtures import Launch
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import Sharewise

OFFICER, COLLEAGUE, OTHER_ADVISOR = "teams:t1/olu", "slack:T1/UBOB", "slack:T1/UBEA"
CHANNEL = "CADVICE"
QUESTION = "which weedkiller is strongest"


@pytest.fixture
async def advised(launch: Launch, platform: FakePlatform) -> Sharewise:
    """A process whose advisors have a channel in Slack."""
    platform.advisors.add(OTHER_ADVISOR)
    process: Sharewise = await launch(advisors_channel=f"slack:T1/{CHANNEL}")
    return process


async def ask(sharewise: Sharewise, platform: FakePlatform, who: str = OFFICER) -> Reply:
    """Somebody asks what no lesson answers, and passes it on; the advisors' card."""
    await sharewise.say(who, QUESTION)
    declined = await platform.tells(who, "An advisor may")
    await sharewise.press(who, declined, "Ask an advisor")
    preview = await platform.tells(who, "This is what I'd send to", QUESTION)
    await sharewise.press(who, preview, "Send it")
    return await platform.shows(CHANNEL, "A question for the advisors", QUESTION)


async def kept(sharewise: Sharewise) -> tuple[Enquiry, ...]:
    """All enquiries."""
    return await sharewise.service.enquiries.store.all()


async def test_the_queue_tells_of_what_it_cant_read(advised: Sharewise, platform: FakePlatform) -> None:
    await ask(advised, platform)
    (enquiry,) = await kept(advised)
    key = Keys(ENQUIRIES_PARTITION).key("enquiry", enquiry.id)
    await advised.connection.call("HSET", key, "s", b"damaged")
    await advised.say(ADVISOR, "queue")
    await platform.tells(ADVISOR, "One more can't be read just now")


async def test_from_teams_to_slack_and_back(advised: Sharewise, platform: FakePlatform) -> None:
    await advised.say(OFFICER, QUESTION)
    declined = await platform.tells(OFFICER, "An advisor may")
    await advised.press(OFFICER, declined, "Ask an advisor", thread="chat")
    whom = "the advisors' channel, #cadvice (Slack)"
    preview = await platform.tells(OFFICER, whom, QUESTION, "no lesson answers")
    assert CHANNEL not in platform.shown, "nothing goes before it is said"
    await advised.say(OFFICER, "it is for the allotments by the canal", thread="chat")
    preview = await platform.tells(OFFICER, "Added: it is for the allotments")
    await advised.press(OFFICER, preview, "Send it")
    card = await platform.shows(CHANNEL, QUESTION, "From Olu of District", "Added: it is for the allotments")
    passed_on = await platform.tells(OFFICER, "Your question is with the advisors' channel")

    await advised.press(ADVISOR, card, "Take it", channel=CHANNEL)
    await platform.shows(CHANNEL, "taken by Uadvisor")
    await platform.tells(OFFICER, "Uadvisor is looking at your question")
    await advised.press(OFFICER, passed_on, "Add to it")
    await advised.submit(OFFICER, choices(passed_on)[0].says, {"text": "Twelve plots."})
    await platform.shows(CHANNEL, "Added: Twelve plots.")

    card = platform.newest(CHANNEL)
    form = (await advised.press(ADVISOR, card, "Answer", channel=CHANNEL)).form
    assert form is not None
    await advised.submit(ADVISOR, form.says, {"text": "Ask the *parish*, @channel."}, channel=CHANNEL)
    answer = await platform.tells(OFFICER, "Uadvisor, an advisor, answers", "Ask the *parish*, @channel.")
    await advised.settled()
    for shown in platform.shown[CHANNEL].values():
        assert "Answered by Uadvisor" in plain(shown), "every card says so"
    older, newest = platform.shown[CHANNEL].values()
    assert "further down" in plain(older)
    assert [[choice.label for choice in choices(shown)] for shown in (older, newest)] == [[], ["Teach it"]]
    await advised.press(OFFICER, answer, "That helped", about="x:y")
    await platform.shows(CHANNEL, "They say that it helped")
    (enquiry,) = await kept(advised)
    assert (enquiry.step, enquiry.rating, enquiry.by and enquiry.by.id) == ("answered", "helped", ADVISOR)


async def test_two_advisors_take_it_at_once(advised: Sharewise, platform: FakePlatform) -> None:
    card = await ask(advised, platform)
    notes = await asyncio.gather(
        *(advised.press(who, card, "Take it", channel=CHANNEL) for who in (ADVISOR, OTHER_ADVISOR))
    )
    said = sorted(note.note for note in notes)
    assert said[0].startswith("It's yours now")
    assert "has taken it already" in said[1]
    (enquiry,) = await kept(advised)
    assert enquiry.step == "taken"


async def test_what_the_slower_advisor_wrote_comes_back(advised: Sharewise, platform: FakePlatform) -> None:
    card = await ask(advised, platform)
    forms = [
        (await advised.press(who, card, "Answer", channel=CHANNEL)).form for who in (ADVISOR, OTHER_ADVISOR)
    ]
    teaching = (await advised.press(OTHER_ADVISOR, card, "Answer and teach", channel=CHANNEL)).form
    assert teaching is not None
    for who, form, text in zip(
        (ADVISOR, OTHER_ADVISOR), forms, ("By hand.", "None,\nsays the parish."), strict=True
    ):
        assert form is not None
        await advised.submit(who, form.says, {"text": text}, channel=CHANNEL)
    await platform.tells(OFFICER, "Uadvisor, an advisor, answers", "By hand.")
    await platform.tells(OTHER_ADVISOR, "Uadvisor has answered it already", "You wrote", "says the parish.")
    assert "says the parish" not in "".join(platform.texts("olu"))
    told = "".join(platform.texts("UBEA")).count("has answered it already")
    assert told == 1, "said once"


async def test_what_is_withdrawn_while_an_advisor_writes_can_still_be_taught(
    advised: Sharewise, platform: FakePlatform
) -> None:
    card = await ask(advised, platform)
    teaching = (await advised.press(ADVISOR, card, "Answer and teach", channel=CHANNEL)).form
    answer = (await advised.press(ADVISOR, card, "Answer", channel=CHANNEL)).form
    assert teaching is not None
    assert answer is not None
    await advised.press(OFFICER, await platform.tells(OFFICER, "is with"), "Withdraw", about="x:y")
    await advised.submit(ADVISOR, answer.says, {"text": "By hand."}, channel=CHANNEL)
    await platform.tells(ADVISOR, "has withdrawn it", "You wrote", "By hand.")
    filled_in = {"answer": "By hand alone.", "title": "Weedkiller", "questions": "", "of": "own"}
    note = (await advised.submit(ADVISOR, teaching.says, filled_in, channel=CHANNEL)).note
    assert "has withdrawn it" in note
    assert "trying it out" in note
    tried = await platform.tells(ADVISOR, "would be taught", "By hand alone.")
    assert "Only send the answer" not in [choice.label for choice in choices(tried)]
    assert "Taught" in (await advised.press(ADVISOR, tried, "Teach it")).note
    assert "By hand" not in "".join(platform.texts("olu"))


async def test_what_is_closed_stays_closed_until_more_is_asked(
    advised: Sharewise, platform: FakePlatform
) -> None:
    card = await ask(advised, platform)
    point = (await advised.press(ADVISOR, card, "Point", channel=CHANNEL)).form
    assert point is not None
    await advised.submit(ADVISOR, point.says, {"text": "compost"}, channel=CHANNEL)
    pointed = await platform.tells(OFFICER, "points you to a lesson", "You asked")
    late = await advised.press(OTHER_ADVISOR, card, "Not for us", channel=CHANNEL)
    assert "has pointed them to a lesson already" in late.note
    assert late.form is None
    assert (
        "thank you for saying so" in (await advised.press(OFFICER, pointed, "Not what I needed")).note.lower()
    )
    await advised.submit(OFFICER, f"enquiry add {(await kept(advised))[0].id}", {"text": "I meant by hand."})
    again = "A question for the advisors, open again", "Uadvisor pointed to a lesson before: Compost"
    card = await platform.shows(CHANNEL, *again, "isn't what they needed", "I meant by hand.")
    rated = await advised.press(OFFICER, pointed, "That helped", about="chat:m1")
    assert "stands with that answer" in rated.note
    await platform.shows(CHANNEL, *again, "They say that it helped.", "I meant by hand.")
    thanked = await platform.tells(OFFICER, "points you to a lesson", "stands with that answer")
    assert "That helped" not in [choice.label for choice in choices(thanked)]
    older = next(iter(platform.shown[CHANNEL].values()))
    assert "further down" in plain(older)
    assert [choice.label for choice in choices(older)] == ["Show it"]
    await advised.press(OFFICER, await platform.tells(OFFICER, "is with"), "Withdraw", about="x:y")
    await platform.shows(CHANNEL, "Withdrawn by whoever asked")
    assert "has withdrawn it" in (await advised.press(ADVISOR, card, "Take it", channel=CHANNEL)).note


async def test_buttons_are_for_those_whose_they_are(advised: Sharewise, platform: FakePlatform) -> None:
    await ask(advised, platform)
    (enquiry,) = await kept(advised)
    for act in ("take", "answer", "point", "decline", "give back"):
        forged = await advised.press_saying(OFFICER, f"enquiry {act} {enquiry.id}")
        assert "advisor" in forged.note.lower()
        assert forged.form is None
        assert (await advised.submit(OFFICER, f"enquiry {act} {enquiry.id}", {"text": "forged"})).form is None
    for act in ("add", "withdraw", "helped", "show"):
        others = await advised.press_saying(COLLEAGUE, f"enquiry {act} {enquiry.id}")
        assert "Only whoever asked" in others.note
        assert others.form is None
    assert await kept(advised) == (enquiry,)
    assert "no longer have" in (await advised.press_saying(ADVISOR, "enquiry take CDFGHJKMNPQR")).note


async def test_what_does_not_fit_is_said_on_the_page(advised: Sharewise, platform: FakePlatform) -> None:
    card = await ask(advised, platform)
    form = (await advised.press(ADVISOR, card, "Answer", channel=CHANNEL)).form
    assert form is not None
    for text, why in (
        ("x" * 10_000, "10,000 characters; at most 3,000"),
        (" \n ", "Write something first"),
        ("Call 01632 960 001 about it.", "That looks like a telephone number"),
    ):
        result = await advised.submit(ADVISOR, form.says, {"text": text}, channel=CHANNEL)
        assert why in result.errors["text"]
    typed = await advised.say(ADVISOR, f"{form.says} Ask the parish, which set it in May.")
    assert typed.outcome == "done"
    await platform.tells(OFFICER, "Ask the parish, which set it in May.")


async def test_the_same_question_of_the_same_person_is_one(
    advised: Sharewise, platform: FakePlatform
) -> None:
    await ask(advised, platform)
    await advised.say(OFFICER, f"ask an advisor: {QUESTION}?")
    preview = await platform.tells(OFFICER, "This is what I'd send", f"{QUESTION}?")
    await advised.press(OFFICER, preview, "Send it")
    await platform.tells(OFFICER, "You have asked that already")
    assert len(await kept(advised)) == 1
    twice = await advised.press(OFFICER, preview, "Send it")
    assert "isn't waiting to be sent" in twice.note


async def test_what_nobody_deals_with_comes_up_again_and_stands_in_the_digest(
    advised: Sharewise, platform: FakePlatform
) -> None:
    await advised.say(ADVISOR, "digest on")
    await ask(advised, platform)
    await advised.forward(days=7)
    assert sum("Still waiting" in text for text in platform.texts(CHANNEL)) > 1
    await platform.tells(ADVISOR, "One question waits for an advisor", QUESTION)
    await advised.say(ADVISOR, "queue")
    listed = await platform.tells(ADVISOR, "Waiting for an advisor", QUESTION, "by Olu")
    await advised.press(ADVISOR, listed, "Show it")
    assert choices(await platform.tells(ADVISOR, "From Olu"))[0].label == "Take it"
    await advised.say(OFFICER, "my questions")
    await platform.tells(OFFICER, "Questions that you have put", "still open")


async def test_the_queue_says_when_it_was_asked_not_when_it_was_taken(
    advised: Sharewise, platform: FakePlatform
) -> None:
    card = await ask(advised, platform)
    asked = when((await kept(advised))[0], (await kept(advised))[0].at)
    await advised.forward(minutes=90)
    await advised.press(ADVISOR, card, "Take it")
    await advised.say(ADVISOR, "queue")
    await platform.tells(ADVISOR, "Waiting for an advisor", f"asked {asked} by Olu, with")


async def test_a_channel_that_takes_nothing_is_told_and_tried_again(
    advised: Sharewise, platform: FakePlatform
) -> None:
    card = await ask(advised, platform)
    platform.refuses[CHANNEL] = Undeliverable("is_archived")
    await advised.submit(OFFICER, f"enquiry add {(await kept(advised))[0].id}", {"text": "Twelve plots."})
    await platform.tells(OFFICER, "I couldn't reach", "the channel is archived")
    await advised.forward(minutes=31)
    await platform.tells(ADVISOR, "Twelve plots.")  # each in their own chat meanwhile
    await advised.press(ADVISOR, card, "Take it")
    await platform.tells(OFFICER, "is looking at your question")


async def test_an_answer_that_does_not_arrive_is_told_and_sent_again(
    advised: Sharewise, platform: FakePlatform
) -> None:
    card = await ask(advised, platform)
    platform.refuses["olu"] = Undeliverable("account_inactive")
    await advised.submit(ADVISOR, choices(card)[1].says, {"text": "Ask the parish."}, channel=CHANNEL)
    await platform.shows(CHANNEL, "I couldn't tell them", "they have left")
    platform.refuses.clear()
    await advised.forward(minutes=31)
    await platform.tells(OFFICER, "Ask the parish.")


async def test_without_advisors_that_is_said(launch: Launch, platform: FakePlatform) -> None:
    platform.advisors.clear()
    process: Sharewise = await launch()
    await process.say(OFFICER, QUESTION)
    declined = await platform.tells(OFFICER, "No advisor is set up here")
    assert "Ask an advisor" not in [choice.label for choice in choices(declined)]
    await process.say(OFFICER, "I want to speak to a person")
    await platform.tells(OFFICER, "there is nobody I could pass a question on to")


async def test_without_a_channel_each_advisor_has_a_card_that_stays_up_to_date(
    launch: Launch, platform: FakePlatform
) -> None:
    platform.advisors.add(OTHER_ADVISOR)
    process: Sharewise = await launch()
    await process.say(OFFICER, f"ask an advisor: {QUESTION}")
    preview = await platform.tells(OFFICER, "the 2 advisors, each by direct message")
    await process.press(OFFICER, preview, "Send it")
    card = await platform.tells(OTHER_ADVISOR, QUESTION)
    await process.press(OTHER_ADVISOR, card, "Take it")
    for advisor in (ADVISOR, OTHER_ADVISOR):
        await platform.tells(advisor, "taken by Ubea", QUESTION)
        assert len(platform.texts(advisor.rpartition("/")[2])) == 1


async def test_a_thumb_down_and_a_person_lead_to_an_advisor(
    advised: Sharewise, platform: FakePlatform
) -> None:
    await advised.say(OFFICER, "what is compost", thread="chat")
    await platform.tells(OFFICER, "compost")
    await advised.say(OFFICER, "not helpful", thread="chat")
    down = await platform.tells(OFFICER, "Thanks for saying")
    await advised.press(OFFICER, down, "Ask an advisor")
    await platform.tells(OFFICER, "which was no help")
    await advised.say(COLLEAGUE, "can I talk to a real person please?")
    asked = await platform.tells(COLLEAGUE, "What would you like to ask them?")
    assert [choice.label for choice in choices(asked)] == ["Don't send"]


async def test_whoever_is_forgotten_is_gone_from_the_advisors_cards(
    advised: Sharewise, platform: FakePlatform
) -> None:
    await ask(advised, platform)
    await advised.say(OFFICER, "my data")
    await platform.tells(
        OFFICER, f"{QUESTION} (the last thing in a conversation", "put to the advisors: asked"
    )
    await advised.say(OFFICER, "forget me")
    await advised.say(OFFICER, "yes, forget me")
    await platform.shows(CHANNEL, "has been forgotten")
    assert not any(QUESTION in text or "Olu" in text for text in platform.texts(CHANNEL))
    stored = await advised.connection.call(
        "HGET", Keys(ENQUIRIES_PARTITION).key("enquiry", (await kept(advised))[0].id), "s"
    )
    assert b"weedkiller" not in stored
    assert b"olu" not in stored


async def test_a_guest_from_another_organisation_is_answered_alone(
    advised: Sharewise, platform: FakePlatform
) -> None:
    guest, shared = "slack:T2/UGUEST", {"tenant": "slack:T1", "channel": "CSHARED", "thread": "1"}
    platform.organisations["slack:T2"] = "Westmoor District"
    await advised.say(guest, QUESTION, **shared)
    declined = await platform.shows("CSHARED", "An advisor may")
    await advised.press(guest, declined, "Ask an advisor", **shared)
    preview = await platform.tells(guest, "This is what I'd send")
    await advised.press(guest, preview, "Send it", tenant="slack:T1", channel="DUGUEST")
    card = await platform.shows(CHANNEL, "From Uguest of Westmoor District")
    await advised.submit(ADVISOR, choices(card)[1].says, {"text": "None, sorry."}, channel=CHANNEL)
    await platform.tells(guest, "None, sorry.")
    assert not any("None, sorry." in text for text in platform.texts("CSHARED"))


async def test_an_advisor_who_left_holds_nothing_up(advised: Sharewise, platform: FakePlatform) -> None:
    card = await ask(advised, platform)
    await advised.press(OTHER_ADVISOR, card, "Take it", channel=CHANNEL)
    platform.advisors.discard(OTHER_ADVISOR)
    refused = await advised.press(OTHER_ADVISOR, card, "Answer", channel=CHANNEL)
    assert "advisor" in refused.note.lower()
    await advised.forward(days=4)
    since = plain(card).partition("From Olu of District, ")[2].partition(" ·")[0]
    freed = f"Still waiting, since {since}", "Ubea had taken it, and is no longer an advisor"
    await platform.shows(CHANNEL, *freed)
    await platform.tells(OFFICER, "Ubea is no longer an advisor. Your question is open to the others again")
    assert not any("taken by" in text for text in platform.texts(CHANNEL))
    await advised.submit(ADVISOR, choices(card)[1].says, {"text": "Pull it."}, channel=CHANNEL)
    await platform.tells(OFFICER, "Uadvisor, an advisor, answers", "Pull it.")


def about_bea(act: str) -> Utterance:
    """``act`` advisor @bea, as a platform tells it."""
    named = (Mention("@mention1", "person", OTHER_ADVISOR, "Bea"),)
    return Utterance(f"{act} advisor @bea", exact=f"{act} advisor @mention1", named=named)


async def test_what_a_removed_advisor_had_taken_is_open_again_at_once(
    launch: Launch, platform: FakePlatform
) -> None:
    process: Sharewise = await launch()
    await process.happens(about_bea("add"), ADVISOR)
    await process.say(OTHER_ADVISOR, "hello")
    await process.settled()
    await process.say(OFFICER, f"ask an advisor: {QUESTION}")
    await process.press(OFFICER, await platform.tells(OFFICER, "This is what I'd send"), "Send it")
    await process.press(OTHER_ADVISOR, await platform.tells(OTHER_ADVISOR, QUESTION), "Take it")
    await platform.tells(ADVISOR, "taken by Ubea")
    await process.happens(about_bea("remove"), ADVISOR)
    await platform.tells(ADVISOR, "no longer an advisor", f"open to the other advisors again: “{QUESTION}”")
    await platform.tells(ADVISOR, "A question for the advisors, open again", "Ubea had taken it")
    await platform.tells(OFFICER, "Ubea is no longer an advisor. Your question is open to the others again")
    before = len(platform.texts("UBEA"))
    await process.say(ADVISOR, "queue")
    await platform.tells(ADVISOR, "Waiting for an advisor", "asked")
    assert not any("with Ubea" in text for text in platform.texts("advisor"))
    await process.forward(days=7)
    assert len(platform.texts("UBEA")) == before, "who advises no more sees no questions"


async def test_what_stands_on_the_card_is_typed_in_its_thread(
    advised: Sharewise, platform: FakePlatform
) -> None:
    await ask(advised, platform)
    await advised.settled()
    under = f"{CHANNEL}:{next(iter(platform.shown[CHANNEL]))}"

    async def types(text: str, who: str = ADVISOR) -> str:
        before = len(platform.sent)
        await advised.say(who, text, channel=CHANNEL, under=under, thread="card")
        await advised.settled()
        return "\n".join(plain(message.reply) for message in platform.sent[before:])

    assert "advisor" in await types("take it", COLLEAGUE)
    assert "It's yours now" in await types("take it")
    await platform.shows(CHANNEL, "taken by Uadvisor")
    assert "Shall I send this as your answer?" in await types("the committee meets in May")
    assert "An advisor may" not in platform.texts(CHANNEL)[-1]
    assert "type answer: and your words" in await types("answer")
    assert "Sent to whoever asked" in await types("Answer: none of them, ask the parish - first")
    await platform.tells(OFFICER, "an advisor, answers", "none of them, ask the parish - first")
    (enquiry,) = await kept(advised)
    assert enquiry.answer == "none of them, ask the parish - first"


async def test_whoever_asked_adds_to_it_in_the_same_words(advised: Sharewise, platform: FakePlatform) -> None:
    await ask(advised, platform)
    await platform.tells(OFFICER, "Your question is with")
    for typed in ("add to it: by the canal", "add: twelve plots"):
        await advised.say(OFFICER, typed)
        await platform.shows(CHANNEL, f"Added: {typed.partition(': ')[2]}")


async def test_what_an_advisor_types_under_a_card_may_be_the_answer(
    advised: Sharewise, platform: FakePlatform
) -> None:
    await ask(advised, platform)
    (message,) = (id for id, shown in platform.shown[CHANNEL].items() if QUESTION in plain(shown))
    there = {"channel": CHANNEL, "thread": message, "under": f"{CHANNEL}:{message}"}
    await advised.happens(Utterance("None, pull it by hand.", addressed=False), COLLEAGUE, **there)
    await advised.happens(Utterance("None, pull it by hand.", addressed=False), ADVISOR, **there)
    asked = await platform.tells(ADVISOR, "Shall I send this as your answer?", "None, pull it by hand.")
    assert (await kept(advised))[0].step == "asked", "nothing is sent before it is said"
    await advised.happens(Utterance("do you agree?", addressed=False), OTHER_ADVISOR, **there)
    assert not platform.texts("UBEA"), "advisors talk among themselves there"
    await advised.press(ADVISOR, asked, "Send as the answer")
    await platform.tells(OFFICER, "an advisor, answers", "None, pull it by hand.")
    assert not platform.texts("UBOB")
    await advised.settled()
    (enquiry,) = await kept(advised)
    assert (enquiry.step, enquiry.answer) == ("answered", "None, pull it by hand.")


async def test_a_card_that_was_shown_stands_as_it_is_once_something_is_done_with_it(
    advised: Sharewise, platform: FakePlatform
) -> None:
    """*Show it* shows a card to one advisor, which no other one brings up to date."""
    await ask(advised, platform)
    await advised.say(ADVISOR, "queue")
    await advised.press(ADVISOR, await platform.tells(ADVISOR, "Waiting for an advisor"), "Show it")
    shown = await platform.tells(ADVISOR, "A question for the advisors")
    await advised.press(ADVISOR, shown, "Take it", about="chat:m1")
    taken = await platform.tells(ADVISOR, "It's yours now", "taken by Uadvisor")
    assert (taken.instead, choices(taken)[0].label) == (True, "Give it back")
    await advised.press(OTHER_ADVISOR, shown, "Take it", about="chat:m2")
    late = await platform.tells(OTHER_ADVISOR, "Uadvisor has taken it already", "taken by Uadvisor")
    assert late.instead
    form = (await advised.press(ADVISOR, taken, "Answer", about="chat:m1")).form
    assert form is not None
    await advised.submit(ADVISOR, form.says, {"text": "By hand."}, about="chat:m1")
    await platform.tells(ADVISOR, "Sent to whoever asked", "Answered by Uadvisor", "By hand.")
