"""Slack's limits, as far as it documents them: each with the page that says so."""

from __future__ import annotations

from typing import NamedTuple

REFERENCE = "https://docs.slack.dev/reference/"


class Limit(NamedTuple):
    """The most characters of a text, or things in a list."""

    most: int
    page: str
    """Where Slack says so, below ``REFERENCE``."""


_BLOCKS, _ELEMENTS, _OBJECTS = "block-kit/blocks", "block-kit/block-elements", "block-kit/composition-objects"

# --- Surfaces
MESSAGE_BLOCKS = Limit(50, _BLOCKS)
VIEW_BLOCKS = Limit(100, _BLOCKS)
VIEW_TITLE = Limit(24, "views/modal-views")
"""The labels of a view's buttons, too."""
PRIVATE_METADATA = Limit(3_000, "views/modal-views")
CALLBACK_ID = Limit(255, "views/modal-views")

# --- Blocks
BLOCK_ID = Limit(255, _BLOCKS)
HEADER = Limit(150, f"{_BLOCKS}/header-block")
SECTION = Limit(3_000, f"{_BLOCKS}/section-block")
FIELDS = Limit(10, f"{_BLOCKS}/section-block")
FIELD = Limit(2_000, f"{_BLOCKS}/section-block")
CONTEXT = Limit(10, f"{_BLOCKS}/context-block")
TEXT = Limit(3_000, f"{_OBJECTS}/text-object")
ACTIONS = Limit(25, f"{_BLOCKS}/actions-block")
CONTEXT_ACTIONS = Limit(5, f"{_BLOCKS}/context-actions-block")
ALT_TEXT = Limit(2_000, f"{_BLOCKS}/image-block")
MARKDOWN = Limit(12_000, f"{_BLOCKS}/markdown-block")
"""All of a payload's together."""
LABEL = Limit(2_000, f"{_BLOCKS}/input-block")
"""The hint, too."""

# --- Elements
ACTION_ID = Limit(255, f"{_ELEMENTS}/button-element")
BUTTON = Limit(75, f"{_ELEMENTS}/button-element")
BUTTON_VALUE = Limit(2_000, f"{_ELEMENTS}/button-element")
BUTTON_URL = Limit(3_000, f"{_ELEMENTS}/button-element")
ACCESSIBILITY_LABEL = Limit(75, f"{_ELEMENTS}/button-element")
PLACEHOLDER = Limit(150, f"{_ELEMENTS}/plain-text-input-element")
WORDS = Limit(3_000, f"{_ELEMENTS}/plain-text-input-element")
OPTION = Limit(75, f"{_OBJECTS}/option-object")
OPTION_VALUE = Limit(150, f"{_OBJECTS}/option-object")
OPTIONS = {
    "radio_buttons": Limit(10, f"{_ELEMENTS}/radio-button-group-element"),
    "checkboxes": Limit(10, f"{_ELEMENTS}/checkboxes-element"),
    "static_select": Limit(100, f"{_ELEMENTS}/select-menu-element"),
    "multi_static_select": Limit(100, f"{_ELEMENTS}/multi-select-menu-element"),
}
"""How many options each kind of element takes."""
