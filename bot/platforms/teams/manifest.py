"""The app package that is uploaded to Teams: its manifest, made from the table of commands, and its icons."""

from __future__ import annotations

import json
import uuid
from typing import Any

from bot.platforms.registry import BadManifest, Manifest, ManifestFacts
from bot.platforms.teams.extension import SEARCH
from bot.platforms.teams.icons import CLEAR, GREEN, icon
from dialogs.core.commands.row import MenuItem
from dialogs.core.commands.table import SHORTCUTS
from dialogs.wording import search as words

PLACEHOLDER = "${{MICROSOFT_APP_ID}}"
"""Stands where the bot's application id belongs, until it is known."""
MOST, LONGEST_TITLE, LONGEST_DESCRIPTION = 12, 32, 128
"""Commands in a list, characters of each title and description: Teams' limits, but that a bot's commands may
be longer; beyond that they aren't shown whole."""
LONGEST_PROMPT = 128
"""Characters of a prompt starter, whose title is what it says."""
SAFE = 120 / 192
"""How much of a side of the colour icon a symbol may take:
https://learn.microsoft.com/microsoftteams/platform/concepts/design/design-teams-app-icon-store-appbar"""
_SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.27/MicrosoftTeams.schema.json"


def build(facts: ManifestFacts) -> Manifest:
    """The manifest and its package. Raises BadManifest where the application id is no GUID."""
    app_id = facts.app_id or PLACEHOLDER
    if app_id != PLACEHOLDER:
        try:
            app_id = str(uuid.UUID(app_id))
        except ValueError:
            raise BadManifest(
                "--app-id must be the bot's application id, such as 11111111-2222-3333-4444-555555555555"
            ) from None
    text = json.dumps(manifest(app_id, facts), ensure_ascii=False, indent=2)
    missing = "--app-id, the bot's application id" if app_id == PLACEHOLDER else ""
    return Manifest(text, missing, lambda: package(text))


def package(text: str) -> dict[str, bytes]:
    """The files of the package, by name."""
    return {
        "manifest.json": text.encode(),
        "color.png": icon(192, GREEN, within=SAFE),
        "outline.png": icon(32, CLEAR),
    }


def manifest(app_id: str, facts: ManifestFacts) -> dict[str, Any]:
    """The manifest, as JSON's data."""
    lists = [
        {"scopes": ["personal"], "commands": _commands(facts.menus["direct"], facts.examples)},
        {"scopes": ["team", "groupChat"], "commands": _commands(facts.menus["channel"], facts.examples)},
    ]
    bot = {
        "botId": app_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": True,
        "commandLists": lists,
    }
    deck = facts.deck
    return {
        **(_reading(app_id) if facts.follow_ups else {}),
        "$schema": _SCHEMA,
        "manifestVersion": "1.27",
        "version": "1.0.0",
        "id": app_id,
        "developer": {
            "name": "Your organisation",
            "websiteUrl": f"{facts.website}/",
            "privacyUrl": f"{facts.website}/privacy",
            "termsOfUseUrl": f"{facts.website}/terms",
        },
        "name": {"short": "Sharewise", "full": f"Sharewise, on {deck.subject}"},
        "description": {
            "short": f"Ask about {deck.subject}, and see where it is written.",
            "full": (
                f"Sharewise answers questions about {deck.subject}. Every answer gives what the "
                f"{deck.short} '{deck.title}' says, our own guidance, and what was learnt since, each kept "
                "apart and with its source. Ask in a personal chat, or mention Sharewise in a group chat or "
                f"channel. It answers from the {deck.words.source} alone, says so when the "
                f"{deck.words.source} doesn't cover something, and forgets you when you type: forget me."
            ),
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#0F6B5C",
        "supportsChannelFeatures": "tier1",
        "bots": [bot],
        "composeExtensions": [{"botId": app_id, "commands": [_search(), *_on_messages()]}],
        "validDomains": [],
    }


def _reading(app_id: str) -> dict[str, Any]:
    """The permission to be told of all that is said in a team's channels, granted by its owner on installing.

    Not asked for by itself: an owner can't install the app without granting all that it asks for.
    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-messages-with-rsc
    """
    asked = [{"name": "ChannelMessage.Read.Group", "type": "Application"}]
    return {
        "webApplicationInfo": {"id": app_id, "resource": f"api://{app_id}"},
        "authorization": {"permissions": {"resourceSpecific": asked}},
    }


def _commands(menu: tuple[MenuItem, ...], examples: tuple[str, ...]) -> list[dict[str, str]]:
    """The commands of a place, and questions to begin with: prompt starters, since version 1.27.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/prompt-suggestions
    """
    listed = [
        {"title": item.says, "description": item.description}
        for item in menu
        if len(item.says) <= LONGEST_TITLE and len(item.description) <= LONGEST_DESCRIPTION
    ]
    starters = [
        {"title": example, "description": words.STARTER, "type": "prompt", "prompt": example}
        for example in examples
        if len(example) <= LONGEST_PROMPT
    ]
    return [*listed, *starters][:MOST]


def _search() -> dict[str, Any]:
    """Lessons to put into a message."""
    typed = {
        "name": SEARCH,
        "title": words.FIELD,
        "description": words.FIELD_DESCRIPTION,
        "inputType": "text",
    }
    return {
        "id": SEARCH,
        "type": "query",
        "title": words.TITLE,
        "description": words.DESCRIPTION,
        "context": ["compose", "commandBox"],
        "initialRun": True,
        "parameters": [typed],
    }


def _on_messages() -> list[dict[str, Any]]:
    """What stands in the menu of each message."""
    return [
        {
            "id": shortcut.says,
            "type": "action",
            "title": shortcut.name,
            "description": shortcut.description,
            "context": ["message"],
            "fetchTask": True,
        }
        for shortcut in SHORTCUTS
        if shortcut.on_message
    ]
