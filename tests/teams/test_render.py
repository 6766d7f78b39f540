"""Rendering: Teams' own card models accept it, its limits hold, and nobody's words become markup."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from microsoft_teams import cards

from bot.platforms.teams import escape
from bot.platforms.teams.elements import LABEL, LANGUAGE, TOO_OLD
from bot.platforms.teams.render import ABSTRACT, CHOICES, CHOICES_A_ROW, CITATIONS, NAME, message
from dialogs.core.figures import described
from dialogs.core.replies import (
    Block,
    Chart,
    Choice,
    Choices,
    Citation,
    DataSeries,
    Details,
    Facts,
    Feedback,
    File,
    Part,
    Progress,
    Quote,
    Reply,
    Text,
    Title,
)
from tests.harness.any_reply import anything

CITATION = Citation(
    "Critical Success Factors", "A deck", "Somebody", "18 November 2009", "2009 deck", "Buy-in."
)
PROMISED = 28 * 1024
"""Bytes of a message that Teams promises to take."""


def sent(*blocks: Block) -> dict[str, Any]:
    """The message for some blocks, as it goes over the wire."""
    body: dict[str, Any] = json.loads(msgspec.json.encode(message(Reply(blocks))))
    return body


def card(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements of a message's card."""
    elements: list[dict[str, Any]] = body["attachments"][0]["content"]["body"]
    return elements


def inside(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within ``value``."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inside(inner)


def test_an_answer_has_its_lead_and_citation_in_the_text_and_all_else_in_a_card() -> None:
    body = sent(
        Text("**It matters most of all.**"),
        Part("What the deck says", "Interest *must* be maintained.", "deck"),
        CITATION,
        Part("In practice (our guidance)", "Ask for fifteen minutes.", "us"),
        Choices((Choice("Why?", "why", primary=True),)),
        Feedback("helpful", "not helpful"),
    )
    assert body["text"] == "**It matters most of all.** [1]"
    deck, source, us, buttons = card(body)
    assert (deck["style"], us["style"]) == ("emphasis", "default")
    assert [item["text"] for item in deck["items"]] == [
        "What the deck says",
        "Interest *must* be maintained.",
    ]
    assert source["text"] == "Critical Success Factors, 2009 deck"
    assert buttons["actions"] == [
        {
            "type": "Action.Execute",
            "title": "Why?",
            "verb": "say",
            "data": {"says": "why"},
            "style": "positive",
            "fallback": {"type": "Action.Submit", "title": "Why?", "data": {"says": "why"}},
        }
    ]
    [root] = body["entities"]
    assert root["type"] == "https://schema.org/Message"
    [claim] = root["citation"]
    assert claim["position"] == 1
    assert claim["appearance"]["name"] == "Critical Success Factors, 2009 deck"
    assert claim["appearance"]["abstract"] == "Buy-in."
    assert body["channelData"] == {"feedbackLoop": {"type": "default"}}


def test_a_button_that_opens_a_dialog_is_of_the_kind_that_can() -> None:
    [buttons] = card(sent(Text("x"), Choices((Choice("Take part", "take part K7QM", opens=True),))))
    [button] = buttons["actions"]
    assert button == {
        "type": "Action.Submit",
        "title": "Take part",
        "data": {"msteams": {"type": "task/fetch"}, "says": "take part K7QM"},
    }


def test_a_button_unfolds_what_it_says_where_there_is_room_for_it() -> None:
    part = Part("In practice (our guidance)", "Ask for fifteen minutes.", "us")
    fold = Choice("In practice", "practice buy-in", unfolds=part)
    body = sent(Text("x"), Choices((fold, Choice("All lessons", "lessons"))))
    buttons, hidden = card(body)
    unfolds, says = cards.ActionSet.model_validate(buttons).model_dump(by_alias=True)["actions"]
    assert (unfolds["type"], says["type"]) == ("Action.ToggleVisibility", "Action.Execute")
    assert unfolds["targetElements"] == [hidden["id"]] == ["practice-buy-in"]
    assert hidden["isVisible"] is False
    assert [element["text"] for element in hidden["items"]] == [part.label, part.md]
    long = Choice("In practice", "practice buy-in", unfolds=Part("In practice", "x" * 12_000, "us"))
    [buttons] = card(sent(Text("x"), Choices((long,))))
    assert buttons["actions"][0]["data"] == {"says": "practice buy-in"}


def test_a_button_unfolds_details_of_any_kind_with_what_they_unfold_themselves() -> None:
    bars = Chart("How ready", "bars", ("Buy-in", "People"), (DataSeries("A", (1.0, None)),), 5.0)
    details = Details((bars, Facts((("Took part", "7 people"),))))
    option = Choice("Show details", "readiness history 2026-11-28T09:24", unfolds=details)
    buttons, hidden = card(sent(Text("x"), Choices((option, Choice("Export", "export")))))
    assert buttons["actions"][0]["targetElements"] == [hidden["id"]]
    assert hidden["isVisible"] is False
    chart, inner, figures, facts = hidden["items"]
    assert (chart["type"], facts["type"]) == ("Chart.HorizontalBar", "FactSet")
    assert inner["actions"][0]["targetElements"] == [figures["id"]] != [hidden["id"]]
    long = Choice("Show details", "details", unfolds=Details((Text("x" * 13_000),)))
    [buttons] = card(sent(Text("x"), Choices((long,))))
    assert buttons["actions"][0]["data"] == {"says": "details"}, "what there is no room for is asked for"


def test_a_file_that_cant_be_handed_over_is_shown_as_it_is() -> None:
    heading, content = card(sent(Text("x"), File("r.csv", "factor,*score*\nBuy-in,82")))
    assert heading["text"] == "r.csv"
    assert content["inlines"] == [
        {"type": "TextRun", "text": "factor,*score*\nBuy-in,82", "fontType": "Monospace"}
    ]


def test_a_few_words_need_no_card() -> None:
    assert sent(Text("Any time.")) == {"type": "message", "textFormat": "markdown", "text": "Any time."}


def test_what_somebody_wrote_is_no_html_in_a_messages_own_text() -> None:
    whole = message(Reply((Text(r"**\<at\>Uma\</at\>** says \\\<b\> & \*no\*"),)))
    assert whole["text"] == r"**&lt;at&gt;Uma&lt;/at&gt;** says \\&lt;b&gt; & \*no\*"
    beside = message(Reply((Text(r"\<b\>"), Choices((Choice("Go on", "go on"),)))))
    assert beside["text"] == "&lt;b&gt;"


def test_a_heading_leads_as_it_is() -> None:
    body = sent(Title("2 * 3 <at>all</at> [x](y)"), Choices((Choice("A", "a"),)))
    assert body["text"] == r"**2 \* 3 &lt;at&gt;all&lt;/at&gt; \[x\](y)**"


def test_a_reply_without_a_lead_still_tells_the_notification_something() -> None:
    assert sent(Part("What the deck says", "x", "deck"))["summary"] == "What the deck says"
    assert sent(Choices((Choice("A", "a"),)))["summary"] == "Sharewise"


def test_a_citation_without_a_lead_is_cited_by_its_name() -> None:
    assert sent(Quote("x"), CITATION)["text"] == "Critical Success Factors, 2009 deck [1]"


def test_a_citations_mark_stands_inside_a_closing_colon() -> None:
    assert sent(Text("About **buy-in**:"), CITATION)["text"] == "About **buy-in** [1]:"


@pytest.mark.parametrize(
    ("md", "shown"),
    [("Two:\n- a\n- b\n\nEnd", "Two:\r- a\r- b\n\nEnd"), ("Two:\n\n- a\n- b", "Two:\n\n- a\r- b")],
)
def test_lists_break_where_phones_need_it(md: str, shown: str) -> None:
    [part] = card(sent(Part("", md, "us")))
    assert part["items"][0]["text"] == shown


def test_many_buttons_stand_in_rows_of_six() -> None:
    options = tuple(Choice(f"{number}", f"show {number}") for number in range(40))
    rows = card(sent(Choices(options)))
    assert [len(row["actions"]) for row in rows] == [CHOICES_A_ROW] * (CHOICES // CHOICES_A_ROW)


HOSTILE = (
    "<at>all</at> **b** [x](https://evil.example) {{DATE(2017-02-14T06:08:39Z,SHORT)}}\n# y\n- z\n1. w `c`"
)


def test_a_persons_words_are_shown_in_an_element_that_reads_no_markdown() -> None:
    [quote] = card(sent(Quote(HOSTILE)))
    assert quote["type"] == "RichTextBlock"
    [run] = quote["inlines"]
    assert run["text"].replace("\u2060", "") == HOSTILE
    assert "{{" not in run["text"]


def test_facts_are_escaped() -> None:
    [facts] = card(sent(Facts((("a*b", HOSTILE),))))
    [fact] = facts["facts"]
    assert fact["title"] == r"a\*b"
    assert r"\*\*b\*\* \[x\](https" in fact["value"]
    assert fact["value"].endswith("\n\\# y\n\\- z\n1\\. w \\`c\\`")


texts = st.text(max_size=60) | st.sampled_from(
    [
        HOSTILE,
        "",
        " ",
        "\n",
        "x" * 40_000,
        "\u202e" * 9000,
        "\x00" * 9000,
        "😀" * 9000,
        "{{" * 9000,
        "*_[" * 9000,
    ]
)


def says(blocks: Iterable[Block]) -> Iterator[str]:
    """What all buttons say, those among a button's details too."""
    for option in (option for block in blocks if isinstance(block, Choices) for option in block.options):
        yield option.says
        if isinstance(option.unfolds, Details):
            yield from says(option.unfolds.blocks)


@settings(max_examples=150)
@given(st.lists(anything(Block, texts, 8), max_size=30))
def test_limits_hold_for_any_reply(given_blocks: list[Block]) -> None:
    body = sent(*given_blocks)
    assert len(msgspec.json.encode(body)) <= PROMISED
    assert body.get("text") or body.get("attachments")
    assert set(body.get("channelData", {})) <= {"feedbackLoop"}
    for element in inside(body):
        if element.get("type") == "ActionSet":
            assert 1 <= len(element["actions"]) <= CHOICES_A_ROW
        if element.get("type") == "Action.Execute":
            assert 1 <= len(element["title"]) <= LABEL
            assert element["data"]["says"] in set(says(given_blocks))
        if element.get("type") == "TextBlock":
            assert element["wrap"] is True
    cited = [claim for root in body.get("entities", ()) for claim in root["citation"]]
    assert len(cited) <= CITATIONS
    for position, claim in enumerate(cited, 1):
        assert claim["position"] == position
        assert f"[{position}]" in body["text"]
        assert 1 <= len(claim["appearance"]["name"]) <= NAME
        assert len(claim["appearance"].get("abstract", "")) <= ABSTRACT
    for attachment in body.get("attachments", ()):
        cards.AdaptiveCard.model_validate(attachment["content"])


def test_thirty_cited_sources_are_twenty() -> None:
    short = Citation("H", "", "", "", "s", "")
    body = sent(Text("x"), *[short] * 30)
    assert len(body["entities"][0]["citation"]) <= CITATIONS
    assert body["text"].endswith(f"[{len(body['entities'][0]['citation'])}]")


BARS = Chart("Readiness", "bars", ("Buy-in", "Simplicity"), (DataSeries("All", (82.0, None)),), 100)
GROUPED = Chart(
    "Buy-in",
    "bars",
    ("May", "June"),
    (DataSeries("County", (82.0, 4.0)), DataSeries("Eastvale", (31.0,))),
    100,
)
LINES = Chart("Over time", "lines", ("May", "June"), (DataSeries("County", (82.0, 4.0)),), 100)


@pytest.mark.parametrize(
    ("chart", "kind", "figures"),
    [
        (BARS, "Chart.HorizontalBar", {"Buy-in": "82", "Simplicity": "no figure"}),
        (
            GROUPED,
            "Chart.VerticalBar.Grouped",
            {"May": "County 82, Eastvale 31", "June": "County 4, Eastvale no figure"},
        ),
        (LINES, "Chart.Line", {"May": "82", "June": "4"}),
    ],
)
def test_a_chart_is_native_with_its_title_once_and_the_same_figures_folded_and_spoken(
    chart: Chart, kind: str, figures: dict[str, str]
) -> None:
    body = sent(chart)
    drawn, unfolds, hidden = card(body)
    assert drawn["title"] == chart.title
    assert drawn["type"] == kind
    assert unfolds["actions"][0]["targetElements"] == [hidden["id"]]
    assert hidden["isVisible"] is False
    [facts] = hidden["items"]
    assert described(chart) in body["attachments"][0]["content"]["speak"]
    assert drawn["fallback"]["type"] == "TextBlock"
    assert {fact["title"]: fact["value"] for fact in facts["facts"]} == figures


def test_a_chart_leaves_out_what_has_no_figure_and_ends_at_the_top() -> None:
    drawn, *_ = card(sent(GROUPED))
    assert [point["values"] for point in drawn["data"]] == [
        [{"x": "May", "y": 82}, {"x": "June", "y": 4}],
        [{"x": "May", "y": 31}],
    ]
    assert (drawn["yMin"], drawn["yMax"]) == (0, 100)
    assert len({point["color"] for point in drawn["data"]}) == 2


def test_lines_over_days_have_an_axis_of_time() -> None:
    days = ("3 May 2026", "3 May 2026", "9 June 2026")
    dates = ("2026-05-03", "2026-05-03", "2026-06-09")
    chart = Chart("Over time", "lines", days, (DataSeries("A", (1.0, None, 3.0)),), 5, dates)
    drawn, *_ = card(sent(chart))
    assert drawn["data"][0]["values"] == [{"x": "2026-05-03", "y": 1}, {"x": "2026-06-09", "y": 3}]
    undated = Chart("Over time", "lines", days, chart.series, 5, dates[:1])
    assert card(sent(undated))[0]["data"][0]["values"][0]["x"] == "3 May 2026"


WHOLE = Chart("Who chose what", "bars", ("A. Yes", "B. No"), (DataSeries("All", (2.0, 0.0)),), 2)


def test_figures_that_a_picture_shows_stand_there_once_and_are_spoken() -> None:
    content = sent(WHOLE)["attachments"][0]["content"]
    [drawn] = content["body"]
    assert (drawn["title"], drawn["type"]) == ("Who chose what", "Chart.HorizontalBar")
    assert drawn["displayMode"] == "AbsoluteNoAxis", "no axis on which a person is divided"
    assert content["speak"] == "Who chose what. A. Yes: 2; B. No: 0."
    assert "A. Yes" in drawn["fallback"]["text"]


def test_each_card_has_its_language_and_words_for_a_client_without_cards() -> None:
    content = sent(Choices((Choice("A", "a"),)))["attachments"][0]["content"]
    assert (content["lang"], content["fallbackText"]) == (LANGUAGE, TOO_OLD)


LONG = "Technology is no driver, but shared systems tend to succeed"


@pytest.mark.parametrize(
    ("choice", "title", "tooltip"),
    [
        (Choice("Pause", "p"), "Pause", None),
        (Choice("Pause", "p", about="Send the minutes"), "Pause", "Pause: Send the minutes"),
        (Choice(LONG, "p"), "Technology is no driver, but shared…", LONG),
        (Choice("x" * 60, "p"), "x" * 39 + "…", "x" * 60),
        (Choice("One two three four five six seven eightie", "p"), "One two three four five six seven…",
         "One two three four five six seven eightie"),
        (Choice("y" * 40, "p"), "y" * 40, None),
        (Choice(LONG, "p", about="z" * 300), "Technology is no driver, but shared…",
         f"{LONG}: {'z' * (200 - len(LONG) - 3)}…"),
    ],
)  # fmt: skip
def test_a_button_is_short_and_tells_what_it_is_about(
    choice: Choice, title: str, tooltip: str | None
) -> None:
    [row] = card(sent(Choices((choice,))))
    [drawn] = row["actions"]
    assert (drawn["title"], drawn.get("tooltip")) == (title, tooltip)
    assert (drawn["fallback"]["title"], drawn["fallback"].get("tooltip")) == (title, tooltip)


def test_answers_that_no_button_can_hold_stand_above_in_full() -> None:
    answers = (Choice("A. " + LONG, "a", short="A"), Choice("B. No", "b", short="B"))
    text, row = card(sent(Choices(answers, in_full=True)))
    assert text["text"] == f"A. {LONG}\n\nB. No"
    named = [(button["title"], button["tooltip"][:4], button["data"]["says"]) for button in row["actions"]]
    assert named == [("A", f"A: {LONG[:1]}", "a"), ("B", "B: N", "b")], "and stand there once"
    [row] = card(sent(Choices(answers)))
    assert row["type"] == "ActionSet"
    [row] = card(sent(Choices(answers[1:], in_full=True)))
    assert row["type"] == "ActionSet"


def test_lines_of_few_people_have_whole_numbers_on_their_axis() -> None:
    counted = Chart("Questions", "lines", ("May", "June"), (DataSeries("All", (1.0, 2.0)),), 2)
    assert card(sent(counted))[0]["yMax"] == 4


def test_a_client_without_charts_shows_bars_of_signs() -> None:
    drawn, *_ = card(sent(BARS))
    assert drawn["fallback"]["text"].split("\n\n") == [
        *("**Readiness**", "**Buy-in**", "▰▰▰▰▰▰▰▰▱▱ 82"),
        *("**Simplicity**", "▱▱▱▱▱▱▱▱▱▱ no figure"),
    ]


def test_a_chart_without_figures_is_said_and_not_drawn() -> None:
    _, facts = card(sent(Chart("Readiness", "bars", ("Buy-in",), (DataSeries("", (None,)),), 100)))
    assert facts["facts"] == [{"title": "Buy-in", "value": "no figure"}]


def test_figures_come_before_the_picture_where_there_is_no_room_for_both() -> None:
    big = Chart(
        "Big", "bars", ("😀" * 300,) * 24, tuple(DataSeries("😀" * 70, (5.0,) * 24) for _ in range(6)), 100
    )
    kinds = [element["type"] for element in card(sent(big))]
    assert kinds == ["TextBlock", "FactSet"]


def test_progress_is_a_bar_and_words() -> None:
    bar, words = card(sent(Progress(2, 5)))
    assert (bar["type"], bar["value"], bar["max"]) == ("ProgressBar", 2, 5)
    assert bar["fallback"]["text"] == "▰▰▰▰▱▱▱▱▱▱"
    assert words["text"] == "2 of 5"


MODELS = {
    "AdaptiveCard": cards.AdaptiveCard,
    "Container": cards.Container,
    "TextBlock": cards.TextBlock,
    "RichTextBlock": cards.RichTextBlock,
    "TextRun": cards.TextRun,
    "FactSet": cards.FactSet,
    "ActionSet": cards.ActionSet,
    "Action.Execute": cards.ExecuteAction,
    "Action.Submit": cards.SubmitAction,
    "task/fetch": cards.TaskFetchSubmitActionData,
    "Action.OpenUrl": cards.OpenUrlAction,
    "Action.ToggleVisibility": cards.ToggleVisibilityAction,
    "mention": cards.Mention,
    "ProgressBar": cards.ProgressBar,
    "Chart.HorizontalBar": cards.HorizontalBarChart,
    "Chart.VerticalBar.Grouped": cards.GroupedVerticalBarChart,
    "Chart.Line": cards.LineChart,
}


@functools.cache
def properties(model: Any) -> frozenset[str]:
    """As Teams writes them."""
    return frozenset(model.model_json_schema()["properties"])


def unknown(card: dict[str, Any]) -> list[str]:
    """What of a card Microsoft's models don't know: its elements' kinds, and their properties."""
    cards.AdaptiveCard.model_validate(card)
    found = []
    for element in inside(card):
        kind = element.get("type")
        if kind is None or element.get("contentType"):
            continue
        model: Any = MODELS.get(kind)
        if model is None:
            found.append(str(kind))
            continue
        model.model_validate(element)
        more = set(element) - {"$schema"} - properties(model)
        found += [f"{kind}.{name}" for name in more]
    return found


def test_every_property_that_we_write_is_one_that_teams_knows() -> None:
    body = sent(
        Quote("x"),
        Title("x"),
        Text("x"),
        CITATION,
        Facts((("a", "b"),)),
        *[Part("x", "y", by) for by in ("deck", "us", "since", "ask")],
        Choices((Choice("A", "a", primary=True, about="x"), Choice("B", "b", opens=True, about="y"))),
        WHOLE,
        Progress(2, 5),
        File("r.csv", "a,b"),
        BARS,
        GROUPED,
        LINES,
    )
    content = body["attachments"][0]["content"]
    assert unknown(content) == []
    met = set()
    for element in inside(content):
        if "type" in element:
            met.add(element["type"])
    assert met == set(MODELS) - {"Action.OpenUrl", "mention"}


@given(st.text())
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert re.sub(r"\\([\\`*_\[\]~#>+\-.)])", r"\1", escape.in_card(text)).replace(
        "\u2060", ""
    ) == text.replace("\u2060", "")


@pytest.mark.parametrize("text", ["plain words", "half-way", "3.5 million", "a (b)", "what's this?"])
def test_ordinary_words_need_no_escape(text: str) -> None:
    assert escape.in_card(text) == escape.in_message(text) == escape.literal(text) == text
