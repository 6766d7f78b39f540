"""Replies as Block Kit, held against Slack's limits by the SDK's own models and by the stand-in."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View

from bot.platforms.slack import render
from bot.platforms.slack.fallback import fallback
from dialogs.core.replies import (
    Block,
    Chart,
    Choice,
    Choices,
    Citation,
    DataSeries,
    Facts,
    Feedback,
    Part,
    Progress,
    Quote,
    Reply,
    Text,
)
from dialogs.core.text import literal
from playground.slack_checks import problems, view_problems
from tests.harness.any_reply import anything

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["<!channel>", "<@U1|x>", "```", "*a*", "<https://evil.example|here>", "\u202e", " "]),
    st.integers(70, 45_000).map(lambda n: "😀<&" * (n // 3)),
)
BLOCKS = anything(Block, HOSTILE, 6)
PLAIN = BLOCKS.filter(lambda block: not isinstance(block, (Text, Part)))
REPLIES = st.lists(BLOCKS, max_size=70).map(lambda blocks: Reply(tuple(blocks)))

ANSWER = Reply(
    (
        Part("What the deck says", "Buy-in **must** be maintained.", "deck"),
        Part("In practice (our guidance)", "- Ask for a meeting.\n- Bring one result.", "us"),
        Part("Since then", "[A review](https://review.example/2014) agrees.", "since"),
        Part("Ask yourselves", "When did the leader last speak of it?", "ask"),
        Citation("Critical Success Factors", "The deck", "A. Author", "18 November 2009", "2009 deck", "…"),
        Choices((Choice("Why?", "why factor-buy-in", primary=True), Choice("All lessons", "lessons"))),
        Feedback("helpful factor-buy-in", "not helpful factor-buy-in"),
    )
)


def drawn(*blocks: Block) -> list[dict[str, Any]]:
    """The blocks of a message."""
    result: list[dict[str, Any]] = render.message(Reply(blocks))["blocks"]
    return result


def held_by_sdk(blocks: list[dict[str, Any]]) -> None:
    """Fails where the SDK's models don't know a block, lose some of it, or call it too long."""
    for block in blocks:
        parsed = SdkBlock.parse(block)
        assert parsed is not None, block["type"]
        parsed.validate_json()
        assert parsed.to_dict()["type"] == block["type"]
        for element in getattr(parsed, "elements", None) or ():
            if hasattr(element, "validate_json"):
                element.validate_json()


@settings(max_examples=150)
@given(REPLIES)
def test_any_reply_keeps_slacks_limits(reply: Reply) -> None:
    pictures = {block: "F000000001" for block in reply.blocks if isinstance(block, Chart)}
    message = render.message(reply, pictures)
    assert problems(message["blocks"]) == []
    assert 0 < len(message["text"]) <= 4_000
    held_by_sdk(message["blocks"])
    view = render.home(reply, "D1")
    assert view_problems(view) == []
    View(**{**view, "blocks": SdkBlock.parse_all(view["blocks"])}).validate_json()


@settings(max_examples=60)
@given(st.lists(PLAIN, max_size=5).map(lambda blocks: Reply(tuple(blocks))))
def test_no_plain_text_pings_or_forges_a_link(reply: Reply) -> None:
    message = render.message(reply)
    for markup in (message["text"], *_mrkdwn(message["blocks"])):
        assert "<" not in markup
        assert ">" not in markup


@settings(max_examples=60)
@given(HOSTILE)
def test_no_markdown_pings(md: str) -> None:
    for markup in _mrkdwn(drawn(Text(md), Part(md, md, "us"))):
        assert not re.search(r"<[!@#]", markup)


def test_marks_in_somebodys_words_are_shown_as_typed() -> None:
    name = "Redundancy costs <b>x</b> *y*"
    entry = f"“{literal('~a_b~')}” [here](https://a.example)"
    (block,) = drawn(Text(f"**{literal(name)}** would be *taught*:\n- {entry}"))
    assert problems([block]) == []
    held_by_sdk([block])
    head, entries = block["elements"]
    assert head["elements"] == [
        {"type": "text", "text": name, "style": {"bold": True}},
        {"type": "text", "text": " would be "},
        {"type": "text", "text": "taught", "style": {"italic": True}},
        {"type": "text", "text": ":"},
    ]
    (listed,) = entries["elements"]
    assert (entries["type"], entries["style"]) == ("rich_text_list", "bullet")
    assert [run["text"] for run in listed["elements"]] == ["“~a_b~” ", "here"]
    assert drawn(Text("**plain**"))[0]["type"] == "section", "as long as mrkdwn says it"


@settings(max_examples=60)
@given(st.text(alphabet="a*_~`\\ <>@", max_size=40))
def test_no_mark_in_somebodys_words_is_read_as_one(words: str) -> None:
    name = f"x{words}*x"
    (block,) = drawn(Text(f"**{literal(name)}**"))
    (part,) = block["elements"]
    assert part["elements"] == [{"type": "text", "text": name, "style": {"bold": True}}]


def test_the_parts_of_an_answer_can_be_told_apart() -> None:
    blocks = render.message(ANSWER)["blocks"]
    assert [block["type"] for block in blocks] == [*["section"] * 4, "context", "actions", "context_actions"]
    heads = [block["text"]["text"].partition("\n")[0] for block in blocks[:4]]
    assert heads == [
        "📘 *What the deck says*",
        "💡 *In practice (our guidance)*",
        "🔎 *Since then*",
        "💭 *Ask yourselves*",
    ]
    assert blocks[4]["elements"][0]["text"].startswith("📖 *Critical Success Factors*, 2009 deck")
    held_by_sdk(blocks)


def test_buttons_carry_the_words_that_they_say() -> None:
    (row,) = drawn(Choices((Choice("Why?", "why factor-buy-in", primary=True), Choice("All", "lessons"))))
    assert [
        (element["text"]["text"], element["value"], element.get("style")) for element in row["elements"]
    ] == [
        ("Why?", "why factor-buy-in", "primary"),
        ("All", "lessons", None),
    ]


def test_many_buttons_stand_in_rows_with_ids_of_their_own() -> None:
    rows = drawn(Choices(tuple(Choice(f"{n}", f"say {n}") for n in range(12))), Feedback("up", "down"))
    assert [len(row["elements"]) for row in rows] == [5, 5, 2, 1]
    ids = [element["action_id"] for row in rows for element in row["elements"]]
    assert len(set(ids)) == len(ids)


def test_feedback_is_native_in_a_message_and_two_buttons_at_home() -> None:
    (native,) = drawn(Feedback("helpful x", "not helpful x"))
    buttons = native["elements"][0]
    assert buttons["type"] == "feedback_buttons"
    assert buttons["positive_button"]["value"] == "helpful x"
    assert buttons["negative_button"]["value"] == "not helpful x"
    (row,) = render.home(Reply((Feedback("helpful x", "not helpful x"),)))["blocks"]
    assert [element["value"] for element in row["elements"]] == ["helpful x", "not helpful x"]


def test_a_persons_words_are_shown_literally() -> None:
    (block,) = drawn(Quote("*no* <!channel> <https://evil.example|bank>"))
    run = block["elements"][0]["elements"][0]
    assert run == {"type": "text", "text": "*no* <!channel> <https://evil.example|bank>"}


def test_facts_are_literal_pairs() -> None:
    (block,) = drawn(Facts((("Score", "0.9"), ("Phrase", "<!here>"))))
    runs = block["elements"][0]["elements"]
    assert [run["text"].strip() for run in runs] == ["Score", "0.9", "Phrase", "<!here>"]


BUY_IN = Chart(
    "Buy-in",
    "bars",
    ("A <b>", "B"),
    (DataSeries("County", (82.0, None)), DataSeries("Eastvale", (31.0, 5.0))),
    100,
)


def test_a_chart_is_its_picture_which_says_every_figure_to_those_who_hear() -> None:
    (picture,) = render.message(Reply((BUY_IN,)), {BUY_IN: "F000000007"})["blocks"]
    assert picture == {
        "type": "image",
        "slack_file": {"id": "F000000007"},
        "block_id": "figures-0",
        "alt_text": "Buy-in. A <b>: County 82, Eastvale 31; B: County no figure, Eastvale 5.",
    }


def test_figures_that_a_picture_leaves_out_stand_below_it_as_words() -> None:
    lines = replace(BUY_IN, kind="lines")
    many = replace(BUY_IN, labels=tuple(f"Label {number}" for number in range(30)))
    for chart in (lines, many):
        picture, figures = render.message(Reply((chart,)), {chart: "F000000007"})["blocks"]
        assert "County 82, Eastvale 31" in figures["text"]["text"]
        assert picture["alt_text"] == "Buy-in", "the title once, and each figure once for those who hear"
        assert "Buy-in" not in figures["text"]["text"]


def test_figures_that_the_message_tells_anyway_are_told_nowhere_else() -> None:
    told = replace(BUY_IN, told=True)
    for pictures in ({}, {told: "F000000007"}):
        said = repr(render.message(Reply((told, Facts((("A", "82 of 31"),)))), pictures)["blocks"])
        assert "County 82" not in said
        assert said.count("Buy-in") == 1


def test_without_a_picture_the_figures_stand_alone_also_at_home_and_in_the_notification() -> None:
    (figures,) = drawn(BUY_IN)
    assert figures["text"]["text"] == (
        "*Buy-in*\n• A &lt;b&gt;: County 82, Eastvale 31\n• B: County no figure, Eastvale 5"
    )
    assert render.home(Reply((BUY_IN,)))["blocks"] == [figures]
    assert fallback(Reply((BUY_IN,))) == figures["text"]["text"]


def test_progress_is_a_bar_and_words() -> None:
    (block,) = drawn(Progress(2, 5))
    assert block["elements"][0]["text"] == "▰▰▱▱▱  2 of 5"
    assert drawn(Progress(0, 0)) == []
    assert fallback(Reply((Progress(2, 5),))) == "2 of 5"


def test_a_long_way_has_no_longer_bar() -> None:
    (block,) = drawn(Progress(45, 60))
    assert block["elements"][0]["text"] == "▰▰▰▰▰▰▰▰▱▱  45 of 60"


def test_what_is_too_long_is_parted_and_at_last_cut_with_a_word_about_it() -> None:
    assert len(drawn(Text("word " * 3_000))) > 4
    blocks = drawn(*(Text(f"Paragraph {n}.") for n in range(60)))
    assert len(blocks) == render.MESSAGE_BLOCKS
    assert "too long" in blocks[-1]["elements"][0]["text"]


def test_nothing_at_all_is_still_a_message() -> None:
    assert render.message(Reply(())) == {"text": "…", "blocks": []}


def _mrkdwn(node: Any) -> list[str]:
    """Every text in which Slack reads markup."""
    if isinstance(node, dict):
        own = [node["text"]] if node.get("type") == "mrkdwn" else []
        return own + [text for value in node.values() for text in _mrkdwn(value)]
    return [text for value in node for text in _mrkdwn(value)] if isinstance(node, list) else []


def test_a_button_tells_a_screen_reader_what_it_is_about() -> None:
    (row,) = drawn(Choices((Choice("Pause", "p", about="Send the minutes"), Choice("Stop", "s"))))
    assert [element.get("accessibility_label") for element in row["elements"]] == [
        "Pause: Send the minutes",
        None,
    ]
