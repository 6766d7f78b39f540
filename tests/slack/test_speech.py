"""What a person typed, out of what Slack sends."""

from __future__ import annotations

import pytest

from bot.platforms.slack.speech import MENTIONS, exact, for_another, mentions, plain
from dialogs.core.events import Mention

BOT = "U0SHARE"
PERSON = "slack:T1/{}".format


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("hello", "hello"),
        ("", ""),
        ("cost &amp; benefit &lt; 3 &gt; 2", "cost & benefit < 3 > 2"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<@U0SHARE> how many?", "how many?"),
        ("<@U0SHARE|sharewise>: how many?", "how many?"),
        ("hey <@U0SHARE>, how many?", "hey how many?"),
        ("is <@U2> right?", "is someone right?"),
        ("is <@U2|bryn> right?", "is @bryn right?"),
        ("in <#C1|board> or <#C2>", "in #board or a channel"),
        ("see <https://a.example/b?c=1&amp;d=2>", "see https://a.example/b?c=1&d=2"),
        ("see <https://a.example|our plan>", "see our plan"),
        ("ask <mailto:a@b.example|a@b.example>", "ask a@b.example"),
        ("<!here> and <!subteam^S1|@leads>", "@here and @leads"),
        ("by <!date^1392734382^{date}|18 February>", "by 18 February"),
        ("half \ud83d a sign", "half ? a sign"),
        ("a\u200b\u202eb", "a\u200b\u202eb"),
        ("&lt;!channel&gt;", "<!channel>"),
    ],
)
def test_tokens_and_escapes_become_plain_words(sent: str, typed: str) -> None:
    assert plain(sent, BOT) == typed


def test_another_person_s_mention_is_told_from_ours() -> None:
    assert mentions("well <@U0SHARE>", BOT)
    assert not mentions("well <@U0SHARED>", BOT)
    assert not mentions("well <@>", "")
    assert for_another(" <@U2> what do you think?", BOT)
    assert not for_another("<@U2> and <@U0SHARE>, what do you think?", BOT)
    assert not for_another("what do you think, <@U2>?", BOT)


@pytest.mark.parametrize(
    ("sent", "words", "named"),
    [
        ("hello &amp; goodbye", "", ()),
        ("<@U0SHARE> how many?", "", ()),
        ("<!here> see <https://a.example|our plan>", "", ()),
        (
            "<@U0SHARE> remind <@U2|bryn> &amp; <#C1|board>",
            "remind @mention1 & #mention2",
            (
                Mention("@mention1", "person", "slack:T1/U2", "bryn"),
                Mention("#mention2", "channel", "slack:C1", "board"),
            ),
        ),
        (
            "pulse <!subteam^S1|@leads> and <@U2>, yes <@U2>",
            "pulse @mention1 and @mention2, yes @mention2",
            (
                Mention("@mention1", "group", "slack:S1", "leads"),
                Mention("@mention2", "person", "slack:T1/U2"),
            ),
        ),
        (
            "@mention1 is <@U2>",
            "@mention1 is @mention2",
            (Mention("@mention2", "person", "slack:T1/U2"),),
        ),
        ("&lt;@U2&gt; and <@U2,x> and <@>", "", ()),
    ],
)
def test_mentions_become_tokens_that_tell_whom_they_name(
    sent: str, words: str, named: tuple[Mention, ...]
) -> None:
    assert exact(sent, BOT, PERSON) == (words, named)


def test_only_so_many_are_named() -> None:
    words, named = exact(" ".join(f"<@U{n}>" for n in range(10, 10 + MENTIONS + 2)), BOT, PERSON)
    assert len(named) == MENTIONS
    assert words.endswith("someone someone")
