"""What a leader at a partner council reads, from the first mail to the last page, word for word."""

from __future__ import annotations

import re
from pathlib import Path

from tests.harness.platform import FakePlatform
from tests.mail.mailbox import links, text
from tests.mail.post import LEADER, Post, by_mail

WRITTEN = Path(__file__).with_name("what_a_leader_reads.txt")
PULSE = {"kind": "pulse", "what": "How firmly is the leadership behind this today?", "topic": "buy-in"}
_LINK = re.compile(r"https?://\S+")
_DAY = re.compile(r"\b\w{3} \d{1,2} [A-Z][a-z]{2}\b")
_DATE = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\d{1,2} [A-Z][a-z]+ 20\d\d\b")


async def test_a_leader_reads_what_is_written(post: Post, platform: FakePlatform) -> None:
    read = list[str]()

    async def follow(label: str, count: int) -> None:
        page = await post.open(links(await post.mailbox.newest(LEADER, count))[label])
        read.append(f"# The page behind “{label}”\n{page.words}")
        read.append(f"# Its button pressed\n{(await post.press(page.buttons[label])).words}")

    await post.sharewise.begin(by_mail(LEADER), what="Brief your members", why="Interest must be maintained.")
    await post.sharewise.forward(hours=1.2)
    mail = await post.mailbox.newest(LEADER)
    read.append(f"# A reminder\nSubject: {_DAY.sub('(day)', mail['Subject'])}\n{text(mail)}")
    await follow("Done", 1)
    await post.sharewise.begin(by_mail(LEADER), id="CDFGHJKMNPQS", **PULSE)
    await post.sharewise.forward(hours=1.2)
    mail = await post.mailbox.newest(LEADER, 2)
    read.append(f"# A pulse\nSubject: {_DAY.sub('(day)', mail['Subject'])}\n{text(mail)}")
    await follow("Answer 4", 2)
    await follow("Stop these mails", 2)
    await follow("No more mails from Sharewise", 2)
    told = _DATE.sub("(date)", _LINK.sub("(link)", "\n\n".join(part.strip() for part in read))) + "\n"
    assert told == WRITTEN.read_text("utf-8")
