"""Each kind of payload as the inbound event that it means, or as nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.ports import InboundEvent
from bot.platforms.slack import inbound as arrivals
from bot.platforms.slack.inbound import Identity
from dialogs.core.commands.table import SHORTCUTS
from dialogs.core.events import HomeOpened, Mention, Opened, PaneOpened, Place, Utterance
from tests.slack.served import us
from tests.slack.test_presses import pressed

Json = dict[str, Any]


def said(text: str = "hello", **more: Any) -> Json:
    """A message event in a direct conversation; ``more`` replaces or adds, None removes."""
    event = {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": "U1",
        "team": "T1",
        "ts": "9.1",
    }
    event = {name: value for name, value in {**event, "text": text, **more}.items() if value is not None}
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}


def in_channel(text: str, **more: Any) -> Json:
    """A message event in a channel."""
    return said(text, **{"channel": "C1", "channel_type": "channel", **more})


def heard(body: Json) -> InboundEvent:
    """The inbound event of a message that is for us."""
    inbound = arrivals.message(body, us())
    assert inbound is not None
    return inbound


# --- Messages -------------------------------------------------------------------------------------


def test_a_direct_message_is_answered_where_it_was_said() -> None:
    assert heard(said("do we need &lt;buy-in&gt;?")) == InboundEvent(
        event=Utterance("do we need <buy-in>?"),
        speaker="slack:T1/U1",
        place=Place("slack", "direct"),
        tenant="slack:T1",
        conversation="D1",
        idempotency_keys=("m:D1:9.1", "e:Ev1"),
        to={"channel": "D1"},
        private_to={"channel": "D1"},
        note_to={"channel": "D1"},
        message="D1:9.1",
        channel="D1",
        channel_to={"channel": "D1"},
    )


def test_a_thread_in_a_direct_conversation_is_a_conversation_of_its_own() -> None:
    inbound = heard(said(thread_ts="5.0"))
    assert (inbound.conversation, inbound.to) == ("D1:5.0", {"channel": "D1", "thread_ts": "5.0"})


def test_a_mention_in_a_channel_opens_a_thread() -> None:
    inbound = heard(in_channel("<@UBOT> how many?", type="app_mention", channel_type=None))
    assert inbound.event == Utterance("how many?")
    assert inbound.place == Place("slack", "channel")
    assert inbound.conversation == "C1:9.1"
    assert inbound.to == inbound.note_to == {"channel": "C1", "thread_ts": "9.1"}
    assert inbound.private_to == {"channel": "U1"}


def test_of_a_mention_the_message_says_that_slack_tells_of_it_again() -> None:
    assert heard(in_channel("<@UBOT> how many?")).told_again
    assert not heard(in_channel("<@UBOT> how many?", type="app_mention", channel_type=None)).told_again
    assert not heard(in_channel("and with the NHS?", thread_ts="5.0")).told_again
    assert not heard(said("<@UBOT> how many?")).told_again


def test_both_events_of_a_mention_carry_one_mark() -> None:
    mention = heard(in_channel("<@UBOT> how many?", type="app_mention", channel_type=None))
    twin = heard(in_channel("<@UBOT> how many?"))
    assert mention.idempotency_keys[0] == twin.idempotency_keys[0] == "m:C1:9.1"
    assert (mention.event, mention.conversation) == (twin.event, twin.conversation)


def test_a_remark_in_a_thread_is_passed_on_as_not_addressed() -> None:
    inbound = heard(in_channel("and with the NHS?", thread_ts="5.0"))
    assert inbound.event == Utterance("and with the NHS?", addressed=False)
    assert inbound.conversation == "C1:5.0"


def test_a_group_conversation_is_treated_as_a_channel() -> None:
    inbound = heard(in_channel("<@UBOT> hello", channel="G1", channel_type="mpim"))
    assert inbound.place.kind == "group"
    assert inbound.to["thread_ts"] == "9.1"


def test_a_person_of_another_organisation_keeps_their_own_team() -> None:
    inbound = heard(in_channel("<@UBOT> hi", user="U9", user_team="T9", team="T9"))
    assert (inbound.speaker, inbound.tenant) == ("slack:T9/U9", "slack:T1")


def test_whom_a_message_mentions_is_known_by_id() -> None:
    inbound = heard(in_channel("<@UBOT> remind <@U2> and <#C7|board>"))
    assert inbound.event == Utterance(
        "remind someone and #board",
        exact="remind @mention1 and #mention2",
        named=(
            Mention("@mention1", "person", "slack:T1/U2"),
            Mention("#mention2", "channel", "slack:C7", "board"),
        ),
    )


def test_a_message_goes_with_its_channel_as_a_whole() -> None:
    inbound = heard(in_channel("<@UBOT> hello", thread_ts="5.0"))
    assert (inbound.channel, inbound.channel_to) == ("C1", {"channel": "C1"})
    assert not inbound.can_open


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ({"display_name": "Asha", "real_name": "Asha Patel"}, {"name": "Asha"}),
        ({"display_name": "", "real_name": "Asha Patel"}, {"name": "Asha Patel"}),
        ({"display_name": "x" * 65}, {}),
        ({"display_name": 7}, {}),
        (None, {}),
    ],
)
def test_a_name_is_kept_where_a_message_tells_it(profile: Any, name: dict[str, str]) -> None:
    assert heard(said(user_profile=profile)).profile == name


def test_a_file_with_words_is_a_message() -> None:
    event = heard(said("what of this?", subtype="file_share")).event
    assert event == Utterance("what of this?", files=True)


@pytest.mark.parametrize("text", ["", "😀😀", "\u202eהשוואה\u200b", "x" * 40_000])
def test_odd_text_is_passed_on_as_it_is(text: str) -> None:
    assert heard(said(text)).event == Utterance(text)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(said(bot_id="B1"), id="another bot"),
        pytest.param(said(user="UBOT"), id="ourselves"),
        pytest.param(said(user="USLACKBOT"), id="Slackbot"),
        pytest.param(said(user=None), id="nobody"),
        pytest.param(said(ts=None), id="no time stamp"),
        pytest.param(said(channel=None), id="nowhere"),
        pytest.param(said(subtype="bot_message"), id="a bot's subtype"),
        pytest.param(said(subtype="message_deleted"), id="a deletion"),
        pytest.param(said(subtype="channel_join"), id="a join"),
        pytest.param(said(edited={"user": "U1", "ts": "9.2"}), id="a mention added by an edit"),
        pytest.param(in_channel("", thread_ts="5.0", files=[{"id": "F1"}]), id="a file that is for others"),
        pytest.param(in_channel("hello all"), id="a channel's own talk"),
        pytest.param(in_channel("<@U2> what do you think?", thread_ts="5.0"), id="to somebody else"),
        pytest.param({"type": "event_callback"}, id="no event"),
    ],
)
def test_what_is_not_for_us(body: Json) -> None:
    assert arrivals.message(body, us()) is None


def test_an_event_tells_who_we_are() -> None:
    me = Identity()
    me.learn({"authorizations": [{"team_id": "T1", "user_id": "U5", "is_bot": False}]})
    assert me == Identity()
    me.learn({"authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}]})
    assert me == Identity(team="T1", user="UBOT")


# --- Commands, App Home, channels ------------------------------------------------------------------------


def test_a_command_is_answered_to_the_person_alone() -> None:
    body = {
        "command": "/sharewise", "text": "how many &amp; why?", "team_id": "T1", "channel_id": "C1",
        "channel_name": "board", "user_id": "U1", "user_name": "asha.patel", "trigger_id": "1.2.3",
        "response_url": "https://hooks.example/2",
    }  # fmt: skip
    to = {"response_url": "https://hooks.example/2", "channel": "C1", "user": "U1"}
    assert arrivals.command(body, us()) == InboundEvent(
        event=Utterance("how many & why?"),
        speaker="slack:T1/U1",
        place=Place("slack", "channel"),
        tenant="slack:T1",
        conversation="C1:U1:command",
        idempotency_keys=("c:1.2.3",),
        to=to,
        private_to=to,
        note_to=to,
        aside=True,
        channel="C1",
        channel_to={"channel": "C1"},
        can_open=True,
        profile={"name": "asha.patel"},
    )
    assert arrivals.command({"command": "/sharewise"}, us()) is None


def test_app_home_is_drawn_when_it_is_opened() -> None:
    event = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    inbound = arrivals.home_opened({"event_id": "Ev1", "event": event}, us())
    assert inbound is not None
    assert inbound.event == HomeOpened()
    assert inbound.to == {"view": "home", "user": "U1", "channel": "D1"}
    messages = arrivals.home_opened({"event": {**event, "tab": "messages"}}, us())
    assert messages is not None
    assert messages.event == PaneOpened()


def test_being_added_to_a_channel_is_an_opening_but_others_joining_is_not() -> None:
    event = {"type": "member_joined_channel", "user": "UBOT", "channel": "C1", "inviter": "U1"}
    inbound = arrivals.joined({"event_id": "Ev1", "event": event}, us())
    assert inbound is not None
    assert (inbound.event, inbound.speaker, inbound.to) == (Opened(), "slack:T1/U1", {"channel": "C1"})
    assert arrivals.joined({"event": {**event, "user": "U2"}}, us()) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "event",
        "user",
        "channel",
        "ts",
        "text",
        "actions",
        "container",
        "message",
        "view",
        "team",
        "trigger_id",
    ]
)
TRANSLATIONS = (
    arrivals.message,
    arrivals.press,
    arrivals.submitted,
    arrivals.command,
    arrivals.home_opened,
    arrivals.joined,
    arrivals.shortcut,
    arrivals.message_shortcut,
)


@given(st.dictionaries(FIELDS, JSON), st.dictionaries(FIELDS, JSON))
def test_no_shape_of_payload_is_an_exception(outer: Json, inner: Json) -> None:
    chosen = ({**pressed(), "callback_id": shortcut.says, **inner} for shortcut in SHORTCUTS)
    for body in (outer, {**outer, "event": inner}, {**pressed(), **inner}, *chosen):
        Identity().learn(body)
        for translate in TRANSLATIONS:
            inbound = translate(body, us())
            assert inbound is None or inbound.tenant == "slack:T1"


def test_a_reply_in_a_thread_names_the_message_above() -> None:
    assert heard(in_channel("4", thread_ts="7.1")).under == "C1:7.1"
    assert heard(said("4", thread_ts="7.1")).under == "D1:7.1"
    assert heard(in_channel("<@UBOT> 4")).under == ""
