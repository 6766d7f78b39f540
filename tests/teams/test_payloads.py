"""What Teams delivers, as one table: each kind of activity in its variants, and what becomes of it.

Shapes by https://learn.microsoft.com/microsoftteams/platform/bots/ (conversations, channel data, events,
cards and dialogs); the cases are our own. Each goes through the real adapter.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from bot.platforms.ports import InboundEvent, Undeliverable
from bot.platforms.teams import speech
from dialogs.core.events import Event, Mention, Opened, Submitted, Utterance
from tests.teams.conftest import CHANNEL, GROUP, Served, activity, press, thumb

AT = "<at>Sharewise</at>"
US = {"type": "mention", "mentioned": {"id": "28:bot", "name": "Sharewise"}, "text": AT}
BRYN = {"type": "mention", "mentioned": {"id": "29:bryn", "name": "Bryn"}, "text": "<at>Bryn</at>"}
CLIENT = {"type": "clientInfo", "locale": "en-GB", "platform": "iOS", "timezone": "Europe/London"}
ROOT = {**CHANNEL, "id": "19:board@thread.tacv2;messageid=1001"}
BARE = {**CHANNEL, "id": "19:board@thread.tacv2"}
TEAM = {
    "tenant": {"id": "t1"},
    "team": {"id": "19:general@thread.tacv2", "name": "Board", "aadGroupId": "g-1"},
}
PICKED = {**TEAM, "settings": {"selectedChannel": {"id": "19:picked@thread.tacv2", "name": "Picked"}}}
GENERAL = {"id": "19:general@thread.tacv2", "conversationType": "channel", "tenantId": "t1", "isGroup": True}
QUOTE_HTML = {
    "contentType": "text/html",
    "content": '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1700000000001">'
    "<p>An answer</p></blockquote><p>why?</p>",
}
HTML = {"contentType": "text/html", "content": "<p>why?</p>"}
GIF = {"contentType": "text/html", "content": '<p><img alt="A cat" src="https://media.example/1.gif"></p>'}
PICTURE = {"contentType": "image/png", "contentUrl": "https://smba.example/1.png"}
DOCUMENT = {
    "contentType": "application/vnd.microsoft.teams.file.download.info",
    "content": {"downloadUrl": "https://x.sharepoint.com/f", "uniqueId": "1", "fileType": "docx"},
    "name": "f.docx",
}
PASTED_CARD = {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}}
QUOTED_NOTE = {"type": "quotedReply", "quotedReply": {"messageId": "1700000000001", "senderId": "28:bot"}}
QUOTED = "a:chat:1700000000001"


def invoke(name: str, value: Any, **changes: Any) -> dict[str, Any]:
    """An invoke of that name."""
    return press(**{"name": name, "value": value, **changes})


def channel(text: str, *entities: Any, **changes: Any) -> dict[str, Any]:
    """A message in a channel's thread."""
    return activity(**{"conversation": CHANNEL, "text": text, "entities": list(entities), **changes})


def update(**changes: Any) -> dict[str, Any]:
    """A message that its author has edited."""
    data = {"tenant": {"id": "t1"}, "eventType": "editMessage"}
    return activity(**{"type": "messageUpdate", "channelData": data, **changes})


def conversation(**changes: Any) -> dict[str, Any]:
    """A change of a conversation."""
    return activity(**{"type": "conversationUpdate", "id": "f:9", "text": None, **changes})


def installation(action: str, **changes: Any) -> dict[str, Any]:
    """The app was added, removed, or got a new version."""
    return activity(**{"type": "installationUpdate", "id": "f:9", "text": None, "action": action, **changes})


class Case(NamedTuple):
    """One activity; ``event`` is what is heard (None for nothing), ``more`` further parts of it."""

    name: str
    sent: dict[str, Any]
    event: Event | None = None
    more: dict[str, Any] = {}  # noqa: RUF012 (never changed)
    status: int = 200


def said(words: str, **more: Any) -> Utterance:
    return Utterance(words, **more)


def pressed(words: str) -> Utterance:
    return Utterance(words, pressed=True)


FOLLOWS = said("and the risks?", addressed=False)
CASES = [
    # --- Typed
    Case("in a personal chat", activity(text="why?"), said("why?"), {"message": "a:chat:1001"}),
    Case("with notes of the client", activity(text="why?", entities=[CLIENT]), said("why?")),
    Case("with its words as HTML", activity(text="why?", attachments=[HTML]), said("why?")),
    Case("with a card pasted into it", activity(text="why?", attachments=[PASTED_CARD]), said("why?")),
    Case(
        "without locale and time zone",
        activity(text="why?", locale=None, localTimezone=None),
        said("why?"),
        {"profile": {"name": "Officer"}},
    ),
    Case(
        "without a directory id",
        activity(text="why?", **{"from": {"id": "29:x"}}),
        said("why?"),
        {"speaker": "teams:t1/29:x"},
    ),
    Case("without a time stamp", activity(text="why?", timestamp=None), said("why?")),
    Case(
        "with importance and summary", activity(text="why?", importance="urgent", summary="s"), said("why?")
    ),
    Case(
        "in a chat of unknown kind",
        activity(text="why?", conversation={"id": "c", "tenantId": "t1"}),
        said("why?"),
    ),
    # --- Mentions
    Case(
        "a mention in a channel",
        channel(f"{AT} why?", US),
        said("why?"),
        {"under": "19:board@thread.tacv2:900"},
    ),
    Case("a mention that opens a thread", channel(f"{AT} why?", US, conversation=ROOT), said("why?")),
    Case(
        "a mention where the thread isn't told",
        channel(f"{AT} why?", US, conversation=BARE),
        said("why?"),
        {"conversation": "19:board@thread.tacv2;messageid=1001"},
    ),
    Case("a mention in a group chat", channel(f"{AT} why?", US, conversation=GROUP), said("why?")),
    Case("a mention at the end", channel(f"why? {AT}", US), said("why?")),
    Case("a mention in HTML", channel(f"<div>{AT} why?</div>", US), said("<div>  why?</div>")),
    Case(
        "a mention in a meeting's chat",
        channel(
            f"{AT} why?",
            US,
            conversation={"id": "19:meeting_x@thread.v2", "conversationType": "groupChat", "tenantId": "t1"},
        ),
        said("why?"),
    ),
    # --- What isn't addressed, where all may be read (ChannelMessage.Read.Group)
    Case("a follow-up in a thread", channel("and the risks?"), FOLLOWS),
    Case(
        "a follow-up in a thread told by its root",
        channel("and the risks?", conversation=BARE, replyToId="900"),
        FOLLOWS,
    ),
    Case("a new post to nobody", channel("and the risks?", conversation=ROOT)),
    Case("the same where the thread isn't told", channel("and the risks?", conversation=BARE)),
    Case("to somebody else", channel("<at>Bryn</at> and the risks?", BRYN)),
    Case(
        "that names somebody else",
        channel("what would <at>Bryn</at> say?", BRYN),
        said(
            "what would Bryn say?",
            addressed=False,
            exact="what would @mention1 say?",
            named=(Mention("@mention1", "person", "teams:t1/29:bryn", "Bryn"),),
        ),
    ),
    Case("talk of a group chat", channel("and the risks?", conversation=GROUP)),
    # --- Quoted
    Case(
        "a quote in the text",
        activity(text='<quoted messageId="1700000000001"/> help'),
        said("help"),
        {"quoted": QUOTED},
    ),
    Case(
        "a quote with a note",
        activity(text='<quoted messageId="1"/> my data', entities=[QUOTED_NOTE]),
        said("my data"),
        {"quoted": QUOTED},
    ),
    Case(
        "a quote by its note alone",
        activity(text="thanks", entities=[QUOTED_NOTE]),
        said("thanks"),
        {"quoted": QUOTED},
    ),
    Case(
        "a quote as HTML", activity(text="why?", attachments=[QUOTE_HTML]), said("why?"), {"quoted": QUOTED}
    ),
    Case(
        "a reply's blockquote",
        activity(text='<blockquote itemid="1700000000001">x</blockquote>why?'),
        said("why?"),
        {"quoted": QUOTED},
    ),
    Case(
        "a quote without an end",
        activity(text='<quoted messageId="1">help'),
        said("help"),
        {"quoted": "a:chat:1"},
    ),
    Case(
        "a quote within a quote",
        activity(text="<blockquote>a<blockquote>b</blockquote>c</blockquote>why?"),
        said("why?"),
    ),
    Case("a quote of nothing", activity(text="<quoted/> why?"), said("why?"), {"quoted": None}),
    Case(
        "a note of the wrong shape",
        activity(text="why?", entities=[{"type": "quotedReply", "quotedReply": 7}]),
        said("why?"),
        {"quoted": None},
    ),
    # --- Files
    Case("a picture", activity(text=None, attachments=[PICTURE]), said("", files=True)),
    Case("a picture in the words' HTML alone", activity(text="", attachments=[GIF]), said("", files=True)),
    Case("a smile in the words' HTML", activity(text="🙂", attachments=[GIF]), said("🙂")),
    Case("a document", activity(text="", attachments=[DOCUMENT]), said("", files=True)),
    Case(
        "a picture with words", activity(text="why?", attachments=[PICTURE, HTML]), said("why?", files=True)
    ),
    Case(
        "an attachment of the wrong shape",
        activity(text="why?", attachments=[{"contentType": 7}]),
        said("why?"),
    ),
    # --- Edited, deleted, reacted to
    Case("an edit", update(text="why?"), said("why?", edited=True), {"message": "a:chat:1001"}),
    Case(
        "an edit that doesn't say so",
        update(text="why?", channelData={"tenant": {"id": "t1"}}),
        said("why?", edited=True),
    ),
    Case(
        "an edit in a channel",
        update(text=f"{AT} why?", entities=[US], conversation=CHANNEL),
        said("why?", edited=True),
    ),
    Case("an edit of others' talk", update(text="why?", conversation=GROUP)),
    Case(
        "a deletion taken back", update(channelData={"tenant": {"id": "t1"}, "eventType": "undeleteMessage"})
    ),
    Case("an edit of our own", update(**{"from": {"id": "28:bot"}})),
    Case(
        "a deletion",
        activity(
            type="messageDelete",
            text=None,
            channelData={"tenant": {"id": "t1"}, "eventType": "softDeleteMessage"},
        ),
    ),
    Case(
        "a reaction",
        activity(type="messageReaction", text=None, reactionsAdded=[{"type": "like"}], replyToId="9"),
    ),
    Case(
        "a reaction taken back",
        activity(type="messageReaction", text=None, reactionsRemoved=[{"type": "like"}]),
    ),
    # --- Pressed
    Case("Action.Execute", press("why"), pressed("why"), {"about": "a:chat:1000", "note_to": None}),
    Case("the same with its verb alone", press(None)),
    Case(
        "the same by refresh",
        press(value={"action": {"type": "Action.Execute", "data": {"says": "why"}}, "trigger": "automatic"}),
    ),
    Case(
        "the same without a trigger",
        press(value={"action": {"type": "Action.Execute", "data": {"says": "why"}}}),
        pressed("why"),
    ),
    Case("Action.Submit in it", press(value={"action": {"type": "Action.Submit", "data": {"says": "why"}}})),
    Case(
        "Action.Submit of an older client",
        activity(text=None, value={"says": "why"}, replyToId="1000"),
        pressed("why"),
        {"about": "a:chat:1000"},
    ),
    Case("somebody else's card", activity(text=None, value={"other": 1}, replyToId="1000")),
    Case("a thumb up", thumb("like"), pressed("helpful")),
    Case("a thumb down", thumb("dislike"), pressed("not helpful")),
    Case("another reaction", thumb("heart")),
    # --- Dialogs
    Case(
        "task/fetch",
        invoke(
            "task/fetch",
            {
                "data": {"says": "new reminder", "msteams": {"type": "task/fetch"}},
                "context": {"theme": "dark"},
            },
        ),
        pressed("new reminder"),
        {"can_open": True},
    ),
    Case("task/fetch of another's", invoke("task/fetch", {"data": {"x": 1}})),
    Case(
        "task/submit",
        invoke("task/submit", {"data": {"says": "page 1", "form": True, "what": "tea"}}),
        Submitted("page 1", {"what": "tea"}),
    ),
    Case(
        "task/submit by a button within", invoke("task/submit", {"data": {"says": "back"}}), pressed("back")
    ),
    Case("task/submit of nothing", invoke("task/submit", {})),
    Case("a file's consent to nothing of ours", invoke("fileConsent/invoke", {"action": "accept"})),
    Case("a search that is none of ours", invoke("composeExtension/query", {"commandId": "x"})),
    Case("a link of the message extension", invoke("composeExtension/queryLink", {"url": "x"}), status=501),
    Case("a sign-in", invoke("signin/verifyState", {"state": "x"}), status=501),
    Case("a tab's fetch", invoke("tab/fetch", {}), status=501),
    Case("an invoke without a name", press(name=None, value={}), status=501),
    # --- Conversations and installations
    Case("we join a chat", conversation(membersAdded=[{"id": "28:bot"}]), Opened()),
    Case(
        "we join a team",
        conversation(conversation=GENERAL, channelData=TEAM, membersAdded=[{"id": "28:bot"}]),
        Opened(),
        {"conversation": "19:general@thread.tacv2"},
    ),
    Case(
        "we join by a channel that was picked",
        conversation(conversation=GENERAL, channelData=PICKED, membersAdded=[{"id": "28:bot"}]),
        Opened(),
        {"conversation": "19:picked@thread.tacv2", "channel": "19:picked@thread.tacv2"},
    ),
    Case("somebody else joins", conversation(membersAdded=[{"id": "29:new"}])),
    Case("somebody leaves", conversation(membersRemoved=[{"id": "29:old"}])),
    *(
        Case(kind, conversation(channelData={**TEAM, "eventType": kind}, conversation=GENERAL))
        for kind in (
            "channelCreated",
            "channelRenamed",
            "channelDeleted",
            "channelRestored",
            "channelShared",
            "teamRenamed",
            "teamArchived",
            "teamUnarchived",
            "teamDeleted",
        )
    ),
    Case("a topic", conversation(topicName="New name", conversation=GROUP)),
    Case("installed", installation("add"), Opened()),
    Case(
        "installed in a channel that was picked",
        installation("add", conversation=GENERAL, channelData=PICKED),
        Opened(),
        {"conversation": "19:picked@thread.tacv2", "channel": "19:picked@thread.tacv2"},
    ),
    Case(
        "installed in a channel of no shape",
        installation(
            "add", conversation=GENERAL, channelData={**TEAM, "settings": {"selectedChannel": {"id": "x y"}}}
        ),
        Opened(),
        {"conversation": "19:general@thread.tacv2"},
    ),
    Case("a new version", installation("add-upgrade")),
    Case("removed", installation("remove")),
    Case("removed with a new version", installation("remove-upgrade")),
    # --- All else
    Case("typing", activity(type="typing", text=None)),
    Case(
        "an event of a meeting",
        activity(type="event", text=None, value={}, name="application/vnd.microsoft.meetingStart"),
    ),
    Case(
        "a receipt of reading",
        activity(
            type="event",
            text=None,
            name="application/vnd.microsoft.readReceipt",
            value={"lastReadMessageId": "1"},
        ),
    ),
    Case("the end of a conversation", activity(type="endOfConversation", text=None)),
    Case("a command of a later protocol", activity(type="command", text=None, name="application/x")),
    Case("a trace", activity(type="trace", text=None, value={})),
    Case("a kind nobody knows", activity(type="somethingNew")),
    Case("a bot's words", activity(**{"from": {"id": "28:other", "name": "Bot"}})),
]


@pytest.mark.usefixtures("no_roster")
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
async def test_what_becomes_of_an_activity(bot: Served, case: Case) -> None:
    status, _ = await bot.post(case.sent)
    assert status == case.status
    heard: list[InboundEvent] = bot.turn.arrivals
    if case.event is None:
        assert heard == []
        return
    [inbound] = heard
    assert inbound.event == case.event
    assert {name: getattr(inbound, name) for name in case.more} == case.more


def test_the_table_has_each_case_once() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 60


async def test_an_edit_is_no_repeat_of_what_was_said_first(bot: Served) -> None:
    await bot.post(activity(text="wy?"))
    await bot.post(update(text="why?", timestamp="2026-11-23T10:00:09Z"))
    await bot.post(update(text="why??", timestamp="2026-11-23T10:00:19Z"))
    first, second, third = (inbound.idempotency_keys for inbound in bot.turn.arrivals)
    assert len({first, second, third}) == 3
    assert len({inbound.message for inbound in bot.turn.arrivals}) == 1


async def test_after_a_removal_a_chat_is_asked_for_anew(bot: Served) -> None:
    to = {"service_url": bot.teams.service_url, "person": "29:asha", "tenant": "t1", "bot": "28:sharewise"}
    first = await bot.connector.chat(to, pause)
    bot.teams.fail("create", status=403)
    assert await bot.connector.chat(to, pause) == first, "it is kept"
    await bot.post(installation("remove", serviceUrl=bot.teams.service_url, **{"from": {"id": "29:asha"}}))
    with pytest.raises(Undeliverable):
        await bot.connector.chat(to, pause)


async def pause(seconds: float) -> None:
    """Wait for nothing."""


@pytest.mark.parametrize("beginning", ["<quoted>", "<quoted ", "<blockquote itemid=1>"])
def test_thousands_of_beginnings_of_quotes_take_no_time(beginning: str) -> None:
    """The test's time limit would tell: looking for an end from every one of them took many seconds."""
    words = beginning * 25_000
    assert speech.without_quotes(words).split() in ([], ["<quoted"] * 25_000)
    assert speech.without_quotes(f"<quoted>a</quoted>b{words}").startswith(" b")
    assert speech.without_quotes(f"{words}a</quoted></blockquote>" * 2).count("a") <= 2
