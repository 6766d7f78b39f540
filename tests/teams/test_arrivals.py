"""Each kind of activity that Teams delivers, and what the turn is told of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.teams import inbound as arrivals
from bot.platforms.teams.incoming import BadActivity, read_activity
from dialogs.core.events import Opened, Utterance
from tests.teams.conftest import CHANNEL, GROUP, Served, activity, press, thumb

AT = "<at>Sharewise</at>"
MENTION = {"type": "mention", "mentioned": {"id": "28:bot", "name": "Sharewise"}, "text": AT}


def mentioned(text: str, *others: Any) -> dict[str, Any]:
    """A channel message that mentions the bot."""
    return activity(conversation=CHANNEL, text=text, entities=[MENTION, *others])


WORDS = [
    ("typed", activity(), "does it matter this late?"),
    ("mentioned in a channel", mentioned(f"{AT} why?"), "why?"),
    ("mentioned in the middle", mentioned(f"hello {AT} why?"), "hello   why?"),
    ("mentioned in a group", activity(conversation=GROUP, text=f"{AT}\xa0hi", entities=[MENTION]), "hi"),
    ("its name in the question stays", mentioned(f"{AT} who made Sharewise?"), "who made Sharewise?"),
    ("only a mention", mentioned(AT), ""),
    ("another person mentioned", mentioned(f"{AT} ask <at>Cleo</at>"), "ask Cleo"),
    ("a mention without a person", mentioned(f"{AT} hi", {"type": "mention"}), "hi"),
    ("a mention of the wrong shape", mentioned(f"{AT} hi", {"type": "mention", "mentioned": "x"}), "hi"),
    ("a quoted reply", activity(text='<quoted messageId="1700000000001"/> help'), "help"),
    (
        "a quoted reply with its words",
        activity(text="<quoted messageId='1'>my data</quoted>thanks"),
        "thanks",
    ),
    ("a reply's blockquote", activity(text='<blockquote itemid="1">my data</blockquote>why?'), "why?"),
    ("a quoted reply with a mention", mentioned(f'<quoted messageId="1"/>{AT} my data'), "my data"),
    ("entities of text", activity(text="cost &amp; savings&nbsp;&lt;5%"), "cost & savings <5%"),
    ("empty", activity(text=""), ""),
    ("no text at all", activity(text=None), ""),
    ("blank", activity(text=" \r\n "), ""),
    ("only emoji", activity(text="👍🏽"), "👍🏽"),
    ("right to left", activity(text="\u202eשלום\u202c"), "\u202eשלום\u202c"),
    ("zero width", activity(text="a\u200bb"), "a\u200bb"),
    ("markup typed by hand", activity(text="<b>*x*</b> `y`"), "<b>*x*</b> `y`"),
    ("very long", activity(text="x" * 40_000), "x" * 40_000),
]


@pytest.mark.parametrize(("sent", "words"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
async def test_typed_words_arrive_clean(bot: Served, sent: dict[str, Any], words: str) -> None:
    status, _ = await bot.post(sent)
    assert status == 200
    assert [inbound.event for inbound in bot.turn.arrivals] == [Utterance(words)]


PRESSES = [
    ("a button", press(), "tell me more"),
    (
        "a button of an older client",
        activity(text=None, value={"says": "why"}, replyToId="1000"),
        "why",
    ),
    ("the same with empty text", activity(text="", value={"says": "why"}, replyToId="1000"), "why"),
    ("thumb up", thumb(), "helpful"),
    ("thumb down", thumb("dislike"), "not helpful"),
]


@pytest.mark.parametrize(("sent", "words"), [row[1:] for row in PRESSES], ids=[row[0] for row in PRESSES])
async def test_a_press_says_its_words_and_names_its_message(
    bot: Served, sent: dict[str, Any], words: str
) -> None:
    status, _ = await bot.post(sent)
    assert status == 200
    [inbound] = bot.turn.arrivals
    assert inbound.event == Utterance(words, pressed=True)
    assert inbound.about == "a:chat:1000"


IGNORED = [
    ("a deletion", activity(type="messageDelete")),
    ("a reaction", activity(type="messageReaction", reactionsAdded=[{"type": "like"}])),
    ("typing", activity(type="typing")),
    ("an event", activity(type="event", name="application/vnd.microsoft.meetingStart", value={})),
    ("a kind nobody knows", activity(type="somethingNew")),
    ("a new version", activity(type="installationUpdate", action="add-upgrade")),
    ("removal", activity(type="installationUpdate", action="remove")),
    ("somebody else joining", activity(type="conversationUpdate", membersAdded=[{"id": "29:new"}])),
    ("a renamed channel", activity(type="conversationUpdate", channelData={"tenant": {"id": "t1"}})),
    ("our own message", activity(**{"from": {"id": "28:bot"}})),
    ("another bot's message", activity(**{"from": {"id": "28:other", "name": "Bot"}})),
    ("a bot by its role", activity(**{"from": {"id": "x", "role": "bot"}})),
    ("a button that isn't ours", activity(text=None, value={"other": 1})),
    ("a button's words of the wrong kind", activity(text=None, value={"says": ["x"]})),
    ("a button with too many words", activity(text=None, value={"says": "x" * 5000})),
]


@pytest.mark.parametrize("sent", [row[1] for row in IGNORED], ids=[row[0] for row in IGNORED])
async def test_what_is_not_for_us_is_acknowledged_and_ignored(bot: Served, sent: dict[str, Any]) -> None:
    status, _ = await bot.post(sent)
    assert status == 200
    assert bot.turn.arrivals == []


async def test_a_personal_message_tells_who_where_and_how_to_answer(bot: Served) -> None:
    await bot.post(activity())
    [inbound] = bot.turn.arrivals
    assert inbound.speaker == "teams:t1/8d1c7d3e-0000-0000-0000-000000000001"
    assert inbound.tenant == "teams:t1"
    assert (inbound.place.platform, inbound.place.kind) == ("teams", "direct")
    assert inbound.conversation == "a:chat"
    assert inbound.idempotency_keys == ("m:a:chat:1001",)
    assert inbound.to == {"service_url": "http://127.0.0.1:9/", "conversation": "a:chat", "bot": "28:bot"}
    assert inbound.private_to == inbound.note_to == inbound.to
    assert (inbound.channel, inbound.channel_to, inbound.can_open) == ("a:chat", inbound.to, False)
    assert inbound.profile == {"name": "Officer", "time zone": "Europe/London", "language": "en-GB"}


async def test_a_channel_is_answered_in_its_thread_and_privately_in_the_personal_chat(bot: Served) -> None:
    await bot.post(mentioned(f"{AT} why?"))
    [inbound] = bot.turn.arrivals
    assert inbound.place.kind == "channel"
    assert inbound.conversation == inbound.to["conversation"] == "19:board@thread.tacv2;messageid=900"
    assert "conversation" not in inbound.private_to
    assert inbound.private_to["person"] == "29:officer"


async def test_a_channel_message_without_its_thread_starts_one(bot: Served) -> None:
    await bot.post({**mentioned(f"{AT} why?"), "conversation": {**CHANNEL, "id": "19:board@thread.tacv2"}})
    [inbound] = bot.turn.arrivals
    assert inbound.conversation == "19:board@thread.tacv2;messageid=1001"


@pytest.mark.parametrize("thread", ["", ";messageid=900"])
async def test_a_press_names_the_same_message_with_and_without_the_thread(bot: Served, thread: str) -> None:
    await bot.post(press(conversation={**CHANNEL, "id": f"19:board@thread.tacv2{thread}"}))
    [inbound] = bot.turn.arrivals
    assert inbound.about == "19:board@thread.tacv2:1000"


async def test_a_guest_of_another_organisation_keeps_their_own_tenant(bot: Served) -> None:
    guest = {"id": "29:guest", "aadObjectId": "g1", "tenantId": "t2"}
    await bot.post({**mentioned(f"{AT} why?"), "from": guest})
    [inbound] = bot.turn.arrivals
    assert (inbound.speaker, inbound.tenant) == ("teams:t2/g1", "teams:t1")


async def test_a_press_can_only_be_confirmed_in_its_acknowledgement(bot: Served) -> None:
    await bot.post(press())
    await bot.post(activity(text=None, value={"says": "why"}))
    assert [inbound.note_to is None for inbound in bot.turn.arrivals] == [True, False]


@pytest.mark.parametrize("where", [None, "19:picked@thread.tacv2"])
async def test_the_two_tellings_of_an_installation_carry_one_mark_and_a_later_one_another(
    bot: Served, where: str | None
) -> None:
    def installed(at: str | None, kind: str = "installationUpdate", **more: Any) -> dict[str, Any]:
        data = {"tenant": {"id": "t1"}, "settings": {"selectedChannel": {"id": where}}} if where else None
        told = {"timestamp": at, "channelData": data} if data else {"timestamp": at}
        return activity(**{"type": kind, "id": f"{kind} {at}", **told, **more})

    members = {"kind": "conversationUpdate", "membersAdded": [{"id": "28:bot"}]}
    await bot.post(installed("2026-11-23T10:00:59.9990000Z", **members))
    await bot.post(installed("2026-11-23T10:01:01.2Z", action="add"))
    await bot.post(installed("2026-11-23T10:09:00Z", action="add"))
    await bot.post(installed(None, **members))
    await bot.post(installed("soon", action="add"))
    assert {inbound.event for inbound in bot.turn.arrivals} == {Opened()}
    first, second, later, undated, odd = (set(inbound.idempotency_keys) for inbound in bot.turn.arrivals)
    assert first & second
    assert not later & (first | second)
    assert undated & odd


BAD = [
    ("no sender", activity(**{"from": None}), "sender"),
    ("a sender without an id", activity(**{"from": {"name": "x"}}), "sender"),
    ("no conversation", activity(conversation=None), "conversation"),
    ("no service URL", activity(serviceUrl=None), "serviceUrl"),
    ("no type", activity(type=None), "type"),
    ("no id", activity(id=None), "id"),
    ("no tenant", activity(channelData=None, conversation={"id": "a:chat"}), "tenant"),
    ("a strange tenant", activity(conversation={"id": "c", "tenantId": "}x{"}, channelData=None), "tenant"),
    ("another channel", activity(channelId="webchat"), "Teams"),
    ("text of the wrong kind", activity(text={"a": 1}), "text"),
    ("an id without end", activity(id="1" * 600), "id"),
    ("no object", b"[]", "object"),
    ("no JSON", b"{", "activity"),
    ("no UTF-8", b'{"type": "\xff"}', "activity"),
    ("nothing", b"", "activity"),
    ("nested without end", b'{"type": "message", "value": ' + b"[" * 100_000, "activity"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "word"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
async def test_a_bad_activity_gets_a_clear_sentence(bot: Served, sent: Any, word: str) -> None:
    status, answer = await bot.post(sent)
    assert status == 400
    assert word in answer["error"]
    assert bot.turn.arrivals == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
parts = st.sampled_from(
    [
        "type",
        "id",
        "from",
        "conversation",
        "recipient",
        "text",
        "value",
        "entities",
        "channelData",
        "replyToId",
    ]
)


@given(st.dictionaries(parts, json_values, max_size=4))
def test_no_shape_of_activity_breaks_the_translation(changes: dict[str, Any]) -> None:
    for whole in (activity(**changes), press(**changes), thumb(**changes)):
        try:
            incoming = read_activity(msgspec.json.encode(whole))
            for translate in (
                arrivals.typed_or_submitted,
                arrivals.pressed,
                arrivals.thumbed,
                arrivals.installed,
            ):
                inbound = translate(incoming)
                assert inbound is None or inbound.speaker.startswith("teams:")
        except BadActivity:
            continue
