"""An assistant answers for somebody: gets what is sent to them, and what they press counts as theirs."""

from __future__ import annotations

import re

from dialogs.core.plain import choices
from dialogs.core.reminder_events import KeepAssistant
from dialogs.core.reminder_model import Target
from dialogs.core.session_model import Actor
from tests.dialogs.series import ASHA, advisor
from tests.harness.person import read
from tests.harness.platform import ADVISOR, FakePlatform
from tests.harness.sharewise import numbers
from tests.mail.mailbox import links, text
from tests.mail.post import BRYN, LEADER, PA, Post, by_mail
from tests.reminders.series import ID, person

LEADERS, PAS = "mail:anyshire.gov.uk/leader", "mail:anyshire.gov.uk/pa"
PULSE = {"kind": "pulse", "what": "How firmly is the leadership behind this today?", "topic": "buy-in"}


async def answers_for(post: Post, whom: Target, who: Target | None) -> None:
    """An advisor names an assistant."""
    event = KeepAssistant(whom, who, Actor(ADVISOR, "Ada", True))
    await post.sharewise.reminders.hand("board", event, f"assistant {next(numbers)}")


async def test_by_mail(post: Post, platform: FakePlatform) -> None:
    sharewise = post.sharewise
    await answers_for(post, by_mail(LEADER), by_mail(PA))
    await sharewise.begin(by_mail(LEADER), by_mail(PA), by_mail(BRYN), anonymous=False, **PULSE)
    await sharewise.forward(hours=1.2)
    await post.mailbox.newest(PA, 2)
    assert post.mailbox.to(LEADER) == []
    (theirs,) = [mail for mail in post.mailbox.to(PA) if f"You answer for {LEADER}" in text(mail)]
    (own,) = [mail for mail in post.mailbox.to(PA) if mail is not theirs]
    assert re.fullmatch(rf"For {LEADER}: One question, \w{{3}} \d+ \w{{3}}: buy-in", theirs["Subject"])
    assert re.fullmatch(r"One question, \w{3} \d+ \w{3}: buy-in", own["Subject"])
    assert theirs["List-Unsubscribe"].strip("<>") == links(theirs)["No more mails from Sharewise"]
    page = await post.open(links(theirs)["Answer 4"])
    assert "This page is for pa…" in page.words or "This page is for p…@anyshire.gov.uk" in page.words
    page = await post.press(page.buttons["Answer 4"])
    assert "4 it is" in page.words
    page = await post.press((await post.press(page.buttons["Change my answer"])).buttons["Answer 3"])
    assert "3 it is now" in page.words
    page = await post.press(page.buttons["Add a comment"])
    assert "your comment is kept" in (await post.press(page.buttons["Send"], comment="For her")).words
    assert "2 it is" in (await post.press(links(own)["Answer 2"])).words
    answers = await sharewise.store.answers(await sharewise.series(), await sharewise.key())
    assert answers == {LEADERS: 3, PAS: 2}, "each counts as whose it is"

    await sharewise.press_saying(ADVISOR, f"reminder who {ID}")
    await platform.shows("UADVISOR", f"{LEADER}: answered, by mail", f"{PA} answers for {LEADER}.")
    await answers_for(post, by_mail(LEADER), None)
    assert "You don't answer for them any more" in (await post.open(links(theirs)["Answer 1"])).words
    assert "You don't answer for them any more" in (await post.press(links(theirs)["Answer 1"])).words
    await sharewise.forward(hours=24)
    await post.mailbox.newest(LEADER)


async def test_without_names_nobody_learns_which_answer_it_was(post: Post, platform: FakePlatform) -> None:
    sharewise = post.sharewise
    await answers_for(post, by_mail(LEADER), by_mail(PA))
    await sharewise.begin(by_mail(LEADER), person(1), person(2), **PULSE)
    await sharewise.forward(hours=1.2)
    page = await post.follow(PA, "Answer 5")
    assert "Nobody learns that it is yours" in page.words
    assert "answered this one already" in (await post.follow(PA, "Answer 1")).words
    key = await sharewise.key()
    for number in (1, 2):
        await sharewise.press_saying(f"slack:T1/U{number}", f"pulse answer {ID} {key} 2")
    await sharewise.forward(hours=23.9)
    await platform.shows("UADVISOR", "On average 3.0 of 5", f"{PA} answers for {LEADER}.")


async def test_a_colleague_in_slack_answers_for_a_leader(post: Post, platform: FakePlatform) -> None:
    sharewise = post.sharewise
    await answers_for(post, by_mail(LEADER), person(7))
    await sharewise.begin(by_mail(LEADER), schedule=sharewise.daily(rule="FREQ=WEEKLY"))
    await sharewise.forward(hours=1.2)
    card = await platform.shows("U7", "Brief your members", f"You answer for {LEADER}")
    later = next(choice for choice in choices(card) if choice.label == "Tomorrow")
    stranger = await sharewise.press_saying("slack:T1/U8", later.says)
    assert "You don't answer for them" in stranger.note
    await sharewise.press("slack:T1/U7", card, "Tomorrow")
    assert (await sharewise.states())[LEADERS] == "snoozed"
    await sharewise.forward(days=3)
    await platform.until(lambda: platform.counted()[LEADERS] >= 2, "it came back, to who answers")
    done = next(choice for choice in choices(card) if choice.label == "Done")
    await sharewise.press_saying("slack:T1/U7", done.says)
    assert (await sharewise.states(0))[LEADERS] == "acknowledged"
    assert post.mailbox.mails == []


async def test_an_assistant_who_wants_none_or_bounces_is_passed_over(post: Post) -> None:
    sharewise = post.sharewise
    await answers_for(post, by_mail(LEADER), by_mail(PA))
    post.mailbox.refuses[PA] = "550 5.1.1 gone"
    await sharewise.begin(by_mail(LEADER), by_mail(BRYN))
    await sharewise.forward(hours=1.2)
    await sharewise.comes_to({"failed": 1, "sent": 1})
    await sharewise.forward(hours=24)
    await post.mailbox.newest(LEADER)
    post.mailbox.refuses = {}
    await answers_for(post, by_mail(LEADER), by_mail(BRYN))
    await sharewise.forward(hours=24)
    mails = [await post.mailbox.newest(BRYN, count) for count in (3, 4)]
    (theirs,) = [mail for mail in mails if "You answer for" in text(mail)] or mails[:1]
    await post.press(links(theirs)["No more mails from Sharewise"])
    await sharewise.forward(hours=24)
    await post.mailbox.newest(LEADER, 2)
    assert (await sharewise.states())[LEADERS] == "sent"


async def test_who_is_forgotten_answers_for_nobody(post: Post) -> None:
    await answers_for(post, by_mail(LEADER), by_mail(PA))
    await post.sharewise.begin(by_mail(LEADER))
    await post.sharewise.forward(hours=1.2)
    await post.follow(PA, "What Sharewise keeps about you")
    assert f"that you answer for {LEADER}" in text(await post.mailbox.newest(PA, 2))
    await post.follow(PA, "Forget me", 2)
    await post.follow(PA, "Yes, forget me", 3)
    await post.mailbox.newest(PA, 4)
    await post.sharewise.settled()
    assert (await post.sharewise.reminders.advisor_settings()).assistants == {}


def test_how_an_advisor_names_one() -> None:
    cleo = advisor(mail_domains=("anyshire.gov.uk",))
    said = read(cleo.say(f"{PA} answers for {LEADER}"))
    assert f"{PA} answers for {LEADER} from the next send on" in said
    assert cleo.advisor_settings.assistants == {LEADERS: by_mail(PA)}
    replaced = read(cleo.say(f"@asha now answers for {LEADER}"))
    assert "Asha Patel answers for leader@" in replaced
    assert f"{PA} no longer does" in replaced
    assert cleo.advisor_settings.assistants == {LEADERS: ASHA}
    assert f"Who answers for whom\n{LEADER}: Asha Patel" in read(cleo.say("lists"))
    assert "nobody answers for leader@" in read(cleo.say(f"nobody answers for {LEADER}"))
    assert cleo.advisor_settings.assistants == {}
    assert "Nobody answers for them" in read(cleo.say(f"{PA} no longer answers for {LEADER}"))
    assert "Name two different people" in read(cleo.say(f"{PA} answers for {PA}"))
    assert "I may not write to “pa@evil.example”" in read(cleo.say(f"pa@evil.example answers for {LEADER}"))
