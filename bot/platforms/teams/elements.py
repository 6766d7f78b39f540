"""The elements of an Adaptive Card that messages and dialogs share, as plain data."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from bot.platforms.teams.escape import card_markdown, in_card, literal
from dialogs.core.figures import progress, share, signs
from dialogs.core.mentions import holds
from dialogs.core.replies import Choice, Part, Progress, Text

Element = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
LANGUAGE = "en-GB"
TOO_OLD = "This Teams can't show cards. Please update it, or open Teams in a browser."
FIGURES = "All figures"
REFRESH = "Refresh"
LABEL = 40
"""Characters of a button, which Teams shows on one line; a tooltip has the whole."""
TOOLTIP = 200
STYLES = {"deck": "emphasis", "us": "default", "since": "accent", "ask": "default"}
"""What makes the deck's words, ours and later evidence look apart."""

_encode = msgspec.json.Encoder().encode


class Room:
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


@lru_cache(maxsize=1024)
def ours(block: Part | Text) -> Element:
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


def heading(text: str) -> Element:
    """A heading, plain text."""
    return {
        "type": "TextBlock",
        "style": "heading",
        "text": in_card(text),
        "weight": "Bolder",
        "size": "Medium",
        "wrap": True,
    }


def listed(lines: tuple[str, ...]) -> Element:
    """Lines of plain text, one below the other."""
    return {"type": "TextBlock", "text": "\n\n".join(in_card(line) for line in lines), "wrap": True}


def small(text: str) -> Element:
    """A remark beside something, plain text."""
    return _small(text, isSubtle=True)


def wrong(text: str) -> Element:
    """What is wrong with what stands above, plain text."""
    return _small(text, color="Attention")


def _small(text: str, **look: object) -> Element:
    whole = {"type": "TextBlock", "text": in_card(text), **look}
    return {**whole, "size": "Small", "spacing": "Small", "wrap": True}


def quoted(text: str) -> Element:
    """A person's words: a text run is the one element that reads no Markdown at all (nor mentions)."""
    if holds(text):
        return {"type": "TextBlock", "text": in_card(text), "wrap": True}
    run = {"type": "TextRun", "text": literal(text), "italic": True}
    return {"type": "RichTextBlock", "inlines": [run]}


def monospaced(text: str) -> Element:
    """The content of a text file, as it is."""
    run = {"type": "TextRun", "text": literal(text), "fontType": "Monospace"}
    return {"type": "RichTextBlock", "inlines": [run]}


def button(option: Choice) -> Element:
    """A button: what it says travels in its data.

    Universal Actions, whose clients' elders send the same words as a message; only the older kind of
    button can open a dialog.
    """
    named, data = titled(option), {"says": option.says}
    if option.opens:
        action: Element = {
            "type": "Action.Submit",
            **named,
            "data": {"msteams": {"type": "task/fetch"}, **data},
        }
    else:
        action = {
            "type": "Action.Execute",
            **named,
            "verb": "say",
            "data": data,
            "fallback": {"type": "Action.Submit", **named, "data": data},
        }
    if option.primary:
        action["style"] = "positive"
    return action


def refreshing() -> Element:
    """How a card that is looked at asks for its newest state: in a chat of at most 60, for everybody there.
    https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/up-to-date-views"""
    return {"type": "Action.Execute", "title": REFRESH, "verb": "refresh", "data": {"refresh": True}}


def submitting(option: Choice) -> Element:
    """A button within a dialog, which sends nothing of what is filled in there."""
    data = {"says": option.says}
    return {"type": "Action.Submit", **titled(option), "data": data, "associatedInputs": "none"}


def titled(option: Choice) -> Element:
    """What stands on a button, and what a pointer or a screen reader tells besides."""
    label, about = option.label.strip(), option.about.strip()
    title = shortened(label, LABEL)
    if title == label and not about:
        return {"title": title}
    return {"title": title, "tooltip": cut(f"{label}: {about}" if about else label, TOOLTIP)}


def hidden(element: Element, name: str) -> Element:
    """``element``, hidden in the card until its button (``unfolding``, of the same name) is pressed."""
    return {**element, "id": name, "isVisible": False}


def unfolding(option: Choice) -> Element:
    """A button that shows and hides a part of the card, on the person's own screen and at once."""
    return {"type": "Action.ToggleVisibility", **titled(option), "targetElements": [fold_name(option)]}


def behind(label: str, name: str, elements: list[Element]) -> list[Element]:
    """``elements`` hidden behind a button, whose words are ``label``; nothing where there are none."""
    if not elements:
        return []
    button = {"type": "Action.ToggleVisibility", "title": label, "targetElements": [name]}
    return [
        {"type": "ActionSet", "actions": [button]},
        hidden({"type": "Container", "items": elements}, name),
    ]


def fold_name(option: Choice) -> str:
    """What the card calls the part that ``option`` unfolds."""
    return option.says.replace(" ", "-")


def adaptive_card(body: list[Element], actions: list[Element] | None = None) -> Element:
    """A card around its elements."""
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": LANGUAGE,
        "fallbackText": TOO_OLD,
        "msteams": {"width": "full"},
        "body": body,
        **({"actions": actions} if actions else {}),
    }


def attached(card: Element) -> Element:
    """A card as a message or a dialog carries it."""
    return {"contentType": CARD, "content": card}


def fact_set(pairs: tuple[tuple[str, str], ...], left: int) -> Element | None:
    """As many of ``pairs`` (plain text) as ``left`` bytes hold; None where there are none."""
    room = Room(left - 100)
    facts = [
        fact
        for name, value in pairs
        if room.take(fact := {"title": in_card(cut(name, 120)), "value": in_card(cut(value, 1000))})
    ]
    return {"type": "FactSet", "facts": facts} if facts else None


def far_along(block: Progress) -> list[Element]:
    """A bar and the same in words; nothing where there is nothing to do."""
    far = progress(block)
    if far is None:
        return []
    done, total, words = far
    sign = {"type": "TextBlock", "text": signs(share(done, total)), "wrap": True}
    bar = {"type": "ProgressBar", "value": done, "max": total, "color": "Accent", "fallback": sign}
    return [bar, small(words)]


def cut(text: str, characters: int) -> str:
    """``text`` in at most so many characters."""
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"


def shortened(text: str, characters: int) -> str:
    """``text`` in at most so many characters, ended after a word."""
    if len(text) <= characters:
        return text
    kept = text[: characters - 1]
    whole = kept.rpartition(" ")[0] if not text[characters - 1].isspace() else kept
    return (whole if len(whole) > characters // 2 else kept).rstrip(" ,;:–-") + "…"


def fitted(text: str, size: int) -> str:
    """``text`` in at most ``size`` bytes of JSON."""
    if len(_encode(text)) <= size:
        return text
    shortest, longest = 0, len(text)
    while shortest < longest:  # the most characters that fit with the sign that some are missing
        middle = (shortest + longest + 1) // 2
        if len(_encode(text[:middle] + "…")) <= size:
            shortest = middle
        else:
            longest = middle - 1
    return text[:shortest] + "…"
