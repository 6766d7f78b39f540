"""Reminders and pulses by mail: what is sent, what its links do, and what they don't."""

from __future__ import annotations

import re

from bot.storage.keys import Keys
from dialogs.core.reminder_events import KeepList
from dialogs.core.session_model import Actor
from tests.harness.platform import ADVISOR, FakePlatform
from tests.mail.mailbox import links, text
from tests.mail.post import BRYN, CHIEF, LEADER, Post, by_mail
from tests.reading_keys import mentions
from tests.reminders.series import ID, person

ID_OF_LEADER = "mail:anyshire.gov.uk/leader"
PULSE = {"kind": "pulse", "what": "How firmly is the leadership behind this today?", "topic": "buy-in"}


async def test_a_reminder_is_done_by_its_link_and_by_nothing_less(post: Post, platform: FakePlatform) -> None:
    sharewise = post.sharewise
    await sharewise.begin(by_mail(LEADER), person(1), what="Sign the budget <b>now</b>")
    await platform.shows("UADVISOR", "one person by mail", "one person in Slack")
    await sharewise.forward(hours=1.2)
    mail = await post.mailbox.newest(LEADER)
    assert re.fullmatch(r"Reminder, \w{3} \d+ \w{3}: Sign the budget <b>now</b>", mail["Subject"])
    assert mail["From"] == "Sharewise <sharewise@yourshire.gov.uk>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Sign the budget <b>now</b>" in text(mail)
    assert "Replies to this mail aren't read." in text(mail)
    drawn = mail.get_body(("html",)).get_content()
    assert "<b>now" not in drawn
    assert "<img" not in drawn
    assert "leader" not in "".join(links(mail).values()), "links tell nobody whose they are"

    for url in links(mail).values():  # as a scanner does
        for method in ("GET", "HEAD"):
            assert (await post.open(url, method)).status == 200
    assert (await sharewise.states())[ID_OF_LEADER] == "sent"

    page = await post.open(links(mail)["Done"])
    assert list(page.buttons) == ["Done"]
    assert "This page is for le…@anyshire.gov.uk" in page.words
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.source
    page = await post.press(page.buttons["Done"])
    assert "Done. Thank you." in page.words
    assert (await sharewise.states())[ID_OF_LEADER] == "acknowledged"
    assert "done already" in (await post.press(links(mail)["Done"])).words

    await sharewise.press_saying("slack:T1/UADVISOR", f"reminder who {(await sharewise.series()).id}")
    await platform.shows("UADVISOR", "leader@anyshire.gov.uk: done, by mail")
    await sharewise.forward(hours=24)
    assert len(post.mailbox.to(LEADER)) == 2, "and the next one comes the next day"


async def test_put_off_stopped_and_had_again(post: Post, platform: FakePlatform) -> None:
    sharewise = post.sharewise
    await sharewise.begin(by_mail(LEADER))
    await sharewise.forward(hours=1.2)
    page = await post.follow(LEADER, "Remind me tomorrow")
    assert "I'll bring it back" in page.words
    await sharewise.forward(hours=24)
    await post.mailbox.newest(LEADER, 2)
    page = await post.follow(LEADER, "Stop these mails", 2)
    assert "no more of these for you" in page.words
    assert "Start these again" not in page.buttons
    before = len(post.mailbox.mails)
    await sharewise.forward(hours=24)
    assert (await sharewise.states())[ID_OF_LEADER] == "muted"
    assert len(post.mailbox.mails) == before, "nor is a mail sent to say so"
    assert "from the next one on" in (await post.press(page.buttons["Have these mails again"])).words
    await sharewise.forward(hours=24)
    await post.mailbox.newest(LEADER, before + 1)


async def test_one_press_of_a_mail_program_ends_them(post: Post) -> None:
    """RFC 8058: the program posts to the address by itself."""
    await post.sharewise.begin(by_mail(LEADER))
    await post.sharewise.forward(hours=1.2)
    mail = await post.mailbox.newest(LEADER)
    url = mail["List-Unsubscribe"].strip("<>")
    assert url == links(mail)["Stop these mails"]
    async with post._session.post(url, data={"List-Unsubscribe": "One-Click"}) as answer:
        assert answer.status == 200
    await post.sharewise.forward(hours=24)
    assert (await post.sharewise.states())[ID_OF_LEADER] == "muted"


async def test_a_pulse_without_names_keeps_them_out_and_counts_them_in(
    post: Post, platform: FakePlatform
) -> None:
    sharewise = post.sharewise
    await sharewise.begin(by_mail(LEADER), by_mail(BRYN), by_mail(CHIEF), **PULSE)
    await sharewise.forward(hours=1.2)
    mail = await post.mailbox.newest(LEADER)
    assert re.fullmatch(r"One question, \w{3} \d+ \w{3}: buy-in", mail["Subject"])
    assert [label for label in links(mail) if label.startswith("Answer")] == [
        f"Answer {n}" for n in range(1, 6)
    ]
    page = await post.open(links(mail)["Answer 4"])
    assert "How firmly is the leadership behind this today?" in page.words
    assert "Anonymous" in page.words
    page = await post.press(page.buttons["Answer 4"])
    assert "Nobody learns that it is yours" in page.words
    assert "Change my answer" not in page.buttons
    page = await post.press(page.buttons["Add a comment"])
    assert 'maxlength="1000"' in page.source
    empty = await post.press(page.buttons["Send"], comment=" ")
    assert "Please look at this again" in empty.source
    assert "Write something first" in empty.words
    page = await post.press(empty.buttons["Send"], comment="Ask us <earlier>")
    assert "your comment is kept" in page.words
    assert "answered this one already" in (await post.press(links(mail)["Answer 1"])).words

    line = Keys(f"series:{ID}").key("ledger", await sharewise.key())
    stored = await sharewise.connection.call("HGET", line, ID_OF_LEADER)
    assert stored.startswith(b"sent"), "who answered isn't written beside their name until it closes"
    profile = await sharewise.connection.call("EXISTS", "sw:{mail:anyshire.gov.uk}:profile:" + ID_OF_LEADER)
    assert not profile, "nor is kept, besides, that they were here"
    await post.follow(BRYN, "Answer 5")
    await post.follow(CHIEF, "Answer 3")
    await sharewise.forward(hours=23.9)
    await platform.shows(
        "UADVISOR", "What became of “buy-in”", "3 answered", "On average 4.0 of 5", "Ask us <earlier>"
    )
    assert (await sharewise.states(0))[ID_OF_LEADER] == "answered"
    closed = await post.open(links(mail)["Answer 2"])
    assert closed.buttons == {}
    assert "takes no more answers" in closed.words
    assert "No more mails from Sharewise" in closed.ways


async def test_who_is_silent_is_nudged_by_mail(post: Post, platform: FakePlatform) -> None:
    await post.sharewise.begin(by_mail(LEADER), by_mail(BRYN), **PULSE)
    await post.sharewise.forward(hours=1.2)
    await post.follow(LEADER, "Answer 4")
    await post.sharewise.press_saying(ADVISOR, f"reminder nudge {ID}")
    nudge = await post.mailbox.newest(BRYN, 2)
    assert nudge["Subject"].startswith("Still open: One question, ")
    assert "Again, since I haven't heard from you" in text(nudge)
    assert len(post.mailbox.to(LEADER)) == 1
    await post.follow(BRYN, "Answer 2", 2)


async def test_a_pulse_by_name_can_be_changed(post: Post) -> None:
    sharewise = post.sharewise
    await sharewise.begin(by_mail(LEADER), anonymous=False, **PULSE)
    await sharewise.forward(hours=1.2)
    page = await post.follow(LEADER, "Answer 4")
    assert "4 it is" in page.words
    page = await post.press(page.buttons["Change my answer"])
    assert "in place of your first answer" in (await post.press(page.buttons["Answer 2"])).words
    answers = await sharewise.store.answers(await sharewise.series(), await sharewise.key())
    assert answers == {ID_OF_LEADER: 2}


async def test_what_is_kept_and_forget_me_go_to_the_mailbox_alone(post: Post, redis_url: str) -> None:
    """Who was forwarded a mail must not read, nor erase, what is kept of somebody else."""
    sharewise = post.sharewise
    kept = KeepList("Leaders", (by_mail(LEADER), person(1)), Actor(ADVISOR, "Ada", True))
    await sharewise.reminders.hand("board", kept, "list")
    await sharewise.begin(by_mail(LEADER), person(1))
    await sharewise.forward(hours=1.2)
    await post.follow(LEADER, "Done")
    page = await post.follow(LEADER, "What Sharewise keeps about you")
    assert "The answer comes by mail to le…@anyshire.gov.uk" in page.words
    assert "Brief your members" not in page.words
    mail = await post.mailbox.newest(LEADER, 2)
    assert "that you get “Brief your members”" in text(mail)
    page = await post.follow(LEADER, "Forget me", 2)
    mail = await post.mailbox.newest(LEADER, 3)
    assert "within 10 minutes" in text(mail)
    assert "press the button or type" not in text(mail)
    assert (await sharewise.ledger())[ID_OF_LEADER].state == "acknowledged"
    page = await post.follow(LEADER, "Yes, forget me", 3)
    assert "I erased" in text(await post.mailbox.newest(LEADER, 4))
    await sharewise.settled()
    assert ID_OF_LEADER not in await sharewise.ledger()
    assert await mentions(redis_url, "leader@", ID_OF_LEADER) == []
    before = len(post.mailbox.mails)
    await sharewise.forward(hours=24)
    assert len(post.mailbox.mails) == before
