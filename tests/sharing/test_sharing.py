"""An answer that one person was given, put before a channel: seen first, posted once, by name."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from bot.platforms.ports import Undeliverable
from dialogs.core.events import Event, Mention, Utterance
from dialogs.core.jobs import Job
from dialogs.core.plain import choices, plain
from dialogs.core.replies import Citation, Reply
from dialogs.core.session_model import ChannelReference
from dialogs.core.sharing_model import ShareRefused
from tests.harness.knowledge import own_knowledge
from tests.harness.person import Person, read
from tests.harness.platform import FakePlatform
from tests.harness.sharewise import Sharewise, at

ASHA, BRYN, CHANNEL = "slack:T1/UASHA", "slack:T1/UBRYN", "CBOARD"
QUESTION, ANSWER = "how do I start a compost heap", "compost"


class Whispering(Sharewise):
    """A process that can be asked by a slash command too: its answers are seen by one person alone."""

    async def slash(self, who: str, text: str, *, press: bool = False) -> str:
        """``/sharewise`` typed in the channel, or a button pressed on its answer; where the answer stands."""
        address = f"{CHANNEL}:{who.rpartition('/')[2]}"
        whisper = {"channel": address}
        inbound = at(Utterance(text, pressed=press), who, channel=CHANNEL, thread=who)
        seen_alone = {"to": whisper, "private_to": whisper, "note_to": whisper}
        await self.service.turn.run(replace(inbound, **seen_alone, aside=True))
        await self.settled()
        return address

    async def presses(self, who: str, card: Reply, label: str) -> None:
        """A button on what the slash command answered."""
        (choice,) = (each for each in choices(card) if each.label == label)
        await self.slash(who, choice.says, press=True)


@pytest.fixture
def kind() -> type[Whispering]:
    return Whispering


def in_channel(text: str, channel: str) -> Event:
    """Words that name a channel by the platform's own means, as the last of them."""
    mention = Mention("#mention1", "channel", f"slack:{channel}", channel.lower())
    return Utterance(
        f"{text} #{channel.lower()}".strip(), exact=f"{text} #mention1".strip(), named=(mention,)
    )


def stands(platform: FakePlatform, channel: str = CHANNEL) -> list[Reply]:
    """What everybody in a channel sees."""
    return list(platform.shown.get(channel, {}).values())


async def test_a_slash_answer_is_shown_first_then_posted_once_by_name(
    sharewise: Whispering, platform: FakePlatform
) -> None:
    alone = await sharewise.slash(ASHA, QUESTION)
    await sharewise.presses(ASHA, platform.newest(alone), "Share here")
    preview = platform.newest(alone)
    assert "This is what I'd post in #cboard, for everybody there" in plain(preview)
    assert QUESTION not in plain(preview), "the question stays theirs"
    assert not stands(platform), "nothing is posted before it is said"

    await asyncio.gather(*(sharewise.presses(ASHA, preview, "Post it") for _ in range(3)))
    (posted,) = stands(platform)
    assert "Shared by Uasha" in plain(posted)
    assert any(isinstance(block, Citation) for block in posted.blocks)
    assert QUESTION not in plain(posted)
    await platform.shows(alone, "Posted in #cboard, as shared by you")
    await sharewise.presses(ASHA, preview, "Post it")
    assert "You have shared that in #cboard already" in plain(platform.newest(alone))
    await sharewise.presses(ASHA, preview, "Don't post")
    await sharewise.slash(ASHA, f"share {ANSWER}")
    assert "You have shared that in #cboard already" in plain(platform.newest(alone)), "nor by a new preview"
    assert stands(platform) == [posted]

    await sharewise.slash(BRYN, f"share {ANSWER}")
    await sharewise.slash(BRYN, "yes please")
    assert "Shared by Ubryn" in plain(stands(platform)[1]), "another may, and words do it too"


async def test_my_data_tells_what_was_shared_and_forget_me_erases_it(
    sharewise: Whispering, platform: FakePlatform
) -> None:
    await sharewise.slash(ASHA, f"share {ANSWER}")
    await sharewise.slash(ASHA, "post it")
    await sharewise.say(ASHA, "my data", thread="d")
    await platform.tells(ASHA, "shared by you in #cboard")
    await sharewise.say(ASHA, "forget me", thread="d")
    await platform.tells(ASHA, "1 answer that you shared")
    await sharewise.say(ASHA, "yes, forget me", thread="d")
    await platform.tells(ASHA, "Done. I erased")
    assert not [key async for key in _keys(sharewise, "share")]


async def test_from_a_direct_chat_to_a_channel_that_is_named_or_visited(
    sharewise: Whispering, platform: FakePlatform
) -> None:
    await sharewise.say(ASHA, "share here", thread="d")
    await platform.tells(ASHA, "Ask me something first")
    await sharewise.say(ASHA, QUESTION, thread="d")
    await sharewise.say(ASHA, "share it", thread="d")
    await platform.tells(ASHA, "Where? Say share here to me in that channel")
    await sharewise.happens(in_channel("", "CONE"), ASHA, thread="d")
    await platform.tells(ASHA, "This is what I'd post in #cone")
    await sharewise.happens(in_channel("share it in", "CTWO"), ASHA, thread="d")
    preview = await platform.tells(ASHA, "This is what I'd post in #ctwo")
    await sharewise.say(ASHA, "no", thread="d")
    await platform.tells(ASHA, "Not posted")
    await sharewise.press(ASHA, preview, "Post it", thread="d")
    assert not stands(platform, "CTWO"), "what was put away isn't posted by its old button"

    await sharewise.say(ASHA, "share it", thread="d")
    await sharewise.say(ASHA, "share here", channel="CTHREE")
    preview = await platform.tells(ASHA, "This is what I'd post in #cthree")
    await sharewise.press(ASHA, preview, "Post it", thread="d")
    await platform.shows("CTHREE", "Shared by Uasha")
    assert "Where?" not in "".join(map(plain, stands(platform, "CTHREE"))), "all else is told them alone"

    await sharewise.say(BRYN, QUESTION, channel="CTHREE", thread="t")
    await sharewise.say(BRYN, "share here", channel="CTHREE", thread="t")
    await platform.tells(BRYN, "Everybody here can see that answer already")


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("not_in_channel", "I'm not in it. Add me there"),
        ("channel_not_found", "I'm not in it. Add me there"),
        ("not_theirs", "you aren't in it"),
        ("read_only", "not everybody may write there"),
        ("is_archived", "it's archived"),
        ("no such word", "the chat doesn't let me"),
    ],
)
async def test_a_place_that_takes_nothing_is_said_before_anything_is_offered(
    sharewise: Whispering, platform: FakePlatform, why: str, said: str
) -> None:
    platform.closed[CHANNEL] = why
    alone = await sharewise.slash(ASHA, f"share {ANSWER}")
    told = plain(platform.newest(alone))
    assert said in told
    assert why not in told or why.isalpha()
    assert not choices(platform.newest(alone))


async def test_others_people_are_addressed_from_among_them_alone(
    sharewise: Whispering, platform: FakePlatform
) -> None:
    platform.external.add(CHANNEL)
    await sharewise.say(ASHA, QUESTION, thread="d")
    await sharewise.happens(in_channel("share it in", CHANNEL), ASHA, thread="d")
    await platform.tells(ASHA, "people of other organisations are in it", "say share here to me there")
    alone = await sharewise.slash(ASHA, f"share {ANSWER}")
    assert "People of other organisations are there too" in plain(platform.newest(alone))
    await sharewise.slash(ASHA, "post it")
    await platform.shows(CHANNEL, "Shared by Uasha")


async def test_what_the_platform_refuses_is_told_and_may_be_tried_again(
    sharewise: Whispering, platform: FakePlatform
) -> None:
    platform.refuses[CHANNEL] = Undeliverable("restricted_action")
    alone = await sharewise.slash(ASHA, f"share {ANSWER}")
    await sharewise.slash(ASHA, "post it")
    await platform.shows(
        alone, "I couldn't post in #cboard: not everybody may write there", "Nothing was shared"
    )
    del platform.refuses[CHANNEL]
    await sharewise.slash(ASHA, f"share {ANSWER}")
    await sharewise.slash(ASHA, "post it")
    await platform.shows(CHANNEL, "Shared by Uasha")


async def test_whoever_is_forgotten_before_it_is_refused_is_told_nothing(
    sharewise: Whispering, platform: FakePlatform
) -> None:
    await sharewise.slash(ASHA, f"share {ANSWER}")
    await sharewise.slash(ASHA, "post it")
    (key,) = [key async for key in _keys(sharewise, "share")]
    told = ShareRefused(key.decode().rpartition(":")[2], ASHA, {"channel": "DTOLD"}, "board", "is_archived")
    await sharewise.say(ASHA, "forget me", thread="d")
    await sharewise.say(ASHA, "yes, forget me", thread="d")
    await platform.tells(ASHA, "Done. I erased")
    await sharewise.service.turn.hand(Job("slack:T1", told), "refused")
    await sharewise.settled()
    assert "DTOLD" not in platform.shown


async def _keys(sharewise: Sharewise, kind: str) -> Any:
    for key in await sharewise.connection.call("KEYS", f"*:{kind}:*"):
        yield key


def test_a_channel_called_by_name_alone_is_asked_about_and_never_taken_for_the_one_they_are_in() -> None:
    alone = Person(knowledge=own_knowledge(), tenant="slack:T1", shares=(), alone=True)
    alone.say("how many partners should we have?")
    said = read(alone.say("share in Chat with partners"))
    assert "“Chat with partners” by its name alone" in said
    here = ChannelReference("slack:T1", CHANNEL, "slack", {"channel": CHANNEL})
    whispered = alone.say("share it with the finance group", reference=here)
    assert "“the finance group” by its name alone" in read(whispered)
    assert alone.say("share in the savings of others?").replies[0].asked, "a question like any other"
