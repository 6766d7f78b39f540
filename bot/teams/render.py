"""From a reply to a Teams message, as plain data.

The lead stands in the message's own text, where Teams draws native citations and takes the words of a
notification; all else is an Adaptive Card. Sizes hold for any reply: each part of the message has an
allowance of bytes, and what is over it is cut or left out. Together they stay under the 28 KB that
Teams promises to take.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from bot.teams import charts
from bot.teams.escape import card_markdown, in_card, in_message, literal
from dialogs.figures import figures, progress, share, signs
from dialogs.model import (
    Block,
    Chart,
    Choice,
    Choices,
    Citation,
    Facts,
    Feedback,
    Part,
    Progress,
    Quote,
    Reply,
    Text,
    Title,
)

Element = dict[str, Any]

LEAD_BYTES, CITATION_BYTES, CHOICE_BYTES, BODY_BYTES = 5_000, 2_000, 8_000, 12_000
CHOICES_A_ROW = 6
CHOICES = 30
CITATIONS = 20
LABEL, NAME, ABSTRACT, KEYWORD, SUMMARY = 80, 80, 160, 28, 120
"""Characters of a button, of a citation's parts, and of a notification."""

STYLES = {"deck": "emphasis", "us": "default", "since": "accent", "ask": "default"}
"""What makes the deck's words, ours and later evidence look apart."""

_encode = msgspec.json.Encoder().encode


class _Room:
    """An allowance of bytes."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, element: Element) -> bool:
        """Count ``element`` in, unless it is too big."""
        size = len(_encode(element)) + 1
        if size > self.left:
            return False
        self.left -= size
        return True


def message(reply: Reply) -> Element:
    """The body of a message activity, ready to post but for who sends it and where."""
    blocks = list(reply.blocks)
    citations = [block for block in blocks if isinstance(block, Citation)][:CITATIONS]
    lead = _lead(blocks)
    body: Element = {"type": "message", "textFormat": "markdown"}
    cited = _citations(citations)
    marks = "".join(f" [{number}]" for number in range(1, len(cited) + 1))
    if lead or marks:
        body["text"] = _marked(lead or in_message(_source(citations[0])), marks)
    card = _card(blocks)
    if card["body"]:
        body["attachments"] = [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]
        if "text" not in body:
            body["summary"] = _words(blocks)
    elif "text" not in body:
        body["text"] = "…"
    if cited:
        root = {"type": "https://schema.org/Message", "@type": "Message", "@context": "https://schema.org"}
        body["entities"] = [{**root, "@id": "", "citation": cited}]
    if any(isinstance(block, Feedback) for block in blocks):
        body["channelData"] = {"feedbackLoop": {"type": "default"}}
    return body


def _lead(blocks: list[Block]) -> str:
    """Take the first heading or paragraph out of ``blocks``; a reply of paragraphs only goes whole."""
    if all(isinstance(block, Text | Citation | Feedback) for block in blocks):
        lead = "\n\n".join(block.md for block in blocks if isinstance(block, Text))
        blocks[:] = [block for block in blocks if isinstance(block, Feedback)]
        return _fitted(lead, LEAD_BYTES + BODY_BYTES)
    elif isinstance(first := blocks[0], Title) and first.text.strip():
        lead = f"**{in_message(_cut(first.text.strip(), LEAD_BYTES // 8))}**"
        del blocks[0]
    elif isinstance(first, Text):
        lead = first.md
        del blocks[0]
    else:
        lead = ""
    return _fitted(lead, LEAD_BYTES)


def _marked(lead: str, marks: str) -> str:
    """``lead`` with its citation marks, inside a closing colon."""
    return f"{lead[:-1]}{marks}:" if lead.endswith(":") else lead + marks


def _card(blocks: list[Block]) -> Element:
    body: list[Element] = []
    room, choices = _Room(BODY_BYTES), _Room(CHOICE_BYTES)
    for block in blocks:
        match block:
            case Choices(options):
                body += _rows(options, choices)
            case Part() | Text():
                _add(body, room, _ours(block), _shorter(block, room.left))
            case Title(text) if text.strip():
                _add(body, room, _heading(_cut(text.strip(), 300)))
            case Quote(text) if text.strip():
                _add(body, room, _quoted(text), _quoted(_fitted(text, room.left // 3)))
            case Facts(pairs) if pairs:
                _add(body, room, _facts(pairs, room.left))
            case Citation():
                _add(body, room, _small(_source(block)))
            case Progress():
                for element in _progress(block):
                    _add(body, room, element)
            case Chart(title):
                # The figures first: should there be no room for both, they are what must be there.
                numbers = _facts(figures(block), room.left - 700)
                at = len(body)
                if title.strip():
                    _add(body, room, _heading(_cut(title.strip(), 300)))
                _add(body, room, numbers)
                drawn = charts.element(block)
                if drawn is not None and room.take(drawn):
                    body.insert(at + bool(title.strip()), drawn)
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "msteams": {"width": "full"},
        "body": body,
    }


def _add(body: list[Element], room: _Room, *versions: Element | None) -> None:
    """Add the first of ``versions`` that there is room for."""
    for element in versions:
        if element is not None and room.take(element):
            body.append(element)
            return


@lru_cache(maxsize=1024)
def _ours(block: Part | Text) -> Element:
    """Our own words. Kept, since lessons come again and again; people's words never come here."""
    text = {"type": "TextBlock", "text": card_markdown(block.md), "wrap": True}
    if isinstance(block, Text):
        return text
    label = {"type": "TextBlock", "text": in_card(block.label), "weight": "Bolder", "wrap": True}
    return {
        "type": "Container",
        "style": STYLES[block.by],
        "spacing": "Medium",
        "items": [label, {**text, "spacing": "Small"}] if block.label else [text],
    }


def _shorter(block: Part | Text, left: int) -> Element | None:
    """``block`` cut to what is left, where that is worth showing."""
    if len(block.md) <= left - 600:
        return None
    return _ours(msgspec.structs.replace(block, md=_fitted(block.md, left - 600))) if left > 800 else None


def _heading(text: str) -> Element:
    return {
        "type": "TextBlock",
        "style": "heading",
        "text": in_card(text),
        "weight": "Bolder",
        "size": "Medium",
        "wrap": True,
    }


def _small(text: str) -> Element:
    return {
        "type": "TextBlock",
        "text": in_card(text),
        "isSubtle": True,
        "size": "Small",
        "spacing": "Small",
        "wrap": True,
    }


def _quoted(text: str) -> Element:
    """A person's words: a text run is the one element that reads no Markdown at all."""
    run = {"type": "TextRun", "text": literal(text), "italic": True}
    return {"type": "RichTextBlock", "inlines": [run]}


def _facts(pairs: tuple[tuple[str, str], ...], left: int) -> Element | None:
    room = _Room(left - 100)
    facts = [
        fact
        for name, value in pairs
        if room.take(fact := {"title": in_card(_cut(name, 120)), "value": in_card(_cut(value, 1000))})
    ]
    return {"type": "FactSet", "facts": facts} if facts else None


def _progress(block: Progress) -> list[Element]:
    far = progress(block)
    if far is None:
        return []
    done, total, words = far
    sign = {"type": "TextBlock", "text": signs(share(done, total)), "wrap": True}
    bar = {"type": "ProgressBar", "value": done, "max": total, "color": "Accent", "fallback": sign}
    return [bar, _small(words)]


def _rows(options: tuple[Choice, ...], room: _Room) -> list[Element]:
    actions = [
        action
        for option in options[:CHOICES]
        if option.says and option.label.strip() and room.take(action := _action(option))
    ]
    starts = range(0, len(actions), CHOICES_A_ROW)
    return [{"type": "ActionSet", "actions": actions[at : at + CHOICES_A_ROW]} for at in starts]


def _action(option: Choice) -> Element:
    """A button of Universal Actions; clients without them send the same words as a message."""
    title, data = _cut(option.label.strip(), LABEL), {"says": option.says}
    action: Element = {"type": "Action.Execute", "title": title, "verb": "say", "data": data}
    if option.primary:
        action["style"] = "positive"
    action["fallback"] = {"type": "Action.Submit", "title": title, "data": data}
    return action


def _citations(citations: list[Citation]) -> list[Element]:
    room = _Room(CITATION_BYTES)
    claims: list[Element] = []
    for citation in citations:
        document: Element = {
            "@type": "DigitalDocument",
            "name": _cut(_source(citation), NAME),
            "image": {"@type": "ImageObject", "name": "Microsoft PowerPoint"},
        }
        if citation.abstract.strip():
            document["abstract"] = _cut(citation.abstract.strip(), ABSTRACT)
        words = (citation.author, citation.date)
        if keywords := [word for word in words if word.strip() and len(word) <= KEYWORD]:
            document["keywords"] = keywords
        claim = {"@type": "Claim", "position": len(claims) + 1, "appearance": document}
        if not room.take(claim):
            break
        claims.append(claim)
    return claims


def _source(citation: Citation) -> str:
    return _cut(", ".join(part for part in (citation.heading, citation.short) if part) or "Source", 300)


def _words(blocks: list[Block]) -> str:
    """A notification's words for a reply without a lead."""
    for block in blocks:
        match block:
            case Part(label) if label.strip():
                return _cut(label.strip(), SUMMARY)
            case Quote(text) if text.strip():
                return _cut(text.strip(), SUMMARY)
            case Chart(title) if title.strip():
                return _cut(title.strip(), SUMMARY)
    return "Sharewise"


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"


def _fitted(text: str, size: int) -> str:
    """``text`` in at most ``size`` bytes of JSON."""
    over = len(_encode(text)) - size
    # Each character is a byte at least, so leaving out as many as there are bytes too many is enough.
    return text if over <= 0 else text[: max(0, len(text) - over - 3)] + "…"
