"""Neutral replies as Block Kit: plain data, within Slack's limits for any reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import assert_never

from bot.platforms.slack.charts import tells_all
from bot.platforms.slack.fallback import HEADER, cited, fallback, figured, file_line, part
from bot.platforms.slack.markup import SECTION, clip, escape, mrkdwn, split
from bot.platforms.slack.mentions import native
from bot.platforms.slack.rich import rich
from bot.platforms.slack.shapes import Json
from dialogs.core import replies
from dialogs.core.figures import CELLS, described, progress, share, signs
from dialogs.core.mentions import held

MESSAGE_BLOCKS = 50
VIEW_BLOCKS, PROMPTS = 100, 4
_LABEL, _VALUE, _CONTEXT, _ROW = 75, 2_000, 2_000, 5
_SHOWN = 30
"""Characters of a button that Slack shows on any screen; it may cut the rest.
https://docs.slack.dev/reference/block-kit/block-elements/button-element/"""
_NAME, _FACT, _ALT = 150, 1_000, 2_000
_NO_PICTURES: Mapping[replies.Chart, str] = {}
_CUT = "_This was too long for one message; the rest is left out. Ask me about one part of it._"
_PICTURE = "A chart of the figures below"
_WAYS = ("actions", "context_actions")
_ALONE = "figures-"
"""How the id of a picture begins that alone tells its figures."""


def message(reply: replies.Reply, pictures: Mapping[replies.Chart, str] = _NO_PICTURES) -> Json:
    """``text`` (for notifications and plain clients) and ``blocks`` of a message.

    ``pictures``: the ids of the files that show the charts; figures that none shows stand there as words.
    """
    drawn = {"text": fallback(reply), "blocks": _within(_draw(reply, _feedback, pictures), MESSAGE_BLOCKS)}
    return native(drawn) if held(reply) else drawn


def home(reply: replies.Reply, private: str = "") -> Json:
    """A view for App Home; ``private`` comes back with every press in it."""
    blocks = _within(_draw(reply, _thumbs), VIEW_BLOCKS) or [context("…")]  # Slack takes no empty view
    blocks = native(blocks) if held(reply) else blocks
    return {"type": "home", "private_metadata": private, "blocks": blocks}


def prompts(reply: replies.Reply) -> Json:
    """First words, as the agent pane offers them: what a button shows, and what it lets the person say."""
    title = next((block.text for block in reply.blocks if isinstance(block, replies.Title)), "")
    offered = [
        {"title": choice.label[:_LABEL], "message": choice.says}
        for block in reply.blocks
        if isinstance(block, replies.Choices)
        for choice in block.options
    ]
    return {"prompts": offered[:PROMPTS], **({"title": title} if title else {})}


def _draw(
    reply: replies.Reply,
    feedback: Callable[[replies.Feedback, int], Json | None],
    pictures: Mapping[replies.Chart, str] = _NO_PICTURES,
) -> Iterator[Json]:
    numbers = count()
    for block in reply.blocks:
        match block:
            case replies.Text(md):
                yield from texts(md)
            case replies.Part(label, md, by):
                yield from sections(part(label, md, by))
            case replies.Choices():
                beside, options = block.fitting(_SHOWN)
                yield from sections(split(escape("\n".join(beside)), SECTION) if beside else ())
                yield from _choices(options, numbers)
            case replies.Citation():
                yield context(cited(block))
            case replies.Feedback():
                if drawn := feedback(block, next(numbers)):
                    yield drawn
            case replies.Title(text):
                if text.strip():
                    yield {"type": "header", "text": plain_text(text, HEADER)}
            case replies.Quote(text):
                if text.strip():
                    yield _rich("rich_text_quote", [{"type": "text", "text": clip(text, SECTION)}])
            case replies.Facts(pairs):
                yield from _facts(pairs)
            case replies.Chart():
                file, told = pictures.get(block), described(block)
                # Every figure once: in the picture for those who see, in its description for those who hear.
                alone = tells_all(block) and len(told) <= _ALT
                if file:
                    seen = told if alone else block.title.strip() or _PICTURE
                    picture = {"type": "image", "slack_file": {"id": file}, "alt_text": clip(seen, _ALT)}
                    yield picture | ({"block_id": f"{_ALONE}{next(numbers)}"} if alone else {})
                if not (file and (alone or block.told)):
                    yield from sections(figured(block, titled=not file))
            case replies.Progress():
                yield from far_along(block)
            case replies.File(name):
                if name.strip():
                    yield context(file_line(name))
            case _:
                assert_never(block)


def _within(blocks: Iterable[Json], most: int) -> list[Json]:
    drawn = list(blocks)
    return drawn if len(drawn) <= most else [*drawn[: most - 1], context(_CUT)]


def unpictured(blocks: list[Json]) -> list[Json]:
    """What a message says without its pictures: the words of those beside which no figures stand."""
    said = []
    for block in blocks:
        if block["type"] != "image":
            said.append(block)
        elif block.get("block_id", "").startswith(_ALONE):
            said += sections(split(escape(block["alt_text"]), SECTION))
    return said


def shortened(blocks: list[Json]) -> list[Json]:
    """The first half of what a message says, with all its ways on; [] where there is no half."""
    said = [block for block in blocks if block["type"] not in _WAYS]
    if len(said) < 2:
        return []
    ways = [block for block in blocks if block["type"] in _WAYS]
    return [*said[: len(said) // 2], context(_CUT), *ways]


def plain_text(text: str, limit: int) -> Json:
    """Words in which nothing is markup."""
    return {"type": "plain_text", "text": clip(text.strip(), limit), "emoji": True}


def texts(md: str) -> Iterator[Json]:
    """Our own Markdown: as mrkdwn, or as rich text where that couldn't say it."""
    literal = rich(md)
    yield from (literal,) if literal else sections(mrkdwn(md))


def sections(pieces: Iterable[str]) -> Iterator[Json]:
    """Pieces of mrkdwn, each of which fits a section."""
    # Verbatim: Slack then makes no links or mentions of its own out of the words.
    for piece in pieces:
        yield {"type": "section", "text": {"type": "mrkdwn", "text": piece, "verbatim": True}}


def context(text: str) -> Json:
    """A small line of mrkdwn."""
    text = split(text, _CONTEXT)[0]
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _choices(options: Iterable[replies.Choice], numbers: Iterator[int]) -> Iterator[Json]:
    buttons = [
        button(choice, next(numbers)) for choice in options if choice.label.strip() and choice.says.strip()
    ]
    for start in range(0, len(buttons), _ROW):
        yield {"type": "actions", "elements": buttons[start : start + _ROW]}


def far_along(block: replies.Progress) -> Iterator[Json]:
    """How far something has come: a bar and words; nothing where there is nothing to do."""
    if (far := progress(block)) is not None:
        done, total, words = far
        yield context(f"{signs(share(done, total), min(total, CELLS))}  {words}")


def button(choice: replies.Choice, number: int) -> Json:
    """A button; ``number`` tells it from the others of its message."""
    drawn = {
        "type": "button",
        "action_id": f"say-{number}",
        "text": plain_text(choice.label, _LABEL),
        "value": clip(choice.says, _VALUE),
    }
    if choice.about.strip():
        told = f"{choice.label.strip()}: {choice.about.strip()}"
        drawn["accessibility_label"] = clip(told, _LABEL)
    if choice.primary:
        drawn["style"] = "primary"
    return drawn


def _feedback(block: replies.Feedback, number: int) -> Json | None:
    if not (block.up.strip() and block.down.strip()):
        return None
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": f"say-{number}",
                "positive_button": _thumb("👍", block.up, "This helped"),
                "negative_button": _thumb("👎", block.down, "This did not help"),
            }
        ],
    }


def _thumb(sign: str, says: str, meaning: str) -> Json:
    return {"text": plain_text(sign, _LABEL), "value": clip(says, _VALUE), "accessibility_label": meaning}


def _thumbs(block: replies.Feedback, number: int) -> Json | None:
    """Feedback where Slack takes no native one: two ordinary buttons."""
    pair = (replies.Choice("👍", block.up), replies.Choice("👎", block.down))
    numbers = (f"{number}-{way}" for way in ("up", "down"))
    buttons = [
        {**button(choice, number), "action_id": f"say-{name}"}
        for choice, name in zip(pair, numbers, strict=True)
        if choice.says.strip()
    ]
    return {"type": "actions", "elements": buttons} if buttons else None


def _rich(kind: str, elements: list[Json]) -> Json:
    """Literal text: whatever stands in it, Slack reads no markup."""
    return {"type": "rich_text", "elements": [{"type": kind, "elements": elements}]}


def _facts(pairs: Iterable[tuple[str, str]]) -> Iterator[Json]:
    elements: list[Json] = []
    used = 0
    for name, value in pairs:
        name, value = clip(name.strip(), _NAME), clip(value.strip(), _FACT)
        if not (name and value):
            name, value = name or value, ""
        if not name:
            continue
        words = len(name) + len(value) + 4
        if used + words > SECTION:
            yield _rich("rich_text_section", elements)
            elements, used = [], 0
        line_end = "\n" if elements else ""
        elements.append({"type": "text", "text": line_end + name, "style": {"bold": True}})
        if value:
            elements.append({"type": "text", "text": f"  {value}"})
        used += words
    if elements:
        yield _rich("rich_text_section", elements)
