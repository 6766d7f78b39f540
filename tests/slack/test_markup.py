"""Markdown as mrkdwn, and nobody's words as markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.markup import clip, escape, mrkdwn, size, split

HOSTILE = st.text(alphabet=st.sampled_from("ab <>&;|!@#*_~`\n\\[]()-😀é\u200b\u202e"), max_size=400)


@pytest.mark.parametrize(
    ("md", "expected"),
    [
        ("plain", "plain"),
        ("", None),
        ("  \n ", None),
        ("**bold** and *soft* and `code`", "*bold* and _soft_ and `code`"),
        ("one\ntwo", "one two"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("- one\n- two\n  - three", "• one\n• two\n    • three"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("# **Head**", "*Head*"),
        ("> said", "> said"),
        ("```\na < b\n```", "```\na &lt; b\n```"),
        ("[plan](https://a.example/?x=1&y=2)", "<https://a.example/?x=1&amp;y=2|plan>"),
        ("[bad](javascript:alert(1))", "[bad](javascript:alert(1))"),
        ("[local](/etc)", "local"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel> <@U1> <b>x</b>", "&lt;!channel&gt; &lt;@U1&gt; &lt;b&gt;x&lt;/b&gt;"),
    ],
)
def test_markdown_as_mrkdwn(md: str, expected: str | None) -> None:
    assert mrkdwn(md) == (() if expected is None else (expected,))


@given(HOSTILE)
def test_escaped_words_hold_no_token_and_no_broadcast(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert html.unescape(escaped).replace("@\u2060", "@") == text


@pytest.mark.parametrize("call", ["@here", "@channel", "@Everyone"])
def test_broadcast_words_are_disarmed(call: str) -> None:
    assert call not in escape(f"hello {call}!")


@given(HOSTILE, st.integers(1, 300))
def test_clipped_words_fit(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert size(clipped) <= limit
    assert clipped == text or text.startswith(clipped[:-1])


@given(HOSTILE, st.integers(20, 200))
def test_pieces_fit_lose_nothing_and_break_no_escape(text: str, limit: int) -> None:
    escaped = escape(text)
    pieces = split(escaped, limit)
    assert all(0 < size(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(escaped.split())
    assert all(not re.search(r"&(?!amp;|lt;|gt;)", piece) for piece in pieces)


def test_a_link_is_never_cut_in_two() -> None:
    pieces = mrkdwn("[the plan](https://a.example/long-address) " * 200)
    assert len(pieces) > 1
    for piece in pieces:
        whole = piece.count("<https://a.example/long-address|the plan>")
        assert whole == piece.count("<") == piece.count(">")


@given(HOSTILE)
def test_any_markdown_makes_balanced_tokens(md: str) -> None:
    for piece in mrkdwn(md):
        assert re.sub(r"<(?:https?://|mailto:)[^<>|]+\|[^<>]*>", "", piece).count("<") == 0
