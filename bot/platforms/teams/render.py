"""From a reply to a Teams message, as plain data.

The lead stands in the message's own text, where Teams draws native citations and takes the words of a
notification; all else is an Adaptive Card. Sizes hold for any reply: each part of the message has an
allowance of bytes, and what is over it is cut or left out. Together they stay under the 28 KB that
Teams promises to take.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from itertools import count
from typing import assert_never

import msgspec

from bot.platforms.teams import charts
from bot.platforms.teams.elements import (
    FIGURES,
    LABEL,
    Element,
    Room,
    adaptive_card,
    attached,
    behind,
    button,
    cut,
    fact_set,
    far_along,
    fitted,
    fold_name,
    heading,
    hidden,
    listed,
    monospaced,
    ours,
    quoted,
    refreshing,
    small,
    unfolding,
)
from bot.platforms.teams.escape import in_message, message_markdown
from bot.platforms.teams.links import deep_link
from bot.platforms.teams.mentions import native
from dialogs.core.figures import described, figures
from dialogs.core.mentions import held
from dialogs.core.replies import (
    Block,
    Chart,
    Choice,
    Choices,
    Citation,
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

LEAD_BYTES, CITATION_BYTES, CHOICE_BYTES, BODY_BYTES = 5_000, 2_000, 8_000, 12_000
CHOICES_A_ROW = 6
CHOICES = 30
CITATIONS = 20
NAME, ABSTRACT, KEYWORD, SUMMARY = 80, 160, 28, 120
"""Characters of a citation's parts, and of a notification."""


def message(reply: Reply, bot: str = "") -> Element:
    """The body of a message activity, ready to post but for who sends it and where.

    ``bot``: our own id (``28:…``), with which a citation links to its lesson; "" for no links.
    """
    blocks = list(reply.blocks)
    citations = [block for block in blocks if isinstance(block, Citation)][:CITATIONS]
    lead = _lead(blocks)
    body: Element = {"type": "message", "textFormat": "markdown"}
    cited = _citations(citations, bot)
    marks = "".join(f" [{number}]" for number in range(1, len(cited) + 1))
    if lead or marks:
        body["text"] = _marked(lead or in_message(_source(citations[0])), marks)
    below = card(blocks)
    if below["body"]:
        if reply.own_page:
            below["refresh"] = {"action": refreshing()}
        body["attachments"] = [attached(below)]
        if "text" not in body:
            body["summary"] = _words(blocks)
    elif "text" not in body:
        body["text"] = "…"
    if cited:
        root = {"type": "https://schema.org/Message", "@type": "Message", "@context": "https://schema.org"}
        body["entities"] = [{**root, "@id": "", "citation": cited}]
    if any(isinstance(block, Feedback) for block in blocks):
        body["channelData"] = {"feedbackLoop": {"type": "default"}}
    return native(body) if held(reply) else body


def _lead(blocks: list[Block]) -> str:
    """Take the first heading or paragraph out of ``blocks``; a reply of paragraphs only goes whole."""
    if all(isinstance(block, Text | Citation | Feedback) for block in blocks):
        lead = "\n\n".join(message_markdown(block.md) for block in blocks if isinstance(block, Text))
        blocks[:] = [block for block in blocks if isinstance(block, Feedback)]
        return fitted(lead, LEAD_BYTES + BODY_BYTES)
    elif isinstance(first := blocks[0], Title) and first.text.strip():
        lead = f"**{in_message(cut(first.text.strip(), LEAD_BYTES // 8))}**"
        del blocks[0]
    elif isinstance(first, Text):
        lead = message_markdown(first.md)
        del blocks[0]
    else:
        lead = ""
    return fitted(lead, LEAD_BYTES)


def _marked(lead: str, marks: str) -> str:
    """``lead`` with its citation marks, inside a closing colon."""
    return f"{lead[:-1]}{marks}:" if lead.endswith(":") else lead + marks


def card(
    blocks: list[Block],
    *,
    draw: Callable[[Choice], Element] = button,
    cited: Callable[[Citation], str] = lambda citation: _source(citation),
) -> Element:
    """A card of all of ``blocks``; ``draw`` makes a button, ``cited`` what stands for a source."""
    drawing = _Drawing(draw, cited)
    whole = adaptive_card(drawing.body(blocks, Room(BODY_BYTES)))
    return {**whole, "speak": " ".join(drawing.spoken)} if drawing.spoken else whole


class _Drawing:
    """What the parts of one card share."""

    def __init__(self, draw: Callable[[Choice], Element], cited: Callable[[Citation], str]) -> None:
        self._draw, self._cited = draw, cited
        self._choices = Room(CHOICE_BYTES)
        self._folds: set[str] = set()
        self._figures = count()
        self.spoken: list[str] = []

    def body(self, blocks: Iterable[Block], room: Room) -> list[Element]:
        """The elements of ``blocks``, as far as there is room for them."""
        body: list[Element] = []
        for block in blocks:
            match block:
                case Choices():
                    beside, options = block.fitting(LABEL)
                    if beside:
                        _add(body, room, listed(beside))
                    body += self._ways(options, room)
                case Part() | Text():
                    _add(body, room, ours(block), _shorter(block, room.left))
                case Title(text):
                    if text.strip():
                        _add(body, room, heading(cut(text.strip(), 300)))
                case Quote(text):
                    if text.strip():
                        _add(body, room, quoted(text), quoted(fitted(text, room.left // 3)))
                case Facts(pairs):
                    if pairs:
                        _add(body, room, fact_set(pairs, room.left))
                case Feedback():
                    pass  # Teams draws its own, under the message
                case Citation():
                    _add(body, room, small(self._cited(block)))
                case Progress():
                    for element in far_along(block):
                        _add(body, room, element)
                case Chart():
                    body += self._chart(block, room)
                case File(name, content):
                    _add(body, room, heading(cut(name, 300)))
                    _add(body, room, monospaced(content), monospaced(fitted(content, room.left // 3)))
                case _:
                    assert_never(block)
        return body

    def _ways(self, options: tuple[Choice, ...], room: Room) -> list[Element]:
        """Buttons, and hidden below them what they unfold, where there is room for the whole of it."""
        below: dict[str, Element] = {}
        for option in options:
            name = fold_name(option)
            if option.unfolds is None or name in self._folds:
                continue
            spoken = len(self.spoken)
            fold = hidden(self._unfolded(option.unfolds), name)
            if room.take(fold):
                below[name] = fold
                self._folds.add(name)
            else:
                del self.spoken[spoken:]
        return [*_rows(options, self._choices, below, self._draw), *below.values()]

    def _unfolded(self, unfolds: Part | Details) -> Element:
        if isinstance(unfolds, Part):
            return ours(unfolds)
        # Whole, or not at all: what has no room here is asked for by the button, and comes as a message.
        return {"type": "Container", "items": self.body(unfolds.blocks, Room(10 * BODY_BYTES))}

    def _chart(self, chart: Chart, room: Room) -> list[Element]:
        drawn, alone = charts.element(chart), charts.tells_all(chart)
        below: list[Element] = []
        # The figures first: should there be no room for both, they are what must be there.
        _add(below, room, None if drawn and alone else fact_set(figures(chart), room.left - 700))
        if drawn is not None and room.take(drawn):
            # The picture has the title, and all figures stand folded below it.
            if room.take({"speak": described(chart)}):
                self.spoken.append(described(chart))
            return [drawn, *behind(FIGURES, f"figures-{next(self._figures)}", below)]
        title = chart.title.strip()
        if title and room.take(head := heading(cut(title, 300))):
            below.insert(0, head)
        return below


def _add(body: list[Element], room: Room, *versions: Element | None) -> None:
    """Add the first of ``versions`` that there is room for."""
    for element in versions:
        if element is not None and room.take(element):
            body.append(element)
            return


def _shorter(block: Part | Text, left: int) -> Element | None:
    """``block`` cut to what is left, where that is worth showing."""
    if len(block.md) <= left - 600:
        return None
    return ours(msgspec.structs.replace(block, md=fitted(block.md, left - 600))) if left > 800 else None


def _rows(
    options: tuple[Choice, ...], room: Room, folds: Container[str], draw: Callable[[Choice], Element]
) -> list[Element]:
    """Buttons in rows; those whose words stand hidden in the card (by ``folds``, their ids) unfold them."""
    drawn = (
        unfolding(option) if fold_name(option) in folds else draw(option)
        for option in options[:CHOICES]
        if option.says and option.label.strip()
    )
    actions = [action for action in drawn if room.take(action)]
    starts = range(0, len(actions), CHOICES_A_ROW)
    return [{"type": "ActionSet", "actions": actions[at : at + CHOICES_A_ROW]} for at in starts]


def _citations(citations: list[Citation], bot: str) -> list[Element]:
    room = Room(CITATION_BYTES)
    claims: list[Element] = []
    for citation in citations:
        document: Element = {
            "@type": "DigitalDocument",
            "name": cut(_source(citation), NAME),
            "image": {"@type": "ImageObject", "name": "Microsoft PowerPoint"},
        }
        if bot and citation.shows:
            document["url"] = deep_link(bot, citation.shows)
        if citation.abstract.strip():
            document["abstract"] = cut(citation.abstract.strip(), ABSTRACT)
        words = (citation.author, citation.date)
        if keywords := [word for word in words if word.strip() and len(word) <= KEYWORD]:
            document["keywords"] = keywords
        claim = {"@type": "Claim", "position": len(claims) + 1, "appearance": document}
        if not room.take(claim):
            break
        claims.append(claim)
    return claims


def _source(citation: Citation) -> str:
    return cut(", ".join(part for part in (citation.heading, citation.short) if part) or "Source", 300)


def _words(blocks: list[Block]) -> str:
    """A notification's words for a reply without a lead."""
    for block in blocks:
        match block:
            case Part(label) if label.strip():
                return cut(label.strip(), SUMMARY)
            case Quote(text) if text.strip():
                return cut(text.strip(), SUMMARY)
            case Chart(title) if title.strip():
                return cut(title.strip(), SUMMARY)
    return "Sharewise"
